//! Small curves: fields of a few dozen elements, so that all points, all coordinates and all signatures can be tried
//! on the very text that verifies. Almost every sum has exceptions here.

use std::collections::HashMap;

use super::support::{Random, cases};
use super::table_of;
use crate::curve::{Affine, Point};
use crate::ecdsa::{Curve, FEW, MANY, PIECES, Signed, combine, width};
use crate::field::Field;
use crate::modulus::Modulus;
use crate::table::{Table, spacing};
use crate::wnaf::wnaf;

/// Numbers modulo a small prime.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Small<const P: u64>(u64);

impl<const P: u64> Field for Small<P> {
    const ZERO: Self = Self(0);
    const ONE: Self = Self(1);

    fn add(&self, other: &Self) -> Self {
        Self((self.0 + other.0) % P)
    }

    fn sub(&self, other: &Self) -> Self {
        Self((self.0 + P - other.0) % P)
    }

    fn mul(&self, other: &Self) -> Self {
        Self(self.0 * other.0 % P)
    }

    fn square(&self) -> Self {
        self.mul(self)
    }

    fn is_zero(&self) -> bool {
        self.0 == 0
    }

    fn invert(&self) -> Option<Self> {
        (1..P).map(Self).find(|inverse| self.mul(inverse) == Self::ONE)
    }
}

/// `None` is the point at infinity.
type Coordinates = Option<(u64, u64)>;

/// The group of a curve: its points are the multiples 0, 1, 2, … of the first one.
struct Group<const P: u64> {
    points: Vec<Coordinates>,
    logarithms: HashMap<Coordinates, u64>,
}

/// The sum as schoolbooks have it.
fn sum<const P: u64>(one: Coordinates, two: Coordinates) -> Coordinates {
    let (Some((x1, y1)), Some((x2, y2))) = (one, two) else {
        return one.or(two);
    };
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(Small::<P>);
    let three = Small(3);
    let (rise, run) = match x1 == x2 {
        false => (y2.sub(&y1), x2.sub(&x1)),
        true if y1 == y2 => (three.mul(&x1.square()).sub(&three), y1.double()),
        true => return None,
    };
    let slope = rise.mul(&run.invert()?);
    let x = slope.square().sub(&x1).sub(&x2);
    Some((x.0, slope.mul(&x1.sub(&x)).sub(&y1).0))
}

impl<const P: u64> Group<P> {
    /// The first curve over the field whose order is a prime of this kind.
    fn find(wanted: impl Fn(u64) -> bool) -> Self {
        let group = |b| {
            let on_curve = |x, y| {
                Affine {
                    x: Small(x),
                    y: Small(y),
                }
                .is_on_curve(&Small::<P>(b))
            };
            let all = (0..P).flat_map(|x| (0..P).map(move |y| (x, y)));
            let start = Some(all.into_iter().find(|(x, y)| on_curve(*x, *y))?);
            let mut points = vec![None];
            while points.len() == 1 || points.last() != Some(&None) {
                points.push(sum::<P>(*points.last()?, start));
            }
            points.pop();
            let order = points.len() as u64;
            let on_it = (0..P).flat_map(|x| (0..P).map(move |y| (x, y)));
            let count = 1 + on_it.filter(|(x, y)| on_curve(*x, *y)).count() as u64;
            let is_prime = (2..order).all(|factor| !order.is_multiple_of(factor));
            (count == order && is_prime && wanted(order)).then_some(points)
        };
        let points = (1..P).find_map(group).unwrap();
        let logarithms = points.iter().copied().zip(0..).collect();
        Self { points, logarithms }
    }

    fn order(&self) -> u64 {
        self.points.len() as u64
    }

    fn multiple(&self, factor: u64) -> Coordinates {
        self.points[(factor % self.order()) as usize]
    }

    fn affine(&self, factor: u64) -> Affine<Small<P>> {
        let (x, y) = self.multiple(factor).unwrap();
        Affine {
            x: Small(x),
            y: Small(y),
        }
    }

    /// All Jacobian coordinates of a multiple that is not infinity.
    fn jacobians(&self, factor: u64) -> impl Iterator<Item = Point<Small<P>>> {
        let Affine { x, y } = self.affine(factor);
        (1..P).map(Small).map(move |z| Point {
            x: x.mul(&z.square()),
            y: y.mul(&z.square().mul(&z)),
            z,
        })
    }

    /// Which multiple a point is.
    fn logarithm(&self, point: &Point<Small<P>>) -> u64 {
        let coordinates = point.z.invert().map(|inverse| {
            let x = point.x.mul(&inverse.square());
            let y = point.y.mul(&inverse.square().mul(&inverse));
            (x.0, y.0)
        });
        self.logarithms[&coordinates]
    }

    fn curve(&self) -> Curve<Small<P>, 1> {
        let n = self.order();
        let factor = (1..1 << 32)
            .step_by(2)
            .find(|factor| (factor * n + 1).is_multiple_of(1 << 32));
        Curve {
            order: Modulus {
                number: [n],
                factor: factor.unwrap(),
                r2: [((1_u128 << 64) % u128::from(n)).pow(2) as u64 % n],
            },
            excess: [P - n],
            element: |[number]| (number < P).then_some(Small(number)),
            generator: std::array::from_fn(|at| self.affine(2 * at as u64 + 1)),
        }
    }
}

fn additions_are_right<const P: u64>() {
    let group = Group::<P>::find(|order| order > 7);
    let n = group.order();
    let infinities = (0..P * P).map(|at| Point {
        x: Small(at / P),
        y: Small(at % P),
        z: Small(0),
    });
    let doubled = |mut point: Point<Small<P>>| {
        point.double();
        point
    };
    let added = |mut point: Point<Small<P>>, other, add: fn(&mut Point<Small<P>>, &Affine<Small<P>>)| {
        add(&mut point, &other);
        point
    };
    for point in infinities {
        let other = group.affine(1);
        assert!(doubled(point).z.is_zero() && added(point, other, Point::add).z.is_zero());
        assert_eq!(group.logarithm(&added(point, other, Point::add_any)), 1);
    }
    for (one, point) in (1..n).flat_map(|one| group.jacobians(one).map(move |point| (one, point))) {
        assert_eq!(group.logarithm(&doubled(point)), 2 * one % n);
        for two in 1..n {
            let other = group.affine(two);
            let sum = added(point, other, Point::add);
            let exception = one == two || one + two == n;
            assert_eq!(sum.z.is_zero(), exception);
            if !exception {
                assert_eq!(group.logarithm(&sum), (one + two) % n);
            }
            assert_eq!(
                group.logarithm(&added(point, other, Point::add_any)),
                (one + two) % n
            );
        }
        assert_eq!(group.affine(one).negate(), group.affine(n - one));
    }
}

#[test]
fn all_points_in_all_coordinates_add_up() {
    additions_are_right::<11>();
    additions_are_right::<23>();
    additions_are_right::<43>();
}

/// Tables, and sums of any multiples: first without checks, whose z tells whether they are right.
fn sums_are_right<const P: u64, const PARTS: usize, const MULTIPLES: usize>() {
    let (group, mut random) = (
        Group::<P>::find(|order| order > 2 * MULTIPLES as u64 + 1),
        Random(71),
    );
    let n = group.order();
    let table = |factor| table_of(&group.affine(factor), (PARTS, MULTIPLES), spacing::<1>(PARTS));
    for factor in 1..n {
        for (piece, entries) in table(factor).chunks(MULTIPLES).enumerate() {
            let base = factor * ((1 << (64 / PARTS * piece)) % n);
            for (entry, odd) in entries.iter().zip((1..).step_by(2)) {
                assert_eq!(*entry, group.affine(base * odd), "{factor} {piece} {odd}");
            }
        }
    }
    let (generator, size) = (table(1), width(MULTIPLES));
    let (mut right, mut exceptions) = (0, 0);
    for round in 0..cases(20) {
        let secret = 1 + round % (n - 1);
        let number = |random: &mut Random| match random.below(4) {
            0 => random.below(3 * n),
            1 => (1_u64 << random.below(64)).wrapping_sub(random.below(40)),
            2 => (2 * random.below(20) + 1) << random.below(58),
            _ => random.next(),
        };
        let (u1, u2) = (number(&mut random), number(&mut random));
        let (by_generator, by_key) = (wnaf(&[u1], size), wnaf(&[u2], size));
        let key = table(secret);
        let both = |add| {
            let [generator, key] = [&generator, &key].map(|points| Table {
                points: points.as_slice(),
                each: MULTIPLES,
            });
            let terms = [(generator, &by_generator), (key, &by_key)];
            combine(terms, spacing::<1>(PARTS), add)
        };
        let wanted = (u1 % n + u2 % n * secret) % n;
        assert_eq!(
            group.logarithm(&both(Point::add_any)),
            wanted,
            "{secret} {u1} {u2}"
        );
        let unchecked = both(Point::add);
        if unchecked.z.is_zero() {
            exceptions += 1;
        } else {
            assert_eq!(group.logarithm(&unchecked), wanted, "{secret} {u1} {u2}");
            right += 1;
        }
    }
    let least = cases(20) / 20;
    assert!(right > least && exceptions > least, "{right} {exceptions}");
}

#[test]
fn sums_are_right_or_have_a_z_of_zero() {
    sums_are_right::<47, 1, FEW>();
    sums_are_right::<79, 1, MANY>();
    sums_are_right::<53, PIECES, FEW>();
    sums_are_right::<79, PIECES, MANY>();
}

/// The whole verification (FIPS 186-5 §6.4.2) for all keys and all `r` and `s`, including those that are too large.
fn all_verdicts_are_right<const P: u64>(order: u64, step: usize) {
    let group = Group::<P>::find(|found| found == order);
    let (n, curve) = (group.order(), group.curve());
    let generator = table_of(&group.affine(1), (PIECES, FEW), spacing::<1>(PIECES));
    let (mut valid, mut beyond) = (0, 0);
    for secret in (1..n).step_by(step) {
        let key = group.affine(secret);
        let table = table_of(&key, (PIECES, FEW), spacing::<1>(PIECES));
        for (digest, r, s) in
            (0..n + 2).flat_map(|e| (0..n + 2).flat_map(move |r| (0..n + 2).map(move |s| (e, r, s))))
        {
            let point = (1..n).find(|inverse| inverse * s % n == 1).and_then(|inverse| {
                let multiple = (digest * inverse + r * inverse * secret) % n;
                group.multiple(multiple)
            });
            let in_range = (1..n).contains(&r) && (1..n).contains(&s);
            let right = in_range && point.is_some_and(|(x, _)| x % n == r);
            valid += u64::from(right);
            beyond += u64::from(right && point.is_some_and(|(x, _)| x >= n));
            let signed = |digest| Signed {
                digest: [digest],
                r: [r],
                s: [s],
            };
            let case = format!("{secret} {digest} {r} {s}");
            assert_eq!(curve.verify(&key, &signed(digest)), right, "{case}");
            // The same digest modulo the order.
            let far = digest + u64::MAX / n / 2 * n;
            let [generator, table] = [&generator, &table].map(|points| Table {
                points: points.as_slice(),
                each: FEW,
            });
            let tables = curve.verify_with(generator, table, &signed(far));
            assert_eq!(tables, right, "{case}");
        }
    }
    assert!(valid > 0 && beyond > 0, "{valid} {beyond}");
}

#[test]
fn all_signatures_of_a_small_curve_are_judged_right() {
    let step = if cases(1) > 100_000 { 1 } else { 4 };
    all_verdicts_are_right::<31>(23, step);
    all_verdicts_are_right::<37>(29, step);
}

//! ECDSA verification (FIPS 186-5 §6.4.2).

use crate::curve::{Affine, Point};
use crate::digits;
use crate::field::Field;
use crate::modulus::Modulus;
use crate::table::{self, Table, spacing};
use crate::wnaf::{POSITIONS, wnaf};

/// The points of a table for one piece while a key is new, and of a key's table for each piece.
pub(crate) const FEW: usize = 8;
/// The points of the generator's table for each piece.
pub(crate) const MANY: usize = 32;
/// The number of pieces in tables that are kept.
pub(crate) const PIECES: usize = 16;

/// A curve over the field `F`; its order has `W` words.
pub(crate) struct Curve<F, const W: usize> {
    pub(crate) order: Modulus<W>,
    /// The prime of the field minus the order.
    pub(crate) excess: [u64; W],
    /// An element of the field; `None` if the number is not below its prime.
    pub(crate) element: fn([u64; W]) -> Option<F>,
    /// The odd multiples of the generator.
    pub(crate) generator: [Affine<F>; FEW],
}

/// A signature with the digest it is about, as numbers.
pub(crate) struct Signed<const W: usize> {
    pub(crate) digest: [u64; W],
    pub(crate) r: [u64; W],
    pub(crate) s: [u64; W],
}

impl<F: Field, const W: usize> Curve<F, W> {
    /// Verifies with a new table of one piece.
    pub(crate) fn verify(&self, key: &Affine<F>, signed: &Signed<W>) -> bool {
        let mut points = [*key; FEW];
        let work = [&mut [F::ONE; FEW][..], &mut [F::ONE; FEW]];
        if table::fill(&mut points, work, FEW, spacing::<W>(1), key).is_none() {
            return false;
        }
        let generator = Table {
            points: &self.generator,
            each: FEW,
        };
        let key = Table {
            points: &points,
            each: FEW,
        };
        self.verify_with(generator, key, signed)
    }

    /// Verifies with tables of the generator and of the key, of equally many pieces.
    #[inline(never)]
    pub(crate) fn verify_with(&self, generator: Table<'_, F>, key: Table<'_, F>, signed: &Signed<W>) -> bool {
        let Some((u1, u2)) = self.scalars(signed) else {
            return false;
        };
        let by_generator = wnaf(&u1, width(generator.each));
        let by_key = wnaf(&u2, width(key.each));
        let terms = [(generator, &by_generator), (key, &by_key)];
        let spacing = spacing::<W>(key.points.len() / key.each);
        let mut sum = combine(terms, spacing, Point::add);
        // Only an exception in an addition makes z zero. Then the sum is computed again with checks.
        if sum.z.is_zero() {
            sum = combine(terms, spacing, Point::add_any);
        }
        !sum.z.is_zero() && self.has_x(&sum, &signed.r)
    }

    /// `u₁ = e/s` and `u₂ = r/s` modulo the order; `None` if `r` or `s` is out of range.
    pub(crate) fn scalars(&self, signed: &Signed<W>) -> Option<([u64; W], [u64; W])> {
        let Signed { digest, r, s } = signed;
        let order = &self.order;
        let in_range = |number| !digits::is_zero(number) && digits::is_below(number, &order.number);
        if !in_range(r) || !in_range(s) {
            return None;
        }
        let inverse = order.montgomery(&Modulus::invert(s, &order.number)?, &order.r2);
        let mut one = [0; W];
        one[0] = 1;
        if order.montgomery(s, &inverse) != one {
            return None;
        }
        Some((order.montgomery(digest, &inverse), order.montgomery(r, &inverse)))
    }

    /// Whether the x of the point is `r` modulo the order. The x of a point is below the prime, and so `r` or
    /// `r + n`.
    fn has_x(&self, point: &Point<F>, r: &[u64; W]) -> bool {
        let z2 = point.z.square();
        let is_x = |number| (self.element)(number).is_some_and(|x: F| x.mul(&z2) == point.x);
        is_x(*r) || digits::is_below(r, &self.excess) && is_x(digits::add(r, &self.order.number).0)
    }
}

/// The width of the digits for tables of so many odd multiples.
pub(crate) const fn width(points: usize) -> u32 {
    points.trailing_zeros() + 2
}

type Digits = [i8; POSITIONS];

/// `u₁ · G + u₂ · Q`, given by their tables and digits. The pieces share the doublings.
pub(crate) fn combine<F: Field>(
    terms: [(Table<'_, F>, &Digits); 2],
    spacing: usize,
    add: fn(&mut Point<F>, &Affine<F>),
) -> Point<F> {
    let mut sum = Point::INFINITY;
    let mut is_first = true;
    // The last piece has one place more, for the carry beyond the bits of the number.
    for offset in (0..=spacing).rev() {
        if !is_first {
            sum.double();
        }
        for (table, digits) in &terms {
            for (piece, points) in table.points.chunks_exact(table.each).enumerate() {
                let is_last = (piece + 1) * table.each == table.points.len();
                let digit = digits[piece * spacing + offset];
                if digit == 0 || offset == spacing && !is_last {
                    continue;
                }
                let mut entry = &points[usize::from(digit.unsigned_abs() / 2)];
                let negative;
                if digit < 0 {
                    negative = entry.negate();
                    entry = &negative;
                }
                match is_first {
                    true => sum = entry.point(),
                    false => add(&mut sum, entry),
                }
                is_first = false;
            }
        }
    }
    sum
}

/// The public part of a curve.
macro_rules! curve {
    ($field:ident, $words:literal, $bytes:literal, $name:literal, $curve:expr, $b:expr) => {
        use crate::curve::Affine;
        use crate::digits::from_bytes;
        use crate::ecdsa::{Curve, FEW, MANY, PIECES, Signed};
        use crate::field::{Field as _, $field};
        use crate::modulus::Modulus;
        use crate::table::{self, Table, spacing};

        pub(crate) static CURVE: Curve<$field, $words> = $curve;

        #[doc = concat!("A public key on ", $name, ": a point on the curve.")]
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Key(pub(crate) Affine<$field>);

        /// Multiples of a key, computed ahead. They make each later verification with the key faster.
        #[derive(Clone, Debug)]
        pub struct KeyTable(pub(crate) [Affine<$field>; FEW * PIECES]);

        /// Multiples of the generator, computed ahead, for all keys.
        #[derive(Clone, Debug)]
        pub struct GeneratorTable(pub(crate) [Affine<$field>; MANY * PIECES]);

        impl Key {
            /// The key with these coordinates, big-endian. `None` if they are no point on the curve.
            #[must_use]
            pub fn new(x: &[u8; $bytes], y: &[u8; $bytes]) -> Option<Self> {
                let x = $field::from_number(from_bytes(x))?;
                let y = $field::from_number(from_bytes(y))?;
                let point = Affine { x, y };
                point.is_on_curve(&$b).then_some(Self(point))
            }

            /// Whether `r` and `s`, both big-endian, are an ECDSA signature for the digest.
            #[must_use]
            pub fn verify(&self, digest: &[u8; $bytes], r: &[u8; $bytes], s: &[u8; $bytes]) -> bool {
                CURVE.verify(&self.0, &signed(digest, r, s))
            }

            /// The table of the key.
            #[must_use]
            #[inline(never)]
            pub fn table(&self) -> Option<KeyTable> {
                const POINTS: usize = FEW * PIECES;
                let mut points = [self.0; POINTS];
                let work = [&mut [$field::ONE; POINTS][..], &mut [$field::ONE; POINTS]];
                table::fill(&mut points, work, FEW, spacing::<$words>(PIECES), &self.0)?;
                Some(KeyTable(points))
            }
        }

        impl GeneratorTable {
            /// The table of the generator. Its room to work in is on the stack while it is made, and not in the frame of a
            /// caller that needs none.
            #[must_use]
            #[inline(never)]
            pub fn new() -> Option<Self> {
                let [generator, ..] = CURVE.generator;
                const POINTS: usize = MANY * PIECES;
                let mut points = [generator; POINTS];
                let work = [&mut [$field::ONE; POINTS][..], &mut [$field::ONE; POINTS]];
                table::fill(
                    &mut points,
                    work,
                    MANY,
                    spacing::<$words>(PIECES),
                    &generator,
                )?;
                Some(Self(points))
            }

            /// Like [`Key::verify`], with the table of the key.
            #[must_use]
            pub fn verify(
                &self,
                key: &KeyTable,
                digest: &[u8; $bytes],
                r: &[u8; $bytes],
                s: &[u8; $bytes],
            ) -> bool {
                let generator = Table {
                    points: &self.0,
                    each: MANY,
                };
                let key = Table {
                    points: &key.0,
                    each: FEW,
                };
                CURVE.verify_with(generator, key, &signed(digest, r, s))
            }
        }

        fn signed(digest: &[u8; $bytes], r: &[u8; $bytes], s: &[u8; $bytes]) -> Signed<$words> {
            Signed {
                digest: from_bytes(digest),
                r: from_bytes(r),
                s: from_bytes(s),
            }
        }
    };
}

pub(crate) use curve;

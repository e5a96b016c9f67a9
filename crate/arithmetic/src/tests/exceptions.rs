//! Signatures with chosen `u₁` and `u₂` for keys that are chosen multiples of the generator: additions meet the same
//! point or its negative, and sums are the point at infinity. The sum without checks then has to end with a z of
//! zero, and the second one has to be right.

use std::sync::OnceLock;

use num_bigint::BigUint;

use super::power;
use super::support::{Curve, P256, P384, Random, Verdicts, bytes, cases, quotient};
use super::table_of;
use crate::curve::Point;
use crate::digits::from_bytes;
use crate::ecdsa::{FEW, MANY, PIECES, Signed, combine, width};
use crate::field::Field as _;
use crate::table::{Table, spacing};
use crate::wnaf::wnaf;

/// Whether the sum without checks has an exception.
struct Exceptions {
    cold: bool,
    tables: bool,
}

trait Unchecked: Curve {
    fn exceptions(key: &Self::Key, digest: &BigUint, r: &BigUint, s: &BigUint) -> Exceptions;
}

macro_rules! unchecked {
    ($curve:ident, $module:ident, $words:literal) => {
        impl Unchecked for $curve {
            fn exceptions(key: &Self::Key, digest: &BigUint, r: &BigUint, s: &BigUint) -> Exceptions {
                use crate::$module::{CURVE, GeneratorTable};
                static GENERATOR: OnceLock<GeneratorTable> = OnceLock::new();
                let many = &GENERATOR.get_or_init(|| GeneratorTable::new().unwrap()).0;
                let few = table_of(&key.0.0, (1, FEW), spacing::<$words>(1));
                let [digest, r, s] =
                    [digest, r, s].map(|number| from_bytes(&bytes::<{ 8 * $words }>(number)));
                let (u1, u2) = CURVE.scalars(&Signed { digest, r, s }).unwrap();
                let by_few = wnaf(&u1, width(FEW));
                let by_many = wnaf(&u1, width(MANY));
                let by_key = wnaf(&u2, width(FEW));
                let table = |points, each| Table { points, each };
                let generator = table(CURVE.generator.as_slice(), FEW);
                let cold = [(generator, &by_few), (table(&few, FEW), &by_key)];
                let cold = combine(cold, spacing::<$words>(1), Point::add);
                let tables = [
                    (table(many, MANY), &by_many),
                    (table(&key.1.0, FEW), &by_key),
                ];
                let tables = combine(tables, spacing::<$words>(PIECES), Point::add);
                Exceptions {
                    cold: cold.z.is_zero(),
                    tables: tables.z.is_zero(),
                }
            }
        }
    };
}

unchecked!(P256, p256, 4);
unchecked!(P384, p384, 6);

/// An odd multiple of a power of two, or its negative, modulo the order.
fn chosen<C: Curve>(random: &mut Random, aligned: bool) -> BigUint {
    let (n, spacing) = (C::order(), C::BITS as u64 / PIECES as u64);
    let bit = match aligned {
        true => spacing * random.below(PIECES as u64),
        false => random.below(C::BITS as u64),
    };
    let odd = 2 * random.below(20) + 1;
    let number = match random.below(8) {
        0 => C::scalar(random),
        1 => power(bit as usize) - random.below(40).min(bit),
        2 => power(bit as usize) + random.below(40),
        _ => (power(bit as usize) * odd) % &n,
    } % &n;
    match random.below(2) {
        0 => number,
        _ => (&n - number) % &n,
    }
}

#[derive(Default, Debug)]
struct Count {
    valid_after_exceptions: [u32; 2],
    infinities: u32,
}

/// Whether `u₁ + u₂ · k` is right for the crate, in both ways, and for the reference.
fn sum_is_right<C: Unchecked>(secret: &BigUint, key: &C::Key, u1: &BigUint, u2: &BigUint, count: &mut Count) {
    let n = C::order();
    let point = C::multiple(&((u1 + u2 * secret) % &n));
    let r = point.as_ref().map_or(BigUint::from(5_u8), |(x, _)| x % &n);
    let s = quotient(&r, u2, &n);
    let digest = u1 * &s % &n;
    let right = match point {
        Some(_) => Verdicts::VALID,
        None => Verdicts::INVALID,
    };
    assert_eq!(C::verify(key, &digest, &r, &s), right, "{secret:x} {u1:x} {u2:x}");
    let other = (&digest + 1_u8) % &n;
    assert!(C::verify(key, &other, &r, &s).agree(), "{secret:x} {u1:x} {u2:x}");
    let exceptions = C::exceptions(key, &digest, &r, &s);
    if point.is_none() {
        assert!(exceptions.cold && exceptions.tables);
        count.infinities += 1;
    } else {
        count.valid_after_exceptions[0] += u32::from(exceptions.cold);
        count.valid_after_exceptions[1] += u32::from(exceptions.tables);
    }
}

/// Numbers for which an entry of the key's table meets the same entry of the generator's, or its negative: with
/// `k = ±c · 2^shift`, the digit `b` of `u₂` at one position and the digit `b · c` of `u₁` at that position plus the
/// shift. Lower digits of `u₁` follow.
fn meeting<C: Curve>(random: &mut Random, c: u64, shift: usize) -> (BigUint, BigUint) {
    let b = [1, 3][random.below(2) as usize];
    // In the first piece, as are the lower digits.
    let at = 10 + random.below((C::BITS / PIECES - 12) as u64) as usize;
    let low = random.below(1 << (at - 8));
    ((power(at + shift) * (b * c) + low) % C::order(), power(at) * b)
}

fn exceptions_are_computed_again<C: Unchecked>(secrets: u64) {
    let (mut random, n) = (Random(61), C::order());
    let mut count = Count::default();
    const SUMS: u64 = 10;
    const MEETINGS: u64 = 3;
    for number in 0..secrets {
        let c = [1, 3, 5][random.below(3) as usize];
        let shift = C::BITS / PIECES * random.below(PIECES as u64) as usize;
        let aligned = power(shift) * c;
        let secret = match number % 3 {
            0 => chosen::<C>(&mut random, true).max(1_u8.into()),
            1 => aligned,
            _ => &n - aligned,
        };
        let (x, y) = C::multiple(&secret).unwrap();
        let key = C::key(&x, &y).unwrap();
        for round in 0..SUMS {
            let (mut u1, mut u2) = (chosen::<C>(&mut random, false), chosen::<C>(&mut random, false));
            if u2 == BigUint::default() {
                u2 = 1_u8.into();
            }
            match round {
                // Infinity, and twice or three times what the key gives.
                0 => u1 = (&n - &u2 * &secret % &n) % &n,
                1 => u1 = &u2 * &secret % &n,
                2 => u1 = &u2 * &secret * 2_u8 % &n,
                // The same bits in both.
                3 => u2 = u1.clone().max(1_u8.into()),
                _ if round >= SUMS - MEETINGS => (u1, u2) = meeting::<C>(&mut random, c, shift),
                _ => {}
            }
            sum_is_right::<C>(&secret, &key, &u1, &u2, &mut count);
        }
    }
    // Nearly all meetings of two keys in three.
    let least = (MEETINGS * secrets / 2) as u32;
    let [cold, tables] = count.valid_after_exceptions;
    let infinities = u64::from(count.infinities);
    assert!(
        cold >= least && tables >= least && infinities >= secrets,
        "{count:?}"
    );
}

#[test]
fn p256_sums_with_exceptions_are_computed_again() {
    exceptions_are_computed_again::<P256>(cases(2_500));
}

#[test]
fn p384_sums_with_exceptions_are_computed_again() {
    exceptions_are_computed_again::<P384>(cases(5_000));
}

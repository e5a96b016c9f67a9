//! Additions and subtractions of words. Tested on all pairs of edges, not proved.

use num_bigint::BigUint;

use super::support::{Curve, P256, P384, Random, bytes, cases};
use super::{number, power, words};
use crate::digits::{add, from_bytes, is_below, is_zero, reduce_once, split, sub};

/// Words at which a step can carry, with each carry that it can get.
const EDGES: [u64; 9] = [
    0,
    1,
    2,
    0xffff_ffff,
    1 << 32,
    1 << 63,
    u64::MAX - 2,
    u64::MAX - 1,
    u64::MAX,
];

fn pairs() -> impl Iterator<Item = [u64; 2]> + Clone {
    EDGES.iter().flat_map(|low| EDGES.map(|high| [*low, high]))
}

fn wide([low, high]: [u64; 2]) -> u128 {
    u128::from(low) | u128::from(high) << 64
}

#[test]
fn additions_and_subtractions_of_two_words_are_those_of_128_bits() {
    for (a, b) in pairs().flat_map(|a| pairs().map(move |b| (a, b))) {
        let (sum, carry) = add(&a, &b);
        assert_eq!((wide(sum), carry), wide(a).overflowing_add(wide(b)));
        let (difference, borrow) = sub(&a, &b);
        assert_eq!((wide(difference), borrow), wide(a).overflowing_sub(wide(b)));
        assert_eq!(is_below(&a, &b), wide(a) < wide(b));
        assert_eq!(is_zero(&a), wide(a) == 0);
    }
}

/// The sums of all numbers below all moduli, as far as both are edges.
#[test]
fn sums_below_twice_the_modulus_are_reduced_once() {
    let mut tried = 0;
    for n in pairs().filter(|n| wide(*n) > 0) {
        let below = pairs().filter(|a| wide(*a) < wide(n));
        for (a, b) in below.clone().flat_map(|a| below.clone().map(move |b| (a, b))) {
            let (sum, carry) = add(&a, &b);
            let right = (number(&a) + number(&b)) % number(&n);
            assert_eq!(
                number(&reduce_once(&sum, carry, &n)),
                right,
                "{a:x?} {b:x?} {n:x?}"
            );
            tried += 1;
        }
    }
    assert!(tried > 100_000, "{tried}");
}

/// The same on the sizes that the fields use, each time with sums of exactly the modulus and of exactly R.
fn agrees_on_long_numbers<const W: usize, const D: usize, const B: usize>(modulus: &BigUint) {
    let (mut random, bits) = (Random(11), 64 * W);
    let n: [u64; W] = words(modulus);
    for _ in 0..cases(20) {
        let a = random.edge(bits, modulus);
        let b = random.edge(bits, modulus);
        let (x, y) = (words::<W>(&a), words::<W>(&b));
        let (sum, carry) = add(&x, &y);
        assert_eq!(number(&sum) + power(bits) * u8::from(carry), &a + &b);
        let (difference, borrow) = sub(&x, &y);
        assert_eq!(number(&difference) + &b, &a + power(bits) * u8::from(borrow));
        assert_eq!(is_below(&x, &y), a < b);
        let digits: [u64; D] = split(&x);
        assert_eq!(
            words::<W>(&BigUint::new(digits.map(|digit| digit as u32).to_vec())),
            x
        );
        assert_eq!(from_bytes::<W, B>(&bytes(&a)), x);
        for total in [
            modulus + &b % modulus,
            modulus.clone(),
            power(bits),
            modulus - 1_u8,
            &b % modulus,
        ] {
            let carry = total.bits() > bits as u64;
            let low = words(&(&total % power(bits)));
            assert_eq!(number(&reduce_once(&low, carry, &n)), total % modulus);
        }
    }
}

#[test]
fn long_numbers_agree_with_the_reference() {
    agrees_on_long_numbers::<4, 8, 32>(&P256::prime());
    agrees_on_long_numbers::<4, 8, 32>(&P256::order());
    agrees_on_long_numbers::<6, 12, 48>(&P384::prime());
    agrees_on_long_numbers::<6, 12, 48>(&P384::order());
}

//! Numbers modulo the orders, and inverses.

use num_bigint::BigUint;

use super::support::{Curve, P256, P384, Random, cases, quotient};
use super::{number, power, words};
use crate::modulus::Modulus;
use crate::{p256, p384};

fn montgomery_agrees<C: Curve, const W: usize>(modulus: &Modulus<W>) {
    let (mut random, n, r) = (Random(31), C::order(), power(C::BITS));
    let divided = |product: BigUint| quotient(&product, &r, &n);
    for round in 0..cases(250) {
        // The first factor can be any number: digests are.
        let a = random.edge(C::BITS, &n);
        let mut b = random.edge(C::BITS, &n) % &n;
        if round % 2 == 0 && &a % &n != BigUint::default() {
            // The result is next to 0, and next to the order before the last subtraction.
            let bits = random.below(C::BITS as u64 / 2) as usize;
            b = quotient(&(random.edge(bits + 1, &power(bits)) * &r), &a, &n);
        }
        let product = modulus.montgomery(&words(&a), &words(&b));
        assert_eq!(number(&product), divided(&a * &b), "{a:x} {b:x}");
    }
}

#[test]
fn products_modulo_the_orders_agree() {
    montgomery_agrees::<P256, 4>(&p256::CURVE.order);
    montgomery_agrees::<P384, 6>(&p384::CURVE.order);
}

fn inverse_agrees<const W: usize>(a: &BigUint, n: &BigUint) {
    let inverse = Modulus::<W>::invert(&words(a), &words(n));
    assert_eq!(
        inverse.map(|inverse| number(&inverse)),
        a.modinv(n),
        "1 / {a:x} mod {n:x}"
    );
}

#[test]
fn inverses_modulo_long_numbers_agree() {
    let mut random = Random(32);
    for round in 0..cases(100) {
        let n = match round % 3 {
            0 => P256::order(),
            1 => P256::prime(),
            // Any odd number, so that some have no inverse.
            _ => random.edge(256, &P256::order()) | BigUint::from(3_u8),
        };
        inverse_agrees::<4>(&(random.edge(256, &n) % &n), &n);
        let n = match round % 3 {
            0 => P384::order(),
            1 => P384::prime(),
            _ => random.edge(384, &P384::order()) | BigUint::from(3_u8),
        };
        inverse_agrees::<6>(&(random.edge(384, &n) % &n), &n);
    }
}

/// A power of two and a modulus of ones: u and v shrink by one bit in two rounds, or by 63 zeros in one.
#[test]
fn inverses_that_take_the_most_rounds_agree() {
    inverse_agrees::<4>(&power(192), &(power(256) - 1_u8));
    inverse_agrees::<6>(&power(320), &(power(384) - 1_u8));
}

/// All numbers modulo all odd numbers below 600.
#[test]
fn inverses_modulo_small_numbers_are_all_right() {
    for n in (3..600_u64).step_by(2) {
        for a in 0..n {
            match Modulus::invert(&[a], &[n]) {
                Some([inverse]) => assert_eq!((inverse < n, a * inverse % n), (true, 1)),
                None => assert!((2..=n).any(|factor| a % factor == 0 && n % factor == 0)),
            }
        }
    }
}

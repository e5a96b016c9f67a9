//! The fields against fiat-crypto, whose functions are proved. Both keep numbers below the prime, in Montgomery form
//! with the same R, so the words have to be the same.

use fiat_crypto::{p256_64 as f256, p384_64 as f384};
use num_bigint::BigUint;

use super::support::{Curve, P256, P384, Random, cases, quotient};
use super::{number, power, words};
use crate::field::{Field, P256Field, P384Field};

macro_rules! agrees {
    ($check:ident, $field:ident, $curve:ident, $element:path, $mul:path, $square:path, $add:path, $sub:path) => {
        /// All operations, in both orders.
        fn $check(a: &BigUint, b: &BigUint) {
            let (a, b) = ($field(words(a)), $field(words(b)));
            let (fiat_a, fiat_b) = ($element(a.0), $element(b.0));
            let result = |apply: &dyn Fn(&mut $element)| {
                let mut result = $element(words(&BigUint::default()));
                apply(&mut result);
                result.0
            };
            assert_eq!(
                a.mul(&b).0,
                result(&|out| $mul(out, &fiat_a, &fiat_b)),
                "{a:x?} * {b:x?}"
            );
            assert_eq!(b.mul(&a).0, a.mul(&b).0, "{b:x?} * {a:x?}");
            assert_eq!(
                a.square().0,
                result(&|out| $square(out, &fiat_a)),
                "{a:x?}²"
            );
            assert_eq!(
                b.square().0,
                result(&|out| $square(out, &fiat_b)),
                "{b:x?}²"
            );
            assert_eq!(
                a.add(&b).0,
                result(&|out| $add(out, &fiat_a, &fiat_b)),
                "{a:x?} + {b:x?}"
            );
            assert_eq!(
                a.sub(&b).0,
                result(&|out| $sub(out, &fiat_a, &fiat_b)),
                "{a:x?} - {b:x?}"
            );
            assert_eq!(
                b.sub(&a).0,
                result(&|out| $sub(out, &fiat_b, &fiat_a)),
                "{b:x?} - {a:x?}"
            );
            let zero = $element(words(&BigUint::default()));
            assert_eq!(
                a.negate().0,
                result(&|out| $sub(out, &zero, &fiat_a)),
                "-{a:x?}"
            );
            assert_eq!(
                a.double().0,
                result(&|out| $add(out, &fiat_a, &fiat_a)),
                "2 * {a:x?}"
            );
            assert_eq!(a.is_zero(), a.0 == zero.0);
        }
    };
}

use f256::fiat_p256_montgomery_domain_field_element as Element256;
use f384::fiat_p384_montgomery_domain_field_element as Element384;

agrees!(
    check_256,
    P256Field,
    P256,
    Element256,
    f256::fiat_p256_mul,
    f256::fiat_p256_square,
    f256::fiat_p256_add,
    f256::fiat_p256_sub
);
agrees!(
    check_384,
    P384Field,
    P384,
    Element384,
    f384::fiat_p384_mul,
    f384::fiat_p384_square,
    f384::fiat_p384_add,
    f384::fiat_p384_sub
);

fn edges_agree<C: Curve>(check: fn(&BigUint, &BigUint)) {
    let (mut random, p) = (Random(21), C::prime());
    let mut edge = || random.edge(C::BITS, &p) % &p;
    for _ in 0..cases(1) {
        check(&edge(), &edge());
    }
}

#[test]
fn p256_field_agrees_with_fiat_crypto() {
    edges_agree::<P256>(check_256);
}

#[test]
fn p384_field_agrees_with_fiat_crypto() {
    edges_agree::<P384>(check_384);
}

/// Results next to 0 and to the prime. Before the last subtraction, a result next to 0 is this number or this number
/// plus the prime, which can have a carry or not: no other operands show whether the subtraction looks at both.
fn chosen_results_agree<C: Curve>(check: fn(&BigUint, &BigUint)) {
    let (mut random, p, r) = (Random(22), C::prime(), power(C::BITS));
    // Numbers x for which x + p has no carry.
    let slack = (&r - &p).bits() as usize;
    let (mut below, mut roots) = (0, 0);
    for round in 0..cases(250) {
        let wanted = match round % 4 {
            0 => BigUint::from(random.below(20)),
            1 => &p - 1_u8 - random.below(20),
            _ => random.edge(slack, &(&r - &p)),
        } % &p;
        let a = random.edge(C::BITS, &p) % &p;
        let other = (&p + &wanted - &a) % &p;
        check(&a, &other);
        if a != BigUint::default() {
            // a · b / R is the wanted number.
            let b = quotient(&(&wanted * &r), &a, &p);
            check(&a, &b);
            below += u64::from(wanted < &r - &p);
        }
        let square = &wanted * &r % &p;
        let root = square.modpow(&((&p + 1_u8) >> 2), &p);
        if &root * &root % &p == square {
            check(&root, &(&p - &root - 1_u8));
            check(&(&p - 1_u8 - &root), &root);
            roots += 1;
        }
    }
    assert!(
        below * 4 > cases(250) && roots * 4 > cases(250),
        "{below} {roots}"
    );
}

#[test]
fn p256_results_next_to_the_prime_agree() {
    chosen_results_agree::<P256>(check_256);
}

#[test]
fn p384_results_next_to_the_prime_agree() {
    chosen_results_agree::<P384>(check_384);
}

/// `from_number` accepts exactly the numbers below the prime, and gives their Montgomery form.
#[test]
fn elements_are_the_numbers_below_the_prime() {
    let mut random = Random(23);
    for _ in 0..cases(50) {
        let (p, x) = (P256::prime(), random.edge(256, &P256::prime()));
        let form = P256Field::from_number(words(&x)).map(|form| number(&form.0));
        assert_eq!(form, (x < p).then(|| x * power(256) % p));
        let (p, x) = (P384::prime(), random.edge(384, &P384::prime()));
        let form = P384Field::from_number(words(&x)).map(|form| number(&form.0));
        assert_eq!(form, (x < p).then(|| x * power(384) % p));
    }
}

fn inverses_agree<C: Curve, F: Field + std::fmt::Debug>(make: fn(&BigUint) -> F, value: fn(&F) -> BigUint) {
    let (mut random, p, r) = (Random(24), C::prime(), power(C::BITS));
    assert_eq!(F::ZERO.invert(), None);
    for _ in 0..cases(250) {
        let form = random.edge(C::BITS, &p) % &p;
        let inverse = make(&form).invert();
        let right = form.modinv(&p).map(|inverse| inverse * r.pow(2) % &p);
        assert_eq!(inverse.as_ref().map(value), right, "{form:x}");
    }
}

#[test]
fn inverses_agree_and_zero_has_none() {
    inverses_agree::<P256, _>(|form| P256Field(words(form)), |element| number(&element.0));
    inverses_agree::<P384, _>(|form| P384Field(words(form)), |element| number(&element.0));
}

//! Every constant is computed again from its definition.

use num_bigint::BigUint;

use super::support::{Curve, P256, P384, hex};
use super::{number, power};
use crate::curve::Affine;
use crate::field::{Field, P256Field, P384Field};
use crate::modulus::Modulus;
use crate::sha2::{K256, K512, Sha256, Sha512};
use crate::{ecdsa, p256, p384};

/// The prime again, as the standard writes it.
#[test]
fn the_primes_are_those_of_the_standard() {
    let sum = |plus: &[usize], minus: &[usize]| {
        let all = |bits: &[usize]| bits.iter().map(|bits| power(*bits)).sum::<BigUint>();
        all(plus) - all(minus)
    };
    assert_eq!(P256::prime(), sum(&[256, 192, 96], &[224, 0]));
    assert_eq!(P384::prime(), sum(&[384, 32], &[128, 96, 0]));
    assert_eq!(number(&P256Field::PRIME), P256::prime());
    assert_eq!(number(&P384Field::PRIME), P384::prime());
}

/// Fermat's test, with a few bases: no proof.
#[test]
fn the_primes_and_orders_are_probably_prime() {
    for prime in [P256::prime(), P256::order(), P384::prime(), P384::order()] {
        for base in [2_u8, 3, 5, 7] {
            assert_eq!(BigUint::from(base).modpow(&(&prime - 1_u8), &prime), 1_u8.into());
        }
    }
}

/// `one`, `R²`, `R³`, and `b` in Montgomery form.
fn are_field_constants<C: Curve>(one: &[u64], square: &[u64], cube: &[u64], b: &[u64]) {
    let (p, r) = (C::prime(), power(C::BITS));
    assert_eq!(number(one), &r % &p);
    assert_eq!(number(square), r.pow(2) % &p);
    assert_eq!(number(cube), r.pow(3) % &p);
    assert_eq!(number(b), C::b() * &r % &p);
    // What lets the reduction do without products.
    assert_eq!((p + 1_u8) % power(32), 0_u8.into());
}

#[test]
fn constants_of_the_fields() {
    let (one, square, cube) = (P256Field::ONE, P256Field::R2, P256Field::R3);
    are_field_constants::<P256>(&one.0, &square.0, &cube.0, &p256::B.0);
    let (one, square, cube) = (P384Field::ONE, P384Field::R2, P384Field::R3);
    are_field_constants::<P384>(&one.0, &square.0, &cube.0, &p384::B.0);
}

fn are_curve_constants<C: Curve, F: Field, const W: usize>(
    curve: &ecdsa::Curve<F, W>,
    words: fn(&F) -> &[u64; W],
) {
    let (p, n, r) = (C::prime(), C::order(), power(C::BITS));
    let Modulus {
        number: order,
        factor,
        r2,
    } = &curve.order;
    assert_eq!(number(order), n);
    assert_eq!((BigUint::from(*factor) * &n + 1_u8) % power(32), 0_u8.into());
    assert_eq!(number(r2), r.pow(2) % &n);
    assert_eq!(number(&curve.excess), &p - &n);
    for (Affine { x, y }, odd) in curve.generator.iter().zip((1_u8..).step_by(2)) {
        let (right_x, right_y) = C::multiple(&odd.into()).unwrap();
        assert_eq!(number(words(x)), right_x * &r % &p);
        assert_eq!(number(words(y)), right_y * &r % &p);
    }
}

#[test]
fn constants_of_the_curves() {
    are_curve_constants::<P256, P256Field, 4>(&p256::CURVE, |element| &element.0);
    are_curve_constants::<P384, P384Field, 6>(&p384::CURVE, |element| &element.0);
}

/// SP 800-186 §3.2.1, so that the reference crates are not the only witnesses.
#[test]
fn the_generators_are_those_of_the_standard() {
    let standard = [
        "6b17d1f2 e12c4247 f8bce6e5 63a440f2 77037d81 2deb33a0 f4a13945 d898c296",
        "4fe342e2 fe1a7f9b 8ee7eb4a 7c0f9e16 2bce3357 6b315ece cbb64068 37bf51f5",
        "aa87ca22 be8b0537 8eb1c71e f320ad74 6e1d3b62 8ba79b98 59f741e0 82542a38 5502f25d bf55296c 3a545e38 72760ab7",
        "3617de4a 96262c6f 5d9e98bf 9292dc29 f8f41dbd 289a147c e9da3113 b5f0b8c0 0a60b1ce 1d7e819d 7a431d7c 90ea0e5f",
    ];
    let [x256, y256, x384, y384] = standard.map(hex);
    assert_eq!(P256::multiple(&1_u8.into()), Some((x256, y256)));
    assert_eq!(P384::multiple(&1_u8.into()), Some((x384, y384)));
}

fn primes() -> impl Iterator<Item = u32> {
    (2..).filter(|number: &u32| (2..*number).all(|factor| !number.is_multiple_of(factor)))
}

/// The fractional part of a root, as so many bits.
fn fraction(prime: u32, root: u32, bits: usize) -> u64 {
    let scaled = BigUint::from(prime) << (bits * root as usize);
    (scaled.nth_root(root) % power(bits)).try_into().unwrap()
}

/// FIPS 180-4 §4.2.2, §4.2.3.
#[test]
fn round_constants_are_cube_roots_of_primes() {
    for (constant, prime) in K256.iter().zip(primes()) {
        assert_eq!(u64::from(*constant), fraction(prime, 3, 32));
    }
    for (constant, prime) in K512.iter().zip(primes()) {
        assert_eq!(*constant, fraction(prime, 3, 64));
    }
}

/// FIPS 180-4 §5.3.3 to §5.3.5.
#[test]
fn initial_values_are_square_roots_of_primes() {
    let check = |state: &[u8], size: usize, skip: usize| {
        for (bytes, prime) in state.chunks(size).take(8).zip(primes().skip(skip)) {
            let root = fraction(prime, 2, 8 * size).to_be_bytes();
            assert_eq!(bytes, &root[8 - size..]);
        }
    };
    check(&Sha256::new_256().state(), 4, 0);
    check(&Sha512::new_512().state(), 8, 0);
    check(&Sha512::new_384().state(), 8, 8);
}

//! The two numbers of an ECDSA signature lie from 1 to n−1 (FIPS 186-5 §6.4.2 step 1): a number that is the same modulo n is
//! another signature, and none.
//!
//! The signatures are made backwards: from a point with a small x and a small s, the key follows for which they are good.
use honnin::Code;
use honnin::signature::{EcdsaForm, Message, PublicKey, Scheme, verify};

const N_256: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const N_384: &str =
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// A small number in the length of the field.
fn small(number: u8, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    bytes[length - 1] = number;
    bytes
}

/// n and a small number.
fn beyond(order: &[u8], number: u8) -> Vec<u8> {
    let mut sum = order.to_vec();
    let mut carry = u16::from(number);
    for byte in sum.iter_mut().rev() {
        carry += u16::from(*byte);
        *byte = carry as u8;
        carry >>= 8;
    }
    assert_eq!(carry, 0);
    sum
}

/// DER of the two numbers.
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let mut short: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        if short.first().is_none_or(|first| *first >= 0x80) {
            short.insert(0, 0);
        }
        [&[2, short.len() as u8][..], &short].concat()
    };
    let both = [integer(r), integer(s)].concat();
    [&[0x30, both.len() as u8][..], &both].concat()
}

macro_rules! crafted {
    ($name:ident, $curve:ident, $length:expr) => {
        /// x, the digest, and the public key for which (x, 7) is a signature of it.
        fn $name() -> (u8, Vec<u8>, Vec<u8>) {
            use $curve::elliptic_curve::sec1::ToSec1Point as _;
            use $curve::{ProjectivePoint, PublicKey, Scalar};
            let digest: Vec<u8> = (0..$length).map(|at| at as u8).collect();
            let z = digest.iter().fold(Scalar::ZERO, |sum, byte| {
                sum * Scalar::from(256u64) + Scalar::from(u64::from(*byte))
            });
            let (x, point) = (1..=255u8)
                .find_map(|x| {
                    let compressed = [&[2][..], &small(x, $length)].concat();
                    PublicKey::from_sec1_bytes(&compressed)
                        .ok()
                        .map(|point| (x, point))
                })
                .unwrap();
            let inverse = Scalar::from(u64::from(x)).invert().unwrap();
            let scaled = point.to_projective() * Scalar::from(7u64) - ProjectivePoint::GENERATOR * z;
            let key = PublicKey::from_affine((scaled * inverse).to_affine()).unwrap();
            (x, digest, key.to_sec1_point(false).as_bytes().to_vec())
        }
    };
}

crafted!(crafted_256, p256, 32);
crafted!(crafted_384, p384, 48);

fn ranges(scheme: Scheme, key: &PublicKey, order: &[u8], x: u8, digest: &[u8]) {
    let length = order.len();
    let check = |r: &[u8], s: &[u8]| {
        let forms = [([r, s].concat(), EcdsaForm::Raw), (der(r, s), EcdsaForm::Der)];
        let [raw, der] = forms.map(|(signature, form)| {
            verify(scheme, key, Message::Digest(digest), &signature, form).map_err(|error| error.code())
        });
        assert_eq!(raw, der);
        raw
    };
    let refused = Err(Code::SignatureMismatch);
    assert_eq!(
        check(&small(x, length), &small(7, length)),
        Ok(()),
        "the signature itself"
    );
    assert_eq!(check(&beyond(order, x), &small(7, length)), refused, "r + n");
    assert_eq!(check(&small(x, length), &beyond(order, 7)), refused, "s + n");
    assert_eq!(check(&beyond(order, x), &beyond(order, 7)), refused, "both");
    for edge in [small(0, length), order.to_vec(), vec![0xff; length]] {
        assert_eq!(check(&edge, &small(7, length)), refused);
        assert_eq!(check(&small(x, length), &edge), refused);
    }
}

#[test]
fn p256() {
    let (x, digest, point) = crafted_256();
    let key = PublicKey::ec_p256(&point).unwrap();
    ranges(Scheme::EcdsaP256Sha256, &key, &unhex(N_256), x, &digest);
}

#[test]
fn p384() {
    let (x, digest, point) = crafted_384();
    let key = PublicKey::ec_p384(&point).unwrap();
    ranges(Scheme::EcdsaP384Sha384, &key, &unhex(N_384), x, &digest);
}

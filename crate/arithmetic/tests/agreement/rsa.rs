//! RSA against the RustCrypto crate, and against the powers of `num-bigint` where that crate has no keys.

use honnin_arithmetic::rsa::Key;
use num_bigint::BigUint;
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, PublicKey, hazmat::rsa_encrypt};

use crate::support::{Random, cases};

const EXPONENTS: [u32; 4] = [3, 17, 65_537, u32::MAX];

fn power(bits: usize) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// The number as so many big-endian bytes.
fn padded(number: &BigUint, length: usize) -> Vec<u8> {
    let short = number.to_bytes_be();
    let mut all = vec![0; length];
    all[length - short.len()..].copy_from_slice(&short);
    all
}

/// Odd numbers of exactly so many bits, with extreme limbs, and any.
fn moduli(bits: usize, random: &mut Random) -> Vec<BigUint> {
    let top = power(bits - 1);
    let any = &top | random.bits(bits - 1) | BigUint::from(1_u8);
    vec![
        power(bits) - 1_u8,
        &top + 1_u8,
        // All digits but the last are ones; only the first and the last are not zero.
        power(bits) - power(27) + 1_u8,
        &top + power(27) - 1_u8,
        any,
    ]
}

fn values(n: &BigUint, random: &mut Random) -> Vec<BigUint> {
    let bits = n.bits() as usize;
    let bytes = bits.next_multiple_of(8);
    vec![
        BigUint::default(),
        1_u8.into(),
        2_u8.into(),
        n - 1_u8,
        n - 2_u8,
        n.clone(),
        n + 1_u8,
        // All limbs are ones.
        power(bits - 1) - 1_u8,
        power(bits) - 1_u8,
        // As long in bytes as the modulus, but longer in bits, and even in limbs.
        power(bytes) - 1_u8,
        power(bytes - 1) + 1_u8,
        random.bits(bits) % n,
    ]
}

/// The power by the crate, with what it has to refuse. `None` if the number is not below the modulus.
fn own(key: &Key, value: &BigUint, n: &BigUint) -> Option<BigUint> {
    let length = n.bits().div_ceil(8) as usize;
    if value.bits().div_ceil(8) as usize > length {
        return None;
    }
    let mut out = vec![0xa5; length];
    let done = key.apply(&padded(value, length), &mut out);
    assert!(done || out.iter().all(|byte| *byte == 0xa5));
    done.then(|| BigUint::from_bytes_be(&out))
}

fn new_key(n: &BigUint, e: u32) -> Key {
    let key = Key::new(&n.to_bytes_be(), e).unwrap();
    assert_eq!(key.bits() as u64, n.bits());
    key
}

/// The number of comparisons: each combination has to be one.
fn agrees(n: &BigUint, exponents: &[u32], random: &mut Random) -> usize {
    let length = n.bits().div_ceil(8) as usize;
    let mut compared = 0;
    for e in exponents {
        let key = new_key(n, *e);
        let reference = PublicKey::new_with_size_limits(
            BoxedUint::from_be_slice_vartime(&n.to_bytes_be()),
            BoxedUint::from(u64::from(*e)),
            2047..=8192,
        );
        let reference = reference.unwrap();
        for value in values(n, random) {
            let right = (value < *n).then(|| {
                let value = BoxedUint::from_be_slice(&padded(&value, length), reference.n_bits_precision());
                BigUint::from_bytes_be(&rsa_encrypt(&reference, &value.unwrap()).unwrap().to_be_bytes())
            });
            assert_eq!(own(&key, &value, n), right, "{value:x} ^ {e} mod {n:x}");
            compared += 1;
        }
    }
    compared
}

fn sizes_agree(sizes: &[usize], exponents: &[u32]) {
    let mut random = Random(1);
    let mut compared = 0;
    for bits in sizes {
        for n in moduli(*bits, &mut random) {
            compared += agrees(&n, exponents, &mut random);
        }
    }
    assert_eq!(compared, sizes.len() * 5 * exponents.len() * 12);
}

#[test]
fn powers_of_usual_sizes_agree() {
    sizes_agree(&[2048, 3072, 4096], &EXPONENTS);
}

/// A byte, a limb, and a row of limbs more or less than the usual sizes; 27 · 76 − 2 = 2050.
#[test]
fn powers_of_odd_sizes_agree() {
    sizes_agree(
        &[
            2047, 2049, 2050, 2051, 2052, 2053, 2054, 2055, 2056, 2100, 3556, 3557,
        ],
        &EXPONENTS[..3],
    );
}

#[test]
fn powers_of_the_longest_sizes_agree() {
    sizes_agree(&[8184, 8191, 8192], &[3, 65_537]);
    sizes_agree(&[8192], &[u32::MAX]);
}

#[test]
fn powers_of_any_numbers_agree() {
    let mut random = Random(2);
    for _ in 0..cases(5_000) {
        let bits = 2048 + random.below(200) as usize;
        let n = power(bits - 1) | random.edge(bits, &power(bits - 1)) | BigUint::from(1_u8);
        let e = random.next() as u32 | 3;
        assert_eq!(agrees(&n, &[e], &mut random), 12);
    }
}

/// Every size from the least one, so that each number of limbs and of bits in the last one occurs.
#[test]
fn powers_of_short_sizes_agree() {
    let mut random = Random(3);
    for bits in 64..500 {
        for n in moduli(bits, &mut random) {
            let e = EXPONENTS[bits % 4];
            let key = new_key(&n, e);
            for value in values(&n, &mut random) {
                let right = (value < n).then(|| value.modpow(&e.into(), &n));
                assert_eq!(own(&key, &value, &n), right, "{value:x} ^ {e} mod {n:x}");
            }
        }
    }
}

/// Powers that are zero: the sum before the last subtraction is then the modulus itself.
#[test]
fn powers_that_are_multiples_of_the_modulus_are_zero() {
    let mut random = Random(4);
    for bits in (40..1024).step_by(61) {
        let root = power(bits - 1) | random.bits(bits - 1) | BigUint::from(1_u8);
        let n = root.pow(2);
        for e in EXPONENTS {
            let key = new_key(&n, e);
            for factor in [BigUint::from(1_u8), BigUint::from(2_u8), &root - 1_u8] {
                assert_eq!(own(&key, &(&root * factor), &n), Some(BigUint::default()));
            }
        }
    }
}

#[test]
fn other_keys_are_refused() {
    let n = (power(2048) - 1_u8).to_bytes_be();
    assert!(Key::new(&n, 3).is_some());
    for e in [0, 1, 2, 4, 65_536, u32::MAX - 1] {
        assert!(Key::new(&n, e).is_none(), "{e}");
    }
    let refused = |n: &[u8]| Key::new(n, 65_537).is_none();
    assert!(refused(&[]) && refused(&[0]) && refused(&[1]));
    assert!(refused(&[&[0], n.as_slice()].concat()));
    assert!(refused(&(power(2048) - 2_u8).to_bytes_be()));
    assert!(refused(&(power(63) - 1_u8).to_bytes_be()) && !refused(&(power(64) - 1_u8).to_bytes_be()));
    assert!(!refused(&(power(8192) - 1_u8).to_bytes_be()) && refused(&(power(8192) + 1_u8).to_bytes_be()));
}

#[test]
fn other_lengths_are_refused() {
    for bits in [64, 2047, 2048, 2049, 8192] {
        let n = power(bits) - 1_u8;
        let (key, length) = (new_key(&n, 3), bits.div_ceil(8));
        for (signature, out) in (0..length + 3).flat_map(|at| [(at, length), (length, at), (at, at)]) {
            let mut written = vec![0; out];
            let done = key.apply(&vec![0; signature], &mut written);
            assert_eq!(done, signature == length && out == length, "{signature} {out}");
        }
    }
}

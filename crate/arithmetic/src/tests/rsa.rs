//! The bounds of RSA's columns and values. Tests run with checks of overflow.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use num_bigint::BigUint;

use super::power::Power;
use super::{BITS, Key, Limbs, MASK, MOST};

fn number(limbs: &Limbs) -> BigUint {
    let add = |high, limb: &u32| (high << BITS) + limb;
    limbs.iter().rev().fold(BigUint::default(), add)
}

fn limbs(number: &BigUint) -> Limbs {
    let limb = |at: usize| ((number >> (BITS * at)) % (1_u32 << BITS)).try_into().unwrap();
    std::array::from_fn(limb)
}

fn product(key: &Key, a: &Limbs, b: &Limbs) -> Limbs {
    let mut power = Power::new(key, *a);
    power.multiply(b);
    power.value
}

fn square(key: &Key, a: &Limbs) -> Limbs {
    let mut power = Power::new(key, *a);
    power.square();
    power.value
}

/// Products of numbers below 2n are below 2n, and right, up to 2n−1 and with all sizes of the last limb.
#[test]
fn products_stay_below_twice_the_modulus() {
    let one = BigUint::from(1_u8);
    // 27 · 4 − 2, 27 · 76 − 2: here R is only just above 4n.
    for bits in [64, 106, 107, 2048, 2050, 2051, 4096, 8191, 8192] {
        let moduli: [BigUint; 3] = [
            (&one << bits) - 1_u8,
            (&one << (bits - 1)) + 1_u8,
            (&one << bits) - (&one << 40) + 1_u8,
        ];
        for n in moduli {
            let key = Key::new(&n.to_bytes_be(), 3).unwrap();
            let r = &one << (BITS * key.limbs);
            assert!(r > &n * 4_u8);
            assert_eq!(number(&key.modulus), n);
            assert_eq!(number(&key.r2), r.pow(2) % &n);
            let twice = &n * 2_u8;
            let values = [
                BigUint::default(),
                one.clone(),
                &n - 1_u8,
                n.clone(),
                &n + 1_u8,
                &twice - 1_u8,
            ];
            let right = |product: &Limbs, a: &BigUint, b: &BigUint| {
                let product = number(product);
                assert!(product < twice, "{bits} {a:x} {b:x}");
                assert_eq!(&product * &r % &n, a * b % &n, "{bits} {a:x} {b:x}");
            };
            for a in &values {
                for b in &values {
                    right(&product(&key, &limbs(a), &limbs(b)), a, b);
                }
                right(&square(&key, &limbs(a)), a, a);
            }
        }
    }
}

/// Columns that are greater than those of any key: every limb of both factors and of the modulus is 2²⁷ − 1, and in
/// the last call every column has 304 products. No key has such limbs, because `R` has to be above `4n`.
#[test]
fn the_greatest_columns_do_not_overflow() {
    let mut ones = [MASK as u32; MOST + 4];
    ones[MOST..].fill(0);
    let key = Key {
        modulus: ones,
        r2: [0; MOST + 4],
        limbs: MOST,
        bits: BITS * MOST,
        factor: 1,
        exponent: 3,
    };
    // (R − 1)² / R modulo R − 1, before the subtraction.
    assert_eq!(product(&key, &ones, &ones), ones);
    assert_eq!(square(&key, &ones), ones);
    let mut power = Power::new(&key, ones);
    power.columns = [[MOST as u64 * MASK * MASK; 8]; MOST / 4];
    power.reduce();
}

//! RSA: powers modulo any odd number, of the usual sizes and of those beside them.

use honnin_arithmetic::rsa::Key;
use openssl::bn::{BigNum, BigNumContext};

use crate::random::Random;
use crate::tally::{Tally, edge, hex};

/// 8192 bits.
const LONGEST: usize = 1_024;

/// The last bytes of a number with likely carries.
fn number(random: &mut Random, bytes: usize) -> Vec<u8> {
    edge::<LONGEST>(random)[LONGEST - bytes..].to_vec()
}

/// An odd number of so many bits.
fn modulus(random: &mut Random, bits: usize) -> Vec<u8> {
    let bytes = bits.div_ceil(8);
    let mut out = number(random, bytes);
    let unused = bytes * 8 - bits;
    out[0] = out[0] & (0xff >> unused) | 0x80 >> unused;
    out[bytes - 1] |= 1;
    out
}

pub fn run(random: &mut Random, tally: &mut Tally) {
    let bits = match random.below(64) {
        0 => 8_192,
        1 => 4_096,
        2..6 => 3_072,
        6..12 => 2_040 + random.below(40),
        _ => 2_048,
    };
    let exponent = match random.below(32) {
        0 => random.next() as u32 | 0x8000_0001,
        1 => 17,
        2 => 3,
        _ => 65_537,
    };
    let modulus = modulus(random, bits);
    let key = Key::new(&modulus, exponent).expect("an odd modulus and an odd exponent");
    let n = BigNum::from_slice(&modulus).expect("a number");
    let e = BigNum::from_u32(exponent).expect("a number");
    let mut context = BigNumContext::new().expect("memory");
    let mut right = BigNum::new().expect("memory");
    let mut out = vec![0; modulus.len()];
    tally.keys += 1;
    for at in 0..crate::CASES {
        let base = match at {
            // From n to n − 9.
            0..10 => {
                let mut less = BigNum::from_slice(&modulus).expect("a number");
                less.sub_word(at as u32).expect("less than the modulus");
                less.to_vec_padded(modulus.len() as i32).expect("a length")
            }
            // 0 to 9.
            10..20 => {
                let mut small = vec![0; modulus.len()];
                small[modulus.len() - 1] = at as u8 - 10;
                small
            }
            // A result, which is any number.
            _ if at % 4 == 0 => out.clone(),
            _ => number(random, modulus.len()),
        };
        let below = BigNum::from_slice(&base).expect("a number") < n;
        let done = key.apply(&base, &mut out);
        let mut same = done == below;
        if below {
            let base = BigNum::from_slice(&base).expect("a number");
            right
                .mod_exp(&base, &e, &n, &mut context)
                .expect("an odd modulus");
            same &= right.to_vec_padded(modulus.len() as i32).expect("a length") == out;
        }
        tally.cases += 1;
        tally.openssl += 1;
        if !same {
            tally
                .different
                .push(format!("{} ^ {exponent} mod {}", hex(&base), hex(&modulus)));
        }
    }
}

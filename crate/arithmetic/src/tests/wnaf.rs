//! The digits of a number.

use num_bigint::{BigInt, BigUint};

use super::support::{Curve, P256, P384, Random, cases};
use super::{power, words};
use crate::ecdsa::{FEW, MANY, width};
use crate::wnaf::wnaf;

fn digits_are_right<const W: usize>(number: &BigUint, width: u32) {
    let digits = wnaf(&words::<W>(number), width);
    let (mut sum, mut next) = (BigInt::default(), 0);
    for (at, digit) in digits.iter().enumerate().filter(|(_, digit)| **digit != 0) {
        assert!(at >= next && at <= 64 * W, "{number:x}: a digit at {at}");
        assert!(
            digit % 2 != 0 && digit.unsigned_abs() < 1 << (width - 1),
            "{number:x}: {digit}"
        );
        sum += BigInt::from(*digit) << at;
        next = at + width as usize;
    }
    assert_eq!(sum, number.clone().into());
}

fn edges_are_right<const W: usize>(order: &BigUint) {
    let all = power(64 * W) - 1_u8;
    let mut numbers = vec![0_u8.into(), all.clone(), order.clone(), order - 1_u8];
    for bit in 0..64 * W {
        for delta in [0_u8, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65] {
            numbers.extend([power(bit) + delta, power(bit) + order - delta]);
            numbers.push(&all - power(bit).min(&all - delta) - delta);
        }
    }
    let mut random = Random(41);
    numbers.extend((0..cases(20)).map(|_| random.edge(64 * W, order)));
    for number in numbers {
        let number = number & &all;
        digits_are_right::<W>(&number, width(FEW));
        digits_are_right::<W>(&number, width(MANY));
    }
}

#[test]
fn digits_are_odd_small_far_apart_and_make_the_number() {
    edges_are_right::<4>(&P256::order());
    edges_are_right::<6>(&P384::order());
}

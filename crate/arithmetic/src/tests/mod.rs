//! Tests of what only the crate itself can reach. Those of the public functions are in `tests/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod constants;
mod digits;
mod exceptions;
mod field;
mod modulus;
mod small_curve;
mod support;
mod tables;
mod wnaf;

use num_bigint::BigUint;

use crate as own;
use crate::curve::Affine;
use crate::field::Field;

fn words<const W: usize>(number: &BigUint) -> [u64; W] {
    let digits = number.to_u64_digits();
    assert!(digits.len() <= W);
    std::array::from_fn(|at| digits.get(at).copied().unwrap_or_default())
}

fn number(words: &[u64]) -> BigUint {
    words
        .iter()
        .rev()
        .fold(BigUint::default(), |high, word| (high << 64) + word)
}

/// 2 to the so many.
fn power(bits: usize) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// The table of a point for so many pieces, with so many points for each.
fn table_of<F: Field>(point: &Affine<F>, (pieces, each): (usize, usize), spacing: usize) -> Vec<Affine<F>> {
    let mut points = vec![*point; pieces * each];
    let [mut heights, mut products] = [(); 2].map(|()| vec![F::ONE; points.len()]);
    crate::table::fill(&mut points, [&mut heights, &mut products], each, spacing, point).unwrap();
    points
}

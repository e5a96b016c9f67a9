//! Claims about the steps of the field multiplications and about the formulas for points, checked for all operands at
//! once. The functions are generic in what they compute with ([`Digit`], [`Field`](crate::field::Field)): here, the
//! same text runs on [`Bounds`] and on [`Form`]s. It has no branches, so one run is every run. `docs/arithmetic.md`
//! says what follows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bounds;
mod form;

use std::array::from_fn;

use num_bigint::{BigInt, BigUint};

use crate::curve::{Affine, Point};
use crate::digits::{Digit, MASK, product, square};
use crate::field::{P256Field, P384Field};
use bounds::Bounds;
use form::Form;

type InU64 = Bounds<0, { u64::MAX as i128 }>;
/// The reductions compute with 64 bits, but need 36.
type In36Bits = Bounds<{ -(1 << 36) }, { 1 << 36 }>;

/// What both models assume about `split`: `low + 2³² · rest` is the number, and `low` is a digit.
#[test]
fn a_split_is_exact() {
    let near = |center: i128| (-3..=3).map(move |delta| center + delta);
    for number in (0..=64).flat_map(|bits| near(1 << bits).chain(near(-(1 << bits)))) {
        let digit = 0..=i128::from(MASK);
        if let Ok(unsigned) = u64::try_from(number) {
            let (low, rest) = unsigned.split();
            let (low, rest) = (i128::from(low), i128::from(rest));
            assert_eq!((low + (rest << 32), digit.contains(&low)), (number, true));
        }
        if let Ok(signed) = i64::try_from(number) {
            let (low, rest) = signed.split();
            let (low, rest) = (i128::from(low), i128::from(rest));
            assert_eq!((low + (rest << 32), digit.contains(&low)), (number, true));
        }
    }
}

fn products_stay_in_u64<const D: usize, const T: usize>() {
    let digits = [InU64::DIGIT; D];
    let all: [InU64; T] = product(&digits, &digits);
    assert!(all.iter().all(Bounds::is_digit));
    let all: [InU64; T] = square(&digits);
    assert!(all.iter().all(Bounds::is_digit));
}

#[test]
fn products_and_squares_have_no_overflow() {
    products_stay_in_u64::<8, 16>();
    products_stay_in_u64::<12, 24>();
}

#[test]
#[should_panic(expected = "overflows")]
fn bounds_notice_an_overflow() {
    let digits = [InU64::new(0, 1 << 32); 8];
    let _: [InU64; 16] = product(&digits, &digits);
}

fn is_exact_product<const D: usize, const T: usize>() {
    Form::restart();
    let (a, b): ([Form; D], [Form; D]) = (from_fn(|_| Form::symbol()), from_fn(|_| Form::symbol()));
    let all: [Form; T] = product(&a, &b);
    assert!(Form::number(&all) == Form::number(&a) * Form::number(&b));
}

#[test]
fn products_are_exact() {
    is_exact_product::<8, 16>();
    is_exact_product::<12, 24>();
}

/// The last carry is dropped. The square and its digits are both at least 0 and below `2^(32·T)`, so the carry, an
/// integer, is 0.
fn is_exact_square<const D: usize, const T: usize>() {
    Form::restart();
    let a: [Form; D] = from_fn(|_| Form::symbol());
    let all: [Form; T] = square(&a);
    let (_, carry) = *Form::splits().last().unwrap();
    let dropped = carry.times(BigInt::from(1) << (32 * T));
    assert!(Form::number(&all) + dropped == Form::number(&a) * Form::number(&a));
}

#[test]
fn squares_are_exact() {
    is_exact_square::<8, 16>();
    is_exact_square::<12, 24>();
}

#[test]
fn forms_notice_a_difference() {
    Form::restart();
    let (a, b) = (Form::symbol(), Form::symbol());
    assert!(a * b == b * a && a * b != a * a && a + b != a && (a - a).terms().is_empty());
    let (low, rest) = (a * b).split();
    assert!(Form::number(&[low, rest]) == a * b && Form::number(&[low]) != a * b);
}

/// The digits and the carry of a reduction, with any digits as columns.
fn stays_in_36_bits<const D: usize>((digits, carry): ([In36Bits; D], In36Bits)) {
    assert!(digits.iter().all(Bounds::is_digit));
    assert!(carry.low >= -1 && carry.high <= 2, "{carry:?}");
}

#[test]
fn columns_of_reductions_stay_below_36_bits() {
    stays_in_36_bits(P256Field::divide([In36Bits::DIGIT; 16]));
    stays_in_36_bits(P384Field::divide([In36Bits::DIGIT; 24]));
}

/// `R · out = columns + m · p`, where the digits of `m` are those that the first splits gave.
fn is_exact_division<const D: usize, const T: usize>(
    divide: fn([Form; T]) -> ([Form; D], Form),
    prime: &[u64],
) {
    Form::restart();
    let columns: [Form; T] = from_fn(|_| Form::symbol());
    let (digits, carry) = divide(columns);
    let out = Form::number(&digits) + carry.times(BigInt::from(1) << (32 * D));
    let splits = Form::splits();
    assert_eq!(splits.len(), 2 * D);
    let multiple: Vec<Form> = splits[..D].iter().map(|(low, _)| *low).collect();
    let prime = prime.iter().rev();
    let prime = prime.fold(BigUint::default(), |high, word| (high << 64) + word);
    let right = Form::number(&columns) + Form::number(&multiple).times(prime);
    assert!(out.times(BigInt::from(1) << (32 * D)) == right);
}

#[test]
fn reductions_add_a_multiple_of_the_prime_and_divide() {
    is_exact_division(P256Field::divide, &P256Field::PRIME);
    is_exact_division(P384Field::divide, &P384Field::PRIME);
}

fn symbols_of_a_point() -> Point<Form> {
    let [x, y, z] = from_fn(|_| Form::symbol());
    Point { x, y, z }
}

/// The tangent rule with `x = X/Z²` and `y = Y/Z³`: the slope `(3x² − 3) / 2y` is `slope / z` with the new z.
#[test]
fn doubling_is_the_tangent_rule() {
    Form::restart();
    let point = symbols_of_a_point();
    let Point { x, y, z } = point;
    let mut double = point;
    double.double();
    let slope = (x * x - z * z * z * z).times(3);
    let y2 = y.times(2);
    // The old x and y times the square and the cube of the new z.
    let (x_there, y_there) = (x * y2 * y2, y * y2 * y2 * y2);
    assert!(double.z == y2 * z);
    assert!(double.x == slope * slope - x_there.times(2));
    assert!(double.y == slope * (x_there - double.x) - y_there);
}

/// The chord rule: the slope `(y₂ − y) / (x₂ − x)` is `rise / z` with the new z, and that is z times `run`.
#[test]
fn addition_is_the_chord_rule() {
    Form::restart();
    let point = symbols_of_a_point();
    let Point { x, y, z } = point;
    let other = Affine {
        x: Form::symbol(),
        y: Form::symbol(),
    };
    let mut sum = point;
    sum.add(&other);
    let (run, rise) = (other.x * z * z - x, other.y * z * z * z - y);
    let (x_there, y_there) = (x * run * run, y * run * run * run);
    let other_there = other.x * z * z * run * run;
    assert!(sum.z == z * run);
    assert!(sum.x == rise * rise - x_there - other_there);
    assert!(sum.y == rise * (x_there - sum.x) - y_there);
}

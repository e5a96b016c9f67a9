//! Natural numbers as words of 64 bits, least significant first, that are multiplied by digits of 32 bits.

use core::ops::{Add, Mul, Sub};

pub(crate) const MASK: u64 = 0xffff_ffff;

/// What the steps of a multiplication compute with: integers of 64 bits. The claims about these steps
/// (`claims.rs`) run the same text on bounds and on symbols.
pub(crate) trait Digit: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> {
    const ZERO: Self;

    /// The lowest 32 bits, and the rest divided by 2³².
    fn split(self) -> (Self, Self);
}

impl Digit for u64 {
    const ZERO: Self = 0;

    #[inline(always)]
    fn split(self) -> (Self, Self) {
        (self & MASK, self >> 32)
    }
}

impl Digit for i64 {
    const ZERO: Self = 0;

    #[inline(always)]
    fn split(self) -> (Self, Self) {
        (self & MASK.cast_signed(), self >> 32)
    }
}

/// The digits of a number of `D / 2` words.
#[inline(always)]
pub(crate) fn split<const W: usize, const D: usize>(words: &[u64; W]) -> [u64; D] {
    let mut digits = [0; D];
    for at in 0..W {
        digits[2 * at] = words[at] & MASK;
        digits[2 * at + 1] = words[at] >> 32;
    }
    digits
}

/// Calls `$row` for each digit, in four loops instead of one: a compiler unrolls loops of this length, so that digits
/// stay in registers and no memory is cleared before.
macro_rules! rows {
    ($digits:ident, |$at:ident| $row:block) => {
        for $at in 0..$digits / 4 $row
        for $at in $digits / 4..$digits / 2 $row
        for $at in $digits / 2..$digits * 3 / 4 $row
        for $at in $digits * 3 / 4..$digits $row
    };
}

/// The product of two numbers, exactly. `T` is `2 · D`. Each sum `a · b + c + d` of digits is at most 2⁶⁴ − 1.
#[inline(always)]
pub(crate) fn product<N: Digit, const D: usize, const T: usize>(a: &[N; D], b: &[N; D]) -> [N; T] {
    let mut all = [N::ZERO; T];
    rows!(D, |i| {
        let mut carry = N::ZERO;
        for j in 0..D {
            (all[i + j], carry) = (a[i] * b[j] + all[i + j] + carry).split();
        }
        all[i + D] = carry;
    });
    all
}

/// The square of a number, exactly: the products of different digits twice, and the squares of the digits.
#[inline(always)]
pub(crate) fn square<N: Digit, const D: usize, const T: usize>(a: &[N; D]) -> [N; T] {
    let mut all = [N::ZERO; T];
    rows!(D, |i| {
        let mut carry = N::ZERO;
        for j in i + 1..D {
            (all[i + j], carry) = (a[i] * a[j] + all[i + j] + carry).split();
        }
        all[i + D] = carry;
    });
    let mut carry = N::ZERO;
    rows!(D, |i| {
        let (low, high) = (a[i] * a[i]).split();
        let twice = |digit| digit + digit;
        (all[2 * i], carry) = (twice(all[2 * i]) + low + carry).split();
        (all[2 * i + 1], carry) = (twice(all[2 * i + 1]) + high + carry).split();
    });
    all
}

/// `a + b` and the carry.
#[inline(always)]
pub(crate) fn add<const W: usize>(a: &[u64; W], b: &[u64; W]) -> ([u64; W], bool) {
    let (mut sum, mut carry) = ([0; W], false);
    for at in 0..W {
        let (part, first) = a[at].overflowing_add(b[at]);
        let (part, second) = part.overflowing_add(carry.into());
        (sum[at], carry) = (part, first | second);
    }
    (sum, carry)
}

/// `a − b` and the borrow.
#[inline(always)]
pub(crate) fn sub<const W: usize>(a: &[u64; W], b: &[u64; W]) -> ([u64; W], bool) {
    let (mut difference, mut borrow) = ([0; W], false);
    for at in 0..W {
        let (part, first) = a[at].overflowing_sub(b[at]);
        let (part, second) = part.overflowing_sub(borrow.into());
        (difference[at], borrow) = (part, first | second);
    }
    (difference, borrow)
}

/// `a` if `a < n`, otherwise `a − n`, for `a` (with its carry) below `2n`.
#[inline(always)]
pub(crate) fn reduce_once<const W: usize>(a: &[u64; W], carry: bool, n: &[u64; W]) -> [u64; W] {
    let (reduced, borrow) = sub(a, n);
    let keep = u64::from(borrow & !carry).wrapping_neg();
    let mut result = [0; W];
    for at in 0..W {
        result[at] = (a[at] & keep) | (reduced[at] & !keep);
    }
    result
}

/// Whether `a < b`.
pub(crate) fn is_below<const W: usize>(a: &[u64; W], b: &[u64; W]) -> bool {
    sub(a, b).1
}

pub(crate) fn is_zero<const W: usize>(a: &[u64; W]) -> bool {
    a.iter().fold(0, |all, word| all | word) == 0
}

/// The number with these big-endian bytes. `B` is `8 · W`.
pub(crate) fn from_bytes<const W: usize, const B: usize>(bytes: &[u8; B]) -> [u64; W] {
    let mut words = [0; W];
    for (at, byte) in bytes.iter().rev().enumerate() {
        words[at / 8] |= u64::from(*byte) << (8 * (at % 8));
    }
    words
}

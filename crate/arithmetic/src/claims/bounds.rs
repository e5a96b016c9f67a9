//! Integers of which only the least and the greatest possible value are known.

use std::ops::{Add, Mul, Sub};

use crate::digits::{Digit, MASK};

/// All integers from `low` to `high`. A value outside of `LEAST..=MOST` panics.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds<const LEAST: i128, const MOST: i128> {
    pub(crate) low: i128,
    pub(crate) high: i128,
}

impl<const LEAST: i128, const MOST: i128> Bounds<LEAST, MOST> {
    /// Any digit.
    pub(crate) const DIGIT: Self = Self {
        low: 0,
        high: MASK as i128,
    };

    pub(crate) fn new(low: i128, high: i128) -> Self {
        assert!(low <= high);
        assert!(LEAST <= low && high <= MOST, "{low}..={high} overflows");
        Self { low, high }
    }

    pub(crate) fn is_digit(&self) -> bool {
        self.low >= 0 && self.high <= Self::DIGIT.high
    }
}

impl<const LEAST: i128, const MOST: i128> Add for Bounds<LEAST, MOST> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.low + other.low, self.high + other.high)
    }
}

impl<const LEAST: i128, const MOST: i128> Sub for Bounds<LEAST, MOST> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.low - other.high, self.high - other.low)
    }
}

impl<const LEAST: i128, const MOST: i128> Mul for Bounds<LEAST, MOST> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let corners = [
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ];
        Self::new(
            corners.into_iter().min().unwrap(),
            corners.into_iter().max().unwrap(),
        )
    }
}

impl<const LEAST: i128, const MOST: i128> Digit for Bounds<LEAST, MOST> {
    const ZERO: Self = Self { low: 0, high: 0 };

    fn split(self) -> (Self, Self) {
        let rest = Self::new(self.low >> 32, self.high >> 32);
        let low = match rest.low == rest.high {
            true => Self::new(self.low - (rest.low << 32), self.high - (rest.low << 32)),
            false => Self::DIGIT,
        };
        (low, rest)
    }
}

//! NumericDate (RFC 7519 §2): Unix time in seconds, with fractions.

use crate::json::Decimal;

const MICROSECONDS: i64 = 1_000_000;
/// 9999-12-31T23:59:59Z.
const MAX_SECONDS: i64 = 253_402_300_799;

/// A time between the years 1970 and 9999, with a precision of one microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumericDate(i64);

impl NumericDate {
    /// From a Unix time in whole seconds; `None` outside the range.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        if seconds < 0 || seconds > MAX_SECONDS {
            return None;
        }
        Some(Self(seconds * MICROSECONDS))
    }

    /// From the text of a JSON number; `None` outside the range.
    pub(crate) fn from_json(number: &str) -> Option<Self> {
        let microseconds = Decimal::new(number).scaled(6)?;
        (microseconds <= MAX_SECONDS * MICROSECONDS).then_some(Self(microseconds))
    }

    /// The whole seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 / MICROSECONDS
    }

    /// The time from `earlier` until this one; negative if `earlier` is later.
    pub(super) const fn since(self, earlier: Self) -> Duration {
        Duration(self.0 - earlier.0)
    }
}

/// A duration in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Duration(i64);

impl Duration {
    pub(super) fn from_seconds(seconds: u32) -> Self {
        Self(i64::from(seconds) * MICROSECONDS)
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// The absolute value in seconds, rounded up.
    pub(super) const fn in_seconds(self) -> u64 {
        self.0.unsigned_abs().div_ceil(MICROSECONDS.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Duration, NumericDate};

    #[test]
    fn range() {
        for seconds in [0, 1, 253_402_300_799] {
            let date = NumericDate::from_seconds(seconds).unwrap();
            assert_eq!(date.seconds(), seconds);
            assert_eq!(NumericDate::from_json(&seconds.to_string()), Some(date));
        }
        for seconds in [-1, 253_402_300_800, i64::MIN, i64::MAX] {
            assert_eq!(NumericDate::from_seconds(seconds), None);
        }
        for text in [
            "-1",
            "-0.5",
            "253402300799.5",
            "253402300800",
            "1e12",
            "1e307",
            "1700000000000",
        ] {
            assert_eq!(NumericDate::from_json(text), None, "{text}");
        }
        assert_eq!(
            NumericDate::from_json("1.7e9"),
            NumericDate::from_seconds(1_700_000_000)
        );
    }

    #[test]
    fn differences() {
        let date = |text| NumericDate::from_json(text).unwrap();
        assert_eq!(date("10.5").since(date("10")).in_seconds(), 1);
        assert_eq!(date("10").since(date("12.1")).in_seconds(), 3);
        assert_eq!(date("70").since(date("10")), Duration::from_seconds(60));
        assert!(date("70.000001").since(date("10")) > Duration::from_seconds(60));
    }
}

//! JSON numbers as decimals: exact, and without the tables that parsing a double requires.

/// The digits of a number and the power of ten of its decimal point, with the sign kept apart.
pub(crate) struct Decimal<'a> {
    negative: bool,
    /// With the decimal point, if there is one.
    digits: &'a [u8],
    /// The number of digits before the decimal point.
    whole: usize,
    exponent: i64,
}

impl<'a> Decimal<'a> {
    /// From the text of a number in the grammar of RFC 8259 §6.
    pub(crate) fn new(number: &'a str) -> Self {
        let (mantissa, exponent) = split(number.as_bytes(), |byte| matches!(byte, b'e' | b'E'));
        let (negative, digits) = match mantissa {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        Self {
            negative,
            digits,
            whole: split(digits, |byte| byte == b'.').0.len(),
            exponent: saturating_integer(exponent),
        }
    }

    /// The power of ten of the first nonzero digit; `None` for zero.
    pub(crate) fn magnitude(&self) -> Option<i64> {
        let zeros = self.digits().position(|digit| digit != 0)?;
        let point = i64::try_from(self.whole).ok()? - i64::try_from(zeros).ok()? - 1;
        Some(self.exponent.saturating_add(point))
    }

    /// The number times 10^`places`, truncated to an integer. `None` if it is negative or has more than 18
    /// digits.
    pub(crate) fn scaled(&self, places: u8) -> Option<i64> {
        if self.negative {
            return None;
        }
        let Some(magnitude) = self.magnitude() else {
            return Some(0);
        };
        let count = magnitude.saturating_add(i64::from(places)).saturating_add(1);
        if count > 18 {
            return None;
        }
        let mut digits = self.digits().skip_while(|digit| *digit == 0);
        let mut value = 0;
        for _ in 0..count {
            value = value * 10 + i64::from(digits.next().unwrap_or(0));
        }
        Some(value)
    }

    fn digits(&self) -> impl Iterator<Item = u8> {
        let digits = self.digits.iter().filter(|digit| **digit != b'.');
        digits.map(|digit| digit.wrapping_sub(b'0'))
    }
}

/// What is before and after the first such byte. Splitting a `str` takes several times the code.
fn split(text: &[u8], is_end: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| is_end(*byte));
    let (before, after) = text
        .split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or_default();
    (before, after.get(1..).unwrap_or_default())
}

/// From here on, a further digit may be beyond the limit of `i64`.
const NEARLY: i64 = i64::MAX / 10;

/// A decimal integer with an optional sign, saturated near the limits of `i64`.
fn saturating_integer(text: &[u8]) -> i64 {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    // A product that saturates by itself takes one of 128 bits.
    let value = digits.iter().fold(0_i64, |value, digit| match value {
        ..NEARLY => value * 10 + i64::from(digit.wrapping_sub(b'0')),
        _ => i64::MAX,
    });
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn magnitudes() {
        for (text, magnitude) in [
            ("0", None),
            ("-0.000e9", None),
            ("1", Some(0)),
            ("-12.5", Some(1)),
            ("0.05", Some(-2)),
            ("0.0001e312", Some(308)),
            ("123e-2", Some(0)),
            ("1e99999999999999999999", Some(i64::MAX)),
        ] {
            assert_eq!(Decimal::new(text).magnitude(), magnitude, "{text}");
        }
    }

    #[test]
    fn scales() {
        for (text, scaled) in [
            ("0", Some(0)),
            ("0e999", Some(0)),
            ("-1", None),
            ("1", Some(1_000_000)),
            ("1.5", Some(1_500_000)),
            ("1.9999999", Some(1_999_999)),
            ("0.0000001", Some(0)),
            ("15e-1", Some(1_500_000)),
            ("1.7e9", Some(1_700_000_000_000_000)),
            ("0.0017e12", Some(1_700_000_000_000_000)),
            ("1e-999999999999999999999", Some(0)),
            ("999999999999", Some(999_999_999_999_000_000)),
            ("1000000000000", None),
            ("1e300", None),
            ("1e99999999999999999999", None),
        ] {
            assert_eq!(Decimal::new(text).scaled(6), scaled, "{text}");
        }
    }
}

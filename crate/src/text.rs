//! Messages of several pieces. Unlike `format!`, this takes no formatting machinery into a module.

use alloc::borrow::Cow;
use alloc::string::String;

/// The pieces one behind the other.
macro_rules! text {
    ($($piece:expr),+ $(,)?) => {
        [$(&*$crate::text::Piece::piece(&$piece)),+].concat()
    };
}
pub(crate) use text;

/// What may stand in [`text!`].
pub(crate) trait Piece {
    fn piece(&self) -> Cow<'_, str>;
}

impl Piece for str {
    fn piece(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Piece for String {
    fn piece(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Piece for Cow<'_, str> {
    fn piece(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Piece for $number {
            fn piece(&self) -> Cow<'_, str> {
                Cow::Owned(decimal(*self as u64))
            }
        }
    )*};
}

numbers! { u8 u32 u64 usize }

impl Piece for i64 {
    fn piece(&self) -> Cow<'_, str> {
        let sign = if *self < 0 { "-" } else { "" };
        Cow::Owned(text![sign, self.unsigned_abs()])
    }
}

impl<T: Piece + ?Sized> Piece for &T {
    fn piece(&self) -> Cow<'_, str> {
        (*self).piece()
    }
}

fn decimal(mut number: u64) -> String {
    let mut digits = [b'0'; 20];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit += (number % 10) as u8;
        number /= 10;
        count += 1;
        if number == 0 {
            break;
        }
    }
    let digits = digits.get(digits.len() - count..).unwrap_or_default();
    core::str::from_utf8(digits).unwrap_or_default().into()
}

/// The number in decimal, with zeros before it up to this number of digits.
pub(crate) fn padded(number: u64, digits: usize) -> String {
    let text = decimal(number);
    let zeros = digits.saturating_sub(text.len());
    text!["0".repeat(zeros), text]
}

/// The byte in two hexadecimal digits.
pub(crate) fn push_hex(text: &mut String, byte: u8) {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or('0');
    text.extend([digit(byte >> 4), digit(byte & 15)]);
}

#[cfg(test)]
mod tests {
    use super::{Piece as _, padded};

    #[test]
    fn numbers_are_decimal() {
        for number in [0, 1, 9, 10, 99, 100, 12_345_678_901, u64::MAX - 1, u64::MAX] {
            assert_eq!(number.piece(), number.to_string());
        }
        assert_eq!(u32::MAX.piece(), u32::MAX.to_string());
        assert_eq!(usize::MAX.piece(), usize::MAX.to_string());
        for number in [0, -1, -10, i64::MAX, i64::MIN] {
            assert_eq!(number.piece(), number.to_string());
        }
    }

    #[test]
    fn pieces_follow_each_other() {
        let (name, left) = ("exp", String::from("soon"));
        assert_eq!(text![name, " in ", 5_u32, " s, ", left], "exp in 5 s, soon");
    }

    #[test]
    fn zeros_come_first() {
        for (number, digits, expected) in [(0, 2, "00"), (7, 2, "07"), (31, 2, "31"), (12_345, 4, "12345")] {
            assert_eq!(padded(number, digits), expected);
        }
    }
}

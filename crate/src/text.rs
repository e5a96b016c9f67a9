//! Messages of several pieces. Unlike `format!`, this takes no formatting machinery into a module.

use alloc::borrow::Cow;
use alloc::string::String;

/// The pieces one behind the other. Each is one call: a module has many messages.
macro_rules! text {
    ($($piece:expr),+ $(,)?) => {{
        let mut text = $crate::text::start();
        $($crate::text::Piece::add_to(&$piece, &mut text);)+
        text
    }};
}
pub(crate) use text;

/// What may stand in [`text!`].
pub(crate) trait Piece {
    fn add_to(&self, text: &mut String);
}

impl Piece for str {
    fn add_to(&self, text: &mut String) {
        add(text, self);
    }
}

impl Piece for String {
    fn add_to(&self, text: &mut String) {
        add(text, self);
    }
}

impl Piece for Cow<'_, str> {
    fn add_to(&self, text: &mut String) {
        add(text, self);
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Piece for $number {
            fn add_to(&self, text: &mut String) {
                add_decimal(text, *self as u64);
            }
        }
    )*};
}

numbers! { u8 u32 u64 usize }

impl Piece for i64 {
    fn add_to(&self, text: &mut String) {
        if *self < 0 {
            add(text, "-");
        }
        add_decimal(text, self.unsigned_abs());
    }
}

impl<T: Piece + ?Sized> Piece for &T {
    fn add_to(&self, text: &mut String) {
        (*self).add_to(text);
    }
}

/// Room for most messages.
#[inline(never)]
pub(crate) fn start() -> String {
    String::with_capacity(64)
}

#[inline(never)]
fn add(text: &mut String, piece: &str) {
    text.push_str(piece);
}

#[inline(never)]
fn add_decimal(text: &mut String, mut number: u64) {
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
    add(text, core::str::from_utf8(digits).unwrap_or_default());
}

/// The number in decimal, with zeros before it up to this number of digits.
pub(crate) fn padded(number: u64, digits: usize) -> String {
    let text = text![number];
    let zeros = digits.saturating_sub(text.len());
    text!["0".repeat(zeros), text]
}

/// The byte in two hexadecimal digits.
pub(crate) fn push_hex(text: &mut String, byte: u8) {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or('0');
    text.push(digit(byte >> 4));
    text.push(digit(byte & 15));
}

#[cfg(test)]
mod tests {
    use super::padded;

    #[test]
    fn numbers_are_decimal() {
        for number in [0, 1, 9, 10, 99, 100, 12_345_678_901, u64::MAX - 1, u64::MAX] {
            assert_eq!(text![number], number.to_string());
        }
        assert_eq!(text![u32::MAX], u32::MAX.to_string());
        assert_eq!(text![usize::MAX], usize::MAX.to_string());
        for number in [0, -1, -10, i64::MAX, i64::MIN] {
            assert_eq!(text![number], number.to_string());
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

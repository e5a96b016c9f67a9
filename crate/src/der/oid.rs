use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{Malformed, Result};
use crate::text::{Piece, text};

/// An OBJECT IDENTIFIER: the contents octets, displayed as dotted text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid<'a>(&'a [u8]);

impl<'a> Oid<'a> {
    /// The maximum length of the contents in bytes. Identifiers in use have at most 20.
    pub const MAX_LENGTH: usize = 64;

    /// A known identifier. The contents are not checked.
    #[must_use]
    pub const fn new(contents: &'a [u8]) -> Self {
        Self(contents)
    }

    /// Reads the contents of an OBJECT IDENTIFIER (X.690 §8.19).
    ///
    /// # Errors
    /// [`Malformed`] if they are empty, longer than [`Oid::MAX_LENGTH`], truncated, or have a padded arc.
    pub fn from_contents(contents: &'a [u8]) -> Result<Self> {
        if contents.is_empty() || contents.len() > Self::MAX_LENGTH {
            return Err(Malformed("an OBJECT IDENTIFIER without contents, or too long"));
        }
        let mut starts = true;
        for byte in contents {
            if starts && *byte == 0x80 {
                return Err(Malformed("an OBJECT IDENTIFIER with a padded arc"));
            }
            starts = byte & 0x80 == 0;
        }
        if starts {
            Ok(Self(contents))
        } else {
            Err(Malformed("a truncated OBJECT IDENTIFIER"))
        }
    }

    /// The contents octets.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

/// The contents octets of the identifier with this dotted text; `None` if the text is not an identifier.
#[must_use]
pub fn contents_from_text(text: &str) -> Option<Vec<u8>> {
    let mut arcs = text.as_bytes().split(|byte| *byte == b'.').map(|arc| {
        if arc.is_empty() || arc.len() > 1 && arc.starts_with(b"0") {
            return None;
        }
        arc.iter().try_fold(0_u128, |number, digit| {
            let digit = char::from(*digit).to_digit(10)?;
            number.checked_mul(10)?.checked_add(digit.into())
        })
    });
    let (first, second) = (arcs.next()??, arcs.next()??);
    if first > 2 || (first < 2 && second > 39) {
        return None;
    }
    let mut contents = Vec::new();
    push_arc(&mut contents, second.checked_add(first * 40)?);
    for arc in arcs {
        push_arc(&mut contents, arc?);
    }
    (contents.len() <= Oid::MAX_LENGTH).then_some(contents)
}

fn push_arc(contents: &mut Vec<u8>, arc: u128) {
    let groups = (128 - arc.leading_zeros()).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let bits = u8::try_from((arc >> (7 * group)) & 0x7f).unwrap_or(0);
        contents.push(if group == 0 { bits } else { bits | 0x80 });
    }
}

impl Oid<'_> {
    /// The arcs with dots between them. An arc of more than 128 bits is a question mark; no such arc is registered.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut arc: Option<u128> = Some(0);
        for byte in self.0 {
            arc = arc
                .filter(|arc| *arc <= u128::MAX >> 7)
                .map(|arc| (arc << 7) | u128::from(byte & 0x7f));
            if byte & 0x80 != 0 {
                continue;
            }
            if text.is_empty() {
                // The first number encodes two arcs.
                let top = match arc {
                    Some(0..40) => '0',
                    Some(40..80) => '1',
                    _ => '2',
                };
                text.push(top);
                arc = arc.map(|arc| arc - 40 * u128::from(top as u8 - b'0'));
            }
            text.push('.');
            match arc {
                Some(arc) => text.push_str(&decimal(arc)),
                None => text.push('?'),
            }
            arc = Some(0);
        }
        text
    }
}

/// Without the division of 128 bits, which would be one of the largest functions of a module.
fn decimal(number: u128) -> String {
    if let Ok(number) = u64::try_from(number) {
        return text![number];
    }
    // The last digit first; 2¹²⁸ has 39 digits.
    let mut digits = [0_u32; 39];
    for byte in number.to_be_bytes() {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            let value = *digit * 256 + carry;
            (*digit, carry) = (value % 10, value / 10);
        }
    }
    let text = digits.iter().rev().skip_while(|digit| **digit == 0);
    text.filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

impl Piece for Oid<'_> {
    fn add_to(&self, text: &mut String) {
        self.to_text().add_to(text);
    }
}

impl fmt::Display for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for Oid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

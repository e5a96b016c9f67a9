//! Encodings in certificates that DER forbids but that are unambiguous.

use crate::der::{self, BitString, Reader};

/// Encodings that old certificates have and that cannot be corrected any more. They are accepted and
/// reported. Everything else that is not DER is rejected, because it could be read in more than one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Oddities {
    /// A default value is explicitly encoded (X.690 §11.5): `critical` or `cA` as FALSE, version 1, a minimum
    /// of zero.
    pub default_value: bool,
    /// A named bit list, keyUsage or reasons, has trailing zero bits (X.690 §11.2.2).
    pub trailing_zeros: bool,
}

impl Oddities {
    /// Whether there are any.
    #[must_use]
    pub fn are_there(self) -> bool {
        self != Self::default()
    }

    /// A description of them.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match (self.default_value, self.trailing_zeros) {
            (false, false) => "none",
            (true, false) => "a default value is explicitly encoded",
            (false, true) => "a named bit list has trailing zero bits",
            (true, true) => {
                "a default value is explicitly encoded, and a named bit list has trailing zero bits"
            }
        }
    }

    /// A BOOLEAN DEFAULT FALSE.
    pub(super) fn boolean_default_false(&mut self, reader: &mut Reader<'_>) -> der::Result<bool> {
        if reader.peek() != Some(der::BOOLEAN) {
            return Ok(false);
        }
        let value = reader.boolean()?;
        self.default_value |= !value;
        Ok(value)
    }

    /// A named bit list.
    pub(super) fn named_bits(&mut self, bits: &BitString<'_>) -> der::Result<u32> {
        let short = bits.without_trailing_zeros();
        self.trailing_zeros |= short != *bits;
        short.named_bits()
    }
}

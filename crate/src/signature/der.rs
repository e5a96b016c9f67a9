//! Just enough strict DER (X.690) for a public key and an ECDSA signature.

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(input: &'a [u8]) -> Self {
        Self(input)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is left.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(super) fn sequence(&mut self) -> Option<&'a [u8]> {
        self.element(SEQUENCE)
    }

    pub(super) fn object_identifier(&mut self) -> Option<&'a [u8]> {
        self.element(OBJECT_IDENTIFIER)
            .filter(|content| !content.is_empty())
    }

    /// The content of a BIT STRING of whole bytes.
    pub(super) fn bit_string(&mut self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.element(BIT_STRING)?.split_first()?;
        (*unused == 0).then_some(bytes)
    }

    /// The magnitude of an INTEGER that is not negative, big-endian and without leading zeros: empty for zero.
    pub(super) fn positive_integer(&mut self) -> Option<&'a [u8]> {
        match self.element(INTEGER)? {
            [0] => Some(&[]),
            [0, rest @ ..] if rest.first().is_some_and(|byte| *byte >= 0x80) => Some(rest),
            content @ [1..=0x7f, ..] => Some(content),
            _ => None,
        }
    }

    /// The content of the next element, if it has this tag and a definite length in the fewest bytes.
    fn element(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (length, rest) = match self.0 {
            [found, ..] if *found != tag => return None,
            [_, length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
            [_, 0x81, length @ 0x80..=0xff, rest @ ..] => (usize::from(*length), rest),
            [_, 0x82, high @ 1..=0xff, low, rest @ ..] => {
                (usize::from(u16::from_be_bytes([*high, *low])), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(content)
    }
}

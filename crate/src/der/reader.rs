//! The DER reader.

use super::malformed::{Malformed, Result};
use super::oid::Oid;
use super::tags::{BIT_STRING, BOOLEAN, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use super::time::time;

hidden!(Element BitString Reader);

/// A DER element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The identifier octet: class, constructed bit and number.
    pub tag: u8,
    /// The contents octets.
    pub value: &'a [u8],
    /// Identifier, length and contents.
    pub raw: &'a [u8],
}

/// A BIT STRING.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BitString<'a> {
    /// The number of unused bits in the last byte (0 to 7). They are zero.
    pub unused: u8,
    /// The bits, most significant first.
    pub bytes: &'a [u8],
}

impl<'a> BitString<'a> {
    /// Reads the contents of a BIT STRING.
    ///
    /// # Errors
    /// [`Malformed`] if the number of unused bits is invalid or an unused bit is set (X.690 §11.2.1).
    pub fn from_contents(contents: &'a [u8]) -> Result<Self> {
        let (&unused, bytes) = contents.split_first().ok_or(Malformed("an empty BIT STRING"))?;
        let last = match bytes.last() {
            None if unused == 0 => return Ok(Self { unused, bytes }),
            None => return Err(Malformed("unused bits in a BIT STRING without bits")),
            Some(last) => *last,
        };
        if unused > 7 || last & ((1u8 << unused) - 1) != 0 {
            return Err(Malformed("nonzero unused bits in a BIT STRING"));
        }
        Ok(Self { unused, bytes })
    }

    /// Whether bit `number` is present and set. Bit 0 is the first.
    #[must_use]
    pub fn bit(&self, number: usize) -> bool {
        self.bytes
            .get(number / 8)
            .is_some_and(|byte| byte & (0x80 >> (number % 8)) != 0)
    }

    /// The bytes of a BIT STRING that must consist of whole bytes (a key or a signature).
    ///
    /// # Errors
    /// [`Malformed`] if the number of bits is not a multiple of 8.
    pub fn whole_bytes(&self) -> Result<&'a [u8]> {
        if self.unused == 0 {
            Ok(self.bytes)
        } else {
            Err(Malformed("a BIT STRING whose length is not a multiple of 8 bits"))
        }
    }

    /// The same bits without trailing zeros, which a named bit list must not have (X.690 §11.2.2).
    #[must_use]
    pub fn without_trailing_zeros(&self) -> Self {
        let length = self
            .bytes
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |last| last + 1);
        let bytes = self.bytes.get(..length).unwrap_or_default();
        let unused = bytes.last().map_or(0, |last| last.trailing_zeros());
        Self {
            unused: u8::try_from(unused).unwrap_or(0),
            bytes,
        }
    }

    /// The bits of a named bit list (X.690 §11.2.2: no trailing zero bits) as a number; bit 0 is the lowest.
    ///
    /// # Errors
    /// [`Malformed`] if the last bit is zero, or if there are more than 32 bits.
    pub fn named_bits(&self) -> Result<u32> {
        if self
            .bytes
            .last()
            .is_some_and(|last| last & (1 << self.unused) == 0)
        {
            return Err(Malformed("a named bit list has trailing zero bits"));
        }
        if self.bytes.len() > 4 {
            return Err(Malformed("too many named bits"));
        }
        Ok(self.bytes.iter().enumerate().fold(0, |bits, (index, byte)| {
            bits | (u32::from(byte.reverse_bits()) << (8 * index))
        }))
    }
}

/// Walks the elements of one level.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader over `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether all input has been read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The unread input.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The identifier octet of the next element.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element.
    ///
    /// # Errors
    /// [`Malformed`] at the end, and for a length that is indefinite, not minimal or beyond the input.
    #[inline]
    pub fn element(&mut self) -> Result<Element<'a>> {
        let whole = self.rest;
        let (&tag, after_tag) = whole.split_first().ok_or(Malformed("an element is missing"))?;
        if tag & 0x1f == 0x1f {
            return Err(Malformed("a tag number above 30"));
        }
        if tag == 0 {
            return Err(Malformed("unexpected end-of-contents octets"));
        }
        let (&first, after_first) = after_tag.split_first().ok_or(Malformed("a length is missing"))?;
        let (length, contents) = if first < 0x80 {
            (usize::from(first), after_first)
        } else {
            let count = usize::from(first & 0x7f);
            if count == 0 {
                return Err(Malformed("an indefinite length"));
            }
            if count > 4 {
                return Err(Malformed("a length above 4 GiB"));
            }
            let (octets, contents) = after_first
                .split_at_checked(count)
                .ok_or(Malformed("a truncated length"))?;
            let length = octets
                .iter()
                .fold(0u64, |sum, octet| (sum << 8) | u64::from(*octet));
            if length < 0x80 || octets.first() == Some(&0) {
                return Err(Malformed("a length that is not minimal"));
            }
            (
                usize::try_from(length).map_err(|_| Malformed("a length beyond the end of the data"))?,
                contents,
            )
        };
        let (value, rest) = contents
            .split_at_checked(length)
            .ok_or(Malformed("a length beyond the end of the data"))?;
        let (raw, _) = whole
            .split_at_checked(whole.len() - rest.len())
            .ok_or(Malformed("a length beyond the end of the data"))?;
        self.rest = rest;
        Ok(Element { tag, value, raw })
    }

    /// The next element, which must have `tag`.
    ///
    /// # Errors
    /// [`Malformed`] if it has another tag or is not DER.
    #[inline]
    pub fn tagged(&mut self, tag: u8) -> Result<Element<'a>> {
        if self.peek() != Some(tag) {
            return Err(Malformed("an element is missing or has the wrong type"));
        }
        self.element()
    }

    /// The contents of the next element, which must have `tag`.
    ///
    /// # Errors
    /// As for [`Reader::tagged`].
    #[inline]
    pub fn contents(&mut self, tag: u8) -> Result<&'a [u8]> {
        Ok(self.tagged(tag)?.value)
    }

    /// The contents of the next element if it has `tag`.
    ///
    /// # Errors
    /// [`Malformed`] if it has the tag and is not DER.
    pub fn optional(&mut self, tag: u8) -> Result<Option<&'a [u8]>> {
        if self.peek() == Some(tag) {
            Ok(Some(self.element()?.value))
        } else {
            Ok(None)
        }
    }

    /// A reader for the contents of the next element, which must be a SEQUENCE.
    ///
    /// # Errors
    /// As for [`Reader::tagged`].
    pub fn sequence(&mut self) -> Result<Reader<'a>> {
        self.contents(SEQUENCE).map(Reader::new)
    }

    /// A BOOLEAN.
    ///
    /// # Errors
    /// [`Malformed`] if it is neither `00` nor `FF` (X.690 §11.1).
    pub fn boolean(&mut self) -> Result<bool> {
        boolean(self.contents(BOOLEAN)?)
    }

    /// A BOOLEAN DEFAULT FALSE.
    ///
    /// # Errors
    /// As for [`Reader::boolean`], and [`Malformed`] if the default value is explicitly encoded (X.690
    /// §11.5).
    pub fn boolean_default_false(&mut self) -> Result<bool> {
        if self.peek() != Some(BOOLEAN) {
            return Ok(false);
        }
        if self.boolean()? {
            Ok(true)
        } else {
            Err(Malformed("a default value is explicitly encoded"))
        }
    }

    /// The contents of an INTEGER: two's complement, minimal.
    ///
    /// # Errors
    /// [`Malformed`] if it is empty or not minimal (X.690 §8.3.2).
    #[inline]
    pub fn integer(&mut self) -> Result<&'a [u8]> {
        integer(self.contents(INTEGER)?)
    }

    /// The magnitude of a non-negative INTEGER: big-endian, without leading zeros, empty for zero.
    ///
    /// # Errors
    /// [`Malformed`] if it is negative, empty or not minimal.
    pub fn positive_integer(&mut self) -> Result<&'a [u8]> {
        match self.integer()? {
            [0x80..=0xff, ..] => Err(Malformed("a negative INTEGER")),
            [0, magnitude @ ..] => Ok(magnitude),
            magnitude => Ok(magnitude),
        }
    }

    /// An INTEGER from 0 to 2³²−1.
    ///
    /// # Errors
    /// [`Malformed`] if it is negative or larger.
    pub fn small_integer(&mut self) -> Result<u32> {
        small_integer(self.contents(INTEGER)?)
    }

    /// A BIT STRING.
    ///
    /// # Errors
    /// As for [`BitString::from_contents`].
    pub fn bit_string(&mut self) -> Result<BitString<'a>> {
        BitString::from_contents(self.contents(BIT_STRING)?)
    }

    /// An OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// As for [`Oid::from_contents`].
    pub fn oid(&mut self) -> Result<Oid<'a>> {
        Oid::from_contents(self.contents(OBJECT_IDENTIFIER)?)
    }

    /// A UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5, as Unix time in seconds.
    ///
    /// # Errors
    /// [`Malformed`] for another type or form, and for an invalid date or time.
    pub fn time(&mut self) -> Result<i64> {
        let element = self.element()?;
        time(element.tag, element.value)
    }

    /// Checks that all input has been read.
    ///
    /// # Errors
    /// [`Malformed`] if input remains.
    pub fn finish(self) -> Result<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed("bytes after the end"))
        }
    }
}

/// Reads the whole input as one SEQUENCE.
///
/// # Errors
/// [`Malformed`] if it is not a SEQUENCE, or if bytes follow.
pub fn outer_sequence(bytes: &[u8]) -> Result<Reader<'_>> {
    let mut reader = Reader::new(bytes);
    let contents = reader.sequence()?;
    reader.finish()?;
    Ok(contents)
}

/// The contents of a BOOLEAN.
///
/// # Errors
/// [`Malformed`] if they are neither `00` nor `FF`.
pub fn boolean(contents: &[u8]) -> Result<bool> {
    match contents {
        [0x00] => Ok(false),
        [0xff] => Ok(true),
        _ => Err(Malformed("a BOOLEAN that is neither 00 nor FF")),
    }
}

/// The contents of an INTEGER, checked to be minimal.
///
/// # Errors
/// [`Malformed`] if they are empty or not minimal.
#[inline]
pub fn integer(contents: &[u8]) -> Result<&[u8]> {
    match contents {
        [] => Err(Malformed("an empty INTEGER")),
        [0x00, second, ..] if *second < 0x80 => Err(Malformed("an INTEGER that is not minimal")),
        [0xff, second, ..] if *second >= 0x80 => Err(Malformed("an INTEGER that is not minimal")),
        _ => Ok(contents),
    }
}

/// The contents of an INTEGER from 0 to 2³²−1.
///
/// # Errors
/// [`Malformed`] if it is not minimal, negative or larger.
pub fn small_integer(contents: &[u8]) -> Result<u32> {
    let bytes = integer(contents)?;
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        return Err(Malformed("a negative INTEGER"));
    }
    let number = bytes.iter().try_fold(0u64, |sum, byte| {
        let next = (sum << 8) | u64::from(*byte);
        (next <= u64::from(u32::MAX)).then_some(next)
    });
    number
        .and_then(|number| u32::try_from(number).ok())
        .ok_or(Malformed("an INTEGER larger than allowed here"))
}

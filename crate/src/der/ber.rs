//! Reads BER (ITU-T X.690 §8) as far as CMS needs it: indefinite lengths, lengths that are not minimal, and
//! segmented strings.
//!
//! Only the outer levels of a CMS message are read as BER. What is signed or hashed keeps its received bytes
//! and must be DER where its standard requires DER. Like the DER reader, a [`Reader`] walks the elements of
//! one level. The end of an element of indefinite length is found by counting and without recursion, so
//! nesting costs no stack and at most one pass for each level.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Malformed, Oid, Result};

hidden!(Element Reader);

/// The maximum nesting depth of elements of indefinite length and of the segments of a string.
pub const MAX_DEPTH: usize = 32;

const CONSTRUCTED: u8 = 0x20;

/// A BER element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The identifier octet.
    pub tag: u8,
    /// The contents, without end-of-contents octets.
    pub value: &'a [u8],
    /// The whole element: identifier, length, contents and end-of-contents octets.
    pub raw: &'a [u8],
    /// Whether the length is encoded as in DER: definite and in the fewest octets. Does not apply to the
    /// contents.
    pub length_is_der: bool,
}

/// The length of an element according to its header.
enum Length {
    Definite { length: usize, minimal: bool },
    Indefinite,
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
    /// [`Malformed`] at the end, for a length beyond the input, and for nesting beyond [`MAX_DEPTH`].
    pub fn element(&mut self) -> Result<Element<'a>> {
        let whole = self.rest;
        let (tag, length, contents) = header(whole)?;
        let (value, rest, length_is_der) = match length {
            Length::Definite { length, minimal } => {
                let (value, rest) = split(contents, length)?;
                (value, rest, minimal)
            }
            Length::Indefinite => {
                let length = contents_length(contents)?;
                let (value, end) = split(contents, length)?;
                (value, split(end, 2)?.1, false)
            }
        };
        let (raw, _) = split(whole, whole.len() - rest.len())?;
        self.rest = rest;
        Ok(Element {
            tag,
            value,
            raw,
            length_is_der,
        })
    }

    /// The next element, which must have `tag`.
    ///
    /// # Errors
    /// [`Malformed`] if it has another tag or is not BER.
    pub fn tagged(&mut self, tag: u8) -> Result<Element<'a>> {
        if self.peek() != Some(tag) {
            return Err(Malformed("an element is missing or has the wrong type"));
        }
        self.element()
    }

    /// The next element if it has `tag`.
    ///
    /// # Errors
    /// [`Malformed`] if it has the tag and is not BER.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>> {
        if self.peek() == Some(tag) {
            self.element().map(Some)
        } else {
            Ok(None)
        }
    }

    /// A reader for the contents of the next element, which must have the constructed `tag`.
    ///
    /// # Errors
    /// As for [`Reader::tagged`].
    pub fn inside(&mut self, tag: u8) -> Result<Reader<'a>> {
        Ok(Reader::new(self.tagged(tag)?.value))
    }

    /// An OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// As for [`Oid::from_contents`].
    pub fn oid(&mut self) -> Result<Oid<'a>> {
        Oid::from_contents(self.tagged(super::OBJECT_IDENTIFIER)?.value)
    }

    /// An INTEGER from 0 to 2³²−1.
    ///
    /// # Errors
    /// [`Malformed`] if it is not minimal, negative or larger.
    pub fn small_integer(&mut self) -> Result<u32> {
        super::small_integer(self.tagged(super::INTEGER)?.value)
    }

    /// An OCTET STRING: borrowed if it is primitive, concatenated if it is segmented (X.690 §8.7).
    ///
    /// # Errors
    /// [`Malformed`] if it is not an OCTET STRING, or its segments are nested beyond [`MAX_DEPTH`].
    pub fn octet_string(&mut self) -> Result<Cow<'a, [u8]>> {
        let element = self.element()?;
        octets(&element, super::OCTET_STRING)
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

/// The octets of a string whose primitive form has `tag`: an OCTET STRING, or one with an implicit tag.
///
/// # Errors
/// As for [`Reader::octet_string`].
pub fn octets<'a>(element: &Element<'a>, tag: u8) -> Result<Cow<'a, [u8]>> {
    if element.tag == tag {
        return Ok(Cow::Borrowed(element.value));
    }
    if element.tag != tag | CONSTRUCTED {
        return Err(Malformed("an OCTET STRING is missing"));
    }
    let mut whole = Vec::new();
    // The open levels, outermost first. Segments always have the universal tag.
    let mut open = vec![Reader::new(element.value)];
    while let Some(level) = open.last_mut() {
        if level.is_empty() {
            open.pop();
            continue;
        }
        let piece = level.element()?;
        match piece.tag {
            super::OCTET_STRING => whole.extend_from_slice(piece.value),
            tag if tag == super::OCTET_STRING | CONSTRUCTED && open.len() < MAX_DEPTH => {
                open.push(Reader::new(piece.value));
            }
            tag if tag == super::OCTET_STRING | CONSTRUCTED => return Err(TOO_DEEP),
            _ => {
                return Err(Malformed(
                    "a segment of an OCTET STRING that is not itself an OCTET STRING",
                ));
            }
        }
    }
    Ok(Cow::Owned(whole))
}

const TOO_DEEP: Malformed = Malformed("elements nested too deeply");

fn split(bytes: &[u8], at: usize) -> Result<(&[u8], &[u8])> {
    bytes
        .split_at_checked(at)
        .ok_or(Malformed("a length beyond the end of the data"))
}

/// The tag, the length, and the remaining bytes.
fn header(bytes: &[u8]) -> Result<(u8, Length, &[u8])> {
    let (&tag, after_tag) = bytes.split_first().ok_or(Malformed("an element is missing"))?;
    if tag & 0x1f == 0x1f {
        return Err(Malformed("a tag number above 30"));
    }
    if tag == 0 {
        return Err(Malformed("unexpected end-of-contents octets"));
    }
    let (&first, after_first) = after_tag.split_first().ok_or(Malformed("a length is missing"))?;
    if first == 0x80 {
        if tag & CONSTRUCTED == 0 {
            return Err(Malformed("a primitive element with an indefinite length"));
        }
        return Ok((tag, Length::Indefinite, after_first));
    }
    if first < 0x80 {
        let length = usize::from(first);
        return Ok((
            tag,
            Length::Definite {
                length,
                minimal: true,
            },
            after_first,
        ));
    }
    let count = usize::from(first & 0x7f);
    if count > 8 {
        return Err(Malformed("a length with too many octets"));
    }
    let (octets, contents) = after_first
        .split_at_checked(count)
        .ok_or(Malformed("a truncated length"))?;
    let number = octets
        .iter()
        .fold(0u64, |sum, octet| (sum << 8) | u64::from(*octet));
    let length = usize::try_from(number).map_err(|_| Malformed("a length beyond the end of the data"))?;
    let minimal = number >= 0x80 && octets.first() != Some(&0);
    Ok((tag, Length::Definite { length, minimal }, contents))
}

/// The length of the contents up to their end-of-contents octets.
fn contents_length(contents: &[u8]) -> Result<usize> {
    let mut rest = contents;
    let mut depth = 1;
    loop {
        if let [0, 0, after @ ..] = rest {
            depth -= 1;
            if depth == 0 {
                return Ok(contents.len() - rest.len());
            }
            rest = after;
            continue;
        }
        rest = match header(rest)? {
            // An element of definite length is skipped whole.
            (_, Length::Definite { length, .. }, after) => split(after, length)?.1,
            (_, Length::Indefinite, _) if depth == MAX_DEPTH => return Err(TOO_DEEP),
            (_, Length::Indefinite, after) => {
                depth += 1;
                after
            }
        };
    }
}

/// Reads the whole input as one SEQUENCE. Zero bytes may follow, as in the /Contents of a PDF, and nothing
/// else.
///
/// # Errors
/// [`Malformed`] if it is not a SEQUENCE, or if other bytes than zeros follow.
pub fn outer_sequence(bytes: &[u8]) -> Result<Reader<'_>> {
    let mut reader = Reader::new(bytes);
    let contents = reader.inside(super::SEQUENCE)?;
    if reader.rest().iter().any(|byte| *byte != 0) {
        return Err(Malformed("bytes other than zeros after the end"));
    }
    Ok(contents)
}

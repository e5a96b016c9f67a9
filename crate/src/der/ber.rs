//! Reading BER (ITU-T X.690 §8) where CMS needs it: indefinite lengths, lengths that are not minimal, strings in pieces.
//!
//! Only the outer levels of a CMS message are read so; whatever is signed or hashed stays as it was received, and has to be
//! DER where its standard says so. A [`Reader`] walks over one level, like that of DER. The end of an element of indefinite
//! length is found by counting, without recursion, so that nesting costs neither stack nor more than one pass a level.

use std::borrow::Cow;

use super::{Malformed, Oid, Result};

hidden!(Element Reader);

/// How deep elements of indefinite length, or the pieces of a string, may be nested.
pub const MAX_DEPTH: usize = 32;

const CONSTRUCTED: u8 = 0x20;

/// One element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its identifier octet.
    pub tag: u8,
    /// Its contents, without end-of-contents octets.
    pub value: &'a [u8],
    /// Everything: identifier, length, contents and end-of-contents octets.
    pub raw: &'a [u8],
    /// Whether the length is written as DER wants it: definite and in the fewest octets. Says nothing about the contents.
    pub length_is_der: bool,
}

/// The length of an element as its header tells it.
enum Length {
    Definite { length: usize, minimal: bool },
    Indefinite,
}

/// Walks over the elements of one level.
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

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The identifier octet of the next element.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is.
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

    /// The next element, which has to have `tag`.
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

    /// A reader over the contents of the next element, which has to have the constructed `tag`.
    ///
    /// # Errors
    /// As [`Reader::tagged`].
    pub fn inside(&mut self, tag: u8) -> Result<Reader<'a>> {
        Ok(Reader::new(self.tagged(tag)?.value))
    }

    /// An OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// As [`Oid::from_contents`].
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

    /// An OCTET STRING: borrowed where it is in one piece, put together where it is in several (X.690 §8.7).
    ///
    /// # Errors
    /// [`Malformed`] if it is none, or its pieces are nested beyond [`MAX_DEPTH`].
    pub fn octet_string(&mut self) -> Result<Cow<'a, [u8]>> {
        let element = self.element()?;
        octets(&element, super::OCTET_STRING)
    }

    /// Says that nothing may be left.
    ///
    /// # Errors
    /// [`Malformed`] if something is.
    pub fn finish(self) -> Result<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed("bytes after the end"))
        }
    }
}

/// The octets of a string whose primitive form has `tag`: an OCTET STRING, or one under an implicit tag.
///
/// # Errors
/// As [`Reader::octet_string`].
pub fn octets<'a>(element: &Element<'a>, tag: u8) -> Result<Cow<'a, [u8]>> {
    if element.tag == tag {
        return Ok(Cow::Borrowed(element.value));
    }
    if element.tag != tag | CONSTRUCTED {
        return Err(Malformed("an OCTET STRING is missing"));
    }
    let mut whole = Vec::new();
    // The levels that are open, outermost first; a string within has the universal tag again.
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

/// Tag, length, and what follows.
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

/// The length of the contents up to the end-of-contents octets that close them.
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
            // What has a definite length is passed over whole.
            (_, Length::Definite { length, .. }, after) => split(after, length)?.1,
            (_, Length::Indefinite, _) if depth == MAX_DEPTH => return Err(TOO_DEEP),
            (_, Length::Indefinite, after) => {
                depth += 1;
                after
            }
        };
    }
}

/// Reads a whole input as one SEQUENCE. Zero octets may follow, as in the /Contents of a PDF; nothing else.
///
/// # Errors
/// [`Malformed`] if it is something else, or if anything but zeros follows.
pub fn outer_sequence(bytes: &[u8]) -> Result<Reader<'_>> {
    let mut reader = Reader::new(bytes);
    let contents = reader.inside(super::SEQUENCE)?;
    if reader.rest().iter().any(|byte| *byte != 0) {
        return Err(Malformed("bytes other than zeros after the end"));
    }
    Ok(contents)
}

//! The characters of ASN.1 string types, and their folding for comparison (RFC 4518, required by RFC 5280
//! §7.1).
//!
//! The folding is that of RFC 3454 B.2: to lower case, `ß` to `ss`, `ς` to `σ`. The other mappings of B.2 are
//! omitted: those characters are not settled ([`is_settled`]), or normalization restores them (`ΐ`, `ΰ`).

use alloc::borrow::Cow;

use super::lower_case::lower_case;

/// The characters of an attribute value in lower case, with white space trimmed at both ends and reduced to
/// single spaces.
#[derive(Clone, Debug)]
pub(super) struct Folded<'a> {
    characters: Characters<'a>,
    /// The second character of a lower-case form of two.
    pending: Option<char>,
    /// Whether a space comes before the next character.
    space: bool,
    /// Whether a character has been returned.
    begun: bool,
    /// A character to return after a space.
    held: Option<char>,
}

#[derive(Clone, Debug)]
enum Characters<'a> {
    Utf8(core::str::Chars<'a>),
    Latin1(core::slice::Iter<'a, u8>),
    TwoByte(core::slice::ChunksExact<'a, u8>),
    FourByte(core::slice::ChunksExact<'a, u8>),
}

/// The text of a value of a string type. Only this function knows how bytes become characters. `None` if the
/// tag is not that of a string type, or if the contents are not text of that type.
#[must_use]
pub(super) fn decode(tag: u8, value: &[u8]) -> Option<Cow<'_, str>> {
    Some(match Characters::new(tag, value)? {
        Characters::Utf8(characters) => Cow::Borrowed(characters.as_str()),
        others => Cow::Owned(others.collect()),
    })
}

impl<'a> Characters<'a> {
    fn new(tag: u8, value: &'a [u8]) -> Option<Self> {
        Some(match tag {
            // UTF8String; NumericString, PrintableString, IA5String and VisibleString are subsets of it.
            0x0c => Characters::Utf8(core::str::from_utf8(value).ok()?.chars()),
            0x12 | 0x13 | 0x16 | 0x1a if value.is_ascii() => {
                Characters::Utf8(core::str::from_utf8(value).ok()?.chars())
            }
            // TeletexString: Latin-1 in the practice of certificates.
            0x14 => Characters::Latin1(value.iter()),
            // BMPString: characters of two bytes, and UTF-16 surrogate pairs, because software writes those
            // too.
            0x1e => {
                let pairs = value.chunks_exact(2);
                let whole = pairs.remainder().is_empty();
                if !whole || char::decode_utf16(pairs.clone().filter_map(unit)).any(|found| found.is_err()) {
                    return None;
                }
                Characters::TwoByte(pairs)
            }
            // UniversalString.
            0x1c => {
                let fours = value.chunks_exact(4);
                if !fours.remainder().is_empty() || fours.clone().any(|four| four_byte(four).is_none()) {
                    return None;
                }
                Characters::FourByte(fours)
            }
            _ => return None,
        })
    }
}

impl<'a> Folded<'a> {
    /// `None` if the value is not text. Then only equal bytes match.
    pub(super) fn new(tag: u8, value: &'a [u8]) -> Option<Self> {
        Some(Self {
            characters: Characters::new(tag, value)?,
            pending: None,
            space: false,
            begun: false,
            held: None,
        })
    }
}

fn unit(pair: &[u8]) -> Option<u16> {
    pair.try_into().ok().map(u16::from_be_bytes)
}

/// The next UTF-16 character.
fn two_byte(pairs: &mut core::slice::ChunksExact<'_, u8>) -> Option<char> {
    let units = pairs.by_ref().filter_map(unit);
    char::decode_utf16(units).next()?.ok()
}

fn four_byte(four: &[u8]) -> Option<char> {
    char::from_u32(u32::from_be_bytes(four.try_into().ok()?))
}

impl Iterator for Characters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Characters::Utf8(characters) => characters.next(),
            Characters::Latin1(bytes) => bytes.next().map(|byte| char::from(*byte)),
            Characters::TwoByte(pairs) => two_byte(pairs),
            Characters::FourByte(fours) => fours.next().and_then(four_byte),
        }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(held) = self.held.take().or_else(|| self.pending.take()) {
            return Some(held);
        }
        loop {
            let character = narrow(self.characters.next()?);
            if character.is_whitespace() {
                self.space = self.begun;
            } else if is_ignorable(character) {
            } else if character.is_ascii() {
                return Some(self.after_space(character.to_ascii_lowercase()));
            } else {
                let first = match lower_case(character) {
                    'ß' => {
                        self.pending = Some('s');
                        's'
                    }
                    'İ' => {
                        self.pending = Some('\u{307}');
                        'i'
                    }
                    'ς' => 'σ',
                    lower => lower,
                };
                return Some(self.after_space(first));
            }
        }
    }
}

impl Folded<'_> {
    /// The pending space, with `character` held back, or `character`.
    fn after_space(&mut self, character: char) -> char {
        self.begun = true;
        if core::mem::take(&mut self.space) {
            self.held = Some(character);
            ' '
        } else {
            character
        }
    }
}

/// Maps the wide forms of ASCII (U+FF01 to U+FF5E) to ASCII, as NFKC does.
fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Whether the tag is that of a string type, including types that are not read, primitive or constructed.
pub(super) const fn is_of_text(tag: u8) -> bool {
    tag & 0xc0 == 0 && matches!(tag & 0x1f, 0x0c | 0x12..=0x16 | 0x19..=0x1e)
}

/// Whether NFKC never changes the character, in any context: the letters of names, without combining marks. A
/// character that is not listed here may still be unchanged.
pub(super) fn is_settled(character: char) -> bool {
    matches!(character,
        '\0'..='\u{9f}' | '\u{a1}'..='\u{a7}' | '\u{a9}' | '\u{ab}'..='\u{ae}' | '\u{b0}'..='\u{b1}' | '\u{b6}'..='\u{b7}'
        | '\u{bb}' | '\u{bf}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}'
        | '\u{18f}' | '\u{1a0}'..='\u{1a1}' | '\u{1af}'..='\u{1b0}' | '\u{218}'..='\u{21b}' | '\u{386}'..='\u{386}'
        | '\u{388}'..='\u{38a}' | '\u{38e}'..='\u{3ce}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{e01}'..='\u{e30}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}' | '\u{2013}'..='\u{2014}'
        | '\u{2018}'..='\u{2019}' | '\u{201c}'..='\u{201d}' | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Characters that RFC 4518 §2.2 maps to nothing.
fn is_ignorable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{1806}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2063}' | '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

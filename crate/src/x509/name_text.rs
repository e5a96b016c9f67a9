//! Names and their values as text: in the form of RFC 4514 for results, and as descriptions for people.

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};

use super::name::{Attribute, Name};
use super::text;
use crate::der::Oid;
use crate::text::{push_hex, text};

/// The maximum number of bytes of a value in a description.
const MAX_BYTES: usize = 64;
/// The maximum number of characters of a text in a description.
const MAX_CHARACTERS: usize = 2_000;

/// Where a short name is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Everywhere,
    /// Only in the form of RFC 4514.
    Rfc4514,
    /// Only in descriptions.
    Descriptions,
}

/// The short names of RFC 4514 §3, and those of other attributes in the names of CAs and persons.
const SHORT_NAMES: &[(&[u8], &str, Known)] = &[
    (&[0x55, 4, 3], "CN", Known::Everywhere),
    (&[0x55, 4, 4], "SN", Known::Descriptions),
    (&[0x55, 4, 5], "serialNumber", Known::Everywhere),
    (&[0x55, 4, 6], "C", Known::Everywhere),
    (&[0x55, 4, 7], "L", Known::Everywhere),
    (&[0x55, 4, 8], "ST", Known::Everywhere),
    (&[0x55, 4, 9], "STREET", Known::Rfc4514),
    (&[0x55, 4, 10], "O", Known::Everywhere),
    (&[0x55, 4, 11], "OU", Known::Everywhere),
    (
        &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1],
        "UID",
        Known::Rfc4514,
    ),
    (
        &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25],
        "DC",
        Known::Rfc4514,
    ),
    (
        super::oids::EMAIL_ADDRESS.as_bytes(),
        "emailAddress",
        Known::Descriptions,
    ),
];

/// The short name of an attribute type, unless it belongs only to the given kind of text.
fn short_name(kind: Oid<'_>, unless: Known) -> Option<&'static str> {
    let found = SHORT_NAMES.iter().find(|(oid, ..)| *oid == kind.as_bytes());
    found.and_then(|(_, name, known)| (*known != unless).then_some(*name))
}

/// The short name of an attribute type in descriptions.
pub(crate) fn described_attribute(kind: Oid<'_>) -> Option<&'static str> {
    short_name(kind, Known::Rfc4514)
}

/// How the RDNs of a name are joined.
struct Style {
    last_first: bool,
    between_parts: &'static str,
    between_attributes: &'static str,
    label: fn(Oid<'_>) -> String,
    value: fn(&Attribute<'_>) -> String,
}

impl Style {
    fn write(&self, name: &Name<'_>) -> String {
        let mut rdns: Vec<_> = name.rdns().collect();
        if self.last_first {
            rdns.reverse();
        }
        let mut written = String::new();
        for rdn in rdns {
            let mut between = self.between_parts;
            for attribute in rdn.attributes() {
                if !written.is_empty() {
                    written.push_str(between);
                }
                let (label, value) = ((self.label)(attribute.kind), (self.value)(&attribute));
                for piece in [&*label, "=", &*value] {
                    written.push_str(piece);
                }
                between = self.between_attributes;
            }
        }
        written
    }
}

impl Name<'_> {
    /// The name in the form of RFC 4514, last RDN first. Personal data in an end-entity certificate.
    ///
    /// Attribute types without a short name are dotted numbers. A value that is not text is `#` and the
    /// hexadecimal of its contents.
    #[must_use]
    pub fn to_text(&self) -> String {
        Style {
            last_first: true,
            between_parts: ",",
            between_attributes: "+",
            label: |kind| {
                let short = short_name(kind, Known::Descriptions);
                short.map_or_else(|| kind.to_text(), str::to_owned)
            },
            value: |attribute| match attribute.text() {
                Some(value) => escape(&value),
                // The contents only, not the whole encoding as in RFC 4514 §2.4, because only they are
                // available.
                None => text!["#", hex(attribute.value)],
            },
        }
        .write(self)
    }
}

/// RFC 4514 §2.4.
fn escape(value: &str) -> String {
    let mut text = String::new();
    let last = value.chars().count().saturating_sub(1);
    for (place, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            ' ' if place == 0 || place == last => text.push_str("\\ "),
            '#' if place == 0 => text.push_str("\\#"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                text.push('\\');
                push_hex(&mut text, character as u8);
            }
            _ => text.push(character),
        }
    }
    text
}

/// `C=JP, O=JPKI`, most significant RDN first. `label` names the attribute types.
pub(crate) fn described_name(name: &Name<'_>, label: fn(Oid<'_>) -> String) -> String {
    let style = Style {
        last_first: false,
        between_parts: ", ",
        between_attributes: " + ",
        label,
        value: |attribute| described_value(attribute.tag, attribute.value),
    };
    match style.write(name) {
        empty if empty.is_empty() => "(empty)".to_owned(),
        text => visible_text(&text),
    }
}

/// The text of a string type, or hexadecimal for other types.
pub(crate) fn described_value(tag: u8, value: &[u8]) -> String {
    text::decode(tag, value).map_or_else(|| first_bytes(value), |decoded| visible_text(&decoded))
}

/// The first characters, without characters that could mislead a reader: controls and direction marks.
pub(crate) fn visible_text(value: &str) -> String {
    let visible = |character: char| {
        if character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            '\u{fffd}'
        } else {
            character
        }
    };
    let mut out: String = value.chars().take(MAX_CHARACTERS).map(visible).collect();
    if value.chars().nth(MAX_CHARACTERS).is_some() {
        out.push('…');
    }
    out
}

/// Hexadecimal, two digits for each byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        push_hex(&mut text, *byte);
        text
    })
}

/// The hexadecimal of the first bytes.
pub(crate) fn first_bytes(value: &[u8]) -> String {
    match value.split_at_checked(MAX_BYTES) {
        Some((first, rest)) if !rest.is_empty() => text![hex(first), "… (", value.len(), " bytes)"],
        _ => hex(value),
    }
}

//! Names and their values as text: in the form of RFC 4514 for results, and as descriptions for people.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::{string::String, vec::Vec};

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
    label: fn(Oid<'_>) -> Cow<'static, str>,
    value: for<'a> fn(&Attribute<'a>) -> Cow<'a, str>,
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
                short.map_or_else(|| Cow::Owned(kind.to_text()), Cow::Borrowed)
            },
            value: |attribute| match text::decode(attribute.tag, attribute.value) {
                Some(value) => escape(value),
                // The contents only, not the whole encoding as in RFC 4514 §2.4, because only they are
                // available.
                None => Cow::Owned(text!["#", hex(attribute.value)]),
            },
        }
        .write(self)
    }
}

/// RFC 4514 §2.4. What needs no escape is copied at once.
fn escape(value: Cow<'_, str>) -> Cow<'_, str> {
    let mut text = String::new();
    let (mut copied, last) = (0, value.len().saturating_sub(1));
    for (at, byte) in value.bytes().enumerate() {
        let is_control = matches!(byte, 0..=0x1f | 0x7f);
        let is_special = match byte {
            b'"' | b'+' | b',' | b';' | b'<' | b'>' | b'\\' => true,
            b' ' => at == 0 || at == last,
            b'#' => at == 0,
            _ => is_control,
        };
        if !is_special {
            continue;
        }
        text.push_str(value.get(copied..at).unwrap_or_default());
        text.push('\\');
        copied = at;
        if is_control {
            push_hex(&mut text, byte);
            copied += 1;
        }
    }
    if copied == 0 && text.is_empty() {
        return value;
    }
    text.push_str(value.get(copied..).unwrap_or_default());
    Cow::Owned(text)
}

/// `C=JP, O=JPKI`, most significant RDN first. `label` names the attribute types.
pub(crate) fn described_name(name: &Name<'_>, label: fn(Oid<'_>) -> Cow<'static, str>) -> String {
    let style = Style {
        last_first: false,
        between_parts: ", ",
        between_attributes: " + ",
        label,
        value: |attribute| Cow::Owned(described_value(attribute.tag, attribute.value)),
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

#[cfg(test)]
mod tests {
    use alloc::borrow::Cow;

    use super::escape;

    /// Each character of ASCII, and two others, in each place.
    #[test]
    fn characters_are_escaped_by_themselves_and_by_their_place() {
        let right = |text: &str| -> String {
            let last = text.chars().count() - 1;
            let each = text.chars().enumerate().map(|(at, character)| match character {
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' => format!("\\{character}"),
                ' ' if at == 0 || at == last => "\\ ".to_owned(),
                '#' if at == 0 => "\\#".to_owned(),
                control if control.is_ascii_control() => format!("\\{:02x}", u32::from(control)),
                plain => plain.to_string(),
            });
            each.collect()
        };
        for character in ('\0'..='\u{7f}').chain(['é', '本']) {
            for around in ["", "a", "本", " ", "#", ","] {
                let texts = [
                    format!("{character}{around}"),
                    format!("{around}{character}"),
                    format!("{around}{character}{around}"),
                    format!("{character}{around}{character}"),
                ];
                for text in &texts {
                    assert_eq!(escape(Cow::Borrowed(text)), right(text), "{text:?}");
                }
            }
        }
        assert_eq!(escape(Cow::Borrowed("")), "");
    }
}

//! Certificates as text, for results.

use std::fmt::Write as _;

use super::json::Json;
use crate::signature::Hash;
use crate::x509::{Attribute, Certificate, Name, Revocation};

/// The short names of RFC 4514 §3, and those of the other attributes that names of authorities have.
const SHORT_NAMES: &[(&[u8], &str)] = &[
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 5], "serialNumber"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "STREET"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
];

/// A name as RFC 4514 writes it: the last RDN first.
pub(super) fn name_text(name: &Name<'_>) -> String {
    let mut rdns: Vec<String> = name
        .rdns()
        .map(|rdn| {
            let attributes: Vec<String> = rdn
                .attributes()
                .map(|attribute| attribute_text(&attribute))
                .collect();
            attributes.join("+")
        })
        .collect();
    rdns.reverse();
    rdns.join(",")
}

fn attribute_text(attribute: &Attribute<'_>) -> String {
    let short = SHORT_NAMES
        .iter()
        .find(|(oid, _)| *oid == attribute.kind.as_bytes());
    let mut text = short.map_or_else(|| attribute.kind.to_string(), |(_, name)| (*name).to_owned());
    text.push('=');
    match attribute.text() {
        Some(value) => escape(&value, &mut text),
        None => {
            // Not the whole encoding, as RFC 4514 §2.4 has it, but its contents, which is what there is.
            text.push('#');
            text.push_str(&hex(attribute.value));
        }
    }
    text
}

/// RFC 4514 §2.4.
fn escape(value: &str, text: &mut String) {
    let last = value.chars().count().saturating_sub(1);
    for (place, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', character]),
            ' ' if place == 0 || place == last => text.push_str("\\ "),
            '#' if place == 0 => text.push_str("\\#"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                let _ = write!(text, "\\{:02x}", u32::from(character));
            }
            _ => text.push(character),
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The serial number in hexadecimal, two digits a byte, without the zero byte that a positive INTEGER may begin with.
pub(super) fn hex_serial(certificate: &Certificate<'_>) -> String {
    hex(match certificate.serial() {
        [0, rest @ ..] if !rest.is_empty() => rest,
        serial => serial,
    })
}

/// The members of a certificate's description, inside of an object.
pub(super) fn certificate(json: &mut Json, certificate: &Certificate<'_>) {
    json.name("subject").string(&name_text(certificate.subject()));
    json.name("issuer").string(&name_text(certificate.issuer()));
    json.name("serialNumber").string(&hex_serial(certificate));
    json.name("notBefore").number(certificate.not_before());
    json.name("notAfter").number(certificate.not_after());
    json.name("sha256")
        .string(&hex(&Hash::Sha256.digest(certificate.as_der())));
}

pub(super) fn revocation(json: &mut Json, revocation: Revocation) {
    json.object(|json| {
        json.name("status").string(revocation.as_str());
        if let Revocation::Revoked(revoked) = revocation {
            json.name("reason").string(revoked.reason.as_str());
            json.name("time").number(revoked.time);
        }
    });
}

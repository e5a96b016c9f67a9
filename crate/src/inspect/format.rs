//! Identifies encodings and structures by their form.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Encoding, Kind};
use crate::base64::{self, Form};
use crate::cms::oids as cms;
use crate::code::Code;
use crate::der::{self, Reader, ber};
use crate::error::Error;
use crate::pem;
use crate::text::text;

/// The outer form of the input.
pub(super) enum Sniffed<'a> {
    Binary(Cow<'a, [u8]>, Encoding),
    Pdf,
    Json(&'a str),
    Compact(&'a str),
}

pub(super) fn unknown(why: &'static str) -> Error {
    Error::new(Code::FormatUnknown, text!["cannot inspect the input: ", why])
}

/// The PEM labels of the structures that can be described, and of those that may contain one.
const LABELS: &[&str] = &[
    "CERTIFICATE",
    "X509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "X509 CRL",
    "CRL",
    "PUBLIC KEY",
    "CMS",
    "PKCS7",
    "PKCS #7 SIGNED DATA",
    "OCSP RESPONSE",
];

pub(super) fn sniff(input: &[u8]) -> Result<Sniffed<'_>, Error> {
    match input {
        [der::SEQUENCE, second, ..]
            if !is_text(*second)
                || core::str::from_utf8(input).is_err()
                // A short structure may also be valid text.
                || der::outer_sequence(input).is_ok() =>
        {
            return Ok(Sniffed::Binary(Cow::Borrowed(input), Encoding::Der));
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => return Ok(Sniffed::Pdf),
        _ => {}
    }
    let text = core::str::from_utf8(input).map_err(|_| unknown("it is neither DER nor text"))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('{') {
        return Ok(Sniffed::Json(text));
    }
    if let Some((_, block)) = pem::split(text, "BEGIN ") {
        return Ok(Sniffed::Binary(Cow::Owned(first_block(block)?), Encoding::Pem));
    }
    let dots = text.bytes().filter(|byte| *byte == b'.').count();
    let is_url_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if matches!(dots, 2 | 4) && text.bytes().all(is_url_safe) {
        return Ok(Sniffed::Compact(text));
    }
    if text.is_empty() {
        return Err(unknown("the input is empty"));
    }
    let decoded = base64(text).ok_or_else(|| unknown("it is not DER, PEM, base64, JSON or a token"))?;
    if decoded.starts_with(&[der::SEQUENCE]) {
        Ok(Sniffed::Binary(Cow::Owned(decoded), Encoding::Base64))
    } else {
        Err(unknown("the base64 text does not contain DER"))
    }
}

const fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// The bytes of the PEM block whose BEGIN is before this.
fn first_block(text: &str) -> Result<Vec<u8>, Error> {
    const NO_PEM: &str = "the BEGIN or END line of the PEM block is missing or malformed";
    let (label, rest) = pem::split(text, "").ok_or_else(|| unknown(NO_PEM))?;
    if label.ends_with("PRIVATE KEY") {
        return Err(unknown("it is a private key; do not share it with anyone"));
    }
    if !LABELS.contains(&label) {
        return Err(unknown("a PEM label that is not supported"));
    }
    let (body, rest) = pem::split(rest, "END ").ok_or_else(|| unknown(NO_PEM))?;
    if !rest
        .strip_prefix(label)
        .is_some_and(|rest| rest.starts_with("-----"))
    {
        return Err(unknown(NO_PEM));
    }
    base64(body).ok_or_else(|| unknown("the body of the PEM block is not base64"))
}

/// The bytes of base64 or base64url, with or without padding, with white space anywhere.
fn base64(text: &str) -> Option<Vec<u8>> {
    let plain: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let is_url = plain.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let form = match (is_url, plain.ends_with(b"=")) {
        (false, true) => Form::Padded,
        (false, false) => Form::Unpadded,
        (true, true) => Form::UrlPadded,
        (true, false) => Form::Url,
    };
    base64::decode(&plain, form)
}

/// The kind that a structure looks like. Only reading it shows whether it is well-formed.
pub(super) fn shape(bytes: &[u8]) -> Option<Kind> {
    // Only CMS may be BER. For all others, the first elements are the same in BER and DER.
    let mut outer = Reader::new(bytes);
    let mut fields = match outer.sequence() {
        Ok(fields) => fields,
        Err(_) => return is_cms(bytes).then_some(Kind::SignedData),
    };
    match fields.peek()? {
        der::OBJECT_IDENTIFIER => is_cms(bytes).then_some(Kind::SignedData),
        der::ENUMERATED => Some(Kind::OcspResponse),
        der::SEQUENCE => {
            let mut first = fields.sequence().ok()?;
            match fields.peek() {
                Some(der::BIT_STRING) => Some(Kind::PublicKey),
                Some(der::SEQUENCE) => signed(&mut first),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_cms(bytes: &[u8]) -> bool {
    ber::outer_sequence(bytes)
        .and_then(|mut fields| fields.oid())
        .is_ok_and(|kind| kind.as_bytes().starts_with(cms::PKCS7_ARC))
}

/// A TBSCertificate starts with the version or the serial number and has two names; a TBSCertList has one
/// name, followed by times.
fn signed(fields: &mut Reader<'_>) -> Option<Kind> {
    if fields.peek() == Some(der::context_constructed(0)) {
        return Some(Kind::Certificate);
    }
    let mut tags = Vec::new();
    while tags.len() < 5 {
        let Ok(element) = fields.element() else { break };
        tags.push(element.tag);
    }
    match tags.as_slice() {
        [der::INTEGER, der::SEQUENCE, der::SEQUENCE, der::SEQUENCE, ..] => Some(Kind::Certificate),
        [der::INTEGER, rest @ ..] | rest => match rest {
            [
                der::SEQUENCE,
                der::SEQUENCE,
                der::UTC_TIME | der::GENERALIZED_TIME,
                ..,
            ] => Some(Kind::Crl),
            _ => None,
        },
    }
}

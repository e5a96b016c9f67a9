//! The common parts of descriptions: names, identifiers, times, keys, bytes.

use super::field::Fields;
pub(super) use crate::der::time_text as time;
use crate::der::{Oid, contents_from_text};
use crate::signature::{KeyType, PublicKey};
use crate::text::text;
use crate::x509::{Algorithm, GeneralName, GeneralNames, Name, described_attribute, described_name};
pub(super) use crate::x509::{described_value as string, first_bytes as bytes, visible_text as text};
use alloc::borrow::Cow;
use alloc::string::String;

/// The maximum number of list entries shown.
pub(super) const MAX_LISTED: usize = 50;

/// Identifiers with well-known names, besides attribute types.
const NAMES: &[(&str, &str)] = &[
    ("2.5.29.14", "subjectKeyIdentifier"),
    ("2.5.29.15", "keyUsage"),
    ("2.5.29.17", "subjectAltName"),
    ("2.5.29.18", "issuerAltName"),
    ("2.5.29.19", "basicConstraints"),
    ("2.5.29.20", "cRLNumber"),
    ("2.5.29.27", "deltaCRLIndicator"),
    ("2.5.29.28", "issuingDistributionPoint"),
    ("2.5.29.30", "nameConstraints"),
    ("2.5.29.31", "cRLDistributionPoints"),
    ("2.5.29.32", "certificatePolicies"),
    ("2.5.29.32.0", "anyPolicy"),
    ("2.5.29.33", "policyMappings"),
    ("2.5.29.35", "authorityKeyIdentifier"),
    ("2.5.29.36", "policyConstraints"),
    ("2.5.29.37", "extKeyUsage"),
    ("2.5.29.46", "freshestCRL"),
    ("2.5.29.54", "inhibitAnyPolicy"),
    ("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
    ("1.3.6.1.5.5.7.1.11", "subjectInfoAccess"),
    ("1.3.6.1.5.5.7.48.1", "OCSP"),
    ("1.3.6.1.5.5.7.48.2", "caIssuers"),
    ("1.3.6.1.5.5.7.48.5", "caRepository"),
    ("1.3.6.1.5.5.7.8.9", "SmtpUTF8Mailbox"),
    ("1.3.6.1.5.5.7.3.1", "serverAuth"),
    ("1.3.6.1.5.5.7.3.2", "clientAuth"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.3.14.3.2.26", "SHA-1"),
    ("2.16.840.1.101.3.4.2.1", "SHA-256"),
    ("2.16.840.1.101.3.4.2.2", "SHA-384"),
    ("2.16.840.1.101.3.4.2.3", "SHA-512"),
    ("1.2.840.113549.1.7.1", "data"),
    ("1.2.392.200149.8.5.1.1.20", "JPKI 署名用"),
    ("1.2.392.200149.8.5.1.3.30", "JPKI 利用者証明用"),
    ("1.2.392.200149.8.5.1.0.20", "JPKI 署名用 (test)"),
    ("1.2.392.200149.8.5.1.0.30", "JPKI 利用者証明用 (test)"),
    ("1.2.392.200149.8.5.5.1", "氏名 (name)"),
    ("1.2.392.200149.8.5.5.2", "substitution mask of 氏名"),
    ("1.2.392.200149.8.5.5.3", "性別 (gender)"),
    ("1.2.392.200149.8.5.5.4", "生年月日 (birth date)"),
    ("1.2.392.200149.8.5.5.5", "住所 (address)"),
    ("1.2.392.200149.8.5.5.6", "substitution mask of 住所"),
];

fn known(oid: Oid<'_>) -> Option<&'static str> {
    described_attribute(oid).or_else(|| {
        NAMES.iter().find_map(|(dotted, name)| {
            let contents = contents_from_text(dotted)?;
            (contents == oid.as_bytes()).then_some(*name)
        })
    })
}

/// `name (1.2.3)`, or the dotted text alone.
pub(super) fn oid(oid: Oid<'_>) -> String {
    match known(oid) {
        Some(name) => text![name, " (", oid, ")"],
        None => oid.to_text(),
    }
}

/// The short name, if there is one.
pub(super) fn short(oid: Oid<'_>) -> Cow<'static, str> {
    known(oid).map_or_else(|| Cow::Owned(oid.to_text()), Cow::Borrowed)
}

/// `C=JP, O=JPKI`, most significant RDN first.
pub(super) fn name(name: &Name<'_>) -> String {
    described_name(name, short)
}

/// A name whose label is that of its kind.
pub(super) fn general_name(fields: &mut Fields, of: &GeneralName<'_>) {
    let ascii = |value: &[u8]| text(core::str::from_utf8(value).unwrap_or_default());
    let (label, value) = match of {
        GeneralName::Other(kind, value) => return fields.add(&short(*kind), any(value)),
        GeneralName::Rfc822(value) => ("rfc822Name", ascii(value)),
        GeneralName::Dns(value) => ("dNSName", ascii(value)),
        GeneralName::Directory(value) => ("directoryName", name(value)),
        GeneralName::Uri(value) => ("uniformResourceIdentifier", ascii(value)),
        GeneralName::Ip(value) => ("iPAddress", bytes(value)),
        GeneralName::RegisteredId(value) => ("registeredID", oid(*value)),
        GeneralName::X400 => ("x400Address", "not read".into()),
        GeneralName::EdiParty => ("ediPartyName", "not read".into()),
    };
    fields.add(label, value);
}

/// The names of a list that is there.
#[inline(never)]
pub(super) fn general_names(names: Option<GeneralNames<'_>>, personal: bool) -> Fields {
    let names = names.iter().flat_map(GeneralNames::iter);
    listed(names, |fields, name| {
        general_name(fields, &name);
        fields.personal_if(personal);
    })
}

/// The value of a whole element.
pub(super) fn any(element: &[u8]) -> String {
    match crate::der::Reader::new(element).element() {
        Ok(element) => string(element.tag, element.value),
        Err(_) => bytes(element),
    }
}

pub(super) fn algorithm(of: &Algorithm<'_>) -> String {
    oid(of.oid)
}

pub(super) fn public_key(key: &PublicKey) -> String {
    match key.key_type() {
        KeyType::Rsa => text!["RSA, ", key.bits(), " bits"],
        KeyType::P256 => "EC, P-256".into(),
        KeyType::P384 => "EC, P-384".into(),
    }
}

/// A field for each of the first ones, and the number of the others.
pub(super) fn listed<T>(all: impl Iterator<Item = T>, mut describe: impl FnMut(&mut Fields, T)) -> Fields {
    let mut fields = Fields::default();
    let mut count = 0_usize;
    for one in all {
        if count < MAX_LISTED {
            describe(&mut fields, one);
        }
        count += 1;
    }
    if count > MAX_LISTED {
        fields.add("And more", text![count - MAX_LISTED]);
    }
    fields
}

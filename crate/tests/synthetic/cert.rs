//! Certificates: arbitrary ones, and those in the form of JPKI with other names.

use super::der::{
    bits, boolean, context, integer, octets, oid, printable, sequence, set, tlv, utc_time, utf8,
};
use super::keys::Key;

pub const ORGANIZATION: &str = "HONNIN-TEST";
pub const SIGN_TEST: &str = "1.2.392.200149.8.5.1.0.20";
pub const SIGN_PRODUCTION: &str = "1.2.392.200149.8.5.1.1.20";
pub const AUTH_TEST: &str = "1.2.392.200149.8.5.1.0.30";
pub const AUTH_PRODUCTION: &str = "1.2.392.200149.8.5.1.3.30";

/// A time within all validity periods: 2026-07-01.
pub const NOW: i64 = 1_782_864_000;

/// One attribute for each RDN: C as PrintableString, all others as UTF8String.
pub fn name(parts: &[(&str, &str)]) -> Vec<u8> {
    let rdns: Vec<Vec<u8>> = parts
        .iter()
        .map(|(kind, value)| {
            let (arc, value) = match *kind {
                "C" => ("2.5.4.6", printable(value)),
                "L" => ("2.5.4.7", utf8(value)),
                "O" => ("2.5.4.10", utf8(value)),
                "OU" => ("2.5.4.11", utf8(value)),
                _ => ("2.5.4.3", utf8(value)),
            };
            set(&[&sequence(&[&oid(arc), &value])])
        })
        .collect();
    tlv(0x30, &rdns.concat())
}

pub fn extension(arc: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    if critical {
        sequence(&[&oid(arc), &boolean(true), &octets(value)])
    } else {
        sequence(&[&oid(arc), &octets(value)])
    }
}

pub const KEY_USAGE: &str = "2.5.29.15";
pub const POLICIES: &str = "2.5.29.32";
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub const SUBJECT_ALT_NAME: &str = "2.5.29.17";

pub fn key_usage(bits: &[u8]) -> Vec<u8> {
    extension(KEY_USAGE, true, &tlv(3, bits))
}

pub fn policies(critical: bool, policies: &[&str]) -> Vec<u8> {
    let cps = sequence(&[
        &oid("1.3.6.1.5.5.7.2.1"),
        &tlv(0x16, b"http://honnin-test.invalid/cps.html"),
    ]);
    let list: Vec<Vec<u8>> = policies
        .iter()
        .map(|policy| sequence(&[&oid(policy), &sequence(&[&cps])]))
        .collect();
    extension(POLICIES, critical, &tlv(0x30, &list.concat()))
}

pub fn client_auth() -> Vec<u8> {
    extension(EXTENDED_KEY_USAGE, false, &sequence(&[&oid("1.3.6.1.5.5.7.3.2")]))
}

pub fn other_name(arc: &str, value: &[u8]) -> Vec<u8> {
    context(0, &[oid(arc), context(0, value)].concat())
}

pub fn subject_alt_name(names: &[Vec<u8>]) -> Vec<u8> {
    extension(SUBJECT_ALT_NAME, false, &tlv(0x30, &names.concat()))
}

/// All fields of a certificate.
#[derive(Clone)]
pub struct Fields {
    pub serial: u64,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub not_before: &'static str,
    pub not_after: &'static str,
    pub spki: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
}

impl Fields {
    pub fn signed_by(&self, key: &Key) -> Vec<u8> {
        let algorithm = key.algorithm(key.usual());
        let mut parts = vec![
            context(0, &integer(2)),
            integer(self.serial),
            algorithm.clone(),
            self.issuer.clone(),
            sequence(&[&utc_time(self.not_before), &utc_time(self.not_after)]),
            self.subject.clone(),
            self.spki.clone(),
        ];
        if !self.extensions.is_empty() {
            parts.push(context(3, &tlv(0x30, &self.extensions.concat())));
        }
        let tbs = tlv(0x30, &parts.concat());
        let signature = key.sign(key.usual(), &tbs);
        sequence(&[&tbs, &algorithm, &bits(&signature)])
    }
}

/// 署名用 or 利用者証明用.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sign,
    Auth,
}

pub fn authority_name(organization: &str, kind: Kind) -> Vec<u8> {
    let unit = match kind {
        Kind::Sign => "JPKI for digital signature",
        Kind::Auth => "JPKI for user authentication",
    };
    name(&[
        ("C", "JP"),
        ("O", organization),
        ("OU", unit),
        ("OU", "Synthetic, without any legal effect"),
    ])
}

/// One generation of a CA.
#[derive(Clone)]
pub struct Authority {
    pub kind: Kind,
    pub key: Key,
    pub fields: Fields,
    pub certificate: Vec<u8>,
}

impl Authority {
    pub fn new(organization: &str, kind: Kind, serial: u64, key: Key) -> Self {
        Self::with(organization, kind, serial, key, |_| {})
    }

    pub fn with(
        organization: &str,
        kind: Kind,
        serial: u64,
        key: Key,
        change: impl FnOnce(&mut Fields),
    ) -> Self {
        let name = authority_name(organization, kind);
        let mut fields = Fields {
            serial,
            issuer: name.clone(),
            subject: name,
            not_before: "230101000000Z",
            not_after: "330101000000Z",
            spki: key.spki(),
            extensions: vec![
                key_usage(&[1, 6]),
                extension("2.5.29.19", true, &sequence(&[&boolean(true)])),
                extension("2.5.29.14", false, &octets(&key.identifier())),
            ],
        };
        change(&mut fields);
        let certificate = fields.signed_by(&key);
        Self {
            kind,
            key,
            fields,
            certificate,
        }
    }

    /// The fields of a leaf in the form of JPKI.
    pub fn leaf(&self, serial: u64, key: &Key, policy: &str) -> Fields {
        let (subject, mut extensions) = match self.kind {
            Kind::Sign => (
                name(&[
                    ("C", "JP"),
                    ("L", "Tokyo-to"),
                    ("L", "Nowhere-shi"),
                    ("CN", "2025101617260000134132210000"),
                ]),
                vec![key_usage(&[6, 0xc0]), subject_alt_name(&holder())],
            ),
            Kind::Auth => (
                name(&[("C", "JP"), ("CN", "20251016172600001341322")]),
                vec![key_usage(&[7, 0x80]), client_auth()],
            ),
        };
        let key_identifier = tlv(0x80, &self.key.identifier());
        extensions.extend([
            policies(true, &[policy]),
            extension("2.5.29.35", false, &sequence(&[&key_identifier])),
            extension("2.5.29.14", false, &octets(&key.identifier())),
        ]);
        Fields {
            serial,
            issuer: self.fields.subject.clone(),
            subject,
            not_before: "250101000000Z",
            not_after: "300101145959Z",
            spki: key.spki(),
            extensions,
        }
    }

    pub fn issue(&self, serial: u64, key: &Key, policy: &str) -> Vec<u8> {
        self.leaf(serial, key, policy).signed_by(&self.key)
    }
}

/// The six entries of the holder's data, for a fictional person.
pub fn holder() -> Vec<Vec<u8>> {
    [
        (1, "見本　花子"),
        (4, "420000229"),
        (3, "2"),
        (5, "東京都架空市見本町１－２－３"),
        (2, "00000"),
        (6, "00000000000000"),
    ]
    .map(|(arc, text)| entry(arc, text))
    .to_vec()
}

pub fn entry(arc: u8, text: &str) -> Vec<u8> {
    other_name(&format!("1.2.392.200149.8.5.5.{arc}"), &utf8(text))
}

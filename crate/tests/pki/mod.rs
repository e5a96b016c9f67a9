//! A small writer of certificates, CRLs and OCSP responses, with real P-256 signatures. It shares nothing with the code
//! under test.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod evidence;
pub mod ocsp;
pub mod path;
pub mod signed;

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};

/// 2026-01-01T00:00:00Z.
pub const NOW: i64 = 1_767_225_600;
pub const DAY: i64 = 86_400;

pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = contents.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes: Vec<u8> = length
            .to_be_bytes()
            .into_iter()
            .skip_while(|byte| *byte == 0)
            .collect();
        out.push(0x80 | bytes.len() as u8);
        out.extend(bytes);
    }
    out.extend_from_slice(contents);
    out
}

pub fn seq(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn int(bytes: &[u8]) -> Vec<u8> {
    tlv(2, bytes)
}

pub fn oid(text: &str) -> Vec<u8> {
    let mut arcs = text.split('.').map(|arc| arc.parse::<u64>().unwrap());
    let first = arcs.next().unwrap() * 40 + arcs.next().unwrap();
    let mut contents = Vec::new();
    for arc in std::iter::once(first).chain(arcs) {
        let groups: Vec<u8> = (0..10)
            .rev()
            .map(|group| ((arc >> (7 * group)) & 0x7f) as u8)
            .skip_while(|bits| *bits == 0)
            .collect();
        let groups = if groups.is_empty() { vec![0] } else { groups };
        let last = groups.len() - 1;
        contents.extend(
            groups
                .iter()
                .enumerate()
                .map(|(at, bits)| if at < last { bits | 0x80 } else { *bits }),
        );
    }
    tlv(6, &contents)
}

pub fn oid_contents(text: &str) -> Vec<u8> {
    oid(text)[2..].to_vec()
}

pub fn time(seconds: i64) -> Vec<u8> {
    tlv(0x18, civil(seconds).as_bytes())
}

pub fn utc_time(seconds: i64) -> Vec<u8> {
    tlv(0x17, &civil(seconds).as_bytes()[2..])
}

/// Counts the days one by one: slow, but simple.
fn civil(seconds: i64) -> String {
    let (mut days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= if leap(year) { 366 } else { 365 } {
        days -= if leap(year) { 366 } else { 365 };
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let day = days + 1;
    format!(
        "{year:04}{month:02}{day:02}{:02}{:02}{:02}Z",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// One attribute, as UTF8String.
pub fn attribute(kind: &str, value: &str) -> Vec<u8> {
    seq(&[&oid(kind), &tlv(0x0c, value.as_bytes())])
}

/// A name with a country and one commonName.
pub fn name(common_name: &str) -> Vec<u8> {
    rdns(&[
        &tlv(0x31, &seq(&[&oid("2.5.4.6"), &tlv(0x13, b"JP")])),
        &rdn("2.5.4.3", common_name),
    ])
}

pub fn rdns(parts: &[&[u8]]) -> Vec<u8> {
    seq(parts)
}

pub fn rdn(kind: &str, value: &str) -> Vec<u8> {
    tlv(0x31, &attribute(kind, value))
}

pub struct Key(SigningKey);

impl Key {
    pub fn new(seed: u32) -> Self {
        let mut scalar = [7u8; 32];
        scalar[..4].copy_from_slice(&seed.to_be_bytes());
        Self(SigningKey::from_slice(&scalar).unwrap())
    }

    pub fn point(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }

    pub fn spki(&self) -> Vec<u8> {
        let algorithm = seq(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]);
        seq(&[&algorithm, &bits(&self.point())])
    }

    pub fn sign(&self, data: &[u8]) -> Vec<u8> {
        Self::write(self.0.sign(data))
    }

    /// The same signature in its other form, (r, n - s).
    pub fn sign_with_the_other_s(&self, data: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(data);
        let (r, s) = signature.split_scalars();
        Self::write(Signature::from_scalars(r, -*s).unwrap())
    }

    fn write(signature: Signature) -> Vec<u8> {
        let bytes = signature.to_bytes();
        let half = |half: &[u8]| {
            let mut number: Vec<u8> = half.iter().copied().skip_while(|byte| *byte == 0).collect();
            if number[0] >= 0x80 {
                number.insert(0, 0);
            }
            int(&number)
        };
        seq(&[&half(&bytes[..32]), &half(&bytes[32..])])
    }

    /// Some bytes of the key, as a key identifier.
    pub fn id(&self) -> Vec<u8> {
        self.point()[1..21].to_vec()
    }
}

pub fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], bytes].concat())
}

pub fn algorithm() -> Vec<u8> {
    seq(&[&oid("1.2.840.10045.4.3.2")])
}

/// Signs the signed part of a certificate, CRL or OCSP response.
pub fn signed(tbs: &[u8], key: &Key) -> Vec<u8> {
    seq(&[tbs, &algorithm(), &bits(&key.sign(tbs))])
}

pub fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { tlv(1, &[0xff]) } else { Vec::new() };
    seq(&[&oid(kind), &flag, &tlv(4, value)])
}

pub fn basic_constraints(path_length: Option<u8>) -> Vec<u8> {
    let length = path_length.map(|length| int(&[length])).unwrap_or_default();
    extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff]), &length]))
}

/// keyUsage of one byte: `0x80` digitalSignature, `0x04` keyCertSign, `0x02` cRLSign.
pub fn key_usage(byte: u8) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv(3, &[byte.trailing_zeros() as u8, byte]))
}

pub fn ext_key_usage(purposes: &[&str]) -> Vec<u8> {
    let list: Vec<_> = purposes.iter().map(|purpose| oid(purpose)).collect();
    extension("2.5.29.37", false, &tlv(0x30, &list.concat()))
}

pub fn subject_key(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.14", false, &tlv(4, id))
}

pub fn authority_key(id: &[u8]) -> Vec<u8> {
    extension("2.5.29.35", false, &seq(&[&tlv(0x80, id)]))
}

pub fn directory(name: &[u8]) -> Vec<u8> {
    tlv(0xa4, name)
}

pub fn alt_names(names: &[Vec<u8>]) -> Vec<u8> {
    extension("2.5.29.17", false, &tlv(0x30, &names.concat()))
}

/// An otherName with this text.
pub fn other_name(kind: &str, tag: u8, text: &str) -> Vec<u8> {
    tlv(0xa0, &[oid(kind), tlv(0xa0, &tlv(tag, text.as_bytes()))].concat())
}

pub fn name_constraints(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Vec<u8> {
    extension("2.5.29.30", true, &name_constraints_value(permitted, excluded))
}

pub fn name_constraints_value(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Vec<u8> {
    let list = |tag, names: &[Vec<u8>]| {
        let trees: Vec<_> = names.iter().map(|name| seq(&[name])).collect();
        if trees.is_empty() {
            Vec::new()
        } else {
            tlv(tag, &trees.concat())
        }
    };
    seq(&[&list(0xa0, permitted), &list(0xa1, excluded)])
}

pub fn policies(list: &[&str]) -> Vec<u8> {
    let list: Vec<_> = list.iter().map(|policy| seq(&[&oid(policy)])).collect();
    extension("2.5.29.32", true, &tlv(0x30, &list.concat()))
}

pub fn mappings(pairs: &[(String, String)]) -> Vec<u8> {
    let list: Vec<_> = pairs
        .iter()
        .map(|(from, to)| seq(&[&oid(from), &oid(to)]))
        .collect();
    extension("2.5.29.33", true, &tlv(0x30, &list.concat()))
}

#[derive(Clone)]
pub struct Template {
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub from: i64,
    pub to: i64,
    pub spki: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
}

impl Template {
    pub fn new(issuer: &str, subject: &str, key: &Key) -> Self {
        Self {
            serial: vec![1],
            issuer: name(issuer),
            subject: name(subject),
            from: NOW - 365 * DAY,
            to: NOW + 365 * DAY,
            spki: key.spki(),
            extensions: Vec::new(),
        }
    }

    pub fn ca(issuer: &str, subject: &str, key: &Key) -> Self {
        Self::new(issuer, subject, key)
            .with(basic_constraints(None))
            .with(key_usage(0x06))
    }

    pub fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub fn serial(mut self, serial: &[u8]) -> Self {
        self.serial = serial.to_vec();
        self
    }

    pub fn tbs(&self) -> Vec<u8> {
        let extensions = if self.extensions.is_empty() {
            Vec::new()
        } else {
            tlv(0xa3, &tlv(0x30, &self.extensions.concat()))
        };
        seq(&[
            &tlv(0xa0, &int(&[2])),
            &int(&self.serial),
            &algorithm(),
            &self.issuer,
            &seq(&[&utc_time(self.from), &utc_time(self.to)]),
            &self.subject,
            &self.spki,
            &extensions,
        ])
    }

    pub fn sign(&self, key: &Key) -> Vec<u8> {
        signed(&self.tbs(), key)
    }

    /// With the other form of the signature, (r, n - s).
    pub fn sign_with_the_other_s(&self, key: &Key) -> Vec<u8> {
        let tbs = self.tbs();
        seq(&[&tbs, &algorithm(), &bits(&key.sign_with_the_other_s(&tbs))])
    }

    /// A version 1 certificate, without extensions.
    pub fn version_1(&self, key: &Key) -> Vec<u8> {
        let tbs = seq(&[
            &int(&self.serial),
            &algorithm(),
            &self.issuer,
            &seq(&[&utc_time(self.from), &utc_time(self.to)]),
            &self.subject,
            &self.spki,
        ]);
        signed(&tbs, key)
    }

    /// With an invalid signature.
    pub fn unsigned(&self) -> Vec<u8> {
        let signature = seq(&[&int(&[1]), &int(&[1])]);
        seq(&[&self.tbs(), &algorithm(), &bits(&signature)])
    }
}

/// A self-signed CA certificate.
pub fn root(name: &str, key: &Key) -> Vec<u8> {
    Template::ca(name, name, key)
        .with(subject_key(&key.id()))
        .sign(key)
}

#[derive(Clone)]
pub struct CrlTemplate {
    pub issuer: Vec<u8>,
    pub this_update: i64,
    pub next_update: Option<i64>,
    pub entries: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    /// Whether a missing cRLNumber is added.
    pub numbered: bool,
}

impl CrlTemplate {
    pub fn new(issuer: &str) -> Self {
        Self {
            issuer: name(issuer),
            this_update: NOW - DAY,
            next_update: Some(NOW + DAY),
            entries: Vec::new(),
            extensions: Vec::new(),
            numbered: true,
        }
    }

    pub fn without_number(mut self) -> Self {
        self.numbered = false;
        self
    }

    pub fn entry(mut self, serial: &[u8], extensions: &[Vec<u8>]) -> Self {
        self.entries.extend(crl_entry(serial, extensions));
        self
    }

    pub fn with(mut self, extension: Vec<u8>) -> Self {
        self.extensions.push(extension);
        self
    }

    pub fn sign(&self, key: &Key) -> Vec<u8> {
        let next = self.next_update.map(utc_time).unwrap_or_default();
        let entries = if self.entries.is_empty() {
            Vec::new()
        } else {
            tlv(0x30, &self.entries)
        };
        let mut extensions = self.extensions.concat();
        let number = oid("2.5.29.20");
        if self.numbered && !extensions.windows(number.len()).any(|part| part == number) {
            extensions.extend(crl_number(1));
        }
        if !extensions.is_empty() {
            extensions = tlv(0xa0, &tlv(0x30, &extensions));
        }
        let tbs = seq(&[
            &int(&[1]),
            &algorithm(),
            &self.issuer,
            &utc_time(self.this_update),
            &next,
            &entries,
            &extensions,
        ]);
        signed(&tbs, key)
    }
}

pub fn crl_entry(serial: &[u8], extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() {
        Vec::new()
    } else {
        tlv(0x30, &extensions.concat())
    };
    seq(&[&int(serial), &utc_time(NOW - 2 * DAY), &extensions])
}

pub fn reason(number: u8) -> Vec<u8> {
    extension("2.5.29.21", false, &tlv(0x0a, &[number]))
}

pub fn certificate_issuer(name: &[u8]) -> Vec<u8> {
    extension("2.5.29.29", true, &seq(&[&directory(name)]))
}

/// issuingDistributionPoint with encoded fields.
pub fn issuing(fields: &[&[u8]]) -> Vec<u8> {
    extension("2.5.29.28", true, &seq(fields))
}

/// A DistributionPointName with one directory name, in its explicit tag.
pub fn full_name(name: &[u8]) -> Vec<u8> {
    tlv(0xa0, &tlv(0xa0, &directory(name)))
}

/// A DistributionPointName relative to the CRL's issuer, in its explicit tag.
pub fn relative_name(attribute: &[u8]) -> Vec<u8> {
    tlv(0xa0, &tlv(0xa1, attribute))
}

pub fn distribution_points(points: &[Vec<u8>]) -> Vec<u8> {
    extension("2.5.29.31", false, &tlv(0x30, &points.concat()))
}

pub fn crl_number(number: u8) -> Vec<u8> {
    extension("2.5.29.20", false, &int(&[number]))
}

pub fn delta_indicator(base: u8) -> Vec<u8> {
    extension("2.5.29.27", true, &int(&[base]))
}

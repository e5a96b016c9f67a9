//! SignedData messages in the forms that software writes, and in those that must be rejected.

use honnin::signature::Hash;

use super::cert::Fields;
use super::der::{context, indefinite, integer, null, octets, oid, sequence, set, tlv, utc_time};
use super::keys::{How, Key, hash_oid};

pub const DATA: &str = "1.2.840.113549.1.7.1";
pub const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

pub fn attribute(kind: &str, values: &[&[u8]]) -> Vec<u8> {
    sequence(&[&oid(kind), &set(values)])
}

pub fn content_type(kind: &str) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.3", &[&oid(kind)])
}

pub fn message_digest(digest: &[u8]) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.4", &[&octets(digest)])
}

pub fn signing_time(time: &str) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.5", &[&utc_time(time)])
}

/// From two AlgorithmIdentifiers.
pub fn algorithm_protection(digest: &[u8], signature: &[u8]) -> Vec<u8> {
    let value = sequence(&[digest, &tlv(0xa1, contents(signature))]);
    attribute("1.2.840.113549.1.9.52", &[&value])
}

/// ESSCertIDv2 of a certificate (RFC 5035 §4), without issuerSerial.
pub fn certificate_id(hash: Hash, certificate: &[u8]) -> Vec<u8> {
    let algorithm = match hash {
        Hash::Sha256 => Vec::new(),
        other => sequence(&[&hash_oid(other)]),
    };
    sequence(&[&algorithm, &octets(&hash.digest(certificate))])
}

pub fn signing_certificate_v2(ids: &[&[u8]]) -> Vec<u8> {
    attribute("1.2.840.113549.1.9.16.2.47", &[&sequence(&[&sequence(ids)])])
}

/// With SHA-1 (RFC 2634 §5.4).
pub fn signing_certificate(certificate: &[u8]) -> Vec<u8> {
    let id = sequence(&[&octets(&Hash::Sha1.digest(certificate))]);
    attribute("1.2.840.113549.1.9.16.2.12", &[&sequence(&[&sequence(&[&id])])])
}

/// IssuerSerial, with any number of names.
pub fn issuer_serial(names: &[&[u8]], serial: u64) -> Vec<u8> {
    let names: Vec<Vec<u8>> = names.iter().map(|name| tlv(0xa4, name)).collect();
    sequence(&[&tlv(0x30, &names.concat()), &integer(serial)])
}

/// The contents of a short element.
fn contents(element: &[u8]) -> &[u8] {
    assert!(element[1] < 0x80);
    &element[2..]
}

/// The encoding of `signedAttrs` around the attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    Der,
    Indefinite,
    Padded,
}

/// All parts of one signer.
#[derive(Clone)]
pub struct Signer {
    pub key: Key,
    pub how: How,
    pub identifier: Vec<u8>,
    pub version: u64,
    pub digest_algorithm: Vec<u8>,
    pub signature_algorithm: Vec<u8>,
    /// In the given order; `None` for a signature of the content.
    pub attributes: Option<Vec<Vec<u8>>>,
    pub wrapping: Wrapping,
    /// In place of the bytes that the signature usually covers.
    pub signed: Option<Vec<u8>>,
    pub unsigned: Option<Vec<u8>>,
    /// After everything else.
    pub trailer: Vec<u8>,
    /// Writes the OCTET STRING of the signature.
    pub write_signature: fn(&[u8]) -> Vec<u8>,
}

impl Signer {
    /// With signed attributes, identified by issuer and serial number.
    pub fn new(certificate: &Fields, key: &Key, content: &[u8]) -> Self {
        let how = key.usual();
        let hash = match how {
            How::Usual(hash) => hash,
            _ => unreachable!(),
        };
        Self {
            key: key.clone(),
            how,
            identifier: sequence(&[&certificate.issuer, &integer(certificate.serial)]),
            version: 1,
            digest_algorithm: sequence(&[&hash_oid(hash), &null()]),
            signature_algorithm: key.algorithm(how),
            attributes: Some(vec![content_type(DATA), message_digest(&hash.digest(content))]),
            wrapping: Wrapping::Der,
            signed: None,
            unsigned: None,
            trailer: Vec::new(),
            write_signature: octets,
        }
    }

    pub fn by_key_identifier(mut self) -> Self {
        self.identifier = tlv(0x80, &self.key.identifier());
        self.version = 3;
        self
    }

    pub fn without_attributes(mut self) -> Self {
        self.attributes = None;
        self
    }

    pub fn with_attribute(mut self, attribute: Vec<u8>) -> Self {
        self.attributes.get_or_insert_default().push(attribute);
        self
    }

    /// With another hash for everything.
    pub fn hashing(mut self, hash: Hash, content: &[u8]) -> Self {
        self.how = How::Usual(hash);
        self.digest_algorithm = sequence(&[&hash_oid(hash), &null()]);
        self.signature_algorithm = self.key.algorithm(self.how);
        if let Some(attributes) = &mut self.attributes {
            attributes[1] = message_digest(&hash.digest(content));
        }
        self
    }

    fn write(&self, content: &[u8]) -> Vec<u8> {
        let attributes = self.attributes.as_ref().map(|list| list.concat());
        let usual = match &attributes {
            Some(list) => tlv(0x31, list),
            None => content.to_vec(),
        };
        let signature = self.key.sign(self.how, self.signed.as_deref().unwrap_or(&usual));
        let mut parts = vec![
            integer(self.version),
            self.identifier.clone(),
            self.digest_algorithm.clone(),
        ];
        if let Some(list) = &attributes {
            parts.push(match self.wrapping {
                Wrapping::Der => tlv(0xa0, list),
                Wrapping::Indefinite => indefinite(0xa0, list),
                Wrapping::Padded => super::der::padded(0xa0, list),
            });
        }
        parts.push(self.signature_algorithm.clone());
        parts.push((self.write_signature)(&signature));
        if let Some(unsigned) = &self.unsigned {
            parts.push(context(1, unsigned));
        }
        parts.push(self.trailer.clone());
        tlv(0x30, &parts.concat())
    }
}

/// All parts of a message.
#[derive(Clone)]
pub struct Message {
    pub version: u64,
    /// In place of the signers' digest algorithms.
    pub digests: Option<Vec<Vec<u8>>>,
    pub content: Vec<u8>,
    /// In place of the OCTET STRING around the content.
    pub written_content: Option<Vec<u8>>,
    pub content_type: String,
    pub detached: bool,
    pub certificates: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
    pub signers: Vec<Signer>,
    /// BER: indefinite lengths, and a segmented content.
    pub ber: bool,
}

impl Message {
    pub fn new(content: &[u8], certificates: &[&[u8]], signers: &[Signer]) -> Self {
        Self {
            version: 1,
            digests: None,
            content: content.to_vec(),
            written_content: None,
            content_type: DATA.into(),
            detached: false,
            certificates: certificates.iter().map(|der| der.to_vec()).collect(),
            crls: Vec::new(),
            signers: signers.to_vec(),
            ber: false,
        }
    }

    pub fn detached(mut self) -> Self {
        self.detached = true;
        self
    }

    pub fn ber(mut self) -> Self {
        self.ber = true;
        self
    }

    pub fn write(&self) -> Vec<u8> {
        let build = if self.ber { indefinite } else { tlv };
        let of_signers = self.signers.iter().map(|signer| signer.digest_algorithm.clone());
        let digests = self.digests.clone().unwrap_or_else(|| of_signers.collect());
        let content = if self.detached {
            Vec::new()
        } else if let Some(written) = &self.written_content {
            build(0xa0, written)
        } else if self.ber {
            let (first, second) = self.content.split_at(self.content.len() / 2);
            let second = indefinite(0x24, &octets(second));
            build(0xa0, &indefinite(0x24, &[octets(first), second].concat()))
        } else {
            build(0xa0, &octets(&self.content))
        };
        let mut parts = vec![
            integer(self.version),
            tlv(0x31, &digests.concat()),
            build(0x30, &[oid(&self.content_type), content].concat()),
        ];
        if !self.certificates.is_empty() {
            parts.push(build(0xa0, &self.certificates.concat()));
        }
        if !self.crls.is_empty() {
            parts.push(build(0xa1, &self.crls.concat()));
        }
        let signers: Vec<Vec<u8>> = self
            .signers
            .iter()
            .map(|signer| signer.write(&self.content))
            .collect();
        parts.push(build(0x31, &signers.concat()));
        let body = build(0x30, &parts.concat());
        build(0x30, &[oid(SIGNED_DATA), build(0xa0, &body)].concat())
    }
}

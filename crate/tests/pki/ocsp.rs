//! OCSP responses.

use honnin::signature::Hash;

use super::{Key, NOW, algorithm, bits, int, name, oid, seq, time, tlv};

/// One OCSP response, all of it decided.
pub struct Ocsp {
    pub hash: Hash,
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub issuer_key: Vec<u8>,
    pub status: Vec<u8>,
    pub this_update: i64,
    pub next_update: Option<i64>,
    pub responder: Vec<u8>,
    pub extensions: Vec<Vec<u8>>,
    pub certificates: Vec<Vec<u8>>,
}

impl Ocsp {
    pub fn new() -> Self {
        Self {
            hash: Hash::Sha1,
            serial: vec![42],
            issuer: name("Root"),
            issuer_key: Key::new(1).point(),
            status: tlv(0x80, &[]),
            this_update: NOW - 3_600,
            next_update: Some(NOW + 3600),
            responder: tlv(0xa1, &name("Root")),
            extensions: Vec::new(),
            certificates: Vec::new(),
        }
    }

    pub fn sign(&self, key: &Key) -> Vec<u8> {
        self.sign_answers(key, &[self.answer()])
    }

    pub fn answer(&self) -> Vec<u8> {
        let hash_oid = match self.hash {
            Hash::Sha1 => "1.3.14.3.2.26",
            Hash::Sha256 => "2.16.840.1.101.3.4.2.1",
            _ => "2.16.840.1.101.3.4.2.3",
        };
        let id = seq(&[
            &seq(&[&oid(hash_oid), &[5, 0]]),
            &tlv(4, &self.hash.digest(&self.issuer)),
            &tlv(4, &self.hash.digest(&self.issuer_key)),
            &int(&self.serial),
        ]);
        let next = self
            .next_update
            .map(|next| tlv(0xa0, &time(next)))
            .unwrap_or_default();
        seq(&[&id, &self.status, &time(self.this_update), &next])
    }

    pub fn sign_answers(&self, key: &Key, answers: &[Vec<u8>]) -> Vec<u8> {
        let extensions = if self.extensions.is_empty() {
            Vec::new()
        } else {
            tlv(0xa1, &tlv(0x30, &self.extensions.concat()))
        };
        let tbs = seq(&[
            &self.responder,
            &time(NOW - 60),
            &tlv(0x30, &answers.concat()),
            &extensions,
        ]);
        let certificates = if self.certificates.is_empty() {
            Vec::new()
        } else {
            tlv(0xa0, &tlv(0x30, &self.certificates.concat()))
        };
        let basic = seq(&[&tbs, &algorithm(), &bits(&key.sign(&tbs)), &certificates]);
        let bytes = seq(&[&oid("1.3.6.1.5.5.7.48.1.1"), &tlv(4, &basic)]);
        seq(&[&tlv(0x0a, &[0]), &tlv(0xa0, &bytes)])
    }
}

//! OCSP responses.

use honnin::signature::Hash;

use super::{Key, NOW, algorithm, bits, int, name, oid, seq, time, tlv};

/// All fields of an OCSP response.
pub struct Ocsp {
    pub hash: Hash,
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub issuer_key: Vec<u8>,
    pub status: Vec<u8>,
    pub this_update: i64,
    pub next_update: Option<i64>,
    /// singleExtensions.
    pub single: Vec<Vec<u8>>,
    pub responder: Vec<u8>,
    /// producedAt.
    pub produced_at: Vec<u8>,
    /// responseExtensions.
    pub extensions: Vec<Vec<u8>>,
    pub algorithm: Vec<u8>,
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
            single: Vec::new(),
            responder: tlv(0xa1, &name("Root")),
            produced_at: time(NOW - 60),
            extensions: Vec::new(),
            algorithm: algorithm(),
            certificates: Vec::new(),
        }
    }

    pub fn sign(&self, key: &Key) -> Vec<u8> {
        self.sign_answers(key, &[self.answer()])
    }

    /// A CertID with these hashes.
    pub fn id(&self, hash_oid: &str, name_hash: &[u8], key_hash: &[u8]) -> Vec<u8> {
        let hash = seq(&[&oid(hash_oid), &[5, 0]]);
        seq(&[&hash, &tlv(4, name_hash), &tlv(4, key_hash), &int(&self.serial)])
    }

    pub fn answer(&self) -> Vec<u8> {
        let hash_oid = match self.hash {
            Hash::Sha1 => "1.3.14.3.2.26",
            Hash::Sha256 => "2.16.840.1.101.3.4.2.1",
            Hash::Sha384 => "2.16.840.1.101.3.4.2.2",
            Hash::Sha512 => "2.16.840.1.101.3.4.2.3",
            other => panic!("{other:?} is not known here"),
        };
        let digest = |data: &[u8]| self.hash.digest(data);
        self.answer_about(&self.id(hash_oid, &digest(&self.issuer), &digest(&self.issuer_key)))
    }

    pub fn answer_about(&self, id: &[u8]) -> Vec<u8> {
        let next = self
            .next_update
            .map(|next| tlv(0xa0, &time(next)))
            .unwrap_or_default();
        let single = extensions(&self.single);
        seq(&[id, &self.status, &time(self.this_update), &next, &single])
    }

    pub fn sign_answers(&self, key: &Key, answers: &[Vec<u8>]) -> Vec<u8> {
        let tbs = seq(&[
            &self.responder,
            &self.produced_at,
            &tlv(0x30, &answers.concat()),
            &extensions(&self.extensions),
        ]);
        self.around(&tbs, key)
    }

    /// The response around a ResponseData.
    pub fn around(&self, tbs: &[u8], key: &Key) -> Vec<u8> {
        let certificates = if self.certificates.is_empty() {
            Vec::new()
        } else {
            tlv(0xa0, &tlv(0x30, &self.certificates.concat()))
        };
        let basic = seq(&[tbs, &self.algorithm, &bits(&key.sign(tbs)), &certificates]);
        respond(0, Some(("1.3.6.1.5.5.7.48.1.1", &basic)))
    }
}

/// An OCSPResponse with a status, and bytes with their type.
pub fn respond(status: u8, bytes: Option<(&str, &[u8])>) -> Vec<u8> {
    let bytes = bytes
        .map(|(kind, bytes)| tlv(0xa0, &seq(&[&oid(kind), &tlv(4, bytes)])))
        .unwrap_or_default();
    seq(&[&tlv(0x0a, &[status]), &bytes])
}

fn extensions(list: &[Vec<u8>]) -> Vec<u8> {
    if list.is_empty() {
        Vec::new()
    } else {
        tlv(0xa1, &tlv(0x30, &list.concat()))
    }
}

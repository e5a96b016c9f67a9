//! Fixed test keys. Signatures are deterministic, so a case always has the same bytes.

use std::sync::OnceLock;

use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use p256::ecdsa::signature::Signer as _;
use sha2::{Digest as _, Sha256};

use crate::write::{bits, int, oid, seq, tlv};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Rsa(usize),
    P256(usize),
    P384(usize),
}

const RSA_KEYS: usize = 5;
/// The number of key numbers in use.
const NUMBERS: usize = RSA_KEYS;

fn rsa(number: usize) -> &'static PKey<Private> {
    static KEYS: OnceLock<Vec<PKey<Private>>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        [
            &include_bytes!("../keys/test-rsa-1.pem")[..],
            include_bytes!("../keys/test-rsa-2.pem"),
            include_bytes!("../keys/test-rsa-3.pem"),
            include_bytes!("../keys/test-rsa-4.pem"),
            include_bytes!("../keys/test-rsa-5.pem"),
        ]
        .iter()
        .map(|pem| PKey::private_key_from_pem(pem).expect("a test key"))
        .collect()
    });
    &keys[number]
}

/// A scalar from a label. Everyone can compute it, so never use it elsewhere.
fn scalar(number: usize) -> [u8; 32] {
    Sha256::digest(format!("honnin differential test key {number}")).into()
}

fn p256_key(number: usize) -> &'static p256::ecdsa::SigningKey {
    static KEYS: OnceLock<Vec<p256::ecdsa::SigningKey>> = OnceLock::new();
    let make = |number| p256::ecdsa::SigningKey::from_slice(&scalar(number)).expect("a scalar");
    &KEYS.get_or_init(|| (0..NUMBERS).map(make).collect())[number]
}

fn p384_key(number: usize) -> &'static p384::ecdsa::SigningKey {
    static KEYS: OnceLock<Vec<p384::ecdsa::SigningKey>> = OnceLock::new();
    let wide = |number| [&[1; 16][..], &scalar(number)].concat();
    let make = |number| p384::ecdsa::SigningKey::from_slice(&wide(number)).expect("a scalar");
    &KEYS.get_or_init(|| (0..NUMBERS).map(make).collect())[number]
}

fn ecdsa_der(raw: &[u8]) -> Vec<u8> {
    let half = |half: &[u8]| {
        let mut number: Vec<u8> = half.iter().copied().skip_while(|byte| *byte == 0).collect();
        if number[0] >= 0x80 {
            number.insert(0, 0);
        }
        int(&number)
    };
    let (r, s) = raw.split_at(raw.len() / 2);
    seq(&[&half(r), &half(s)])
}

impl Key {
    /// SubjectPublicKeyInfo.
    pub fn spki(self) -> Vec<u8> {
        static MADE: OnceLock<Vec<(Key, Vec<u8>)>> = OnceLock::new();
        let all = MADE.get_or_init(|| {
            let keys =
                (0..NUMBERS).flat_map(|number| [Key::Rsa(number), Key::P256(number), Key::P384(number)]);
            keys.map(|key| (key, key.make_spki())).collect()
        });
        let found = all.iter().find(|(key, _)| *key == self);
        found.map_or_else(Vec::new, |(_, spki)| spki.clone())
    }

    fn make_spki(self) -> Vec<u8> {
        let ec =
            |curve: &str, point: &[u8]| seq(&[&seq(&[&oid("1.2.840.10045.2.1"), &oid(curve)]), &bits(point)]);
        match self {
            Key::Rsa(number) => rsa(number).public_key_to_der().expect("a public key"),
            Key::P256(number) => ec(
                "1.2.840.10045.3.1.7",
                p256_key(number).verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Key::P384(number) => ec(
                "1.3.132.0.34",
                p384_key(number).verifying_key().to_sec1_point(false).as_bytes(),
            ),
        }
    }

    /// AlgorithmIdentifier of the signatures.
    pub fn algorithm(self) -> Vec<u8> {
        match self {
            Key::Rsa(_) => seq(&[&oid("1.2.840.113549.1.1.11"), &tlv(5, &[])]),
            Key::P256(_) => seq(&[&oid("1.2.840.10045.4.3.2")]),
            Key::P384(_) => seq(&[&oid("1.2.840.10045.4.3.3")]),
        }
    }

    /// AlgorithmIdentifier of the hash.
    pub fn hash(self) -> Vec<u8> {
        match self {
            Key::P384(_) => seq(&[&oid("2.16.840.1.101.3.4.2.2")]),
            _ => seq(&[&oid("2.16.840.1.101.3.4.2.1")]),
        }
    }

    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        match self {
            Key::P384(_) => sha2::Sha384::digest(data).to_vec(),
            _ => Sha256::digest(data).to_vec(),
        }
    }

    pub fn sign(self, data: &[u8]) -> Vec<u8> {
        match self {
            Key::Rsa(number) => {
                let mut signer =
                    openssl::sign::Signer::new(MessageDigest::sha256(), rsa(number)).expect("a signer");
                signer.sign_oneshot_to_vec(data).expect("a signature")
            }
            Key::P256(number) => {
                let signature: p256::ecdsa::Signature = p256_key(number).sign(data);
                ecdsa_der(&signature.to_bytes())
            }
            Key::P384(number) => {
                let signature: p384::ecdsa::Signature = p384_key(number).sign(data);
                ecdsa_der(&signature.to_bytes())
            }
        }
    }

    /// SHA-256 of the key, cut to 20 bytes.
    pub fn id(self) -> Vec<u8> {
        Sha256::digest(self.spki())[..20].to_vec()
    }
}

pub fn signed(tbs: &[u8], key: Key) -> Vec<u8> {
    seq(&[tbs, &key.algorithm(), &bits(&key.sign(tbs))])
}

//! Key pairs for tests: the RSA keys are in a file and protect nothing, and the curve keys are the hash of
//! their label.

use honnin::signature::Hash;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rsa::hazmat::rsa_decrypt;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::{BoxedUint, PrivateKey};

use super::der::{bits, null, octets, oid, sequence, tlv, unsigned};

#[derive(Clone)]
pub enum Key {
    Rsa { key: Box<PrivateKey>, n: Vec<u8> },
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

/// The signature scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// RSASSA-PKCS1-v1_5 or ECDSA.
    Usual(Hash),
    /// RSASSA-PSS with a salt of the hash's length.
    Pss(Hash),
    /// The block with the digest alone.
    Bare,
}

/// A source that is never used.
struct NoRng;

impl TryRng for NoRng {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!()
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!()
    }
    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Self::Error> {
        unreachable!()
    }
}

impl TryCryptoRng for NoRng {}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

impl Key {
    /// One of the five RSA-2048 keys.
    pub fn rsa(number: usize) -> Self {
        let keys: serde_json::Value =
            serde_json::from_str(include_str!("../data/synthetic-rsa-keys.json")).unwrap();
        let field = |name: &str| unhex(keys[format!("key{number}")][name].as_str().unwrap());
        let uint = |name: &str| BoxedUint::from_be_slice_vartime(&field(name));
        let key = PrivateKey::from_components(
            uint("n"),
            BoxedUint::from(65537_u64),
            uint("d"),
            vec![uint("p"), uint("q")],
        )
        .unwrap();
        Key::Rsa {
            key: Box::new(key),
            n: field("n"),
        }
    }

    pub fn p256(label: &str) -> Self {
        let scalar = Hash::Sha256.digest(label.as_bytes());
        Key::P256(p256::ecdsa::SigningKey::from_slice(&scalar).unwrap())
    }

    pub fn p384(label: &str) -> Self {
        let scalar = Hash::Sha384.digest(label.as_bytes());
        Key::P384(p384::ecdsa::SigningKey::from_slice(&scalar).unwrap())
    }

    /// The key bits.
    fn public(&self) -> Vec<u8> {
        match self {
            Key::Rsa { n, .. } => sequence(&[&unsigned(n), &unsigned(&[1, 0, 1])]),
            Key::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Key::P384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
        }
    }

    pub fn spki(&self) -> Vec<u8> {
        let algorithm = match self {
            Key::Rsa { .. } => sequence(&[&oid("1.2.840.113549.1.1.1"), &null()]),
            Key::P256(_) => sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]),
            Key::P384(_) => sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.3.132.0.34")]),
        };
        sequence(&[&algorithm, &bits(&self.public())])
    }

    /// SHA-1 of the key bits.
    pub fn identifier(&self) -> Vec<u8> {
        Hash::Sha1.digest(&self.public())
    }

    /// SHA-384 for P-384, SHA-256 for the others.
    pub fn usual(&self) -> How {
        match self {
            Key::P384(_) => How::Usual(Hash::Sha384),
            _ => How::Usual(Hash::Sha256),
        }
    }

    /// The AlgorithmIdentifier of a signature.
    pub fn algorithm(&self, how: How) -> Vec<u8> {
        let rsa = |last: u8| sequence(&[&oid(&format!("1.2.840.113549.1.1.{last}")), &null()]);
        match (self, how) {
            (_, How::Pss(hash)) => pss_algorithm(hash),
            (Key::Rsa { .. }, How::Bare) => sequence(&[&oid("1.2.840.113549.1.1.1"), &null()]),
            (Key::Rsa { .. }, How::Usual(Hash::Sha1)) => rsa(5),
            (Key::Rsa { .. }, How::Usual(Hash::Sha256)) => rsa(11),
            (Key::Rsa { .. }, How::Usual(Hash::Sha384)) => rsa(12),
            (Key::Rsa { .. }, How::Usual(Hash::Sha512)) => rsa(13),
            (_, How::Usual(Hash::Sha384)) => sequence(&[&oid("1.2.840.10045.4.3.3")]),
            (_, _) => sequence(&[&oid("1.2.840.10045.4.3.2")]),
        }
    }

    pub fn sign(&self, how: How, data: &[u8]) -> Vec<u8> {
        let hash = match how {
            How::Usual(hash) | How::Pss(hash) => hash,
            How::Bare => Hash::Sha256,
        };
        let digest = hash.digest(data);
        match (self, how) {
            (Key::Rsa { .. }, How::Usual(_)) => {
                let info = sequence(&[&sequence(&[&hash_oid(hash), &null()]), &octets(&digest)]);
                self.rsa_block(&info)
            }
            (Key::Rsa { .. }, How::Bare) => self.rsa_block(&digest),
            (Key::Rsa { .. }, How::Pss(_)) => self.rsa_raw(&pss_block(hash, &digest)),
            (Key::P256(key), _) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest).unwrap();
                ecdsa_der(&signature.to_bytes())
            }
            (Key::P384(key), _) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(&digest).unwrap();
                ecdsa_der(&signature.to_bytes())
            }
        }
    }

    /// A type 1 block of PKCS #1 v1.5 around `inner`, signed.
    fn rsa_block(&self, inner: &[u8]) -> Vec<u8> {
        let padding = vec![0xff; 256 - 3 - inner.len()];
        self.rsa_raw(&[&[0, 1][..], &padding, &[0], inner].concat())
    }

    fn rsa_raw(&self, block: &[u8]) -> Vec<u8> {
        let Key::Rsa { key, .. } = self else {
            unreachable!()
        };
        let number = BoxedUint::from_be_slice(block, 2048).unwrap();
        let power = rsa_decrypt(None::<&mut NoRng>, key.as_ref(), &number).unwrap();
        power.to_be_bytes().to_vec()
    }
}

pub fn hash_oid(hash: Hash) -> Vec<u8> {
    match hash {
        Hash::Sha1 => oid("1.3.14.3.2.26"),
        Hash::Sha256 => oid("2.16.840.1.101.3.4.2.1"),
        Hash::Sha384 => oid("2.16.840.1.101.3.4.2.2"),
        Hash::Sha512 => oid("2.16.840.1.101.3.4.2.3"),
        other => panic!("{other:?} is not known here"),
    }
}

fn pss_algorithm(hash: Hash) -> Vec<u8> {
    let digest = sequence(&[&hash_oid(hash), &null()]);
    let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), &digest]);
    let parameters = sequence(&[
        &tlv(0xa0, &digest),
        &tlv(0xa1, &mask),
        &tlv(0xa2, &super::der::integer(hash.length() as u64)),
    ]);
    sequence(&[&oid("1.2.840.113549.1.1.10"), &parameters])
}

/// EMSA-PSS (RFC 8017 §9.1.1) for 2048 bits, with a salt of 7s.
fn pss_block(hash: Hash, digest: &[u8]) -> Vec<u8> {
    let salt = vec![7; hash.length()];
    let seed = hash.digest(&[&[0; 8][..], digest, &salt].concat());
    let length = 256 - hash.length() - 1;
    let mut data = vec![0; length - salt.len() - 1];
    data.push(1);
    data.extend(&salt);
    let mut mask = Vec::new();
    for counter in 0_u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend(hash.digest(&[&seed[..], &counter.to_be_bytes()].concat()));
    }
    for (byte, mask) in data.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    data[0] &= 0x7f;
    [&data[..], &seed, &[0xbc]].concat()
}

fn ecdsa_der(raw: &[u8]) -> Vec<u8> {
    let (r, s) = raw.split_at(raw.len() / 2);
    let number = |half: &[u8]| {
        let short: Vec<u8> = half.iter().copied().skip_while(|b| *b == 0).collect();
        unsigned(&short)
    };
    sequence(&[&number(r), &number(s)])
}

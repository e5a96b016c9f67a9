//! A signed package of a card from a CA of the tests, to be changed and verified.

use base64ct::{Base64, Encoding as _};
use honnin::Error;
use honnin::package::{
    DocumentDigest, PackageOptions, SignedPackage, VerifiedPackage, verify_signed_package,
};
use honnin::signature::Hash;
use honnin::signer::Rules;
use honnin::x509::{PathOptions, TrustAnchor};
use serde_json::{Value, json};

use super::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use super::keys::{How, Key};
use super::lists;

pub const DOCUMENT: &[u8] = b"a power of attorney";
pub const SERIAL: u64 = 77;
/// thisUpdate of the evidence, 2026-06-30.
pub const TIME: i64 = NOW - 86_400;
pub const TEN_YEARS: i64 = 315_360_000;

/// A CA, a card of it, and a package with both kinds of evidence.
pub struct Bench {
    pub authority: Authority,
    pub leaf: Vec<u8>,
    pub package: Value,
}

pub fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

impl Bench {
    pub fn new() -> Self {
        let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
        let key = Key::rsa(1);
        let leaf = authority.issue(SERIAL, &key, SIGN_TEST);
        let package = json!({
            "format": "honnin-signed-package",
            "version": 1,
            "document": {"name": "委任状.txt", "mediaType": "text/plain", "size": DOCUMENT.len()},
            "digest": {"algorithm": "sha256", "value": base64(&Hash::Sha256.digest(DOCUMENT))},
            "signature": {
                "scheme": "rsa-pkcs1-sha256",
                "form": "digest-info",
                "value": base64(&key.sign(How::Usual(Hash::Sha256), DOCUMENT)),
            },
            "certificate": base64(&leaf),
            "evidence": {
                "time": TIME,
                "crls": [base64(&lists::crl(&authority, &[5, 6]))],
                "ocspResponses": [base64(&lists::ocsp(&authority, SERIAL, false))],
            },
            "timestamps": [],
            "claims": {
                "createdAt": NOW,
                "profile": "jpki-sign-test",
                "environment": "test",
                "transaction": "8b1f4f0e",
                "report": {"steps": [{"id": "signature", "status": "passed", "reference": "RFC", "detail": ""}]},
            },
        });
        Self {
            authority,
            leaf,
            package,
        }
    }

    pub fn with_evidence(&self, time: Value, crls: &[Vec<u8>], responses: &[Vec<u8>]) -> Value {
        let list = |pieces: &[Vec<u8>]| pieces.iter().map(|der| base64(der)).collect::<Vec<_>>();
        let mut package = self.package.clone();
        package["evidence"] = json!({"time": time, "crls": list(crls), "ocspResponses": list(responses)});
        package
    }

    pub fn verify(
        &self,
        package: &Value,
        change: impl FnOnce(&mut PackageOptions<'_>),
    ) -> Result<VerifiedPackage, Error> {
        let package = SignedPackage::read(package.to_string().as_bytes())?;
        let anchors = [TrustAnchor::from_certificate(&self.authority.certificate).unwrap()];
        let digest = Hash::Sha256.digest(DOCUMENT);
        let mut document = DocumentDigest::new(&digest);
        document.size = Some(DOCUMENT.len() as u64);
        let mut options = PackageOptions::new(Rules::Path(PathOptions::new(&anchors, 0)), NOW + TEN_YEARS);
        change(&mut options);
        verify_signed_package(&package, &document, &options)
    }

    pub fn code(&self, package: &Value) -> String {
        self.code_with(package, |_| {})
    }

    pub fn code_with(&self, package: &Value, change: impl FnOnce(&mut PackageOptions<'_>)) -> String {
        match self.verify(package, change) {
            Ok(_) => "valid".into(),
            Err(error) => error.code().as_str().into(),
        }
    }
}

/// The package with this value at this place; a pointer that ends with `-` removes the member.
pub fn set(package: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = package.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match (&value, parent.as_object_mut()) {
        (Value::Null, Some(object)) if name.ends_with('-') => {
            object.remove(name.trim_end_matches('-'));
        }
        (_, Some(object)) => {
            object.insert(name.to_owned(), value);
        }
        (_, None) => parent[name.parse::<usize>().unwrap()] = value,
    }
    changed
}

//! The files in `examples/data`, which the documentation examples read. The writers of the tests make them
//! here, reproducibly. `HONNIN_WRITE_EXAMPLES=1 cargo test --test rules examples` writes them again.

use crate::pki;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

use crate::pki::ocsp::Ocsp;
use crate::pki::{CrlTemplate, Template, distribution_points, extension, root, seq, tlv};
use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{Message, Signer};
use crate::synthetic::keys::{How, Key};
use crate::synthetic::package::{Bench, DOCUMENT, SERIAL, base64};
use crate::synthetic::{lists, pdf};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;
use serde_json::json;

type Files = BTreeMap<&'static str, Vec<u8>>;

fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// An ID token of 2026-07-01, and the JWK Set of its issuer.
fn token(files: &mut Files) {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let header = json!({"alg": "ES256", "kid": "example", "typ": "JWT"});
    let claims = json!({
        "iss": "https://auth.example.jp",
        "sub": "5f2d6a4c",
        "aud": "client-1",
        "nonce": "0bda3f7c",
        "iat": NOW - 10,
        "exp": NOW + 290,
    });
    let part = |value: &serde_json::Value| base64url(value.to_string().as_bytes());
    let input = format!("{}.{}", part(&header), part(&claims));
    let signature: p256::ecdsa::Signature = key.sign(input.as_bytes());
    let point = key.verifying_key().to_sec1_point(false);
    let keys = json!({"keys": [{
        "kty": "EC",
        "crv": "P-256",
        "kid": "example",
        "use": "sig",
        "alg": "ES256",
        "x": base64url(&point.as_bytes()[1..33]),
        "y": base64url(&point.as_bytes()[33..]),
    }]});
    let token = format!("{input}.{}\n", base64url(&signature.to_bytes()));
    files.insert("id-token.txt", token.into_bytes());
    files.insert("keys.json", format!("{keys:#}\n").into_bytes());
}

/// A certificate with the addresses of its evidence, its issuer, and evidence of both kinds, of 2026-01-01.
fn path(files: &mut Files) {
    let (issuer, holder) = (pki::Key::new(1), pki::Key::new(3));
    let uri = |text: &str| tlv(0x86, text.as_bytes());
    let point = seq(&[&tlv(0xa0, &tlv(0xa0, &uri("http://ca.example/all.crl")))]);
    let access = seq(&[&seq(&[
        &pki::oid("1.3.6.1.5.5.7.48.1"),
        &uri("http://ocsp.example/"),
    ])]);
    let leaf = Template::new("Root", "Leaf", &holder)
        .serial(&[42])
        .with(distribution_points(&[point]))
        .with(extension("1.3.6.1.5.5.7.1.1", false, &access));
    files.insert("root.der", root("Root", &issuer));
    files.insert("leaf.der", leaf.sign(&issuer));
    files.insert("leaf.crl", CrlTemplate::new("Root").sign(&issuer));
    files.insert("leaf.ocsp", Ocsp::new().sign(&issuer));
}

/// A synthetic card and its signatures, of 2026-07-01.
fn card(files: &mut Files) {
    let (authority, key) = (
        Authority::new(ORGANIZATION, Kind::Sign, 1, Key::rsa(2)),
        Key::rsa(1),
    );
    let fields = authority.leaf(SERIAL, &key, SIGN_TEST);
    let leaf = fields.signed_by(&authority.key);
    let (crl, response) = (
        lists::crl(&authority, &[5, 6]),
        lists::ocsp(&authority, SERIAL, false),
    );
    let usual = How::Usual(honnin::signature::Hash::Sha256);
    // Its signature was made with the same key.
    let mut package = Bench::new().package;
    package["certificate"] = json!(base64(&leaf));
    package["evidence"]["crls"] = json!([base64(&crl)]);
    package["evidence"]["ocspResponses"] = json!([base64(&response)]);
    files.insert("document.txt", DOCUMENT.to_vec());
    files.insert("card.der", leaf.clone());
    files.insert("card-authority.der", authority.certificate.clone());
    files.insert("card.ocsp", response);
    files.insert("card.crl", crl);
    files.insert("document.signature", key.sign(usual, DOCUMENT));
    files.insert("signed-package.json", format!("{package:#}\n").into_bytes());
    let message = |content: &[u8]| {
        let signer = Signer::new(&fields, &key, content);
        Message::new(content, &[&leaf], &[signer])
    };
    files.insert("document.p7s", message(DOCUMENT).detached().write());
    let head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    let file = pdf::signed(head, pdf::DICTIONARY, pdf::whole, |covered| {
        message(covered).detached().write()
    });
    files.insert("signed.pdf", file);
}

#[test]
fn the_data_are_as_made() {
    let mut files = Files::new();
    token(&mut files);
    path(&mut files);
    card(&mut files);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    if env::var_os("HONNIN_WRITE_EXAMPLES").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in &files {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let mut there: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(there, files.keys().copied().collect::<Vec<_>>());
    for (name, bytes) in &files {
        assert!(fs::read(folder.join(name)).unwrap() == *bytes, "{name}");
    }
}

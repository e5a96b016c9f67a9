//! Telling what a blob is, and describing it.

use crate::common;
use crate::synthetic::cert::{AUTH_TEST, Authority, Kind as Hierarchy, SIGN_TEST};
use crate::synthetic::cms::{Message, Signer, signing_time};
use crate::synthetic::der::{integer, oid, sequence, tlv};
use crate::synthetic::keys::Key;
use crate::synthetic::lists::{crl, ocsp};
use crate::synthetic::pdf::{DICTIONARY, signed, whole};
use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use honnin::Code;
use honnin::inspect::{Encoding, Field, Inspection, Kind, inspect};
use serde_json::Value;

const CONTENT: &[u8] = b"An application, signed.";

struct Blobs {
    authority: Authority,
    leaf: Vec<u8>,
    auth_leaf: Vec<u8>,
    cms: Vec<u8>,
    pdf: Vec<u8>,
}

fn blobs() -> Blobs {
    let authority = Authority::new("HONNIN-TEST", Hierarchy::Sign, 1, Key::p256("authority"));
    let auth = Authority::new("HONNIN-TEST", Hierarchy::Auth, 2, Key::p256("auth authority"));
    let key = Key::p256("leaf");
    let fields = authority.leaf(77, &key, SIGN_TEST);
    let leaf = fields.signed_by(&authority.key);
    let message = |content: &[u8]| {
        let signer = Signer::new(&fields, &key, content).with_attribute(signing_time("260630120000Z"));
        Message::new(content, &[&leaf, &authority.certificate], &[signer])
    };
    let cms = message(CONTENT).ber().write();
    let pdf = signed(b"%PDF-1.7\n", DICTIONARY, whole, |covered| {
        message(covered).detached().write()
    });
    Blobs {
        auth_leaf: auth.issue(78, &key, AUTH_TEST),
        authority,
        leaf,
        cms,
        pdf,
    }
}

/// The description as JSON, after what every description says was checked.
fn json(inspection: &Inspection) -> Value {
    let value: Value = serde_json::from_str(&inspection.to_json()).unwrap();
    assert_eq!(value["verified"], false);
    assert!(value["note"].as_str().unwrap().contains("Nothing was verified"));
    assert_eq!(value["kind"], inspection.kind.as_str());
    assert_eq!(value["encoding"], inspection.encoding.as_str());
    value
}

/// The values of all fields of a label, wherever they are.
fn values(value: &Value, label: &str) -> Vec<String> {
    let mut found = Vec::new();
    for field in value["fields"].as_array().into_iter().flatten() {
        if field["label"] == label {
            found.extend(field["value"].as_str().map(str::to_owned));
        }
        found.extend(values(field, label));
    }
    found
}

fn described(input: &[u8], kind: Kind, encoding: Encoding) -> Value {
    let inspection = inspect(input).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((inspection.kind, inspection.encoding), (kind, encoding));
    json(&inspection)
}

fn code(input: &[u8]) -> Code {
    inspect(input).unwrap_err().code()
}

fn pem(label: &str, der: &[u8]) -> String {
    let body = Base64::encode_string(der);
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "Bag Attributes\n  a: b\n-----BEGIN {label}-----\r\n{}\r\n-----END {label}-----\n",
        lines.join("\r\n")
    )
}

#[test]
fn every_kind_in_every_encoding() {
    let blobs = blobs();
    let spki = Key::p256("leaf").spki();
    let binaries = [
        (blobs.leaf.clone(), Kind::Certificate, "CERTIFICATE"),
        (
            blobs.authority.certificate.clone(),
            Kind::Certificate,
            "CERTIFICATE",
        ),
        (crl(&blobs.authority, &[1, 2]), Kind::Crl, "X509 CRL"),
        (crl(&blobs.authority, &[]), Kind::Crl, "X509 CRL"),
        (
            ocsp(&blobs.authority, 77, true),
            Kind::OcspResponse,
            "OCSP RESPONSE",
        ),
        (blobs.cms.clone(), Kind::SignedData, "CMS"),
        (spki, Kind::PublicKey, "PUBLIC KEY"),
    ];
    for (der, kind, label) in &binaries {
        described(der, *kind, Encoding::Der);
        described(pem(label, der).as_bytes(), *kind, Encoding::Pem);
        let base64 = Base64::encode_string(der);
        described(base64.as_bytes(), *kind, Encoding::Base64);
        described(base64.trim_end_matches('=').as_bytes(), *kind, Encoding::Base64);
        let broken_up: String = base64
            .chars()
            .enumerate()
            .flat_map(|(at, c)| [Some(c), (at % 70 == 69).then_some('\n')])
            .flatten()
            .collect();
        described(
            format!("\u{feff} {broken_up}\n").as_bytes(),
            *kind,
            Encoding::Base64,
        );
        described(
            Base64UrlUnpadded::encode_string(der).as_bytes(),
            *kind,
            Encoding::Base64,
        );
    }
    described(&blobs.pdf, Kind::SignedPdf, Encoding::File);
}

#[test]
fn a_certificate_for_people() {
    let blobs = blobs();
    let value = described(&blobs.leaf, Kind::Certificate, Encoding::Der);
    assert_eq!(
        values(&value, "Issuer"),
        ["C=JP, O=HONNIN-TEST, OU=JPKI for digital signature, OU=Synthetic, without any legal effect"]
    );
    assert_eq!(values(&value, "Valid until"), ["2030-01-01T14:59:59Z"]);
    assert_eq!(values(&value, "Public key"), ["EC, P-256"]);
    assert_eq!(
        values(&value, "keyUsage, critical"),
        ["digitalSignature, nonRepudiation"]
    );
    assert_eq!(
        values(&value, "Policy"),
        ["JPKI 署名用 (test) (1.2.392.200149.8.5.1.0.20)"]
    );
    assert_eq!(values(&value, "氏名 (name)"), ["見本　花子"]);
    let value = described(&blobs.auth_leaf, Kind::Certificate, Encoding::Der);
    assert_eq!(values(&value, "Purpose"), ["clientAuth (1.3.6.1.5.5.7.3.2)"]);
    let value = described(&blobs.authority.certificate, Kind::Certificate, Encoding::Der);
    assert_eq!(values(&value, "basicConstraints, critical"), ["authority"]);
}

/// What is left to see when personal fields stay closed.
fn open_text(fields: &[Field], out: &mut String) {
    for field in fields.iter().filter(|field| !field.personal) {
        out.push_str(&field.label);
        out.push_str(field.value.as_deref().unwrap_or_default());
        open_text(&field.fields, out);
    }
}

#[test]
fn what_tells_of_a_person_is_marked() {
    let blobs = blobs();
    let secrets = [
        "花子",
        "架空",
        "42000022",
        "Nowhere",
        "202510161726",
        "2030",
        "Serial number4d",
    ];
    for input in [&blobs.leaf, &blobs.cms, &blobs.pdf] {
        let inspection = inspect(input).unwrap();
        let whole = inspection.to_json();
        assert!(whole.contains("花子") && whole.contains("2030"));
        let mut open = String::new();
        open_text(&inspection.fields, &mut open);
        for secret in secrets {
            assert!(!open.contains(secret), "{secret} in {open}");
        }
        let debug = format!("{inspection:?} {:?}", inspection.fields);
        for secret in secrets {
            assert!(!debug.contains(secret), "{secret} in {debug}");
        }
    }
}

#[test]
fn a_message_for_people() {
    let blobs = blobs();
    let value = described(&blobs.cms, Kind::SignedData, Encoding::Der);
    assert_eq!(values(&value, "Content"), ["enclosed, 23 bytes"]);
    assert_eq!(
        values(&value, "Claims to have signed at"),
        ["2026-06-30T12:00:00Z"]
    );
    assert_eq!(values(&value, "Signed attributes"), ["there"]);
    assert_eq!(values(&value, "Subject").len(), 2);
    let value = described(&blobs.pdf, Kind::SignedPdf, Encoding::File);
    assert_eq!(values(&value, "Covers"), ["the whole file"]);
    assert_eq!(values(&value, "Content"), ["detached"]);
}

#[test]
fn lists_for_people() {
    let blobs = blobs();
    let many: Vec<u64> = (1..=200).collect();
    let value = described(&crl(&blobs.authority, &many), Kind::Crl, Encoding::Der);
    assert_eq!(values(&value, "Entries"), ["200"]);
    assert_eq!(values(&value, "Next update"), ["2026-07-10T00:00:00Z"]);
    assert!(value.to_string().contains("First 50 serial numbers"));
    let value = described(
        &ocsp(&blobs.authority, 77, true),
        Kind::OcspResponse,
        Encoding::Der,
    );
    assert_eq!(values(&value, "Status"), ["revoked"]);
    assert_eq!(values(&value, "Since"), ["2026-06-01T00:00:00Z"]);
    let refused = sequence(&[&[0x0a, 1, 6]]);
    let value = described(&refused, Kind::OcspResponse, Encoding::Der);
    assert_eq!(values(&value, "Response status"), ["unauthorized"]);
}

#[test]
fn tokens_and_keys() {
    let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    let token = format!(
        "{}.{}.{}",
        encode(r#"{"alg":"ES256","kid":"1"}"#),
        encode(r#"{"iss":"https://op.invalid","sub":"somebody","exp":1782864000,"name":"見本"}"#),
        encode("signature")
    );
    let inspection = inspect(token.as_bytes()).unwrap();
    let value = described(token.as_bytes(), Kind::Jws, Encoding::Text);
    assert_eq!(values(&value, "alg"), ["ES256"]);
    assert_eq!(values(&value, "exp"), ["1782864000 (2026-07-01T00:00:00Z)"]);
    assert_eq!(values(&value, "sub"), ["somebody"]);
    assert_eq!(values(&value, "Signature"), ["9 bytes, not verified"]);
    let mut open = String::new();
    open_text(&inspection.fields, &mut open);
    assert!(open.contains("https://op.invalid") && !open.contains("somebody") && !open.contains("見本"));

    let jwe = format!(
        "{}.{}.{}.{}.{}",
        encode(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM"}"#),
        encode("key"),
        encode("iv"),
        encode("ciphertext"),
        encode("tag")
    );
    let value = described(jwe.as_bytes(), Kind::Jwe, Encoding::Text);
    assert_eq!(values(&value, "enc"), ["A256GCM"]);

    let set = r#" {"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"BB","d":"SECRET"},7]} "#;
    let value = described(set.as_bytes(), Kind::JwkSet, Encoding::Text);
    assert_eq!(values(&value, "crv"), ["P-256"]);
    assert!(!value.to_string().contains("SECRET"));
    let value = described(br#"{"kty":"oct","k":"SECRET"}"#, Kind::Jwk, Encoding::Text);
    assert!(!value.to_string().contains("SECRET"));
}

#[test]
fn text_that_could_lead_astray_is_made_visible() {
    let authority = Authority::new(
        "evil\u{202e}\"\\\u{0}\u{2028}",
        Hierarchy::Sign,
        1,
        Key::p256("authority"),
    );
    let value = described(&authority.certificate, Kind::Certificate, Encoding::Der);
    let issuer = &values(&value, "Issuer")[0];
    assert!(issuer.contains("evil\u{fffd}\"\\\u{fffd}"), "{issuer}");
}

#[test]
fn what_is_nothing_known() {
    let blobs = blobs();
    let private = pem("PRIVATE KEY", &[0x30, 0]);
    for input in [
        &b""[..],
        b"   ",
        b"hello, world",
        b"\xff\xfe",
        b"0",
        b"MDAw",
        b"a.b",
        b"[1]",
        private.as_bytes(),
        pem("EC PRIVATE KEY", &[0x30, 0]).as_bytes(),
        pem("SOMETHING", &blobs.leaf).as_bytes(),
        b"-----BEGIN CERTIFICATE-----",
        b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END X509 CRL-----",
        &sequence(&[&integer(1), &integer(2)]),
        &sequence(&[&oid("2.999.1")]),
        br#"{"a":1}"#,
    ] {
        assert_eq!(
            code(input),
            Code::FormatUnknown,
            "{}",
            String::from_utf8_lossy(input)
        );
    }
    assert!(
        inspect(private.as_bytes())
            .unwrap_err()
            .message()
            .contains("private key")
    );
    assert_eq!(code(br#"{"kty":1,"kty":2}"#), Code::JsonDuplicateMember);
    assert_eq!(code(b"a.b.c"), Code::TokenMalformed);
    assert_eq!(code(b"%PDF-1.7\n"), Code::PdfMalformed);
    assert_eq!(
        code(&vec![0x30; honnin::inspect::MAX_BYTES + 1]),
        Code::InputTooLarge
    );
}

#[test]
fn a_malformed_one_is_refused_by_the_code_of_its_kind() {
    let blobs = blobs();
    let mut certificate = blobs.leaf;
    // The version, 3, made 9.
    let at = certificate
        .windows(5)
        .position(|window| window == [0xa0, 3, 2, 1, 2])
        .unwrap();
    certificate[at + 4] = 9;
    assert_eq!(code(&certificate), Code::CertificateMalformed);
    let mut list = crl(&blobs.authority, &[1]);
    let at = list.windows(3).position(|window| window == [2, 1, 1]).unwrap();
    list[at + 2] = 9;
    assert_eq!(code(&list), Code::CrlMalformed);
}

#[test]
fn crafted_input_never_panics() {
    let blobs = blobs();
    let inputs = [
        blobs.leaf.clone(),
        blobs.cms,
        crl(&blobs.authority, &[1, 2, 3]),
        ocsp(&blobs.authority, 77, false),
        pem("CERTIFICATE", &blobs.leaf).into_bytes(),
    ];
    let pieces: [&[u8]; 5] = [
        &[0x80],
        &[0, 0],
        &[0x84, 0xff, 0xff, 0xff, 0xff],
        b"-----",
        &[0x30],
    ];
    let mut random = common::Random::new(4);
    for round in 0..5_000 {
        let mutated = common::mutate(&mut random, &inputs[round % inputs.len()], &pieces);
        if let Ok(inspection) = inspect(&mutated) {
            json(&inspection);
        }
    }
    for input in &inputs {
        for cut in 0..input.len() {
            let _ = inspect(&input[..cut]);
        }
    }
}

#[test]
fn der_that_is_text_as_well() {
    // A key that nobody knows: its length is a graphic character, and every byte is part of one.
    let spki = sequence(&[
        &sequence(&[&oid("1.2.3.4")]),
        &tlv(3, &[&[0][..], &[b'A'; 24]].concat()),
    ]);
    assert!(core::str::from_utf8(&spki).is_ok() && spki[1].is_ascii_graphic());
    assert_eq!(
        inspect(&spki).map_err(|error| error.code()),
        Err(Code::AlgorithmUnsupported)
    );
    // What only begins so is text still.
    assert_eq!(
        inspect(b"0\tabc").map_err(|error| error.code()),
        Err(Code::FormatUnknown)
    );
}

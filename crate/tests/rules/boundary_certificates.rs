//! Certificates and signatures through the boundary: places in the buffer, PEM, option names, and mutations
//! of all of them.

use crate::common::{Random, mutate};
use honnin::boundary::{
    DEFAULT_INPUT_BYTES, inspect, read_holder, verify_certificate, verify_signature, verify_signed_data,
};
use serde_json::{Value, json};

/// A self-signed P-256 certificate, made with OpenSSL for these tests; valid from 2026-11 to 2125.
const CERTIFICATE: &str = include_str!("../data/boundary-certificate.pem");
const NOW: i64 = 1_800_000_000;

fn der() -> Vec<u8> {
    let body: String = CERTIFICATE
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    base64_decode(&body)
}

fn base64_decode(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let mut bits = 0_u32;
    let mut count = 0;
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let value = ALPHABET.iter().position(|letter| *letter == byte).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

fn answer(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn code(text: &str) -> String {
    let answer = answer(text);
    match answer["ok"].as_bool().unwrap() {
        true => "valid".into(),
        false => answer["code"].as_str().unwrap().to_owned(),
    }
}

fn options(certificate: &Value) -> Value {
    json!({"certificate": certificate, "anchors": [certificate], "now": NOW})
}

#[test]
fn places_in_the_buffer() {
    let der = der();
    let mut buffer = vec![0xff; 10];
    buffer.extend_from_slice(&der);
    buffer.push(0xff);
    let verify = |place: Value| code(&verify_certificate(&options(&place).to_string(), &buffer));
    assert_eq!(verify(json!([10, der.len()])), "valid");
    assert_eq!(verify(json!([9, der.len()])), "certificate-malformed");
    assert_eq!(verify(json!([10, der.len() + 1])), "certificate-malformed");
    assert_eq!(verify(json!([0, 0])), "certificate-malformed");
    for place in [
        json!([10, der.len() + 2]),
        json!([der.len() + 12, 0]),
        json!([4_294_967_295_u32, 4_294_967_295_u32]),
        json!([4_294_967_296_u64, 1]),
        json!([-1, 1]),
        json!([10.0, 1]),
        json!(["10", 1]),
        json!([10]),
        json!([10, 1, 1]),
        json!([]),
        json!(10),
        json!("text"),
        json!(null),
        json!({"text": 1}),
        json!({"text": [0]}),
        json!({"txt": [0, 1]}),
        json!([[10, der.len()]]),
    ] {
        assert_eq!(verify(place.clone()), "options-invalid", "{place}");
    }
}

#[test]
fn pem_by_text_and_by_bytes() {
    let buffer = CERTIFICATE.as_bytes();
    let place = json!([0, buffer.len()]);
    for certificate in [json!({"text": place}), place.clone()] {
        assert_eq!(
            code(&verify_certificate(&options(&certificate).to_string(), buffer)),
            "valid"
        );
    }
    let der = der();
    let as_text = json!({"text": [0, der.len()]});
    assert_eq!(
        code(&verify_certificate(&options(&as_text).to_string(), &der)),
        "certificate-malformed"
    );
    let twice = format!("{CERTIFICATE}\n{CERTIFICATE}");
    let certificate = json!({"text": [0, buffer.len()]});
    let mut both = options(&certificate);
    both["anchors"] = json!({"text": [0, twice.len()]});
    assert_eq!(
        code(&verify_certificate(&both.to_string(), twice.as_bytes())),
        "valid"
    );
    both["certificate"] = json!({"text": [0, twice.len()]});
    assert_eq!(
        code(&verify_certificate(&both.to_string(), twice.as_bytes())),
        "options-invalid"
    );
}

#[test]
fn the_answer_has_the_agreed_members() {
    let der = der();
    let place = json!([0, der.len()]);
    let names = |answer: &Value| -> Vec<String> { answer.as_object().unwrap().keys().cloned().collect() };
    let mut given = options(&place);
    let found = answer(&verify_certificate(&given.to_string(), &der));
    assert_eq!(
        names(&found),
        [
            "anchor",
            "ok",
            "path",
            "policies",
            "profile",
            "report",
            "revocation",
            "warnings"
        ]
    );
    assert_eq!(
        names(&found["path"][0]),
        [
            "issuer",
            "notAfter",
            "notBefore",
            "revocation",
            "serialNumber",
            "sha256",
            "subject"
        ]
    );
    assert_eq!(found["path"][0]["subject"], "OU=\\#c+CN=a\\,b,O=test");
    assert_eq!(found["path"][0]["serialNumber"], "8123");
    assert_eq!(found["revocation"], json!({"status": "not-checked"}));
    assert_eq!(found["profile"], Value::Null);
    given["revocation"] = json!({"ask": true, "require": "path"});
    let refusal = answer(&verify_certificate(&given.to_string(), &der));
    assert_eq!(names(&refusal), ["code", "message", "missing", "ok", "report"]);
    assert_eq!(refusal["code"], "revocation-unknown");
    assert_eq!(refusal["missing"].as_array().unwrap().len(), 1);
    let request = &refusal["missing"][0];
    assert_eq!(
        names(request),
        [
            "certificate",
            "distributionPoints",
            "issuer",
            "issuerPublicKey",
            "ocspRequest",
            "ocspUrls",
            "serialNumber"
        ]
    );
    assert_eq!(base64_decode(request["certificate"].as_str().unwrap()), der);
}

#[test]
fn options_that_nobody_reads_are_refused() {
    let der = der();
    let place = json!([0, der.len()]);
    type Function = fn(&str, &[u8]) -> String;
    let functions: [(Function, Value); 5] = [
        (verify_certificate, options(&place)),
        (
            verify_signature,
            json!({"certificate": place, "path": "not-checked", "now": NOW, "data": place, "signature": place,
                   "scheme": "ecdsa-p256-sha256"}),
        ),
        (
            verify_signed_data,
            json!({"message": place, "anchors": [place], "now": NOW}),
        ),
        (read_holder, json!({"certificate": place})),
        (inspect, json!({"input": place})),
    ];
    for (function, options) in functions {
        assert_ne!(
            code(&function(&options.to_string(), &der)),
            "options-invalid",
            "{options}"
        );
        for member in ["", "x", "Now", "revocatoin", "limits2"] {
            let mut wrong = options.clone();
            wrong[member] = json!(1);
            assert_eq!(
                code(&function(&wrong.to_string(), &der)),
                "options-invalid",
                "{wrong}"
            );
        }
        let mut wrong = options.clone();
        wrong["limits"] = json!({"signature": 1});
        assert_eq!(
            code(&function(&wrong.to_string(), &der)),
            "options-invalid",
            "{wrong}"
        );
        let mut small = options.clone();
        small["limits"] = json!({"inputBytes": der.len() - 1});
        assert_eq!(code(&function(&small.to_string(), &der)), "input-too-large");
        for text in ["", "{", "[]", "null", "{}"] {
            assert_eq!(code(&function(text, &der)), "options-invalid");
        }
    }
    assert_eq!(DEFAULT_INPUT_BYTES, 67_108_864);
    let large = vec![0; DEFAULT_INPUT_BYTES as usize + 1];
    assert_eq!(code(&inspect(r#"{"input":[0,1]}"#, &large)), "input-too-large");
}

/// Results stay JSON with a code for any options and bytes.
#[test]
fn mutations() {
    let der = der();
    let place = json!([0, der.len()]);
    let mut full = options(&place);
    full["intermediates"] = json!([place, {"text": place}]);
    full["revocation"] = json!({"crls": [place], "ocspResponses": place, "ask": true, "require": "path"});
    full["policies"] = json!(["1.2.3"]);
    full["keyUsage"] = json!(["digitalSignature"]);
    full["limits"] = json!({"signatures": 10});
    let signature = json!({"publicKey": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "data": place,
        "signature": place, "scheme": "ecdsa-p256-sha256", "now": NOW});
    let profile = json!({"certificate": place, "anchors": place, "profile": {"name": "x", "hierarchy": "sign",
        "organization": "test", "policies": ["1.2.3"], "keyUsage": ["digitalSignature"],
        "schemes": ["ecdsa-p256-sha256"]}, "now": NOW});
    let mut random = Random::new(11);
    let pieces: &[&[u8]] = &[
        b"[0,9]",
        b"{\"text\":[0,99]}",
        b"\"now\":1,",
        b"\"profile\":\"jpki-sign\",",
        b"-1",
        b"\x30\x82",
    ];
    for _ in 0..1_500 {
        for text in [full.to_string(), signature.to_string(), profile.to_string()] {
            let options = mutate(&mut random, text.as_bytes(), pieces);
            let options = String::from_utf8_lossy(&options);
            let bytes = mutate(&mut random, &der, pieces);
            for function in [
                verify_certificate,
                verify_signature,
                verify_signed_data,
                read_holder,
                inspect,
            ] {
                assert!(!code(&function(&options, &bytes)).is_empty());
            }
        }
    }
}

//! Signed packages in Rust: when a package is valid, the error of each invalid one, and hostile input.

use std::slice::from_ref;

use crate::common::{Random, code_of, mutate};
use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION};
use crate::synthetic::keys::Key;
use crate::synthetic::lists;
use crate::synthetic::package::{Bench, DOCUMENT, SERIAL, TEN_YEARS, TIME, base64, set};
use honnin::package::{AsOf, PackageOptions, SignedPackage, TimestampStatus};
use honnin::signature::Hash;
use honnin::signer::Judgement;
use honnin::x509::Revocation;
use honnin::{Status, boundary};
use serde_json::{Value, json};

#[test]
fn good_for_the_time_of_its_evidence() {
    let bench = Bench::new();
    let verified = bench.verify(&bench.package, |_| {}).unwrap();
    assert_eq!((verified.as_of, verified.as_of_source), (TIME, AsOf::Evidence));
    assert_eq!(verified.timestamp, TimestampStatus::NotEnclosed);
    let Judgement::Path(chain) = verified.certificate else {
        panic!("another judgement");
    };
    assert_eq!(chain.revocation, [Revocation::Good]);
    assert_eq!(chain.certificates, from_ref(&bench.leaf));
    let steps = verified.report.steps();
    let revocation: Vec<Status> = steps
        .iter()
        .filter(|step| step.id == "revocation")
        .map(|step| step.status)
        .collect();
    assert_eq!(revocation, [Status::Passed; 2]);
    let last: Vec<_> = steps[steps.len() - 2..]
        .iter()
        .map(|step| (step.id, step.status))
        .collect();
    assert_eq!(
        last,
        [("evidence-time", Status::Passed), ("timestamp", Status::Skipped)]
    );
}

#[test]
fn refusals() {
    let bench = Bench::new();
    let (authority, package) = (&bench.authority, &bench.package);
    let good = lists::ocsp(authority, SERIAL, false);
    let stranger = Authority::new(ORGANIZATION, Kind::Sign, 2, Key::p256("stranger"));
    let evidence =
        |crls: &[Vec<u8>], responses: &[Vec<u8>]| bench.with_evidence(json!(TIME), crls, responses);
    for (name, package, code) in [
        (
            "digest",
            set(package, "/digest/value", json!(base64(&[0; 32]))),
            "document-mismatch",
        ),
        (
            "size",
            set(package, "/document/size", json!(1)),
            "document-mismatch",
        ),
        (
            "form",
            set(package, "/signature/form", json!("bare")),
            "package-malformed",
        ),
        (
            "scheme",
            set(package, "/signature/scheme", json!("rsa-pkcs1-bare")),
            "package-malformed",
        ),
        (
            "ecdsaForm",
            set(package, "/signature/ecdsaForm", json!("der")),
            "package-malformed",
        ),
        (
            "signature",
            set(package, "/signature/value", json!(base64(&[1; 256]))),
            "signature-mismatch",
        ),
        (
            "certificate",
            set(package, "/certificate", json!("AAAA")),
            "certificate-malformed",
        ),
        (
            "revoked",
            evidence(&[], &[lists::ocsp(authority, SERIAL, true)]),
            "certificate-revoked",
        ),
        (
            "listed",
            evidence(&[lists::crl(authority, &[SERIAL])], from_ref(&good)),
            "certificate-revoked",
        ),
        (
            "of another",
            evidence(&[], &[lists::ocsp(authority, 78, false)]),
            "ocsp-certificate-mismatch",
        ),
        (
            "by another",
            evidence(&[lists::crl(&stranger, &[])], from_ref(&good)),
            "crl-signature-mismatch",
        ),
        ("no CRL", evidence(from_ref(&good), &[]), "crl-malformed"),
        (
            "no response",
            evidence(&[], &[lists::crl(authority, &[])]),
            "ocsp-malformed",
        ),
        (
            "none",
            bench.with_evidence(json!(null), &[], &[]),
            "revocation-unknown",
        ),
        (
            "a second later",
            set(package, "/evidence/time", json!(TIME + 1)),
            "evidence-time-mismatch",
        ),
        (
            "a second earlier",
            set(package, "/evidence/time", json!(TIME - 1)),
            "evidence-time-mismatch",
        ),
        (
            "when there was no certificate yet",
            set(package, "/evidence/time", json!(1_000)),
            "evidence-time-mismatch",
        ),
        (
            "when it had expired",
            set(package, "/evidence/time", json!(NOW + TEN_YEARS)),
            "evidence-time-mismatch",
        ),
        (
            "that of the older one",
            bench.with_evidence(
                json!(TIME - 86_400),
                &[lists::crl_since(authority, "260629000000Z", &[])],
                from_ref(&good),
            ),
            "evidence-time-mismatch",
        ),
        (
            "of the older one",
            bench.with_evidence(
                json!(TIME),
                &[lists::crl_since(authority, "260629000000Z", &[])],
                from_ref(&good),
            ),
            "valid",
        ),
        (
            "of no piece",
            bench.with_evidence(
                json!(TIME),
                &[lists::crl_since(authority, "260629000000Z", &[])],
                &[],
            ),
            "evidence-time-mismatch",
        ),
    ] {
        assert_eq!(bench.code(&package), code, "{name}");
    }
    assert_eq!(
        bench.code_with(package, |options| options.now = TIME - 300),
        "valid"
    );
    assert_eq!(
        bench.code_with(package, |options| options.now = TIME - 301),
        "evidence-in-future"
    );
    assert_eq!(
        bench.code_with(package, |options| options.at = Some(NOW)),
        "valid"
    );
    assert_eq!(
        bench.code_with(package, |options| options.at = Some(NOW + 864_000)),
        "ocsp-expired"
    );
    // The future is unknown.
    for (at, code) in [(NOW + 300, "valid"), (NOW + 301, "options-invalid")] {
        let found = bench.code_with(package, |options| {
            options.now = NOW;
            options.at = Some(at);
        });
        assert_eq!(found, code, "{}", at - NOW);
    }
    let none = bench.with_evidence(json!(null), &[], &[]);
    let unrequired = |options: &mut PackageOptions<'_>| options.evidence_required = false;
    assert_eq!(bench.code_with(&none, unrequired), "options-invalid");
    let verified = bench.verify(&none, |options| {
        options.evidence_required = false;
        options.at = Some(NOW);
    });
    assert_eq!(verified.unwrap().as_of_source, AsOf::Caller);
    // The report has the steps up to the failed one.
    let refusal = bench
        .verify(&set(package, "/evidence/time", json!(TIME + 1)), |_| {})
        .unwrap_err();
    let last = refusal.report().steps().last().unwrap();
    assert_eq!((last.id, last.status), ("evidence-time", Status::Failed));
    assert!(refusal.report().steps().iter().any(|step| step.id == "signature"));
}

fn boundary_options(bench: &Bench, text: &str) -> (Value, Vec<u8>) {
    let digest = Hash::Sha256.digest(DOCUMENT);
    let anchor = &bench.authority.certificate;
    let bytes = [text.as_bytes(), &digest, anchor].concat();
    let (first, second) = (text.len(), text.len() + digest.len());
    let options = json!({
        "package": {"text": [0, first]},
        "digest": [first, digest.len()],
        "size": DOCUMENT.len(),
        "anchors": [second, anchor.len()],
        "now": NOW,
    });
    (options, bytes)
}

#[test]
fn through_the_boundary() {
    let bench = Bench::new();
    let text = bench.package.to_string();
    let (options, bytes) = boundary_options(&bench, &text);
    let answer: Value =
        serde_json::from_str(&boundary::verify_signed_package(&options.to_string(), &bytes)).unwrap();
    assert_eq!(answer["ok"], json!(true), "{answer}");
    assert_eq!(answer["asOf"], json!(TIME));
    assert_eq!(answer["asOfSource"], json!("evidence"));
    assert_eq!(answer["timestamp"], json!({"status": "not-enclosed"}));
    assert_eq!(answer["revocation"], json!({"status": "good"}));
    let read = boundary::read_signed_package(r#"{"package":[0,0]}"#, &bytes);
    assert_eq!(code_of(&read), "package-malformed");
    let read = boundary::read_signed_package(&json!({"package": [0, text.len()]}).to_string(), &bytes);
    let read: Value = serde_json::from_str(&read).unwrap();
    assert_eq!(read["package"], bench.package);
    for (name, value) in [
        ("package", Value::Null),
        ("digest", Value::Null),
        ("digest", json!([0, 1])),
        ("size", json!(-1)),
        ("at", json!("now")),
        ("certificate", json!([0, 1])),
        ("revocation", json!({"crls": [0, 1]})),
        ("revocation", json!({"require": "path"})),
        ("timestamp", json!({})),
        ("timestamp", json!({"anchors": [], "more": 1})),
        ("more", json!(1)),
    ] {
        let mut changed = options.clone();
        match value {
            Value::Null => drop(changed.as_object_mut().unwrap().remove(name)),
            value => changed[name] = value,
        }
        let code = code_of(&boundary::verify_signed_package(&changed.to_string(), &bytes));
        assert_eq!(code, "options-invalid", "{changed}");
    }
}

/// Every mutated package has a result, and none is valid for another document, signature or certificate.
#[test]
fn mutations_end_in_an_answer() {
    let bench = Bench::new();
    let text = bench.package.to_string();
    let whole = SignedPackage::read(text.as_bytes()).unwrap();
    let mut random = Random::new(20_261_120);
    let pieces: &[&[u8]] = &[
        b"null",
        b"{}",
        b"[]",
        b",",
        b"\"",
        b"1e9",
        b"\"crls\":[",
        b"AAAA",
        b"\\u0000",
        b"\xff",
        b"ecdsa-p384-sha384",
        b"\"ecdsaForm\":\"raw\",",
    ];
    let mut good = 0;
    for _ in 0..4_000 {
        let changed = mutate(&mut random, text.as_bytes(), pieces);
        let Ok(package) = SignedPackage::read(&changed) else {
            continue;
        };
        let same = package.signature == whole.signature
            && package.certificate == whole.certificate
            && package.digest == whole.digest
            && package.crls == whole.crls
            && package.ocsp_responses == whole.ocsp_responses
            && package.evidence_time == whole.evidence_time;
        let changed = String::from_utf8(changed).unwrap();
        let (options, bytes) = boundary_options(&bench, &changed);
        let code = code_of(&boundary::verify_signed_package(&options.to_string(), &bytes));
        assert!(same || code != "valid", "{changed}");
        good += usize::from(code == "valid");
    }
    assert!(good > 0);
}

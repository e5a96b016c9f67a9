//! C2SP x509-limbo: all 138 cases of `../shared/vectors/limbo` that are about paths. Skipped with a notice where absent.
//!
//! Each case is held to what it asks: purpose, key usage, depth, time, CRLs. `limbo-exceptions.json` names the cases that end
//! otherwise than the suite says, and why; one that comes to agree with the suite makes the test fail. Four cases are about
//! the name of a host, which path validation is not asked about: they count as skipped.

use crate::vectors;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use base64ct::{Base64, Encoding};
use honnin::der::{Oid, contents_from_text};
use honnin::x509::{KeyUsage, PathOptions, Purpose, Requirement, TrustAnchor, verify_certificate};
use honnin::{Code, Status};
use serde_json::Value;

fn load() -> Option<Vec<Value>> {
    let path = vectors::folder("limbo", 138)?.join("limbo.json");
    let suite: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    Some(suite["testcases"].as_array().unwrap().clone())
}

fn der(pem: &Value) -> Vec<u8> {
    let body: String = pem
        .as_str()
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    Base64::decode_vec(&body).unwrap()
}

fn ders(case: &Value, name: &str) -> Vec<Vec<u8>> {
    case[name]
        .as_array()
        .map(|list| list.iter().map(der).collect())
        .unwrap_or_default()
}

/// Seconds since 1970 of `YYYY-MM-DDThh:mm:ss…+00:00`; now, where the case names no time.
fn time(case: &Value) -> i64 {
    let Some(text) = case["validation_time"].as_str() else {
        return SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
            .try_into()
            .unwrap();
    };
    assert!(text.ends_with("+00:00"), "{text}");
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut days: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let february = if leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    days += lengths.iter().take(month as usize - 1).sum::<i64>() + day - 1;
    ((days * 24 + number(11, 13)) * 60 + number(14, 16)) * 60 + number(17, 19)
}

fn purpose(case: &Value) -> &'static str {
    let asked = &case["extended_key_usage"][0];
    match (asked.as_str(), case["validation_kind"].as_str().unwrap()) {
        (Some("serverAuth"), _) | (None, "SERVER") => "1.3.6.1.5.5.7.3.1",
        (Some("clientAuth"), _) | (None, "CLIENT") => "1.3.6.1.5.5.7.3.2",
        other => panic!("{other:?}"),
    }
}

fn key_usage(case: &Value) -> Option<KeyUsage> {
    const BITS: &[&str] = &[
        "digitalSignature",
        "contentCommitment",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipher_only",
        "decipher_only",
    ];
    let wanted = case["key_usage"].as_array().unwrap();
    let bits = wanted.iter().map(|name| {
        let name = name.as_str().unwrap();
        KeyUsage(1 << BITS.iter().position(|bit| *bit == name).unwrap())
    });
    bits.reduce(KeyUsage::and)
}

fn run(case: &Value) -> Result<(), Code> {
    let (roots, intermediates) = (ders(case, "trusted_certs"), ders(case, "untrusted_intermediates"));
    let (leaf, crls) = (der(&case["peer_certificate"]), ders(case, "crls"));
    let anchors: Vec<_> = roots
        .iter()
        .filter_map(|der| TrustAnchor::from_certificate(der).ok())
        .collect();
    let intermediates: Vec<&[u8]> = intermediates.iter().map(Vec::as_slice).collect();
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let purpose = contents_from_text(purpose(case)).unwrap();

    let mut options = PathOptions::new(&anchors, time(case));
    options.intermediates = &intermediates;
    options.purpose = Some(Purpose::Allowed(Oid::new(&purpose)));
    options.key_usage = key_usage(case);
    if let Some(depth) = case["max_chain_depth"].as_u64() {
        options.limits.path_length = depth as usize + 1;
    }
    options.revocation.crls = &crls;
    if !crls.is_empty() {
        options.revocation.require = Requirement::Certificate;
    }
    match verify_certificate(&leaf, &options) {
        Ok(valid) => {
            let failed = |step: &honnin::Step| step.status == Status::Failed;
            assert!(!valid.report.steps().iter().any(failed));
            Ok(())
        }
        Err(error) => {
            let last = error.report().steps().last().unwrap();
            assert_eq!(last.status, Status::Failed);
            Err(error.code())
        }
    }
}

/// Cases about the names of hosts, which nobody asks path validation about.
fn needs_a_host_name(case: &Value) -> bool {
    name(case).contains("::san::")
}

fn name(case: &Value) -> &str {
    case["id"].as_str().unwrap()
}

fn exceptions() -> BTreeMap<String, Value> {
    let list: Vec<Value> = serde_json::from_str(include_str!("limbo-exceptions.json")).unwrap();
    list.into_iter()
        .map(|entry| (entry["case"].as_str().unwrap().to_owned(), entry))
        .collect()
}

#[test]
fn every_case_ends_as_limbo_says() {
    let Some(cases) = load() else { return };
    assert_eq!(cases.len(), 138);
    let mut exceptions = exceptions();
    let (mut wrong, mut left_out) = (Vec::new(), 0);
    for case in &cases {
        if needs_a_host_name(case) {
            left_out += 1;
            continue;
        }
        let name = name(case);
        let valid = case["expected_result"] == "SUCCESS";
        let actual = run(case).map_or_else(|code| code.as_str(), |()| "valid");
        let agrees = valid == (actual == "valid");
        match exceptions.remove(name) {
            None if agrees => {}
            None => wrong.push(format!("{name}: {actual}")),
            Some(exception) => {
                let expected = exception["expected"] == if valid { "valid" } else { "invalid" };
                if agrees || !expected || exception["actual"] != actual {
                    wrong.push(format!(
                        "{name}: {actual}, and the list of exceptions says otherwise"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        exceptions.is_empty(),
        "an exception names no case: {exceptions:?}"
    );
    assert_eq!(left_out, 4);
    vectors::skipped(left_out, "cases of x509-limbo about the names of hosts");
}

/// The reason names the sentence of the standard and what OpenSSL (`-x509_strict`), Go and webpki do.
#[test]
fn no_case_that_all_others_refuse_is_excepted() {
    for (name, exception) in exceptions() {
        let reason = exception["reason"].as_str().unwrap();
        assert!(
            reason.starts_with("RFC 5280 §") || name.ends_with("ca-as-leaf-wrong-san"),
            "{name}"
        );
        for other in ["OpenSSL -x509_strict", "Go", "webpki"] {
            assert!(reason.contains(other), "{name}: {other}");
        }
        let accepts = reason.ends_with("accept.") || reason.ends_with("accepts.");
        assert!(accepts, "{name}: nobody accepts it");
    }
}

//! C2SP Wycheproof, every file of `../shared/vectors/wycheproof`, every case. Absent files are skipped with a notice.
//!
//! `valid` must verify and `invalid` must not. How `acceptable` is treated, per flag:
//!
//! | flag | treated as | why |
//! |---|---|---|
//! | `MissingNull` | invalid | RFC 8017 §9.2 note 1 lists the DigestInfo with NULL parameters; a second accepted encoding would mean reading the block instead of comparing it |
//!
//! A flag that is not in this table, a group that is not in the table of schemes, or a case that is not run makes the
//! test fail. No file is left out; were there one of an algorithm that the verifier does not implement, it would stand in
//! `UNSUPPORTED` with the code that it must end in.

use crate::vectors;
use std::path::PathBuf;

use honnin::Code;
use honnin::signature::{EcdsaForm, Message, PublicKey, Scheme, verify};
use serde_json::Value;

/// Flag of an acceptable case, and whether it must verify.
const ACCEPTABLE: &[(&str, bool)] = &[("MissingNull", false)];

/// File, and the code in which every one of its cases must end.
const UNSUPPORTED: &[(&str, Code)] = &[];

fn unhex(text: &str) -> Vec<u8> {
    assert_eq!(text.len() % 2, 0, "hex of odd length");
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn scheme(group: &Value) -> (Scheme, EcdsaForm) {
    let text = |name: &str| group[name].as_str().unwrap_or_default();
    let scheme = match (text("type"), text("sha")) {
        ("RsassaPkcs1Verify", "SHA-256") => Scheme::RsaPkcs1Sha256,
        ("RsassaPkcs1Verify", "SHA-384") => Scheme::RsaPkcs1Sha384,
        ("RsassaPkcs1Verify", "SHA-512") => Scheme::RsaPkcs1Sha512,
        ("RsassaPssVerify", sha) => {
            assert_eq!(
                (text("mgf"), text("mgfSha")),
                ("MGF1", sha),
                "only MGF1 with the same hash"
            );
            let scheme = match sha {
                "SHA-256" => Scheme::RsaPssSha256,
                "SHA-384" => Scheme::RsaPssSha384,
                "SHA-512" => Scheme::RsaPssSha512,
                other => panic!("no scheme for PSS with {other}"),
            };
            assert_eq!(
                group["sLen"],
                scheme.hash().length(),
                "only salts of the hash's length"
            );
            scheme
        }
        ("EcdsaVerify" | "EcdsaP1363Verify", sha) => {
            match (group["publicKey"]["curve"].as_str().unwrap(), sha) {
                ("secp256r1", "SHA-256") => Scheme::EcdsaP256Sha256,
                ("secp384r1", "SHA-384") => Scheme::EcdsaP384Sha384,
                other => panic!("no scheme for ECDSA with {other:?}"),
            }
        }
        other => panic!("no scheme for {other:?}"),
    };
    let raw = text("type") == "EcdsaP1363Verify";
    (scheme, if raw { EcdsaForm::Raw } else { EcdsaForm::Der })
}

/// The group's key, read in two ways.
fn keys(group: &Value) -> [PublicKey; 2] {
    let spki = PublicKey::from_spki(&unhex(group["publicKeyDer"].as_str().unwrap())).unwrap();
    let parts = &group["publicKey"];
    let numbers = if parts["modulus"].is_string() {
        let number = |name: &str| {
            let bytes = unhex(parts[name].as_str().unwrap());
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            bytes[zeros..].to_vec()
        };
        PublicKey::rsa(&number("modulus"), &number("publicExponent")).unwrap()
    } else {
        let point = unhex(parts["uncompressed"].as_str().unwrap());
        if point.len() == 65 {
            PublicKey::ec_p256(&point).unwrap()
        } else {
            PublicKey::ec_p384(&point).unwrap()
        }
    };
    [spki, numbers]
}

fn must_verify(case: &Value) -> bool {
    match case["result"].as_str().unwrap() {
        "valid" => true,
        "invalid" => false,
        "acceptable" => {
            let verdicts: Vec<bool> = case["flags"]
                .as_array()
                .unwrap()
                .iter()
                .map(|flag| {
                    let known = ACCEPTABLE.iter().find(|(name, _)| flag == name);
                    known
                        .unwrap_or_else(|| panic!("acceptable for a reason not decided upon: {flag}"))
                        .1
                })
                .collect();
            assert!(!verdicts.is_empty());
            verdicts.iter().all(|verdict| *verdict)
        }
        other => panic!("unknown result {other}"),
    }
}

#[test]
fn every_case_of_every_file() {
    let Some(folder) = vectors::folder("wycheproof", 3_477) else {
        return;
    };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty(), "the folder of the vectors is empty");

    let mut wrong = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let suite: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let unsupported = UNSUPPORTED
            .iter()
            .find(|(name, _)| *name == file)
            .map(|(_, code)| *code);
        let mut run = 0;
        for group in suite["testGroups"].as_array().unwrap() {
            if let Some(code) = unsupported {
                let spki = unhex(group["publicKeyDer"].as_str().unwrap());
                assert_eq!(PublicKey::from_spki(&spki).unwrap_err().code(), code, "{file}");
                run += group["tests"].as_array().unwrap().len() as u64;
                continue;
            }
            let (scheme, form) = scheme(group);
            let keys = keys(group);
            for case in group["tests"].as_array().unwrap() {
                let data = unhex(case["msg"].as_str().unwrap());
                let signature = unhex(case["sig"].as_str().unwrap());
                let digest = scheme.hash().digest(&data);
                let expected = if must_verify(case) {
                    None
                } else {
                    Some(Code::SignatureMismatch)
                };
                for key in &keys {
                    for message in [Message::Data(&data), Message::Digest(&digest)] {
                        let actual = verify(scheme, key, message, &signature, form)
                            .err()
                            .map(|error| error.code());
                        if actual != expected {
                            wrong.push(format!("{file} #{}: {actual:?} for {expected:?}", case["tcId"]));
                        }
                    }
                }
                run += 1;
            }
        }
        assert_eq!(
            Some(run),
            suite["numberOfTests"].as_u64(),
            "{file}: not every case was run"
        );
        eprintln!("{file}: {run} cases");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

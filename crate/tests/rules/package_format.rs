//! The format of signed packages: what is read, what is not, and bounds.

use crate::synthetic::cert::NOW;
use crate::synthetic::package::{Bench, DOCUMENT, TIME, base64, set};
use honnin::package::SignedPackage;
use honnin::signature::Hash;
use serde_json::{Value, json};

/// The code that reading ends in.
fn read(text: &str) -> String {
    match SignedPackage::read(text.as_bytes()) {
        Ok(_) => "valid".into(),
        Err(error) => error.code().as_str().into(),
    }
}

#[test]
fn what_it_reads() {
    let bench = Bench::new();
    let package = SignedPackage::read(bench.package.to_string().as_bytes()).unwrap();
    assert_eq!(package.document.name, "委任状.txt");
    assert_eq!(package.document.size, Some(DOCUMENT.len() as u64));
    assert_eq!(package.hash, Hash::Sha256);
    assert_eq!(package.digest, Hash::Sha256.digest(DOCUMENT));
    assert_eq!(package.certificate, bench.leaf);
    assert_eq!(package.evidence_time, Some(TIME));
    assert_eq!((package.crls.len(), package.ocsp_responses.len()), (1, 1));
    assert_eq!(package.claimed_time, NOW);
    let shown = format!("{package:?}");
    assert!(!shown.contains("委任状") && !shown.contains("48, 130"), "{shown}");
}

#[test]
fn members_and_no_others() {
    let bench = Bench::new();
    let package = &bench.package;
    let objects = [
        "",
        "/document",
        "/digest",
        "/signature",
        "/evidence",
        "/claims",
        "/claims/report",
    ];
    for object in objects.into_iter().chain(["/claims/report/steps/0"]) {
        let more = set(package, &format!("{object}/more"), json!(1));
        assert_eq!(read(&more.to_string()), "package-malformed", "{object}");
        let members = package.pointer(object).unwrap().as_object().unwrap();
        for (name, value) in members {
            let optional = ["mediaType", "size", "ecdsaForm", "transaction"].contains(&name.as_str());
            let without = set(package, &format!("{object}/{name}-"), Value::Null);
            assert_eq!(
                read(&without.to_string()) == "valid",
                optional,
                "{object}/{name} missing"
            );
            for other in [
                json!(null),
                json!(true),
                json!(-1),
                json!(1.5),
                json!([1]),
                json!({}),
                json!("é"),
            ] {
                if *value == other || (name == "profile" || name == "environment") && other.is_null() {
                    continue;
                }
                let free = [
                    "name",
                    "mediaType",
                    "profile",
                    "transaction",
                    "id",
                    "reference",
                    "detail",
                ];
                if free.contains(&name.as_str()) && other.is_string() {
                    continue;
                }
                let changed = set(package, &format!("{object}/{name}"), other.clone());
                let code = read(&changed.to_string());
                let unknown = name == "scheme" && code == "algorithm-unsupported";
                let version = name == "version" && code == "package-version-unsupported";
                assert!(
                    code == "package-malformed" || unknown || version,
                    "{object}/{name} as {other}: {code}"
                );
            }
        }
    }
}

#[test]
fn versions_and_formats() {
    let bench = Bench::new();
    let text = bench.package.to_string();
    for (version, code) in [
        ("2", "package-version-unsupported"),
        ("0", "package-version-unsupported"),
        ("1.0", "package-version-unsupported"),
        ("10", "package-version-unsupported"),
        ("\"1\"", "package-malformed"),
        ("null", "package-malformed"),
    ] {
        let changed = text.replace("\"version\":1", &format!("\"version\":{version}"));
        assert_eq!(read(&changed), code, "{version}");
    }
    // Of a version to come, whatever else it has.
    assert_eq!(
        read(r#"{"format":"honnin-signed-package","version":2,"future":{}}"#),
        "package-version-unsupported"
    );
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"version":1}"#,
        r#"{"format":"honnin-signed-packages","version":1}"#,
        r#"{"format":"honnin-signed-package"}"#,
        "\u{feff}{}",
    ] {
        assert_eq!(read(text), "package-malformed", "{text}");
    }
    assert_eq!(read(&format!("\n {text}\n")), "valid");
    assert_eq!(read(&format!("{text}x")), "package-malformed");
    assert_eq!(
        read(&text.replace("\"digest\":", "\"digest\":{},\"digest\":")),
        "package-malformed"
    );
}

#[test]
fn one_base64_for_any_bytes() {
    let bench = Bench::new();
    for pointer in [
        "/certificate",
        "/signature/value",
        "/digest/value",
        "/evidence/crls/0",
        "/evidence/ocspResponses/0",
    ] {
        let text = bench
            .package
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned();
        for wrong in [
            String::new(),
            format!("{text}\n"),
            format!(" {text}"),
            format!("{text}="),
            format!("{text}===="),
            format!("{}-{}", &text[..4], &text[5..]),
            format!("{}\n{}", &text[..4], &text[4..]),
            format!("{text}A"),
        ] {
            let code = read(&set(&bench.package, pointer, json!(wrong)).to_string());
            assert_eq!(code, "package-malformed", "{pointer}: {wrong}");
        }
    }
    // Bits that no byte has.
    let sloppy = set(&bench.package, "/evidence/crls/0", json!("AAF="));
    assert_eq!(read(&sloppy.to_string()), "package-malformed");
    // An escape is JSON's business.
    let text = bench.package.to_string().replace('/', "\\/");
    assert_eq!(read(&text), "valid");
}

#[test]
fn bounds() {
    let bench = Bench::new();
    let package = &bench.package;
    let list = |count: usize| json!(vec!["AAAA"; count]);
    let text = |count: usize| json!("本".repeat(count));
    let step = package.pointer("/claims/report/steps/0").unwrap();
    for (pointer, good, bad) in [
        ("/evidence/crls", list(7), list(8)),
        ("/evidence/ocspResponses", list(7), list(8)),
        ("/timestamps", list(4), list(5)),
        ("/document/name", text(1_000), text(1_001)),
        ("/document/mediaType", text(4_000), text(4_001)),
        ("/claims/profile", text(4_000), text(4_001)),
        ("/claims/transaction", text(4_000), text(4_001)),
        (
            "/claims/report/steps",
            json!(vec![step; 1_000]),
            json!(vec![step; 1_001]),
        ),
        ("/claims/report/steps/0/detail", text(4_000), text(4_001)),
        (
            "/claims/createdAt",
            json!(253_402_300_799_i64),
            json!(253_402_300_800_i64),
        ),
        (
            "/evidence/time",
            json!(253_402_300_799_i64),
            json!(253_402_300_800_i64),
        ),
        ("/document/size", json!((1_u64 << 53) - 1), json!(1_u64 << 53)),
        (
            "/signature/value",
            json!(base64(&[1; 1_024])),
            json!(base64(&[1; 1_025])),
        ),
        (
            "/certificate",
            json!(base64(&vec![1; 65_536])),
            json!(base64(&vec![1; 65_537])),
        ),
        ("/digest/value", json!(base64(&[1; 32])), json!(base64(&[1; 31]))),
    ] {
        assert_eq!(
            read(&set(package, pointer, good).to_string()),
            "valid",
            "{pointer}"
        );
        assert_eq!(
            read(&set(package, pointer, bad).to_string()),
            "package-malformed",
            "{pointer}"
        );
    }
    let empty = bench.with_evidence(json!(null), &[], &[]);
    assert_eq!(read(&empty.to_string()), "valid");
    assert_eq!(
        read(&set(&empty, "/evidence/time", json!(1)).to_string()),
        "package-malformed"
    );
    assert_eq!(
        read(&set(package, "/evidence/time", json!(null)).to_string()),
        "package-malformed"
    );
    // Millions of values are not even kept.
    let values = format!("[{}0]", "0,".repeat(4_000_000));
    assert_eq!(read(&values), "package-malformed");
}

//! The texts that JavaScript exchanges with the boundary, where the text itself matters, and mutations of all
//! of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::common::{Random, mutate};
use honnin::Code;
use honnin::boundary::verify_id_token;
use honnin::jose::{IdTokenOptions, MAX_KEY_SET_BYTES, NumericDate};
use serde_json::Value;

struct Case {
    token: String,
    keys: String,
    options: String,
}

fn case(name: &str) -> Case {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/id-token/cases.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let case = cases.into_iter().find(|case| case["name"] == name).unwrap();
    let text = |name: &str| {
        case[name]
            .as_str()
            .map_or_else(|| case[name].to_string(), str::to_owned)
    };
    Case {
        token: text("token"),
        keys: text("keys"),
        options: text("options"),
    }
}

fn valid() -> Case {
    case("valid: ES256, key by kid")
}

/// `valid`, or the code.
fn outcome(token: &str, keys: &str, options: &str) -> String {
    let answer: Value = serde_json::from_str(&verify_id_token(token, keys, options)).unwrap();
    if answer["ok"] == true {
        "valid".to_owned()
    } else {
        answer["code"].as_str().unwrap().to_owned()
    }
}

#[test]
fn the_answer_has_exactly_the_agreed_members() {
    let Case { token, keys, options } = valid();
    let answer = verify_id_token(&token, &keys, &options);
    assert!(answer.starts_with("{\"ok\":true,\"header\":{"));
    let names = |answer: &str| -> Vec<String> {
        let answer: BTreeMap<String, Value> = serde_json::from_str(answer).unwrap();
        answer.into_keys().collect()
    };
    assert_eq!(names(&answer), ["claims", "header", "ok", "report"]);
    let answer = verify_id_token("", &keys, &options);
    assert_eq!(names(&answer), ["code", "message", "ok", "report"]);
    assert_eq!(
        verify_id_token(&token, &keys, "{}"),
        r#"{"ok":false,"code":"options-invalid","message":"issuer is missing","report":{
"steps":[]}}"#
    );
    // Callers find the report by the last line feed.
    let answer = verify_id_token(&token, &keys, &options);
    let (before, after) = answer.rsplit_once('\n').unwrap();
    assert!(before.ends_with(",\"report\":{") && after.starts_with("\"steps\":[{\"id\":\"size\","));
}

#[test]
fn options_as_text() {
    let Case { token, keys, options } = valid();
    let with = |member: &str| options.replacen('{', &format!("{{{member},"), 1);
    assert_eq!(outcome(&token, &keys, &with("\"maxAge\":1")), "claim-missing");
    assert_eq!(outcome(&token, &keys, &format!(" \n{options}\t")), "valid");
    for options in [
        String::new(),
        "issuer=x".to_owned(),
        "null".to_owned(),
        format!("[{options}]"),
        format!("{options}{options}"),
        with("\"issuer\":\"https://op.example/realms/main\""),
        with("\"iss\\u0075er\":\"https://op.example/realms/main\""),
        with("\"max\\u0041ge\":1,\"maxAge\":2"),
        with("\"maxAge\":1e1"),
        with("\"maxAge\":1.0"),
        with("\"maxAge\":-0"),
        with("\"clockTolerance\":0x10"),
        // Beyond 2^32, 2^64 and any number: what is left of it modulo a power of two would be valid.
        with("\"clockTolerance\":4294967296"),
        with("\"clockTolerance\":18446744073709551616"),
        with("\"clockTolerance\":100000000000000000000000000000000"),
        with("\"\":0"),
        with("\"an option\\u0000with a name that is too long or odd to repeat it here\":0"),
        options.replace("\"now\":", "\"then\":"),
        with(&format!("\"trustedAudiences\":[\"{}\"]", "a".repeat(1_048_576))),
    ] {
        assert_eq!(outcome(&token, &keys, &options), "options-invalid", "{options}");
    }
    let answer = verify_id_token(&token, &keys, &with("\"maxage\":1"));
    assert!(answer.contains("there is no option named maxage"), "{answer}");
}

#[test]
fn sizes() {
    let Case { token, keys, options } = valid();
    let padded = |length: usize| format!("{}{keys}", " ".repeat(length - keys.len()));
    assert_eq!(outcome(&token, &padded(MAX_KEY_SET_BYTES), &options), "valid");
    assert_eq!(
        outcome(&token, &padded(MAX_KEY_SET_BYTES + 1), &options),
        "key-set-malformed"
    );
    let long = case("size: more than 64 KiB, by default");
    assert_eq!(outcome(&long.token, &long.keys, &long.options), "token-too-large");
    let allowed = long.options.replacen('{', "{\"maxTokenBytes\":131072,", 1);
    assert_eq!(outcome(&long.token, &long.keys, &allowed), "valid");
}

/// Options that only the Rust interface accepts.
#[test]
fn options_as_values() {
    let Case { token, keys, .. } = valid();
    let now = NumericDate::from_seconds(1_800_000_000).unwrap();
    let options = IdTokenOptions::new(
        "https://op.example/realms/main",
        "client1",
        Some("n-0S6_WzA2Mj"),
        now,
    );
    let verify =
        |options: &IdTokenOptions<'_>| honnin::jose::verify_id_token(&token, &keys, options).map(|_| ());
    verify(&options).unwrap();
    type Change = fn(&mut IdTokenOptions<'_>);
    let changes: [Change; 7] = [
        |options| options.issuer = "",
        |options| options.client_id = "",
        |options| options.nonce = Some(""),
        |options| options.algorithms = &[],
        |options| options.clock_tolerance = 601,
        |options| options.access_token = Some(""),
        |options| options.access_token = Some("\u{e9}"),
    ];
    for change in changes {
        let mut options = options.clone();
        change(&mut options);
        let error = verify(&options).unwrap_err();
        assert_eq!(error.code(), Code::OptionsInvalid);
        assert!(error.report().steps().is_empty());
    }
}

/// Every truncation of each text has a result, and no truncated token is valid.
#[test]
fn truncations() {
    for name in [
        "valid: ES256, key by kid",
        "alg: RS256, allowed",
        "all checks at once",
    ] {
        let Case { token, keys, options } = case(name);
        for cut in 0..token.len() {
            assert_ne!(outcome(&token[..cut], &keys, &options), "valid", "{name}");
        }
        for cut in 0..keys.len() {
            assert_eq!(
                outcome(&token, &keys[..cut], &options),
                "key-set-malformed",
                "{name}"
            );
        }
        for cut in 0..options.len() {
            assert_eq!(
                outcome(&token, &keys, &options[..cut]),
                "options-invalid",
                "{name}"
            );
        }
    }
}

/// 20,000 mutations of each text: never a panic, always a JSON result with a known code. A mutated token is
/// valid only if it is the same token.
#[test]
fn mutations() {
    let known: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .chain(["valid"])
        .collect();
    let pieces: &[&[u8]] = &[
        b".",
        b"=",
        b"-",
        b"AAAA",
        b"eyJ9",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b"\\",
        b"\\u0000",
        b"\\ud800",
        b",",
        b":",
        b"0",
        b"1e400",
        b"-1",
        b"null",
        b"true",
        b"\"d\":\"\",",
        b"\"kty\":\"oct\",",
        b"\"alg\":\"none\",",
        b"\xe6\x9c\xac",
        b"\x00",
        b"{\"keys\":[",
        b"\"use\":\"enc\",",
    ];
    let bases = [valid(), case("alg: PS256, allowed"), case("all checks at once")];
    let mut random = Random::new(1980);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..60_000 {
        let base = &bases[random.below(bases.len())];
        let mut texts = [base.token.clone(), base.keys.clone(), base.options.clone()];
        let changed = round % 3;
        let mutated = mutate(&mut random, texts[changed].as_bytes(), pieces);
        texts[changed] = String::from_utf8_lossy(&mutated).into_owned();
        let outcome = outcome(&texts[0], &texts[1], &texts[2]);
        assert!(known.contains(&outcome.as_str()), "{outcome}");
        assert!(
            changed != 0 || outcome != "valid" || texts[0] == base.token,
            "{}",
            texts[0]
        );
        *counts.entry(outcome).or_default() += 1;
    }
    assert!(counts.len() > 15, "the mutations reach little: {counts:?}");
}

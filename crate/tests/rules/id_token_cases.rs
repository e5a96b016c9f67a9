//! The table of ID tokens in `tests/id-token`, which Node, Chromium and workerd also verify.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use base64ct::{Base64UrlUnpadded, Encoding};
use honnin::Code;
use honnin::boundary::{verify_id_token, verify_id_token_briefly};
use serde_json::Value;

/// The codes of the ID token verification. Each must occur in the table.
const CODES: &[Code] = &[
    Code::OptionsInvalid,
    Code::TokenMalformed,
    Code::TokenTooLarge,
    Code::JsonMalformed,
    Code::JsonDuplicateMember,
    Code::CriticalHeaderUnsupported,
    Code::AlgorithmNotAllowed,
    Code::AlgorithmUnsupported,
    Code::KeySetMalformed,
    Code::KeySetContainsSecret,
    Code::KeyNotFound,
    Code::KeyAmbiguous,
    Code::KeyUnsuitable,
    Code::KeyMalformed,
    Code::KeySizeUnsupported,
    Code::SignatureMismatch,
    Code::ClaimMissing,
    Code::ClaimMalformed,
    Code::IssuerMismatch,
    Code::AudienceMismatch,
    Code::AuthorizedPartyMismatch,
    Code::TokenExpired,
    Code::TokenNotYetValid,
    Code::TokenIssuedInFuture,
    Code::TokenTooOld,
    Code::NonceMismatch,
    Code::AccessTokenHashMismatch,
    Code::AuthenticationTooOld,
    Code::AcrMismatch,
];

fn cases() -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/id-token/cases.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn part(token: &str, index: usize) -> Option<Value> {
    let bytes = Base64UrlUnpadded::decode_vec(token.split('.').nth(index)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[test]
fn every_case() {
    let cases = cases();
    assert!(cases.len() >= 400);
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let token = case["token"].as_str().unwrap();
        let (keys, options) = (text(&case["keys"]), case["options"].to_string());
        let answer = verify_id_token(token, &keys, &options);
        let brief = verify_id_token_briefly(token, &keys, &options);
        let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut expected = answer.clone();
        if answer["ok"] == true {
            expected.as_object_mut().unwrap().remove("report");
        }
        assert_eq!(serde_json::from_str::<Value>(&brief).unwrap(), expected, "{name}");
        let outcome = if answer["ok"] == true {
            "valid"
        } else {
            answer["code"].as_str().unwrap()
        };
        if outcome != case["expected"] {
            wrong.push(format!(
                "{name}: {outcome} for {}: {}",
                case["expected"], answer["message"]
            ));
            continue;
        }

        let steps = answer["report"]["steps"].as_array().unwrap();
        let statuses: BTreeMap<&str, &str> = steps
            .iter()
            .map(|step| (step["id"].as_str().unwrap(), step["status"].as_str().unwrap()))
            .collect();
        assert_eq!(statuses.len(), steps.len(), "{name}: a step was noted twice");
        for (id, status) in case["steps"].as_object().into_iter().flatten() {
            if statuses.get(id.as_str()).copied() != status.as_str() {
                wrong.push(format!(
                    "{name}: {id} is {:?} for {status}",
                    statuses.get(id.as_str())
                ));
            }
        }
        for step in steps {
            assert!(!step["reference"].as_str().unwrap().is_empty(), "{name}");
            assert!(!step["detail"].as_str().unwrap().is_empty(), "{name}");
        }
        let failed: Vec<usize> = (0..steps.len())
            .filter(|at| steps[*at]["status"] == "failed")
            .collect();

        if outcome == "valid" {
            assert_eq!(answer["header"], part(token, 0).unwrap(), "{name}");
            assert_eq!(answer["claims"], part(token, 1).unwrap(), "{name}");
            assert_eq!((steps.len(), failed.as_slice()), (22, &[][..]), "{name}");
            continue;
        }
        assert_eq!(answer.get("claims"), None, "{name}");
        let message = answer["message"].as_str().unwrap();
        assert!(!message.is_empty(), "{name}");
        if let Some(wanted) = case["messageContains"]
            .as_str()
            .filter(|wanted| !message.contains(wanted))
        {
            wrong.push(format!("{name}: {wanted:?} is not in {message:?}"));
        }
        if outcome == "options-invalid" || outcome == "algorithm-unsupported" {
            assert!(
                steps.is_empty(),
                "{name}: the token was looked at before the options"
            );
        } else {
            assert_eq!(
                failed,
                [steps.len() - 1],
                "{name}: exactly the last step has failed"
            );
            assert_eq!(steps[steps.len() - 1]["detail"], message, "{name}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_has_every_code_and_unique_names() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), cases.len());
    let found: BTreeSet<&str> = cases
        .iter()
        .map(|case| case["expected"].as_str().unwrap())
        .collect();
    let wanted: BTreeSet<&str> = CODES.iter().map(|code| code.as_str()).chain(["valid"]).collect();
    assert_eq!(found, wanted);
}

/// Messages and reports contain neither personal data of the token nor secrets of the login.
#[test]
fn nothing_of_the_claims_is_told() {
    for case in cases() {
        let token = case["token"].as_str().unwrap();
        let answer = verify_id_token(token, &text(&case["keys"]), &case["options"].to_string());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let told = format!("{} {}", answer["message"], answer["report"]);
        let claims = part(token, 1).unwrap_or_default();
        let values = claims.as_object().into_iter().flat_map(|claims| claims.values());
        let options = ["nonce", "accessToken", "clientId", "issuer"].map(|name| &case["options"][name]);
        for value in values
            .chain(options)
            .filter_map(Value::as_str)
            .filter(|value| value.len() > 6)
        {
            assert!(!told.contains(value), "{}: {value} is told: {told}", case["name"]);
        }
    }
}

#[test]
fn debug_output_shows_no_token_nonce_or_claim() {
    let mut options = honnin::jose::IdTokenOptions::new(
        "https://op.example",
        "client",
        Some("secret-nonce"),
        honnin::jose::NumericDate::from_seconds(0).unwrap(),
    );
    options.access_token = Some("secret-token");
    let shown = format!("{options:?}");
    assert!(
        shown.contains("https://op.example") && !shown.contains("secret"),
        "{shown}"
    );
}

//! NIST PKITS 1.0.1: all 249 cases of `../shared/vectors/pkits`, revocation required. Skipped with a notice where absent.
//!
//! The certificates of a case are handed over without order, so that building the path is tested with validating it; a
//! second run hands over every certificate of the suite in every case. `pkits-exceptions.json` names the cases that end
//! otherwise than the suite says, and why; one that comes to agree with the suite makes the test fail.

use crate::vectors;
use std::collections::BTreeMap;
use std::path::PathBuf;

use honnin::der::{Oid, contents_from_text};
use honnin::x509::{PathOptions, Requirement, TrustAnchor, verify_certificate};
use honnin::{Code, Status};
use serde_json::Value;

/// 2011-04-15T00:00:00Z.
const TIME: i64 = 1_302_825_600;

fn files(folder: &PathBuf, extension: &str) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

struct Suite {
    certificates: BTreeMap<String, Vec<u8>>,
    crls: BTreeMap<String, Vec<u8>>,
    cases: Vec<Value>,
}

impl Suite {
    fn load() -> Option<Self> {
        let folder = vectors::folder("pkits", 249)?;
        Some(Self {
            certificates: files(&folder.join("certs"), "crt"),
            crls: files(&folder.join("crls"), "crl"),
            cases: serde_json::from_slice(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap(),
        })
    }
}

fn texts<'v>(case: &'v Value, name: &str) -> Option<Vec<&'v str>> {
    let list = case.get(name)?.as_array()?;
    Some(list.iter().map(|text| text.as_str().unwrap()).collect())
}

fn policies(case: &Value, name: &str) -> Option<Vec<Vec<u8>>> {
    let names = texts(case, name)?;
    let mut policies: Vec<_> = names
        .into_iter()
        .map(|name| {
            let text = match name.strip_prefix("NIST-test-policy-") {
                Some(number) => format!("2.16.840.1.101.3.2.1.48.{number}"),
                None if name == "anyPolicy" => "2.5.29.32.0".into(),
                None => name.into(),
            };
            contents_from_text(&text).unwrap()
        })
        .collect();
    policies.sort();
    Some(policies)
}

struct Verdict {
    result: Result<Vec<Vec<u8>>, Code>,
    /// The last step of the report failed exactly if the whole did.
    report_agrees: bool,
}

fn run(suite: &Suite, case: &Value, all_certificates: bool) -> Verdict {
    let path = texts(case, "path").unwrap();
    let anchor = &suite.certificates[path[0]];
    let leaf = &suite.certificates[*path.last().unwrap()];
    let anchors = [TrustAnchor::from_certificate(anchor).unwrap()];
    let intermediates: Vec<&[u8]> = if all_certificates {
        suite.certificates.values().map(Vec::as_slice).collect()
    } else {
        let between = &path[1..path.len() - 1];
        between
            .iter()
            .map(|name| suite.certificates[*name].as_slice())
            .collect()
    };
    let crls: Vec<&[u8]> = texts(case, "crls")
        .unwrap()
        .iter()
        .map(|name| suite.crls[*name].as_slice())
        .collect();
    let initial = policies(case, "initialPolicySet").unwrap_or_default();
    let initial: Vec<_> = initial.iter().map(|contents| Oid::new(contents)).collect();
    let flag = |name: &str| case.get(name).and_then(Value::as_bool).unwrap_or(false);

    let mut options = PathOptions::new(&anchors, TIME);
    options.intermediates = &intermediates;
    options.initial_policies = &initial;
    options.explicit_policy = flag("initialExplicitPolicy");
    options.inhibit_policy_mapping = flag("initialPolicyMappingInhibit");
    options.inhibit_any_policy = flag("initialInhibitAnyPolicy");
    options.revocation.crls = &crls;
    options.revocation.require = Requirement::Path;
    match verify_certificate(leaf, &options) {
        Ok(valid) => Verdict {
            result: Ok(valid
                .policies
                .iter()
                .map(|policy| policy.as_bytes().to_vec())
                .collect()),
            report_agrees: valid
                .report
                .steps()
                .iter()
                .all(|step| step.status == Status::Passed),
        },
        Err(error) => Verdict {
            result: Err(error.code()),
            report_agrees: error
                .report()
                .steps()
                .last()
                .is_some_and(|step| step.status == Status::Failed),
        },
    }
}

fn exceptions() -> BTreeMap<String, Value> {
    let text = include_str!("pkits-exceptions.json");
    let list: Vec<Value> = serde_json::from_str(text).unwrap();
    list.into_iter()
        .map(|entry| {
            assert!(!entry["reason"].as_str().unwrap().is_empty());
            (entry["case"].as_str().unwrap().to_owned(), entry)
        })
        .collect()
}

/// Runs every case; gives what disagrees.
fn judge(suite: &Suite, all_certificates: bool) -> Vec<String> {
    let exceptions = exceptions();
    let mut used = 0;
    let mut wrong = Vec::new();
    for case in &suite.cases {
        let name = format!(
            "{} {}",
            case["number"].as_str().unwrap(),
            case["name"].as_str().unwrap()
        );
        let valid = case["valid"].as_bool().unwrap();
        let verdict = run(suite, case, all_certificates);
        if !verdict.report_agrees {
            wrong.push(format!("{name}: the report does not agree with the result"));
        }
        let expected_set = policies(case, "userConstrainedPolicySet");
        if let Some(exception) = exceptions.get(case["number"].as_str().unwrap()) {
            used += 1;
            assert_eq!(exception["expected"], if valid { "valid" } else { "invalid" });
            let actual = match &verdict.result {
                Ok(_) => "valid",
                Err(code) => code.as_str(),
            };
            if exception["actual"] != actual || valid == verdict.result.is_ok() {
                wrong.push(format!(
                    "{name}: {actual}, and the list of exceptions says otherwise"
                ));
            }
            continue;
        }
        match verdict.result {
            Ok(set) if valid => {
                // Where a case does not say, PKITS means NIST-test-policy-1 (the settings of its section 4).
                let expected = expected_set
                    .unwrap_or_else(|| vec![contents_from_text("2.16.840.1.101.3.2.1.48.1").unwrap()]);
                if set != expected {
                    wrong.push(format!("{name}: other policies: {set:?}"));
                }
            }
            Ok(_) => wrong.push(format!("{name}: accepted")),
            Err(code) if valid => wrong.push(format!("{name}: refused, {code}")),
            // Where the suite says that no policy is left, this is why the path is not valid.
            Err(code)
                if expected_set.is_some_and(|set| set.is_empty())
                    && !matches!(code, Code::PolicyNotAcceptable | Code::PolicyMappingInvalid) =>
            {
                wrong.push(format!("{name}: refused for another reason, {code}"));
            }
            Err(_) => {}
        }
    }
    assert_eq!(used, exceptions.len(), "an exception names no case");
    wrong
}

#[test]
fn every_case_ends_as_pkits_says() {
    let Some(suite) = Suite::load() else { return };
    assert_eq!(suite.cases.len(), 249);
    let wrong = judge(&suite, false);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_ends_so_among_all_certificates() {
    let Some(suite) = Suite::load() else { return };
    let wrong = judge(&suite, true);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn only_dsa_is_excepted() {
    let exceptions = exceptions();
    let cases: Vec<_> = exceptions.keys().map(String::as_str).collect();
    assert_eq!(cases, ["4.1.4", "4.1.5"]);
    assert!(
        exceptions
            .values()
            .all(|entry| entry["actual"] == "algorithm-unsupported")
    );
}

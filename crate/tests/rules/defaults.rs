//! `data/defaults.json` has the defaults of the options, by their names in JavaScript: `tests/docs/defaults.test.ts`
//! compares the documentation with it.
use honnin::cms::CmsOptions;
use honnin::jose::{IdTokenOptions, NumericDate};
use honnin::package::PackageOptions;
use honnin::signer::Rules;
use honnin::x509::{Limits, PathOptions, Requirement, RevocationOptions};
use serde_json::{Value, json};

fn limits() -> Value {
    let limits = Limits::default();
    json!({
        "certificateBytes": limits.certificate_bytes,
        "intermediates": limits.intermediates,
        "pathLength": limits.path_length,
        "signatures": limits.signatures,
        "candidates": limits.candidates,
        "policies": limits.policies,
        "nameComparisons": limits.name_comparisons,
        "evidence": limits.evidence,
        "scannedBytes": limits.scanned_bytes,
    })
}

fn path() -> Value {
    let options = PathOptions::new(&[], 0);
    json!({
        "policies": options.initial_policies.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "explicitPolicy": options.explicit_policy,
        "inhibitPolicyMapping": options.inhibit_policy_mapping,
        "inhibitAnyPolicy": options.inhibit_any_policy,
        "keyUsage": options.key_usage.map(|bits| format!("{bits:?}")),
        "purpose": options.purpose.map(|purpose| format!("{purpose:?}")),
        "allowSha1": options.allow_sha1,
    })
}

fn revocation() -> Value {
    let options = RevocationOptions::default();
    let require = match options.require {
        Requirement::Nothing => "nothing",
        Requirement::Certificate => "certificate",
        Requirement::Path => "path",
        _ => panic!("another requirement"),
    };
    json!({
        "crls": options.crls,
        "require": require,
        "reportOnly": options.report_only,
        "clockTolerance": options.clock_tolerance,
        "crlMaxAge": options.crl_max_age,
        "ocspMaxAge": options.ocsp_max_age,
    })
}

fn id_token() -> Value {
    let options = IdTokenOptions::new("issuer", "client", None, NumericDate::from_seconds(0).unwrap());
    json!({
        "algorithms": options.algorithms.iter().map(|name| name.as_str()).collect::<Vec<_>>(),
        "clockTolerance": options.clock_tolerance,
        "maxAge": options.max_age,
        "maxTokenAge": options.max_token_age,
        "acrValues": options.acr_values,
        "trustedAudiences": options.trusted_audiences,
        "maxTokenBytes": options.max_token_bytes,
    })
}

fn package() -> Value {
    let options = PackageOptions::new(Rules::Path(PathOptions::new(&[], 0)), 0);
    json!({
        "evidenceRequired": options.evidence_required,
        "clockTolerance": options.clock_tolerance,
        "timestamps": options.timestamps.map(|_| "checked"),
    })
}

#[test]
fn the_file_has_the_defaults() {
    let written: Value = serde_json::from_str(include_str!("../data/defaults.json")).unwrap();
    let defaults = json!({
        "limits": limits(),
        "path": path(),
        "revocation": revocation(),
        "idToken": id_token(),
        "package": package(),
        "cms": { "allowSha1": CmsOptions::default().allow_sha1 },
    });
    assert_eq!(
        written, defaults,
        "crate/tests/data/defaults.json should be\n{defaults:#}"
    );
}

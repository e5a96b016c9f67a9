//! Signed packages, natively: the format, what each is refused for, and hostile input; and hashing piece by piece.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;
mod synthetic;

use std::slice::from_ref;

use base64ct::{Base64, Encoding as _};
use common::{Random, mutate};
use honnin::boundary;
use honnin::package::{
    AsOf, Candidates, DocumentDigest, Judgement, PackageOptions, Piece, Rules, SignedPackage,
    TimestampStatus, choose_evidence, verify_signed_package,
};
use honnin::signature::Hash;
use honnin::x509::{PathOptions, Revocation, TrustAnchor};
use honnin::{Code, Error, Status};
use serde_json::{Value, json};
use synthetic::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use synthetic::keys::{How, Key};
use synthetic::lists;

const DOCUMENT: &[u8] = b"a power of attorney";
const SERIAL: u64 = 77;
/// thisUpdate of the evidence, 2026-06-30.
const TIME: i64 = NOW - 86_400;
const TEN_YEARS: i64 = 315_360_000;

/// An authority, a card of its, and a package with both kinds of evidence.
struct Bench {
    authority: Authority,
    leaf: Vec<u8>,
    package: Value,
}

fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

impl Bench {
    fn new() -> Self {
        let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
        let key = Key::rsa(1);
        let leaf = authority.issue(SERIAL, &key, SIGN_TEST);
        let package = json!({
            "format": "honnin-signed-package",
            "version": 1,
            "document": {"name": "委任状.txt", "mediaType": "text/plain", "size": DOCUMENT.len()},
            "digest": {"algorithm": "sha256", "value": base64(&Hash::Sha256.digest(DOCUMENT))},
            "signature": {
                "scheme": "rsa-pkcs1-sha256",
                "form": "digest-info",
                "value": base64(&key.sign(How::Usual(Hash::Sha256), DOCUMENT)),
            },
            "certificate": base64(&leaf),
            "evidence": {
                "time": TIME,
                "crls": [base64(&lists::crl(&authority, &[5, 6]))],
                "ocspResponses": [base64(&lists::ocsp(&authority, SERIAL, false))],
            },
            "timestamps": [],
            "claims": {
                "createdAt": NOW,
                "profile": "jpki-sign-test",
                "environment": "test",
                "transaction": "8b1f4f0e",
                "report": {"steps": [{"id": "signature", "status": "passed", "reference": "RFC", "detail": ""}]},
            },
        });
        Self {
            authority,
            leaf,
            package,
        }
    }

    fn with_evidence(&self, time: Value, crls: &[Vec<u8>], responses: &[Vec<u8>]) -> Value {
        let list = |pieces: &[Vec<u8>]| pieces.iter().map(|der| base64(der)).collect::<Vec<_>>();
        let mut package = self.package.clone();
        package["evidence"] = json!({"time": time, "crls": list(crls), "ocspResponses": list(responses)});
        package
    }

    fn verify(
        &self,
        package: &Value,
        change: impl FnOnce(&mut PackageOptions<'_>),
    ) -> Result<honnin::package::VerifiedPackage, Error> {
        let package = SignedPackage::read(package.to_string().as_bytes())?;
        let anchors = [TrustAnchor::from_certificate(&self.authority.certificate).unwrap()];
        let digest = Hash::Sha256.digest(DOCUMENT);
        let document = DocumentDigest {
            digest: &digest,
            size: Some(DOCUMENT.len() as u64),
        };
        let mut options = PackageOptions {
            rules: Rules::Path(PathOptions::new(&anchors, 0)),
            now: NOW + TEN_YEARS,
            at: None,
            evidence_required: true,
            clock_skew: 300,
            timestamps: None,
        };
        change(&mut options);
        verify_signed_package(&package, &document, &options)
    }

    fn code(&self, package: &Value) -> String {
        self.code_with(package, |_| {})
    }

    fn code_with(&self, package: &Value, change: impl FnOnce(&mut PackageOptions<'_>)) -> String {
        match self.verify(package, change) {
            Ok(_) => "valid".into(),
            Err(error) => error.code().as_str().into(),
        }
    }
}

/// The code that reading ends in.
fn read(text: &str) -> String {
    match SignedPackage::read(text.as_bytes()) {
        Ok(_) => "valid".into(),
        Err(error) => error.code().as_str().into(),
    }
}

fn set(package: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = package.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match (&value, parent.as_object_mut()) {
        (Value::Null, Some(object)) if name.ends_with('-') => {
            object.remove(name.trim_end_matches('-'));
        }
        (_, Some(object)) => {
            object.insert(name.to_owned(), value);
        }
        (_, None) => parent[name.parse::<usize>().unwrap()] = value,
    }
    changed
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
    // Nobody can tell yet.
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
    // The steps up to the one that failed are there.
    let refusal = bench
        .verify(&set(package, "/evidence/time", json!(TIME + 1)), |_| {})
        .unwrap_err();
    let last = refusal.report().steps().last().unwrap();
    assert_eq!((last.id, last.status), ("evidence-time", Status::Failed));
    assert!(refusal.report().steps().iter().any(|step| step.id == "signature"));
}

#[test]
fn an_unknown_algorithm_in_evidence_is_no_fault_of_the_signature() {
    let bench = Bench::new();
    let der = lists::ocsp(&bench.authority, SERIAL, false);
    // The last byte of ecdsa-with-SHA256, behind what was signed.
    let arc = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let at = der.windows(arc.len()).rposition(|window| window == arc).unwrap();
    let mut changed = der.clone();
    changed[at + arc.len() - 1] = 9;
    let package = bench.with_evidence(json!(TIME), &[], &[changed]);
    let refusal = bench.verify(&package, |_| {}).unwrap_err();
    assert_eq!(refusal.code(), Code::RevocationUnknown);
    assert!(refusal.message().contains("not supported"), "{refusal}");
}

#[test]
fn every_bit_of_the_evidence_counts() {
    let bench = Bench::new();
    for (name, der) in [
        ("crls", lists::crl(&bench.authority, &[5, 6])),
        ("ocspResponses", lists::ocsp(&bench.authority, SERIAL, false)),
    ] {
        let mut changed = der.clone();
        for at in 0..der.len() {
            for bit in 0..8 {
                changed[at] ^= 1 << bit;
                let package = set(
                    &bench.package,
                    &format!("/evidence/{name}/0"),
                    json!(base64(&changed)),
                );
                let code = bench.code(&package);
                let own = [
                    "revocation-unknown",
                    "certificate-revoked",
                    "evidence-time-mismatch",
                ];
                assert!(
                    code.starts_with("crl-") || code.starts_with("ocsp-") || own.contains(&code.as_str()),
                    "bit {bit} of byte {at} of {name}: {code}"
                );
                changed[at] ^= 1 << bit;
            }
        }
    }
}

/// What is chosen of these pieces: the piece and its time.
fn choose(
    bench: &Bench,
    responses: &[&[u8]],
    crls: &[&[u8]],
    now: i64,
    clock_skew: i64,
) -> Result<Option<(Vec<u8>, i64)>, Code> {
    let anchors = [TrustAnchor::from_certificate(&bench.authority.certificate).unwrap()];
    let rules = Rules::Path(PathOptions::new(&anchors, 0));
    let candidates = Candidates {
        ocsp_responses: responses,
        crls,
    };
    choose_evidence(&bench.leaf, &candidates, &rules, now, clock_skew)
        .map_err(|error| error.code())
        .map(|chosen| {
            chosen.map(|chosen| match chosen.piece {
                Piece::Ocsp(der) | Piece::Crl(der) => (der.to_vec(), chosen.time),
            })
        })
}

#[test]
fn which_evidence_is_chosen() {
    let bench = Bench::new();
    let authority = &bench.authority;
    let (older, newer) = (
        lists::crl_since(authority, "260629000000Z", &[]),
        lists::crl_since(authority, "260630120000Z", &[]),
    );
    let response = lists::ocsp(authority, SERIAL, false);
    let (other, revoked) = (
        lists::ocsp(authority, 78, false),
        lists::ocsp(authority, SERIAL, true),
    );
    let choose = |responses: &[&[u8]], crls: &[&[u8]], now| choose(&bench, responses, crls, now, 0);
    assert_eq!(choose(&[], &[], NOW), Ok(None));
    assert_eq!(choose(&[&other, &[0]], &[&[0]], NOW), Ok(None));
    let by_response = Ok(Some((response.clone(), TIME)));
    assert_eq!(choose(&[&other, &response], &[&newer], NOW), by_response);
    let by_list = Ok(Some((newer.clone(), TIME + 43_200)));
    assert_eq!(choose(&[&other], &[&older, &newer, &older], NOW), by_list);
    let earlier = Ok(Some((older.clone(), TIME - 86_400)));
    assert_eq!(choose(&[], &[&older, &newer], TIME), earlier);
    assert_eq!(
        choose(&[&response, &revoked], &[&older], NOW),
        Err(Code::CertificateRevoked)
    );
    assert_eq!(choose(&[], &vec![&older[..]; 65], NOW), Err(Code::OptionsInvalid));
    // As many as are looked at, of which each costs two checks.
    assert_eq!(choose(&vec![&response[..]; 64], &[], NOW), by_response);
}

#[test]
fn evidence_that_is_not_current_today_is_none() {
    let bench = Bench::new();
    let authority = &bench.authority;
    let (response, list) = (lists::ocsp(authority, SERIAL, false), lists::crl(authority, &[]));
    // Ten days after thisUpdate.
    let end = TIME + 864_000;
    for (responses, crls) in [(vec![&response[..]], vec![]), (vec![], vec![&list[..]])] {
        let choose = |now, skew| choose(&bench, &responses, &crls, now, skew).map(|piece| piece.is_some());
        assert_eq!(choose(end, 0), Ok(true));
        assert_eq!(choose(end + 1, 0), Ok(false));
        assert_eq!(choose(end + 300, 300), Ok(true));
        assert_eq!(choose(end + 301, 300), Ok(false));
        assert_eq!(choose(TIME - 300, 300), Ok(true));
        assert_eq!(choose(TIME - 301, 300), Ok(false));
    }
    // One that is not current does not stand in for one that is.
    let older = lists::crl_since(authority, "260629000000Z", &[]);
    let over = lists::Answer {
        next_update: Some("20260630120000Z"),
        ..lists::Answer::new(authority, SERIAL, false)
    };
    let over = lists::ocsp_of(authority, &[over], &[]);
    let by_list = Ok(Some((older.clone(), TIME - 86_400)));
    assert_eq!(choose(&bench, &[&over], &[&older], NOW, 0), by_list);
}

#[test]
fn a_revocation_counts_however_it_is_shown() {
    let bench = Bench::new();
    let authority = &bench.authority;
    let stranger = Authority::new(ORGANIZATION, Kind::Auth, 2, Key::p256("stranger"));
    let good = lists::ocsp(authority, SERIAL, false);
    let answer = |revoked| [lists::Answer::new(authority, SERIAL, revoked)];
    let foreign = from_ref(&stranger.certificate);
    // With a certificate that somebody else issued: a good answer is no evidence then, a revocation is one.
    let unclear = lists::ocsp_of(authority, &answer(false), foreign);
    assert_eq!(choose(&bench, &[&unclear], &[], NOW, 0), Ok(None));
    let revoked = lists::ocsp_of(authority, &answer(true), foreign);
    assert_eq!(
        choose(&bench, &[&good, &revoked], &[], NOW, 0),
        Err(Code::CertificateRevoked)
    );
    let package = bench.with_evidence(json!(TIME), &[], &[revoked]);
    assert_eq!(bench.code(&package), "certificate-revoked");
    // By a delta CRL, which says nothing without the complete one.
    let [base, delta] = lists::delta_of(authority, SERIAL);
    assert_eq!(choose(&bench, &[], &[&delta], NOW, 0), Ok(None));
    assert!(choose(&bench, &[], &[&base], NOW, 0).unwrap().is_some());
    for responses in [vec![], vec![&good[..]]] {
        assert_eq!(
            choose(&bench, &responses, &[&base, &delta], NOW, 0),
            Err(Code::CertificateRevoked)
        );
    }
}

#[test]
fn the_time_is_that_of_the_answer_about_the_certificate() {
    let bench = Bench::new();
    let authority = &bench.authority;
    // Another generation has the same name, and issued a certificate of the same number.
    let earlier = Key::p256("the generation before").identifier();
    for (this_update, next_update) in [
        ("20260630120000Z", Some("20260710000000Z")),
        ("20260630120000Z", None),
        ("20260629000000Z", Some("20260710000000Z")),
    ] {
        let other = lists::Answer {
            key: earlier.clone(),
            this_update,
            next_update,
            ..lists::Answer::new(authority, SERIAL, true)
        };
        let answers = [lists::Answer::new(authority, SERIAL, false), other.clone()];
        let both = lists::ocsp_of(authority, &answers, &[]);
        let chosen = choose(&bench, &[&both], &[], NOW, 0);
        assert_eq!(chosen, Ok(Some((both.clone(), TIME))), "{this_update}");
        let package = bench.with_evidence(json!(TIME), &[], from_ref(&both));
        let verified = bench.verify(&package, |_| {}).unwrap();
        assert_eq!(verified.as_of, TIME);
        // Nor is the time of the other one taken for it.
        let time = if this_update.starts_with("20260629") {
            TIME - 86_400
        } else {
            TIME + 43_200
        };
        let package = bench.with_evidence(json!(time), &[], from_ref(&both));
        let code = bench.code(&package);
        let expected = if time < TIME {
            "ocsp-not-yet-valid"
        } else {
            "evidence-time-mismatch"
        };
        assert_eq!(code, expected);
        let alone = lists::ocsp_of(authority, &[other], &[]);
        assert_eq!(choose(&bench, &[&alone], &[], NOW, 0), Ok(None));
    }
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

fn code_of(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    match answer["ok"].as_bool().unwrap() {
        true => "valid".into(),
        false => answer["code"].as_str().unwrap().to_owned(),
    }
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
    assert_eq!(answer["timestamp"], json!({"status": "not_enclosed"}));
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

/// Whatever is done to a package: an answer, and never a good one for another document, signature or certificate.
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

fn hash_in_pieces(hash: &str, data: &[u8], length: usize) -> Value {
    let mut state: Option<String> = None;
    let mut pieces = data.chunks(length).peekable();
    loop {
        let piece = pieces.next().unwrap_or_default();
        let last = pieces.peek().is_none();
        let before = state.take().map(|text| Base64::decode_vec(&text).unwrap());
        let mut options = json!({"hash": hash, "last": last});
        let bytes = [before.clone().unwrap_or_default(), piece.to_vec()].concat();
        let offset = bytes.len() - piece.len();
        if before.is_some() {
            options["state"] = json!([0, offset]);
        }
        options["data"] = json!([offset, piece.len()]);
        let answer: Value = serde_json::from_str(&boundary::digest(&options.to_string(), &bytes)).unwrap();
        assert_eq!(answer["ok"], json!(true), "{answer}");
        if last {
            return answer["digest"].clone();
        }
        state = Some(answer["state"].as_str().unwrap().to_owned());
    }
}

#[test]
fn hashing_piece_by_piece() {
    let data: Vec<u8> = (0..1_000_u32).map(|at| (at * 31 % 251) as u8).collect();
    for (name, hash) in [
        ("sha256", Hash::Sha256),
        ("sha384", Hash::Sha384),
        ("sha512", Hash::Sha512),
    ] {
        for length in [0, 1, 63, 64, 65, 127, 128, 129, 1_000] {
            let data = &data[..length];
            let expected = json!(base64(&hash.digest(data)));
            for piece in [1, 7, 63, 64, 65, 127, 128, 129, 1_000] {
                assert_eq!(
                    hash_in_pieces(name, data, piece),
                    expected,
                    "{name}: {length} by {piece}"
                );
            }
        }
    }
}

#[test]
fn states_that_nobody_gave() {
    let mut random = Random::new(7);
    for (name, length) in [("sha256", 104), ("sha384", 208), ("sha512", 208)] {
        let mut taken = 0;
        for round in 0..2_000 {
            let exact = round % 2 == 0;
            let length = if exact { length } else { random.below(300) };
            let mut state: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
            match round % 5 {
                0 => state.fill(0xff),
                1 => state.fill(0),
                _ => {}
            }
            for last in [false, true] {
                let options =
                    json!({"hash": name, "state": [0, length], "data": [0, length.min(200)], "last": last});
                let code = code_of(&boundary::digest(&options.to_string(), &state));
                assert!(["valid", "options-invalid"].contains(&code.as_str()), "{code}");
                taken += usize::from(code == "valid");
            }
        }
        assert!(taken > 0 && taken < 4_000, "{name}: {taken}");
    }
    for options in [
        json!({}),
        json!({"hash": "sha1", "data": [0, 0], "last": true}),
        json!({"hash": "sha256", "last": true}),
        json!({"hash": "sha256", "data": [0, 0]}),
        json!({"hash": "sha256", "data": [0, 1], "last": true}),
        json!({"hash": "sha256", "data": [0, 0], "last": true, "more": 1}),
    ] {
        assert_eq!(
            code_of(&boundary::digest(&options.to_string(), b"")),
            "options-invalid",
            "{options}"
        );
    }
}

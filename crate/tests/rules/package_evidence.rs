//! Revocation evidence in signed packages: which evidence is accepted, at which time, and which is chosen.

use std::slice::from_ref;

use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION};
use crate::synthetic::keys::Key;
use crate::synthetic::lists;
use crate::synthetic::package::{Bench, DOCUMENT, SERIAL, TEN_YEARS, TIME, base64, set};
use honnin::Code;
use honnin::jpki::{JpkiOptions, PROFILES, Profile, ProfileChoice};
use honnin::package::{
    Candidates, DocumentDigest, PackageOptions, Piece, SignedPackage, choose_evidence, verify_signed_package,
};
use honnin::signature::{Hash, Scheme};
use honnin::signer::Rules;
use honnin::x509::{PathOptions, TrustAnchor};
use serde_json::json;

#[test]
fn an_unknown_algorithm_in_evidence_is_no_fault_of_the_signature() {
    let bench = Bench::new();
    let der = lists::ocsp(&bench.authority, SERIAL, false);
    // The last byte of ecdsa-with-SHA256, after the signed data.
    let arc = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    let at = der.windows(arc.len()).rposition(|window| window == arc).unwrap();
    let mut changed = der.clone();
    changed[at + arc.len() - 1] = 9;
    let package = bench.with_evidence(json!(TIME), &[], &[changed]);
    let refusal = bench.verify(&package, |_| {}).unwrap_err();
    assert_eq!(refusal.code(), Code::RevocationUnknown);
    assert!(refusal.message().contains("not supported"), "{refusal}");
}

/// What is not about the evidence keeps its code, although the certificate is verified together with it.
#[test]
fn problems_of_the_certificate_are_none_of_the_evidence() {
    let bench = Bench::new();
    let stranger = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("stranger"));
    let anchors = [TrustAnchor::from_certificate(&stranger.certificate).unwrap()];
    let anchors: &[TrustAnchor<'_>] = &anchors;
    let package = SignedPackage::read(bench.package.to_string().as_bytes()).unwrap();
    let digest = Hash::Sha256.digest(DOCUMENT);
    let verify = |rules| {
        let document = DocumentDigest::new(&digest);
        verify_signed_package(&package, &document, &PackageOptions::new(rules, NOW))
            .map(|_| ())
            .map_err(|error| error.code())
    };
    let refused = verify(Rules::Path(PathOptions::new(anchors, 0)));
    assert_eq!(refused, Err(Code::IssuerNotFound));
    let late = bench.code_with(&bench.package, |options| options.at = Some(NOW + TEN_YEARS));
    assert_eq!(late, "certificate-expired");
    // The evidence itself is named.
    let broken = bench.with_evidence(json!(TIME), &[lists::crl(&bench.authority, &[SERIAL])], &[]);
    let error = bench.verify(&broken, |_| {}).unwrap_err();
    assert_eq!(error.code(), Code::CertificateRevoked);
    assert!(error.message().starts_with("the CRL: "), "{error}");
}

/// The rules of a card take the time and the evidence of the package, like the others.
#[test]
fn a_card_is_verified_at_the_time_of_its_evidence() {
    let bench = Bench::new();
    let anchors = [bench.authority.certificate.as_slice()];
    let digest = Hash::Sha256.digest(DOCUMENT);
    let verify = |evidence: &[Vec<u8>], at: Option<i64>| {
        let package = bench.with_evidence(json!(TIME), evidence, &[]);
        let package = SignedPackage::read(package.to_string().as_bytes()).unwrap();
        let schemes = [Scheme::RsaPkcs1Sha256, Scheme::EcdsaP256Sha256];
        let known = PROFILES.iter().find(|row| row.name == "jpki-sign-test").unwrap();
        let profile = ProfileChoice::Custom(Profile {
            organization: ORGANIZATION,
            schemes: &schemes,
            ..*known
        });
        // A time of which the certificate is no longer valid.
        let card = JpkiOptions::new(profile, &anchors, NOW + TEN_YEARS);
        let mut options = PackageOptions::new(Rules::Card(card), NOW + TEN_YEARS);
        options.at = at;
        let document = DocumentDigest::new(&digest);
        verify_signed_package(&package, &document, &options)
            .err()
            .map(|error| error.code())
    };
    let list = |serials: &[u64]| [lists::crl(&bench.authority, serials)];
    assert_eq!(verify(&list(&[5]), None), None);
    assert_eq!(verify(&list(&[SERIAL]), None), Some(Code::CertificateRevoked));
    assert_eq!(
        verify(&list(&[5]), Some(NOW + TEN_YEARS)),
        Some(Code::CertificateExpired)
    );
}

#[test]
fn the_tolerance_for_clocks_is_for_a_time_of_the_caller() {
    let bench = Bench::new();
    let code = |earlier: i64, tolerance: i64| {
        bench.code_with(&bench.package, |options| {
            options.at = Some(TIME - earlier);
            options.clock_tolerance = tolerance;
        })
    };
    assert_eq!(code(200, 200), "valid");
    assert_eq!(code(201, 200), "ocsp-not-yet-valid");
    assert_eq!(code(1, 0), "ocsp-not-yet-valid");
    assert_eq!(code(500, 600), "valid");
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

/// The evidence chosen among these candidates, and its time.
fn choose(
    bench: &Bench,
    responses: &[&[u8]],
    crls: &[&[u8]],
    now: i64,
    clock_tolerance: i64,
) -> Result<Option<(Vec<u8>, i64)>, Code> {
    let anchors = [TrustAnchor::from_certificate(&bench.authority.certificate).unwrap()];
    let rules = Rules::Path(PathOptions::new(&anchors, 0));
    let mut candidates = Candidates::default();
    candidates.ocsp_responses = responses;
    candidates.crls = crls;
    choose_evidence(&bench.leaf, &candidates, &rules, now, clock_tolerance)
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
    // The maximum number of candidates, each of which costs two checks.
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
    // Outdated evidence does not replace current evidence.
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
    // With a foreign certificate in the response: "good" is not accepted, a revocation is.
    let unclear = lists::ocsp_of(authority, &answer(false), foreign);
    assert_eq!(choose(&bench, &[&unclear], &[], NOW, 0), Ok(None));
    let revoked = lists::ocsp_of(authority, &answer(true), foreign);
    assert_eq!(
        choose(&bench, &[&good, &revoked], &[], NOW, 0),
        Err(Code::CertificateRevoked)
    );
    let package = bench.with_evidence(json!(TIME), &[], &[revoked]);
    assert_eq!(bench.code(&package), "certificate-revoked");
    // A delta CRL is no evidence without its complete CRL.
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
    // Another generation has the same name and issued a certificate with the same serial number.
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
        // Nor is the time of the other response used.
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

//! A class applies if its facts do, and only then.

use super::{Disagreement, class_of};
use crate::ours::Refusal;
use crate::tally::{Stage, Verdicts};
use crate::write::{NOW, bits, extension, int, name, oid, seq, time, tlv};

/// The minimal form of a certificate, valid for a day from NOW.
fn certificate(issuer: &str, subject: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let algorithm = seq(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]);
    let key = seq(&[
        &seq(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]),
        &bits(&seq(&[&int(&[&[0][..], &[0xc1; 256]].concat()), &int(&[3])])),
    ]);
    let parts: Vec<&[u8]> = extensions.iter().map(Vec::as_slice).collect();
    let explicit = tlv(0xa3, &seq(&parts));
    let tbs = seq(&[
        &tlv(0xa0, &int(&[2])),
        &int(&[7]),
        &algorithm,
        &name(issuer),
        &seq(&[&time(NOW), &time(NOW + 86_400)]),
        &name(subject),
        &key,
        if extensions.is_empty() { &[] } else { &explicit },
    ]);
    seq(&[&tbs, &algorithm, &bits(&[7; 256])])
}

fn accepted(strict: &str, lax: Result<(), &str>, facts: &[&[u8]], time: i64) -> Option<&'static str> {
    class(
        Ok(()),
        Err(strict.to_owned()),
        lax.map_err(str::to_owned),
        facts,
        time,
    )
}

fn refused(code: &str, message: &str, facts: &[&[u8]]) -> Option<&'static str> {
    let refusal = Refusal {
        code: code.to_owned(),
        message: message.to_owned(),
    };
    class(Err(refusal), Ok(()), Ok(()), facts, NOW)
}

fn class(
    ours: Result<(), Refusal>,
    strict: Result<(), String>,
    lax: Result<(), String>,
    facts: &[&[u8]],
    time: i64,
) -> Option<&'static str> {
    class_of(&Disagreement {
        stage: Stage::Path,
        verdicts: Verdicts { ours, strict, lax },
        facts,
        time,
    })
    .map(|class| class.id)
}

fn key_identifiers(own: &[u8], issuer: &[u8]) -> Vec<Vec<u8>> {
    vec![
        extension("2.5.29.14", false, &tlv(4, own)),
        extension("2.5.29.35", false, &seq(&[&tlv(0x80, issuer)])),
    ]
}

#[test]
fn nothing_explains_the_acceptance_of_what_was_revoked_or_not_signed() {
    let (leaf, anchor) = (certificate("a", "b", &[]), certificate("a", "a", &[]));
    for error in [
        "certificate revoked",
        "certificate signature failure",
        "CRL has expired",
        "invalid CA certificate",
    ] {
        assert_eq!(
            accepted(error, Err(error), &[&leaf, &anchor], NOW),
            None,
            "{error}"
        );
    }
}

#[test]
fn the_last_second_is_that_of_notafter() {
    let error = "certificate has expired";
    let (leaf, anchor) = (certificate("a", "b", &[]), certificate("a", "a", &[]));
    let at = |time| accepted(error, Err(error), &[&leaf, &anchor], time);
    assert_eq!(at(NOW + 86_400), Some("last-second"));
    assert_eq!(at(NOW + 86_401), None);
    assert_eq!(at(NOW), None);
}

#[test]
fn key_identifiers_have_to_differ() {
    let error = "unable to get local issuer certificate";
    let anchor = certificate("a", "a", &key_identifiers(&[1; 20], &[1; 20]));
    let below = |identifier: &[u8]| certificate("a", "b", &key_identifiers(&[2; 20], identifier));
    let of = |leaf: &[u8]| accepted(error, Err(error), &[leaf, &anchor], NOW);
    assert_eq!(of(&below(&[9; 20])), Some("key-identifiers-differ"));
    assert_eq!(of(&below(&[1; 20])), None);
}

#[test]
fn a_rule_for_issuers_has_to_be_broken_and_the_strict_one_alone() {
    let error = "Basic Constraints of CA cert not marked critical";
    let authority = |critical| {
        certificate(
            "a",
            "a",
            &[extension("2.5.29.19", critical, &seq(&[&[1, 1, 0xff]]))],
        )
    };
    let leaf = certificate("a", "b", &[]);
    assert_eq!(
        accepted(error, Ok(()), &[&leaf, &authority(false)], NOW),
        Some("profile-bc-not-critical")
    );
    assert_eq!(accepted(error, Ok(()), &[&leaf, &authority(true)], NOW), None);
    assert_eq!(
        accepted(error, Err(error), &[&leaf, &authority(false)], NOW),
        None
    );
}

#[test]
fn a_path_found_elsewhere_counts_only_if_openssl_accepts_it_strictly() {
    let text = "finds no path and accepts this one: certificate signature failure";
    let (leaf, anchor) = (certificate("a", "b", &[]), certificate("a", "a", &[]));
    assert_eq!(
        accepted(text, Err(text), &[&leaf, &anchor], NOW),
        Some("other-path-tried")
    );
    assert_eq!(
        accepted("certificate revoked", Err(text), &[&leaf, &anchor], NOW),
        None
    );
}

#[test]
fn mappings_count_in_the_leaf_only() {
    let error = "no explicit policy";
    let mapped = certificate("a", "b", &[extension("2.5.29.33", false, &seq(&[]))]);
    let (plain, anchor) = (certificate("b", "c", &[]), certificate("a", "a", &[]));
    assert_eq!(
        accepted(error, Err(error), &[&mapped, &anchor], NOW),
        Some("mapping-in-the-leaf")
    );
    assert_eq!(
        accepted(error, Err(error), &[&plain, &mapped, &anchor], NOW),
        None
    );
}

#[test]
fn refusals_need_their_facts_too() {
    let (leaf, anchor) = (certificate("a", "b", &[]), certificate("a", "a", &[]));
    let of = |code, message| refused(code, message, &[&leaf, &anchor]);
    assert_eq!(of("key-size-unsupported", "an RSA modulus of 1024 bits"), None);
    assert_eq!(
        of(
            "algorithm-unsupported",
            "the key is neither RSA nor on the curves"
        ),
        None
    );
    assert_eq!(of("certificate-expired", ""), None);
    assert_eq!(
        of("certificate-malformed", "an extension appears twice"),
        Some("extension-twice")
    );
    assert_eq!(
        of("basic-constraints-violated", "the trust anchor: no authority's"),
        Some("anchor-constraints")
    );
}

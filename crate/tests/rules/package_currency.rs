//! The evidence that a new package may contain: exactly the evidence that a verification on the same day
//! accepts.

use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::keys::Key;
use crate::synthetic::lists::{self, Answer};
use honnin::Code;
use honnin::package::{Candidates, Piece, choose_evidence};
use honnin::signer::Rules;
use honnin::x509::{PathOptions, Revocation, RevocationOptions, TrustAnchor, verify_certificate};

const SERIAL: u64 = 77;
/// thisUpdate of the evidence, 2026-06-30.
const TIME: i64 = NOW - 86_400;
const HOUR: i64 = 3_600;

/// Exact times, and no other rules than those of the evidence itself.
fn strict() -> RevocationOptions<'static> {
    let mut strict = RevocationOptions::default();
    strict.clock_tolerance = 0;
    strict
}

struct Bench {
    authority: Authority,
    leaf: Vec<u8>,
}

impl Bench {
    fn new() -> Self {
        let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
        let leaf = authority.issue(SERIAL, &Key::rsa(1), SIGN_TEST);
        Self { authority, leaf }
    }

    fn answer(&self, change: impl FnOnce(&mut Answer)) -> Vec<u8> {
        let mut answer = Answer::new(&self.authority, SERIAL, false);
        change(&mut answer);
        lists::ocsp_of(&self.authority, &[answer], &[])
    }

    /// The result of a verification without a package.
    fn live(
        &self,
        responses: &[&[u8]],
        crls: &[&[u8]],
        now: i64,
        revocation: RevocationOptions<'_>,
    ) -> Result<Revocation, Code> {
        let anchors = [TrustAnchor::from_certificate(&self.authority.certificate).unwrap()];
        let mut options = PathOptions::new(&anchors, now);
        options.revocation = revocation;
        options.revocation.ocsp_responses = responses;
        options.revocation.crls = crls;
        verify_certificate(&self.leaf, &options)
            .map(|found| found.revocation[0])
            .map_err(|error| error.code())
    }

    /// The evidence chosen for a package, and its time.
    fn choose(
        &self,
        responses: &[&[u8]],
        crls: &[&[u8]],
        now: i64,
        revocation: RevocationOptions<'_>,
    ) -> Result<Option<(Vec<u8>, i64)>, Code> {
        let anchors = [TrustAnchor::from_certificate(&self.authority.certificate).unwrap()];
        let mut options = PathOptions::new(&anchors, 0);
        options.revocation = revocation;
        let mut candidates = Candidates::default();
        candidates.ocsp_responses = responses;
        candidates.crls = crls;
        let rules = Rules::Path(options);
        choose_evidence(&self.leaf, &candidates, &rules, now, revocation.clock_tolerance)
            .map_err(|error| error.code())
            .map(|chosen| {
                chosen.map(|chosen| match chosen.piece {
                    Piece::Ocsp(der) | Piece::Crl(der) => (der.to_vec(), chosen.time),
                })
            })
    }

    /// The time of the evidence if only one is given. A verification on the same day returns "good" exactly
    /// if there is one.
    fn time_of(
        &self,
        responses: &[&[u8]],
        crls: &[&[u8]],
        now: i64,
        revocation: RevocationOptions<'_>,
    ) -> Option<i64> {
        let live = self.live(responses, crls, now, revocation).unwrap();
        let chosen = self.choose(responses, crls, now, revocation).unwrap();
        assert_eq!(live == Revocation::Good, chosen.is_some(), "{}", now - TIME);
        chosen.map(|(_, time)| time)
    }
}

#[test]
fn the_rules_of_age_are_the_callers() {
    let bench = Bench::new();
    let usual = bench.answer(|_| {});
    let open = bench.answer(|answer| answer.next_update = None);
    let list = lists::crl(&bench.authority, &[]);
    let mut young = strict();
    young.ocsp_max_age = Some(HOUR);
    young.crl_max_age = Some(HOUR);
    let mut skewed = young;
    skewed.clock_tolerance = 60;
    for (responses, crls) in [
        (vec![&usual[..]], vec![]),
        (vec![&open[..]], vec![]),
        (vec![], vec![&list[..]]),
    ] {
        let time_of = |now, rules| bench.time_of(&responses, &crls, now, rules);
        assert_eq!(time_of(TIME + HOUR, young), Some(TIME));
        assert_eq!(time_of(TIME + HOUR + 1, young), None);
        assert_eq!(time_of(TIME + HOUR + 60, skewed), Some(TIME));
        assert_eq!(time_of(TIME + HOUR + 61, skewed), None);
    }
    // A response without nextUpdate is not accepted without a maximum age, even at its own time.
    for skew in [0, 300] {
        let mut rules = strict();
        rules.clock_tolerance = skew;
        assert_eq!(bench.time_of(&[&open], &[], TIME, rules), None);
    }
}

#[test]
fn a_response_without_end_is_current_for_as_long_as_the_caller_says() {
    let bench = Bench::new();
    let open = bench.answer(|answer| answer.next_update = None);
    let mut rules = strict();
    rules.ocsp_max_age_without_end = Some(HOUR);
    assert_eq!(bench.time_of(&[&open], &[], TIME + HOUR, rules), Some(TIME));
    assert_eq!(bench.time_of(&[&open], &[], TIME + HOUR + 1, rules), None);
}

#[test]
fn the_skew_of_clocks_is_the_callers() {
    let bench = Bench::new();
    let response = bench.answer(|_| {});
    let mut wide = strict();
    wide.clock_tolerance = 600;
    let end = TIME + 864_000;
    for (now, found) in [
        (TIME - 600, Some(TIME)),
        (TIME - 601, None),
        (end + 600, Some(TIME)),
        (end + 601, None),
    ] {
        assert_eq!(
            bench.time_of(&[&response], &[], now, wide),
            found,
            "{}",
            now - TIME
        );
    }
}

#[test]
fn the_nonce_is_the_callers() {
    let bench = Bench::new();
    let (good, revoked) = (bench.answer(|_| {}), bench.answer(|answer| answer.revoked = true));
    let list = lists::crl(&bench.authority, &[]);
    let mut nonce = strict();
    nonce.ocsp_nonce = Some(&[1, 2, 3, 4]);
    assert_eq!(bench.time_of(&[&good], &[], NOW, nonce), None);
    // A response to another request may be an old one, sent again.
    let by_list = Ok(Some((list.clone(), TIME)));
    assert_eq!(
        bench.live(&[&revoked], &[&list], NOW, nonce),
        Ok(Revocation::Good)
    );
    assert_eq!(bench.choose(&[&revoked], &[&list], NOW, nonce), by_list);
}

#[test]
fn what_is_not_current_shows_no_revocation() {
    let bench = Bench::new();
    let authority = &bench.authority;
    let good = bench.answer(|_| {});
    let over = bench.answer(|answer| {
        answer.revoked = true;
        answer.this_update = "20260628000000Z";
        answer.next_update = Some("20260630235900Z");
    });
    let to_come = bench.answer(|answer| {
        answer.revoked = true;
        answer.this_update = "20260701000100Z";
    });
    let list_to_come = lists::crl_since(authority, "260701000100Z", &[SERIAL]);
    let open = bench.answer(|answer| {
        answer.revoked = true;
        answer.next_update = None;
    });
    let (responses, lists): (_, [&[u8]; 1]) = ([&over, &to_come, &open], [&list_to_come]);
    for other in responses {
        assert_eq!(bench.time_of(&[other], &[], NOW, strict()), None);
        assert_eq!(bench.time_of(&[other, &good], &[], NOW, strict()), Some(TIME));
    }
    assert_eq!(bench.time_of(&[], &lists, NOW, strict()), None);
    assert_eq!(bench.time_of(&[&good], &lists, NOW, strict()), Some(TIME));
    // Within the clock tolerance and the maximum age, they are accepted.
    let mut wide = strict();
    wide.clock_tolerance = 60;
    wide.ocsp_max_age = Some(4 * 86_400);
    for other in responses {
        let both: [&[u8]; 2] = [&good, other];
        assert_eq!(bench.live(&both, &[], NOW, wide), Err(Code::CertificateRevoked));
        assert_eq!(bench.choose(&both, &[], NOW, wide), Err(Code::CertificateRevoked));
    }
    assert_eq!(
        bench.live(&[&good], &lists, NOW, wide),
        Err(Code::CertificateRevoked)
    );
    assert_eq!(
        bench.choose(&[&good], &lists, NOW, wide),
        Err(Code::CertificateRevoked)
    );
}

#[test]
fn a_newer_list_takes_the_place_of_an_older_one() {
    let bench = Bench::new();
    let older = lists::crl_since(&bench.authority, "260629000000Z", &[SERIAL]);
    let newer = lists::crl(&bench.authority, &[]);
    // As after a hold that was removed.
    assert_eq!(bench.time_of(&[], &[&older, &newer], NOW, strict()), Some(TIME));
    assert_eq!(
        bench.choose(&[], &[&older], NOW, strict()),
        Err(Code::CertificateRevoked)
    );
}

#[test]
fn what_cannot_be_verified_at_its_own_time_is_not_kept() {
    let bench = Bench::new();
    // The certificate was issued a year later.
    let before = lists::crl_since(&bench.authority, "240101000000Z", &[]);
    assert_eq!(bench.live(&[], &[&before], NOW, strict()), Ok(Revocation::Good));
    assert_eq!(bench.choose(&[], &[&before], NOW, strict()), Ok(None));
}

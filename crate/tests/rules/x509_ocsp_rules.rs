//! The rules of RFC 6960 that decide what an OCSP response shows about a certificate, each at its boundary.

use crate::pki::evidence::*;
use crate::pki::ocsp::{Ocsp, respond};
use crate::pki::*;
use honnin::Code;
use honnin::signature::Hash;
use honnin::x509::{Reason, Revocation};

type Asked = Result<Revocation, Code>;

const MISMATCH: Asked = Err(Code::OcspCertificateMismatch);
const MALFORMED: Asked = Err(Code::OcspMalformed);
const REVOKED: Asked = Err(Code::CertificateRevoked);
const UNAUTHORIZED: Asked = Err(Code::OcspResponderUnauthorized);
const UNKNOWN: Asked = Err(Code::RevocationUnknown);
const UNSUPPORTED: Asked = Err(Code::ExtensionUnsupported);

fn ask(response: Vec<u8>) -> Asked {
    Question::new().response(response).ask()
}

/// Signed by the issuer.
fn ask_with(adjust: impl FnOnce(&mut Ocsp)) -> Asked {
    let mut response = Ocsp::new();
    adjust(&mut response);
    ask(response.sign(&Key::new(1)))
}

fn odd(critical: bool) -> Vec<u8> {
    extension("1.2.392.1.9", critical, &[5, 0])
}

// --------------------------------------------------------------------------------------------------------------- §4.1.1

#[test]
fn the_certificate_is_told_by_two_hashes_and_its_number() {
    const SHA256: &str = "2.16.840.1.101.3.4.2.1";
    for hash in [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
        assert_eq!(ask_with(|response| response.hash = hash), GOOD, "{hash:?}");
        assert_eq!(
            ask_with(|response| (response.hash, response.issuer) = (hash, name("Other"))),
            MISMATCH
        );
        assert_eq!(
            ask_with(|response| (response.hash, response.issuer_key) = (hash, Key::new(2).point())),
            MISMATCH
        );
        assert_eq!(
            ask_with(|response| (response.hash, response.serial) = (hash, vec![43])),
            MISMATCH
        );
    }
    let ask = |kind: &str, name_hash: &[u8], key_hash: &[u8]| {
        let response = Ocsp::new();
        let answer = response.answer_about(&response.id(kind, name_hash, key_hash));
        ask(response.sign_answers(&Key::new(1), &[answer]))
    };
    let digest = |data: &[u8]| Hash::Sha256.digest(data);
    let (of_name, of_key) = (digest(&name("Root")), digest(&Key::new(1).point()));
    assert_eq!(ask(SHA256, &of_name, &of_key), GOOD);
    // The hash covers the key bits, not the whole SubjectPublicKeyInfo, and the name as encoded in the
    // certificate.
    assert_eq!(ask(SHA256, &of_name, &digest(&Key::new(1).spki())), MISMATCH);
    assert_eq!(ask(SHA256, &digest(&name("ROOT")), &of_key), MISMATCH);
    assert_eq!(ask(SHA256, &of_name[..31], &of_key), MISMATCH);
    assert_eq!(ask(SHA256, &of_name, &of_key[..31]), MISMATCH);
    assert_eq!(ask(SHA256, &[], &[]), MISMATCH);
    // Made with another hash than it names, or with an unknown one.
    assert_eq!(ask("2.16.840.1.101.3.4.2.3", &of_name, &of_key), MISMATCH);
    assert_eq!(ask("1.2.840.113549.2.5", &of_name, &of_key), MISMATCH);
    assert_eq!(ask("1.2.840.113549.2.5", &[], &[]), MISMATCH);
    // A serial number that is not minimal is malformed.
    assert_eq!(ask_with(|response| response.serial = vec![0, 42]), MALFORMED);
}

#[test]
fn the_answer_stands_anywhere_among_others() {
    let answer = |serial: u8, status: Vec<u8>| {
        let mut of = Ocsp::new();
        (of.serial, of.status) = (vec![serial], status);
        of.answer()
    };
    let (good, revoked) = (tlv(0x80, &[]), tlv(0xa1, &time(NOW - DAY)));
    let ask = |answers: &[Vec<u8>]| ask(Ocsp::new().sign_answers(&Key::new(1), answers));
    let (ours, bad) = (answer(42, good.clone()), answer(42, revoked.clone()));
    let (before, after) = (answer(41, revoked), answer(43, good));
    assert_eq!(ask(&[before.clone(), ours.clone(), after.clone()]), GOOD);
    assert_eq!(ask(&[after.clone(), before.clone(), ours]), GOOD);
    assert_eq!(ask(&[after.clone(), bad, after.clone()]), REVOKED);
    assert_eq!(ask(&[before, after.clone()]), MISMATCH);
    assert_eq!(ask(&[]), MISMATCH);
    // One malformed entry makes the whole response unusable.
    assert_eq!(ask(&[after, seq(&[])]), MALFORMED);
}

// --------------------------------------------------------------------------------------------------------------- §4.2.1

#[test]
fn only_a_successful_response_answers() {
    let unsuccessful = Err(Code::OcspUnsuccessful);
    for status in 1..=7 {
        assert_eq!(ask(respond(status, None)), unsuccessful, "{status}");
        // A response with an error status has no responseBytes (RFC 6960 §4.2.1).
        let mut good = Ocsp::new().sign(&Key::new(1));
        let at = good.windows(3).position(|part| part == [0x0a, 1, 0]).unwrap();
        good[at + 2] = status;
        assert_eq!(ask(good), MALFORMED, "{status}");
    }
    assert_eq!(ask(respond(0, None)), MALFORMED);
    // A good basic response, with its own type and with another type.
    let response = Ocsp::new();
    let data = seq(&[
        &response.responder,
        &response.produced_at,
        &tlv(0x30, &response.answer()),
    ]);
    let basic = seq(&[&data, &algorithm(), &bits(&Key::new(1).sign(&data))]);
    assert_eq!(ask(respond(0, Some(("1.3.6.1.5.5.7.48.1.1", &basic)))), GOOD);
    assert_eq!(ask(respond(0, Some(("1.3.6.1.5.5.7.48.1.4", &basic)))), MALFORMED);
}

#[test]
fn a_response_has_version_1_and_times_in_full() {
    let write = |version: &[u8], produced: &[u8]| {
        let response = Ocsp::new();
        let answers = tlv(0x30, &response.answer());
        let tbs = seq(&[version, &response.responder, produced, &answers]);
        ask(response.around(&tbs, &Key::new(1)))
    };
    assert_eq!(write(&[], &time(NOW)), GOOD);
    for version in [0, 1, 2] {
        assert_eq!(
            write(&tlv(0xa0, &int(&[version])), &time(NOW)),
            MALFORMED,
            "{version}"
        );
    }
    assert_eq!(write(&[], &utc_time(NOW)), MALFORMED);
    assert_eq!(write(&[], &[]), MALFORMED);
    // producedAt does not matter; thisUpdate does.
    for produced in [NOW - 900 * DAY, NOW + 900 * DAY] {
        assert_eq!(write(&[], &time(produced)), GOOD);
    }
    let of = |this: Vec<u8>, next: Vec<u8>| {
        let response = Ocsp::new();
        let id = response.id(
            "1.3.14.3.2.26",
            &Hash::Sha1.digest(&response.issuer),
            &Hash::Sha1.digest(&response.issuer_key),
        );
        let answer = seq(&[&id, &response.status, &this, &tlv(0xa0, &next)]);
        ask(response.sign_answers(&Key::new(1), &[answer]))
    };
    assert_eq!(of(time(NOW), time(NOW)), GOOD);
    assert_eq!(of(utc_time(NOW), time(NOW)), MALFORMED);
    assert_eq!(of(time(NOW), utc_time(NOW)), MALFORMED);
}

#[test]
fn what_the_status_says() {
    let with = |status: Vec<u8>| ask_with(|response| response.status = status);
    let revoked = |reason: Option<u8>| {
        let reason = reason
            .map(|reason| tlv(0xa0, &tlv(0x0a, &[reason])))
            .unwrap_or_default();
        tlv(0xa1, &[time(NOW - DAY), reason].concat())
    };
    assert_eq!(with(tlv(0x80, &[])), GOOD);
    assert_eq!(with(tlv(0x82, &[])), UNKNOWN);
    for (number, expected) in [
        (None, Reason::Unspecified),
        (Some(0), Reason::Unspecified),
        (Some(1), Reason::KeyCompromise),
        (Some(6), Reason::CertificateHold),
        (Some(8), Reason::RemoveFromCrl),
        (Some(10), Reason::AaCompromise),
    ] {
        assert_eq!(with(revoked(number)), REVOKED, "{number:?}");
        let mut response = Ocsp::new();
        response.status = revoked(number);
        let question = Question::new().response(response.sign(&Key::new(1)));
        let reported = question.ask_with(|options| options.revocation.report_only = true);
        let Ok(Revocation::Revoked(found)) = reported else {
            panic!("{reported:?}")
        };
        assert_eq!((found.reason, found.time), (expected, NOW - DAY));
    }
    for status in [
        revoked(Some(7)),
        revoked(Some(11)),
        tlv(0x80, &[5, 0]),
        tlv(0x82, &[5, 0]),
        tlv(0x81, &time(NOW - DAY)),
        tlv(0x83, &[]),
        tlv(0xa1, &[]),
        tlv(0xa1, &utc_time(NOW - DAY)),
    ] {
        assert_eq!(with(status.clone()), MALFORMED, "{status:02x?}");
    }
    // A CRL without an entry does not undo a revocation.
    let mut response = Ocsp::new();
    response.status = revoked(None);
    let crl = CrlTemplate::new("Root").sign(&Key::new(1));
    let question = Question::new().response(response.sign(&Key::new(1)));
    assert_eq!(question.crl(crl).ask(), REVOKED);
    // If the responder answers "unknown", a CRL may still settle the status.
    let mut response = Ocsp::new();
    response.status = tlv(0x82, &[]);
    let question = Question::new().response(response.sign(&Key::new(1)));
    let crl = CrlTemplate::new("Root");
    assert_eq!(question.clone().crl(crl.sign(&Key::new(1))).ask(), GOOD);
    assert_eq!(
        question.crl(crl.entry(&[42], &[]).sign(&Key::new(1))).ask(),
        REVOKED
    );
}

// ------------------------------------------------------------------------------------------------------------- §3.2, §2.4

#[test]
fn the_age_of_an_answer_to_the_second() {
    let ask = |this: i64, next: Option<i64>, most: Option<i64>, skew: i64| {
        let mut response = Ocsp::new();
        (response.this_update, response.next_update) = (this, next);
        let question = Question::new().response(response.sign(&Key::new(1)));
        question.ask_with(|options| {
            options.revocation.ocsp_max_age = most;
            options.revocation.clock_tolerance = skew;
        })
    };
    let (expired, early) = (Err(Code::OcspExpired), Err(Code::OcspNotYetValid));
    assert_eq!(ask(NOW, Some(NOW), None, 0), GOOD);
    assert_eq!(ask(NOW + 1, Some(NOW + 2), None, 0), early);
    assert_eq!(ask(NOW - 2, Some(NOW - 1), None, 0), expired);
    assert_eq!(ask(NOW + 5, Some(NOW + 9), None, 5), GOOD);
    assert_eq!(ask(NOW + 6, Some(NOW + 9), None, 5), early);
    assert_eq!(ask(NOW - 9, Some(NOW - 5), None, 5), GOOD);
    assert_eq!(ask(NOW - 9, Some(NOW - 6), None, 5), expired);
    for next in [Some(NOW + 9), None] {
        assert_eq!(ask(NOW - 60, next, Some(60), 0), GOOD);
        assert_eq!(ask(NOW - 61, next, Some(60), 0), expired);
        assert_eq!(ask(NOW - 65, next, Some(60), 5), GOOD);
        assert_eq!(ask(NOW - 66, next, Some(60), 5), expired);
    }
    assert_eq!(ask(NOW, None, None, 0), expired, "of no end and no bound");
}

#[test]
fn an_answer_of_the_future_hides_none_of_now() {
    let answer = |this_update: i64, status: &[u8]| {
        let mut of = Ocsp::new();
        (of.this_update, of.next_update) = (this_update, Some(NOW + DAY));
        of.status = status.to_vec();
        of.answer()
    };
    let ask = |answers: &[Vec<u8>]| {
        let response = Ocsp::new().sign_answers(&Key::new(1), answers);
        let question = Question::new().response(response);
        question.ask_with(|options| options.revocation.clock_tolerance = 5)
    };
    let (good, revoked) = (tlv(0x80, &[]), tlv(0xa1, &time(NOW - DAY)));
    let (bad, future) = (answer(NOW - 60, &revoked), answer(NOW + 6, &good));
    assert_eq!(ask(&[bad.clone(), future.clone()]), REVOKED);
    assert_eq!(ask(&[future.clone(), bad.clone()]), REVOKED);
    assert_eq!(ask(&[answer(NOW - 60, &good), answer(NOW + 6, &revoked)]), GOOD);
    // The newest of those that count; one of the future alone is reported as that.
    assert_eq!(ask(&[bad, answer(NOW + 5, &good)]), GOOD);
    assert_eq!(ask(&[future]), Err(Code::OcspNotYetValid));
}

// --------------------------------------------------------------------------------------------------- §4.2.2.2, §4.2.2.3

fn by_key(hash: &[u8]) -> Vec<u8> {
    tlv(0xa2, &tlv(4, hash))
}

#[test]
fn the_issuer_answers_under_its_name_or_its_key() {
    let with = |responder: Vec<u8>| ask_with(|response| response.responder = responder);
    let key = Key::new(1);
    assert_eq!(with(tlv(0xa1, &name("Root"))), GOOD);
    // Names are compared as names, not as bytes.
    assert_eq!(with(tlv(0xa1, &name("ROOT"))), GOOD);
    assert_eq!(with(tlv(0xa1, &name("Other"))), UNAUTHORIZED);
    let hash = Hash::Sha1.digest(&key.point());
    assert_eq!(with(by_key(&hash)), GOOD);
    assert_eq!(with(by_key(&hash[..19])), UNAUTHORIZED);
    assert_eq!(with(by_key(&Hash::Sha1.digest(&key.spki()))), UNAUTHORIZED);
    assert_eq!(with(by_key(&Hash::Sha256.digest(&key.point()))), UNAUTHORIZED);
    assert_eq!(
        with(by_key(&Hash::Sha1.digest(&Key::new(2).point()))),
        UNAUTHORIZED
    );
    assert_eq!(with(tlv(0xa3, &name("Root"))), MALFORMED);
    // With the issuer's name, but not its key.
    assert_eq!(
        ask(Ocsp::new().sign(&Key::new(9))),
        Err(Code::OcspSignatureMismatch)
    );
}

fn delegate() -> Template {
    Template::new("Root", "Responder", &Key::new(6))
        .serial(&[6])
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
}

/// A response of the responder, with signed certificates.
fn delegated(certificates: Vec<Vec<u8>>) -> Ocsp {
    let mut response = Ocsp::new();
    response.responder = tlv(0xa1, &name("Responder"));
    response.certificates = certificates;
    response
}

fn ask_delegate(template: &Template) -> Asked {
    ask(delegated(vec![template.sign(&Key::new(1))]).sign(&Key::new(6)))
}

#[test]
fn a_responder_has_a_certificate_for_it_from_the_very_issuer() {
    assert_eq!(ask_delegate(&delegate()), GOOD);
    let mut keyed = delegated(vec![delegate().sign(&Key::new(1))]);
    keyed.responder = by_key(&Hash::Sha1.digest(&Key::new(6).point()));
    assert_eq!(ask(keyed.sign(&Key::new(6))), GOOD);
    keyed.responder = by_key(&Hash::Sha1.digest(&Key::new(5).point()));
    assert_eq!(ask(keyed.sign(&Key::new(6))), UNAUTHORIZED);
    // With another name than in the response.
    let mut renamed = delegate();
    renamed.subject = name("Other");
    assert_eq!(ask_delegate(&renamed), UNAUTHORIZED);
    // The purpose, among others and alone.
    let purposes = |list: &[&str]| {
        let template = Template::new("Root", "Responder", &Key::new(6)).serial(&[6]);
        ask_delegate(&template.with(ext_key_usage(list)))
    };
    const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
    assert_eq!(purposes(&[CLIENT, "1.3.6.1.5.5.7.3.9"]), GOOD);
    assert_eq!(purposes(&[CLIENT]), UNAUTHORIZED);
    assert_eq!(purposes(&["2.5.29.37.0"]), UNAUTHORIZED);
    assert_eq!(
        purposes(&["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9.1"]),
        UNAUTHORIZED
    );
    // keyUsage, if present.
    for (usage, expected) in [
        (0x80, GOOD),
        (0xc0, GOOD),
        (0x40, UNAUTHORIZED),
        (0x06, UNAUTHORIZED),
    ] {
        assert_eq!(
            ask_delegate(&delegate().with(key_usage(usage))),
            expected,
            "{usage:02x}"
        );
    }
    assert_eq!(ask_delegate(&delegate().with(odd(false))), GOOD);
    assert_eq!(ask_delegate(&delegate().with(odd(true))), UNAUTHORIZED);
}

#[test]
fn a_responder_is_valid_at_the_time() {
    for (from, to, expected) in [
        (NOW, NOW, GOOD),
        (NOW + 1, NOW + DAY, UNAUTHORIZED),
        (NOW - DAY, NOW - 1, UNAUTHORIZED),
    ] {
        let mut timed = delegate();
        (timed.from, timed.to) = (from, to);
        assert_eq!(ask_delegate(&timed), expected, "{from} to {to}");
    }
}

#[test]
fn a_responder_of_somebody_else_is_none() {
    // Issued by the trust anchor above the issuer, and by a CA below it.
    let ca = Template::ca("Root", "CA", &Key::new(4)).sign(&Key::new(1));
    let ask = |leaf_by: (&str, u32), delegate_by: (&str, u32)| {
        let mut certificate = delegate();
        certificate.issuer = name(delegate_by.0);
        let mut response = delegated(vec![certificate.sign(&Key::new(delegate_by.1)), ca.clone()]);
        (response.issuer, response.issuer_key) = (name(leaf_by.0), Key::new(leaf_by.1).point());
        let mut question = Question::new().below(ca.clone());
        let leaf = Template::new(leaf_by.0, "Leaf", &Key::new(3)).serial(&[42]);
        question.leaf = leaf.sign(&Key::new(leaf_by.1));
        question.response(response.sign(&Key::new(6))).ask()
    };
    let (root, ca_key) = (("Root", 1), ("CA", 4));
    assert_eq!(ask(root, root), GOOD);
    assert_eq!(ask(ca_key, ca_key), GOOD);
    assert_eq!(ask(ca_key, root), UNAUTHORIZED);
    assert_eq!(ask(root, ca_key), UNAUTHORIZED);
    // With the issuer's name and another key, and with its key and another name.
    assert_eq!(ask(root, ("Root", 9)), UNAUTHORIZED);
    assert_eq!(ask(root, ("Other", 1)), UNAUTHORIZED);
    assert_eq!(ask(root, ("ROOT", 1)), GOOD);
}

#[test]
fn the_responders_certificate_is_one_of_those_that_come_along() {
    let good = || delegate().sign(&Key::new(1));
    let other = || root("Root", &Key::new(9));
    assert_eq!(ask(delegated(vec![other(), good()]).sign(&Key::new(6))), GOOD);
    // Another certificate with the same name and another key comes first.
    let namesake = {
        let mut template = delegate();
        template.spki = Key::new(5).spki();
        template.sign(&Key::new(1))
    };
    assert_eq!(
        ask(delegated(vec![namesake.clone(), good()]).sign(&Key::new(6))),
        GOOD
    );
    assert_eq!(
        ask(delegated(vec![namesake]).sign(&Key::new(6))),
        Err(Code::OcspSignatureMismatch)
    );
    assert_eq!(ask(delegated(vec![]).sign(&Key::new(6))), UNAUTHORIZED);
    // Among any number of them, the one with the right key is used.
    assert_eq!(
        ask(delegated(vec![good(), other(), good()]).sign(&Key::new(5))),
        Err(Code::OcspSignatureMismatch)
    );
    // Sixteen are read.
    for (before, expected) in [(15, GOOD), (16, UNAUTHORIZED)] {
        let mut certificates = vec![other(); before];
        certificates.push(good());
        assert_eq!(
            ask(delegated(certificates).sign(&Key::new(6))),
            expected,
            "{before}"
        );
    }
}

#[test]
fn a_responder_of_nocheck_is_not_looked_up() {
    // A CRL for some reasons only, which does not settle the leaf's status.
    let crl = CrlTemplate::new("Root")
        .with(issuing(&[&tlv(0x83, &[5, 0x60])]))
        .entry(&[6], &[reason(1)])
        .sign(&Key::new(1));
    let ask = |template: &Template| {
        let response = delegated(vec![template.sign(&Key::new(1))]).sign(&Key::new(6));
        Question::new().crl(crl.clone()).response(response).ask()
    };
    let no_check = |critical| extension("1.3.6.1.5.5.7.48.1.5", critical, &[5, 0]);
    assert_eq!(ask(&delegate()), UNAUTHORIZED);
    assert_eq!(ask(&delegate().serial(&[7])), GOOD);
    assert_eq!(ask(&delegate().with(no_check(false))), GOOD);
    assert_eq!(ask(&delegate().with(no_check(true))), GOOD);
}

#[test]
fn nobody_answers_for_the_own_certificate() {
    let own = delegate().serial(&[42]);
    let mut question = Question::new();
    question.leaf = own.sign(&Key::new(1));
    let response = delegated(vec![question.leaf.clone()]).sign(&Key::new(6));
    assert_eq!(question.clone().response(response).ask(), UNAUTHORIZED);
    // Nor by a copy with another encoding of the signature: (r, n - s).
    let copy = own.sign_with_the_other_s(&Key::new(1));
    assert_ne!(copy, question.leaf);
    let response = delegated(vec![copy]).sign(&Key::new(6));
    assert_eq!(question.clone().response(response).ask(), UNAUTHORIZED);
    // Another certificate of the same holder may.
    let response = delegated(vec![delegate().sign(&Key::new(1))]).sign(&Key::new(6));
    assert_eq!(question.response(response).ask(), GOOD);
}

// ----------------------------------------------------------------------------------------------------------------- §4.4

#[test]
fn critical_extensions_have_to_be_understood() {
    assert_eq!(ask_with(|response| response.extensions = vec![odd(false)]), GOOD);
    assert_eq!(
        ask_with(|response| response.extensions = vec![odd(true)]),
        UNSUPPORTED
    );
    assert_eq!(ask_with(|response| response.single = vec![odd(false)]), GOOD);
    assert_eq!(
        ask_with(|response| response.single = vec![odd(true)]),
        UNSUPPORTED
    );
    assert_eq!(
        ask_with(|response| response.single = vec![odd(false), odd(true)]),
        MALFORMED
    );
    assert_eq!(
        ask_with(|response| response.extensions = vec![odd(true), odd(true)]),
        MALFORMED
    );
    let other = |critical| extension("1.2.392.1.8", critical, &[5, 0]);
    for list in [vec![odd(true), other(false)], vec![other(false), odd(true)]] {
        assert_eq!(ask_with(|response| response.single = list.clone()), UNSUPPORTED);
        assert_eq!(
            ask_with(|response| response.extensions = list.clone()),
            UNSUPPORTED
        );
    }
    // It does not matter for another certificate.
    let mut about_other = Ocsp::new();
    (about_other.serial, about_other.single) = (vec![41], vec![odd(true)]);
    let answers = [about_other.answer(), Ocsp::new().answer()];
    assert_eq!(ask(Ocsp::new().sign_answers(&Key::new(1), &answers)), GOOD);
    // A status that cannot be evaluated is not replaced by a good one of the same time.
    let mut unclear = Ocsp::new();
    unclear.single = vec![odd(true)];
    for answers in [
        [unclear.answer(), Ocsp::new().answer()],
        [Ocsp::new().answer(), unclear.answer()],
    ] {
        assert_eq!(ask(Ocsp::new().sign_answers(&Key::new(1), &answers)), UNSUPPORTED);
    }
}

#[test]
fn extensions_that_say_nothing_of_the_status() {
    let archive_cutoff = |critical| extension("1.3.6.1.5.5.7.48.1.6", critical, &time(NOW - 900 * DAY));
    assert_eq!(
        ask_with(|response| response.single = vec![archive_cutoff(false)]),
        GOOD
    );
    assert_eq!(
        ask_with(|response| response.single = vec![archive_cutoff(true)]),
        UNSUPPORTED
    );
    // An old response stays outdated, whatever archiveCutoff says.
    let old = ask_with(|response| {
        response.single = vec![archive_cutoff(false)];
        response.next_update = Some(NOW - 1);
    });
    assert_eq!(old, Err(Code::OcspExpired));
    let extended_revoke = extension("1.3.6.1.5.5.7.48.1.9", false, &[5, 0]);
    assert_eq!(
        ask_with(|response| response.extensions = vec![extended_revoke]),
        GOOD
    );
}

#[test]
fn the_nonce_is_that_of_the_request() {
    let ask = |critical, value: &[u8], wanted: Option<&'static [u8]>| {
        let mut response = Ocsp::new();
        response.extensions = vec![extension("1.3.6.1.5.5.7.48.1.2", critical, value)];
        let question = Question::new().response(response.sign(&Key::new(1)));
        question.ask_with(|options| options.revocation.ocsp_nonce = wanted)
    };
    let mismatch = Err(Code::OcspNonceMismatch);
    let wrapped = tlv(4, b"12345678");
    for critical in [false, true] {
        assert_eq!(ask(critical, &wrapped, Some(b"12345678")), GOOD);
        assert_eq!(ask(critical, &wrapped, None), GOOD);
    }
    assert_eq!(
        ask(false, b"12345678", Some(b"12345678")),
        GOOD,
        "bare, as older ones have it"
    );
    for wanted in [&b"1234567"[..], b"123456789", b"12345679", b""] {
        assert_eq!(ask(false, &wrapped, Some(wanted)), mismatch, "{wanted:?}");
    }
    assert_eq!(
        ask(false, &[&wrapped[..], &[5, 0]].concat(), Some(b"12345678")),
        mismatch
    );
    assert_eq!(ask(false, &tlv(0x0c, b"12345678"), Some(b"12345678")), mismatch);
}

// ---------------------------------------------------------------------------------------------------------------- §4.3

#[test]
fn the_algorithm_is_one_that_is_supported() {
    let with = |algorithm: Vec<u8>| ask_with(|response| response.algorithm = algorithm);
    let unsupported = Err(Code::AlgorithmUnsupported);
    assert_eq!(with(algorithm()), GOOD);
    assert_eq!(with(seq(&[&oid("1.2.840.10045.4.3.2"), &[5, 0]])), unsupported);
    assert_eq!(with(seq(&[&oid("1.2.840.10045.4.3.3")])), unsupported);
    assert_eq!(with(seq(&[&oid("1.2.840.10045.4.1")])), unsupported);
    let rsa = seq(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]);
    assert_eq!(with(rsa), Err(Code::OcspSignatureMismatch), "not of this key");
    let mut of_delegate = delegated(vec![delegate().sign(&Key::new(1))]);
    of_delegate.algorithm = seq(&[&oid("1.2.840.10045.4.1")]);
    assert_eq!(ask(of_delegate.sign(&Key::new(6))), unsupported);
}

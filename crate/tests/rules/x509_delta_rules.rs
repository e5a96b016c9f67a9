//! Delta CRLs (RFC 5280 §5.2.3, §5.2.4, §6.3.3 (c), (h) and (k)): which complete CRL they belong to, and what
//! they must not hide.

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::Revocation;

const REVOKED: Result<Revocation, Code> = Err(Code::CertificateRevoked);

fn by_root(crl: &CrlTemplate) -> Vec<u8> {
    crl.sign(&Key::new(1))
}

fn ask(crls: &[CrlTemplate]) -> Result<Revocation, Code> {
    let mut question = Question::new();
    question.crls = crls.iter().map(by_root).collect();
    question.ask()
}

fn numbered(number: u8) -> CrlTemplate {
    CrlTemplate::new("Root").with(crl_number(number))
}

fn delta(base: u8, number: u8) -> CrlTemplate {
    numbered(number).with(delta_indicator(base))
}

#[test]
fn of_two_entries_a_revocation_counts_more_than_its_removal() {
    let entries = |reasons: [u8; 2]| {
        let first = delta(1, 2).entry(&[42], &[reason(reasons[0])]);
        first.entry(&[42], &[reason(reasons[1])])
    };
    assert_eq!(ask(&[numbered(1), entries([8, 1])]), REVOKED);
    assert_eq!(ask(&[numbered(1), entries([1, 8])]), REVOKED);
    assert_eq!(ask(&[numbered(1), entries([8, 8])]), GOOD);
}

#[test]
fn a_change_that_another_key_signed_hides_no_revocation() {
    let ask = |base: &CrlTemplate, changes: &[Vec<u8>]| {
        let mut question = Question::new().crl(by_root(base));
        question.crls.extend_from_slice(changes);
        (question.ask_without_need(), question.ask())
    };
    let (base, revoking) = (numbered(1), numbered(1).entry(&[42], &[]));
    let forged = |number| delta(1, number).sign(&Key::new(9));
    let genuine = |number| by_root(&delta(1, number));
    let revokes = |number| by_root(&delta(1, number).entry(&[42], &[]));
    assert_eq!(ask(&revoking, &[forged(2)]), (REVOKED, REVOKED));
    // The newest delta CRL with a valid signature counts.
    for changes in [[revokes(2), forged(3)], [forged(3), revokes(2)]] {
        assert_eq!(ask(&base, &changes), (REVOKED, REVOKED));
    }
    assert_eq!(ask(&base, &[forged(2), revokes(3)]), (REVOKED, REVOKED));
    let removes = by_root(&delta(1, 3).entry(&[42], &[reason(8)]));
    assert_eq!(ask(&revoking, &[forged(2), removes]), (GOOD, GOOD));
    // Beside a delta CRL with a wrong signature, nothing is good.
    let unknown = (Ok(Revocation::Unknown), Err(Code::CrlSignatureMismatch));
    assert_eq!(ask(&base, &[forged(2)]), unknown);
    assert_eq!(ask(&base, &[genuine(2), forged(3)]), unknown);
    assert_eq!(ask(&base, &[forged(2), genuine(3)]), (GOOD, GOOD));
}

#[test]
fn a_copy_with_another_signature_hides_no_list_and_casts_no_doubt() {
    let (base, empty) = (numbered(1), delta(1, 2));
    let revoking = empty.clone().entry(&[42], &[]);
    for (list, expected) in [(&empty, GOOD), (&revoking, REVOKED)] {
        let [genuine, forged] = [1, 9].map(|key| list.sign(&Key::new(key)));
        for lists in [[&genuine, &forged], [&forged, &genuine]] {
            let mut question = Question::new().crl(by_root(&base));
            question.crls.extend(lists.map(Clone::clone));
            assert_eq!(question.ask(), expected);
            assert_eq!(question.ask_without_need(), expected);
        }
        // The same for complete lists.
        let complete = CrlTemplate {
            extensions: base.extensions.clone(),
            ..list.clone()
        };
        let [genuine, forged] = [1, 9].map(|key| complete.sign(&Key::new(key)));
        for lists in [[&genuine, &forged], [&forged, &genuine]] {
            let mut question = Question::new();
            question.crls = lists.map(Clone::clone).to_vec();
            assert_eq!(question.ask(), expected);
            assert_eq!(question.ask_without_need(), expected);
        }
    }
}

#[test]
fn a_change_that_is_useless_hides_no_revocation() {
    let odd = [extension("1.2.392.1.9", true, &[5, 0])];
    let useless = || delta(1, 2).entry(&[7], &odd);
    assert_eq!(ask(&[numbered(1), useless()]), Err(Code::CrlExtensionUnsupported));
    let question = Question::new()
        .crl(by_root(&numbered(1).entry(&[42], &[])))
        .crl(by_root(&useless()));
    assert_eq!(question.ask_without_need(), REVOKED);
    let malformed = by_root(&delta(1, 2).entry(&[7], &[reason(7)]));
    let question = Question::new()
        .crl(by_root(&numbered(1).entry(&[42], &[])))
        .crl(malformed);
    assert_eq!(question.ask_without_need(), REVOKED);
}

#[test]
fn a_change_does_not_excuse_a_list_of_the_future() {
    let ask = |this_update| {
        let mut base = numbered(1);
        base.this_update = this_update;
        ask(&[base, delta(1, 2)])
    };
    assert_eq!(ask(NOW), GOOD);
    assert_eq!(ask(NOW + 1), Err(Code::CrlNotYetValid));
}

#[test]
fn numbers_of_lists_are_numbers() {
    let write = |kind: &str, critical, bytes: &[u8]| extension(kind, critical, &int(bytes));
    let ask = |base: &[u8], from: &[u8], number: &[u8]| {
        let complete = CrlTemplate::new("Root").with(write("2.5.29.20", false, base));
        let change = CrlTemplate::new("Root")
            .with(write("2.5.29.20", false, number))
            .with(write("2.5.29.27", true, from));
        // The revocation shows that the delta CRL was used.
        ask(&[complete, change.entry(&[42], &[])])
    };
    assert_eq!(ask(&[0, 0xff], &[0, 0xff], &[1, 0]), REVOKED);
    assert_eq!(ask(&[1, 0], &[0, 0xff], &[1, 1]), REVOKED);
    assert_eq!(ask(&[0, 0x80], &[0x7f], &[0, 0x81]), REVOKED);
    assert_eq!(ask(&[0x7f], &[0x7e], &[0, 0x80]), REVOKED);
    // 255 is below 256, whatever the first byte is.
    assert_eq!(ask(&[0, 0xff], &[1, 0], &[1, 1]), GOOD);
    assert_eq!(ask(&[1, 0], &[0, 0xff], &[0, 0xff]), GOOD);
    let alone = |bytes: &[u8]| {
        let crl = CrlTemplate::new("Root").with(write("2.5.29.20", false, bytes));
        Question::new().crl(by_root(&crl)).ask()
    };
    // 20 octets, and possibly one more for the sign.
    assert_eq!(alone(&[0x7f; 20]), GOOD);
    assert_eq!(alone(&[&[0][..], &[0xff; 20]].concat()), GOOD);
    assert_eq!(alone(&[0x7f; 22]), Err(Code::CrlMalformed));
    assert_eq!(alone(&[0xff, 0x7f]), Err(Code::CrlMalformed));
}

#[test]
fn a_change_of_the_same_scope_and_key_continues_a_list() {
    let user = || issuing(&[&tlv(0x81, &[0xff])]);
    let key = || authority_key(&Key::new(1).id());
    let revokes = || delta(1, 2).entry(&[42], &[]);
    assert_eq!(ask(&[numbered(1).with(user()), revokes().with(user())]), REVOKED);
    assert_eq!(ask(&[numbered(1).with(key()), revokes().with(key())]), REVOKED);
    assert_eq!(ask(&[numbered(1).with(user()), revokes()]), GOOD);
    assert_eq!(ask(&[numbered(1).with(key()), revokes()]), GOOD);
    let critical = extension("1.2.392.1.9", true, &[5, 0]);
    assert_eq!(
        ask(&[numbered(1), revokes().with(critical)]),
        GOOD,
        "not to be used"
    );
}

#[test]
fn the_change_of_the_highest_number_counts_whenever_it_was_made() {
    let base = || numbered(1).entry(&[42], &[reason(6)]);
    let at = |number, age: i64, list: CrlTemplate| CrlTemplate {
        this_update: NOW - age,
        ..list.with(crl_number(number)).with(delta_indicator(1))
    };
    let plain = || CrlTemplate::new("Root");
    let removed = || plain().entry(&[42], &[reason(8)]);
    let held = || plain().entry(&[42], &[reason(6)]);
    for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0]] {
        let ask_in_order = |lists: [CrlTemplate; 3]| ask(&order.map(|place| lists[place].clone()));
        assert_eq!(
            ask_in_order([base(), at(9, 7_200, removed()), at(8, 3_600, held())]),
            GOOD
        );
        assert_eq!(
            ask_in_order([base(), at(9, 7_200, held()), at(8, 3_600, removed())]),
            REVOKED
        );
    }
}

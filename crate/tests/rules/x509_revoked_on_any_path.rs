//! A certificate that is revoked on one valid path is refused, whichever path is tried first.

use std::cell::Cell;

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{FetchedEvidence, Requirement, Revocation, RevocationChecker, RevocationQuery};

type Outcome = Result<Revocation, Code>;

const INDIRECT: &[u8] = &[0x84, 1, 0xff];
const REVOKED: [Outcome; 2] = [Err(Code::CertificateRevoked); 2];

/// The outcomes with everything in the given order, and in the other one.
fn in_both_orders(question: &Question, ask: fn(&Question) -> Outcome) -> [Outcome; 2] {
    let mut turned = question.clone();
    turned.anchors.reverse();
    turned.intermediates.reverse();
    turned.crls.reverse();
    turned.responses.reverse();
    [ask(question), ask(&turned)]
}

fn anchor(usage: u8) -> Vec<u8> {
    Template::new("Root", "Root", &Key::new(1))
        .with(basic_constraints(None))
        .with(key_usage(usage))
        .sign(&Key::new(1))
}

/// The certificate is designated to have its CRL from this issuer.
fn designated(by: &str) -> Vec<u8> {
    distribution_points(&[seq(&[&tlv(0xa2, &directory(&name(by)))])])
}

fn good_response(issuer: &str, key: &Key) -> Vec<u8> {
    let response = ocsp::Ocsp {
        issuer: name(issuer),
        issuer_key: key.point(),
        responder: tlv(0xa1, &name(issuer)),
        ..ocsp::Ocsp::new()
    };
    response.sign(key)
}

#[test]
fn two_anchors_with_one_key_of_which_one_may_sign_no_lists() {
    let mut question = Question::new()
        .crl(CrlTemplate::new("Root").entry(&[42], &[]).sign(&Key::new(1)))
        .response(ocsp::Ocsp::new().sign(&Key::new(1)));
    question.anchors = vec![anchor(0x06), anchor(0x04)];
    assert_eq!(in_both_orders(&question, Question::ask), REVOKED);
    assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
    let reported = in_both_orders(&question, |question| {
        question.ask_with(|options| options.revocation.report_only = true)
    });
    assert!(
        reported
            .iter()
            .all(|one| matches!(one, Ok(Revocation::Revoked(_)))),
        "{reported:?}"
    );
    // Without an entry, and with the OCSP response or without it.
    question.crls = vec![CrlTemplate::new("Root").sign(&Key::new(1))];
    assert_eq!(in_both_orders(&question, Question::ask), [GOOD; 2]);
    question.responses.clear();
    assert_eq!(in_both_orders(&question, Question::ask), [GOOD; 2]);
    // Alone, the anchor without cRLSign knows of no revocation.
    question.crls = vec![CrlTemplate::new("Root").entry(&[42], &[]).sign(&Key::new(1))];
    question.anchors.remove(0);
    assert_eq!(question.ask_without_need(), Ok(Revocation::Unknown));
    assert_eq!(question.ask(), Err(Code::KeyUsageMissing));
}

#[test]
fn an_indirect_list_by_the_key_of_two_anchors() {
    let ca = Key::new(4);
    let list = CrlTemplate::new("Root")
        .with(issuing(&[INDIRECT]))
        .entry(&[42], &[certificate_issuer(&name("CA"))]);
    let mut question = Question::new()
        .below(Template::ca("Root", "CA", &ca).sign(&Key::new(1)))
        .crl(list.sign(&Key::new(1)))
        .response(good_response("CA", &ca));
    question.leaf = Template::new("CA", "Leaf", &Key::new(3))
        .serial(&[42])
        .with(designated("Root"))
        .sign(&ca);
    question.anchors = vec![anchor(0x06), anchor(0x04)];
    assert_eq!(in_both_orders(&question, Question::ask), REVOKED);
    assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
}

/// The signer of the CRL is below Root. A cross-certificate of Root excludes its name.
fn excluded_signer(lists: CrlTemplate, more: &[CrlTemplate]) -> Question {
    let (lists_key, other) = (Key::new(7), Key::new(8));
    let cross = Template::ca("Other", "Root", &Key::new(1))
        .with(name_constraints(&[], &[directory(&name("Lists"))]))
        .sign(&other);
    let signer = Template::new("Root", "Lists", &lists_key).with(key_usage(0x02));
    let mut question = Question::about(leaf().with(designated("Lists")))
        .below(signer.serial(&[9]).sign(&Key::new(1)))
        .below(cross)
        .crl(lists.sign(&lists_key))
        .response(ocsp::Ocsp::new().sign(&Key::new(1)));
    for list in more {
        question = question.crl(list.clone().sign(&lists_key));
    }
    question.anchors.push(root("Other", &other));
    question
}

fn lists() -> CrlTemplate {
    CrlTemplate::new("Lists").with(issuing(&[INDIRECT]))
}

#[test]
fn a_cross_certificate_that_excludes_the_signer_of_the_list() {
    let of_root = [certificate_issuer(&name("Root"))];
    let question = excluded_signer(lists().entry(&[42], &of_root), &[]);
    assert_eq!(in_both_orders(&question, Question::ask), REVOKED);
    assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
    // With an entry of another certificate, the path that is tried first decides.
    let question = excluded_signer(lists().entry(&[43], &of_root), &[]);
    assert_eq!(in_both_orders(&question, Question::ask), [GOOD; 2]);
}

#[test]
fn a_delta_list_of_an_excluded_signer() {
    let of_root = [certificate_issuer(&name("Root"))];
    let base = lists().with(crl_number(1)).entry(&[99], &of_root);
    let delta = lists()
        .with(crl_number(2))
        .with(delta_indicator(1))
        .entry(&[42], &of_root);
    let question = excluded_signer(base, &[delta]);
    assert_eq!(in_both_orders(&question, Question::ask), REVOKED);
    assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
}

/// The CA has one key and a certificate of each root. Only `knowing` knows the signer of the CRL, whose key is another
/// one.
fn below_two_roots(knowing: (&str, &Key), list: CrlTemplate) -> Question {
    let (ca_key, list_key, other_root) = (Key::new(4), Key::new(7), Key::new(8));
    let signer = Template::new(knowing.0, "CA", &list_key).with(key_usage(0x02));
    let mut question = Question::new()
        .below(Template::ca("Root", "CA", &ca_key).sign(&Key::new(1)))
        .below(Template::ca("Other", "CA", &ca_key).sign(&other_root))
        .below(signer.sign(knowing.1))
        .crl(list.sign(&list_key));
    question.leaf = Template::new("CA", "Leaf", &Key::new(3))
        .serial(&[42])
        .sign(&ca_key);
    question.anchors.push(root("Other", &other_root));
    question
}

#[test]
fn a_list_whose_signer_only_one_root_knows() {
    let list = CrlTemplate::new("CA").entry(&[42], &[]);
    for knowing in [("Root", Key::new(1)), ("Other", Key::new(8))] {
        let question = below_two_roots((knowing.0, &knowing.1), list.clone());
        assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
    }
    // The other root alone has another CRL issuer (RFC 5280 §6.3.3 (f): the same trust anchor).
    let mut question = below_two_roots(("Root", &Key::new(1)), list);
    question.anchors.remove(0);
    assert_eq!(question.ask_without_need(), Ok(Revocation::Unknown));
    assert_eq!(question.ask(), Err(Code::CrlIssuerNotFound));
}

#[test]
fn a_newer_list_whose_signer_only_one_root_knows_hides_no_older_one() {
    let newer = CrlTemplate::new("CA").with(crl_number(2));
    let mut older = CrlTemplate::new("CA").with(crl_number(1)).entry(&[42], &[]);
    older.this_update = NOW - 3 * DAY;
    for knowing in [("Root", Key::new(1)), ("Other", Key::new(8))] {
        let question = below_two_roots((knowing.0, &knowing.1), newer.clone());
        assert_eq!(in_both_orders(&question, Question::ask), [GOOD; 2]);
        let question = question.crl(older.clone().sign(&Key::new(4)));
        assert_eq!(in_both_orders(&question, Question::ask), REVOKED);
    }
    // If both are known on all paths, the newer one takes precedence.
    let mut question = below_two_roots(("Root", &Key::new(1)), newer.clone());
    question.crls = vec![newer.sign(&Key::new(4)), older.sign(&Key::new(4))];
    assert_eq!(in_both_orders(&question, Question::ask), [GOOD; 2]);
}

#[test]
fn a_delta_list_whose_signer_only_one_root_knows() {
    let base = CrlTemplate::new("CA").with(crl_number(1)).entry(&[99], &[]);
    let delta = CrlTemplate::new("CA")
        .with(crl_number(2))
        .with(delta_indicator(1))
        .entry(&[42], &[]);
    for knowing in [("Root", Key::new(1)), ("Other", Key::new(8))] {
        let question =
            below_two_roots((knowing.0, &knowing.1), base.clone()).crl(delta.clone().sign(&Key::new(7)));
        assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
    }
}

#[test]
fn a_responder_that_is_revoked_on_one_path_only() {
    let (ca_key, responder_key) = (Key::new(4), Key::new(6));
    let certificate = Template::new("CA", "Responder", &responder_key)
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
        .serial(&[6])
        .sign(&ca_key);
    let response = ocsp::Ocsp {
        issuer: name("CA"),
        issuer_key: ca_key.point(),
        responder: tlv(0xa1, &name("Responder")),
        status: tlv(0xa1, &time(NOW - 2 * DAY)),
        certificates: vec![certificate],
        ..ocsp::Ocsp::new()
    };
    let list = CrlTemplate::new("CA").entry(&[6], &[]);
    for knowing in [("Root", Key::new(1)), ("Other", Key::new(8))] {
        let question =
            below_two_roots((knowing.0, &knowing.1), list.clone()).response(response.sign(&responder_key));
        assert_eq!(in_both_orders(&question, Question::ask_without_need), REVOKED);
    }
}

/// Answers once for each certificate, as a server does that limits the rate.
struct Once {
    fetched: Cell<u32>,
    asked: Cell<u32>,
    crl: Vec<u8>,
}

impl RevocationChecker for Once {
    fn fetch_evidence(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let mut evidence = FetchedEvidence::default();
        if query.certificate.serial() == [42] {
            self.fetched.set(self.fetched.get() + 1);
            if self.fetched.get() == 1 {
                evidence.crls.push(self.crl.clone());
            }
        }
        evidence
    }

    fn status(&self, query: &RevocationQuery<'_, '_>) -> Option<Revocation> {
        let is_leaf = query.certificate.serial() == [42];
        self.asked.set(self.asked.get() + u32::from(is_leaf));
        None
    }
}

#[test]
fn the_checker_is_asked_once_about_a_certificate() {
    let (key, other_key) = (Key::new(4), Key::new(5));
    // Without the CRL that it fetches, each of the 9 paths is refused.
    for (entries, signer, asked, expected) in [
        (vec![42], &key, 0, Err(Code::CertificateRevoked)),
        (vec![], &key, 0, GOOD),
        (vec![], &other_key, 1, Err(Code::CrlSignatureMismatch)),
    ] {
        let mut question = Question::new();
        for serial in 1..10 {
            question = question.below(
                Template::ca("Root", "CA", &key)
                    .serial(&[serial])
                    .sign(&Key::new(1)),
            );
        }
        question.leaf = Template::new("CA", "Leaf", &Key::new(3)).serial(&[42]).sign(&key);
        let list = entries
            .iter()
            .fold(CrlTemplate::new("CA"), |list, serial| list.entry(&[*serial], &[]));
        let checker: &'static Once = Box::leak(Box::new(Once {
            fetched: Cell::new(0),
            asked: Cell::new(0),
            crl: list.sign(signer),
        }));
        let outcome = question.ask_with(|options| {
            options.revocation.checker = Some(checker);
            options.revocation.require = Requirement::Certificate;
        });
        assert_eq!(outcome, expected);
        assert_eq!(
            (checker.fetched.get(), checker.asked.get()),
            (1, asked),
            "{expected:?}"
        );
    }
}

#[test]
fn a_reached_limit_does_not_lead_to_another_path() {
    let question = below_two_roots(("Root", &Key::new(1)), CrlTemplate::new("CA").entry(&[42], &[]));
    let outcomes = in_both_orders(&question, |question| {
        question.ask_with(|options| {
            options.revocation.require = Requirement::Nothing;
            options.limits.scanned_bytes = 0;
        })
    });
    assert_eq!(outcomes, [Err(Code::PathBudgetExhausted); 2]);
}

//! CRL signers that must be checked themselves, and the cost of that. A reached limit is an error, and never
//! looks like missing evidence.

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{Limits, Requirement, Revocation};

const INDIRECT: &[u8] = &[0x84, 1, 0xff];

fn lists(number: u32) -> String {
    format!("Lists {number}")
}

/// A distribution point whose CRLs have this signer.
fn by(number: u32) -> Vec<u8> {
    let point = seq(&[&tlv(0xa2, &directory(&name(&lists(number))))]);
    distribution_points(&[point])
}

/// Used by the last signer only, so that its CRL covers no others.
fn end() -> Vec<u8> {
    full_name(&name("End"))
}

/// The first signer signs the CRLs of the leaf, the second those of the first, and so on; the root signs
/// those of the last. The serial number of each is its own number.
fn nested(depth: u32) -> Question {
    let root_key = Key::new(1);
    let mut question = Question::about(leaf().with(by(1)));
    for number in 1..=depth {
        let key = Key::new(100 + number);
        let mut signer = Template::new("Root", &lists(number), &key)
            .with(key_usage(0x02))
            .serial(&[number as u8]);
        signer = match number < depth {
            true => signer.with(by(number + 1)),
            false => signer.with(distribution_points(&[seq(&[&end()])])),
        };
        let of_root = [certificate_issuer(&name("Root"))];
        let list = CrlTemplate::new(&lists(number))
            .with(issuing(&[INDIRECT]))
            .entry(&[99], &of_root);
        question = question.below(signer.sign(&root_key)).crl(list.sign(&key));
    }
    question.crl(of_the_last().sign(&root_key))
}

fn of_the_last() -> CrlTemplate {
    CrlTemplate::new("Root")
        .with(issuing(&[&end()]))
        .entry(&[99], &[])
}

fn all(question: &Question) -> Result<Revocation, Code> {
    question.ask_with(|options| options.revocation.require = Requirement::Path)
}

#[test]
fn signers_are_checked_by_lists_of_further_signers_three_deep() {
    for depth in 1..=3 {
        assert_eq!(all(&nested(depth)), GOOD, "{depth}");
    }
    assert_eq!(all(&nested(4)), Err(Code::CrlIssuerNotFound));
    // The last one is revoked.
    for depth in 1..=3 {
        let mut question = nested(depth);
        let list = of_the_last().entry(&[depth as u8], &[]);
        *question.crls.last_mut().unwrap() = list.sign(&Key::new(1));
        assert_eq!(all(&question), Err(Code::CrlIssuerNotFound), "{depth}");
    }
}

/// A path to the signer failed, and another one remains untried because a limit is reached: the signer may be
/// authorized, so this is no missing signer.
#[test]
fn a_limit_that_leaves_a_signers_path_untried_is_reported() {
    let (root_key, ca_key, signer_key) = (Key::new(1), Key::new(2), Key::new(101));
    let ca = || Template::ca("Root", "CA", &ca_key);
    let bad = ca().with(extension("1.2.392.1.9", true, &[5, 0])).sign(&root_key);
    let good = ca().serial(&[2]).sign(&root_key);
    let signer = Template::new("CA", &lists(1), &signer_key)
        .with(key_usage(0x02))
        .serial(&[1])
        .sign(&ca_key);
    let of_root = [certificate_issuer(&name("Root"))];
    let list = CrlTemplate::new(&lists(1))
        .with(issuing(&[INDIRECT]))
        .entry(&[99], &of_root)
        .sign(&signer_key);
    for authorities in [[&bad, &good], [&good, &bad]] {
        let question = authorities
            .into_iter()
            .fold(Question::about(leaf().with(by(1))), |question, ca| {
                question.below(ca.clone())
            })
            .below(signer.clone())
            .crl(list.clone());
        assert_eq!(question.ask(), GOOD);
        for signatures in 0..8 {
            let found = question.ask_with(|options| options.limits.signatures = signatures);
            assert!(
                [GOOD, Err(Code::PathBudgetExhausted)].contains(&found),
                "{signatures}: {found:?}"
            );
        }
    }
}

#[test]
fn a_list_in_the_issuers_name_is_not_signed_by_the_anchor() {
    let leaf = Template::new("CA", "Leaf", &Key::new(3))
        .serial(&[42])
        .sign(&Key::new(4));
    let question = |key: u32| {
        let mut question = Question::new().below(Template::ca("Root", "CA", &Key::new(4)).sign(&Key::new(1)));
        question.leaf = leaf.clone();
        question.crl(CrlTemplate::new("CA").sign(&Key::new(key))).ask()
    };
    assert_eq!(question(4), GOOD);
    assert_eq!(question(1), Err(Code::CrlSignatureMismatch));
}

/// A complete CRL and a delta CRL by a separate signer; both have entries of several issuers.
fn changed() -> Question {
    let (root_key, key) = (Key::new(1), Key::new(7));
    let signer = Template::new("Root", "Lists 1", &key).with(key_usage(0x02));
    let write = |number: u8, base: Option<u8>| {
        let mut list = CrlTemplate::new("Lists 1")
            .with(issuing(&[INDIRECT]))
            .with(crl_number(number));
        if let Some(base) = base {
            list = list.with(delta_indicator(base));
        }
        for (serial, issuer) in [(7, "Other"), (8, "Root"), (9, "Another")] {
            list = list.entry(&[serial], &[certificate_issuer(&name(issuer))]);
        }
        list.sign(&key)
    };
    Question::about(leaf().with(by(1)))
        .below(Template::ca("Root", "CA", &Key::new(4)).sign(&root_key))
        .below(signer.sign(&root_key))
        .crl(write(1, None))
        .crl(write(2, Some(1)))
        .crl(CrlTemplate::new("Root").sign(&root_key))
}

/// A responder with a certificate in the response, after another one with the same name that is not
/// authorized.
fn delegated() -> Question {
    let responder = Key::new(6);
    let of_responder = Template::new("Root", "Responder", &Key::new(6)).serial(&[6]);
    let certificate = of_responder.clone().with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]));
    let response = ocsp::Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        certificates: [of_responder, certificate]
            .map(|each| each.sign(&Key::new(1)))
            .to_vec(),
        ..ocsp::Ocsp::new()
    };
    Question::new()
        .response(response.sign(&responder))
        .crl(CrlTemplate::new("Other").sign(&Key::new(1)))
}

#[test]
fn an_exhausted_budget_is_not_missing_evidence() {
    type Set = fn(&mut Limits, u32);
    let limits: [(&str, Set); 4] = [
        ("signatures", |limits, most| limits.signatures = most),
        ("candidates", |limits, most| limits.candidates = most),
        ("name_comparisons", |limits, most| limits.name_comparisons = most),
        ("scanned_bytes", |limits, most| {
            limits.scanned_bytes = most as usize
        }),
    ];
    for (title, question) in [
        ("nested", nested(2)),
        ("changed", changed()),
        ("delegated", delegated()),
    ] {
        for (limit, set) in &limits {
            let with = |most: u32| {
                question.ask_with(|options| {
                    options.revocation.require = Requirement::Nothing;
                    set(&mut options.limits, most);
                })
            };
            let (mut below, mut enough) = (0, 4_096);
            if with(0).is_ok() {
                enough = 0;
            }
            while enough > below + 1 {
                let middle = (below + enough) / 2;
                match with(middle).is_ok() {
                    true => enough = middle,
                    false => below = middle,
                }
            }
            // All of the last ones, and some of the earlier ones.
            for most in (0..enough)
                .rev()
                .step_by(enough as usize / 8 + 1)
                .chain(enough.saturating_sub(5)..enough)
            {
                assert_eq!(
                    with(most),
                    Err(Code::PathBudgetExhausted),
                    "{title}, {limit}: {most}"
                );
            }
            assert_eq!(with(enough), GOOD, "{title}, {limit}: {enough}");
        }
    }
}

#[test]
fn what_the_caller_asks_of_the_leaf_is_not_asked_of_signers() {
    use honnin::der::Oid;
    use honnin::x509::{NameConstraints, Purpose};

    const SERVER: &str = "1.3.6.1.5.5.7.3.1";
    const MAIL: &str = "1.3.6.1.5.5.7.3.4";
    let (root_key, of_lists, key) = (Key::new(1), Key::new(8), Key::new(7));
    // A CA for other purposes issued the certificate of the signer.
    let authority = Template::ca("Root", "Authority of lists", &of_lists).with(ext_key_usage(&[MAIL]));
    let signer = Template::new("Authority of lists", "Lists 1", &key).with(key_usage(0x02));
    let of_root = [certificate_issuer(&name("Root"))];
    let list = CrlTemplate::new("Lists 1")
        .with(issuing(&[INDIRECT]))
        .entry(&[99], &of_root);
    let question = Question::about(leaf().with(by(1)).with(ext_key_usage(&[SERVER])))
        .below(authority.sign(&root_key))
        .below(signer.sign(&of_lists))
        .crl(list.sign(&key));
    assert_eq!(question.ask(), GOOD);
    let purpose: &'static [u8] = oid_contents(SERVER).leak();
    for asked in [
        Purpose::Allowed(Oid::new(purpose)),
        Purpose::Named(Oid::new(purpose)),
    ] {
        assert_eq!(question.ask_with(|options| options.purpose = Some(asked)), GOOD);
    }
    // Name comparisons are those of all paths.
    let value: &'static [u8] = name_constraints_value(&[], &[directory(&name("Lists 1"))]).leak();
    let constrained = question.ask_with(|options| {
        options.name_constraints = Some(NameConstraints::from_der(value).unwrap());
    });
    assert_eq!(constrained, Err(Code::CrlIssuerNotFound));
}

#[test]
fn the_issuers_key_signs_lists_by_whichever_of_its_certificates_allows_it() {
    let key = Key::new(4);
    let with = |usage: u8, serial: u8| {
        Template::new("Root", "CA", &key)
            .with(basic_constraints(None))
            .with(key_usage(usage))
            .serial(&[serial])
            .sign(&Key::new(1))
    };
    let mut question = Question::about(Template::new("CA", "Leaf", &Key::new(3)).serial(&[42]));
    question.leaf = Template::new("CA", "Leaf", &Key::new(3)).serial(&[42]).sign(&key);
    let list = CrlTemplate::new("CA").entry(&[42], &[]).sign(&key);
    let question = question.crl(list);
    // The one that comes first by its bytes is tried last.
    for (certificates_only, lists_too) in [(7, 8), (8, 7)] {
        let (certificates_only, lists_too) = (with(0x04, certificates_only), with(0x06, lists_too));
        let both = question.clone().below(certificates_only).below(lists_too);
        assert_eq!(both.ask_without_need(), Err(Code::CertificateRevoked));
    }
    let mut alone = question.below(with(0x04, 7));
    assert_eq!(alone.ask_without_need(), Ok(Revocation::Unknown));
    alone.crls = vec![CrlTemplate::new("CA").sign(&key)];
    assert_eq!(alone.ask(), Err(Code::KeyUsageMissing));
    // A certificate for CRLs only lets the key show the status "good".
    let lists_only = Template::new("Root", "CA", &key)
        .with(key_usage(0x02))
        .serial(&[8]);
    assert_eq!(alone.below(lists_only.sign(&Key::new(1))).ask(), GOOD);
}

#[test]
fn another_key_signs_no_lists_without_crl_sign() {
    let key = Key::new(7);
    let question = Question::new()
        .below(
            Template::new("Root", "Root", &key)
                .with(key_usage(0x80))
                .serial(&[9])
                .sign(&Key::new(1)),
        )
        .crl(CrlTemplate::new("Root").entry(&[42], &[]).sign(&key));
    assert_eq!(question.ask_without_need(), Ok(Revocation::Unknown));
}

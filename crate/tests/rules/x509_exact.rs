//! What must be exact: costs, bounds, readers of lists, and texts that depend on one comparison.

use crate::pki::evidence::*;
use crate::pki::ocsp::Ocsp;
use crate::pki::path::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{
    Certificate, NameConstraints, PathOptions, Policies, PolicyFault, PolicyGraph, PolicyMappings,
    Requirement, TrustAnchor, Violation, verify_certificate,
};

fn policy(oid_text: &str) -> Vec<u8> {
    seq(&[&oid(oid_text)])
}

fn pair(from: &str, to: &str) -> Vec<u8> {
    seq(&[&oid(from), &oid(to)])
}

#[test]
fn every_entry_of_a_list_is_read() {
    let null: &[u8] = &[5, 0];
    let list = |entries: &[&[u8]]| seq(entries);
    assert!(Policies::from_der(&list(&[&policy(P1), &policy(P2)])).is_ok());
    assert!(Policies::from_der(&list(&[&policy(P1), null])).is_err());
    assert!(Policies::from_der(&list(&[null])).is_err());
    assert!(Policies::from_der(&list(&[])).is_err());
    assert!(PolicyMappings::from_der(&list(&[&pair(P1, P2), &pair(P2, P3)])).is_ok());
    assert!(PolicyMappings::from_der(&list(&[&pair(P1, P2), null])).is_err());
    assert!(PolicyMappings::from_der(&list(&[null])).is_err());
    assert!(PolicyMappings::from_der(&list(&[])).is_err());
    let qualified = |qualifiers: &[&[u8]]| {
        let entry = seq(&[&oid(P1), &seq(qualifiers)]);
        Policies::from_der(&seq(&[&entry])).is_ok()
    };
    let qualifier = seq(&[&oid("1.3.6.1.5.5.7.2.1"), &tlv(0x16, b"https://ca.example")]);
    assert!(qualified(&[&qualifier]));
    assert!(!qualified(&[&qualifier, null]));
    assert!(!qualified(&[null]));
    assert!(!qualified(&[]));
}

/// The graph after a certificate with these policies and mappings, within this bound.
fn graph(bound: usize, list: &[&str], mapped: &[(&str, &str)]) -> Result<usize, PolicyFault> {
    let entries: Vec<Vec<u8>> = list.iter().map(|one| policy(one)).collect();
    let policies = seq(&entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let pairs: Vec<Vec<u8>> = mapped.iter().map(|(from, to)| pair(from, to)).collect();
    let mappings = seq(&pairs.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let policies = Policies::from_der(&policies).unwrap();
    let mappings = (!mapped.is_empty()).then(|| PolicyMappings::from_der(&mappings).unwrap());
    let mut graph = PolicyGraph::new(bound);
    graph.certificate(Some(&policies), true)?;
    if let Some(mappings) = &mappings {
        graph.next(Some(mappings), true)?;
    }
    Ok(graph.size())
}

#[test]
fn the_bound_of_the_policy_graph_is_exact() {
    assert_eq!(graph(2, &[P1, P2], &[]), Ok(2));
    assert_eq!(graph(1, &[P1, P2], &[]), Err(PolicyFault::Exhausted));
    // Two policies, two mappings, and the edges: two that are mapped to one policy.
    assert_eq!(graph(6, &[P1, P2], &[(P1, P3), (P2, P3)]), Ok(6));
    assert_eq!(
        graph(5, &[P1, P2], &[(P1, P3), (P2, P3)]),
        Err(PolicyFault::Exhausted)
    );
    // Mappings that are repeated count once in the graph, but reading them is bounded too.
    assert_eq!(graph(3, &[P1], &[(P1, P3); 3]), Ok(3));
    assert_eq!(graph(3, &[P1], &[(P1, P3); 4]), Err(PolicyFault::Exhausted));
}

#[test]
fn policies_that_are_mapped_to_one_are_one() {
    let mut graph = PolicyGraph::new(100);
    let both = seq(&[&policy(P1), &policy(P2)]);
    let both = Policies::from_der(&both).unwrap();
    let crossed = seq(&[&pair(P1, P1), &pair(P1, P2), &pair(P2, P1), &pair(P2, P2)]);
    let crossed = PolicyMappings::from_der(&crossed).unwrap();
    let mut sizes = Vec::new();
    for _ in 0..4 {
        graph.certificate(Some(&both), true).unwrap();
        graph.next(Some(&crossed), true).unwrap();
        sizes.push(graph.size());
    }
    // Each level adds two policies, four mappings and four edges.
    assert_eq!(sizes, [10, 20, 30, 40]);
}

/// The cost of checking a certificate with this subjectAltName, and its outcome.
fn checked(
    permitted: &[Vec<u8>],
    excluded: &[Vec<u8>],
    subject: Vec<u8>,
    names: &[Vec<u8>],
) -> (u32, Result<(), Violation>) {
    let mut template = Template::new("Root", "Leaf", &Key::new(3));
    template.subject = subject;
    if !names.is_empty() {
        template = template.with(alt_names(names));
    }
    let der = template.sign(&Key::new(1));
    let certificate = Certificate::from_der(&der).unwrap();
    let value = name_constraints_value(permitted, excluded);
    let constraints = NameConstraints::from_der(&value).unwrap();
    let mut budget = 10_000;
    let alternatives = certificate.extensions().subject_alt_name.as_ref();
    let outcome = constraints.check(certificate.subject(), alternatives, &mut budget);
    (10_000 - budget, outcome)
}

#[test]
fn a_name_costs_its_bytes_and_those_of_the_subtree() {
    let long = |length: usize| "a.".repeat(length / 2);
    let of = |name: usize, base: usize| {
        let (name, base) = (long(name) + "jp", long(base) + "jp");
        let excluded = [tlv(0x82, base.as_bytes())];
        checked(&[], &excluded, rdns(&[]), &[tlv(0x82, name.as_bytes())]).0
    };
    // One unit, and one for each 32 bytes of the name and of the encoded subtree together.
    assert_eq!(of(20, 10), 1 + 1);
    assert_eq!(of(98, 10), 1 + 3);
    assert_eq!(of(98, 90), 1 + 6);
    let mail = |length: usize| {
        let name = format!("{}@example.jp", "a".repeat(length));
        let excluded = [tlv(0x81, b"example.test")];
        checked(&[], &excluded, rdns(&[]), &[tlv(0x81, name.as_bytes())]).0
    };
    assert!(mail(500) >= mail(1) + 15);
    let uri = |length: usize| {
        let name = format!("https://example.jp/{}", "a".repeat(length));
        let excluded = [tlv(0x86, b"example.test")];
        checked(&[], &excluded, rdns(&[]), &[tlv(0x86, name.as_bytes())]).0
    };
    assert!(uri(500) >= uri(1) + 15);
    let other = |length: usize| {
        let name = other_name(
            "1.3.6.1.5.5.7.8.9",
            0x0c,
            &format!("{}@example.jp", "a".repeat(length)),
        );
        checked(&[], &[tlv(0x81, b"example.test")], rdns(&[]), &[name]).0
    };
    assert!(other(500) >= other(1) + 15);
}

#[test]
fn a_name_beyond_ascii_costs_more() {
    let organization = |text: &str| rdns(&[&rdn("2.5.4.10", text)]);
    let cost = |subject: &str| {
        let excluded = [directory(&organization(&"b".repeat(80)))];
        checked(&[], &excluded, organization(subject), &[]).0
    };
    // Equally long in bytes, and different from the subtree.
    let (plain, folded) = (cost(&"a".repeat(80)), cost(&"é".repeat(40)));
    // Reading both once more costs 2 / 32 per byte, or 4 / 32.
    assert_eq!(folded - plain, 2 * 89 * 2 / 32);
}

#[test]
fn equal_parts_of_names_cost_their_encoded_length() {
    let least = |length: usize| {
        let part = rdn("2.5.4.10", &"a".repeat(length));
        let named = |last: &str| rdns(&[&part, &rdn("2.5.4.3", last)]);
        let mut anchor = Template::ca("Root", "Root", &Key::new(1));
        anchor.subject = named("Root");
        let mut leaf = leaf();
        leaf.issuer = named("ROOT");
        let mut question = Question::about(leaf);
        question.anchors = vec![anchor.sign(&Key::new(1))];
        let ask = |most| {
            question.ask_with(|options| {
                options.revocation.require = Requirement::Nothing;
                options.limits.name_comparisons = most;
            })
        };
        (0..100).find(|most| ask(*most).is_ok()).unwrap()
    };
    // The attribute takes 11 bytes more than its text.
    assert!(least(21) > least(20), "{} {}", least(21), least(20));
    assert_eq!(least(20), least(5));
    assert_eq!(least(52), least(21));
}

#[test]
fn a_violation_names_the_form_and_the_kind() {
    let host = tlv(0x82, b"example.jp");
    let none = rdns(&[]);
    let of = |permitted: &[Vec<u8>], excluded: &[Vec<u8>], name: &[u8]| {
        checked(permitted, excluded, none.clone(), &[name.to_vec()]).1
    };
    let elsewhere = tlv(0x82, b"example.test");
    assert_eq!(
        of(&[], std::slice::from_ref(&host), &host),
        Err(Violation::Excluded("dNSName"))
    );
    assert_eq!(
        of(&[elsewhere], &[], &host),
        Err(Violation::NotPermitted("dNSName"))
    );
    let mail = tlv(0x81, b"a@example.jp");
    assert_eq!(
        of(&[tlv(0x81, b"b.test")], &[], &mail),
        Err(Violation::NotPermitted("rfc822Name"))
    );
    let id = tlv(0x88, &oid_contents("1.2.3"));
    assert_eq!(
        of(&[], std::slice::from_ref(&id), &id),
        Err(Violation::Incomparable("registeredID"))
    );
    // A name that normalization may change: outside what is permitted, but perhaps within what is excluded.
    let organization = |text: &str| rdns(&[&rdn("2.5.4.10", text)]);
    let base = [directory(&organization("é"))];
    let changed = organization("e\u{301}");
    assert_eq!(
        checked(&base, &[], changed.clone(), &[]).1,
        Err(Violation::NotPermitted("directoryName"))
    );
    assert_eq!(
        checked(&[], &base, changed, &[]).1,
        Err(Violation::Incomparable("directoryName"))
    );
}

#[test]
fn a_backslash_stands_before_visible_characters_only() {
    let mailbox = |local: &[u8]| {
        let mut name = local.to_vec();
        name.extend_from_slice(b"@example.jp");
        let text = String::from_utf8(name).unwrap();
        let name = other_name("1.3.6.1.5.5.7.8.9", 0x0c, &text);
        checked(&[tlv(0x81, b"example.jp")], &[], rdns(&[]), &[name]).1
    };
    assert_eq!(mailbox(b"\"a\\\\b\""), Ok(()));
    assert_eq!(mailbox("\"aéb\"".as_bytes()), Ok(()));
    let incomparable = Err(Violation::Incomparable("otherName"));
    assert_eq!(mailbox("\"a\\éb\"".as_bytes()), incomparable);
    assert_eq!(mailbox(b"\"a\\\""), incomparable);
}

/// The message of a refusal, or the details of the step of the trust anchor and of the encodings.
fn said(anchor: &[u8], intermediates: &[&[u8]], leaf: &[u8]) -> Result<Vec<String>, String> {
    let anchors = [TrustAnchor::from_certificate(anchor).unwrap()];
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = intermediates;
    verify_certificate(leaf, &options)
        .map(|path| {
            let steps = path.report.steps().iter();
            let shown = steps.filter(|step| ["trust-anchor", "certificate-encoding"].contains(&step.id));
            shown.map(|step| step.detail.to_string()).collect()
        })
        .map_err(|error| error.message().to_owned())
}

#[test]
fn the_report_says_nothing_of_encodings_that_are_strict() {
    let (root_key, ca_key) = (Key::new(1), Key::new(4));
    let constraints = name_constraints(&[directory(&name("CA")), directory(&name("Leaf"))], &[]);
    let ca = Template::ca("Root", "CA", &ca_key)
        .with(constraints)
        .sign(&root_key);
    let leaf = Template::new("CA", "Leaf", &Key::new(3)).sign(&ca_key);
    assert_eq!(
        said(&root("Root", &root_key), &[&ca], &leaf),
        Ok(vec![
            "the path ends at a given trust anchor, whose certificate allows the path so far".to_owned()
        ])
    );
}

#[test]
fn the_version_of_an_issuer_that_is_no_ca_is_told() {
    let (root_key, key) = (Key::new(1), Key::new(4));
    let leaf = Template::new("CA", "Leaf", &Key::new(3)).sign(&key);
    let anchor = root("Root", &root_key);
    let third = Template::new("Root", "CA", &key)
        .with(key_usage(0x06))
        .sign(&root_key);
    let message = said(&anchor, &[&third], &leaf).unwrap_err();
    assert!(message.contains("is not a CA certificate"), "{message}");
    let first = Template::new("Root", "CA", &key).version_1(&root_key);
    let message = said(&anchor, &[&first], &leaf).unwrap_err();
    assert!(message.contains("is not version 3"), "{message}");
}

#[test]
fn only_a_reached_limit_leaves_paths_untried() {
    let (root_key, ca_key) = (Key::new(1), Key::new(4));
    let expired = |serial: u8| {
        let mut ca = Template::ca("Root", "CA", &ca_key).serial(&[serial]);
        ca.to = NOW - DAY;
        ca.sign(&root_key)
    };
    let (one, other) = (expired(1), expired(2));
    let leaf = Template::new("CA", "Leaf", &Key::new(3)).sign(&ca_key);
    let message = said(&root("Root", &root_key), &[&one, &other], &leaf).unwrap_err();
    assert!(!message.contains("untried"), "{message}");
}

#[test]
fn names_of_entries_that_exhaust_the_limit_are_no_missing_evidence() {
    let long = |letter: char| letter.to_string().repeat(3_200);
    let entry = [certificate_issuer(&name(&long('a')))];
    let mut leaf = Template::new(&long('A'), "Leaf", &Key::new(3)).serial(&[42]);
    leaf = leaf.with(distribution_points(&[seq(&[&tlv(
        0xa2,
        &directory(&name("Root")),
    )])]));
    let list = CrlTemplate::new("Root")
        .with(issuing(&[&[0x84, 1, 0xff]]))
        .entry(&[43], &entry);
    let ca = Key::new(4);
    let mut question = Question::new()
        .below(Template::ca("Root", &long('A'), &ca).sign(&Key::new(1)))
        .crl(list.sign(&Key::new(1)));
    question.leaf = leaf.sign(&ca);
    let ask = |most: u32| {
        question.ask_with(|options| {
            options.revocation.require = Requirement::Nothing;
            options.limits.name_comparisons = most;
        })
    };
    let least = (0..5_000).find(|most| ask(*most).is_ok()).unwrap();
    assert!(least > 50, "{least}");
    for most in 0..least {
        assert_eq!(ask(most), Err(Code::PathBudgetExhausted), "{most} of {least}");
    }
}

#[test]
fn many_answers_in_a_response_cost_their_length() {
    let units = |more: usize| {
        let response = Ocsp::new();
        let stranger = Ocsp {
            serial: vec![7],
            ..Ocsp::new()
        };
        let mut answers = vec![response.answer()];
        answers.extend(std::iter::repeat_n(stranger.answer(), more));
        let signed = response.sign_answers(&Key::new(1), &answers);
        let question = Question::new().response(signed);
        (0..10_000_u32)
            .find(|most| question.ask_with(|options| options.limits.name_comparisons = *most) == GOOD)
            .unwrap()
    };
    let length = Ocsp::new().answer().len();
    let (few, many) = (units(0), units(100));
    let expected = 100 * length / 32;
    assert!((many - few) as usize >= expected - 2, "{few} {many} {expected}");
}

#[test]
fn the_message_tells_whether_certificates_of_a_response_were_left_out() {
    let message = |certificates: usize| {
        let stranger = Template::new("Root", "Stranger", &Key::new(9)).sign(&Key::new(1));
        let response = Ocsp {
            responder: tlv(0xa1, &name("Responder")),
            certificates: vec![stranger; certificates],
            ..Ocsp::new()
        };
        let anchor = root("Root", &Key::new(1));
        let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
        let (leaf, response) = (leaf().sign(&Key::new(1)), response.sign(&Key::new(6)));
        let responses = [response.as_slice()];
        let mut options = PathOptions::new(&anchors, NOW);
        options.revocation.ocsp_responses = &responses;
        options.revocation.require = Requirement::Certificate;
        verify_certificate(&leaf, &options)
            .unwrap_err()
            .message()
            .to_owned()
    };
    for (certificates, left_out) in [(1, false), (16, false), (17, true)] {
        let message = message(certificates);
        assert_eq!(
            message.contains("first 16"),
            left_out,
            "{certificates}: {message}"
        );
    }
}

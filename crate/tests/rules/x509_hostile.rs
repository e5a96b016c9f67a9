//! Graphs and extensions made to exhaust a verifier: each ends in its code, within the budget.

use crate::allocations;
use crate::pki::*;
use honnin::Code;
use honnin::der::Oid;
use honnin::x509::{PathOptions, TrustAnchor, VerifiedPath, verify_certificate};

fn verify(
    anchor: &[u8],
    intermediates: &[Vec<u8>],
    leaf: &[u8],
    adjust: impl FnOnce(&mut PathOptions<'_>),
) -> Result<usize, Code> {
    let anchors = [TrustAnchor::from_certificate(anchor).unwrap()];
    let intermediates: Vec<&[u8]> = intermediates.iter().map(Vec::as_slice).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    adjust(&mut options);
    verify_certificate(leaf, &options)
        .map(|valid: VerifiedPath<'_>| valid.certificates.len())
        .map_err(|error| error.code())
}

/// Name of the case, anchor, intermediates, leaf, and what it has to end in.
struct Hostile {
    name: &'static str,
    anchor: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
    leaf: Vec<u8>,
    expected: Result<usize, Code>,
}

/// Every authority signed by every other one, and none by the anchor.
fn complete_graph(size: u32) -> Vec<Vec<u8>> {
    let keys: Vec<_> = (0..size).map(|at| Key::new(100 + at)).collect();
    let mut certificates = Vec::new();
    for (issuer, issuer_key) in keys.iter().enumerate() {
        for (subject, subject_key) in keys.iter().enumerate() {
            if issuer != subject {
                let template = Template::ca(&format!("CA {issuer}"), &format!("CA {subject}"), subject_key);
                certificates.push(template.sign(issuer_key));
            }
        }
    }
    certificates
}

fn hostile() -> Vec<Hostile> {
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let (a, b, leaf_key) = (Key::new(100), Key::new(101), Key::new(3));
    let below_a = Template::new("CA 0", "Leaf", &leaf_key).sign(&a);
    let mut list = Vec::new();
    let mut add = |name, intermediates, leaf: &Vec<u8>, expected| {
        list.push(Hostile {
            name,
            anchor: anchor.clone(),
            intermediates,
            leaf: leaf.clone(),
            expected,
        });
    };

    let pair = complete_graph(2);
    add(
        "two authorities that sign each other",
        pair.clone(),
        &below_a,
        Err(Code::IssuerNotFound),
    );
    let mut with_exit = pair;
    with_exit.push(Template::ca("Root", "CA 1", &b).sign(&root_key));
    add("the same with a way out", with_exit, &below_a, Ok(3));
    let self_signed = vec![Template::ca("CA 0", "CA 0", &a).sign(&a)];
    add(
        "a self-signed authority that is no anchor",
        self_signed,
        &below_a,
        Err(Code::IssuerNotFound),
    );
    add(
        "a complete graph of eleven",
        complete_graph(11),
        &below_a,
        Err(Code::PathBudgetExhausted),
    );

    let namesakes = |count: u32| -> Vec<Vec<u8>> {
        (0..count)
            .map(|at| Template::ca("Root", "CA 0", &Key::new(1000 + at)).unsigned())
            .collect()
    };
    add(
        "1,000 authorities of one name",
        namesakes(1000),
        &below_a,
        Err(Code::PathBudgetExhausted),
    );
    let mut identified = namesakes(1000);
    identified.push(
        Template::ca("Root", "CA 0", &a)
            .with(subject_key(&a.id()))
            .sign(&root_key),
    );
    let leaf = Template::new("CA 0", "Leaf", &leaf_key)
        .with(authority_key(&a.id()))
        .sign(&a);
    add(
        "1,000 of one name, and the right one identified",
        identified,
        &leaf,
        Ok(2),
    );

    let empty: Vec<u8> = (0..15_000).flat_map(|_| directory(&rdns(&[]))).collect();
    let named = extension("2.5.29.35", false, &seq(&[&tlv(0xa1, &empty), &tlv(0x82, &[1])]));
    let leaf = Template::new("CA 0", "Leaf", &leaf_key).with(named).sign(&a);
    add(
        "1,000 of one name, and 15,000 names in the leaf's authorityKeyIdentifier",
        namesakes(1000),
        &leaf,
        Err(Code::PathBudgetExhausted),
    );

    // The same key twice costs nothing to make; only names differ.
    let strangers: Vec<_> = (0..10_000)
        .map(|at| Template::ca("Root", &format!("Stranger {at}"), &b).unsigned())
        .collect();
    let mut crowd = strangers;
    crowd[5000] = Template::ca("Root", "CA 0", &a).sign(&root_key);
    add(
        "10,000 intermediates with the right one among them",
        crowd.clone(),
        &below_a,
        Ok(2),
    );
    crowd.push(crowd[0].clone());
    add(
        "10,001 intermediates",
        crowd,
        &below_a,
        Err(Code::PathBudgetExhausted),
    );

    let mut chain = Vec::new();
    for at in 0..40 {
        let (issuer, subject) = (format!("CA {}", at + 1), format!("CA {at}"));
        chain.push(Template::ca(&issuer, &subject, &Key::new(100 + at)).sign(&Key::new(101 + at)));
    }
    add(
        "a chain of forty",
        chain,
        &below_a,
        Err(Code::PathBudgetExhausted),
    );

    // Each policy maps to every policy of the next level: a tree would double with each certificate.
    let policy = |at: usize| format!("1.2.392.1.{at}");
    let names: Vec<_> = (0..50).map(policy).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let pairs: Vec<_> = (0..50)
        .flat_map(|from| (0..50).map(move |to| (policy(from), policy(to))))
        .collect();
    let bomb = |issuer: &str, subject: &str, key: &Key, signer: &Key| {
        Template::ca(issuer, subject, key)
            .with(policies(&names))
            .with(mappings(&pairs))
            .sign(signer)
    };
    let intermediates = vec![
        bomb("Root", "CA 2", &Key::new(102), &root_key),
        bomb("CA 2", "CA 1", &b, &Key::new(102)),
        bomb("CA 1", "CA 0", &a, &b),
    ];
    let leaf = Template::new("CA 0", "Leaf", &leaf_key)
        .with(policies(&names))
        .sign(&a);
    add(
        "policies that map to each other",
        intermediates,
        &leaf,
        Err(Code::PolicyBudgetExhausted),
    );

    let many: Vec<_> = (0..1500)
        .map(|at| tlv(0x82, format!("h{at}.example").as_bytes()))
        .collect();
    let others: Vec<_> = (0..1500)
        .map(|at| tlv(0x82, format!("x{at}.example").as_bytes()))
        .collect();
    let constrained = vec![
        Template::ca("Root", "CA 0", &a)
            .with(name_constraints(&[], &others))
            .sign(&root_key),
    ];
    let leaf = Template::new("CA 0", "Leaf", &leaf_key)
        .with(alt_names(&many))
        .sign(&a);
    add(
        "1,500 names and 1,500 constraints",
        constrained,
        &leaf,
        Err(Code::PathBudgetExhausted),
    );

    // A name that is long and nearly the same as each constraint upon it.
    let long = |last: &str| {
        let parts: Vec<_> = (0..60).map(|_| rdn("2.5.4.11", &"x".repeat(100))).collect();
        rdns(&[&parts.concat(), &rdn("2.5.4.3", last)])
    };
    let trees: Vec<_> = (0..7).map(|at| directory(&long(&at.to_string()))).collect();
    let mut levels = vec![
        Template::ca("Root", "CA 0", &a)
            .with(name_constraints(&[], &trees))
            .sign(&root_key),
    ];
    levels.push(
        Template::ca("CA 0", "CA 1", &b)
            .with(name_constraints(&[], &trees))
            .sign(&a),
    );
    let subjects: Vec<_> = (0..7).map(|at| directory(&long(&format!("l{at}")))).collect();
    let leaf = Template::new("CA 1", "Leaf", &leaf_key)
        .with(alt_names(&subjects))
        .sign(&b);
    add("long names against long constraints", levels, &leaf, Ok(3));

    // A value nested as deep as its length allows.
    let mut nested = vec![5, 0];
    for _ in 0..5_000 {
        nested = tlv(0x30, &nested);
    }
    let other_name = tlv(0xa0, &[oid("1.2.392.1.1"), tlv(0xa0, &nested)].concat());
    let leaf = Template::new("Root", "Leaf", &leaf_key)
        .with(alt_names(&[other_name]))
        .sign(&root_key);
    add("a value nested 5,000 deep", Vec::new(), &leaf, Ok(1));
    let leaf = Template::new("Root", "Leaf", &leaf_key)
        .with(extension("2.5.29.31", false, &nested))
        .sign(&root_key);
    add(
        "an extension nested 5,000 deep",
        Vec::new(),
        &leaf,
        Err(Code::CertificateMalformed),
    );
    list
}

#[test]
fn each_ends_in_its_code_within_16_mebibytes() {
    for case in hostile() {
        let (ended, peak) =
            allocations::peak_of(|| verify(&case.anchor, &case.intermediates, &case.leaf, |_| {}));
        assert_eq!(ended, case.expected, "{}", case.name);
        println!("{peak:>9} bytes: {}", case.name);
        assert!(peak < 16 << 20, "{}: {peak} bytes", case.name);
    }
}

#[test]
fn the_anchor_in_the_path_is_no_detour() {
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&root_key);
    let copies = vec![anchor.clone(), leaf.clone(), vec![0x30], Vec::new()];
    assert_eq!(verify(&anchor, &copies, &leaf, |_| {}), Ok(1));
}

#[test]
fn a_carried_root_is_never_an_anchor() {
    let (root_key, own) = (Key::new(1), Key::new(2));
    let anchor = root("Root", &root_key);
    // The same name, another key: what a card or a CMS may carry.
    let carried = root("Root", &own);
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .with(authority_key(&own.id()))
        .sign(&own);
    assert_eq!(
        verify(&anchor, &[carried], &leaf, |_| {}),
        Err(Code::IssuerNotFound)
    );
}

#[test]
fn limits_are_the_callers() {
    let root_key = Key::new(1);
    let a = Key::new(100);
    let anchor = root("Root", &root_key);
    let ca = vec![Template::ca("Root", "CA 0", &a).sign(&root_key)];
    let leaf = Template::new("CA 0", "Leaf", &Key::new(3)).sign(&a);
    let exhausted = Err(Code::PathBudgetExhausted);
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.signatures = 2),
        Ok(2)
    );
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.signatures = 1),
        exhausted
    );
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.candidates = 1),
        exhausted
    );
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.path_length = 1),
        exhausted
    );
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.intermediates = 0),
        exhausted
    );
    assert_eq!(
        verify(&anchor, &ca, &leaf, |options| options.limits.certificate_bytes =
            100),
        Err(Code::CertificateMalformed)
    );
}

#[test]
fn policies_of_a_wide_graph_are_still_found() {
    // Twenty levels of ten policies that all map to all ten of the next: 10^20 paths in a tree, 2,000 edges in a graph.
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let policy = |at: usize| format!("1.2.392.1.{at}");
    let names: Vec<_> = (0..10).map(policy).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let pairs: Vec<_> = (0..10)
        .flat_map(|from| (0..10).map(move |to| (policy(from), policy(to))))
        .collect();
    let mut intermediates = Vec::new();
    let (mut issuer, mut signer) = ("Root".to_owned(), root_key);
    for at in 0..9 {
        let (subject, key) = (format!("CA {at}"), Key::new(100 + at));
        let template = Template::ca(&issuer, &subject, &key)
            .with(policies(&names))
            .with(mappings(&pairs));
        intermediates.push(template.sign(&signer));
        (issuer, signer) = (subject, key);
    }
    let leaf = Template::new(&issuer, "Leaf", &Key::new(3))
        .with(policies(&[names[4]]))
        .sign(&signer);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let intermediates: Vec<&[u8]> = intermediates.iter().map(Vec::as_slice).collect();
    let wanted = oid_contents(names[7]);
    let initial = [Oid::new(&wanted)];
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    options.explicit_policy = true;
    options.initial_policies = &initial;
    let valid = verify_certificate(&leaf, &options).unwrap();
    assert_eq!(valid.policies, initial);
    assert_eq!(valid.certificates.len(), 10);
}

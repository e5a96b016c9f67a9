//! Lists of revocation made to exhaust a verifier.

use crate::pki::*;
use honnin::Code;
use honnin::x509::{PathOptions, Requirement, TrustAnchor, verify_certificate};

/// Old lists and changes to them, each of which may belong to each: compared name by name that would be a million long
/// comparisons.
#[test]
fn a_thousand_lists_and_a_thousand_changes_to_them() {
    let key = Key::new(1);
    let long = "authority ".repeat(80);
    let anchor = root(&long, &key);
    let leaf = Template::new(&long, "Leaf", &Key::new(3)).sign(&key);
    let (mut full, mut delta) = (
        CrlTemplate::new(&long).with(crl_number(5)),
        // The same name, in other letters.
        CrlTemplate::new(&long.to_uppercase()).with(crl_number(6)),
    );
    full.next_update = Some(NOW - DAY / 2);
    delta = delta.with(delta_indicator(5));
    delta.next_update = Some(NOW - DAY / 2);
    let mut crls = vec![full.sign(&key); 1000];
    crls.extend(vec![delta.sign(&key); 1000]);
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let verify = |count: usize| {
        let crls = [&crls[..count], &crls[1000..1000 + count]].concat();
        let mut options = PathOptions::new(&anchors, NOW);
        options.revocation.crls = &crls;
        options.revocation.require = Requirement::Path;
        verify_certificate(&leaf, &options).unwrap_err().code()
    };
    assert_eq!(verify(10), Code::CrlExpired);
    assert_eq!(verify(1000), Code::PathBudgetExhausted);
}

//! Certificates, CRLs and OCSP responses, signed again after each change: paths and revocation.

use honnin::der::Oid;
use honnin::x509::{
    AnchorConstraints, Certificate, KeyUsage, NameConstraints, PathOptions, Purpose, Requirement, Revocation,
    VerifiedPath, read_anchors, verify_certificate,
};
use honnin::{Code, Error, Report};
use p256::ecdsa::signature::Verifier as _;

use super::bundle::Bundle;
use super::effort::bounded;
use super::sign::sign_all;
use super::tree::Node;
use crate::pki::*;

pub const POLICY: &str = "1.2.392.1.1";
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

/// The findings, without references to the input.
#[derive(Debug, PartialEq)]
struct Found {
    path: Vec<Vec<u8>>,
    anchor: Vec<u8>,
    policies: Vec<String>,
    revocation: Vec<Revocation>,
    report: Report,
}

impl Found {
    fn of(path: &VerifiedPath<'_>) -> Self {
        Self {
            path: path
                .certificates
                .iter()
                .map(|one| one.as_der().to_vec())
                .collect(),
            anchor: path
                .anchor
                .certificate()
                .map(Certificate::spki)
                .unwrap_or_default()
                .to_vec(),
            policies: path.policies.iter().map(ToString::to_string).collect(),
            revocation: path.revocation.clone(),
            report: path.report.clone(),
        }
    }
}

type Outcome = Result<Found, (Code, String, Report)>;

/// Verifies with the options that the switches select.
fn ask(bundle: &Bundle, change: impl Fn(&mut PathOptions<'_>)) -> Outcome {
    let refused = |error: Error| (error.code(), error.message().to_owned(), error.report().clone());
    let (intermediates, crls, responses) = (bundle.all('I'), bundle.all('C'), bundle.all('R'));
    let anchors = bundle.all('A');
    let (trusted, skipped) = read_anchors(&anchors).map_err(refused)?;
    let bit = |byte: usize, bit: u8| bundle.switch(byte) & (1 << bit) != 0;
    let days = i64::from(bundle.switch(2).cast_signed());
    let (policy, client_auth) = (oid_contents(POLICY), oid_contents(CLIENT_AUTH));
    let policies = [Oid::new(&policy)];
    let constraints = name_constraints_value(&[tlv(0x82, b"example")], &[tlv(0x82, b"x.example")]);
    let mut options = PathOptions::new(&trusted, NOW + days * 30 * DAY);
    options.skipped_anchors = &skipped;
    options.intermediates = &intermediates;
    options.explicit_policy = bit(0, 0);
    options.inhibit_policy_mapping = bit(0, 1);
    options.inhibit_any_policy = bit(0, 2);
    if bit(0, 3) {
        options.purpose = Some(Purpose::Allowed(Oid::new(&client_auth)));
    }
    if bit(0, 4) {
        options.purpose = Some(Purpose::Named(Oid::new(&client_auth)));
    }
    options.key_usage = bit(0, 5).then_some(KeyUsage::DIGITAL_SIGNATURE);
    if bit(0, 6) {
        options.anchor_constraints = AnchorConstraints::Ignore;
    }
    options.allow_sha1 = bit(0, 7);
    options.revocation.crls = &crls;
    options.revocation.ocsp_responses = &responses;
    options.revocation.require = match bundle.switch(1) & 3 {
        0 => Requirement::Nothing,
        1 => Requirement::Certificate,
        _ => Requirement::Path,
    };
    options.revocation.report_only = bit(1, 2);
    options.revocation.crl_max_age = bit(1, 3).then_some(3_600);
    options.revocation.ocsp_max_age = bit(1, 4).then_some(DAY);
    if bit(1, 5) {
        options.initial_policies = &policies;
    }
    if bit(1, 6) {
        options.name_constraints = NameConstraints::from_der(&constraints).ok();
    }
    change(&mut options);
    let leaf = bundle.first('L');
    verify_certificate(leaf, &options)
        .map(|path| Found::of(&path))
        .map_err(refused)
}

pub fn run(input: &[u8]) -> bool {
    let mut bundle = Bundle::read(input);
    sign_all(&mut bundle);
    let first = bounded(|| ask(&bundle, |_| {}));
    assert_eq!(first, ask(&bundle, |_| {}), "the same question, answered twice");
    order_does_not_matter(&bundle, &first);
    if let Ok(found) = &first {
        chain_holds(&bundle, found);
        laxer_rules_accept(&bundle);
        changes_are_noticed(&bundle);
    }
    first.is_ok()
}

/// Whether a limit was reached, also after another path had failed.
fn spent(outcome: &Outcome) -> bool {
    match outcome {
        Err((Code::PathBudgetExhausted | Code::PolicyBudgetExhausted, ..)) => true,
        Err((_, message, _)) => message.contains("other paths remain untried because a limit is reached"),
        Ok(_) => false,
    }
}

/// The order of candidates does not matter; unreadable ones are ignored, and so is evidence about other
/// certificates.
fn order_does_not_matter(bundle: &Bundle, first: &Outcome) {
    let mut turned = bundle.clone();
    turned.parts.reverse();
    // The first of these is the verified certificate, and the one with the switches.
    let keep = |kind: u8| matches!(kind, b'L' | b'#');
    turned.parts.retain(|part| !keep(part.kind));
    turned
        .parts
        .extend(bundle.parts.iter().filter(|part| keep(part.kind)).cloned());
    let turned = turned
        .with('I', 0, [0x30, 0])
        .with('I', 0, bundle.first('L'))
        .with('C', 0, bundle.first('C'))
        .with('R', 0, bundle.first('R'));
    let again = ask(&turned, |_| {});
    if !spent(first) && !spent(&again) {
        assert_eq!(first.is_ok(), again.is_ok(), "another order: {first:?} {again:?}");
    }
}

/// Whether this key, in a SubjectPublicKeyInfo on P-256, signed the certificate, according to the curve's own
/// implementation.
fn is_signed_by(certificate: &Node, spki: &[u8]) -> bool {
    let Some(point) = Node::parse(spki).and_then(|node| Some(node.find(&[1])?.contents())) else {
        return false;
    };
    let (Some(signed), Some(bits)) = (certificate.find(&[0]), certificate.find(&[2])) else {
        return false;
    };
    let bits = bits.contents();
    let numbers = bits.get(1..).and_then(Node::parse);
    let number = |at: usize| {
        let contents = numbers.as_ref()?.find(&[at])?.contents();
        let short: Vec<u8> = contents.into_iter().skip_while(|byte| *byte == 0).collect();
        let mut whole = [0; 32];
        whole
            .get_mut(32_usize.checked_sub(short.len())?..)?
            .copy_from_slice(&short);
        Some(whole)
    };
    let (Some(r), Some(s)) = (number(0), number(1)) else {
        return false;
    };
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point.get(1..).unwrap_or_default());
    let signature = p256::ecdsa::Signature::from_scalars(r, s);
    key.is_ok_and(|key| signature.is_ok_and(|signature| key.verify(&signed.encode(), &signature).is_ok()))
}

fn chain_holds(bundle: &Bundle, found: &Found) {
    assert_eq!(found.path.first().map(Vec::as_slice), Some(bundle.first('L')));
    assert!(found.path.len() <= 10);
    assert_eq!(found.path.len(), found.revocation.len());
    let time = NOW + i64::from(bundle.switch(2).cast_signed()) * 30 * DAY;
    let read: Vec<Certificate<'_>> = found
        .path
        .iter()
        .map(|der| Certificate::from_der(der).unwrap())
        .collect();
    for (at, certificate) in read.iter().enumerate() {
        let tree = Node::parse(certificate.as_der()).unwrap();
        assert!(tree.is_minimal(), "accepted, and no DER");
        let issuer = read
            .get(at + 1)
            .map_or(found.anchor.as_slice(), Certificate::spki);
        assert!(
            is_signed_by(&tree, issuer),
            "certificate {at} was not signed by its issuer"
        );
        assert!(
            certificate.not_before() <= time && time <= certificate.not_after(),
            "certificate {at} is not valid"
        );
        if let Some(issuer) = read.get(at + 1) {
            assert!(
                certificate.issuer().matches(issuer.subject()),
                "certificate {at} has another issuer"
            );
            assert!(issuer.is_ca(), "certificate {at} is no authority's");
        }
        let report_only = bundle.switch(1) & 4 != 0;
        let revoked = matches!(found.revocation[at], Revocation::Revoked(_));
        assert!(report_only || !revoked, "certificate {at} is revoked");
        let required = match bundle.switch(1) & 3 {
            0 => false,
            1 => at == 0,
            _ => true,
        };
        assert!(
            !required || found.revocation[at] == Revocation::Good || report_only && revoked,
            "certificate {at} is not known"
        );
    }
}

type Change = fn(&mut PathOptions<'_>);

/// An accepted path is also accepted with one requirement less.
fn laxer_rules_accept(bundle: &Bundle) {
    let demands: [(&str, Change); 9] = [
        ("explicit policy", |options| options.explicit_policy = false),
        ("policies", |options| options.initial_policies = &[]),
        ("purpose", |options| options.purpose = None),
        ("key usage", |options| options.key_usage = None),
        ("SHA-1", |options| options.allow_sha1 = true),
        ("revocation", |options| {
            options.revocation.require = Requirement::Nothing
        }),
        ("names", |options| options.name_constraints = None),
        ("the anchor's constraints", |options| {
            options.anchor_constraints = AnchorConstraints::Ignore
        }),
        ("revocation of all but one", |options| {
            if options.revocation.require == Requirement::Path {
                options.revocation.require = Requirement::Certificate;
            }
        }),
    ];
    let (what, change) = demands[usize::from(bundle.switch(3)) % demands.len()];
    let outcome = ask(bundle, change);
    assert!(
        outcome.is_ok() || spent(&outcome),
        "accepted with a demand about {what} and refused without: {outcome:?}"
    );
}

/// The leaf with any bit changed is rejected, because of its signature or of the form of the unsigned part.
fn changes_are_noticed(bundle: &Bundle) {
    let mut changed = bundle.clone();
    let Some(leaf) = changed.parts.iter_mut().find(|part| part.kind == b'L') else {
        return;
    };
    let at = usize::from(bundle.switch(4)) << 8 | usize::from(bundle.switch(5));
    let bit = at % (leaf.bytes.len() * 8);
    leaf.bytes[bit / 8] ^= 1 << (bit % 8);
    let outcome = ask(&changed, |_| {});
    assert!(outcome.is_err(), "bit {bit} of the leaf may be changed");
}

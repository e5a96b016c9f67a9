//! What the certificates of trust anchors say of the paths that end in them (RFC 5937 §3), and lists of anchors.

use crate::pki::*;
use honnin::Code;
use honnin::boundary;
use honnin::der::{Oid, Reader};
use honnin::x509::{
    AnchorConstraints, Name, PathOptions, Purpose, TrustAnchor, VerifiedPath, read_anchors,
    verify_certificate,
};

const P1: &str = "1.2.392.1.1";
const P2: &str = "1.2.392.1.2";

/// A root with these extensions besides keyUsage, and basicConstraints where they are not among them.
fn root_with(extensions: &[Vec<u8>]) -> Vec<u8> {
    let mut template = Template::new("Root", "Root", &Key::new(1)).with(key_usage(0x06));
    let constrained = oid("2.5.29.19");
    if !extensions
        .iter()
        .any(|extension| extension[2..].starts_with(&constrained))
    {
        template = template.with(basic_constraints(None));
    }
    for extension in extensions {
        template = template.with(extension.clone());
    }
    template.sign(&Key::new(1))
}

/// The root, `between` authorities that are not self-issued, and a leaf.
struct Chain {
    intermediates: Vec<Vec<u8>>,
    leaf: Vec<u8>,
}

fn chain(between: u32, ca: impl Fn(Template) -> Template, leaf: impl Fn(Template) -> Template) -> Chain {
    let (mut issuer, mut key) = ("Root".to_owned(), Key::new(1));
    let mut intermediates = Vec::new();
    for at in 0..between {
        let (name, own) = (format!("CA {at}"), Key::new(10 + at));
        intermediates.push(ca(Template::ca(&issuer, &name, &own)).sign(&key));
        (issuer, key) = (name, own);
    }
    let leaf = leaf(Template::new(&issuer, "Leaf", &Key::new(3))).sign(&key);
    Chain { intermediates, leaf }
}

fn plain(between: u32) -> Chain {
    chain(between, |ca| ca, |leaf| leaf)
}

/// What the chain comes to below this root: as it is by default, and where the bare name and key are asked for.
fn judge(
    root: &[u8],
    chain: &Chain,
    adjust: impl Fn(&mut PathOptions<'_>),
) -> (Result<(), Code>, Result<(), Code>) {
    let verify = |constraints| {
        let anchors = [TrustAnchor::from_certificate(root).unwrap()];
        let intermediates: Vec<&[u8]> = chain.intermediates.iter().map(Vec::as_slice).collect();
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.anchor_constraints = constraints;
        adjust(&mut options);
        verify_certificate(&chain.leaf, &options)
            .map(|_| ())
            .map_err(|error| {
                let last = error.report().steps().last().unwrap();
                assert_eq!(last.detail, error.message());
                error.code()
            })
    };
    (
        verify(AnchorConstraints::Apply),
        verify(AnchorConstraints::Ignore),
    )
}

/// Refused with this code by default, and accepted by name and key alone.
fn refused(root: &[u8], chain: &Chain, code: Code) {
    assert_eq!(judge(root, chain, |_| ()), (Err(code), Ok(())));
}

fn accepted(root: &[u8], chain: &Chain) {
    assert_eq!(judge(root, chain, |_| ()), (Ok(()), Ok(())));
}

#[test]
fn name_constraints_hold_for_every_certificate_below() {
    let host = |name: &str| vec![tlv(0x82, name.as_bytes())];
    let root = root_with(&[name_constraints(&host("example.jp"), &host("bad.example.jp"))]);
    let of = |name: &str| chain(0, |ca| ca, |leaf| leaf.with(alt_names(&host(name))));
    accepted(&root, &of("www.example.jp"));
    refused(&root, &of("www.example.org"), Code::NameConstraintsViolated);
    refused(&root, &of("bad.example.jp"), Code::NameConstraintsViolated);
    // The authority between, and not the leaf.
    let between = chain(1, |ca| ca.with(alt_names(&host("example.org"))), |leaf| leaf);
    refused(&root, &between, Code::NameConstraintsViolated);
}

#[test]
fn the_length_of_the_path_is_the_anchors_too() {
    for (length, between) in [(0, 0), (1, 1), (2, 2), (2, 1)] {
        accepted(&root_with(&[basic_constraints(Some(length))]), &plain(between));
    }
    for (length, between) in [(0, 1), (1, 2), (0, 2)] {
        let root = root_with(&[basic_constraints(Some(length))]);
        refused(&root, &plain(between), Code::PathLengthExceeded);
    }
    // One that is self-issued does not count.
    let root = root_with(&[basic_constraints(Some(0))]);
    let own = Template::ca("Root", "Root", &Key::new(10)).sign(&Key::new(1));
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&Key::new(10));
    accepted(
        &root,
        &Chain {
            intermediates: vec![own],
            leaf,
        },
    );
}

fn with_policies(root: &[u8], chain: &Chain, initial: &[&str], explicit: bool) -> Result<Vec<String>, Code> {
    let anchors = [TrustAnchor::from_certificate(root).unwrap()];
    let intermediates: Vec<&[u8]> = chain.intermediates.iter().map(Vec::as_slice).collect();
    let contents: Vec<Vec<u8>> = initial.iter().map(|policy| oid_contents(policy)).collect();
    let initial: Vec<Oid<'_>> = contents.iter().map(|contents| Oid::new(contents)).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    options.initial_policies = &initial;
    options.explicit_policy = explicit;
    verify_certificate(&chain.leaf, &options)
        .map(|valid: VerifiedPath<'_>| valid.policies.iter().map(ToString::to_string).collect())
        .map_err(|error| error.code())
}

#[test]
fn policies_of_the_anchor_are_those_that_a_path_can_have() {
    let root = root_with(&[policies(&[P1])]);
    let both = chain(
        1,
        |ca| ca.with(policies(&[P1, P2])),
        |leaf| leaf.with(policies(&[P1, P2])),
    );
    let other = chain(
        1,
        |ca| ca.with(policies(&[P2])),
        |leaf| leaf.with(policies(&[P2])),
    );
    assert_eq!(with_policies(&root, &both, &[], true), Ok(vec![P1.to_owned()]));
    assert_eq!(
        with_policies(&root, &both, &[P2], true),
        Err(Code::PolicyNotAcceptable)
    );
    assert_eq!(
        with_policies(&root, &other, &[], true),
        Err(Code::PolicyNotAcceptable)
    );
    assert_eq!(with_policies(&root, &other, &[], false), Ok(Vec::new()));
    let any = root_with(&[policies(&["2.5.29.32.0"])]);
    assert_eq!(with_policies(&any, &other, &[P2], true), Ok(vec![P2.to_owned()]));
    let silent = root_with(&[]);
    assert_eq!(
        with_policies(&silent, &other, &[P2], true),
        Ok(vec![P2.to_owned()])
    );
}

fn policy_constraints(explicit: Option<u8>, mapping: Option<u8>) -> Vec<u8> {
    let field = |tag, number: Option<u8>| number.map(|number| tlv(tag, &[number])).unwrap_or_default();
    extension(
        "2.5.29.36",
        true,
        &seq(&[&field(0x80, explicit), &field(0x81, mapping)]),
    )
}

#[test]
fn policy_constraints_of_the_anchor_count_from_it() {
    let without = plain(1);
    for (skip, refuses) in [(0, true), (1, true), (2, true), (3, false)] {
        let root = root_with(&[policy_constraints(Some(skip), None)]);
        // Of two certificates and the wrap-up, which counts down once more.
        let expected = if refuses {
            Err(Code::PolicyNotAcceptable)
        } else {
            Ok(())
        };
        assert_eq!(judge(&root, &without, |_| ()), (expected, Ok(())), "{skip}");
    }
    let mapped = chain(
        1,
        |ca| ca.with(policies(&[P1])).with(mappings(&[(P1.into(), P2.into())])),
        |leaf| leaf.with(policies(&[P2])),
    );
    let explicit = |options: &mut PathOptions<'_>| options.explicit_policy = true;
    let root = root_with(&[policy_constraints(None, Some(0))]);
    assert_eq!(
        judge(&root, &mapped, explicit),
        (Err(Code::PolicyNotAcceptable), Ok(()))
    );
    let root = root_with(&[policy_constraints(None, Some(1))]);
    assert_eq!(judge(&root, &mapped, explicit), (Ok(()), Ok(())));
}

#[test]
fn any_policy_is_inhibited_by_the_anchor() {
    let any = chain(
        1,
        |ca| ca.with(policies(&["2.5.29.32.0"])),
        |leaf| leaf.with(policies(&[P1])),
    );
    let explicit = |options: &mut PathOptions<'_>| options.explicit_policy = true;
    let inhibit = |skip: u8| root_with(&[extension("2.5.29.54", true, &int(&[skip]))]);
    assert_eq!(
        judge(&inhibit(0), &any, explicit),
        (Err(Code::PolicyNotAcceptable), Ok(()))
    );
    assert_eq!(judge(&inhibit(1), &any, explicit), (Ok(()), Ok(())));
}

#[test]
fn an_anchor_that_is_no_authority() {
    let no_authority = extension("2.5.29.19", true, &seq(&[]));
    refused(
        &root_with(&[no_authority]),
        &plain(0),
        Code::BasicConstraintsViolated,
    );
    let silent = Template::new("Root", "Root", &Key::new(1)).sign(&Key::new(1));
    refused(&silent, &plain(0), Code::BasicConstraintsViolated);
    // Version 1 has no way to say it.
    accepted(
        &Template::new("Root", "Root", &Key::new(1)).version_1(&Key::new(1)),
        &plain(1),
    );
    let signs_only = Template::new("Root", "Root", &Key::new(1))
        .with(basic_constraints(None))
        .with(key_usage(0x80))
        .sign(&Key::new(1));
    refused(&signs_only, &plain(0), Code::KeyUsageMissing);
}

#[test]
fn a_critical_extension_that_is_not_known() {
    let unknown = |critical| root_with(&[extension("1.2.392.9.9", critical, &[5, 0])]);
    refused(&unknown(true), &plain(0), Code::ExtensionUnsupported);
    accepted(&unknown(false), &plain(0));
    // Beside an anchor that the path does not need, it is nothing.
    let roots = [root_with(&[]), unknown(true)];
    let anchors: Vec<_> = roots
        .iter()
        .map(|der| TrustAnchor::from_certificate(der).unwrap())
        .collect();
    let plain = plain(0);
    assert!(verify_certificate(&plain.leaf, &PathOptions::new(&anchors, NOW)).is_ok());
}

#[test]
fn purposes_and_the_period_of_validity() {
    const SERVER: &str = "1.3.6.1.5.5.7.3.1";
    const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
    let purpose = oid_contents(SERVER);
    let ask = |root: &[u8]| {
        judge(root, &plain(0), |options| {
            // Leaked: the closure cannot lend it for long enough.
            options.purpose = Some(Purpose::Allowed(Oid::new(purpose.clone().leak())));
        })
    };
    assert_eq!(
        ask(&root_with(&[ext_key_usage(&[CLIENT])])),
        (Err(Code::ExtendedKeyUsageMissing), Ok(()))
    );
    assert_eq!(
        ask(&root_with(&[ext_key_usage(&[CLIENT, SERVER])])),
        (Ok(()), Ok(()))
    );
    let mut old = Template::ca("Root", "Root", &Key::new(1));
    old.to = NOW - 1;
    refused(&old.sign(&Key::new(1)), &plain(0), Code::CertificateExpired);
    old.to = NOW;
    accepted(&old.sign(&Key::new(1)), &plain(0));
    old.from = NOW + 1;
    refused(&old.sign(&Key::new(1)), &plain(0), Code::CertificateNotYetValid);
}

#[test]
fn a_name_and_a_key_have_no_constraints() {
    let root = root_with(&[basic_constraints(Some(0))]);
    let from = TrustAnchor::from_certificate(&root).unwrap();
    let spki = Key::new(1).spki();
    let anchors = [TrustAnchor::from_name_and_key(*from.name(), &spki)];
    let plain = plain(2);
    let intermediates: Vec<&[u8]> = plain.intermediates.iter().map(Vec::as_slice).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    assert_eq!(
        verify_certificate(&plain.leaf, &options)
            .unwrap()
            .certificates
            .len(),
        3
    );
}

// ---------------------------------------------------------------------------------------------------------------- lists

fn unreadable(name: &str, key: &Key) -> Vec<u8> {
    // A BOOLEAN of 01 may mean either.
    let odd = extension("2.5.29.19", true, &seq(&[&tlv(1, &[1])]));
    Template::new(name, name, key).with(odd).sign(key)
}

#[test]
fn an_unreadable_anchor_does_not_spoil_the_list() {
    let (good, odd) = (root_with(&[]), unreadable("Odd", &Key::new(2)));
    let list = [good.as_slice(), &odd];
    let (anchors, skipped) = read_anchors(&list).unwrap();
    assert_eq!((anchors.len(), skipped.len(), skipped[0].position), (1, 1, 2));
    assert_eq!(skipped[0].error.code(), Code::CertificateMalformed);
    let mut options = PathOptions::new(&anchors, NOW);
    options.skipped_anchors = &skipped;
    let plain = plain(0);
    assert!(verify_certificate(&plain.leaf, &options).is_ok());

    // A refusal that may come from it says so, and one that cannot does not.
    let below_odd = Template::new("Odd", "Leaf", &Key::new(3)).sign(&Key::new(2));
    let refusal = verify_certificate(&below_odd, &options).unwrap_err();
    assert_eq!(refusal.code(), Code::IssuerNotFound);
    assert!(
        refusal.message().contains("anchor 2 could not be read"),
        "{refusal}"
    );
    let refusal = verify_certificate(b"no certificate", &options).unwrap_err();
    assert_eq!(refusal.code(), Code::CertificateMalformed);
    assert!(!refusal.message().contains("anchor"), "{refusal}");
    options.skipped_anchors = &[];
    let refusal = verify_certificate(&below_odd, &options).unwrap_err();
    assert!(!refusal.message().contains("could not be read"), "{refusal}");
}

#[test]
fn a_refusal_by_the_only_anchor_left_says_that_others_could_not_be_read() {
    let purpose = oid_contents("1.3.6.1.5.5.7.3.1");
    let refused = |readable: &[u8], leaf: &[u8]| {
        let odd = unreadable("Root", &Key::new(1));
        let list = [readable, &odd];
        let (anchors, skipped) = read_anchors(&list).unwrap();
        let mut options = PathOptions::new(&anchors, NOW);
        options.skipped_anchors = &skipped;
        options.purpose = Some(Purpose::Allowed(Oid::new(&purpose)));
        let refusal = verify_certificate(leaf, &options).unwrap_err();
        let said = refusal.message().contains("anchor 2 could not be read");
        assert!(said, "{refusal}");
        refusal.code()
    };
    let leaf = plain(0).leaf;
    let narrow = root_with(&[ext_key_usage(&["1.3.6.1.5.5.7.3.4"])]);
    assert_eq!(refused(&narrow, &leaf), Code::ExtendedKeyUsageMissing);
    let constrained = root_with(&[name_constraints(&[directory(&name("Nobody"))], &[])]);
    assert_eq!(refused(&constrained, &leaf), Code::NameConstraintsViolated);
    let template = Template::new("Root", "Root", &Key::new(1)).with(basic_constraints(None));
    let no_sign = template.with(key_usage(0x02)).sign(&Key::new(1));
    assert_eq!(refused(&no_sign, &leaf), Code::KeyUsageMissing);
    let mut old = Template::ca("Root", "Root", &Key::new(1));
    old.to = NOW - DAY;
    assert_eq!(refused(&old.sign(&Key::new(1)), &leaf), Code::CertificateExpired);
    let forged = Template::new("Root", "Leaf", &Key::new(3)).sign(&Key::new(9));
    assert_eq!(
        refused(&root_with(&[]), &forged),
        Code::CertificateSignatureMismatch
    );
}

#[test]
fn an_anchor_that_is_refused_does_not_hide_a_path_over_its_key_to_another() {
    let (x, y) = (Key::new(1), Key::new(2));
    let fresh = root("Fresh", &y);
    let cross = Template::ca("Fresh", "Root", &x).serial(&[7]).sign(&y);
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&x);
    let ask = |list: &[&[u8]], intermediates: &[&[u8]]| {
        let anchors: Vec<_> = list
            .iter()
            .map(|der| TrustAnchor::from_certificate(der).unwrap())
            .collect();
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = intermediates;
        verify_certificate(&leaf, &options)
            .map(|path| path.certificates.len())
            .map_err(|error| error.code())
    };
    let mut expired = Template::ca("Root", "Root", &x);
    expired.to = NOW - DAY;
    let expired = expired.sign(&x);
    let constrained = root_with(&[name_constraints(&[directory(&name("Nobody"))], &[])]);
    let good = root_with(&[]);
    for odd in [&expired, &constrained] {
        assert_eq!(ask(&[odd, &fresh], &[&cross]), Ok(2));
        assert_eq!(ask(&[&fresh, odd], &[&cross]), Ok(2));
        assert!(ask(&[odd], &[&cross]).is_err());
    }
    // The shorter path where there is one, whatever lies beside it.
    assert_eq!(ask(&[&good, &fresh], &[&cross, &good]), Ok(1));
    assert_eq!(ask(&[&fresh, &good], &[&good, &cross]), Ok(1));
    // A copy of the anchor leads nowhere else.
    assert_eq!(ask(&[&expired], &[&good]), Err(Code::CertificateExpired));
}

#[test]
fn a_path_that_ends_at_an_anchor_comes_before_one_over_its_certificate() {
    // The anchor, a name and a key alone, says nothing of its key's identifier; the certificate by another anchor does.
    let (x, y) = (Key::new(1), Key::new(2));
    let (subject, spki, fresh) = (name("Root"), x.spki(), root("Fresh", &y));
    let bare = TrustAnchor::from_name_and_key(Name::read(&mut Reader::new(&subject)).unwrap(), &spki);
    let cross = Template::ca("Fresh", "Root", &x)
        .with(subject_key(&x.id()))
        .sign(&y);
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .with(authority_key(&x.id()))
        .sign(&x);
    let anchors = [bare, TrustAnchor::from_certificate(&fresh).unwrap()];
    let intermediates = [cross.as_slice()];
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    assert_eq!(verify_certificate(&leaf, &options).unwrap().certificates.len(), 1);
}

#[test]
fn a_revoked_leaf_is_no_better_on_another_path() {
    let (x, y) = (Key::new(1), Key::new(2));
    let (old, fresh) = (root_with(&[]), root("Fresh", &y));
    let list = CrlTemplate::new("Root").entry(&[42], &[]).sign(&x);
    // Of the same key, without the right to sign lists.
    let cross = Template::new("Fresh", "Root", &x)
        .with(basic_constraints(None))
        .with(key_usage(0x04))
        .serial(&[7])
        .sign(&y);
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).serial(&[42]).sign(&x);
    let ask = |list_of: &[&[u8]], crls: &[&[u8]]| {
        let anchors: Vec<_> = list_of
            .iter()
            .map(|der| TrustAnchor::from_certificate(der).unwrap())
            .collect();
        let intermediates = [cross.as_slice()];
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.revocation.crls = crls;
        verify_certificate(&leaf, &options)
            .map(|path| path.certificates.len())
            .map_err(|error| error.code())
    };
    assert_eq!(ask(&[&old, &fresh], &[]), Ok(1));
    assert_eq!(ask(&[&fresh], &[]), Ok(2));
    assert_eq!(ask(&[&old, &fresh], &[&list]), Err(Code::CertificateRevoked));
    assert_eq!(ask(&[&fresh, &old], &[&list]), Err(Code::CertificateRevoked));
}

#[test]
fn a_key_that_was_replaced_leads_over_the_certificate_by_its_successor() {
    // RFC 4210 §4.4: the old key with the new one's signature, in the same name.
    let (before, after) = (Key::new(1), Key::new(2));
    let mut expired = Template::ca("Root", "Root", &before).with(subject_key(&before.id()));
    expired.to = NOW - DAY;
    let old_with_new = Template::ca("Root", "Root", &before)
        .with(subject_key(&before.id()))
        .with(authority_key(&after.id()))
        .serial(&[9])
        .sign(&after);
    let anchors = [expired.sign(&before), root("Root", &after)];
    let anchors: Vec<_> = anchors
        .iter()
        .map(|der| TrustAnchor::from_certificate(der).unwrap())
        .collect();
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&before);
    let intermediates = [old_with_new.as_slice()];
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    assert_eq!(verify_certificate(&leaf, &options).unwrap().certificates.len(), 2);
}

#[test]
fn the_refusal_of_a_path_is_not_lost_where_the_rest_is_too_much() {
    let mut expired = Template::ca("Root", "Root", &Key::new(1));
    expired.to = NOW - DAY;
    let expired = expired.sign(&Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&expired).unwrap()];
    // Namesakes of the issuer, each of which has to be tried.
    let others: Vec<Vec<u8>> = (10..100)
        .map(|key| Template::ca("Other", "Root", &Key::new(key)).unsigned())
        .collect();
    let intermediates: Vec<&[u8]> = others.iter().map(Vec::as_slice).collect();
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&Key::new(1));
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    let refusal = verify_certificate(&leaf, &options).unwrap_err();
    assert_eq!(refusal.code(), Code::CertificateExpired);
    assert!(refusal.message().contains("the budget is spent"), "{refusal}");
}

#[test]
fn it_is_an_error_if_none_is_left() {
    let odd = unreadable("Odd", &Key::new(2));
    let list = [odd.as_slice(), b""];
    let error = read_anchors(&list).unwrap_err();
    assert_eq!(error.code(), Code::CertificateMalformed);
    assert!(error.message().starts_with("anchor 1: "), "{error}");
    assert!(read_anchors(&[]).unwrap().0.is_empty());
}

// ----------------------------------------------------------------------------------------------------------- as options

/// The answer of the boundary, for these anchors and these options besides.
fn through_the_boundary(leaf: &[u8], anchors: &[&[u8]], more: serde_json::Value) -> serde_json::Value {
    let mut bytes = leaf.to_vec();
    let mut places = Vec::new();
    for anchor in anchors {
        places.push(serde_json::json!([bytes.len(), anchor.len()]));
        bytes.extend_from_slice(anchor);
    }
    let mut options = serde_json::json!({"certificate": [0, leaf.len()], "anchors": places, "now": NOW});
    for (name, value) in more.as_object().unwrap() {
        options[name] = value.clone();
    }
    serde_json::from_str(&boundary::verify_certificate(&options.to_string(), &bytes)).unwrap()
}

#[test]
fn the_option_and_the_warnings() {
    let leaf = plain(0).leaf;
    let unknown = root_with(&[extension("1.2.392.9.9", true, &[5, 0])]);
    let none = serde_json::json!({});
    let ask = |anchors: &[&[u8]], more| through_the_boundary(&leaf, anchors, more);
    assert_eq!(ask(&[&unknown], none.clone())["code"], "extension-unsupported");
    assert_eq!(
        ask(&[&unknown], serde_json::json!({"anchorConstraints": "apply"}))["code"],
        "extension-unsupported"
    );
    let ignoring = ask(&[&unknown], serde_json::json!({"anchorConstraints": "ignore"}));
    assert_eq!(
        (&ignoring["ok"], &ignoring["warnings"]),
        (&true.into(), &serde_json::json!([]))
    );
    assert_eq!(
        ask(&[&unknown], serde_json::json!({"anchorConstraints": "Ignore"}))["code"],
        "options-invalid"
    );
    let (good, odd) = (root_with(&[]), unreadable("Odd", &Key::new(2)));
    let beside = ask(&[&odd, &good, b"nothing"], none.clone());
    assert_eq!(beside["ok"], true, "{beside}");
    assert_eq!(
        beside["warnings"],
        serde_json::json!(["anchor-unreadable:1", "anchor-unreadable:3"])
    );
    let left = ask(&[&odd], none);
    assert_eq!(left["code"], "certificate-malformed");
    assert!(
        left["message"]
            .as_str()
            .unwrap()
            .contains("none of the anchors can be read")
    );
}

//! Which certificates and revocation reasons a CRL covers, and who may sign it (RFC 5280 §5.2.5, §6.3.3 (b)
//! to (g)).

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::der::Oid;
use honnin::x509::{AnchorConstraints, KeyUsage, Purpose, Requirement, Revocation};

const SCOPE: Result<Revocation, Code> = Err(Code::CrlScopeMismatch);
const UNKNOWN: Result<Revocation, Code> = Err(Code::RevocationUnknown);

/// The root's CRL with these fields of issuingDistributionPoint.
fn list(fields: &[&[u8]]) -> Vec<u8> {
    CrlTemplate::new("Root").with(issuing(fields)).sign(&Key::new(1))
}

/// A fullName with several names, in the explicit tag of DistributionPointName.
fn full(names: &[Vec<u8>]) -> Vec<u8> {
    tlv(0xa0, &tlv(0xa0, &names.concat()))
}

fn uri(text: &str) -> Vec<u8> {
    tlv(0x86, text.as_bytes())
}

/// ReasonFlags of a DistributionPoint.
fn for_reasons(bits: &[u8]) -> Vec<u8> {
    tlv(0x81, bits)
}

/// onlySomeReasons.
fn only(bits: &[u8]) -> Vec<u8> {
    tlv(0x83, bits)
}

const INDIRECT: &[u8] = &[0x84, 1, 0xff];
const COMPROMISE: &[u8] = &[6, 0x40];
const COMPROMISES: &[u8] = &[5, 0x60];
/// All except those two.
const OTHERS: &[u8] = &[7, 0x1f, 0x80];
const ALL: &[u8] = &[7, 0x7f, 0x80];

// ---------------------------------------------------------------------------------------------------------- (b)(2)(i)

#[test]
fn one_name_of_the_point_is_one_of_the_list() {
    let (a, b, c) = (
        uri("http://a.example/"),
        uri("http://b.example/"),
        uri("http://c.example/"),
    );
    let (here, there) = (directory(&name("Here")), directory(&name("There")));
    for (point, of_list, expected) in [
        (vec![a.clone()], vec![a.clone()], GOOD),
        (vec![a.clone()], vec![b.clone()], SCOPE),
        (vec![a.clone(), b.clone()], vec![c.clone(), b.clone()], GOOD),
        (vec![a.clone(), b.clone()], vec![c.clone()], SCOPE),
        // URIs are compared by their bytes. A directory name is compared as a name, and is not a URI.
        (vec![a.clone()], vec![uri("http://A.example/")], SCOPE),
        (vec![here.clone()], vec![directory(&name("HERE"))], GOOD),
        (vec![here.clone()], vec![there], SCOPE),
        (vec![here.clone()], vec![a.clone()], SCOPE),
        (vec![here, a.clone()], vec![a], GOOD),
    ] {
        let question = Question::at(&[seq(&[&full(&point)])]);
        let asked = question.crl(list(&[&full(&of_list)])).ask();
        assert_eq!(asked, expected, "{point:02x?} {of_list:02x?}");
    }
}

#[test]
fn a_list_without_names_is_for_every_point() {
    let point = seq(&[&full(&[uri("http://a.example/")])]);
    assert_eq!(
        Question::at(&[point]).crl(list(&[&tlv(0x81, &[0xff])])).ask(),
        GOOD
    );
    assert_eq!(Question::new().crl(list(&[])).ask(), GOOD);
}

#[test]
fn without_points_the_name_is_the_issuers() {
    let of = |name: &[u8]| list(&[&full_name(name)]);
    assert_eq!(Question::new().crl(of(&name("Root"))).ask(), GOOD);
    assert_eq!(Question::new().crl(of(&name("Part"))).ask(), SCOPE);
    assert_eq!(
        Question::new()
            .crl(list(&[&full(&[uri("http://a.example/")])]))
            .ask(),
        SCOPE
    );
    // The same after distribution points that other CRLs are for.
    let point = seq(&[&full_name(&name("Part"))]);
    assert_eq!(Question::at(&[point]).crl(of(&name("Root"))).ask(), GOOD);
}

#[test]
fn a_point_of_a_list_issuer_alone_is_named_by_it() {
    let signer = || {
        Template::new("Root", "Lists", &Key::new(7))
            .with(key_usage(0x02))
            .sign(&Key::new(1))
    };
    let ask = |issuers: &[Vec<u8>], fields: &[&[u8]]| {
        let crl = CrlTemplate::new("Lists").with(issuing(fields)).sign(&Key::new(7));
        let question = Question::at(&[seq(&[&tlv(0xa2, &issuers.concat())])]);
        question.below(signer()).crl(crl).ask()
    };
    let (lists, other) = (directory(&name("Lists")), directory(&name("Other")));
    let lists_only = [lists.clone()];
    assert_eq!(ask(&lists_only, &[INDIRECT]), GOOD);
    assert_eq!(ask(&[other.clone(), lists.clone()], &[INDIRECT]), GOOD);
    assert_eq!(ask(&[other], &[INDIRECT]), UNKNOWN);
    // (b)(2)(i): if only the CRL has a name, it is compared with the cRLIssuer of the point.
    assert_eq!(ask(&lists_only, &[&full_name(&name("Lists")), INDIRECT]), GOOD);
    assert_eq!(ask(&lists_only, &[&full_name(&name("LISTS")), INDIRECT]), GOOD);
    assert_eq!(ask(&lists_only, &[&full_name(&name("Part")), INDIRECT]), UNKNOWN);
    // (b)(1): the CRL is marked as indirect.
    assert_eq!(ask(&lists_only, &[&full_name(&name("Lists"))]), UNKNOWN);
}

#[test]
fn a_relative_name_stands_right_below_its_base() {
    let part = attribute("2.5.4.3", "Part");
    let full = |parts: &[Vec<u8>]| full_name(&rdns(&[&name("Root")[2..], &parts.concat()]));
    let ask = |point: &[u8]| {
        Question::at(&[seq(&[point])])
            .crl(list(&[&relative_name(&part)]))
            .ask()
    };
    let (here, deeper) = (rdn("2.5.4.3", "Part"), rdn("2.5.4.3", "Deeper"));
    assert_eq!(ask(&full(std::slice::from_ref(&here))), GOOD);
    assert_eq!(ask(&full(&[here.clone(), deeper.clone()])), SCOPE);
    assert_eq!(ask(&full(&[deeper, here.clone()])), SCOPE);
    assert_eq!(ask(&full(&[])), SCOPE);
    assert_eq!(ask(&full_name(&rdns(&[&name("Other")[2..], &here]))), SCOPE);
    // Below the name of another CRL issuer it is a different name.
    let ask = |issuers: &[&str]| {
        let issuers: Vec<_> = issuers.iter().map(|issuer| directory(&name(issuer))).collect();
        let point = seq(&[&relative_name(&part), &tlv(0xa2, &issuers.concat())]);
        let crl = CrlTemplate::new("Lists").with(issuing(&[&relative_name(&part), INDIRECT]));
        let question = Question::at(&[point]).below(signer("Root").sign(&Key::new(1)));
        question.crl(crl.sign(&Key::new(7))).ask()
    };
    assert_eq!(ask(&["Lists"]), GOOD);
    assert_eq!(ask(&["Other", "Lists"]), UNKNOWN);
}

// --------------------------------------------------------------------------------------------------- (b)(2)(ii) to (iv)

#[test]
fn a_list_for_users_and_authorities_alone_is_for_nobody() {
    let (user, authority, attribute) = (tlv(0x81, &[0xff]), tlv(0x82, &[0xff]), tlv(0x85, &[0xff]));
    for (field, of_leaf, of_ca) in [
        (vec![&user], GOOD, SCOPE),
        (vec![&authority], SCOPE, GOOD),
        (vec![&user, &authority], SCOPE, SCOPE),
        (vec![&user, &attribute], SCOPE, SCOPE),
        (vec![&attribute], SCOPE, SCOPE),
    ] {
        let fields: Vec<&[u8]> = field.iter().map(|field| field.as_slice()).collect();
        let crl = || list(&fields);
        assert_eq!(Question::new().crl(crl()).ask(), of_leaf, "{fields:02x?}");
        let ca = leaf().with(basic_constraints(None));
        assert_eq!(Question::about(ca).crl(crl()).ask(), of_ca, "{fields:02x?}");
        // With basicConstraints that do not set cA, it is a user certificate.
        let plain = leaf().with(extension("2.5.29.19", true, &seq(&[])));
        assert_eq!(Question::about(plain).crl(crl()).ask(), of_leaf, "{fields:02x?}");
    }
}

#[test]
fn what_is_not_critical_limits_a_list_all_the_same() {
    let crl = |field: &[u8]| {
        let scope = extension("2.5.29.28", false, &seq(&[field]));
        CrlTemplate::new("Root").with(scope).sign(&Key::new(1))
    };
    assert_eq!(Question::new().crl(crl(&tlv(0x81, &[0xff]))).ask(), GOOD);
    assert_eq!(Question::new().crl(crl(&tlv(0x82, &[0xff]))).ask(), SCOPE);
    // An explicitly encoded default value and an unknown field are malformed.
    for odd in [tlv(0x81, &[0]), tlv(0x86, &[0xff])] {
        assert_eq!(Question::new().crl(crl(&odd)).ask(), Err(Code::CrlMalformed));
    }
}

// ------------------------------------------------------------------------------------------------------------- (d), (e)

#[test]
fn reasons_are_those_of_the_point_and_of_the_list() {
    let part = full_name(&name("Part"));
    let ask = |points: &[Option<&[u8]>], lists: &[Option<&[u8]>]| {
        let points: Vec<Vec<u8>> = points
            .iter()
            .map(|bits| seq(&[&part, &bits.map(for_reasons).unwrap_or_default()]))
            .collect();
        let mut question = Question::at(&points);
        for bits in lists {
            question
                .crls
                .push(list(&[&part, &bits.map(only).unwrap_or_default()]));
        }
        question.ask()
    };
    assert_eq!(ask(&[None], &[None]), GOOD);
    assert_eq!(ask(&[Some(ALL)], &[Some(ALL)]), GOOD);
    assert_eq!(ask(&[Some(COMPROMISES)], &[None]), SCOPE);
    assert_eq!(ask(&[None], &[Some(COMPROMISES)]), SCOPE);
    // Both together.
    assert_eq!(ask(&[Some(COMPROMISES), Some(OTHERS)], &[None]), GOOD);
    assert_eq!(ask(&[None], &[Some(COMPROMISES), Some(OTHERS)]), GOOD);
    assert_eq!(
        ask(&[None], &[Some(COMPROMISE), Some(OTHERS)]),
        SCOPE,
        "one is missing"
    );
    assert_eq!(
        ask(&[Some(COMPROMISES)], &[Some(COMPROMISES), Some(OTHERS)]),
        SCOPE
    );
    assert_eq!(ask(&[Some(COMPROMISES), Some(OTHERS)], &[Some(OTHERS)]), SCOPE);
    // Neither of the two alone has all reasons.
    assert_eq!(ask(&[Some(OTHERS)], &[Some(COMPROMISES)]), SCOPE);
    // Bit 0 is not a reason.
    let of_none = list(&[&only(&[7, 0x80])]);
    assert_eq!(Question::new().crl(of_none).ask(), UNKNOWN);
    assert_eq!(ask(&[None], &[Some(&[7, 0x80]), Some(OTHERS)]), SCOPE);
}

#[test]
fn a_list_that_adds_no_reason_is_not_asked() {
    let crl = |bits: &[u8], age: i64, revoking: bool| {
        let mut crl = CrlTemplate::new("Root").with(issuing(&[&only(bits)]));
        crl.this_update = NOW - age;
        if revoking {
            crl = crl.entry(&[42], &[]);
        }
        crl.sign(&Key::new(1))
    };
    let revoked = Err(Code::CertificateRevoked);
    let ask = |bits: &[u8]| {
        let question = Question::new().crl(crl(bits, 120, true));
        question
            .crl(crl(COMPROMISES, 60, false))
            .crl(crl(OTHERS, 180, false))
            .ask()
    };
    // The newer CRL covers these reasons, and not the others.
    assert_eq!(ask(COMPROMISES), GOOD);
    assert_eq!(ask(COMPROMISE), GOOD);
    assert_eq!(ask(OTHERS), revoked);
    assert_eq!(ask(&[4, 0x70]), revoked);
}

// ------------------------------------------------------------------------------------------------------------- (a), §5.1.2

#[test]
fn the_age_of_a_list_to_the_second() {
    let ask = |this: i64, next: Option<i64>, most: Option<i64>, skew: i64| {
        let mut crl = CrlTemplate::new("Root");
        (crl.this_update, crl.next_update) = (this, next);
        Question::new().crl(crl.sign(&Key::new(1))).ask_with(|options| {
            options.revocation.crl_max_age = most;
            options.revocation.clock_tolerance = skew;
        })
    };
    let (expired, early) = (Err(Code::CrlExpired), Err(Code::CrlNotYetValid));
    assert_eq!(ask(NOW, Some(NOW), None, 0), GOOD);
    assert_eq!(ask(NOW + 1, Some(NOW + 2), None, 0), early);
    assert_eq!(ask(NOW - 2, Some(NOW - 1), None, 0), expired);
    assert_eq!(ask(NOW - 2, None, None, 0), expired);
    assert_eq!(ask(NOW + 5, Some(NOW + 9), None, 5), GOOD);
    assert_eq!(ask(NOW + 6, Some(NOW + 9), None, 5), early);
    assert_eq!(ask(NOW - 9, Some(NOW - 5), None, 5), GOOD);
    assert_eq!(ask(NOW - 9, Some(NOW - 6), None, 5), expired);
    assert_eq!(ask(NOW - 60, Some(NOW + 9), Some(60), 0), GOOD);
    assert_eq!(ask(NOW - 61, Some(NOW + 9), Some(60), 0), expired);
    assert_eq!(ask(NOW - 65, Some(NOW + 9), Some(60), 5), GOOD);
    assert_eq!(ask(NOW - 66, Some(NOW + 9), Some(60), 5), expired);
}

#[test]
fn the_algorithm_of_a_list_is_one_that_is_supported() {
    let write = |algorithm: &[u8]| {
        let times = [utc_time(NOW - DAY), utc_time(NOW + DAY)].concat();
        let number = tlv(0xa0, &tlv(0x30, &crl_number(1)));
        let tbs = seq(&[&int(&[1]), algorithm, &name("Root"), &times, &number]);
        let crl = seq(&[&tbs, algorithm, &bits(&Key::new(1).sign(&tbs))]);
        Question::new().crl(crl).ask()
    };
    assert_eq!(write(&algorithm()), GOOD);
    let unsupported = Err(Code::AlgorithmUnsupported);
    assert_eq!(write(&seq(&[&oid("1.2.840.10045.4.3.2"), &[5, 0]])), unsupported);
    assert_eq!(
        write(&seq(&[&oid("1.2.840.10045.4.3.3")])),
        unsupported,
        "not the curve's"
    );
    assert_eq!(write(&seq(&[&oid("1.2.840.10045.4.1")])), unsupported);
}

// -------------------------------------------------------------------------------------------------------------- (f), (g)

/// A leaf whose CRLs are signed by "Lists", with the certificate of that signer and its CRL.
fn designated(signer: Template, signed_by: u32) -> Question {
    let point = seq(&[&tlv(0xa2, &directory(&name("Lists")))]);
    let crl = CrlTemplate::new("Lists").with(issuing(&[INDIRECT]));
    let question = Question::at(&[point]).below(signer.sign(&Key::new(signed_by)));
    question.crl(crl.sign(&Key::new(7)))
}

fn signer(issuer: &str) -> Template {
    Template::new(issuer, "Lists", &Key::new(7)).with(key_usage(0x02))
}

const NO_SIGNER: Result<Revocation, Code> = Err(Code::CrlIssuerNotFound);

#[test]
fn the_signer_of_a_list_has_a_path_from_the_same_anchor() {
    assert_eq!(designated(signer("Root"), 1).ask(), GOOD);
    // Another trust anchor, which the path of this certificate does not use.
    let mut elsewhere = designated(signer("Other root"), 2);
    elsewhere.anchors.push(root("Other root", &Key::new(2)));
    assert_eq!(elsewhere.ask(), NO_SIGNER);
    elsewhere.anchors.reverse();
    assert_eq!(elsewhere.ask(), NO_SIGNER);
    // Through a CA, and through a certificate that is not a CA certificate.
    let between = |ca: Template| designated(signer("CA"), 4).below(ca.sign(&Key::new(1))).ask();
    assert_eq!(between(Template::ca("Root", "CA", &Key::new(4))), GOOD);
    assert_eq!(between(Template::new("Root", "CA", &Key::new(4))), NO_SIGNER);
    // The signer need not be a CA or have keyUsage, but its critical extensions must be supported.
    assert_eq!(
        designated(Template::new("Root", "Lists", &Key::new(7)), 1).ask(),
        GOOD
    );
    let odd = signer("Root").with(extension("1.2.392.1.9", true, &[5, 0]));
    assert_eq!(designated(odd, 1).ask(), NO_SIGNER);
    for (from, to, expected) in [
        (NOW, NOW, GOOD),
        (NOW + 1, NOW + DAY, NO_SIGNER),
        (NOW - DAY, NOW - 1, NO_SIGNER),
    ] {
        let mut timed = signer("Root");
        (timed.from, timed.to) = (from, to);
        assert_eq!(designated(timed, 1).ask(), expected, "{from} to {to}");
    }
    assert_eq!(designated(signer("Root"), 9).ask(), NO_SIGNER);
}

#[test]
fn what_the_caller_wants_of_the_certificate_it_does_not_want_of_the_signer() {
    let mut question = designated(signer("Root"), 1);
    let point = seq(&[&tlv(0xa2, &directory(&name("Lists")))]);
    question.leaf = leaf()
        .with(distribution_points(&[point]))
        .with(policies(&["1.2.392.1.1"]))
        .with(key_usage(0x80))
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.2"]))
        .sign(&Key::new(1));
    const CLIENT: Oid<'static> = Oid::new(&[0x2b, 6, 1, 5, 5, 7, 3, 2]);
    let asked = question.ask_with(|options| {
        options.explicit_policy = true;
        options.inhibit_any_policy = true;
        options.inhibit_policy_mapping = true;
        options.purpose = Some(Purpose::Named(CLIENT));
        options.key_usage = Some(KeyUsage::DIGITAL_SIGNATURE);
        options.revocation.require = Requirement::Certificate;
    });
    assert_eq!(asked, GOOD);
}

#[test]
fn an_anchor_that_signs_lists_may_sign_lists() {
    let ask = |usage: Option<u8>, constraints| {
        let anchor = Template::new("Root", "Root", &Key::new(1)).with(basic_constraints(None));
        let anchor = usage.map(key_usage).into_iter().fold(anchor, Template::with);
        let mut question = Question::new().crl(CrlTemplate::new("Root").sign(&Key::new(1)));
        question.anchors = vec![anchor.sign(&Key::new(1))];
        question.ask_with(|options| options.anchor_constraints = constraints)
    };
    assert_eq!(ask(Some(0x06), AnchorConstraints::Apply), GOOD);
    assert_eq!(ask(None, AnchorConstraints::Apply), GOOD);
    assert_eq!(
        ask(Some(0x04), AnchorConstraints::Apply),
        Err(Code::KeyUsageMissing)
    );
    assert_eq!(ask(Some(0x04), AnchorConstraints::Ignore), GOOD);
    // The same for a trust anchor that is not the issuer of the certificate: the CRLs of a CA below it are
    // that CA's own.
    let ask = |usage| {
        let anchor = Template::new("Root", "Root", &Key::new(1))
            .with(basic_constraints(None))
            .with(key_usage(usage));
        let point = seq(&[&tlv(0xa2, &directory(&name("Root")))]);
        let below = Template::new("CA", "Leaf", &Key::new(3))
            .serial(&[42])
            .with(distribution_points(&[point]));
        let ca = Template::ca("Root", "CA", &Key::new(4)).sign(&Key::new(1));
        let mut question = Question::new().below(ca).crl(list(&[INDIRECT]));
        question.anchors = vec![anchor.sign(&Key::new(1))];
        question.leaf = below.sign(&Key::new(4));
        question.ask()
    };
    assert_eq!(ask(0x06), GOOD);
    assert_eq!(ask(0x04), Err(Code::KeyUsageMissing));
}

#[test]
fn a_signer_vouches_for_itself_only_where_it_is_named() {
    // The certificate of the signer is the verified certificate.
    let ask = |named: bool| {
        let point = seq(&[&tlv(0xa2, &directory(&name("Lists")))]);
        let mut own = signer("Root").serial(&[42]);
        if named {
            own = own.with(distribution_points(&[point]));
        }
        let own = own.sign(&Key::new(1));
        let crl = CrlTemplate::new("Lists").with(issuing(&[INDIRECT]));
        let mut question = Question::new().below(own.clone()).crl(crl.sign(&Key::new(7)));
        question.leaf = own;
        question.ask()
    };
    assert_eq!(ask(true), GOOD);
    assert_eq!(ask(false), UNKNOWN);
    // With the root's name, and its own key for the root's CRLs.
    let own = Template::new("Root", "Root", &Key::new(7))
        .serial(&[42])
        .with(key_usage(0x02))
        .sign(&Key::new(1));
    let mut question = Question::new().below(own.clone());
    question.leaf = own;
    let crl = |key: u32| CrlTemplate::new("Root").sign(&Key::new(key));
    assert_eq!(question.clone().crl(crl(1)).ask(), GOOD);
    assert_eq!(question.crl(crl(7)).ask(), NO_SIGNER);
}

#[test]
fn a_signer_has_the_name_of_the_list_issuer() {
    // The issuer's key with another name that no certificate has, and a name that differs in the middle.
    let parts = |unit: &str| {
        rdns(&[
            &rdn("2.5.4.10", "Here"),
            &rdn("2.5.4.11", unit),
            &rdn("2.5.4.3", "Lists"),
        ])
    };
    let ask = |list_issuer: &[u8], key: u32, of_signer: &[u8]| {
        let point = seq(&[&tlv(0xa2, &directory(list_issuer))]);
        let mut crl = CrlTemplate::new("Lists").with(issuing(&[INDIRECT]));
        crl.issuer = list_issuer.to_vec();
        let mut template = signer("Root");
        template.subject = of_signer.to_vec();
        let question = Question::at(&[point]).below(template.sign(&Key::new(1)));
        question.crl(crl.sign(&Key::new(key))).ask()
    };
    assert_eq!(ask(&parts("One"), 7, &parts("One")), GOOD);
    assert_eq!(ask(&parts("One"), 7, &parts("Two")), NO_SIGNER);
    assert_eq!(ask(&parts("One"), 1, &parts("Two")), NO_SIGNER);
}

#[test]
fn a_revoked_signer_is_none_even_where_revocation_is_only_reported() {
    // For some reasons only, so that it does not show that the leaf is good.
    let revoking = CrlTemplate::new("Root")
        .with(issuing(&[&only(COMPROMISE)]))
        .entry(&[5], &[])
        .sign(&Key::new(1));
    let question = designated(signer("Root").serial(&[5]), 1).crl(revoking);
    let asked = question.ask_with(|options| options.revocation.report_only = true);
    assert_eq!(asked, NO_SIGNER);
    assert_eq!(question.ask_without_need(), Ok(Revocation::Unknown));
}

// ------------------------------------------------------------------------------------------------------ §6.1.3 (a)(3)

#[test]
fn whose_revocation_has_to_be_known() {
    let ca = Template::ca("Root", "CA", &Key::new(4)).serial(&[9]);
    let mut question = Question::new().below(ca.sign(&Key::new(1)));
    let below = Template::new("CA", "Leaf", &Key::new(3)).serial(&[42]);
    question.leaf = below.sign(&Key::new(4));
    let (of_root, of_ca) = (CrlTemplate::new("Root"), CrlTemplate::new("CA"));
    let ask = |crls: &[Vec<u8>], require| {
        let mut question = question.clone();
        question.crls = crls.to_vec();
        question.ask_with(|options| options.revocation.require = require)
    };
    let (nothing, certificate, path) = (Requirement::Nothing, Requirement::Certificate, Requirement::Path);
    let (root, ca) = (of_root.sign(&Key::new(1)), of_ca.sign(&Key::new(4)));
    let both = [root.clone(), ca.clone()];
    for require in [nothing, certificate, path] {
        assert_eq!(ask(&both, require), GOOD);
    }
    assert_eq!(ask(std::slice::from_ref(&ca), nothing), GOOD);
    assert_eq!(ask(std::slice::from_ref(&ca), certificate), GOOD);
    assert_eq!(ask(std::slice::from_ref(&ca), path), UNKNOWN);
    assert_eq!(ask(std::slice::from_ref(&root), nothing), Ok(Revocation::Unknown));
    assert_eq!(ask(std::slice::from_ref(&root), certificate), UNKNOWN);
    assert_eq!(ask(std::slice::from_ref(&root), path), UNKNOWN);
    // A revoked certificate is an error, whichever certificates are required.
    let revoking = of_root.entry(&[9], &[]).sign(&Key::new(1));
    for require in [nothing, certificate, path] {
        let asked = ask(&[revoking.clone(), ca.clone()], require);
        assert_eq!(asked, Err(Code::CertificateRevoked), "{require:?}");
    }
}

#[test]
fn identifiers_of_keys_choose_among_namesakes() {
    // Two signers with the same name. The CRL identifies one by its key, so there is no unnecessary signature
    // check.
    let lists = |id: &[u8], key: u32| {
        Template::new("Root", "Lists", &Key::new(key))
            .with(key_usage(0x02))
            .with(subject_key(id))
            .sign(&Key::new(1))
    };
    let point = seq(&[&tlv(0xa2, &directory(&name("Lists")))]);
    for order in [[7, 8], [8, 7]] {
        let mut question = Question::at(std::slice::from_ref(&point));
        for key in order {
            question = question.below(lists(&Key::new(key).id(), key));
        }
        let crl = CrlTemplate::new("Lists")
            .with(issuing(&[INDIRECT]))
            .with(authority_key(&Key::new(7).id()));
        let question = question.crl(crl.sign(&Key::new(7)));
        // The leaf, the CRL, and its signer.
        assert_eq!(question.ask_with(|options| options.limits.signatures = 3), GOOD);
    }
}

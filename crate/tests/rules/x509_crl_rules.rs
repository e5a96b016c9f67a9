//! The rules of RFC 5280 §5 and §6.3.3 for a CRL to show that a certificate is good.

use crate::pki::evidence::Question;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{PathOptions, Requirement, Revocation, TrustAnchor, verify_certificate};

const GOOD: Result<Revocation, Code> = Ok(Revocation::Good);

/// The result of signed CRLs for a leaf with serial number 42 that the root issued.
fn ask(crls: &[Vec<u8>]) -> Result<Revocation, Code> {
    ask_about(
        &Template::new("Root", "Leaf", &Key::new(3))
            .serial(&[42])
            .sign(&Key::new(1)),
        crls,
        &[],
    )
}

fn ask_about(leaf: &[u8], crls: &[Vec<u8>], intermediates: &[Vec<u8>]) -> Result<Revocation, Code> {
    let anchor = root("Root", &Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let intermediates: Vec<&[u8]> = intermediates.iter().map(Vec::as_slice).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    options.revocation.crls = &crls;
    options.revocation.clock_tolerance = 0;
    options.revocation.require = Requirement::Certificate;
    verify_certificate(leaf, &options)
        .map(|valid| valid.revocation[0])
        .map_err(|error| error.code())
}

fn signed_by_root(crl: &CrlTemplate) -> Vec<u8> {
    crl.sign(&Key::new(1))
}

fn complete(number: u8) -> CrlTemplate {
    CrlTemplate::new("Root").with(crl_number(number))
}

fn delta(base: u8, number: u8) -> CrlTemplate {
    CrlTemplate::new("Root")
        .with(delta_indicator(base))
        .with(crl_number(number))
}

fn revoking(crl: CrlTemplate) -> CrlTemplate {
    crl.entry(&[42], &[])
}

// ------------------------------------------------------------------------------------------------------------- §5.2.3

#[test]
fn a_crl_has_a_number_that_is_not_critical() {
    let critical = |number: u8| extension("2.5.29.20", true, &int(&[number]));
    let numbered = CrlTemplate::new("Root");
    let without = numbered.clone().without_number();
    let with_critical = numbered.clone().with(critical(1));
    assert_eq!(ask(&[signed_by_root(&numbered)]), GOOD);
    for crl in [&without, &with_critical] {
        assert_eq!(ask(&[signed_by_root(crl)]), Err(Code::CrlMalformed));
        // A revocation in it counts, and a correct CRL beside it settles the rest.
        assert_eq!(
            ask(&[signed_by_root(&revoking(crl.clone()))]),
            Err(Code::CertificateRevoked)
        );
        assert_eq!(ask(&[signed_by_root(crl), signed_by_root(&numbered)]), GOOD);
    }
    // Version 1 has no extensions at all.
    let tbs = |crl: &CrlTemplate| {
        seq(&[
            &algorithm(),
            &crl.issuer,
            &utc_time(crl.this_update),
            &utc_time(NOW + DAY),
        ])
    };
    assert_eq!(
        ask(&[signed(&tbs(&without), &Key::new(1))]),
        Err(Code::CrlMalformed)
    );

    let of_delta = |number: Vec<u8>| CrlTemplate::new("Root").with(delta_indicator(1)).with(number);
    let base = signed_by_root(&complete(1));
    assert_eq!(
        ask(&[base.clone(), signed_by_root(&of_delta(crl_number(2)))]),
        GOOD
    );
    assert_eq!(
        ask(&[base.clone(), signed_by_root(&of_delta(critical(2)))]),
        Err(Code::CrlMalformed)
    );
    let removes = of_delta(critical(2)).entry(&[42], &[reason(8)]);
    let revoked = signed_by_root(&revoking(complete(1)));
    assert_eq!(ask(&[revoked, signed_by_root(&removes)]), Err(Code::CrlMalformed));
    assert_eq!(
        ask(&[base, signed_by_root(&revoking(of_delta(critical(2))))]),
        Err(Code::CertificateRevoked)
    );
}

// -------------------------------------------------------------------------------------------------------- §6.3.3 (a)-(d)

#[test]
fn only_a_current_delta_excuses_a_stale_base() {
    let aged = |mut crl: CrlTemplate, next: i64| {
        crl.next_update = Some(next);
        signed_by_root(&crl)
    };
    assert_eq!(ask(&[aged(complete(1), NOW)]), GOOD);
    assert_eq!(ask(&[aged(complete(1), NOW - 1)]), Err(Code::CrlExpired));
    assert_eq!(ask(&[aged(complete(1), NOW - 1), aged(delta(1, 2), NOW)]), GOOD);
    assert_eq!(
        ask(&[aged(complete(1), NOW - 1), aged(delta(1, 2), NOW - 1)]),
        Err(Code::CrlExpired),
        "a stale delta excuses nothing"
    );
    // An outdated delta CRL is ignored, and does no harm either.
    assert_eq!(ask(&[aged(complete(1), NOW), aged(delta(1, 2), NOW - 1)]), GOOD);
    let removes = delta(1, 2).entry(&[42], &[reason(8)]);
    assert_eq!(
        ask(&[signed_by_root(&revoking(complete(1))), aged(removes, NOW - 1)]),
        Err(Code::CertificateRevoked)
    );
    let mut future = delta(1, 2);
    future.this_update = NOW + 1;
    assert_eq!(
        ask(&[aged(complete(1), NOW - 1), signed_by_root(&future)]),
        Err(Code::CrlExpired),
        "a delta that is not yet valid excuses nothing"
    );
}

#[test]
fn a_delta_continues_what_it_is_based_on() {
    let stale = |number: u8| {
        let mut crl = complete(number);
        crl.next_update = Some(NOW - 1);
        signed_by_root(&crl)
    };
    // (c)(3) and §5.2.4: the cRLNumber of the base is at least BaseCRLNumber and below that of the delta CRL.
    for (base, from, number, continues) in [
        (5, 5, 6, true),
        (5, 4, 6, true),
        (5, 6, 7, false),
        (5, 5, 5, false),
        (5, 4, 5, false),
        (5, 4, 4, false),
    ] {
        let expected = if continues { GOOD } else { Err(Code::CrlExpired) };
        let asked = ask(&[stale(base), signed_by_root(&delta(from, number))]);
        assert_eq!(asked, expected, "{base}: {from} to {number}");
    }
    // (c)(2): the same scope. (c)(1): the same issuer. Both: the same key.
    let user = || issuing(&[&tlv(0x81, &[0xff])]);
    assert_eq!(
        ask(&[stale(1), signed_by_root(&delta(1, 2).with(user()))]),
        Err(Code::CrlExpired)
    );
    let mut of_other = delta(1, 2);
    of_other.issuer = name("Other");
    assert_eq!(ask(&[stale(1), signed_by_root(&of_other)]), Err(Code::CrlExpired));
    assert_eq!(
        ask(&[
            stale(1),
            signed_by_root(&delta(1, 2).with(authority_key(b"another")))
        ]),
        Err(Code::CrlExpired)
    );
    // (h): signed with the key of the complete CRL.
    assert_eq!(
        ask(&[stale(1), delta(1, 2).sign(&Key::new(9))]),
        Err(Code::CrlSignatureMismatch)
    );
}

#[test]
fn the_newest_delta_counts_and_takes_off_hold() {
    let held = signed_by_root(&complete(1).entry(&[42], &[reason(6)]));
    let removes = signed_by_root(&delta(1, 3).entry(&[42], &[reason(8)]));
    let revokes = |number| signed_by_root(&revoking(delta(1, number)));
    assert_eq!(ask(std::slice::from_ref(&held)), Err(Code::CertificateRevoked));
    assert_eq!(ask(&[held.clone(), removes.clone()]), GOOD);
    assert_eq!(ask(&[held.clone(), revokes(2), removes.clone()]), GOOD);
    assert_eq!(
        ask(&[held.clone(), removes, revokes(4)]),
        Err(Code::CertificateRevoked)
    );
    // In a complete CRL, nothing is removed: the entry counts.
    let odd = signed_by_root(&complete(1).entry(&[42], &[reason(8)]));
    assert_eq!(ask(std::slice::from_ref(&odd)), Err(Code::CertificateRevoked));
    assert_eq!(
        ask(&[odd, signed_by_root(&delta(1, 2))]),
        Err(Code::CertificateRevoked)
    );
    // A delta CRL without a matching complete CRL is no evidence.
    assert_eq!(ask(&[revokes(2)]), Err(Code::RevocationUnknown));
}

/// The results for two CRLs in both orders.
fn ask_both_ways(lists: &[Vec<u8>; 2], others: &[Vec<u8>]) -> [Result<Revocation, Code>; 2] {
    let [one, other] = lists;
    let turned = [other.clone(), one.clone()];
    [lists, &turned].map(|lists| ask(&[others, lists].concat()))
}

#[test]
fn of_lists_as_new_as_each_other_the_one_that_revokes_counts() {
    let revoked = [Err(Code::CertificateRevoked); 2];
    let good = |number| signed_by_root(&complete(number));
    let bad = |number| signed_by_root(&revoking(complete(number)));
    assert_eq!(ask_both_ways(&[good(1), bad(1)], &[]), revoked);
    // cRLNumber decides which one is newer if thisUpdate is equal.
    assert_eq!(ask_both_ways(&[good(1), bad(2)], &[]), revoked);
    assert_eq!(ask_both_ways(&[good(2), bad(1)], &[]), [GOOD; 2]);
    // The same for delta CRLs.
    let base = [good(1)];
    let (says_nothing, revokes) = (
        signed_by_root(&delta(1, 2)),
        signed_by_root(&revoking(delta(1, 2))),
    );
    assert_eq!(ask_both_ways(&[says_nothing.clone(), revokes], &base), revoked);
    let held = [signed_by_root(&complete(1).entry(&[42], &[reason(6)]))];
    let removes = signed_by_root(&delta(1, 2).entry(&[42], &[reason(8)]));
    assert_eq!(ask_both_ways(&[says_nothing, removes.clone()], &held), revoked);
    assert_eq!(ask_both_ways(&[removes.clone(), removes], &held), [GOOD; 2]);
}

// ------------------------------------------------------------------------------------------------------------ §5.1.1.2

#[test]
fn the_algorithm_inside_is_the_one_outside() {
    let sha384 = seq(&[&oid("1.2.840.10045.4.3.3")]);
    let with = |inner: &[u8], outer: &[u8]| {
        let tbs = seq(&[
            &int(&[1]),
            inner,
            &name("Root"),
            &utc_time(NOW - DAY),
            &utc_time(NOW + DAY),
            &tlv(0xa0, &tlv(0x30, &crl_number(1))),
        ]);
        seq(&[&tbs, outer, &bits(&Key::new(1).sign(&tbs))])
    };
    assert_eq!(ask(&[with(&algorithm(), &algorithm())]), GOOD);
    // The signature matches the outer algorithm, but the outer algorithm itself is not signed.
    assert_eq!(ask(&[with(&sha384, &algorithm())]), Err(Code::CrlMalformed));
    let with_null = seq(&[&oid("1.2.840.10045.4.3.2"), &tlv(5, &[])]);
    assert_eq!(ask(&[with(&with_null, &algorithm())]), Err(Code::CrlMalformed));

    // The same for certificates (§4.1.1.2).
    let template = Template::new("Root", "Leaf", &Key::new(3)).serial(&[42]);
    let tbs = seq(&[
        &tlv(0xa0, &int(&[2])),
        &int(&[42]),
        &sha384,
        &template.issuer,
        &seq(&[&utc_time(template.from), &utc_time(template.to)]),
        &template.subject,
        &template.spki,
    ]);
    let crl = signed_by_root(&complete(1));
    assert_eq!(
        ask_about(&signed(&tbs, &Key::new(1)), &[crl], &[]),
        Err(Code::CertificateMalformed)
    );
}

// ------------------------------------------------------------------------------------------------------- §5.3, §5.3.2

#[test]
fn a_critical_entry_extension_is_one_that_can_be_read() {
    let with = |identifier: &str, critical: bool, value: &[u8]| {
        let entry = crl_entry(&[7], &[extension(identifier, critical, value)]);
        let mut crl = complete(1);
        crl.entries = entry;
        ask(&[signed_by_root(&crl)])
    };
    const DATE: &str = "2.5.29.24";
    let unsupported = Err(Code::CrlExtensionUnsupported);
    for critical in [false, true] {
        assert_eq!(with(DATE, critical, &time(NOW - DAY)), GOOD);
    }
    // The verifier does not use it, but it is critical, so malformed contents are an error.
    let not_dates = [
        utc_time(NOW - DAY),
        tlv(0x18, b"20260230000000Z"),
        tlv(5, &[]),
        tlv(0x30, &time(NOW)),
        [time(NOW), time(NOW)].concat(),
    ];
    for value in not_dates {
        assert_eq!(with(DATE, true, &value), unsupported, "{value:02x?}");
        assert_eq!(with(DATE, false, &value), GOOD, "{value:02x?}");
    }
    assert_eq!(with("1.2.392.1.9", true, &[5, 0]), unsupported);
    assert_eq!(with("1.2.392.1.9", false, &[5, 0]), GOOD);
}

// ------------------------------------------------------------------------------------------------------- §5.2, §5.2.2

#[test]
fn extensions_of_the_list_itself() {
    const ISSUER_ALT_NAME: &str = "2.5.29.18";
    let with = |identifier: &str, critical: bool, value: &[u8]| {
        let crl = complete(1).with(extension(identifier, critical, value));
        ask(&[signed_by_root(&crl)])
    };
    let names = seq(&[&tlv(0x82, b"ca.example.jp")]);
    for critical in [false, true] {
        assert_eq!(with(ISSUER_ALT_NAME, critical, &names), GOOD);
        for value in [seq(&[]), tlv(5, &[]), seq(&[&int(&[1])])] {
            let found = with(ISSUER_ALT_NAME, critical, &value);
            assert_eq!(found, Err(Code::CrlMalformed), "{value:02x?}");
        }
    }
    assert_eq!(with("1.2.392.1.9", false, &[5, 0]), GOOD);
    let unsupported = Err(Code::CrlExtensionUnsupported);
    assert_eq!(with("1.2.392.1.9", true, &[5, 0]), unsupported);
}

#[test]
fn scanning_entries_is_paid_for_by_the_byte() {
    let crl = complete(1).entry(&[7], &[]).entry(&[8], &[]);
    let bytes = crl.entries.len();
    let crl = signed_by_root(&crl);
    let change = signed_by_root(&delta(1, 2).entry(&[9], &[]));
    let more = crl_entry(&[9], &[]).len();
    for (lists, needed) in [(vec![crl.clone()], bytes), (vec![crl, change], bytes + more)] {
        let with = |allowed: usize| {
            let question = Question {
                crls: lists.clone(),
                ..Question::new()
            };
            question.ask_with(|options| options.limits.scanned_bytes = allowed)
        };
        assert_eq!(with(needed), GOOD);
        assert_eq!(with(needed - 1), Err(Code::PathBudgetExhausted));
    }
}

// -------------------------------------------------------------------------------------------------------- §6.3.3 (b), (f)

#[test]
fn a_list_for_kinds_of_certificates_is_for_those_only() {
    let ca = Template::ca("Root", "CA", &Key::new(2))
        .serial(&[42])
        .sign(&Key::new(1));
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .serial(&[42])
        .sign(&Key::new(1));
    for (tag, of_leaf, of_ca) in [(0x81, true, false), (0x82, false, true), (0x85, false, false)] {
        let crl = [signed_by_root(&complete(1).with(issuing(&[&tlv(tag, &[0xff])])))];
        let expected = |good: bool| if good { GOOD } else { Err(Code::CrlScopeMismatch) };
        assert_eq!(ask_about(&leaf, &crl, &[]), expected(of_leaf), "{tag:02x}");
        assert_eq!(ask_about(&ca, &crl, &[]), expected(of_ca), "{tag:02x}");
    }
}

#[test]
fn who_signs_lists_may_sign_lists() {
    let (leaf, key) = (
        Template::new("CA", "Leaf", &Key::new(3))
            .serial(&[42])
            .sign(&Key::new(2)),
        Key::new(2),
    );
    let ca = |usage| {
        let template = Template::new("Root", "CA", &key).with(basic_constraints(None));
        vec![template.with(key_usage(usage)).sign(&Key::new(1))]
    };
    let crl = [CrlTemplate::new("CA").sign(&key)];
    assert_eq!(ask_about(&leaf, &crl, &ca(0x06)), GOOD);
    assert_eq!(ask_about(&leaf, &crl, &ca(0x04)), Err(Code::KeyUsageMissing));
    // A certificate with the same name and another key, below the same trust anchor: its path is checked like
    // any other.
    let signer = |mut template: Template, usage| {
        template = template.with(key_usage(usage));
        let mut certificates = ca(0x06);
        certificates.push(template.sign(&Key::new(1)));
        certificates
    };
    let own = || Template::new("Root", "CA", &Key::new(7));
    let crl = [CrlTemplate::new("CA").sign(&Key::new(7))];
    assert_eq!(ask_about(&leaf, &crl, &signer(own(), 0x02)), GOOD);
    assert_eq!(
        ask_about(&leaf, &crl, &signer(own(), 0x80)),
        Err(Code::KeyUsageMissing)
    );
    let mut expired = own();
    expired.to = NOW - 1;
    assert_eq!(
        ask_about(&leaf, &crl, &signer(expired, 0x02)),
        Err(Code::CrlIssuerNotFound)
    );
}

#[test]
fn a_certificate_that_names_another_issuer_of_its_crls() {
    let point = seq(&[&tlv(0xa2, &directory(&name("Lists")))]);
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .serial(&[42])
        .with(distribution_points(&[point]))
        .sign(&Key::new(1));
    let signer = vec![
        Template::new("Root", "Lists", &Key::new(7))
            .with(key_usage(0x02))
            .sign(&Key::new(1)),
    ];
    let list = |indirect: bool, issuer: &str| {
        let mut crl = CrlTemplate::new("Lists").with(crl_number(1));
        if indirect {
            crl = crl.with(issuing(&[&tlv(0x84, &[0xff])]));
        }
        crl.issuer = name(issuer);
        [crl.sign(&Key::new(7))]
    };
    assert_eq!(ask_about(&leaf, &list(true, "Lists"), &signer), GOOD);
    assert_eq!(
        ask_about(&leaf, &list(false, "Lists"), &signer),
        Err(Code::RevocationUnknown)
    );
    assert_eq!(
        ask_about(&leaf, &list(true, "Other"), &signer),
        Err(Code::RevocationUnknown)
    );
}

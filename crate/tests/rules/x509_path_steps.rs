//! The steps of RFC 5280 §6.1.3 (a) and §6.1.4 (g) to (o), at their edges and for every certificate of a path.

use crate::pki::path::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{PathOptions, TrustAnchor, verify_certificate};

/// The places of a path: an authority, one below it, the leaf.
const PLACES: [usize; 3] = [0, 1, 2];

/// Root, CA 0, CA 1 and a leaf, of which `adjust` may change one before `key` signs it.
fn changed(place: usize, adjust: impl Fn(Template) -> Template, key: Option<u32>) -> Result<(), Code> {
    let mut made = Vec::new();
    let steps = [
        ("Root", "CA 0", 1, 10),
        ("CA 0", "CA 1", 10, 11),
        ("CA 1", "Leaf", 11, 3),
    ];
    for (at, (issuer, subject, signer, own)) in steps.into_iter().enumerate() {
        let mut template = match at {
            2 => Template::new(issuer, subject, &Key::new(own)),
            _ => Template::ca(issuer, subject, &Key::new(own)),
        };
        let mut signer = signer;
        if at == place {
            template = adjust(template);
            signer = key.unwrap_or(signer);
        }
        made.push(template.sign(&Key::new(signer)));
    }
    verify(&made[2], &made[..2], |_| ())
}

fn verify(leaf: &[u8], between: &[Vec<u8>], adjust: impl FnOnce(&mut PathOptions<'_>)) -> Result<(), Code> {
    let anchor = root("Root", &Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let between: Vec<&[u8]> = between.iter().map(Vec::as_slice).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &between;
    adjust(&mut options);
    verify_certificate(leaf, &options)
        .map(|_| ())
        .map_err(|error| error.code())
}

fn unknown(critical: bool) -> Vec<u8> {
    extension("1.2.392.9.9", critical, &[5, 0])
}

// ------------------------------------------------------------------------------------------------------------ §6.1.3 (a)

#[test]
fn every_signature_is_the_issuers() {
    for place in PLACES {
        assert_eq!(changed(place, |same| same, None), Ok(()));
        assert_eq!(
            changed(place, |same| same, Some(9)),
            Err(Code::CertificateSignatureMismatch),
            "{place}"
        );
    }
}

#[test]
fn every_period_of_validity_has_begun_and_is_not_over() {
    let (early, late) = (Err(Code::CertificateNotYetValid), Err(Code::CertificateExpired));
    for place in PLACES {
        for (from, to, expected) in [
            (NOW, NOW, Ok(())),
            (NOW - DAY, NOW, Ok(())),
            (NOW, NOW + DAY, Ok(())),
            (NOW + 1, NOW + DAY, early),
            (NOW - DAY, NOW - 1, late),
        ] {
            let timed = |mut template: Template| {
                (template.from, template.to) = (from, to);
                template
            };
            assert_eq!(changed(place, timed, None), expected, "{place}: {from} to {to}");
        }
    }
}

#[test]
fn every_issuer_is_the_subject_above() {
    for place in PLACES {
        let other = |mut template: Template| {
            template.issuer = name("Other");
            template
        };
        assert_eq!(changed(place, other, None), Err(Code::IssuerNotFound), "{place}");
        // Names are compared, not bytes.
        let loud = |mut template: Template| {
            let above = ["ROOT", "Ca  0", " ca 1 "][place];
            template.issuer = name(above);
            template
        };
        assert_eq!(changed(place, loud, None), Ok(()), "{place}");
    }
}

#[test]
fn names_that_differ_in_their_middle_are_two() {
    let parts = |unit: &str| {
        rdns(&[
            &rdn("2.5.4.10", "Here"),
            &rdn("2.5.4.11", unit),
            &rdn("2.5.4.3", "CA"),
        ])
    };
    let ask = |unit: &str| {
        let mut ca = Template::ca("Root", "CA", &Key::new(10));
        ca.subject = parts(unit);
        let mut leaf = Template::new("CA", "Leaf", &Key::new(3));
        leaf.issuer = parts("One");
        verify(&leaf.sign(&Key::new(10)), &[ca.sign(&Key::new(1))], |_| ())
    };
    assert_eq!(ask("One"), Ok(()));
    assert_eq!(ask("Two"), Err(Code::IssuerNotFound));
}

#[test]
fn only_certificates_of_version_3_have_extensions() {
    let write = |version: Option<u8>, extended: bool, unique: bool| {
        let template = Template::new("Root", "Leaf", &Key::new(3));
        let version = version
            .map(|number| tlv(0xa0, &int(&[number])))
            .unwrap_or_default();
        let unique = if unique { tlv(0x81, &[0, 7]) } else { Vec::new() };
        let extensions = if extended {
            tlv(0xa3, &tlv(0x30, &unknown(false)))
        } else {
            Vec::new()
        };
        let tbs = seq(&[
            &version,
            &int(&[1]),
            &algorithm(),
            &template.issuer,
            &seq(&[&utc_time(template.from), &utc_time(template.to)]),
            &template.subject,
            &template.spki,
            &unique,
            &extensions,
        ]);
        verify(&signed(&tbs, &Key::new(1)), &[], |_| ())
    };
    let malformed = Err(Code::CertificateMalformed);
    assert_eq!(write(Some(2), true, true), Ok(()));
    assert_eq!(write(Some(1), false, true), Ok(()));
    assert_eq!(write(None, false, false), Ok(()));
    assert_eq!(write(Some(1), true, false), malformed);
    assert_eq!(write(None, true, false), malformed);
    assert_eq!(write(None, false, true), malformed);
    assert_eq!(write(Some(3), true, false), malformed);
}

#[test]
fn identifiers_of_keys_choose_and_do_not_refuse() {
    let ca = |key: u32| {
        Template::ca("Root", "CA", &Key::new(key))
            .serial(&[key as u8])
            .with(subject_key(&Key::new(key).id()))
            .sign(&Key::new(1))
    };
    let by_key = authority_key(&Key::new(7).id());
    let by_serial = |issuer: &str, serial: u8| {
        let issuer = tlv(0xa1, &directory(&name(issuer)));
        extension("2.5.29.35", false, &seq(&[&issuer, &tlv(0x82, &[serial])]))
    };
    // Two checks of a signature: there is none for a wrong guess.
    let ask = |identifier: &[u8], order: [u32; 2], checks: u32| {
        let leaf = Template::new("CA", "Leaf", &Key::new(3)).with(identifier.to_vec());
        let between = order.map(ca);
        verify(&leaf.sign(&Key::new(7)), &between, |options| {
            options.limits.signatures = checks;
        })
    };
    for order in [[7, 8], [8, 7]] {
        assert_eq!(ask(&by_key, order, 2), Ok(()), "{order:?}");
        assert_eq!(ask(&by_serial("Root", 7), order, 2), Ok(()), "{order:?}");
        // What misleads costs a guess and refuses nothing.
        for misleading in [
            authority_key(&Key::new(8).id()),
            by_serial("Root", 8),
            by_serial("Other", 7),
            authority_key(b"neither"),
        ] {
            assert_eq!(ask(&misleading, order, 3), Ok(()), "{order:?} {misleading:02x?}");
        }
        assert_eq!(
            ask(&by_serial("Root", 8), order, 2),
            Err(Code::PathBudgetExhausted)
        );
    }
    // The one that says that it is the one comes before one that says nothing.
    let leaf = Template::new("CA", "Leaf", &Key::new(3))
        .with(by_key.clone())
        .sign(&Key::new(7));
    for length in [1, 200] {
        let silent = Template::ca("Root", "CA", &Key::new(9))
            .with(extension("1.2.392.9.9", false, &tlv(4, &vec![0; length])))
            .sign(&Key::new(1));
        let asked = verify(&leaf, &[silent, ca(7)], |options| options.limits.signatures = 2);
        assert_eq!(asked, Ok(()), "{length}");
    }
    assert_eq!(
        ask(&by_key, [8, 9], 9),
        Err(Code::IssuerNotFound),
        "namesakes only, and the key that signed is said to be another's"
    );
}

// ------------------------------------------------------------------------------------------------------------ §6.1.4 (g)

#[test]
fn constraints_of_every_authority_hold_below_it() {
    let host = |name: &str| tlv(0x82, name.as_bytes());
    let permitted = |name: &str| name_constraints(&[host(name)], &[]);
    let excluded = |name: &str| name_constraints(&[], &[host(name)]);
    let named = |name: &str| [alt_names(&[host(name)])];
    let violated = Err(Code::NameConstraintsViolated);
    // Excluded by one or the other.
    let (a, b) = ([excluded("a.jp")], [excluded("b.jp")]);
    for (name, expected) in [
        ("a.jp", violated.clone()),
        ("b.jp", violated.clone()),
        ("c.jp", of(&[])),
    ] {
        assert_eq!(Path::of(&[&a, &b, &named(name)]).plain(), expected, "{name}");
        assert_eq!(Path::of(&[&b, &a, &named(name)]).plain(), expected, "{name}");
    }
    // Excluded within what is permitted.
    let both = [name_constraints(&[host("a.jp")], &[host("b.a.jp")])];
    for (name, expected) in [
        ("a.jp", of(&[])),
        ("b.a.jp", violated.clone()),
        ("b.jp", violated.clone()),
    ] {
        assert_eq!(Path::of(&[&both, &named(name)]).plain(), expected, "{name}");
    }
    // One of several that are permitted is enough.
    let either = [name_constraints(&[host("a.jp"), host("b.jp")], &[])];
    for (name, expected) in [("a.jp", of(&[])), ("b.jp", of(&[])), ("c.jp", violated.clone())] {
        assert_eq!(Path::of(&[&either, &named(name)]).plain(), expected, "{name}");
    }
    // What one permits another does not: nothing is left.
    let (a, b) = ([permitted("a.jp")], [permitted("b.jp")]);
    for name in ["a.jp", "b.jp"] {
        assert_eq!(Path::of(&[&a, &b, &named(name)]).plain(), violated, "{name}");
    }
    // One that is self-issued adds its own.
    let path = |name: &str| Path::of(&[&[], &a, &named(name)]).self_issued(1).plain();
    assert_eq!(path("a.jp"), of(&[]));
    assert_eq!(path("b.jp"), violated);
    // Of a leaf they are nobody's.
    let own = [permitted("a.jp"), alt_names(&[host("b.jp")])];
    assert_eq!(Path::of(&[&[], &own]).plain(), of(&[]));
}

#[test]
fn subjects_of_authorities_are_constrained_too() {
    let parts = |common: &str| rdns(&[&rdn("2.5.4.10", "Here"), &rdn("2.5.4.3", common)]);
    let elsewhere = rdns(&[&rdn("2.5.4.10", "There")]);
    let constraints = |permit: bool| {
        let base = [directory(&rdns(&[&rdn("2.5.4.10", "Here")]))];
        match permit {
            true => name_constraints(&base, &[]),
            false => name_constraints(&[], &base),
        }
    };
    let ask = |permit: bool, between: &[u8], leaf: &[u8]| {
        let top = Template::ca("Root", "Top", &Key::new(10)).with(constraints(permit));
        let mut middle = Template::ca("Top", "Middle", &Key::new(11));
        middle.subject = between.to_vec();
        let mut last = Template::new("Middle", "Leaf", &Key::new(3));
        (last.issuer, last.subject) = (between.to_vec(), leaf.to_vec());
        let between = [top.sign(&Key::new(1)), middle.sign(&Key::new(10))];
        verify(&last.sign(&Key::new(11)), &between, |_| ())
    };
    let violated = Err(Code::NameConstraintsViolated);
    let (here, leaf) = (parts("Middle"), parts("Leaf"));
    assert_eq!(ask(true, &here, &leaf), Ok(()));
    assert_eq!(ask(true, &elsewhere, &leaf), violated);
    assert_eq!(ask(true, &here, &elsewhere), violated);
    assert_eq!(ask(false, &elsewhere, &elsewhere), Ok(()));
    assert_eq!(ask(false, &here, &elsewhere), violated);
    assert_eq!(ask(false, &elsewhere, &leaf), violated);
    // A leaf without a subject is held by its other names alone.
    assert_eq!(ask(true, &here, &seq(&[])), Ok(()));
}

// --------------------------------------------------------------------------------------------------- §6.1.4 (k), (l), (m)

#[test]
fn every_issuer_is_an_authority_of_version_3() {
    let bare = |mut template: Template| {
        template.extensions.remove(0);
        template
    };
    for place in [0, 1] {
        assert_eq!(
            changed(place, bare, None),
            Err(Code::BasicConstraintsViolated),
            "{place}"
        );
        // Critical or not.
        let plain = |mut template: Template| {
            template.extensions[0] = extension("2.5.29.19", false, &seq(&[&tlv(1, &[0xff])]));
            template
        };
        assert_eq!(changed(place, plain, None), Ok(()), "{place}");
    }
    let old = Template::new("Root", "CA", &Key::new(10)).version_1(&Key::new(1));
    let leaf = Template::new("CA", "Leaf", &Key::new(3)).sign(&Key::new(10));
    assert_eq!(verify(&leaf, &[old], |_| ()), Err(Code::BasicConstraintsViolated));
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).version_1(&Key::new(1));
    assert_eq!(verify(&leaf, &[], |_| ()), Ok(()));
}

#[test]
fn a_length_that_is_not_critical_or_very_large() {
    let length = |critical, bytes: &[u8]| {
        [extension(
            "2.5.29.19",
            critical,
            &seq(&[&tlv(1, &[0xff]), &int(bytes)]),
        )]
    };
    let exceeded = Err(Code::PathLengthExceeded);
    assert_eq!(Path::of(&[&length(false, &[0]), &[]]).plain(), of(&[]));
    assert_eq!(Path::of(&[&length(false, &[0]), &[], &[]]).plain(), exceeded);
    for large in [&[1, 0, 0, 0, 0, 0][..], &[0x7f; 40], &[0, 0xff, 0xff, 0xff, 0xff]] {
        assert_eq!(Path::of(&[&length(true, large), &[], &[]]).plain(), of(&[]));
    }
    // Without "authority" a length is worth nothing.
    let alone = [extension("2.5.29.19", true, &seq(&[&int(&[5])]))];
    assert_eq!(
        Path::of(&[&alone, &[]]).plain(),
        Err(Code::BasicConstraintsViolated)
    );
}

#[test]
fn a_last_certificate_that_is_self_issued_is_not_counted_either() {
    let zero = [basic_constraints(Some(0))];
    assert_eq!(Path::of(&[&zero, &[]]).self_issued(1).plain(), of(&[]));
    assert_eq!(
        Path::of(&[&zero, &[], &[]]).self_issued(2).plain(),
        Err(Code::PathLengthExceeded)
    );
}

// -------------------------------------------------------------------------------------------------------- §6.1.4 (n), (o)

#[test]
fn every_issuers_key_may_sign_certificates() {
    for place in [0, 1] {
        for (critical, usage, expected) in [
            (true, &[2, 4][..], Ok(())),
            (false, &[2, 4], Ok(())),
            (true, &[1, 2], Err(Code::KeyUsageMissing)),
            (false, &[1, 2], Err(Code::KeyUsageMissing)),
            (true, &[7, 0x80], Err(Code::KeyUsageMissing)),
            // decipherOnly, in the second byte; and no bit at all.
            (true, &[7, 0, 0x80], Err(Code::KeyUsageMissing)),
            (true, &[0], Err(Code::KeyUsageMissing)),
        ] {
            let with = |mut template: Template| {
                template.extensions[1] = extension("2.5.29.15", critical, &tlv(3, usage));
                template
            };
            assert_eq!(changed(place, with, None), expected, "{place} {usage:02x?}");
        }
        let without = |mut template: Template| {
            template.extensions.remove(1);
            template
        };
        assert_eq!(changed(place, without, None), Ok(()), "{place}");
    }
    let leaf = |template: Template| template.with(key_usage(0x80));
    assert_eq!(changed(2, leaf, None), Ok(()), "the last one issues nothing");
}

#[test]
fn critical_extensions_of_every_certificate() {
    let unsupported = Err(Code::ExtensionUnsupported);
    for place in PLACES {
        assert_eq!(
            changed(place, |template| template.with(unknown(false)), None),
            Ok(())
        );
        assert_eq!(
            changed(place, |template| template.with(unknown(true)), None),
            unsupported
        );
        // Those that are processed, or say nothing about the path.
        for (kind, value) in [
            ("2.5.29.14", tlv(4, b"key")),
            ("2.5.29.35", seq(&[&tlv(0x80, b"key")])),
            ("2.5.29.17", seq(&[&tlv(0x82, b"example.jp")])),
            ("2.5.29.18", seq(&[&tlv(0x82, b"example.jp")])),
            ("2.5.29.31", seq(&[&seq(&[&full_name(&name("Part"))])])),
            ("2.5.29.37", seq(&[&oid("1.3.6.1.5.5.7.3.2")])),
        ] {
            let known = |template: Template| template.with(extension(kind, true, &value));
            assert_eq!(changed(place, known, None), Ok(()), "{place} {kind}");
        }
        // Those that have to be non-critical, and are not looked into.
        let access = seq(&[&seq(&[
            &oid("1.3.6.1.5.5.7.48.1"),
            &tlv(0x86, b"http://a.example/"),
        ])]);
        for (kind, value) in [
            ("1.3.6.1.5.5.7.1.1", access),
            ("2.5.29.46", seq(&[&seq(&[&full_name(&name("Part"))])])),
        ] {
            let with = |critical: bool| {
                changed(
                    place,
                    |template| template.with(extension(kind, critical, &value)),
                    None,
                )
            };
            assert_eq!(with(false), Ok(()), "{place} {kind}");
            assert_eq!(with(true), unsupported, "{place} {kind}");
        }
    }
}

#[test]
fn qualifiers_of_critical_policies_have_to_be_understood() {
    let with = |critical: bool, qualifier: &str| {
        let value = match qualifier {
            "1.3.6.1.5.5.7.2.1" => tlv(0x16, b"http://a.example/"),
            _ => seq(&[]),
        };
        let information = seq(&[&oid(P1), &seq(&[&seq(&[&oid(qualifier), &value])])]);
        extension("2.5.29.32", critical, &seq(&[&seq(&[&oid(P2)]), &information]))
    };
    for place in PLACES {
        let ask = |critical: bool, qualifier: &str| {
            changed(place, |template| template.with(with(critical, qualifier)), None)
        };
        for known in ["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"] {
            assert_eq!(ask(true, known), Ok(()), "{place} {known}");
        }
        assert_eq!(ask(false, "1.2.392.9.9"), Ok(()), "{place}");
        assert_eq!(
            ask(true, "1.2.392.9.9"),
            Err(Code::ExtensionUnsupported),
            "{place}"
        );
    }
}

//! The single rules of RFC 5280 §6.1, each at its edge: policies, inhibitions, lengths, names, usages.

use crate::pki::path::*;
use crate::pki::*;
use honnin::Code;
use honnin::der::Oid;
use honnin::x509::{KeyUsage, PathOptions, Purpose};

// ------------------------------------------------------------------------------------------------ §6.1.4 (l) and (m)

#[test]
fn the_length_of_the_path() {
    let limited = |length: u8| basic_constraints(Some(length));
    for (length, below, code) in [
        (0, 0, None),
        (0, 1, Some(Code::PathLengthExceeded)),
        (1, 1, None),
        (1, 2, Some(Code::PathLengthExceeded)),
        (2, 2, None),
        (2, 3, Some(Code::PathLengthExceeded)),
    ] {
        let limit = [limited(length)];
        let mut certificates: Vec<&[Vec<u8>]> = vec![&limit];
        certificates.extend(vec![&[][..]; below + 1]);
        assert_eq!(
            Path::of(&certificates).plain().err(),
            code,
            "{length}, {below} below"
        );
    }
    // The lower one counts, wherever it stands, and a later one does not raise it.
    let (zero, five) = ([limited(0)], [limited(5)]);
    assert_eq!(
        Path::of(&[&zero, &five, &[]]).plain(),
        Err(Code::PathLengthExceeded)
    );
    assert_eq!(Path::of(&[&five, &zero, &[]]).plain(), Ok(vec![]));
    assert_eq!(
        Path::of(&[&five, &zero, &[], &[]]).plain(),
        Err(Code::PathLengthExceeded)
    );
    // What is self-issued is not counted (but its own limit is).
    assert_eq!(Path::of(&[&zero, &[], &[]]).self_issued(1).plain(), Ok(vec![]));
    assert_eq!(
        Path::of(&[&zero, &[], &[], &[]]).self_issued(1).plain(),
        Err(Code::PathLengthExceeded)
    );
    let one = [limited(1)];
    assert_eq!(
        Path::of(&[&one, &zero, &[], &[]]).self_issued(1).plain(),
        Err(Code::PathLengthExceeded)
    );
    // A leaf that could be an authority is the last certificate, and no intermediate.
    let authority = [basic_constraints(None), key_usage(0x06)];
    assert_eq!(Path::of(&[&zero, &authority]).plain(), Ok(vec![]));
}

// ------------------------------------------------------------------------------------------- §6.1.3 (b), (c), §6.1.4 (g)

#[test]
fn names_of_every_certificate_are_constrained() {
    let host = |name: &str| alt_names(&[tlv(0x82, name.as_bytes())]);
    let permitted = [name_constraints(&[tlv(0x82, b"example.jp")], &[])];
    let excluded = [name_constraints(&[], &[tlv(0x82, b"bad.example.jp")])];
    let (good, bad, other) = (
        [host("example.jp")],
        [host("bad.example.jp")],
        [host("other.test")],
    );
    let violated = Err(Code::NameConstraintsViolated);
    assert_eq!(Path::of(&[&permitted, &good]).plain(), Ok(vec![]));
    assert_eq!(Path::of(&[&permitted, &other]).plain(), violated);
    assert_eq!(Path::of(&[&excluded, &bad]).plain(), violated);
    // Of those between, too, and not of the leaf only.
    assert_eq!(Path::of(&[&permitted, &good, &good]).plain(), Ok(vec![]));
    assert_eq!(Path::of(&[&permitted, &other, &good]).plain(), violated);
    assert_eq!(Path::of(&[&excluded, &bad, &good]).plain(), violated);
    // Not of the one that has them, nor of those above.
    let own = [
        name_constraints(&[tlv(0x82, b"example.jp")], &[]),
        host("other.test"),
    ];
    assert_eq!(Path::of(&[&own, &good]).plain(), Ok(vec![]));
    // Not of one that is self-issued, unless it is the last.
    assert_eq!(
        Path::of(&[&permitted, &other, &good]).self_issued(1).plain(),
        Ok(vec![])
    );
    assert_eq!(Path::of(&[&permitted, &other]).self_issued(1).plain(), violated);
    // All that there are hold together.
    let both: [Vec<u8>; 1] = [name_constraints(&[tlv(0x82, b"a.example.jp")], &[])];
    let (within, without) = ([host("x.a.example.jp")], [host("b.example.jp")]);
    assert_eq!(Path::of(&[&permitted, &both, &within]).plain(), Ok(vec![]));
    assert_eq!(Path::of(&[&permitted, &both, &without]).plain(), violated);
    assert_eq!(Path::of(&[&both, &permitted, &without]).plain(), violated);
}

// ------------------------------------------------------------------------------------- §6.1.3 (d)-(f), §6.1.5 (a), (b), (g)

#[test]
fn a_policy_is_required_where_somebody_says_so() {
    let (p1, none) = ([policies(&[P1])], []);
    assert_eq!(Path::of(&[&p1, &p1]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&p1, &none]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&none, &p1]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&none, &p1]).plain(), of(&[]));
    // requireExplicitPolicy counts the certificates below that are not self-issued, and the wrap-up once more.
    for (skip, below, refused) in [
        (0, 1, true),
        (1, 1, true),
        (2, 1, false),
        (2, 2, true),
        (3, 2, false),
    ] {
        let first = [constraints(Some(skip), None)];
        let mut certificates: Vec<&[Vec<u8>]> = vec![&first];
        certificates.extend(vec![&[][..]; below]);
        let expected = if refused { NOT_ACCEPTABLE } else { of(&[]) };
        assert_eq!(Path::of(&certificates).plain(), expected, "{skip}, {below} below");
    }
    let first = [constraints(Some(2), None)];
    assert_eq!(Path::of(&[&first, &[], &[]]).plain(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&first, &[], &[]]).self_issued(1).plain(), of(&[]));
    // Of the leaf, 0 counts and nothing else (§6.1.5 (b)).
    assert_eq!(
        Path::of(&[&[], &[constraints(Some(0), None)]]).plain(),
        NOT_ACCEPTABLE
    );
    assert_eq!(Path::of(&[&[], &[constraints(Some(1), None)]]).plain(), of(&[]));
    // A later one only ever lowers it.
    let (zero, nine) = ([constraints(Some(0), None)], [constraints(Some(9), None)]);
    assert_eq!(Path::of(&[&zero, &nine, &[]]).plain(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&nine, &zero, &[]]).plain(), NOT_ACCEPTABLE);
}

#[test]
fn the_initial_policies_choose() {
    let both = [policies(&[P1, P2])];
    let path = Path::of(&[&both, &both]);
    let with = |initial: &[&str], explicit: bool| {
        path.verify_from(initial, |options| options.explicit_policy = explicit)
    };
    assert_eq!(with(&[], true), of(&[P1, P2]));
    assert_eq!(with(&[ANY], true), of(&[P1, P2]));
    assert_eq!(with(&[P2], true), of(&[P2]));
    assert_eq!(with(&[P3], true), NOT_ACCEPTABLE);
    assert_eq!(with(&[P3], false), of(&[]));
}

#[test]
fn any_policy_until_it_is_inhibited() {
    let (any, p1) = ([policies(&[ANY])], [policies(&[P1])]);
    assert_eq!(Path::of(&[&any, &p1]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&p1, &any]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&any, &any]).explicit(), of(&[ANY]));
    let inhibited = |options: &mut PathOptions<'_>| {
        options.explicit_policy = true;
        options.inhibit_any_policy = true;
    };
    assert_eq!(Path::of(&[&any, &p1]).verify(inhibited), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&p1, &p1]).verify(inhibited), of(&[P1]));
    // inhibitAnyPolicy counts those below that are not self-issued.
    for (skip, below, refused) in [(0, 1, true), (1, 1, false), (1, 2, true), (2, 2, false)] {
        let first = [policies(&[ANY]), inhibit_any(skip)];
        let mut certificates: Vec<&[Vec<u8>]> = vec![&first];
        certificates.extend(vec![&any[..]; below]);
        let expected = if refused { NOT_ACCEPTABLE } else { of(&[ANY]) };
        assert_eq!(
            Path::of(&certificates).explicit(),
            expected,
            "{skip}, {below} below"
        );
    }
    // One that is self-issued and not the last may still have it (§6.1.3 (d) (2)).
    let first = [policies(&[P1]), inhibit_any(0)];
    assert_eq!(
        Path::of(&[&first, &any, &p1]).self_issued(1).explicit(),
        of(&[P1])
    );
    assert_eq!(Path::of(&[&first, &any, &p1]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(
        Path::of(&[&first, &any]).self_issued(1).explicit(),
        NOT_ACCEPTABLE,
        "the last one"
    );
    let (zero, nine) = (
        [policies(&[ANY]), inhibit_any(0)],
        [policies(&[ANY]), inhibit_any(9)],
    );
    assert_eq!(Path::of(&[&nine, &zero, &any]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&zero, &nine, &any]).explicit(), NOT_ACCEPTABLE);
}

#[test]
fn policies_are_mapped_until_that_is_inhibited() {
    let maps = [policies(&[P1]), mapped(P1, P2)];
    let (p1, p2) = ([policies(&[P1])], [policies(&[P2])]);
    // The result is in the terms of the anchor's domain.
    assert_eq!(Path::of(&[&maps, &p2]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&maps, &p1]).explicit(), NOT_ACCEPTABLE);
    let inhibited = |options: &mut PathOptions<'_>| {
        options.explicit_policy = true;
        options.inhibit_policy_mapping = true;
    };
    assert_eq!(Path::of(&[&maps, &p2]).verify(inhibited), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&p1, &p1]).verify(inhibited), of(&[P1]));
    // inhibitPolicyMapping counts those below that are not self-issued.
    for (skip, refused) in [(0, true), (1, false)] {
        let first = [policies(&[P1]), constraints(None, Some(skip))];
        let expected = if refused { NOT_ACCEPTABLE } else { of(&[P1]) };
        assert_eq!(Path::of(&[&first, &maps, &p2]).explicit(), expected, "{skip}");
    }
    let first = [policies(&[P1]), constraints(None, Some(1))];
    assert_eq!(Path::of(&[&first, &p1, &maps, &p2]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(
        Path::of(&[&first, &p1, &maps, &p2]).self_issued(1).explicit(),
        of(&[P1])
    );
    let never: [Vec<u8>; 2] = [policies(&[P1]), constraints(None, Some(9))];
    let zero = [policies(&[P1]), constraints(None, Some(0))];
    assert_eq!(Path::of(&[&zero, &never, &maps, &p2]).explicit(), NOT_ACCEPTABLE);
    for (from, to) in [(ANY, P1), (P1, ANY)] {
        let odd = [policies(&[P1]), mapped(from, to)];
        assert_eq!(Path::of(&[&odd, &p1]).plain(), Err(Code::PolicyMappingInvalid));
    }
    let twice = [policies(&[P1, P1])];
    assert_eq!(Path::of(&[&[], &twice]).plain(), Err(Code::CertificateMalformed));
}

// ------------------------------------------------------------------------------------------- §6.1.4 (k), (n), (o), §6.1.5 (f)

#[test]
fn who_issues_may_issue() {
    let no_authority = [extension("2.5.29.19", true, &seq(&[]))];
    assert_eq!(
        Path::of(&[&no_authority, &[]]).plain(),
        Err(Code::BasicConstraintsViolated)
    );
    for (usage, code) in [
        (0x04, None),
        (0x06, None),
        (0x02, Some(Code::KeyUsageMissing)),
        (0x80, Some(Code::KeyUsageMissing)),
    ] {
        assert_eq!(
            Path::of(&[&[key_usage(usage)], &[]]).plain().err(),
            code,
            "{usage:02x}"
        );
    }
    let unknown = |critical| vec![extension("1.2.392.9.9", critical, &[5, 0])];
    assert_eq!(
        Path::of(&[&unknown(true), &[]]).plain(),
        Err(Code::ExtensionUnsupported)
    );
    assert_eq!(
        Path::of(&[&[], &unknown(true)]).plain(),
        Err(Code::ExtensionUnsupported)
    );
    assert_eq!(Path::of(&[&unknown(false), &unknown(false)]).plain(), Ok(vec![]));
}

#[test]
fn what_the_caller_wants_of_the_last_certificate() {
    let both = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
    let wanted = |options: &mut PathOptions<'_>| options.key_usage = Some(both);
    for (usage, good) in [
        (Some(0xc0), true),
        (Some(0x80), false),
        (Some(0x40), false),
        (None, false),
    ] {
        let leaf: Vec<Vec<u8>> = usage.map(key_usage).into_iter().collect();
        let expected = if good { None } else { Some(Code::KeyUsageMissing) };
        assert_eq!(
            Path::of(&[&[], &leaf]).verify(wanted).err(),
            expected,
            "{usage:?}"
        );
    }
    const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
    const OTHER: &str = "1.3.6.1.5.5.7.3.1";
    const ANY_PURPOSE: &str = "2.5.29.37.0";
    const CONTENTS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 2];
    let allowed =
        |options: &mut PathOptions<'_>| options.purpose = Some(Purpose::Allowed(Oid::new(CONTENTS)));
    let named = |options: &mut PathOptions<'_>| options.purpose = Some(Purpose::Named(Oid::new(CONTENTS)));
    let missing = Some(Code::ExtendedKeyUsageMissing);
    for (ca, leaf, by_allowed, by_named) in [
        (None, None, None, missing),
        (None, Some(CLIENT), None, None),
        (None, Some(OTHER), missing, missing),
        (None, Some(ANY_PURPOSE), None, missing),
        (Some(CLIENT), Some(CLIENT), None, None),
        (Some(ANY_PURPOSE), Some(CLIENT), None, None),
        (Some(OTHER), Some(CLIENT), missing, missing),
    ] {
        let usage = |purpose: Option<&str>| -> Vec<Vec<u8>> {
            purpose
                .map(|purpose| ext_key_usage(&[purpose]))
                .into_iter()
                .collect()
        };
        let (ca, leaf) = (usage(ca), usage(leaf));
        let path = Path::of(&[&ca, &leaf]);
        assert_eq!(path.verify(allowed).err(), by_allowed);
        assert_eq!(path.verify(named).err(), by_named);
    }
}

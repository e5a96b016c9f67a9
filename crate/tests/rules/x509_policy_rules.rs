//! Policies, step by step (RFC 9618 §5 in place of RFC 5280 §6.1.3 (d) to (f), §6.1.4 (a), (b) and (h) to (j), §6.1.5).

use crate::pki::path::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::PathOptions;

const P4: &str = "1.2.392.1.4";

fn named(list: &[&str]) -> [Vec<u8>; 1] {
    [policies(list)]
}

/// An authority with these policies and mappings.
fn maps(list: &[&str], pairs: &[(&str, &str)]) -> [Vec<u8>; 2] {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
        .collect();
    [policies(list), mappings(&pairs)]
}

fn explicit_from(path: &Path, initial: &[&str]) -> Result<Vec<String>, Code> {
    path.verify_from(initial, |options| options.explicit_policy = true)
}

// -------------------------------------------------------------------------------------------------------- §6.1.3 (d)-(f)

#[test]
fn the_policies_of_a_path_are_those_of_all_its_certificates() {
    for (above, below, expected) in [
        (&[P1, P2][..], &[P2, P3][..], of(&[P2])),
        (&[P1], &[P1, P2], of(&[P1])),
        (&[P1], &[P2], NOT_ACCEPTABLE),
        // (d)(1)(ii): what has no match hangs below anyPolicy.
        (&[ANY, P2], &[P1], of(&[P1])),
        (&[ANY, P2], &[P2], of(&[P2])),
        // (d)(2): anyPolicy continues whatever there is.
        (&[P1, P2], &[ANY], of(&[P1, P2])),
        (&[P1, P2], &[ANY, P1], of(&[P1, P2])),
        (&[P1, ANY], &[ANY], of(&[P1, ANY])),
        (&[P1, ANY], &[ANY, P2], of(&[P1, P2, ANY])),
    ] {
        let path = Path::of(&[&named(above), &named(below)]);
        assert_eq!(path.explicit(), expected, "{above:?} {below:?}");
        // Where none is required, the same are found.
        let found = path.plain();
        assert_eq!(found, expected.or(of(&[])), "{above:?} {below:?}");
    }
}

#[test]
fn a_certificate_without_policies_ends_them_all() {
    let (none, p1, any) = ([], named(&[P1]), named(&[ANY]));
    // (e): nothing below brings them back.
    for path in [
        [&none[..], &p1, &p1],
        [&p1, &none, &p1],
        [&p1, &p1, &none],
        [&any, &none, &any],
    ] {
        assert_eq!(Path::of(&path).explicit(), NOT_ACCEPTABLE);
        assert_eq!(Path::of(&path).plain(), of(&[]));
    }
    // (f): it is refused where it stands, if by then one is required.
    let demands = |skip| [policies(&[P1]), constraints(Some(skip), None)];
    assert_eq!(Path::of(&[&demands(0), &none]).plain(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&demands(0), &p1]).plain(), of(&[P1]));
    let refused = Path::of(&[&demands(0), &none, &p1, &p1])
        .outcome(&[], |_| ())
        .unwrap_err();
    assert!(refused.message().starts_with("certificate 3: "), "{refused}");
    // A self-issued one ends them like any other.
    let path = Path::of(&[&p1, &none, &p1]).self_issued(1);
    assert_eq!(path.explicit(), NOT_ACCEPTABLE);
}

#[test]
fn one_certificate_alone() {
    assert_eq!(Path::of(&[&named(&[P1])]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&named(&[ANY])]).explicit(), of(&[ANY]));
    assert_eq!(Path::of(&[&[]]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&[]]).plain(), of(&[]));
    let demanding = |policy: &[&str]| [policies(policy), constraints(Some(0), None)];
    assert_eq!(Path::of(&[&demanding(&[P1])]).plain(), of(&[P1]));
    assert_eq!(Path::of(&[&[constraints(Some(0), None)]]).plain(), NOT_ACCEPTABLE);
    let inhibited = |options: &mut PathOptions<'_>| {
        options.explicit_policy = true;
        options.inhibit_any_policy = true;
    };
    assert_eq!(Path::of(&[&named(&[ANY])]).verify(inhibited), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&named(&[ANY, P1])]).verify(inhibited), of(&[P1]));
}

// -------------------------------------------------------------------------------------------------------- §6.1.4 (a), (b)

#[test]
fn mappings_of_one_to_many_and_of_many_to_one() {
    let one = maps(&[P1], &[(P1, P2), (P1, P3)]);
    for (below, expected) in [
        (&[P2][..], of(&[P1])),
        (&[P3], of(&[P1])),
        (&[P2, P3], of(&[P1])),
        (&[P1], NOT_ACCEPTABLE),
        (&[P4], NOT_ACCEPTABLE),
        (&[ANY], of(&[P1])),
    ] {
        assert_eq!(Path::of(&[&one, &named(below)]).explicit(), expected, "{below:?}");
    }
    let many = maps(&[P1, P2], &[(P1, P3), (P2, P3)]);
    assert_eq!(Path::of(&[&many, &named(&[P3])]).explicit(), of(&[P1, P2]));
    assert_eq!(Path::of(&[&many, &named(&[P1])]).explicit(), NOT_ACCEPTABLE);
    // What is not mapped stays what it is.
    let some = maps(&[P1, P4], &[(P1, P3)]);
    assert_eq!(Path::of(&[&some, &named(&[P4])]).explicit(), of(&[P4]));
    assert_eq!(Path::of(&[&some, &named(&[P3, P4])]).explicit(), of(&[P1, P4]));
    // To itself, too, if it says so.
    let itself = maps(&[P1], &[(P1, P1), (P1, P2)]);
    assert_eq!(Path::of(&[&itself, &named(&[P1])]).explicit(), of(&[P1]));
    // Two that change places.
    let swapped = maps(&[P1, P2], &[(P1, P2), (P2, P1)]);
    assert_eq!(Path::of(&[&swapped, &named(&[P1])]).explicit(), of(&[P2]));
}

#[test]
fn mappings_after_mappings() {
    let (first, second) = (maps(&[P1], &[(P1, P2)]), maps(&[P2], &[(P2, P3)]));
    let (p2, p3) = (named(&[P2]), named(&[P3]));
    assert_eq!(Path::of(&[&first, &second, &p3]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&first, &second, &p2]).explicit(), NOT_ACCEPTABLE);
    // One of a policy that the path has not got maps nothing.
    let foreign = maps(&[P2], &[(P1, P3)]);
    assert_eq!(Path::of(&[&foreign, &p2]).explicit(), of(&[P2]));
    assert_eq!(Path::of(&[&foreign, &p3]).explicit(), NOT_ACCEPTABLE);
    // Of the leaf they are nobody's, whatever they say.
    for odd in [(P1, P2), (P1, ANY), (ANY, P1)] {
        let leaf = maps(&[P1], &[odd]);
        assert_eq!(Path::of(&[&named(&[P1]), &leaf]).explicit(), of(&[P1]), "{odd:?}");
    }
}

#[test]
fn mappings_of_what_any_policy_stands_for() {
    // (b)(1): a policy of the mapping is there if anyPolicy is.
    let any = maps(&[ANY], &[(P1, P2)]);
    for (below, expected) in [
        (&[P2][..], of(&[P1])),
        (&[P1], of(&[P1])),
        (&[P3], of(&[P3])),
        (&[P2, P3], of(&[P1, P3])),
    ] {
        let path = Path::of(&[&any, &named(below)]);
        assert_eq!(path.explicit(), expected, "{below:?}");
    }
    // Not if anyPolicy is inhibited by then.
    let inhibits = [policies(&[P3]), inhibit_any(0)];
    let path = Path::of(&[&inhibits, &maps(&[ANY, P3], &[(P1, P2)]), &named(&[P2])]);
    assert_eq!(path.explicit(), NOT_ACCEPTABLE);
}

#[test]
fn an_inhibited_mapping_takes_the_policy_away() {
    // (b)(2): neither the one nor the other is left.
    let inhibits = [policies(&[P1, P2]), constraints(None, Some(0))];
    let mapping = maps(&[P1, P2], &[(P1, P3)]);
    for (below, expected) in [
        (&[P1][..], NOT_ACCEPTABLE),
        (&[P3], NOT_ACCEPTABLE),
        (&[P2], of(&[P2])),
        (&[ANY], of(&[P2])),
    ] {
        let path = Path::of(&[&inhibits, &mapping, &named(below)]);
        assert_eq!(path.explicit(), expected, "{below:?}");
    }
    // A self-issued one is inhibited like any other.
    let path = Path::of(&[&inhibits, &mapping, &named(&[P3])]).self_issued(1);
    assert_eq!(path.explicit(), NOT_ACCEPTABLE);
    // What a certificate says of mappings holds below it: its own are applied ((a) before (i)).
    let own = [policies(&[P1]), mapped(P1, P2), constraints(None, Some(0))];
    assert_eq!(Path::of(&[&own, &named(&[P2])]).explicit(), of(&[P1]));
    let again = maps(&[P2], &[(P2, P3)]);
    assert_eq!(
        Path::of(&[&own, &again, &named(&[P3])]).explicit(),
        NOT_ACCEPTABLE
    );
    // Both forms of nonsense are refused where mapping is inhibited, too.
    for odd in [(P1, ANY), (ANY, P1)] {
        let path = Path::of(&[&inhibits, &maps(&[P1], &[odd]), &named(&[P1])]);
        assert_eq!(path.plain(), Err(Code::PolicyMappingInvalid), "{odd:?}");
    }
}

// ------------------------------------------------------------------------------------------------------------ §6.1.4 (h)

#[test]
fn counters_go_down_by_what_is_not_self_issued() {
    let (any, p1) = (named(&[ANY]), named(&[P1]));
    let first = [policies(&[P1]), inhibit_any(1)];
    // Of the two with anyPolicy, the second is one too far, unless the first is self-issued.
    let path = || Path::of(&[&first, &any, &any, &p1]);
    assert_eq!(path().explicit(), NOT_ACCEPTABLE);
    assert_eq!(path().self_issued(1).explicit(), of(&[P1]));
    assert_eq!(
        path().self_issued(2).explicit(),
        of(&[P1]),
        "such a one may have it"
    );
    // Two steps more.
    let third = [policies(&[P1]), inhibit_any(2)];
    assert_eq!(Path::of(&[&third, &any, &any, &any]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(
        Path::of(&[&third, &any, &any, &any]).self_issued(2).explicit(),
        of(&[P1])
    );
    // A later one does not raise them.
    let (low, high) = (
        [policies(&[P1]), inhibit_any(0)],
        [policies(&[P1]), inhibit_any(9)],
    );
    assert_eq!(Path::of(&[&high, &high, &any]).explicit(), of(&[P1]));
    assert_eq!(Path::of(&[&low, &high, &any]).explicit(), NOT_ACCEPTABLE);
    assert_eq!(Path::of(&[&high, &low, &any]).explicit(), NOT_ACCEPTABLE);
    // At nothing they stay.
    let zero = [policies(&[P1]), inhibit_any(0), constraints(None, Some(0))];
    assert_eq!(Path::of(&[&zero, &p1, &p1, &any]).explicit(), NOT_ACCEPTABLE);
    let mapping = maps(&[P1], &[(P1, P2)]);
    assert_eq!(
        Path::of(&[&zero, &p1, &p1, &mapping, &named(&[P2])]).explicit(),
        NOT_ACCEPTABLE
    );
    // One of the caller's that is on from the start, whatever certificates say.
    let generous = [policies(&[ANY]), inhibit_any(9), constraints(Some(9), Some(9))];
    let inhibited = |options: &mut PathOptions<'_>| {
        options.explicit_policy = true;
        options.inhibit_any_policy = true;
        options.inhibit_policy_mapping = true;
    };
    assert_eq!(Path::of(&[&generous, &any]).verify(inhibited), NOT_ACCEPTABLE);
    let generous = [policies(&[P1]), constraints(Some(9), Some(9))];
    let path = Path::of(&[&generous, &maps(&[P1], &[(P1, P2)]), &named(&[P2])]);
    assert_eq!(path.verify(inhibited), NOT_ACCEPTABLE);
    assert_eq!(path.explicit(), of(&[P1]));
}

#[test]
fn what_a_leaf_says_of_those_below_it_says_nothing() {
    let p1 = named(&[P1]);
    let leaf = [policies(&[ANY]), inhibit_any(0), constraints(Some(3), Some(0))];
    assert_eq!(Path::of(&[&p1, &leaf]).explicit(), of(&[P1]));
}

// ------------------------------------------------------------------------------------------------------------ §6.1.5 (g)

#[test]
fn the_initial_policies_are_of_the_anchors_domain() {
    let path = Path::of(&[&maps(&[P1], &[(P1, P2)]), &named(&[P2])]);
    assert_eq!(explicit_from(&path, &[P1]), of(&[P1]));
    assert_eq!(explicit_from(&path, &[P2]), NOT_ACCEPTABLE);
    assert_eq!(explicit_from(&path, &[P2, P1]), of(&[P1]));
    let any = Path::of(&[&named(&[ANY]), &named(&[ANY])]);
    assert_eq!(explicit_from(&any, &[P1]), of(&[P1]));
    assert_eq!(explicit_from(&any, &[P2, P1, P2]), of(&[P1, P2]));
    assert_eq!(explicit_from(&any, &[ANY, P1]), of(&[ANY]));
    let below_any = Path::of(&[&named(&[ANY]), &named(&[P1, P2])]);
    assert_eq!(explicit_from(&below_any, &[P2, P3]), of(&[P2]));
    assert_eq!(explicit_from(&below_any, &[P3]), NOT_ACCEPTABLE);
}

//! What CRLs, the names of their distribution points, and OCSP responses cost. A budget that is exhausted is an error, and never taken for
//! evidence that is not there.

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{Limits, Requirement};

type Set = fn(&mut Limits, u32);

/// The least of a limit with which the question can be answered at all. Every lower one that is tried exhausts the budget.
fn least(question: &Question, set: Set) -> u32 {
    let answers = |most: u32| {
        let asked = question.ask_with(|options| {
            options.revocation.require = Requirement::Nothing;
            set(&mut options.limits, most);
        });
        match asked {
            Err(Code::PathBudgetExhausted) => false,
            other => {
                assert!(other.is_ok(), "{other:?}");
                true
            }
        }
    };
    let (mut below, mut enough) = (0, 1 << 20);
    if answers(0) {
        return 0;
    }
    assert!(answers(enough));
    while enough > below + 1 {
        let middle = (below + enough) / 2;
        match answers(middle) {
            true => enough = middle,
            false => below = middle,
        }
    }
    enough
}

const NAMES: Set = |limits, most| limits.name_comparisons = most;
const SCANNED: Set = |limits, most| limits.scanned_bytes = most as usize;

#[test]
fn a_list_handed_over_again_is_not_read_again() {
    let list = (1..20).fold(CrlTemplate::new("Root"), |list, serial| {
        list.entry(&[serial], &[])
    });
    let list = list.sign(&Key::new(1));
    let once = Question::new().crl(list.clone());
    let thrice = once.clone().crl(list.clone()).crl(list);
    assert_eq!(thrice.ask(), GOOD);
    let bytes = least(&once, SCANNED);
    assert!(bytes > 300, "{bytes}");
    assert_eq!(least(&thrice, SCANNED), bytes);
}

#[test]
fn issuers_of_entries_exhaust_the_budget_before_anything_else_asks_for_it() {
    let others = ["Other", "Another"].map(|issuer| [certificate_issuer(&name(issuer))]);
    let list = CrlTemplate::new("Root")
        .with(issuing(&[&[0x84, 1, 0xff]]))
        .entry(&[7], &others[0])
        .entry(&[42], &others[1]);
    let question = Question::new().crl(list.sign(&Key::new(1)));
    assert_eq!(question.ask(), GOOD);
    assert!(least(&question, NAMES) > 1);
}

/// 32 times this many bytes, and the few around them.
const LONG: usize = 100;

fn long(letter: char) -> String {
    letter.to_string().repeat(LONG * 32)
}

/// Full names: one directory name each.
fn full(names: &[&str]) -> Vec<u8> {
    let names: Vec<u8> = names.iter().flat_map(|each| directory(&name(each))).collect();
    tlv(0xa0, &tlv(0xa0, &names))
}

fn relative(text: &str) -> Vec<u8> {
    relative_name(&attribute("2.5.4.3", text))
}

/// What one distribution point costs beside a list's own.
fn cost(point: &[&[u8]], of_the_list: Option<&[u8]>) -> u32 {
    let mut list = CrlTemplate::new("Root");
    if let Some(name) = of_the_list {
        list = list.with(issuing(&[name]));
    }
    let question = Question::at(&[seq(point)]).crl(list.sign(&Key::new(1)));
    least(&question, NAMES)
}

#[test]
fn names_of_distribution_points_cost_their_length_times_their_number() {
    let units = LONG as u32;
    let (a, b, c) = (long('a'), long('b'), long('c'));
    let short = cost(&[&full(&["a"])], Some(&full(&["b"])));
    assert!(short < units / 2, "{short}");
    // The point's own are read for each of the list's; the list's once.
    assert!(cost(&[&full(&[&a])], Some(&full(&["b"]))) >= short + units);
    assert!(cost(&[&full(&["a"])], Some(&full(&[&b]))) >= short + units);
    assert!(cost(&[&full(&[&a])], Some(&full(&["b", "c", "d"]))) >= 3 * units);
    assert!(cost(&[&full(&[&a, &c])], Some(&full(&["b", "d", "e"]))) >= 6 * units);
    assert!(cost(&[&relative(&a)], Some(&full(&["b", "c", "d"]))) >= 3 * units);
    assert!(cost(&[&full(&["a"])], Some(&relative(&b))) >= short + units);
    // A list that has no name, and a point with the names of issuers.
    assert!(cost(&[&full(&[&a])], None) >= units);
    let issuers = tlv(0xa2, &directory(&name(&a)));
    assert!(cost(&[&issuers], None) >= units);
    assert!(cost(&[&full(&[&b]), &issuers], None) >= 2 * units);
}

#[test]
fn names_relative_to_issuers_cost_the_issuers_length() {
    let units = LONG as u32;
    let with = |issuer: &str, point: &[u8], of_the_list: &[u8]| {
        let key = Key::new(4);
        let leaf = Template::new(issuer, "Leaf", &Key::new(3))
            .serial(&[42])
            .with(distribution_points(&[seq(&[point])]));
        let mut question = Question::about(leaf.clone());
        question.leaf = leaf.sign(&key);
        let list = CrlTemplate::new(issuer).with(issuing(&[of_the_list])).sign(&key);
        least(
            &question
                .below(Template::ca("Root", issuer, &key).sign(&Key::new(1)))
                .crl(list),
            NAMES,
        )
    };
    let issuer = long('i');
    let growth = |point: &[u8], of_the_list: &[u8]| {
        with(&issuer, point, of_the_list) - with("Issuer", point, of_the_list)
    };
    let (whole, part) = (full(&["a"]), relative("a"));
    let neither = growth(&whole, &whole);
    // The issuer's of the certificate and the list's.
    for (point, of_the_list) in [(&part, &whole), (&whole, &part), (&part, &part)] {
        assert!(growth(point, of_the_list) >= neither + 2 * units);
    }
}

#[test]
fn responses_cost_the_length_of_the_issuers_name() {
    let units = LONG as u32;
    let issuer = long('i');
    let key = Key::new(4);
    let leaf = Template::new(&issuer, "Leaf", &Key::new(3)).serial(&[42]);
    let of = |responses: usize| {
        let mut question = Question::about(leaf.clone());
        question.leaf = leaf.sign(&key);
        question = question.below(Template::ca("Root", &issuer, &key).sign(&Key::new(1)));
        for _ in 0..responses {
            // About another certificate: each has to be looked into.
            let other = ocsp::Ocsp {
                serial: vec![7],
                issuer: name(&issuer),
                issuer_key: key.point(),
                responder: tlv(0xa1, &name(&issuer)),
                ..ocsp::Ocsp::new()
            };
            question = question.response(other.sign(&key));
        }
        least(&question, NAMES)
    };
    let growth = of(10) - of(0);
    assert!((10 * units..12 * units).contains(&growth), "{growth}");
}

#[test]
fn whether_normalisation_may_change_a_name_costs_the_length_of_both() {
    let units = LONG as u32;
    let of = |text: &str| rdns(&[&rdn("2.5.4.10", text)]);
    let cost = |subject: &str, excluded: &str| {
        let key = Key::new(4);
        let authority =
            Template::ca("Root", "CA", &key).with(name_constraints(&[], &[directory(&of(excluded))]));
        let mut leaf = Template::new("CA", "Leaf", &Key::new(3));
        leaf.subject = of(subject);
        let mut question = Question::new().below(authority.sign(&Key::new(1)));
        question.leaf = leaf.sign(&key);
        least(&question, NAMES)
    };
    // They differ in the first letter; each is read to its end all the same.
    let (long, short) = (long('a'), "b");
    let least = cost("a", short);
    assert!(cost(&long, short) >= least + 2 * units);
    assert!(cost(short, &long) >= cost(short, "a") + 2 * units);
}

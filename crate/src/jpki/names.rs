//! The names of CAs, which show the hierarchy and the cards. Only keys prove anything.

use super::profile::{Cards, Hierarchy, Profile};
use crate::der::Oid;
use crate::x509::Name;

const ORGANIZATION: Oid<'static> = Oid::new(&[0x55, 4, 10]);
const ORGANIZATIONAL_UNIT: Oid<'static> = Oid::new(&[0x55, 4, 11]);

/// How a name matches a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Same,
    OtherCards,
    OtherHierarchy,
    Stranger,
}

/// The text of an attribute. `None` if it is not text or, with `only`, not the only attribute of its type.
fn text<'a>(name: &Name<'a>, kind: Oid<'_>, only: bool) -> Option<&'a str> {
    // UTF8String, PrintableString.
    let mut found = name
        .rdns()
        .flat_map(|rdn| rdn.attributes())
        .filter(|attribute| attribute.kind == kind)
        .map(|attribute| match attribute.tag {
            0x0c | 0x13 => core::str::from_utf8(attribute.value).ok(),
            _ => None,
        });
    let first = found.next()??;
    (!only || found.next().is_none()).then_some(first)
}

fn organization<'a>(name: &Name<'a>) -> Option<&'a str> {
    text(name, ORGANIZATION, true)
}

fn unit<'a>(name: &Name<'a>) -> Option<&'a str> {
    text(name, ORGANIZATIONAL_UNIT, false)
}

pub(super) fn classify(name: &Name<'_>, profile: &Profile<'_>) -> Fit {
    let (Some(organization), unit) = (organization(name), unit(name)) else {
        return Fit::Stranger;
    };
    if organization != profile.organization {
        let known = [Cards::Production, Cards::Test]
            .iter()
            .any(|cards| organization == cards.organization());
        return if known { Fit::OtherCards } else { Fit::Stranger };
    }
    match (unit.and_then(Hierarchy::of_unit), profile.unit) {
        (Some(found), _) if found != profile.hierarchy => Fit::OtherHierarchy,
        (_, Some(wanted)) if unit != Some(wanted) => Fit::Stranger,
        _ => Fit::Same,
    }
}

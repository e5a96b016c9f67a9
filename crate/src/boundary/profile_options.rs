//! Reads the profile of a certificate from the options.

use alloc::{boxed::Box, vec::Vec};

use super::members::{Members, invalid, missing, of_another_type, word};
use crate::der::{Oid, contents_from_text};
use crate::error::Error;
use crate::jpki::{Cards, Hierarchy, Profile, ProfileChoice};
use crate::json::Value;
use crate::signature::Scheme;
use crate::x509::KeyUsage;

const CARDS: &[(&str, Cards)] = &[("production", Cards::Production), ("test", Cards::Test)];
const HIERARCHIES: &[(&str, Hierarchy)] = &[("sign", Hierarchy::Sign), ("auth", Hierarchy::Auth)];
const KNOWN: &[(&str, Hierarchy)] = &[("jpki-sign", Hierarchy::Sign), ("jpki-auth", Hierarchy::Auth)];

/// The parsed `profile`.
pub(super) enum ProfileInput<'v> {
    Known(Hierarchy, Cards),
    Written(Box<Written<'v>>),
}

/// A profile given as an object.
pub(super) struct Written<'v> {
    name: &'v str,
    hierarchy: Hierarchy,
    cards: Option<Cards>,
    organization: &'v str,
    unit: Option<&'v str>,
    policies: Vec<Vec<u8>>,
    key_usage: KeyUsage,
    extended_key_usage: Vec<Vec<u8>>,
    schemes: Vec<Scheme>,
}

impl<'v> ProfileInput<'v> {
    /// `profile` and `cards`; `None` if there is no profile.
    pub(super) fn read(members: &Members<'v, '_>) -> Result<Option<Self>, Error> {
        match members.get("profile") {
            None => Ok(None),
            Some(Value::String(name)) => {
                let hierarchy = word(name, "profile", KNOWN)?;
                let cards = members.word("cards", CARDS)?;
                // Test cards are accepted only on request.
                let cards = cards.unwrap_or(Cards::Production);
                Ok(Some(Self::Known(hierarchy, cards)))
            }
            Some(Value::Object(object)) => {
                Written::read(&Members::new(object)).map(|written| Some(Self::Written(Box::new(written))))
            }
            Some(_) => Err(of_another_type("profile", "a profile name or an object")),
        }
    }

    /// Calls `call` with the profile.
    pub(super) fn with<R>(&self, call: impl FnOnce(ProfileChoice<'_>) -> R) -> R {
        let written = match self {
            Self::Known(hierarchy, cards) => {
                return call(ProfileChoice::Known(*hierarchy, *cards));
            }
            Self::Written(written) => written,
        };
        let policies = oids(&written.policies);
        let extended_key_usage = oids(&written.extended_key_usage);
        call(ProfileChoice::Custom(Profile {
            name: written.name,
            hierarchy: written.hierarchy,
            cards: written.cards,
            organization: written.organization,
            unit: written.unit,
            policies: &policies,
            key_usage: written.key_usage,
            extended_key_usage: &extended_key_usage,
            schemes: &written.schemes,
        }))
    }
}

impl<'v> Written<'v> {
    fn read(members: &Members<'v, '_>) -> Result<Self, Error> {
        let hierarchy = members.word("hierarchy", HIERARCHIES)?;
        let schemes = members.strings("schemes")?.ok_or_else(|| missing("schemes"))?;
        let written = Self {
            name: members.required_string("name")?,
            hierarchy: hierarchy.ok_or_else(|| missing("hierarchy"))?,
            cards: members.word("cards", CARDS)?,
            organization: members.required_string("organization")?,
            unit: members.string("unit")?,
            policies: oid_texts(members, "policies")?.ok_or_else(|| missing("policies"))?,
            key_usage: key_usage(members)?.ok_or_else(|| missing("keyUsage"))?,
            extended_key_usage: oid_texts(members, "extendedKeyUsage")?.unwrap_or_default(),
            schemes: schemes.into_iter().map(str::parse).collect::<Result<_, _>>()?,
        };
        members.refuse_others()?;
        Ok(written)
    }
}

/// `keyUsage`: an array of bit names.
pub(super) fn key_usage(members: &Members<'_, '_>) -> Result<Option<KeyUsage>, Error> {
    let Some(names) = members.strings("keyUsage")? else {
        return Ok(None);
    };
    if names.is_empty() {
        return Err(invalid("keyUsage must name at least one bit"));
    }
    let mut usage = KeyUsage(0);
    for name in names {
        usage = usage.and(word(name, "keyUsage", KeyUsage::NAMES)?);
    }
    Ok(Some(usage))
}

/// An array of object identifiers in dotted text.
pub(super) fn oid_texts(
    members: &Members<'_, '_>,
    name: &'static str,
) -> Result<Option<Vec<Vec<u8>>>, Error> {
    let Some(texts) = members.strings(name)? else {
        return Ok(None);
    };
    let contents: Option<Vec<_>> = texts.into_iter().map(contents_from_text).collect();
    contents.map(Some).ok_or_else(|| {
        of_another_type(
            name,
            "an array of object identifiers such as 1.2.392.200149.8.5.1.1.20",
        )
    })
}

/// One object identifier in dotted text.
pub(super) fn oid_text(members: &Members<'_, '_>, name: &'static str) -> Result<Option<Vec<u8>>, Error> {
    members
        .string(name)?
        .map(|text| {
            contents_from_text(text)
                .ok_or_else(|| of_another_type(name, "an object identifier such as 1.3.6.1.5.5.7.3.2"))
        })
        .transpose()
}

pub(super) fn oids(contents: &[Vec<u8>]) -> Vec<Oid<'_>> {
    contents.iter().map(|contents| Oid::new(contents)).collect()
}

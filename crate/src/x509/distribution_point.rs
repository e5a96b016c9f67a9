//! Distribution points of certificates and CRLs (RFC 5280 §4.2.1.13, §5.2.5).

use alloc::vec::Vec;

use super::general_name::GeneralNames;
use super::name::{Name, Rdn};
use super::oddities::Oddities;
use crate::der::{self, BitString, Malformed, Reader};

/// The maximum number of names in one distribution point.
const MAX_NAMES: usize = 16;

fn few_names(contents: &[u8]) -> der::Result<GeneralNames<'_>> {
    let names = GeneralNames::from_contents(contents)?;
    if names.iter().nth(MAX_NAMES).is_some() {
        return Err(Malformed("a distribution point with too many names"));
    }
    Ok(names)
}

/// A set of revocation reasons, as the bits of ReasonFlags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons(u32);

impl Reasons {
    /// No reason.
    pub const NONE: Reasons = Reasons(0);
    /// keyCompromise to aACompromise: bits 1 to 8.
    pub const ALL: Reasons = Reasons(0x1fe);

    fn from_contents(contents: &[u8]) -> der::Result<Self> {
        let bits = BitString::from_contents(contents)?.named_bits()?;
        Ok(Self(bits & Self::ALL.0))
    }

    /// Accepts the encodings of [`Oddities`].
    fn from_odd_contents(contents: &[u8], oddities: &mut Oddities) -> der::Result<Self> {
        let bits = oddities.named_bits(&BitString::from_contents(contents)?)?;
        Ok(Self(bits & Self::ALL.0))
    }

    /// The names of the reasons (RFC 5280 §4.2.1.13).
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: &[&str] = &[
            "keyCompromise",
            "cACompromise",
            "affiliationChanged",
            "superseded",
            "cessationOfOperation",
            "certificateHold",
            "privilegeWithdrawn",
            "aACompromise",
        ];
        let each = NAMES.iter().enumerate();
        each.filter(|(bit, _)| self.0 & (2 << bit) != 0)
            .map(|(_, name)| *name)
            .collect()
    }

    pub(super) const fn and(self, other: Reasons) -> Reasons {
        Reasons(self.0 & other.0)
    }

    pub(super) const fn or(self, other: Reasons) -> Reasons {
        Reasons(self.0 | other.0)
    }

    pub(super) const fn contains(self, other: Reasons) -> bool {
        self.0 & other.0 == other.0
    }
}

/// DistributionPointName, as encoded.
#[derive(Clone, Copy, Debug)]
pub enum PointName<'a> {
    /// fullName: the names of one CRL.
    Full(GeneralNames<'a>),
    /// nameRelativeToCRLIssuer: a relative distinguished name below the name of the CRL issuer.
    Relative(Rdn<'a>),
}

impl<'a> PointName<'a> {
    /// Reads the contents of the explicit tag around the CHOICE.
    fn from_explicit(contents: &'a [u8]) -> der::Result<Self> {
        let mut reader = Reader::new(contents);
        let name = match reader.optional(der::context_constructed(0))? {
            Some(full) => Self::Full(few_names(full)?),
            None => Self::Relative(Rdn::from_contents(reader.contents(der::context_constructed(1))?)?),
        };
        reader.finish()?;
        Ok(name)
    }

    /// The number of names, at most [`MAX_NAMES`].
    pub(super) fn count(&self) -> u32 {
        match self {
            Self::Full(names) => names.iter().map(|_| 1).sum(),
            Self::Relative(_) => 1,
        }
    }

    /// The total length of the names in units of 32 bytes, rounded up.
    pub(super) fn units(&self) -> u32 {
        match self {
            Self::Full(names) => names.units(),
            Self::Relative(rdn) => u32::try_from(rdn.as_bytes().len().div_ceil(32)).unwrap_or(u32::MAX),
        }
    }
}

/// A DistributionPointName, with the CRL issuer's name for a relative name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Point<'a> {
    Full(GeneralNames<'a>),
    Relative(Name<'a>, Rdn<'a>),
    Issuer(Name<'a>),
}

impl<'a> Point<'a> {
    pub(super) fn new(name: PointName<'a>, base: Name<'a>) -> Self {
        match name {
            PointName::Full(names) => Self::Full(names),
            PointName::Relative(rdn) => Self::Relative(base, rdn),
        }
    }

    /// Whether both have a name in common.
    pub(super) fn meets(&self, other: &Point<'_>) -> bool {
        match (self, other) {
            (Self::Full(ours), Point::Full(theirs)) => ours
                .iter()
                .any(|our| theirs.iter().any(|their| our.matches(&their))),
            (Self::Relative(base, rdn), Point::Relative(other_base, other_rdn)) => {
                base.matches(other_base) && rdn.matches(other_rdn)
            }
            (Self::Full(names), other) => names.directory_names().any(|name| other.is_named(&name)),
            (Self::Issuer(name), other) => other.is_named(name),
            (Self::Relative(..), Point::Full(names)) => {
                names.directory_names().any(|name| self.is_named(&name))
            }
            (Self::Relative(..), Point::Issuer(name)) => self.is_named(name),
        }
    }

    fn is_named(&self, name: &Name<'_>) -> bool {
        match self {
            Self::Full(names) => names.directory_names().any(|ours| ours.matches(name)),
            Self::Relative(base, rdn) => name.is_extension_of(base, rdn),
            Self::Issuer(ours) => ours.matches(name),
        }
    }
}

/// One DistributionPoint of cRLDistributionPoints.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DistributionPoint<'a> {
    /// distributionPoint: the location of the CRL.
    pub name: Option<PointName<'a>>,
    /// reasons: the revocation reasons that the CRL covers; all if absent.
    pub reasons: Option<Reasons>,
    /// cRLIssuer: the issuer of the CRL, if it is not the issuer of the certificate.
    pub crl_issuer: Option<GeneralNames<'a>>,
}

impl<'a> DistributionPoint<'a> {
    /// The total length of its names in units of 32 bytes, rounded up.
    pub(super) fn units(&self) -> u32 {
        let name = self.name.map_or(0, |name| name.units());
        name.saturating_add(self.crl_issuer.map_or(0, |names| names.units()))
    }

    pub(super) fn read(reader: &mut Reader<'a>, oddities: &mut Oddities) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let name = fields
            .optional(der::context_constructed(0))?
            .map(PointName::from_explicit)
            .transpose()?;
        let reasons = fields
            .optional(der::context(1))?
            .map(|contents| Reasons::from_odd_contents(contents, oddities))
            .transpose()?;
        let crl_issuer = fields
            .optional(der::context_constructed(2))?
            .map(few_names)
            .transpose()?;
        fields.finish()?;
        Ok(Self {
            name,
            reasons,
            crl_issuer,
        })
    }
}

/// issuingDistributionPoint of a CRL.
#[derive(Clone, Copy, Debug)]
pub(super) struct IssuingDistributionPoint<'a> {
    pub(super) name: Option<PointName<'a>>,
    pub(super) only_user_certificates: bool,
    pub(super) only_ca_certificates: bool,
    pub(super) only_attribute_certificates: bool,
    pub(super) only_some_reasons: Option<Reasons>,
    pub(super) indirect: bool,
}

impl<'a> IssuingDistributionPoint<'a> {
    pub(super) fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(value)?;
        let name = fields
            .optional(der::context_constructed(0))?
            .map(PointName::from_explicit)
            .transpose()?;
        let only_user_certificates = flag(&mut fields, 1)?;
        let only_ca_certificates = flag(&mut fields, 2)?;
        let only_some_reasons = fields
            .optional(der::context(3))?
            .map(Reasons::from_contents)
            .transpose()?;
        let indirect = flag(&mut fields, 4)?;
        let only_attribute_certificates = flag(&mut fields, 5)?;
        fields.finish()?;
        Ok(Self {
            name,
            only_user_certificates,
            only_ca_certificates,
            only_attribute_certificates,
            only_some_reasons,
            indirect,
        })
    }
}

/// An implicitly tagged BOOLEAN DEFAULT FALSE.
fn flag(fields: &mut Reader<'_>, number: u8) -> der::Result<bool> {
    match fields.optional(der::context(number))? {
        None => Ok(false),
        Some(contents) if der::boolean(contents)? => Ok(true),
        Some(_) => Err(Malformed("a default value is explicitly encoded")),
    }
}

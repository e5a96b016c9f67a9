//! The extensions of a certificate (RFC 5280 §4.2).

use alloc::vec::Vec;

use super::distribution_point::DistributionPoint;
use super::general_name::GeneralNames;
use super::name_constraints::NameConstraints;
use super::oddities::Oddities;
use super::oids;
use super::policy::{Policies, PolicyMappings};
use crate::der::{self, Malformed, Oid, Reader};

hidden!(Extension Extensions);

/// The maximum number of extensions.
const MAX_EXTENSIONS: usize = 64;
/// The maximum number of CRL distribution points.
const MAX_DISTRIBUTION_POINTS: usize = 64;

/// One extension of a certificate, CRL or OCSP response, as encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Extension<'a> {
    /// The object identifier of the extension.
    pub oid: Oid<'a>,
    /// Whether software that does not support the extension must reject the certificate.
    pub critical: bool,
    /// The contents of extnValue: the DER of the extension.
    pub value: &'a [u8],
}

impl<'a> Extension<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let mut oddities = Oddities::default();
        let extension = Self::read_odd(reader, &mut oddities)?;
        if oddities.are_there() {
            return Err(Malformed("a default value is explicitly encoded"));
        }
        Ok(extension)
    }

    /// Accepts the encodings of [`Oddities`].
    fn read_odd(reader: &mut Reader<'a>, oddities: &mut Oddities) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let oid = fields.oid()?;
        let critical = oddities.boolean_default_false(&mut fields)?;
        let value = fields.contents(der::OCTET_STRING)?;
        fields.finish()?;
        Ok(Self { oid, critical, value })
    }

    /// Reads a list and calls `take` for each extension. Rejects an empty list, a duplicate and too many
    /// extensions.
    pub(crate) fn each(
        list: Reader<'a>,
        take: impl FnMut(Extension<'a>) -> der::Result<()>,
    ) -> der::Result<()> {
        Self::each_by(list, Self::read, take)
    }

    fn each_by(
        list: Reader<'a>,
        mut read: impl FnMut(&mut Reader<'a>) -> der::Result<Self>,
        mut take: impl FnMut(Extension<'a>) -> der::Result<()>,
    ) -> der::Result<()> {
        let mut reader = list;
        let mut seen = [Oid::new(&[]); MAX_EXTENSIONS];
        // The remainders seen so far, so that most extensions need not be compared with the earlier ones.
        let mut remainders = 0u64;
        let mut count = 0;
        if list.is_empty() {
            return Err(Malformed("an empty list of extensions"));
        }
        while !reader.is_empty() {
            let extension = read(&mut reader)?;
            let bytes = extension.oid.as_bytes();
            let sum = bytes.iter().fold(0u32, |sum, byte| {
                sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
            });
            let remainder = 1u64 << (sum % 64);
            if remainders & remainder != 0 && seen.iter().take(count).any(|oid| *oid == extension.oid) {
                return Err(Malformed("an extension appears twice (RFC 5280 §4.2)"));
            }
            remainders |= remainder;
            let slot = seen.get_mut(count).ok_or(Malformed("too many extensions"))?;
            *slot = extension.oid;
            count += 1;
            take(extension)?;
        }
        Ok(())
    }
}

/// The bits of keyUsage (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(pub u32);

impl KeyUsage {
    /// digitalSignature.
    pub const DIGITAL_SIGNATURE: KeyUsage = KeyUsage(1);
    /// nonRepudiation, also called contentCommitment.
    pub const NON_REPUDIATION: KeyUsage = KeyUsage(1 << 1);
    /// keyCertSign.
    pub const KEY_CERT_SIGN: KeyUsage = KeyUsage(1 << 5);
    /// cRLSign.
    pub const CRL_SIGN: KeyUsage = KeyUsage(1 << 6);

    /// The names of the bits (RFC 5280 §4.2.1.3). Bit 1 has two names; the first is the older one.
    pub const NAMES: &'static [(&'static str, KeyUsage)] = &[
        ("digitalSignature", KeyUsage::DIGITAL_SIGNATURE),
        ("nonRepudiation", KeyUsage::NON_REPUDIATION),
        ("contentCommitment", KeyUsage::NON_REPUDIATION),
        ("keyEncipherment", KeyUsage(1 << 2)),
        ("dataEncipherment", KeyUsage(1 << 3)),
        ("keyAgreement", KeyUsage(1 << 4)),
        ("keyCertSign", KeyUsage::KEY_CERT_SIGN),
        ("cRLSign", KeyUsage::CRL_SIGN),
        ("encipherOnly", KeyUsage(1 << 7)),
        ("decipherOnly", KeyUsage(1 << 8)),
    ];

    /// The names of the set bits, in order.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let asserted = Self::NAMES.iter().filter(|(_, bit)| self.contains(*bit));
        let mut names: Vec<(&str, KeyUsage)> = asserted.copied().collect();
        names.dedup_by_key(|(_, bit)| *bit);
        names.iter().map(|(name, _)| *name).collect()
    }

    /// The union of both.
    #[must_use]
    pub const fn and(self, other: KeyUsage) -> KeyUsage {
        KeyUsage(self.0 | other.0)
    }

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn contains(self, other: KeyUsage) -> bool {
        self.0 & other.0 == other.0
    }
}

/// basicConstraints (RFC 5280 §4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the subject is a CA.
    pub ca: bool,
    /// pathLenConstraint: the maximum number of intermediate certificates that may follow, without
    /// self-issued ones.
    pub path_length: Option<u32>,
}

/// authorityKeyIdentifier (RFC 5280 §4.2.1.1).
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthorityKeyIdentifier<'a> {
    /// keyIdentifier.
    pub key: Option<&'a [u8]>,
    /// authorityCertIssuer.
    pub issuer: Option<GeneralNames<'a>>,
    /// authorityCertSerialNumber.
    pub serial: Option<&'a [u8]>,
}

impl<'a> AuthorityKeyIdentifier<'a> {
    pub(super) fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(value)?;
        let key = fields.optional(der::context(0))?;
        let issuer = fields
            .optional(der::context_constructed(1))?
            .map(GeneralNames::from_contents)
            .transpose()?;
        let serial = fields.optional(der::context(2))?.map(der::integer).transpose()?;
        fields.finish()?;
        Ok(Self { key, issuer, serial })
    }
}

/// policyConstraints (RFC 5280 §4.2.1.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    /// requireExplicitPolicy: the number of certificates to skip.
    pub require_explicit_policy: Option<u32>,
    /// inhibitPolicyMapping: the number of certificates to skip.
    pub inhibit_policy_mapping: Option<u32>,
}

/// The purposes of extKeyUsage (RFC 5280 §4.2.1.12).
#[derive(Clone, Copy, Debug)]
pub struct ExtendedKeyUsage<'a> {
    list: Reader<'a>,
}

impl<'a> ExtendedKeyUsage<'a> {
    fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let list = der::outer_sequence(value)?;
        let mut reader = list;
        if list.is_empty() {
            return Err(Malformed("an empty extKeyUsage"));
        }
        while !reader.is_empty() {
            reader.oid()?;
        }
        Ok(Self { list })
    }

    /// The purposes.
    pub fn iter(&self) -> impl Iterator<Item = Oid<'a>> + use<'a> {
        let mut reader = self.list;
        core::iter::from_fn(move || reader.oid().ok())
    }
}

/// The extensions that path validation and revocation checking use. They were checked when the certificate
/// was read.
#[derive(Clone, Default)]
pub struct Extensions<'a> {
    list: Option<Reader<'a>>,
    /// keyUsage.
    pub key_usage: Option<KeyUsage>,
    /// basicConstraints.
    pub basic_constraints: Option<BasicConstraints>,
    /// subjectAltName.
    pub subject_alt_name: Option<GeneralNames<'a>>,
    /// nameConstraints.
    pub name_constraints: Option<NameConstraints<'a>>,
    /// certificatePolicies.
    pub policies: Option<Policies<'a>>,
    /// policyMappings.
    pub policy_mappings: Option<PolicyMappings<'a>>,
    /// policyConstraints.
    pub policy_constraints: Option<PolicyConstraints>,
    /// inhibitAnyPolicy: the number of certificates to skip.
    pub inhibit_any_policy: Option<u32>,
    /// extKeyUsage.
    pub extended_key_usage: Option<ExtendedKeyUsage<'a>>,
    /// cRLDistributionPoints, kept as a list that is read again when a CRL is matched.
    crl_distribution_points: Option<Reader<'a>>,
    /// authorityKeyIdentifier.
    pub authority_key_identifier: Option<AuthorityKeyIdentifier<'a>>,
    /// subjectKeyIdentifier.
    pub subject_key_identifier: Option<&'a [u8]>,
    /// Whether id-pkix-ocsp-nocheck is present.
    pub ocsp_no_check: bool,
    /// The first critical extension that is not supported.
    pub unknown_critical: Option<Oid<'a>>,
    /// The encodings that are not strictly DER.
    pub(super) oddities: Oddities,
}

impl<'a> Extensions<'a> {
    pub(super) fn read(list: Reader<'a>) -> der::Result<Self> {
        let mut extensions = Self {
            list: Some(list),
            ..Self::default()
        };
        let mut odd = Oddities::default();
        Extension::each_by(
            list,
            |reader| Extension::read_odd(reader, &mut odd),
            |extension| extensions.take(extension),
        )?;
        extensions.oddities.default_value |= odd.default_value;
        Ok(extensions)
    }

    /// All extensions, in order.
    pub fn iter(&self) -> impl Iterator<Item = Extension<'a>> + use<'a> {
        let mut reader = self.list.unwrap_or(Reader::new(&[]));
        core::iter::from_fn(move || Extension::read_odd(&mut reader, &mut Oddities::default()).ok())
    }

    /// The distribution points in cRLDistributionPoints.
    pub fn distribution_points(&self) -> impl Iterator<Item = DistributionPoint<'a>> + use<'a> {
        let mut reader = self.crl_distribution_points.unwrap_or(Reader::new(&[]));
        core::iter::from_fn(move || DistributionPoint::read(&mut reader, &mut Oddities::default()).ok())
    }

    fn take(&mut self, extension: Extension<'a>) -> der::Result<()> {
        let value = extension.value;
        match extension.oid {
            oids::KEY_USAGE => {
                let mut reader = Reader::new(value);
                self.key_usage = Some(KeyUsage(self.oddities.named_bits(&reader.bit_string()?)?));
                reader.finish()?;
            }
            oids::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(basic_constraints(value, &mut self.oddities)?);
            }
            oids::SUBJECT_ALT_NAME => self.subject_alt_name = Some(GeneralNames::from_der(value)?),
            oids::ISSUER_ALT_NAME => {
                GeneralNames::from_der(value)?;
            }
            oids::NAME_CONSTRAINTS => {
                let constraints = NameConstraints::from_der(value)?;
                self.oddities.default_value |= constraints.has_default_value();
                self.name_constraints = Some(constraints);
            }
            oids::CERTIFICATE_POLICIES => {
                let policies = Policies::from_der(value)?;
                // RFC 5280 §4.2.1.4: if the extension is critical, the qualifiers must be supported too.
                if extension.critical && policies.has_unknown_qualifier() && self.unknown_critical.is_none() {
                    self.unknown_critical = Some(extension.oid);
                }
                self.policies = Some(policies);
            }
            oids::POLICY_MAPPINGS => self.policy_mappings = Some(PolicyMappings::from_der(value)?),
            oids::POLICY_CONSTRAINTS => self.policy_constraints = Some(policy_constraints(value)?),
            oids::INHIBIT_ANY_POLICY => {
                let mut reader = Reader::new(value);
                self.inhibit_any_policy = Some(skip_certificates(reader.contents(der::INTEGER)?)?);
                reader.finish()?;
            }
            oids::EXTENDED_KEY_USAGE => self.extended_key_usage = Some(ExtendedKeyUsage::from_der(value)?),
            oids::CRL_DISTRIBUTION_POINTS => {
                let list = der::outer_sequence(value)?;
                let mut reader = list;
                let mut count = 0;
                while !reader.is_empty() {
                    DistributionPoint::read(&mut reader, &mut self.oddities)?;
                    count += 1;
                }
                if !(1..=MAX_DISTRIBUTION_POINTS).contains(&count) {
                    return Err(Malformed("no distribution points, or too many"));
                }
                self.crl_distribution_points = Some(list);
            }
            oids::AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = Some(AuthorityKeyIdentifier::from_der(value)?);
            }
            oids::SUBJECT_KEY_IDENTIFIER => {
                let mut reader = Reader::new(value);
                self.subject_key_identifier = Some(reader.contents(der::OCTET_STRING)?);
                reader.finish()?;
            }
            // The value must be NULL (RFC 6960 §4.2.2.2.1).
            oids::OCSP_NO_CHECK if value == [der::NULL, 0] => self.ocsp_no_check = true,
            oid if extension.critical && self.unknown_critical.is_none() => {
                self.unknown_critical = Some(oid);
            }
            _ => {}
        }
        Ok(())
    }
}

fn basic_constraints(value: &[u8], oddities: &mut Oddities) -> der::Result<BasicConstraints> {
    let mut fields = der::outer_sequence(value)?;
    let ca = oddities.boolean_default_false(&mut fields)?;
    let path_length = fields
        .optional(der::INTEGER)?
        .map(skip_certificates)
        .transpose()?;
    fields.finish()?;
    Ok(BasicConstraints { ca, path_length })
}

fn policy_constraints(value: &[u8]) -> der::Result<PolicyConstraints> {
    let mut fields = der::outer_sequence(value)?;
    if fields.is_empty() {
        return Err(Malformed("an empty policyConstraints (RFC 5280 §4.2.1.11)"));
    }
    let mut skip = |number| {
        fields
            .optional(der::context(number))?
            .map(skip_certificates)
            .transpose()
    };
    let constraints = PolicyConstraints {
        require_explicit_policy: skip(0)?,
        inhibit_policy_mapping: skip(1)?,
    };
    fields.finish()?;
    Ok(constraints)
}

/// A number of certificates to skip. Numbers too large for any path are reduced to the maximum.
fn skip_certificates(contents: &[u8]) -> der::Result<u32> {
    let bytes = der::integer(contents)?;
    match bytes.first() {
        Some(0x80..) => Err(Malformed("a negative number of certificates")),
        _ => Ok(der::small_integer(bytes).unwrap_or(u32::MAX)),
    }
}

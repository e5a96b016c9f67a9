//! certificatePolicies and policyMappings (RFC 5280 §4.2.1.4, §4.2.1.5).

use super::oids;
use crate::der::{self, Malformed, Oid, Reader};

/// certificatePolicies (RFC 5280 §4.2.1.4).
#[derive(Clone, Copy, Debug)]
pub struct Policies<'a> {
    list: Reader<'a>,
}

/// One policy of a certificate.
#[derive(Clone, Copy, Debug)]
pub struct PolicyInformation<'a> {
    /// The object identifier of the policy.
    pub policy: Oid<'a>,
    /// The qualifiers: the contents of a sequence of PolicyQualifierInfo; empty if there are none.
    pub qualifiers: &'a [u8],
}

impl<'a> PolicyInformation<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let policy = fields.oid()?;
        let qualifiers = fields.optional(der::SEQUENCE)?;
        fields.finish()?;
        if let Some(contents) = qualifiers {
            let mut reader = Reader::new(contents);
            if reader.is_empty() {
                return Err(Malformed("an empty list of policy qualifiers"));
            }
            while !reader.is_empty() {
                let mut qualifier = reader.sequence()?;
                qualifier.oid()?;
                qualifier.element()?;
                qualifier.finish()?;
            }
        }
        Ok(Self {
            policy,
            qualifiers: qualifiers.unwrap_or_default(),
        })
    }

    fn qualifier_kinds(&self) -> impl Iterator<Item = Oid<'a>> + use<'a> {
        let mut reader = Reader::new(self.qualifiers);
        core::iter::from_fn(move || reader.sequence().ok()?.oid().ok())
    }
}

impl<'a> Policies<'a> {
    /// Reads the DER of CertificatePolicies. [`super::PolicyGraph::certificate`] checks that no policy
    /// appears twice.
    ///
    /// # Errors
    /// [`Malformed`] if it is not a CertificatePolicies, or is empty.
    pub fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let list = der::outer_sequence(value)?;
        let mut reader = list;
        if reader.is_empty() {
            return Err(Malformed("empty certificate policies"));
        }
        while !reader.is_empty() {
            PolicyInformation::read(&mut reader)?;
        }
        Ok(Self { list })
    }

    /// The policies, in order.
    pub fn iter(&self) -> impl Iterator<Item = PolicyInformation<'a>> + use<'a> {
        let mut reader = self.list;
        core::iter::from_fn(move || PolicyInformation::read(&mut reader).ok())
    }

    pub(super) fn has_unknown_qualifier(&self) -> bool {
        self.iter()
            .flat_map(|policy| policy.qualifier_kinds())
            .any(|kind| kind != oids::CPS_QUALIFIER && kind != oids::USER_NOTICE_QUALIFIER)
    }
}

/// policyMappings (RFC 5280 §4.2.1.5).
#[derive(Clone, Copy, Debug)]
pub struct PolicyMappings<'a> {
    list: Reader<'a>,
}

impl<'a> PolicyMappings<'a> {
    /// Reads the DER of PolicyMappings.
    ///
    /// # Errors
    /// [`Malformed`] if it is not a PolicyMappings, or is empty.
    pub fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let list = der::outer_sequence(value)?;
        let mut reader = list;
        if reader.is_empty() {
            return Err(Malformed("empty policy mappings"));
        }
        while !reader.is_empty() {
            Self::pair(&mut reader)?;
        }
        Ok(Self { list })
    }

    fn pair(reader: &mut Reader<'a>) -> der::Result<(Oid<'a>, Oid<'a>)> {
        let mut fields = reader.sequence()?;
        let pair = (fields.oid()?, fields.oid()?);
        fields.finish()?;
        Ok(pair)
    }

    /// Pairs of issuerDomainPolicy and subjectDomainPolicy.
    pub fn iter(&self) -> impl Iterator<Item = (Oid<'a>, Oid<'a>)> + use<'a> {
        let mut reader = self.list;
        core::iter::from_fn(move || Self::pair(&mut reader).ok())
    }
}

//! CRLs (RFC 5280 §5), scanned in place: the entries are never collected.

use super::algorithm::Algorithm;
use super::crl_scan::Scan;
use super::distribution_point::IssuingDistributionPoint;
use super::extensions::{AuthorityKeyIdentifier, Extension};
use super::general_name::GeneralNames;
use super::name::Name;
use super::oids;
use super::revocation_status::Revoked;
use super::signed::Signed;
use crate::code::Code;
use crate::der::{self, Malformed, Oid, Reader};
use crate::error::Error;

hidden!(Crl);

/// The maximum length of a cRLNumber in bytes (RFC 5280 §5.2.3).
const MAX_NUMBER_BYTES: usize = 21;

/// A CRL that borrows from its DER. Nothing in it has been verified.
#[derive(Clone)]
pub struct Crl<'a> {
    tbs: &'a [u8],
    algorithm: Algorithm<'a>,
    issuer: Name<'a>,
    this_update: i64,
    next_update: Option<i64>,
    entries: Reader<'a>,
    signature: &'a [u8],
    pub(super) authority_key_identifier: Option<AuthorityKeyIdentifier<'a>>,
    number: Option<&'a [u8]>,
    number_critical: bool,
    base_number: Option<&'a [u8]>,
    pub(super) distribution_point: Option<IssuingDistributionPoint<'a>>,
    pub(super) distribution_point_der: Option<&'a [u8]>,
    pub(super) unknown_critical: Option<Oid<'a>>,
}

impl<'a> Crl<'a> {
    /// Reads everything except the entries: strict DER, version 1 or 2, no duplicate extension.
    ///
    /// # Errors
    /// [`Code::CrlMalformed`].
    pub fn from_der(der: &'a [u8]) -> Result<Self, Error> {
        Self::read(der).map_err(|malformed| malformed.of(Code::CrlMalformed, "CRL"))
    }

    fn read(raw: &'a [u8]) -> der::Result<Self> {
        let mut outer = der::outer_sequence(raw)?;
        let tbs = outer.tagged(der::SEQUENCE)?;
        let outer_algorithm = outer.tagged(der::SEQUENCE)?;
        let signature = outer.bit_string()?.whole_bytes()?;
        outer.finish()?;

        let mut fields = Reader::new(tbs.value);
        let version = match fields.optional(der::INTEGER)? {
            None => 1,
            Some([1]) => 2,
            Some(_) => return Err(Malformed("an unknown version")),
        };
        let inner_algorithm = fields.tagged(der::SEQUENCE)?;
        if inner_algorithm.raw != outer_algorithm.raw {
            return Err(Malformed(
                "different algorithms in signatureAlgorithm and in the signature field (RFC 5280 §5.1.1.2)",
            ));
        }
        let issuer = Name::read(&mut fields)?;
        let this_update = fields.time()?;
        let next_update = match fields.peek() {
            Some(der::UTC_TIME | der::GENERALIZED_TIME) => Some(fields.time()?),
            _ => None,
        };
        let entries = Reader::new(fields.optional(der::SEQUENCE)?.unwrap_or_default());
        let mut crl = Self {
            tbs: tbs.raw,
            algorithm: Algorithm::from_contents(outer_algorithm.value)?,
            issuer,
            this_update,
            next_update,
            entries,
            signature,
            authority_key_identifier: None,
            number: None,
            number_critical: false,
            base_number: None,
            distribution_point: None,
            distribution_point_der: None,
            unknown_critical: None,
        };
        if let Some(explicit) = fields.optional(der::context_constructed(0))? {
            if version < 2 {
                return Err(Malformed("extensions in a version 1 CRL"));
            }
            let mut explicit = Reader::new(explicit);
            let list = explicit.sequence()?;
            explicit.finish()?;
            Extension::each(list, |extension| crl.take(extension))?;
        }
        fields.finish()?;
        Ok(crl)
    }

    fn take(&mut self, extension: Extension<'a>) -> der::Result<()> {
        let value = extension.value;
        match extension.oid {
            oids::AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_identifier = Some(AuthorityKeyIdentifier::from_der(value)?);
            }
            oids::CRL_NUMBER => {
                self.number = Some(number(value)?);
                self.number_critical = extension.critical;
            }
            oids::DELTA_CRL_INDICATOR => self.base_number = Some(number(value)?),
            oids::ISSUING_DISTRIBUTION_POINT => {
                self.distribution_point = Some(IssuingDistributionPoint::from_der(value)?);
                self.distribution_point_der = Some(value);
            }
            oids::ISSUER_ALT_NAME => {
                GeneralNames::from_der(value)?;
            }
            oid if extension.critical && self.unknown_critical.is_none() => {
                self.unknown_critical = Some(oid);
            }
            _ => {}
        }
        Ok(())
    }

    /// The name of the issuer.
    #[must_use]
    pub const fn issuer(&self) -> &Name<'a> {
        &self.issuer
    }

    /// thisUpdate, as Unix time in seconds.
    #[must_use]
    pub const fn this_update(&self) -> i64 {
        self.this_update
    }

    /// nextUpdate, as Unix time in seconds.
    #[must_use]
    pub const fn next_update(&self) -> Option<i64> {
        self.next_update
    }

    /// Whether this is a delta CRL.
    #[must_use]
    pub const fn is_delta(&self) -> bool {
        self.base_number.is_some()
    }

    pub(super) const fn is_indirect(&self) -> bool {
        match &self.distribution_point {
            Some(point) => point.indirect,
            None => false,
        }
    }

    pub(super) const fn signed(&self, lasting: bool) -> Signed<'a> {
        Signed {
            data: self.tbs,
            algorithm: self.algorithm,
            signature: self.signature,
            lasting,
        }
    }

    /// Whether this delta CRL updates `complete`, if both have the same issuer (RFC 5280 §5.2.4, §6.3.3 (c)).
    pub(super) fn continues(&self, complete: &Crl<'_>) -> bool {
        let (Some(base), Some(number), Some(complete_number)) =
            (self.base_number, self.number, complete.number)
        else {
            return false;
        };
        let (key, complete_key) = (self.authority_key(), complete.authority_key());
        order(complete_number) >= order(base)
            && order(complete_number) < order(number)
            && key == complete_key
            && self.distribution_point_der == complete.distribution_point_der
    }

    pub(super) fn authority_key(&self) -> Option<&'a [u8]> {
        self.authority_key_identifier
            .and_then(|identifier| identifier.key)
    }

    /// Checks that the CRL has a cRLNumber that is not critical (RFC 5280 §5.2.3).
    pub(super) fn check_number(&self) -> Result<(), Error> {
        let why = match self.number {
            None => "the CRL has no cRLNumber, which is required (RFC 5280 §5.2.3)",
            Some(_) if self.number_critical => "cRLNumber of the CRL is critical (RFC 5280 §5.2.3)",
            Some(_) => return Ok(()),
        };
        Err(Error::new(Code::CrlMalformed, why))
    }

    /// The cRLNumber, as a key to find the newest delta CRL.
    pub(super) fn newness(&self) -> (usize, &'a [u8]) {
        self.number.map(order).unwrap_or_default()
    }

    /// A key to find the newest complete CRL: thisUpdate, then cRLNumber.
    pub(super) fn age(&self) -> (i64, (usize, &'a [u8])) {
        (self.this_update, self.newness())
    }

    pub(super) const fn signature(&self) -> &'a [u8] {
        self.signature
    }

    /// Whether both are the same CRL, apart from their signatures.
    pub(super) fn is_same(&self, other: &Crl<'_>) -> bool {
        // A long CRL is often compared with itself.
        core::ptr::eq(self.tbs, other.tbs) || self.tbs == other.tbs
    }

    /// The length of the entries in bytes.
    pub(super) const fn entries_length(&self) -> usize {
        self.entries.rest().len()
    }

    /// Finds the entry of one certificate. Reads every entry: a malformed entry or an unsupported critical
    /// entry extension makes the whole CRL unusable (RFC 5280 §5.3). Allocates nothing.
    ///
    /// # Errors
    /// [`Code::CrlMalformed`], [`Code::CrlExtensionUnsupported`]; [`Code::RevocationUnknown`] if an entry has
    /// the serial number and an issuer that cannot be compared.
    pub fn find(&self, serial: &[u8], issuer: &Name<'_>) -> Result<Option<Revoked>, Error> {
        self.find_within(serial, issuer, &mut u32::MAX.clone())
    }

    /// Like [`Crl::find`], with the cost of name comparisons subtracted from a limit.
    pub(super) fn find_within(
        &self,
        serial: &[u8],
        issuer: &Name<'_>,
        comparisons: &mut u32,
    ) -> Result<Option<Revoked>, Error> {
        let indirect = self.is_indirect();
        Scan::new(serial, issuer, &self.issuer, indirect, comparisons)?.run(self.entries)
    }
}

fn number(value: &[u8]) -> der::Result<&[u8]> {
    let mut reader = Reader::new(value);
    let number = reader.integer()?;
    reader.finish()?;
    match number.first() {
        Some(0..0x80) if number.len() <= MAX_NUMBER_BYTES => Ok(number),
        _ => Err(Malformed("a CRL number that is negative or too long")),
    }
}

/// Minimal unsigned numbers are ordered by length, then by bytes.
fn order(number: &[u8]) -> (usize, &[u8]) {
    let number = number.strip_prefix(&[0]).unwrap_or(number);
    (number.len(), number)
}

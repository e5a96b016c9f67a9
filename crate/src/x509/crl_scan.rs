//! Scans the entries of a CRL (RFC 5280 §5.3) in place.

use super::cost::{exhausted, same_name};
use super::extensions::Extension;
use super::general_name::GeneralNames;
use super::name::Name;
use super::oids;
use super::revocation_status::{Reason, Revoked};
use crate::code::Code;
use crate::der::{self, Malformed, Reader};
use crate::error::Error;

/// The search for one certificate.
pub(super) struct Scan<'s, 'n, 'e> {
    serial: &'s [u8],
    issuer: &'s Name<'n>,
    list_issuer: &'s Name<'e>,
    indirect: bool,
    /// Whether the entry is for the certificate's issuer (RFC 5280 §5.3.3: a certificateIssuer applies until
    /// the next one).
    same_issuer: bool,
    comparisons: &'s mut u32,
    exhausted: Option<Error>,
    /// The last certificateIssuer, as encoded. Empty before the first one, where the CRL issuer applies.
    named: &'e [u8],
    found: Option<Revoked>,
    /// Whether an entry has the serial number and an issuer that may be that of the certificate.
    doubtful: bool,
    unknown_critical: bool,
}

impl<'s, 'n, 'e> Scan<'s, 'n, 'e> {
    /// A search in a CRL of this issuer.
    pub(super) fn new(
        serial: &'s [u8],
        issuer: &'s Name<'n>,
        list_issuer: &'s Name<'e>,
        indirect: bool,
        comparisons: &'s mut u32,
    ) -> Result<Self, Error> {
        Ok(Self {
            serial,
            issuer,
            list_issuer,
            indirect,
            same_issuer: same_name(comparisons, list_issuer, issuer)?,
            comparisons,
            exhausted: None,
            named: &[],
            found: None,
            doubtful: false,
            unknown_critical: false,
        })
    }

    /// Scans all entries.
    pub(super) fn run(mut self, mut entries: Reader<'e>) -> Result<Option<Revoked>, Error> {
        loop {
            entries = Reader::new(after_others(entries.rest(), self.serial));
            if entries.is_empty() {
                break;
            }
            entries
                .contents(der::SEQUENCE)
                .and_then(|entry| self.entry(entry))
                .map_err(|malformed| malformed.of(Code::CrlMalformed, "CRL"))?;
            if let Some(exhausted) = self.exhausted.take() {
                return Err(exhausted);
            }
        }
        if self.unknown_critical {
            return Err(Error::new(
                Code::CrlExtensionUnsupported,
                "an entry of the CRL has a critical extension that is not supported",
            ));
        }
        match self.found {
            Some(found) if found.reason != Reason::RemoveFromCrl => Ok(Some(found)),
            _ if self.doubtful => Err(Error::new(
                Code::RevocationUnknown,
                "a CRL entry has the serial number of the certificate, but its certificateIssuer cannot be compared with the issuer",
            )),
            found => Ok(found),
        }
    }

    #[inline]
    fn entry(&mut self, entry: &'e [u8]) -> der::Result<()> {
        let mut fields = Reader::new(entry);
        let serial = fields.integer()?;
        let date = fields.element()?;
        if !matches!(
            (date.tag, date.value.len()),
            (der::UTC_TIME, 13) | (der::GENERALIZED_TIME, 15)
        ) {
            return Err(Malformed("a time in a form that RFC 5280 does not allow"));
        }
        let mut reason = Reason::Unspecified;
        if !fields.is_empty() {
            let list = fields.sequence()?;
            fields.finish()?;
            reason = self.entry_extensions(list)?;
        }
        if serial != self.serial {
            return Ok(());
        }
        if self.same_issuer {
            let revoked = Revoked {
                reason,
                time: Reader::new(date.raw).time()?,
            };
            // If the CRL contains two entries for the certificate, a revocation takes precedence over
            // removeFromCRL.
            if self
                .found
                .is_none_or(|before| before.reason == Reason::RemoveFromCrl)
            {
                self.found = Some(revoked);
            }
        } else if !self.doubtful {
            match self.may_be_issuer() {
                Ok(may_be) => self.doubtful = may_be,
                Err(exhausted) => self.exhausted = Some(exhausted),
            }
        }
        Ok(())
    }

    /// Whether the certificateIssuer of the entry, which does not match the certificate's issuer as far as it
    /// can be read, may still be the same.
    fn may_be_issuer(&mut self) -> Result<bool, Error> {
        let issuer = *self.issuer;
        let mut may_match = |name: &Name<'_>| {
            name.may_match(&issuer, self.comparisons)
                .ok_or_else(|| exhausted("name comparisons"))
        };
        let Ok(names) = GeneralNames::from_der(self.named) else {
            return may_match(self.list_issuer);
        };
        for name in names.directory_names() {
            if may_match(&name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn entry_extensions(&mut self, mut list: Reader<'e>) -> der::Result<Reason> {
        let mut reason = None;
        let mut issuer_seen = false;
        while !list.is_empty() {
            let extension = Extension::read(&mut list)?;
            match extension.oid {
                oids::CRL_REASON if reason.is_none() => {
                    let mut reader = Reader::new(extension.value);
                    let number = der::small_integer(reader.contents(der::ENUMERATED)?)?;
                    reader.finish()?;
                    reason = Some(Reason::from_number(number)?);
                }
                oids::CERTIFICATE_ISSUER if self.indirect && !issuer_seen => {
                    issuer_seen = true;
                    // An unchanged certificateIssuer need not be compared again.
                    if extension.value == self.named {
                        continue;
                    }
                    self.named = extension.value;
                    let names = GeneralNames::from_der(extension.value)?;
                    // Without a distinguished name, it is unknown whose certificates this entry and the
                    // following entries are about.
                    if names.directory_names().next().is_none() {
                        return Err(Malformed("a certificateIssuer without a distinguished name"));
                    }
                    self.same_issuer = false;
                    for name in names.directory_names() {
                        match same_name(self.comparisons, &name, self.issuer) {
                            Ok(same) => self.same_issuer |= same,
                            Err(exhausted) => self.exhausted = Some(exhausted),
                        }
                    }
                }
                oids::CRL_REASON | oids::CERTIFICATE_ISSUER => {
                    return Err(Malformed(
                        "a duplicate entry extension, or certificateIssuer in a CRL that is not indirect",
                    ));
                }
                oids::INVALIDITY_DATE if is_date(extension.value) => {}
                _ if extension.critical => self.unknown_critical = true,
                _ => {}
            }
        }
        Ok(reason.unwrap_or(Reason::Unspecified))
    }
}

/// What follows the entries at the start that have the form of almost all entries, without or with a reason alone, and
/// another serial number. They say nothing about the certificate; all other entries are read field by field.
fn after_others<'e>(mut entries: &'e [u8], serial: &[u8]) -> &'e [u8] {
    let last = serial.last();
    while let Some((entry, rest)) = split_usual(entries) {
        // The last bytes of serial numbers differ most.
        if entry.last() == last && entry == serial {
            break;
        }
        entries = rest;
    }
    entries
}

/// The serial number of the first entry, and the other entries, if it has the usual form. Loads whole words: a list
/// can have a million entries.
#[inline(always)]
fn split_usual(entries: &[u8]) -> Option<(&[u8], &[u8])> {
    /// An extension with a reason, without the reason itself: its first bytes, and its last.
    const FIRST: [u8; 8] = [0x30, 12, 0x30, 10, 6, 3, 0x55, 0x1d];
    const LAST: [u8; 8] = [3, 0x55, 0x1d, 21, 4, 3, 10, 1];
    let (&[der::SEQUENCE, length @ ..=0x7f, der::INTEGER, count], rest) = entries.split_first_chunk()? else {
        return None;
    };
    let (found, rest) = rest.split_at_checked(count.into())?;
    // Positive and minimal.
    if !matches!(found, [1..=0x7f, ..] | [0, 0x80..=0xff, ..]) {
        return None;
    }
    let (&[der::UTC_TIME, 13, _, _, _, _, _, _, _, _, _, _, _, _, _], rest) = rest.split_first_chunk()?
    else {
        return None;
    };
    match length.checked_sub(count)? {
        17 => Some((found, rest)),
        31 => {
            let (reason, rest) = rest.split_first_chunk::<14>()?;
            let (first, _) = reason.split_first_chunk::<8>()?;
            let (_, &[a, b, c, d, e, f, g, h, code]) = reason.split_first_chunk::<5>()? else {
                return None;
            };
            let same = u64::from_ne_bytes(*first) == u64::from_ne_bytes(FIRST)
                && u64::from_ne_bytes([a, b, c, d, e, f, g, h]) == u64::from_ne_bytes(LAST);
            // 7 is not used.
            (same && matches!(code, 0..=6 | 8..=10)).then_some((found, rest))
        }
        _ => None,
    }
}

/// Whether the value is a well-formed invalidityDate (RFC 5280 §5.3.2).
fn is_date(value: &[u8]) -> bool {
    let mut reader = Reader::new(value);
    reader.peek() == Some(der::GENERALIZED_TIME) && reader.time().is_ok() && reader.is_empty()
}

//! Name constraints (RFC 5280 §4.2.1.10).

use super::certificate::Certificate;
use super::general_name::GeneralName;
use super::oids;
use crate::der::{self, Malformed, Reader};

/// permittedSubtrees and excludedSubtrees of one certificate, or of the caller.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameConstraints<'a> {
    permitted: &'a [u8],
    excluded: &'a [u8],
}

/// Why names are not acceptable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A name lies in an excluded subtree.
    Excluded(&'static str),
    /// A name lies in none of the permitted subtrees of its form.
    NotPermitted(&'static str),
    /// A name, or the constraint upon it, is of a form that cannot be compared: refused.
    Incomparable(&'static str),
    /// There are more comparisons to make than the budget allows.
    Exhausted,
}

struct Subtree<'a> {
    base: GeneralName<'a>,
    /// A minimum or maximum is set, which RFC 5280 does not use.
    bounded: bool,
    length: usize,
}

impl<'a> Subtree<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let element = reader.tagged(der::SEQUENCE)?;
        let mut fields = Reader::new(element.value);
        let base = GeneralName::read(&mut fields)?;
        let minimum = fields.optional(der::context(0))?;
        let maximum = fields.optional(der::context(1))?;
        fields.finish()?;
        for number in [minimum, maximum].into_iter().flatten() {
            der::integer(number)?;
        }
        Ok(Self {
            base,
            bounded: minimum.is_some() || maximum.is_some(),
            length: element.raw.len(),
        })
    }

    fn list(contents: &[u8]) -> impl Iterator<Item = Subtree<'_>> {
        let mut reader = Reader::new(contents);
        core::iter::from_fn(move || Subtree::read(&mut reader).ok())
    }
}

impl<'a> NameConstraints<'a> {
    /// Reads the DER of NameConstraints.
    ///
    /// # Errors
    /// [`Malformed`] if it is none, or has neither list.
    pub fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(value)?;
        let mut lists = [None, None];
        for (number, list) in (0..).zip(lists.iter_mut()) {
            *list = fields.optional(der::context_constructed(number))?;
            if let Some(contents) = *list {
                let mut reader = Reader::new(contents);
                if reader.is_empty() {
                    return Err(Malformed("an empty list of subtrees"));
                }
                while !reader.is_empty() {
                    Subtree::read(&mut reader)?;
                }
            }
        }
        fields.finish()?;
        match lists {
            [None, None] => Err(Malformed("empty name constraints (RFC 5280 §4.2.1.10)")),
            [permitted, excluded] => Ok(Self {
                permitted: permitted.unwrap_or_default(),
                excluded: excluded.unwrap_or_default(),
            }),
        }
    }

    /// Whether every name of the certificate (subject, emailAddress in it, subjectAltName) is permitted and none
    /// excluded. `budget` goes down with every comparison, by the bytes it may have to look at.
    ///
    /// # Errors
    /// The [`Violation`] found first.
    pub fn check(&self, certificate: &Certificate<'_>, budget: &mut u32) -> Result<(), Violation> {
        let subject = certificate.subject();
        if !subject.is_empty() {
            self.check_name(
                &GeneralName::Directory(*subject),
                subject.as_bytes().len(),
                budget,
            )?;
        }
        // Old authorities put mail addresses there. RFC 5280 asks for this without a subjectAltName; always is stricter.
        for attribute in subject.rdns().flat_map(|rdn| rdn.attributes()) {
            if attribute.kind == oids::EMAIL_ADDRESS {
                // In characters of two or four bytes the address would be read as another one.
                let value = match attribute.tag {
                    0x0c | 0x13 | 0x14 | 0x16 | 0x1a => attribute.value,
                    _ => &[],
                };
                self.check_name(&GeneralName::Rfc822(value), attribute.value.len(), budget)?;
            }
        }
        for name in certificate
            .extensions()
            .subject_alt_name
            .iter()
            .flat_map(|names| names.iter())
        {
            let length = match &name {
                GeneralName::Directory(name) => name.as_bytes().len(),
                GeneralName::Rfc822(text) | GeneralName::Dns(text) | GeneralName::Uri(text) => text.len(),
                _ => 0,
            };
            self.check_name(&name, length, budget)?;
        }
        Ok(())
    }

    fn check_name(&self, name: &GeneralName<'_>, length: usize, budget: &mut u32) -> Result<(), Violation> {
        let form = form(name);
        for subtree in Subtree::list(self.excluded) {
            charge(budget, length, &subtree)?;
            if compare(name, &subtree, true)? == Some(true) {
                return Err(Violation::Excluded(form));
            }
        }
        let mut constrained = false;
        for subtree in Subtree::list(self.permitted) {
            charge(budget, length, &subtree)?;
            match compare(name, &subtree, false)? {
                Some(true) => return Ok(()),
                Some(false) => constrained = true,
                None => {}
            }
        }
        if constrained {
            Err(Violation::NotPermitted(form))
        } else {
            Ok(())
        }
    }
}

/// A comparison costs what it has to look at, in units of 32 bytes.
fn charge(budget: &mut u32, length: usize, subtree: &Subtree<'_>) -> Result<(), Violation> {
    let cost = 1 + u32::try_from((length + subtree.length) / 32).unwrap_or(u32::MAX);
    *budget = budget.checked_sub(cost).ok_or(Violation::Exhausted)?;
    Ok(())
}

fn form(name: &GeneralName<'_>) -> &'static str {
    match name {
        GeneralName::Other(..) => "otherName",
        GeneralName::Rfc822(_) => "rfc822Name",
        GeneralName::Dns(_) => "dNSName",
        GeneralName::X400 => "x400Address",
        GeneralName::Directory(_) => "directoryName",
        GeneralName::EdiParty => "ediPartyName",
        GeneralName::Uri(_) => "uniformResourceIdentifier",
        GeneralName::Ip(_) => "iPAddress",
        GeneralName::RegisteredId(_) => "registeredID",
    }
}

/// `None` where the subtree is of another form than the name.
fn compare(
    name: &GeneralName<'_>,
    subtree: &Subtree<'_>,
    excluding: bool,
) -> Result<Option<bool>, Violation> {
    let incomparable = Violation::Incomparable(form(name));
    let within = match (name, &subtree.base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => Some(name.is_within(base)),
        (GeneralName::Rfc822(name), GeneralName::Rfc822(base)) => mail_is_within(name, base),
        (GeneralName::Dns(name), GeneralName::Dns(base)) => Some(dns_is_within(name, base, excluding)),
        (GeneralName::Uri(name), GeneralName::Uri(base)) => {
            uri_host(name).map(|host| base.is_empty() || host_is_within(host, base))
        }
        (GeneralName::Ip(name), GeneralName::Ip(base)) => ip_is_within(name, base),
        (GeneralName::Other(..), GeneralName::Other(..))
        | (GeneralName::X400, GeneralName::X400)
        | (GeneralName::EdiParty, GeneralName::EdiParty)
        | (GeneralName::RegisteredId(_), GeneralName::RegisteredId(_)) => None,
        _ => return Ok(None),
    };
    match within {
        Some(within) if !subtree.bounded => Ok(Some(within)),
        _ => Err(incomparable),
    }
}

/// Whether `name` ends with `suffix` and something stands before it.
fn is_below(name: &[u8], suffix: &[u8]) -> bool {
    name.len() > suffix.len()
        && name
            .get(name.len() - suffix.len()..)
            .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// `host`: that host alone; `.domain`: every host below it.
fn host_is_within(host: &[u8], base: &[u8]) -> bool {
    if base.first() == Some(&b'.') {
        is_below(host, base)
    } else {
        host.eq_ignore_ascii_case(base)
    }
}

fn dns_is_within(name: &[u8], base: &[u8], excluding: bool) -> bool {
    let name = name.strip_suffix(b".").unwrap_or(name);
    let base = base.strip_suffix(b".").unwrap_or(base);
    if base.is_empty() || name.eq_ignore_ascii_case(base) {
        return true;
    }
    if base.first() == Some(&b'.') {
        return is_below(name, base);
    }
    // A wildcard also stands for the excluded host.
    let stands_for_base = excluding
        && name.strip_prefix(b"*").is_some_and(|rest| {
            is_below(base, rest)
                && base
                    .get(..base.len() - rest.len())
                    .is_some_and(|label| !label.contains(&b'.'))
        });
    let boundary = name.len().checked_sub(base.len() + 1).and_then(|at| name.get(at));
    stands_for_base || (boundary == Some(&b'.') && is_below(name, base))
}

/// `local@host`: that mailbox; `host`: every mailbox there; `.domain`: every mailbox on a host below it.
fn mail_is_within(name: &[u8], base: &[u8]) -> Option<bool> {
    let (local, host) = split_mail(name)?;
    if host.is_empty() || !name.is_ascii() {
        return None;
    }
    Some(match split_mail(base) {
        Some((base_local, base_host)) => local == base_local && host.eq_ignore_ascii_case(base_host),
        None => base.is_empty() || host_is_within(host, base),
    })
}

fn split_mail(address: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = address.iter().rposition(|byte| *byte == b'@')?;
    Some((address.get(..at)?, address.get(at + 1..)?))
}

/// The host of a URI; `None` without an authority, or where the authority is an address and no name (RFC 5280
/// §4.2.1.10 has both refused).
fn uri_host(uri: &[u8]) -> Option<&[u8]> {
    let colon = uri.iter().position(|byte| *byte == b':')?;
    let rest = uri.get(colon + 1..)?.strip_prefix(b"//")?;
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'))
        .unwrap_or(rest.len());
    let authority = rest.get(..end)?;
    let host = match authority.iter().rposition(|byte| *byte == b'@') {
        Some(at) => authority.get(at + 1..)?,
        None => authority,
    };
    let host = match host.iter().position(|byte| *byte == b':') {
        Some(at) => host.get(..at)?,
        None => host,
    };
    let host = host.strip_suffix(b".").unwrap_or(host);
    let last_label = host.rsplit(|byte| *byte == b'.').next()?;
    let named = !last_label.is_empty()
        && !last_label.iter().all(u8::is_ascii_digit)
        && host
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    named.then_some(host)
}

/// An address within a network; `None` for impossible lengths or a mask with holes (RFC 4632).
fn ip_is_within(address: &[u8], base: &[u8]) -> Option<bool> {
    if !matches!(address.len(), 4 | 16) || !matches!(base.len(), 8 | 32) {
        return None;
    }
    let (network, mask) = base.split_at_checked(base.len() / 2)?;
    let ones: u32 = mask.iter().map(|byte| byte.count_ones()).sum();
    let leading: u32 = mask
        .iter()
        .scan(true, |unbroken, byte| {
            let ones = if *unbroken { byte.leading_ones() } else { 0 };
            *unbroken = *unbroken && *byte == 0xff;
            Some(ones)
        })
        .sum();
    if ones != leading {
        return None;
    }
    Some(
        address.len() == network.len()
            && address
                .iter()
                .zip(network)
                .zip(mask)
                .all(|((address, network), mask)| address & mask == network & mask),
    )
}

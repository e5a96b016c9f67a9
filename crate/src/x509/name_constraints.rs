//! Name constraints (RFC 5280 §4.2.1.10).

use super::general_name::{GeneralName, GeneralNames};
use super::hosts;
use super::name::{Lies, Name};
use super::oids;
use crate::der::{self, Malformed, Reader};

/// permittedSubtrees and excludedSubtrees of one certificate, or of the options.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameConstraints<'a> {
    permitted: &'a [u8],
    excluded: &'a [u8],
    default_value: bool,
}

/// Why a name violates the constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// A name is in an excluded subtree.
    Excluded(&'static str),
    /// A name is in no permitted subtree of its form.
    NotPermitted(&'static str),
    /// A name or its constraint has a form that cannot be compared.
    Incomparable(&'static str),
    /// The limit on comparisons is reached.
    Exhausted,
}

struct Subtree<'a> {
    base: GeneralName<'a>,
    /// Whether a minimum or maximum is set, which RFC 5280 does not use.
    bounded: bool,
    /// Whether the default minimum is explicitly encoded.
    default_value: bool,
    length: usize,
}

impl<'a> Subtree<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let element = reader.tagged(der::SEQUENCE)?;
        let mut fields = Reader::new(element.value);
        let base = GeneralName::read(&mut fields)?;
        let minimum = fields.optional(der::context(0))?.map(der::integer).transpose()?;
        let maximum = fields.optional(der::context(1))?.map(der::integer).transpose()?;
        fields.finish()?;
        Ok(Self {
            base,
            // Zero is the default, whether encoded or not.
            bounded: minimum.is_some_and(|minimum| minimum != [0]) || maximum.is_some(),
            default_value: minimum == Some(&[0]),
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
    /// [`Malformed`] if it is not a NameConstraints, or has neither permittedSubtrees nor excludedSubtrees.
    pub fn from_der(value: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(value)?;
        let mut lists = [None, None];
        let mut default_value = false;
        for (number, list) in (0..).zip(lists.iter_mut()) {
            *list = fields.optional(der::context_constructed(number))?;
            if let Some(contents) = *list {
                let mut reader = Reader::new(contents);
                if reader.is_empty() {
                    return Err(Malformed("an empty list of subtrees"));
                }
                while !reader.is_empty() {
                    default_value |= Subtree::read(&mut reader)?.default_value;
                }
            }
        }
        fields.finish()?;
        match lists {
            [None, None] => Err(Malformed("empty name constraints (RFC 5280 §4.2.1.10)")),
            [permitted, excluded] => Ok(Self {
                permitted: permitted.unwrap_or_default(),
                excluded: excluded.unwrap_or_default(),
                default_value,
            }),
        }
    }

    /// Whether the default minimum of zero is explicitly encoded.
    pub(super) const fn has_default_value(&self) -> bool {
        self.default_value
    }

    /// Checks that every name of a certificate (its subject, the emailAddress in it, its subjectAltName) is
    /// permitted and not excluded. The cost of each comparison is subtracted from `budget`, by the bytes that
    /// it may read.
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn check(
        &self,
        subject: &Name<'_>,
        alternatives: Option<&GeneralNames<'_>>,
        budget: &mut u32,
    ) -> Result<(), Violation> {
        if !subject.is_empty() {
            self.check_name(&GeneralName::Directory(*subject), 0, budget)?;
        }
        // Old CAs put email addresses there. RFC 5280 requires this check only without a subjectAltName;
        // doing it always is stricter.
        for attribute in subject.rdns().flat_map(|rdn| rdn.attributes()) {
            if attribute.kind == oids::EMAIL_ADDRESS {
                // With characters of two or four bytes, the bytes are not the characters of the address.
                let value = match attribute.tag {
                    0x0c | 0x13 | 0x14 | 0x16 | 0x1a => attribute.value,
                    _ => &[],
                };
                self.check_name(&GeneralName::Rfc822(value), attribute.value.len(), budget)?;
            }
        }
        for name in alternatives.iter().flat_map(|names| names.iter()) {
            let length = match &name {
                GeneralName::Rfc822(text)
                | GeneralName::Dns(text)
                | GeneralName::Uri(text)
                | GeneralName::Other(_, text) => text.len(),
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
            if compare(name, &subtree, true, budget)? == Some(true) {
                return Err(Violation::Excluded(form));
            }
        }
        // All subtrees are checked: a name that cannot be compared with one of them is not accepted because
        // another permits it.
        let (mut constrained, mut permitted) = (false, false);
        for subtree in Subtree::list(self.permitted) {
            charge(budget, length, &subtree)?;
            match compare(name, &subtree, false, budget)? {
                Some(true) => permitted = true,
                Some(false) => constrained = true,
                None => {}
            }
        }
        if constrained && !permitted {
            Err(Violation::NotPermitted(form))
        } else {
            Ok(())
        }
    }
}

/// A comparison costs the bytes that it may read, in units of 32 bytes. Comparisons of directory names count
/// their own cost.
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

/// `None` if the name and the subtree have different forms.
fn compare(
    name: &GeneralName<'_>,
    subtree: &Subtree<'_>,
    excluding: bool,
    budget: &mut u32,
) -> Result<Option<bool>, Violation> {
    let incomparable = Violation::Incomparable(form(name));
    let within = match (name, &subtree.base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => {
            match name.lies_to(base, budget).ok_or(Violation::Exhausted)? {
                Lies::Within => Some(true),
                // A name that normalization would change may be the same name.
                Lies::Unclear if excluding => None,
                Lies::Unclear | Lies::Outside => Some(false),
            }
        }
        (GeneralName::Rfc822(name), GeneralName::Rfc822(base)) => hosts::mail_is_within(name, base),
        // RFC 9598 §6: constraints on rfc822Name apply to SmtpUTF8Mailbox too.
        (GeneralName::Other(oids::SMTP_UTF8_MAILBOX, name), GeneralName::Rfc822(base)) => {
            utf8_mailbox(name).and_then(|mailbox| hosts::mail_is_within(mailbox, base))
        }
        (GeneralName::Dns(name), GeneralName::Dns(base)) => hosts::dns_is_within(name, base, excluding),
        (GeneralName::Uri(name), GeneralName::Uri(base)) => hosts::uri_is_within(name, base),
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

/// The characters of a SmtpUTF8Mailbox (RFC 9598 §3).
fn utf8_mailbox(element: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(element);
    let mailbox = reader.contents(der::UTF8_STRING).ok()?;
    reader.finish().ok()?;
    core::str::from_utf8(mailbox).ok().map(str::as_bytes)
}

/// Whether an address is in a network; `None` for invalid lengths or a mask that is not contiguous (RFC
/// 4632).
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

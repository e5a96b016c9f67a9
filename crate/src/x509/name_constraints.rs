//! Name constraints (RFC 5280 §4.2.1.10).

use super::general_name::{GeneralName, GeneralNames};
use super::hosts;
use super::name::{Lies, Name};
use super::oids;
use crate::der::{self, Malformed, Reader};

/// permittedSubtrees and excludedSubtrees of one certificate, or of the caller.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameConstraints<'a> {
    permitted: &'a [u8],
    excluded: &'a [u8],
    default_value: bool,
}

/// Why names are not acceptable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// A name lies in an excluded subtree.
    Excluded(&'static str),
    /// A name is outside every permitted subtree of its form.
    NotPermitted(&'static str),
    /// A name or its constraint has a form that cannot be compared.
    Incomparable(&'static str),
    /// There are more comparisons to make than the budget allows.
    Exhausted,
}

struct Subtree<'a> {
    base: GeneralName<'a>,
    /// A minimum or maximum is set, which RFC 5280 does not use.
    bounded: bool,
    /// The default minimum is written out.
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
            // Zero is the default, whether it is left out or not.
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
    /// [`Malformed`] if it is none, or has neither list.
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

    /// Whether a minimum of zero, the default, is written out.
    pub(super) const fn has_default_value(&self) -> bool {
        self.default_value
    }

    /// Whether every name of a certificate (its subject, emailAddress in it, its subjectAltName) is permitted and none
    /// excluded. `budget` goes down with every comparison, by the bytes it may have to look at.
    ///
    /// # Errors
    /// The [`Violation`] found first.
    pub fn check(
        &self,
        subject: &Name<'_>,
        alternatives: Option<&GeneralNames<'_>>,
        budget: &mut u32,
    ) -> Result<(), Violation> {
        if !subject.is_empty() {
            self.check_name(&GeneralName::Directory(*subject), 0, budget)?;
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
        // All of them are looked at: one that cannot be compared is no less so for standing behind one that permits.
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

/// A comparison costs what it has to look at, in units of 32 bytes; that of directory names pays for itself.
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
    budget: &mut u32,
) -> Result<Option<bool>, Violation> {
    let incomparable = Violation::Incomparable(form(name));
    let within = match (name, &subtree.base) {
        (GeneralName::Directory(name), GeneralName::Directory(base)) => {
            match name.lies_to(base, budget).ok_or(Violation::Exhausted)? {
                Lies::Within => Some(true),
                // What normalisation would change may be the same name after all.
                Lies::Unclear if excluding => None,
                Lies::Unclear | Lies::Outside => Some(false),
            }
        }
        (GeneralName::Rfc822(name), GeneralName::Rfc822(base)) => hosts::mail_is_within(name, base),
        // RFC 9598 §6: constraints upon mail addresses are constraints upon these.
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

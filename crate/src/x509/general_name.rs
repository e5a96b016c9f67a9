//! GeneralName and GeneralNames (RFC 5280 §4.2.1.6).

use super::name::Name;
use crate::der::{self, Malformed, Oid, Reader};

hidden!(GeneralName GeneralNames);

/// One name of a subjectAltName, a distribution point or a name constraint.
#[derive(Clone, Copy)]
pub enum GeneralName<'a> {
    /// otherName: the type, and the value as a whole element.
    Other(Oid<'a>, &'a [u8]),
    /// rfc822Name: an email address.
    Rfc822(&'a [u8]),
    /// dNSName.
    Dns(&'a [u8]),
    /// x400Address, not read.
    X400,
    /// directoryName.
    Directory(Name<'a>),
    /// ediPartyName, not read.
    EdiParty,
    /// uniformResourceIdentifier.
    Uri(&'a [u8]),
    /// iPAddress: 4 or 16 bytes; 8 or 32 bytes in a name constraint.
    Ip(&'a [u8]),
    /// registeredID.
    RegisteredId(Oid<'a>),
}

impl<'a> GeneralName<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let element = reader.element()?;
        let value = element.value;
        let ascii = || {
            if value.is_ascii() {
                Ok(value)
            } else {
                Err(Malformed("an IA5String with non-ASCII characters"))
            }
        };
        match element.tag {
            0xa0 => {
                let mut fields = Reader::new(value);
                let oid = fields.oid()?;
                let mut explicit = Reader::new(fields.contents(der::context_constructed(0))?);
                fields.finish()?;
                let inner = explicit.element()?.raw;
                explicit.finish()?;
                Ok(Self::Other(oid, inner))
            }
            0x81 => Ok(Self::Rfc822(ascii()?)),
            0x82 => Ok(Self::Dns(ascii()?)),
            0xa3 => Ok(Self::X400),
            // Explicitly tagged, because Name is a CHOICE.
            0xa4 => {
                let mut explicit = Reader::new(value);
                let name = Name::read(&mut explicit)?;
                explicit.finish()?;
                Ok(Self::Directory(name))
            }
            0xa5 => Ok(Self::EdiParty),
            0x86 => Ok(Self::Uri(ascii()?)),
            0x87 => Ok(Self::Ip(value)),
            0x88 => Ok(Self::RegisteredId(Oid::from_contents(value)?)),
            _ => Err(Malformed("an unknown kind of GeneralName")),
        }
    }

    /// The URI, if the name is a uniformResourceIdentifier.
    #[must_use]
    pub fn uri(&self) -> Option<&'a str> {
        match self {
            Self::Uri(uri) => core::str::from_utf8(uri).ok(),
            _ => None,
        }
    }

    /// Whether both are the same name of the same kind.
    #[must_use]
    pub fn matches(&self, other: &GeneralName<'_>) -> bool {
        match (self, other) {
            (Self::Directory(ours), GeneralName::Directory(theirs)) => ours.matches(theirs),
            (Self::Dns(ours), GeneralName::Dns(theirs)) => ours.eq_ignore_ascii_case(theirs),
            (Self::Uri(ours), GeneralName::Uri(theirs))
            | (Self::Ip(ours), GeneralName::Ip(theirs))
            | (Self::Rfc822(ours), GeneralName::Rfc822(theirs)) => ours == theirs,
            (Self::RegisteredId(ours), GeneralName::RegisteredId(theirs)) => ours == theirs,
            (Self::Other(kind, ours), GeneralName::Other(other_kind, theirs)) => {
                kind == other_kind && ours == theirs
            }
            _ => false,
        }
    }
}

/// GeneralNames, checked when read.
#[derive(Clone, Copy)]
pub struct GeneralNames<'a> {
    contents: &'a [u8],
}

impl<'a> GeneralNames<'a> {
    /// The total length in units of 32 bytes, rounded up.
    pub(super) fn units(&self) -> u32 {
        u32::try_from(self.contents.len().div_ceil(32)).unwrap_or(u32::MAX)
    }

    /// Reads the DER of GeneralNames.
    ///
    /// # Errors
    /// [`Malformed`] if it is not GeneralNames, or is empty.
    pub fn from_der(value: &'a [u8]) -> der::Result<Self> {
        Self::from_contents(der::outer_sequence(value)?.rest())
    }

    /// Reads the contents of GeneralNames with an implicit tag.
    ///
    /// # Errors
    /// As for [`GeneralNames::from_der`].
    pub fn from_contents(contents: &'a [u8]) -> der::Result<Self> {
        let mut reader = Reader::new(contents);
        if contents.is_empty() {
            return Err(Malformed("an empty list of names"));
        }
        while !reader.is_empty() {
            GeneralName::read(&mut reader)?;
        }
        Ok(Self { contents })
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = GeneralName<'a>> + use<'a> {
        let mut reader = Reader::new(self.contents);
        core::iter::from_fn(move || GeneralName::read(&mut reader).ok())
    }

    /// The distinguished names among them.
    pub fn directory_names(&self) -> impl Iterator<Item = Name<'a>> + use<'a> {
        self.iter().filter_map(|name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        })
    }
}

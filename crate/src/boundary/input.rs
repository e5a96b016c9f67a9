//! The bytes that options refer to.
//!
//! All bytes are in one buffer. `[offset, length]` refers to bytes in it, and `{"text": [offset, length]}` to
//! a text, which must be PEM. Bytes that start like a PEM file are also read as PEM: DER never starts like
//! that.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::members::{Members, integer, of_another_type};
use crate::code::Code;
use crate::error::Error;
use crate::json::Value;
use crate::pem;
use crate::text::text;

/// The default for `limits.inputBytes`, the maximum size of the buffer in bytes. A CRL with a million entries
/// has 35 MB.
pub const DEFAULT_INPUT_BYTES: u32 = 64 << 20;

/// A kind of document that can be given as PEM.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// The name of the document in messages.
    what: &'static str,
    labels: &'static [&'static str],
    code: Code,
}

pub(super) const CERTIFICATE: Kind = Kind {
    what: "a certificate",
    labels: &["CERTIFICATE"],
    code: Code::CertificateMalformed,
};
pub(super) const CRL: Kind = Kind {
    what: "a CRL",
    labels: &["X509 CRL"],
    code: Code::CrlMalformed,
};
pub(super) const OCSP_RESPONSE: Kind = Kind {
    what: "an OCSP response",
    labels: &["OCSP RESPONSE"],
    code: Code::OcspMalformed,
};
pub(super) const PUBLIC_KEY: Kind = Kind {
    what: "a public key",
    labels: &["PUBLIC KEY"],
    code: Code::KeyMalformed,
};
pub(super) const CMS: Kind = Kind {
    what: "a CMS message",
    labels: &["CMS", "PKCS7"],
    code: Code::CmsMalformed,
};

/// The buffer.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// Refuses a buffer larger than `limits.inputBytes`.
    pub(super) fn new(bytes: &'a [u8], members: &Members<'_, '_>) -> Result<Self, Error> {
        let given = members.object("limits")?;
        let given = given.map_or(Ok(None), |limits| limits.integer("inputBytes"))?;
        if bytes.len() > given.unwrap_or(DEFAULT_INPUT_BYTES) as usize {
            return Err(Error::new(
                Code::InputTooLarge,
                "the input is larger than limits.inputBytes; give less data or raise the limit",
            ));
        }
        Ok(Self { bytes })
    }

    /// The offset and length of a part of the buffer.
    pub(super) fn place(&self, part: &[u8]) -> Option<(usize, usize)> {
        let offset = (part.as_ptr() as usize).checked_sub(self.bytes.as_ptr() as usize)?;
        let within = offset.checked_add(part.len())? <= self.bytes.len();
        (within && !part.is_empty()).then_some((offset, part.len()))
    }

    pub(super) fn slice(&self, reference: &Value<'_>, name: &str) -> Result<&'a [u8], Error> {
        let Some([offset, length]) = reference.as_array() else {
            return Err(of_another_type(name, "bytes"));
        };
        let (offset, length) = (integer(offset, name)? as usize, integer(length, name)? as usize);
        let end = offset.checked_add(length);
        end.and_then(|end| self.bytes.get(offset..end))
            .ok_or_else(|| of_another_type(name, "a range within the input"))
    }

    /// Bytes, unchanged.
    pub(super) fn bytes(
        &self,
        members: &Members<'_, '_>,
        name: &'static str,
    ) -> Result<Option<&'a [u8]>, Error> {
        members
            .get(name)
            .map(|reference| self.slice(reference, name))
            .transpose()
    }

    /// Bytes, or a text as UTF-8.
    pub(super) fn bytes_or_text(
        &self,
        members: &Members<'_, '_>,
        name: &'static str,
    ) -> Result<Option<&'a [u8]>, Error> {
        let value = members.get(name);
        let text = value.and_then(|value| value.as_object()?.get("text"));
        text.or(value)
            .map(|reference| self.slice(reference, name))
            .transpose()
    }

    /// One document in DER or PEM.
    pub(super) fn document(
        &self,
        members: &Members<'_, '_>,
        name: &'static str,
        kind: Kind,
    ) -> Result<Option<Cow<'a, [u8]>>, Error> {
        let Some(value) = members.get(name) else {
            return Ok(None);
        };
        let mut found = Vec::new();
        self.read(value, name, kind, &mut found)?;
        match (found.pop(), found.len()) {
            (Some(one), 0) => Ok(Some(one)),
            _ => Err(Error::new(
                Code::OptionsInvalid,
                text![name, " must be one PEM block; the text has none or several"],
            )),
        }
    }

    /// Any number of documents: one, or an array. A PEM text may contain several.
    pub(super) fn documents(
        &self,
        members: &Members<'_, '_>,
        name: &'static str,
        kind: Kind,
    ) -> Result<Option<Vec<Cow<'a, [u8]>>>, Error> {
        let Some(value) = members.get(name) else {
            return Ok(None);
        };
        let mut found = Vec::new();
        match value {
            Value::Array(elements) if !matches!(elements.first(), Some(Value::Number(_))) => {
                for element in elements {
                    self.read(element, name, kind, &mut found)?;
                }
            }
            one => self.read(one, name, kind, &mut found)?,
        }
        Ok(Some(found))
    }

    fn read(
        &self,
        value: &Value<'_>,
        name: &'static str,
        kind: Kind,
        found: &mut Vec<Cow<'a, [u8]>>,
    ) -> Result<(), Error> {
        let text = value.as_object().and_then(|object| object.get("text"));
        let bytes = match text {
            Some(reference) => self.slice(reference, name)?,
            None => {
                let bytes = self.slice(value, name)?;
                if !bytes.starts_with(b"-----BEGIN ") {
                    found.push(Cow::Borrowed(bytes));
                    return Ok(());
                }
                bytes
            }
        };
        let malformed = |why: &str| {
            Error::new(
                kind.code,
                text![name, ": cannot read ", kind.what, " from PEM: ", why],
            )
        };
        let text = core::str::from_utf8(bytes).map_err(|_| malformed("the text is not UTF-8"))?;
        for block in pem::blocks(text).map_err(|why| malformed(why.0))? {
            if !kind.labels.contains(&block.label) {
                return Err(malformed("the label does not match this kind of data"));
            }
            found.push(Cow::Owned(block.bytes));
        }
        Ok(())
    }
}

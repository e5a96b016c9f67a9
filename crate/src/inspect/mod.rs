//! Describes an input of any kind for people. Verifies nothing.
//!
//! [`inspect`] identifies a certificate, CRL, OCSP response, CMS message, signed PDF file, token or key by
//! its form, in DER, PEM, base64 or as text, and describes it as a tree of labelled [`Field`]s. The
//! description says that nothing was verified. Personal data in a certificate is marked, so that you can show
//! it only on request.

use alloc::{string::String, vec::Vec};

use crate::text::text;
mod certificate;
mod describe;
mod field;
mod format;
mod kind;
mod lists;
mod message;
mod token;

pub use field::Field;
pub use kind::{Encoding, Kind};

use crate::code::Code;
use crate::error::Error;
use crate::json::Json;
use crate::signature::PublicKey;
use field::Fields;

/// The maximum size of the input in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// A description. Nothing in it was verified.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inspection {
    /// The kind of the input.
    pub kind: Kind,
    /// The encoding of the input.
    pub encoding: Encoding,
    /// The contents. They may include personal data: see [`Field::personal`].
    pub fields: Vec<Field>,
}

/// The note at the start of every description.
pub const NOTE: &str =
    "This is a description only. Nothing was verified: not the signatures, the validity or the origin.";

impl Inspection {
    /// The description as one JSON object: `kind`, `encoding`, `verified` (always false), `note`, and
    /// `fields`. Each field has `label` and, if present, `value`, `personal` (true) and `fields`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = Json::escaping_line_ends();
        json.object(|json| {
            json.name("kind").string(self.kind.as_str());
            json.name("encoding").string(self.encoding.as_str());
            json.name("verified").verbatim("false");
            json.name("note").string(NOTE);
            json.name("fields")
                .list(&self.fields, |json, field| field.write(json));
        });
        json.into_text()
    }
}

impl core::fmt::Debug for Inspection {
    /// Kind and encoding only, because the fields may be personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "Inspection({}, {})",
            self.kind.as_str(),
            self.encoding.as_str()
        )
    }
}

/// Identifies and describes `input`.
///
/// # Errors
/// - [`Code::InputTooLarge`]: more than [`MAX_BYTES`]
/// - [`Code::FormatUnknown`]: an unknown format, or a private key, which must not be shared
/// - the code of the kind that it looks like, if it is malformed: [`Code::CertificateMalformed`] and others
pub fn inspect(input: &[u8]) -> Result<Inspection, Error> {
    if input.len() > MAX_BYTES {
        return Err(Error::new(
            Code::InputTooLarge,
            text![
                "the input is larger than ",
                MAX_BYTES >> 20,
                " MiB, the most that can be inspected"
            ],
        ));
    }
    let (kind, encoding, fields) = match format::sniff(input)? {
        format::Sniffed::Binary(der, encoding) => {
            let (kind, fields) = binary(&der)?;
            (kind, encoding, fields)
        }
        format::Sniffed::Pdf => (Kind::SignedPdf, Encoding::File, message::pdf(input)?),
        format::Sniffed::Json(text) => {
            let (kind, fields) = token::json(text)?;
            (kind, Encoding::Text, fields)
        }
        format::Sniffed::Compact(text) => {
            let (kind, fields) = token::compact(text)?;
            (kind, Encoding::Text, fields)
        }
    };
    Ok(Inspection {
        kind,
        encoding,
        fields: fields.into_list(),
    })
}

fn binary(der: &[u8]) -> Result<(Kind, Fields), Error> {
    let unknown = || format::unknown("the DER structure is not supported");
    let kind = format::shape(der).ok_or_else(unknown)?;
    let fields = match kind {
        Kind::Certificate => certificate::describe(der)?,
        Kind::Crl => lists::crl(der)?,
        Kind::OcspResponse => lists::ocsp(der)?,
        Kind::SignedData => message::signed_data(der)?,
        Kind::PublicKey => {
            let mut fields = Fields::default();
            fields.add("Public key", describe::public_key(&PublicKey::from_spki(der)?));
            fields
        }
        _ => return Err(unknown()),
    };
    Ok((kind, fields))
}

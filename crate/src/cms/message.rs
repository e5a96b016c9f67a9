//! The structure of a CMS SignedData message (RFC 5652 §5), in BER or DER.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::attributes::SignedAttributes;
use super::oids;
use super::signing_certificate::SigningCertificate;
use super::unique::unique;
use crate::code::Code;
use crate::der::{self, Malformed, Oid, ber};
use crate::error::Error;
use crate::text::text;
use crate::x509::{Algorithm, Name};

hidden!(Enclosed);

/// The maximum number of signers in one message.
pub const MAX_SIGNERS: usize = 20;
/// The maximum number of certificates in one message, and of CRLs and OCSP responses.
pub const MAX_CERTIFICATES: usize = 256;

/// The maximum size in bytes of all certificates in one message, because the cost of reading them adds up.
const MAX_CERTIFICATES_BYTES: usize = 4 << 20;

/// A SignedData message. Nothing in it has been verified.
#[derive(Clone)]
pub(crate) struct Message<'a> {
    /// eContentType.
    pub content_type: Oid<'a>,
    /// eContent; `None` if the signature is detached.
    pub content: Option<Cow<'a, [u8]>>,
    pub enclosed: Enclosed<'a>,
    pub signers: Vec<SignerInfo<'a>>,
}

/// The certificates and evidence in a message. None of them is trusted.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Enclosed<'a> {
    /// The DER of the certificates, as received and in order. Candidates for a path, never trust anchors.
    pub certificates: Vec<&'a [u8]>,
    /// The DER of the CRLs, as received.
    pub crls: Vec<&'a [u8]>,
    /// The DER of the OCSP responses (RFC 5940 §2.1), as received.
    pub ocsp_responses: Vec<&'a [u8]>,
    /// The number of signatures that share the limits: those of the message, or those of all messages in the
    /// same file.
    pub signers: usize,
    /// The number of entries of kinds that are not read, such as attribute certificates.
    pub unread: usize,
    /// The signing-certificate attributes of the signer, if any.
    pub(super) named: Vec<SigningCertificate<'a>>,
}

/// The signer identifier (RFC 5652 §5.3).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Identifier<'a> {
    IssuerAndSerial(Name<'a>, &'a [u8]),
    KeyIdentifier(&'a [u8]),
}

/// One signature.
#[derive(Clone)]
pub(crate) struct SignerInfo<'a> {
    pub identifier: Identifier<'a>,
    pub digest_algorithm: Algorithm<'a>,
    /// The attributes with their tag `A0`, as received. They are read when the signer is verified.
    pub signed_attributes: Option<ber::Element<'a>>,
    pub signature_algorithm: Algorithm<'a>,
    pub signature: Cow<'a, [u8]>,
    pub has_unsigned_attributes: bool,
}

impl<'a> SignerInfo<'a> {
    pub(crate) fn attributes(&self) -> Result<Option<SignedAttributes<'a>>, Error> {
        self.signed_attributes
            .map(SignedAttributes::from_element)
            .transpose()
    }
}

impl<'a> Message<'a> {
    pub(crate) fn read(message: &'a [u8]) -> Result<Self, Error> {
        let malformed = |error: Malformed| malformed(error.0);
        let mut outer = ber::outer_sequence(message).map_err(malformed)?;
        let kind = outer.oid().map_err(malformed)?;
        if kind != oids::SIGNED_DATA {
            return Err(Error::new(
                Code::CmsTypeUnsupported,
                text!["the CMS message is of type ", kind, ", not SignedData"],
            ));
        }
        let mut explicit = outer.inside(der::context_constructed(0)).map_err(malformed)?;
        let body = explicit.inside(der::SEQUENCE).map_err(malformed)?;
        explicit
            .finish()
            .and_then(|()| outer.finish())
            .map_err(malformed)?;
        Self::body(body)
    }

    fn body(mut body: ber::Reader<'a>) -> Result<Self, Error> {
        let fixed = |body: &mut ber::Reader<'a>| {
            version(body)?;
            let mut digests = body.inside(der::SET)?;
            while !digests.is_empty() {
                algorithm(&mut digests)?;
            }
            content_info(body)
        };
        let (content_type, content) = fixed(&mut body).map_err(|error| malformed(error.0))?;
        let mut enclosed = Enclosed::default();
        for (number, kind) in [(0, Set::Certificates), (1, Set::Revocation)] {
            let set = body
                .optional(der::context_constructed(number))
                .map_err(|error| malformed(error.0))?;
            if let Some(set) = set {
                enclosed.take(ber::Reader::new(set.value), kind)?;
            }
        }
        let mut infos = body.inside(der::SET).map_err(|error| malformed(error.0))?;
        body.finish().map_err(|error| malformed(error.0))?;
        let mut signers = Vec::new();
        while !infos.is_empty() {
            if signers.len() == MAX_SIGNERS {
                return Err(limit("signers"));
            }
            signers.push(signer_info(&mut infos).map_err(|error| malformed(error.0))?);
        }
        enclosed.signers = signers.len();
        Ok(Self {
            content_type,
            content,
            enclosed,
            signers,
        })
    }
}

fn malformed(why: &'static str) -> Error {
    Error::new(
        Code::CmsMalformed,
        text!["the CMS SignedData message is malformed: ", why],
    )
}

fn limit(what: &'static str) -> Error {
    Error::new(
        Code::CmsLimitExceeded,
        text!["the CMS message has too many ", what],
    )
}

/// Software disagrees on the version of each form, and nothing depends on it, so only the range is checked.
fn version(reader: &mut ber::Reader<'_>) -> der::Result<()> {
    if reader.small_integer()? > 5 {
        return Err(Malformed("an unknown version"));
    }
    Ok(())
}

/// An AlgorithmIdentifier. Its parameters must be DER.
fn algorithm<'a>(reader: &mut ber::Reader<'a>) -> der::Result<Algorithm<'a>> {
    Algorithm::from_contents(reader.tagged(der::SEQUENCE)?.value)
}

type Content<'a> = Option<Cow<'a, [u8]>>;

fn content_info<'a>(body: &mut ber::Reader<'a>) -> der::Result<(Oid<'a>, Content<'a>)> {
    let mut info = body.inside(der::SEQUENCE)?;
    let content_type = info.oid()?;
    let content = match info.optional(der::context_constructed(0))? {
        None => None,
        Some(explicit) => {
            let mut explicit = ber::Reader::new(explicit.value);
            let content = explicit.octet_string()?;
            explicit.finish()?;
            Some(content)
        }
    };
    info.finish()?;
    Ok((content_type, content))
}

#[derive(Clone, Copy)]
enum Set {
    Certificates,
    Revocation,
}

impl<'a> Enclosed<'a> {
    /// Makes it one of several messages that share the limits.
    pub(super) fn share(&mut self, parts: usize) -> Result<(), Error> {
        self.signers = self.signers.saturating_mul(parts);
        let bytes: usize = self.certificates.iter().map(|der| der.len()).sum();
        if bytes > MAX_CERTIFICATES_BYTES / parts.max(1) {
            return Err(limit("bytes of certificates"));
        }
        Ok(())
    }

    fn take(&mut self, mut set: ber::Reader<'a>, kind: Set) -> Result<(), Error> {
        let mut count = 0;
        while !set.is_empty() {
            if count == MAX_CERTIFICATES {
                return Err(limit("certificates or CRLs"));
            }
            count += 1;
            let element = set.element().map_err(|error| malformed(error.0))?;
            match (kind, element.tag) {
                (Set::Certificates, der::SEQUENCE) => self.certificates.push(element.raw),
                (Set::Revocation, der::SEQUENCE) => self.crls.push(element.raw),
                (Set::Revocation, 0xa1) => match ocsp_response(element.value) {
                    Some(response) => self.ocsp_responses.push(response),
                    None => self.unread += 1,
                },
                (Set::Certificates, 0xa0..=0xa3) => self.unread += 1,
                _ => return Err(malformed("an unknown kind of certificate or CRL")),
            }
        }
        // A duplicate is not another candidate. Duplicate evidence may stay: it costs no more than other
        // evidence.
        self.certificates = unique(core::mem::take(&mut self.certificates));
        Ok(())
    }
}

/// The OCSP response in an OtherRevocationInfoFormat (RFC 5652 §10.2.1), if it contains one.
fn ocsp_response(contents: &[u8]) -> Option<&[u8]> {
    let mut fields = ber::Reader::new(contents);
    let format = fields.oid().ok()?;
    let response = fields.element().ok()?;
    fields.finish().ok()?;
    (format == oids::OCSP_RESPONSE && response.tag == der::SEQUENCE).then_some(response.raw)
}

fn signer_info<'a>(infos: &mut ber::Reader<'a>) -> der::Result<SignerInfo<'a>> {
    let mut fields = infos.inside(der::SEQUENCE)?;
    version(&mut fields)?;
    let identifier = identifier(&mut fields)?;
    let digest_algorithm = algorithm(&mut fields)?;
    let signed_attributes = fields.optional(der::context_constructed(0))?;
    let signature_algorithm = algorithm(&mut fields)?;
    let signature = fields.octet_string()?;
    let has_unsigned_attributes = fields.optional(der::context_constructed(1))?.is_some();
    fields.finish()?;
    Ok(SignerInfo {
        identifier,
        digest_algorithm,
        signed_attributes,
        signature_algorithm,
        signature,
        has_unsigned_attributes,
    })
}

fn identifier<'a>(fields: &mut ber::Reader<'a>) -> der::Result<Identifier<'a>> {
    let element = fields.element()?;
    match element.tag {
        der::SEQUENCE => {
            let mut pair = ber::Reader::new(element.value);
            let issuer = Name::from_contents(pair.tagged(der::SEQUENCE)?.value)?;
            let serial = der::integer(pair.tagged(der::INTEGER)?.value)?;
            pair.finish()?;
            Ok(Identifier::IssuerAndSerial(issuer, serial))
        }
        0x80 => Ok(Identifier::KeyIdentifier(element.value)),
        // A constructed key identifier would be a segmented string of 20 octets, which no software writes.
        _ => Err(Malformed("an unknown kind of signer identifier")),
    }
}

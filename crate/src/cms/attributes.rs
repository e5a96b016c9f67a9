//! Signed attributes (RFC 5652 §5.3, §11; RFC 6211).

use alloc::vec::Vec;

use super::oids;
use super::signing_certificate::SigningCertificate;
use crate::code::Code;
use crate::der::{self, Malformed, Oid, Reader, ber};
use crate::error::Error;
use crate::text::text;
use crate::x509::Algorithm;

/// The maximum number of signed attributes of one signer.
pub const MAX_ATTRIBUTES: usize = 64;

/// The signed attributes of one signer, DER and without duplicates.
#[derive(Clone)]
pub(crate) struct SignedAttributes<'a> {
    /// As received, with the tag `A0`.
    raw: &'a [u8],
    pub content_type: Option<Oid<'a>>,
    pub message_digest: Option<&'a [u8]>,
    /// Unix time in seconds, as claimed by the signer.
    pub signing_time: Option<i64>,
    pub algorithm_protection: Option<AlgorithmProtection<'a>>,
    /// SigningCertificate (RFC 2634 §5.4), with SHA-1.
    pub signing_certificate: Option<SigningCertificate<'a>>,
    /// SigningCertificateV2 (RFC 5035 §3).
    pub signing_certificate_v2: Option<SigningCertificate<'a>>,
}

/// CMSAlgorithmProtection (RFC 6211 §2).
#[derive(Clone, Copy)]
pub(crate) struct AlgorithmProtection<'a> {
    pub digest: Algorithm<'a>,
    pub signature: Algorithm<'a>,
}

impl<'a> SignedAttributes<'a> {
    /// Reads the element `[0] IMPLICIT SET OF Attribute`.
    ///
    /// The order of the attributes is not checked: some software does not sort them, and the signature covers
    /// the bytes as received.
    pub(crate) fn from_element(element: ber::Element<'a>) -> Result<Self, Error> {
        if !element.length_is_der {
            return Err(not_der(Malformed("a length that is indefinite or not minimal")));
        }
        Self::from_contents(element.value, element.raw)
    }

    fn from_contents(contents: &'a [u8], raw: &'a [u8]) -> Result<Self, Error> {
        let mut attributes = Self {
            raw,
            content_type: None,
            message_digest: None,
            signing_time: None,
            algorithm_protection: None,
            signing_certificate: None,
            signing_certificate_v2: None,
        };
        let mut seen: Vec<Oid<'a>> = Vec::new();
        let mut list = Reader::new(contents);
        while !list.is_empty() {
            let (kind, mut values) = attribute(&mut list).map_err(not_der)?;
            if seen.contains(&kind) {
                return Err(duplicate("a signed attribute appears twice"));
            }
            if seen.len() == MAX_ATTRIBUTES {
                return Err(Error::new(
                    Code::CmsLimitExceeded,
                    "a signer has too many signed attributes",
                ));
            }
            seen.push(kind);
            attributes.take(kind, &mut values)?;
        }
        Ok(attributes)
    }

    fn take(&mut self, kind: Oid<'a>, values: &mut Reader<'a>) -> Result<(), Error> {
        let single: fn(Malformed) -> Error = |error| {
            Error::new(
                Code::SignedAttributeMalformed,
                text!["a signed attribute is malformed: ", error.0],
            )
        };
        match kind {
            oids::CONTENT_TYPE => self.content_type = Some(values.oid().map_err(single)?),
            oids::MESSAGE_DIGEST => {
                self.message_digest = Some(values.contents(der::OCTET_STRING).map_err(single)?);
            }
            oids::SIGNING_TIME => self.signing_time = Some(values.time().map_err(single)?),
            oids::ALGORITHM_PROTECTION => {
                self.algorithm_protection = Some(AlgorithmProtection::read(values).map_err(single)?);
            }
            oids::SIGNING_CERTIFICATE => {
                self.signing_certificate = Some(SigningCertificate::version_1(values).map_err(single)?);
            }
            oids::SIGNING_CERTIFICATE_V2 => {
                self.signing_certificate_v2 = Some(SigningCertificate::version_2(values).map_err(single)?);
            }
            _ => return Ok(()),
        }
        if values.is_empty() {
            Ok(())
        } else {
            Err(duplicate(
                "a single-valued signed attribute has several values (RFC 5652 §11, RFC 5035 §5.4)",
            ))
        }
    }

    /// The attributes that name the signer's certificate.
    pub(crate) fn signing_certificates(&self) -> impl Iterator<Item = &SigningCertificate<'a>> {
        let both = [&self.signing_certificate, &self.signing_certificate_v2];
        both.into_iter().flatten()
    }

    /// The bytes that the signature covers: as received, with the tag of SET OF (RFC 5652 §5.4). Never sorted
    /// again.
    pub(crate) fn signed_bytes(&self) -> Vec<u8> {
        let mut bytes = self.raw.to_vec();
        if let Some(tag) = bytes.first_mut() {
            *tag = der::SET;
        }
        bytes
    }

    /// Whether `content` may be the signed attributes of another signer: a SET OF Attribute with contentType
    /// and messageDigest. A signature of attributes could then pass for a signature of this content.
    pub(crate) fn could_be(content: &[u8]) -> bool {
        let mut reader = Reader::new(content);
        let Ok(set) = reader.contents(der::SET) else {
            return false;
        };
        let mut list = Reader::new(set);
        let (mut content_type, mut message_digest) = (false, false);
        while !list.is_empty() {
            let Ok((kind, _)) = attribute(&mut list) else {
                return false;
            };
            content_type |= kind == oids::CONTENT_TYPE;
            message_digest |= kind == oids::MESSAGE_DIGEST;
        }
        reader.is_empty() && content_type && message_digest
    }
}

/// The type and the values of one Attribute. There is at least one value.
fn attribute<'a>(list: &mut Reader<'a>) -> der::Result<(Oid<'a>, Reader<'a>)> {
    let mut fields = list.sequence()?;
    let kind = fields.oid()?;
    let values = Reader::new(fields.contents(der::SET)?);
    fields.finish()?;
    let mut each = values;
    if each.is_empty() {
        return Err(Malformed("an attribute without a value"));
    }
    while !each.is_empty() {
        each.element()?;
    }
    Ok((kind, values))
}

impl<'a> AlgorithmProtection<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let digest = Algorithm::read(&mut fields)?;
        // [1] signatureAlgorithm. [2] macAlgorithm is for AuthenticatedData.
        let signature = Algorithm::from_contents(fields.contents(der::context_constructed(1))?)?;
        fields.finish()?;
        Ok(Self { digest, signature })
    }
}

fn not_der(error: Malformed) -> Error {
    Error::new(
        Code::SignedAttributesNotDer,
        text!["the signed attributes are not DER: ", error.0],
    )
}

fn duplicate(message: &'static str) -> Error {
    Error::new(Code::SignedAttributeDuplicate, message)
}

//! Certificates (RFC 5280 §4), read in place.

use alloc::string::String;

use super::algorithm::Algorithm;
use super::cost::spend;
use super::extensions::{Extension, Extensions};
use super::name::Name;
use super::name_text::hex;
use super::oddities::Oddities;
use crate::code::Code;
use crate::der::{self, BitString, Malformed, Reader};
use crate::error::Error;
use crate::signature::{Spki, key_bits};

hidden!(Certificate);

/// The maximum length of a serial number in bytes. RFC 5280 §4.1.2.2 allows 20, but some CAs use more.
const MAX_SERIAL_BYTES: usize = 40;

/// A certificate that borrows from its DER. Nothing in it has been verified.
#[derive(Clone)]
pub struct Certificate<'a> {
    raw: &'a [u8],
    tbs: &'a [u8],
    serial: &'a [u8],
    algorithm: Algorithm<'a>,
    issuer: Name<'a>,
    issuer_der: &'a [u8],
    not_before: i64,
    not_after: i64,
    subject: Name<'a>,
    spki: &'a [u8],
    extensions: Extensions<'a>,
    signature: &'a [u8],
    version: u8,
    oddities: Oddities,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate: DER except for [`Oddities`], version 1, 2 or 3, no duplicate extension, all
    /// extensions that path validation uses well-formed, and the same algorithm in signatureAlgorithm and the
    /// signature field (RFC 5280 §4.1.1.2).
    ///
    /// # Errors
    /// [`Code::CertificateMalformed`].
    pub fn from_der(der: &'a [u8]) -> Result<Self, Error> {
        Self::read(der).map_err(|malformed| malformed.of(Code::CertificateMalformed, "certificate"))
    }

    fn read(raw: &'a [u8]) -> der::Result<Self> {
        let mut outer = der::outer_sequence(raw)?;
        let tbs = outer.tagged(der::SEQUENCE)?;
        let outer_algorithm = outer.tagged(der::SEQUENCE)?;
        let signature = outer.bit_string()?.whole_bytes()?;
        outer.finish()?;

        let mut fields = Reader::new(tbs.value);
        let mut oddities = Oddities::default();
        let version = match fields.optional(der::context_constructed(0))? {
            None => 1,
            Some(explicit) => {
                let mut explicit = Reader::new(explicit);
                let version = explicit.small_integer()?;
                explicit.finish()?;
                match version {
                    0 => {
                        oddities.default_value = true;
                        1
                    }
                    1 => 2,
                    2 => 3,
                    _ => return Err(Malformed("an unknown version")),
                }
            }
        };
        let serial = fields.integer()?;
        if serial.len() > MAX_SERIAL_BYTES {
            return Err(Malformed("a serial number that is too long"));
        }
        let inner_algorithm = fields.tagged(der::SEQUENCE)?;
        if inner_algorithm.raw != outer_algorithm.raw {
            return Err(Malformed(
                "different algorithms in signatureAlgorithm and in the signature field (RFC 5280 §4.1.1.2)",
            ));
        }
        let algorithm = Algorithm::from_contents(outer_algorithm.value)?;
        let issuer_element = fields.tagged(der::SEQUENCE)?;
        let issuer = Name::from_contents(issuer_element.value)?;
        let mut validity = fields.sequence()?;
        let (not_before, not_after) = (validity.time()?, validity.time()?);
        validity.finish()?;
        let subject = Name::read(&mut fields)?;
        let spki = fields.tagged(der::SEQUENCE)?;
        // The key itself is not read: the key of an end-entity certificate is not needed to validate its
        // path.
        Algorithm::from_contents(Spki::from_der(spki.raw)?.algorithm)?;
        for number in [1, 2] {
            // issuerUniqueID, subjectUniqueID
            if let Some(unique) = fields.optional(der::context(number))? {
                BitString::from_contents(unique)?;
                if version == 1 {
                    return Err(Malformed("a unique identifier in a version 1 certificate"));
                }
            }
        }
        let extensions = match fields.optional(der::context_constructed(3))? {
            None => Extensions::default(),
            Some(_) if version != 3 => {
                return Err(Malformed("extensions in a certificate that is not version 3"));
            }
            Some(explicit) => {
                let mut explicit = Reader::new(explicit);
                let list = explicit.sequence()?;
                explicit.finish()?;
                Extensions::read(list)?
            }
        };
        fields.finish()?;
        oddities.default_value |= extensions.oddities.default_value;
        oddities.trailing_zeros |= extensions.oddities.trailing_zeros;
        Ok(Self {
            raw,
            tbs: tbs.raw,
            serial,
            algorithm,
            issuer,
            issuer_der: issuer_element.raw,
            not_before,
            not_after,
            subject,
            spki: spki.raw,
            extensions,
            signature,
            version,
            oddities,
        })
    }

    /// The DER of the certificate.
    #[must_use]
    pub const fn as_der(&self) -> &'a [u8] {
        self.raw
    }

    /// tbsCertificate, the signed part.
    #[must_use]
    pub const fn tbs(&self) -> &'a [u8] {
        self.tbs
    }

    /// The encodings that are not strictly DER.
    #[must_use]
    pub const fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// 1, 2 or 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The contents of the serial number: two's complement, minimal, possibly negative.
    #[must_use]
    pub const fn serial(&self) -> &'a [u8] {
        self.serial
    }

    /// The serial number in hexadecimal, two digits for each byte, without the leading zero byte of a
    /// positive INTEGER.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        hex(match self.serial {
            [0, rest @ ..] if !rest.is_empty() => rest,
            serial => serial,
        })
    }

    /// signatureAlgorithm.
    #[must_use]
    pub const fn algorithm(&self) -> &Algorithm<'a> {
        &self.algorithm
    }

    /// The name of the issuer.
    #[must_use]
    pub const fn issuer(&self) -> &Name<'a> {
        &self.issuer
    }

    /// The DER of the issuer's name.
    #[must_use]
    pub const fn issuer_der(&self) -> &'a [u8] {
        self.issuer_der
    }

    /// notBefore, the start of the validity period, as Unix time in seconds.
    #[must_use]
    pub const fn not_before(&self) -> i64 {
        self.not_before
    }

    /// notAfter, the last second of the validity period, as Unix time in seconds.
    #[must_use]
    pub const fn not_after(&self) -> i64 {
        self.not_after
    }

    /// The name of the subject. Personal data in an end-entity certificate.
    #[must_use]
    pub const fn subject(&self) -> &Name<'a> {
        &self.subject
    }

    /// The DER of the SubjectPublicKeyInfo.
    #[must_use]
    pub const fn spki(&self) -> &'a [u8] {
        self.spki
    }

    /// The bits of the public key, without the algorithm.
    #[must_use]
    pub fn key_bits(&self) -> Option<&'a [u8]> {
        key_bits(self.spki)
    }

    /// The extensions.
    #[must_use]
    pub const fn extensions(&self) -> &Extensions<'a> {
        &self.extensions
    }

    /// All extensions, in order.
    pub fn all_extensions(&self) -> impl Iterator<Item = Extension<'a>> + use<'a> {
        self.extensions.iter()
    }

    /// The signature.
    #[must_use]
    pub const fn signature(&self) -> &'a [u8] {
        self.signature
    }

    /// Whether issuer and subject are the same name (RFC 5280 §3.2: self-issued).
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer.matches(&self.subject)
    }

    /// Whether the certificate is a CA certificate according to basicConstraints.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.extensions
            .basic_constraints
            .is_some_and(|constraints| constraints.ca)
    }
}

/// The fields of a certificate that cannot be read as a whole: enough to identify it.
pub(crate) struct Outline<'a> {
    pub(crate) serial: &'a [u8],
    pub(crate) issuer: Name<'a>,
    pub(crate) subject: Name<'a>,
}

impl<'a> Outline<'a> {
    pub(crate) fn of(raw: &'a [u8]) -> Option<Self> {
        let mut outer = Reader::new(raw).sequence().ok()?;
        let mut fields = outer.sequence().ok()?;
        fields.optional(der::context_constructed(0)).ok()?;
        let serial = fields.contents(der::INTEGER).ok()?;
        fields.contents(der::SEQUENCE).ok()?;
        let issuer = Name::read(&mut fields).ok()?;
        fields.contents(der::SEQUENCE).ok()?;
        let subject = Name::read(&mut fields).ok()?;
        Some(Self {
            serial,
            issuer,
            subject,
        })
    }

    /// Whether `raw` contains a subjectKeyIdentifier with this key. The search counts against the limit on
    /// name comparisons.
    pub(crate) fn has_key_identifier(raw: &[u8], key: &[u8], comparisons: &mut u32) -> Result<bool, Error> {
        let Some(length) = u8::try_from(key.len()).ok().filter(|length| *length < 0x7e) else {
            return Ok(false);
        };
        spend(comparisons, raw.len())?;
        let head = [
            6,
            3,
            0x55,
            0x1d,
            14,
            der::OCTET_STRING,
            length + 2,
            der::OCTET_STRING,
            length,
        ];
        Ok(raw
            .windows(head.len() + key.len())
            .any(|window| window.strip_prefix(&head).is_some_and(|found| found == key)))
    }
}

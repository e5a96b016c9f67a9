//! OCSP responses (RFC 6960 §4.2), read in place.

use alloc::vec::Vec;
use core::cell::OnceCell;

use super::algorithm::Algorithm;
use super::certificate::Certificate;
use super::extensions::Extension;
use super::name::Name;
use super::oids;
use super::revocation_status::{Reason, Revocation, Revoked};
use super::signed::Signed;
use crate::code::Code;
use crate::der::{self, Malformed, Oid, Reader};
use crate::error::Error;
use crate::signature::{Hash, key_bits};

hidden!(OcspResponse);

/// The maximum number of SingleResponse entries in one response.
const MAX_ANSWERS: usize = 256;
/// Further certificates in a response are ignored, because anyone can add some.
pub(super) const MAX_CERTIFICATES: usize = 16;

/// An OCSP response that borrows from its DER. Nothing in it has been verified.
#[derive(Clone)]
pub struct OcspResponse<'a> {
    pub(super) status: u32,
    pub(super) basic: Option<Basic<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct Basic<'a> {
    pub(super) signed: Signed<'a>,
    pub(super) responder: Responder<'a>,
    answers: Reader<'a>,
    nonce: Option<&'a [u8]>,
    certificates: Reader<'a>,
    pub(super) unknown_critical: Option<Oid<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Responder<'a> {
    Name(Name<'a>),
    KeyHash(&'a [u8]),
}

/// One SingleResponse.
pub(super) struct Answer<'a> {
    hash: Algorithm<'a>,
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    serial: &'a [u8],
    pub(super) status: Revocation,
    pub(super) this_update: i64,
    pub(super) next_update: Option<i64>,
    pub(super) unknown_critical: Option<Oid<'a>>,
}

impl<'a> OcspResponse<'a> {
    /// Reads a response: strict DER, with a basic response inside if the response is successful.
    ///
    /// # Errors
    /// [`Code::OcspMalformed`].
    pub fn from_der(der: &'a [u8]) -> Result<Self, Error> {
        Self::read(der).map_err(|malformed| malformed.of(Code::OcspMalformed, "OCSP response"))
    }

    fn read(raw: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(raw)?;
        let status = der::small_integer(fields.contents(der::ENUMERATED)?)?;
        let bytes = fields.optional(der::context_constructed(0))?;
        fields.finish()?;
        let basic = match (status, bytes) {
            (0, Some(explicit)) => {
                let mut explicit = Reader::new(explicit);
                let mut bytes = explicit.sequence()?;
                explicit.finish()?;
                if bytes.oid()? != oids::OCSP_BASIC {
                    return Err(Malformed("a response type other than id-pkix-ocsp-basic"));
                }
                let basic = bytes.contents(der::OCTET_STRING)?;
                bytes.finish()?;
                Some(Basic::read(basic)?)
            }
            (0, None) => return Err(Malformed("a successful response without responseBytes")),
            // RFC 6960 §4.2.1.
            (_, Some(_)) => return Err(Malformed("an error status with responseBytes")),
            (_, None) => None,
        };
        Ok(Self { status, basic })
    }
}

impl OcspResponse<'_> {
    /// thisUpdate, as Unix time in seconds, of the SingleResponse about a certificate. `issuer_spki` is the
    /// SubjectPublicKeyInfo of its issuer. Verifies nothing.
    #[must_use]
    pub fn this_update_for(&self, certificate: &Certificate<'_>, issuer_spki: &[u8]) -> Option<i64> {
        let answer = self
            .basic
            .as_ref()?
            .answer_about(certificate, issuer_spki, i64::MAX)?;
        Some(answer.this_update)
    }

    /// thisUpdate, as Unix time in seconds, of every SingleResponse that matches the serial number and the
    /// issuer's name, for any issuer key. Some may therefore be about other certificates. Verifies nothing.
    pub fn possible_this_updates(&self, certificate: &Certificate<'_>) -> impl Iterator<Item = i64> {
        let answers = self.basic.iter().flat_map(Basic::answers);
        let hashes = Hashes::default();
        answers
            .filter(move |answer| answer.is_named(certificate, &hashes))
            .map(|answer| answer.this_update)
    }
}

impl<'a> Basic<'a> {
    fn read(raw: &'a [u8]) -> der::Result<Self> {
        let mut outer = der::outer_sequence(raw)?;
        let tbs = outer.tagged(der::SEQUENCE)?;
        let algorithm = Algorithm::read(&mut outer)?;
        let signature = outer.bit_string()?.whole_bytes()?;
        let certificates = match outer.optional(der::context_constructed(0))? {
            None => Reader::new(&[]),
            Some(explicit) => {
                let mut explicit = Reader::new(explicit);
                let list = explicit.sequence()?;
                explicit.finish()?;
                list
            }
        };
        outer.finish()?;

        let mut fields = Reader::new(tbs.value);
        if fields.optional(der::context_constructed(0))?.is_some() {
            // The only version is the default, which must not be encoded in DER.
            return Err(Malformed(
                "an unknown version, or an explicitly encoded default version",
            ));
        }
        let responder = match fields.optional(der::context_constructed(1))? {
            Some(explicit) => {
                let mut explicit = Reader::new(explicit);
                let name = Name::read(&mut explicit)?;
                explicit.finish()?;
                Responder::Name(name)
            }
            None => {
                let mut explicit = Reader::new(fields.contents(der::context_constructed(2))?);
                let hash = explicit.contents(der::OCTET_STRING)?;
                explicit.finish()?;
                Responder::KeyHash(hash)
            }
        };
        generalized_time(&mut fields)?;
        let answers = fields.sequence()?;
        let mut reader = answers;
        let mut count = 0;
        while !reader.is_empty() {
            Answer::read(&mut reader)?;
            count += 1;
        }
        if count > MAX_ANSWERS {
            return Err(Malformed("too many SingleResponse entries"));
        }
        let mut basic = Self {
            signed: Signed {
                data: tbs.raw,
                algorithm,
                signature,
                lasting: false,
            },
            responder,
            answers,
            nonce: None,
            certificates,
            unknown_critical: None,
        };
        if let Some(explicit) = fields.optional(der::context_constructed(1))? {
            let mut explicit = Reader::new(explicit);
            let list = explicit.sequence()?;
            explicit.finish()?;
            Extension::each(list, |extension| {
                match extension.oid {
                    oids::OCSP_NONCE => basic.nonce = Some(extension.value),
                    oid if extension.critical => basic.unknown_critical = Some(oid),
                    _ => {}
                }
                Ok(())
            })?;
        }
        fields.finish()?;
        Ok(basic)
    }

    /// The length of the SingleResponse entries in bytes.
    pub(super) const fn answers_length(&self) -> usize {
        self.answers.rest().len()
    }

    /// The SingleResponse entries.
    pub(super) fn answers(&self) -> impl Iterator<Item = Answer<'a>> + use<'a> {
        let mut reader = self.answers;
        core::iter::from_fn(move || Answer::read(&mut reader).ok())
    }

    /// The SingleResponse about a certificate whose issuer has this key. The newest with a thisUpdate of `latest` or
    /// earlier takes precedence, so that a later one cannot hide a revocation; at the same time, the worst status does.
    pub(super) fn answer_about(
        &self,
        certificate: &Certificate<'_>,
        issuer_spki: &[u8],
        latest: i64,
    ) -> Option<Answer<'a>> {
        let hashes = Hashes::default();
        self.answers()
            .filter(|answer| answer.is_about(certificate, issuer_spki, &hashes))
            .max_by_key(|answer| (answer.this_update <= latest, answer.this_update, answer.gravity()))
    }

    /// The certificates in the response, up to [`MAX_CERTIFICATES`].
    pub(super) fn certificates(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.enclosed().take(MAX_CERTIFICATES)
    }

    /// All elements in the place of certificates, not read.
    pub(super) fn enclosed(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut reader = self.certificates;
        core::iter::from_fn(move || match reader.element() {
            Ok(element) => Some(element.raw),
            // Bytes that are not an element are returned once, unchanged.
            Err(_) if !reader.is_empty() => {
                let rest = reader.rest();
                reader = Reader::new(&[]);
                Some(rest)
            }
            Err(_) => None,
        })
    }

    /// Whether the response has the nonce of the request: as an OCTET STRING (RFC 8954), or bare as in older
    /// responders.
    pub(super) fn has_nonce(&self, wanted: &[u8]) -> bool {
        self.nonce.is_some_and(|value| {
            let mut reader = Reader::new(value);
            value == wanted || (reader.contents(der::OCTET_STRING) == Ok(wanted) && reader.finish().is_ok())
        })
    }
}

/// The hashes of the name and key of one issuer, each computed at most once.
#[derive(Default)]
struct Hashes {
    names: [OnceCell<Vec<u8>>; 4],
    keys: [OnceCell<Vec<u8>>; 4],
}

impl Hashes {
    fn of_name(&self, hash: Hash, name: &[u8]) -> &[u8] {
        Self::cell(&self.names, hash).map_or(&[], |cell| cell.get_or_init(|| hash.digest(name)))
    }

    fn of_key(&self, hash: Hash, key: &[u8]) -> &[u8] {
        Self::cell(&self.keys, hash).map_or(&[], |cell| cell.get_or_init(|| hash.digest(key)))
    }

    fn cell(cells: &[OnceCell<Vec<u8>>; 4], hash: Hash) -> Option<&OnceCell<Vec<u8>>> {
        cells.get(match hash {
            Hash::Sha1 => 0,
            Hash::Sha256 => 1,
            Hash::Sha384 => 2,
            Hash::Sha512 => 3,
        })
    }
}

fn generalized_time(fields: &mut Reader<'_>) -> der::Result<i64> {
    match fields.peek() {
        Some(der::GENERALIZED_TIME) => fields.time(),
        _ => Err(Malformed("a time that is not a GeneralizedTime")),
    }
}

impl<'a> Answer<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let mut id = fields.sequence()?;
        let hash = Algorithm::read(&mut id)?;
        let name_hash = id.contents(der::OCTET_STRING)?;
        let key_hash = id.contents(der::OCTET_STRING)?;
        let serial = id.integer()?;
        id.finish()?;
        let status = fields.element()?;
        let status = match (status.tag, status.value) {
            (0x80, []) => Revocation::Good,
            (0x82, []) => Revocation::Unknown,
            (0xa1, contents) => {
                let mut info = Reader::new(contents);
                let time = generalized_time(&mut info)?;
                let reason = match info.optional(der::context_constructed(0))? {
                    None => Reason::Unspecified,
                    Some(explicit) => {
                        let mut explicit = Reader::new(explicit);
                        let number = der::small_integer(explicit.contents(der::ENUMERATED)?)?;
                        explicit.finish()?;
                        Reason::from_number(number)?
                    }
                };
                info.finish()?;
                Revocation::Revoked(Revoked { reason, time })
            }
            _ => return Err(Malformed("an unknown certificate status")),
        };
        let this_update = generalized_time(&mut fields)?;
        let next_update = match fields.optional(der::context_constructed(0))? {
            None => None,
            Some(explicit) => {
                let mut explicit = Reader::new(explicit);
                let time = generalized_time(&mut explicit)?;
                explicit.finish()?;
                Some(time)
            }
        };
        let mut unknown_critical = None;
        if let Some(explicit) = fields.optional(der::context_constructed(1))? {
            let mut explicit = Reader::new(explicit);
            let list = explicit.sequence()?;
            explicit.finish()?;
            Extension::each(list, |extension| {
                if extension.critical {
                    unknown_critical = Some(extension.oid);
                }
                Ok(())
            })?;
        }
        fields.finish()?;
        Ok(Self {
            hash,
            name_hash,
            key_hash,
            serial,
            status,
            this_update,
            next_update,
            unknown_critical,
        })
    }

    /// Whether the SingleResponse is about this certificate, with the hash algorithm of its certID (RFC 6960
    /// §4.1.1).
    fn is_about(&self, certificate: &Certificate<'_>, issuer_spki: &[u8], hashes: &Hashes) -> bool {
        self.is_named(certificate, hashes)
            && self.hash().is_some_and(|hash| {
                key_bits(issuer_spki).is_some_and(|key| hashes.of_key(hash, key) == self.key_hash)
            })
    }

    /// Like [`Answer::is_about`], but without the issuer's key.
    fn is_named(&self, certificate: &Certificate<'_>, hashes: &Hashes) -> bool {
        self.serial == certificate.serial()
            && self
                .hash()
                .is_some_and(|hash| hashes.of_name(hash, certificate.issuer_der()) == self.name_hash)
    }

    /// A status that cannot be evaluated is as bad as a revocation: a good status beside it must not replace
    /// it.
    fn gravity(&self) -> u8 {
        match self.status {
            Revocation::Revoked(_) => 3,
            _ if self.unknown_critical.is_some() => 2,
            Revocation::Unknown | Revocation::NotChecked => 1,
            Revocation::Good => 0,
        }
    }

    fn hash(&self) -> Option<Hash> {
        Hash::from_oid(self.hash.oid)
    }
}

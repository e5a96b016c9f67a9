//! OCSP responses (RFC 6960 §4.2), and asking them about a certificate.

use super::algorithm::Algorithm;
use super::budget::{Budget, Signed};
use super::certificate::{Certificate, key_bits};
use super::crl::{Reason, Revoked};
use super::extensions::{Extension, KeyUsage};
use super::name::Name;
use super::oids;
use super::revocation::{Evidence, Inquiry, IssuerKey, Problems, Revocation};
use super::validate::{Verifier, check_critical, check_validity};
use crate::der::{self, Malformed, Oid, Reader};
use crate::error::{Code, Error};
use crate::signature::Hash;

/// The most answers and the most certificates that one response may have.
const MAX_ANSWERS: usize = 256;
const MAX_CERTIFICATES: usize = 16;

/// An OCSP response. Borrows from its DER; nothing of it has been verified.
#[derive(Clone, Debug)]
pub struct OcspResponse<'a> {
    status: u32,
    basic: Option<Basic<'a>>,
}

#[derive(Clone, Debug)]
struct Basic<'a> {
    signed: Signed<'a>,
    responder: Responder<'a>,
    answers: Reader<'a>,
    nonce: Option<&'a [u8]>,
    certificates: Reader<'a>,
    unknown_critical: Option<Oid<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum Responder<'a> {
    Name(Name<'a>),
    KeyHash(&'a [u8]),
}

impl Responder<'_> {
    fn is(&self, name: &Name<'_>, key: Option<&[u8]>) -> bool {
        match self {
            Self::Name(ours) => ours.matches(name),
            // RFC 6960 §4.2.1: SHA-1, as an identifier and not for security.
            Self::KeyHash(hash) => key.is_some_and(|key| Hash::Sha1.digest(key) == *hash),
        }
    }
}

/// One SingleResponse.
struct Answer<'a> {
    hash: Algorithm<'a>,
    name_hash: &'a [u8],
    key_hash: &'a [u8],
    serial: &'a [u8],
    status: Revocation,
    this_update: i64,
    next_update: Option<i64>,
    unknown_critical: Option<Oid<'a>>,
}

impl<'a> OcspResponse<'a> {
    /// Reads a response: strict DER, and a basic response inside if the responder answered at all.
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
                    return Err(Malformed("a response of another type than id-pkix-ocsp-basic"));
                }
                let basic = bytes.contents(der::OCTET_STRING)?;
                bytes.finish()?;
                Some(Basic::read(basic)?)
            }
            (0, None) => return Err(Malformed("a successful response without its bytes")),
            _ => None,
        };
        Ok(Self { status, basic })
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
            // The only version is the default, which DER leaves out.
            return Err(Malformed(
                "a version that does not exist, or a default value written out",
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
            return Err(Malformed("more answers than any real response has"));
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

    /// Whether the response has the nonce of the request: as an OCTET STRING (RFC 8954), or bare as older ones have it.
    fn has_nonce(&self, wanted: &[u8]) -> bool {
        self.nonce.is_some_and(|value| {
            let mut reader = Reader::new(value);
            value == wanted || (reader.contents(der::OCTET_STRING) == Ok(wanted) && reader.finish().is_ok())
        })
    }
}

fn generalized_time(fields: &mut Reader<'_>) -> der::Result<i64> {
    match fields.peek() {
        Some(der::GENERALIZED_TIME) => fields.time(),
        _ => Err(Malformed("a time that is no GeneralizedTime")),
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
            _ => return Err(Malformed("a certificate status that does not exist")),
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

    /// Whether the answer is about this certificate, by the hash that its certID names (RFC 6960 §4.1.1).
    fn is_about(&self, certificate: &Certificate<'_>, issuer: &IssuerKey<'_, '_>) -> bool {
        let hash = match self.hash.oid {
            oids::SHA1 => Hash::Sha1,
            oids::SHA256 => Hash::Sha256,
            oids::SHA384 => Hash::Sha384,
            oids::SHA512 => Hash::Sha512,
            _ => return false,
        };
        self.serial == certificate.serial()
            && hash.digest(certificate.issuer_der()) == self.name_hash
            && key_bits(issuer.spki).is_some_and(|key| hash.digest(key) == self.key_hash)
    }
}

impl<'a> Verifier<'a> {
    pub(super) fn ask_responses(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Result<Revocation, Error> {
        let mut outcome = Revocation::Unknown;
        for response in &inquiry.evidence.responses {
            let Some(basic) = &response.basic else {
                problems.other(Error::new(
                    Code::OcspUnsuccessful,
                    format!("the OCSP responder answered with the error {}", response.status),
                ));
                continue;
            };
            budget.comparison()?;
            let mut reader = basic.answers;
            let answers = core::iter::from_fn(|| Answer::read(&mut reader).ok());
            // Several answers about one certificate: the newest one counts.
            let answer = answers
                .filter(|answer| answer.is_about(inquiry.certificate, &inquiry.issuer))
                .max_by_key(|answer| answer.this_update);
            let Some(answer) = answer else {
                problems.other(Error::new(
                    Code::OcspCertificateMismatch,
                    "the OCSP response has no answer about the certificate",
                ));
                continue;
            };
            if let Err(error) = self.check_answer(basic, &answer) {
                problems.concerning(error);
                continue;
            }
            match self.check_responder(inquiry, basic, budget) {
                Ok(()) => {}
                Err(error) if error.code() == Code::PathBudgetExhausted => return Err(error),
                Err(error) => {
                    problems.concerning(error);
                    continue;
                }
            }
            match answer.status {
                revoked @ Revocation::Revoked(_) => return Ok(revoked),
                Revocation::Good => outcome = Revocation::Good,
                _ => {}
            }
        }
        Ok(outcome)
    }

    /// Nonce, time and extensions.
    fn check_answer(&self, basic: &Basic<'_>, answer: &Answer<'_>) -> Result<(), Error> {
        let options = &self.options.revocation;
        let (time, skew) = (self.options.time, options.clock_skew);
        if let Some(oid) = basic.unknown_critical.or(answer.unknown_critical) {
            return Err(Error::new(
                Code::ExtensionUnsupported,
                format!("the critical extension {oid} of the OCSP response is not supported"),
            ));
        }
        if options.ocsp_nonce.is_some_and(|nonce| !basic.has_nonce(nonce)) {
            return Err(Error::new(
                Code::OcspNonceMismatch,
                "the OCSP response does not have the nonce of the request",
            ));
        }
        if answer.this_update.saturating_sub(skew) > time {
            return Err(Error::new(
                Code::OcspNotYetValid,
                "the OCSP answer was made after the time to validate for",
            ));
        }
        let age = time.saturating_sub(answer.this_update);
        let too_old = options
            .ocsp_max_age
            .is_some_and(|allowed| age > allowed.saturating_add(skew));
        let over = match answer.next_update {
            Some(next) => time > next.saturating_add(skew),
            None => options.ocsp_max_age.is_none(),
        };
        if over || too_old {
            return Err(Error::new(
                Code::OcspExpired,
                "the OCSP answer is superseded, older than allowed, or has no nextUpdate and no maximum age was set",
            ));
        }
        Ok(())
    }

    /// The issuer itself, or someone to whom this very issuer gave the task (RFC 6960 §4.2.2.2).
    fn check_responder(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        basic: &Basic<'_>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let issuer = &inquiry.issuer;
        let mismatch = || {
            Error::new(
                Code::OcspSignatureMismatch,
                "the OCSP response was not signed by the key of its responder",
            )
        };
        let mut refusal = None;
        if basic.responder.is(issuer.name, key_bits(issuer.spki)) {
            match budget.verify(&basic.signed, issuer.spki)? {
                Ok(()) => return Ok(()),
                Err(error) if error.code() == Code::SignatureMismatch => refusal = Some(mismatch()),
                Err(error) => return Err(error),
            }
        }
        let mut reader = basic.certificates;
        let certificates = core::iter::from_fn(|| reader.element().ok());
        for element in certificates.take(MAX_CERTIFICATES) {
            let Ok(certificate) = Certificate::from_der(element.raw) else {
                continue;
            };
            if !basic.responder.is(certificate.subject(), certificate.key_bits()) {
                continue;
            }
            budget.candidate()?;
            match self.check_delegate(inquiry, &certificate, budget) {
                Err(error) if error.code() == Code::PathBudgetExhausted => return Err(error),
                Err(error) => {
                    refusal.get_or_insert(error);
                }
                Ok(()) => match budget.verify(&basic.signed, certificate.spki())? {
                    Ok(()) => return Ok(()),
                    Err(error) if error.code() == Code::SignatureMismatch => {
                        refusal.get_or_insert_with(mismatch);
                    }
                    Err(error) => {
                        refusal.get_or_insert(error);
                    }
                },
            }
        }
        Err(refusal.unwrap_or_else(|| {
            unauthorized("is neither the issuer nor a responder whose certificate comes with the response")
        }))
    }

    fn check_delegate(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        certificate: &Certificate<'_>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let issuer = &inquiry.issuer;
        let extensions = certificate.extensions();
        if !certificate.issuer().matches(issuer.name)
            || budget
                .verify(&Signed::certificate(certificate, false), issuer.spki)?
                .is_err()
        {
            return Err(unauthorized("has a certificate that the issuer did not issue"));
        }
        let named = extensions
            .extended_key_usage
            .is_some_and(|usage| usage.iter().any(|purpose| purpose == oids::OCSP_SIGNING));
        if !named {
            return Err(unauthorized("has a certificate without id-kp-OCSPSigning"));
        }
        if extensions
            .key_usage
            .is_some_and(|usage| !usage.contains(KeyUsage::DIGITAL_SIGNATURE))
        {
            return Err(unauthorized("has a certificate without digitalSignature"));
        }
        check_critical(extensions)
            .and_then(|_| check_validity(certificate, self.options.time))
            .map_err(|error| {
                unauthorized(&format!(
                    "has a certificate that is not valid: {}",
                    error.message()
                ))
            })?;
        if extensions.ocsp_no_check {
            return Ok(());
        }
        // RFC 6960 §4.2.2.2.1 leaves this to the client: CRLs are asked where there are some.
        let evidence = Evidence {
            crls: inquiry.evidence.crls.clone(),
            responses: Vec::new(),
            unreadable: None,
            lasting: inquiry.evidence.lasting,
        };
        let responder = Inquiry {
            certificate,
            issuer: *issuer,
            anchor: inquiry.anchor,
            goal: inquiry.goal,
            evidence: &evidence,
        };
        match self.ask_crls(&responder, budget, &mut Problems::default())? {
            Revocation::Revoked(_) => Err(unauthorized("has a certificate that was revoked")),
            _ => Ok(()),
        }
    }
}

fn unauthorized(why: &str) -> Error {
    Error::new(
        Code::OcspResponderUnauthorized,
        format!("the signer of the OCSP response {why}"),
    )
}

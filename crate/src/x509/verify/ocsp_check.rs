//! Asking OCSP responses about a certificate (RFC 6960 §3.2).

use super::budget::Budget;
use super::checks::{check_critical, check_validity};
use super::evidence::{Evidence, Problems};
use super::inquiry::Inquiry;
use super::verifier::Verifier;
use crate::code::Code;
use crate::error::Error;
use crate::signature::{Hash, key_bits};
use crate::x509::{
    Certificate, KeyUsage, Name, Outline, Revocation,
    ocsp::{Answer, Basic, MAX_CERTIFICATES, Responder},
    oids,
    signed::Signed,
};

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
            // The issuer's name is hashed for each, and all answers are read.
            let bytes = inquiry.certificate.issuer_der().len() + basic.answers_length();
            budget.compare(u32::try_from(bytes / 32).unwrap_or(u32::MAX).saturating_add(1))?;
            let answer = basic.answer_about(inquiry.certificate, inquiry.issuer.spki);
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
            let authorized =
                self.check_responder(inquiry, basic, budget)
                    .and_then(|()| match answer.status {
                        Revocation::Good => self.check_enclosed(inquiry, basic, budget),
                        // Whatever comes along does not make a revocation less of one.
                        _ => Ok(()),
                    });
            match authorized {
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
        let (time, tolerance) = (self.options.time, options.clock_tolerance);
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
        if answer.this_update.saturating_sub(tolerance) > time {
            return Err(Error::new(
                Code::OcspNotYetValid,
                "the OCSP answer was made after the time to validate for",
            ));
        }
        let age = time.saturating_sub(answer.this_update);
        let max_age = match answer.next_update {
            Some(_) => options.ocsp_max_age,
            None => options.ocsp_max_age.or(options.ocsp_max_age_without_end),
        };
        let too_old = max_age.is_some_and(|allowed| age > allowed.saturating_add(tolerance));
        let over = match answer.next_update {
            Some(next) => time > next.saturating_add(tolerance),
            None => max_age.is_none(),
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
        if is_responder(&basic.responder, issuer.name, key_bits(issuer.spki), budget)? {
            match budget.verify(&basic.signed, issuer.spki)? {
                Ok(()) => return Ok(()),
                Err(error) if error.code() == Code::SignatureMismatch => refusal = Some(mismatch()),
                Err(error) => return Err(error),
            }
        }
        // One that is there and cannot be read may be the responder's: it is not called missing. One of the responder's name
        // is taken for it.
        let (mut named, mut unreadable) = (None, None);
        for der in basic.certificates() {
            budget.candidate(der)?;
            let certificate = match Certificate::from_der(der) {
                Ok(certificate) => certificate,
                Err(error) => {
                    match is_named(&basic.responder, der, budget)? {
                        true => named.get_or_insert(error),
                        false => unreadable.get_or_insert(error),
                    };
                    continue;
                }
            };
            let (name, key) = (certificate.subject(), certificate.key_bits());
            if !is_responder(&basic.responder, name, key, budget)? {
                continue;
            }
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
        let told = |error: Error| {
            let why = error.message();
            let said = format!("a certificate that comes with the OCSP response cannot be read: {why}");
            Error::new(error.code(), said)
        };
        let reason = named.map(told).or(refusal).or(unreadable.map(told));
        Err(reason.unwrap_or_else(|| {
            unauthorized(if basic.enclosed().count() > MAX_CERTIFICATES {
                "is neither the issuer nor a responder whose certificate is among the first 16 that come with the response"
            } else {
                "is neither the issuer nor a responder whose certificate comes with the response"
            })
        }))
    }

    /// Whether all that comes with the response was signed by the issuer, where the caller asks for that.
    fn check_enclosed(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        basic: &Basic<'_>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        if !self.options.revocation.ocsp_certificates_of_issuer {
            return Ok(());
        }
        for der in basic.enclosed() {
            budget.candidate(der)?;
            let not_issued = || unauthorized("sent a certificate along that the issuer did not issue");
            let certificate = Certificate::from_der(der).map_err(|_| not_issued())?;
            budget
                .verify(&Signed::certificate(&certificate, false), inquiry.issuer.spki)?
                .map_err(|error| unless_checked(error, not_issued()))?;
        }
        Ok(())
    }

    fn check_delegate(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        certificate: &Certificate<'_>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let issuer = &inquiry.issuer;
        let extensions = certificate.extensions();
        // By what is signed: the signature can be encoded in several ways.
        if certificate.tbs() == inquiry.certificate.tbs() {
            return Err(unauthorized(
                "is the holder of the certificate that is asked about",
            ));
        }
        let not_issued = || unauthorized("has a certificate that the issuer did not issue");
        if !budget.same_name(certificate.issuer(), issuer.name)? {
            return Err(not_issued());
        }
        budget
            .verify(&Signed::certificate(certificate, false), issuer.spki)?
            .map_err(|error| unless_checked(error, not_issued()))?;
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
        let mut problems = Problems::default();
        match self.ask_crls(&responder, budget, &mut problems)? {
            Revocation::Revoked(_) => Err(unauthorized("has a certificate that was revoked")),
            _ if problems.is_doubtful() => Err(unauthorized("has a certificate that may have been revoked")),
            _ => Ok(()),
        }
    }
}

/// What it means that a signature could not be checked: `mismatch` only where it could.
fn unless_checked(error: Error, mismatch: Error) -> Error {
    match error.code() {
        Code::SignatureMismatch => mismatch,
        code => Error::new(
            code,
            format!(
                "the signature of a certificate that comes with the OCSP response cannot be checked: {}",
                error.message()
            ),
        ),
    }
}

/// Whether a certificate that cannot be read has the responder's name.
fn is_named(responder: &Responder<'_>, der: &[u8], budget: &mut Budget) -> Result<bool, Error> {
    let Responder::Name(named) = responder else {
        return Ok(false);
    };
    match Outline::of(der) {
        Some(outline) => budget.same_name(named, &outline.subject),
        None => Ok(false),
    }
}

/// Whether the response names whoever has this name and key as its responder.
fn is_responder(
    responder: &Responder<'_>,
    name: &Name<'_>,
    key: Option<&[u8]>,
    budget: &mut Budget,
) -> Result<bool, Error> {
    match (responder, key) {
        (Responder::Name(named), _) => budget.same_name(named, name),
        // RFC 6960 §4.2.1: SHA-1, as an identifier and not for security.
        (Responder::KeyHash(hash), Some(key)) => Ok(Hash::Sha1.digest(key) == *hash),
        (Responder::KeyHash(_), None) => Ok(false),
    }
}

fn unauthorized(why: &str) -> Error {
    Error::new(
        Code::OcspResponderUnauthorized,
        format!("the signer of the OCSP response {why}"),
    )
}

//! Checks a certificate against OCSP responses (RFC 6960 §3.2).

use alloc::vec::Vec;

use super::budget::Budget;
use super::checks::{check_critical, check_validity};
use super::evidence::{Evidence, Problems};
use super::inquiry::Inquiry;
use super::verifier::Verifier;
use crate::code::Code;
use crate::error::Error;
use crate::signature::{Hash, key_bits};
use crate::text::text;
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
                    text!["the OCSP responder returned the error ", response.status],
                ));
                continue;
            };
            // For each response, the issuer's name is hashed and all SingleResponse entries are read.
            let bytes = inquiry.certificate.issuer_der().len() + basic.answers_length();
            budget.compare(u32::try_from(bytes / 32).unwrap_or(u32::MAX).saturating_add(1))?;
            let latest = (self.options.time).saturating_add(self.options.revocation.clock_tolerance);
            let answer = basic.answer_about(inquiry.certificate, inquiry.issuer.spki, latest);
            let Some(answer) = answer else {
                problems.other(Error::new(
                    Code::OcspCertificateMismatch,
                    "the OCSP response does not cover the certificate",
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
                        // A revocation counts, no matter what else is in the response.
                        _ => Ok(()),
                    });
            match authorized {
                Ok(()) => {}
                Err(error) if error.code() == Code::PathBudgetExhausted => return Err(error),
                Err(error) => {
                    if matches!(answer.status, Revocation::Revoked(_)) {
                        problems.contest();
                    }
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

    /// Checks the nonce, the times and the extensions.
    fn check_answer(&self, basic: &Basic<'_>, answer: &Answer<'_>) -> Result<(), Error> {
        let options = &self.options.revocation;
        let (time, tolerance) = (self.options.time, options.clock_tolerance);
        if let Some(oid) = basic.unknown_critical.or(answer.unknown_critical) {
            return Err(Error::new(
                Code::ExtensionUnsupported,
                text![
                    "the critical extension ",
                    oid,
                    " of the OCSP response is not supported"
                ],
            ));
        }
        if options.ocsp_nonce.is_some_and(|nonce| !basic.has_nonce(nonce)) {
            return Err(Error::new(
                Code::OcspNonceMismatch,
                "the nonce in the OCSP response is missing or does not match the request",
            ));
        }
        if answer.this_update.saturating_sub(tolerance) > time {
            return Err(Error::new(
                Code::OcspNotYetValid,
                "thisUpdate of the OCSP response is after the verification time",
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
                "the OCSP response is outdated: nextUpdate has passed, it is older than the maximum age, or it has no nextUpdate and no maximum age is set",
            ));
        }
        Ok(())
    }

    /// Checks that the signer is the issuer itself, or a responder that this issuer authorized (RFC 6960
    /// §4.2.2.2).
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
                "the signature of the OCSP response does not match the key of its responder",
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
        // A certificate that cannot be read may be the responder's, so it is not reported as missing. One
        // with the responder's name is assumed to be the responder's.
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
            let said = text!["cannot read a certificate in the OCSP response: ", why];
            Error::new(error.code(), said)
        };
        let reason = named.map(told).or(refusal).or(unreadable.map(told));
        Err(reason.unwrap_or_else(|| {
            unauthorized(if basic.enclosed().count() > MAX_CERTIFICATES {
                "is neither the issuer nor a delegated responder with a certificate among the first 16 in the response"
            } else {
                "is neither the issuer nor a delegated responder with a certificate in the response"
            })
        }))
    }

    /// Checks that the issuer signed all certificates in the response, if the options require that.
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
            let not_issued = || unauthorized("included a certificate that the issuer did not issue");
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
        // Compares the signed parts, because a signature can be encoded in several ways.
        if certificate.tbs() == inquiry.certificate.tbs() {
            return Err(unauthorized("is the subject of the certificate being checked"));
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
            .map_err(|error| unauthorized(&text!["has an invalid certificate: ", error.message()]))?;
        if extensions.ocsp_no_check {
            return Ok(());
        }
        // RFC 6960 §4.2.2.2.1 leaves the check of the responder to the client. CRLs are used, if given.
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
            Revocation::Revoked(_) => Err(unauthorized("has a revoked certificate")),
            _ if problems.is_doubtful() => Err(unauthorized("has a certificate that may be revoked")),
            _ => Ok(()),
        }
    }
}

/// The error of a signature check: `mismatch` only if the signature could be checked.
fn unless_checked(error: Error, mismatch: Error) -> Error {
    match error.code() {
        Code::SignatureMismatch => mismatch,
        code => Error::new(
            code,
            text![
                "cannot check the signature of a certificate in the OCSP response: ",
                error.message()
            ],
        ),
    }
}

/// Whether a certificate that cannot be read has the name of the responder.
fn is_named(responder: &Responder<'_>, der: &[u8], budget: &mut Budget) -> Result<bool, Error> {
    let Responder::Name(named) = responder else {
        return Ok(false);
    };
    match Outline::of(der) {
        Some(outline) => budget.same_name(named, &outline.subject),
        None => Ok(false),
    }
}

/// Whether the response names this name or key as its responder.
fn is_responder(
    responder: &Responder<'_>,
    name: &Name<'_>,
    key: Option<&[u8]>,
    budget: &mut Budget,
) -> Result<bool, Error> {
    match (responder, key) {
        (Responder::Name(named), _) => budget.same_name(named, name),
        // RFC 6960 §4.2.1: SHA-1 identifies the key here and protects nothing.
        (Responder::KeyHash(hash), Some(key)) => Ok(Hash::Sha1.digest(key) == *hash),
        (Responder::KeyHash(_), None) => Ok(false),
    }
}

fn unauthorized(why: &str) -> Error {
    Error::new(Code::OcspResponderUnauthorized, text!["the OCSP responder ", why])
}

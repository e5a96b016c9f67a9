//! The checks of one signer of a message (RFC 5652 §5.3 to §5.6).

use alloc::{string::String, vec::Vec};

use super::algorithm;
use super::attributes::SignedAttributes;
use super::candidates::Candidates;
use super::content::Digests;
use super::message::{Enclosed, Message, SignerInfo};
use super::oids;
use super::outcome::{CmsOptions, Signer};
use super::terms::{Chain, Terms};
use crate::code::Code;
use crate::error::Error;
use crate::report::{Note, Report};
use crate::signature::{self, EcdsaForm, Hash, Message as Signed, PublicKey, Scheme};
use crate::text::text;
use crate::x509::{Certificate, KeyUsage, check_cost, exhausted};

/// The input that is the same for all signers.
pub(super) struct Judge<'m, 'a> {
    message: &'m Message<'a>,
    options: &'m CmsOptions<'a>,
    digests: Digests<'m>,
    candidates: Candidates<'a>,
    bound: bool,
    /// Whether the content could be a set of signed attributes; determined once.
    is_attributes: Option<bool>,
}

impl<'m, 'a> Judge<'m, 'a> {
    pub(super) fn new(
        message: &'m Message<'a>,
        options: &'m CmsOptions<'a>,
        terms: Terms<'m>,
        report: &mut Report,
    ) -> Result<Self, Error> {
        let signers = match message.signers.len() {
            0 => Err(Error::new(Code::SignerMissing, "the CMS message has no signer")),
            signers => Ok(signers),
        };
        report.step("cms-structure", "RFC 5652 §5.1", signers, |signers| {
            text!["signers: ", signers]
        })?;
        let digests = match terms.content {
            Some(parts) => Digests::of_parts(message, parts),
            None => Digests::of(message, options.content),
        };
        let digests = report.step("cms-content", "RFC 5652 §5.2", digests, |_| {
            if message.content.is_some() {
                "the message contains the content"
            } else {
                "the signature is detached; the content was given"
            }
        })?;
        let parts = u32::try_from(terms.parts).unwrap_or(u32::MAX).max(1);
        let comparisons = options.limits.name_comparisons / 4 / parts;
        let candidates = Candidates::new(&message.enclosed, options.certificates, comparisons);
        Ok(Self {
            message,
            options,
            digests,
            candidates,
            bound: terms.bound,
            is_attributes: None,
        })
    }

    pub(super) fn signer<P>(
        &mut self,
        signer: &SignerInfo<'a>,
        chain: Chain<'_, 'a, P>,
    ) -> Result<Signer<'a, P>, Error> {
        let mut report = Report::default();
        let certificate = report
            .step(
                "signer-certificate",
                "RFC 5652 §5.3",
                self.candidates.named(signer),
                |_| "exactly one certificate matches the signer identifier",
            )?
            .clone();
        let attributes = signer
            .attributes()
            .map_err(|error| report.failed("signed-attributes", "RFC 5652 §5.3", error))?;
        let scheme = self.signature(signer, attributes.as_ref(), &certificate, &mut report)?;
        match attributes.as_ref().and_then(|attributes| attributes.signing_time) {
            Some(_) => report.skipped(
                "signing-time",
                "RFC 5652 §11.3",
                "claimed by the signer; not verified",
            ),
            None => report.skipped("signing-time", "RFC 5652 §11.3", "no signing-time attribute"),
        }
        if signer.has_unsigned_attributes {
            report.skipped(
                "unsigned-attributes",
                "RFC 5652 §5.3",
                "not covered by the signature; ignored",
            );
        }
        let named = attributes.as_ref().map_or_else(Vec::new, |attributes| {
            let each = attributes.signing_certificates();
            each.filter(|named| named.limits_paths()).cloned().collect()
        });
        let limited;
        let enclosed = if named.is_empty() {
            &self.message.enclosed
        } else {
            limited = Enclosed {
                named,
                ..self.message.enclosed.clone()
            };
            &limited
        };
        let (found, steps) = chain(&certificate, enclosed).map_err(|error| report.before(error))?;
        report.append(&steps);
        Ok(Signer {
            certificate: certificate.as_der(),
            scheme,
            claimed_signing_time: attributes.and_then(|attributes| attributes.signing_time),
            chain: found,
            report,
        })
    }

    fn signature(
        &mut self,
        signer: &SignerInfo<'a>,
        attributes: Option<&SignedAttributes<'a>>,
        certificate: &Certificate<'a>,
        report: &mut Report,
    ) -> Result<Scheme, Error> {
        let allow_sha1 = self.options.allow_sha1;
        let scheme = algorithm::hash(&signer.digest_algorithm, allow_sha1)
            .and_then(|hash| algorithm::scheme(&signer.signature_algorithm, hash, allow_sha1));
        let scheme = report.step("signer-algorithm", "RFC 5652 §5.3", scheme, |scheme| {
            scheme.as_str()
        })?;
        let digest = self
            .digests
            .get(scheme.hash())
            .map_err(|error| report.failed("message-digest", "RFC 5652 §5.4", error))?;

        let signed_bytes;
        let signed = match attributes {
            Some(attributes) => {
                self.attributes(signer, attributes, &digest, report)?;
                signed_bytes = attributes.signed_bytes();
                Signed::Data(&signed_bytes)
            }
            None => {
                self.no_attributes(report)?;
                Signed::Digest(&digest)
            }
        };
        let named = self
            .signing_certificate(attributes, certificate)
            .and_then(|named| match named {
                Some(detail) => Ok(Note::passed(detail)),
                None if self.bound => Err(Error::new(
                    Code::SignedAttributeMissing,
                    "no signed attribute names the signer's certificate, but this kind of signature requires one",
                )),
                None => Ok(Note::skipped(
                    "no signed attribute names the certificate; another certificate for the same key would also match",
                )),
            });
        report.step("signing-certificate", "RFC 5035 §5.4.1", named, Note::clone)?;
        key_usage(certificate)
            .map_err(|error| report.failed("signer-key-usage", "RFC 5280 §4.2.1.3", error))?;
        let made = PublicKey::from_spki(certificate.spki())
            .and_then(|key| self.affordable(key))
            .and_then(|key| signature::verify(scheme, &key, signed, &signer.signature, EcdsaForm::Der));
        report.step("signature", "RFC 5652 §5.6", made, |()| match attributes {
            Some(_) => "covers the signed attributes as received",
            None => "covers the content",
        })?;
        Ok(scheme)
    }

    /// Checks that one signer's share of the limit is enough for a check with this key.
    fn affordable(&self, key: PublicKey) -> Result<PublicKey, Error> {
        /// The limit on signature checks for all signers together, as a multiple of that for paths. With the
        /// defaults, it is enough for 20 signatures with RSA-8192.
        const TIMES: u32 = 6;
        let signers = u32::try_from(self.message.enclosed.signers)
            .unwrap_or(u32::MAX)
            .max(1);
        let share = self.options.limits.signatures.saturating_mul(TIMES) / signers;
        if check_cost(&key) <= share.max(4) {
            Ok(key)
        } else {
            Err(exhausted("signature checks"))
        }
    }

    /// The hashes that the attributes name the certificate with; `None` without such an attribute.
    fn signing_certificate(
        &mut self,
        attributes: Option<&SignedAttributes<'a>>,
        certificate: &Certificate<'a>,
    ) -> Result<Option<String>, Error> {
        let named = attributes
            .into_iter()
            .flat_map(SignedAttributes::signing_certificates);
        let hashes: Vec<&str> = named
            .map(|named| self.candidates.check(named, certificate).map(Hash::name))
            .collect::<Result<_, _>>()?;
        let by = hashes.join(" and ");
        Ok((!hashes.is_empty()).then(|| text!["this certificate is identified by ", by]))
    }

    /// The checks of a signer with signed attributes.
    fn attributes(
        &self,
        signer: &SignerInfo<'a>,
        attributes: &SignedAttributes<'a>,
        digest: &[u8],
        report: &mut Report,
    ) -> Result<(), Error> {
        let missing = |what| {
            Error::new(
                Code::SignedAttributeMissing,
                text!["the signed attribute ", what, " is missing"],
            )
        };
        let content_type = match attributes.content_type {
            Some(found) if found == self.message.content_type => Ok(()),
            Some(_) => Err(Error::new(
                Code::ContentTypeMismatch,
                "the contentType attribute does not match the content type of the message",
            )),
            None => Err(missing("contentType")),
        };
        report.step(
            "content-type",
            "RFC 5652 §11.1",
            content_type,
            |()| "matches the content",
        )?;

        let message_digest = match attributes.message_digest {
            Some(found) if found == digest => Ok(()),
            Some(_) => Err(Error::new(
                Code::MessageDigestMismatch,
                "the content is not what was signed: its digest does not match messageDigest",
            )),
            None => Err(missing("messageDigest")),
        };
        report.step(
            "message-digest",
            "RFC 5652 §11.2",
            message_digest,
            |()| "matches the content",
        )?;

        let protection = match &attributes.algorithm_protection {
            Some(protection) if algorithm::is_protected(signer, protection, self.options.allow_sha1) => {
                Ok(Note::passed("matches the signer's algorithms"))
            }
            Some(_) => Err(Error::new(
                Code::AlgorithmInconsistent,
                "cmsAlgorithmProtection does not match the signer's algorithms",
            )),
            None => Ok(Note::skipped("no cmsAlgorithmProtection attribute")),
        };
        report
            .step("algorithm-protection", "RFC 6211 §3", protection, Note::clone)
            .map(|_| ())
    }

    /// The checks of a signer without signed attributes.
    fn no_attributes(&mut self, report: &mut Report) -> Result<(), Error> {
        if self.message.content_type != oids::DATA {
            let error = Error::new(
                Code::SignedAttributeMissing,
                "signed attributes are missing; they are required unless the content type is id-data",
            );
            return Err(report.failed("signed-attributes", "RFC 5652 §5.3", error));
        }
        let content = self.digests.data;
        let is_attributes = content.map(|content| {
            *self
                .is_attributes
                .get_or_insert_with(|| SignedAttributes::could_be(content))
        });
        let plain = match is_attributes {
            Some(true) => Err(Error::new(
                Code::ContentAmbiguous,
                "the content is itself a set of signed attributes; the signature may come from another message",
            )),
            Some(false) => Ok(Note::passed(
                "none; the content is not a set of signed attributes",
            )),
            None => Ok(Note::skipped(
                "none; a digest does not show whether the content is a set of signed attributes",
            )),
        };
        report
            .step("signed-attributes", "RFC 5652 §5.4", plain, Note::clone)
            .map(|_| ())
    }
}

/// If keyUsage is present, it must allow signing documents.
fn key_usage(certificate: &Certificate<'_>) -> Result<(), Error> {
    let allowed = certificate.extensions().key_usage.is_none_or(|usage| {
        usage.contains(KeyUsage::DIGITAL_SIGNATURE) || usage.contains(KeyUsage::NON_REPUDIATION)
    });
    if allowed {
        Ok(())
    } else {
        Err(Error::new(
            Code::KeyUsageMissing,
            "keyUsage allows neither digitalSignature nor nonRepudiation",
        ))
    }
}

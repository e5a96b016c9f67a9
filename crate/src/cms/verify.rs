//! Verifying every signer of a message.

use std::fmt;

use super::algorithm;
use super::attributes::SignedAttributes;
use super::candidates::Candidates;
use super::content::{Content, Digests, Parts};
use super::message::{Enclosed, Message, SignerInfo};
use super::oids;
use crate::code::Code;
use crate::der::Oid;
use crate::error::Error;
use crate::report::{Note, Report};
use crate::signature::{self, EcdsaForm, Hash, Message as Signed, PublicKey, Scheme};
use crate::x509::{Certificate, KeyUsage, Limits, check_cost, exhausted};

/// What the caller decides about a message.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct CmsOptions<'a> {
    /// The content of a detached signature. If the message encloses its content, both must be the same.
    pub content: Option<Content<'a>>,
    /// Certificates in DER that may be a signer's, in addition to those in the message. Not trusted.
    pub certificates: &'a [&'a [u8]],
    /// Accept SHA-1, which is broken: for old signatures only.
    pub allow_sha1: bool,
    /// The bounds on finding the signers' certificates. Where a function is handed bounds for paths as well, those count for
    /// both.
    pub limits: Limits,
}

impl<'a> CmsOptions<'a> {
    /// The options for a detached signature over this content.
    #[must_use]
    pub fn detached(content: Content<'a>) -> Self {
        Self {
            content: Some(content),
            ..Self::default()
        }
    }
}

/// A signer whose signature holds and whose certificate was accepted.
#[derive(Clone)]
#[non_exhaustive]
pub struct Signer<'a, P> {
    /// The certificate that the signer identifier names, in DER. Personal data.
    pub certificate: &'a [u8],
    /// How the signature was made.
    pub scheme: Scheme,
    /// The signing time that the signer claims, in seconds since 1970. It is not confirmed by anyone else.
    pub claimed_signing_time: Option<i64>,
    /// What the verification of the certificate found.
    pub chain: P,
    /// The steps for this signer.
    pub report: Report,
}

/// A message of which every signer is good.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignedData<'a, P> {
    /// eContentType.
    pub content_type: Oid<'a>,
    /// The enclosed content; nothing if the signature is detached.
    pub content: Option<std::borrow::Cow<'a, [u8]>>,
    /// The signers, in the order of the message; at least one.
    pub signers: Vec<Signer<'a, P>>,
    /// The steps for the message, then those for each signer.
    pub report: Report,
}

impl<P: fmt::Debug> fmt::Debug for Signer<'_, P> {
    /// Without the certificate, which is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("scheme", &self.scheme)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

impl<P: fmt::Debug> fmt::Debug for SignedData<'_, P> {
    /// Without the content, which may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedData")
            .field("content_type", &self.content_type)
            .field("signers", &self.signers)
            .finish_non_exhaustive()
    }
}

/// A message that was refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedDataError<'a, P> {
    /// Why: the refusal of the message, or that of the first bad signer.
    pub error: Error,
    /// How each signer fared, in the order of the message. Empty if the message was refused before.
    pub signers: Vec<Result<Signer<'a, P>, Error>>,
}

impl<P> From<Error> for SignedDataError<'_, P> {
    fn from(error: Error) -> Self {
        Self {
            error,
            signers: Vec::new(),
        }
    }
}

/// How [`verify_signed_data_with`] ends.
pub type Outcome<'a, P> = Result<SignedData<'a, P>, Box<SignedDataError<'a, P>>>;

/// Verifies a SignedData message (RFC 5652 §5), in BER or DER, leaving the certificates of signers to `chain`.
///
/// `chain` is called for each signer whose signature holds, with the certificate that the signer identifier names and
/// with what the message encloses. The enclosed certificates are untrusted candidates: `chain` decides from anchors of its
/// own.
///
/// # Errors
/// Unless every signer is good. [`SignedDataError::signers`] has the result of each.
pub fn verify_signed_data_with<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    verify(message, options, Terms::MESSAGE, &mut chain)
}

/// The same for one of several messages, which share the bounds.
pub(crate) fn verify_one_of<'a, P>(
    parts: usize,
    message: &'a [u8],
    options: &CmsOptions<'a>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    let terms = Terms {
        parts,
        ..Terms::MESSAGE
    };
    verify(message, options, terms, &mut chain)
}

/// The same for a message that stands in something else.
pub(super) fn verify_part<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    terms: Terms<'_>,
    mut chain: impl FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>,
) -> Outcome<'a, P> {
    verify(message, options, terms, &mut chain)
}

/// What is asked of a message beyond its signatures.
#[derive(Clone, Copy)]
pub(super) struct Terms<'t> {
    /// The content, in place of that of the options.
    pub(super) content: Option<Parts<'t>>,
    /// A signed attribute has to name the signer's certificate.
    pub(super) bound: bool,
    /// How many messages share what one may cost.
    pub(super) parts: usize,
    /// What the message has to be, before anything of it is verified.
    pub(super) form: Form,
}

/// A form, and the step that says whether a message has it.
pub(super) type Form = fn(&Message<'_>, &mut Report) -> Result<(), Error>;

impl Terms<'_> {
    const MESSAGE: Self = Self {
        content: None,
        bound: false,
        parts: 1,
        form: |_, _| Ok(()),
    };
}

/// What the signer's certificate is worth: the same code for all who ask.
type Chain<'c, 'a, P> = &'c mut dyn FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>;

fn verify<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    terms: Terms<'_>,
    chain: Chain<'_, 'a, P>,
) -> Outcome<'a, P> {
    const REFERENCE: &str = "RFC 5652 §5";
    let mut report = Report::default();
    let mut read = Message::read(message)
        .map_err(|error| report.failed("cms-structure", REFERENCE, error))
        .map_err(boxed)?;
    read.enclosed
        .share(terms.parts)
        .map_err(|error| report.failed("cms-structure", REFERENCE, error))
        .map_err(boxed)?;
    (terms.form)(&read, &mut report).map_err(boxed)?;
    let mut judge = Judge::new(&read, options, terms, &mut report).map_err(boxed)?;
    let signers: Vec<_> = read
        .signers
        .iter()
        .map(|signer| judge.signer(signer, chain))
        .collect();

    for signer in &signers {
        report.append(signer.as_ref().map_or_else(Error::report, |good| &good.report));
    }
    let count = signers.len();
    let bad = signers
        .iter()
        .enumerate()
        .find_map(|(index, signer)| Some((index, signer.as_ref().err()?)));
    if let Some((index, refusal)) = bad {
        let error = if count == 1 {
            refusal.clone()
        } else {
            let message = format!("signer {} of {count}: {}", index + 1, refusal.message());
            Error::new(refusal.code(), message)
        };
        let error = error.with_report(report);
        return Err(Box::new(SignedDataError { error, signers }));
    }
    Ok(SignedData {
        content_type: read.content_type,
        content: read.content,
        signers: signers.into_iter().flatten().collect(),
        report,
    })
}

fn boxed<'a, P>(error: Error) -> Box<SignedDataError<'a, P>> {
    Box::new(error.into())
}

/// What is the same for every signer.
struct Judge<'m, 'a> {
    message: &'m Message<'a>,
    options: &'m CmsOptions<'a>,
    digests: Digests<'m>,
    candidates: Candidates<'a>,
    bound: bool,
    /// Whether the content could be a set of signed attributes: looked at once.
    is_attributes: Option<bool>,
}

impl<'m, 'a> Judge<'m, 'a> {
    fn new(
        message: &'m Message<'a>,
        options: &'m CmsOptions<'a>,
        terms: Terms<'m>,
        report: &mut Report,
    ) -> Result<Self, Error> {
        let signers = match message.signers.len() {
            0 => Err(Error::new(Code::SignerMissing, "the message has no signer")),
            signers => Ok(signers),
        };
        report.step("cms-structure", "RFC 5652 §5.1", signers, |signers| {
            format!("signers: {signers}")
        })?;
        let digests = match terms.content {
            Some(parts) => Digests::of_parts(message, parts),
            None => Digests::of(message, options.content),
        };
        let digests = report.step("cms-content", "RFC 5652 §5.2", digests, |_| {
            if message.content.is_some() {
                "the content is enclosed"
            } else {
                "the signature is detached; the content was handed over"
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

    fn signer<P>(
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
                |_| "the one certificate that the signer identifier names",
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
                "what the signer claims; nobody confirms it",
            ),
            None => report.skipped("signing-time", "RFC 5652 §11.3", "no signing time is claimed"),
        }
        if signer.has_unsigned_attributes {
            report.skipped(
                "unsigned-attributes",
                "RFC 5652 §5.3",
                "not covered by the signature, and not read",
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
                    "no signed attribute names the signer's certificate, which this kind of signature asks for",
                )),
                None => Ok(Note::skipped(
                    "no signed attribute names the certificate: another one over the same key would do as well",
                )),
            });
        report.step("signing-certificate", "RFC 5035 §5.4.1", named, Note::clone)?;
        key_usage(certificate)
            .map_err(|error| report.failed("signer-key-usage", "RFC 5280 §4.2.1.3", error))?;
        let made = PublicKey::from_spki(certificate.spki())
            .and_then(|key| self.affordable(key))
            .and_then(|key| signature::verify(scheme, &key, signed, &signer.signature, EcdsaForm::Der));
        report.step("signature", "RFC 5652 §5.6", made, |()| match attributes {
            Some(_) => "over the signed attributes as received",
            None => "over the content",
        })?;
        Ok(scheme)
    }

    /// Whether the share of one signer is enough for a check with this key.
    fn affordable(&self, key: PublicKey) -> Result<PublicKey, Error> {
        /// How many times as much as for paths all signers' signatures may cost: 20 of RSA-8192, by default.
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

    /// By which hash each attribute names the certificate; nothing if there is none.
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
        Ok((!hashes.is_empty()).then(|| format!("this very certificate is named, by {by}")))
    }

    /// The rules for a signer with signed attributes.
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
                format!("there are signed attributes, but {what} is not among them"),
            )
        };
        let content_type = match attributes.content_type {
            Some(found) if found == self.message.content_type => Ok(()),
            Some(_) => Err(Error::new(
                Code::ContentTypeMismatch,
                "the signed content type is not that of the content",
            )),
            None => Err(missing("contentType")),
        };
        report.step(
            "content-type",
            "RFC 5652 §11.1",
            content_type,
            |()| "the content's own",
        )?;

        let message_digest = match attributes.message_digest {
            Some(found) if found == digest => Ok(()),
            Some(_) => Err(Error::new(
                Code::MessageDigestMismatch,
                "the content is not what was signed: its digest is another",
            )),
            None => Err(missing("messageDigest")),
        };
        report.step(
            "message-digest",
            "RFC 5652 §11.2",
            message_digest,
            |()| "the content's own",
        )?;

        let protection = match &attributes.algorithm_protection {
            Some(protection) if algorithm::is_protected(signer, protection, self.options.allow_sha1) => {
                Ok(Note::passed("the signer's algorithms"))
            }
            Some(_) => Err(Error::new(
                Code::AlgorithmInconsistent,
                "cmsAlgorithmProtection names other algorithms than the signer",
            )),
            None => Ok(Note::skipped("the attribute is not there")),
        };
        report
            .step("algorithm-protection", "RFC 6211 §3", protection, Note::clone)
            .map(|_| ())
    }

    /// The rules for a signer without.
    fn no_attributes(&mut self, report: &mut Report) -> Result<(), Error> {
        if self.message.content_type != oids::DATA {
            let error = Error::new(
                Code::SignedAttributeMissing,
                "signed attributes have to be there if the content is of another type than data",
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
                "the content is itself a set of signed attributes; the signature may have been made from another message",
            )),
            Some(false) => Ok(Note::passed("none; the content is no set of attributes either")),
            None => Ok(Note::skipped(
                "none; whether the content is a set of attributes cannot be told from its digest",
            )),
        };
        report
            .step("signed-attributes", "RFC 5652 §5.4", plain, Note::clone)
            .map(|_| ())
    }
}

/// Where keyUsage is there, it has to allow signatures over documents.
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

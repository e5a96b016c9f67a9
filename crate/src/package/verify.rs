//! Verifies a package.

use super::evidence::{For, Piece, judge, steps_about_evidence};
use super::read::{Form, STEP as PACKAGE, SignedPackage};
use super::timestamp::{self, TimestampOptions, TimestampStatus};
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{EcdsaForm, KeyType, Message, Scheme};
use crate::signer::{Judgement, Rules, VerifiedCertificate};
use crate::text::text;
use crate::x509::{Certificate, SignedBy};

const EVIDENCE_TIME: (&str, &str) = ("evidence-time", "RFC 5280 §5.1.2.4, RFC 6960 §4.2.2.1");

/// The digest of your document.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DocumentDigest<'a> {
    /// The digest, with the hash algorithm of the package.
    pub digest: &'a [u8],
    /// The length in bytes, if known.
    pub size: Option<u64>,
}

impl<'a> DocumentDigest<'a> {
    /// A digest without a length.
    #[must_use]
    pub const fn new(digest: &'a [u8]) -> Self {
        Self { digest, size: None }
    }
}

/// The options for a package.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PackageOptions<'a> {
    /// The rules for the certificate. Their time and their evidence are ignored, because the package has its
    /// own. Only [`super::choose_evidence`] uses their maximum ages of evidence and their nonce.
    pub rules: Rules<'a>,
    /// The current time, as Unix time in seconds.
    pub now: i64,
    /// The verification time, as Unix time in seconds, in place of the evidence time. It must not be in the
    /// future, and the evidence must be current at it.
    pub at: Option<i64>,
    /// Whether a package without evidence is an error.
    pub evidence_required: bool,
    /// The clock tolerance in seconds.
    pub clock_tolerance: i64,
    /// The trusted timestamping authorities; `None` skips the check of timestamps.
    pub timestamps: Option<TimestampOptions<'a>>,
}

impl<'a> PackageOptions<'a> {
    /// Default options with these rules and the current time (Unix time in seconds): evidence is required and
    /// gives the verification time, the clock tolerance is 300 seconds, and timestamps are not checked.
    #[must_use]
    pub const fn new(rules: Rules<'a>, now: i64) -> Self {
        Self {
            rules,
            now,
            at: None,
            evidence_required: true,
            clock_tolerance: 300,
            timestamps: None,
        }
    }
}

/// The source of the verification time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AsOf {
    /// The revocation evidence.
    Evidence,
    /// The option `at`.
    Caller,
    /// A timestamp.
    Timestamp,
}

impl AsOf {
    /// The source as documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Caller => "caller",
            Self::Timestamp => "timestamp",
        }
    }
}

/// A valid package.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedPackage {
    /// The verification time, as Unix time in seconds.
    pub as_of: i64,
    /// The source of the verification time.
    pub as_of_source: AsOf,
    /// The result for the timestamps.
    pub timestamp: TimestampStatus,
    /// The findings about the certificate.
    pub certificate: Judgement,
    /// The steps of the verification.
    pub report: Report,
}

/// Verifies a package: the document, the signature, and the certificate with its revocation status, at the
/// evidence time.
///
/// Each CRL and OCSP response must show on its own that the certificate was good at that time.
///
/// # Errors
/// - [`Code::DocumentMismatch`], [`Code::PackageMalformed`], [`Code::SignatureMismatch`]
/// - [`Code::RevocationUnknown`]: evidence is required but missing, or does not settle the revocation status
/// - [`Code::EvidenceInFuture`], [`Code::EvidenceTimeMismatch`]
/// - [`Code::TimestampMalformed`], [`Code::TimestampMismatch`], [`Code::TimestampInFuture`]
/// - [`Code::OptionsInvalid`]: there is no verification time, or `at` is in the future
/// - as for [`crate::x509::verify_certificate`] and [`crate::jpki::verify_card_certificate`]
pub fn verify_signed_package(
    package: &SignedPackage,
    document: &DocumentDigest<'_>,
    options: &PackageOptions<'_>,
) -> Result<VerifiedPackage, Error> {
    let latest = options.now.saturating_add(options.clock_tolerance);
    if options.at.is_some_and(|at| at > latest) {
        return Err(Error::new(
            Code::OptionsInvalid,
            "at is in the future; which certificates will be revoked by then cannot be known",
        ));
    }
    let mut report = Report::default();
    report.passed(PACKAGE.0, PACKAGE.1, "all members of the format, and no others");
    check_document(package, document, &mut report)?;
    check_method(package, &mut report)?;
    let message = Message::Digest(&package.digest);
    let mut signed = SignedBy::new(package.scheme, message, &package.signature);
    signed.form = package.ecdsa_form.unwrap_or(EcdsaForm::Der);
    signed.check_with(&package.certificate, &mut report)?;
    let (timestamp, steps) = timestamp::check(package, options.timestamps.as_ref(), latest)
        .map_err(|error| report.before(error))?;
    let (at, as_of_source) = time(package, options, &timestamp, &mut report)?;
    check_evidence_time_is_possible(package, &mut report)?;
    let judged = check_certificate(package, &options.rules, at, &mut report)?;
    check_evidence_time(package, &judged.issuer_spki, &mut report)?;
    report.append(&steps);
    Ok(VerifiedPackage {
        as_of: at.time,
        as_of_source,
        timestamp,
        certificate: judged.judgement,
        report,
    })
}

fn check_document(
    package: &SignedPackage,
    document: &DocumentDigest<'_>,
    report: &mut Report,
) -> Result<(), Error> {
    let mismatch = |why| Err(Error::new(Code::DocumentMismatch, why));
    let outcome = if document.digest.len() != package.digest.len() {
        Err(Error::new(
            Code::OptionsInvalid,
            "the length of the digest does not match the hash algorithm of the package",
        ))
    } else if document.digest != package.digest {
        mismatch("the document is not the one that was signed: its digest differs")
    } else if package
        .document
        .size
        .is_some_and(|size| document.size.is_some_and(|found| found != size))
    {
        mismatch("the size of the document differs from the size in the package")
    } else {
        Ok(())
    };
    report.step(
        "document-digest",
        "FIPS 180-4",
        outcome,
        |()| "the digest of the document matches the package",
    )
}

/// Checks that scheme, form and hash in the package match.
fn check_method(package: &SignedPackage, report: &mut Report) -> Result<(), Error> {
    let of_form = match package.scheme {
        Scheme::RsaPkcs1Sha256 => package.form == Form::DigestInfo,
        Scheme::RsaPkcs1Bare => package.form == Form::Bare,
        // With ECDSA, the card itself extracts the hash from a DigestInfo.
        Scheme::EcdsaP384Sha384 => true,
        _ => false,
    };
    let is_ecdsa = package.scheme.key_type() != KeyType::Rsa;
    let mismatch = |why| Err(Error::new(Code::PackageMalformed, why));
    let outcome = if !of_form {
        mismatch("the scheme is not one of the card, or does not match the form")
    } else if is_ecdsa != package.ecdsa_form.is_some() {
        mismatch("ecdsaForm must be present for an ECDSA signature, and only then")
    } else if package.hash != package.scheme.hash() {
        mismatch("the digest algorithm of the document is not the hash of the scheme")
    } else {
        Ok(())
    };
    report.step("signature-method", PACKAGE.1, outcome, |()| {
        text![package.scheme, "; form and hash match"]
    })
}

/// The verification time.
fn time(
    package: &SignedPackage,
    options: &PackageOptions<'_>,
    timestamp: &TimestampStatus,
    report: &mut Report,
) -> Result<(For<'static>, AsOf), Error> {
    let by_clock = |time| For::time(time, options.clock_tolerance);
    if package.evidence_time.is_none() && options.evidence_required {
        let error = Error::new(
            Code::RevocationUnknown,
            "the package has no revocation evidence, so the revocation status is unknown",
        );
        return Err(report.failed("revocation", "RFC 5280 §6.1.3 (a)(3)", error));
    }
    if package
        .evidence_time
        .is_some_and(|time| time > options.now.saturating_add(options.clock_tolerance))
    {
        let error = Error::new(
            Code::EvidenceInFuture,
            "the time of the revocation evidence is in the future",
        );
        return Err(report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error));
    }
    match (options.at, package.evidence_time, timestamp) {
        (Some(at), ..) => Ok((by_clock(at), AsOf::Caller)),
        // Without clock tolerance, because it is the evidence's own time.
        (None, Some(time), _) => Ok((For::time(time, 0), AsOf::Evidence)),
        (None, None, TimestampStatus::Verified(stamp)) => Ok((by_clock(stamp.time), AsOf::Timestamp)),
        (None, None, _) => {
            let error = Error::new(
                Code::OptionsInvalid,
                "the package has neither revocation evidence nor a verified timestamp to verify at; set at",
            );
            Err(report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error))
        }
    }
}

fn pieces(package: &SignedPackage) -> impl Iterator<Item = Piece<'_>> {
    let responses = package.ocsp_responses.iter().map(|der| Piece::Ocsp(der));
    responses.chain(package.crls.iter().map(|der| Piece::Crl(der)))
}

/// Verifies path, profile and revocation, once for each CRL and OCSP response.
fn check_certificate(
    package: &SignedPackage,
    rules: &Rules<'_>,
    at: For<'_>,
    report: &mut Report,
) -> Result<VerifiedCertificate, Error> {
    let mut run = |piece: Option<&Piece<'_>>, again: bool| {
        let part = |whole: &Report| {
            if again {
                steps_about_evidence(whole)
            } else {
                whole.clone()
            }
        };
        match judge(&package.certificate, rules, at, piece) {
            Ok(judged) => {
                report.append(&part(&judged.report));
                Ok(judged)
            }
            Err(error) => {
                report.append(&part(error.report()));
                Err(error.with_report(report.clone()))
            }
        }
    };
    let mut pieces = pieces(package);
    let first = pieces.next();
    let judged = run(first.as_ref(), false)?;
    for piece in pieces {
        run(Some(&piece), true)?;
    }
    Ok(judged)
}

/// Checks that the evidence time may be the thisUpdate of the evidence, before anything is verified at that
/// time: a wrong time must not look like a problem of the certificate. The key of the issuer is unknown here,
/// so some SingleResponse entries may be about other certificates.
fn check_evidence_time_is_possible(package: &SignedPackage, report: &mut Report) -> Result<(), Error> {
    let (Some(named), Ok(read)) = (package.evidence_time, Certificate::from_der(&package.certificate)) else {
        return Ok(());
    };
    let mut possible = false;
    for piece in pieces(package) {
        let times = piece.possible_times(&read);
        // The later check of each CRL and response reports its problems.
        let Some(first) = times.iter().min() else {
            return Ok(());
        };
        if *first > named {
            return Err(another_time(report));
        }
        possible |= times.contains(&named);
    }
    if possible {
        Ok(())
    } else {
        Err(another_time(report))
    }
}

/// Checks that the evidence time is the latest thisUpdate of the evidence.
fn check_evidence_time(
    package: &SignedPackage,
    issuer_spki: &[u8],
    report: &mut Report,
) -> Result<(), Error> {
    let (id, reference) = EVIDENCE_TIME;
    if package.evidence_time.is_none() {
        report.skipped(id, reference, "the package has no revocation evidence");
        return Ok(());
    }
    let latest = Certificate::from_der(&package.certificate).ok().and_then(|read| {
        pieces(package)
            .filter_map(|piece| piece.time(&read, issuer_spki))
            .max()
    });
    if latest != package.evidence_time {
        return Err(another_time(report));
    }
    report.passed(id, reference, "matches the latest thisUpdate of the evidence");
    Ok(())
}

fn another_time(report: &mut Report) -> Error {
    let error = Error::new(
        Code::EvidenceTimeMismatch,
        "the evidence time in the package is not the latest thisUpdate of its evidence",
    );
    report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error)
}

//! Verifying a package.

use super::evidence::{For, Piece, judge, steps_about_evidence};
use super::read::{Form, STEP as PACKAGE, SignedPackage};
use super::timestamp::{self, TimestampOptions, TimestampStatus};
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::signature::{EcdsaForm, KeyType, Message, Scheme};
use crate::signer::{Judgement, Rules, VerifiedCertificate};
use crate::x509::{Certificate, SignedBy};

const EVIDENCE_TIME: (&str, &str) = ("evidence-time", "RFC 5280 §5.1.2.4, RFC 6960 §4.2.2.1");

/// The document that the caller has.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DocumentDigest<'a> {
    /// Its digest, by the hash that the package names.
    pub digest: &'a [u8],
    /// Its length in bytes, where it is known.
    pub size: Option<u64>,
}

impl<'a> DocumentDigest<'a> {
    /// A document of this digest and any length.
    #[must_use]
    pub const fn new(digest: &'a [u8]) -> Self {
        Self { digest, size: None }
    }
}

/// What the caller decides.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PackageOptions<'a> {
    /// The rules for the certificate. Their time and their evidence of revocation are ignored: the package has its own.
    /// Their limits on the age of evidence, and the nonce, are used by [`super::choose_evidence`] only.
    pub rules: Rules<'a>,
    /// The current time, in seconds since 1970.
    pub now: i64,
    /// Verify for this time, in seconds since 1970, instead of the time of the evidence. It must not lie in the future, and
    /// the evidence must be current at this time.
    pub at: Option<i64>,
    /// Whether a package without evidence is refused.
    pub evidence_required: bool,
    /// By how many seconds the caller's clock may differ from others.
    pub clock_tolerance: i64,
    /// The trusted timestamping authorities. `None`: timestamps are not checked.
    pub timestamps: Option<TimestampOptions<'a>>,
}

impl<'a> PackageOptions<'a> {
    /// These rules, this time, and the defaults: evidence is required and gives the time to verify for, clocks may differ by
    /// 300 seconds, and timestamps are not checked.
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

/// The source of the time for which a package was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AsOf {
    /// The evidence of revocation.
    Evidence,
    /// The caller.
    Caller,
    /// A timestamp.
    Timestamp,
}

impl AsOf {
    /// The source as it is documented.
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
    /// The time for which everything was verified, in seconds since 1970.
    pub as_of: i64,
    /// Where it comes from.
    pub as_of_source: AsOf,
    /// What the timestamps say about when the signature existed.
    pub timestamp: TimestampStatus,
    /// What was found about the certificate.
    pub certificate: Judgement,
    /// The steps made.
    pub report: Report,
}

/// Verifies a package: the document, the signature, and the certificate with its revocation, as they were at the time of
/// the evidence.
///
/// Each piece of evidence has to show by itself that the certificate was good at that time.
///
/// # Errors
/// - [`Code::DocumentMismatch`], [`Code::PackageMalformed`], [`Code::SignatureMismatch`]
/// - [`Code::RevocationUnknown`]: no evidence, and some is required; or none that settles it
/// - [`Code::EvidenceInFuture`], [`Code::EvidenceTimeMismatch`]
/// - [`Code::TimestampMalformed`], [`Code::TimestampMismatch`], [`Code::TimestampInFuture`]
/// - [`Code::OptionsInvalid`]: no evidence, and no time to verify for; or a time that has not come yet
/// - as [`crate::x509::verify_certificate`] and [`crate::jpki::verify_card_certificate`]
pub fn verify_signed_package(
    package: &SignedPackage,
    document: &DocumentDigest<'_>,
    options: &PackageOptions<'_>,
) -> Result<VerifiedPackage, Error> {
    let latest = options.now.saturating_add(options.clock_tolerance);
    if options.at.is_some_and(|at| at > latest) {
        return Err(Error::new(
            Code::OptionsInvalid,
            "at is a time that has not come yet: what will be revoked by then cannot be told",
        ));
    }
    let mut report = Report::default();
    report.passed(PACKAGE.0, PACKAGE.1, "its members and no others");
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
            "the digest is not as long as the package's hash makes it",
        ))
    } else if document.digest != package.digest {
        mismatch("the document is not the one that was signed: its digest is another")
    } else if package
        .document
        .size
        .is_some_and(|size| document.size.is_some_and(|found| found != size))
    {
        mismatch("the document is not as long as the package says that it is")
    } else {
        Ok(())
    };
    report.step(
        "document-digest",
        "FIPS 180-4",
        outcome,
        |()| "the document's digest is the one in the package",
    )
}

/// Whether what the package says of the signature fits together.
fn check_method(package: &SignedPackage, report: &mut Report) -> Result<(), Error> {
    let of_form = match package.scheme {
        Scheme::RsaPkcs1Sha256 => package.form == Form::DigestInfo,
        Scheme::RsaPkcs1Bare => package.form == Form::Bare,
        // With ECDSA the card takes the hash out of a DigestInfo itself.
        Scheme::EcdsaP384Sha384 => true,
        _ => false,
    };
    let is_ecdsa = package.scheme.key_type() != KeyType::Rsa;
    let mismatch = |why| Err(Error::new(Code::PackageMalformed, why));
    let outcome = if !of_form {
        mismatch("the scheme is none of the card's, or not one for this form")
    } else if is_ecdsa != package.ecdsa_form.is_some() {
        mismatch("ecdsaForm belongs to signatures with ECDSA, and to no others")
    } else if package.hash != package.scheme.hash() {
        mismatch("the document's digest is not by the hash of the scheme")
    } else {
        Ok(())
    };
    report.step("signature-method", PACKAGE.1, outcome, |()| {
        format!("{} with its form and hash", package.scheme)
    })
}

/// The time to verify for.
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
            "the package has no evidence of revocation: whether the certificate was revoked cannot be told",
        );
        return Err(report.failed("revocation", "RFC 5280 §6.1.3 (a)(3)", error));
    }
    if package
        .evidence_time
        .is_some_and(|time| time > options.now.saturating_add(options.clock_tolerance))
    {
        let error = Error::new(
            Code::EvidenceInFuture,
            "the evidence of revocation is of a time that has not come yet",
        );
        return Err(report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error));
    }
    match (options.at, package.evidence_time, timestamp) {
        (Some(at), ..) => Ok((by_clock(at), AsOf::Caller)),
        // Without any leeway: it is the evidence's own.
        (None, Some(time), _) => Ok((For::time(time, 0), AsOf::Evidence)),
        (None, None, TimestampStatus::Verified(stamp)) => Ok((by_clock(stamp.time), AsOf::Timestamp)),
        (None, None, _) => {
            let error = Error::new(
                Code::OptionsInvalid,
                "the package has neither evidence nor a timestamp that was verified, which would give the time to verify for: say it with at",
            );
            Err(report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error))
        }
    }
}

fn pieces(package: &SignedPackage) -> impl Iterator<Item = Piece<'_>> {
    let responses = package.ocsp_responses.iter().map(|der| Piece::Ocsp(der));
    responses.chain(package.crls.iter().map(|der| Piece::Crl(der)))
}

/// Path, profile and revocation: once for each piece of evidence.
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

/// Whether the time that the package names may be that of its evidence, before anything is verified for it: the certificate
/// is not to blame for another. Whose key issued it is not known yet, so that a response may have answers to leave out.
fn check_evidence_time_is_possible(package: &SignedPackage, report: &mut Report) -> Result<(), Error> {
    let (Some(named), Ok(read)) = (package.evidence_time, Certificate::from_der(&package.certificate)) else {
        return Ok(());
    };
    let mut possible = false;
    for piece in pieces(package) {
        let times = piece.possible_times(&read);
        // What is wrong with such a piece is found where each is judged.
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

/// Whether the time that the package names is that of its evidence.
fn check_evidence_time(
    package: &SignedPackage,
    issuer_spki: &[u8],
    report: &mut Report,
) -> Result<(), Error> {
    let (id, reference) = EVIDENCE_TIME;
    if package.evidence_time.is_none() {
        report.skipped(id, reference, "no evidence of revocation is enclosed");
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
    report.passed(id, reference, "the latest thisUpdate of the evidence");
    Ok(())
}

fn another_time(report: &mut Report) -> Error {
    let error = Error::new(
        Code::EvidenceTimeMismatch,
        "the time that the package names is not the latest thisUpdate of its evidence",
    );
    report.failed(EVIDENCE_TIME.0, EVIDENCE_TIME.1, error)
}

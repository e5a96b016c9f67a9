//! Timestamps for the signature value (RFC 3161, RFC 5816).

use alloc::vec::Vec;

use super::read::SignedPackage;
use crate::cms::{self, CmsOptions, Message, SigningCertificate};
use crate::code::Code;
use crate::der::{self, Malformed, Oid, Reader};
use crate::error::Error;
use crate::report::Report;
use crate::signature::Hash;
use crate::signer::Judgement;
use crate::text::text;
use crate::x509::{
    Algorithm, AnchorConstraints, Certificate, Extension, GeneralName, GeneralNames, Limits, PathOptions,
    Purpose, SkippedAnchor, TrustAnchor, oids, same_name,
};

const STEP: (&str, &str) = ("timestamp", "RFC 3161 §2.4.2");
/// id-ct-TSTInfo, 1.2.840.113549.1.9.16.1.4.
const TST_INFO: Oid<'static> = Oid::new(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 16, 1, 4]);
/// id-kp-timeStamping, 1.3.6.1.5.5.7.3.8.
const TIME_STAMPING: Oid<'static> = Oid::new(&[0x2b, 6, 1, 5, 5, 7, 3, 8]);

/// The trusted timestamping authorities.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TimestampOptions<'a> {
    /// The trust anchors of timestamping authorities.
    pub anchors: &'a [TrustAnchor<'a>],
    /// Trust anchors that cannot be read; errors mention them.
    pub skipped_anchors: &'a [SkippedAnchor],
    /// Whether the constraints in the certificates of the trust anchors apply.
    pub anchor_constraints: AnchorConstraints,
    /// Untrusted certificates in DER for building a path, in addition to those in the token.
    pub intermediates: &'a [&'a [u8]],
    /// The limits for all tokens together.
    pub limits: Limits,
}

impl<'a> TimestampOptions<'a> {
    /// Default options with these trust anchors.
    #[must_use]
    pub fn new(anchors: &'a [TrustAnchor<'a>]) -> Self {
        Self {
            anchors,
            skipped_anchors: &[],
            anchor_constraints: AnchorConstraints::Apply,
            intermediates: &[],
            limits: Limits::default(),
        }
    }
}

/// The result for the timestamps of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampStatus {
    /// The package has no timestamp.
    NotEnclosed,
    /// There are timestamps, but no trust anchors for them.
    NotChecked,
    /// All timestamps of the package are valid; this is the earliest.
    Verified(Timestamp),
}

impl TimestampStatus {
    /// The status as documented.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NotEnclosed => "not-enclosed",
            Self::NotChecked => "not-checked",
            Self::Verified(_) => "verified",
        }
    }
}

/// A verified timestamp.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timestamp {
    /// genTime as Unix time in whole seconds. The signature existed at this time.
    pub time: i64,
    /// The certificate of the timestamping authority, in DER.
    pub authority: Vec<u8>,
}

/// Verifies all timestamps of a package, or records why none was verified.
pub(super) fn check(
    package: &SignedPackage,
    options: Option<&TimestampOptions<'_>>,
    latest: i64,
) -> Result<(TimestampStatus, Report), Error> {
    let mut report = Report::default();
    let count = package.timestamps.len();
    if count == 0 {
        report.skipped(
            STEP.0,
            STEP.1,
            "the package has no timestamp; the evidence time is not a trusted timestamp, so nothing proves when the signature was made",
        );
        return Ok((TimestampStatus::NotEnclosed, report));
    }
    let Some(options) = options else {
        report.skipped(
            STEP.0,
            STEP.1,
            "not checked because no trust anchor for timestamps was given; nothing proves when the signature was made",
        );
        return Ok((TimestampStatus::NotChecked, report));
    };
    let mut earliest: Option<Timestamp> = None;
    for (index, token) in package.timestamps.iter().enumerate() {
        let place = text!["timestamp ", index + 1, " of ", count];
        let found = verify(token, count, &package.signature, options, latest)
            .map_err(|error| Error::new(error.code(), text![place, ": ", error.message()]));
        let found = report.step(STEP.0, STEP.1, found, |found| {
            let named = found.named;
            text![place, ": covers the signature value; made by a trusted timestamping authority, whose certificate the token names with ", named]
        })?;
        if earliest
            .as_ref()
            .is_none_or(|before| found.timestamp.time < before.time)
        {
            earliest = Some(found.timestamp);
        }
    }
    let status = earliest.map_or(TimestampStatus::NotEnclosed, TimestampStatus::Verified);
    Ok((status, report))
}

struct Found {
    timestamp: Timestamp,
    /// The hash with which the signed attributes name the signer's certificate.
    named: &'static str,
}

fn verify(
    token: &[u8],
    count: usize,
    signature: &[u8],
    options: &TimestampOptions<'_>,
    latest: i64,
) -> Result<Found, Error> {
    let message = Message::read(token).map_err(of_token)?;
    if message.content_type != TST_INFO {
        return Err(malformed("its content is not a TSTInfo"));
    }
    let [signer] = message.signers.as_slice() else {
        return Err(malformed("it must have exactly one signer"));
    };
    let content = message.content.as_deref().unwrap_or_default();
    let info = TstInfo::read(content).map_err(|error| malformed(error.0))?;
    if info.imprint_hash()?.digest(signature) != info.imprint {
        return Err(Error::new(
            Code::TimestampMismatch,
            "the timestamp is for another signature: its messageImprint does not match",
        ));
    }
    if info.time > latest {
        return Err(Error::new(
            Code::TimestampInFuture,
            "genTime of the timestamp is in the future",
        ));
    }
    let attributes = signer.attributes().map_err(of_token)?;
    // RFC 3161 §2.4.2, RFC 5816 §2.2.1. The check of the signature compares the certificate.
    let named = attributes
        .iter()
        .flat_map(|attributes| attributes.signing_certificates())
        .filter_map(SigningCertificate::hash)
        .last()
        .ok_or_else(|| malformed("its signed attributes do not name its signer's certificate"))?;

    let cms = CmsOptions {
        certificates: options.intermediates,
        limits: options.limits,
        ..CmsOptions::default()
    };
    let mut path = PathOptions::new(options.anchors, info.time);
    path.skipped_anchors = options.skipped_anchors;
    path.anchor_constraints = options.anchor_constraints;
    path.intermediates = options.intermediates;
    path.purpose = Some(Purpose::Named(TIME_STAMPING));
    path.limits = options.limits;
    let mut certified = false;
    let verified = cms::verify_one_of(count, token, &cms, |certificate, enclosed| {
        certified = true;
        let ground = || cms::path_ground(enclosed, &cms, &path);
        let (chain, report) = cms::chain(certificate, enclosed, &ground, &path)?;
        only_for_timestamps(certificate)?;
        let limits = options.limits.shared_among(count);
        info.check_authority(certificate, limits.name_comparisons)?;
        // The type of all other messages, so that the code exists once.
        Ok((Judgement::Path(chain), report))
    });
    let authority = match verified {
        Ok(verified) => verified.signers.first().map(|signer| signer.certificate.to_vec()),
        Err(refusal) if !certified => return Err(of_token(refusal.error)),
        Err(refusal) => return Err(refusal.error),
    };
    let authority = authority.unwrap_or_default();
    Ok(Found {
        named: named.name(),
        timestamp: Timestamp {
            time: info.time,
            authority,
        },
    })
}

fn malformed(why: &str) -> Error {
    Error::new(
        Code::TimestampMalformed,
        text!["the timestamp token is malformed (RFC 3161): ", why],
    )
}

/// Problems of the token's form have a code of their own, because the original code would seem to be about
/// the signature of the package. Problems of the signer's certificate, of an algorithm or of a limit keep
/// their codes.
fn of_token(error: Error) -> Error {
    match error.code() {
        Code::PathBudgetExhausted
        | Code::CmsLimitExceeded
        | Code::AlgorithmNotAllowed
        | Code::AlgorithmUnsupported
        | Code::CertificateMalformed
        | Code::KeyMalformed
        | Code::KeySizeUnsupported
        | Code::KeyUsageMissing => error,
        _ => malformed(error.message()),
    }
}

/// RFC 3161 §2.3: extKeyUsage is critical and contains only this purpose.
fn only_for_timestamps(certificate: &Certificate<'_>) -> Result<(), Error> {
    let mut extensions = certificate.all_extensions();
    let critical =
        extensions.any(|extension| extension.oid == oids::EXTENDED_KEY_USAGE && extension.critical);
    let purposes = certificate.extensions().extended_key_usage;
    let alone = purposes.is_some_and(|purposes| purposes.iter().eq([TIME_STAMPING]));
    if critical && alone {
        return Ok(());
    }
    Err(Error::new(
        Code::ExtendedKeyUsageMissing,
        "extKeyUsage of the timestamping certificate must be critical and contain id-kp-timeStamping only",
    ))
}

fn hash_of(algorithm: &Algorithm<'_>) -> Option<Hash> {
    Hash::from_oid(algorithm.oid).filter(|hash| *hash != Hash::Sha1)
}

/// The fields of a TSTInfo (RFC 3161 §2.4.2) that are needed here.
struct TstInfo<'a> {
    algorithm: Algorithm<'a>,
    imprint: &'a [u8],
    time: i64,
    /// tsa.
    authority: Option<GeneralName<'a>>,
}

impl<'a> TstInfo<'a> {
    fn read(der: &'a [u8]) -> der::Result<Self> {
        let mut fields = der::outer_sequence(der)?;
        if fields.small_integer()? != 1 {
            return Err(Malformed("an unknown version"));
        }
        fields.oid()?;
        let mut imprint = fields.sequence()?;
        let algorithm = Algorithm::read(&mut imprint)?;
        let hashed = imprint.contents(der::OCTET_STRING)?;
        imprint.finish()?;
        fields.integer()?;
        let time = time(fields.contents(der::GENERALIZED_TIME)?)?;
        // accuracy, ordering, nonce, tsa
        fields.optional(der::SEQUENCE)?;
        if let Some(ordering) = fields.optional(der::BOOLEAN)? {
            der::boolean(ordering)?;
        }
        if let Some(nonce) = fields.optional(der::INTEGER)? {
            der::integer(nonce)?;
        }
        let authority = match fields.optional(der::context_constructed(0))? {
            None => None,
            Some(explicit) => {
                let mut names = GeneralNames::from_contents(explicit)?.iter();
                match (names.next(), names.next()) {
                    (Some(name), None) => Some(name),
                    _ => return Err(Malformed("more than one name in tsa")),
                }
            }
        };
        if let Some(extensions) = fields.optional(der::context_constructed(1))? {
            Extension::each(Reader::new(extensions), |extension| match extension.critical {
                true => Err(Malformed("a critical extension that is not supported")),
                false => Ok(()),
            })?;
        }
        fields.finish()?;
        Ok(Self {
            algorithm,
            imprint: hashed,
            time,
            authority,
        })
    }

    /// RFC 3161 §2.4.2: tsa must match one of the names in the signer's certificate. A form of name that
    /// cannot be compared does not match.
    fn check_authority(&self, certificate: &Certificate<'_>, mut comparisons: u32) -> Result<(), Error> {
        let Some(authority) = &self.authority else {
            return Ok(());
        };
        let mut is_same = |name: &GeneralName<'_>| match (authority, name) {
            (GeneralName::Directory(ours), GeneralName::Directory(theirs)) => {
                same_name(&mut comparisons, ours, theirs)
            }
            _ => Ok(authority.matches(name)),
        };
        let subject = GeneralName::Directory(*certificate.subject());
        let others = certificate.extensions().subject_alt_name;
        for name in others.iter().flat_map(GeneralNames::iter).chain([subject]) {
            if is_same(&name)? {
                return Ok(());
            }
        }
        Err(malformed(
            "the timestamping authority in the token (tsa) does not match any name in the signer's certificate",
        ))
    }

    fn imprint_hash(&self) -> Result<Hash, Error> {
        hash_of(&self.algorithm)
            .ok_or_else(|| malformed("messageImprint does not use SHA-256, SHA-384 or SHA-512"))
    }
}

/// `YYYYMMDDhhmmss[.s…]Z`, with a fraction without trailing zeros, as Unix time in whole seconds.
fn time(text: &[u8]) -> der::Result<i64> {
    let (seconds, rest) = text.split_at_checked(14).ok_or(Malformed("a truncated time"))?;
    match rest {
        [b'Z'] => {}
        [b'.', fraction @ .., b'1'..=b'9', b'Z'] if fraction.iter().all(u8::is_ascii_digit) => {}
        _ => return Err(Malformed("a time in a form that RFC 3161 does not allow")),
    }
    let mut whole = vec![der::GENERALIZED_TIME, 15];
    whole.extend_from_slice(seconds);
    whole.push(b'Z');
    Reader::new(&whole).time()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::time;

    #[test]
    fn times_with_and_without_a_fraction() {
        assert_eq!(time(b"20261120030000Z").unwrap(), 1_795_143_600);
        for fraction in ["1", "05", "123456789", "001"] {
            let text = format!("20261120030000.{fraction}Z");
            assert_eq!(time(text.as_bytes()).unwrap(), 1_795_143_600, "{fraction}");
        }
        for text in [
            "",
            "20261120030000",
            "20261120030000.Z",
            "20261120030000.0Z",
            "20261120030000.10Z",
            "20261120030000.1",
            "20261120030000,1Z",
            "20261120030000.1+0900",
            "20261120030000+0900",
            "202611200300Z",
            "261120030000Z",
            "20261320030000Z",
            "20261120030000.1ZZ",
            "20261120030000.-1Z",
        ] {
            assert!(time(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}

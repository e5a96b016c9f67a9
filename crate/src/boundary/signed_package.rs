//! [`super::read_signed_package`], [`super::verify_signed_package`], [`super::choose_evidence`].

use alloc::borrow::Cow;
use alloc::{string::String, vec::Vec};

use super::answer::{accepted, report};
use super::certificate_options::{ANCHOR_CONSTRAINTS, CertificateInput};
use super::exported::exported;
use super::found::Found;
use super::input::{CERTIFICATE, CRL, Input, OCSP_RESPONSE};
use super::members::{Members, integer, missing, of_another_type};
use super::revocation_options::slices;
use crate::error::Error;
use crate::json::Value;
use crate::package::{
    self, Candidates, DocumentDigest, PackageOptions, Piece, SignedPackage, TimestampOptions,
    TimestampStatus, VerifiedPackage,
};
use crate::signer::Rules;
use crate::text::text;
use crate::x509::{AnchorConstraints, Certificate, SkippedAnchor, read_anchors};

/// The evidence is in the package, so you can only choose whether it is required.
const REQUIREMENTS: &[(&str, bool)] = &[("nothing", false), ("certificate", true)];
const CLOCK_TOLERANCE: i64 = 300;

/// Reads a signed `package` (text) strictly. Verifies nothing. The result has the package, unchanged, as
/// `package`.
#[must_use]
pub fn read_signed_package(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let text = text(members, input)?;
        members.refuse_others()?;
        SignedPackage::read(text)?;
        Ok(accepted(|json| {
            // It has just been read as JSON.
            json.name("package")
                .verbatim(core::str::from_utf8(text).unwrap_or("null").trim());
        }))
    })
}

/// Verifies a signed `package` (text) for the `digest` of its document, and for its `size` if set, with the
/// options of [`super::verify_certificate`]. Of `revocation`, only `require` and `clockTolerance` are options.
/// `at` replaces the evidence time as the verification time. `timestamp` has the `anchors` and
/// `intermediates` of trusted timestamping authorities.
#[must_use]
pub fn verify_signed_package(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let text = text(members, input)?;
        let digest = input.bytes(members, "digest")?.ok_or_else(|| missing("digest"))?;
        let document = DocumentDigest {
            digest,
            size: size(members)?,
        };
        let at = members.get("at").map(|at| integer(at, "at")).transpose()?;
        let certificate = CertificateInput::read(members, input)?;
        let revocation = Revocation::read(members)?;
        let timestamp = TimestampInput::read(members, input)?;
        members.refuse_others()?;
        let package = SignedPackage::read(text)?;
        let authorities = timestamp.slices();
        let (trusted, skipped) = read_anchors(&authorities.anchors)
            .map_err(|error| Error::new(error.code(), text!["timestamp: ", error.message()]))?;
        certificate.with(&certificate.requests(), &|rules| {
            let options = PackageOptions {
                rules: *rules,
                now: certificate.now(),
                at: at.map(i64::from),
                evidence_required: revocation.required,
                clock_tolerance: revocation.clock_tolerance,
                timestamps: timestamp.given.then_some(TimestampOptions {
                    anchors: &trusted,
                    skipped_anchors: &skipped,
                    anchor_constraints: timestamp.anchor_constraints,
                    intermediates: &authorities.intermediates,
                    limits: certificate.limits(),
                }),
            };
            let verified = package::verify_signed_package(&package, &document, &options)?;
            Ok(answer(&package, &verified, rules, &skipped))
        })
    })
}

fn answer(
    package: &SignedPackage,
    verified: &VerifiedPackage,
    rules: &Rules<'_>,
    skipped: &[SkippedAnchor],
) -> String {
    let more = || {
        let each = skipped.iter();
        each.map(|skipped| text!["timestamp-anchor-unreadable:", skipped.position])
    };
    accepted(|json| {
        json.name("asOf").number(verified.as_of);
        json.name("asOfSource").string(verified.as_of_source.as_str());
        json.name("timestamp").object(|json| {
            json.name("status").string(verified.timestamp.as_str());
            if let TimestampStatus::Verified(timestamp) = &verified.timestamp {
                let authority = Certificate::from_der(&timestamp.authority);
                let name = authority.map_or_else(|_| String::new(), |read| read.subject().to_text());
                json.name("time").number(timestamp.time);
                json.name("authority").string(&name);
            }
        });
        json.name("scheme").string(package.scheme.as_str());
        if let Some(found) = Found::of(&verified.certificate, &package.certificate, rules) {
            found.warned(more()).write(json);
        }
        report(json.name("report"), &verified.report);
    })
}

/// Chooses the evidence for a package among `crls` and `ocspResponses`. The other options are `certificate`
/// and those of [`super::verify_certificate`]; of `revocation`, only `clockTolerance`, `crlMaxAge`, `ocspMaxAge`
/// and `ocspNonce`. The result has `certificate` and `evidence` in the form of a package. `evidence` is empty
/// if nothing settles the revocation status.
#[must_use]
pub fn choose_evidence(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let certificate = input
            .document(members, "certificate", CERTIFICATE)?
            .ok_or_else(|| missing("certificate"))?;
        let crls = input.documents(members, "crls", CRL)?.unwrap_or_default();
        let responses = input
            .documents(members, "ocspResponses", OCSP_RESPONSE)?
            .unwrap_or_default();
        let read = CertificateInput::read(members, input)?;
        let clock_tolerance = tolerance_for_choice(members)?;
        members.refuse_others()?;
        let (crls, responses) = (slices(&crls), slices(&responses));
        read.with(&read.requests(), &|rules| {
            let candidates = Candidates {
                ocsp_responses: &responses,
                crls: &crls,
            };
            let chosen =
                package::choose_evidence(&certificate, &candidates, rules, read.now(), clock_tolerance)?;
            Ok(accepted(|json| {
                json.name("certificate").base64(&certificate);
                json.name("evidence").object(|json| {
                    let piece = chosen.map(|chosen| chosen.piece);
                    let is = |der: &[u8]| match piece {
                        Some(Piece::Ocsp(piece) | Piece::Crl(piece)) => core::ptr::eq(piece, der),
                        None => false,
                    };
                    json.name("time");
                    match chosen {
                        Some(chosen) => json.number(chosen.time),
                        None => json.verbatim("null"),
                    }
                    for (name, list) in [("crls", &crls), ("ocspResponses", &responses)] {
                        let kept = list.iter().filter(|der| is(der));
                        json.name(name).list(kept, |json, der| json.base64(der));
                    }
                });
            }))
        })
    })
}

fn text<'a>(members: &Members<'_, '_>, input: &Input<'a>) -> Result<&'a [u8], Error> {
    input
        .bytes_or_text(members, "package")?
        .ok_or_else(|| missing("package"))
}

/// Digits only. Documents may be longer than other numbers allow.
fn size(members: &Members<'_, '_>) -> Result<Option<u64>, Error> {
    let read = |value: &Value<'_>| match value {
        Value::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    members
        .get("size")
        .map(|value| read(value).ok_or_else(|| of_another_type("size", "a non-negative integer")))
        .transpose()
}

/// The part of `revocation` that is an option for packages.
struct Revocation {
    required: bool,
    clock_tolerance: i64,
}

impl Revocation {
    fn read(members: &Members<'_, '_>) -> Result<Self, Error> {
        let mut read = Self {
            required: true,
            clock_tolerance: CLOCK_TOLERANCE,
        };
        if let Some(given) = members.object("revocation")? {
            read.required = given.word("require", REQUIREMENTS)?.unwrap_or(read.required);
            read.clock_tolerance = clock_tolerance(&given)?;
            given.refuse_others()?;
        }
        Ok(read)
    }
}

/// `revocation` for the choice of evidence. [`CertificateInput`] reads the maximum ages and the nonce.
fn tolerance_for_choice(members: &Members<'_, '_>) -> Result<i64, Error> {
    let Some(given) = members.object("revocation")? else {
        return Ok(CLOCK_TOLERANCE);
    };
    for name in ["crlMaxAge", "ocspMaxAge", "ocspNonce"] {
        given.get(name);
    }
    let tolerance = clock_tolerance(&given)?;
    given.refuse_others()?;
    Ok(tolerance)
}

fn clock_tolerance(revocation: &Members<'_, '_>) -> Result<i64, Error> {
    Ok(revocation
        .integer("clockTolerance")?
        .map_or(CLOCK_TOLERANCE, i64::from))
}

/// `timestamp`: the trusted timestamping authorities.
#[derive(Default)]
struct TimestampInput<'a> {
    given: bool,
    anchors: Vec<Cow<'a, [u8]>>,
    anchor_constraints: AnchorConstraints,
    intermediates: Vec<Cow<'a, [u8]>>,
}

/// The same as slices, for the options to borrow.
struct Authorities<'s> {
    anchors: Vec<&'s [u8]>,
    intermediates: Vec<&'s [u8]>,
}

impl<'a> TimestampInput<'a> {
    fn read(members: &Members<'_, '_>, input: &Input<'a>) -> Result<Self, Error> {
        let Some(given) = members.object("timestamp")? else {
            return Ok(Self::default());
        };
        let anchors = input.documents(&given, "anchors", CERTIFICATE)?;
        let read = Self {
            given: true,
            anchors: anchors.ok_or_else(|| missing("timestamp.anchors"))?,
            anchor_constraints: given
                .word("anchorConstraints", ANCHOR_CONSTRAINTS)?
                .unwrap_or_default(),
            intermediates: input
                .documents(&given, "intermediates", CERTIFICATE)?
                .unwrap_or_default(),
        };
        given.refuse_others()?;
        Ok(read)
    }

    fn slices(&self) -> Authorities<'_> {
        Authorities {
            anchors: slices(&self.anchors),
            intermediates: slices(&self.intermediates),
        }
    }
}

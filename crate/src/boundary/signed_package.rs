//! [`super::read_signed_package`], [`super::verify_signed_package`], [`super::choose_evidence`].

use std::borrow::Cow;

use super::certificate_options::{ANCHOR_CONSTRAINTS, CertificateInput, Verification};
use super::found::Found;
use super::input::{CERTIFICATE, CRL, Input, OCSP_RESPONSE};
use super::members::{Members, integer, missing, of_another_type, with_members};
use super::revocation_options::slices;
use super::{accepted, refused};
use crate::error::Error;
use crate::json::Value;
use crate::package::{
    self, Candidates, DocumentDigest, Judgement, PackageOptions, Piece, Rules, SignedPackage,
    TimestampOptions, TimestampStatus, VerifiedPackage,
};
use crate::x509::{AnchorConstraints, Certificate, SkippedAnchor, read_anchors};

/// The package itself brings the evidence: whether there has to be some is all that is left to say.
const REQUIREMENTS: &[(&str, bool)] = &[("nothing", false), ("certificate", true)];
const CLOCK_SKEW: i64 = 300;

pub(super) fn read_signed_package(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let text = text(members, &input)?;
        members.refuse_others()?;
        SignedPackage::read(text)?;
        Ok(accepted(|json| {
            // It is JSON, as was just made sure.
            json.name("package")
                .verbatim(std::str::from_utf8(text).unwrap_or("null").trim());
        }))
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

pub(super) fn verify_signed_package(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let text = text(members, &input)?;
        let digest = input.bytes(members, "digest")?.ok_or_else(|| missing("digest"))?;
        let document = DocumentDigest {
            digest,
            size: size(members)?,
        };
        let at = members.get("at").map(|at| integer(at, "at")).transpose()?;
        let certificate = CertificateInput::read(members, &input)?;
        let revocation = Revocation::read(members)?;
        let timestamp = TimestampInput::read(members, &input)?;
        members.refuse_others()?;
        let package = SignedPackage::read(text)?;
        let authorities = timestamp.slices();
        let (trusted, skipped) = read_anchors(&authorities.anchors)
            .map_err(|error| Error::new(error.code(), format!("timestamp: {}", error.message())))?;
        certificate.with(&certificate.requests(), |settings| {
            let options = PackageOptions {
                rules: rules(settings),
                now: certificate.now(),
                at: at.map(i64::from),
                evidence_required: revocation.required,
                clock_skew: revocation.clock_skew,
                timestamps: timestamp.given.then_some(TimestampOptions {
                    anchors: &trusted,
                    skipped_anchors: &skipped,
                    anchor_constraints: timestamp.anchor_constraints,
                    intermediates: &authorities.intermediates,
                    limits: certificate.limits(),
                }),
            };
            let verified = package::verify_signed_package(&package, &document, &options)?;
            Ok(answer(&package, &verified, settings, &skipped))
        })
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

fn answer(
    package: &SignedPackage,
    verified: &VerifiedPackage,
    settings: Verification<'_>,
    skipped: &[SkippedAnchor],
) -> String {
    let more = || {
        let each = skipped.iter();
        each.map(|skipped| format!("timestamp-anchor-unreadable:{}", skipped.position))
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
        match (&verified.certificate, settings) {
            (Judgement::Card(card), Verification::Card(options)) => {
                Found::card(card, &package.certificate, options.anchors)
                    .warned(more())
                    .write(json);
            }
            (Judgement::Path(chain), Verification::Path(options)) => {
                Found::chain(chain, options).warned(more()).write(json);
            }
            // What was asked for is what was found.
            _ => {}
        }
        json.name("report").report(&verified.report);
    })
}

pub(super) fn choose_evidence(options: &str, bytes: &[u8]) -> String {
    let outcome = with_members(options, |members| {
        let input = Input::new(bytes, members)?;
        let certificate = input
            .document(members, "certificate", CERTIFICATE)?
            .ok_or_else(|| missing("certificate"))?;
        let crls = input.documents(members, "crls", CRL)?.unwrap_or_default();
        let responses = input
            .documents(members, "ocspResponses", OCSP_RESPONSE)?
            .unwrap_or_default();
        let read = CertificateInput::read(members, &input)?;
        let clock_skew = skew_for_choice(members)?;
        members.refuse_others()?;
        let (crls, responses) = (slices(&crls), slices(&responses));
        read.with(&read.requests(), |settings| {
            let candidates = Candidates {
                ocsp_responses: &responses,
                crls: &crls,
            };
            let chosen = package::choose_evidence(
                &certificate,
                &candidates,
                &rules(settings),
                read.now(),
                clock_skew,
            )?;
            Ok(accepted(|json| {
                json.name("certificate").base64(&certificate);
                json.name("evidence").object(|json| {
                    let piece = chosen.map(|chosen| chosen.piece);
                    let is = |der: &[u8]| match piece {
                        Some(Piece::Ocsp(piece) | Piece::Crl(piece)) => std::ptr::eq(piece, der),
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
    });
    outcome.unwrap_or_else(|error| refused(&error))
}

fn text<'a>(members: &Members<'_, '_>, input: &Input<'a>) -> Result<&'a [u8], Error> {
    input
        .bytes_or_text(members, "package")?
        .ok_or_else(|| missing("package"))
}

/// In digits: documents may be longer than the other numbers.
fn size(members: &Members<'_, '_>) -> Result<Option<u64>, Error> {
    let read = |value: &Value<'_>| match value {
        Value::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    members
        .get("size")
        .map(|value| {
            read(value).ok_or_else(|| of_another_type("size", "a whole number that is not negative"))
        })
        .transpose()
}

fn rules(settings: Verification<'_>) -> Rules<'_> {
    match settings {
        Verification::Card(options) => Rules::Card(*options),
        Verification::Path(options) => Rules::Path(*options),
    }
}

/// `revocation`, of which only this much is left to the caller.
struct Revocation {
    required: bool,
    clock_skew: i64,
}

impl Revocation {
    fn read(members: &Members<'_, '_>) -> Result<Self, Error> {
        let mut read = Self {
            required: true,
            clock_skew: CLOCK_SKEW,
        };
        if let Some(given) = members.object("revocation")? {
            read.required = given.word("require", REQUIREMENTS)?.unwrap_or(read.required);
            read.clock_skew = clock_skew(&given)?;
            given.refuse_others()?;
        }
        Ok(read)
    }
}

/// `revocation` where evidence is chosen: its rules of age and the nonce are among those that [`CertificateInput`] reads.
fn skew_for_choice(members: &Members<'_, '_>) -> Result<i64, Error> {
    let Some(given) = members.object("revocation")? else {
        return Ok(CLOCK_SKEW);
    };
    for name in ["crlMaxAge", "ocspMaxAge", "ocspNonce"] {
        given.get(name);
    }
    let skew = clock_skew(&given)?;
    given.refuse_others()?;
    Ok(skew)
}

fn clock_skew(revocation: &Members<'_, '_>) -> Result<i64, Error> {
    Ok(revocation.integer("clockSkew")?.map_or(CLOCK_SKEW, i64::from))
}

/// `timestamp`: whom to believe about time.
#[derive(Default)]
struct TimestampInput<'a> {
    given: bool,
    anchors: Vec<Cow<'a, [u8]>>,
    anchor_constraints: AnchorConstraints,
    intermediates: Vec<Cow<'a, [u8]>>,
}

/// The same as slices, which the options borrow.
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

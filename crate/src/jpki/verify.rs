//! Verifies certificates of the My Number Card under a profile.

use alloc::{borrow::ToOwned as _, boxed::Box, string::String, vec::Vec};
use core::cell::OnceCell;
use core::fmt;

use super::anchors::{Anchors, Authority};
use super::leaf;
use super::profile::{Cards, Hierarchy, PROFILES, Profile};
use crate::cms::{
    self, CmsOptions, Enclosed, Outcome, PdfError, PdfSigner, verify_pdf_with, verify_signed_data_with,
};
use crate::code::Code;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::{
    self, AnchorConstraints, Certificate, Ground, Limits, PathOptions, Purpose, Revocation, RevocationOptions,
};

/// The required profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileChoice<'a> {
    /// A known profile: the active profile in [`PROFILES`] with this hierarchy, this these cards and the
    /// policy of the certificate.
    Known(Hierarchy, Cards),
    /// A profile of your own.
    Custom(Profile<'a>),
}

/// The options for a certificate of the card.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct JpkiOptions<'a> {
    /// The profile.
    pub profile: ProfileChoice<'a>,
    /// organizationName of the issuer, in place of that of the profile, for a synthetic hierarchy. The unit
    /// of the profile is then ignored.
    pub organization: Option<&'a str>,
    /// Policies that are accepted in addition to those of the profile.
    pub policies: &'a [Oid<'a>],
    /// The certificates of the trusted CAs in DER, of all generations. Those of another hierarchy or
    /// of other cards are ignored. Nothing else is trusted.
    pub anchors: &'a [&'a [u8]],
    /// Whether the constraints in the certificates of the trust anchors apply.
    pub anchor_constraints: AnchorConstraints,
    /// Certificates in DER of delegated CRL signers. They are not trusted, and never part of the path of a
    /// card: CAs issue card certificates directly.
    pub intermediates: &'a [&'a [u8]],
    /// The verification time, as Unix time in seconds.
    pub time: i64,
    /// Revocation evidence and its requirements.
    pub revocation: RevocationOptions<'a>,
    /// The limits.
    pub limits: Limits,
}

impl<'a> JpkiOptions<'a> {
    /// Default options with this profile, these trust anchors and this verification time (Unix time in
    /// seconds): no revocation evidence, and none required.
    #[must_use]
    pub fn new(profile: ProfileChoice<'a>, anchors: &'a [&'a [u8]], time: i64) -> Self {
        Self {
            profile,
            organization: None,
            policies: &[],
            anchors,
            anchor_constraints: AnchorConstraints::Apply,
            intermediates: &[],
            time,
            revocation: RevocationOptions::default(),
            limits: Limits::default(),
        }
    }
}

/// A warning about a valid certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The trust anchor is not in [`super::KNOWN_CAS`]: a new generation, a synthetic hierarchy, or a
    /// mistake.
    UnknownAuthority,
    /// The trust anchor at this position in the options, counted from 1, cannot be read and was ignored.
    AnchorUnreadable(usize),
}

impl Warning {
    /// The warning as documented.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Warning::UnknownAuthority => "unknown-authority".into(),
            Warning::AnchorUnreadable(position) => text!["anchor-unreadable:", *position],
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// A valid certificate that complies with its profile. Contains no data of the holder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedCard {
    /// The hierarchy.
    pub hierarchy: Hierarchy,
    /// The cards; `None` for a custom profile without one.
    pub cards: Option<Cards>,
    /// The name of the profile.
    pub profile: String,
    /// The CA that issued the certificate.
    pub authority: Authority,
    /// The SubjectPublicKeyInfo of the CA, in DER.
    pub issuer_spki: Vec<u8>,
    /// The revocation status. Only `Good` means that it was checked and the certificate is not revoked.
    pub revocation: Revocation,
    /// Warnings.
    pub warnings: Vec<Warning>,
    /// The steps of the verification.
    pub report: Report,
}

/// Verifies a certificate of the My Number Card: profile, issuer, path and revocation.
///
/// The policy, the trust anchor and the cards must match. authorityKeyIdentifier selects among the
/// trust anchors of the hierarchy and cards, and the signature decides. The name alone never does.
///
/// # Errors
/// - [`Code::PolicyUnsupported`], with the policy in the message; [`Code::HierarchyMismatch`],
///   [`Code::EnvironmentMismatch`], [`Code::ProfileMismatch`], [`Code::AnchorMissing`]
/// - [`Code::IssuerNotFound`]: no trust anchor has the key that signed; a generation may be missing
/// - [`Code::OptionsInvalid`]: a profile without a policy
/// - as for [`x509::verify_certificate`]
pub fn verify_card_certificate(certificate: &[u8], options: &JpkiOptions<'_>) -> Result<VerifiedCard, Error> {
    let read = Certificate::from_der(certificate)
        .map_err(|error| Report::default().failed("certificate", "RFC 5280 §4.1", error))?;
    let given = &options.revocation;
    let limits = &options.limits;
    let ground = || Ground::read(options.intermediates, given.crls, given.ocsp_responses, limits);
    verify(&read, options, &ground)
}

/// Verifies a SignedData message (RFC 5652 §5) whose signers used the My Number Card.
///
/// The CRLs and OCSP responses in the message are added to the evidence in the options. Of its certificates,
/// only those of the signers are used: CAs issue directly, and a CA certificate in the message is not a trust
/// anchor.
///
/// # Errors
/// As for [`crate::cms::verify_signed_data_with`] and [`verify_card_certificate`].
pub fn verify_card_signed_data<'a>(
    message: &'a [u8],
    cms: &CmsOptions<'a>,
    options: &JpkiOptions<'a>,
) -> Outcome<'a, VerifiedCard> {
    verify_card_signed_data_as(message, cms, options, |card| card)
}

/// Like [`verify_card_signed_data`], with the findings about certificates in another type.
pub(crate) fn verify_card_signed_data_as<'a, P>(
    message: &'a [u8],
    cms: &CmsOptions<'a>,
    options: &JpkiOptions<'a>,
    wrap: impl Fn(VerifiedCard) -> P,
) -> Outcome<'a, P> {
    let cms = CmsOptions {
        limits: options.limits,
        ..*cms
    };
    // The same for all signers.
    let ground = OnceCell::new();
    verify_signed_data_with(message, &cms, |certificate, enclosed| {
        let ground = || ground.get_or_init(|| read(enclosed, options)).clone();
        let (card, report) = signer(certificate, enclosed, options, &ground)?;
        Ok((wrap(card), report))
    })
}

/// Verifies all signatures of a PDF file that were made with the My Number Card.
///
/// # Errors
/// As for [`verify_pdf_with`] and [`verify_card_certificate`].
pub fn verify_card_pdf(
    file: &[u8],
    cms: &CmsOptions<'_>,
    options: &JpkiOptions<'_>,
) -> Result<Vec<PdfSigner<VerifiedCard>>, Box<PdfError<VerifiedCard>>> {
    let cms = CmsOptions {
        limits: options.limits,
        ..*cms
    };
    verify_pdf_with(file, &cms, |certificate, enclosed| {
        signer(certificate, enclosed, options, &|| read(enclosed, options))
    })
}

/// Parses the intermediate certificates in the options, and all evidence.
fn read<'x>(enclosed: &Enclosed<'x>, options: &JpkiOptions<'x>) -> Result<Ground<'x>, Error> {
    cms::ground(
        options.intermediates,
        &options.revocation,
        enclosed,
        &options.limits,
    )
}

fn signer<'x>(
    certificate: &Certificate<'x>,
    enclosed: &Enclosed<'x>,
    options: &JpkiOptions<'x>,
    ground: &dyn Fn() -> Result<Ground<'x>, Error>,
) -> Result<(VerifiedCard, Report), Error> {
    let options = &JpkiOptions {
        limits: options.limits.shared_among(enclosed.signers),
        ..*options
    };
    let card = verify(certificate, options, ground)?;
    let report = card.report.clone();
    Ok((card, report))
}

fn verify<'x>(
    certificate: &Certificate<'x>,
    options: &JpkiOptions<'x>,
    ground: &dyn Fn() -> Result<Ground<'x>, Error>,
) -> Result<VerifiedCard, Error> {
    let mut report = Report::default();
    let profile = choose(certificate, options, &mut report)?;
    leaf::check(certificate, &profile, &mut report)?;
    let anchors = Anchors::choose(options.anchors, &profile, certificate, &mut report)?;

    // The policy was checked before. Only the certificate has it: CA certificates have none.
    let mut path = PathOptions::new(anchors.trusted(), options.time);
    path.anchor_constraints = options.anchor_constraints;
    path.skipped_anchors = anchors.skipped();
    path.key_usage = Some(profile.key_usage);
    path.purpose = profile.extended_key_usage.first().copied().map(Purpose::Named);
    path.revocation = options.revocation;
    path.limits = options.limits;
    // The trust anchors do not live as long as the ground.
    #[allow(clippy::redundant_closure)]
    let found =
        x509::verify_on(certificate, &path, &|| ground(), None).map_err(|error| report.before(error))?;
    report.append(&found.report);
    let direct = match found.certificates.len() {
        ..=1 => Ok(()),
        _ => Err(Error::new(
            Code::ProfileMismatch,
            "the certificate was not issued directly by a trust anchor",
        )),
    };
    report.step(
        "profile-direct-issue",
        "JPKI profile: authorities",
        direct,
        |()| "issued directly by the CA",
    )?;

    let authority = anchors.authority(found.anchor, &profile);
    let skipped = anchors.skipped().iter();
    let mut warnings: Vec<_> = skipped
        .map(|skipped| Warning::AnchorUnreadable(skipped.position))
        .collect();
    const ID: &str = "known-authority";
    const REFERENCE: &str = "JPKI: published CA certificates";
    match authority.known {
        Some(known) => report.passed(ID, REFERENCE, known.name),
        None => {
            warnings.push(Warning::UnknownAuthority);
            report.skipped(ID, REFERENCE, "the CA is not one of the published CAs");
        }
    }
    Ok(VerifiedCard {
        hierarchy: profile.hierarchy,
        cards: profile.cards,
        profile: profile.name.to_owned(),
        authority,
        issuer_spki: found.issuer_spki().to_vec(),
        revocation: found
            .revocation
            .first()
            .copied()
            .unwrap_or(Revocation::NotChecked),
        warnings,
        report,
    })
}

/// The requested profile, which must have the policy of the certificate.
fn choose<'p>(
    certificate: &Certificate<'_>,
    options: &JpkiOptions<'p>,
    report: &mut Report,
) -> Result<Profile<'p>, Error> {
    let profile = leaf::policy(certificate).and_then(|policy| row(policy, options));
    let reference = "JPKI profile: certificatePolicies";
    let mut profile = report.step("profile-policy", reference, profile, |profile| {
        profile.name.to_owned()
    })?;
    if let Some(organization) = options.organization {
        profile.organization = organization;
        profile.unit = None;
    }
    Ok(profile)
}

fn row<'p>(policy: Oid<'_>, options: &JpkiOptions<'p>) -> Result<Profile<'p>, Error> {
    let named = options.policies.contains(&policy);
    let has = |row: &Profile<'_>| named || row.policies.contains(&policy);
    match options.profile {
        ProfileChoice::Custom(profile) if has(&profile) => Ok(profile),
        ProfileChoice::Custom(profile) if !profile.is_active() => Err(Error::new(
            Code::OptionsInvalid,
            "the profile has no policy, so no certificate can match it; give at least one policy",
        )),
        ProfileChoice::Custom(profile) => Err(leaf::unexpected(policy, profile.hierarchy, profile.cards)),
        ProfileChoice::Known(hierarchy, cards) => PROFILES
            .iter()
            .find(|row| row.is_active() && row.hierarchy == hierarchy && row.cards == Some(cards) && has(row))
            .copied()
            .ok_or_else(|| leaf::unexpected(policy, hierarchy, Some(cards))),
    }
}

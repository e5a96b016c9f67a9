//! Verifying a certificate of the My Number Card under a profile.

use std::cell::OnceCell;
use std::fmt;

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
use crate::x509::{
    self, AnchorConstraints, Certificate, Ground, Limits, PathOptions, Purpose, Revocation, RevocationOptions,
};

/// The required profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileChoice<'a> {
    /// One of the known: whichever active row of [`PROFILES`] is of this hierarchy and these cards and has the
    /// certificate's policy.
    Known(Hierarchy, Cards),
    /// One that the caller wrote.
    Custom(Profile<'a>),
}

/// The options of verifying a certificate of the card.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct JpkiOptions<'a> {
    /// The profile.
    pub profile: ProfileChoice<'a>,
    /// organizationName of the issuer, in place of the profile's: for a synthetic hierarchy. The profile's unit does not
    /// count then.
    pub organization: Option<&'a str>,
    /// Further policies that the certificate may have instead of the profile's.
    pub policies: &'a [Oid<'a>],
    /// The certificates of the trusted authorities, in DER, of all generations. Those of another hierarchy or other cards
    /// are not used. Nothing else is trusted.
    pub anchors: &'a [&'a [u8]],
    /// Whether the constraints in the certificates of anchors apply.
    pub anchor_constraints: AnchorConstraints,
    /// Certificates in DER of those who sign CRLs in an authority's place. Not trusted, and never between an authority and
    /// a card: authorities issue directly.
    pub intermediates: &'a [&'a [u8]],
    /// The time to validate for, in seconds since 1970.
    pub time: i64,
    /// Evidence of revocation, and what is required of it.
    pub revocation: RevocationOptions<'a>,
    /// The bounds.
    pub limits: Limits,
}

impl<'a> JpkiOptions<'a> {
    /// This profile, these anchors, this time, and the defaults: no evidence of revocation, none required.
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

/// A remark about a valid certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The anchor is none of [`super::KNOWN_CAS`]: a new generation, a synthetic hierarchy, or not what the caller thinks.
    UnknownAuthority,
    /// The anchor at this place in the caller's list, counted from 1, could not be read and was skipped.
    AnchorUnreadable(usize),
}

impl fmt::Display for Warning {
    /// The warning as it is documented.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::UnknownAuthority => f.write_str("unknown-authority"),
            Warning::AnchorUnreadable(position) => write!(f, "anchor-unreadable:{position}"),
        }
    }
}

/// A certificate that complies with its profile. Contains no data of the holder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerifiedCard {
    /// Which hierarchy.
    pub hierarchy: Hierarchy,
    /// Which cards; `None` for a profile of neither.
    pub cards: Option<Cards>,
    /// The profile's name.
    pub profile: String,
    /// Who issued it.
    pub authority: Authority,
    /// The DER of the authority's SubjectPublicKeyInfo.
    pub issuer_spki: Vec<u8>,
    /// What is known of its revocation. Only `Good` means that it was checked and is not revoked.
    pub revocation: Revocation,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The steps made.
    pub report: Report,
}

/// Verifies a certificate of the My Number Card: profile, issuer, path and revocation.
///
/// Policy, anchors and cards have to agree. The issuer is chosen by authorityKeyIdentifier among the anchors of the
/// hierarchy and decided by its signature, never by its name.
///
/// # Errors
/// - [`Code::PolicyUnsupported`], naming the policy; [`Code::HierarchyMismatch`], [`Code::EnvironmentMismatch`],
///   [`Code::ProfileMismatch`], [`Code::AnchorMissing`]
/// - [`Code::IssuerNotFound`]: no anchor has the key that signed; a generation may be missing
/// - [`Code::OptionsInvalid`]: a profile without a policy
/// - as [`x509::verify_certificate`]
pub fn verify_card_certificate(certificate: &[u8], options: &JpkiOptions<'_>) -> Result<VerifiedCard, Error> {
    let read = Certificate::from_der(certificate)
        .map_err(|error| Report::default().failed("certificate", "RFC 5280 §4.1", error))?;
    let given = &options.revocation;
    let limits = &options.limits;
    let ground = || Ground::read(options.intermediates, given.crls, given.ocsp_responses, limits);
    verify(&read, options, ground)
}

/// Verifies a SignedData message (RFC 5652 §5) whose signers signed with the My Number Card.
///
/// The message's CRLs and OCSP responses join the caller's evidence. Its certificates other than the signers' own play no
/// part: authorities issue directly, and a copy of one in the message is no anchor.
///
/// # Errors
/// As [`crate::cms::verify_signed_data_with`] and [`verify_card_certificate`].
pub fn verify_card_signed_data<'a>(
    message: &'a [u8],
    cms: &CmsOptions<'a>,
    options: &JpkiOptions<'a>,
) -> Outcome<'a, VerifiedCard> {
    let cms = CmsOptions {
        limits: options.limits,
        ..*cms
    };
    // The same for every signer.
    let ground = OnceCell::new();
    verify_signed_data_with(message, &cms, |certificate, enclosed| {
        let ground = || ground.get_or_init(|| read(enclosed, options)).clone();
        signer(certificate, enclosed, options, ground)
    })
}

/// Verifies every signature of a PDF file, made with the My Number Card.
///
/// # Errors
/// As [`verify_pdf_with`] and [`verify_card_certificate`].
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
        signer(certificate, enclosed, options, || read(enclosed, options))
    })
}

/// The caller's intermediates, and all evidence.
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
    ground: impl FnOnce() -> Result<Ground<'x>, Error>,
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
    ground: impl FnOnce() -> Result<Ground<'x>, Error>,
) -> Result<VerifiedCard, Error> {
    let mut report = Report::default();
    let profile = choose(certificate, options, &mut report)?;
    leaf::check(certificate, &profile, &mut report)?;
    let anchors = Anchors::choose(options.anchors, &profile, certificate, &mut report)?;

    // The policy was checked already, and is nobody's but the certificate's: authorities have none.
    let mut path = PathOptions::new(anchors.trusted(), options.time);
    path.anchor_constraints = options.anchor_constraints;
    path.skipped_anchors = anchors.skipped();
    path.key_usage = Some(profile.key_usage);
    path.purpose = profile.extended_key_usage.first().copied().map(Purpose::Named);
    path.revocation = options.revocation;
    path.limits = options.limits;
    // The anchors do not live as long as the ground.
    #[allow(clippy::redundant_closure)]
    let found = x509::verify_on(certificate.as_der(), &path, || ground(), None)
        .map_err(|error| report.before(error))?;
    report.append(&found.report);
    let direct = match found.certificates.len() {
        ..=1 => Ok(()),
        _ => Err(Error::new(
            Code::ProfileMismatch,
            "the certificate was not issued by an authority directly",
        )),
    };
    report.step(
        "profile-direct-issue",
        "JPKI profile: authorities",
        direct,
        |()| "issued by the authority itself",
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
            report.skipped(ID, REFERENCE, "the authority is none of the published ones");
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

/// The profile that was asked for, and that the certificate's policy is one of.
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
            "the profile has no policy, so that nothing can be verified under it",
        )),
        ProfileChoice::Custom(profile) => Err(leaf::unexpected(policy, profile.hierarchy, profile.cards)),
        ProfileChoice::Known(hierarchy, cards) => PROFILES
            .iter()
            .find(|row| row.is_active() && row.hierarchy == hierarchy && row.cards == Some(cards) && has(row))
            .copied()
            .ok_or_else(|| leaf::unexpected(policy, hierarchy, Some(cards))),
    }
}

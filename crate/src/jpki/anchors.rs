//! Which of the caller's anchors may have issued a certificate of a profile.

use super::known_cas::{KnownCa, identify};
use super::names::{self, Fit};
use super::profile::{Cards, Hierarchy, Profile};
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::x509::{Certificate, SkippedAnchor, TrustAnchor, mention_skipped, read_anchors};

/// The most anchors that are looked at.
const MAX_ANCHORS: usize = 64;

/// The authority that issued a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authority {
    /// Which hierarchy.
    pub hierarchy: Hierarchy,
    /// Which cards; `None` for one that is neither.
    pub cards: Option<Cards>,
    /// Which generation, if it is a known authority.
    pub generation: Option<&'static str>,
    /// SHA-256 of its certificate.
    pub fingerprint: [u8; 32],
    /// Its row in [`super::KNOWN_CAS`].
    pub known: Option<&'static KnownCa>,
}

/// The anchors of one hierarchy and kind of cards.
pub(super) struct Anchors<'a> {
    trusted: Vec<TrustAnchor<'a>>,
    skipped: Vec<SkippedAnchor>,
}

impl<'a> Anchors<'a> {
    pub(super) fn choose(
        all: &[&'a [u8]],
        profile: &Profile<'_>,
        leaf: &Certificate<'_>,
        report: &mut Report,
    ) -> Result<Self, Error> {
        let chosen = Self::of_profile(all, profile, leaf);
        report.step("profile-anchors", "JPKI profile: authorities", chosen, |chosen| {
            let (of, used) = (all.len(), chosen.trusted.len());
            format!("anchors of this hierarchy and environment: {used} of {of}")
        })
    }

    fn of_profile(all: &[&'a [u8]], profile: &Profile<'_>, leaf: &Certificate<'_>) -> Result<Self, Error> {
        if all.len() > MAX_ANCHORS {
            return Err(Error::new(
                Code::OptionsInvalid,
                format!("more than {MAX_ANCHORS} anchors; JPKI has a handful"),
            ));
        }
        let mut trusted = Vec::new();
        let mut others = Vec::new();
        let (anchors, skipped) = read_anchors(all)?;
        for anchor in anchors {
            match classify(&anchor, profile) {
                Fit::Same => trusted.push(anchor),
                other => others.push(other),
            }
        }
        // An authority's certificate names itself; a holder's certificate is no anchor, whoever hands it over.
        trusted.retain(|anchor| anchor.certificate().is_none_or(Certificate::is_ca));
        if trusted.is_empty() {
            return Err(mention_skipped(none_fits(&others), &skipped));
        }
        trusted.retain(|anchor| may_have_issued(anchor, leaf));
        if trusted.is_empty() {
            let error = Error::new(
                Code::IssuerNotFound,
                "no anchor is the authority that authorityKeyIdentifier names; a generation may be missing",
            );
            return Err(mention_skipped(error, &skipped));
        }
        Ok(Self { trusted, skipped })
    }

    /// Those that could not be read.
    pub(super) fn skipped(&self) -> &[SkippedAnchor] {
        &self.skipped
    }

    pub(super) fn trusted(&self) -> &[TrustAnchor<'a>] {
        &self.trusted
    }

    pub(super) fn authority(&self, anchor: &TrustAnchor<'_>, profile: &Profile<'_>) -> Authority {
        let (fingerprint, known) = anchor
            .certificate()
            .map_or(([0; 32], None), |certificate| identify(certificate.as_der()));
        Authority {
            hierarchy: profile.hierarchy,
            cards: profile.cards,
            generation: known.map(|known| known.generation),
            fingerprint,
            known,
        }
    }
}

/// By its fingerprint where it is known, by its name where it is not.
fn classify(anchor: &TrustAnchor<'_>, profile: &Profile<'_>) -> Fit {
    let known = anchor
        .certificate()
        .and_then(|certificate| identify(certificate.as_der()).1);
    match known {
        Some(known) if Some(known.cards) != profile.cards => Fit::OtherCards,
        Some(known) if known.hierarchy != profile.hierarchy => Fit::OtherHierarchy,
        _ => names::classify(anchor.name(), profile),
    }
}

/// All generations share one name: authorityKeyIdentifier tells them apart. What it says of an anchor of another name does
/// not matter.
fn may_have_issued(anchor: &TrustAnchor<'_>, leaf: &Certificate<'_>) -> bool {
    let (Some(wanted), Some(certificate)) =
        (leaf.extensions().authority_key_identifier, anchor.certificate())
    else {
        return true;
    };
    if !anchor.name().matches(leaf.issuer()) {
        return true;
    }
    match (wanted.key, certificate.extensions().subject_key_identifier) {
        (Some(key), Some(of_anchor)) => key == of_anchor,
        _ => wanted.serial.is_none_or(|serial| serial == certificate.serial()),
    }
}

fn none_fits(others: &[Fit]) -> Error {
    let why = if others.contains(&Fit::OtherHierarchy) {
        "those handed over are of the other hierarchy"
    } else if others.contains(&Fit::OtherCards) {
        "those handed over are of the other environment"
    } else {
        "hand over the CA certificates that J-LIS publishes"
    };
    Error::new(
        Code::AnchorMissing,
        format!("no anchor is an authority of this hierarchy and environment; {why}"),
    )
}

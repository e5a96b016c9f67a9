//! Selects the given trust anchors that may have issued a certificate of a profile.

use alloc::vec::Vec;

use super::known_cas::{KnownCa, identify};
use super::names::{self, Fit};
use super::profile::{Cards, Hierarchy, Profile};
use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::{Certificate, SkippedAnchor, TrustAnchor, mention_skipped, read_anchors};

/// The maximum number of trust anchors.
const MAX_ANCHORS: usize = 64;

/// The CA that issued a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authority {
    /// The hierarchy.
    pub hierarchy: Hierarchy,
    /// The cards; `None` for a custom profile without one.
    pub cards: Option<Cards>,
    /// The generation, if the CA is known.
    pub generation: Option<&'static str>,
    /// The SHA-256 digest of its certificate.
    pub fingerprint: [u8; 32],
    /// Its row in [`super::KNOWN_CAS`].
    pub known: Option<&'static KnownCa>,
    /// Its index in [`super::JpkiOptions::anchors`].
    pub index: usize,
}

/// The trust anchors of one hierarchy and kind of cards.
pub(super) struct Anchors<'a> {
    trusted: Vec<TrustAnchor<'a>>,
    /// Of the trusted ones.
    identities: Vec<Identity>,
    skipped: Vec<SkippedAnchor>,
}

/// Who an anchor is. Its digest costs as much as a tenth of a signature, and is computed once.
#[derive(Clone, Copy)]
struct Identity {
    index: usize,
    fingerprint: [u8; 32],
    known: Option<&'static KnownCa>,
}

impl Identity {
    fn of(index: usize, anchor: &TrustAnchor<'_>) -> Self {
        let (fingerprint, known) = anchor
            .certificate()
            .map_or(([0; 32], None), |certificate| identify(certificate.as_der()));
        Self {
            index,
            fingerprint,
            known,
        }
    }
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
            text![
                "trust anchors of this hierarchy and these cards: ",
                used,
                " of ",
                of
            ]
        })
    }

    fn of_profile(all: &[&'a [u8]], profile: &Profile<'_>, leaf: &Certificate<'_>) -> Result<Self, Error> {
        if all.len() > MAX_ANCHORS {
            return Err(Error::new(
                Code::OptionsInvalid,
                text![
                    "more than ",
                    MAX_ANCHORS,
                    " trust anchors; give only those of JPKI"
                ],
            ));
        }
        let mut trusted = Vec::new();
        let mut others = Vec::new();
        let (anchors, skipped) = read_anchors(all)?;
        let is_skipped = |index: &usize| skipped.iter().any(|skipped| skipped.position == index + 1);
        let readable = (0..all.len()).filter(|index| !is_skipped(index));
        for (index, anchor) in readable.zip(anchors) {
            let identity = Identity::of(index, &anchor);
            match classify(&anchor, identity.known, profile) {
                Fit::Same => trusted.push((anchor, identity)),
                other => others.push(other),
            }
        }
        // The certificate of a holder is never used as a trust anchor.
        trusted.retain(|(anchor, _)| anchor.certificate().is_none_or(Certificate::is_ca));
        if trusted.is_empty() {
            return Err(mention_skipped(none_fits(&others), &skipped));
        }
        trusted.retain(|(anchor, _)| may_have_issued(anchor, leaf));
        if trusted.is_empty() {
            let error = Error::new(
                Code::IssuerNotFound,
                "no trust anchor matches authorityKeyIdentifier; the CA certificate of another generation may be missing",
            );
            return Err(mention_skipped(error, &skipped));
        }
        let (trusted, identities) = trusted.into_iter().unzip();
        Ok(Self {
            trusted,
            identities,
            skipped,
        })
    }

    /// The trust anchors that cannot be read.
    pub(super) fn skipped(&self) -> &[SkippedAnchor] {
        &self.skipped
    }

    pub(super) fn trusted(&self) -> &[TrustAnchor<'a>] {
        &self.trusted
    }

    pub(super) fn authority(&self, anchor: &TrustAnchor<'_>, profile: &Profile<'_>) -> Authority {
        let der = anchor.certificate().map(Certificate::as_der);
        let is_it = |other: &TrustAnchor<'_>| other.certificate().map(Certificate::as_der) == der;
        let at = self.trusted.iter().position(is_it);
        let identity = at.and_then(|at| self.identities.get(at));
        // It is one of them.
        let Identity {
            index,
            fingerprint,
            known,
        } = identity
            .copied()
            .unwrap_or_else(|| Identity::of(usize::MAX, anchor));
        Authority {
            hierarchy: profile.hierarchy,
            cards: profile.cards,
            generation: known.map(|known| known.generation),
            fingerprint,
            known,
            index,
        }
    }
}

/// Identifies a known CA by its fingerprint, and others by name.
fn classify(anchor: &TrustAnchor<'_>, known: Option<&KnownCa>, profile: &Profile<'_>) -> Fit {
    match known {
        Some(known) if Some(known.cards) != profile.cards => Fit::OtherCards,
        Some(known) if known.hierarchy != profile.hierarchy => Fit::OtherHierarchy,
        _ => names::classify(anchor.name(), profile),
    }
}

/// All generations have the same name, so authorityKeyIdentifier selects among them. It is ignored for an
/// anchor with another name.
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
        "the given trust anchors belong to the other hierarchy"
    } else if others.contains(&Fit::OtherCards) {
        "the given trust anchors belong to the other cards"
    } else {
        "give the CA certificates that J-LIS publishes"
    };
    Error::new(
        Code::AnchorMissing,
        text!["no trust anchor is a CA of this hierarchy and these cards; ", why],
    )
}

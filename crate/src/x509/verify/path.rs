//! Builds a path from a certificate to a trust anchor, among any number of candidates (RFC 4158, RFC 5280
//! §6).

use alloc::{string::String, vec::Vec};

use super::budget::Budget;
use super::pool::{Fit, key_fit};
use super::verifier::{Goal, Judged, Refused, Verifier};
use crate::code::Code;
use crate::error::Error;
use crate::sort::sort_by_key;
use crate::text::text;
use crate::x509::{
    Certificate, GeneralName, Name, Revocation, TrustAnchor, VerifiedPath, cost::exhausted, signed::Signed,
};

/// A possible issuer of a certificate.
#[derive(Clone, Copy)]
enum Issuer<'a> {
    Anchor(usize),
    Certificate(&'a [u8]),
}

fn fit(child: &Certificate<'_>, issuer: Option<&Certificate<'_>>, budget: &mut Budget) -> Result<Fit, Error> {
    let (Some(wanted), Some(issuer)) = (child.extensions().authority_key_identifier, issuer) else {
        return Ok(Fit::Silent);
    };
    match key_fit(wanted.key, issuer.extensions().subject_key_identifier) {
        Fit::Silent => {}
        fit => return Ok(fit),
    }
    match (wanted.issuer, wanted.serial) {
        (Some(names), Some(serial)) => {
            // Only the first name is compared, because a long list would be read again for every candidate.
            let same = match names.iter().next() {
                Some(GeneralName::Directory(name)) if serial == issuer.serial() => {
                    budget.same_name(&name, issuer.issuer())?
                }
                _ => false,
            };
            Ok(if same { Fit::SameKey } else { Fit::OtherKey })
        }
        _ => Ok(Fit::Silent),
    }
}

/// Keeps the most useful error: that of a whole path takes precedence over that of a single certificate.
#[derive(Default)]
struct Refusals {
    path: Option<Error>,
    step: Option<Error>,
    /// The error of an issuer certificate that cannot be read.
    unreadable: Option<Error>,
    other_keys: bool,
    /// Why an issuer certificate must not be in the path.
    excluded: Option<String>,
}

impl<'a> Verifier<'a> {
    /// Builds and validates a path from `leaf` to one of `anchors`.
    pub(super) fn find_path(
        &self,
        leaf: &Certificate<'a>,
        anchors: &'a [TrustAnchor<'a>],
        goal: &Goal<'_>,
        budget: &mut Budget,
    ) -> Result<VerifiedPath<'a>, Error> {
        let mut refusals = Refusals::default();
        let found = self.search(leaf, anchors, goal, budget, &mut refusals);
        match (found, refusals.path) {
            // The error of a path is more useful than the reached limit. For a CRL signer, the limit counts,
            // because there may still be a path.
            (Err(error), Some(refusal)) if error.code() == Code::PathBudgetExhausted && !goal.crl_signer => {
                Err(refusal.with_note("other paths remain untried because a limit is reached"))
            }
            (found, _) => found,
        }
    }

    /// Depth first, best match first, without recursion.
    fn search(
        &self,
        leaf: &Certificate<'a>,
        anchors: &'a [TrustAnchor<'a>],
        goal: &Goal<'_>,
        budget: &mut Budget,
        refusals: &mut Refusals,
    ) -> Result<VerifiedPath<'a>, Error> {
        let mut path = vec![leaf.clone()];
        let first = self.issuers_of(leaf, anchors, goal, budget, refusals)?;
        let mut choices = vec![first];
        refusals.note_unreadable(self, leaf, budget)?;
        let mut accepted = None;
        while let (Some(choice), Some(child)) = (choices.last_mut(), path.last()) {
            let Some((fit, issuer)) = choice.pop() else {
                choices.pop();
                path.pop();
                continue;
            };
            let signed = Signed::certificate(child, true);
            match issuer {
                Issuer::Anchor(index) => {
                    budget.candidate(&[])?;
                    let Some(anchor) = anchors.get(index) else {
                        continue;
                    };
                    if let Err(error) = budget.verify(&signed, anchor.spki)? {
                        refusals.note_step(fit, error, child, path.len(), budget)?;
                        continue;
                    }
                    match self.validate(&path, anchor, goal, budget) {
                        Ok(Judged { path, contested }) => {
                            // A revocation on any path refuses the certificate, so the others are tried if one
                            // may have it.
                            let is_revoked = matches!(path.revocation.first(), Some(Revocation::Revoked(_)));
                            if is_revoked || !contested && accepted.is_none() {
                                return Ok(path);
                            }
                            accepted.get_or_insert(path);
                        }
                        Err(Refused { error, is_final })
                            if is_final || error.code() == Code::PathBudgetExhausted =>
                        {
                            return Err(error);
                        }
                        Err(Refused { error, .. }) => {
                            refusals.path.get_or_insert(error);
                        }
                    }
                }
                Issuer::Certificate(der) => {
                    budget.candidate(der)?;
                    // Checked when the pool was made.
                    let Ok(issuer) = Certificate::from_der(der) else {
                        continue;
                    };
                    let before = path.iter().map(|before| (before.subject(), before.spki()));
                    if is_among(&issuer, before, budget)? {
                        continue;
                    }
                    if path.len() >= self.options.limits.path_length {
                        refusals
                            .step
                            .get_or_insert_with(|| exhausted("certificates in one path"));
                        continue;
                    }
                    if let Err(error) = budget.verify(&signed, issuer.spki())? {
                        refusals.note_step(fit, error, child, path.len(), budget)?;
                        continue;
                    }
                    let next = self.issuers_of(&issuer, anchors, goal, budget, refusals)?;
                    choices.push(next);
                    refusals.note_unreadable(self, &issuer, budget)?;
                    path.push(issuer);
                }
            }
        }
        accepted.ok_or_else(|| self.refusal(core::mem::take(refusals)))
    }

    /// All candidates with the issuer's name, best match last. A trust anchor is tried before all others: a
    /// path to another anchor may contain its certificate only if no path ends at it. The anchor's own
    /// certificate leads to no further issuers.
    fn issuers_of(
        &self,
        child: &Certificate<'_>,
        anchors: &[TrustAnchor<'a>],
        goal: &Goal<'_>,
        budget: &mut Budget,
        refusals: &mut Refusals,
    ) -> Result<Vec<(Fit, Issuer<'a>)>, Error> {
        let time = self.options.time;
        let mut issuers = Vec::new();
        for (_, der) in self.pool.maybe_named(child.issuer()) {
            budget.candidate(der)?;
            let Ok(candidate) = Certificate::from_der(der) else {
                continue;
            };
            if budget.same_name(candidate.subject(), child.issuer())? {
                let valid = candidate.not_before() <= time && time <= candidate.not_after();
                let likely = valid && candidate.is_ca();
                let fit = fit(child, Some(&candidate), budget)?;
                let trusted = anchors.iter().map(|anchor| (&anchor.name, anchor.spki));
                let is_anchors = is_among(&candidate, trusted, budget)?;
                let mut own = anchors.iter().filter_map(|anchor| anchor.certificate.as_ref());
                if is_anchors && own.any(|certificate| certificate.as_der() == *der) {
                    continue;
                }
                if let Some(restriction) = goal.restriction
                    && !restriction.allows(der, &mut budget.name_comparisons)?
                {
                    refusals.excluded.get_or_insert_with(|| restriction.reason());
                    continue;
                }
                issuers.push((!is_anchors, fit, likely, Issuer::Certificate(der)));
            }
        }
        for (index, anchor) in anchors.iter().enumerate() {
            if budget.same_name(&anchor.name, child.issuer())? {
                let fit = fit(child, anchor.certificate.as_ref(), budget)?;
                issuers.push((true, fit, true, Issuer::Anchor(index)));
            }
        }
        // A stable sort: among equals, a trust anchor stays last and is tried first.
        sort_by_key(&mut issuers, |(leads_on, fit, likely, _)| {
            (*leads_on, *fit, *likely)
        });
        Ok(issuers
            .into_iter()
            .map(|(_, fit, _, issuer)| (fit, issuer))
            .collect())
    }

    fn refusal(&self, refusals: Refusals) -> Error {
        if let Some(error) = refusals.path {
            return error;
        }
        refusals.unreadable.or(refusals.step).unwrap_or_else(|| {
            let why = match (refusals.excluded, refusals.other_keys) {
                (Some(reason), _) => text!["a certificate of the issuer is available, but ", reason],
                (None, true) => {
                    "certificates with the issuer's name are available, but none has the key that made the signature".into()
                }
                (None, false) => "no trust anchor or intermediate certificate has the issuer's name; give the issuer's certificate".into(),
            };
            let unreadable = match self.pool.unreadable.len() {
                0 => String::new(),
                count => text!["; unreadable intermediate certificates: ", count],
            };
            Error::new(Code::IssuerNotFound, text![why, unreadable])
        })
    }
}

impl Refusals {
    /// Remembers an issuer certificate that cannot be read.
    fn note_unreadable(
        &mut self,
        verifier: &Verifier<'_>,
        child: &Certificate<'_>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        if self.unreadable.is_none()
            && let Some(error) = verifier.pool.unreadable_of(child.issuer(), budget)?
        {
            let said = text!["cannot read a certificate of the issuer: ", error.message()];
            self.unreadable = Some(Error::new(error.code(), said));
        }
        Ok(())
    }

    fn note_step(
        &mut self,
        fit: Fit,
        error: Error,
        child: &Certificate<'_>,
        position: usize,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        // A mismatch is expected for a certificate with the same name and another key, and for a root that is
        // not a trust anchor. It is an error for the key that should have signed.
        let expected = fit != Fit::OtherKey && !budget.same_name(child.issuer(), child.subject())?;
        if !expected && error.code() == Code::SignatureMismatch {
            self.other_keys = true;
            return Ok(());
        }
        self.step.get_or_insert_with(|| {
            if error.code() == Code::SignatureMismatch {
                Error::new(
                    Code::CertificateSignatureMismatch,
                    text![
                        "the signature of certificate ",
                        position,
                        " in the path does not match the key of its issuer"
                    ],
                )
            } else {
                error
            }
        });
        Ok(())
    }
}

/// Whether one of these has the name and the key of the certificate.
fn is_among<'n>(
    certificate: &Certificate<'_>,
    others: impl Iterator<Item = (&'n Name<'n>, &'n [u8])>,
    budget: &mut Budget,
) -> Result<bool, Error> {
    for (name, spki) in others {
        if spki == certificate.spki() && budget.same_name(name, certificate.subject())? {
            return Ok(true);
        }
    }
    Ok(false)
}

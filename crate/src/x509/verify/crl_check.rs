//! Checks a certificate against CRLs (RFC 5280 §6.3.3).

use alloc::vec::Vec;

use super::budget::Budget;
use super::checks::check_crl_sign;
use super::crl_scope::{scope, weight};
use super::evidence::{Evidence, Problems};
use super::inquiry::Inquiry;
use super::pool::{Fit, key_fit};
use super::verifier::{Goal, Verifier};
use crate::code::Code;
use crate::error::Error;
use crate::sort::sort_by_key;
use crate::text::text;
use crate::x509::{Certificate, Crl, Reason, Reasons, Revocation, Revoked};

/// The maximum nesting depth of CRL signers that are checked with CRLs of other signers.
const MAX_NESTING: usize = 3;

/// A possible signer of a CRL.
enum Signer<'a> {
    /// The issuer of the certificate.
    Issuer,
    /// The trust anchor.
    Anchor,
    /// Another certificate, which needs a path of its own.
    Certificate(&'a [u8]),
}

impl<'a> Verifier<'a> {
    /// RFC 5280 §6.3.3: checks each distribution point until all revocation reasons are covered.
    pub(super) fn ask_crls(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Result<Revocation, Error> {
        let mut good: Vec<(&Crl<'_>, Reasons)> = Vec::new();
        // After the distribution points: the issuer's own CRL, without reasons and cRLIssuer.
        let points = inquiry.certificate.extensions().distribution_points().map(Some);
        for point in points.chain([None]) {
            for crl in inquiry.evidence.crls.iter().filter(|crl| !crl.is_delta()) {
                // "good" takes precedence over older CRLs, but not over other CRLs of the same age.
                let is_older =
                    |by: &Crl<'_>| by.age() > crl.age() || by.age() == crl.age() && by.is_same(crl);
                let covered = all_of(good.iter().filter(|(by, _)| is_older(by)));
                // Given again, it says nothing new.
                let is_known = good.iter().any(|(by, _)| by.is_same(crl));
                if is_known && covered.contains(Reasons::ALL) {
                    continue;
                }
                let by_issuer = budget.same_name(crl.issuer(), inquiry.certificate.issuer())?;
                budget.compare(weight(inquiry.certificate, point.as_ref(), crl))?;
                let Some(reasons) = scope(inquiry.certificate, point.as_ref(), crl, by_issuer) else {
                    if by_issuer {
                        problems.other(Error::new(
                            Code::CrlScopeMismatch,
                            "the CRL of the issuer covers another distribution point or other certificates",
                        ));
                    }
                    continue;
                };
                if covered.contains(reasons) {
                    contest(inquiry, core::iter::once(crl), budget, problems)?;
                    continue;
                }
                let designated = point.is_some_and(|point| point.crl_issuer.is_some());
                match self.ask_crl(inquiry, crl, designated, budget, problems)? {
                    Revocation::Good => good.push((crl, reasons)),
                    Revocation::Unknown | Revocation::NotChecked => {}
                    revoked @ Revocation::Revoked(_) => return Ok(revoked),
                }
            }
        }
        let covered = all_of(good.iter());
        if covered.contains(Reasons::ALL) {
            return Ok(Revocation::Good);
        }
        if covered != Reasons::NONE {
            problems.concerning(Error::new(
                Code::CrlScopeMismatch,
                "the CRLs cover only some revocation reasons",
            ));
        }
        Ok(Revocation::Unknown)
    }

    /// Checks one complete CRL together with its delta CRLs.
    fn ask_crl(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        crl: &Crl<'_>,
        designated: bool,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Result<Revocation, Error> {
        if let Err(error) = usable(crl) {
            problems.concerning(error);
            return Ok(Revocation::Unknown);
        }
        let deltas = self.deltas_of(crl, inquiry.evidence, budget)?;
        let stale = self.check_fresh(crl).err();
        match &stale {
            // A delta CRL updates an outdated CRL, but not one from the future.
            Some(error) if deltas.is_empty() || error.code() != Code::CrlExpired => {
                problems.concerning(error.clone());
                return Ok(Revocation::Unknown);
            }
            _ => {}
        }
        let lasting = inquiry.evidence.lasting;
        let Some(key) = self.crl_key(inquiry, crl, designated, budget, problems)? else {
            let ignored = core::iter::once(crl).chain(deltas.iter().map(|delta| *delta as &Crl<'_>));
            contest(inquiry, ignored, budget, problems)?;
            return Ok(Revocation::Unknown);
        };
        // Anyone can make a newer delta CRL. One with a wrong signature must not hide the other delta CRLs or
        // the complete CRL, but it rules out the status "good".
        let (mut newest, mut failed) = (Vec::new(), Vec::new());
        for delta in deltas {
            let behind = |first: &&Crl<'_>| first.newness() != delta.newness();
            if newest.first().is_some_and(behind) {
                break;
            }
            match budget.verify(&delta.signed(lasting), key)? {
                Ok(()) => newest.push(delta),
                Err(error) => failed.push((delta, error)),
            }
        }
        // It says nothing new if the same list has a valid signature.
        failed.retain(|(delta, _)| !newest.iter().any(|by: &&Crl<'_>| by.is_same(delta)));
        let mut settled = failed.is_empty();
        for (_, error) in failed {
            problems.concerning(signature_error(error));
        }
        if let (Some(error), []) = (stale, newest.as_slice()) {
            problems.concerning(error);
            return Ok(Revocation::Unknown);
        }
        let numbered = core::iter::once(crl)
            .chain(newest.iter().map(|delta| *delta as &Crl<'_>))
            .try_for_each(Crl::check_number);
        // Whether every delta CRL removes the certificate from the CRL.
        let mut removed = !newest.is_empty();
        let mut entry = None;
        for delta in newest {
            let found = look(inquiry, delta, budget, problems)?;
            settled &= found.is_some();
            match found.flatten() {
                Some(found) if found.reason == Reason::RemoveFromCrl => {}
                Some(found) => {
                    entry = Some(found);
                    break;
                }
                None => removed = false,
            }
        }
        if entry.is_none() && !removed {
            match look(inquiry, crl, budget, problems)? {
                Some(found) => entry = found,
                None => settled = false,
            }
        }
        match (entry, numbered) {
            (Some(entry), _) => Ok(Revocation::Revoked(entry)),
            // Without valid numbers it is unknown which CRL is newest. A revocation counts nevertheless.
            (None, Err(error)) => {
                problems.concerning(error);
                Ok(Revocation::Unknown)
            }
            (None, Ok(())) if settled => Ok(Revocation::Good),
            (None, Ok(())) => Ok(Revocation::Unknown),
        }
    }

    /// The usable delta CRLs for a complete CRL, without duplicates, newest first.
    fn deltas_of<'e, 'd>(
        &self,
        crl: &Crl<'_>,
        evidence: &'e Evidence<'d>,
        budget: &mut Budget,
    ) -> Result<Vec<&'e Crl<'d>>, Error> {
        let mut deltas: Vec<&Crl<'d>> = Vec::new();
        for delta in evidence.crls.iter().filter(|delta| delta.is_delta()) {
            budget.compare(1)?;
            if delta.continues(crl)
                && budget.same_name(delta.issuer(), crl.issuer())?
                && usable(delta).is_ok()
                && self.check_fresh(delta).is_ok()
            {
                deltas.push(delta);
            }
        }
        sort_by_key(&mut deltas, |delta| core::cmp::Reverse(delta.newness()));
        // Copies with another signature stay: only one of them may be valid.
        deltas.dedup_by(|one, other| one.is_same(other) && one.signature() == other.signature());
        Ok(deltas)
    }

    fn check_fresh(&self, crl: &Crl<'_>) -> Result<(), Error> {
        let options = &self.options.revocation;
        let time = self.options.time;
        let tolerance = options.clock_tolerance;
        if crl.this_update().saturating_sub(tolerance) > time {
            return Err(Error::new(
                Code::CrlNotYetValid,
                "thisUpdate of the CRL is after the verification time",
            ));
        }
        let too_old = options
            .crl_max_age
            .is_some_and(|age| time.saturating_sub(crl.this_update()) > age.saturating_add(tolerance));
        let over = crl
            .next_update()
            .is_none_or(|next| time > next.saturating_add(tolerance));
        if over || too_old {
            return Err(Error::new(
                Code::CrlExpired,
                "the CRL is outdated: nextUpdate has passed or is missing, or the CRL is older than the maximum age",
            ));
        }
        Ok(())
    }

    /// The key that signed the CRL, if its owner may sign it (RFC 5280 §6.3.3 (f) and (g)).
    fn crl_key(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        crl: &Crl<'_>,
        designated: bool,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Result<Option<&'a [u8]>, Error> {
        let signed = crl.signed(inquiry.evidence.lasting);
        let mut expected = None;
        for (fit, signer) in self.signers(inquiry, crl, budget)? {
            let certificate;
            let (spki, extensions) = match signer {
                Signer::Issuer => (inquiry.issuer.spki, inquiry.issuer.extensions),
                Signer::Anchor => (inquiry.anchor.spki, self.anchor_extensions(inquiry.anchor)),
                Signer::Certificate(der) => match Certificate::from_der(der) {
                    Ok(read) => {
                        certificate = read;
                        (certificate.spki(), Some(certificate.extensions()))
                    }
                    Err(_) => continue,
                },
            };
            if let Err(error) = budget.verify(&signed, spki)? {
                match error.code() {
                    Code::SignatureMismatch if fit != Fit::OtherKey => expected = expected.max(Some(fit)),
                    Code::SignatureMismatch => {}
                    _ => problems.concerning(error),
                }
                continue;
            }
            if let Err(error) = check_crl_sign(extensions) {
                problems.concerning(error);
                continue;
            }
            match signer {
                Signer::Issuer | Signer::Anchor => return Ok(Some(spki)),
                Signer::Certificate(der) => match self.check_signer(inquiry, der, designated, budget) {
                    Ok(()) => return Ok(Some(spki)),
                    Err(error) if error.code() == Code::PathBudgetExhausted => return Err(error),
                    Err(error) => problems.concerning(error),
                },
            }
        }
        // The signer may be a certificate that cannot be read, unless the CRL identifies the key that should
        // have signed it.
        problems.concerning(if expected == Some(Fit::SameKey) {
            signature_error(Error::new(Code::SignatureMismatch, ""))
        } else if let Some(error) = self.pool.unreadable_of(crl.issuer(), budget)? {
            Error::new(
                error.code(),
                text!["cannot read a certificate of the CRL issuer: ", error.message()],
            )
        } else if expected.is_some() {
            signature_error(Error::new(Code::SignatureMismatch, ""))
        } else {
            Error::new(
                Code::CrlIssuerNotFound,
                "no certificate of the CRL issuer has the key that signed the CRL",
            )
        });
        Ok(None)
    }

    /// All candidates with the name of the CRL issuer, best match first.
    fn signers(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        crl: &Crl<'_>,
        budget: &mut Budget,
    ) -> Result<Vec<(Fit, Signer<'a>)>, Error> {
        let wanted = crl.authority_key();
        let issuer_signs = check_crl_sign(inquiry.issuer.extensions).is_ok();
        let mut signers = Vec::new();
        if budget.same_name(crl.issuer(), inquiry.issuer.name)? {
            let found = inquiry
                .issuer
                .extensions
                .and_then(|extensions| extensions.subject_key_identifier);
            signers.push((key_fit(wanted, found), Signer::Issuer));
        }
        if inquiry.anchor.spki != inquiry.issuer.spki
            && budget.same_name(crl.issuer(), &inquiry.anchor.name)?
        {
            let found = inquiry
                .anchor
                .extensions()
                .and_then(|extensions| extensions.subject_key_identifier);
            signers.push((key_fit(wanted, found), Signer::Anchor));
        }
        for (_, der) in self.pool.maybe_named(crl.issuer()) {
            budget.candidate(der)?;
            let Ok(candidate) = Certificate::from_der(der) else {
                continue;
            };
            // If the certificate of the issuer in the path may not sign CRLs, another certificate for the
            // same key may allow it.
            let is_other = candidate.spki() != inquiry.issuer.spki || !issuer_signs;
            if is_other && budget.same_name(candidate.subject(), crl.issuer())? {
                let found = candidate.extensions().subject_key_identifier;
                signers.push((key_fit(wanted, found), Signer::Certificate(der)));
            }
        }
        sort_by_key(&mut signers, |(fit, _)| core::cmp::Reverse(*fit));
        Ok(signers)
    }

    /// Finds a path from the signer to the same trust anchor.
    fn check_signer(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        signer: &'a [u8],
        designated: bool,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let asked = inquiry.certificate;
        // A certificate may sign its own CRL if it names itself as cRLIssuer. Its path is the one being
        // validated.
        if designated && signer == asked.as_der() {
            return Ok(());
        }
        let leaf = Certificate::from_der(signer)?;
        let mut pending = inquiry.goal.pending.to_vec();
        pending.push(asked.tbs());
        if pending.contains(&leaf.tbs()) || pending.len() > MAX_NESTING {
            return Err(Error::new(
                Code::CrlIssuerNotFound,
                "the CRL signer can only be checked with CRLs that depend on it",
            ));
        }
        let goal = Goal {
            crl_signer: true,
            pending: &pending,
            restriction: None,
        };
        self.find_path(&leaf, core::slice::from_ref(inquiry.anchor), &goal, budget)
            .map(|_| ())
            .map_err(|error| match error.code() {
                Code::PathBudgetExhausted => error,
                _ => Error::new(
                    Code::CrlIssuerNotFound,
                    text!["no valid certification path for the CRL signer (", error, ")"],
                ),
            })
    }
}

/// The entry of the certificate in one CRL. The outer `None` means that the CRL does not settle it.
fn look(
    inquiry: &Inquiry<'_, '_, '_>,
    crl: &Crl<'_>,
    budget: &mut Budget,
    problems: &mut Problems,
) -> Result<Option<Option<Revoked>>, Error> {
    budget.scan(crl.entries_length())?;
    let (serial, issuer) = (inquiry.certificate.serial(), inquiry.certificate.issuer());
    match crl.find_within(serial, issuer, &mut budget.name_comparisons) {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if error.code() == Code::PathBudgetExhausted => Err(error),
        Err(error) => {
            if error.code() == Code::RevocationUnknown {
                problems.doubt();
            }
            problems.concerning(error);
            Ok(None)
        }
    }
}

/// Notes it if a CRL that does not count on this path revokes the certificate.
fn contest<'c, 'e: 'c>(
    inquiry: &Inquiry<'_, '_, '_>,
    ignored: impl Iterator<Item = &'c Crl<'e>>,
    budget: &mut Budget,
    problems: &mut Problems,
) -> Result<(), Error> {
    for crl in ignored {
        if let Some(Some(_)) = look(inquiry, crl, budget, &mut Problems::default())? {
            problems.contest();
        }
    }
    Ok(())
}

fn usable(crl: &Crl<'_>) -> Result<(), Error> {
    match crl.unknown_critical {
        None => Ok(()),
        Some(oid) => Err(Error::new(
            Code::CrlExtensionUnsupported,
            text!["the critical extension ", oid, " of the CRL is not supported"],
        )),
    }
}

fn all_of<'g, 'e: 'g>(good: impl Iterator<Item = &'g (&'g Crl<'e>, Reasons)>) -> Reasons {
    good.fold(Reasons::NONE, |all, (_, reasons)| all.or(*reasons))
}

fn signature_error(error: Error) -> Error {
    match error.code() {
        Code::SignatureMismatch => Error::new(
            Code::CrlSignatureMismatch,
            "the signature of the CRL does not match the key of its issuer",
        ),
        _ => error,
    }
}

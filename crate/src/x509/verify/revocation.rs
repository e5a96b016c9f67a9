//! Determines the revocation status of certificates from the evidence.

use alloc::vec::Vec;

use super::budget::Budget;
use super::evidence::{Evidence, Problems};
use super::inquiry::{Inquiry, IssuerKey};
use super::verifier::{Goal, Refused, Verifier};
use crate::code::Code;
use crate::der::time_text;
use crate::error::Error;
use crate::report::{Note, Report};
use crate::text::text;
use crate::x509::{Certificate, Requirement, Revocation, RevocationQuery, TrustAnchor};

impl<'a> Verifier<'a> {
    /// RFC 5280 §6.1.3 (a)(3) for every certificate of the path, starting below the trust anchor. Also returns
    /// whether the first one may be revoked on another path.
    pub(super) fn check_revocation(
        &self,
        path: &[Certificate<'a>],
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        budget: &mut Budget,
        report: &mut Report,
    ) -> Result<(Vec<Revocation>, bool), Refused> {
        const ID: &str = "revocation";
        const REFERENCE: &str = "RFC 5280 §6.1.3 (a)(3)";
        let options = &self.options.revocation;
        let mut all = Vec::with_capacity(path.len());
        let mut contested = false;
        for (index, certificate) in path.iter().enumerate().rev() {
            let issuer = match path.get(index + 1) {
                Some(issuer) => IssuerKey {
                    name: issuer.subject(),
                    spki: issuer.spki(),
                    extensions: Some(issuer.extensions()),
                },
                None => IssuerKey {
                    name: &anchor.name,
                    spki: anchor.spki,
                    extensions: self.anchor_extensions(anchor),
                },
            };
            let required = match options.require {
                Requirement::Nothing => false,
                Requirement::Certificate => index == 0 && !goal.crl_signer,
                Requirement::Path => true,
            };
            let (revocation, problems) = self.revocation_of(certificate, issuer, anchor, goal, budget)?;
            all.push(revocation);
            // The last one is the verified certificate.
            contested = problems.is_contested() && !goal.crl_signer;
            let problem = match revocation {
                Revocation::Unknown | Revocation::NotChecked => problems.into_reason(),
                _ => None,
            };
            let position = index + 1;
            let say = |what: &str| match &problem {
                Some(problem) => text!["certificate ", position, ": ", what, " (", problem, ")"],
                None => text!["certificate ", position, ": ", what],
            };
            let outcome = match revocation {
                Revocation::Good => Ok(Note::passed(say("not revoked"))),
                Revocation::Revoked(revoked) => {
                    let what = text![
                        "revoked (",
                        revoked.reason.as_str(),
                        ") at ",
                        time_text(revoked.time)
                    ];
                    Err(Error::new(Code::CertificateRevoked, say(&what)))
                }
                Revocation::Unknown | Revocation::NotChecked if required => {
                    let code = problem.as_ref().map_or(Code::RevocationUnknown, Error::code);
                    Err(Error::new(
                        code,
                        say("the revocation status is required but unknown"),
                    ))
                }
                Revocation::Unknown => Ok(Note::skipped(say("the revocation status is unknown"))),
                Revocation::NotChecked => Ok(Note::skipped(say("revocation not checked: no evidence"))),
            };
            let only_reported =
                matches!(revocation, Revocation::Revoked(_)) && options.report_only && !goal.crl_signer;
            match report.step(ID, REFERENCE, outcome, Note::clone) {
                Err(error) if !only_reported => {
                    let is_final = error.code() == Code::CertificateRevoked && index == 0 && !goal.crl_signer;
                    return Err(Refused { error, is_final });
                }
                _ => {}
            }
        }
        all.reverse();
        Ok((all, contested))
    }

    fn revocation_of(
        &self,
        certificate: &Certificate<'a>,
        issuer: IssuerKey<'_, 'a>,
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        budget: &mut Budget,
    ) -> Result<(Revocation, Problems), Error> {
        let mut problems = Problems::default();
        let inquiry = Inquiry {
            certificate,
            issuer,
            anchor,
            goal,
            evidence: &self.evidence,
        };
        let mut revocation = self.weigh(&inquiry, budget, &mut problems)?;
        if let (Some(checker), Revocation::Unknown | Revocation::NotChecked) =
            (self.options.revocation.checker, revocation)
        {
            let query = RevocationQuery {
                certificate,
                issuer_spki: issuer.spki,
                time: self.options.time,
            };
            let fetched = self.asked.evidence(checker, &query);
            let crls = fetched.crls.iter().map(Vec::as_slice);
            let responses = fetched.ocsp_responses.iter().map(Vec::as_slice);
            let (crls, responses): (Vec<_>, Vec<_>) = (crls.collect(), responses.collect());
            let evidence = Evidence::new(&crls, &responses, &self.options.limits, false)?;
            let inquiry = Inquiry {
                certificate,
                issuer,
                anchor,
                goal,
                evidence: &evidence,
            };
            match self.weigh(&inquiry, budget, &mut problems)? {
                Revocation::NotChecked => {}
                settled => revocation = settled,
            }
            if matches!(revocation, Revocation::Unknown | Revocation::NotChecked)
                && let Some(status) = self.asked.status(checker, &query)
            {
                revocation = status;
            }
        }
        Ok((revocation, problems))
    }

    /// Checks all evidence. One revocation outweighs any number of "good" statuses.
    fn weigh(
        &self,
        inquiry: &Inquiry<'_, '_, 'a>,
        budget: &mut Budget,
        problems: &mut Problems,
    ) -> Result<Revocation, Error> {
        if inquiry.evidence.is_empty() {
            return Ok(Revocation::NotChecked);
        }
        if let Some(error) = &inquiry.evidence.unreadable {
            problems.other(error.clone());
        }
        let by_ocsp = self.ask_responses(inquiry, budget, problems)?;
        if matches!(by_ocsp, Revocation::Revoked(_)) {
            return Ok(by_ocsp);
        }
        let answer = match self.ask_crls(inquiry, budget, problems)? {
            Revocation::Unknown => by_ocsp,
            settled => settled,
        };
        match answer {
            Revocation::Good if problems.is_doubtful() => Ok(Revocation::Unknown),
            answer => Ok(answer),
        }
    }
}

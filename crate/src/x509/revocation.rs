//! Whether certificates were revoked: evidence in, one of four answers out.

use super::anchor::TrustAnchor;
use super::budget::Budget;
use super::certificate::Certificate;
use super::crl::{Crl, Revoked};
use super::extensions::Extensions;
use super::name::Name;
use super::ocsp::OcspResponse;
use super::options::Limits;
use super::validate::{Goal, Verifier};
use crate::der::time_text;
use crate::error::{Code, Error};
use crate::report::Report;

/// What is known of a certificate's revocation. Only `Good` means that it was checked and is not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Checked: not revoked.
    Good,
    /// Checked: revoked.
    Revoked(Revoked),
    /// Evidence was there, and did not settle it.
    Unknown,
    /// No evidence was there.
    NotChecked,
}

impl Revocation {
    /// The answer as it is documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Revoked(_) => "revoked",
            Self::Unknown => "unknown",
            Self::NotChecked => "not_checked",
        }
    }
}

/// Whose revocation has to be known to be good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Requirement {
    /// Nobody's; what is known is used all the same.
    #[default]
    Nothing,
    /// That of the certificate itself.
    Certificate,
    /// That of every certificate of the path; the anchor is not one of them.
    Path,
}

/// What a caller's checker is asked about.
#[derive(Clone, Copy, Debug)]
pub struct RevocationQuery<'q, 'a> {
    /// The certificate.
    pub certificate: &'q Certificate<'a>,
    /// The DER of its issuer's SubjectPublicKeyInfo.
    pub issuer_spki: &'q [u8],
    /// The time to answer for, in seconds since 1970.
    pub time: i64,
}

/// Evidence that a caller's checker brought, in DER. It is verified like any other.
#[derive(Clone, Debug, Default)]
pub struct FetchedEvidence {
    /// CRLs.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses.
    pub ocsp_responses: Vec<Vec<u8>>,
}

/// A caller's own way to learn of revocations: fetching evidence, or an answer from somebody it trusts.
pub trait RevocationChecker {
    /// Evidence about the certificate, asked for when what was handed over did not settle it.
    fn fetch(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let _ = query;
        FetchedEvidence::default()
    }

    /// An answer that is taken as it is; `None` where the checker has none.
    fn status(&self, query: &RevocationQuery<'_, '_>) -> Option<Revocation> {
        let _ = query;
        None
    }
}

/// Evidence of revocation and what is required of it.
#[derive(Clone, Copy)]
pub struct RevocationOptions<'a> {
    /// CRLs, complete and delta, in any order, in DER.
    pub crls: &'a [&'a [u8]],
    /// OCSP responses, in DER.
    pub ocsp_responses: &'a [&'a [u8]],
    /// A caller's own way.
    pub checker: Option<&'a dyn RevocationChecker>,
    /// Whose revocation has to be known to be good.
    pub require: Requirement,
    /// Go on with a revoked certificate and only report it: by [`Revocation::Revoked`] and a failed step.
    pub report_only: bool,
    /// How many seconds clocks may differ.
    pub clock_skew: i64,
    /// How old a CRL may be, in seconds since its thisUpdate, whatever its nextUpdate says.
    pub crl_max_age: Option<i64>,
    /// How old an OCSP answer may be, in seconds since its thisUpdate. Where answers have no nextUpdate, this has to be set or
    /// the next.
    pub ocsp_max_age: Option<i64>,
    /// The same for answers without nextUpdate alone, where `ocsp_max_age` is not set.
    pub ocsp_max_age_without_end: Option<i64>,
    /// The nonce of the OCSP request; the response has to have it.
    pub ocsp_nonce: Option<&'a [u8]>,
    /// Every certificate that comes with an OCSP response has to be one that the issuer signed, or "good" in it does not
    /// count: nothing that was not verified travels along. A revocation counts all the same.
    pub ocsp_certificates_of_issuer: bool,
}

impl Default for RevocationOptions<'_> {
    /// No evidence, nothing required, 300 seconds of skew.
    fn default() -> Self {
        Self {
            crls: &[],
            ocsp_responses: &[],
            checker: None,
            require: Requirement::Nothing,
            report_only: false,
            clock_skew: 300,
            crl_max_age: None,
            ocsp_max_age: None,
            ocsp_max_age_without_end: None,
            ocsp_nonce: None,
            ocsp_certificates_of_issuer: false,
        }
    }
}

/// Evidence that was read.
pub(super) struct Evidence<'e> {
    pub(super) crls: Vec<Crl<'e>>,
    pub(super) responses: Vec<OcspResponse<'e>>,
    /// The first piece that could not be read.
    pub(super) unreadable: Option<Error>,
    /// Whether the bytes outlive the verification.
    pub(super) lasting: bool,
}

impl<'e> Evidence<'e> {
    pub(super) fn new(
        crls: impl ExactSizeIterator<Item = &'e [u8]>,
        responses: impl ExactSizeIterator<Item = &'e [u8]>,
        limits: &Limits,
        lasting: bool,
    ) -> Result<Self, Error> {
        if crls.len() > limits.evidence || responses.len() > limits.evidence {
            return Err(super::budget::exhausted("CRLs or OCSP responses"));
        }
        let mut unreadable = None;
        let mut keep_error = |error| {
            unreadable.get_or_insert(error);
        };
        let mut crls: Vec<_> = crls
            .filter_map(|der| Crl::from_der(der).map_err(&mut keep_error).ok())
            .collect();
        // The newest is asked first: an older one that says nothing of the certificate must not settle it.
        crls.sort_by_key(|crl: &Crl<'_>| core::cmp::Reverse(crl.age()));
        let responses = responses
            .filter_map(|der| OcspResponse::from_der(der).map_err(&mut keep_error).ok())
            .collect();
        Ok(Self {
            crls,
            responses,
            unreadable,
            lasting,
        })
    }

    fn is_empty(&self) -> bool {
        self.crls.is_empty() && self.responses.is_empty() && self.unreadable.is_none()
    }
}

/// The issuer of the certificate whose revocation is looked at.
#[derive(Clone, Copy)]
pub(super) struct IssuerKey<'i, 'a> {
    pub(super) name: &'i Name<'a>,
    pub(super) spki: &'a [u8],
    pub(super) extensions: Option<&'i Extensions<'a>>,
}

/// What one look at the evidence shares.
pub(super) struct Inquiry<'q, 'e, 'a> {
    pub(super) certificate: &'q Certificate<'e>,
    pub(super) issuer: IssuerKey<'q, 'a>,
    pub(super) anchor: &'a TrustAnchor<'a>,
    pub(super) goal: &'q Goal<'q>,
    pub(super) evidence: &'q Evidence<'e>,
}

/// Why evidence did not settle it: what concerned the certificate counts before what may not have.
#[derive(Default)]
pub(super) struct Problems {
    concerned: Option<Error>,
    other: Option<Error>,
    /// Somebody may have revoked the certificate: no good answer of others outweighs that.
    doubtful: bool,
}

impl Problems {
    pub(super) fn concerning(&mut self, error: Error) {
        self.concerned.get_or_insert(error);
    }

    pub(super) const fn doubt(&mut self) {
        self.doubtful = true;
    }

    pub(super) const fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    pub(super) fn other(&mut self, error: Error) {
        self.other.get_or_insert(error);
    }
}

impl<'a> Verifier<'a> {
    /// RFC 5280 §6.1.3 (a)(3), for every certificate of the path, the one below the anchor first.
    pub(super) fn check_revocation(
        &self,
        path: &[Certificate<'a>],
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        budget: &mut Budget,
        report: &mut Report,
    ) -> Result<Vec<Revocation>, Error> {
        const ID: &str = "revocation";
        const REFERENCE: &str = "RFC 5280 §6.1.3 (a)(3)";
        let options = &self.options.revocation;
        let mut all = Vec::with_capacity(path.len());
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
            let (revocation, problem) = self.revocation_of(certificate, issuer, anchor, goal, budget)?;
            all.push(revocation);
            let position = index + 1;
            let say = |what: &str| match &problem {
                Some(problem) => format!("certificate {position}: {what} ({problem})"),
                None => format!("certificate {position}: {what}"),
            };
            match revocation {
                Revocation::Good => report.passed(ID, REFERENCE, say("not revoked")),
                Revocation::Revoked(revoked) => {
                    let what = format!(
                        "revoked ({}) at {}",
                        revoked.reason.as_str(),
                        time_text(revoked.time)
                    );
                    let error =
                        report.failed(ID, REFERENCE, Error::new(Code::CertificateRevoked, say(&what)));
                    if !options.report_only || goal.crl_signer {
                        return Err(error);
                    }
                }
                Revocation::Unknown | Revocation::NotChecked if required => {
                    let code = problem.as_ref().map_or(Code::RevocationUnknown, Error::code);
                    let error = Error::new(code, say("whether it was revoked is required and not known"));
                    return Err(report.failed(ID, REFERENCE, error));
                }
                Revocation::Unknown => {
                    report.skipped(ID, REFERENCE, say("whether it was revoked is not known"));
                }
                Revocation::NotChecked => report.skipped(ID, REFERENCE, say("not checked: no evidence")),
            }
        }
        all.reverse();
        Ok(all)
    }

    fn revocation_of(
        &self,
        certificate: &Certificate<'a>,
        issuer: IssuerKey<'_, 'a>,
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        budget: &mut Budget,
    ) -> Result<(Revocation, Option<Error>), Error> {
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
            let fetched = checker.fetch(&query);
            let evidence = Evidence::new(
                fetched.crls.iter().map(Vec::as_slice),
                fetched.ocsp_responses.iter().map(Vec::as_slice),
                &self.options.limits,
                false,
            )?;
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
            if let (Revocation::Unknown | Revocation::NotChecked, Some(status)) =
                (revocation, checker.status(&query))
            {
                revocation = status;
            }
        }
        let problem = match revocation {
            Revocation::Unknown | Revocation::NotChecked => problems.concerned.or(problems.other),
            _ => None,
        };
        Ok((revocation, problem))
    }

    /// Looks at all of the evidence: one revocation counts more than any number of good answers.
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

//! The findings about a certificate, as members of a result.

use alloc::{string::String, vec::Vec};

use super::describe;
use crate::jpki::{Authority, Cards, Hierarchy, VerifiedCard, Warning};
use crate::json::Json;
use crate::signer::{Judgement, Rules};
use crate::x509::{Certificate, Chain, PathOptions, Revocation};

/// The path, its certificates, and the other findings.
pub(super) struct Found<'f> {
    /// The verified certificate comes first. All of them can be read, because they were verified.
    certificates: Vec<Option<Certificate<'f>>>,
    anchor: Option<Certificate<'f>>,
    policies: Vec<String>,
    revocation: Vec<Revocation>,
    profile: Option<FoundProfile>,
    warnings: Vec<String>,
}

struct FoundProfile {
    name: String,
    hierarchy: Hierarchy,
    cards: Option<Cards>,
    authority: Authority,
}

impl<'f> Found<'f> {
    /// `None` if the judgement was not made under these rules.
    pub(super) fn of(judgement: &'f Judgement, certificate: &'f [u8], rules: &Rules<'f>) -> Option<Self> {
        match (judgement, rules) {
            (Judgement::Card(card), Rules::Card(options)) => {
                Some(Self::card(card, certificate, options.anchors))
            }
            (Judgement::Path(chain), Rules::Path(options)) => Some(Self::chain(chain, options)),
            _ => None,
        }
    }

    fn chain(chain: &'f Chain, options: &PathOptions<'f>) -> Self {
        let anchor = options.anchors.get(chain.anchor);
        Self {
            certificates: chain.certificates.iter().map(|der| read(der)).collect(),
            anchor: anchor.and_then(|anchor| anchor.certificate().cloned()),
            policies: chain.policies.clone(),
            revocation: chain.revocation.clone(),
            profile: None,
            warnings: skipped(options),
        }
    }

    fn card(card: &VerifiedCard, certificate: &'f [u8], anchors: &[&'f [u8]]) -> Self {
        let certificate = read(certificate);
        let extensions = certificate.iter().map(Certificate::extensions);
        let policies = extensions.flat_map(|extensions| extensions.policies.iter());
        let each = policies.flat_map(|policies| policies.iter());
        let policies = each.map(|information| information.policy.to_text()).collect();
        let anchor = anchors.get(card.authority.index);
        Self {
            certificates: vec![certificate],
            anchor: anchor.and_then(|der| read(der)),
            policies,
            revocation: vec![card.revocation],
            profile: Some(FoundProfile {
                name: card.profile.clone(),
                hierarchy: card.hierarchy,
                cards: card.cards,
                authority: card.authority,
            }),
            warnings: card.warnings.iter().map(Warning::to_text).collect(),
        }
    }

    /// Adds warnings.
    pub(super) fn warned(mut self, warnings: impl Iterator<Item = String>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// Writes the members into an open object.
    pub(super) fn write(&self, json: &mut Json) {
        let certificates = self.certificates.iter().zip(&self.revocation);
        json.name("path")
            .list(certificates, |json, (certificate, revocation)| {
                json.object(|json| {
                    if let Some(certificate) = certificate {
                        describe::certificate(json, certificate, None);
                    }
                    describe::revocation(json.name("revocation"), *revocation);
                });
            });
        json.name("anchor");
        match &self.anchor {
            Some(certificate) => json.object(|json| {
                let fingerprint = self.profile.as_ref().map(|profile| profile.authority.fingerprint);
                describe::certificate(json, certificate, fingerprint);
            }),
            None => json.verbatim("null"),
        }
        let revocation = self.revocation.first().copied();
        describe::revocation(
            json.name("revocation"),
            revocation.unwrap_or(Revocation::NotChecked),
        );
        json.name("profile");
        match &self.profile {
            Some(profile) => profile.write(json),
            None => json.verbatim("null"),
        }
        json.name("policies").strings(&self.policies);
        json.name("warnings").strings(&self.warnings);
    }
}

fn skipped(options: &PathOptions<'_>) -> Vec<String> {
    let each = options.skipped_anchors.iter();
    each.map(|skipped| Warning::AnchorUnreadable(skipped.position).to_text())
        .collect()
}

impl FoundProfile {
    fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.name("name").string(&self.name);
            json.name("hierarchy").string(self.hierarchy.as_str());
            json.name("cards").optional_string(self.cards.map(Cards::as_str));
            let known = self.authority.known;
            json.name("authority")
                .optional_string(known.map(|known| known.name));
            json.name("generation")
                .optional_string(known.map(|known| known.generation));
        });
    }
}

fn read(der: &[u8]) -> Option<Certificate<'_>> {
    Certificate::from_der(der).ok()
}

/// Writes the members of a result without a path.
pub(super) fn write_not_checked(json: &mut Json) {
    json.name("path").string("not-checked");
    json.name("anchor").verbatim("null");
    describe::revocation(json.name("revocation"), Revocation::NotChecked);
    json.name("profile").verbatim("null");
    json.name("policies").strings::<&str>([]);
    json.name("warnings").strings::<&str>([]);
}

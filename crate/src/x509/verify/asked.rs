//! The answers of the caller's checker.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::x509::{FetchedEvidence, Revocation, RevocationChecker, RevocationQuery};

/// The answers so far. A certificate may be in many paths; the checker is asked about it once, so that the number
/// of requests does not grow with the paths, and all paths get the same answer.
#[derive(Default)]
pub(super) struct Asked(RefCell<Vec<Answers>>);

/// The answers about one certificate and one key of its issuer.
struct Answers {
    certificate: Vec<u8>,
    issuer_spki: Vec<u8>,
    evidence: Rc<FetchedEvidence>,
    status: Option<Option<Revocation>>,
}

impl Asked {
    pub(super) fn evidence(
        &self,
        checker: &dyn RevocationChecker,
        query: &RevocationQuery<'_, '_>,
    ) -> Rc<FetchedEvidence> {
        if let Some(known) = self.0.borrow().iter().find(|answers| answers.is_about(query)) {
            return Rc::clone(&known.evidence);
        }
        // Not while the answers are borrowed: the checker is the caller's code.
        let evidence = Rc::new(checker.fetch_evidence(query));
        self.0.borrow_mut().push(Answers {
            certificate: query.certificate.as_der().to_vec(),
            issuer_spki: query.issuer_spki.to_vec(),
            evidence: Rc::clone(&evidence),
            status: None,
        });
        evidence
    }

    pub(super) fn status(
        &self,
        checker: &dyn RevocationChecker,
        query: &RevocationQuery<'_, '_>,
    ) -> Option<Revocation> {
        let known = |answers: &&Answers| answers.is_about(query);
        if let Some(status) = self
            .0
            .borrow()
            .iter()
            .find(known)
            .and_then(|answers| answers.status)
        {
            return status;
        }
        let status = checker.status(query);
        if let Some(answers) = self
            .0
            .borrow_mut()
            .iter_mut()
            .find(|answers| answers.is_about(query))
        {
            answers.status = Some(status);
        }
        status
    }
}

impl Answers {
    fn is_about(&self, query: &RevocationQuery<'_, '_>) -> bool {
        self.certificate == query.certificate.as_der() && self.issuer_spki == query.issuer_spki
    }
}

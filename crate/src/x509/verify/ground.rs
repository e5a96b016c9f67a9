//! The parsed input of one verification, or of several verifications that one input causes.

use alloc::rc::Rc;

use super::evidence::Evidence;
use super::pool::Pool;
use crate::error::Error;
use crate::x509::{Limits, PathOptions};

/// Candidate certificates and revocation evidence, parsed once for any number of verified certificates.
#[derive(Clone)]
pub(crate) struct Ground<'a> {
    pub(super) pool: Rc<Pool<'a>>,
    pub(super) evidence: Rc<Evidence<'a>>,
}

impl<'a> Ground<'a> {
    pub(crate) fn read(
        intermediates: &[&'a [u8]],
        crls: &[&'a [u8]],
        ocsp_responses: &[&'a [u8]],
        limits: &Limits,
    ) -> Result<Self, Error> {
        let pool = Pool::new(intermediates, limits)?;
        let evidence = Evidence::new(crls, ocsp_responses, limits, true)?;
        Ok(Self {
            pool: Rc::new(pool),
            evidence: Rc::new(evidence),
        })
    }

    /// The certificates and evidence in the options.
    pub(crate) fn of(options: &PathOptions<'a>) -> Result<Self, Error> {
        let given = &options.revocation;
        Self::read(
            options.intermediates,
            given.crls,
            given.ocsp_responses,
            &options.limits,
        )
    }
}

//! The input of one verification.

use std::rc::Rc;

use super::evidence::Evidence;
use super::pool::Pool;
use super::restriction::Restriction;
use crate::x509::PathOptions;

/// The input of one verification.
pub(super) struct Verifier<'a> {
    pub(super) options: PathOptions<'a>,
    pub(super) pool: Rc<Pool<'a>>,
    pub(super) evidence: Rc<Evidence<'a>>,
}

/// The purpose of a path.
pub(super) struct Goal<'g> {
    /// Whether the path is for a CRL signer, and not for the verified certificate.
    pub(super) crl_signer: bool,
    /// The tbsCertificate of each certificate whose revocation check led here; their number is the nesting
    /// depth. The signatures are left out, because they can be encoded in several ways.
    pub(super) pending: &'g [&'g [u8]],
    /// The restriction on the issuers of the verified certificate.
    pub(super) restriction: Option<&'g dyn Restriction>,
}

//! The input of one verification.

use alloc::rc::Rc;

use super::asked::Asked;
use super::evidence::Evidence;
use super::pool::Pool;
use super::restriction::Restriction;
use crate::error::Error;
use crate::x509::{PathOptions, VerifiedPath};

/// The input of one verification.
pub(super) struct Verifier<'a> {
    pub(super) options: PathOptions<'a>,
    pub(super) pool: Rc<Pool<'a>>,
    pub(super) evidence: Rc<Evidence<'a>>,
    pub(super) asked: Asked,
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

/// A valid path.
pub(super) struct Judged<'a> {
    pub(super) path: VerifiedPath<'a>,
    /// Whether the verified certificate may be revoked on another path ([`super::evidence::Problems::contest`]).
    pub(super) contested: bool,
}

/// Why a path was rejected.
pub(super) struct Refused {
    pub(super) error: Error,
    /// Whether the key that signed the certificate also revoked it, so that no other path can be valid.
    pub(super) is_final: bool,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let is_final = false;
        Self { error, is_final }
    }
}

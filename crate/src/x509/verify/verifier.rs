//! What one verification works with.

use std::rc::Rc;

use super::evidence::Evidence;
use super::pool::Pool;
use super::restriction::Restriction;
use crate::error::Error;
use crate::x509::PathOptions;

/// What one verification works with.
pub(super) struct Verifier<'a> {
    pub(super) options: PathOptions<'a>,
    pub(super) pool: Rc<Pool<'a>>,
    pub(super) evidence: Rc<Evidence<'a>>,
}

/// What a path is looked for.
pub(super) struct Goal<'g> {
    /// The path is one to the signer of a CRL, not the caller's.
    pub(super) crl_signer: bool,
    /// What is signed of the certificates whose revocation is being checked further out; as long as the nesting is deep.
    /// Signatures can be encoded in several ways.
    pub(super) pending: &'g [&'g [u8]],
    /// What limits the issuers of the caller's own path.
    pub(super) restriction: Option<&'g dyn Restriction>,
}

/// Why a path was refused.
pub(super) struct Refused {
    pub(super) error: Error,
    /// The leaf was revoked by the key that signed it: no other path makes it better.
    pub(super) is_final: bool,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let is_final = false;
        Self { error, is_final }
    }
}

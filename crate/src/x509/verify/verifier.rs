//! What one verification works with.

use super::evidence::Evidence;
use super::pool::Pool;
use crate::x509::PathOptions;

/// What one verification works with.
pub(super) struct Verifier<'a> {
    pub(super) options: PathOptions<'a>,
    pub(super) pool: Pool<'a>,
    pub(super) evidence: Evidence<'a>,
}

/// What a path is looked for.
pub(super) struct Goal<'g> {
    /// The path is one to the signer of a CRL, not the caller's.
    pub(super) crl_signer: bool,
    /// What is signed of the certificates whose revocation is being checked further out; as long as the nesting is deep.
    /// Signatures can be encoded in several ways.
    pub(super) pending: &'g [&'g [u8]],
}

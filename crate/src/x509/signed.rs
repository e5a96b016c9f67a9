//! Signed structures.

use super::algorithm::Algorithm;
use super::certificate::Certificate;

/// A signed structure: the signed data, the algorithm and the signature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed<'a> {
    pub(super) data: &'a [u8],
    pub(super) algorithm: Algorithm<'a>,
    pub(super) signature: &'a [u8],
    /// Whether all of it lives longer than the verification, so that its address identifies it.
    pub(super) lasting: bool,
}

impl<'a> Signed<'a> {
    pub(super) fn certificate(certificate: &Certificate<'a>, lasting: bool) -> Self {
        Self {
            data: certificate.tbs(),
            algorithm: *certificate.algorithm(),
            signature: certificate.signature(),
            lasting,
        }
    }
}

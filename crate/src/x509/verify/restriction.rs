//! What limits who may have issued the certificates of a path, beyond RFC 5280.

use crate::error::Error;

/// A limit upon the intermediates of a path. It does not concern what a path is not made of: the signers of CRLs have paths
/// of their own.
pub(crate) trait Restriction {
    /// Whether the certificate may be one of the path, paid for out of what comparing names may still cost.
    fn allows(&self, der: &[u8], comparisons: &mut u32) -> Result<bool, Error>;

    /// What a certificate lacks that is not allowed: goes on behind "a certificate of the issuer is there, and".
    fn reason(&self) -> String;
}

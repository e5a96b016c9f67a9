//! Restrictions on the issuers in a path, beyond RFC 5280.

use alloc::string::String;

use crate::error::Error;

/// A restriction on the intermediate certificates of a path. It does not apply to CRL signers, which have
/// paths of their own.
pub(crate) trait Restriction {
    /// Whether the path may contain the certificate. The cost is subtracted from `comparisons`.
    fn allows(&self, der: &[u8], comparisons: &mut u32) -> Result<bool, Error>;

    /// Why a certificate is not allowed, to follow "a certificate of the issuer is available, but".
    fn reason(&self) -> String;
}

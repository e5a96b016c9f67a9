//! Verifying certificates. One [`Verifier`] has five chapters, each in a file of its own:
//!
//! 1. `path` searches: from the certificate to an anchor, among the intermediates of `pool`, each signature checked;
//! 2. `validate` goes through RFC 5280 §6.1 with a whole path; `anchor_check` begins with what the anchor's certificate
//!    says, `checks` has the single sentences, `policy_graph` the policies;
//! 3. `revocation` weighs the evidence about each certificate of the path;
//! 4. `crl_check` asks CRLs (§6.3.3), `crl_scope` tells which of them speak of the certificate;
//! 5. `ocsp_check` asks OCSP responses.
//!
//! The one recursion: the signer of a CRL needs a path of its own, so that 4 begins again at 1, three levels deep at most
//! ([`Goal`]). All of it is paid for out of one [`Budget`].

mod anchor_check;
mod budget;
mod checks;
mod crl_check;
mod crl_scope;
mod evidence;
mod ground;
mod inquiry;
mod ocsp_check;
mod path;
mod policy_graph;
mod pool;
mod restriction;
mod revocation;
mod state;
mod validate;
mod verifier;

pub(crate) use budget::cost as check_cost;
pub(crate) use ground::Ground;
pub use policy_graph::{PolicyFault, PolicyGraph};
pub(crate) use restriction::Restriction;

use crate::code::Code;
use crate::error::Error;
use crate::report::Report;
use crate::x509::{Certificate, PathOptions, VerifiedPath, mention_skipped};
use budget::Budget;
use verifier::{Goal, Verifier};

/// Verifies a certificate: finds a path to a trust anchor and validates it (RFC 5280 §6), with revocation.
///
/// `leaf` is the DER of the certificate. If no path is valid, the error is that of the first path that reached an anchor;
/// its report holds the steps of that path.
///
/// # Errors
/// - [`Code::CertificateMalformed`], [`Code::CertificateExpired`], [`Code::CertificateNotYetValid`],
///   [`Code::CertificateSignatureMismatch`], [`Code::IssuerNotFound`], [`Code::AlgorithmUnsupported`],
///   [`Code::AlgorithmNotAllowed`], [`Code::KeyMalformed`], [`Code::KeySizeUnsupported`]
/// - [`Code::BasicConstraintsViolated`], [`Code::PathLengthExceeded`], [`Code::KeyUsageMissing`],
///   [`Code::ExtendedKeyUsageMissing`], [`Code::NameConstraintsViolated`], [`Code::ExtensionUnsupported`]
/// - [`Code::PolicyNotAcceptable`], [`Code::PolicyMappingInvalid`], [`Code::PolicyBudgetExhausted`],
///   [`Code::PathBudgetExhausted`]
/// - [`Code::CertificateRevoked`]; where revocation has to be known and is not, [`Code::RevocationUnknown`] or what was
///   wrong with the evidence: a `Crl…` or `Ocsp…` code.
pub fn verify_certificate<'a>(leaf: &'a [u8], options: &PathOptions<'a>) -> Result<VerifiedPath<'a>, Error> {
    verify_on(leaf, options, || Ground::of(options), None)
}

/// The same with intermediates and evidence that were read already, in place of those of the options; `restriction` is upon
/// the issuers in the certificate's own path, and not in those to signers of CRLs.
pub(crate) fn verify_on<'a>(
    leaf: &'a [u8],
    options: &PathOptions<'a>,
    ground: impl FnOnce() -> Result<Ground<'a>, Error>,
    restriction: Option<&dyn Restriction>,
) -> Result<VerifiedPath<'a>, Error> {
    verify(leaf, options, ground, restriction).map_err(|error| {
        if error.report().steps().is_empty() {
            // Refused before any path was walked.
            Report::default().failed("path", "RFC 5280 §6.1", error)
        } else {
            error
        }
    })
}

fn verify<'a>(
    leaf: &'a [u8],
    options: &PathOptions<'a>,
    ground: impl FnOnce() -> Result<Ground<'a>, Error>,
    restriction: Option<&dyn Restriction>,
) -> Result<VerifiedPath<'a>, Error> {
    if leaf.len() > options.limits.certificate_bytes {
        return Err(Error::new(
            Code::CertificateMalformed,
            "the certificate is too large; raise the limit on certificate bytes to verify it",
        ));
    }
    let leaf = Certificate::from_der(leaf)?;
    let Ground { pool, evidence } = ground()?;
    let verifier = Verifier {
        options: *options,
        pool,
        evidence,
    };
    let mut budget = Budget::new(&options.limits, options.allow_sha1);
    let goal = Goal {
        crl_signer: false,
        pending: &[],
        restriction,
    };
    verifier
        .find_path(&leaf, options.anchors, &goal, &mut budget)
        .map_err(|error| mention_skipped(error, options.skipped_anchors))
}

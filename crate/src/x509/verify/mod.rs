//! The verification of certificates. One [`Verifier`] has five parts, each in its own file:
//!
//! 1. `path` searches a path from the certificate to a trust anchor among the intermediate certificates of
//!    `pool`, and checks each signature.
//! 2. `validate` validates a whole path (RFC 5280 §6.1). `anchor_check` applies the certificate of the trust
//!    anchor, `checks` has the checks of single certificates, and `policy_graph` the policies.
//! 3. `revocation` combines the evidence about each certificate of the path. `asked` keeps the answers of the
//!    caller's checker.
//! 4. `crl_check` checks CRLs (§6.3.3), and `crl_scope` finds the CRLs that cover the certificate.
//! 5. `ocsp_check` checks OCSP responses.
//!
//! There is one recursion: the signer of a CRL needs a path of its own, so 4 starts again at 1, at most three
//! levels deep ([`Goal`]). One [`Budget`] limits all of it.

mod anchor_check;
mod asked;
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
use asked::Asked;
use budget::Budget;
use verifier::{Goal, Verifier};

/// Verifies a certificate: builds a path to a trust anchor and validates it (RFC 5280 §6), with revocation
/// checking.
///
/// `leaf` is the DER of the certificate. If no path is valid, the error is that of the first path that
/// reached a trust anchor, and its report has the steps of that path. If a valid path shows that the certificate
/// is revoked, it is refused, even if another path is valid.
///
/// # Errors
/// - [`Code::CertificateMalformed`], [`Code::CertificateExpired`], [`Code::CertificateNotYetValid`],
///   [`Code::CertificateSignatureMismatch`], [`Code::IssuerNotFound`], [`Code::AlgorithmUnsupported`],
///   [`Code::AlgorithmNotAllowed`], [`Code::KeyMalformed`], [`Code::KeySizeUnsupported`]
/// - [`Code::BasicConstraintsViolated`], [`Code::PathLengthExceeded`], [`Code::KeyUsageMissing`],
///   [`Code::ExtendedKeyUsageMissing`], [`Code::NameConstraintsViolated`], [`Code::ExtensionUnsupported`]
/// - [`Code::PolicyNotAcceptable`], [`Code::PolicyMappingInvalid`], [`Code::PolicyBudgetExhausted`],
///   [`Code::PathBudgetExhausted`]
/// - [`Code::CertificateRevoked`]; if the revocation status is required but unknown,
///   [`Code::RevocationUnknown`] or the `Crl…` or `Ocsp…` code of the evidence
pub fn verify_certificate<'a>(leaf: &'a [u8], options: &PathOptions<'a>) -> Result<VerifiedPath<'a>, Error> {
    let leaf = fits(leaf, options).and_then(|()| Certificate::from_der(leaf));
    rejected(leaf.and_then(|leaf| verify(&leaf, options, &|| Ground::of(options), None)))
}

/// Like [`verify_certificate`], with a parsed certificate, and with parsed intermediate certificates and evidence in
/// place of those in the options. `restriction` applies to the issuers in the path of the certificate, not to the paths of CRL
/// signers.
pub(crate) fn verify_on<'a>(
    leaf: &Certificate<'a>,
    options: &PathOptions<'a>,
    ground: &dyn Fn() -> Result<Ground<'a>, Error>,
    restriction: Option<&dyn Restriction>,
) -> Result<VerifiedPath<'a>, Error> {
    let fits = fits(leaf.as_der(), options);
    rejected(fits.and_then(|()| verify(leaf, options, ground, restriction)))
}

fn rejected<T>(outcome: Result<T, Error>) -> Result<T, Error> {
    outcome.map_err(|error| {
        if error.report().steps().is_empty() {
            // Rejected before any path was built.
            Report::default().failed("path", "RFC 5280 §6.1", error)
        } else {
            error
        }
    })
}

fn fits(leaf: &[u8], options: &PathOptions<'_>) -> Result<(), Error> {
    if leaf.len() <= options.limits.certificate_bytes {
        return Ok(());
    }
    Err(Error::new(
        Code::CertificateMalformed,
        "the certificate is too large; raise the limit on certificate bytes to verify it",
    ))
}

fn verify<'a>(
    leaf: &Certificate<'a>,
    options: &PathOptions<'a>,
    ground: &dyn Fn() -> Result<Ground<'a>, Error>,
    restriction: Option<&dyn Restriction>,
) -> Result<VerifiedPath<'a>, Error> {
    let Ground { pool, evidence } = ground()?;
    let verifier = Verifier {
        options: *options,
        pool,
        evidence,
        asked: Asked::default(),
    };
    let mut budget = Budget::new(&options.limits, options.allow_sha1, options.revocation.digests);
    let goal = Goal {
        crl_signer: false,
        pending: &[],
        restriction,
    };
    verifier
        .find_path(leaf, options.anchors, &goal, &mut budget)
        .map_err(|error| mention_skipped(error, options.skipped_anchors))
}

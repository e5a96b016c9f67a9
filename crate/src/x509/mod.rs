//! Certificates, paths and revocation (RFC 5280, RFC 9618, RFC 6960).
//!
//! [`verify_certificate`] builds a path from a certificate to a trust anchor and validates it. Everything else is what it
//! is made of: [`Certificate`], [`Crl`] and [`OcspResponse`] read DER where it lies; `path` searches, `validate` goes
//! through RFC 5280 §6.1, `name_constraints` and `policy` are its harder parts, `crl_check` is §6.3.3.

mod access;
mod algorithm;
mod anchor;
mod anchor_check;
mod budget;
mod certificate;
mod checks;
mod cost;
mod crl;
mod crl_check;
mod crl_scan;
mod crl_scope;
mod distribution_point;
mod evidence;
mod extensions;
mod general_name;
mod hosts;
mod inquiry;
mod missing;
mod name;
mod name_constraints;
mod name_text;
mod ocsp;
mod ocsp_check;
mod ocsp_request;
mod oddities;
pub mod oids;
mod options;
mod path;
mod policy;
mod policy_graph;
mod pool;
mod revocation;
mod revocation_status;
mod signed;
mod state;
mod text;
mod validate;
mod verified_path;
mod verifier;

pub use access::AccessDescription;
pub use algorithm::{Algorithm, verify_signed};
pub(crate) use anchor::mention_skipped;
pub use anchor::{AnchorConstraints, SkippedAnchor, TrustAnchor, read_anchors};
pub use certificate::Certificate;
pub(crate) use certificate::Outline;
pub(crate) use cost::same_name;
pub use crl::Crl;
pub use distribution_point::{DistributionPoint, PointName, Reasons};
pub use extensions::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, Extension, Extensions, KeyUsage,
    PolicyConstraints,
};
pub use general_name::{GeneralName, GeneralNames};
pub use missing::{EvidenceRequest, ListLocation, MissingEvidence};
pub use name::{Attribute, Name, Rdn};
pub use name_constraints::{NameConstraints, Violation};
pub(crate) use name_text::{
    described_attribute, described_name, described_value, first_bytes, hex, visible_text,
};
pub use ocsp::OcspResponse;
pub use ocsp_request::ocsp_request;
pub use oddities::Oddities;
pub use options::{Limits, PathOptions, Purpose};
pub use policy::{Policies, PolicyInformation, PolicyMappings};
pub use policy_graph::{PolicyFault, PolicyGraph};
pub use revocation_status::{
    FetchedEvidence, Reason, Requirement, Revocation, RevocationChecker, RevocationOptions, RevocationQuery,
    Revoked,
};
pub use verified_path::VerifiedPath;

use crate::error::{Code, Error};
use crate::report::Report;
use budget::Budget;
use evidence::Evidence;
use pool::Pool;
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
    verify(leaf, options).map_err(|error| {
        let error = mention_skipped(error, options.skipped_anchors);
        if error.report().steps().is_empty() {
            // Refused before any path was walked.
            Report::default().failed("path", "RFC 5280 §6.1", error)
        } else {
            error
        }
    })
}

fn verify<'a>(leaf: &'a [u8], options: &PathOptions<'a>) -> Result<VerifiedPath<'a>, Error> {
    if leaf.len() > options.limits.certificate_bytes {
        return Err(Error::new(
            Code::CertificateMalformed,
            "the certificate is larger than allowed",
        ));
    }
    let leaf = Certificate::from_der(leaf)?;
    let verifier = Verifier {
        options: *options,
        pool: Pool::new(options.intermediates, &options.limits)?,
        evidence: Evidence::new(
            options.revocation.crls.iter().copied(),
            options.revocation.ocsp_responses.iter().copied(),
            &options.limits,
            true,
        )?,
    };
    let mut budget = Budget::new(&options.limits, options.allow_sha1);
    let goal = Goal {
        crl_signer: false,
        pending: &[],
    };
    verifier.find_path(&leaf, options.anchors, &goal, &mut budget)
}

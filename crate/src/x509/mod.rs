//! Certificates, certification paths and revocation (RFC 5280, RFC 9618, RFC 6960).
//!
//! [`verify_certificate`] builds a path from a certificate to a trust anchor and validates it. The files in
//! this folder contain the data: [`Certificate`], [`Crl`] and [`OcspResponse`] read DER in place, [`Name`]
//! compares and writes names, [`Revocation`] is the revocation status, and [`ocsp_request`] and
//! [`MissingEvidence`] say which evidence to fetch. The folder `verify` contains the verification. Nothing in
//! this folder uses it.

mod access;
mod algorithm;
mod anchor;
mod certificate;
mod chain;
mod cost;
mod crl;
mod crl_scan;
mod distribution_point;
mod extensions;
mod general_name;
mod hosts;
mod lower_case;
mod missing;
mod name;
mod name_constraints;
mod name_text;
mod ocsp;
mod ocsp_request;
mod oddities;
pub mod oids;
mod options;
mod policy;
mod revocation_status;
mod signed;
mod signed_by;
mod text;
mod verified_path;
mod verify;

pub use access::AccessDescription;
pub use algorithm::{Algorithm, verify_signed};
pub(crate) use anchor::mention_skipped;
pub use anchor::{AnchorConstraints, SkippedAnchor, TrustAnchor, read_anchors};
pub use certificate::Certificate;
pub(crate) use certificate::Outline;
pub use chain::Chain;
pub(crate) use cost::{exhausted, same_name, spend};
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
pub use revocation_status::{
    FetchedEvidence, KnownDigest, Reason, Requirement, Revocation, RevocationChecker, RevocationOptions,
    RevocationQuery, Revoked,
};
pub use signed_by::SignedBy;
pub use verified_path::VerifiedPath;
pub(crate) use verify::{Ground, Restriction, check_cost, verify_on};
pub use verify::{PolicyFault, PolicyGraph, verify_certificate};

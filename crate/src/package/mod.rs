//! Signed packages: a signature of the card, and everything that is needed to verify it years later without a
//! network, in one JSON text. `docs/signed-package.md` describes the format.
//!
//! [`SignedPackage::read`] reads a package strictly, [`verify_signed_package`] verifies it, and
//! [`choose_evidence`] chooses the revocation evidence for a new one. Everything is verified at the time of
//! the evidence. `evidence` checks each CRL and OCSP response on its own, and `timestamp` checks the
//! timestamps.

mod choose;
mod evidence;
mod fields;
mod read;
mod timestamp;
mod verify;

pub use choose::{Chosen, choose_evidence};
pub use evidence::{Candidates, Piece};
pub use read::{
    Form, MAX_EVIDENCE, MAX_NAME, MAX_STEPS, MAX_TEXT, MAX_TIMESTAMPS, NamedDocument, SignedPackage,
};
pub use timestamp::{Timestamp, TimestampOptions, TimestampStatus};
pub use verify::{AsOf, DocumentDigest, PackageOptions, VerifiedPackage, verify_signed_package};

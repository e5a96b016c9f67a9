//! Signed packages: a signature made with the card, and all that it takes to verify it years later without a network, in
//! one JSON text. `docs/signed-package.md` describes the format.
//!
//! [`SignedPackage::read`] reads one strictly, [`verify_signed_package`] verifies it, [`choose_evidence`] says which evidence
//! of revocation is worth keeping when one is made. Everything is verified for the time of the evidence; `evidence` judges
//! each piece alone, `signer` the signature, `timestamp` what others say of the time.

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

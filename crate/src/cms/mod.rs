//! CMS SignedData messages (RFC 5652 §5), in the encodings that software uses.
//!
//! BER is accepted for the outer levels, with segmented strings and trailing zeros. Signed data is hashed as
//! received. Every signer is verified and has its own result, and the message is valid only if all signers
//! are. The certificates of a message are only candidates for a path.

mod algorithm;
mod attributes;
mod candidates;
mod chain;
mod content;
mod judge;
mod message;
pub mod oids;
mod outcome;
mod pdf;
mod signing_certificate;
mod terms;
mod unique;
mod verify;
mod verify_pdf;

pub use attributes::MAX_ATTRIBUTES;
pub use chain::verify_signed_data;
pub(crate) use chain::{chain, ground, path_ground, verify_signed_data_as};
pub use content::Content;
pub use message::{Enclosed, MAX_CERTIFICATES, MAX_SIGNERS};
pub(crate) use message::{Identifier, Message, SignerInfo};
pub use outcome::{CmsOptions, Outcome, SignedData, SignedDataError, Signer};
pub use pdf::{MAX_SIGNATURES, PdfSignature, pdf_signatures};
pub(crate) use signing_certificate::SigningCertificate;
pub(crate) use verify::verify_one_of;
pub use verify::verify_signed_data_with;
pub use verify_pdf::{PdfError, PdfSigner, verify_pdf_with};

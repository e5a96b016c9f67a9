//! Signed messages: CMS SignedData (RFC 5652 §5), as software in the wild writes it.
//!
//! BER is accepted on the outer levels, with strings in pieces and zeros behind the end; what was signed is hashed as it was
//! received. Every signer is verified and has its own result, and the whole is refused unless all are good. The
//! certificates of a message are candidates for a path and nothing more.

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
pub(crate) use chain::{chain, ground, path_ground};
pub use content::Content;
pub use message::{Enclosed, MAX_CERTIFICATES, MAX_SIGNERS};
pub(crate) use message::{Identifier, Message, SignerInfo};
pub use outcome::{CmsOptions, Outcome, SignedData, SignedDataError, Signer};
pub use pdf::{MAX_SIGNATURES, PdfSignature, pdf_signatures};
pub(crate) use signing_certificate::SigningCertificate;
pub(crate) use verify::verify_one_of;
pub use verify::verify_signed_data_with;
pub use verify_pdf::{PdfError, PdfSigner, verify_pdf_with};

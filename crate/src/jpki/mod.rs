//! The certificates of the My Number Card (公的個人認証サービス, JPKI).
//!
//! [`verify_card_certificate`] verifies a certificate under a [`Profile`], [`verify_card_signed_data`]
//! verifies a CMS message that was signed with the card, and [`read_holder`] reads the holder's data. The
//! facts are in two tables: [`PROFILES`] and [`KNOWN_CAS`].

mod anchors;
mod birth_date;
mod holder;
mod holder_warning;
mod known_cas;
mod leaf;
mod names;
mod profile;
mod verify;

pub use anchors::Authority;
pub use birth_date::{BirthDate, Era};
pub use holder::{Entry, EntryValue, Gender, Holder, MaskedText, read_holder};
pub use holder_warning::HolderWarning;
pub use known_cas::{KNOWN_CAS, KnownCa, identify};
pub use profile::{Cards, Hierarchy, PROFILES, Profile};
pub(crate) use verify::verify_card_signed_data_as;
pub use verify::{
    JpkiOptions, ProfileChoice, VerifiedCard, Warning, verify_card_certificate, verify_card_pdf,
    verify_card_signed_data,
};

//! Reads DER (ITU-T X.690 §10 and §11) in place: borrowed, without allocation and without recursion.
//!
//! A [`Reader`] walks the elements of one level. The calling code handles nesting, so the depth is that of
//! the expected structure and never that of the input. Anything that DER forbids is [`Malformed`].

pub mod ber;
mod malformed;
mod oid;
mod reader;
mod tags;
mod time;

pub use malformed::{Malformed, Result};
pub use oid::{Oid, contents_from_text};
pub use reader::{BitString, Element, Reader, boolean, integer, outer_sequence, small_integer};
pub use tags::{
    BIT_STRING, BOOLEAN, ENUMERATED, GENERALIZED_TIME, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING,
    SEQUENCE, SET, UTC_TIME, UTF8_STRING, context, context_constructed,
};
pub use time::{civil_from_seconds, time_text};

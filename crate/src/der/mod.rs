//! Reading DER (ITU-T X.690 §10 and §11) where it lies: borrowed, without allocation, without recursion.
//!
//! A [`Reader`] walks over the elements of one level; nesting happens in the caller's code, so its depth is that of the
//! structure being read and never the input's. Anything that DER forbids is [`Malformed`].

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

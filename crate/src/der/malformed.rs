//! What reading fails with.

use crate::code::Code;
use crate::error::Error;

/// Not the DER that was expected here; says which rule was broken, never what the input held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl Malformed {
    /// The error of `code` for a structure called `what`.
    #[must_use]
    pub fn of(self, code: Code, what: &str) -> Error {
        Error::new(code, format!("the {what} is malformed: {}", self.0))
    }
}

/// What reading gives: a value that borrows from the input, or [`Malformed`].
pub type Result<T> = core::result::Result<T, Malformed>;

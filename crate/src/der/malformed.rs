//! The error of the readers.

use crate::code::Code;
use crate::error::Error;
use crate::text::text;

/// The input is not the expected DER. The text names the broken rule, never the contents of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl Malformed {
    /// An error with `code` for a structure called `what`.
    #[must_use]
    pub fn of(self, code: Code, what: &str) -> Error {
        Error::new(code, text!["the ", what, " is malformed: ", self.0])
    }
}

/// The result of reading: a value that borrows from the input, or [`Malformed`].
pub type Result<T> = core::result::Result<T, Malformed>;

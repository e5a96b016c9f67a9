//! What the functions of the whole module have in common.

use alloc::string::String;

use super::answer::refused;
use super::input::Input;
use super::members::{Members, with_members};
use crate::error::Error;

/// Reads the options, and answers with what `call` makes of them or with its error. The type of `call` is the same for all
/// functions, so that the code exists once.
pub(super) fn exported<'a>(
    options: &str,
    bytes: &'a [u8],
    call: &dyn Fn(&Members<'_, '_>, &Input<'a>) -> Result<String, Error>,
) -> String {
    let outcome = with_members(options, |members| call(members, &Input::new(bytes, members)?));
    outcome.unwrap_or_else(|error| refused(&error))
}

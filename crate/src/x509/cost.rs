//! Counts comparisons against their limit, and the error of a reached limit.

use super::name::Name;
use crate::code::Code;
use crate::error::Error;
use crate::text::text;

/// Compares two names and subtracts the cost from `left`.
pub(crate) fn same_name(left: &mut u32, one: &Name<'_>, other: &Name<'_>) -> Result<bool, Error> {
    one.compare(other, left)
        .ok_or_else(|| exhausted("name comparisons"))
}

/// Subtracts the cost of reading `bytes` bytes from `left`.
pub(crate) fn spend(left: &mut u32, bytes: usize) -> Result<(), Error> {
    let units = u32::try_from(bytes.div_ceil(32)).unwrap_or(u32::MAX);
    *left = left
        .checked_sub(units)
        .ok_or_else(|| exhausted("name comparisons"))?;
    Ok(())
}

pub(crate) fn exhausted(what: &str) -> Error {
    Error::new(
        Code::PathBudgetExhausted,
        text![
            "the limit on ",
            what,
            " is reached; give fewer certificates, or raise the limit if you trust the input"
        ],
    )
}

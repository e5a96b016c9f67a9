//! [`super::inspect`].

use alloc::string::String;

use super::answer::accepted;
use super::exported::exported;
use super::limits;
use super::members::missing;
use crate::inspect;

/// Identifies and describes `input` (bytes or text). Verifies nothing. The result has the description of
/// [`crate::inspect::Inspection::to_json`] as `inspection`.
#[must_use]
pub fn inspect(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let blob = input.bytes_or_text(members, "input")?;
        let blob = blob.ok_or_else(|| missing("input"))?;
        limits::read(members)?;
        members.refuse_others()?;
        let inspection = inspect::inspect(blob)?;
        Ok(accepted(|json| {
            json.name("inspection").verbatim(&inspection.to_json());
        }))
    })
}

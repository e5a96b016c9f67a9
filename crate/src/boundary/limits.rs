//! Reads the limits from the options.

use super::members::Members;
use crate::error::Error;
use crate::x509::Limits;

/// Reads `limits`.
pub(super) fn read(members: &Members<'_, '_>) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    let Some(given) = members.object("limits")? else {
        return Ok(limits);
    };
    // Already applied when the buffer was received.
    given.integer("inputBytes")?;
    let size = |place: &mut usize, name| -> Result<(), Error> {
        if let Some(number) = given.integer(name)? {
            *place = number as usize;
        }
        Ok(())
    };
    size(&mut limits.certificate_bytes, "certificateBytes")?;
    size(&mut limits.intermediates, "intermediates")?;
    size(&mut limits.path_length, "pathLength")?;
    size(&mut limits.policies, "policies")?;
    size(&mut limits.evidence, "evidence")?;
    size(&mut limits.scanned_bytes, "scannedBytes")?;
    let count = |place: &mut u32, name| -> Result<(), Error> {
        if let Some(number) = given.integer(name)? {
            *place = number;
        }
        Ok(())
    };
    count(&mut limits.signatures, "signatures")?;
    count(&mut limits.candidates, "candidates")?;
    count(&mut limits.name_comparisons, "nameComparisons")?;
    given.refuse_others()?;
    Ok(limits)
}

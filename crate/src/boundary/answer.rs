//! The common parts of all results.

use alloc::string::String;

use crate::error::Error;
use crate::json::Json;
use crate::report::Report;

/// About the length of a step.
const STEP_BYTES: usize = 144;

pub(super) fn accepted(members: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.name("ok").verbatim("true");
        members(json);
    });
    json.into_text()
}

pub(super) fn refused(error: &Error) -> String {
    refused_with(error, |_| {})
}

pub(super) fn refused_with(error: &Error, members: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.name("ok").verbatim("false");
        cause(json, error);
        members(json);
        report(json.name("report"), error.report());
    });
    json.into_text()
}

/// Writes the members of an error into an open object.
pub(super) fn refusal(json: &mut Json, error: &Error) {
    cause(json, error);
    report(json.name("report"), error.report());
}

fn cause(json: &mut Json, error: &Error) {
    json.name("code").string(error.code().as_str());
    json.name("message").string(error.message());
}

/// Writes the steps of a verification.
pub(super) fn report(json: &mut Json, report: &Report) {
    json.reserve(STEP_BYTES * report.steps().len());
    json.object(|json| {
        // The last line feed of a result is this one, because line feeds in texts are escaped. So a caller can read the rest
        // of the result without the report.
        json.pieces(&["\n\"steps\":"]);
        json.list(report.steps(), |json, step| {
            // Only details can need escapes.
            json.object(|json| {
                json.pieces(&[
                    "\"id\":\"",
                    step.id,
                    "\",\"status\":\"",
                    step.status.as_str(),
                    "\",\"reference\":\"",
                    step.reference,
                    "\",\"detail\":",
                ]);
                json.string(&step.detail);
            });
        });
    });
}

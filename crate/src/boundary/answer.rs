//! The common parts of all results.

use alloc::string::String;

use crate::error::Error;
use crate::json::Json;
use crate::report::Report;

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
        refusal(json, error);
        members(json);
    });
    json.into_text()
}

/// Writes the members of an error into an open object.
pub(super) fn refusal(json: &mut Json, error: &Error) {
    json.name("code").string(error.code().as_str());
    json.name("message").string(error.message());
    report(json.name("report"), error.report());
}

/// Writes the steps of a verification.
pub(super) fn report(json: &mut Json, report: &Report) {
    json.object(|json| {
        json.name("steps").list(report.steps(), |json, step| {
            json.object(|json| {
                json.name("id").string(step.id);
                json.name("status").string(step.status.as_str());
                json.name("reference").string(step.reference);
                json.name("detail").string(&step.detail);
            });
        });
    });
}

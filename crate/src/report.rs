//! What a verification did, step by step.

use std::borrow::Cow;
use std::vec::Vec;

use crate::error::Error;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Checked and right.
    Passed,
    /// Checked and wrong.
    Failed,
    /// Not made: nothing to check, or not asked for. Never counts as passed.
    Skipped,
}

impl Status {
    /// The status as it is documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Skipped => "skipped",
        }
    }
}

/// One step of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A stable name in kebab-case, such as `signature`.
    pub id: &'static str,
    /// How it ended.
    pub status: Status,
    /// The section of the standard that asks for it.
    pub reference: &'static str,
    /// What was compared, in English and without personal data.
    pub detail: Cow<'static, str>,
}

/// The steps of a verification, in the order made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// The steps so far.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Notes a check that held.
    pub fn passed(
        &mut self,
        id: &'static str,
        reference: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.push(id, Status::Passed, reference, detail.into());
    }

    /// Notes a check that was not made, and why.
    pub fn skipped(
        &mut self,
        id: &'static str,
        reference: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.push(id, Status::Skipped, reference, detail.into());
    }

    /// Notes the check that failed and hands its error back with the report so far.
    pub fn failed(&mut self, id: &'static str, reference: &'static str, error: Error) -> Error {
        self.push(id, Status::Failed, reference, Cow::Owned(error.message().into()));
        error.with_report(self.clone())
    }

    /// Adds to what the step that failed says, if there is one.
    pub(crate) fn note_last(&mut self, note: &str) {
        if let Some(step) = self.steps.last_mut().filter(|step| step.status == Status::Failed) {
            step.detail = format!("{}; {note}", step.detail).into();
        }
    }

    /// Adds the steps of a verification that was a part of this one.
    pub fn append(&mut self, part: &Report) {
        self.steps.extend_from_slice(&part.steps);
    }

    /// The steps of one name.
    pub(crate) fn only(&self, id: &str) -> Report {
        let steps = self.steps.iter().filter(|step| step.id == id);
        Report {
            steps: steps.cloned().collect(),
        }
    }

    fn push(&mut self, id: &'static str, status: Status, reference: &'static str, detail: Cow<'static, str>) {
        self.steps.push(Step {
            id,
            status,
            reference,
            detail,
        });
    }
}

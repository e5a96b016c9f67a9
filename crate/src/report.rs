//! The steps of a verification.

use alloc::borrow::Cow;
use alloc::{string::String, vec::Vec};

use crate::text::text;

/// The outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Checked and correct.
    Passed,
    /// Checked and wrong.
    Failed,
    /// Not checked, because there was nothing to check or the check was not requested. Never counts as
    /// passed.
    Skipped,
}

impl Status {
    /// The status as documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Passed => "passed",
            Status::Failed => "failed",
            Status::Skipped => "skipped",
        }
    }
}

/// The outcome of a step that did not fail, with its detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Checked and correct.
    Passed(Cow<'static, str>),
    /// Not checked, and the reason.
    Skipped(Cow<'static, str>),
}

impl Note {
    /// A check that passed.
    pub fn passed(detail: impl Into<Cow<'static, str>>) -> Self {
        Note::Passed(detail.into())
    }

    /// A check that was skipped, and the reason.
    pub fn skipped(detail: impl Into<Cow<'static, str>>) -> Self {
        Note::Skipped(detail.into())
    }
}

impl From<&'static str> for Note {
    fn from(detail: &'static str) -> Self {
        Note::passed(detail)
    }
}

impl From<String> for Note {
    fn from(detail: String) -> Self {
        Note::passed(detail)
    }
}

/// One step of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// A stable name in kebab-case, such as `signature`.
    pub id: &'static str,
    /// The outcome.
    pub status: Status,
    /// The section of the standard that requires the check.
    pub reference: &'static str,
    /// What was compared, in English, without personal data.
    pub detail: Cow<'static, str>,
}

/// The steps of a verification, in order.
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

    /// Records a check that passed.
    pub fn passed(
        &mut self,
        id: &'static str,
        reference: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.note(id, reference, Note::passed(detail));
    }

    /// Records a check that was skipped, and the reason.
    pub fn skipped(
        &mut self,
        id: &'static str,
        reference: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.note(id, reference, Note::skipped(detail));
    }

    /// Adds `note` to the detail of the last step, if that step failed.
    pub(crate) fn note_last(&mut self, note: &str) {
        if let Some(step) = self.steps.last_mut().filter(|step| step.status == Status::Failed) {
            step.detail = text![step.detail, "; ", note].into();
        }
    }

    /// Appends the steps of a nested verification.
    pub fn append(&mut self, part: &Report) {
        self.steps.extend_from_slice(&part.steps);
    }

    /// The steps with the given name.
    pub(crate) fn only(&self, id: &str) -> Report {
        let steps = self.steps.iter().filter(|step| step.id == id);
        Report {
            steps: steps.cloned().collect(),
        }
    }

    /// Records the outcome of a step that did not fail.
    pub(crate) fn note(&mut self, id: &'static str, reference: &'static str, note: impl Into<Note>) {
        let (status, detail) = match note.into() {
            Note::Passed(detail) => (Status::Passed, detail),
            Note::Skipped(detail) => (Status::Skipped, detail),
        };
        self.push(id, status, reference, detail);
    }

    pub(crate) fn push(
        &mut self,
        id: &'static str,
        status: Status,
        reference: &'static str,
        detail: Cow<'static, str>,
    ) {
        self.steps.push(Step {
            id,
            status,
            reference,
            detail,
        });
    }
}

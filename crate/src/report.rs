//! What a verification did, step by step.

use std::borrow::Cow;

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

/// How a step that did not fail ended, and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Checked and right.
    Passed(Cow<'static, str>),
    /// Not made, and why.
    Skipped(Cow<'static, str>),
}

impl Note {
    /// A check that held.
    pub fn passed(detail: impl Into<Cow<'static, str>>) -> Self {
        Note::Passed(detail.into())
    }

    /// A check that was not made, and why.
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
        self.note(id, reference, Note::passed(detail));
    }

    /// Notes a check that was not made, and why.
    pub fn skipped(
        &mut self,
        id: &'static str,
        reference: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) {
        self.note(id, reference, Note::skipped(detail));
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

    /// Notes how a step that did not fail ended.
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

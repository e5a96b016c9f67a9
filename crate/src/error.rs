//! The one error type, and how the steps of a report end in one.

use std::borrow::Cow;
use std::fmt;

use crate::code::Code;
use crate::report::{Note, Report, Status};

/// A refusal: what was wrong, what to do about it, and the steps up to it. Holds no personal data.
#[derive(Clone, Debug)]
pub struct Error {
    code: Code,
    message: Cow<'static, str>,
    report: Report,
}

impl Error {
    /// An error with an empty report. The message says what was wrong and what to do.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
            report: Report::default(),
        }
    }

    /// The same error with the steps that led to it.
    #[must_use]
    pub fn with_report(mut self, report: Report) -> Self {
        self.report = report;
        self
    }

    /// The same error, and something more that the caller should know, in its message and in the step that failed.
    #[must_use]
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.message = format!("{}; {note}", self.message).into();
        self.report.note_last(note);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// What was wrong and what to do, in English.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The steps made so far; the last one is the one that failed.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Error {}

impl Report {
    /// Notes a check as one step. A value is noted as passed, or as the [`Note`] that `note` makes of it; an error is noted
    /// as failed, and gets the report up to it.
    ///
    /// # Errors
    /// That of the outcome.
    pub fn step<T, N: Into<Note>>(
        &mut self,
        id: &'static str,
        reference: &'static str,
        outcome: Result<T, Error>,
        note: impl FnOnce(&T) -> N,
    ) -> Result<T, Error> {
        match outcome {
            Ok(value) => {
                self.note(id, reference, note(&value));
                Ok(value)
            }
            Err(error) => Err(self.failed(id, reference, error)),
        }
    }

    /// Notes the check that failed and returns its error with the report up to it. For checks of which only a failure is
    /// worth a step; see [`Report::step`].
    pub fn failed(&mut self, id: &'static str, reference: &'static str, error: Error) -> Error {
        let detail = Cow::Owned(error.message().into());
        self.push(id, Status::Failed, reference, detail);
        error.with_report(self.clone())
    }

    /// The error of a verification that is a part of this one, with the steps of this one before its own.
    pub(crate) fn before(&self, error: Error) -> Error {
        let mut whole = self.clone();
        whole.append(error.report());
        error.with_report(whole)
    }
}

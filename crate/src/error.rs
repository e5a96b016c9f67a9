//! The error type, and how a failed step becomes an error.

use std::borrow::Cow;
use std::fmt;

use crate::code::Code;
use crate::report::{Note, Report, Status};

/// An error: what is wrong, the remedy, and the steps up to the failure. It contains no personal data.
#[derive(Clone, Debug)]
pub struct Error {
    code: Code,
    message: Cow<'static, str>,
    report: Report,
}

impl Error {
    /// An error with an empty report. The message states the cause and the remedy.
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

    /// The same error with `note` added to its message and to the failed step.
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

    /// The cause and the remedy, in English.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The steps up to the failure. The last one failed.
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
    /// Records a check as one step. A success is recorded as passed, or as the [`Note`] that `note` returns.
    /// An error is recorded as failed and gets the report up to it.
    ///
    /// # Errors
    /// The error of `outcome`.
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

    /// Records a failed check and returns its error with the report up to it. Use it where only a failure
    /// deserves a step; see also [`Report::step`].
    pub fn failed(&mut self, id: &'static str, reference: &'static str, error: Error) -> Error {
        let detail = Cow::Owned(error.message().into());
        self.push(id, Status::Failed, reference, detail);
        error.with_report(self.clone())
    }

    /// The error of a nested verification, with the steps of this report before its own.
    pub(crate) fn before(&self, error: Error) -> Error {
        let mut whole = self.clone();
        whole.append(error.report());
        error.with_report(whole)
    }
}

//! The error type, and how a failed step becomes an error.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::code::Code;
use crate::report::{Note, Report, Status};
use crate::text::{Piece, text};

/// An error: what is wrong, the remedy, and the steps up to the failure. It contains no personal data.
///
/// Its size is that of a pointer, because every result that may fail has room for it.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    message: Cow<'static, str>,
    report: Report,
}

impl Error {
    /// An error with an empty report. The message states the cause and the remedy.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        fn new(code: Code, message: Cow<'static, str>) -> Error {
            Error(Box::new(Inner {
                code,
                message,
                report: Report::default(),
            }))
        }
        new(code, message.into())
    }

    /// The same error with the steps that led to it.
    #[must_use]
    pub fn with_report(mut self, report: Report) -> Self {
        self.0.report = report;
        self
    }

    /// The same error with `note` added to its message and to the failed step.
    #[must_use]
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message = text![self.0.message, "; ", note].into();
        self.0.report.note_last(note);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The cause and the remedy, in English.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The steps up to the failure. The last one failed.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.0.report
    }
}

impl Piece for Error {
    fn add_to(&self, text: &mut String) {
        self.code().add_to(text);
        ": ".add_to(text);
        self.message().add_to(text);
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            code,
            message,
            report,
        } = &*self.0;
        f.debug_struct("Error")
            .field("code", code)
            .field("message", message)
            .field("report", report)
            .finish()
    }
}

impl core::error::Error for Error {}

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

//! How one message is verified: alone, as one of several, or as a part of another structure.

use super::content::Parts;
use super::message::{Enclosed, Message};
use crate::error::Error;
use crate::report::Report;
use crate::x509::Certificate;

/// The requirements for a message beyond its signatures.
#[derive(Clone, Copy)]
pub(super) struct Terms<'t> {
    /// The content, in place of that in the options.
    pub(super) content: Option<Parts<'t>>,
    /// Whether a signed attribute must name the signer's certificate.
    pub(super) bound: bool,
    /// The number of messages that share the limits.
    pub(super) parts: usize,
    /// The form that the message must have, checked before anything else.
    pub(super) form: Form,
}

/// Checks the form of a message and records it as a step.
pub(super) type Form = fn(&Message<'_>, &mut Report) -> Result<(), Error>;

impl Terms<'_> {
    pub(super) const MESSAGE: Self = Self {
        content: None,
        bound: false,
        parts: 1,
        form: |_, _| Ok(()),
    };
}

/// Verifies the certificate of a signer. The type is the same for all callers, so that the code exists once.
pub(super) type Chain<'c, 'a, P> =
    &'c mut dyn FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>;

//! How one message is verified: alone, as one of several, or as a part of something else.

use super::content::Parts;
use super::message::{Enclosed, Message};
use crate::error::Error;
use crate::report::Report;
use crate::x509::Certificate;

/// What is asked of a message beyond its signatures.
#[derive(Clone, Copy)]
pub(super) struct Terms<'t> {
    /// The content, in place of that of the options.
    pub(super) content: Option<Parts<'t>>,
    /// A signed attribute has to name the signer's certificate.
    pub(super) bound: bool,
    /// How many messages share what one may cost.
    pub(super) parts: usize,
    /// What the message has to be, before anything of it is verified.
    pub(super) form: Form,
}

/// A form, and the step that says whether a message has it.
pub(super) type Form = fn(&Message<'_>, &mut Report) -> Result<(), Error>;

impl Terms<'_> {
    pub(super) const MESSAGE: Self = Self {
        content: None,
        bound: false,
        parts: 1,
        form: |_, _| Ok(()),
    };
}

/// What the signer's certificate is worth: the same code for all who ask.
pub(super) type Chain<'c, 'a, P> =
    &'c mut dyn FnMut(&Certificate<'a>, &Enclosed<'a>) -> Result<(P, Report), Error>;

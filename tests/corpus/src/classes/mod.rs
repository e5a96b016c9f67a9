//! Where honnin and OpenSSL may differ, and why.
//!
//! A class applies to a disagreement because of both verdicts and of independent facts about the objects.
//! What honnin accepts and OpenSSL rejects needs a rule of a standard that allows it, and facts that show
//! that the rule applies.

mod accepted;
mod refused;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::facts;
use crate::tally::{Stage, Verdicts};

/// The start of a verdict that differed when only the path of the other verifier was given.
pub const FOUND_ELSEWHERE: &str = "finds no path and accepts this one";

/// Two different verdicts.
pub struct Disagreement<'d> {
    pub stage: Stage,
    pub verdicts: Verdicts,
    /// The objects that decide, with the object in question first. For a path, all its certificates, with the
    /// trust anchor last.
    pub facts: &'d [&'d [u8]],
    pub time: i64,
}

impl Disagreement<'_> {
    /// honnin accepts, and OpenSSL rejects even without its strict rules, for a reason that contains this
    /// text.
    fn theirs(&self, text: &str) -> bool {
        matches!((&self.verdicts.ours, &self.verdicts.lax), (Ok(()), Err(error)) if error.contains(text))
    }

    /// honnin accepts, and OpenSSL rejects only with its strict rules.
    fn strictly(&self, text: &str) -> bool {
        matches!((&self.verdicts.ours, &self.verdicts.strict, &self.verdicts.lax), (Ok(()), Err(error), Ok(())) if error.contains(text))
    }

    /// With its strict rules, OpenSSL rejects for a reason that contains this text.
    fn strict(&self, text: &str) -> bool {
        matches!(&self.verdicts.strict, Err(error) if error.contains(text))
    }

    /// OpenSSL accepts, and honnin rejects with this code and a message that contains this text.
    fn ours(&self, code: &str, text: &str) -> bool {
        matches!(&self.verdicts.ours, Err(refusal) if refusal.code == code && refusal.message.contains(text))
    }

    /// The certificates that decide. For a path, the leaf comes first and the trust anchor last.
    fn certificates(&self) -> Vec<&[u8]> {
        let all = self.facts.iter().copied();
        all.filter(|der| facts::is_certificate(der)).collect()
    }

    fn any_certificate(&self, holds: impl Fn(&[u8]) -> bool) -> bool {
        self.certificates().into_iter().any(holds)
    }

    fn any(&self, holds: impl Fn(&[u8]) -> bool) -> bool {
        self.facts.iter().any(|der| holds(der))
    }
}

impl fmt::Display for Disagreement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdicts { ours, strict, lax } = &self.verdicts;
        match ours {
            Ok(()) => write!(f, "honnin accepts; OpenSSL strict: {strict:?}, lax: {lax:?}"),
            Err(refusal) => write!(
                f,
                "OpenSSL accepts (lax: {lax:?}); honnin: {}: {}",
                refusal.code, refusal.message
            ),
        }
    }
}

/// An intended kind of disagreement.
pub struct Class {
    pub id: &'static str,
    pub accepts: &'static str,
    pub right: &'static str,
    /// The rule that makes it right.
    pub reason: &'static str,
    pub holds: fn(&Disagreement<'_>) -> bool,
}

const TABLES: [&[Class]; 2] = [accepted::CLASSES, refused::CLASSES];

/// The class of a disagreement. A disagreement without a class needs investigation.
pub fn class_of(disagreement: &Disagreement<'_>) -> Option<&'static Class> {
    TABLES
        .into_iter()
        .flatten()
        .find(|class| (class.holds)(disagreement))
}

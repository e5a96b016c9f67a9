//! Where honnin and OpenSSL may differ, and why.
//!
//! A class holds for a disagreement by what each of them said and by facts of the objects that are found independently. What
//! honnin accepts and OpenSSL refuses needs a sentence of a standard that says so, and facts that it is about.

mod accepted;
mod refused;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::facts;
use crate::tally::{Stage, Verdicts};

/// How a verdict begins that was another one when there was nothing but the path that the other judge had found.
pub const FOUND_ELSEWHERE: &str = "finds no path and accepts this one";

/// Two verdicts that are not the same.
pub struct Disagreement<'d> {
    pub stage: Stage,
    pub verdicts: Verdicts,
    /// The objects that decide, the one that was asked about first; of a path all certificates, the anchor last.
    pub facts: &'d [&'d [u8]],
    pub time: i64,
}

impl Disagreement<'_> {
    /// honnin accepts, and OpenSSL refuses even without its strict rules; the reason has this text in it.
    fn theirs(&self, text: &str) -> bool {
        matches!((&self.verdicts.ours, &self.verdicts.lax), (Ok(()), Err(error)) if error.contains(text))
    }

    /// honnin accepts, and OpenSSL refuses for a strict rule only.
    fn strictly(&self, text: &str) -> bool {
        matches!((&self.verdicts.ours, &self.verdicts.strict, &self.verdicts.lax), (Ok(()), Err(error), Ok(())) if error.contains(text))
    }

    /// What OpenSSL says with its strict rules has this text in it.
    fn strict(&self, text: &str) -> bool {
        matches!(&self.verdicts.strict, Err(error) if error.contains(text))
    }

    /// OpenSSL accepts and honnin refuses with this code, its message having this text in it.
    fn ours(&self, code: &str, text: &str) -> bool {
        matches!(&self.verdicts.ours, Err(refusal) if refusal.code == code && refusal.message.contains(text))
    }

    /// The certificates that decide: of a path the leaf first, the anchor last.
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

/// A kind of disagreement that is meant.
pub struct Class {
    pub id: &'static str,
    pub accepts: &'static str,
    pub right: &'static str,
    /// The sentence by which it is right.
    pub reason: &'static str,
    pub holds: fn(&Disagreement<'_>) -> bool,
}

const TABLES: [&[Class]; 2] = [accepted::CLASSES, refused::CLASSES];

/// Which class a disagreement is in; none has to be looked into.
pub fn class_of(disagreement: &Disagreement<'_>) -> Option<&'static Class> {
    TABLES
        .into_iter()
        .flatten()
        .find(|class| (class.holds)(disagreement))
}

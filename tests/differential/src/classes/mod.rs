//! Where honnin and OpenSSL may differ, and why.
//!
//! A class applies to a disagreement because of both verdicts and of independent facts about the case. What
//! honnin accepts and OpenSSL rejects needs a rule of a standard that allows it.

mod accepted;
mod refused;

use std::fmt;

use crate::case::Case;
use crate::facts;
use crate::ours::Ours;
use crate::peer::Theirs;

/// Two different verdicts.
pub struct Disagreement {
    pub ours: Ours,
    /// OpenSSL with X509_V_FLAG_X509_STRICT.
    pub strict: Theirs,
    /// OpenSSL without.
    pub lax: Theirs,
}

impl Disagreement {
    /// honnin accepts, and OpenSSL rejects even without its strict rules, for a reason that contains this
    /// text.
    fn theirs(&self, text: &str) -> bool {
        matches!((&self.ours, &self.lax), (Ours::Accepted, Err(error)) if error.contains(text))
    }

    /// honnin accepts, and OpenSSL rejects only with its strict rules.
    fn strictly(&self, text: &str) -> bool {
        matches!((&self.ours, &self.strict, &self.lax), (Ours::Accepted, Err(error), Ok(())) if error.contains(text))
    }

    /// OpenSSL accepts, and honnin rejects with this code.
    fn code(&self, wanted: &str) -> bool {
        matches!(&self.ours, Ours::Refused(code, _) if code.as_str() == wanted)
    }

    /// OpenSSL accepts, and honnin rejects with a message that contains this text.
    fn says(&self, text: &str) -> bool {
        matches!(&self.ours, Ours::Refused(_, message) if message.contains(text))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ours {
            Ours::Accepted => write!(
                f,
                "honnin accepts; OpenSSL strict: {:?}, lax: {:?}",
                self.strict, self.lax
            ),
            Ours::Refused(code, message) => write!(
                f,
                "OpenSSL accepts (lax: {:?}); honnin: {code}: {message}",
                self.lax
            ),
            Ours::Panicked => write!(f, "honnin panicked"),
        }
    }
}

/// An intended kind of disagreement.
pub struct Class {
    pub id: &'static str,
    pub accepts: &'static str,
    pub reason: &'static str,
    pub holds: fn(&Case, &Disagreement) -> bool,
}

const TABLES: [&[Class]; 2] = [accepted::CLASSES, refused::CLASSES];

/// The class of a disagreement. A disagreement without a class needs investigation.
pub fn class_of(case: &Case, disagreement: &Disagreement) -> Option<&'static Class> {
    let mut classes = TABLES.into_iter().flatten();
    classes.find(|class| (class.holds)(case, disagreement))
}

/// The first eight bits of the leaf's keyUsage: digitalSignature is `0x80`. `None` without the extension.
fn leaf_usage(case: &Case) -> Option<u8> {
    facts::extensions(&only_leaf(case), "2.5.29.15")
        .iter()
        .find_map(|usage| match &usage.value[..] {
            [3, _, _, first, ..] => Some(*first),
            [3, 1, 0] => Some(0),
            _ => None,
        })
}

/// The same question with the leaf as the only certificate.
fn only_leaf(case: &Case) -> Case {
    Case {
        anchor: Vec::new(),
        intermediates: Vec::new(),
        crls: Vec::new(),
        message: Vec::new(),
        ..case.clone()
    }
}

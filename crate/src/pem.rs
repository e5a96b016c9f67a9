//! PEM, the textual encoding of RFC 7468.
//!
//! Text before, between and after the blocks is allowed (RFC 7468 §2), and so is white space within them,
//! because people paste. Everything else is strict: the same label in both lines, no headers, canonical
//! base64 with padding.

use alloc::vec::Vec;
use core::fmt;

use crate::base64::{self, Form};

const BEGIN: &str = "BEGIN ";
const END: &str = "END ";
const DASHES: &str = "-----";

/// A PEM block.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block<'a> {
    /// The label: `CERTIFICATE`, `X509 CRL`, `PUBLIC KEY` and others.
    pub label: &'a str,
    /// The decoded bytes.
    pub bytes: Vec<u8>,
}

hidden!(Block);

/// Why a text is not valid PEM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Malformed {}

/// Reads all blocks of a text.
///
/// # Errors
/// [`Malformed`] if a block is not as described above, or if there is no block.
pub fn blocks(text: &str) -> Result<Vec<Block<'_>>, Malformed> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = split(rest, BEGIN) {
        if split(before, END).is_some() {
            return Err(Malformed("an END line without a BEGIN line"));
        }
        let (label, after) =
            split(after, "").ok_or(Malformed("a BEGIN line that does not end in five hyphens"))?;
        let (body, after) = split(after, END).ok_or(Malformed("a block without an END line"))?;
        let after = after
            .strip_prefix(label)
            .and_then(|after| after.strip_prefix(DASHES))
            .ok_or(Malformed(
                "an END line with a different label than its BEGIN line",
            ))?;
        let characters: Vec<u8> = body
            .bytes()
            .filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
            .collect();
        let bytes = base64::decode(&characters, Form::Padded)
            .ok_or(Malformed("a block that is not canonical base64"))?;
        blocks.push(Block { label, bytes });
        rest = after;
    }
    if split(rest, END).is_some() {
        return Err(Malformed("an END line without a BEGIN line"));
    }
    if blocks.is_empty() {
        return Err(Malformed("no BEGIN line"));
    }
    Ok(blocks)
}

/// What is before and after the first five hyphens with this word behind them. Looks at each run of hyphens once, so the
/// time is linear for any text.
pub(crate) fn split<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let start = at + rest.iter().position(|byte| *byte == b'-')?;
        let run = bytes.get(start..)?.iter().position(|byte| *byte != b'-');
        at = run.map_or(bytes.len(), |run| start + run);
        if at - start >= DASHES.len() && bytes.get(at..)?.starts_with(word.as_bytes()) {
            let found = if word.is_empty() { start } else { at - DASHES.len() };
            let after = text.get(found + DASHES.len() + word.len()..)?;
            return Some((text.get(..found)?, after));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{BEGIN, END, blocks, split};

    #[test]
    fn blocks_with_text_around_and_white_space_within() {
        let text = "Subject: x\n-----BEGIN A B-----\r\n AAEC\r\n\tAw== \r\n-----END A B-----\nmore\n-----BEGIN C-----\n-----END C-----";
        let found = blocks(text).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|block| (block.label, block.bytes.as_slice()))
            .collect();
        assert_eq!(found, [("A B", &[0, 1, 2, 3][..]), ("C", &[][..])]);
    }

    #[test]
    fn splits_like_the_standard_library() {
        let pieces = ["-", "----", "-----", "------", "BEGIN ", "END ", "é", "x"];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = |text: &String| pieces.map(|piece| format!("{text}{piece}"));
            texts = texts.iter().flat_map(longer).collect();
        }
        for text in texts {
            for word in [BEGIN, END, ""] {
                assert_eq!(
                    split(&text, word),
                    text.split_once(&format!("-----{word}")),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn refused() {
        for text in [
            "",
            "AAEC",
            "-----BEGIN A",
            "-----BEGIN A-----\nAAEC\n",
            "-----BEGIN A-----\nAAEC\n-----END B-----",
            "-----BEGIN A-----\nAAEC\n-----END A",
            "-----BEGIN A-----\nAAEC\n-----BEGIN A-----\nAAEC\n-----END A-----",
            "-----END A-----",
            "-----BEGIN A-----\nAAEC\n-----END A-----\n-----END A-----",
            "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nAAEC\n-----END A-----",
            "-----BEGIN A-----\nAAE\n-----END A-----",
            "-----BEGIN A-----\nAAF=\n-----END A-----",
            "-----BEGIN A-----\nAA_C\n-----END A-----",
            "-----BEGIN A-----\nAAEC\u{a0}\n-----END A-----",
            "-----BEGIN A-----\nAA==AA==\n-----END A-----",
        ] {
            assert!(blocks(text).is_err(), "{text:?}");
        }
    }
}

//! PEM, the textual encoding of RFC 7468.
//!
//! Text before, between and after the blocks is allowed (RFC 7468 §2), and so is white space within them,
//! because people paste. Everything else is strict: the same label in both lines, no headers, canonical
//! base64 with padding.

use alloc::{string::String, vec::Vec};
use core::fmt;

use base64ct::{Base64, Encoding as _};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
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
    while let Some((before, after)) = rest.split_once(BEGIN) {
        if before.contains(END) {
            return Err(Malformed("an END line without a BEGIN line"));
        }
        let (label, after) = after
            .split_once(DASHES)
            .ok_or(Malformed("a BEGIN line that does not end in five hyphens"))?;
        let (body, after) = after
            .split_once(END)
            .ok_or(Malformed("a block without an END line"))?;
        let after = after
            .strip_prefix(label)
            .and_then(|after| after.strip_prefix(DASHES))
            .ok_or(Malformed(
                "an END line with a different label than its BEGIN line",
            ))?;
        let characters: String = body
            .chars()
            .filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n'))
            .collect();
        let bytes =
            Base64::decode_vec(&characters).map_err(|_| Malformed("a block that is not canonical base64"))?;
        blocks.push(Block { label, bytes });
        rest = after;
    }
    if rest.contains(END) {
        return Err(Malformed("an END line without a BEGIN line"));
    }
    if blocks.is_empty() {
        return Err(Malformed("no BEGIN line"));
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::blocks;

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

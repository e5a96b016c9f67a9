//! PEM, the textual encoding of RFC 7468.
//!
//! Text before, between and after the blocks is allowed (RFC 7468 §2), white space within them too, since people paste.
//! Everything else is strict: the same label at both ends, no headers, canonical base64 with its padding.

use base64ct::{Base64, Encoding as _};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    pub(crate) label: &'a str,
    pub(crate) bytes: Vec<u8>,
}

/// Every block of a text; what is wrong with it otherwise. There is at least one.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block<'_>>, &'static str> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        if before.contains(END) {
            return Err("an END line without its BEGIN line");
        }
        let (label, after) = after
            .split_once(DASHES)
            .ok_or("a BEGIN line that does not end in five hyphens")?;
        let (body, after) = after.split_once(END).ok_or("a block without its END line")?;
        let after = after
            .strip_prefix(label)
            .and_then(|after| after.strip_prefix(DASHES))
            .ok_or("an END line of another label than its BEGIN line")?;
        let characters: String = body
            .chars()
            .filter(|character| !matches!(character, ' ' | '\t' | '\r' | '\n'))
            .collect();
        let bytes = Base64::decode_vec(&characters).map_err(|_| "a block that is not canonical base64")?;
        blocks.push(Block { label, bytes });
        rest = after;
    }
    if rest.contains(END) {
        return Err("an END line without its BEGIN line");
    }
    if blocks.is_empty() {
        return Err("no BEGIN line");
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

//! base64url of JOSE (RFC 7515 §2): no padding, no white space, and exactly one text for any bytes.

use alloc::vec::Vec;

/// The decoded bytes; `None` if the text is not canonical.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for character in group {
            bits = bits << 6 | value(*character)?;
        }
        // A group of n characters has n − 1 bytes, and the bits after them are zero.
        let count = group.len().checked_sub(1).filter(|count| *count > 0)?;
        bits = bits.checked_shl(6 * (4 - group.len() as u32))?;
        let [_, whole @ ..] = bits.to_be_bytes();
        let (used, unused) = whole.split_at_checked(count)?;
        if unused.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(used);
    }
    Some(bytes)
}

fn value(character: u8) -> Option<u32> {
    let (first, value) = match character {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'-' => (b'-', 62),
        b'_' => (b'_', 63),
        _ => return None,
    };
    Some(u32::from(character - first) + value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use base64ct::{Base64UrlUnpadded, Encoding as _};

    use super::decode;

    fn encode(bytes: &[u8]) -> String {
        Base64UrlUnpadded::encode_string(bytes)
    }

    #[test]
    fn one_text_for_any_bytes() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37) ^ 0xa5).collect();
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
        // Every text of up to three characters that decodes is equal to the encoding of the result.
        let alphabet: Vec<char> = (0..=0x7f_u8).map(char::from).collect();
        for first in &alphabet {
            for second in &alphabet {
                for tail in ["", "A", "B", "E", "-", "=", "==", "\n"] {
                    let text = format!("{first}{second}{tail}");
                    if let Some(bytes) = decode(&text) {
                        assert_eq!(encode(&bytes), text);
                    }
                }
            }
        }
    }

    #[test]
    fn refused() {
        for text in [
            "A", "AAAAA", "AA==", "AA=", "AAA=", "AB", "AAB", "A+AA", "A/AA", " AA", "AA ", "AA\n", "A A",
            "é", "AA\0",
        ] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }
}

//! base64url of JOSE (RFC 7515 §2): no padding, no white space, and exactly one text for any bytes.

use base64ct::{Base64UrlUnpadded, Encoding as _};

/// The decoded bytes; `None` if the text is not canonical.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

pub(super) fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{decode, encode};

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

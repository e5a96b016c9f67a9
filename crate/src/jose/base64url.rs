//! base64url of JOSE (RFC 7515 §2): no padding, no white space, and exactly one text for any bytes.

use alloc::vec::Vec;

/// The decoded bytes; `None` if the text is not canonical.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    // Of all characters; none of the alphabet has the highest bit.
    let mut seen = 0;
    let (groups, last) = text.as_chunks();
    for [a, b, c, d] in groups {
        let [a, b, c, d] = [value(*a), value(*b), value(*c), value(*d)];
        seen |= a | b | c | d;
        bytes.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    // A group of n characters has n − 1 bytes, and the bits after them are zero.
    match last {
        [] => {}
        [a, b] => {
            let [a, b] = [value(*a), value(*b)];
            seen |= a | b | if b & 0x0f == 0 { 0 } else { INVALID };
            bytes.push(a << 2 | b >> 4);
        }
        [a, b, c] => {
            let [a, b, c] = [value(*a), value(*b), value(*c)];
            seen |= a | b | c | if c & 0x03 == 0 { 0 } else { INVALID };
            bytes.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2]);
        }
        _ => return None,
    }
    (seen & INVALID == 0).then_some(bytes)
}

/// The value of what is not in the alphabet.
const INVALID: u8 = 0x80;

#[allow(clippy::indexing_slicing, reason = "computed by the compiler")]
const VALUES: [u8; 128] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut values = [INVALID; 128];
    let mut at = 0;
    while at < alphabet.len() {
        values[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    values
};

fn value(character: u8) -> u8 {
    VALUES.get(usize::from(character)).copied().unwrap_or(INVALID)
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
            assert_eq!(decode(encode(&bytes).as_bytes()).unwrap(), bytes);
        }
        // Every text of up to three characters that decodes is equal to the encoding of the result.
        let alphabet: Vec<char> = (0..=0x7f_u8).map(char::from).collect();
        for first in &alphabet {
            for second in &alphabet {
                for tail in ["", "A", "B", "E", "-", "=", "==", "\n"] {
                    let text = format!("{first}{second}{tail}");
                    if let Some(bytes) = decode(text.as_bytes()) {
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
            assert_eq!(decode(text.as_bytes()), None, "{text:?}");
        }
    }
}

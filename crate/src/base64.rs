//! Base64 (RFC 4648 §4 and §5): exactly one text for any bytes. Small rather than fast: JOSE has a faster reader of its own.

use alloc::{string::String, vec::Vec};

/// The characters for 62 and 63, and whether there is padding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `+` and `/`, with padding (§4).
    Padded,
    /// `+` and `/`, without padding.
    Unpadded,
    /// `-` and `_`, with padding (§5).
    UrlPadded,
    /// `-` and `_`, without padding.
    Url,
}

/// Not in the alphabet of base64, and not in that of base64url.
const NOT_PLAIN: u8 = 0x40;
const NOT_URL: u8 = 0x80;

#[allow(clippy::indexing_slicing, reason = "computed by the compiler")]
const VALUES: [u8; 128] = {
    let mut values = [NOT_PLAIN | NOT_URL; 128];
    let mut at = 0;
    while at < 62 {
        values[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    values[b'+' as usize] = NOT_URL | 62;
    values[b'/' as usize] = NOT_URL | 63;
    values[b'-' as usize] = NOT_PLAIN | 62;
    values[b'_' as usize] = NOT_PLAIN | 63;
    values
};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The decoded bytes; `None` if the text is not canonical.
pub(crate) fn decode(text: &[u8], form: Form) -> Option<Vec<u8>> {
    let (wrong, padded) = match form {
        Form::Padded => (NOT_PLAIN, true),
        Form::Unpadded => (NOT_PLAIN, false),
        Form::UrlPadded => (NOT_URL, true),
        Form::Url => (NOT_URL, false),
    };
    let mut text = text;
    if padded {
        if !text.len().is_multiple_of(4) {
            return None;
        }
        // What is left of more padding is not in the alphabet.
        text = text
            .strip_suffix(b"==")
            .or(text.strip_suffix(b"="))
            .unwrap_or(text);
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.chunks(4) {
        let (mut bits, mut seen) = (0_u32, 0);
        for character in group {
            let value = VALUES.get(usize::from(*character)).copied().unwrap_or(wrong);
            seen |= value;
            bits = bits << 6 | u32::from(value & 0x3f);
        }
        bits <<= 6 * (4 - group.len());
        let [_, decoded @ ..] = bits.to_be_bytes();
        // A group of n characters has n − 1 bytes, and the bits after them are zero.
        let (decoded, after) = decoded.split_at_checked(group.len() - 1)?;
        if seen & wrong != 0 || decoded.is_empty() || after.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(decoded);
    }
    Some(bytes)
}

/// Base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for at in 0..4 {
            let character = match ALPHABET.get(bits >> (18 - 6 * at) & 0x3f) {
                Some(character) if at <= group.len() => *character,
                _ => b'=',
            };
            text.push(char::from(character));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding as _};

    use super::{Form, decode, encode};

    /// Judged by another library.
    fn compare(text: &str) {
        for (form, expected) in [
            (Form::Padded, Base64::decode_vec(text)),
            (Form::Unpadded, Base64Unpadded::decode_vec(text)),
            (Form::UrlPadded, Base64Url::decode_vec(text)),
            (Form::Url, Base64UrlUnpadded::decode_vec(text)),
        ] {
            assert_eq!(decode(text.as_bytes(), form), expected.ok(), "{text:?}");
        }
    }

    #[test]
    fn like_another_library() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37) ^ 0xa5).collect();
            assert_eq!(encode(&bytes), Base64::encode_string(&bytes));
            compare(&encode(&bytes));
            compare(&Base64Unpadded::encode_string(&bytes));
            compare(&Base64Url::encode_string(&bytes));
            compare(&Base64UrlUnpadded::encode_string(&bytes));
        }
        let characters: Vec<char> = (0..=0x7f_u8).map(char::from).chain(['é', '\u{ff}']).collect();
        for first in &characters {
            for second in &characters {
                for tail in [
                    "", "=", "==", "===", "A", "A=", "E=", "B=", "AA", "AB", "A==", "+A", "-A", "A/", "A_",
                ] {
                    compare(&format!("{first}{second}{tail}"));
                    compare(&format!("AAAA{first}{second}{tail}"));
                }
            }
        }
        for text in [
            "AAAA====", "AA==AA==", "A===", "====", "==", "=", "AAA=AAAA", "+/+/", "-_-_", "+_+_", "A\nAA",
        ] {
            compare(text);
        }
    }
}

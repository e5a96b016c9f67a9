//! The input of a case: parts of several kinds, as one sequence of bytes.
//!
//! Capital letters are DER: `A` trust anchors, `I` intermediate certificates, `L` the verified certificate,
//! `C` CRLs, `R` OCSP responses, `M` and `T` CMS, `S` the signature of the part before it, `D` any bytes.
//! Small letters are text. `#` are the switches of the target.

use std::fmt;

use base64ct::{Base64, Encoding as _};
use honnin::signature::Hash;

/// The maximum size of a case in bytes.
pub const MAX_BYTES: usize = 60_000;
const MAX_PARTS: usize = 24;
/// The maximum length of a text after insertions.
const MOST_TEXT: usize = 8 * MAX_BYTES;

#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    pub kind: u8,
    /// The key that signs it again; zero for none.
    pub key: u8,
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Part {
    /// Shown for debugging.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, key, bytes } = self;
        write!(f, "\n{} {key} ", char::from(*kind))?;
        match std::str::from_utf8(bytes) {
            Ok(text) if kind.is_ascii_lowercase() => write!(f, "{text:?}"),
            _ => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    pub parts: Vec<Part>,
}

impl Bundle {
    pub fn with(mut self, kind: char, key: u8, bytes: impl AsRef<[u8]>) -> Self {
        self.parts.push(Part {
            kind: kind as u8,
            key,
            bytes: bytes.as_ref().to_vec(),
        });
        self
    }

    /// Reads any input: every input is a bundle.
    pub fn read(mut input: &[u8]) -> Self {
        let mut bundle = Self::default();
        while let [kind, key, high, low, rest @ ..] = input {
            let length = usize::from(*high) << 8 | usize::from(*low);
            let (bytes, rest) = rest.split_at(length.min(rest.len()));
            bundle = bundle.with(char::from(*kind), *key, bytes);
            input = rest;
            if bundle.parts.len() == MAX_PARTS {
                break;
            }
        }
        bundle
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for part in self.parts.iter().take(MAX_PARTS) {
            let room = MAX_BYTES.saturating_sub(out.len() + 4);
            let bytes = &part.bytes[..part.bytes.len().min(room)];
            out.extend([part.kind, part.key, (bytes.len() >> 8) as u8, bytes.len() as u8]);
            out.extend(bytes);
        }
        out
    }

    pub fn all(&self, kind: char) -> Vec<&[u8]> {
        let of_kind = self.parts.iter().filter(|part| part.kind == kind as u8);
        of_kind.map(|part| part.bytes.as_slice()).collect()
    }

    pub fn first(&self, kind: char) -> &[u8] {
        self.all(kind).first().copied().unwrap_or_default()
    }

    pub fn text(&self, kind: char) -> String {
        String::from_utf8_lossy(self.first(kind)).into_owned()
    }

    /// One of the target's switches.
    pub fn switch(&self, at: usize) -> u8 {
        self.first('#').get(at).copied().unwrap_or_default()
    }

    /// The place of each part in the concatenation of all parts, and the concatenation.
    pub fn buffer(&self) -> (Vec<(usize, usize)>, Vec<u8>) {
        let mut bytes = Vec::new();
        let mut places = Vec::new();
        for part in &self.parts {
            places.push((bytes.len(), part.bytes.len()));
            bytes.extend(&part.bytes);
        }
        (places, bytes)
    }

    /// The text with the place of part n in the buffer for `"@n"`.
    pub fn with_places(&self, text: &str) -> String {
        let (places, _) = self.buffer();
        places
            .iter()
            .enumerate()
            .fold(text.to_owned(), |text, (at, (offset, length))| {
                text.replace(&format!("\"@{at}\""), &format!("[{offset},{length}]"))
            })
    }

    /// The text with part n in base64 for `"@n"`, and its SHA-256 for `"#n"`, with limited growth.
    pub fn with_contents(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (at, part) in self.parts.iter().enumerate() {
            let hash = Hash::Sha256.digest(&part.bytes);
            for (name, bytes) in [(format!("\"@{at}\""), &part.bytes), (format!("\"#{at}\""), &hash)] {
                let growth = text.matches(&name).count() * bytes.len();
                if growth > 0 && text.len() + growth <= MOST_TEXT {
                    text = text.replace(&name, &format!("\"{}\"", Base64::encode_string(bytes)));
                }
            }
        }
        text
    }
}

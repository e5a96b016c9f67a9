//! The signatures of a PDF file (ISO 32000-1 §12.8), and the part of the file that each covers.
//!
//! The file is searched for /ByteRange and not parsed further. A signature dictionary cannot hide from that
//! search, because its /Contents must be readable in the file itself. Any other match makes the file invalid.

use alloc::vec::Vec;
use core::ops::Range;

use crate::code::Code;
use crate::error::Error;
use crate::text::text;

hidden!(PdfSignature);

/// The maximum number of signatures in one file.
pub const MAX_SIGNATURES: usize = 32;
/// The maximum distance in bytes between /Contents and the ends of its object, on either side.
const MAX_OBJECT: usize = 262_144;

/// One signature of a file.
#[derive(Clone)]
#[non_exhaustive]
pub struct PdfSignature<'a> {
    /// The CMS message, with its trailing zeros.
    pub cms: Vec<u8>,
    /// The signed bytes before and after the signature: the whole file at the time of signing, except the
    /// signature itself.
    pub content: [&'a [u8]; 2],
    /// Whether the signature covers the file in its current form. The last signature always does. Earlier
    /// ones cover the file before an incremental update, which the last one covers too.
    pub covers_whole_file: bool,
    /// Whether its form is ETSI.CAdES.detached, whose signed attributes must name the signer's certificate.
    pub cades: bool,
}

/// The position of one signature and the part that it covers.
struct Found {
    gap: Range<usize>,
    end: usize,
    cades: bool,
}

/// Finds all signatures of a PDF file, in the order of the file, and checks the part that each covers.
///
/// Each covers the file from its first byte to the end of a revision, except its own /Contents. One of them
/// ends at the end of the file.
///
/// # Errors
/// - [`Code::PdfMalformed`]: not a PDF file, no signature, or more than [`MAX_SIGNATURES`]. For one
///   signature: a form other than `adbe.pkcs7.detached` and `ETSI.CAdES.detached`.
/// - [`Code::PdfCoverageIncomplete`], for one signature: it leaves out a part of the file that is not
///   /Contents.
pub fn pdf_signatures(file: &[u8]) -> Result<Vec<Result<PdfSignature<'_>, Error>>, Error> {
    if !file.starts_with(b"%PDF-") {
        return Err(malformed("it does not start with %PDF-"));
    }
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    let mut at = 0;
    while let Some(behind) = next_byte_range(file, at)? {
        if found.len() == MAX_SIGNATURES {
            return Err(malformed("it has too many signatures"));
        }
        found.push(read(file, behind, &mut gaps));
        at = behind;
    }
    let last = found
        .iter()
        .flatten()
        .map(|signature: &Found| signature.end)
        .max();
    if found.is_empty() {
        return Err(malformed("it has no signature"));
    }
    let mut before: Vec<(Range<usize>, usize)> = Vec::new();
    Ok(found
        .into_iter()
        .map(|signature| {
            let Found { gap, end, cades } = signature?;
            // The later signature must cover the earlier one.
            let is_covered = |(other, other_end): &(Range<usize>, usize)| match other.start < gap.start {
                true => *other_end > gap.start,
                false => end > other.start,
            };
            if before.iter().any(is_covered) {
                return Err(malformed(
                    "two signatures cover each other, but one must have been made first",
                ));
            }
            before.push((gap.clone(), end));
            // No signature covers data after the last signature.
            if last == Some(end) && end != file.len() {
                return Err(incomplete("there are bytes after the part that it covers"));
            }
            let part = |range: Range<usize>| file.get(range).unwrap_or_default();
            let (before, after) = (part(0..gap.start), part(gap.end..end));
            Ok(PdfSignature {
                cms: unhex(part(gap))?,
                content: [before, after],
                covers_whole_file: end == file.len(),
                cades,
            })
        })
        .collect())
}

fn malformed(why: &'static str) -> Error {
    Error::new(
        Code::PdfMalformed,
        text!["cannot verify the file as a signed PDF: ", why],
    )
}

fn incomplete(why: &'static str) -> Error {
    Error::new(
        Code::PdfCoverageIncomplete,
        text!["a signature does not cover the whole file: ", why],
    )
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// Whether a name may continue with this byte (ISO 32000-1 §7.3.5).
const fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

/// The end of the next name /ByteRange from `at`. A name with escapes (`/Byte#52ange`) is an error: software
/// does not write it, except to hide it.
fn next_byte_range(file: &[u8], at: usize) -> Result<Option<usize>, Error> {
    const NAME: &[u8] = b"ByteRange";
    let mut rest = file.get(at..).unwrap_or_default();
    while let Some(slash) = rest.iter().position(|byte| *byte == b'/') {
        rest = rest.get(slash + 1..).unwrap_or_default();
        // An escaped name of nine characters has at most 27 bytes.
        let length = rest
            .iter()
            .take(3 * NAME.len() + 1)
            .take_while(|byte| is_regular(**byte))
            .count();
        let name = rest.get(..length).unwrap_or_default();
        if name == NAME {
            return Ok(Some(file.len() - rest.len() + length));
        }
        if name.contains(&b'#') && unescape(name).as_deref() == Some(NAME) {
            return Err(malformed("it writes the name /ByteRange with # escapes"));
        }
    }
    Ok(None)
}

fn unescape(name: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        if *first != b'#' {
            plain.push(*first);
            rest = after;
            continue;
        }
        let (digits, after) = after.split_at_checked(2)?;
        plain.extend(unhex_digits(digits)?);
        rest = after;
    }
    Some(plain)
}

/// Reads the array after /ByteRange. Checks it against the file and the parts that other signatures leave
/// out.
fn read(file: &[u8], behind: usize, gaps: &mut Vec<Range<usize>>) -> Result<Found, Error> {
    let [start, first, second, last] = numbers(file.get(behind..).unwrap_or_default())
        .ok_or_else(|| malformed("a /ByteRange is not an array of four numbers"))?;
    if start != 0 {
        return Err(incomplete("it does not cover the start of the file"));
    }
    let end = second
        .checked_add(last)
        .filter(|end| *end <= file.len() && first <= second)
        .ok_or_else(|| malformed("a /ByteRange points outside the file"))?;
    let gap = first..second;
    if behind > end || gap.contains(&behind) {
        return Err(incomplete("it does not cover its own /ByteRange"));
    }
    // Checked before it is read, so that nothing is read again for each signature.
    if gaps.iter().any(|other| overlap(other, &gap)) {
        return Err(malformed("two signatures share one /Contents"));
    }
    gaps.push(gap.clone());
    // The part left out must be one hexadecimal string with its delimiters.
    let hidden = file.get(gap.clone()).unwrap_or_default();
    let [b'<', digits @ .., b'>'] = hidden else {
        return Err(incomplete(
            "it leaves out more than, or something other than, the value of /Contents",
        ));
    };
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(incomplete(
            "it leaves out more than, or something other than, the value of /Contents",
        ));
    }
    let before = trim_end(file.get(..first).unwrap_or_default());
    if !before.ends_with(b"/Contents") {
        return Err(incomplete(
            "the part that it leaves out is not the value of /Contents",
        ));
    }
    if !ends_a_revision(file.get(..end).unwrap_or_default()) {
        return Err(incomplete(
            "the part that it covers does not end where a revision of the file ends",
        ));
    }
    let object = object_around(file, behind, &gap)
        .ok_or_else(|| malformed("a /ByteRange and its /Contents are not in one object"))?;
    let cades = is_cades(&object).ok_or_else(|| {
        malformed("a signature's /SubFilter is neither adbe.pkcs7.detached nor ETSI.CAdES.detached")
    })?;
    Ok(Found { gap, end, cades })
}

fn trim_end(bytes: &[u8]) -> &[u8] {
    let length = bytes
        .iter()
        .rposition(|byte| !is_space(*byte))
        .map_or(0, |last| last + 1);
    bytes.get(..length).unwrap_or_default()
}

/// Whether the bytes end with `%%EOF` and at most one end-of-line marker.
fn ends_a_revision(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    bytes.ends_with(b"%%EOF")
}

/// `[ a b c d ]`.
fn numbers(bytes: &[u8]) -> Option<[usize; 4]> {
    let skip = |bytes: &[u8]| bytes.iter().take_while(|byte| is_space(**byte)).count();
    let mut rest = bytes.get(skip(bytes)..)?.strip_prefix(b"[")?;
    let mut numbers = [0; 4];
    for number in &mut numbers {
        rest = rest.get(skip(rest)..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, after) = rest.split_at_checked(length)?;
        *number = core::str::from_utf8(digits).ok()?.parse().ok()?;
        if after.first().copied().is_some_and(is_regular) {
            return None;
        }
        rest = after;
    }
    rest.get(skip(rest)..)?.strip_prefix(b"]")?;
    Some(numbers)
}

/// The bytes of the object that contains the /ByteRange and the gap, without the gap; at most [`MAX_OBJECT`]
/// bytes on either side of it.
fn object_around(file: &[u8], byte_range: usize, gap: &Range<usize>) -> Option<Vec<u8>> {
    const END: &[u8] = b"endobj";
    let find = |bytes: &[u8]| bytes.windows(END.len()).position(|window| window == END);
    let rfind = |bytes: &[u8]| bytes.windows(END.len()).rposition(|window| window == END);
    let from = gap.start.saturating_sub(MAX_OBJECT);
    let to = file.len().min(gap.end.saturating_add(MAX_OBJECT));
    let (before_gap, after_gap) = (file.get(from..gap.start)?, file.get(gap.end..to)?);
    let start = match rfind(before_gap) {
        Some(at) => at + END.len(),
        // The first object of the file.
        None if from == 0 => 0,
        None => return None,
    };
    let length = find(after_gap)?;
    if !(from + start..gap.end + length).contains(&byte_range) {
        return None;
    }
    Some([before_gap.get(start..)?, after_gap.get(..length)?].concat())
}

/// Whether /SubFilter is ETSI.CAdES.detached; `None` if it is neither that nor adbe.pkcs7.detached.
fn is_cades(object: &[u8]) -> Option<bool> {
    const NAME: &[u8] = b"/SubFilter";
    const FORMS: [(&[u8], bool); 2] = [(b"/adbe.pkcs7.detached", false), (b"/ETSI.CAdES.detached", true)];
    let mut filters = object
        .windows(NAME.len())
        .enumerate()
        .filter(|(_, window)| *window == NAME)
        .filter_map(|(at, _)| object.get(at + NAME.len()..));
    let (Some(rest), None) = (filters.next(), filters.next()) else {
        return None;
    };
    let spaces = rest.iter().take_while(|byte| is_space(**byte)).count();
    let name = rest.get(spaces..).unwrap_or_default();
    FORMS.iter().find_map(|(wanted, cades)| {
        let after = name.strip_prefix(*wanted)?;
        (!after.first().copied().is_some_and(is_regular)).then_some(*cades)
    })
}

/// The bytes of `<…>`.
fn unhex(string: &[u8]) -> Result<Vec<u8>, Error> {
    string
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"))
        .and_then(unhex_digits)
        .ok_or_else(|| malformed("a /Contents has an odd number of hexadecimal digits"))
}

fn unhex_digits(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

//! Finds objects in files: whole files, PEM, base64 and hexadecimal in program text, and DER inside other
//! files.

use std::ops::Range;

use crate::ber;
use crate::shape::{Kind, shape};

/// The maximum size of an object, in bytes.
const LARGEST: usize = 32 << 20;
/// The maximum number of characters read for one object.
const LONGEST_TEXT: usize = 8 << 20;

pub type Found = (Kind, Vec<u8>);

/// Every object in a file. The same object may be found several times.
pub fn objects(name: &str, bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let whole = ber::element(bytes);
    if let Some(whole) = whole.filter(|whole| whole.tag == 0x30 && bytes.len() - whole.raw.len() < 16)
        && let Some(kind) = shape(&whole).or_else(|| Kind::of_file(name))
    {
        found.push((kind, whole.raw.to_vec()));
        found.extend(inside(kind, whole.raw));
    } else {
        found.extend(embedded(bytes));
    }
    let mut add = |der: Vec<u8>, hint: Option<Kind>| {
        if let Some(whole) = ber::element(&der)
            && let Some(kind) = shape(&whole).or(hint.filter(|_| whole.tag == 0x30))
        {
            found.extend(inside(kind, whole.raw));
            found.push((kind, whole.raw.to_vec()));
        }
    };
    for (label, body) in pem(bytes) {
        if let Some((der, _)) = base64(bytes, body) {
            add(der, Kind::of_label(&label));
        }
    }
    let mut at = 0;
    while let Some(start) = next(bytes, at, b"MI") {
        at = start + 2;
        let begins = start == 0 || !is_base64(bytes[start - 1]) || bytes[..start].ends_with(b"\\n");
        let enough =
            bytes[start..].len() > 64 && bytes[start..start + 24].iter().all(|byte| is_base64(*byte));
        if begins
            && enough
            && let Some((der, end)) = base64(bytes, start..bytes.len().min(start + LONGEST_TEXT))
        {
            add(der, None);
            at = end;
        }
    }
    at = 0;
    while let Some(start) = next(bytes, at, b"30") {
        at = start + 2;
        if let Some((der, end)) = hexadecimal(bytes, start) {
            add(der, None);
            at = end;
        }
    }
    found
}

/// The certificates and other objects in a message or response.
fn inside(kind: Kind, der: &[u8]) -> Vec<Found> {
    match kind {
        Kind::Cms | Kind::Ocsp => embedded(&der[1..]),
        Kind::Certificate | Kind::Crl => Vec::new(),
    }
}

/// DER anywhere in a file.
fn embedded(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + 64 < bytes.len() {
        let begins = bytes[at] == 0x30 && matches!(bytes[at + 1], 0x80..=0x83);
        let element = begins.then(|| ber::element(&bytes[at..])).flatten();
        if let Some(element) = element.filter(|element| element.raw.len() <= LARGEST)
            && let Some(kind) = shape(&element)
        {
            found.push((kind, element.raw.to_vec()));
            if matches!(kind, Kind::Certificate | Kind::Crl) {
                at += element.raw.len();
                continue;
            }
        }
        at += 1;
    }
    found
}

fn next(bytes: &[u8], from: usize, what: &[u8; 2]) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == what[0])?;
        if bytes.get(at + 1) == Some(&what[1]) {
            return Some(at);
        }
        at += 1;
    }
}

/// The labels and bodies of PEM blocks, including those in program text.
fn pem(bytes: &[u8]) -> Vec<(String, Range<usize>)> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next(bytes, at, b"--") {
        at = start + 1;
        if !bytes[start..].starts_with(BEGIN) {
            continue;
        }
        let label_at = start + BEGIN.len();
        let line = &bytes[label_at..bytes.len().min(label_at + 40)];
        let Some(length) = line.windows(5).position(|part| part == b"-----") else {
            continue;
        };
        let body = label_at + length + 5;
        let end = bytes[body..]
            .windows(9)
            .take(LONGEST_TEXT)
            .position(|part| part == b"-----END ");
        if let Some(end) = end {
            let label = String::from_utf8_lossy(&line[..length]).into_owned();
            found.push((label, body..body + end));
            at = body + end;
        }
    }
    found
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

fn value_of(byte: u8) -> u32 {
    u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    })
}

/// The length of an element of definite length, from its first bytes.
fn wanted(head: &[u8]) -> Option<usize> {
    let octets = match *head.get(1)? {
        0x80 => return None,
        first @ 0..0x80 => return Some(2 + usize::from(first)),
        first => head.get(2..2 + usize::from(first & 0x7f))?,
    };
    let length = octets.iter().try_fold(0usize, |sum, octet| {
        sum.checked_mul(256)?.checked_add(usize::from(*octet))
    })?;
    (length <= LARGEST).then_some(length + 2 + octets.len())
}

/// The element in base64 in this range, and its end. Skips white space, and what programs have between the
/// lines of a text.
fn base64(bytes: &[u8], range: Range<usize>) -> Option<(Vec<u8>, usize)> {
    let mut at = separator(bytes, range.start, range.end);
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0u32);
    while at < range.end && is_base64(bytes[at]) {
        bits = bits << 6 | value_of(bytes[at]);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
        at += 1;
        if out.len() >= 8 && wanted(&out).is_some_and(|wanted| out.len() >= wanted) {
            break;
        }
        if at < range.end && !is_base64(bytes[at]) {
            at = separator(bytes, at, range.end);
        }
    }
    (out.len() >= 8).then_some((out, at))
}

/// The position after white space, escapes of it, quotes, concatenation operators and comment marks; the same
/// position if there are none.
fn separator(bytes: &[u8], from: usize, end: usize) -> usize {
    let mut at = from;
    let mut quoted = false;
    while at < end {
        let rest = &bytes[at..end];
        match rest {
            [b'\\', b'n' | b'r' | b't', ..] => at += 2,
            [b' ' | b'\t' | b'\r' | b'\n' | b'\\' | b'#' | b'*' | b'|', ..] => at += 1,
            [b'/', b'/', ..] if at > from => at += 2,
            [b'"' | b'\'' | b'`', ..] => {
                quoted = true;
                at += 1;
            }
            [b'+' | b',' | b'.' | b';', ..] if quoted => at += 1,
            _ => break,
        }
    }
    at
}

/// The element in hexadecimal digits, bare or as a list or text of a program, and its end.
fn hexadecimal(bytes: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
    let before = bytes[..start].last().copied().unwrap_or(b' ');
    if before.is_ascii_hexdigit() && before != b'0' {
        return None;
    }
    let mut out = Vec::new();
    let mut at = start;
    let mut needed = 0;
    while let Some(byte) = pair(bytes.get(at..at + 2)?) {
        out.push(byte);
        at += 2;
        if out.len() == 2 && !matches!(out[1], 0x81..=0x83) {
            return None;
        }
        if needed == 0 && out.len() >= 5 {
            needed = wanted(&out).filter(|wanted| *wanted >= 64)?;
        }
        if needed > 0 && out.len() == needed {
            return Some((out, at));
        }
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'0' if matches!(bytes.get(at + 1), Some(b'x' | b'X')) => at += 2,
                b'\\' if matches!(bytes.get(at + 1), Some(b'x' | b'n' | b'r')) => at += 2,
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'"' | b'\'' | b'+' | b';' | b'\\' | b'('
                | b')' => at += 1,
                _ => break,
            }
        }
    }
    None
}

fn pair(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(*digits.first()?)? << 4 | digit(*digits.get(1)?)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The minimal bytes with the form of a certificate that are long enough to be read.
    fn certificate() -> Vec<u8> {
        let mut tbs = vec![2, 1, 7];
        for _ in 0..5 {
            tbs.extend([0x30, 0x10, 6, 0x0e]);
            tbs.extend([0x2a; 14]);
        }
        let algorithm = [0x30, 3, 6, 1, 0x2a];
        let signature = [3, 2, 0, 1];
        let mut der = vec![
            0x30,
            0x81,
            (2 + tbs.len() + algorithm.len() + signature.len()) as u8,
        ];
        der.extend([0x30, tbs.len() as u8]);
        der.extend(tbs);
        der.extend(algorithm);
        der.extend(signature);
        der
    }

    fn base64_of(der: &[u8]) -> String {
        openssl::base64::encode_block(der)
    }

    fn finds(text: &[u8]) -> bool {
        objects("some.txt", text).contains(&(Kind::Certificate, certificate()))
    }

    #[test]
    fn whole_files_and_parts_of_others() {
        let der = certificate();
        assert!(finds(&der));
        assert!(finds(&[&[0, 1, 2, 3][..], &der, &[0; 80]].concat()));
        assert!(!finds(&der[..der.len() - 1]));
    }

    #[test]
    fn pem_base64_and_hexadecimal_in_programs() {
        let text = base64_of(&certificate());
        let (first, second) = text.split_at(64);
        for text in [
            format!("-----BEGIN CERTIFICATE-----\n{first}\n{second}\n-----END CERTIFICATE-----\n"),
            format!("  \"-----BEGIN CERTIFICATE-----\\n\"\n  \"{first}\\n\"\n  \"{second}\\n\""),
            format!("decode(\"{first}\"\n    + \"{second}\")"),
            format!("\"\"\"{first}\n{second}\"\"\""),
        ] {
            assert!(finds(text.as_bytes()), "{text}");
        }
        let hex: Vec<_> = certificate().iter().map(|byte| format!("{byte:02x}")).collect();
        for text in [hex.concat(), format!("{{0x{}}}", hex.join(", 0x")), hex.join(":")] {
            assert!(finds(text.as_bytes()), "{text}");
        }
    }
}

//! A writer of DER, and of BER if a test needs it. Shares nothing with the reader under test.

/// Identifier, length in the fewest octets, contents.
pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = contents.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let octets: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
        out.push(0x80 | octets.len() as u8);
        out.extend(octets);
    }
    out.extend_from_slice(contents);
    out
}

/// The same with an indefinite length.
pub fn indefinite(tag: u8, contents: &[u8]) -> Vec<u8> {
    [&[tag, 0x80][..], contents, &[0, 0]].concat()
}

/// The same with a length in four octets.
pub fn padded(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = (contents.len() as u32).to_be_bytes();
    [&[tag, 0x84][..], &length, contents].concat()
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn set(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x31, &parts.concat())
}

/// `[number]`, constructed.
pub fn context(number: u8, contents: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, contents)
}

pub fn integer(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let short: Vec<u8> = bytes.iter().copied().skip_while(|b| *b == 0).collect();
    unsigned(&short)
}

/// An INTEGER from the bytes of a non-negative number.
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    match bytes.first() {
        None => tlv(2, &[0]),
        Some(first) if *first >= 0x80 => tlv(2, &[&[0][..], bytes].concat()),
        Some(_) => tlv(2, bytes),
    }
}

/// An OBJECT IDENTIFIER from its dotted text.
pub fn oid(text: &str) -> Vec<u8> {
    let arcs: Vec<u128> = text.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut contents = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        contents.extend(groups.into_iter().rev());
    }
    tlv(6, &contents)
}

pub fn null() -> Vec<u8> {
    vec![5, 0]
}

pub fn boolean(value: bool) -> Vec<u8> {
    vec![1, 1, if value { 0xff } else { 0 }]
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    tlv(4, bytes)
}

pub fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0][..], bytes].concat())
}

pub fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}

pub fn printable(text: &str) -> Vec<u8> {
    tlv(0x13, text.as_bytes())
}

/// `YYMMDDHHMMSSZ`.
pub fn utc_time(text: &str) -> Vec<u8> {
    tlv(0x17, text.as_bytes())
}

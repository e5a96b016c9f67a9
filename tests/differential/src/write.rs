//! A writer of DER that shares nothing with the code under test.

/// 2026-01-01T00:00:00Z.
pub const NOW: i64 = 1_767_225_600;
pub const DAY: i64 = 86_400;

pub fn header(tag: u8, length: usize) -> Vec<u8> {
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes: Vec<u8> = length
            .to_be_bytes()
            .into_iter()
            .skip_while(|byte| *byte == 0)
            .collect();
        out.push(0x80 | bytes.len() as u8);
        out.extend(bytes);
    }
    out
}

pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = header(tag, contents.len());
    out.extend_from_slice(contents);
    out
}

pub fn seq(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub fn int(bytes: &[u8]) -> Vec<u8> {
    tlv(2, bytes)
}

pub fn oid_contents(text: &str) -> Vec<u8> {
    let mut arcs = text.split('.').map(|arc| arc.parse::<u64>().expect("an arc"));
    let first = arcs.next().expect("an arc") * 40 + arcs.next().expect("an arc");
    let mut contents = Vec::new();
    for arc in std::iter::once(first).chain(arcs) {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.insert(0, (rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        contents.extend(groups);
    }
    contents
}

pub fn oid(text: &str) -> Vec<u8> {
    tlv(6, &oid_contents(text))
}

/// `YYYYMMDDhhmmssZ`.
pub fn civil(seconds: i64) -> String {
    let (mut days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + i64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!(
        "{year:04}{month:02}{:02}{:02}{:02}{:02}Z",
        days + 1,
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// UTCTime until 2049, then GeneralizedTime (RFC 5280 §4.1.2.5).
pub fn time(seconds: i64) -> Vec<u8> {
    let text = civil(seconds);
    if text.as_str() < "2050" {
        tlv(0x17, &text.as_bytes()[2..])
    } else {
        tlv(0x18, text.as_bytes())
    }
}

pub fn bits(bytes: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], bytes].concat())
}

pub fn rdn(kind: &str, tag: u8, value: &str) -> Vec<u8> {
    tlv(0x31, &seq(&[&oid(kind), &tlv(tag, value.as_bytes())]))
}

/// A name with a country, an organization and one commonName.
pub fn name(common_name: &str) -> Vec<u8> {
    seq(&[
        &rdn("2.5.4.6", 0x13, "JP"),
        &rdn("2.5.4.10", 0x0c, "HONNIN-TEST"),
        &rdn("2.5.4.3", 0x0c, common_name),
    ])
}

pub fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { tlv(1, &[0xff]) } else { Vec::new() };
    seq(&[&oid(kind), &flag, &tlv(4, value)])
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Finds the encoding rules that an input violates, without the code under test.

use std::collections::BTreeSet;

/// A violated rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// X.690 §10.1: a length that is indefinite or not minimal.
    Length,
    /// X.690 §8.1: a truncated tag, a tag that is universal 0 or above 30, or a length beyond the end.
    Structure,
    /// X.690 §10.2: a string or another primitive type in constructed form, or the reverse.
    Constructed,
    /// X.690 §11.1: a BOOLEAN that is neither `00` nor `FF`.
    Boolean,
    /// X.690 §11.5: an explicitly encoded default value.
    Default,
    /// X.690 §8.3.2: an INTEGER that is empty or not minimal.
    Integer,
    /// X.690 §11.2: nonzero unused bits, or an invalid number of them.
    UnusedBits,
    /// X.690 §11.2.2: trailing zero bits in a named bit list.
    NamedBits,
    /// X.690 §8.19: an OBJECT IDENTIFIER that is empty, padded or truncated.
    Oid,
    /// X.690 §8.8: a NULL with contents.
    Null,
    /// RFC 5280 §4.1.2.5: a time in another form, or an invalid one.
    Time,
    /// Non-ASCII bytes in an IA5String.
    Ascii,
    /// Bytes after the end.
    Trailing,
}

/// The rules that `bytes` violate.
pub fn rules(bytes: &[u8]) -> BTreeSet<Rule> {
    let mut broken = BTreeSet::new();
    let rest = one(bytes, false, 0, &mut broken);
    if rest.is_some_and(|rest| !rest.is_empty()) {
        broken.insert(Rule::Trailing);
    }
    broken
}

/// Checks one element and returns the remaining bytes. With `named`, an OCTET STRING may contain a named bit
/// list.
fn one<'a>(bytes: &'a [u8], named: bool, depth: usize, broken: &mut BTreeSet<Rule>) -> Option<&'a [u8]> {
    let Some((tag, value, rest)) = split(bytes, depth, broken) else {
        broken.insert(Rule::Structure);
        return None;
    };
    contents(tag, value, named, depth, broken);
    Some(rest)
}

fn split<'a>(bytes: &'a [u8], depth: usize, broken: &mut BTreeSet<Rule>) -> Option<(u8, &'a [u8], &'a [u8])> {
    let (&tag, after) = bytes.split_first()?;
    let (&first, after) = after.split_first()?;
    if tag & 0x1f == 0x1f || tag == 0 || depth > 60 {
        return None;
    }
    if first == 0x80 {
        broken.insert(Rule::Length);
        // Up to the end-of-contents octets, over whole elements.
        let mut rest = after;
        loop {
            if rest.starts_with(&[0, 0]) {
                let value = &after[..after.len() - rest.len()];
                return Some((tag, value, &rest[2..]));
            }
            rest = split(rest, depth + 1, broken)?.2;
        }
    }
    let (length, after) = if first < 0x80 {
        (usize::from(first), after)
    } else {
        let octets = after.get(..usize::from(first & 0x7f))?;
        let length = octets.iter().try_fold(0usize, |sum, octet| {
            sum.checked_mul(256)?.checked_add(usize::from(*octet))
        })?;
        if length < 0x80 || octets.first() == Some(&0) {
            broken.insert(Rule::Length);
        }
        (length, &after[octets.len()..])
    };
    Some((tag, after.get(..length)?, &after[length..]))
}

fn all(mut bytes: &[u8], depth: usize, broken: &mut BTreeSet<Rule>) {
    // keyUsage, reasons and similar lists come after their identifier.
    let mut named = false;
    while !bytes.is_empty() {
        let is_named = bytes.starts_with(&[6, 3, 0x55, 0x1d, 15]);
        let Some(rest) = one(bytes, named, depth, broken) else {
            return;
        };
        named = named && bytes.first() != Some(&4) || is_named;
        bytes = rest;
    }
}

fn contents(tag: u8, value: &[u8], named: bool, depth: usize, broken: &mut BTreeSet<Rule>) {
    let mut check = |rule, good: bool| {
        if !good {
            broken.insert(rule);
        }
    };
    let constructed = tag & 0x20 != 0;
    if tag < 0x40 {
        check(
            Rule::Constructed,
            constructed == matches!(tag & 0x1f, 0x08 | 0x0b | 0x10 | 0x11),
        );
    }
    match tag {
        1 => {
            check(Rule::Boolean, matches!(value, [0] | [0xff]));
            // Every BOOLEAN in these structures has the default FALSE.
            check(Rule::Default, value != [0]);
        }
        2 | 0x0a => check(
            Rule::Integer,
            !matches!(value, [] | [0, 0..=0x7f, ..] | [0xff, 0x80..=0xff, ..]),
        ),
        3 => {
            let unused = value.first().copied().unwrap_or(8);
            let last = if value.len() > 1 {
                value[value.len() - 1]
            } else {
                0
            };
            check(
                Rule::UnusedBits,
                unused < 8
                    && (value.len() > 1 || unused == 0)
                    && last.trailing_zeros() >= u32::from(unused).min(8),
            );
            if named && unused < 8 && value.len() > 1 {
                check(Rule::NamedBits, last & 1 << unused != 0);
            }
        }
        5 => check(Rule::Null, value.is_empty()),
        6 => {
            let starts = std::iter::once(true).chain(value.iter().map(|byte| byte & 0x80 == 0));
            let padded = starts.zip(value).any(|(start, byte)| start && *byte == 0x80);
            check(
                Rule::Oid,
                !padded && value.last().is_some_and(|last| last & 0x80 == 0),
            );
        }
        0x16 => check(Rule::Ascii, value.is_ascii()),
        0x81 | 0x82 | 0x86 => {}
        0x17 | 0x18 => check(Rule::Time, is_time(tag, value)),
        _ => {}
    }
    if tag == 0xa0 && value == [2, 1, 0] {
        broken.insert(Rule::Default);
    }
    if constructed {
        all(value, depth + 1, broken);
    } else if tag == 4 && depth < 60 {
        // The contents of an extension. A digest or signature may look like DER by chance.
        let mut inner = BTreeSet::new();
        let named_bits = named && value.first() == Some(&3);
        one(value, named_bits, depth + 1, &mut inner);
        if !inner.contains(&Rule::Structure) || matches!(value.first(), Some(0x30 | 3 | 2 | 4)) {
            broken.extend(inner);
        }
    }
}

fn is_time(tag: u8, value: &[u8]) -> bool {
    let digits = if tag == 0x17 { 12 } else { 14 };
    let Some((text, b"Z")) = value.split_at_checked(digits) else {
        return false;
    };
    if !text.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let pair = |at: usize| u32::from(text[at] - b'0') * 10 + u32::from(text[at + 1] - b'0');
    let from = digits - 10;
    let (month, day, hour, minute, second) = (
        pair(from),
        pair(from + 2),
        pair(from + 4),
        pair(from + 6),
        pair(from + 8),
    );
    let year = if tag == 0x17 {
        pair(0) + if pair(0) < 50 { 2000 } else { 1900 }
    } else {
        pair(0) * 100 + pair(2)
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60
}

//! A lenient reader of BER that shares nothing with the code under test. It finds objects and facts about
//! them.

/// One element: its identifier octet, its contents, and the whole element.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    pub raw: &'a [u8],
}

const DEEPEST: usize = 48;

/// The element at the start of `bytes`.
pub fn element(bytes: &[u8]) -> Option<Element<'_>> {
    nested(bytes, 0)
}

fn nested(bytes: &[u8], depth: usize) -> Option<Element<'_>> {
    let (&tag, &first) = (bytes.first()?, bytes.get(1)?);
    if tag & 0x1f == 0x1f || tag == 0 || depth > DEEPEST {
        return None;
    }
    if first == 0x80 {
        if tag & 0x20 == 0 {
            return None;
        }
        let mut at = 2;
        while bytes.get(at..at + 2)? != [0, 0] {
            at += nested(&bytes[at..], depth + 1)?.raw.len();
        }
        return Some(Element {
            tag,
            value: &bytes[2..at],
            raw: &bytes[..at + 2],
        });
    }
    let (length, start) = if first < 0x80 {
        (usize::from(first), 2)
    } else {
        let octets = bytes.get(2..2 + usize::from(first & 0x7f))?;
        if octets.len() > 4 {
            return None;
        }
        let length = octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
        (length, 2 + octets.len())
    };
    let end = start.checked_add(length)?;
    Some(Element {
        tag,
        value: bytes.get(start..end)?,
        raw: &bytes[..end],
    })
}

/// The elements of one level; `None` if they are malformed.
pub fn elements(mut bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut list = Vec::new();
    while !bytes.is_empty() {
        let found = element(bytes)?;
        bytes = &bytes[found.raw.len()..];
        list.push(found);
    }
    Some(list)
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub fn children(&self) -> Vec<Element<'a>> {
        if self.tag & 0x20 == 0 {
            return Vec::new();
        }
        elements(self.value).unwrap_or_default()
    }
}

/// Calls `look` for every element, including those inside OCTET STRINGs and BIT STRINGs.
pub fn walk<'a>(bytes: &'a [u8], look: &mut impl FnMut(&Element<'a>)) {
    if let Some(found) = element(bytes) {
        visit(&found, 0, look);
    }
}

fn visit<'a>(at: &Element<'a>, depth: usize, look: &mut impl FnMut(&Element<'a>)) {
    look(at);
    if depth > DEEPEST {
        return;
    }
    let inside = match at.tag {
        4 => at.value,
        3 => at.value.get(1..).unwrap_or_default(),
        tag if tag & 0x20 != 0 => at.value,
        _ => return,
    };
    let constructed = at.tag & 0x20 != 0;
    for child in elements(inside).unwrap_or_default() {
        if constructed || matches!(child.tag, 1..=6 | 0x0a | 0x30 | 0x31) {
            visit(&child, depth + 1, look);
        }
    }
}

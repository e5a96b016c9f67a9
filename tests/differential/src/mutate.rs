//! Changes a tree: bytes, tags, lengths, elements, and meaningful values.

use crate::random::Random;
use crate::tree::{Body, Form, Node};
use crate::write::{DAY, NOW, civil, oid_contents};

const OIDS: &[&str] = &[
    "2.5.4.3",
    "2.5.4.6",
    "2.5.4.10",
    "2.5.29.14",
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.18",
    "2.5.29.19",
    "2.5.29.20",
    "2.5.29.21",
    "2.5.29.24",
    "2.5.29.27",
    "2.5.29.28",
    "2.5.29.29",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.32.0",
    "2.5.29.33",
    "2.5.29.35",
    "2.5.29.36",
    "2.5.29.37",
    "2.5.29.37.0",
    "2.5.29.46",
    "2.5.29.54",
    "1.2.840.113549.1.1.1",
    "1.2.840.113549.1.1.5",
    "1.2.840.113549.1.1.10",
    "1.2.840.113549.1.1.11",
    "1.2.840.113549.1.1.12",
    "1.2.840.10045.4.3.2",
    "1.2.840.10045.4.3.3",
    "1.2.840.113549.1.7.1",
    "1.2.840.113549.1.7.2",
    "1.2.840.113549.1.9.1",
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.5",
    "2.16.840.1.101.3.4.2.1",
    "2.16.840.1.101.3.4.2.2",
    "1.3.14.3.2.26",
    "1.3.6.1.5.5.7.3.1",
    "1.3.6.1.5.5.7.3.2",
    "1.3.6.1.5.5.7.2.1",
    "1.3.6.1.5.5.7.48.1.5",
    "1.2.392.1.1",
    "1.2.3.1",
    "1.2.3.2",
];

const TAGS: &[u8] = &[
    1, 2, 3, 4, 5, 6, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e, 0x30, 0x31, 0x80,
    0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0x24, 0x1f, 0,
];

/// Changes `tree` once and describes the change.
pub fn mutate(tree: &mut Node, random: &mut Random) -> &'static str {
    let count = tree.count();
    let donor = tree.at_mut(random.below(count)).cloned();
    let at = random.below(count);
    let Some(node) = tree.at_mut(at) else {
        return "nothing";
    };
    let elements = node.children().len();
    match random.below(if elements > 0 { 16 } else { 10 }) {
        0 => flip(node, random),
        1..=5 => value(node, random),
        6 => {
            node.tag = if random.chance(50) {
                random.pick(TAGS)
            } else {
                node.tag ^ 1 << random.below(8)
            };
            "tag"
        }
        7 => {
            node.form = match random.below(4) {
                0 => Form::Padded,
                1 => Form::Indefinite,
                2 => Form::Off(1),
                _ => Form::Off(-1),
            };
            "length"
        }
        8 => {
            if let Some(donor) = donor {
                *node = donor;
            }
            "replaced by another element"
        }
        9 => {
            let mut contents = node.contents();
            if random.chance(50) {
                contents.push(random.byte());
            } else {
                contents.truncate(random.below(contents.len() + 1));
            }
            node.body = Body::Bytes(contents);
            "contents longer or cut off"
        }
        choice => {
            let first = random.below(elements);
            let second = random.below(elements);
            let Some(children) = node.children_mut() else {
                return "nothing";
            };
            match choice {
                10 | 11 => {
                    children.remove(first);
                    "element deleted"
                }
                12 => {
                    let copy = children[first].clone();
                    children.insert(second, copy);
                    "element duplicated"
                }
                13 => {
                    children.swap(first, second);
                    "elements swapped"
                }
                14 => {
                    children.extend(donor);
                    "element added"
                }
                _ => {
                    children.clear();
                    "elements removed"
                }
            }
        }
    }
}

fn flip(node: &mut Node, random: &mut Random) -> &'static str {
    let mut contents = node.contents();
    if !contents.is_empty() {
        let at = random.below(contents.len());
        contents[at] ^= 1 << random.below(8);
    }
    let node_form = node.form;
    *node = Node::of(node.tag, &contents);
    node.form = node_form;
    "bit flipped"
}

/// Another value of the same type.
fn value(node: &mut Node, random: &mut Random) -> &'static str {
    let (bytes, what) = match node.tag {
        1 => (
            random
                .pick(&[&[0u8][..], &[0xff], &[1], &[], &[0xff, 0xff]])
                .to_vec(),
            "BOOLEAN",
        ),
        2 | 0x0a | 0x80..=0x82 if !matches!(&node.body, Body::Bytes(bytes) if bytes.len() > 8) => {
            (integer(random), "INTEGER")
        }
        6 => (oid_contents(random.pick(OIDS)), "OBJECT IDENTIFIER"),
        0x17 | 0x18 => return time(node, random),
        3 => {
            let mut contents = node.contents();
            match random.below(4) {
                0 => contents = vec![random.byte() & 7, 1 << random.below(8)],
                1 if !contents.is_empty() => contents[0] = random.byte() & 15,
                2 => contents = vec![0],
                _ => contents.push(random.byte()),
            }
            (contents, "BIT STRING")
        }
        0x0c | 0x12..=0x16 | 0x1a | 0x1c | 0x1e => return text(node, random),
        _ => return flip(node, random),
    };
    node.body = Body::Bytes(bytes);
    what
}

fn integer(random: &mut Random) -> Vec<u8> {
    match random.below(8) {
        0..=3 => vec![random.below(6) as u8],
        4 => vec![0x80 | random.byte()],
        5 => vec![0, random.byte()],
        6 => vec![0x7f; random.below(24)],
        _ => (0..random.below(12)).map(|_| random.byte()).collect(),
    }
}

fn time(node: &mut Node, random: &mut Random) -> &'static str {
    let near = [
        NOW,
        NOW - 1,
        NOW + 1,
        NOW - 400 * DAY,
        NOW + 400 * DAY,
        NOW + 9_000 * DAY,
    ];
    let long = civil(random.pick(&near));
    let (tag, text): (u8, String) = match random.below(12) {
        0..=3 => (0x17, long[2..].into()),
        4..=6 => (0x18, long),
        7 => (0x17, long[2..12].to_owned() + "Z"),
        8 => (0x18, long[..14].to_owned() + ".5Z"),
        9 => (0x17, long[2..14].to_owned() + "+0900"),
        10 => (0x18, long[..14].into()),
        _ => (
            0x17,
            random
                .pick(&["260230000000Z", "261301000000Z", "260101240000Z", "260101006000Z"])
                .to_string(),
        ),
    };
    node.tag = tag;
    node.body = Body::Bytes(text.into_bytes());
    "time"
}

fn text(node: &mut Node, random: &mut Random) -> &'static str {
    let mut contents = node.contents();
    match random.below(6) {
        0 => contents.make_ascii_uppercase(),
        1 => contents.insert(random.below(contents.len() + 1), b' '),
        2 => node.tag = random.pick(&[0x0c, 0x13, 0x14, 0x16]),
        3 => {
            contents = contents.iter().flat_map(|byte| [0, *byte]).collect();
            node.tag = 0x1e;
        }
        4 => contents.extend("é".as_bytes()),
        _ => contents.push(random.byte()),
    }
    node.body = Body::Bytes(contents);
    "text"
}

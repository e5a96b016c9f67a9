//! Changes a bundle: its parts, and the elements, values and texts in them.

use serde_json::Value;

use super::bundle::{Bundle, MAX_BYTES, Part};
use super::mutate_json::{change_json, double_member};
use super::tree::{Body, Form, Node};
use super::vocabulary::{OIDS, PIECES, TAGS, TIMES};
use crate::common::{self, Random};
use crate::pki::oid_contents;

/// Changes bytes without regard to their meaning.
pub type Native<'n> = &'n mut dyn FnMut(&[u8]) -> Vec<u8>;

/// Changes a bundle once or a few times. `native` makes the changes without regard to the structure.
pub fn mutate(bundle: &mut Bundle, random: &mut Random, native: Native<'_>) {
    for _ in 0..=random.below(6) / 3 {
        let count = bundle.parts.len();
        let Some(part) = bundle.parts.get(random.below(count)).cloned() else {
            return;
        };
        let (one, other) = (random.below(count), random.below(count));
        match random.below(24) {
            0 => drop(bundle.parts.remove(one)),
            1 => bundle.parts.insert(other, part),
            2 => bundle.parts.swap(one, other),
            3 => bundle.parts[one].key = random.below(8) as u8,
            4 => bundle.parts[one].kind = part.kind,
            _ => {
                let donor = bundle.parts[other].bytes.clone();
                let changed = &mut bundle.parts[one];
                change(changed, &donor, random, native);
                changed.bytes.truncate(MAX_BYTES);
            }
        }
    }
}

/// Puts a part of `other` in the place of a part, or beside it.
pub fn cross(bundle: &mut Bundle, other: &Bundle, random: &mut Random) {
    let Some(part) = other.parts.get(random.below(other.parts.len())) else {
        return;
    };
    let same = bundle.parts.iter_mut().find(|have| have.kind == part.kind);
    match same {
        Some(have) if random.below(2) == 0 => *have = part.clone(),
        _ => bundle.parts.push(part.clone()),
    }
}

fn change(part: &mut Part, donor: &[u8], random: &mut Random, native: Native<'_>) {
    let text = part.kind.is_ascii_lowercase();
    if part.kind == b'#' {
        let length = part.bytes.len();
        if let Some(switch) = part.bytes.get_mut(random.below(length)) {
            *switch = random.next() as u8;
        }
    } else if random.below(8) == 0 {
        part.bytes = native(&part.bytes);
    } else if text && let Ok(mut json) = serde_json::from_slice::<Value>(&part.bytes) {
        match random.below(8) {
            0 => part.bytes = common::mutate(random, &part.bytes, PIECES),
            1 => part.bytes = double_member(&json.to_string(), random).into_bytes(),
            _ => {
                change_json(&mut json, random);
                part.bytes = json.to_string().into_bytes();
            }
        }
    } else if let (false, Some(mut tree)) = (text, Node::parse(&part.bytes)) {
        let mut donor = Node::parse(donor).unwrap_or_else(|| tree.clone());
        let at = random.below(donor.count());
        change_tree(&mut tree, donor.at_mut(at).cloned(), random);
        part.bytes = tree.encode();
    } else {
        part.bytes = common::mutate(random, &part.bytes, PIECES);
    }
}

fn change_tree(tree: &mut Node, donor: Option<Node>, random: &mut Random) {
    let count = tree.count();
    let Some(node) = tree.at_mut(random.below(count)) else {
        return;
    };
    let elements = node.children().len();
    match random.below(if elements > 0 { 18 } else { 10 }) {
        0 => flip(node, random),
        1..=5 => value(node, random),
        6 if random.below(2) == 0 => node.tag ^= 1 << random.below(8),
        6 => node.tag = TAGS[random.below(TAGS.len())],
        7 => {
            node.form = match random.below(4) {
                0 => Form::Long(random.below(5) as u8),
                1 => Form::Indefinite,
                2 => Form::Off(1),
                _ => Form::Off(-1),
            };
        }
        8 => *node = donor.unwrap_or_else(|| node.clone()),
        9 => {
            let mut contents = node.contents();
            if random.below(2) == 0 {
                contents.push(random.next() as u8);
            } else {
                contents.truncate(random.below(contents.len() + 1));
            }
            node.body = Body::Bytes(contents);
        }
        choice => {
            let (first, second) = (random.below(elements), random.below(elements));
            let Some(children) = node.children_mut() else {
                return;
            };
            match choice {
                10 | 11 => drop(children.remove(first)),
                12 => children.insert(second, children[first].clone()),
                13 => children.swap(first, second),
                14 | 15 => children.extend(donor),
                16 => {
                    // Many elements of one kind show work that is too expensive for each.
                    let copy = children[first].clone();
                    let size = copy.encode().len().max(1);
                    let times = 2 << random.below(12);
                    children.extend(std::iter::repeat_n(copy, times.min(48_000 / size)));
                }
                _ => children.clear(),
            }
        }
    }
}

fn flip(node: &mut Node, random: &mut Random) {
    let mut contents = node.contents();
    if !contents.is_empty() {
        let at = random.below(contents.len());
        contents[at] ^= 1 << random.below(8);
    }
    node.body = Node::of(node.tag, &contents).body;
}

/// Another value of the same type.
fn value(node: &mut Node, random: &mut Random) {
    let short = matches!(&node.body, Body::Bytes(bytes) if bytes.len() <= 8);
    let mut contents = node.contents();
    match node.tag {
        1 => {
            contents = random
                .pick(&[&[0_u8][..], &[0xff], &[1], &[], &[0xff, 0xff]])
                .to_vec()
        }
        2 | 0x0a | 0x80..=0x82 if short => contents = integer(random),
        6 => contents = oid_contents(random.pick(OIDS)),
        0x17 | 0x18 => {
            let (tag, text) = TIMES[random.below(TIMES.len())];
            node.tag = tag;
            contents = text.as_bytes().to_vec();
        }
        3 if short => match random.below(4) {
            0 => contents = vec![random.next() as u8 & 7, 1 << random.below(8)],
            1 if !contents.is_empty() => contents[0] = random.next() as u8 & 15,
            2 => contents = vec![0],
            _ => contents.push(random.next() as u8),
        },
        0x0c | 0x12..=0x16 | 0x1a | 0x1c | 0x1e | 0x81 | 0x82 | 0x86 => {
            text(node.tag < 0x80, &mut node.tag, &mut contents, random)
        }
        _ => return flip(node, random),
    }
    node.body = Body::Bytes(contents);
}

fn integer(random: &mut Random) -> Vec<u8> {
    match random.below(8) {
        0..=3 => vec![random.below(6) as u8],
        4 => vec![0x80 | random.next() as u8],
        5 => vec![0, random.next() as u8],
        6 => vec![0x7f; random.below(24)],
        _ => (0..random.below(12)).map(|_| random.next() as u8).collect(),
    }
}

fn text(typed: bool, tag: &mut u8, contents: &mut Vec<u8>, random: &mut Random) {
    match random.below(8) {
        0 => contents.make_ascii_uppercase(),
        1 => contents.insert(random.below(contents.len() + 1), b' '),
        2 if typed => *tag = [0x0c, 0x13, 0x14, 0x16][random.below(4)],
        3 if typed => {
            *contents = contents.iter().flat_map(|byte| [0, *byte]).collect();
            *tag = 0x1e;
        }
        4 => contents.extend(
            random
                .pick(&["é", "㍿", "\u{202e}", "İ", "\0", "\n", "\u{1b}", "\"\\", "."])
                .as_bytes(),
        ),
        5 => *contents = contents.repeat(random.below(40)),
        6 => contents.clear(),
        _ => contents.push(random.next() as u8),
    }
}

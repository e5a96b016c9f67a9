//! From BER to DER's lengths: what CMS in the wild needs before it can be read strictly.
//!
//! Indefinite lengths become definite ones, lengths minimal, strings in pieces whole; zero bytes behind the structure (as
//! a PDF's `/Contents` has them) are dropped. Everything else stays as it is: the order of sets, the contents of every
//! element, and every subtree that has DER's lengths already, to the byte. So signed attributes and certificates, which
//! are DER by their standards, come out as they were signed.

use std::borrow::Cow;

use super::{BIT_STRING, Malformed, OCTET_STRING, Result};

/// The deepest nesting. Real structures stay below 20.
const MAX_DEPTH: usize = 64;
/// The most elements that have to be rewritten, pieces of strings among them.
const MAX_NODES: usize = 1 << 18;
const CONSTRUCTED: u8 = 0x20;

/// One element of the output; those inside it follow.
struct Node<'a> {
    emit: Emit<'a>,
    parent: Option<usize>,
    /// How many bytes follow the header.
    length: usize,
}

enum Emit<'a> {
    /// As it came, from here to there: one element, or several side by side.
    Verbatim(usize, usize),
    /// A primitive element that gets another header.
    Primitive(u8, &'a [u8]),
    /// A constructed element that gets another header.
    Constructed(u8),
    /// A string that came in pieces; for a BIT STRING, the unused bits of the last piece so far.
    Whole(u8, Option<u8>),
    /// Pieces within pieces: no header.
    Pieces,
    /// A piece: no header.
    Piece(&'a [u8]),
}

/// An element that has begun and not ended.
struct Open {
    node: usize,
    start: usize,
    /// Where it ends; `None` for an indefinite length.
    end: Option<usize>,
    /// What may not be passed: the end of the innermost element of definite length.
    limit: usize,
    /// Something in it has to be rewritten.
    changed: bool,
    /// It is a string in pieces, or within one: the node of the whole string, and the tag of the pieces.
    whole: Option<(usize, u8)>,
}

/// Rewrites a BER structure with DER's lengths; gives the input back, without trailing zeros, if it has them already.
///
/// Takes time linear in the input, and no recursion.
///
/// # Errors
/// [`Malformed`] if it is not BER, nested too deeply, in too many pieces, or followed by anything but zero bytes.
pub fn to_definite(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
    let mut walk = Walk {
        bytes,
        position: 0,
        nodes: Vec::new(),
        open: Vec::new(),
    };
    walk.run()?;
    let rest = bytes.get(walk.position..).unwrap_or_default();
    if rest.iter().any(|byte| *byte != 0) {
        return Err(Malformed("bytes after the end that are not zero"));
    }
    match walk.nodes.as_slice() {
        [
            Node {
                emit: Emit::Verbatim(from, to),
                ..
            },
        ] => Ok(Cow::Borrowed(bytes.get(*from..*to).unwrap_or_default())),
        _ => Ok(Cow::Owned(emit(bytes, walk.nodes))),
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    position: usize,
    nodes: Vec<Node<'a>>,
    open: Vec<Open>,
}

struct Header {
    tag: u8,
    /// `None` if indefinite.
    length: Option<usize>,
    minimal: bool,
    /// Where the contents begin.
    contents: usize,
}

impl<'a> Walk<'a> {
    fn run(&mut self) -> Result<()> {
        loop {
            self.element()?;
            while self.open.last().is_some_and(|top| top.end == Some(self.position)) {
                self.close();
            }
            if self.open.is_empty() {
                return Ok(());
            }
        }
    }

    /// Reads one header, and the contents of a primitive element.
    fn element(&mut self) -> Result<()> {
        let start = self.position;
        let limit = self.open.last().map_or(self.bytes.len(), |top| top.limit);
        let header = self.header(limit)?;
        if header.tag == 0 {
            return self.end_of_contents(&header);
        }
        let end = match header.length {
            Some(length) => {
                let end = header.contents.checked_add(length).filter(|end| *end <= limit);
                Some(end.ok_or(Malformed("a length beyond the end"))?)
            }
            None if header.tag & CONSTRUCTED == 0 => {
                return Err(Malformed("a primitive element of indefinite length"));
            }
            None => None,
        };
        let whole = self.open.last().and_then(|top| top.whole);
        if whole.is_some_and(|(_, tag)| tag != header.tag & !CONSTRUCTED) {
            return Err(Malformed("a piece of a string that is of another type"));
        }
        if header.tag & CONSTRUCTED == 0 {
            let end = end.unwrap_or(limit);
            let contents = self.bytes.get(header.contents..end).unwrap_or_default();
            let (emit, changed) = match whole {
                Some((root, BIT_STRING)) => (Emit::Piece(self.bits(root, contents)?), true),
                Some(_) => (Emit::Piece(contents), true),
                None if header.minimal => (Emit::Verbatim(start, end), false),
                None => (Emit::Primitive(header.tag, contents), true),
            };
            self.push(emit, changed)?;
            self.join();
            self.position = end;
            return Ok(());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Malformed("nested too deeply"));
        }
        let tag = header.tag & !CONSTRUCTED;
        let (emit, whole, changed) = match whole {
            Some(whole) => (Emit::Pieces, Some(whole), true),
            None if is_string(tag) => {
                let unused = (tag == BIT_STRING).then_some(0);
                (Emit::Whole(tag, unused), Some((self.nodes.len(), tag)), true)
            }
            None => (
                Emit::Constructed(header.tag),
                None,
                end.is_none() || !header.minimal,
            ),
        };
        let node = self.push(emit, false)?;
        self.open.push(Open {
            node,
            start,
            end,
            limit: end.unwrap_or(limit),
            changed,
            whole,
        });
        self.position = header.contents;
        Ok(())
    }

    fn header(&self, limit: usize) -> Result<Header> {
        let mut rest = self
            .bytes
            .get(self.position..limit)
            .unwrap_or_default()
            .iter()
            .copied();
        let tag = rest.next().ok_or(Malformed("an element is missing"))?;
        if tag & 0x1f == 0x1f {
            return Err(Malformed("a tag number above 30"));
        }
        let first = rest.next().ok_or(Malformed("a length is missing"))?;
        let (length, octets) = match first {
            0..=0x7f => (Some(usize::from(first)), 0),
            0x80 => (None, 0),
            0xff => return Err(Malformed("a length that is reserved")),
            _ => {
                let octets = usize::from(first & 0x7f);
                let mut length = 0usize;
                for _ in 0..octets {
                    let octet = rest.next().ok_or(Malformed("a length is cut off"))?;
                    length = length
                        .checked_mul(256)
                        .and_then(|length| length.checked_add(usize::from(octet)))
                        .ok_or(Malformed("a length beyond the end"))?;
                }
                (Some(length), octets)
            }
        };
        Ok(Header {
            tag,
            length,
            minimal: length.is_some_and(|length| length_octets(length) == 1 + octets),
            contents: self.position + 2 + octets,
        })
    }

    fn end_of_contents(&mut self, header: &Header) -> Result<()> {
        let indefinite = self.open.last().is_some_and(|top| top.end.is_none());
        if !indefinite || header.length != Some(0) || !header.minimal {
            return Err(Malformed("end-of-contents octets where nothing ends"));
        }
        self.position = header.contents;
        self.close();
        Ok(())
    }

    /// The bits of a piece; only the last one may have unused ones.
    fn bits(&mut self, root: usize, contents: &'a [u8]) -> Result<&'a [u8]> {
        let (unused, bits) = contents
            .split_first()
            .ok_or(Malformed("an empty piece of a BIT STRING"))?;
        if let Some(Node {
            emit: Emit::Whole(_, before),
            ..
        }) = self.nodes.get_mut(root)
        {
            if *before != Some(0) {
                return Err(Malformed("a piece of a BIT STRING that does not end on a byte"));
            }
            *before = Some(*unused);
        }
        Ok(bits)
    }

    fn push(&mut self, emit: Emit<'a>, changed: bool) -> Result<usize> {
        if self.nodes.len() >= MAX_NODES {
            return Err(Malformed("in more pieces than any real structure"));
        }
        if let Some(top) = self.open.last_mut() {
            top.changed |= changed;
        }
        self.nodes.push(Node {
            emit,
            parent: self.open.last().map(|top| top.node),
            length: 0,
        });
        Ok(self.nodes.len() - 1)
    }

    /// Ends the innermost element: with nothing to rewrite in it, it becomes one piece.
    fn close(&mut self) {
        let Some(done) = self.open.pop() else { return };
        if done.changed {
            if let Some(parent) = self.open.last_mut() {
                parent.changed = true;
            }
            return;
        }
        self.nodes.truncate(done.node + 1);
        if let Some(node) = self.nodes.get_mut(done.node) {
            node.emit = Emit::Verbatim(done.start, self.position);
        }
        self.join();
    }

    /// Makes one of the last two nodes if they are side by side and stay as they are, so that only what has to be
    /// rewritten takes memory.
    fn join(&mut self) {
        if let [
            ..,
            Node {
                emit: Emit::Verbatim(_, before_end),
                parent: before_parent,
                ..
            },
            Node {
                emit: Emit::Verbatim(start, end),
                parent,
                ..
            },
        ] = self.nodes.as_mut_slice()
            && before_end == start
            && before_parent == parent
        {
            *before_end = *end;
            self.nodes.pop();
        }
    }
}

/// The universal string types (X.690 §8.6, §8.7, §8.23), which may come in pieces.
const fn is_string(tag: u8) -> bool {
    matches!(tag, BIT_STRING | OCTET_STRING | 0x0c | 0x12..=0x16 | 0x19..=0x1c | 0x1e)
}

const fn length_octets(length: usize) -> usize {
    if length < 0x80 {
        1
    } else {
        1 + (usize::BITS as usize - length.leading_zeros() as usize).div_ceil(8)
    }
}

fn emit(bytes: &[u8], mut nodes: Vec<Node<'_>>) -> Vec<u8> {
    // From the last to the first: those inside an element come before it.
    for index in (0..nodes.len()).rev() {
        let Some(node) = nodes.get_mut(index) else {
            continue;
        };
        let total = match &node.emit {
            Emit::Verbatim(from, to) => to - from,
            Emit::Piece(raw) => raw.len(),
            Emit::Pieces => node.length,
            Emit::Primitive(_, contents) => {
                node.length = contents.len();
                1 + length_octets(node.length) + node.length
            }
            Emit::Constructed(_) | Emit::Whole(_, None) => 1 + length_octets(node.length) + node.length,
            Emit::Whole(_, Some(_)) => {
                node.length += 1;
                1 + length_octets(node.length) + node.length
            }
        };
        let parent = node.parent;
        match parent.and_then(|parent| nodes.get_mut(parent)) {
            Some(parent) => parent.length += total,
            None => {
                // The outermost element is the first node.
                let mut out = Vec::with_capacity(total);
                for node in &nodes {
                    write(bytes, node, &mut out);
                }
                return out;
            }
        }
    }
    Vec::new()
}

fn write(bytes: &[u8], node: &Node<'_>, out: &mut Vec<u8>) {
    match &node.emit {
        Emit::Verbatim(from, to) => out.extend_from_slice(bytes.get(*from..*to).unwrap_or_default()),
        Emit::Piece(raw) => out.extend_from_slice(raw),
        Emit::Pieces => {}
        Emit::Primitive(tag, contents) => {
            header(*tag, node.length, out);
            out.extend_from_slice(contents);
        }
        Emit::Constructed(tag) | Emit::Whole(tag, None) => header(*tag, node.length, out),
        Emit::Whole(tag, Some(unused)) => {
            header(*tag, node.length, out);
            out.push(*unused);
        }
    }
}

fn header(tag: u8, length: usize, out: &mut Vec<u8>) {
    out.push(tag);
    let octets = length_octets(length);
    if let (1, Ok(short)) = (octets, u8::try_from(length)) {
        out.push(short);
        return;
    }
    out.push(0x80 | u8::try_from(octets - 1).unwrap_or(0));
    let bytes = length.to_be_bytes();
    let from = bytes.len().saturating_sub(octets - 1);
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
}

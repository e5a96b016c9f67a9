//! DER as a tree that can be changed, also into invalid DER.

use crate::write::header;

/// The encoding of the length of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Der,
    /// With a leading zero octet.
    Padded,
    Indefinite,
    /// Wrong by this much.
    Off(i8),
}

#[derive(Clone, Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    Nodes(Vec<Node>),
}

#[derive(Clone, Debug)]
pub struct Node {
    pub tag: u8,
    pub form: Form,
    /// The number of unused bits in a BIT STRING that contains DER.
    pub prefix: Vec<u8>,
    pub body: Body,
}

/// One element of definite length at the start.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    if tag & 0x1f == 0x1f || tag == 0 {
        return None;
    }
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (
                octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)),
                rest,
            )
        }
        _ => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((tag, value, rest))
}

fn nodes(mut bytes: &[u8]) -> Option<Vec<Node>> {
    let mut list = Vec::new();
    while !bytes.is_empty() {
        let (tag, value, rest) = element(bytes)?;
        list.push(Node::of(tag, value));
        bytes = rest;
    }
    Some(list)
}

impl Node {
    pub fn of(tag: u8, value: &[u8]) -> Self {
        let inner = |bytes: &[u8]| {
            let found = nodes(bytes)?;
            let plausible = found.len() == 1 && matches!(found[0].tag, 1..=6 | 0x0a | 0x30 | 0x31);
            plausible.then_some(found)
        };
        let (prefix, children) = match (tag, value) {
            (3, [0, rest @ ..]) => (vec![0], inner(rest).filter(|found| found[0].tag == 0x30)),
            (4, value) => (Vec::new(), inner(value)),
            (tag, value) if tag & 0x20 != 0 => (Vec::new(), nodes(value)),
            _ => (Vec::new(), None),
        };
        match children {
            Some(children) => Self {
                tag,
                form: Form::Der,
                prefix,
                body: Body::Nodes(children),
            },
            None => Self {
                tag,
                form: Form::Der,
                prefix: Vec::new(),
                body: Body::Bytes(value.to_vec()),
            },
        }
    }

    /// The tree of one whole element.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (tag, value, rest) = element(bytes)?;
        rest.is_empty().then(|| Self::of(tag, value))
    }

    pub fn children(&self) -> &[Node] {
        match &self.body {
            Body::Nodes(nodes) => nodes,
            Body::Bytes(_) => &[],
        }
    }

    pub fn children_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.body {
            Body::Nodes(nodes) => Some(nodes),
            Body::Bytes(_) => None,
        }
    }

    pub fn contents(&self) -> Vec<u8> {
        match &self.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Nodes(nodes) => {
                let mut out = self.prefix.clone();
                for node in nodes {
                    node.write(&mut out);
                }
                out
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let contents = self.contents();
        match self.form {
            Form::Der => out.extend(header(self.tag, contents.len())),
            Form::Padded => {
                let [.., high, low] = contents.len().to_be_bytes();
                out.extend([self.tag, 0x83, 0, high, low]);
            }
            Form::Indefinite => {
                out.extend([self.tag, 0x80]);
                out.extend(contents);
                out.extend([0, 0]);
                return;
            }
            Form::Off(by) => out.extend(header(
                self.tag,
                contents.len().saturating_add_signed(isize::from(by)),
            )),
        }
        out.extend(contents);
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// The number of nodes, including this one.
    pub fn count(&self) -> usize {
        1 + self.children().iter().map(Node::count).sum::<usize>()
    }

    /// The node at position `at`, counted in pre-order from this one.
    pub fn at_mut(&mut self, at: usize) -> Option<&mut Node> {
        let Some(mut left) = at.checked_sub(1) else {
            return Some(self);
        };
        for child in self.children_mut()? {
            let count = child.count();
            if left < count {
                return child.at_mut(left);
            }
            left -= count;
        }
        None
    }
}

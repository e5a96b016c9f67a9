//! BER as a tree that can be changed, also into invalid BER. Reading and writing keep every byte, including
//! lengths that are indefinite or not minimal. Shares nothing with the reader under test.

/// The encoding of the length of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the fewest octets.
    Der,
    /// In this number of octets after the first one.
    Long(u8),
    Indefinite,
    /// Wrong by this much.
    Off(i8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Bytes(Vec<u8>),
    /// Elements, after the bytes before them: the number of unused bits in a BIT STRING.
    Nodes(Vec<u8>, Vec<Node>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub tag: u8,
    pub form: Form,
    pub body: Body,
}

/// Deeper levels stay bytes.
const MAX_DEPTH: usize = 40;

fn element(bytes: &[u8], depth: usize) -> Option<(Node, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    if tag & 0x1f == 0x1f || tag == 0 || depth > MAX_DEPTH {
        return None;
    }
    let (&first, rest) = rest.split_first()?;
    if first == 0x80 && tag & 0x20 != 0 {
        return indefinite(tag, rest, depth);
    }
    let (octets, rest) = match first {
        0..=0x7f => (&[first][..], rest),
        0x81..=0x84 => rest.split_at_checked(usize::from(first & 0x7f))?,
        _ => return None,
    };
    let length = octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
    let (value, rest) = rest.split_at_checked(length)?;
    let minimal = bytes.starts_with(&header(tag, length));
    let form = if minimal {
        Form::Der
    } else {
        Form::Long(octets.len() as u8)
    };
    let body = body(tag, value, depth);
    Some((Node { tag, form, body }, rest))
}

fn indefinite(tag: u8, mut rest: &[u8], depth: usize) -> Option<(Node, &[u8])> {
    let mut children = Vec::new();
    while !rest.starts_with(&[0, 0]) {
        let (child, after) = element(rest, depth + 1)?;
        children.push(child);
        rest = after;
    }
    let node = Node {
        tag,
        form: Form::Indefinite,
        body: Body::Nodes(Vec::new(), children),
    };
    Some((node, &rest[2..]))
}

fn elements(mut bytes: &[u8], depth: usize) -> Option<Vec<Node>> {
    let mut list = Vec::new();
    while !bytes.is_empty() {
        let (node, rest) = element(bytes, depth)?;
        list.push(node);
        bytes = rest;
    }
    Some(list)
}

fn body(tag: u8, value: &[u8], depth: usize) -> Body {
    // Strings that contain one element, as in extensions and keys.
    let inner = |bytes: &[u8]| {
        let found = elements(bytes, depth + 1)?;
        (found.len() == 1 && matches!(found[0].tag, 1..=6 | 0x0a | 0x30 | 0x31)).then_some(found)
    };
    let found = match (tag, value) {
        (3, [0, rest @ ..]) => inner(rest)
            .filter(|found| found[0].tag == 0x30)
            .map(|found| (vec![0], found)),
        (4, value) => inner(value).map(|found| (Vec::new(), found)),
        (tag, value) if tag & 0x20 != 0 => elements(value, depth + 1).map(|found| (Vec::new(), found)),
        _ => None,
    };
    found.map_or_else(
        || Body::Bytes(value.to_vec()),
        |(before, children)| Body::Nodes(before, children),
    )
}

/// Identifier and length in the fewest octets.
fn header(tag: u8, length: usize) -> Vec<u8> {
    if length < 0x80 {
        return vec![tag, length as u8];
    }
    let octets: Vec<u8> = length
        .to_be_bytes()
        .into_iter()
        .skip_while(|octet| *octet == 0)
        .collect();
    [&[tag, 0x80 | octets.len() as u8][..], &octets].concat()
}

impl Node {
    /// The tree of contents.
    pub fn of(tag: u8, value: &[u8]) -> Self {
        Self {
            tag,
            form: Form::Der,
            body: body(tag, value, 0),
        }
    }

    /// The tree of one whole element.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (node, rest) = element(bytes, 0)?;
        rest.is_empty().then_some(node)
    }

    pub fn children(&self) -> &[Node] {
        match &self.body {
            Body::Nodes(_, nodes) => nodes,
            Body::Bytes(_) => &[],
        }
    }

    pub fn children_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.body {
            Body::Nodes(_, nodes) => Some(nodes),
            Body::Bytes(_) => None,
        }
    }

    /// The node at this path; each step is the index of a child.
    pub fn find(&self, way: &[usize]) -> Option<&Node> {
        way.iter().try_fold(self, |node, step| node.children().get(*step))
    }

    pub fn find_mut(&mut self, way: &[usize]) -> Option<&mut Node> {
        way.iter()
            .try_fold(self, |node, step| node.children_mut()?.get_mut(*step))
    }

    pub fn contents(&self) -> Vec<u8> {
        match &self.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Nodes(before, nodes) => {
                let mut out = before.clone();
                for node in nodes {
                    node.write(&mut out);
                }
                out
            }
        }
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        let contents = self.contents();
        match self.form {
            Form::Der => out.extend(header(self.tag, contents.len())),
            Form::Long(count) => {
                let octets = (contents.len() as u32).to_be_bytes();
                let count = usize::from(count.clamp(1, 4));
                out.extend([self.tag, 0x80 | count as u8]);
                out.extend(&octets[4 - count..]);
            }
            Form::Indefinite => {
                out.extend([self.tag, 0x80]);
                out.extend(contents);
                out.extend([0, 0]);
                return;
            }
            Form::Off(by) => {
                let length = contents.len().saturating_add_signed(isize::from(by));
                out.extend(header(self.tag, length));
            }
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

    /// Whether every length is in the fewest octets, except inside strings and inside parameters and
    /// attribute values, whose type readers may not know.
    pub fn is_minimal(&self) -> bool {
        let children = self.children();
        let is_named = children.first().is_some_and(|first| first.tag == 6);
        let each = children
            .iter()
            .all(|child| child.form == Form::Der && (is_named || child.is_minimal()));
        self.form == Form::Der && (matches!(self.tag, 3 | 4) || each)
    }
}

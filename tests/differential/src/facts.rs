//! Facts about a case, found without the code under test. The explanations of disagreements are based on
//! them.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::lint::{self, Rule};
use crate::tree::Node;
use crate::write::oid_contents;

/// An extension at any position of an input.
pub struct Extension {
    pub critical: bool,
    /// The contents of the OCTET STRING.
    pub value: Vec<u8>,
}

/// The inputs as trees, without those that are not DER.
pub fn trees(case: &Case) -> Vec<Node> {
    let anchor = std::iter::once(case.anchor.as_slice());
    case.inputs().chain(anchor).filter_map(read).collect()
}

/// The tree of an input, without trailing zeros.
fn read(bytes: &[u8]) -> Option<Node> {
    let end = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    (0..=bytes.len() - end).find_map(|zeros| Node::parse(&bytes[..end + zeros]))
}

/// Calls `look` for every node.
pub fn walk(node: &Node, look: &mut impl FnMut(&Node)) {
    look(node);
    for child in node.children() {
        walk(child, look);
    }
}

fn is_oid(node: &Node, oid: &[u8]) -> bool {
    node.tag == 6 && node.contents() == oid
}

/// Every extension with this identifier in any of the inputs.
pub fn extensions(case: &Case, oid: &str) -> Vec<Extension> {
    let oid = oid_contents(oid);
    let mut found = Vec::new();
    for tree in trees(case) {
        walk(&tree, &mut |node| found.extend(extension(node, &oid)));
    }
    found
}

fn extension(node: &Node, oid: &[u8]) -> Option<Extension> {
    let (first, rest) = node.children().split_first()?;
    let (value, flags) = rest.split_last()?;
    let fits = node.tag == 0x30 && is_oid(first, oid) && value.tag == 4;
    fits.then(|| Extension {
        critical: flags.iter().any(|flag| flag.tag == 1),
        value: value.contents(),
    })
}

/// The identifiers of all critical extensions.
pub fn critical(case: &Case) -> BTreeSet<Vec<u8>> {
    let mut found = BTreeSet::new();
    for tree in trees(case) {
        walk(&tree, &mut |node| {
            if let [oid, flag, value] = node.children()
                && (oid.tag, flag.tag, value.tag) == (6, 1, 4)
            {
                found.insert(oid.contents());
            }
        });
    }
    found
}

/// Whether an input has the identifier anywhere.
pub fn mentions(case: &Case, oid: &str) -> bool {
    let oid = oid_contents(oid);
    let mut found = false;
    for tree in trees(case) {
        walk(&tree, &mut |node| found |= is_oid(node, &oid));
    }
    found
}

/// The encoding rules that any input violates.
pub fn broken(case: &Case) -> BTreeSet<Rule> {
    case.inputs().flat_map(lint::rules).collect()
}

/// Whether an authorityKeyIdentifier contains a key identifier that no certificate has, or an issuer and
/// serial number.
pub fn key_identifiers_differ(case: &Case) -> bool {
    let keys: Vec<_> = extensions(case, "2.5.29.14")
        .into_iter()
        .map(|extension| extension.value)
        .collect();
    extensions(case, "2.5.29.35").iter().any(|extension| {
        let Some(tree) = Node::parse(&extension.value) else {
            return true;
        };
        tree.children().iter().any(|field| match field.tag {
            0x80 => !keys.iter().any(|key| key.get(2..) == Some(&field.contents())),
            _ => true,
        })
    })
}

/// One folded RDN: type and text of each attribute.
type Folded = Vec<(Vec<u8>, String)>;

fn fold(name: &Node) -> Option<Vec<Folded>> {
    name.children().iter().map(fold_rdn).collect()
}

fn fold_rdn(rdn: &Node) -> Option<Folded> {
    let mut attributes = rdn
        .children()
        .iter()
        .map(|attribute| {
            let [kind, value] = attribute.children() else {
                return None;
            };
            (kind.tag == 6).then(|| (kind.contents(), text(value)))
        })
        .collect::<Option<Vec<_>>>()?;
    attributes.sort();
    (rdn.tag == 0x31 && !attributes.is_empty()).then_some(attributes)
}

fn text(value: &Node) -> String {
    let bytes = value.contents();
    let text = match value.tag {
        0x0c | 0x12 | 0x13 | 0x16 | 0x1a => String::from_utf8_lossy(&bytes).into_owned(),
        0x14 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        0x1e => bytes
            .chunks(2)
            .map(|pair| {
                char::from_u32(pair.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))).unwrap_or('?')
            })
            .collect(),
        _ => format!("{:02x}{bytes:02x?}", value.tag),
    };
    let kept: String = text
        .chars()
        .filter(|character| character.is_whitespace() || !character.is_control() && *character != '\u{ad}')
        .collect();
    kept.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether an attribute of a name has a value that is not text. A name relative to the CRL issuer is `[1]
/// IMPLICIT`.
pub fn attribute_without_text(case: &Case) -> bool {
    let mut found = false;
    for tree in trees(case) {
        walk(&tree, &mut |node| {
            for attribute in node.children() {
                if let [kind, value] = attribute.children() {
                    let relative = node.tag == 0xa1 && kind.contents().starts_with(&[0x55, 4]);
                    if node.tag != 0x31 && !relative {
                        continue;
                    }
                    let known = matches!(value.tag, 0x0c | 0x12..=0x14 | 0x16 | 0x1a | 0x1c | 0x1e);
                    let bytes = value.contents();
                    let text = match value.tag {
                        0x0c => std::str::from_utf8(&bytes).is_ok(),
                        0x1c => {
                            bytes.len().is_multiple_of(4)
                                && bytes.chunks(4).all(|octets| {
                                    let value =
                                        octets.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
                                    char::from_u32(value).is_some()
                                })
                        }
                        0x1e => bytes.len().is_multiple_of(2),
                        _ => true,
                    };
                    found |= kind.tag == 6 && !(known && text);
                }
            }
        });
    }
    found
}

/// Whether two names match (RFC 5280 §7.1) but are encoded differently.
pub fn names_vary(case: &Case) -> bool {
    let mut rdns: Vec<(Folded, Vec<u8>)> = Vec::new();
    let mut varies = false;
    for tree in trees(case) {
        walk(&tree, &mut |node| {
            if node.tag != 0x30 || fold(node).is_none() {
                return;
            }
            // A constraint contains the first RDNs of the names that it applies to.
            for rdn in node.children() {
                let Some(folded) = fold_rdn(rdn) else { continue };
                let raw = rdn.contents();
                match rdns.iter().find(|(known, _)| *known == folded) {
                    Some((_, before)) => varies |= *before != raw,
                    None => rdns.push((folded, raw)),
                }
            }
        });
    }
    varies
}

/// Whether a subject has a URI with user information in its authority component.
pub fn uri_with_userinfo(case: &Case) -> bool {
    extensions(case, "2.5.29.17").iter().any(|extension| {
        let names = Node::parse(&extension.value);
        names.iter().flat_map(|node| node.children()).any(|name| {
            let text = String::from_utf8_lossy(&name.contents()).into_owned();
            let authority = text
                .split_once("://")
                .and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
            name.tag == 0x86 && authority.is_some_and(|authority| authority.contains('@'))
        })
    })
}

/// Whether a policy has qualifiers of any kind.
pub fn has_qualifiers(case: &Case) -> bool {
    let mut found = false;
    for tree in trees(case) {
        walk(&tree, &mut |node| {
            if let [policy, qualifiers] = node.children() {
                let is_qualifier =
                    |qualifier: &Node| matches!(qualifier.children(), [kind, _] if kind.tag == 6);
                found |= policy.tag == 6
                    && qualifiers.tag == 0x30
                    && qualifiers.children().first().is_some_and(is_qualifier);
            }
        });
    }
    found
}

/// Whether a time in the inputs is equal to the verification time.
pub fn time_is_boundary(case: &Case) -> bool {
    let asked = crate::write::civil(case.options.time);
    let mut found = false;
    for tree in trees(case) {
        walk(&tree, &mut |node| {
            let contents = node.contents();
            found |= node.tag == 0x18 && contents == asked.as_bytes()
                || node.tag == 0x17 && contents == asked.as_bytes()[2..];
        });
    }
    found
}

/// Whether an intermediate certificate is self-issued.
pub fn self_issued(case: &Case) -> bool {
    case.intermediates.iter().filter_map(|der| read(der)).any(|tree| {
        let names: Vec<_> = tree
            .children()
            .first()
            .map(Node::children)
            .unwrap_or_default()
            .iter()
            .filter_map(fold)
            .collect();
        names
            .iter()
            .enumerate()
            .any(|(at, name)| !name.is_empty() && names[..at].contains(name))
    })
}

/// Whether a CRL has no nextUpdate.
pub fn crl_without_next_update(case: &Case) -> bool {
    case.crls.iter().filter_map(|der| read(der)).any(|tree| {
        let fields = tree.children().first().map(Node::children).unwrap_or_default();
        fields
            .iter()
            .filter(|field| matches!(field.tag, 0x17 | 0x18))
            .count()
            < 2
    })
}

/// Whether a delta CRL covers only some reasons, and no complete CRL has its scope.
pub fn delta_for_some_reasons(case: &Case) -> bool {
    let scope = |der: &Vec<u8>| {
        let alone = Case {
            crls: vec![der.clone()],
            intermediates: Vec::new(),
            leaf: Vec::new(),
            anchor: Vec::new(),
            ..case.clone()
        };
        let scope = extensions(&alone, "2.5.29.28").pop().map(|scope| scope.value);
        (mentions(&alone, "2.5.29.27"), scope)
    };
    let (deltas, complete): (Vec<_>, Vec<_>) = case.crls.iter().map(scope).partition(|(delta, _)| *delta);
    deltas.iter().any(|delta| {
        let for_some = delta.1.as_ref().is_some_and(|scope| has_tag(scope, 0x83));
        for_some && complete.iter().all(|list| list.1 != delta.1)
    })
}

/// Why honnin cannot read certificates and CRLs of the case. It ignores them without a message.
pub fn unreadable(case: &Case) -> Vec<String> {
    let mut certificates: Vec<Vec<u8>> = case.intermediates.clone();
    if let Some(tree) = read(&case.message) {
        walk(&tree, &mut |node| {
            if let [tbs, algorithm, signature] = node.children()
                && (tbs.tag, algorithm.tag, signature.tag) == (0x30, 0x30, 3)
            {
                certificates.push(node.encode());
            }
        });
    }
    let certificates = certificates
        .iter()
        .filter_map(|der| honnin::x509::Certificate::from_der(der).err());
    let crls = case
        .crls
        .iter()
        .filter_map(|der| honnin::x509::Crl::from_der(der).err());
    certificates
        .chain(crls)
        .map(|error| error.message().to_owned())
        .collect()
}

/// Calls `look` for the fields of every SignerInfo.
fn signers(case: &Case, look: &mut impl FnMut(&[Node])) {
    if let Some(tree) = read(&case.message) {
        walk(&tree, &mut |node| {
            if node.tag == 0x30 && node.children().len() >= 5 && node.children()[0].tag == 2 {
                look(node.children());
            }
        });
    }
}

/// Whether a signer has unsigned attributes.
pub fn has_unsigned_attributes(case: &Case) -> bool {
    let mut found = false;
    signers(case, &mut |fields| {
        found |= fields.iter().any(|field| field.tag == 0xa1)
    });
    found
}

/// Whether a signed attribute has several values that are not in DER order.
pub fn values_unsorted(case: &Case) -> bool {
    let mut found = false;
    signers(case, &mut |fields| {
        for attribute in fields
            .iter()
            .filter(|field| field.tag == 0xa0)
            .flat_map(Node::children)
        {
            let values = attribute.children().iter().filter(|field| field.tag == 0x31);
            for values in values {
                found |= !values.children().iter().map(Node::encode).is_sorted();
            }
        }
    });
    found
}

/// Whether digestAlgorithms of a message is empty.
pub fn digest_set_empty(case: &Case) -> bool {
    let empty = |tree: Node| {
        let body = tree.children().get(1)?.children().first()?;
        let set = body.children().get(1)?;
        Some(set.tag == 0x31 && set.contents().is_empty())
    };
    read(&case.message).and_then(empty).unwrap_or(false)
}

/// Whether DER has an element with this tag.
pub fn has_tag(der: &[u8], tag: u8) -> bool {
    let mut found = false;
    if let Some(tree) = Node::parse(der) {
        walk(&tree, &mut |node| found |= node.tag == tag);
    }
    found
}

/// Whether a certificate has a distribution point without a name and without an issuer.
pub fn point_empty(case: &Case) -> bool {
    let points = extensions(case, "2.5.29.31");
    let trees = points.iter().filter_map(|points| Node::parse(&points.value));
    trees
        .flat_map(|tree| tree.children().to_vec())
        .any(|point| point.children().iter().all(|field| field.tag == 0x81))
}

/// The number of distribution points in the leaf.
pub fn points_of_leaf(case: &Case) -> usize {
    let oid = oid_contents("2.5.29.31");
    let mut count = 0;
    if let Some(tree) = read(&case.leaf) {
        walk(&tree, &mut |node| {
            let points = extension(node, &oid).and_then(|points| Node::parse(&points.value));
            count += points.map_or(0, |points| points.children().len());
        });
    }
    count
}

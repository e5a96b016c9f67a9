//! Signs changed structures again, so that a change reaches the checks after the signature.

use std::cell::RefCell;
use std::collections::HashMap;

use honnin::signature::Hash;

use super::bundle::Bundle;
use super::tree::{Body, Node};
use crate::pki;
use crate::synthetic::der::oid;
use crate::synthetic::keys::{How, Key, hash_oid};

/// The numbers of the keys of `synthetic`; lower numbers are those of `pki`.
pub const AUTHORITY: u8 = 101;
pub const LEAF: u8 = 102;
pub const LEAF_P384: u8 = 103;
pub const LEAF_RSA: u8 = 104;
pub const STAMPS: u8 = 105;

/// The number of signatures kept: most parts of a case are those of the case before.
const REMEMBERED: usize = 4_096;

/// Indexed by key, scheme and digest of the signed data.
type Made = HashMap<(u8, String, Vec<u8>), Vec<u8>>;

thread_local! {
    static MADE: RefCell<Made> = RefCell::default();
    static KEYS: RefCell<HashMap<u8, Key>> = RefCell::default();
}

/// The key with this number in `synthetic`.
pub fn key(number: u8) -> Option<Key> {
    if let Some(known) = KEYS.with_borrow(|keys| keys.get(&number).cloned()) {
        return Some(known);
    }
    let key = new_key(number)?;
    KEYS.with_borrow_mut(|keys| keys.insert(number, key.clone()));
    Some(key)
}

fn new_key(number: u8) -> Option<Key> {
    Some(match number {
        AUTHORITY => Key::p256("authority"),
        LEAF => Key::p256("leaf"),
        LEAF_P384 => Key::p384("leaf"),
        LEAF_RSA => Key::rsa(1),
        STAMPS => Key::p256("stamps"),
        _ => return None,
    })
}

/// A signature with the key of this number, in its usual scheme unless another is given.
pub fn signature(number: u8, how: Option<How>, data: &[u8]) -> Option<Vec<u8>> {
    let at = (number, format!("{how:?}"), Hash::Sha256.digest(data));
    let known = MADE.with_borrow(|made| made.get(&at).cloned());
    if known.is_some() {
        return known;
    }
    let made = match key(number) {
        Some(key) => key.sign(how.unwrap_or_else(|| key.usual()), data),
        None if (1..100).contains(&number) => pki::Key::new(number.into()).sign(data),
        None => return None,
    };
    MADE.with_borrow_mut(|all| {
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(at, made.clone());
    });
    Some(made)
}

/// Signs every part with a key. A part that cannot be read stays as it is.
pub fn sign_all(bundle: &mut Bundle) {
    let content = bundle.first('D').to_vec();
    for at in 0..bundle.parts.len() {
        let before = at.checked_sub(1).map(|before| bundle.parts[before].bytes.clone());
        let part = &mut bundle.parts[at];
        if part.key == 0 {
            continue;
        }
        if part.kind == b'S' {
            let made = signature(part.key, None, &before.unwrap_or_default());
            part.bytes = made.unwrap_or_default();
            continue;
        }
        let Some(mut tree) = Node::parse(&part.bytes) else {
            continue;
        };
        match part.kind {
            b'A' | b'I' | b'L' | b'C' => sign_structure(&mut tree, part.key),
            b'R' => sign_response(&mut tree, part.key),
            b'M' | b'T' => sign_message(&mut tree, part.key, &content),
            _ => continue,
        }
        part.bytes = tree.encode();
    }
}

/// A SEQUENCE of signed part, algorithm and signature.
fn sign_structure(tree: &mut Node, key: u8) {
    let Some(signed) = tree.find(&[0]).map(Node::encode) else {
        return;
    };
    if let Some(place) = tree.find_mut(&[2])
        && place.tag == 3
        && let Some(made) = signature(key, None, &signed)
    {
        place.body = Body::Bytes([&[0], made.as_slice()].concat());
    }
}

/// An OCSP response. The root of `pki` signs the certificates in it.
fn sign_response(tree: &mut Node, key: u8) {
    let Some(basic) = tree.find_mut(&[1, 0, 1, 0]) else {
        return;
    };
    sign_structure(basic, key);
    if let Some(certificates) = basic.find_mut(&[3, 0]).and_then(Node::children_mut) {
        for certificate in certificates {
            sign_structure(certificate, if key < 100 { 1 } else { AUTHORITY });
        }
    }
}

/// The eContent, or the detached content.
pub fn content_of(tree: &Node, detached: &[u8]) -> Vec<u8> {
    fn pieces(node: &Node) -> Vec<u8> {
        match node.tag {
            0x24 => node.children().iter().flat_map(pieces).collect(),
            _ => node.contents(),
        }
    }
    tree.find(&[1, 0, 2, 1, 0])
        .map_or_else(|| detached.to_vec(), pieces)
}

/// The SET of signers.
pub fn signers(tree: &mut Node) -> Option<&mut Vec<Node>> {
    tree.find_mut(&[1, 0])?.children_mut()?.last_mut()?.children_mut()
}

/// A CMS message: computes the digests of its content and each signature again, on P-256 with this key.
pub fn sign_message(tree: &mut Node, key: u8, detached: &[u8]) {
    let content = content_of(tree, detached);
    for signer in signers(tree).into_iter().flatten() {
        sign_signer(signer, key, &content);
    }
}

fn sign_signer(signer: &mut Node, key: u8, content: &[u8]) {
    let hash = |node: Option<&Node>| {
        let found = node?.find(&[0])?.encode();
        let all = [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512];
        all.into_iter().find(|hash| hash_oid(*hash) == found)
    };
    let hash = hash(signer.find(&[2])).unwrap_or(Hash::Sha256);
    let has_attributes = signer.find(&[3]).is_some_and(|node| node.tag == 0xa0);
    if has_attributes && let Some(attributes) = signer.find_mut(&[3]).and_then(Node::children_mut) {
        for attribute in attributes {
            let is_digest = attribute.find(&[0]).map(Node::encode) == Some(oid("1.2.840.113549.1.9.4"));
            if is_digest && let Some(value) = attribute.find_mut(&[1, 0]) {
                value.body = Body::Bytes(hash.digest(content));
            }
        }
    }
    let at = if has_attributes { 4 } else { 3 };
    let signed = match signer.find(&[3]) {
        Some(attributes) if has_attributes => Node::of(0x31, &attributes.contents()).encode(),
        _ => content.to_vec(),
    };
    let Some(algorithm) = signer.find(&[at, 0]).map(Node::encode) else {
        return;
    };
    let named = |text: &str| algorithm == oid(text);
    let made = if named("1.2.840.10045.4.3.2") {
        signature(key, None, &signed)
    } else if named("1.2.840.10045.4.3.3") {
        signature(LEAF_P384, None, &signed)
    } else if named("1.2.840.113549.1.1.10") {
        signature(LEAF_RSA, Some(How::Pss(hash)), &signed)
    } else {
        signature(LEAF_RSA, Some(How::Usual(hash)), &signed)
    };
    if let Some(place) = signer.find_mut(&[at + 1])
        && place.tag == 4
        && let Some(made) = made
    {
        place.body = Body::Bytes(made);
    }
}

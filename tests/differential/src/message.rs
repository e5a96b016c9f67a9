//! The initial CMS SignedData messages, and signing a changed message again.

use crate::random::Random;
use crate::tree::{Body, Node};
use crate::world::{Certificate, World};
use crate::write::{NOW, int, oid, oid_contents, seq, time, tlv};

pub const CONTENT: &[u8] = "本人確認書類 No. 1".as_bytes();

fn attribute(kind: &str, value: &[u8]) -> Vec<u8> {
    seq(&[&oid(kind), &tlv(0x31, value)])
}

/// The contents of a SET OF in DER order.
fn sorted(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    parts.concat()
}

fn signer_info(signer: &Certificate, random: &mut Random) -> Vec<u8> {
    let key = signer.key;
    let by_key = random.chance(25);
    let identifier = if by_key {
        tlv(0x80, &key.id())
    } else {
        seq(&[&signer.issuer, &int(&signer.serial)])
    };
    let algorithm = match key {
        crate::keys::Key::Rsa(_) if random.chance(50) => seq(&[&oid("1.2.840.113549.1.1.1"), &tlv(5, &[])]),
        _ => key.algorithm(),
    };
    let mut attributes = Vec::new();
    if random.chance(80) {
        let mut parts = vec![
            attribute("1.2.840.113549.1.9.3", &oid("1.2.840.113549.1.7.1")),
            attribute("1.2.840.113549.1.9.4", &tlv(4, &key.digest(CONTENT))),
        ];
        if random.chance(70) {
            parts.push(attribute("1.2.840.113549.1.9.5", &time(NOW - 60)));
        }
        if random.chance(15) {
            let protection = seq(&[&key.hash(), &tlv(0xa1, &algorithm[2..])]);
            parts.push(attribute("1.2.840.113549.1.9.52", &protection));
        }
        if random.chance(15) {
            parts.push(attribute("1.2.392.1.9", &tlv(0x0c, b"anything")));
        }
        attributes = tlv(0xa0, &sorted(parts));
    }
    let signed = match attributes.first() {
        Some(_) => [&[0x31], &attributes[1..]].concat(),
        None => CONTENT.to_vec(),
    };
    let unsigned = if random.chance(5) {
        tlv(0xa1, &attribute("1.2.392.1.9", &tlv(5, &[])))
    } else {
        Vec::new()
    };
    seq(&[
        &int(&[if by_key { 3 } else { 1 }]),
        &identifier,
        &key.hash(),
        &attributes,
        &algorithm,
        &tlv(4, &key.sign(&signed)),
        &unsigned,
    ])
}

/// A message signed by the leaf of the world.
pub struct Message {
    pub der: Vec<u8>,
    pub detached: bool,
}

pub fn message(world: &World, random: &mut Random) -> Message {
    let detached = random.chance(40);
    let content = if detached {
        Vec::new()
    } else {
        tlv(0xa0, &tlv(4, CONTENT))
    };
    let mut carried = vec![world.leaf.der.clone()];
    // OpenSSL 3.0 looks for issuers in the message only.
    if random.chance(95) {
        carried.extend(
            world
                .intermediates
                .iter()
                .map(|certificate| certificate.der.clone()),
        );
    }
    if random.chance(20) {
        carried.push(world.anchor.der.clone());
    }
    let mut signers = vec![signer_info(&world.leaf, random)];
    if random.chance(10) {
        signers.push(signer_info(&world.leaf, random));
    }
    let body = seq(&[
        &int(&[1]),
        &tlv(0x31, &world.leaf.key.hash()),
        &seq(&[&oid("1.2.840.113549.1.7.1"), &content]),
        &tlv(0xa0, &sorted(carried)),
        &tlv(0x31, &sorted(signers)),
    ]);
    let der = seq(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &body)]);
    Message { der, detached }
}

/// Signs again everything that still looks like a signer; with `digests`, also computes the digest of the
/// content again.
pub fn sign_again(tree: &mut Node, world: &World, digests: bool) -> Option<()> {
    let key = world.leaf.key;
    let body = tree
        .children_mut()?
        .get_mut(1)?
        .children_mut()?
        .first_mut()?
        .children_mut()?;
    let content = body
        .iter()
        .filter(|node| node.tag == 0x30)
        .find_map(|info| info.children().get(1)?.children().first())
        .map_or(CONTENT.to_vec(), Node::contents);
    let signers = body.last_mut()?.children_mut()?;
    for signer in signers {
        let Some(fields) = signer.children_mut() else {
            continue;
        };
        let at = fields.iter().position(|field| field.tag == 0xa0);
        let signed = match at.map(|at| &mut fields[at]) {
            Some(attributes) => {
                if digests {
                    set_digest(attributes, &key.digest(&content));
                }
                let mut bytes = attributes.encode();
                if let Some(tag) = bytes.first_mut() {
                    *tag = 0x31;
                }
                bytes
            }
            None => content.clone(),
        };
        let signature = key.sign(&signed);
        if let Some(field) = fields.iter_mut().rev().find(|field| field.tag == 4) {
            *field = Node::of(4, &signature);
        }
    }
    Some(())
}

fn set_digest(attributes: &mut Node, digest: &[u8]) {
    let kind = oid_contents("1.2.840.113549.1.9.4");
    for attribute in attributes.children_mut().into_iter().flatten() {
        let Some([first, values]) = attribute.children_mut().map(Vec::as_mut_slice) else {
            continue;
        };
        if first.tag == 6
            && first.contents() == kind
            && let Some(value) = values.children_mut().and_then(|values| values.first_mut())
        {
            value.body = Body::Bytes(digest.to_vec());
        }
    }
}

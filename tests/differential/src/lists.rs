//! The initial CRLs.

use crate::extensions::point_name;
use crate::random::Random;
use crate::tree::Node;
use crate::world::{Certificate, World};
use crate::write::{DAY, NOW, bits, extension, int, oid, seq, time, tlv};

/// A CRL of `issuer` for the certificates of `world`.
pub fn crl(issuer: &Certificate, world: &World, partitioned: bool, random: &mut Random) -> Vec<u8> {
    let mut extensions = vec![extension("2.5.29.20", false, &int(&[2]))];
    if random.chance(70) {
        extensions.push(extension(
            "2.5.29.35",
            false,
            &seq(&[&tlv(0x80, &issuer.key.id())]),
        ));
    }
    let mut indirect = false;
    if partitioned && random.chance(70) {
        let name = if random.chance(70) {
            tlv(0xa0, &point_name(random))
        } else {
            Vec::new()
        };
        let flag = |number: u8, set: bool| {
            if set {
                tlv(0x80 | number, &[0xff])
            } else {
                Vec::new()
            }
        };
        indirect = random.chance(15);
        let reasons = if random.chance(15) {
            tlv(0x83, &[1, 0x7e])
        } else {
            Vec::new()
        };
        let (user, ca) = (random.chance(15), random.chance(8));
        let fields = [
            name,
            flag(1, user),
            flag(2, ca),
            reasons,
            flag(4, indirect),
            flag(5, random.chance(4)),
        ]
        .concat();
        if !fields.is_empty() {
            extensions.push(extension("2.5.29.28", true, &tlv(0x30, &fields)));
        }
    }
    if random.chance(4) {
        extensions.push(extension("2.5.29.27", true, &int(&[1])));
    }
    let entries = entries(issuer, world, indirect, random);
    let next = if random.chance(97) {
        time(NOW + DAY)
    } else {
        Vec::new()
    };
    let this_update = NOW - random.pick(&[DAY, DAY, 2 * DAY]);
    write(issuer, this_update, &next, &entries, &extensions.concat())
}

/// A delta CRL for `complete` with the same scope; sometimes with a scope, key or number that does not match.
pub fn delta(complete: &[u8], issuer: &Certificate, world: &World, random: &mut Random) -> Option<Vec<u8>> {
    let tree = Node::parse(complete)?;
    let list = tree
        .children()
        .first()?
        .children()
        .iter()
        .find(|field| field.tag == 0xa0)?;
    let number = oid("2.5.29.20");
    let mut extensions: Vec<u8> = list
        .children()
        .first()?
        .children()
        .iter()
        .map(Node::encode)
        .filter(|kept| !kept[2..].starts_with(&number) && !random.chance(4))
        .flatten()
        .collect();
    let (own, base) = random.pick(&[(3, 1), (3, 2), (3, 2), (4, 3), (2, 1)]);
    extensions.extend(extension("2.5.29.20", false, &int(&[own])));
    extensions.extend(extension("2.5.29.27", true, &int(&[base])));
    let entries = entries(issuer, world, false, random);
    Some(write(
        issuer,
        NOW - DAY / 2,
        &time(NOW + DAY),
        &entries,
        &extensions,
    ))
}

fn write(issuer: &Certificate, this_update: i64, next: &[u8], entries: &[u8], extensions: &[u8]) -> Vec<u8> {
    let tbs = seq(&[
        &int(&[1]),
        &issuer.key.algorithm(),
        &issuer.subject,
        &time(this_update),
        next,
        entries,
        &tlv(0xa0, &tlv(0x30, extensions)),
    ]);
    seq(&[&tbs, &issuer.key.algorithm(), &bits(&issuer.key.sign(&tbs))])
}

/// revokedCertificates, sometimes with a certificate of the world.
fn entries(issuer: &Certificate, world: &World, indirect: bool, random: &mut Random) -> Vec<u8> {
    let mut entries = Vec::new();
    let known: Vec<&[u8]> = world
        .issued()
        .map(|certificate| certificate.serial.as_slice())
        .collect();
    for _ in 0..random.below(5) {
        let serial = if random.chance(12) {
            random.pick(&known).to_vec()
        } else {
            vec![0x41, random.byte()]
        };
        let mut list = Vec::new();
        if random.chance(40) {
            list.extend(extension(
                "2.5.29.21",
                false,
                &tlv(0x0a, &[random.pick(&[0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 8, 9, 10])]),
            ));
        }
        if random.chance(8) {
            list.extend(extension(
                "2.5.29.24",
                false,
                &tlv(0x18, crate::write::civil(NOW - DAY).as_bytes()),
            ));
        }
        if random.chance(if indirect { 40 } else { 2 }) {
            let name = random.pick(&[&world.anchor.subject, &issuer.subject]).clone();
            list.extend(extension("2.5.29.29", true, &seq(&[&tlv(0xa4, &name)])));
        }
        if random.chance(3) {
            list.extend(extension("1.2.392.1.8", random.chance(60), &tlv(5, &[])));
        }
        let list = if list.is_empty() { list } else { tlv(0x30, &list) };
        entries.extend(seq(&[&int(&serial), &time(NOW - 3 * DAY), &list]));
    }
    match entries.is_empty() {
        true => entries,
        false => tlv(0x30, &entries),
    }
}

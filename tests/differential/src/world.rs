//! The initial hierarchies: a trust anchor, up to three intermediate certificates and a leaf, with extensions
//! that may contradict each other. The trust anchor may also limit names and the path length, which both
//! verifiers apply.

use crate::extensions::{Role, name_constraints, some_extension};
use crate::keys::{Key, signed};
use crate::random::Random;
use crate::write::{DAY, NOW, extension, int, name, rdn, seq, time, tlv};

#[derive(Clone)]
pub struct Certificate {
    pub der: Vec<u8>,
    /// The key in it.
    pub key: Key,
    /// The key that signed it.
    pub signer: Key,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub serial: Vec<u8>,
}

#[derive(Clone)]
pub struct World {
    pub anchor: Certificate,
    /// The one below the trust anchor comes first.
    pub intermediates: Vec<Certificate>,
    /// More certificates of those intermediate CAs: the same name and key, from other CAs.
    pub cross: Vec<Certificate>,
    pub leaf: Certificate,
}

impl World {
    /// The certificates that may be changed: all except the trust anchor, the leaf last.
    pub fn issued(&self) -> impl Iterator<Item = &Certificate> {
        self.intermediates.iter().chain([&self.leaf])
    }

    /// Whether a CA below the trust anchor has the name of its issuer.
    pub fn has_self_issued(&self) -> bool {
        self.intermediates
            .iter()
            .any(|authority| authority.subject == authority.issuer)
    }

    pub fn leaf_issuer(&self) -> &Certificate {
        self.intermediates.last().unwrap_or(&self.anchor)
    }
}

/// keyUsage of one byte: `0x80` digitalSignature, `0x04` keyCertSign, `0x02` cRLSign.
pub fn key_usage(byte: u8) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv(3, &[byte.trailing_zeros() as u8, byte]))
}

struct Template<'t> {
    issuer: &'t Certificate,
    subject: Vec<u8>,
    key: Key,
    serial: Vec<u8>,
    extensions: Vec<Vec<u8>>,
}

fn issue(template: Template<'_>, random: &mut Random) -> Certificate {
    let Template {
        issuer,
        subject,
        key,
        serial,
        extensions,
    } = template;
    let from = NOW - 365 * DAY;
    let to = if random.chance(90) {
        NOW + 365 * DAY
    } else {
        NOW + 10_000 * DAY
    };
    let list = if extensions.is_empty() {
        Vec::new()
    } else {
        tlv(0xa3, &tlv(0x30, &extensions.concat()))
    };
    let tbs = seq(&[
        &tlv(0xa0, &int(&[2])),
        &int(&serial),
        &issuer.key.algorithm(),
        &issuer.subject,
        &seq(&[&time(from), &time(to)]),
        &subject,
        &key.spki(),
        &list,
    ]);
    Certificate {
        der: signed(&tbs, issuer.key),
        key,
        signer: issuer.key,
        issuer: issuer.subject.clone(),
        subject,
        serial,
    }
}

fn key(random: &mut Random, number: usize) -> Key {
    match random.below(20) {
        0..=11 => Key::Rsa(number),
        12 => Key::P384(number),
        _ => Key::P256(number),
    }
}

fn identifiers(issuer: &Certificate, key: Key) -> [Vec<u8>; 2] {
    [
        extension("2.5.29.35", false, &seq(&[&tlv(0x80, &issuer.key.id())])),
        extension("2.5.29.14", false, &tlv(4, &key.id())),
    ]
}

/// Adds extensions, without duplicates.
fn add_some(extensions: &mut Vec<Vec<u8>>, role: Role, random: &mut Random) {
    let kind = |extension: &[u8]| extension.get(2..9).map(<[u8]>::to_vec);
    for _ in 0..random.below(5) {
        let more = some_extension(role, random);
        if extensions.iter().all(|have| kind(have) != kind(&more)) {
            extensions.push(more);
        }
    }
}

fn root(random: &mut Random) -> Certificate {
    let key = key(random, 0);
    let subject = name("Root");
    let own = Certificate {
        der: Vec::new(),
        key,
        signer: key,
        issuer: subject.clone(),
        subject: subject.clone(),
        serial: vec![1],
    };
    let length = match random.chance(20) {
        true => int(&[random.below(4) as u8]),
        false => Vec::new(),
    };
    let mut extensions = vec![
        extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff]), &length])),
        key_usage(0x06),
        extension("2.5.29.14", false, &tlv(4, &key.id())),
    ];
    if random.chance(25) {
        extensions.push(name_constraints(random));
    }
    issue(
        Template {
            issuer: &own,
            subject,
            key,
            serial: vec![1],
            extensions,
        },
        random,
    )
}

/// A second certificate for one CA, from the trust anchor or from another CA above or below it: paths that
/// fork, end early or form a cycle.
fn cross(anchor: &Certificate, intermediates: &[Certificate], random: &mut Random) -> Vec<Certificate> {
    if intermediates.is_empty() || !random.chance(30) {
        return Vec::new();
    }
    let count = 1 + random.below(2);
    (0..count)
        .map(|number| {
            let subject = &intermediates[random.below(intermediates.len())];
            let issuer = match random.below(intermediates.len() + 1) {
                0 => anchor,
                at => &intermediates[at - 1],
            };
            let mut extensions = identifiers(issuer, subject.key).to_vec();
            extensions.push(extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff])])));
            extensions.push(key_usage(0x06));
            if random.chance(60) {
                add_some(&mut extensions, Role::Authority, random);
            }
            issue(
                Template {
                    issuer,
                    subject: subject.subject.clone(),
                    key: subject.key,
                    serial: vec![0x30 + number as u8],
                    extensions,
                },
                random,
            )
        })
        .collect()
}

impl World {
    pub fn new(random: &mut Random) -> Self {
        let anchor = root(random);
        let mut intermediates: Vec<Certificate> = Vec::new();
        for number in 1..=random.below(4) {
            let issuer = intermediates.last().unwrap_or(&anchor).clone();
            let key = key(random, number);
            // Sometimes self-issued: the name stays, the key changes.
            let subject = if random.chance(10) {
                issuer.subject.clone()
            } else {
                name(&format!("Sub {number}"))
            };
            let mut extensions = identifiers(&issuer, key).to_vec();
            extensions.push(extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff])])));
            extensions.push(key_usage(0x06));
            if random.chance(60) {
                add_some(&mut extensions, Role::Authority, random);
            }
            let serial = vec![0x10 + number as u8];
            intermediates.push(issue(
                Template {
                    issuer: &issuer,
                    subject,
                    key,
                    serial,
                    extensions,
                },
                random,
            ));
        }
        let cross = cross(&anchor, &intermediates, random);
        let issuer = intermediates.last().unwrap_or(&anchor).clone();
        let key = key(random, 4);
        let subject = match random.below(10) {
            0 => seq(&[]),
            1 => seq(&[
                &rdn("2.5.4.6", 0x13, "JP"),
                &rdn("1.2.840.113549.1.9.1", 0x16, "x@example.jp"),
            ]),
            _ => name("利用者 1"),
        };
        let mut extensions = identifiers(&issuer, key).to_vec();
        if random.chance(85) {
            extensions.push(key_usage(random.pick(&[0x80, 0xc0, 0x80, 0x40, 0x20])));
        }
        if random.chance(60) {
            add_some(&mut extensions, Role::Leaf, random);
        }
        let serial = vec![0x21, random.byte(), random.byte()];
        let leaf = issue(
            Template {
                issuer: &issuer,
                subject,
                key,
                serial,
                extensions,
            },
            random,
        );
        Self {
            anchor,
            intermediates,
            cross,
            leaf,
        }
    }
}

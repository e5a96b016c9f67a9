//! Hierarchies to begin with: an anchor, up to two intermediates and a leaf, with extensions that agree or do not.

use crate::keys::{Key, signed};
use crate::random::Random;
use crate::write::{DAY, NOW, bits, extension, int, name, oid, rdn, seq, time, tlv};

#[derive(Clone)]
pub struct Certificate {
    pub der: Vec<u8>,
    /// Whose key is in it.
    pub key: Key,
    /// Who signed it.
    pub signer: Key,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub serial: Vec<u8>,
}

#[derive(Clone)]
pub struct World {
    pub anchor: Certificate,
    /// The one below the anchor first.
    pub intermediates: Vec<Certificate>,
    pub leaf: Certificate,
}

impl World {
    /// The certificates that may be changed: every one but the anchor, the leaf last.
    pub fn issued(&self) -> impl Iterator<Item = &Certificate> {
        self.intermediates.iter().chain([&self.leaf])
    }

    /// An authority below the anchor has its issuer's name.
    pub fn has_self_issued(&self) -> bool {
        self.intermediates
            .iter()
            .any(|authority| authority.subject == authority.issuer)
    }

    pub fn leaf_issuer(&self) -> &Certificate {
        self.intermediates.last().unwrap_or(&self.anchor)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Authority,
    Leaf,
}

const POLICIES: &[&str] = &["1.2.3.1", "1.2.3.1", "1.2.3.2", "1.2.3.3", "2.5.29.32.0"];

fn policy(random: &mut Random) -> &'static str {
    random.pick(POLICIES)
}

/// A name for subjectAltName; many lie in the subtrees of [`subtree`].
fn alt_name(random: &mut Random) -> Vec<u8> {
    match random.below(14) {
        0..=3 => tlv(
            0x82,
            random
                .pick(&[
                    "example.jp",
                    "a.example.jp",
                    "b.A.example.jp",
                    "other.test",
                    "*.example.jp",
                ])
                .as_bytes(),
        ),
        4..=6 => tlv(
            0x81,
            random
                .pick(&[
                    "x@example.jp",
                    "y@example.jp",
                    "x@a.EXAMPLE.jp",
                    "x@other.test",
                    "odd",
                ])
                .as_bytes(),
        ),
        7 | 8 => tlv(
            0x86,
            random
                .pick(&[
                    "https://a.example.jp/x",
                    "http://example.jp:80/",
                    "https://u@other.test",
                    "urn:x:y",
                ])
                .as_bytes(),
        ),
        9 | 10 => tlv(
            0x87,
            random.pick(&[
                &[10, 0, 0, 1][..],
                &[10, 1, 0, 1],
                &[192, 0, 2, 1],
                &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            ]),
        ),
        11 => tlv(
            0xa4,
            &seq(&[
                &rdn("2.5.4.6", 0x13, random.pick(&["JP", "jp", "US"])),
                &rdn(
                    "2.5.4.10",
                    0x0c,
                    random.pick(&["HONNIN-TEST", "Honnin-test", "Other"]),
                ),
            ]),
        ),
        12 => tlv(
            0xa0,
            &[
                oid("1.2.392.200149.8.5.5.1"),
                tlv(0xa0, &tlv(0x0c, "試験　花子".as_bytes())),
            ]
            .concat(),
        ),
        _ => tlv(0x88, &[0x2a, 3, 4]),
    }
}

fn alt_names(random: &mut Random) -> Vec<u8> {
    let count = 1 + random.below(3);
    tlv(
        0x30,
        &(0..count).flat_map(|_| alt_name(random)).collect::<Vec<_>>(),
    )
}

fn subtree(random: &mut Random) -> Vec<u8> {
    let base = match random.below(12) {
        0..=3 => tlv(
            0x82,
            random
                .pick(&["example.jp", ".example.jp", "a.example.jp", "", "test"])
                .as_bytes(),
        ),
        4..=6 => tlv(
            0x81,
            random
                .pick(&["example.jp", ".example.jp", "x@example.jp", "other.test"])
                .as_bytes(),
        ),
        7 => tlv(
            0x86,
            random
                .pick(&["a.example.jp", ".example.jp", "other.test"])
                .as_bytes(),
        ),
        8 => tlv(
            0x87,
            random.pick(&[
                &[10, 0, 0, 0, 255, 0, 0, 0][..],
                &[10, 0, 0, 0, 255, 255, 0, 0],
                &[0; 32],
                &[192, 0, 2, 0, 255, 0, 255, 0],
            ]),
        ),
        9 | 10 => tlv(
            0xa4,
            &seq(&[
                &rdn("2.5.4.6", 0x13, random.pick(&["JP", "JP", "US"])),
                &rdn("2.5.4.10", random.pick(&[0x0c, 0x13]), "HONNIN-TEST"),
            ]),
        ),
        _ => tlv(0x88, &[0x2a, 3]),
    };
    let minimum = if random.chance(3) {
        tlv(0x80, &[random.below(2) as u8])
    } else {
        Vec::new()
    };
    seq(&[&base, &minimum])
}

/// An extension that means something, whether or not it belongs there.
pub fn some_extension(role: Role, random: &mut Random) -> Vec<u8> {
    let critical = random.chance(30);
    let small = |random: &mut Random| [random.below(4) as u8];
    match random.below(17) {
        0 => {
            let ca = random.chance(if role == Role::Authority { 85 } else { 10 });
            let flag = if ca { tlv(1, &[0xff]) } else { Vec::new() };
            let length = if random.chance(40) {
                int(&small(random))
            } else {
                Vec::new()
            };
            extension("2.5.29.19", random.chance(80), &seq(&[&flag, &length]))
        }
        1 => key_usage(random.pick(&[0x80, 0xc0, 0x40, 0x06, 0x04, 0x02, 0x86, 0x20, 0xa0, 0x08])),
        2 => {
            let purposes = [
                "1.3.6.1.5.5.7.3.2",
                "1.3.6.1.5.5.7.3.1",
                "1.3.6.1.5.5.7.3.4",
                "2.5.29.37.0",
                "1.2.3.4",
            ];
            let list: Vec<u8> = (0..1 + random.below(2))
                .flat_map(|_| oid(random.pick(&purposes)))
                .collect();
            extension("2.5.29.37", critical, &tlv(0x30, &list))
        }
        3 => extension("2.5.29.17", critical, &alt_names(random)),
        4 => extension("2.5.29.18", critical, &alt_names(random)),
        5 | 6 => {
            let mut list = |tag: u8, percent| {
                if random.chance(percent) {
                    tlv(
                        tag,
                        &(0..1 + random.below(3))
                            .flat_map(|_| subtree(random))
                            .collect::<Vec<_>>(),
                    )
                } else {
                    Vec::new()
                }
            };
            let permitted = list(0xa0, 70);
            let excluded = list(0xa1, if permitted.is_empty() { 95 } else { 40 });
            extension("2.5.29.30", true, &seq(&[&permitted, &excluded]))
        }
        7 | 8 => {
            let list: Vec<u8> = (0..1 + random.below(3))
                .flat_map(|_| policy_information(random))
                .collect();
            extension("2.5.29.32", critical, &tlv(0x30, &list))
        }
        9 => {
            let list: Vec<u8> = (0..1 + random.below(2))
                .flat_map(|_| seq(&[&oid(policy(random)), &oid(policy(random))]))
                .collect();
            extension("2.5.29.33", critical, &tlv(0x30, &list))
        }
        10 => {
            let explicit = if random.chance(70) {
                tlv(0x80, &small(random))
            } else {
                Vec::new()
            };
            let inhibit = if random.chance(40) {
                tlv(0x81, &small(random))
            } else {
                Vec::new()
            };
            extension("2.5.29.36", true, &seq(&[&explicit, &inhibit]))
        }
        11 => extension("2.5.29.54", true, &int(&small(random))),
        12 => extension("1.2.392.1.7", critical, &tlv(5, &[])),
        13 => extension("2.5.29.31", false, &distribution_points(random)),
        14 => extension(
            "1.3.6.1.5.5.7.1.1",
            false,
            &seq(&[&seq(&[
                &oid("1.3.6.1.5.5.7.48.1"),
                &tlv(0x86, b"http://ocsp.example.jp"),
            ])]),
        ),
        15 => extension("2.5.29.14", false, &tlv(4, &[random.byte(); 20])),
        _ => extension("2.5.29.35", false, &seq(&[&tlv(0x80, &[random.byte(); 20])])),
    }
}

fn policy_information(random: &mut Random) -> Vec<u8> {
    let qualifiers = match random.below(10) {
        0 => seq(&[&seq(&[
            &oid("1.3.6.1.5.5.7.2.1"),
            &tlv(0x16, b"http://www.example.jp/cps.html"),
        ])]),
        1 => seq(&[&seq(&[
            &oid("1.3.6.1.5.5.7.2.2"),
            &seq(&[&tlv(0x0c, b"a notice")]),
        ])]),
        2 => seq(&[&seq(&[&oid("1.2.3.9"), &tlv(5, &[])])]),
        _ => Vec::new(),
    };
    seq(&[&oid(policy(random)), &qualifiers])
}

/// The directory names that JPKI's partitions have, and others.
pub fn point_name(random: &mut Random) -> Vec<u8> {
    let directory = |part: &str| {
        let name = seq(&[
            &rdn("2.5.4.6", 0x13, "JP"),
            &rdn("2.5.4.11", 0x0c, "CRL Distribution Points"),
            &rdn("2.5.4.3", 0x0c, part),
        ]);
        tlv(0xa4, &name)
    };
    match random.below(6) {
        0..=2 => tlv(0xa0, &directory("Part 1")),
        3 => tlv(0xa0, &directory("Part 2")),
        4 => tlv(0xa0, &tlv(0x86, b"http://crl.example.jp/1.crl")),
        _ => tlv(0xa1, &seq(&[&oid("2.5.4.3"), &tlv(0x0c, b"Part 1")])),
    }
}

pub fn distribution_points(random: &mut Random) -> Vec<u8> {
    let count = 1 + usize::from(random.chance(20));
    let points: Vec<u8> = (0..count)
        .flat_map(|_| {
            let name = tlv(0xa0, &point_name(random));
            let reasons = if random.chance(20) {
                tlv(0x81, &[1, 0x7e])
            } else {
                Vec::new()
            };
            let issuer = if random.chance(10) {
                tlv(
                    0xa2,
                    &tlv(0xa4, &name_of(if random.chance(50) { "Root" } else { "Sub 1" })),
                )
            } else {
                Vec::new()
            };
            seq(&[&name, &reasons, &issuer])
        })
        .collect();
    tlv(0x30, &points)
}

fn name_of(common_name: &str) -> Vec<u8> {
    name(common_name)
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

/// Extensions on top, none twice.
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
    let extensions = vec![
        extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff])])),
        key_usage(0x06),
        extension("2.5.29.14", false, &tlv(4, &key.id())),
    ];
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

impl World {
    pub fn new(random: &mut Random) -> Self {
        let anchor = root(random);
        let mut intermediates: Vec<Certificate> = Vec::new();
        for number in 1..=random.below(3) {
            let issuer = intermediates.last().unwrap_or(&anchor).clone();
            let key = key(random, number);
            // Now and then self-issued: the name stays, the key changes.
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
            leaf,
        }
    }
}

/// A CRL of `issuer` about `world`'s certificates.
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
    let entries = if entries.is_empty() {
        entries
    } else {
        tlv(0x30, &entries)
    };
    let next = if random.chance(97) {
        time(NOW + DAY)
    } else {
        Vec::new()
    };
    let tbs = seq(&[
        &int(&[1]),
        &issuer.key.algorithm(),
        &issuer.subject,
        &time(NOW - random.pick(&[DAY, DAY, 2 * DAY])),
        &next,
        &entries,
        &tlv(0xa0, &tlv(0x30, &extensions.concat())),
    ]);
    seq(&[&tbs, &issuer.key.algorithm(), &bits(&issuer.key.sign(&tbs))])
}

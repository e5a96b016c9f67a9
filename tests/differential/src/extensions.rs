//! Meaningful extensions, in places where they belong and where they do not.

use crate::random::Random;
use crate::world::key_usage;
use crate::write::{extension, int, oid, rdn, seq, tlv};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Authority,
    Leaf,
}

const POLICIES: &[&str] = &["1.2.3.1", "1.2.3.1", "1.2.3.2", "1.2.3.3", "2.5.29.32.0"];

fn policy(random: &mut Random) -> &'static str {
    random.pick(POLICIES)
}

/// A name for subjectAltName. Many are in the subtrees of [`subtree`].
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

pub fn name_constraints(random: &mut Random) -> Vec<u8> {
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

/// A meaningful extension, which may not belong there.
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
        5 | 6 => name_constraints(random),
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

/// Directory names as in JPKI's partitions, and others.
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
                    &tlv(
                        0xa4,
                        &crate::write::name(if random.chance(50) { "Root" } else { "Sub 1" }),
                    ),
                )
            } else {
                Vec::new()
            };
            seq(&[&name, &reasons, &issuer])
        })
        .collect();
    tlv(0x30, &points)
}

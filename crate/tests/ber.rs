//! BER as CMS has it in the wild, rewritten with DER's lengths.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;
mod pki;

use std::borrow::Cow;

use honnin::der::ber::to_definite;
use honnin::der::{Element, Reader};
use pki::{seq, tlv};

fn indefinite(tag: u8, contents: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], contents, &[0, 0]].concat()
}

fn rewritten(bytes: &[u8]) -> Vec<u8> {
    let once = to_definite(bytes).unwrap().into_owned();
    assert!(matches!(to_definite(&once).unwrap(), Cow::Borrowed(same) if same == once));
    once
}

#[test]
fn der_stays_where_it_is() {
    let der = seq(&[&tlv(4, &[7; 300]), &tlv(0xa0, &seq(&[&[5, 0]])), &tlv(0x31, &[])]);
    for padded in [der.clone(), [&der[..], &[0; 1000]].concat()] {
        let Cow::Borrowed(same) = to_definite(&padded).unwrap() else {
            panic!("copied")
        };
        assert_eq!((same, same.as_ptr()), (&der[..], padded.as_ptr()));
    }
    assert!(to_definite(&[&der[..], &[0, 1]].concat()).is_err());
}

#[test]
fn indefinite_lengths_become_definite() {
    let inner = seq(&[&tlv(4, &[7; 200])]);
    let ber = indefinite(
        0x30,
        &[
            inner.clone(),
            indefinite(0xa0, &indefinite(0x31, &[])),
            tlv(2, &[1]),
        ]
        .concat(),
    );
    let der = seq(&[&inner, &tlv(0xa0, &tlv(0x31, &[])), &tlv(2, &[1])]);
    assert_eq!(rewritten(&ber), der);
    assert_eq!(rewritten(&[&ber[..], &[0; 7]].concat()), der);
    // Within a definite one.
    assert_eq!(rewritten(&seq(&[&ber])), seq(&[&der]));
}

#[test]
fn lengths_become_minimal() {
    assert_eq!(rewritten(&[0x30, 0x83, 0, 0, 3, 4, 0x81, 0]), [0x30, 2, 4, 0]);
    assert_eq!(rewritten(&[0x30, 0x82, 0, 3, 4, 1, 9]), [0x30, 3, 4, 1, 9]);
    let long = [&[0x30, 0x84, 0, 0, 0, 0x82, 4, 0x81, 0x7f][..], &[1; 0x7f]].concat();
    assert_eq!(rewritten(&long), seq(&[&tlv(4, &[1; 0x7f])]));
}

#[test]
fn strings_in_pieces_become_whole() {
    let pieces = [tlv(4, b"ab"), tlv(4, b""), tlv(4, b"cde")].concat();
    let expected = seq(&[&tlv(4, b"abcde")]);
    assert_eq!(rewritten(&seq(&[&tlv(0x24, &pieces)])), expected);
    assert_eq!(rewritten(&seq(&[&indefinite(0x24, &pieces)])), expected);
    let nested = [
        tlv(4, b"a"),
        indefinite(0x24, &tlv(4, b"bc")),
        tlv(0x24, &tlv(4, b"de")),
    ]
    .concat();
    assert_eq!(rewritten(&seq(&[&indefinite(0x24, &nested)])), expected);
    assert_eq!(rewritten(&indefinite(0x24, &[])), tlv(4, &[]));
    let text = [tlv(0x0c, "公".as_bytes()), tlv(0x0c, "的".as_bytes())].concat();
    assert_eq!(rewritten(&tlv(0x2c, &text)), tlv(0x0c, "公的".as_bytes()));
    for bad in [tlv(2, &[1]), tlv(0x0c, b"a"), seq(&[])] {
        assert!(to_definite(&indefinite(0x24, &bad)).is_err());
    }
}

#[test]
fn bit_strings_in_pieces() {
    let pieces = [tlv(3, &[0, 1, 2]), tlv(3, &[4, 0xf0])].concat();
    assert_eq!(rewritten(&indefinite(0x23, &pieces)), tlv(3, &[4, 1, 2, 0xf0]));
    assert_eq!(rewritten(&tlv(0x23, &[])), tlv(3, &[0]));
    let early = [tlv(3, &[4, 0xf0]), tlv(3, &[0, 1])].concat();
    assert!(to_definite(&tlv(0x23, &early)).is_err());
    assert!(to_definite(&tlv(0x23, &tlv(3, &[]))).is_err());
}

#[test]
fn what_is_no_ber() {
    for bad in [
        &[][..],
        &[0],
        &[0, 0],
        &[0x30],
        &[0x30, 0x80],
        &[0x30, 0x80, 0],
        &[0x30, 0x80, 0, 0x81, 0],
        &[0x30, 2, 0, 0],
        &[0x30, 3, 4, 2, 7],
        &[4, 0x80, 0, 0],
        &[0x30, 0xff, 1],
        &[0x3f, 0x1f, 0],
        &[0x30, 0x82, 0],
        // An indefinite one whose end lies behind that of the definite one around it.
        &[0x30, 4, 0x30, 0x80, 4, 0, 0, 0],
        &[0x30, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    ] {
        assert!(to_definite(bad).is_err(), "{bad:02x?}");
    }
}

#[test]
fn depth_is_bounded() {
    let nest = |depth: usize| (0..depth).fold(tlv(5, &[]), |inner, _| indefinite(0x30, &inner));
    let definite = (0..64).fold(tlv(5, &[]), |inner, _| tlv(0x30, &inner));
    assert_eq!(rewritten(&nest(64)), definite);
    assert!(to_definite(&nest(65)).is_err());
    assert!(to_definite(&[0x30, 0x80].repeat(1_000_000)).is_err());
    assert!(to_definite(&[0x24, 0x80].repeat(1_000_000)).is_err());
}

#[test]
fn pieces_are_bounded() {
    let pieces = tlv(4, b"x").repeat(200_000);
    assert_eq!(rewritten(&indefinite(0x24, &pieces)), tlv(4, &[b'x'; 200_000]));
    assert!(to_definite(&indefinite(0x24, &tlv(4, b"x").repeat(300_000))).is_err());
    // What need not be rewritten does not count.
    let many = tlv(0x30, &tlv(2, &[1]).repeat(400_000));
    assert_eq!(rewritten(&indefinite(0x30, &many)), seq(&[&many]));
}

/// Random structures, written as DER and as BER of the same meaning.
#[test]
fn every_writing_comes_to_the_same() {
    fn build(random: &mut common::Random, depth: usize) -> (Vec<u8>, Vec<u8>) {
        if depth == 0 || random.below(4) == 0 {
            let contents: Vec<u8> = (0..random.below(300)).map(|_| random.next() as u8).collect();
            let der = tlv(4, &contents);
            let at = random.below(contents.len() + 1);
            let pieces = [tlv(4, &contents[..at]), tlv(4, &contents[at..])].concat();
            let ber = match random.below(4) {
                0 => indefinite(0x24, &pieces),
                1 => tlv(0x24, &pieces),
                2 => [
                    &[4, 0x83, 0],
                    &(contents.len() as u16).to_be_bytes()[..],
                    &contents,
                ]
                .concat(),
                _ => der.clone(),
            };
            return (der, ber);
        }
        let (mut der, mut ber) = (Vec::new(), Vec::new());
        for _ in 0..random.below(5) {
            let (one, other) = build(random, depth - 1);
            der.extend(one);
            ber.extend(other);
        }
        let tag = [0x30, 0x31, 0xa0][random.below(3)];
        let ber = if random.below(2) == 0 {
            indefinite(tag, &ber)
        } else {
            tlv(tag, &ber)
        };
        (tlv(tag, &der), ber)
    }
    let mut random = common::Random::new(7);
    for _ in 0..3_000 {
        let (der, ber) = build(&mut random, 6);
        assert_eq!(rewritten(&ber), der);
        let changed = common::mutate(&mut random, &ber, &[&[0x80], &[0, 0], &[0x24, 0x80], &[0x84]]);
        if let Ok(ended) = to_definite(&changed) {
            let mut reader = Reader::new(&ended);
            let Element { raw, .. } = reader.element().unwrap();
            assert_eq!(raw.len(), ended.len());
        }
    }
}

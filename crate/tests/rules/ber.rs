//! BER on the outer levels of CMS: lengths, strings in pieces, what follows the end.

use crate::common;
use std::borrow::Cow;

use crate::synthetic::der::{indefinite, integer, octets, padded, sequence, tlv};
use honnin::der::Malformed;
use honnin::der::ber::{MAX_DEPTH, Reader, outer_sequence};

fn string(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Malformed> {
    let mut reader = Reader::new(bytes);
    let string = reader.octet_string()?;
    reader.finish()?;
    Ok(string)
}

#[test]
fn lengths() {
    let contents = vec![7; 200];
    for (raw, is_der) in [
        (tlv(0x30, &contents), true),
        (padded(0x30, &contents), false),
        (tlv(0x30, &[]), true),
        (vec![0x30, 0x81, 0x00], false),
        (vec![0x30, 0x80, 0, 0], false),
        (vec![0x30, 0x88, 0, 0, 0, 0, 0, 0, 0, 1, 5], false),
    ] {
        let followed = [&raw[..], &[2, 1, 1]].concat();
        let mut reader = Reader::new(&followed);
        let element = reader.element().unwrap();
        assert_eq!(element.raw, raw);
        assert_eq!(element.length_is_der, is_der);
        assert_eq!(reader.small_integer(), Ok(1));
        assert_eq!(reader.finish(), Ok(()));
    }
}

#[test]
fn an_element_of_indefinite_length_ends_where_it_ends() {
    // An end within a definite element, and one within an indefinite one, are not the end.
    let inner = [
        octets(&[0, 0]),
        indefinite(0x30, &integer(0)),
        indefinite(0xa0, &indefinite(0x31, &octets(&[0, 0, 0]))),
    ]
    .concat();
    let bytes = [indefinite(0x30, &inner), vec![0, 0]].concat();
    let mut reader = Reader::new(&bytes);
    let element = reader.element().unwrap();
    assert_eq!(element.value, inner);
    assert_eq!(reader.rest(), [0, 0]);
    let unended = &bytes[..bytes.len() - 4];
    assert!(Reader::new(unended).element().is_err());
}

#[test]
fn strings_in_pieces() {
    assert!(matches!(string(&octets(b"whole")), Ok(Cow::Borrowed(b"whole"))));
    for raw in [
        tlv(0x24, &[octets(b"wh"), octets(b""), octets(b"ole")].concat()),
        indefinite(0x24, &[octets(b"wh"), octets(b"ole")].concat()),
        indefinite(
            0x24,
            &[tlv(0x24, &octets(b"who")), indefinite(0x24, &octets(b"le"))].concat(),
        ),
    ] {
        assert_eq!(string(&raw).unwrap(), &b"whole"[..]);
    }
    assert_eq!(string(&indefinite(0x24, &[])).unwrap(), &b""[..]);
    for wrong in [
        tlv(0x24, &integer(1)),
        tlv(0x24, b"\x04"),
        integer(1),
        sequence(&[]),
        Vec::new(),
    ] {
        assert!(string(&wrong).is_err());
    }
}

#[test]
fn depth_is_bounded() {
    let nest = |depth: usize, definite: bool| {
        let mut string = octets(b"x");
        for _ in 0..depth {
            string = if definite {
                tlv(0x24, &string)
            } else {
                indefinite(0x24, &string)
            };
        }
        string
    };
    for definite in [true, false] {
        assert_eq!(string(&nest(MAX_DEPTH, definite)).unwrap(), &b"x"[..]);
        assert!(string(&nest(MAX_DEPTH + 1, definite)).is_err());
        assert!(string(&nest(2_000, definite)).is_err());
    }
}

#[test]
fn what_is_refused() {
    for wrong in [
        &[0x30][..],
        &[0x1f, 1, 0],
        &[0x3f, 0x81, 1, 0],
        // End-of-contents octets where nothing ends; a primitive element of indefinite length.
        &[0, 0],
        &[0x04, 0x80, 1, 0, 0],
        &[0x30, 5, 1],
        &[0x30, 0x82, 1],
        &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        &[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &[0x30, 0xff],
        &[0x30, 0x80, 0],
        &[0x30, 0x80, 0x30, 0x80, 0, 0],
    ] {
        assert!(Reader::new(wrong).element().is_err(), "{wrong:02x?}");
    }
}

#[test]
fn zeros_may_follow_the_whole() {
    let bytes = [indefinite(0x30, &integer(5)), vec![0; 9]].concat();
    assert_eq!(outer_sequence(&bytes).unwrap().small_integer(), Ok(5));
    let bytes = [sequence(&[&integer(5)]), vec![0, 0, 1]].concat();
    assert!(outer_sequence(&bytes).is_err());
    assert!(outer_sequence(&integer(5)).is_err());
    assert!(outer_sequence(&[]).is_err());
}

#[test]
fn random_bytes_never_panic() {
    let mut random = common::Random::new(6);
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random.below(40))
            .map(|_| {
                *[0x30, 0x80, 0x24, 0x04, 0, 1, 2, 0x84, 0xff][random.below(9)..]
                    .first()
                    .unwrap()
            })
            .collect();
        let mut reader = Reader::new(&bytes);
        while let Ok(element) = reader.element() {
            assert!(element.raw.len() >= 2 && element.value.len() < element.raw.len());
        }
        let _ = string(&bytes);
    }
}

//! What the DER reader accepts and rejects (X.690 §10, §11; times in the form of RFC 5280 §4.1.2.5).

use crate::common;
use honnin::der::{BitString, Oid, Reader, civil_from_seconds, contents_from_text, outer_sequence};

#[test]
fn lengths_are_definite_and_minimal() {
    let long = [&[4, 0x81, 0x80][..], &[7; 0x80]].concat();
    for good in [&[4, 0][..], &[4, 1, 7], &long] {
        let mut reader = Reader::new(good);
        let element = reader.element().unwrap();
        assert_eq!((element.tag, element.raw), (4, good));
        assert!(reader.finish().is_ok());
    }
    for bad in [
        &[][..],
        &[4],
        &[4, 1],
        &[4, 2, 7],
        &[4, 0x80, 0, 0],
        &[4, 0x81, 0x7f],
        &[4, 0x81, 1, 7],
        &[4, 0x82, 0, 0x80],
        &[4, 0x81],
        &[4, 0x84, 0xff, 0xff, 0xff, 0xff],
        &[4, 0x85, 1, 0, 0, 0, 0],
        &[4, 0xff, 1],
        &[0x1f, 0x1f, 0],
        &[0, 0],
    ] {
        assert!(Reader::new(bad).element().is_err(), "{bad:02x?}");
    }
}

#[test]
fn an_error_says_nothing_was_read() {
    let mut reader = Reader::new(&[4, 1, 7, 2, 5]);
    assert!(reader.integer().is_err());
    assert_eq!(reader.contents(4), Ok(&[7][..]));
    assert!(reader.element().is_err());
    assert!(!reader.is_empty() && reader.finish().is_err());
}

#[test]
fn integers_are_minimal() {
    let read = |bytes: &[u8]| Reader::new(bytes).integer().map(<[u8]>::to_vec);
    for good in [
        &[0][..],
        &[1],
        &[0x7f],
        &[0x80],
        &[0, 0x80],
        &[0xff, 0x7f],
        &[0xff],
    ] {
        assert_eq!(read(&[&[2, good.len() as u8], good].concat()).unwrap(), good);
    }
    for bad in [&[][..], &[0, 0], &[0, 0x7f], &[0xff, 0x80], &[0xff, 0xff]] {
        assert!(
            read(&[&[2, bad.len() as u8], bad].concat()).is_err(),
            "{bad:02x?}"
        );
    }
    let small = |bytes: &[u8]| Reader::new(bytes).small_integer();
    assert_eq!(small(&[2, 5, 0, 0xff, 0xff, 0xff, 0xff]), Ok(u32::MAX));
    assert!(small(&[2, 5, 1, 0, 0, 0, 0]).is_err());
    assert!(small(&[2, 1, 0x80]).is_err());
}

#[test]
fn booleans_are_00_or_ff() {
    let read = |byte| Reader::new(&[1, 1, byte]).boolean();
    assert_eq!((read(0), read(0xff)), (Ok(false), Ok(true)));
    assert!(read(1).is_err() && Reader::new(&[1, 0]).boolean().is_err());
    assert_eq!(Reader::new(&[]).boolean_default_false(), Ok(false));
    assert!(Reader::new(&[1, 1, 0]).boolean_default_false().is_err());
}

#[test]
fn bit_strings_are_canonical() {
    let read = BitString::from_contents;
    assert!(read(&[]).is_err() && read(&[1]).is_err() && read(&[8, 0]).is_err());
    assert!(read(&[1, 1]).is_err());
    let bits = read(&[1, 6]).unwrap();
    assert!(bits.bit(5) && bits.bit(6) && !bits.bit(0) && !bits.bit(7) && !bits.bit(99));
    assert_eq!(bits.named_bits(), Ok(0b110_0000));
    assert!(bits.whole_bytes().is_err());
    assert_eq!(read(&[7, 0x80, 0x80]).unwrap().named_bits(), Ok(0x101));
    assert!(
        read(&[0, 6]).unwrap().named_bits().is_err(),
        "a trailing zero bit"
    );
    assert_eq!(read(&[0]).unwrap().named_bits(), Ok(0));
    assert_eq!(read(&[0, 1, 2]).unwrap().whole_bytes(), Ok(&[1, 2][..]));
}

#[test]
fn identifiers_and_their_text() {
    for (text, bytes) in [
        ("2.5.29.32.0", &[0x55, 0x1d, 32, 0][..]),
        (
            "1.2.392.200149.8.5.1.1.20",
            &[0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 8, 5, 1, 1, 20],
        ),
        ("0.0", &[0]),
        ("0.39", &[39]),
        ("1.0", &[40]),
        ("2.0", &[80]),
        ("2.999.3", &[0x88, 0x37, 3]),
        ("2.25.4294967296", &[0x69, 0x90, 0x80, 0x80, 0x80, 0]),
        // The last number of 64 bits, and the next.
        (
            "2.25.18446744073709551615",
            &[&[0x69, 0x81][..], &[0xff; 8], &[0x7f]].concat(),
        ),
        (
            "2.25.18446744073709551616",
            &[&[0x69, 0x82][..], &[0x80; 8], &[0]].concat(),
        ),
        (
            "2.25.340282366920938463463374607431768211455",
            &[&[0x69, 0x83][..], &[0xff; 17], &[0x7f]].concat(),
        ),
    ] {
        assert_eq!(Oid::from_contents(bytes).unwrap().to_string(), text);
        assert_eq!(contents_from_text(text).unwrap(), bytes, "{text}");
    }
    for bad in [
        "",
        "1",
        "3.1",
        "1.40",
        "1..2",
        "1.2.",
        "1.02",
        "1.2.x",
        "+1.2",
        "0.-1",
        // 2^128, and 2^128 with the 80 that are added to it.
        "2.25.340282366920938463463374607431768211456",
        "2.340282366920938463463374607431768211455",
    ] {
        assert_eq!(contents_from_text(bad), None, "{bad}");
    }
    for bad in [&[][..], &[0x80, 1], &[0x2a, 0x80, 1], &[0x2a, 0x83], &[1; 65]] {
        assert!(Oid::from_contents(bad).is_err(), "{bad:02x?}");
    }
    // More than 128 bits: read, but not shown.
    let huge = [&[0x2a][..], &[0xff; 30], &[1]].concat();
    assert_eq!(Oid::from_contents(&huge).unwrap().to_string(), "1.2.?");
    let huge = [&huge[1..], &[1]].concat();
    assert_eq!(Oid::from_contents(&huge).unwrap().to_string(), "2.?.1");
}

#[test]
fn times() {
    let utc = |text: &[u8]| Reader::new(&[&[0x17, text.len() as u8], text].concat()).time();
    let general = |text: &[u8]| Reader::new(&[&[0x18, text.len() as u8], text].concat()).time();
    assert_eq!(utc(b"700101000000Z"), Ok(0));
    assert_eq!(utc(b"491231235959Z"), Ok(2_524_607_999));
    assert_eq!(utc(b"500101000000Z"), Ok(-631_152_000));
    assert_eq!(utc(b"000229000000Z"), Ok(951_782_400));
    assert_eq!(general(b"20000229000000Z"), Ok(951_782_400));
    assert_eq!(general(b"99991231235959Z"), Ok(253_402_300_799));
    assert_eq!(general(b"00000101000000Z"), Ok(-62_167_219_200));
    for bad in [
        &b"7001010000Z"[..],
        b"700101000000",
        b"700101000000+",
        b"7001010000000",
        b"700001000000Z",
        b"701301000000Z",
        b"700100000000Z",
        b"700132000000Z",
        b"700230000000Z",
        b"010229000000Z",
        b"700101240000Z",
        b"700101006000Z",
        b"700101000060Z",
        b"7001010000-1Z",
        b"20700101000000Z",
    ] {
        assert!(utc(bad).is_err(), "{}", String::from_utf8_lossy(bad));
    }
    for bad in [
        &b"19700101000000.0Z"[..],
        b"197001010000Z",
        b"19000229000000Z",
        b"19700101000000",
    ] {
        assert!(general(bad).is_err(), "{}", String::from_utf8_lossy(bad));
    }
    assert!(Reader::new(&[0x16, 1, 0x30]).time().is_err());
    assert_eq!(civil_from_seconds(951_782_399), (2000, 2, 28, 23, 59, 59));
    assert_eq!(civil_from_seconds(-1), (1969, 12, 31, 23, 59, 59));
}

#[test]
fn times_go_there_and_back() {
    let mut random = common::Random::new(5);
    for _ in 0..20_000 {
        let seconds = (random.next() % 315_537_897_600) as i64 - 62_135_596_800;
        let (year, month, day, hour, minute, second) = civil_from_seconds(seconds);
        let text = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z");
        let element = [&[0x18, 15], text.as_bytes()].concat();
        assert_eq!(Reader::new(&element).time(), Ok(seconds), "{text}");
    }
}

#[test]
fn nothing_may_follow() {
    assert!(outer_sequence(&[0x30, 0]).is_ok());
    assert!(outer_sequence(&[0x30, 0, 0]).is_err());
    assert!(outer_sequence(&[0x31, 0]).is_err());
    assert!(outer_sequence(&[]).is_err());
}

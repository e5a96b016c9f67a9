//! What may change in a signed package without being noticed, because it says the same: no more and no less than its page says.

use crate::synthetic;
use crate::synthetic::der::{bits, sequence, tlv, unsigned};
use crate::synthetic::lists;
use crate::synthetic::package::{Bench, SERIAL, TIME, base64, set};
use serde_json::json;

const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// Header length and length of the contents.
fn header(der: &[u8]) -> (usize, usize) {
    match der[1] {
        short @ ..0x80 => (2, usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            let length = der[2..2 + count]
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            (2 + count, length)
        }
    }
}

/// The elements within an element.
fn parts(der: &[u8]) -> Vec<Vec<u8>> {
    let (start, length) = header(der);
    let mut rest = &der[start..start + length];
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (start, length) = header(rest);
        found.push(rest[..start + length].to_vec());
        rest = &rest[start + length..];
    }
    found
}

/// The response with its BasicOCSPResponse changed.
fn with_basic(response: &[u8], change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let outer = parts(response);
    let bytes = parts(&parts(&outer[1])[0]);
    let (start, _) = header(&bytes[1]);
    let mut basic = parts(&bytes[1][start..]);
    change(&mut basic);
    let basic = tlv(0x30, &basic.concat());
    let bytes = sequence(&[&bytes[0], &tlv(4, &basic)]);
    sequence(&[&outer[0], &tlv(0xa0, &bytes)])
}

/// A BIT STRING around (r, s), with (r, n − s).
fn mirrored(signature: &[u8]) -> Vec<u8> {
    let (start, _) = header(signature);
    let numbers = parts(&signature[start + 1..]);
    let s = &numbers[1][2..];
    let mut difference: Vec<u8> = (0..32)
        .map(|at| u8::from_str_radix(&ORDER[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    let mut borrow = 0i16;
    for (at, byte) in difference.iter_mut().rev().enumerate() {
        let other = s.len().checked_sub(at + 1).map_or(0, |place| i16::from(s[place]));
        let left = i16::from(*byte) - other - borrow;
        borrow = i16::from(left < 0);
        *byte = (left + 256 * borrow) as u8;
    }
    let short: Vec<u8> = difference.into_iter().skip_while(|byte| *byte == 0).collect();
    bits(&sequence(&[&numbers[0], &unsigned(&short)]))
}

#[test]
fn the_other_signature_of_ecdsa() {
    let bench = Bench::new();
    let response = lists::ocsp(&bench.authority, SERIAL, false);
    let mirrored_response = with_basic(&response, |basic| basic[2] = mirrored(&basic[2]));
    assert_ne!(mirrored_response, response);
    assert_eq!(
        bench.code(&bench.with_evidence(json!(TIME), &[], &[mirrored_response])),
        "valid"
    );
    let mut leaf = parts(&bench.leaf);
    leaf[2] = mirrored(&leaf[2]);
    let leaf = tlv(0x30, &leaf.concat());
    assert_ne!(leaf, bench.leaf);
    assert_eq!(
        bench.code(&set(&bench.package, "/certificate", json!(base64(&leaf)))),
        "valid"
    );
}

#[test]
fn what_no_signature_covers() {
    let bench = Bench::new();
    let response = lists::ocsp(&bench.authority, SERIAL, false);
    let empty = with_basic(&response, |basic| basic.push(vec![0xa0, 2, 0x30, 0]));
    let own = with_basic(&response, |basic| basic.push(tlv(0xa0, &tlv(0x30, &bench.leaf))));
    for changed in [empty, own] {
        assert_eq!(
            bench.code(&bench.with_evidence(json!(TIME), &[], &[changed])),
            "valid"
        );
    }
    // One that the authority did not issue, and what is no certificate, are noticed.
    let stranger = synthetic::cert::Authority::new(
        "Stranger",
        synthetic::cert::Kind::Sign,
        1,
        synthetic::keys::Key::p256("stranger"),
    );
    for foreign in [stranger.certificate, vec![5, 0]] {
        let changed = with_basic(&response, |basic| basic.push(tlv(0xa0, &tlv(0x30, &foreign))));
        assert_ne!(
            bench.code(&bench.with_evidence(json!(TIME), &[], &[changed])),
            "valid"
        );
    }
}

#[test]
fn a_piece_of_evidence_beside_another_of_its_time() {
    let bench = Bench::new();
    let response = lists::ocsp(&bench.authority, SERIAL, false);
    let both = bench.with_evidence(json!(TIME), &[], &[response.clone(), response.clone()]);
    let one = bench.with_evidence(json!(TIME), &[], &[response]);
    assert_eq!(
        (bench.code(&both).as_str(), bench.code(&one).as_str()),
        ("valid", "valid")
    );
    // The last one is missed.
    assert_ne!(bench.code(&bench.with_evidence(json!(TIME), &[], &[])), "valid");
}

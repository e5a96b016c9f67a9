//! Incremental hashing through the boundary.

use crate::common::{Random, code_of};
use base64ct::{Base64, Encoding as _};
use honnin::boundary;
use honnin::signature::Hash;
use serde_json::{Value, json};

fn hash_in_pieces(hash: &str, data: &[u8], length: usize) -> Value {
    let mut state: Option<String> = None;
    let mut pieces = data.chunks(length).peekable();
    loop {
        let piece = pieces.next().unwrap_or_default();
        let last = pieces.peek().is_none();
        let before = state.take().map(|text| Base64::decode_vec(&text).unwrap());
        let mut options = json!({"hash": hash, "last": last});
        let bytes = [before.clone().unwrap_or_default(), piece.to_vec()].concat();
        let offset = bytes.len() - piece.len();
        if before.is_some() {
            options["state"] = json!([0, offset]);
        }
        options["data"] = json!([offset, piece.len()]);
        let answer: Value = serde_json::from_str(&boundary::digest(&options.to_string(), &bytes)).unwrap();
        assert_eq!(answer["ok"], json!(true), "{answer}");
        if last {
            return answer["digest"].clone();
        }
        state = Some(answer["state"].as_str().unwrap().to_owned());
    }
}

#[test]
fn hashing_piece_by_piece() {
    let data: Vec<u8> = (0..1_000_u32).map(|at| (at * 31 % 251) as u8).collect();
    for (name, hash) in [
        ("sha256", Hash::Sha256),
        ("sha384", Hash::Sha384),
        ("sha512", Hash::Sha512),
    ] {
        for length in [0, 1, 63, 64, 65, 127, 128, 129, 1_000] {
            let data = &data[..length];
            let expected = json!(Base64::encode_string(&hash.digest(data)));
            for piece in [1, 7, 63, 64, 65, 127, 128, 129, 1_000] {
                assert_eq!(
                    hash_in_pieces(name, data, piece),
                    expected,
                    "{name}: {length} by {piece}"
                );
            }
        }
    }
}

#[test]
fn states_that_nobody_gave() {
    let mut random = Random::new(7);
    for (name, length) in [("sha256", 104), ("sha384", 200), ("sha512", 200)] {
        let mut taken = 0;
        for round in 0..2_000 {
            let exact = round % 2 == 0;
            let length = if exact { length } else { random.below(300) };
            let mut state: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
            match round % 5 {
                0 => state.fill(0xff),
                1 => state.fill(0),
                _ => {}
            }
            for last in [false, true] {
                let options =
                    json!({"hash": name, "state": [0, length], "data": [0, length.min(200)], "last": last});
                let code = code_of(&boundary::digest(&options.to_string(), &state));
                assert!(["valid", "options-invalid"].contains(&code.as_str()), "{code}");
                taken += usize::from(code == "valid");
            }
        }
        assert!(taken > 0 && taken < 4_000, "{name}: {taken}");
    }
    for options in [
        json!({}),
        json!({"hash": "sha1", "data": [0, 0], "last": true}),
        json!({"hash": "sha256", "last": true}),
        json!({"hash": "sha256", "data": [0, 0]}),
        json!({"hash": "sha256", "data": [0, 1], "last": true}),
        json!({"hash": "sha256", "data": [0, 0], "last": true, "more": 1}),
    ] {
        assert_eq!(
            code_of(&boundary::digest(&options.to_string(), b"")),
            "options-invalid",
            "{options}"
        );
    }
}

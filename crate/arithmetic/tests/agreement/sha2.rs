//! SHA-2 against the RustCrypto crate.

use honnin_arithmetic::sha2::{Sha256, Sha512};
use sha2::Digest as _;

use crate::support::{Random, cases};

fn data(length: usize) -> Vec<u8> {
    let mut random = Random(1);
    (0..length).map(|_| random.next() as u8).collect()
}

/// The three digests of these pieces, each through the state of the one before.
fn own(pieces: &[&[u8]]) -> [Vec<u8>; 3] {
    let (mut short, mut long, mut cut) = (Sha256::new_256(), Sha512::new_512(), Sha512::new_384());
    for piece in pieces {
        short = Sha256::from_state(&short.state()).unwrap();
        long = Sha512::from_state(&long.state()).unwrap();
        cut = Sha512::from_state(&cut.state()).unwrap();
        short.update(piece);
        long.update(piece);
        cut.update(piece);
    }
    [
        short.finish().to_vec(),
        long.finish().to_vec(),
        cut.finish()[..48].to_vec(),
    ]
}

fn reference(data: &[u8]) -> [Vec<u8>; 3] {
    [
        sha2::Sha256::digest(data).to_vec(),
        sha2::Sha512::digest(data).to_vec(),
        sha2::Sha384::digest(data).to_vec(),
    ]
}

#[test]
fn every_length_in_two_pieces_agrees() {
    let data = data(400);
    for length in 0..=data.len() {
        let data = &data[..length];
        let right = reference(data);
        for cut in [
            0,
            1,
            55,
            63,
            64,
            65,
            111,
            127,
            128,
            129,
            length / 2,
            length.saturating_sub(1),
        ] {
            let (first, second) = data.split_at(cut.min(length));
            assert_eq!(own(&[first, second]), right, "{length} {cut}");
        }
    }
}

#[test]
fn many_pieces_agree() {
    let mut random = Random(2);
    let data = data(2_000);
    for _ in 0..cases(500) {
        let data = &data[..random.below(2_000) as usize];
        let (mut rest, mut pieces) = (data, vec![]);
        while !rest.is_empty() {
            let length = 1 + random.below(300) as usize;
            let (piece, later) = rest.split_at(length.min(rest.len()));
            pieces.push(piece);
            rest = later;
        }
        assert_eq!(own(&pieces), reference(data));
    }
}

#[test]
fn several_mebibytes_agree() {
    let data = data((3 << 20) + 77);
    let pieces: Vec<&[u8]> = data.chunks(100_003).collect();
    assert_eq!(own(&pieces), reference(&data));
}

/// The length counts in bits, so it passes 2³² and more. The state continues at any number of whole blocks, and the
/// reference is its compression of a last block.
#[test]
fn long_lengths_are_those_of_the_padding() {
    for shift in 7..48 {
        let length = (1_u64 << 48) - (1_u64 << shift);
        let mut state = Sha256::new_256().state();
        state[32..40].copy_from_slice(&length.to_be_bytes());
        let mut hash: [u32; 8] =
            std::array::from_fn(|at| u32::from_be_bytes(state[4 * at..4 * at + 4].try_into().unwrap()));
        let mut block = [0; 64];
        block[0] = 0x80;
        block[56..].copy_from_slice(&(8 * length).to_be_bytes());
        sha2::block_api::compress256(&mut hash, &[block]);
        let own = Sha256::from_state(&state).unwrap().finish();
        assert_eq!(own, hash.map(u32::to_be_bytes).as_flattened());
        let mut state = Sha512::new_512().state();
        state[64..72].copy_from_slice(&length.to_be_bytes());
        let mut hash: [u64; 8] =
            std::array::from_fn(|at| u64::from_be_bytes(state[8 * at..8 * at + 8].try_into().unwrap()));
        let mut block = [0; 128];
        block[0] = 0x80;
        block[120..].copy_from_slice(&(8 * length).to_be_bytes());
        sha2::block_api::compress512(&mut hash, &[block]);
        let own = Sha512::from_state(&state).unwrap().finish();
        assert_eq!(own, hash.map(u64::to_be_bytes).as_flattened());
    }
}

macro_rules! refuses_other_states {
    ($new:expr, $from:path, $size:literal, $words:literal, $block:literal) => {
        let start = $new;
        for length in 0..3 * $block {
            let mut hash = start.clone();
            hash.update(&data(length));
            let state = hash.state();
            assert_eq!($from(&state).unwrap().state(), state);
            // Each byte that does not count has to be zero, and each that counts can be any.
            for at in $words + 8..$size {
                let mut state = state;
                state[at] ^= 0x40;
                let counts = at - ($words + 8) < length % $block;
                assert_eq!($from(&state).is_some(), counts, "{length} {at}");
            }
            // The number of bytes is the number, and below 2⁴⁸.
            assert_eq!(&state[$words..$words + 8], (length as u64).to_be_bytes());
            for at in $words..$words + 8 {
                let mut state = state;
                state[at] = 0x80;
                let valid = match at - $words {
                    0 | 1 => false,
                    // A multiple of the block, after which no bytes count.
                    7 => length % $block == 0,
                    _ => true,
                };
                assert_eq!($from(&state).is_some(), valid, "{length} {at}");
            }
        }
    };
}

#[test]
fn other_states_are_refused() {
    refuses_other_states!(Sha256::new_256(), Sha256::from_state, 104, 32, 64);
    refuses_other_states!(Sha512::new_512(), Sha512::from_state, 200, 64, 128);
    for (length, valid) in [((1_u64 << 48) - 1, true), (1 << 48, false), (u64::MAX, false)] {
        let (mut short, mut long) = (Sha256::new_256().state(), Sha512::new_512().state());
        short[32..40].copy_from_slice(&length.to_be_bytes());
        long[64..72].copy_from_slice(&length.to_be_bytes());
        assert_eq!(Sha256::from_state(&short).is_some(), valid, "{length}");
        assert_eq!(Sha512::from_state(&long).is_some(), valid, "{length}");
    }
}

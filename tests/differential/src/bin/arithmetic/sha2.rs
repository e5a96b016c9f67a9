//! SHA-2: the digests of messages in pieces, some of them through a state.

use honnin_arithmetic::sha2::{Sha256, Sha512};
use openssl::sha;
use sha2::Digest as _;

use crate::random::Random;
use crate::tally::{Tally, hex};

/// A piece goes into each hash, after its state was written and read.
fn update(hashes: &mut (Sha256, Sha512, Sha512), piece: &[u8], through_state: bool) {
    let (short, long, cut) = hashes;
    if through_state {
        *short = Sha256::from_state(&short.state()).expect("a state");
        *long = Sha512::from_state(&long.state()).expect("a state");
        *cut = Sha512::from_state(&cut.state()).expect("a state");
    }
    short.update(piece);
    long.update(piece);
    cut.update(piece);
}

pub fn run(random: &mut Random, tally: &mut Tally) {
    for at in 0..crate::CASES {
        let length = random.below(if at % 16 == 0 { 1_500 } else { 300 });
        let data: Vec<u8> = (0..length).map(|_| random.byte()).collect();
        let mut hashes = (Sha256::new_256(), Sha512::new_512(), Sha512::new_384());
        let mut rest = data.as_slice();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(1 + random.below(rest.len()));
            update(&mut hashes, piece, random.chance(20));
            rest = after;
        }
        let (short, long, cut) = hashes;
        let (short, long, cut) = (short.finish(), long.finish(), cut.finish());
        let mut same =
            short == sha::sha256(&data) && long == sha::sha512(&data) && cut[..48] == sha::sha384(&data);
        tally.openssl += 1;
        if at % 16 == 0 {
            same &= short == sha2::Sha256::digest(&data)[..]
                && long == sha2::Sha512::digest(&data)[..]
                && cut[..48] == sha2::Sha384::digest(&data)[..];
            tally.rustcrypto += 1;
        }
        tally.cases += 1;
        if !same {
            tally.different.push(hex(&data));
        }
    }
}

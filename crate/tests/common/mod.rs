//! Shared by several suites: a seeded random number generator, mutations of bytes, and results of the
//! boundary.
#![allow(dead_code)]

use serde_json::Value;

/// SplitMix64: the same sequence on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Changes a few places: replaces, removes or doubles a byte, inserts a part of another text, or truncates.
pub fn mutate(random: &mut Random, bytes: &[u8], pieces: &[&[u8]]) -> Vec<u8> {
    let mut mutated = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(mutated.len() + 1);
        match random.below(6) {
            0 if at < mutated.len() => mutated[at] = random.next() as u8,
            1 if at < mutated.len() => mutated[at] ^= 1 << random.below(8),
            2 if at < mutated.len() => drop(mutated.remove(at)),
            3 if at < mutated.len() => {
                let end = (at + 1 + random.below(12)).min(mutated.len());
                let copy = mutated[at..end].to_vec();
                mutated.splice(at..at, copy);
            }
            4 if random.below(8) == 0 => mutated.truncate(at),
            _ => {
                let piece = random.pick(pieces).to_vec();
                mutated.splice(at..at, piece);
            }
        }
    }
    mutated
}

/// The code of a boundary result, or `valid`.
pub fn code_of(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    match answer["ok"].as_bool().unwrap() {
        true => "valid".into(),
        false => answer["code"].as_str().unwrap().to_owned(),
    }
}

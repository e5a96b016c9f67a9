//! Fuzzing: inputs made from valid ones by changes, and the properties of every result. The fuzz targets in
//! `crate/fuzz` use the same code.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod boundary;
mod bundle;
mod effort;
mod inspect;
mod message;
mod mutate;
mod mutate_json;
mod package;
mod path;
mod path_seeds;
mod pdf;
mod sign;
mod token;
mod tree;
mod vocabulary;

use crate::common::{self, Random};
pub use bundle::Bundle;
use tree::Node;

pub struct Target {
    pub name: &'static str,
    pub seeds: fn() -> Vec<Bundle>,
    /// Panics if a property is violated. Returns whether the input was accepted.
    pub run: fn(&[u8]) -> bool,
}

pub const TARGETS: &[Target] = &[
    Target {
        name: "path",
        seeds: path_seeds::seeds,
        run: path::run,
    },
    Target {
        name: "message",
        seeds: message_and_pdf_seeds,
        run: run_message_or_pdf,
    },
    Target {
        name: "boundary",
        seeds: boundary::seeds,
        run: boundary::run,
    },
    Target {
        name: "token",
        seeds: token::seeds,
        run: token::run,
    },
    Target {
        name: "package",
        seeds: package::seeds,
        run: package::run,
    },
    Target {
        name: "inspect",
        seeds: inspect::seeds,
        run: inspect::run,
    },
];

fn message_and_pdf_seeds() -> Vec<Bundle> {
    [message::seeds(), pdf::seeds()].concat()
}

fn run_message_or_pdf(input: &[u8]) -> bool {
    let bundle = Bundle::read(input);
    if bundle.all('f').is_empty() {
        message::run(input)
    } else {
        pdf::run(&bundle)
    }
}

/// Changes an input. `native` changes bytes without regard to the structure.
pub fn mutate(input: &[u8], seed: u64, native: &mut dyn FnMut(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut bundle = Bundle::read(input);
    mutate::mutate(&mut bundle, &mut Random::new(seed), native);
    bundle.write()
}

/// Inserts a part of one input into another.
pub fn cross(input: &[u8], other: &[u8], seed: u64) -> Vec<u8> {
    let mut bundle = Bundle::read(input);
    mutate::cross(&mut bundle, &Bundle::read(other), &mut Random::new(seed));
    bundle.write()
}

/// Whether reading the parts of an input as trees and writing them keeps every byte.
pub fn keeps_every_byte(input: &[u8]) -> bool {
    Bundle::read(input)
        .parts
        .iter()
        .all(|part| Node::parse(&part.bytes).is_none_or(|tree| tree.encode() == part.bytes))
}

/// The input of a case, determined by the seed and the number.
pub fn case(seeds: &[Vec<u8>], seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::new(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut input = seeds[random.below(seeds.len())].clone();
    if random.below(8) == 0 {
        input = cross(&input, &seeds[random.below(seeds.len())], random.next());
    }
    for _ in 0..=random.below(6) / 4 {
        let mut bytes = Random::new(random.next());
        input = mutate(&input, random.next(), &mut |part| {
            common::mutate(&mut bytes, part, &[b"\0", b"\xff", b"\x30\x80"])
        });
    }
    input
}

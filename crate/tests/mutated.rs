//! The fuzz targets on stable Rust, each for a few seconds from one seed.
//!
//! A failure shows its seed and its number. `HONNIN_SEED=… HONNIN_CASE=…` repeats that case alone.
//! `HONNIN_LONG=1` uses a new seed and runs twenty times as long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod allocations;
mod common;
mod fuzzing;
mod pki;
mod synthetic;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant, SystemTime};

use fuzzing::{TARGETS, Target, case};

const SEED: u64 = 1;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap()
}

fn clock() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_secs()
}

/// The requested number of cases, or as many as fit into the time.
fn cases(name: &str, wanted: u64, seconds: u64) {
    let target = target(name);
    let seeds: Vec<Vec<u8>> = (target.seeds)().iter().map(|bundle| bundle.write()).collect();
    let good = seeds.iter().filter(|seed| (target.run)(seed)).count();
    // The checks for accepted inputs need some accepted inputs.
    assert!(
        2 * good > seeds.len(),
        "{good} of {} seeds are accepted",
        seeds.len()
    );
    let long = number("HONNIN_LONG").is_some();
    let seed = number("HONNIN_SEED").unwrap_or_else(|| if long { clock() } else { SEED });
    let only = number("HONNIN_CASE");
    let (wanted, seconds) = if long {
        (u64::MAX, 20 * seconds)
    } else {
        (wanted, seconds)
    };
    let until = Instant::now() + Duration::from_secs(seconds);
    let numbers = only.map_or(0..wanted, |only| only..only + 1);
    let (mut done, mut accepted) = (0, 0);
    for number in numbers {
        if Instant::now() > until {
            break;
        }
        let input = case(&seeds, seed, number);
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        accepted += usize::from(outcome.as_ref().is_ok_and(|accepted| *accepted));
        if let Err(cause) = outcome {
            println!(
                "{name}: HONNIN_SEED={seed} HONNIN_CASE={number} repeats it\n{:?}",
                fuzzing::Bundle::read(&input)
            );
            std::panic::resume_unwind(cause);
        }
        done += 1;
    }
    println!("{name}: {done} cases of {wanted}, {accepted} accepted");
    assert!(accepted > 0 || done < 100, "no case was accepted");
}

#[test]
fn path() {
    cases("path", 1_000, 5);
}

#[test]
fn message() {
    cases("message", 800, 4);
}

#[test]
fn boundary() {
    cases("boundary", 1_000, 4);
}

#[test]
fn token() {
    cases("token", 800, 3);
}

#[test]
fn package() {
    cases("package", 300, 2);
}

#[test]
fn inspect() {
    cases("inspect", 1_500, 2);
}

/// Reading and writing without a change keeps every byte.
#[test]
fn the_tree_keeps_every_byte() {
    for target in TARGETS {
        let seeds: Vec<Vec<u8>> = (target.seeds)().iter().map(|bundle| bundle.write()).collect();
        for number in 0..300 {
            assert!(
                fuzzing::keeps_every_byte(&case(&seeds, SEED, number)),
                "{} {number}",
                target.name
            );
        }
    }
}

/// Writes each seed as a file for the fuzz targets.
#[test]
fn writes_the_seeds() {
    let Some(folder) = std::env::var_os("HONNIN_SEEDS").map(std::path::PathBuf::from) else {
        return;
    };
    for target in TARGETS {
        let folder = folder.join(target.name);
        std::fs::create_dir_all(&folder).unwrap();
        for (at, bundle) in (target.seeds)().iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at}")), bundle.write()).unwrap();
        }
    }
}

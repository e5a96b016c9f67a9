//! Compares the arithmetic of honnin with OpenSSL and with the RustCrypto crates, on P-256, P-384, RSA and SHA-2.
//!
//!     arithmetic [--count 100000] [--seed 1] [--threads 2] [--only p256]
//!
//! The count is that of each algorithm. The exit status is 1 if a case is judged differently; the output has
//! its numbers.

mod ecdsa;
#[path = "../../random.rs"]
#[allow(dead_code, reason = "each of the two programs uses a part")]
mod random;
mod rsa;
mod sha2;
mod tally;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use random::Random;
use tally::Tally;

/// A number of cases for one key, by a seeded generator.
type Run = fn(&mut Random, &mut Tally);

/// The algorithms. Each run makes about `CASES` cases.
const ALGORITHMS: [(&str, Run); 4] = [
    ("p256", ecdsa::p256::run),
    ("p384", ecdsa::p384::run),
    ("rsa", rsa::run),
    ("sha2", sha2::run),
];
const CASES: u64 = 1_000;

struct Arguments {
    count: u64,
    seed: u64,
    threads: usize,
    only: Option<String>,
}

fn arguments() -> Result<Arguments, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut arguments = Arguments {
        count: 100_000,
        seed: 1,
        threads,
        only: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        let number = || {
            value
                .parse::<u64>()
                .map_err(|_| format!("{word} needs a number, not {value}"))
        };
        match word.as_str() {
            "--count" => arguments.count = number()?,
            "--seed" => arguments.seed = number()?,
            "--threads" => arguments.threads = number()?.max(1) as usize,
            "--only" if ALGORITHMS.iter().any(|(name, _)| *name == value) => arguments.only = Some(value),
            "--only" => return Err(format!("no algorithm is called {value}")),
            _ => return Err(format!("no option is called {word}")),
        }
    }
    Ok(arguments)
}

/// All runs of an algorithm, in some threads. Each run has its own seed, so the result does not depend on their number.
fn tallied(run: Run, arguments: &Arguments) -> Tally {
    let runs = arguments.count.div_ceil(CASES);
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let work = || {
            let mut tally = Tally::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= runs {
                    return tally;
                }
                run(&mut Random::new(arguments.seed, number), &mut tally);
            }
        };
        let workers: Vec<_> = (0..arguments.threads).map(|_| scope.spawn(work)).collect();
        let mut all = Tally::default();
        for worker in workers {
            all.add(worker.join().expect("a worker that ends"));
        }
        all
    })
}

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(text) => {
            eprintln!("{text}");
            return ExitCode::from(2);
        }
    };
    let mut agreed = true;
    for (name, run) in ALGORITHMS {
        if arguments.only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let started = Instant::now();
        let tally = tallied(run, &arguments);
        agreed &= tally.different.is_empty() && tally.cases >= arguments.count;
        println!(
            "{name}: seed {}, {tally} in {:.0} s",
            arguments.seed,
            started.elapsed().as_secs_f64()
        );
        for different in tally.different.iter().take(10) {
            println!("DIFFERENT: {name} {different}");
        }
    }
    if agreed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

//! Compares the verdicts of honnin and OpenSSL on mutated certificates, CRLs and CMS messages. Both must give
//! the same verdict, or differ in a way that `classes` explains.
//!
//!     honnin-differential [--count 100000] [--seed 1] [--case NUMBER] [--threads 2]
//!
//! The exit status is 1 for a panic and for a disagreement that no class explains; the output has the seed
//! and the case.

mod case;
mod classes;
mod extensions;
mod facts;
mod keys;
mod lint;
mod lists;
mod message;
mod mutate;
mod ours;
mod peer;
mod random;
mod tree;
mod world;
mod write;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use case::{Case, Cases, Kind};
use classes::{Class, Disagreement, class_of};
use ours::Ours;

struct Arguments {
    count: u64,
    seed: u64,
    case: Option<u64>,
    threads: usize,
    /// The number of unexplained cases in the output.
    show: usize,
}

fn arguments() -> Result<Arguments, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut arguments = Arguments {
        count: 100_000,
        seed: 1,
        case: None,
        threads,
        show: 20,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        let number: u64 = value
            .parse()
            .map_err(|_| format!("{word} needs a number, not {value}"))?;
        match word.as_str() {
            "--count" => arguments.count = number,
            "--seed" => arguments.seed = number,
            "--case" => arguments.case = Some(number),
            "--threads" => arguments.threads = number.max(1) as usize,
            "--show" => arguments.show = number as usize,
            _ => return Err(format!("no option is called {word}")),
        }
    }
    Ok(arguments)
}

/// The result of one case.
enum Ended {
    BothAccept,
    BothRefuse,
    Explained(&'static Class),
    Unexplained(Disagreement),
    Panicked,
}

fn judge(case: &Case) -> Ended {
    let ours = ours::judge(case);
    // What honnin accepts must pass the strict rules; what it rejects must not pass the lax ones.
    let strict = peer::judge(case, true);
    let disagreement = match (&ours, strict) {
        (Ours::Panicked, _) => return Ended::Panicked,
        (Ours::Accepted, Ok(())) => return Ended::BothAccept,
        (Ours::Refused(..), Err(_)) => return Ended::BothRefuse,
        (_, strict) => Disagreement {
            lax: peer::judge(case, false),
            ours,
            strict,
        },
    };
    if let Some(class) = class_of(case, &disagreement) {
        return Ended::Explained(class);
    }
    // OpenSSL builds one path and tries no other, so it is asked again with only the path that honnin found.
    let class = ours::path(case)
        .filter(|path| path.len() < case.intermediates.len())
        .and_then(|intermediates| {
            let one = Case {
                intermediates,
                ..case.clone()
            };
            let about_it = Disagreement {
                ours: disagreement.ours.clone(),
                strict: peer::judge(&one, true),
                lax: peer::judge(&one, false),
            };
            class_of(&one, &about_it)
        });
    match class {
        Some(class) => Ended::Explained(class),
        None => Ended::Unexplained(disagreement),
    }
}

#[derive(Default)]
struct Tally {
    accepted: BTreeMap<Kind, u64>,
    refused: BTreeMap<Kind, u64>,
    /// By name: who accepts, the number, and the first case.
    explained: BTreeMap<&'static str, (&'static str, u64, u64)>,
    unexplained: Vec<(u64, String)>,
    panicked: Vec<u64>,
}

impl Tally {
    fn note(&mut self, number: u64, case: &Case, ended: Ended) {
        match ended {
            Ended::BothAccept => *self.accepted.entry(case.kind).or_default() += 1,
            Ended::BothRefuse => *self.refused.entry(case.kind).or_default() += 1,
            Ended::Explained(class) => {
                let (_, count, first) = self
                    .explained
                    .entry(class.id)
                    .or_insert((class.accepts, 0, number));
                *count += 1;
                *first = number.min(*first);
            }
            Ended::Unexplained(disagreement) => {
                self.unexplained
                    .push((number, format!("{:?} {disagreement}", case.kind)));
            }
            Ended::Panicked => self.panicked.push(number),
        }
    }

    fn add(&mut self, other: Tally) {
        for (mine, theirs) in [
            (&mut self.accepted, other.accepted),
            (&mut self.refused, other.refused),
        ] {
            for (kind, count) in theirs {
                *mine.entry(kind).or_default() += count;
            }
        }
        for (class, (accepts, count, first)) in other.explained {
            let (_, sum, earliest) = self.explained.entry(class).or_insert((accepts, 0, first));
            *sum += count;
            *earliest = first.min(*earliest);
        }
        self.unexplained.extend(other.unexplained);
        self.panicked.extend(other.panicked);
    }
}

fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    let cases = Cases::new(arguments.seed);
    let next = AtomicU64::new(0);
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..arguments.threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut tally = Tally::default();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= arguments.count {
                            return tally;
                        }
                        let case = cases.case(number);
                        tally.note(number, &case, judge(&case));
                    }
                })
            })
            .collect();
        for worker in workers {
            tally.add(worker.join().expect("a worker that ends"));
        }
    });
    report(arguments, tally, started)
}

fn report(arguments: &Arguments, mut tally: Tally, started: Instant) -> ExitCode {
    println!(
        "{} cases, seed {}, {:.1} s",
        arguments.count,
        arguments.seed,
        started.elapsed().as_secs_f64()
    );
    for kind in [Kind::Path, Kind::Crl, Kind::Cms] {
        let of = |map: &BTreeMap<Kind, u64>| map.get(&kind).copied().unwrap_or(0);
        println!(
            "{kind:>5?}: both accept {:>6}, both refuse {:>6}",
            of(&tally.accepted),
            of(&tally.refused)
        );
    }
    let sum: u64 = tally.explained.values().map(|(_, count, _)| count).sum();
    println!("{sum} disagreements, explained:");
    for (id, (accepts, count, first)) in &tally.explained {
        println!("{count:>6} {id} ({accepts}; e.g. case {first})");
    }
    tally.unexplained.sort();
    let mut groups: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (number, text) in &tally.unexplained {
        groups.entry(text).or_insert((0, *number)).0 += 1;
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (text, (count, number)) in groups.iter().take(arguments.show) {
        println!(
            "UNEXPLAINED {count} times: --seed {} --case {number}: {text}",
            arguments.seed
        );
    }
    for number in &tally.panicked {
        println!("PANIC: --seed {} --case {number}", arguments.seed);
    }
    let (unexplained, panics) = (tally.unexplained.len(), tally.panicked.len());
    println!("{unexplained} unexplained disagreements, {panics} panics");
    if unexplained + panics == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Shows all of one case.
fn replay(arguments: &Arguments, number: u64) -> ExitCode {
    let case = Cases::new(arguments.seed).case(number);
    println!("{:?}: {}", case.kind, case.story.join(", "));
    println!("{:?}, detached {}", case.options, case.detached);
    println!("anchor {}", write::hex(&case.anchor));
    let label = |label: &str, list: &[Vec<u8>]| {
        list.iter()
            .for_each(|der| println!("{label} {}", write::hex(der)))
    };
    label("intermediate", &case.intermediates);
    label("leaf", std::slice::from_ref(&case.leaf));
    label("crl", &case.crls);
    label("message", std::slice::from_ref(&case.message));
    for (input, broken) in case.inputs().map(lint::rules).enumerate() {
        println!("input {input} breaks {broken:?}");
    }
    println!("honnin  {:?}", ours::judge(&case));
    println!("strict  {:?}", peer::judge(&case, true));
    println!("lax     {:?}", peer::judge(&case, false));
    match judge(&case) {
        Ended::Unexplained(_) => println!("unexplained"),
        Ended::Explained(class) => println!("explained: {} — {}", class.id, class.reason),
        Ended::Panicked => println!("panicked"),
        Ended::BothAccept | Ended::BothRefuse => println!("the same verdict"),
    }
    ExitCode::SUCCESS
}

fn main() -> ExitCode {
    match arguments() {
        Ok(arguments) => match arguments.case {
            Some(number) => replay(&arguments, number),
            None => run(&arguments),
        },
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

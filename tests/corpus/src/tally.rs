//! The results of all questions.

use std::collections::BTreeMap;

use crate::classes::{Class, Disagreement, class_of};
use crate::ours::{self, PANIC, Refusal, SLOW};

/// The kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading an object.
    Read,
    /// The contents of an object that both can read.
    Fields,
    /// The signature of one certificate or CRL with one key.
    Signature,
    /// The path of a certificate.
    Path,
    /// The path and the revocation status of a certificate with CRLs.
    Crl,
    /// The same with OCSP.
    Ocsp,
    /// The signatures of a message.
    Message,
    /// The signatures of a message and the paths of its signers.
    Signers,
}

#[derive(Default)]
struct Counts {
    accept: u64,
    refuse: u64,
    /// OpenSSL accepts only without its strict rules.
    lax: u64,
}

#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<Stage, Counts>,
    explained: BTreeMap<(Stage, &'static str), (&'static Class, u64)>,
    unexplained: Vec<String>,
    broken: Vec<String>,
    /// Every disagreement, for reading.
    all: Vec<String>,
    /// The questions that could not be asked, by what was missing.
    unasked: BTreeMap<&'static str, u64>,
}

/// Both verdicts on one question.
pub struct Verdicts {
    pub ours: Result<(), Refusal>,
    pub strict: Result<(), String>,
    pub lax: Result<(), String>,
}

impl Tally {
    /// Records two verdicts. `facts` are the objects that decide, with the object in question first.
    pub fn note(&mut self, stage: Stage, place: &str, verdicts: Verdicts, facts: &[&[u8]], time: i64) {
        ours::last(place);
        let counts = self.counts.entry(stage).or_default();
        if let Err(refusal) = &verdicts.ours
            && [PANIC, SLOW].contains(&&*refusal.code)
        {
            self.broken
                .push(format!("{} {stage:?} {place} {}", refusal.code, refusal.message));
            return;
        }
        match (&verdicts.ours, &verdicts.strict, &verdicts.lax) {
            (Ok(()), Ok(()), _) => counts.accept += 1,
            (Err(_), Err(_), Err(_)) => counts.refuse += 1,
            (Err(_), Err(_), Ok(())) => counts.lax += 1,
            _ => self.explain(
                Disagreement {
                    stage,
                    verdicts,
                    facts,
                    time,
                },
                place,
            ),
        }
    }

    fn explain(&mut self, disagreement: Disagreement<'_>, place: &str) {
        let stage = disagreement.stage;
        let class = class_of(&disagreement);
        let id = class.map_or("unexplained", |class| class.id);
        self.all.push(format!("{id}\t{stage:?}\t{place}\t{disagreement}"));
        match class {
            Some(class) => {
                self.explained.entry((stage, class.id)).or_insert((class, 0)).1 += 1;
            }
            None => self
                .unexplained
                .push(format!("{stage:?} {place}: {disagreement}")),
        }
    }

    pub fn unasked(&mut self, what: &'static str) {
        *self.unasked.entry(what).or_default() += 1;
    }

    /// Every disagreement in one line: class, question, object, and both verdicts.
    pub fn list(&self) -> String {
        self.all.join("\n")
    }

    /// Prints the results. Returns whether every disagreement is explained.
    pub fn report(&self, show: usize) -> bool {
        println!("\nquestions     both accept  both refuse  honnin refuses, OpenSSL only if strict");
        for (stage, counts) in &self.counts {
            println!(
                "{:<13} {:>11}  {:>11}  {:>11}",
                format!("{stage:?}"),
                counts.accept,
                counts.refuse,
                counts.lax
            );
        }
        for (what, count) in &self.unasked {
            println!("{count:>6} not asked: {what}");
        }
        println!("\ndisagreements, explained:");
        let mut classes: BTreeMap<&str, (&Class, u64, Vec<String>)> = BTreeMap::new();
        for ((stage, id), (class, count)) in &self.explained {
            let (_, sum, stages) = classes.entry(id).or_insert((class, 0, Vec::new()));
            *sum += count;
            stages.push(format!("{stage:?} {count}"));
        }
        for (id, (class, sum, stages)) in &classes {
            println!("{sum:>6} {id} ({})", stages.join(", "));
            println!(
                "       {}; right: {}. {}",
                class.accepts, class.right, class.reason
            );
        }
        let mut groups: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
        for text in &self.unexplained {
            let (place, why) = text.split_once(": ").unwrap_or(("", text));
            groups.entry(why).or_insert((0, place)).0 += 1;
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (why, (count, place)) in groups.iter().take(show) {
            println!("UNEXPLAINED {count} times: {why} (e.g. {place})");
        }
        for text in &self.broken {
            println!("BROKEN: {text}");
        }
        println!(
            "\n{} unexplained disagreements, {} panics or long waits",
            self.unexplained.len(),
            self.broken.len()
        );
        self.unexplained.is_empty() && self.broken.is_empty()
    }
}

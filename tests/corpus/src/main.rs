//! Compares the verdicts of honnin and OpenSSL on the certificates, CRLs, OCSP responses and CMS messages in
//! third-party packages. Both must give the same verdict, or differ in a way that `classes` explains.
//!
//!     honnin-corpus LIST [--show 40]
//!
//! LIST has one line for each package: registry, name, version and folder, separated by tabs. The exit status
//! is 1 for a disagreement that no class explains, for a panic, and for an object that takes longer than two
//! seconds.

mod ber;
mod classes;
mod corpus;
mod facts;
mod find;
mod messages;
mod ours;
mod paths;
mod peer;
mod question;
mod reading;
mod revocation;
mod shape;
mod tally;
#[path = "../../differential/src/write.rs"]
#[allow(dead_code)]
mod write;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use corpus::Corpus;
use peer::{Peer, Pool};
use shape::Kind;
use tally::Tally;

fn run(list: &Path, show: usize) -> Result<bool, String> {
    let started = Instant::now();
    let corpus = Corpus::read(list)?;
    println!(
        "{:<58} {:>12} {:>6} {:>6} {:>6}",
        "package", "certificates", "CRLs", "OCSP", "CMS"
    );
    for (package, held) in corpus.packages.iter().zip(&corpus.held) {
        let [certificates, crls, ocsp, cms] = held;
        let name = format!("{} {} {}", package.registry, package.name, package.version);
        println!("{name:<58} {certificates:>12} {crls:>6} {ocsp:>6} {cms:>6}");
    }
    let of = |kind| corpus.objects.iter().filter(|object| object.kind == kind).count();
    let [certificates, crls, ocsp, cms] = Kind::ALL.map(of);
    println!(
        "{:<58} {certificates:>12} {crls:>6} {ocsp:>6} {cms:>6}",
        "each once"
    );
    println!("found in {:.1} s", started.elapsed().as_secs_f64());

    ours::watch();
    let mut tally = Tally::default();
    reading::compare(&corpus, &mut tally);
    let peer = Peer {
        corpus: &corpus,
        pool: Pool::default(),
    };
    for folder in corpus.folders.values() {
        paths::compare(&peer, &mut tally, folder);
        revocation::compare(&peer, &mut tally, folder);
        messages::compare(&peer, &mut tally, folder);
    }
    let good = tally.report(show);
    let all = list.with_file_name("disagreements.tsv");
    std::fs::write(&all, tally.list()).map_err(|error| format!("{}: {error}", all.display()))?;
    println!("every disagreement: {}", all.display());
    println!("{:.1} s", started.elapsed().as_secs_f64());
    Ok(good)
}

fn main() -> ExitCode {
    // Panics are counted. Their texts would hide the rest of the output.
    std::panic::set_hook(Box::new(|_| {}));
    let mut words = std::env::args().skip(1);
    let Some(list) = words.next() else {
        eprintln!("a list of packages is missing");
        return ExitCode::FAILURE;
    };
    let show = match (words.next().as_deref(), words.next()) {
        (Some("--show"), Some(count)) => count.parse().unwrap_or(40),
        _ => 40,
    };
    match run(Path::new(&list), show) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

//! The native peers beside the crate: `bench-native <folder> <now> <rounds> <milliseconds>`. The folder has the inputs
//! that `tests/bench/native.ts` writes. Prints a JSON array: microseconds of each round, and the peak of allocated
//! bytes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use honnin::jpki::{Cards, Hierarchy, JpkiOptions, ProfileChoice, verify_card_certificate};
use honnin::x509::{PathOptions, Requirement, TrustAnchor, verify_certificate};
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

mod counting;
mod rounds;

use rounds::{Plan, Variant, measure};

#[global_allocator]
static COUNTING: counting::Counting = counting::Counting;

/// The inputs of one job.
struct Folder(PathBuf);

impl Folder {
    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn list(&self, prefix: &str) -> Vec<Vec<u8>> {
        (0..)
            .map(|number| self.0.join(format!("{prefix}-{number}.der")))
            .take_while(|path| path.exists())
            .map(|path| std::fs::read(path).expect("a file of the job"))
            .collect()
    }
}

/// A chain: the trust anchor, the certificates between, the leaf, and the leaf with a bit flipped.
struct Chain {
    anchor: Vec<u8>,
    between: Vec<Vec<u8>>,
    good: Vec<u8>,
    bad: Vec<u8>,
}

impl Chain {
    fn read(folder: &Folder) -> Self {
        let mut authorities = folder.list("authority");
        let anchor = authorities.remove(0);
        let (good, bad) = (folder.read("good.der"), folder.read("bad.der"));
        Self {
            anchor,
            between: authorities,
            good,
            bad,
        }
    }

    fn leaf(&self, good: bool) -> &[u8] {
        if good { &self.good } else { &self.bad }
    }

    fn with_webpki(&self, good: bool, now: i64) -> Result<(), String> {
        let text = |error: webpki::Error| format!("{error:?}");
        let anchor_der = CertificateDer::from(self.anchor.as_slice());
        let anchors = [anchor_from_trusted_cert(&anchor_der).map_err(text)?];
        let between: Vec<_> = self
            .between
            .iter()
            .map(|der| CertificateDer::from(der.as_slice()))
            .collect();
        let leaf_der = CertificateDer::from(self.leaf(good));
        let leaf = EndEntityCert::try_from(&leaf_der).map_err(text)?;
        let time = UnixTime::since_unix_epoch(Duration::from_secs(now.unsigned_abs()));
        let usage = KeyUsage::client_auth();
        leaf.verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &anchors,
            &between,
            time,
            usage,
            None,
            None,
        )
        .map(drop)
        .map_err(text)
    }

    fn as_card(&self, good: bool, now: i64, organization: &str) -> Result<(), String> {
        let anchors = [self.anchor.as_slice()];
        let profile = ProfileChoice::Known(Hierarchy::Sign, Cards::Test);
        let mut options = JpkiOptions::new(profile, &anchors, now);
        options.organization = Some(organization);
        verify_card_certificate(self.leaf(good), &options)
            .map(drop)
            .map_err(|error| format!("{error:?}"))
    }

    fn with_honnin(&self, good: bool, now: i64) -> Result<(), String> {
        let text = |error: honnin::Error| format!("{error:?}");
        let anchors = [TrustAnchor::from_certificate(&self.anchor).map_err(text)?];
        let between: Vec<_> = self.between.iter().map(Vec::as_slice).collect();
        let mut options = PathOptions::new(&anchors, now);
        options.intermediates = &between;
        verify_certificate(self.leaf(good), &options)
            .map(drop)
            .map_err(text)
    }
}

/// A list, and a certificate that is not in it.
struct Listed {
    crl: Vec<u8>,
    flipped: Vec<u8>,
    anchor: Vec<u8>,
    spki: Vec<u8>,
    certificate: Vec<u8>,
    serial: Vec<u8>,
}

impl Listed {
    fn read(folder: &Folder) -> Self {
        let crl = folder.read("crl.der");
        let mut flipped = crl.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        Self {
            crl,
            flipped,
            anchor: folder.read("authority-0.der"),
            spki: folder.read("spki.der"),
            certificate: folder.read("good.der"),
            serial: folder.read("serial"),
        }
    }

    fn list(&self, good: bool) -> &[u8] {
        if good { &self.crl } else { &self.flipped }
    }

    fn with_honnin(&self, good: bool, now: i64) -> Result<(), String> {
        let text = |error: honnin::Error| format!("{error:?}");
        let anchors = [TrustAnchor::from_certificate(&self.anchor).map_err(text)?];
        let lists = [self.list(good)];
        let mut options = PathOptions::new(&anchors, now);
        options.revocation.crls = &lists;
        options.revocation.require = Requirement::Certificate;
        verify_certificate(&self.certificate, &options)
            .map(drop)
            .map_err(text)
    }

    fn with_x509_cert(&self, good: bool) -> Result<(), String> {
        match bench_native::crl_is_good(self.list(good), &self.spki, &self.serial) {
            Some(true) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    }
}

fn variant<'a>(name: &'a str, accepts: impl Fn(bool) -> Result<(), String> + 'a) -> Variant<'a> {
    let accepts = Box::new(accepts);
    Variant { name, accepts }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, now, rounds, milliseconds, organization] = words.as_slice() else {
        eprintln!("usage: bench-native <folder> <now> <rounds> <milliseconds> <organization>");
        std::process::exit(2);
    };
    let number = |text: &str| text.parse::<i64>().expect("a number");
    let now = number(now);
    let plan = Plan {
        rounds: number(rounds).unsigned_abs() as usize,
        least: number(milliseconds) as f64 / 1e3,
    };
    let at = |name: &str| Folder(Path::new(folder).join(name));

    let mut rows = Vec::new();
    let card = Chain::read(&at("chain"));
    let variants = [
        variant("honnin", |good| card.as_card(good, now, organization)),
        variant("rustls-webpki", |good| card.with_webpki(good, now)),
    ];
    rows.extend(measure("chain", &variants, &plan));
    let plain = Chain::read(&at("plain-chain"));
    let variants = [
        variant("honnin", |good| plain.with_honnin(good, now)),
        variant("rustls-webpki", |good| plain.with_webpki(good, now)),
    ];
    rows.extend(measure("plain-chain", &variants, &plan));
    for job in ["crl", "crl-million"] {
        if !Path::new(folder).join(job).exists() {
            continue;
        }
        let listed = Listed::read(&at(job));
        let variants = [
            variant("honnin", |good| listed.with_honnin(good, now)),
            variant("x509-cert, reference arithmetic", |good| {
                listed.with_x509_cert(good)
            }),
        ];
        rows.extend(measure(job, &variants, &plan));
    }
    println!("[{}]", rows.join(",\n"));
}

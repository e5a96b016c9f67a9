//! Verifies a signed package in Rust. The input is a package, its document and the trust anchors; the output
//! is JSON. The exit code is 0 if the package is valid.
//!
//! ```text
//! cargo run --package honnin --example verify_package -- \
//!     --package contract.json --document contract.pdf --anchors anchors.pem
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

use honnin::boundary::verify_signed_package;
use honnin::package::SignedPackage;
use serde_json::{Map, Value, json};

const USAGE: &str = "Usage: verify_package --package FILE --document FILE --anchors PEM [options]

  --cards production|test           which cards; production unless said otherwise
  --organization NAME               organizationName of the authorities, for a synthetic hierarchy
  --policy OID --scheme SCHEME      the policy of a card whose profile is not published, and how its authority signs
  --now SECONDS                     today; the clock of this machine unless said otherwise
  --at SECONDS                      verify for this time in place of the evidence's
  --require nothing|certificate     whether a package without evidence of revocation is refused; it is, unless said otherwise
  --timestamp-anchors PEM           whom to believe about time

SECONDS are whole ones since 1970-01-01T00:00:00Z, in 32 bits: up to 4294967295, which is in 2106.";

/// All flags with their values. Each may appear once.
struct Flags(Vec<(String, String)>);

impl Flags {
    fn read() -> Result<Self, String> {
        let mut flags: Vec<(String, String)> = Vec::new();
        let mut rest = env::args().skip(1);
        while let Some(name) = rest.next() {
            let value = rest.next().ok_or(format!("{name} has no value"))?;
            if flags.iter().any(|(other, _)| *other == name) {
                return Err(format!("{name} is there twice"));
            }
            flags.push((name, value));
        }
        Ok(Self(flags))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn file(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let path = self.take(name).ok_or(format!("{name} is missing"))?;
        fs::read(&path).map_err(|error| format!("{path}: {error}"))
    }
}

fn seconds(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("{text} is no time in seconds"))
}

fn clock() -> Result<u64, String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(since.map_err(|_| "the clock is before 1970")?.as_secs())
}

/// The buffer of the boundary, and places in it.
#[derive(Default)]
struct Buffer(Vec<u8>);

impl Buffer {
    fn add(&mut self, bytes: &[u8]) -> Value {
        let offset = self.0.len();
        self.0.extend_from_slice(bytes);
        json!([offset, bytes.len()])
    }
}

/// The options of the boundary, by name.
#[derive(Default)]
struct Options(Map<String, Value>);

impl Options {
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Sets the required profile of the certificate.
    fn set_profile(&mut self, flags: &mut Flags) -> Result<(), String> {
        let cards = flags.take("--cards").unwrap_or_else(|| "production".to_owned());
        let organization = flags.take("--organization");
        match (flags.take("--policy"), flags.take("--scheme"), organization) {
            (None, None, organization) => {
                self.set("profile", "jpki-sign");
                self.set("cards", cards);
                if let Some(name) = organization {
                    self.set("organization", name);
                }
            }
            (Some(policy), Some(scheme), Some(organization)) => self.set(
                "profile",
                json!({
                    "name": "written out",
                    "hierarchy": "sign",
                    "cards": cards,
                    "organization": organization,
                    "policies": [policy],
                    "keyUsage": ["digitalSignature", "nonRepudiation"],
                    "schemes": [scheme],
                }),
            ),
            _ => return Err("--policy goes with --scheme and --organization".into()),
        }
        Ok(())
    }
}

fn run() -> Result<String, String> {
    let mut flags = Flags::read()?;
    let package = flags.file("--package")?;
    let document = flags.file("--document")?;
    let anchors = flags.file("--anchors")?;
    // The hash is in the package. The result reports a malformed package.
    let digest =
        SignedPackage::read(&package).map_or_else(|_| Vec::new(), |read| read.hash.digest(&document));

    let mut buffer = Buffer::default();
    let mut options = Options::default();
    options.set_profile(&mut flags)?;
    options.set("package", buffer.add(&package));
    options.set("digest", buffer.add(&digest));
    options.set("size", document.len());
    options.set("anchors", json!({"text": buffer.add(&anchors)}));
    match flags.take("--now") {
        Some(now) => options.set("now", seconds(&now)?),
        None => options.set("now", clock()?),
    }
    if let Some(at) = flags.take("--at") {
        options.set("at", seconds(&at)?);
    }
    if let Some(require) = flags.take("--require") {
        options.set("revocation", json!({"require": require}));
    }
    if let Some(path) = flags.take("--timestamp-anchors") {
        let anchors = fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
        options.set("timestamp", json!({"anchors": {"text": buffer.add(&anchors)}}));
    }
    if let Some((name, _)) = flags.0.first() {
        return Err(format!("there is no flag {name}"));
    }
    Ok(verify_signed_package(
        &Value::Object(options.0).to_string(),
        &buffer.0,
    ))
}

fn main() -> ExitCode {
    match run() {
        Ok(answer) => {
            println!("{answer}");
            if answer.starts_with("{\"ok\":true,") {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(why) => {
            eprintln!("{why}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

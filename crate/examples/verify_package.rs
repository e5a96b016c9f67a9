//! Verifies a signed package natively: a package, its document and the anchors go in, JSON comes out; exit code 0 if it is
//! good.
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

const USAGE: &str = "Usage: verify_package --package FILE --document FILE --anchors PEM [options]

  --environment production|test     which cards; production unless said otherwise
  --organization NAME               organizationName of the authorities, for a synthetic hierarchy
  --policy OID --algorithm SCHEME   the policy of a card whose profile is not published, and how its authority signs
  --now SECONDS                     today, in seconds since 1970; the clock of this machine unless said otherwise
  --at SECONDS                      verify for this time in place of the evidence's
  --require nothing|certificate     whether a package without evidence of revocation is refused; it is, unless said otherwise
  --timestamp-anchors PEM           whom to believe about time";

/// The value of a flag, which may be there once.
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

/// A JSON string.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|character| match character {
            '"' | '\\' => format!("\\{character}"),
            '\0'..='\u{1f}' => format!("\\u{:04x}", u32::from(character)),
            _ => character.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

fn seconds(text: &str) -> Result<String, String> {
    let number: u32 = text
        .parse()
        .map_err(|_| format!("{text} is no time in seconds"))?;
    Ok(number.to_string())
}

/// The one buffer of the boundary, and places in it.
#[derive(Default)]
struct Buffer(Vec<u8>);

impl Buffer {
    fn add(&mut self, bytes: &[u8]) -> String {
        let offset = self.0.len();
        self.0.extend_from_slice(bytes);
        format!("[{offset},{}]", bytes.len())
    }
}

fn profile(flags: &mut Flags) -> Result<Vec<String>, String> {
    let environment = flags.take("--environment");
    let environment = quoted(environment.as_deref().unwrap_or("production"));
    let organization = flags.take("--organization");
    match (flags.take("--policy"), flags.take("--algorithm"), organization) {
        (None, None, organization) => {
            let mut members = vec![
                "\"profile\":\"jpki-sign\"".to_owned(),
                format!("\"environment\":{environment}"),
            ];
            members.extend(organization.map(|name| format!("\"organization\":{}", quoted(&name))));
            Ok(members)
        }
        (Some(policy), Some(algorithm), Some(organization)) => Ok(vec![format!(
            "\"profile\":{{\"name\":\"written out\",\"hierarchy\":\"sign\",\"environment\":{environment},\
             \"organization\":{},\"policies\":[{}],\"keyUsage\":[\"digitalSignature\",\"nonRepudiation\"],\
             \"algorithms\":[{}]}}",
            quoted(&organization),
            quoted(&policy),
            quoted(&algorithm),
        )]),
        _ => Err("--policy goes with --algorithm and --organization".into()),
    }
}

fn run() -> Result<String, String> {
    let mut flags = Flags::read()?;
    let package = flags.file("--package")?;
    let document = flags.file("--document")?;
    let anchors = flags.file("--anchors")?;
    // Which hash the package names; what is wrong with it, the answer says.
    let digest =
        SignedPackage::read(&package).map_or_else(|_| Vec::new(), |read| read.hash.digest(&document));

    let mut buffer = Buffer::default();
    let mut members = profile(&mut flags)?;
    members.push(format!("\"package\":{}", buffer.add(&package)));
    members.push(format!("\"digest\":{}", buffer.add(&digest)));
    members.push(format!("\"size\":{}", document.len()));
    members.push(format!("\"anchors\":{{\"text\":{}}}", buffer.add(&anchors)));
    let now = match flags.take("--now") {
        Some(now) => seconds(&now)?,
        None => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_err(|_| "the clock is before 1970")?
            .as_secs()
            .to_string(),
    };
    members.push(format!("\"now\":{now}"));
    if let Some(at) = flags.take("--at") {
        members.push(format!("\"at\":{}", seconds(&at)?));
    }
    if let Some(require) = flags.take("--require") {
        members.push(format!("\"revocation\":{{\"require\":{}}}", quoted(&require)));
    }
    if let Some(path) = flags.take("--timestamp-anchors") {
        let anchors = fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
        let place = buffer.add(&anchors);
        members.push(format!("\"timestamp\":{{\"anchors\":{{\"text\":{place}}}}}"));
    }
    if let Some((name, _)) = flags.0.first() {
        return Err(format!("there is no flag {name}"));
    }
    let options = format!("{{{}}}", members.join(","));
    Ok(verify_signed_package(&options, &buffer.0))
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

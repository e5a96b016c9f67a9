//! Reads each object with both, and compares the contents.

use honnin::inspect::{Field, Inspection, Kind as Described};

use crate::corpus::Corpus;
use crate::ours::{self, value};
use crate::peer::{self, Read};
use crate::shape::Kind;
use crate::tally::{Stage, Tally, Verdicts};

pub fn compare(corpus: &Corpus, tally: &mut Tally) {
    for (number, object) in corpus.objects.iter().enumerate() {
        let place = corpus.place(number);
        let ours = ours::describe(&object.der);
        let theirs = peer::read(object.kind, &object.der);
        let both = ours.as_ref().ok().zip(theirs.as_ref().ok());
        if let Some((description, read)) = both {
            let differs = difference(object.kind, &object.der, description, read);
            tally.note(Stage::Fields, &place, agreement(differs), &[&object.der], 0);
        }
        let strict = theirs.map(|_| ());
        let verdicts = Verdicts {
            ours: ours.map(|_| ()),
            lax: strict.clone(),
            strict,
        };
        tally.note(Stage::Read, &place, verdicts, &[&object.der], 0);
    }
}

/// A difference counts as an error of honnin.
fn agreement(differs: Option<String>) -> Verdicts {
    let refusal = |message| ours::Refusal {
        code: "differs".to_owned(),
        message,
    };
    Verdicts {
        ours: differs.map_or(Ok(()), |message| Err(refusal(message))),
        strict: Ok(()),
        lax: Ok(()),
    }
}

fn difference(kind: Kind, der: &[u8], ours: &Inspection, theirs: &Read) -> Option<String> {
    let wanted = match kind {
        Kind::Certificate => Described::Certificate,
        Kind::Crl => Described::Crl,
        Kind::Ocsp => Described::OcspResponse,
        Kind::Cms => Described::SignedData,
    };
    if ours.kind != wanted {
        return Some(format!("described as {}", ours.kind.as_str()));
    }
    let fields = &ours.fields;
    let pairs: Vec<(&str, String, String)> = match theirs {
        Read::Certificate {
            issuer,
            subject,
            texts,
            serial,
            from,
            until,
        } => {
            let Ok(read) = honnin::x509::Certificate::from_der(der) else {
                return Some("described, and not read".to_owned());
            };
            if let Some(text) = missing(value(fields, "Subject")?, texts) {
                return Some(format!(
                    "the subject lacks a text of {} characters",
                    text.chars().count()
                ));
            }
            vec![
                ("issuer", hex(&whole(read.issuer().as_bytes())), hex(issuer)),
                ("subject", hex(&whole(read.subject().as_bytes())), hex(subject)),
                (
                    "serial number",
                    peer::signed_number(read.serial()),
                    serial.clone(),
                ),
                (
                    "serial number",
                    peer::signed_number(&unhex(value(fields, "Serial number")?)),
                    serial.clone(),
                ),
                ("valid from", value(fields, "Valid from")?.to_owned(), time(*from)),
                (
                    "valid until",
                    value(fields, "Valid until")?.to_owned(),
                    time(*until),
                ),
            ]
        }
        Read::Crl {
            issuer,
            this,
            next,
            entries,
        } => {
            let Ok(read) = honnin::x509::Crl::from_der(der) else {
                return Some("described, and not read".to_owned());
            };
            let ours_next = value(fields, "Next update")?;
            vec![
                ("issuer", hex(&whole(read.issuer().as_bytes())), hex(issuer)),
                (
                    "this update",
                    value(fields, "This update")?.to_owned(),
                    time(*this),
                ),
                ("next update", ours_next.replace("not said", "none"), time(*next)),
                (
                    "entries",
                    value(fields, "Entries")?.to_owned(),
                    entries.to_string(),
                ),
            ]
        }
        Read::Ocsp { status, answers } => {
            let said = match status {
                0 => "successful",
                1 => "malformedRequest",
                2 => "internalError",
                3 => "tryLater",
                5 => "sigRequired",
                6 => "unauthorized",
                _ => "not known",
            };
            let mut pairs = vec![(
                "status",
                value(fields, "Response status")?.to_owned(),
                said.to_owned(),
            )];
            let listed = fields.iter().find(|field| field.label == "Answers");
            let listed = listed.map_or(&[][..], |field| &field.fields);
            // Only the first ones are shown.
            let theirs = &answers[..answers.len().min(50)];
            pairs.push(("answers", listed.len().to_string(), theirs.len().to_string()));
            for (ours, theirs) in listed.iter().zip(theirs) {
                pairs.extend(answer(&ours.fields, theirs)?);
            }
            pairs
        }
        Read::Cms => Vec::new(),
    };
    let mut differing = pairs.into_iter().filter(|(_, ours, theirs)| ours != theirs);
    differing
        .next()
        .map(|(what, ours, theirs)| format!("{what}: {ours} and {theirs}"))
}

fn answer(ours: &[Field], theirs: &peer::Answer) -> Option<Vec<(&'static str, String, String)>> {
    let serial = peer::signed_number(&unhex(value(ours, "Serial number")?));
    Some(vec![
        ("answer's serial number", serial, theirs.serial.clone()),
        (
            "answer",
            value(ours, "Status")?.to_owned(),
            theirs.status.to_owned(),
        ),
        (
            "answer's this update",
            value(ours, "This update")?.to_owned(),
            time(theirs.this),
        ),
        (
            "answer's next update",
            value(ours, "Next update").unwrap_or("none").to_owned(),
            time(theirs.next),
        ),
    ])
}

/// The first of `texts` that is not shown, in order.
fn missing<'t>(shown: &str, texts: &'t [String]) -> Option<&'t str> {
    // Names are cut at 2,000 characters.
    if shown.chars().count() >= 2_000 {
        return None;
    }
    let mut rest = shown;
    for text in texts {
        // Controls and direction marks are shown differently.
        let visible: String = text
            .chars()
            .map(|one| if one.is_control() { '\u{fffd}' } else { one })
            .collect();
        match rest.find(&*visible) {
            Some(at) => rest = &rest[at + visible.len()..],
            None => return Some(text),
        }
    }
    None
}

fn whole(contents: &[u8]) -> Vec<u8> {
    crate::write::tlv(0x30, contents)
}

fn hex(bytes: &[u8]) -> String {
    crate::write::hex(bytes)
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// A time in the form that honnin shows.
fn time(seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else {
        return "none".to_owned();
    };
    let (year, month, day, hour, minute, second) = honnin::der::civil_from_seconds(seconds);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

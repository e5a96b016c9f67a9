//! [`super::read_holder`].

use alloc::string::String;

use super::answer::accepted;
use super::exported::exported;
use super::input::CERTIFICATE;
use super::limits;
use super::members::missing;
use crate::code::Code;
use crate::error::Error;
use crate::jpki::{self, BirthDate, EntryValue, Era, Holder, MaskedText};
use crate::json::Json;
use crate::text::{padded, text};
use crate::x509::Certificate;

/// Reads the holder's data in a `certificate`. Verifies nothing.
#[must_use]
pub fn read_holder(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let certificate = input
            .document(members, "certificate", CERTIFICATE)?
            .ok_or_else(|| missing("certificate"))?;
        let limits = limits::read(members)?;
        members.refuse_others()?;
        if certificate.len() > limits.certificate_bytes {
            return Err(Error::new(
                Code::CertificateMalformed,
                "the certificate is too large; raise limits.certificateBytes to read it",
            ));
        }
        let certificate = Certificate::from_der(&certificate)?;
        let holder = jpki::read_holder(&certificate)?;
        Ok(accepted(|json| write(json, &holder)))
    })
}

fn write(json: &mut Json, holder: &Holder<'_>) {
    masked(json.name("name"), &holder.name);
    json.name("address");
    match &holder.address {
        Some(address) => masked(json, address),
        None => json.verbatim("null"),
    }
    json.name("birthDate");
    match &holder.birth_date {
        Some(date) => birth_date(json, date),
        None => json.verbatim("null"),
    }
    json.name("gender");
    match holder.gender {
        Some(gender) => json.object(|json| {
            json.name("raw").string(gender.raw());
            json.name("parsed").optional_string(gender.meaning());
        }),
        None => json.verbatim("null"),
    }
    json.name("others").list(&holder.others, |json, entry| {
        json.object(|json| {
            json.name("oid").string(&entry.oid.to_text());
            match entry.value {
                EntryValue::Text(text) => json.name("text").string(text),
                EntryValue::Der(der) => json.name("der").base64(der),
            }
        });
    });
    json.name("warnings")
        .strings(holder.warnings.iter().map(|warning| warning.as_str()));
}

fn masked(json: &mut Json, text: &MaskedText<'_>) {
    json.object(|json| {
        json.name("raw").string(text.raw);
        json.name("mask").optional_string(text.mask);
        json.name("substituted");
        match &text.substituted {
            Some(places) => json.list(places, |json, place| {
                json.number(i64::try_from(*place).unwrap_or(i64::MAX));
            }),
            None => json.verbatim("null"),
        }
    });
}

fn birth_date(json: &mut Json, date: &BirthDate<'_>) {
    let number = |json: &mut Json, name, number: Option<u16>| {
        json.name(name);
        match number {
            Some(number) => json.number(number.into()),
            None => json.verbatim("null"),
        }
    };
    json.object(|json| {
        json.name("raw").string(date.raw);
        json.name("era").optional_string(date.era.map(Era::as_str));
        number(json, "year", date.year);
        number(json, "month", date.month.map(Into::into));
        number(json, "day", date.day.map(Into::into));
        let whole = date.date.map(|(year, month, day)| {
            text![
                padded(year.into(), 4),
                "-",
                padded(month.into(), 2),
                "-",
                padded(day.into(), 2)
            ]
        });
        json.name("date").optional_string(whole.as_deref());
    });
}

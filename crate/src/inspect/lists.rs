//! Describes CRLs and OCSP responses.

use super::describe::{MAX_LISTED, algorithm, bytes, name, oid, time};
use super::field::Fields;
use crate::code::Code;
use crate::der::{self, Reader};
use crate::error::Error;
use crate::text::text;
use crate::x509::{Algorithm, Crl, Name, OcspResponse};

pub(super) fn crl(der: &[u8]) -> Result<Fields, Error> {
    let read = Crl::from_der(der)?;
    let mut fields = Fields::default();
    fields.add("Issuer", name(read.issuer()));
    fields.add("This update", time(read.this_update()));
    fields.add(
        "Next update",
        read.next_update().map_or_else(|| "not said".into(), time),
    );
    fields.say(
        "Kind",
        if read.is_delta() {
            "changes to an earlier list (delta)"
        } else {
            "complete"
        },
    );
    crl_parts(der, &mut fields).map_err(|malformed| malformed.of(Code::CrlMalformed, "CRL"))?;
    Ok(fields)
}

/// The algorithm, the entries and the extensions.
fn crl_parts(der: &[u8], parts: &mut Fields) -> der::Result<()> {
    let mut outer = der::outer_sequence(der)?;
    let mut fields = outer.sequence()?;
    fields.optional(der::INTEGER)?;
    let signed_with = Algorithm::read(&mut fields)?;
    fields.contents(der::SEQUENCE)?;
    fields.time()?;
    if let Some(der::UTC_TIME | der::GENERALIZED_TIME) = fields.peek() {
        fields.time()?;
    }
    let mut entries = Reader::new(fields.optional(der::SEQUENCE)?.unwrap_or_default());
    let mut count = 0_usize;
    let mut shown = Fields::default();
    while !entries.is_empty() {
        let mut entry = entries.sequence()?;
        count += 1;
        if shown.len() < MAX_LISTED {
            // A serial number identifies a person.
            let serial = bytes(entry.integer()?);
            shown.add(&serial, time(entry.time()?));
            shown.personal_if(true);
        }
    }
    parts.add("Signed with", algorithm(&signed_with));
    parts.add("Entries", text![count]);
    if !shown.is_empty() {
        let label = text!["First ", shown.len(), " serial numbers, and since when"];
        parts.group(&label, shown);
    }
    if let Some(explicit) = fields.optional(der::context_constructed(0))? {
        parts.group("Extensions", extensions(explicit)?);
    }
    Ok(())
}

fn extensions(explicit: &[u8]) -> der::Result<Fields> {
    let mut list = der::outer_sequence(explicit)?;
    let mut fields = Fields::default();
    while !list.is_empty() && fields.len() < MAX_LISTED {
        let mut extension = list.sequence()?;
        let kind = extension.oid()?;
        let critical = extension.boolean_default_false()?;
        let value = extension.contents(der::OCTET_STRING)?;
        let label = if critical {
            text![oid(kind), ", critical"]
        } else {
            oid(kind)
        };
        fields.add(&label, bytes(value));
    }
    Ok(fields)
}

pub(super) fn ocsp(der: &[u8]) -> Result<Fields, Error> {
    OcspResponse::from_der(der)?;
    ocsp_parts(der).map_err(|malformed| malformed.of(Code::OcspMalformed, "OCSP response"))
}

fn ocsp_parts(der: &[u8]) -> der::Result<Fields> {
    let mut outer = der::outer_sequence(der)?;
    let status = match der::small_integer(outer.contents(der::ENUMERATED)?)? {
        0 => "successful",
        1 => "malformedRequest",
        2 => "internalError",
        3 => "tryLater",
        5 => "sigRequired",
        6 => "unauthorized",
        _ => "not known",
    };
    let mut parts = Fields::default();
    parts.say("Response status", status);
    let Some(explicit) = outer.optional(der::context_constructed(0))? else {
        return Ok(parts);
    };
    let mut response = der::outer_sequence(explicit)?;
    response.oid()?;
    let mut basic = der::outer_sequence(response.contents(der::OCTET_STRING)?)?;
    let mut data = basic.sequence()?;
    let signed_with = Algorithm::read(&mut basic)?;
    data.optional(der::context_constructed(0))?;
    let responder = data.element()?;
    let who = match responder.tag {
        0xa1 => name(&Name::read(&mut Reader::new(responder.value))?),
        _ => text![
            "by its key: ",
            bytes(Reader::new(responder.value).contents(der::OCTET_STRING)?)
        ],
    };
    parts.add("Responder", who);
    parts.add("Produced at", time(data.time()?));
    parts.add("Signed with", algorithm(&signed_with));
    let mut answers = data.sequence()?;
    let mut shown = Fields::default();
    while !answers.is_empty() && shown.len() < MAX_LISTED {
        shown.group("Answer", answer(&mut answers)?);
    }
    parts.group("Answers", shown);
    Ok(parts)
}

fn answer(answers: &mut Reader<'_>) -> der::Result<Fields> {
    let mut fields = answers.sequence()?;
    let mut id = fields.sequence()?;
    Algorithm::read(&mut id)?;
    id.contents(der::OCTET_STRING)?;
    id.contents(der::OCTET_STRING)?;
    let serial = bytes(id.integer()?);
    let status = fields.element()?;
    let mut parts = Fields::default();
    parts.add("Serial number", serial);
    parts.personal_if(true);
    match status.tag {
        0x80 => parts.say("Status", "good"),
        0xa1 => {
            parts.say("Status", "revoked");
            parts.add("Since", time(Reader::new(status.value).time()?));
        }
        _ => parts.say("Status", "unknown"),
    }
    parts.add("This update", time(fields.time()?));
    if let Some(explicit) = fields.optional(der::context_constructed(0))? {
        parts.add("Next update", time(Reader::new(explicit).time()?));
    }
    Ok(parts)
}

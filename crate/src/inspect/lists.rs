//! Describes CRLs and OCSP responses.

use alloc::{borrow::ToOwned as _, vec::Vec};

use super::Field;
use super::describe::{MAX_LISTED, algorithm, bytes, name, oid, time};
use crate::code::Code;
use crate::der::{self, Reader};
use crate::error::Error;
use crate::text::text;
use crate::x509::{Algorithm, Crl, Name, OcspResponse};

pub(super) fn crl(der: &[u8]) -> Result<Vec<Field>, Error> {
    let read = Crl::from_der(der)?;
    let mut fields = vec![
        Field::new("Issuer", name(read.issuer())),
        Field::new("This update", time(read.this_update())),
        Field::new(
            "Next update",
            read.next_update().map_or_else(|| "not said".to_owned(), time),
        ),
        Field::new(
            "Kind",
            if read.is_delta() {
                "changes to an earlier list (delta)"
            } else {
                "complete"
            },
        ),
    ];
    fields.extend(crl_parts(der).map_err(|malformed| malformed.of(Code::CrlMalformed, "CRL"))?);
    Ok(fields)
}

/// The algorithm, the entries and the extensions.
fn crl_parts(der: &[u8]) -> der::Result<Vec<Field>> {
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
    let mut shown = Vec::new();
    while !entries.is_empty() {
        let mut entry = entries.sequence()?;
        count += 1;
        if shown.len() < MAX_LISTED {
            // A serial number identifies a person.
            let serial = bytes(entry.integer()?);
            shown.push(Field::new(serial, time(entry.time()?)).personal_if(true));
        }
    }
    let mut parts = vec![
        Field::new("Signed with", algorithm(&signed_with)),
        Field::new("Entries", text![count]),
    ];
    if !shown.is_empty() {
        let label = text!["First ", shown.len(), " serial numbers, and since when"];
        parts.push(Field::group(label, shown));
    }
    if let Some(explicit) = fields.optional(der::context_constructed(0))? {
        parts.push(Field::group("Extensions", extensions(explicit)?));
    }
    Ok(parts)
}

fn extensions(explicit: &[u8]) -> der::Result<Vec<Field>> {
    let mut list = der::outer_sequence(explicit)?;
    let mut fields = Vec::new();
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
        fields.push(Field::new(label, bytes(value)));
    }
    Ok(fields)
}

pub(super) fn ocsp(der: &[u8]) -> Result<Vec<Field>, Error> {
    OcspResponse::from_der(der)?;
    ocsp_parts(der).map_err(|malformed| malformed.of(Code::OcspMalformed, "OCSP response"))
}

fn ocsp_parts(der: &[u8]) -> der::Result<Vec<Field>> {
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
    let mut parts = vec![Field::new("Response status", status)];
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
    parts.push(Field::new("Responder", who));
    parts.push(Field::new("Produced at", time(data.time()?)));
    parts.push(Field::new("Signed with", algorithm(&signed_with)));
    let mut answers = data.sequence()?;
    let mut shown = Vec::new();
    while !answers.is_empty() && shown.len() < MAX_LISTED {
        shown.push(Field::group("Answer", answer(&mut answers)?));
    }
    parts.push(Field::group("Answers", shown));
    Ok(parts)
}

fn answer(answers: &mut Reader<'_>) -> der::Result<Vec<Field>> {
    let mut fields = answers.sequence()?;
    let mut id = fields.sequence()?;
    Algorithm::read(&mut id)?;
    id.contents(der::OCTET_STRING)?;
    id.contents(der::OCTET_STRING)?;
    let serial = bytes(id.integer()?);
    let status = fields.element()?;
    let mut parts = vec![Field::new("Serial number", serial).personal_if(true)];
    match status.tag {
        0x80 => parts.push(Field::new("Status", "good")),
        0xa1 => {
            parts.push(Field::new("Status", "revoked"));
            parts.push(Field::new("Since", time(Reader::new(status.value).time()?)));
        }
        _ => parts.push(Field::new("Status", "unknown")),
    }
    parts.push(Field::new("This update", time(fields.time()?)));
    if let Some(explicit) = fields.optional(der::context_constructed(0))? {
        parts.push(Field::new("Next update", time(Reader::new(explicit).time()?)));
    }
    Ok(parts)
}

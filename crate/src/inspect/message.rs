//! Describes CMS messages and signed PDF files.

use super::certificate;
use super::describe::{algorithm, bytes, listed, name, oid, time};
use super::field::Fields;
use crate::cms::{Enclosed, Identifier, Message, SignerInfo, pdf_signatures};
use crate::error::Error;
use crate::text::text;
use crate::x509::Certificate;

pub(super) fn signed_data(message: &[u8]) -> Result<Fields, Error> {
    let read = Message::read(message)?;
    let content = match &read.content {
        Some(content) => text!["enclosed, ", content.len(), " bytes"],
        None => "detached".into(),
    };
    let mut fields = Fields::default();
    fields.add("Content type", oid(read.content_type));
    fields.add("Content", content);
    for (index, signer) in read.signers.iter().enumerate() {
        fields.group(&text!["Signer ", index + 1], describe_signer(signer));
    }
    describe_enclosed(&mut fields, &read.enclosed);
    Ok(fields)
}

fn describe_signer(signer: &SignerInfo<'_>) -> Fields {
    let mut fields = Fields::default();
    match &signer.identifier {
        Identifier::IssuerAndSerial(issuer, serial) => {
            fields.add("Certificate's issuer", name(issuer));
            fields.add("Certificate's serial number", bytes(serial));
        }
        Identifier::KeyIdentifier(key) => fields.add("Certificate's key identifier", bytes(key)),
    }
    fields.personal_if(true);
    fields.add("Digest", algorithm(&signer.digest_algorithm));
    fields.add("Signature", algorithm(&signer.signature_algorithm));
    let attributes = match signer.attributes() {
        Ok(None) => "none".into(),
        Ok(Some(attributes)) => {
            if let Some(claimed) = attributes.signing_time {
                fields.add("Claims to have signed at", time(claimed));
            }
            "there".into()
        }
        Err(error) => text!["not readable: ", error.code()],
    };
    fields.add("Signed attributes", attributes);
    let unsigned = if signer.has_unsigned_attributes {
        "there, not read"
    } else {
        "none"
    };
    fields.say("Unsigned attributes", unsigned);
    fields
}

fn describe_enclosed(fields: &mut Fields, enclosed: &Enclosed<'_>) {
    let certificates = listed(
        enclosed.certificates.iter(),
        |fields, der| match Certificate::from_der(der) {
            Ok(certificate) => fields.group("Certificate", certificate::fields(&certificate)),
            Err(error) => fields.add("Certificate", text!["not readable: ", error.code()]),
        },
    );
    fields.group("Certificates", certificates);
    fields.add("CRLs", text![enclosed.crls.len()]);
    fields.add("OCSP responses", text![enclosed.ocsp_responses.len()]);
}

/// The signatures of a PDF file.
pub(super) fn pdf(file: &[u8]) -> Result<Fields, Error> {
    let mut described = Fields::default();
    for (index, signature) in pdf_signatures(file)?.iter().enumerate() {
        let label = text!["Signature ", index + 1];
        match signature {
            Ok(signature) => {
                let covers = if signature.covers_whole_file {
                    "the whole file"
                } else {
                    "an earlier revision of the file"
                };
                let mut fields = Fields::default();
                fields.say("Covers", covers);
                match signed_data(&signature.cms) {
                    Ok(more) => fields.append(more),
                    Err(error) => fields.add("Message", text!["not readable: ", error.code()]),
                }
                described.group(&label, fields);
            }
            Err(error) => described.add(&label, text![error.code(), ": ", error.message()]),
        }
    }
    Ok(described)
}

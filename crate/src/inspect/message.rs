//! Describes CMS messages and signed PDF files.

use alloc::{borrow::ToOwned as _, vec::Vec};

use super::Field;
use super::certificate;
use super::describe::{algorithm, bytes, listed, name, oid, time};
use crate::cms::{Enclosed, Identifier, Message, SignerInfo, pdf_signatures};
use crate::error::Error;
use crate::text::text;
use crate::x509::Certificate;

pub(super) fn signed_data(message: &[u8]) -> Result<Vec<Field>, Error> {
    let read = Message::read(message)?;
    let content = match &read.content {
        Some(content) => text!["enclosed, ", content.len(), " bytes"],
        None => "detached".to_owned(),
    };
    let mut fields = vec![
        Field::new("Content type", oid(read.content_type)),
        Field::new("Content", content),
    ];
    for (index, signer) in read.signers.iter().enumerate() {
        fields.push(Field::group(text!["Signer ", index + 1], describe_signer(signer)));
    }
    fields.extend(enclosed(&read.enclosed));
    Ok(fields)
}

fn describe_signer(signer: &SignerInfo<'_>) -> Vec<Field> {
    let mut fields = match &signer.identifier {
        Identifier::IssuerAndSerial(issuer, serial) => vec![
            Field::new("Certificate's issuer", name(issuer)),
            Field::new("Certificate's serial number", bytes(serial)).personal_if(true),
        ],
        Identifier::KeyIdentifier(key) => {
            vec![Field::new("Certificate's key identifier", bytes(key)).personal_if(true)]
        }
    };
    fields.push(Field::new("Digest", algorithm(&signer.digest_algorithm)));
    fields.push(Field::new("Signature", algorithm(&signer.signature_algorithm)));
    let attributes = match signer.attributes() {
        Ok(None) => "none".to_owned(),
        Ok(Some(attributes)) => {
            if let Some(claimed) = attributes.signing_time {
                fields.push(Field::new("Claims to have signed at", time(claimed)));
            }
            "there".to_owned()
        }
        Err(error) => text!["not readable: ", error.code()],
    };
    fields.push(Field::new("Signed attributes", attributes));
    let unsigned = if signer.has_unsigned_attributes {
        "there, not read"
    } else {
        "none"
    };
    fields.push(Field::new("Unsigned attributes", unsigned));
    fields
}

fn enclosed(enclosed: &Enclosed<'_>) -> Vec<Field> {
    let certificates = listed(enclosed.certificates.iter(), |der| {
        match Certificate::from_der(der) {
            Ok(certificate) => Field::group("Certificate", certificate::fields(&certificate)),
            Err(error) => Field::new("Certificate", text!["not readable: ", error.code()]),
        }
    });
    vec![
        Field::group("Certificates", certificates),
        Field::new("CRLs", text![enclosed.crls.len()]),
        Field::new("OCSP responses", text![enclosed.ocsp_responses.len()]),
    ]
}

pub(super) fn pdf(file: &[u8]) -> Result<Vec<Field>, Error> {
    let signatures = pdf_signatures(file)?;
    let described = signatures.iter().enumerate().map(|(index, signature)| {
        let label = text!["Signature ", index + 1];
        match signature {
            Ok(signature) => {
                let covers = if signature.covers_whole_file {
                    "the whole file"
                } else {
                    "an earlier revision of the file"
                };
                let mut fields = vec![Field::new("Covers", covers)];
                match signed_data(&signature.cms) {
                    Ok(more) => fields.extend(more),
                    Err(error) => fields.push(Field::new("Message", text!["not readable: ", error.code()])),
                }
                Field::group(label, fields)
            }
            Err(error) => Field::new(label, text![error.code(), ": ", error.message()]),
        }
    });
    Ok(described.collect())
}

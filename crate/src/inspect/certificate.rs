//! Describes a certificate.

use alloc::{string::String, vec::Vec};

use super::Field;
use super::describe::{algorithm, bytes, general_name, listed, name, oid, public_key, short, string, time};
use crate::error::Error;
use crate::jpki;
use crate::signature::PublicKey;
use crate::text::text;
use crate::x509::{
    AccessDescription, Certificate, DistributionPoint, Extension, GeneralNames, PointName, oids,
};

pub(super) fn describe(der: &[u8]) -> Result<Vec<Field>, Error> {
    Certificate::from_der(der).map(|certificate| fields(&certificate))
}

pub(super) fn fields(certificate: &Certificate<'_>) -> Vec<Field> {
    // A CA certificate contains no personal data.
    let personal = !certificate.is_ca();
    let key = PublicKey::from_spki(certificate.spki()).map_or_else(
        |error| Field::new("Public key", text!["not usable: ", error.message()]),
        |key| public_key(&key),
    );
    let (fingerprint, known) = jpki::identify(certificate.as_der());
    let mut fields = vec![
        Field::new("Version", text![certificate.version()]),
        Field::new("Serial number", bytes(certificate.serial())).personal_if(personal),
        Field::new("Issuer", name(certificate.issuer())),
        Field::new("Subject", name(certificate.subject())).personal_if(personal),
        Field::new("Valid from", time(certificate.not_before())),
        // The validity period of a card's certificate ends on the holder's birthday.
        Field::new("Valid until", time(certificate.not_after())).personal_if(personal),
        key,
        Field::new("Signed with", algorithm(certificate.algorithm())),
        Field::new("SHA-256 fingerprint", bytes(&fingerprint)).personal_if(personal),
    ];
    if certificate.oddities().are_there() {
        let odd = certificate.oddities().as_str();
        fields.push(Field::new("Encoding", text!["not strictly DER: ", odd]));
    }
    if let Some(known) = known {
        fields.push(Field::new(
            "Known as",
            text![
                known.name,
                ": JPKI, ",
                known.hierarchy.as_str(),
                " hierarchy, generation ",
                known.generation,
                ", ",
                known.cards.as_str()
            ],
        ));
    }
    let extensions = listed(certificate.all_extensions(), |extension| {
        describe_extension(certificate, &extension, personal)
    });
    if !extensions.is_empty() {
        fields.push(Field::group("Extensions", extensions));
    }
    fields
}

fn describe_extension(certificate: &Certificate<'_>, extension: &Extension<'_>, personal: bool) -> Field {
    let critical = if extension.critical { ", critical" } else { "" };
    let label = text![short(extension.oid), critical];
    let read = certificate.extensions();
    match extension.oid {
        oids::KEY_USAGE => Field::new(
            label,
            read.key_usage
                .map_or_else(String::new, |usage| usage.names().join(", ")),
        ),
        oids::BASIC_CONSTRAINTS => {
            let said = read.basic_constraints.map_or_else(String::new, |constraints| {
                let length = constraints
                    .path_length
                    .map_or_else(String::new, |length| text![", path length ", length]);
                let what = if constraints.ca {
                    "authority"
                } else {
                    "no authority"
                };
                text![what, length]
            });
            Field::new(label, said)
        }
        oids::SUBJECT_ALT_NAME => {
            let names = read.subject_alt_name.iter().flat_map(|names| names.iter());
            Field::group(
                label,
                listed(names, |name| general_name(&name).personal_if(personal)),
            )
        }
        oids::CERTIFICATE_POLICIES => {
            let policies = read.policies.iter().flat_map(|policies| policies.iter());
            Field::group(
                label,
                listed(policies, |policy| Field::new("Policy", oid(policy.policy))),
            )
        }
        oids::EXTENDED_KEY_USAGE => {
            let purposes = read.extended_key_usage.iter().flat_map(|usage| usage.iter());
            Field::group(
                label,
                listed(purposes, |purpose| Field::new("Purpose", oid(purpose))),
            )
        }
        oids::SUBJECT_KEY_IDENTIFIER => {
            Field::new(label, read.subject_key_identifier.map_or_else(String::new, bytes))
                .personal_if(personal)
        }
        oids::AUTHORITY_KEY_IDENTIFIER => {
            let mut parts = Vec::new();
            if let Some(identifier) = &read.authority_key_identifier {
                parts.extend(identifier.key.map(|key| Field::new("Key identifier", bytes(key))));
                let issuers = identifier.issuer.iter().flat_map(|names| names.iter());
                parts.extend(listed(issuers, |name| general_name(&name)));
                parts.extend(
                    identifier
                        .serial
                        .map(|serial| Field::new("Serial number", bytes(serial))),
                );
            }
            Field::group(label, parts)
        }
        oids::ISSUER_ALT_NAME => match GeneralNames::from_der(extension.value) {
            Ok(names) => Field::group(label, listed(names.iter(), |name| general_name(&name))),
            Err(_) => Field::new(label, bytes(extension.value)),
        },
        // The distribution point reveals the municipality.
        oids::CRL_DISTRIBUTION_POINTS => {
            let points = read.distribution_points();
            Field::group(
                label,
                listed(points, |point| distribution_point(&point, personal)),
            )
        }
        oids::AUTHORITY_INFO_ACCESS => match AccessDescription::list(extension.value) {
            Ok(descriptions) => Field::group(
                label,
                listed(descriptions.into_iter(), |access| {
                    Field::group(oid(access.method), vec![general_name(&access.location)])
                }),
            ),
            Err(_) => Field::new(label, bytes(extension.value)).personal_if(personal),
        },
        // The contents of other extensions are unknown.
        _ => Field::new(label, bytes(extension.value)).personal_if(personal),
    }
}

fn distribution_point(point: &DistributionPoint<'_>, personal: bool) -> Field {
    let mut parts = match point.name {
        Some(PointName::Full(names)) => {
            listed(names.iter(), |name| general_name(&name).personal_if(personal))
        }
        Some(PointName::Relative(rdn)) => listed(rdn.attributes(), |attribute| {
            let value = string(attribute.tag, attribute.value);
            Field::new(text!["relative to the issuer: ", short(attribute.kind)], value).personal_if(personal)
        }),
        None => Vec::new(),
    };
    if let Some(reasons) = point.reasons {
        parts.push(Field::new("Reasons", reasons.names().join(", ")));
    }
    if let Some(names) = point.crl_issuer {
        let issuers = listed(names.iter(), |name| general_name(&name));
        parts.push(Field::group("CRL issuer", issuers));
    }
    Field::group("Distribution point", parts)
}

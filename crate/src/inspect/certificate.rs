//! Describes a certificate.

use alloc::string::String;

use super::describe::{
    algorithm, bytes, general_name, general_names, listed, name, oid, public_key, short, string, time,
};
use super::field::Fields;
use crate::error::Error;
use crate::jpki;
use crate::signature::PublicKey;
use crate::text::text;
use crate::x509::{
    AccessDescription, Certificate, DistributionPoint, Extension, GeneralNames, PointName, oids,
};

pub(super) fn describe(der: &[u8]) -> Result<Fields, Error> {
    Certificate::from_der(der).map(|certificate| fields(&certificate))
}

pub(super) fn fields(certificate: &Certificate<'_>) -> Fields {
    // A CA certificate contains no personal data.
    let personal = !certificate.is_ca();
    let key = PublicKey::from_spki(certificate.spki()).map_or_else(
        |error| text!["not usable: ", error.message()],
        |key| public_key(&key),
    );
    let (fingerprint, known) = jpki::identify(certificate.as_der());
    let mut fields = Fields::default();
    fields.add("Version", text![certificate.version()]);
    fields.add("Serial number", bytes(certificate.serial()));
    fields.personal_if(personal);
    fields.add("Issuer", name(certificate.issuer()));
    fields.add("Subject", name(certificate.subject()));
    fields.personal_if(personal);
    fields.add("Valid from", time(certificate.not_before()));
    // The validity period of a card's certificate ends on the holder's birthday.
    fields.add("Valid until", time(certificate.not_after()));
    fields.personal_if(personal);
    fields.add("Public key", key);
    fields.add("Signed with", algorithm(certificate.algorithm()));
    fields.add("SHA-256 fingerprint", bytes(&fingerprint));
    fields.personal_if(personal);
    if certificate.oddities().are_there() {
        let odd = certificate.oddities().as_str();
        fields.add("Encoding", text!["not strictly DER: ", odd]);
    }
    if let Some(known) = known {
        fields.add(
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
        );
    }
    let extensions = listed(certificate.all_extensions(), |fields, extension| {
        describe_extension(fields, certificate, &extension, personal);
    });
    if !extensions.is_empty() {
        fields.group("Extensions", extensions);
    }
    fields
}

fn describe_extension(
    fields: &mut Fields,
    certificate: &Certificate<'_>,
    extension: &Extension<'_>,
    personal: bool,
) {
    let critical = if extension.critical { ", critical" } else { "" };
    let label = text![short(extension.oid), critical];
    let read = certificate.extensions();
    let parts = match extension.oid {
        oids::KEY_USAGE => {
            let names = read.key_usage.map(|usage| usage.names().join(", "));
            return fields.add(&label, names.unwrap_or_default());
        }
        oids::BASIC_CONSTRAINTS => {
            let mut said = String::new();
            if let Some(constraints) = read.basic_constraints {
                said.push_str(if constraints.ca {
                    "authority"
                } else {
                    "no authority"
                });
                if let Some(length) = constraints.path_length {
                    said = text![said, ", path length ", length];
                }
            }
            return fields.add(&label, said);
        }
        oids::SUBJECT_ALT_NAME => general_names(read.subject_alt_name, personal),
        oids::CERTIFICATE_POLICIES => {
            let policies = read.policies.iter().flat_map(|policies| policies.iter());
            listed(policies, |fields, policy| {
                fields.add("Policy", oid(policy.policy))
            })
        }
        oids::EXTENDED_KEY_USAGE => {
            let purposes = read.extended_key_usage.iter().flat_map(|usage| usage.iter());
            listed(purposes, |fields, purpose| fields.add("Purpose", oid(purpose)))
        }
        oids::SUBJECT_KEY_IDENTIFIER => {
            fields.add(&label, bytes(read.subject_key_identifier.unwrap_or_default()));
            return fields.personal_if(personal);
        }
        oids::AUTHORITY_KEY_IDENTIFIER => {
            let mut parts = Fields::default();
            if let Some(identifier) = &read.authority_key_identifier {
                if let Some(key) = identifier.key {
                    parts.add("Key identifier", bytes(key));
                }
                parts.append(general_names(identifier.issuer, false));
                if let Some(serial) = identifier.serial {
                    parts.add("Serial number", bytes(serial));
                }
            }
            parts
        }
        oids::ISSUER_ALT_NAME => match GeneralNames::from_der(extension.value) {
            Ok(names) => general_names(Some(names), false),
            Err(_) => return fields.add(&label, bytes(extension.value)),
        },
        // The distribution point reveals the municipality.
        oids::CRL_DISTRIBUTION_POINTS => listed(read.distribution_points(), |fields, point| {
            fields.group("Distribution point", distribution_point(&point, personal));
        }),
        _ => match access(extension) {
            Some(parts) => parts,
            // The contents of other extensions are unknown.
            None => {
                fields.add(&label, bytes(extension.value));
                return fields.personal_if(personal);
            }
        },
    };
    fields.group(&label, parts);
}

/// The descriptions of authorityInfoAccess, if it is this extension and can be read.
fn access(extension: &Extension<'_>) -> Option<Fields> {
    if extension.oid != oids::AUTHORITY_INFO_ACCESS {
        return None;
    }
    let descriptions = AccessDescription::list(extension.value).ok()?;
    Some(listed(descriptions.iter(), |fields, access| {
        let mut location = Fields::default();
        general_name(&mut location, &access.location);
        fields.group(&oid(access.method), location);
    }))
}

fn distribution_point(point: &DistributionPoint<'_>, personal: bool) -> Fields {
    let mut parts = match point.name {
        Some(PointName::Full(names)) => general_names(Some(names), personal),
        Some(PointName::Relative(rdn)) => listed(rdn.attributes(), |fields, attribute| {
            let value = string(attribute.tag, attribute.value);
            let label = text!["relative to the issuer: ", short(attribute.kind)];
            fields.add(&label, value);
            fields.personal_if(personal);
        }),
        None => Fields::default(),
    };
    if let Some(reasons) = point.reasons {
        parts.add("Reasons", reasons.names().join(", "));
    }
    if let Some(names) = point.crl_issuer {
        parts.group("CRL issuer", general_names(Some(names), false));
    }
    parts
}

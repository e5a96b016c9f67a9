//! Checks a certificate against its profile.

use super::names;
use super::profile::{Cards, Hierarchy, PROFILES, Profile};
use crate::code::Code;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::signature::PublicKey;
use crate::text::text;
use crate::x509::{Certificate, KeyUsage, oids};

/// The only policy of the certificate.
pub(super) fn policy<'a>(certificate: &Certificate<'a>) -> Result<Oid<'a>, Error> {
    let mut policies = certificate.extensions().policies.iter().flat_map(|p| p.iter());
    match (policies.next(), policies.next()) {
        (Some(information), None) => Ok(information.policy),
        (None, _) => Err(Error::new(
            Code::PolicyUnsupported,
            "the certificate has no policy, so it is not a certificate of the card",
        )),
        (Some(one), Some(other)) if one.policy == other.policy => Err(Error::new(
            Code::CertificateMalformed,
            "the certificate contains the same policy twice (RFC 5280 §4.2.1.4)",
        )),
        (Some(_), Some(_)) => Err(mismatch(
            "the certificate has several policies; certificates of the card have one",
        )),
    }
}

/// The error for a policy that does not match the requested profile.
pub(super) fn unexpected(policy: Oid<'_>, hierarchy: Hierarchy, cards: Option<Cards>) -> Error {
    let row = PROFILES.iter().find(|row| row.policies.contains(&policy));
    match row.map(|row| (row.cards, row.hierarchy)) {
        Some((found, _)) if cards.is_some() && found != cards => Error::new(
            Code::EnvironmentMismatch,
            text![
                "the policy ",
                policy,
                " does not belong to the cards requested; test cards and real cards cannot be mixed"
            ],
        ),
        Some((_, found)) if found != hierarchy => Error::new(
            Code::HierarchyMismatch,
            text![
                "the policy ",
                policy,
                " belongs to the ",
                found.as_str(),
                " hierarchy, but ",
                hierarchy.as_str(),
                " was requested"
            ],
        ),
        _ => Error::new(
            Code::PolicyUnsupported,
            text![
                "the policy ",
                policy,
                " is unknown; to accept it, add it to policies"
            ],
        ),
    }
}

/// Checks all requirements of a profile except the policy.
pub(super) fn check(
    certificate: &Certificate<'_>,
    profile: &Profile<'_>,
    report: &mut Report,
) -> Result<(), Error> {
    type Check = fn(&Certificate<'_>, &Profile<'_>) -> Result<(), Error>;
    const CHECKS: &[(&str, &str, &str, Check)] = &[
        (
            "profile-issuer",
            "JPKI profile: issuer",
            "not a CA of the other hierarchy or of other cards",
            issuer,
        ),
        (
            "profile-policy-critical",
            "JPKI profile: certificatePolicies",
            "critical",
            policy_critical,
        ),
        (
            "profile-key-usage",
            "JPKI profile: keyUsage",
            "critical, with exactly the bits of the profile",
            key_usage,
        ),
        (
            "profile-extended-key-usage",
            "JPKI profile: extKeyUsage",
            "as in the profile",
            extended_key_usage,
        ),
        (
            "profile-algorithms",
            "JPKI profile: signature and subjectPublicKeyInfo",
            "as in the profile",
            algorithms,
        ),
        (
            "profile-end-entity",
            "JPKI profile: basicConstraints",
            "an end-entity certificate, not a CA certificate",
            end_entity,
        ),
    ];
    for (id, reference, detail, check) in CHECKS {
        report.step(id, reference, check(certificate, profile), |()| *detail)?;
    }
    Ok(())
}

fn mismatch(message: &'static str) -> Error {
    Error::new(Code::ProfileMismatch, message)
}

fn issuer(certificate: &Certificate<'_>, profile: &Profile<'_>) -> Result<(), Error> {
    match names::classify(certificate.issuer(), profile) {
        // An unknown name matches no trust anchor, so path validation reports the error.
        names::Fit::Same | names::Fit::Stranger => Ok(()),
        names::Fit::OtherCards => Err(Error::new(
            Code::EnvironmentMismatch,
            "the organization of the issuer belongs to the other cards",
        )),
        names::Fit::OtherHierarchy => Err(Error::new(
            Code::HierarchyMismatch,
            "the issuer belongs to the other hierarchy",
        )),
    }
}

fn is_critical(certificate: &Certificate<'_>, wanted: Oid<'_>) -> bool {
    certificate
        .all_extensions()
        .any(|extension| extension.oid == wanted && extension.critical)
}

fn policy_critical(certificate: &Certificate<'_>, _: &Profile<'_>) -> Result<(), Error> {
    if is_critical(certificate, oids::CERTIFICATE_POLICIES) {
        Ok(())
    } else {
        Err(mismatch("certificatePolicies is not critical"))
    }
}

fn key_usage(certificate: &Certificate<'_>, profile: &Profile<'_>) -> Result<(), Error> {
    if certificate.extensions().key_usage == Some(KeyUsage(0)) {
        return Err(Error::new(
            Code::CertificateMalformed,
            "keyUsage has no bit set (RFC 5280 §4.2.1.3)",
        ));
    }
    if certificate.extensions().key_usage != Some(profile.key_usage) {
        return Err(mismatch("keyUsage does not have exactly the bits of the profile"));
    }
    if is_critical(certificate, oids::KEY_USAGE) {
        Ok(())
    } else {
        Err(mismatch("keyUsage is not critical"))
    }
}

fn extended_key_usage(certificate: &Certificate<'_>, profile: &Profile<'_>) -> Result<(), Error> {
    let wanted = profile.extended_key_usage;
    match certificate.extensions().extended_key_usage {
        None if wanted.is_empty() => Ok(()),
        Some(_) if wanted.is_empty() => Err(mismatch("extKeyUsage is present, but the profile has none")),
        Some(usage)
            if usage.iter().all(|purpose| wanted.contains(&purpose))
                && wanted
                    .iter()
                    .all(|purpose| usage.iter().any(|found| found == *purpose)) =>
        {
            Ok(())
        }
        _ => Err(mismatch(
            "extKeyUsage does not have exactly the purposes of the profile",
        )),
    }
}

fn algorithms(certificate: &Certificate<'_>, profile: &Profile<'_>) -> Result<(), Error> {
    let scheme = certificate.algorithm().scheme(false)?;
    if !profile.schemes.contains(&scheme) {
        return Err(mismatch("the profile does not allow the signature algorithm"));
    }
    let key = PublicKey::from_spki(certificate.spki())?.key_type();
    if profile.schemes.iter().any(|scheme| scheme.key_type() == key) {
        Ok(())
    } else {
        Err(mismatch(
            "the profile does not allow the key type of the certificate",
        ))
    }
}

fn end_entity(certificate: &Certificate<'_>, _: &Profile<'_>) -> Result<(), Error> {
    if certificate.is_ca() {
        Err(mismatch("the certificate is a CA certificate"))
    } else {
        Ok(())
    }
}

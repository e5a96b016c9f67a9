//! What a certificate says of itself, held against its profile.

use super::names;
use super::profile::{Cards, Hierarchy, PROFILES, Profile};
use crate::code::Code;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::signature::PublicKey;
use crate::x509::{Certificate, KeyUsage, oids};

/// The one policy of the certificate.
pub(super) fn policy<'a>(certificate: &Certificate<'a>) -> Result<Oid<'a>, Error> {
    let mut policies = certificate.extensions().policies.iter().flat_map(|p| p.iter());
    match (policies.next(), policies.next()) {
        (Some(information), None) => Ok(information.policy),
        (None, _) => Err(Error::new(
            Code::PolicyUnsupported,
            "the certificate has no policy, so that it is no certificate of the card",
        )),
        (Some(one), Some(other)) if one.policy == other.policy => Err(Error::new(
            Code::CertificateMalformed,
            "the certificate has one policy twice (RFC 5280 §4.2.1.4)",
        )),
        (Some(_), Some(_)) => Err(mismatch(
            "the certificate has several policies, where those of the card have one",
        )),
    }
}

/// Why a certificate of this policy is not what was asked for.
pub(super) fn unexpected(policy: Oid<'_>, hierarchy: Hierarchy, cards: Option<Cards>) -> Error {
    let row = PROFILES.iter().find(|row| row.policies.contains(&policy));
    match row.map(|row| (row.cards, row.hierarchy)) {
        Some((found, _)) if cards.is_some() && found != cards => Error::new(
            Code::EnvironmentMismatch,
            format!(
                "the policy {policy} is not one of the environment that is asked for: test cards and real ones never mix"
            ),
        ),
        Some((_, found)) if found != hierarchy => Error::new(
            Code::HierarchyMismatch,
            format!(
                "the policy {policy} is of the {} hierarchy, {} is asked for",
                found.as_str(),
                hierarchy.as_str()
            ),
        ),
        _ => Error::new(
            Code::PolicyUnsupported,
            format!(
                "the policy {policy} is none that is known; if it should be accepted, hand it over as a policy"
            ),
        ),
    }
}

/// Everything that a profile asks of the certificate besides its policy.
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
            "no authority of the other hierarchy or environment",
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
            "critical, with the profile's bits and no others",
            key_usage,
        ),
        (
            "profile-extended-key-usage",
            "JPKI profile: extKeyUsage",
            "as the profile has it",
            extended_key_usage,
        ),
        (
            "profile-algorithms",
            "JPKI profile: signature and subjectPublicKeyInfo",
            "the profile's",
            algorithms,
        ),
        (
            "profile-end-entity",
            "JPKI profile: basicConstraints",
            "a certificate of a holder, not of an authority",
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
        // The name of a stranger leads to no anchor: the path tells what is wrong with it.
        names::Fit::Same | names::Fit::Stranger => Ok(()),
        names::Fit::OtherCards => Err(Error::new(
            Code::EnvironmentMismatch,
            "the issuer's organization is that of the other environment",
        )),
        names::Fit::OtherHierarchy => Err(Error::new(
            Code::HierarchyMismatch,
            "the issuer is of the other hierarchy",
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
            "keyUsage has not a single bit set (RFC 5280 §4.2.1.3)",
        ));
    }
    if certificate.extensions().key_usage != Some(profile.key_usage) {
        return Err(mismatch("keyUsage has not the bits that the profile has"));
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
        Some(_) if wanted.is_empty() => Err(mismatch(
            "extKeyUsage is there, where certificates of the profile have none",
        )),
        Some(usage)
            if usage.iter().all(|purpose| wanted.contains(&purpose))
                && wanted
                    .iter()
                    .all(|purpose| usage.iter().any(|found| found == *purpose)) =>
        {
            Ok(())
        }
        _ => Err(mismatch("extKeyUsage has not the purposes that the profile has")),
    }
}

fn algorithms(certificate: &Certificate<'_>, profile: &Profile<'_>) -> Result<(), Error> {
    let scheme = certificate.algorithm().scheme(false)?;
    if !profile.schemes.contains(&scheme) {
        return Err(mismatch(
            "the authority signed by another algorithm than the profile has",
        ));
    }
    let key = PublicKey::from_spki(certificate.spki())?.key_type();
    if profile.schemes.iter().any(|scheme| scheme.key_type() == key) {
        Ok(())
    } else {
        Err(mismatch("the certificate's key is not of the profile's type"))
    }
}

fn end_entity(certificate: &Certificate<'_>, _: &Profile<'_>) -> Result<(), Error> {
    if certificate.is_ca() {
        Err(mismatch("the certificate is one of an authority"))
    } else {
        Ok(())
    }
}

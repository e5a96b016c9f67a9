//! The checks of RFC 5280 §6.1 that need only one certificate.

use alloc::string::String;

use super::budget::Budget;
use super::policy_graph::PolicyFault;
use crate::code::Code;
use crate::der::time_text;
use crate::error::Error;
use crate::text::text;
use crate::x509::{
    Certificate, Extensions, KeyUsage, NameConstraints, Purpose, Violation, cost::exhausted, oids,
};

/// The outcome of a check, with its detail.
pub(super) type Outcome = Result<String, Error>;

pub(super) fn refuse(code: Code, message: impl Into<alloc::borrow::Cow<'static, str>>) -> Outcome {
    Err(Error::new(code, message))
}

pub(super) fn check_validity(certificate: &Certificate<'_>, time: i64) -> Outcome {
    let (from, to) = (certificate.not_before(), certificate.not_after());
    if time < from {
        refuse(
            Code::CertificateNotYetValid,
            text![
                "not valid before ",
                time_text(from),
                ", which is ",
                from.saturating_sub(time),
                " s after the verification time"
            ],
        )
    } else if time > to {
        // No date here: the end of the validity period reveals the holder's birthday.
        refuse(
            Code::CertificateExpired,
            "its validity period has ended; use a newer certificate",
        )
    } else {
        Ok("within its validity period".into())
    }
}

pub(super) fn check_names(
    certificate: &Certificate<'_>,
    all: &[NameConstraints<'_>],
    budget: &mut Budget,
) -> Outcome {
    let subject = certificate.subject();
    let alternatives = certificate.extensions().subject_alt_name.as_ref();
    for constraints in all {
        let (code, message) = match constraints.check(subject, alternatives, &mut budget.name_comparisons) {
            Ok(()) => continue,
            Err(Violation::Exhausted) => return Err(exhausted("name comparisons")),
            Err(Violation::Excluded(form)) => (
                Code::NameConstraintsViolated,
                text!["a name of the form ", form, " lies in an excluded subtree"],
            ),
            Err(Violation::NotPermitted(form)) => (
                Code::NameConstraintsViolated,
                text![
                    "a name of the form ",
                    form,
                    " lies outside the permitted subtrees"
                ],
            ),
            Err(Violation::Incomparable(form)) => (
                Code::NameConstraintsViolated,
                text![
                    "a name of the form ",
                    form,
                    " cannot be compared with its name constraint"
                ],
            ),
        };
        return refuse(code, message);
    }
    Ok("every name lies within the permitted subtrees".into())
}

pub(super) fn policy_error(fault: PolicyFault) -> Error {
    match fault {
        PolicyFault::Duplicate => Error::new(
            Code::CertificateMalformed,
            "contains the same policy twice (RFC 5280 §4.2.1.4)",
        ),
        PolicyFault::MapsAnyPolicy => Error::new(
            Code::PolicyMappingInvalid,
            "has a policy mapping from or to anyPolicy",
        ),
        PolicyFault::Exhausted => Error::new(
            Code::PolicyBudgetExhausted,
            "the path has more policies and policy mappings than the limit allows",
        ),
    }
}

pub(super) fn check_basic_constraints(certificate: &Certificate<'_>) -> Outcome {
    if certificate.is_ca() {
        return Ok("a CA certificate".into());
    }
    refuse(
        Code::BasicConstraintsViolated,
        if certificate.version() < 3 {
            "issued a certificate, but is not version 3 and so has no basicConstraints"
        } else {
            "issued a certificate, but is not a CA certificate"
        },
    )
}

pub(super) fn check_signing_key_usage(extensions: &Extensions<'_>) -> Outcome {
    match extensions.key_usage {
        None => Ok("no keyUsage restricts the key".into()),
        Some(usage) if usage.contains(KeyUsage::KEY_CERT_SIGN) => Ok("keyUsage has keyCertSign".into()),
        Some(_) => refuse(
            Code::KeyUsageMissing,
            "issued a certificate, but keyUsage lacks keyCertSign",
        ),
    }
}

pub(super) fn check_crl_sign(extensions: Option<&Extensions<'_>>) -> Outcome {
    match extensions.and_then(|extensions| extensions.key_usage) {
        Some(usage) if !usage.contains(KeyUsage::CRL_SIGN) => {
            refuse(Code::KeyUsageMissing, "signed a CRL, but keyUsage lacks cRLSign")
        }
        Some(_) => Ok("keyUsage has cRLSign".into()),
        None => Ok("no keyUsage restricts the key".into()),
    }
}

pub(super) fn check_purpose(extensions: &Extensions<'_>, purpose: Purpose<'_>) -> Outcome {
    let wanted = purpose.oid();
    let Some(usage) = extensions.extended_key_usage else {
        return match purpose {
            Purpose::Allowed(_) => Ok("no extKeyUsage restricts the purpose".into()),
            Purpose::Named(oid) => refuse(
                Code::ExtendedKeyUsageMissing,
                text!["has no extKeyUsage; it must contain ", oid],
            ),
        };
    };
    let any_counts = matches!(purpose, Purpose::Allowed(_));
    if usage
        .iter()
        .any(|found| found == wanted || (any_counts && found == oids::ANY_EXTENDED_KEY_USAGE))
    {
        Ok(text!["extKeyUsage allows ", wanted])
    } else {
        refuse(
            Code::ExtendedKeyUsageMissing,
            text!["extKeyUsage does not allow ", wanted],
        )
    }
}

pub(super) fn check_critical(extensions: &Extensions<'_>) -> Outcome {
    match extensions.unknown_critical {
        None => Ok("every critical extension is supported".into()),
        Some(oid) => refuse(
            Code::ExtensionUnsupported,
            text![
                "the critical extension ",
                oid,
                " (or its contents) is not supported"
            ],
        ),
    }
}

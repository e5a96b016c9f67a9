//! The constraints in the certificate of a trust anchor (RFC 5937 §3).

use alloc::{borrow::ToOwned as _, string::String};

use super::checks::{
    Outcome, check_basic_constraints, check_critical, check_purpose, check_signing_key_usage, check_validity,
    policy_error,
};
use super::state::{State, lower};
use super::verifier::{Goal, Verifier};
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::{AnchorConstraints, Certificate, Extensions, Purpose, TrustAnchor};

impl<'a> Verifier<'a> {
    /// Checks the path against the certificate of its trust anchor, as if that were the first certificate of
    /// the path. The anchor is trusted, so its signature, revocation status and issuer are not checked.
    pub(super) fn check_anchor(
        &self,
        anchor: &TrustAnchor<'a>,
        goal: &Goal<'_>,
        state: &mut State<'a>,
        report: &mut Report,
    ) -> Result<(), Error> {
        const ID: &str = "trust-anchor";
        const REFERENCE: &str = "RFC 5280 §6.1.1 (d), RFC 5937 §3";
        let outcome = match (&anchor.certificate, self.options.anchor_constraints) {
            (None, _) => Ok("the path ends at a given trust anchor".to_owned()),
            (Some(_), AnchorConstraints::Ignore) => Ok(
                "the path ends at a given trust anchor; only the name and key of its certificate are used"
                    .to_owned(),
            ),
            (Some(certificate), AnchorConstraints::Apply) => self
                .check_anchor_certificate(certificate, goal)
                .and_then(|detail| apply(certificate.extensions(), state).map(|()| detail))
                .map_err(|error| Error::new(error.code(), text!["the trust anchor: ", error.message()])),
        };
        report.step(ID, REFERENCE, outcome, String::clone).map(|_| ())
    }

    fn check_anchor_certificate(&self, certificate: &Certificate<'a>, goal: &Goal<'_>) -> Outcome {
        let extensions = certificate.extensions();
        check_validity(certificate, self.options.time)?;
        check_signing_key_usage(extensions)?;
        // Certificates before version 3 have no basicConstraints.
        if certificate.version() == 3 {
            check_basic_constraints(certificate)?;
        }
        if let (Some(purpose), false) = (self.options.purpose, goal.crl_signer) {
            check_purpose(extensions, Purpose::Allowed(purpose.oid()))?;
        }
        check_critical(extensions)?;
        let odd = match certificate.oddities() {
            oddities if oddities.are_there() => text![" (it is not strictly DER: ", oddities.as_str(), ")"],
            _ => String::new(),
        };
        Ok(text![
            "the path ends at a given trust anchor, whose certificate allows the path so far",
            odd
        ])
    }

    /// The extensions of the trust anchor that apply.
    pub(super) fn anchor_extensions<'x>(&self, anchor: &'x TrustAnchor<'a>) -> Option<&'x Extensions<'a>> {
        match self.options.anchor_constraints {
            AnchorConstraints::Apply => anchor.extensions(),
            AnchorConstraints::Ignore => None,
        }
    }
}

/// Applies the extensions to the state of RFC 5280 §6.1.2.
fn apply<'a>(extensions: &Extensions<'a>, state: &mut State<'a>) -> Result<(), Error> {
    if let Some(policies) = &extensions.policies {
        state
            .graph
            .certificate(Some(policies), true)
            .map_err(policy_error)?;
        // Policy mappings of the trust anchor are not applied: they would map the policies in the options.
        state.graph.next(None, true).map_err(policy_error)?;
    }
    state.name_constraints.extend(extensions.name_constraints);
    let constraints = extensions.policy_constraints.unwrap_or_default();
    lower(&mut state.explicit_policy, constraints.require_explicit_policy);
    lower(&mut state.policy_mapping, constraints.inhibit_policy_mapping);
    lower(&mut state.inhibit_any_policy, extensions.inhibit_any_policy);
    lower(
        &mut state.max_path_length,
        extensions
            .basic_constraints
            .and_then(|constraints| constraints.path_length),
    );
    Ok(())
}

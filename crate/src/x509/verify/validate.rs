//! Validates a path (RFC 5280 §6.1, with the policies of RFC 9618).

use alloc::vec::Vec;

use super::budget::Budget;
use super::checks::{
    Outcome, check_basic_constraints, check_critical, check_crl_sign, check_names, check_purpose,
    check_signing_key_usage, check_validity, policy_error, refuse,
};
use super::policy_graph::PolicyGraph;
use super::state::{State, lower};
use super::verifier::{Goal, Judged, Refused, Verifier};
use crate::code::Code;
use crate::der::Oid;
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::{Certificate, Purpose, TrustAnchor, VerifiedPath};

impl<'a> Verifier<'a> {
    /// Validates `path`, whose signatures were checked when it was built. The verified certificate comes
    /// first.
    pub(super) fn validate(
        &self,
        path: &[Certificate<'a>],
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        budget: &mut Budget,
    ) -> Result<Judged<'a>, Refused> {
        let options = &self.options;
        let mut report = Report::default();
        let after = u32::try_from(path.len()).unwrap_or(u32::MAX).saturating_add(1);
        let from = |inhibited: bool| if inhibited && !goal.crl_signer { 0 } else { after };
        let mut state = State {
            graph: PolicyGraph::new(budget.policies(&options.limits)),
            explicit_policy: from(options.explicit_policy),
            inhibit_any_policy: from(options.inhibit_any_policy),
            policy_mapping: from(options.inhibit_policy_mapping),
            max_path_length: after,
            name_constraints: options.name_constraints.into_iter().collect(),
        };
        let walked = self.walk(path, anchor, goal, &mut state, budget, &mut report);
        budget.spend_policies(state.graph.size());
        let policies = walked?;
        let (revocation, contested) = self.check_revocation(path, anchor, goal, budget, &mut report)?;
        Ok(Judged {
            path: VerifiedPath {
                certificates: path.to_vec(),
                anchor,
                policies,
                revocation,
                report,
            },
            contested,
        })
    }

    /// RFC 5280 §6.1.2 to §6.1.5. Returns the policies that the path is valid for.
    fn walk(
        &self,
        path: &[Certificate<'a>],
        anchor: &'a TrustAnchor<'a>,
        goal: &Goal<'_>,
        state: &mut State<'a>,
        budget: &mut Budget,
        report: &mut Report,
    ) -> Result<Vec<Oid<'a>>, Error> {
        self.check_anchor(anchor, goal, state, report)?;
        for (index, certificate) in path.iter().enumerate().rev() {
            let mut steps = Steps {
                report,
                position: index + 1,
            };
            self.check_certificate(certificate, index == 0, state, budget, &mut steps)?;
            if index > 0 {
                self.prepare_for_next(certificate, goal, state, budget, &mut steps)?;
            }
        }
        let Some(leaf) = path.first() else {
            return Ok(Vec::new());
        };
        let mut steps = Steps { report, position: 1 };
        self.wrap_up(leaf, goal, state, &mut steps)
    }

    /// RFC 5280 §6.1.3.
    fn check_certificate(
        &self,
        certificate: &Certificate<'a>,
        is_leaf: bool,
        state: &mut State<'a>,
        budget: &mut Budget,
        steps: &mut Steps<'_>,
    ) -> Result<(), Error> {
        let self_issued = budget.same_name(certificate.issuer(), certificate.subject())?;
        let oddities = certificate.oddities();
        if oddities.are_there() {
            let said = text!["not strictly DER, but unambiguous: ", oddities.as_str()];
            steps.note("certificate-encoding", "ITU-T X.690 §11.2.2, §11.5", Ok(said))?;
        }
        steps.note(
            "certificate-signature",
            "RFC 5280 §6.1.3 (a)(1)",
            Ok(text![
                "signed by its issuer's key (",
                certificate.algorithm().oid,
                ")"
            ]),
        )?;
        steps.note(
            "certificate-validity",
            "RFC 5280 §6.1.3 (a)(2)",
            check_validity(certificate, self.options.time),
        )?;
        // Path building selected the issuers by this comparison.
        steps.note(
            "certificate-issuer",
            "RFC 5280 §6.1.3 (a)(4)",
            if certificate.issuer().is_empty() {
                refuse(
                    Code::CertificateMalformed,
                    "the issuer's name is empty (RFC 5280 §4.1.2.4)",
                )
            } else {
                Ok("the issuer's name is the subject of the next certificate or of the trust anchor".into())
            },
        )?;
        let constrained = is_leaf || !self_issued;
        if constrained && !state.name_constraints.is_empty() {
            steps.note(
                "name-constraints",
                "RFC 5280 §6.1.3 (b) and (c)",
                check_names(certificate, &state.name_constraints, budget),
            )?;
        }
        let any_allowed = state.inhibit_any_policy > 0 || (!is_leaf && self_issued);
        steps.note(
            "certificate-policies",
            "RFC 9618 §5.3 (RFC 5280 §6.1.3 (d) to (f))",
            check_policies(certificate, any_allowed, state),
        )
    }

    /// RFC 5280 §6.1.4.
    fn prepare_for_next(
        &self,
        certificate: &Certificate<'a>,
        goal: &Goal<'_>,
        state: &mut State<'a>,
        budget: &mut Budget,
        steps: &mut Steps<'_>,
    ) -> Result<(), Error> {
        let extensions = certificate.extensions();
        let self_issued = budget.same_name(certificate.issuer(), certificate.subject())?;
        let mapping_allowed = state.policy_mapping > 0;
        if let Err(fault) = state
            .graph
            .next(extensions.policy_mappings.as_ref(), mapping_allowed)
        {
            return steps.note(
                "policy-mappings",
                "RFC 9618 §5.4 (RFC 5280 §6.1.4 (a) and (b))",
                Err(policy_error(fault)),
            );
        }
        if extensions.policy_mappings.is_some() {
            let detail = if mapping_allowed {
                "policy mappings applied"
            } else {
                "policy mapping inhibited"
            };
            steps.note(
                "policy-mappings",
                "RFC 9618 §5.4 (RFC 5280 §6.1.4 (a) and (b))",
                Ok(detail.into()),
            )?;
        }
        state.name_constraints.extend(extensions.name_constraints);
        // (h)
        if !self_issued {
            for counter in [
                &mut state.explicit_policy,
                &mut state.policy_mapping,
                &mut state.inhibit_any_policy,
            ] {
                *counter = counter.saturating_sub(1);
            }
        }
        // (i) and (j)
        let constraints = extensions.policy_constraints.unwrap_or_default();
        lower(&mut state.explicit_policy, constraints.require_explicit_policy);
        lower(&mut state.policy_mapping, constraints.inhibit_policy_mapping);
        lower(&mut state.inhibit_any_policy, extensions.inhibit_any_policy);
        steps.note(
            "basic-constraints",
            "RFC 5280 §6.1.4 (k)",
            check_basic_constraints(certificate),
        )?;
        // (l) and (m)
        if !self_issued {
            let outcome = if state.max_path_length == 0 {
                refuse(
                    Code::PathLengthExceeded,
                    "pathLenConstraint of a certificate above it allows no further CA certificate",
                )
            } else {
                Ok("satisfies every pathLenConstraint above it".into())
            };
            steps.note("path-length", "RFC 5280 §6.1.4 (l) and (m)", outcome)?;
            state.max_path_length = state.max_path_length.saturating_sub(1);
        }
        lower(
            &mut state.max_path_length,
            extensions
                .basic_constraints
                .and_then(|constraints| constraints.path_length),
        );
        steps.note(
            "key-usage",
            "RFC 5280 §6.1.4 (n)",
            check_signing_key_usage(extensions),
        )?;
        if let (Some(purpose), false) = (self.options.purpose, goal.crl_signer) {
            steps.note(
                "extended-key-usage",
                "RFC 5280 §4.2.1.12",
                check_purpose(extensions, Purpose::Allowed(purpose.oid())),
            )?;
        }
        steps.note("extensions", "RFC 5280 §6.1.4 (o)", check_critical(extensions))
    }

    /// RFC 5280 §6.1.5, and the requirements in the options. Returns the user-constrained-policy-set.
    fn wrap_up(
        &self,
        leaf: &Certificate<'a>,
        goal: &Goal<'_>,
        state: &mut State<'a>,
        steps: &mut Steps<'_>,
    ) -> Result<Vec<Oid<'a>>, Error> {
        let extensions = leaf.extensions();
        state.explicit_policy = state.explicit_policy.saturating_sub(1);
        if extensions
            .policy_constraints
            .is_some_and(|constraints| constraints.require_explicit_policy == Some(0))
        {
            state.explicit_policy = 0;
        }
        steps.note("extensions", "RFC 5280 §6.1.5 (f)", check_critical(extensions))?;
        let initial = if goal.crl_signer {
            &[]
        } else {
            self.options.initial_policies
        };
        let policies = state.graph.user_constrained(initial);
        let outcome = if state.explicit_policy == 0 && policies.is_empty() {
            refuse(
                Code::PolicyNotAcceptable,
                "the path is not valid under any acceptable policy",
            )
        } else if policies.is_empty() {
            Ok("no policy is required, and no policy is valid for the whole path".into())
        } else {
            Ok(text!["number of valid policies: ", policies.len()])
        };
        steps.note("policy-set", "RFC 9618 §5.5 (RFC 5280 §6.1.5 (g))", outcome)?;
        if goal.crl_signer {
            steps.note(
                "key-usage",
                "RFC 5280 §6.3.3 (f)",
                check_crl_sign(Some(extensions)),
            )?;
            return Ok(policies);
        }
        if let Some(wanted) = self.options.key_usage {
            let outcome = match extensions.key_usage {
                Some(usage) if usage.contains(wanted) => Ok("keyUsage has the required bits".into()),
                _ => refuse(
                    Code::KeyUsageMissing,
                    "certificate 1: keyUsage lacks a required bit",
                ),
            };
            steps.note("key-usage", "RFC 5280 §4.2.1.3", outcome)?;
        }
        if let Some(purpose) = self.options.purpose {
            steps.note(
                "extended-key-usage",
                "RFC 5280 §4.2.1.12",
                check_purpose(extensions, purpose),
            )?;
        }
        Ok(policies)
    }
}

/// Records the steps for one certificate of the path.
struct Steps<'r> {
    report: &'r mut Report,
    position: usize,
}

impl Steps<'_> {
    fn note(&mut self, id: &'static str, reference: &'static str, outcome: Outcome) -> Result<(), Error> {
        let position = self.position;
        let outcome = outcome.map_err(|error| {
            Error::new(
                error.code(),
                text!["certificate ", position, ": ", error.message()],
            )
        });
        self.report
            .step(id, reference, outcome, |detail| {
                text!["certificate ", position, ": ", detail]
            })
            .map(|_| ())
    }
}

fn check_policies<'a>(certificate: &Certificate<'a>, any_allowed: bool, state: &mut State<'a>) -> Outcome {
    state
        .graph
        .certificate(certificate.extensions().policies.as_ref(), any_allowed)
        .map_err(policy_error)?;
    match (state.graph.is_null(), state.explicit_policy) {
        (true, 0) => refuse(
            Code::PolicyNotAcceptable,
            "a policy is required, but no policy is valid for the whole path",
        ),
        (true, _) => Ok("no policy is valid for the path so far; none is required so far".into()),
        (false, _) => Ok("its policies are consistent with the path so far".into()),
    }
}

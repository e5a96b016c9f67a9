//! The state of path validation (RFC 5280 §6.1.2).

use alloc::vec::Vec;

use super::policy_graph::PolicyGraph;
use crate::x509::NameConstraints;

/// The state variables of RFC 5280 §6.1.2.
pub(super) struct State<'a> {
    pub(super) graph: PolicyGraph<'a>,
    pub(super) explicit_policy: u32,
    pub(super) inhibit_any_policy: u32,
    pub(super) policy_mapping: u32,
    pub(super) max_path_length: u32,
    pub(super) name_constraints: Vec<NameConstraints<'a>>,
}

/// Lowers a counter to the limit, if the limit is lower.
pub(super) fn lower(counter: &mut u32, limit: Option<u32>) {
    *counter = limit.unwrap_or(u32::MAX).min(*counter);
}

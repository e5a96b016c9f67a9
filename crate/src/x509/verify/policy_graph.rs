//! The policies of a path, as a graph of bounded size (RFC 9618).

use alloc::vec::Vec;

use crate::der::Oid;
use crate::sort::{sort, sort_by};
use crate::x509::{Policies, PolicyMappings, oids};

/// Why the graph cannot be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyFault {
    /// A certificate contains the same policy twice (RFC 5280 §4.2.1.4).
    Duplicate,
    /// A policy mapping from or to anyPolicy (RFC 5280 §6.1.4 (a)).
    MapsAnyPolicy,
    /// More nodes and edges than the limit.
    Exhausted,
}

/// A policy that is valid at one certificate of the path.
#[derive(Debug)]
struct Node<'a> {
    policy: Oid<'a>,
    /// The parent policies one level up; empty for a child of anyPolicy.
    parents: Vec<Oid<'a>>,
    mapped: bool,
}

/// The policies that are valid at one certificate, in order, and whether anyPolicy is.
#[derive(Debug, Default)]
struct Level<'a> {
    nodes: Vec<Node<'a>>,
    any: bool,
}

impl<'a> Level<'a> {
    fn find(&self, policy: Oid<'_>) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.policy.cmp(&policy)).ok()
    }

    /// Adds children of anyPolicy for those `policies` (sorted, without duplicates) that have no node yet.
    fn add_below_any(&mut self, policies: impl Iterator<Item = Oid<'a>>) {
        let missing: Vec<_> = policies.filter(|policy| self.find(*policy).is_none()).collect();
        self.nodes.extend(missing.into_iter().map(|policy| Node {
            policy,
            parents: Vec::new(),
            mapped: false,
        }));
        sort_by(&mut self.nodes, |a, b| a.policy.cmp(&b.policy));
    }
}

/// The valid_policy_graph of RFC 9618 §5: one level for each certificate, with each policy at most once in a
/// level.
#[derive(Debug)]
pub struct PolicyGraph<'a> {
    levels: Vec<Level<'a>>,
    size: usize,
    bound: usize,
}

impl<'a> PolicyGraph<'a> {
    /// The graph before the first certificate: anyPolicy alone. `bound` limits the number of nodes and edges
    /// together.
    #[must_use]
    pub fn new(bound: usize) -> Self {
        Self {
            levels: vec![Level {
                nodes: Vec::new(),
                any: true,
            }],
            size: 0,
            bound,
        }
    }

    /// Whether no policy is left (the graph is NULL).
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.levels
            .last()
            .is_none_or(|level| level.nodes.is_empty() && !level.any)
    }

    /// The number of nodes and edges visited.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    fn charge(&mut self, amount: usize) -> Result<(), PolicyFault> {
        self.size = self.size.saturating_add(amount);
        if self.size > self.bound {
            return Err(PolicyFault::Exhausted);
        }
        Ok(())
    }

    /// Adds the policies of the next certificate (RFC 9618 §5.3, in place of RFC 5280 §6.1.3 (d) and (e)).
    ///
    /// # Errors
    /// The [`PolicyFault`].
    pub fn certificate(
        &mut self,
        policies: Option<&Policies<'a>>,
        any_allowed: bool,
    ) -> Result<(), PolicyFault> {
        let mut list = Vec::new();
        for information in policies.iter().flat_map(|policies| policies.iter()) {
            list.push(information.policy);
            if list.len() > self.bound {
                return Err(PolicyFault::Exhausted);
            }
        }
        sort(&mut list);
        if list.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(PolicyFault::Duplicate);
        }
        self.charge(list.len())?;
        let Some(level) = self.levels.last_mut() else {
            return Ok(());
        };
        let any = any_allowed && list.binary_search(&oids::ANY_POLICY).is_ok();
        if !any {
            level
                .nodes
                .retain(|node| list.binary_search(&node.policy).is_ok());
        }
        if level.any {
            level.add_below_any(list.into_iter().filter(|policy| *policy != oids::ANY_POLICY));
        }
        level.any = level.any && any;
        Ok(())
    }

    /// Applies the policy mappings of this certificate (RFC 9618 §5.4, in place of RFC 5280 §6.1.4 (a) and
    /// (b)).
    ///
    /// # Errors
    /// The [`PolicyFault`].
    pub fn next(
        &mut self,
        mappings: Option<&PolicyMappings<'a>>,
        mapping_allowed: bool,
    ) -> Result<(), PolicyFault> {
        let mut pairs = Vec::new();
        for (from, to) in mappings.iter().flat_map(|mappings| mappings.iter()) {
            if from == oids::ANY_POLICY || to == oids::ANY_POLICY {
                return Err(PolicyFault::MapsAnyPolicy);
            }
            pairs.push((from, to));
            if pairs.len() > self.bound {
                return Err(PolicyFault::Exhausted);
            }
        }
        sort(&mut pairs);
        pairs.dedup();
        self.charge(pairs.len())?;
        let Some(level) = self.levels.last_mut() else {
            return Ok(());
        };
        let mut sources: Vec<_> = pairs.iter().map(|(from, _)| *from).collect();
        sources.dedup();
        let mut edges: Vec<(Oid<'a>, Oid<'a>)> = Vec::new();
        if mapping_allowed {
            if level.any {
                level.add_below_any(sources.iter().copied());
            }
            for node in &mut level.nodes {
                node.mapped = sources.binary_search(&node.policy).is_ok();
            }
            edges.extend(
                pairs
                    .iter()
                    .filter(|(from, _)| level.find(*from).is_some())
                    .map(|(from, to)| (*to, *from)),
            );
        } else {
            level
                .nodes
                .retain(|node| sources.binary_search(&node.policy).is_err());
        }
        edges.extend(
            level
                .nodes
                .iter()
                .filter(|node| !node.mapped)
                .map(|node| (node.policy, node.policy)),
        );
        sort(&mut edges);
        let mut next = Level {
            nodes: Vec::new(),
            any: level.any,
        };
        let size = edges.len();
        for (policy, parent) in edges {
            match next.nodes.last_mut() {
                Some(node) if node.policy == policy => node.parents.push(parent),
                _ => next.nodes.push(Node {
                    policy,
                    parents: vec![parent],
                    mapped: false,
                }),
            }
        }
        self.levels.push(next);
        self.charge(size)
    }

    /// The policies that the path is valid for, in the domain of the trust anchor
    /// (authority-constrained-policy-set, RFC 9618 §5.5). `2.5.29.32.0` means any policy.
    #[must_use]
    pub fn authority_constrained(&self) -> Vec<Oid<'a>> {
        let mut set = Vec::new();
        if self.levels.last().is_some_and(|level| level.any) {
            set.push(oids::ANY_POLICY);
        }
        // Only nodes with a descendant in the last level count. `reached` has those of the current level.
        let mut reached: Option<Vec<Oid<'a>>> = None;
        for level in self.levels.iter().rev() {
            let mut above = Vec::new();
            for node in &level.nodes {
                let counts = reached
                    .as_ref()
                    .is_none_or(|reached| reached.binary_search(&node.policy).is_ok());
                if counts && node.parents.is_empty() {
                    set.push(node.policy);
                } else if counts {
                    above.extend(node.parents.iter().copied());
                }
            }
            sort(&mut above);
            above.dedup();
            reached = Some(above);
        }
        sort(&mut set);
        set.dedup();
        set
    }

    /// The user-constrained-policy-set (RFC 9618 §5.5) for an initial set. An empty initial set means any
    /// policy.
    #[must_use]
    pub fn user_constrained(&self, initial: &[Oid<'a>]) -> Vec<Oid<'a>> {
        let authority = self.authority_constrained();
        if initial.is_empty() || initial.contains(&oids::ANY_POLICY) {
            return authority;
        }
        let any = authority.binary_search(&oids::ANY_POLICY).is_ok();
        let mut set: Vec<_> = initial
            .iter()
            .copied()
            .filter(|policy| any || authority.binary_search(policy).is_ok())
            .collect();
        sort(&mut set);
        set.dedup();
        set
    }
}

//! The project's own tests, one module for each subject. They are one program because `npm run mutants` builds it for
//! every mutant.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../allocations/mod.rs"]
mod allocations;
#[path = "../common/mod.rs"]
mod common;
#[path = "../pki/mod.rs"]
mod pki;
#[path = "../synthetic/mod.rs"]
mod synthetic;
#[path = "../vectors/mod.rs"]
mod vectors;

mod ber;
mod boundary;
mod boundary_certificates;
mod cms;
mod cms_chain;
mod cms_named_paths;
mod cms_rules;
mod cms_statements;
mod codes;
mod debug_output;
mod defaults;
mod der;
mod digest;
mod ecdsa_ranges;
mod examples;
mod holder;
mod id_token_cases;
mod inspect;
mod jpki;
mod jpki_card;
mod json;
mod package;
mod package_currency;
mod package_evidence;
mod package_format;
mod package_timestamps;
mod package_unnoticed;
mod pdf;
mod pdf_memory;
mod signature;
mod strings;
mod synthetic_jpki;
mod x509_anchors;
mod x509_costs;
mod x509_crl_entry_rules;
mod x509_crl_rules;
mod x509_crl_scope_rules;
mod x509_crl_signers;
mod x509_delta_rules;
mod x509_encodings;
mod x509_exact;
mod x509_hostile;
mod x509_hostile_lists;
mod x509_known_digests;
mod x509_limits;
mod x509_names;
mod x509_ocsp_rules;
mod x509_parts;
mod x509_path_rules;
mod x509_path_steps;
mod x509_policy_rules;
mod x509_reasons;
mod x509_revocation;
mod x509_revoked_on_any_path;
mod x509_test_card;

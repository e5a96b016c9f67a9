//! The project's own verification tests in one program, for mutation testing. Third-party suites and tests
//! that measure are left out. `cargo test` does not run this file, because it runs each of the tests on its
//! own.
#![allow(clippy::duplicate_mod)]

#[path = "ber.rs"]
mod ber;
#[path = "boundary.rs"]
mod boundary;
#[path = "boundary_certificates.rs"]
mod boundary_certificates;
#[path = "cms.rs"]
mod cms;
#[path = "cms_chain.rs"]
mod cms_chain;
#[path = "cms_named_paths.rs"]
mod cms_named_paths;
#[path = "cms_rules.rs"]
mod cms_rules;
#[path = "cms_statements.rs"]
mod cms_statements;
#[path = "der.rs"]
mod der;
#[path = "digest.rs"]
mod digest;
#[path = "ecdsa_ranges.rs"]
mod ecdsa_ranges;
#[path = "holder.rs"]
mod holder;
#[path = "id_token_cases.rs"]
mod id_token_cases;
#[path = "jpki.rs"]
mod jpki;
#[path = "jpki_card.rs"]
mod jpki_card;
#[path = "json.rs"]
mod json;
#[path = "package.rs"]
mod package;
#[path = "package_currency.rs"]
mod package_currency;
#[path = "package_evidence.rs"]
mod package_evidence;
#[path = "package_format.rs"]
mod package_format;
#[path = "package_timestamps.rs"]
mod package_timestamps;
#[path = "package_unnoticed.rs"]
mod package_unnoticed;
#[path = "pdf.rs"]
mod pdf;
#[path = "signature.rs"]
mod signature;
#[path = "strings.rs"]
mod strings;
#[path = "synthetic_jpki.rs"]
mod synthetic_jpki;
#[path = "x509_anchors.rs"]
mod x509_anchors;
#[path = "x509_costs.rs"]
mod x509_costs;
#[path = "x509_crl_entry_rules.rs"]
mod x509_crl_entry_rules;
#[path = "x509_crl_rules.rs"]
mod x509_crl_rules;
#[path = "x509_crl_scope_rules.rs"]
mod x509_crl_scope_rules;
#[path = "x509_crl_signers.rs"]
mod x509_crl_signers;
#[path = "x509_delta_rules.rs"]
mod x509_delta_rules;
#[path = "x509_encodings.rs"]
mod x509_encodings;
#[path = "x509_hostile_lists.rs"]
mod x509_hostile_lists;
#[path = "x509_limits.rs"]
mod x509_limits;
#[path = "x509_names.rs"]
mod x509_names;
#[path = "x509_ocsp_rules.rs"]
mod x509_ocsp_rules;
#[path = "x509_path_rules.rs"]
mod x509_path_rules;
#[path = "x509_path_steps.rs"]
mod x509_path_steps;
#[path = "x509_policy_rules.rs"]
mod x509_policy_rules;
#[path = "x509_reasons.rs"]
mod x509_reasons;
#[path = "x509_revocation.rs"]
mod x509_revocation;
#[path = "x509_test_card.rs"]
mod x509_test_card;

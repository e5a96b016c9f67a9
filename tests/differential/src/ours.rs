//! The verdicts of honnin.

use std::panic::{AssertUnwindSafe, catch_unwind};

use honnin::Code;
use honnin::cms::{CmsOptions, Content, verify_signed_data};
use honnin::der::Oid;
use honnin::x509::oids::CLIENT_AUTH;
use honnin::x509::{PathOptions, Purpose, Requirement, TrustAnchor, verify_certificate};

use crate::case::{Case, Kind, Revocation};
use crate::write::oid_contents;

#[derive(Clone, Debug)]
pub enum Ours {
    Accepted,
    Refused(Code, String),
    Panicked,
}

pub fn judge(case: &Case) -> Ours {
    match catch_unwind(AssertUnwindSafe(|| ask(case))) {
        Ok(Ok(_)) => Ours::Accepted,
        Ok(Err(error)) => Ours::Refused(error.code(), error.message().to_owned()),
        Err(_) => Ours::Panicked,
    }
}

/// The intermediate certificates of the path, if one was found.
pub fn path(case: &Case) -> Option<Vec<Vec<u8>>> {
    let chain = catch_unwind(AssertUnwindSafe(|| ask(case))).ok()?.ok()?;
    Some(chain.get(1..).unwrap_or_default().to_vec())
}

/// The path, leaf first; empty for a message.
fn ask(case: &Case) -> Result<Vec<Vec<u8>>, honnin::Error> {
    let anchors = [TrustAnchor::from_certificate(&case.anchor)?];
    let intermediates: Vec<&[u8]> = case.intermediates.iter().map(Vec::as_slice).collect();
    let crls: Vec<&[u8]> = case.crls.iter().map(Vec::as_slice).collect();
    let asked = &case.options;
    let policies: Vec<_> = asked.policies.iter().map(|text| oid_contents(text)).collect();
    let policies: Vec<_> = policies.iter().map(|contents| Oid::new(contents)).collect();
    let mut options = PathOptions::new(&anchors, asked.time);
    options.intermediates = &intermediates;
    options.purpose = asked.client.then_some(Purpose::Allowed(CLIENT_AUTH));
    options.initial_policies = &policies;
    options.explicit_policy = asked.explicit_policy;
    options.inhibit_any_policy = asked.inhibit_any_policy;
    options.inhibit_policy_mapping = asked.inhibit_mapping;
    options.revocation.crls = &crls;
    options.revocation.clock_tolerance = 0;
    options.revocation.require = match asked.revocation {
        Revocation::NotAsked => Requirement::Nothing,
        Revocation::Leaf => Requirement::Certificate,
        Revocation::Path => Requirement::Path,
    };
    match case.kind {
        Kind::Path | Kind::Crl => verify_certificate(&case.leaf, &options).map(|path| {
            let certificates = path.certificates.iter();
            certificates
                .map(|certificate| certificate.as_der().to_vec())
                .collect()
        }),
        Kind::Cms => {
            let mut cms = CmsOptions::default();
            cms.content = case.content().map(Content::Data);
            verify_signed_data(&case.message, &cms, &options)
                .map(|_| Vec::new())
                .map_err(|refused| refused.error)
        }
    }
}

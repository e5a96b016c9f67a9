//! Reads the rules for a certificate from the options.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::evidence::Requests;
use super::input::{CERTIFICATE, Input};
use super::limits;
use super::members::{Members, integer, invalid, missing, set};
use super::profile_options::{ProfileInput, key_usage, oid_text, oid_texts, oids};
use super::revocation_options::{RevocationInput, slices};
use crate::code::Code;
use crate::error::Error;
use crate::jpki::JpkiOptions;
use crate::signer::Rules;
use crate::x509::{
    AnchorConstraints, KeyUsage, Limits, NameConstraints, PathOptions, Purpose, RevocationOptions,
    read_anchors,
};

pub(super) const ANCHOR_CONSTRAINTS: &[(&str, AnchorConstraints)] = &[
    ("apply", AnchorConstraints::Apply),
    ("ignore", AnchorConstraints::Ignore),
];

/// The parsed certificate options.
pub(super) struct CertificateInput<'v, 'a> {
    anchors: Vec<Cow<'a, [u8]>>,
    anchor_constraints: AnchorConstraints,
    intermediates: Vec<Cow<'a, [u8]>>,
    policies: Vec<Vec<u8>>,
    given: Given<'v, 'a>,
    revocation: RevocationInput<'a>,
    limits: Limits,
    now: i64,
}

/// What a certificate is verified with besides the path: a profile, or the inputs of RFC 5280 §6.1.1.
enum Given<'v, 'a> {
    Profile(ProfileInput<'v>, Option<&'v str>),
    Settings(Settings<'a>),
}

struct Settings<'a> {
    explicit_policy: bool,
    inhibit_policy_mapping: Option<bool>,
    inhibit_any_policy: Option<bool>,
    name_constraints: Option<&'a [u8]>,
    key_usage: Option<KeyUsage>,
    /// The purpose that extKeyUsage must allow.
    purpose: Option<Vec<u8>>,
    /// The purpose that extKeyUsage must contain.
    extended_key_usage: Option<Vec<u8>>,
    allow_sha1: Option<bool>,
}

/// `now`, a Unix time in seconds. JavaScript always sends it.
pub(super) fn now(members: &Members<'_, '_>) -> Result<i64, Error> {
    let value = members.get("now").ok_or_else(|| missing("now"))?;
    integer(value, "now").map(i64::from)
}

impl<'v, 'a> CertificateInput<'v, 'a> {
    pub(super) fn read(members: &Members<'v, '_>, input: &Input<'a>) -> Result<Self, Error> {
        let certificates = |name| input.documents(members, name, CERTIFICATE);
        let anchors = certificates("anchors")?.ok_or_else(|| missing("anchors"))?;
        let intermediates = certificates("intermediates")?.unwrap_or_default();
        let policies = oid_texts(members, "policies")?;
        let given = match ProfileInput::read(members)? {
            Some(profile) => Given::Profile(profile, members.string("organization")?),
            None => Given::Settings(Settings::read(members, input, policies.is_some())?),
        };
        Ok(Self {
            anchors,
            anchor_constraints: members
                .word("anchorConstraints", ANCHOR_CONSTRAINTS)?
                .unwrap_or_default(),
            intermediates,
            policies: policies.unwrap_or_default(),
            given,
            revocation: RevocationInput::read(members, input)?,
            limits: limits::read(members)?,
            now: now(members)?,
        })
    }

    pub(super) const fn now(&self) -> i64 {
        self.now
    }

    pub(super) const fn limits(&self) -> Limits {
        self.limits
    }

    /// Collects the missing evidence, if `revocation.ask` is set.
    pub(super) fn requests(&self) -> Requests<'a> {
        Requests::new(self.revocation.ask, self.revocation.nonce)
    }

    /// Calls `call` with the rules.
    pub(super) fn with(
        &self,
        requests: &Requests<'_>,
        call: &dyn Fn(&Rules<'_>) -> Result<String, Error>,
    ) -> Result<String, Error> {
        let anchors = slices(&self.anchors);
        let intermediates = slices(&self.intermediates);
        let policies = oids(&self.policies);
        let (crls, ocsp_responses) = self.revocation.slices();
        let digests = self.revocation.digests();
        let revocation = RevocationOptions {
            crls: &crls,
            digests: &digests,
            ocsp_responses: &ocsp_responses,
            checker: requests.checker(),
            ..self.revocation.settings()
        };
        match &self.given {
            Given::Profile(profile, organization) => profile.with(|profile| {
                let mut options = JpkiOptions::new(profile, &anchors, self.now);
                options.anchor_constraints = self.anchor_constraints;
                options.organization = *organization;
                options.policies = &policies;
                options.intermediates = &intermediates;
                options.revocation = revocation;
                options.limits = self.limits;
                call(&Rules::Card(options))
            }),
            Given::Settings(settings) => {
                let (trusted, skipped) = read_anchors(&anchors)?;
                let mut options = PathOptions::new(&trusted, self.now);
                options.anchor_constraints = self.anchor_constraints;
                options.skipped_anchors = &skipped;
                options.intermediates = &intermediates;
                options.initial_policies = &policies;
                settings.apply(&mut options)?;
                options.revocation = revocation;
                options.limits = self.limits;
                call(&Rules::Path(options))
            }
        }
    }
}

impl<'a> Settings<'a> {
    fn read(members: &Members<'_, '_>, input: &Input<'a>, policies: bool) -> Result<Self, Error> {
        let flag = |name| members.flag(name);
        let settings = Self {
            // Policies that you list are required, unless `explicitPolicy` is false.
            explicit_policy: flag("explicitPolicy")?.unwrap_or(policies),
            inhibit_policy_mapping: flag("inhibitPolicyMapping")?,
            inhibit_any_policy: flag("inhibitAnyPolicy")?,
            name_constraints: input.bytes(members, "nameConstraints")?,
            key_usage: key_usage(members)?,
            purpose: oid_text(members, "purpose")?,
            extended_key_usage: oid_text(members, "extendedKeyUsage")?,
            allow_sha1: flag("allowSha1")?,
        };
        if settings.purpose.is_some() && settings.extended_key_usage.is_some() {
            return Err(invalid("give either purpose or extendedKeyUsage, not both"));
        }
        Ok(settings)
    }

    fn apply<'s>(&'s self, options: &mut PathOptions<'s>) -> Result<(), Error> {
        options.explicit_policy = self.explicit_policy;
        set(&mut options.inhibit_policy_mapping, self.inhibit_policy_mapping);
        set(&mut options.inhibit_any_policy, self.inhibit_any_policy);
        options.name_constraints = self
            .name_constraints
            .map(NameConstraints::from_der)
            .transpose()
            .map_err(|malformed| malformed.of(Code::OptionsInvalid, "nameConstraints"))?;
        options.key_usage = self.key_usage;
        options.purpose = match (&self.purpose, &self.extended_key_usage) {
            (Some(purpose), _) => Some(Purpose::Allowed(crate::der::Oid::new(purpose))),
            (None, Some(purpose)) => Some(Purpose::Named(crate::der::Oid::new(purpose))),
            (None, None) => None,
        };
        set(&mut options.allow_sha1, self.allow_sha1);
        Ok(())
    }
}

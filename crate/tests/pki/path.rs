//! Paths below a root, given by the extensions of their certificates, and the results of their validation.

use honnin::der::Oid;
use honnin::x509::{PathOptions, TrustAnchor, verify_certificate};
use honnin::{Code, Error};

use super::{
    Key, NOW, Template, basic_constraints, extension, int, key_usage, mappings, oid, oid_contents, root, seq,
    tlv,
};

pub const P1: &str = "1.2.392.1.1";
pub const P2: &str = "1.2.392.1.2";
pub const P3: &str = "1.2.392.1.3";
pub const ANY: &str = "2.5.29.32.0";

/// The certificates below the root, each with these extensions, the leaf last. `true` makes one self-issued.
pub struct Path(Vec<(bool, Vec<Vec<u8>>)>);

impl Path {
    pub fn of(certificates: &[&[Vec<u8>]]) -> Self {
        Self(
            certificates
                .iter()
                .map(|extensions| (false, extensions.to_vec()))
                .collect(),
        )
    }

    pub fn self_issued(mut self, at: usize) -> Self {
        self.0[at].0 = true;
        self
    }

    /// The leaf first.
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        let (mut issuer, mut signer) = ("Root".to_owned(), 1);
        let mut made = Vec::new();
        for (at, (own, extensions)) in self.0.iter().enumerate() {
            let subject = if *own {
                issuer.clone()
            } else {
                format!("Subject {at}")
            };
            let key = 10 + at as u32;
            let mut template = Template::new(&issuer, &subject, &Key::new(key));
            let is_leaf = at + 1 == self.0.len();
            let has = |kind: &str| {
                let kind = oid(kind);
                extensions
                    .iter()
                    .any(|extension| extension.windows(kind.len()).any(|part| part == kind))
            };
            if !is_leaf && !has("2.5.29.19") {
                template = template.with(basic_constraints(None));
            }
            if !is_leaf && !has("2.5.29.15") {
                template = template.with(key_usage(0x06));
            }
            for extension in extensions {
                template = template.with(extension.clone());
            }
            made.push(template.sign(&Key::new(signer)));
            (issuer, signer) = (subject, key);
        }
        made.reverse();
        made
    }

    pub fn verify(&self, adjust: impl Fn(&mut PathOptions<'_>)) -> Result<Vec<String>, Code> {
        self.verify_from(&[], adjust)
    }

    /// With these initial policies.
    pub fn verify_from(
        &self,
        initial: &[&str],
        adjust: impl Fn(&mut PathOptions<'_>),
    ) -> Result<Vec<String>, Code> {
        self.outcome(initial, adjust).map_err(|error| error.code())
    }

    /// The same with the whole error.
    pub fn outcome(
        &self,
        initial: &[&str],
        adjust: impl Fn(&mut PathOptions<'_>),
    ) -> Result<Vec<String>, Error> {
        let anchor = root("Root", &Key::new(1));
        let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
        let certificates = self.certificates();
        let intermediates: Vec<&[u8]> = certificates[1..].iter().map(Vec::as_slice).collect();
        let contents: Vec<Vec<u8>> = initial.iter().map(|policy| oid_contents(policy)).collect();
        let initial: Vec<Oid<'_>> = contents.iter().map(|contents| Oid::new(contents)).collect();
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.initial_policies = &initial;
        adjust(&mut options);
        verify_certificate(&certificates[0], &options).map(|valid| {
            assert_eq!(valid.certificates.len(), certificates.len());
            valid.policies.iter().map(ToString::to_string).collect()
        })
    }

    pub fn plain(&self) -> Result<Vec<String>, Code> {
        self.verify(|_| ())
    }

    pub fn explicit(&self) -> Result<Vec<String>, Code> {
        self.verify(|options| options.explicit_policy = true)
    }
}

pub fn of(list: &[&str]) -> Result<Vec<String>, Code> {
    Ok(list.iter().map(|policy| (*policy).to_owned()).collect())
}

pub const NOT_ACCEPTABLE: Result<Vec<String>, Code> = Err(Code::PolicyNotAcceptable);

pub fn constraints(explicit: Option<u8>, mapping: Option<u8>) -> Vec<u8> {
    let field = |tag, skip: Option<u8>| skip.map(|skip| tlv(tag, &[skip])).unwrap_or_default();
    extension(
        "2.5.29.36",
        true,
        &seq(&[&field(0x80, explicit), &field(0x81, mapping)]),
    )
}

pub fn inhibit_any(skip: u8) -> Vec<u8> {
    extension("2.5.29.54", true, &int(&[skip]))
}

pub fn mapped(from: &str, to: &str) -> Vec<u8> {
    mappings(&[(from.into(), to.into())])
}

//! The result of revocation evidence for one certificate.

use honnin::Code;
use honnin::x509::{PathOptions, Requirement, Revocation, TrustAnchor, verify_certificate};

use super::{Key, NOW, Template, distribution_points, root};

pub const GOOD: Result<Revocation, Code> = Ok(Revocation::Good);

/// The certificate with serial number 42 that the root issued, and the evidence about it. There is no clock
/// tolerance, and the revocation status is required.
#[derive(Clone)]
pub struct Question {
    pub anchors: Vec<Vec<u8>>,
    pub leaf: Vec<u8>,
    pub intermediates: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
    pub responses: Vec<Vec<u8>>,
}

impl Question {
    pub fn new() -> Self {
        Self::about(leaf())
    }

    pub fn about(leaf: Template) -> Self {
        Self {
            anchors: vec![root("Root", &Key::new(1))],
            leaf: leaf.sign(&Key::new(1)),
            intermediates: Vec::new(),
            crls: Vec::new(),
            responses: Vec::new(),
        }
    }

    /// About a certificate with these distribution points.
    pub fn at(points: &[Vec<u8>]) -> Self {
        Self::about(leaf().with(distribution_points(points)))
    }

    pub fn below(mut self, intermediate: Vec<u8>) -> Self {
        self.intermediates.push(intermediate);
        self
    }

    pub fn crl(mut self, crl: Vec<u8>) -> Self {
        self.crls.push(crl);
        self
    }

    pub fn response(mut self, response: Vec<u8>) -> Self {
        self.responses.push(response);
        self
    }

    pub fn ask(&self) -> Result<Revocation, Code> {
        self.ask_with(|_| ())
    }

    pub fn ask_with(&self, adjust: impl FnOnce(&mut PathOptions<'_>)) -> Result<Revocation, Code> {
        fn slices(list: &[Vec<u8>]) -> Vec<&[u8]> {
            list.iter().map(Vec::as_slice).collect()
        }
        let anchors: Vec<_> = self
            .anchors
            .iter()
            .map(|anchor| TrustAnchor::from_certificate(anchor).unwrap())
            .collect();
        let intermediates = slices(&self.intermediates);
        let (crls, responses) = (slices(&self.crls), slices(&self.responses));
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.revocation.crls = &crls;
        options.revocation.ocsp_responses = &responses;
        options.revocation.clock_tolerance = 0;
        options.revocation.require = Requirement::Certificate;
        adjust(&mut options);
        verify_certificate(&self.leaf, &options)
            .map(|valid| valid.revocation[0])
            .map_err(|error| error.code())
    }

    /// Without a requirement; known statuses count nevertheless.
    pub fn ask_without_need(&self) -> Result<Revocation, Code> {
        self.ask_with(|options| options.revocation.require = Requirement::Nothing)
    }
}

pub fn leaf() -> Template {
    Template::new("Root", "Leaf", &Key::new(3)).serial(&[42])
}

//! Inputs with the maximum cost, as data: the same inputs for the native code and for the module.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod messages;
mod names;
mod repeated;

pub use messages::{many_signatures, many_signers};
pub use names::long_names;
pub use repeated::repeated;

use honnin::Code;
use honnin::Report;
use honnin::cms::{CmsOptions, verify_pdf_with, verify_signed_data};
use honnin::x509::{PathOptions, Requirement, TrustAnchor, verify_certificate};

use super::pki::*;

/// The question.
pub enum Question {
    Certificate {
        leaf: Vec<u8>,
        intermediates: Vec<Vec<u8>>,
        /// If there are any, the revocation status is required.
        crls: Vec<Vec<u8>>,
        responses: Vec<Vec<u8>>,
    },
    Message(Vec<u8>),
    /// A PDF file.
    File(Vec<u8>),
}

pub struct Hostile {
    pub name: String,
    pub anchor: Vec<u8>,
    /// The number of certificates or signers, or the code.
    pub expected: Result<usize, Code>,
    pub question: Question,
}

fn slices(list: &[Vec<u8>]) -> Vec<&[u8]> {
    list.iter().map(Vec::as_slice).collect()
}

impl Hostile {
    /// The length of the only CRL, which is hashed once to verify its signature. Limits on bytes bound that.
    pub fn hashed(&self) -> usize {
        match &self.question {
            Question::Certificate { crls, .. } => match crls.as_slice() {
                [only] => only.len(),
                _ => 0,
            },
            _ => 0,
        }
    }

    pub fn ask(&self) -> Result<usize, Code> {
        let anchors = [TrustAnchor::from_certificate(&self.anchor).unwrap()];
        let mut options = PathOptions::new(&anchors, NOW);
        match &self.question {
            Question::Certificate {
                leaf,
                intermediates,
                crls,
                responses,
            } => {
                let (intermediates, crls, responses) =
                    (slices(intermediates), slices(crls), slices(responses));
                options.intermediates = &intermediates;
                options.revocation.crls = &crls;
                options.revocation.ocsp_responses = &responses;
                if !(crls.is_empty() && responses.is_empty()) {
                    options.revocation.require = Requirement::Certificate;
                }
                verify_certificate(leaf, &options)
                    .map(|valid| valid.certificates.len())
                    .map_err(|error| error.code())
            }
            Question::Message(message) => verify_signed_data(message, &CmsOptions::default(), &options)
                .map(|valid| valid.signers.len())
                .map_err(|refused| refused.error.code()),
            Question::File(file) => verify_pdf_with(file, &CmsOptions::default(), |certificate, enclosed| {
                let mut options = options;
                options.intermediates = &enclosed.certificates;
                options.limits = options.limits.shared_among(enclosed.signers);
                verify_certificate(certificate.as_der(), &options).map(|_| ((), Report::default()))
            })
            .map(|valid| valid.len())
            .map_err(|refused| refused.error.code()),
        }
    }
}

type Asked = (Vec<u8>, Question);

fn path(anchor: Vec<u8>, intermediates: Vec<Vec<u8>>, leaf: Vec<u8>, crls: Vec<Vec<u8>>) -> Asked {
    let question = Question::Certificate {
        leaf,
        intermediates,
        crls,
        responses: Vec::new(),
    };
    (anchor, question)
}

fn message(anchor: Vec<u8>, message: Vec<u8>) -> Asked {
    (anchor, Question::Message(message))
}

pub fn root_key() -> Key {
    Key::new(1)
}

fn ca_name(at: u32) -> String {
    format!("CA {at}")
}

/// Each CA certificate signed by every other CA, and none by the trust anchor.
fn complete_graph(size: u32) -> Vec<Vec<u8>> {
    let pairs = (0..size).flat_map(|issuer| (0..size).map(move |subject| (issuer, subject)));
    pairs
        .filter(|(issuer, subject)| issuer != subject)
        .map(|(issuer, subject)| {
            Template::ca(&ca_name(issuer), &ca_name(subject), &Key::new(100 + subject))
                .sign(&Key::new(100 + issuer))
        })
        .collect()
}

/// Layers of CA certificates, each signed by every CA of the layer above, and none by the trust anchor. All
/// of one layer share name and key, so that every signature is valid.
fn layers(depth: u32, width: u32) -> Vec<Vec<u8>> {
    let mut certificates = Vec::new();
    for layer in 0..depth {
        for copy in 0..width {
            let template = Template::ca(&ca_name(layer + 1), &ca_name(layer), &Key::new(100 + layer));
            let serial = [1, layer as u8, copy as u8];
            certificates.push(template.serial(&serial).sign(&Key::new(101 + layer)));
        }
    }
    certificates
}

/// An RSA key with arbitrary numbers, and the most expensive exponent.
fn heavy_spki(bytes: usize, seed: u8) -> Vec<u8> {
    let modulus: Vec<u8> = std::iter::once(0)
        .chain((0..bytes).map(|at| 0x81 | (at as u8).wrapping_mul(37).wrapping_add(seed)))
        .collect();
    let key = seq(&[&int(&modulus), &int(&[0, 0xff, 0xff, 0xff, 0xff])]);
    seq(&[&seq(&[&oid("1.2.840.113549.1.1.1"), &tlv(5, &[])]), &bits(&key)])
}

/// `count` CA certificates with the same name and RSA keys of `bytes` bytes, and a leaf that claims to be
/// signed by such a key.
fn heavy(bytes: usize, count: u8) -> (Vec<Vec<u8>>, Vec<u8>) {
    let rsa = seq(&[&oid("1.2.840.113549.1.1.11"), &tlv(5, &[])]);
    let issuers = (0..count)
        .map(|seed| {
            let mut template = Template::ca("Root", "CA 0", &root_key());
            template.spki = heavy_spki(bytes, seed);
            template.serial(&[1, seed]).unsigned()
        })
        .collect();
    let template = Template::new("CA 0", "Leaf", &Key::new(3));
    let tbs = seq(&[
        &tlv(0xa0, &int(&[2])),
        &int(&[1]),
        &rsa,
        &template.issuer,
        &seq(&[&utc_time(template.from), &utc_time(template.to)]),
        &template.subject,
        &template.spki,
    ]);
    let leaf = seq(&[&tbs, &rsa, &bits(&vec![0x5a; bytes])]);
    (issuers, leaf)
}

/// Nine CA certificates that each constrain every name of the leaf.
fn constraint_bomb(names: u32, constraints: u32) -> (Vec<Vec<u8>>, Vec<u8>) {
    let host = |kind: &str, at: u32| tlv(0x82, format!("{kind}{at}.example").as_bytes());
    let excluded: Vec<_> = (0..constraints).map(|at| host("x", at)).collect();
    let mut intermediates = Vec::new();
    let (mut issuer, mut signer) = ("Root".to_owned(), root_key());
    for at in 0..9 {
        let (subject, key) = (ca_name(at), Key::new(100 + at));
        let template = Template::ca(&issuer, &subject, &key).with(name_constraints(&[], &excluded));
        intermediates.push(template.sign(&signer));
        (issuer, signer) = (subject, key);
    }
    let hosts: Vec<_> = (0..names).map(|at| host("h", at)).collect();
    let leaf = Template::new(&issuer, "Leaf", &Key::new(3))
        .with(alt_names(&hosts))
        .sign(&signer);
    (intermediates, leaf)
}

/// A leaf with 60 distribution points of 16 names each, and CRLs with as many names, all different.
fn point_bomb(crls: usize) -> (Vec<u8>, Vec<Vec<u8>>) {
    let names = |prefix: &str| -> Vec<u8> {
        (0..16)
            .flat_map(|at| directory(&rdns(&[&rdn("2.5.4.3", &format!("{prefix} {at:02}"))])))
            .collect()
    };
    let full = |prefix: &str| tlv(0xa0, &tlv(0xa0, &names(prefix)));
    let points: Vec<_> = (0..60).map(|at| seq(&[&full(&format!("point {at}"))])).collect();
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .with(distribution_points(&points))
        .sign(&root_key());
    let crl = CrlTemplate::new("Root")
        .with(issuing(&[&full("list")]))
        .sign(&root_key());
    (leaf, vec![crl; crls])
}

/// A message with `signers` signers whose keys the sender made, and its certificates.
fn signed_message(signers: u32, carried: &[Vec<u8>]) -> Vec<u8> {
    const DATA: &str = "1.2.840.113549.1.7.1";
    let sha256 = seq(&[&oid("2.16.840.1.101.3.4.2.1")]);
    let content = b"content";
    let mut certificates = carried.concat();
    let mut infos = Vec::new();
    for at in 0..signers {
        let key = Key::new(5_000 + at);
        let serial = [2, at as u8];
        let leaf = Template::new("CA 0", "Leaf", &key)
            .serial(&serial)
            .sign(&Key::new(100));
        certificates.extend(leaf);
        infos.extend(seq(&[
            &int(&[1]),
            &seq(&[&name("CA 0"), &int(&serial)]),
            &sha256,
            &algorithm(),
            &tlv(4, &key.sign(content)),
        ]));
    }
    let body = seq(&[
        &int(&[1]),
        &tlv(0x31, &sha256),
        &seq(&[&oid(DATA), &tlv(0xa0, &tlv(4, content))]),
        &tlv(0xa0, &certificates),
        &tlv(0x31, &infos),
    ]);
    seq(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &body)])
}

pub fn hostile() -> Vec<Hostile> {
    let anchor = || root("Root", &root_key());
    let below = Template::new("CA 0", "Leaf", &Key::new(3)).sign(&Key::new(100));
    let below_root = |extension: Vec<u8>| {
        let template = Template::new("Root", "Leaf", &Key::new(3));
        template.with(extension).sign(&root_key())
    };
    let mut list = Vec::new();
    let mut add = |name: &str, expected, (anchor, question): Asked| {
        list.push(Hostile {
            name: name.to_owned(),
            anchor,
            expected,
            question,
        });
    };
    let exhausted = Err(Code::PathBudgetExhausted);
    let graph = |intermediates| path(anchor(), intermediates, below.clone(), Vec::new());

    add(
        "eight layers of twelve, each signed by the next",
        exhausted,
        graph(layers(8, 12)),
    );
    let crowd: Vec<_> = (0..10_000)
        .map(|at: u32| {
            let mut template = Template::ca("Root", "CA 0", &Key::new(101));
            template.serial = at.to_be_bytes().to_vec();
            template.serial[0] = 1;
            template.unsigned()
        })
        .collect();
    add("10,000 intermediates of one name", exhausted, graph(crowd));
    for (name, bytes, count) in [
        ("100 RSA-2048 keys of the heaviest exponent", 256, 100),
        ("100 RSA-4096 keys of the heaviest exponent", 512, 100),
        ("100 RSA-8192 keys of the heaviest exponent", 1_024, 100),
    ] {
        let (issuers, leaf) = heavy(bytes, count);
        add(name, exhausted, path(anchor(), issuers, leaf, Vec::new()));
    }

    let (intermediates, leaf) = constraint_bomb(1_500, 1_500);
    add(
        "1,500 names, each constrained 13,500 times",
        exhausted,
        path(anchor(), intermediates, leaf, Vec::new()),
    );
    let mut nested = vec![5, 0];
    for _ in 0..15_000 {
        nested = tlv(0x30, &nested);
    }
    let other_name = tlv(0xa0, &[oid("1.2.392.1.1"), tlv(0xa0, &nested)].concat());
    let deep = below_root(alt_names(&[other_name]));
    add(
        "a name nested 15,000 deep",
        Ok(1),
        path(anchor(), Vec::new(), deep, Vec::new()),
    );
    let deep = below_root(extension("2.5.29.30", true, &nested));
    add(
        "name constraints nested 15,000 deep",
        Err(Code::CertificateMalformed),
        path(anchor(), Vec::new(), deep, Vec::new()),
    );
    let indefinite = [0x30, 0x80].repeat(500_000);
    add(
        "a message nested 500,000 deep without lengths",
        Err(Code::CmsMalformed),
        message(anchor(), indefinite),
    );
    let carried = complete_graph(12);
    add(
        "a message of one signer with a complete graph",
        exhausted,
        message(anchor(), signed_message(1, &carried)),
    );
    list
}

/// Work that is spread over parts, each of which could have limits of its own.
pub fn spread() -> Vec<Hostile> {
    let anchor = || root("Root", &root_key());
    let (leaf, crls) = point_bomb(4_096);
    let exhausted = |name: &str, (anchor, question): Asked| Hostile {
        name: name.to_owned(),
        anchor,
        expected: Err(Code::PathBudgetExhausted),
        question,
    };
    vec![
        exhausted(
            "60 distribution points of 16 names against 4,096 CRLs",
            path(anchor(), Vec::new(), leaf, crls),
        ),
        exhausted(
            "a message of as many signers as may be, with a complete graph",
            message(
                anchor(),
                signed_message(honnin::cms::MAX_SIGNERS as u32, &complete_graph(12)),
            ),
        ),
    ]
}

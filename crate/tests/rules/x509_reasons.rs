//! The reason that is given is the reason: what is there and cannot be read is not called missing or unauthorized.

use crate::pki::ocsp::Ocsp;
use crate::pki::*;
use honnin::x509::{PathOptions, Requirement, TrustAnchor, verify_certificate};
use honnin::{Code, Error};

/// What comes of a leaf that the root issued, unless `leaf` says otherwise.
fn ask(leaf: &[u8], intermediates: &[Vec<u8>], crls: &[Vec<u8>], responses: &[Vec<u8>]) -> Result<(), Error> {
    let anchor = root("Root", &Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let intermediates: Vec<&[u8]> = intermediates.iter().map(Vec::as_slice).collect();
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let responses: Vec<&[u8]> = responses.iter().map(Vec::as_slice).collect();
    let mut options = PathOptions::new(&anchors, NOW);
    options.intermediates = &intermediates;
    options.revocation.crls = &crls;
    options.revocation.ocsp_responses = &responses;
    if !(crls.is_empty() && responses.is_empty()) {
        options.revocation.require = Requirement::Certificate;
    }
    verify_certificate(leaf, &options).map(|_| ())
}

fn leaf() -> Vec<u8> {
    Template::new("Root", "Leaf", &Key::new(3))
        .serial(&[42])
        .sign(&Key::new(1))
}

/// A BOOLEAN of 01, which may mean either.
fn odd() -> Vec<u8> {
    extension("2.5.29.19", true, &seq(&[&tlv(1, &[1])]))
}

fn refused(asked: Result<(), Error>, code: Code, said: &[&str]) {
    let error = asked.unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    for said in said {
        assert!(error.message().contains(said), "{error}");
    }
}

#[test]
fn an_issuer_that_cannot_be_read() {
    let below = Template::new("CA", "Leaf", &Key::new(3)).sign(&Key::new(2));
    let unreadable = Template::new("Root", "CA", &Key::new(2))
        .with(odd())
        .sign(&Key::new(1));
    let readable = Template::ca("Root", "CA", &Key::new(2)).sign(&Key::new(1));
    let malformed = Code::CertificateMalformed;
    refused(
        ask(&below, std::slice::from_ref(&unreadable), &[], &[]),
        malformed,
        &["issuer is there and cannot be read", "BOOLEAN"],
    );
    // One step further out.
    let middle = Template::ca("CA", "CA 2", &Key::new(4)).sign(&Key::new(2));
    let deep = Template::new("CA 2", "Leaf", &Key::new(3)).sign(&Key::new(4));
    refused(
        ask(&deep, &[middle, unreadable.clone()], &[], &[]),
        malformed,
        &["BOOLEAN"],
    );
    // Another's is not this one's, and one that can be read is enough.
    let other = Template::new("Root", "Other", &Key::new(2))
        .with(odd())
        .sign(&Key::new(1));
    refused(
        ask(&below, &[other], &[], &[]),
        Code::IssuerNotFound,
        &["1 of the intermediates could not be read"],
    );
    assert!(ask(&below, &[unreadable.clone(), readable.clone()], &[], &[]).is_ok());
    // A path that was walked tells more.
    let mut expired = Template::ca("Root", "CA", &Key::new(2));
    expired.to = NOW - 1;
    refused(
        ask(&below, &[unreadable, expired.sign(&Key::new(1))], &[], &[]),
        Code::CertificateExpired,
        &[],
    );
}

#[test]
fn a_responder_that_cannot_be_read() {
    let delegate = |extra: Option<Vec<u8>>| {
        let template =
            Template::new("Root", "Responder", &Key::new(5)).with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]));
        extra
            .into_iter()
            .fold(template, Template::with)
            .sign(&Key::new(1))
    };
    let response = |certificates: Vec<Vec<u8>>| {
        let mut response = Ocsp::new();
        response.responder = tlv(0xa1, &name("Responder"));
        response.certificates = certificates;
        [response.sign(&Key::new(5))]
    };
    assert!(ask(&leaf(), &[], &[], &response(vec![delegate(None)])).is_ok());
    refused(
        ask(&leaf(), &[], &[], &response(vec![delegate(Some(odd()))])),
        Code::CertificateMalformed,
        &["comes with the OCSP response cannot be read", "BOOLEAN"],
    );
    assert!(
        ask(
            &leaf(),
            &[],
            &[],
            &response(vec![delegate(Some(odd())), delegate(None)])
        )
        .is_ok()
    );
    // One of the responder's name that may not answer is no better reason.
    let older = Template::new("Root", "Responder", &Key::new(6))
        .serial(&[6])
        .sign(&Key::new(1));
    refused(
        ask(
            &leaf(),
            &[],
            &[],
            &response(vec![older.clone(), delegate(Some(odd()))]),
        ),
        Code::CertificateMalformed,
        &["comes with the OCSP response cannot be read", "BOOLEAN"],
    );
    let stranger = Template::new("Root", "Stranger", &Key::new(6))
        .with(odd())
        .sign(&Key::new(1));
    refused(
        ask(&leaf(), &[], &[], &response(vec![stranger, older])),
        Code::OcspResponderUnauthorized,
        &["OCSPSigning"],
    );
    // Nobody is there: that is another thing.
    refused(
        ask(&leaf(), &[], &[], &response(vec![])),
        Code::OcspResponderUnauthorized,
        &["neither"],
    );
}

#[test]
fn a_signer_of_lists_that_cannot_be_read() {
    // The root issues, and another key of its name signs its lists.
    let crl = [CrlTemplate::new("Root").sign(&Key::new(6))];
    let signer = |extra: Option<Vec<u8>>| {
        let template = Template::new("Root", "Root", &Key::new(6))
            .with(key_usage(0x02))
            .with(subject_key(b"lists"));
        extra
            .into_iter()
            .fold(template, Template::with)
            .sign(&Key::new(1))
    };
    let crl_naming = |id: &[u8]| {
        [CrlTemplate::new("Root")
            .with(authority_key(id))
            .sign(&Key::new(6))]
    };
    assert!(ask(&leaf(), &[signer(None)], &crl, &[]).is_ok());
    assert!(ask(&leaf(), &[signer(None)], &crl_naming(b"lists"), &[]).is_ok());
    refused(
        ask(&leaf(), &[signer(Some(odd()))], &crl_naming(b"lists"), &[]),
        Code::CertificateMalformed,
        &[
            "a certificate of the CRL's issuer is there and cannot be read",
            "BOOLEAN",
        ],
    );
    // A list that does not say which key signed it may be this one's.
    refused(
        ask(&leaf(), &[signer(Some(odd()))], &crl, &[]),
        Code::CertificateMalformed,
        &["a certificate of the CRL's issuer is there and cannot be read"],
    );
    // One that names the issuer's own key was not signed by it, whoever else is there.
    refused(
        ask(
            &leaf(),
            &[signer(Some(odd()))],
            &crl_naming(&Key::new(1).id()),
            &[],
        ),
        Code::CrlSignatureMismatch,
        &[],
    );
    refused(ask(&leaf(), &[], &crl, &[]), Code::CrlSignatureMismatch, &[]);
    refused(
        ask(&leaf(), &[], &crl_naming(b"lists"), &[]),
        Code::CrlIssuerNotFound,
        &[],
    );
}

#[test]
fn an_issuer_without_a_name() {
    let mut nameless = Template::ca("Root", "CA", &Key::new(2));
    nameless.subject = seq(&[]);
    let mut below = Template::new("CA", "Leaf", &Key::new(3));
    below.issuer = seq(&[]);
    refused(
        ask(
            &below.sign(&Key::new(2)),
            &[nameless.sign(&Key::new(1))],
            &[],
            &[],
        ),
        Code::CertificateMalformed,
        &["the issuer's name is empty"],
    );
}

#[test]
fn which_certificate_it_is() {
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let ca = Template::ca("Root", "CA", &Key::new(2))
        .serial(&[7])
        .sign(&root_key);
    let leaf = Template::new("CA", "Leaf", &Key::new(3)).sign(&Key::new(2));
    let own = CrlTemplate::new("CA").sign(&Key::new(2));
    let above = |serial: &[u8]| CrlTemplate::new("Root").entry(serial, &[]).sign(&root_key);
    let ask = |crls: &[Vec<u8>], require| {
        let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
        let intermediates = [ca.as_slice()];
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.revocation.crls = &crls;
        options.revocation.require = require;
        let report = match verify_certificate(&leaf, &options) {
            Ok(valid) => valid.report,
            Err(error) => error.report().clone(),
        };
        let of_revocation = report.steps().iter().filter(|step| step.id == "revocation");
        of_revocation.map(|step| step.detail.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        ask(&[own.clone(), above(&[8])], Requirement::Path),
        ["certificate 2: not revoked", "certificate 1: not revoked"]
    );
    let revoked = ask(&[own.clone(), above(&[7])], Requirement::Path);
    assert!(
        revoked[0].starts_with("certificate 2: revoked (unspecified) at "),
        "{revoked:?}"
    );
    let unknown = ask(&[own], Requirement::Path);
    assert!(
        unknown[0].starts_with("certificate 2: whether it was revoked is required and not known"),
        "{unknown:?}"
    );
    assert_eq!(
        ask(&[], Requirement::Nothing),
        [
            "certificate 2: not checked: no evidence",
            "certificate 1: not checked: no evidence"
        ]
    );
}

/// A certificate whose signature is by P-256 with SHA-512, which is not supported.
fn by_sha512(template: &Template) -> Vec<u8> {
    let algorithm = seq(&[&oid("1.2.840.10045.4.3.4")]);
    let tbs = seq(&[
        &tlv(0xa0, &int(&[2])),
        &int(&template.serial),
        &algorithm,
        &template.issuer,
        &seq(&[&utc_time(template.from), &utc_time(template.to)]),
        &template.subject,
        &template.spki,
        &tlv(0xa3, &tlv(0x30, &template.extensions.concat())),
    ]);
    seq(&[&tbs, &algorithm, &bits(&Key::new(1).sign(&tbs))])
}

#[test]
fn a_responder_whose_certificate_cannot_be_checked() {
    let template = Template::new("Root", "Responder", &Key::new(5))
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
        .serial(&[5]);
    let said = &["signature of a certificate that comes with the OCSP response cannot be checked"];
    let delegated = Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        certificates: vec![by_sha512(&template)],
        ..Ocsp::new()
    };
    refused(
        ask(&leaf(), &[], &[], &[delegated.sign(&Key::new(5))]),
        Code::AlgorithmUnsupported,
        said,
    );
    // Signed by another key, it was not issued.
    let foreign = Ocsp {
        certificates: vec![template.sign(&Key::new(9))],
        ..delegated
    };
    refused(
        ask(&leaf(), &[], &[], &[foreign.sign(&Key::new(5))]),
        Code::OcspResponderUnauthorized,
        &["did not issue"],
    );
}

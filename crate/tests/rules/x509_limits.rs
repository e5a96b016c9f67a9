//! How much of each thing may be there: what is more than any real certificate, list or answer has is refused as malformed.

use crate::pki::evidence::{GOOD, Question};
use crate::pki::ocsp::Ocsp;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{Certificate, Crl, OcspResponse};

/// Of `most` it is read, of one more it is malformed.
fn up_to(most: usize, malformed: Code, read: impl Fn(usize) -> Result<(), Code>) {
    assert_eq!(read(most), Ok(()), "{most}");
    assert_eq!(read(most + 1), Err(malformed), "{}", most + 1);
}

fn certificate(template: &Template) -> Result<(), Code> {
    let signed = template.sign(&Key::new(1));
    Certificate::from_der(&signed)
        .map(|_| ())
        .map_err(|error| error.code())
}

fn leaf() -> Template {
    Template::new("Root", "Leaf", &Key::new(3))
}

#[test]
fn numbers() {
    // One byte more than the 20 and the 40 that numbers of either have at the most: a sign may stand before them.
    up_to(40, Code::CertificateMalformed, |bytes| {
        certificate(&leaf().serial(&vec![1; bytes]))
    });
    up_to(21, Code::CrlMalformed, |bytes| {
        let number = extension("2.5.29.20", false, &int(&vec![1; bytes]));
        let list = CrlTemplate::new("Root").with(number).sign(&Key::new(1));
        Crl::from_der(&list).map(|_| ()).map_err(|error| error.code())
    });
}

#[test]
fn distribution_points_and_their_names() {
    let full = |names: usize| tlv(0xa0, &tlv(0xa0, &directory(&name("Lists")).repeat(names)));
    up_to(64, Code::CertificateMalformed, |points| {
        certificate(&leaf().with(distribution_points(&vec![seq(&[&full(1)]); points])))
    });
    up_to(16, Code::CertificateMalformed, |names| {
        certificate(&leaf().with(distribution_points(&[seq(&[&full(names)])])))
    });
    let none = certificate(&leaf().with(distribution_points(&[])));
    assert_eq!(none, Err(Code::CertificateMalformed));
}

#[test]
fn names() {
    let subject = |subject: Vec<u8>| {
        certificate(&Template {
            subject: rdns(&[&subject]),
            ..leaf()
        })
    };
    let attributes = |count: usize| {
        let each: Vec<u8> = (0..count)
            .flat_map(|at| attribute(&format!("2.5.4.{}", 10 + at), "a"))
            .collect();
        tlv(0x31, &each)
    };
    up_to(8, Code::CertificateMalformed, |count| subject(attributes(count)));
    // The contents of the sequence; a commonName of more than 255 characters has 19 bytes around it.
    up_to(8_192, Code::CertificateMalformed, |bytes| {
        let around = rdn("2.5.4.3", &"a".repeat(1_000)).len() - 1_000;
        subject(rdn("2.5.4.3", &"a".repeat(bytes - around)))
    });
}

#[test]
fn answers_and_certificates_of_a_response() {
    let about = |serial: u8| Ocsp {
        serial: vec![serial],
        ..Ocsp::new()
    };
    up_to(256, Code::OcspMalformed, |answers| {
        let response = about(42).sign_answers(&Key::new(1), &vec![about(42).answer(); answers]);
        OcspResponse::from_der(&response)
            .map(|_| ())
            .map_err(|error| error.code())
    });
}

#[test]
fn certificates_beyond_the_sixteenth_are_not_looked_at() {
    let responder = Template::new("Root", "Responder", &Key::new(6))
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
        .sign(&Key::new(1));
    let asked = |others: usize| {
        let mut certificates = vec![root("Other", &Key::new(9)); others];
        certificates.push(responder.clone());
        let response = Ocsp {
            responder: tlv(0xa1, &name("Responder")),
            certificates,
            ..Ocsp::new()
        };
        Question::new().response(response.sign(&Key::new(6))).ask()
    };
    assert_eq!(asked(15), GOOD);
    assert_eq!(asked(16), Err(Code::OcspResponderUnauthorized));
    // The issuer's own signature needs none of them.
    let own = Ocsp {
        certificates: vec![root("Other", &Key::new(9)); 40],
        ..Ocsp::new()
    };
    assert_eq!(Question::new().response(own.sign(&Key::new(1))).ask(), GOOD);
}

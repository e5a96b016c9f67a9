//! Encodings in certificates that are not quite DER: which are read, and named, and which are refused.

use crate::pki::*;
use honnin::inspect::inspect;
use honnin::x509::{Certificate, Crl, KeyUsage, OcspResponse, PathOptions, TrustAnchor, verify_certificate};
use honnin::{Code, Status};

fn template() -> Template {
    Template::new("Root", "Leaf", &Key::new(3))
}

/// What the report says of the certificate's encoding, if it is accepted.
fn verify(leaf: &[u8]) -> Result<Option<String>, Code> {
    let anchor = root("Root", &Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    verify_certificate(leaf, &PathOptions::new(&anchors, NOW))
        .map(|valid| {
            let mut steps = valid.report.steps().iter();
            let step = steps.find(|step| step.id == "certificate-encoding");
            step.map(|step| {
                assert_eq!(step.status, Status::Passed);
                step.detail.to_string()
            })
        })
        .map_err(|error| error.code())
}

fn with(extension: Vec<u8>) -> Result<Option<String>, Code> {
    verify(&template().with(extension).sign(&Key::new(1)))
}

fn named(what: &str) -> Result<Option<String>, Code> {
    Ok(Some(format!(
        "certificate 1: not quite DER, and without doubt: {what}"
    )))
}

/// An extension whose `critical` is written out, whatever it is.
fn written(kind: &str, critical: u8, value: &[u8]) -> Vec<u8> {
    seq(&[&oid(kind), &tlv(1, &[critical]), &tlv(4, value)])
}

fn usage(unused: u8, bits: &[u8]) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv(3, &[&[unused], bits].concat()))
}

#[test]
fn default_values_that_are_written_out() {
    const SAID: &str = "a default value is written out";
    assert_eq!(with(key_usage(0x80)), Ok(None));
    assert_eq!(with(written("2.5.29.15", 0, &tlv(3, &[7, 0x80]))), named(SAID));
    assert_eq!(with(written("1.2.392.1", 0, &[5, 0])), named(SAID));
    assert_eq!(
        with(extension("2.5.29.19", true, &seq(&[&tlv(1, &[0])]))),
        named(SAID)
    );
    let constraints = seq(&[&tlv(0xa0, &seq(&[&tlv(0x82, b"example.jp"), &tlv(0x80, &[0])]))]);
    assert_eq!(with(extension("2.5.29.30", true, &constraints)), named(SAID));
    // Version 1, said.
    let fields = template();
    let tbs = |version: &[u8]| {
        let tbs = seq(&[
            version,
            &int(&fields.serial),
            &algorithm(),
            &fields.issuer,
            &seq(&[&utc_time(fields.from), &utc_time(fields.to)]),
            &fields.subject,
            &fields.spki,
        ]);
        signed(&tbs, &Key::new(1))
    };
    assert_eq!(verify(&tbs(&[])), Ok(None));
    assert_eq!(verify(&tbs(&tlv(0xa0, &int(&[0])))), named(SAID));
    assert_eq!(
        Certificate::from_der(&tbs(&tlv(0xa0, &int(&[0]))))
            .unwrap()
            .version(),
        1
    );
}

#[test]
fn lists_of_named_bits_with_zeros_at_their_end() {
    const SAID: &str = "a list of named bits has zeros at its end";
    for (unused, bits, wanted) in [
        (0, &[0x06][..], 0x06),
        (0, &[0x80], 0x80),
        (5, &[0x80], 0x80),
        (0, &[0x80, 0x00], 0x80),
        (7, &[0x06, 0x00], 0x06),
        (0, &[0x00], 0x00),
    ] {
        let leaf = template().with(usage(unused, bits)).sign(&Key::new(1));
        assert_eq!(verify(&leaf), named(SAID), "{unused} {bits:?}");
        let found = Certificate::from_der(&leaf)
            .unwrap()
            .extensions()
            .key_usage
            .unwrap();
        let expected = (0..8)
            .filter(|bit| wanted & (0x80 >> bit) != 0)
            .map(|bit| 1 << bit)
            .sum();
        assert_eq!(found, KeyUsage(expected), "{unused} {bits:?}");
    }
    let point = seq(&[&full_name(&name("DP")), &tlv(0x81, &[0, 0x40])]);
    assert_eq!(with(distribution_points(&[point])), named(SAID));
    let both = template()
        .with(usage(0, &[0x80]))
        .with(extension("2.5.29.19", true, &seq(&[&tlv(1, &[0])])));
    let said = "a default value is written out, and a list of named bits has zeros at its end";
    assert_eq!(verify(&both.sign(&Key::new(1))), named(said));
}

#[test]
fn whatever_may_mean_two_things_is_refused() {
    let refused = Err(Code::CertificateMalformed);
    assert_eq!(with(usage(1, &[0x07])), refused, "a bit set that does not count");
    assert_eq!(with(usage(8, &[0x80])), refused);
    assert_eq!(with(usage(1, &[])), refused);
    assert_eq!(
        with(written("2.5.29.15", 1, &tlv(3, &[7, 0x80]))),
        refused,
        "a BOOLEAN of 01"
    );
    assert_eq!(
        with(extension("2.5.29.19", true, &seq(&[&tlv(1, &[1])]))),
        refused
    );
    assert_eq!(with(extension("2.5.29.19", true, &seq(&[&tlv(1, &[])]))), refused);
    assert_eq!(
        with(seq(&[
            &oid("1.2.392.1"),
            &tlv(1, &[0]),
            &tlv(1, &[0]),
            &tlv(4, &[])
        ])),
        refused
    );
    let long = [&[0x30, 0x81, 0x03][..], &tlv(1, &[0xff])].concat();
    assert_eq!(
        with(extension("2.5.29.19", true, &long)),
        refused,
        "a length that is not minimal"
    );
}

#[test]
fn the_anchor_and_inspect_name_them_too() {
    let odd = Template::new("Root", "Root", &Key::new(1))
        .with(basic_constraints(None))
        .with(usage(0, &[0x06]))
        .sign(&Key::new(1));
    let anchors = [TrustAnchor::from_certificate(&odd).unwrap()];
    let leaf = template().sign(&Key::new(1));
    let valid = verify_certificate(&leaf, &PathOptions::new(&anchors, NOW)).unwrap();
    let step = valid
        .report
        .steps()
        .iter()
        .find(|step| step.id == "trust-anchor")
        .unwrap();
    assert!(
        step.detail.contains("not quite DER: a list of named bits"),
        "{}",
        step.detail
    );
    let described = inspect(&odd).unwrap();
    let field = described
        .fields
        .iter()
        .find(|field| field.label == "Encoding")
        .unwrap();
    assert!(field.value.as_deref().unwrap().contains("a list of named bits"));
    let plain = inspect(&leaf).unwrap();
    assert!(!plain.fields.iter().any(|field| field.label == "Encoding"));
}

/// Of lists and answers there are always new ones.
#[test]
fn in_lists_and_answers_they_stay_refused() {
    let critical = seq(&[&oid("2.5.29.20"), &tlv(1, &[0]), &tlv(4, &int(&[1]))]);
    let crl = CrlTemplate::new("Root").with(critical).sign(&Key::new(1));
    assert_eq!(Crl::from_der(&crl).unwrap_err().code(), Code::CrlMalformed);
    let odd_reasons = issuing(&[&tlv(0x83, &[0, 0x40])]);
    let crl = CrlTemplate::new("Root").with(odd_reasons).sign(&Key::new(1));
    assert_eq!(Crl::from_der(&crl).unwrap_err().code(), Code::CrlMalformed);
    let data = seq(&[
        &tlv(0xa0, &int(&[0])),
        &tlv(0xa1, &name("Root")),
        &time(NOW),
        &seq(&[]),
    ]);
    let basic = signed(&data, &Key::new(1));
    let bytes = seq(&[&oid("1.3.6.1.5.5.7.48.1.1"), &tlv(4, &basic)]);
    let response = seq(&[&tlv(0x0a, &[0]), &tlv(0xa0, &bytes)]);
    assert_eq!(
        OcspResponse::from_der(&response).unwrap_err().code(),
        Code::OcspMalformed
    );
}

#[test]
fn a_certificate_may_have_many_extensions() {
    let of = |count: u32| {
        let each = (0..count).map(|at| extension(&format!("1.2.392.1.{at}"), false, &[5, 0]));
        let template = each.fold(template(), Template::with);
        verify(&template.sign(&Key::new(1)))
    };
    assert_eq!(of(64), Ok(None));
    assert_eq!(of(65), Err(Code::CertificateMalformed));
    // The last one a second time.
    let each = (0..60).map(|at| extension(&format!("1.2.392.1.{at}"), false, &[5, 0]));
    let twice = each
        .fold(template(), Template::with)
        .with(extension("1.2.392.1.59", false, &[5, 0]));
    assert_eq!(verify(&twice.sign(&Key::new(1))), Err(Code::CertificateMalformed));
}

#[test]
fn a_key_is_well_formed_even_where_it_is_not_used() {
    let point = Key::new(3).point();
    let kind = [oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")].concat();
    let key = |spki: Vec<u8>| {
        let mut template = template();
        template.spki = spki;
        verify(&template.sign(&Key::new(1)))
    };
    let (algorithm, bits) = (tlv(0x30, &kind), bits(&point));
    assert_eq!(key(seq(&[&algorithm, &bits])), Ok(None));
    // Of a kind that is not known here: whoever only wants the path does not mind.
    assert_eq!(key(seq(&[&seq(&[&oid("1.2.392.1.1")]), &bits])), Ok(None));
    let long_form = [&[0x30, 0x81, kind.len() as u8][..], &kind].concat();
    let unused_bits = tlv(3, &[&[1], point.as_slice(), &[0xff]].concat());
    for spki in [
        seq(&[]),
        seq(&[&algorithm]),
        seq(&[&long_form, &bits]),
        seq(&[&kind, &bits]),
        seq(&[&algorithm, &unused_bits]),
        seq(&[&algorithm, &bits, &[5, 0]]),
        seq(&[&tlv(0x30, &[kind.as_slice(), &[5, 0]].concat()), &bits]),
    ] {
        assert_eq!(key(spki.clone()), Err(Code::CertificateMalformed), "{spki:02x?}");
    }
}

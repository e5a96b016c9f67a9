//! Descriptions of any input agree with what the verifier reads.

use base64ct::{Base64, Encoding as _};
use honnin::Code;
use honnin::der::civil_from_seconds;
use honnin::inspect::{Encoding, Field, Inspection, Kind, inspect};
use honnin::jpki::{EntryValue, read_holder};
use honnin::signature::PublicKey;
use honnin::x509::{Certificate, Crl, OcspResponse};
use serde_json::Value;

use super::bundle::Bundle;
use super::effort::bounded;
use super::sign::sign_all;
use super::tree::Node;
use super::{message, package, path_seeds, pdf, token};

/// The maximum length of a shown text.
const SHOWN: usize = 60;

fn first(bundle: &Bundle) -> &[u8] {
    let part = bundle.parts.iter().find(|part| part.kind != b'#');
    part.map(|part| part.bytes.as_slice()).unwrap_or_default()
}

pub fn run(input: &[u8]) -> bool {
    let mut bundle = Bundle::read(input);
    sign_all(&mut bundle);
    let bytes = first(&bundle);
    let found = bounded(|| inspect(bytes).map_err(|error| error.code()));
    assert_eq!(
        found,
        inspect(bytes).map_err(|error| error.code()),
        "the same question, answered twice"
    );
    if let Ok(inspection) = &found {
        let json: Value = serde_json::from_str(&inspection.to_json()).unwrap();
        assert_eq!(
            (&json["kind"], &json["verified"]),
            (&Value::from(inspection.kind.as_str()), &Value::Bool(false))
        );
        other_encodings_say_the_same(bytes, inspection);
    }
    let kind = found.as_ref().ok().map(|inspection| inspection.kind);
    if let Ok(certificate) = Certificate::from_der(bytes) {
        assert_eq!(
            kind,
            Some(Kind::Certificate),
            "a certificate that is not described"
        );
        if let Ok(inspection) = &found {
            certificate_agrees(&certificate, inspection);
        }
        assert!(Node::parse(bytes).unwrap().is_minimal(), "read as DER, and none");
    }
    if let Ok(crl) = Crl::from_der(bytes) {
        // Its entries are read here, and otherwise only in a search.
        let is_described = kind == Some(Kind::Crl) || found == Err(Code::CrlMalformed);
        assert!(is_described, "a CRL that is not described");
        let is_readable = crl.find(&[42], crl.issuer()).is_ok();
        let is_minimal = || Node::parse(bytes).unwrap().is_minimal();
        assert!(!is_readable || is_minimal(), "read as DER, and none");
    }
    if OcspResponse::from_der(bytes).is_ok() {
        assert_eq!(
            kind,
            Some(Kind::OcspResponse),
            "an OCSP response that is not described"
        );
    }
    if PublicKey::from_spki(bytes).is_ok() {
        assert_eq!(kind, Some(Kind::PublicKey), "a key that is not described");
        assert!(Node::parse(bytes).unwrap().is_minimal(), "read as DER, and none");
    }
    found.is_ok()
}

fn other_encodings_say_the_same(bytes: &[u8], inspection: &Inspection) {
    if inspection.encoding != Encoding::Der {
        return;
    }
    let body = Base64::encode_string(bytes);
    let label = match inspection.kind {
        Kind::Certificate => "CERTIFICATE",
        Kind::Crl => "X509 CRL",
        Kind::OcspResponse => "OCSP RESPONSE",
        Kind::SignedData => "CMS",
        _ => "PUBLIC KEY",
    };
    let pem = format!("text\n-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
    for (text, encoding) in [(pem, Encoding::Pem), (body, Encoding::Base64)] {
        let found = inspect(text.as_bytes()).unwrap();
        assert_eq!((found.kind, found.encoding), (inspection.kind, encoding));
        assert!(
            found.fields == inspection.fields,
            "another description in another encoding"
        );
    }
}

fn value<'i>(fields: &'i [Field], label: &str) -> Option<&'i str> {
    let field = fields.iter().find(|field| field.label == label)?;
    field.value.as_deref()
}

/// Whether a value is short enough to be shown whole, and plain enough to be shown unchanged.
fn is_plain(text: &str) -> bool {
    text.len() <= SHOWN
        && text
            .chars()
            .all(|character| character.is_ascii_graphic() || ('ぁ'..='龥').contains(&character))
}

fn certificate_agrees(certificate: &Certificate<'_>, inspection: &Inspection) {
    let fields = &inspection.fields;
    assert_eq!(
        value(fields, "Version"),
        Some(certificate.version().to_string().as_str())
    );
    for (label, seconds) in [
        ("Valid from", certificate.not_before()),
        ("Valid until", certificate.not_after()),
    ] {
        let (year, month, day, ..) = civil_from_seconds(seconds);
        let said = value(fields, label).unwrap_or_default();
        assert!(
            said.starts_with(&format!("{year:04}-{month:02}-{day:02}")),
            "{label}: {said}"
        );
    }
    let (subject, mut length) = (value(fields, "Subject").unwrap_or_default(), 0);
    for attribute in certificate.subject().rdns().flat_map(|rdn| rdn.attributes()) {
        let text = attribute.text().unwrap_or_default();
        length += text.len() + 40;
        if is_plain(&text) && length < 1_500 {
            assert!(
                subject.contains(&text),
                "the subject's {text} is not in {subject}"
            );
        }
    }
    let Ok(holder) = read_holder(certificate) else {
        return;
    };
    let json = inspection.to_json();
    let others = holder.others.iter().filter_map(|entry| match entry.value {
        EntryValue::Text(text) => Some(text),
        EntryValue::Der(_) => None,
    });
    // Only the first entries of a list are shown.
    for text in [holder.name.raw].into_iter().chain(others.take(8)) {
        if is_plain(text) && !text.contains(['"', '\\']) {
            assert!(json.contains(text), "{text} is not described");
        }
    }
}

pub fn seeds() -> Vec<Bundle> {
    let all = [
        path_seeds::seeds(),
        message::seeds(),
        package::seeds(),
        pdf::seeds(),
        token::seeds(),
    ]
    .concat();
    let mut seeds: Vec<Bundle> = Vec::new();
    for part in all.into_iter().flat_map(|bundle| bundle.parts) {
        let is_new = seeds.iter().all(|seed| seed.parts[0].bytes != part.bytes);
        if part.kind != b'#' && !part.bytes.is_empty() && is_new {
            let mut seed = Bundle::default();
            seed.parts.push(part);
            seeds.push(seed);
        }
    }
    seeds
}

//! Names and extensions as people see them: one text for the same bytes, whoever shows it.

use crate::pki::*;
use honnin::boundary;
use honnin::inspect::{Field, inspect};
use serde_json::{Value, json};

fn shown_by_inspect(certificate: &[u8]) -> String {
    let described = inspect(certificate).unwrap();
    let subject = described
        .fields
        .iter()
        .find(|field| field.label == "Subject")
        .unwrap();
    subject
        .value
        .clone()
        .unwrap()
        .strip_prefix("CN=")
        .unwrap()
        .to_owned()
}

fn verified(certificate: &[u8], anchor: &[u8]) -> Value {
    let bytes = [certificate, anchor].concat();
    let options = json!({
        "certificate": [0, certificate.len()],
        "anchors": [[certificate.len(), anchor.len()]],
        "now": NOW,
    });
    let answer: Value =
        serde_json::from_str(&boundary::verify_certificate(&options.to_string(), &bytes)).unwrap();
    assert_eq!(answer["ok"], true, "{answer}");
    answer
}

fn shown_by_verify(certificate: &[u8], anchor: &[u8]) -> String {
    let answer = verified(certificate, anchor);
    let subject = answer["path"][0]["subject"].as_str().unwrap();
    subject.strip_prefix("CN=").unwrap().to_owned()
}

#[test]
fn inspect_and_verify_show_the_same_text() {
    let anchor = root("Root", &Key::new(1));
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let widest = |text: &str| -> Vec<u8> { text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect() };
    for (tag, value, expected) in [
        (0x0c, "公的個人認証".as_bytes().to_vec(), Some("公的個人認証")),
        (0x13, b"Example".to_vec(), Some("Example")),
        (0x12, b"123".to_vec(), Some("123")),
        (0x16, b"a@example.jp".to_vec(), Some("a@example.jp")),
        (0x1a, b"Example".to_vec(), Some("Example")),
        // T61String: Latin-1, as everybody reads it.
        (0x14, b"Caf\xe9".to_vec(), Some("Café")),
        (0x1e, wide("公的個人認証"), Some("公的個人認証")),
        (0x1e, wide("𠮷野"), Some("𠮷野")),
        (0x1c, widest("𠮷野"), Some("𠮷野")),
        // No text of its type.
        (0x0c, vec![0xff, 0xfe], None),
        (0x13, vec![b'a', 0xe9], None),
        (0x1e, vec![0x30], None),
        (0x1e, vec![0xd8, 0x00], None),
        (0x1e, vec![0xdc, 0x00, 0xd8, 0x00], None),
        (0x1c, vec![0, 0x11, 0, 0], None),
        (0x04, b"octets".to_vec(), None),
    ] {
        let mut template = Template::new("Root", "x", &Key::new(3));
        template.subject = seq(&[&tlv(0x31, &seq(&[&oid("2.5.4.3"), &tlv(tag, &value)]))]);
        let certificate = template.sign(&Key::new(1));
        let (described, verified) = (
            shown_by_inspect(&certificate),
            shown_by_verify(&certificate, &anchor),
        );
        match expected {
            Some(expected) => assert_eq!((described.as_str(), verified.as_str()), (expected, expected)),
            // In hexadecimal, which one of them marks.
            None => {
                let hex: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
                assert_eq!(
                    (described, verified),
                    (hex.clone(), format!("#{hex}")),
                    "{tag:02x}"
                );
            }
        }
    }
}

/// A part of a name may have several attributes. `inspect` writes the most significant part first, a result the last one,
/// as RFC 4514 does; both show every attribute, in the order of the certificate.
#[test]
fn inspect_and_verify_show_the_same_parts_of_a_name() {
    let anchor = root("Root", &Key::new(1));
    let part = |kind: &str, tag: u8, value: &[u8]| seq(&[&oid(kind), &tlv(tag, value)]);
    let wide: Vec<u8> = "本人".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let subject = seq(&[
        &tlv(0x31, &part("2.5.4.6", 0x13, b"JP")),
        &tlv(
            0x31,
            &[
                part("2.5.4.10", 0x0c, b"A, B"),
                part("2.5.4.11", 0x14, b"Caf\xe9"),
                part("2.5.4.3", 0x1e, &wide),
            ]
            .concat(),
        ),
        // Names that only one of them knows: an identifier stands for what has none.
        &tlv(0x31, &part("2.5.4.9", 0x0c, b"#1 street ")),
        &tlv(0x31, &part("2.5.4.4", 0x0c, "山\u{202e}田\n".as_bytes())),
        &tlv(0x31, &part("1.2.840.113549.1.9.1", 0x16, b"a@example.jp")),
        &tlv(0x31, &part("2.5.4.97", 0x04, &[0xab; 65])),
    ]);
    let mut template = Template::new("Root", "x", &Key::new(3));
    template.subject = subject;
    let certificate = template.sign(&Key::new(1));
    let described = inspect(&certificate).unwrap();
    let hex = "ab".repeat(64);
    assert!(flat(&described.fields).contains(&format!(
        "Subject=C=JP, O=A, B + OU=Café + CN=本人, 2.5.4.9=#1 street , SN=山\u{fffd}田\u{fffd}, emailAddress=a@example.jp, \
         2.5.4.97={hex}… (65 bytes)"
    )));
    let answer = verified(&certificate, &anchor);
    assert_eq!(
        answer["path"][0]["subject"],
        format!(
            "2.5.4.97=#{hex}ab,1.2.840.113549.1.9.1=a@example.jp,2.5.4.4=山\u{202e}田\\0a,STREET=\\#1 street\\ ,\
             O=A\\, B+OU=Café+CN=本人,C=JP"
        )
    );
    // A name of no parts.
    let mut template = Template::new("Root", "x", &Key::new(3));
    template.subject = seq(&[]);
    let certificate = template.sign(&Key::new(1));
    assert!(flat(&inspect(&certificate).unwrap().fields).contains(&"Subject=(empty)".to_owned()));
    assert_eq!(verified(&certificate, &anchor)["path"][0]["subject"], "");
}

/// `label=value` of each field, those within others behind them.
fn flat(fields: &[Field]) -> Vec<String> {
    let each = fields.iter().flat_map(|field| {
        let own = match &field.value {
            Some(value) => format!("{}={value}", field.label),
            None => field.label.clone(),
        };
        std::iter::once(own).chain(flat(&field.fields))
    });
    each.collect()
}

fn extension_shown(of: Vec<u8>) -> Vec<String> {
    let certificate = Template::ca("Root", "CA", &Key::new(3))
        .with(of)
        .sign(&Key::new(1));
    let all = flat(&inspect(&certificate).unwrap().fields);
    let start = all.iter().position(|line| line.starts_with("keyUsage")).unwrap();
    all[start + 1..].to_vec()
}

#[test]
fn extensions_are_shown_decoded() {
    let uri = |text: &str| tlv(0x86, text.as_bytes());
    let names = seq(&[&uri("http://a.example/"), &directory(&name("Alt"))]);
    assert_eq!(
        extension_shown(extension("2.5.29.18", false, &names)),
        [
            "issuerAltName",
            "uniformResourceIdentifier=http://a.example/",
            "directoryName=C=JP, CN=Alt"
        ]
    );
    let point = seq(&[
        &tlv(0xa0, &tlv(0xa0, &uri("http://a.example/1.crl"))),
        &tlv(0x81, &[6, 0x40]),
        &tlv(0xa2, &directory(&name("Lists"))),
    ]);
    let relative = seq(&[&relative_name(&attribute("2.5.4.3", "CRL1"))]);
    assert_eq!(
        extension_shown(distribution_points(&[point, relative])),
        [
            "cRLDistributionPoints",
            "Distribution point",
            "uniformResourceIdentifier=http://a.example/1.crl",
            "Reasons=keyCompromise",
            "CRL issuer",
            "directoryName=C=JP, CN=Lists",
            "Distribution point",
            "relative to the issuer: CN=CRL1"
        ]
    );
    let access = |method: &str, at: &str| seq(&[&oid(method), &uri(at)]);
    let both = seq(&[
        &access("1.3.6.1.5.5.7.48.1", "http://ocsp.example/"),
        &access("1.3.6.1.5.5.7.48.2", "http://a.example/ca.cer"),
    ]);
    assert_eq!(
        extension_shown(extension("1.3.6.1.5.5.7.1.1", false, &both)),
        [
            "authorityInfoAccess",
            "OCSP (1.3.6.1.5.5.7.48.1)",
            "uniformResourceIdentifier=http://ocsp.example/",
            "caIssuers (1.3.6.1.5.5.7.48.2)",
            "uniformResourceIdentifier=http://a.example/ca.cer"
        ]
    );
    // What is none is shown as it is.
    assert_eq!(
        extension_shown(extension("1.3.6.1.5.5.7.1.1", false, &[5, 0])),
        ["authorityInfoAccess=0500"]
    );
}

#[test]
fn reasons_are_shown_by_their_names() {
    let shown = |bits: &[u8]| {
        extension_shown(distribution_points(&[seq(&[
            &full_name(&name("a")),
            &tlv(0x81, bits),
        ])]))
    };
    // By the number of the bit, 0 being unused.
    let names = [
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "privilegeWithdrawn",
    ];
    for (at, reason) in names.iter().enumerate() {
        let bit = at as u8 + 1;
        let expected = format!("Reasons={reason}");
        assert!(shown(&[7 - bit, 0x80 >> bit]).contains(&expected), "{reason}");
    }
    assert!(shown(&[7, 0, 0x80]).contains(&"Reasons=aACompromise".into()));
    let all = format!("Reasons={}, aACompromise", names.join(", "));
    assert!(shown(&[7, 0x7f, 0x80]).contains(&all));
}

/// Where a list is kept may tell where a holder lives.
#[test]
fn the_distribution_point_of_a_holder_is_personal() {
    let point = seq(&[&full_name(&name("Some city"))]);
    let certificate = Template::new("Root", "Leaf", &Key::new(3))
        .with(distribution_points(&[point]))
        .sign(&Key::new(1));
    let described = inspect(&certificate).unwrap();
    let extensions = described
        .fields
        .iter()
        .find(|field| field.label == "Extensions")
        .unwrap();
    let place = &extensions.fields[0].fields[0].fields[0];
    assert_eq!((place.label.as_str(), place.personal), ("directoryName", true));
}

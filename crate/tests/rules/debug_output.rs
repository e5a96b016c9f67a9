//! What `Debug` shows: a log line must not hold anything of the holder's, neither as text nor as bytes.

use std::slice::from_ref;

use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{Message, Signer};
use crate::synthetic::keys::Key;
use honnin::cms::{CmsOptions, verify_signed_data};
use honnin::inspect::inspect;
use honnin::jpki::read_holder;
use honnin::x509::{Certificate, PathOptions, TrustAnchor, verify_certificate};

#[test]
fn nothing_of_the_holders() {
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
    let key = Key::p256("leaf");
    let fields = authority.leaf(77, &key, SIGN_TEST);
    let leaf = fields.signed_by(&authority.key);
    let certificate = Certificate::from_der(&leaf).unwrap();
    let holder = read_holder(&certificate).unwrap();
    let secrets: Vec<&str> = [
        Some(holder.name.raw),
        holder.address.as_ref().map(|address| address.raw),
        holder.birth_date.as_ref().map(|date| date.raw),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert_eq!(secrets.len(), 3);

    let anchors = [TrustAnchor::from_certificate(&authority.certificate).unwrap()];
    let options = PathOptions::new(&anchors, NOW);
    let path = verify_certificate(&leaf, &options).unwrap();
    let content = secrets.concat();
    let signer = Signer::new(&fields, &key, content.as_bytes());
    let message = Message::new(content.as_bytes(), &[&leaf], from_ref(&signer)).write();
    let data = verify_signed_data(&message, &CmsOptions::default(), &options).unwrap();
    let mut spoiled = message.clone();
    *spoiled.last_mut().unwrap() ^= 1;
    let refused = verify_signed_data(&spoiled, &CmsOptions::default(), &options).unwrap_err();
    let names: Vec<_> = certificate
        .extensions()
        .subject_alt_name
        .iter()
        .flat_map(|names| names.iter())
        .collect();
    let shown = [
        format!("{certificate:?}"),
        format!("{:?}", certificate.extensions()),
        format!("{:?}", certificate.all_extensions().collect::<Vec<_>>()),
        format!("{:?}", certificate.subject()),
        format!("{:?}", certificate.subject().rdns().collect::<Vec<_>>()),
        format!("{names:?}"),
        format!("{holder:?}"),
        format!("{path:?}"),
        format!("{data:?}"),
        format!("{refused:?}"),
        format!("{:?}", inspect(&leaf).unwrap()),
    ];
    for text in shown {
        for secret in &secrets {
            assert!(!text.contains(secret));
            let bytes = format!("{:?}", secret.as_bytes());
            assert!(!text.contains(bytes.trim_matches(['[', ']'])), "{}", &text[..40]);
        }
        // The subject's own name, and the certificate as a whole.
        let start = format!("{:?}", &leaf[..30]);
        assert!(!text.contains(start.trim_matches(['[', ']'])), "{}", &text[..40]);
    }
}

//! The same work repeated: for every path, for every entry, for every unreadable certificate.

use honnin::Code;

use super::{Hostile, Question, ca_name, root_key};
use crate::pki::ocsp::Ocsp;
use crate::pki::*;

type Change<'c> = &'c dyn Fn(Template) -> Template;

/// Layers of CA certificates with the same name and key, below the root or below none.
fn layers(depth: u32, width: u32, below_root: bool, change: Change<'_>) -> Vec<Vec<u8>> {
    let pairs = (0..depth).flat_map(|layer| (0..width).map(move |copy| (layer, copy)));
    let mut certificates: Vec<Vec<u8>> = pairs
        .map(|(layer, copy)| {
            let template = Template::ca(&ca_name(layer + 1), &ca_name(layer), &Key::new(100 + layer));
            change(template)
                .serial(&[1, layer as u8, copy as u8])
                .sign(&Key::new(101 + layer))
        })
        .collect();
    if below_root {
        let top = Template::ca("Root", &ca_name(depth), &Key::new(100 + depth));
        certificates.push(change(top).sign(&root_key()));
    }
    certificates
}

fn leaf(change: Change<'_>) -> Vec<u8> {
    change(Template::new(&ca_name(0), "Leaf", &Key::new(3))).sign(&Key::new(100))
}

fn name_of(parts: &[Vec<u8>]) -> Vec<u8> {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    rdns(&parts)
}

/// Unreadable certificates whose names start like those of the CAs.
fn unreadable(parts: usize) -> (Vec<Vec<u8>>, Vec<u8>) {
    let first = tlv(0x31, &seq(&[&oid("2.5.4.6"), &tlv(0x13, b"JP")]));
    let named = |own: &str| {
        let mut all = vec![first.clone(); parts];
        all.push(rdn("2.5.4.3", own));
        name_of(&all)
    };
    let mut list = Vec::new();
    for layer in 0..8u32 {
        for copy in 0..12u32 {
            let mut template = Template::ca("x", "x", &Key::new(100 + layer));
            template.issuer = named(&ca_name(layer + 1));
            template.subject = named(&ca_name(layer));
            let template = template.serial(&[1, layer as u8, copy as u8]);
            list.push(template.sign(&Key::new(101 + layer)));
        }
    }
    let subject = name_of(&vec![first.clone(); parts]);
    for at in 0..9_000u32 {
        // Without a key.
        let tbs = seq(&[
            &tlv(0xa0, &int(&[2])),
            &int(&[&[1][..], &at.to_be_bytes()].concat()),
            &algorithm(),
            &subject,
            &seq(&[&utc_time(NOW), &utc_time(NOW)]),
            &subject,
        ]);
        list.push(seq(&[&tbs, &algorithm(), &bits(&[0])]));
    }
    let mut leaf = Template::new("x", "Leaf", &Key::new(3));
    leaf.issuer = named(&ca_name(0));
    (list, leaf.sign(&Key::new(100)))
}

/// An indirect CRL with entries for the serial number, by this number of issuers that may be its own.
fn may_be_issuers(names: usize, entries: usize) -> Question {
    let of = |text: &str| rdns(&[&rdn("2.5.4.3", text)]);
    let long = of(&"Ж".repeat(3_900));
    let mut authority = Template::ca("Root", "x", &Key::new(2));
    authority.subject = long.clone();
    let mut leaf = Template::new("x", "Leaf", &Key::new(3)).serial(&[42]);
    leaf.issuer = long.clone();
    let mut crl = CrlTemplate::new("x").with(issuing(&[&tlv(0x84, &[0xff])]));
    crl.issuer = long;
    let issuers = extension("2.5.29.29", true, &tlv(0x30, &directory(&of("ж")).repeat(names)));
    crl.entries.extend(crl_entry(&[42], &[issuers]));
    crl.entries.extend(crl_entry(&[42], &[]).repeat(entries - 1));
    Question::Certificate {
        leaf: leaf.sign(&Key::new(2)),
        intermediates: vec![authority.sign(&root_key())],
        crls: vec![crl.sign(&Key::new(2))],
        responses: Vec::new(),
    }
}

/// The names of a leaf that differ from every excluded name only in what normalization may change.
fn excluded_directories(bases: &[Vec<u8>], authorities: u32) -> Question {
    let long = |last: &str| {
        let mut parts = vec![rdn("2.5.4.11", &"ж".repeat(480)); 8];
        parts.push(rdn("2.5.4.3", last));
        name_of(&parts)
    };
    let (mut issuer, mut key) = ("Root".to_owned(), root_key());
    let mut intermediates = Vec::new();
    for at in 0..authorities {
        let own = Key::new(100 + at);
        let template = Template::ca(&issuer, &ca_name(at), &own).with(name_constraints(&[], bases));
        intermediates.push(template.sign(&key));
        (issuer, key) = (ca_name(at), own);
    }
    let names: Vec<_> = (0..7).map(|at| directory(&long(&format!("n{at}")))).collect();
    let leaf = Template::new(&issuer, "Leaf", &Key::new(3)).with(alt_names(&names));
    Question::Certificate {
        leaf: leaf.sign(&key),
        intermediates,
        crls: Vec::new(),
        responses: Vec::new(),
    }
}

pub fn repeated() -> Vec<Hostile> {
    let exhausted = Err(Code::PathBudgetExhausted);
    let mut list = Vec::new();
    let mut add = |name: &str, expected, question| {
        list.push(Hostile {
            name: name.to_owned(),
            anchor: root("Root", &root_key()),
            expected,
            question,
        });
    };
    let path = |intermediates, leaf, responses| Question::Certificate {
        leaf,
        intermediates,
        crls: Vec::new(),
        responses,
    };

    for (name, bytes) in [
        ("eight layers of twelve certificates of 8 KB", 8_000),
        ("eight layers of twelve certificates of 60 KB", 60_000),
    ] {
        let large = alt_names(&[[0x82u8, 0].repeat(bytes / 2)]);
        let all = layers(8, 12, false, &|template| template.with(large.clone()));
        add(name, exhausted, path(all, leaf(&|leaf| leaf), Vec::new()));
    }
    for (name, parts) in [
        ("9,000 unreadable certificates", 1),
        ("9,000 unreadable certificates with names of 60 parts", 60),
    ] {
        let (all, leaf) = unreadable(parts);
        add(name, exhausted, path(all, leaf, Vec::new()));
    }
    for (name, count, ends) in [
        ("256 paths of 100 policies", 100, Code::ExtensionUnsupported),
        ("256 paths of 300 policies", 300, Code::PolicyBudgetExhausted),
    ] {
        let policy: Vec<String> = (0..count).map(|at| format!("1.2.392.9.{at}")).collect();
        let policy: Vec<&str> = policy.iter().map(String::as_str).collect();
        let with = |template: Template| template.with(policies(&policy));
        // The unsupported extension is found only at the end of each path.
        let odd = |template| with(template).with(extension("1.2.3.4", true, &[5, 0]));
        add(
            name,
            Err(ends),
            path(layers(8, 2, true, &with), leaf(&odd), Vec::new()),
        );
    }
    let mut other = Ocsp::new();
    other.serial = vec![9, 9];
    let response = other.sign_answers(&root_key(), &vec![other.answer(); 256]);
    add(
        "30 OCSP responses of 256 answers for each certificate of 256 paths",
        exhausted,
        path(
            layers(8, 2, true, &|ca| ca),
            leaf(&|leaf| leaf),
            vec![response; 30],
        ),
    );
    add(
        "an entry by 10,000 issuers that may be the certificate's",
        exhausted,
        may_be_issuers(10_000, 1),
    );
    add(
        "four entries by 20,000 issuers that may be the certificate's",
        exhausted,
        may_be_issuers(20_000, 4),
    );
    // Trying is the only way to find the key that signed it.
    let mut long = CrlTemplate::new("Root");
    long.entries = crl_entry(&[9], &[]).repeat(200_000);
    add(
        "a CRL of 4 MiB and 50 namesakes of its issuer",
        Err(Code::CrlSignatureMismatch),
        Question::Certificate {
            leaf: Template::new("Root", "Leaf", &Key::new(3))
                .serial(&[42])
                .sign(&root_key()),
            intermediates: (0..50)
                .map(|at| Template::ca("Root", "Root", &Key::new(200 + at)).unsigned())
                .collect(),
            crls: vec![long.sign(&Key::new(9))],
            responses: Vec::new(),
        },
    );
    let short: Vec<_> = (0..1_000)
        .map(|at| directory(&rdns(&[&rdn("2.5.4.3", &format!("b{at}"))])))
        .collect();
    add(
        "7 long directory names and 1,000 short excluded ones",
        Ok(2),
        excluded_directories(&short, 1),
    );
    let long: Vec<_> = (0..7)
        .map(|at| {
            let mut parts = vec![rdn("2.5.4.11", &"Ж".repeat(480)); 8];
            parts.push(rdn("2.5.4.3", &format!("b{at}")));
            directory(&name_of(&parts))
        })
        .collect();
    add(
        "7 long directory names and 63 long excluded ones",
        exhausted,
        excluded_directories(&long, 9),
    );
    list
}

//! Long names that match only after folding, in all places where names are compared; and lists that are
//! nearly equal.

use honnin::Code;

use super::{Hostile, Question, root_key};
use crate::pki::ocsp::Ocsp;
use crate::pki::*;

/// About 8 KB of the letters that take longest to fold, in upper or lower case.
pub(super) fn long_name(upper: bool) -> Vec<u8> {
    named(upper, "x")
}

fn named(upper: bool, last: &str) -> Vec<u8> {
    let text = (if upper { "Ж" } else { "ж" }).repeat(480);
    let mut parts: Vec<Vec<u8>> = (0..8).map(|_| rdn("2.5.4.11", &text)).collect();
    parts.push(rdn("2.5.4.3", last));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    rdns(&parts)
}

/// The same length in the maximum number of RDNs and attributes.
fn crowded_name(upper: bool) -> Vec<u8> {
    let letter = if upper { "A" } else { "a" };
    let parts: Vec<Vec<u8>> = (0..60)
        .map(|_| tlv(0x31, &attribute("2.5.4.3", letter).repeat(8)))
        .collect();
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    rdns(&parts)
}

fn sha256() -> Vec<u8> {
    seq(&[&oid("2.16.840.1.101.3.4.2.1")])
}

fn data(certificates: &[u8], crls: &[u8], infos: &[u8]) -> Vec<u8> {
    let set = |tag, contents: &[u8]| {
        if contents.is_empty() {
            Vec::new()
        } else {
            tlv(tag, contents)
        }
    };
    let body = seq(&[
        &int(&[1]),
        &tlv(0x31, &sha256()),
        &seq(&[&oid("1.2.840.113549.1.7.1"), &tlv(0xa0, &tlv(4, b"content"))]),
        &set(0xa0, certificates),
        &set(0xa1, crls),
        &tlv(0x31, infos),
    ]);
    seq(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &body)])
}

/// A message whose signers name issuers in upper case, with certificates of the same names in lower case.
fn message(signers: usize, certificates: usize, same_serial: bool, name: fn(bool) -> Vec<u8>) -> Vec<u8> {
    let (mut list, mut infos) = (Vec::new(), Vec::new());
    for at in 0..signers {
        let key = Key::new(500 + at as u32);
        let mut template = Template::new("x", "s", &key).serial(&[2, at as u8]);
        template.issuer = name(true);
        list.extend(template.unsigned());
        infos.extend(seq(&[
            &int(&[1]),
            &seq(&[&template.issuer, &int(&template.serial)]),
            &sha256(),
            &algorithm(),
            &tlv(4, &key.sign(b"content")),
        ]));
    }
    for at in 0..certificates {
        let mut template = Template::ca("Root", "x", &Key::new(2)).serial(&[3, at as u8]);
        template.subject = name(false);
        if same_serial {
            // Compared for every signer, and different only at the end of its name.
            template.serial = vec![2, (at % signers) as u8];
            template.issuer = named(false, &format!("y{at}"));
        }
        list.extend(template.unsigned());
    }
    data(&list, &[], &infos)
}

fn certificate(
    leaf: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
    crls: Vec<Vec<u8>>,
    responses: Vec<Vec<u8>>,
) -> Question {
    Question::Certificate {
        leaf,
        intermediates,
        crls,
        responses,
    }
}

pub fn long_names() -> Vec<Hostile> {
    let mut list = Vec::new();
    let mut add = |name: String, expected, question| {
        list.push(Hostile {
            name,
            anchor: root("Root", &root_key()),
            expected,
            question,
        });
    };
    let exhausted = Err(Code::PathBudgetExhausted);
    for (signers, certificates) in [(1, 255), (5, 251), (10, 246), (20, 236)] {
        add(
            format!("a message of {signers} signers with {certificates} certificates of long names"),
            exhausted,
            Question::Message(message(signers, certificates, false, long_name)),
        );
    }
    add(
        "a message of 20 signers with 236 certificates of names in many parts".into(),
        exhausted,
        Question::Message(message(20, 236, false, crowded_name)),
    );
    add(
        "a message of 20 signers with 236 certificates of their serial numbers".into(),
        exhausted,
        Question::Message(message(20, 236, true, long_name)),
    );
    let crls: Vec<u8> = (0..255u8)
        .flat_map(|at| {
            let mut body = vec![0; 262_144];
            body[262_143] = at;
            tlv(0x30, &body)
        })
        .collect();
    add(
        "255 enclosed CRLs of 256 KiB that differ in the last byte".into(),
        Err(Code::SignerMissing),
        Question::Message(data(&[], &crls, &[])),
    );
    for (bytes, expected) in [
        (16_000, Err(Code::SignerMissing)),
        // More than all certificates may have together.
        (65_500, Err(Code::CmsLimitExceeded)),
    ] {
        let certificates: Vec<u8> = (0..255u8)
            .flat_map(|at| {
                let mut body = vec![0; bytes];
                body[bytes - 1] = at;
                tlv(0x30, &body)
            })
            .collect();
        add(
            format!("255 enclosed certificates of {bytes} bytes that differ in the last one"),
            expected,
            Question::Message(data(&certificates, &[], &[])),
        );
    }

    // Paths.
    let mut leaf = Template::new("x", "Leaf", &Key::new(3)).serial(&[42]);
    leaf.issuer = long_name(true);
    let crowd: Vec<Vec<u8>> = (0..2_000u32)
        .map(|at| {
            let mut template =
                Template::ca("Root", "x", &Key::new(2)).serial(&[&[1][..], &at.to_be_bytes()].concat());
            template.subject = long_name(false);
            template.unsigned()
        })
        .collect();
    add(
        "2,000 intermediates of long names".into(),
        exhausted,
        certificate(leaf.unsigned(), crowd, Vec::new(), Vec::new()),
    );
    let strangers: Vec<Vec<u8>> = (0..2_000u32)
        .map(|at| {
            let mut template = Template::ca("Root", "x", &Key::new(2));
            template.subject = named(false, &format!("y{at}"));
            template.unsigned()
        })
        .collect();
    add(
        "2,000 intermediates of other long names".into(),
        Err(Code::IssuerNotFound),
        certificate(leaf.unsigned(), strangers, Vec::new(), Vec::new()),
    );
    // Self-issued except for the case of letters, which every step checks.
    let mut own = Vec::new();
    for at in 0..9u32 {
        let mut template = Template::ca("x", "x", &Key::new(20 + at)).serial(&[1, at as u8]);
        (template.issuer, template.subject) = (long_name(true), long_name(false));
        own.push(template.sign(&Key::new(21 + at)));
    }
    add(
        "authorities that are self-issued in another case".into(),
        exhausted,
        certificate(leaf.sign(&Key::new(20)), own, Vec::new(), Vec::new()),
    );

    // CRLs.
    let direct = Template::new("Root", "Leaf", &Key::new(3)).serial(&[42]);
    let issuers: Vec<Vec<u8>> = (0..1_000u32)
        .map(|at| {
            let mut crl = CrlTemplate::new("Root");
            crl.issuer = named(false, &format!("y{at}"));
            crl.sign(&root_key())
        })
        .collect();
    let mut certified = Template::new("x", "Leaf", &Key::new(3)).serial(&[42]);
    certified.issuer = long_name(true);
    let points: Vec<Vec<u8>> = (0..60)
        .map(|at| seq(&[&full_name(&name(&format!("DP {at}")))]))
        .collect();
    let mut long_root = Template::ca("x", "x", &Key::new(2));
    (long_root.issuer, long_root.subject) = (name("Root"), long_name(true));
    add(
        "1,000 CRLs of issuers with long names, for 60 distribution points".into(),
        exhausted,
        certificate(
            certified
                .clone()
                .with(distribution_points(&points))
                .sign(&Key::new(2)),
            vec![long_root.sign(&root_key())],
            issuers,
            Vec::new(),
        ),
    );
    let entries = |name: &dyn Fn(u32) -> Vec<u8>, count: u32| {
        let mut crl = CrlTemplate::new("Root").with(issuing(&[&tlv(0x84, &[0xff])]));
        for at in 0..count {
            crl.entries
                .extend(crl_entry(&[1], &[certificate_issuer(&name(at))]));
        }
        crl.sign(&root_key())
    };
    add(
        "an indirect CRL of 1,000 entries of one number, of issuers with long names".into(),
        Err(Code::RevocationUnknown),
        certificate(
            certified.clone().sign(&Key::new(2)),
            vec![long_root.sign(&root_key())],
            vec![entries(&|at| named(false, &format!("y{at}")), 1_000)],
            Vec::new(),
        ),
    );
    let pointing = seq(&[&tlv(0xa2, &directory(&name("Root")))]);
    add(
        "the same, where the certificate names its issuer".into(),
        exhausted,
        certificate(
            certified
                .with(distribution_points(&[pointing]))
                .sign(&Key::new(2)),
            vec![long_root.sign(&root_key())],
            vec![entries(&|at| named(false, &format!("y{at}")), 1_000)],
            Vec::new(),
        ),
    );
    let relative = |upper: bool| {
        let text = (if upper { "Ж" } else { "ж" }).repeat(2_000);
        relative_name(&attribute("2.5.4.3", &text))
    };
    let relative_points: Vec<Vec<u8>> = (0..8).map(|_| seq(&[&relative(true)])).collect();
    let relative_lists: Vec<Vec<u8>> = (0..1_000)
        .map(|_| {
            CrlTemplate::new("Root")
                .with(issuing(&[&relative(false)]))
                .sign(&Key::new(9))
        })
        .collect();
    add(
        "1,000 CRLs of long relative names".into(),
        exhausted,
        certificate(
            direct
                .clone()
                .with(distribution_points(&relative_points))
                .sign(&root_key()),
            Vec::new(),
            relative_lists,
            Vec::new(),
        ),
    );

    // OCSP responses.
    let mut answers = Ocsp::new();
    answers.responder = tlv(0xa1, &long_name(true));
    let mut responder = Template::new("Root", "x", &Key::new(5));
    responder.subject = long_name(false);
    answers.certificates = vec![responder.unsigned(); 16];
    let response = answers.sign(&Key::new(5));
    add(
        "100 OCSP responses of responders with long names".into(),
        exhausted,
        certificate(
            direct.clone().sign(&root_key()),
            Vec::new(),
            Vec::new(),
            vec![response; 100],
        ),
    );
    let mut many = Ocsp::new();
    many.issuer_key = vec![1];
    let answer = many.answer();
    let response = many.sign_answers(&root_key(), &vec![answer; 256]);
    add(
        "1,000 OCSP responses of 256 answers of the serial number".into(),
        exhausted,
        certificate(
            direct.sign(&root_key()),
            Vec::new(),
            Vec::new(),
            vec![response; 1_000],
        ),
    );
    list
}

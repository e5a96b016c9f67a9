//! Messages and files with many signers, each of which requires the same search in the whole message.

use honnin::Code;
use honnin::signature::Hash;

use super::{Hostile, Question, complete_graph, heavy_spki, root_key};
use crate::pki::signed::{
    bare_signer, detached, id_by, message, message_over, naming, sha256, sha512, signer,
};
use crate::pki::*;

const SIGNERS: u8 = honnin::cms::MAX_SIGNERS as u8;

/// As many names as are needed for a certificate of this size: nothing takes longer to read.
fn of_bytes(bytes: usize) -> Vec<u8> {
    alt_names(&[[0x82u8, 0].repeat(bytes / 2)])
}

/// Signers whose CA is absent, and their certificates.
fn signers(attributes: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    (0..SIGNERS)
        .map(|at| {
            let key = Key::new(5_000 + u32::from(at));
            let leaf = Template::new("CA 0", "Leaf", &key)
                .serial(&[2, at])
                .sign(&Key::new(100));
            let signer = signer(&key, &name("CA 0"), &[2, at], &attributes(&leaf));
            (leaf, signer)
        })
        .unzip()
}

/// CA certificates that are unrelated to the signers, except possibly by name.
fn authorities(subject: &str, count: u8, bytes: usize) -> Vec<Vec<u8>> {
    let big = of_bytes(bytes);
    (0..count)
        .map(|at| {
            Template::ca("Root", subject, &Key::new(2))
                .serial(&[3, at])
                .with(big.clone())
                .unsigned()
        })
        .collect()
}

/// signing-certificate-v2 with this certificate and 15 absent ones, with SHA-512.
fn naming_sixteen(leaf: &[u8]) -> Vec<Vec<u8>> {
    let own = id_by(&sha512(), &Hash::Sha512.digest(leaf));
    let others = (0..15u8).map(|at| id_by(&sha512(), &[at; 64]));
    vec![naming(&std::iter::once(own).chain(others).collect::<Vec<_>>())]
}

pub fn many_signers() -> Vec<Hostile> {
    let mut list = Vec::new();
    let mut add = |name: String, expected, message| {
        list.push(Hostile {
            name,
            anchor: root("Root", &root_key()),
            expected,
            question: Question::Message(message),
        });
    };
    let exhausted = Err(Code::PathBudgetExhausted);
    let not_found = Err(Code::IssuerNotFound);
    let too_many = Err(Code::CmsLimitExceeded);

    // Each signer names its path.
    for (subject, count, bytes, expected) in [
        ("Other", 200, 8_000, not_found),
        ("CA 0", 200, 8_000, exhausted),
        ("CA 0", 236, 17_000, exhausted),
        ("CA 0", 220, 60_000, too_many),
    ] {
        let (leaves, infos) = signers(naming_sixteen);
        let certificates = [leaves, authorities(subject, count, bytes)].concat();
        add(
            format!("20 signers naming 16 certificates, and {count} of {bytes} bytes of {subject}"),
            expected,
            message(&certificates, &[], &infos),
        );
    }

    // No attribute names a certificate.
    for (count, bytes, expected) in [(236, 17_000, not_found), (236, 60_000, too_many)] {
        let (leaves, infos) = signers(|_| Vec::new());
        let certificates = [leaves, authorities("Other", count, bytes)].concat();
        add(
            format!("20 signers, and {count} other certificates of {bytes} bytes"),
            expected,
            message(&certificates, &[], &infos),
        );
    }
    let crls: Vec<Vec<u8>> = (0..200u8)
        .map(|at| {
            let points = full_name(&name("Lists"));
            let odd = extension("1.2.3.4", false, &vec![at; 8_000]);
            CrlTemplate::new("Other")
                .with(issuing(&[&points]))
                .with(odd)
                .sign(&Key::new(9))
        })
        .collect();
    let (leaves, infos) = signers(|_| Vec::new());
    add(
        "20 signers, and 200 CRLs of somebody else".into(),
        not_found,
        message(&leaves, &crls, &infos),
    );

    // Certificates with the same name, distinguished by the signer's attribute.
    let namesakes = |count: u32, issuer: &[u8], extra: &[Vec<u8>]| -> Vec<Vec<u8>> {
        (0..count)
            .map(|at| {
                let mut template = Template::new("x", &format!("s{at}"), &Key::new(7)).serial(&[42]);
                template.issuer = issuer.to_vec();
                let template = extra.iter().cloned().fold(template, Template::with);
                template.unsigned()
            })
            .collect()
    };
    let of_namesakes = |issuer: &[u8], attribute: &[u8]| -> Vec<Vec<u8>> {
        (0..u32::from(SIGNERS))
            .map(|at| signer(&Key::new(500 + at), issuer, &[42], &[attribute.to_vec()]))
            .collect()
    };
    let (upper, lower) = (super::names::long_name(true), super::names::long_name(false));
    let issuer_serial = seq(&[&tlv(0x30, &directory(&lower)), &int(&[42])]);
    let ids = [seq(&[&tlv(4, &[1; 32]), &issuer_serial])];
    add(
        "20 signers of 236 namesakes, whose issuer they name in another case".into(),
        exhausted,
        message(
            &namesakes(236, &upper, &[]),
            &[],
            &of_namesakes(&upper, &naming(&ids)),
        ),
    );
    let issuer = name("x");
    for (bytes, expected) in [(17_000, exhausted), (60_000, too_many)] {
        let nobody = naming(&[id_by(&sha512(), &[1; 64])]);
        add(
            format!("20 signers of 236 namesakes of {bytes} bytes"),
            expected,
            message(
                &namesakes(236, &issuer, &[of_bytes(bytes)]),
                &[],
                &of_namesakes(&issuer, &nobody),
            ),
        );
    }

    // A content that is nearly a set of signed attributes.
    let attribute = seq(&[&[6, 1, 0x2a], &tlv(0x31, &[5, 0])]);
    let content = tlv(0x31, &attribute.repeat((4 << 20) / attribute.len()));
    let (mut leaves, mut infos) = (Vec::new(), Vec::new());
    for at in 0..SIGNERS {
        let template = Template::new("CA 0", "Leaf", &Key::new(700)).serial(&[2, at]);
        leaves.push(template.unsigned());
        infos.push(bare_signer(&name("CA 0"), &[2, at], &[0]));
    }
    add(
        "20 signers without attributes of 4 MiB".into(),
        Err(Code::SignatureMismatch),
        message_over(&content, &leaves, &[], &infos),
    );
    list
}

/// A file with this number of signatures.
fn file(count: u8, sign: impl Fn(u8, &[u8]) -> Vec<u8>, room: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".to_vec();
    for at in 0..count {
        let (start, blank) = (file.len(), " ".repeat(60));
        let contents = format!("<{}>", "0".repeat(2 * room));
        file.extend(
            format!(
                "9 0 obj\n<< /Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange {blank} /Contents {contents} >>\nendobj\n%%EOF\n"
            )
            .bytes(),
        );
        let find = |needle: &str| {
            let mut windows = file[start..].windows(needle.len());
            start + windows.position(|window| window == needle.as_bytes()).unwrap()
        };
        let (gap, place) = (find("Contents <") + 9, find(&blank));
        let end = gap + contents.len();
        let range = format!("[0 {gap} {end} {}]", file.len() - end);
        file[place..place + range.len()].copy_from_slice(range.as_bytes());
        let message = sign(at, &[&file[..gap], &file[end..]].concat());
        let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(hex.len() <= 2 * room, "{}", hex.len());
        file[gap + 1..gap + 1 + hex.len()].copy_from_slice(hex.as_bytes());
    }
    file
}

const MOST: u8 = honnin::cms::MAX_SIGNATURES as u8;

/// The cost of all signatures of one file.
pub fn many_signatures() -> Vec<Hostile> {
    let carried = complete_graph(8);
    let info = |at: u8, algorithm: &[u8], signature: &[u8]| {
        let identifier = seq(&[&name("CA 0"), &int(&[2, at])]);
        seq(&[&int(&[1]), &identifier, &sha256(), algorithm, &tlv(4, signature)])
    };
    let searching = |count: u8| {
        file(
            count,
            |at, covered| {
                let key = Key::new(5_000 + u32::from(at));
                let leaf = Template::new("CA 0", "Leaf", &key).serial(&[2, at]);
                let certificates = [&[leaf.sign(&Key::new(100))], carried.as_slice()].concat();
                let info = info(at, &algorithm(), &key.sign(covered));
                detached(&certificates, &[info])
            },
            60_000,
        )
    };
    // Each signature with a key of this size.
    let heavy = |bytes: usize| {
        file(
            MOST,
            |at, _| {
                let mut leaf = Template::new("CA 0", "Leaf", &Key::new(3)).serial(&[2, at]);
                leaf.spki = heavy_spki(bytes, at);
                let rsa = seq(&[&oid("1.2.840.113549.1.1.11"), &tlv(5, &[])]);
                detached(&[leaf.unsigned()], &[info(at, &rsa, &vec![0x5a; bytes])])
            },
            4_000,
        )
    };
    let file = |name: &str, expected, file| Hostile {
        name: name.to_owned(),
        anchor: root("Root", &root_key()),
        expected: Err(expected),
        question: Question::File(file),
    };
    // After much data without an object, 32 ranges that leave out the same part.
    let ranges = {
        let start = 16 << 20;
        let (first, second) = (start + 10, start + 14);
        let tail = "/SubFilter /adbe.pkcs7.detached\nendobj\n%%EOF";
        let length = second + 32 * 45 + tail.len();
        let range = format!("/ByteRange [0 {first:09} {second:09} {:09}]\n", length - second);
        assert_eq!(range.len(), 45);
        let mut file = b"%PDF-".to_vec();
        file.resize(start, b'x');
        file.extend(b"/Contents <00>");
        file.extend(range.repeat(32).bytes());
        file.extend(tail.bytes());
        file
    };
    vec![
        file(
            "a PDF file of 16 MiB with 32 ranges around one string",
            Code::PdfMalformed,
            ranges,
        ),
        file(
            "a PDF file of 4 signatures, each with a complete graph",
            Code::PathBudgetExhausted,
            searching(4),
        ),
        file(
            "a PDF file of 16 signatures, each with a complete graph",
            Code::PathBudgetExhausted,
            searching(16),
        ),
        file(
            "a PDF file of 32 signatures, each with a complete graph",
            Code::PathBudgetExhausted,
            searching(MOST),
        ),
        file(
            "a PDF file of 32 signatures by the heaviest RSA-3072 keys",
            Code::SignatureMismatch,
            heavy(384),
        ),
        file(
            "a PDF file of 32 signatures by the heaviest RSA-6144 keys",
            Code::PathBudgetExhausted,
            heavy(768),
        ),
        file(
            "a PDF file of 32 signatures by the heaviest RSA-8192 keys",
            Code::PathBudgetExhausted,
            heavy(1_024),
        ),
    ]
}

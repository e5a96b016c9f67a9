//! Signed PDF files: what each signature covers, and that all signatures are verified.

use crate::common;
use crate::synthetic::cert::{Authority, Fields, Kind, SIGN_TEST};
use crate::synthetic::cms::{Message, Signer, certificate_id, signing_certificate_v2};
use crate::synthetic::keys::Key;
use crate::synthetic::pdf::{ByteRange, DICTIONARY, signed, whole};
use honnin::cms::{CmsOptions, PdfSigner, pdf_signatures, verify_pdf_with};
use honnin::signature::Hash;
use honnin::{Code, Report, Status};

const HEAD: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";

struct Person {
    key: Key,
    fields: Fields,
    certificate: Vec<u8>,
}

fn person() -> Person {
    let authority = Authority::new("HONNIN-TEST", Kind::Sign, 1, Key::p256("authority"));
    let key = Key::p256("leaf");
    let fields = authority.leaf(77, &key, SIGN_TEST);
    Person {
        certificate: fields.signed_by(&authority.key),
        fields,
        key,
    }
}

impl Person {
    fn message(&self, covered: &[u8]) -> Vec<u8> {
        let signer = Signer::new(&self.fields, &self.key, covered);
        Message::new(covered, &[&self.certificate], &[signer])
            .detached()
            .write()
    }

    fn file(&self, dictionary: &str, range: ByteRange) -> Vec<u8> {
        signed(HEAD, dictionary, range, |covered| self.message(covered))
    }

    fn good(&self) -> Vec<u8> {
        self.file(DICTIONARY, whole)
    }
}

/// The result of each signature, and of the file.
#[allow(clippy::type_complexity)]
fn verify(file: &[u8]) -> (Result<Vec<PdfSigner<()>>, Code>, Vec<Option<Code>>) {
    let outcome = verify_pdf_with(file, &CmsOptions::default(), |_, _| Ok(((), Report::default())));
    match outcome {
        Ok(signers) => {
            let each = signers.iter().map(|_| None).collect();
            (Ok(signers), each)
        }
        Err(refusal) => {
            let each = refusal
                .signatures
                .iter()
                .map(|signer| signer.as_ref().err().map(honnin::Error::code))
                .collect();
            (Err(refusal.error.code()), each)
        }
    }
}

fn code(file: &[u8]) -> Code {
    verify(file).0.map(|_| ()).unwrap_err()
}

/// The entries of a dictionary have no order (ISO 32000-2 §7.3.7).
#[test]
fn byte_range_may_come_after_contents() {
    let turned = "<< /Type /Sig /SubFilter /adbe.pkcs7.detached /Contents # /M (D:20260701) /ByteRange @ >>";
    let file = person().file(turned, whole);
    assert_eq!(verify(&file).0.unwrap().len(), 1);
    // In the object after that of /Contents, it is another's.
    let elsewhere = turned.replace(" /ByteRange @ >>", " >>\nendobj\n10 0 obj\n<< /ByteRange @ >>");
    assert!(verify(&person().file(&elsewhere, whole)).0.is_err());
}

#[test]
fn one_signature_over_the_whole_file() {
    let signers = verify(&person().good()).0.unwrap();
    assert_eq!(signers.len(), 1);
    assert!(signers[0].covers_whole_file);
}

#[test]
fn byte_range_that_does_not_cover_the_file() {
    let person = person();
    let ranges: [(ByteRange, Code); 6] = [
        (
            |gap, length| [0, gap.0, gap.1, length - gap.1 - 8],
            Code::PdfCoverageIncomplete,
        ),
        (
            |gap, length| [9, gap.0 - 9, gap.1, length - gap.1],
            Code::PdfCoverageIncomplete,
        ),
        (
            |gap, length| [0, gap.0, gap.1 + 5, length - gap.1 - 5],
            Code::PdfCoverageIncomplete,
        ),
        (
            |gap, length| [0, gap.0 - 5, gap.1, length - gap.1],
            Code::PdfCoverageIncomplete,
        ),
        (
            |gap, length| [0, gap.0 + 1, gap.1, length - gap.1],
            Code::PdfCoverageIncomplete,
        ),
        (|_, length| [0, length, length, 0], Code::PdfCoverageIncomplete),
    ];
    for (range, expected) in ranges {
        let file = person.file(DICTIONARY, range);
        let (whole, each) = verify(&file);
        assert_eq!(whole.map(|_| ()).unwrap_err(), expected);
        assert_eq!(each, [Some(expected)]);
    }
}

#[test]
fn something_behind_the_last_signature() {
    for more in [&b"\n"[..], b"x", b"2 0 obj\n(added)\nendobj\n%%EOF\n"] {
        let mut file = person().good();
        file.extend(more);
        assert_eq!(code(&file), Code::PdfCoverageIncomplete);
    }
}

#[test]
fn a_change_within() {
    let mut file = person().good();
    file[10] ^= 1;
    assert_eq!(code(&file), Code::MessageDigestMismatch);
}

#[test]
fn every_signature_counts() {
    let person = person();
    let first = person.good();
    let both = signed(&first, DICTIONARY, whole, |covered| person.message(covered));
    let signers = verify(&both).0.unwrap();
    let covers: Vec<bool> = signers.iter().map(|signer| signer.covers_whole_file).collect();
    assert_eq!(covers, [false, true]);

    let bad = |_: &[u8]| person.message(b"something else");
    let (whole_outcome, each) = verify(&signed(&first, DICTIONARY, whole, bad));
    assert_eq!(
        whole_outcome.map(|_| ()).unwrap_err(),
        Code::MessageDigestMismatch
    );
    assert_eq!(each, [None, Some(Code::MessageDigestMismatch)]);
    let first_bad = signed(HEAD, DICTIONARY, whole, bad);
    let (_, each) = verify(&signed(&first_bad, DICTIONARY, whole, |covered| {
        person.message(covered)
    }));
    assert_eq!(each, [Some(Code::MessageDigestMismatch), None]);
}

#[test]
fn forms_that_cannot_be_judged() {
    let person = person();
    let with = |from: &str, to: &str| person.file(&DICTIONARY.replace(from, to), whole);
    for (file, expected) in [
        (with("adbe.pkcs7.detached", "adbe.pkcs7.sha1"), Code::PdfMalformed),
        (with("adbe.pkcs7.detached", "ETSI.RFC3161"), Code::PdfMalformed),
        (with("/SubFilter /adbe.pkcs7.detached", ""), Code::PdfMalformed),
        (
            with("/Filter", "/SubFilter /adbe.pkcs7.detached /Filter"),
            Code::PdfMalformed,
        ),
        (with("/Contents", "/Content"), Code::PdfCoverageIncomplete),
        // Hidden from a search, but not from a PDF reader.
        (with("/ByteRange", "/Byte#52ange"), Code::PdfMalformed),
        (with("/ByteRange", "/ByteRanges"), Code::PdfMalformed),
        (
            with("/Contents", ">>\nendobj\n10 0 obj\n<< /Contents"),
            Code::PdfMalformed,
        ),
        (with("@", "@ /ByteRange [0 1 2 3]"), Code::PdfCoverageIncomplete),
        (with("/Type", "/ByteRange [0 1 2] /Type"), Code::PdfMalformed),
        (
            with("/Type", "/ByteRange [0 99999999999999999999 1 1] /Type"),
            Code::PdfMalformed,
        ),
        (
            with("/Type", "/ByteRange [0 1 18446744073709551615 1] /Type"),
            Code::PdfMalformed,
        ),
        (HEAD.to_vec(), Code::PdfMalformed),
        (b"no PDF".to_vec(), Code::PdfMalformed),
        (Vec::new(), Code::PdfMalformed),
    ] {
        assert_eq!(code(&file), expected);
    }
}

#[test]
fn cades_names_the_certificate_of_its_signer() {
    let person = person();
    let cades = DICTIONARY.replace("adbe.pkcs7.detached", "ETSI.CAdES.detached");
    assert_ne!(cades, DICTIONARY);
    let named = |certificate: &[u8], dictionary: &str| {
        signed(HEAD, dictionary, whole, |covered| {
            let signer =
                Signer::new(&person.fields, &person.key, covered).with_attribute(signing_certificate_v2(&[
                    &certificate_id(Hash::Sha256, certificate),
                ]));
            Message::new(covered, &[&person.certificate], &[signer])
                .detached()
                .write()
        })
    };
    let step = |file: &[u8]| {
        let signers = verify(file).0.unwrap();
        let steps = signers[0].report.steps();
        let step = steps.iter().find(|step| step.id == "signing-certificate");
        step.unwrap().status
    };
    assert_eq!(step(&named(&person.certificate, &cades)), Status::Passed);
    assert_eq!(step(&named(&person.certificate, DICTIONARY)), Status::Passed);
    assert_eq!(code(&named(b"another", &cades)), Code::SigningCertificateMismatch);
    assert_eq!(
        code(&named(b"another", DICTIONARY)),
        Code::SigningCertificateMismatch
    );
    // Without the attribute, the older form is accepted and reports it; this form is rejected.
    assert_eq!(step(&person.good()), Status::Skipped);
    assert_eq!(code(&person.file(&cades, whole)), Code::SignedAttributeMissing);
}

#[test]
fn the_message_has_one_signer_and_no_content_of_its_own() {
    let person = person();
    let two = signed(HEAD, DICTIONARY, whole, |covered| {
        let signer = Signer::new(&person.fields, &person.key, covered);
        Message::new(covered, &[&person.certificate], &[signer.clone(), signer])
            .detached()
            .write()
    });
    assert_eq!(code(&two), Code::PdfMalformed);
    let attached = signed(HEAD, DICTIONARY, whole, |covered| {
        let covered = &covered[..20];
        let signer = Signer::new(&person.fields, &person.key, covered);
        Message::new(covered, &[&person.certificate], &[signer]).write()
    });
    assert_eq!(code(&attached), Code::ContentMismatch);
}

/// One of them must have been made first, and cannot cover the other.
#[test]
fn signatures_do_not_cover_each_other() {
    let person = person();
    let first = person.good();
    let both = signed(&first, DICTIONARY, whole, |covered| person.message(covered));
    assert!(verify(&both).0.is_ok());
    // The first one of the file claims to cover what was appended.
    let text = String::from_utf8_lossy(&first).into_owned();
    let start = text.find("/ByteRange[").unwrap() + 11;
    let written = text[start..].split(']').next().unwrap().to_owned();
    let numbers: Vec<usize> = written.split(' ').map(|number| number.parse().unwrap()).collect();
    let range = format!("0 {} {} {}]", numbers[1], numbers[2], both.len() - numbers[2]);
    let mut file = both;
    file[start..start + range.len()].copy_from_slice(range.as_bytes());
    let (whole, each) = verify(&file);
    assert_eq!(whole.map(|_| ()).unwrap_err(), Code::MessageDigestMismatch);
    assert_eq!(
        each,
        [Some(Code::MessageDigestMismatch), Some(Code::PdfMalformed)]
    );
}

#[test]
fn each_signature_is_told_how_many_share_the_bounds() {
    let person = person();
    let mut file = HEAD.to_vec();
    for count in 1..=3 {
        file = signed(&file, DICTIONARY, whole, |covered| person.message(covered));
        let mut told = Vec::new();
        let outcome = verify_pdf_with(&file, &CmsOptions::default(), |_, enclosed| {
            told.push(enclosed.signers);
            Ok(((), Report::default()))
        });
        assert!(outcome.is_ok());
        assert_eq!(told, vec![count; count]);
    }
}

/// Signatures with different hashes, for common and for different parts.
#[test]
fn every_signature_has_a_digest_of_its_own() {
    let authority = Authority::new("HONNIN-TEST", Kind::Sign, 1, Key::p256("authority"));
    let key = Key::rsa(0);
    let fields = authority.leaf(77, &key, SIGN_TEST);
    let certificate = fields.signed_by(&authority.key);
    let mut file = HEAD.to_vec();
    for (at, hash) in [Hash::Sha256, Hash::Sha512, Hash::Sha256, Hash::Sha384]
        .into_iter()
        .enumerate()
    {
        file.extend(format!("{at} 0 obj\n(added)\nendobj\n").bytes());
        file = signed(&file, DICTIONARY, whole, |covered| {
            let signer = Signer::new(&fields, &key, covered).hashing(hash, covered);
            Message::new(covered, &[&certificate], &[signer])
                .detached()
                .write()
        });
    }
    assert_eq!(verify(&file).0.unwrap().len(), 4);
    // Only later signatures cover what was added.
    let added = |at: usize| {
        let text = format!("{at} 0 obj\n(added)");
        let mut windows = file.windows(text.len());
        windows.position(|window| window == text.as_bytes()).unwrap()
    };
    for at in 0..4 {
        let mut changed = file.clone();
        changed[added(at)] = b'7';
        let expected: Vec<_> = (0..4)
            .map(|signature| (signature >= at).then_some(Code::MessageDigestMismatch))
            .collect();
        assert_eq!(verify(&changed).1, expected);
    }
}

#[test]
fn signatures_do_not_share_what_they_leave_out() {
    let filler = "a".repeat(80);
    let room = DICTIONARY.replacen("<<", &format!("<< /F ({filler})"), 1);
    let mut file = person().file(&room, whole);
    let text = String::from_utf8_lossy(&file).into_owned();
    let start = text.find("/ByteRange").unwrap();
    let range = &text[start..=start + text[start..].find(']').unwrap()];
    let place = text.find(&filler).unwrap();
    file[place..place + range.len()].copy_from_slice(range.as_bytes());
    let each = pdf_signatures(&file).unwrap();
    let [Ok(_), Err(error)] = each.as_slice() else {
        panic!("{} signatures", each.len());
    };
    assert_eq!(error.code(), Code::PdfMalformed);
    assert!(error.message().contains("share one /Contents"), "{error}");
}

/// The object of a signature is searched up to 256 KiB from its /Contents, so that the file is not searched
/// again for each.
#[test]
fn objects_that_are_far_from_their_contents() {
    let person = person();
    let filled = |bytes: usize| {
        let filler = format!("<< /Filler ({})", "a".repeat(bytes));
        person.file(&DICTIONARY.replacen("<<", &filler, 1), whole)
    };
    assert!(verify(&filled(250_000)).0.is_ok());
    assert_eq!(code(&filled(270_000)), Code::PdfMalformed);
}

#[test]
fn too_many_signatures() {
    let mut file = HEAD.to_vec();
    for _ in 0..honnin::cms::MAX_SIGNATURES + 1 {
        file.extend(b"/ByteRange [0 1 2 3]\n");
    }
    assert_eq!(pdf_signatures(&file).unwrap_err().code(), Code::PdfMalformed);
}

#[test]
fn mutations_never_panic() {
    let file = person().good();
    let pieces: [&[u8]; 6] = [
        b"/ByteRange [",
        b"endobj",
        b"/Contents <",
        b"0 ",
        b"%%EOF",
        b"#42",
    ];
    let mut random = common::Random::new(5);
    for _ in 0..3_000 {
        let mutated = common::mutate(&mut random, &file, &pieces);
        if mutated != file {
            // Zeros after the message are padding, and more of them are allowed.
            let _ = verify(&mutated);
        }
    }
}

//! CMS SignedData: the forms met in the wild, and what must be refused.

use crate::common;
use crate::synthetic;
use crate::synthetic::cert::{Authority, Fields, Kind, SIGN_TEST};
use crate::synthetic::cms::{
    Message, Signer, Wrapping, algorithm_protection, attribute, content_type, message_digest, signing_time,
};
use crate::synthetic::der::{context, indefinite, integer, null, octets, oid, sequence, tlv};
use crate::synthetic::keys::{How, Key, hash_oid};
use honnin::cms::{CmsOptions, Content, SignedData, SignedDataError, verify_signed_data_with};
use honnin::signature::{Hash, Scheme};
use honnin::x509::Certificate;
use honnin::{Code, Report, Status};

const CONTENT: &[u8] = b"An application, signed.";

/// A leaf, its key and its issuer.
struct Person {
    key: Key,
    fields: Fields,
    certificate: Vec<u8>,
    authority: Authority,
}

fn person_with(key: Key, serial: u64) -> Person {
    let authority = Authority::new("HONNIN-TEST", Kind::Sign, 1, Key::p256("authority"));
    let fields = authority.leaf(serial, &key, SIGN_TEST);
    Person {
        certificate: fields.signed_by(&authority.key),
        key,
        fields,
        authority,
    }
}

fn person() -> Person {
    person_with(Key::p256("leaf"), 77)
}

impl Person {
    fn signer(&self) -> Signer {
        Signer::new(&self.fields, &self.key, CONTENT)
    }

    fn message(&self, signer: Signer) -> Message {
        Message::new(CONTENT, &[&self.certificate], &[signer])
    }
}

/// Accepts every certificate: paths have tests of their own.
fn verify<'a>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
) -> Result<SignedData<'a, ()>, Box<SignedDataError<'a, ()>>> {
    verify_signed_data_with(message, options, |_, _| Ok(((), Report::default())))
}

fn accepted(message: &[u8]) {
    match verify(message, &CmsOptions::default()) {
        Ok(data) => {
            assert_eq!(data.content.as_deref(), Some(CONTENT));
            assert!(
                data.report
                    .steps()
                    .iter()
                    .all(|step| step.status != Status::Failed)
            );
        }
        Err(refusal) => panic!("{}", refusal.error),
    }
}

fn code_with(message: &[u8], options: &CmsOptions<'_>) -> Code {
    let refusal = verify(message, options).map(|_| ()).unwrap_err();
    assert_eq!(
        refusal.error.report().steps().last().unwrap().status,
        Status::Failed,
        "{}",
        refusal.error
    );
    refusal.error.code()
}

fn code(message: &[u8]) -> Code {
    code_with(message, &CmsOptions::default())
}

#[test]
fn attached_and_detached() {
    let person = person();
    let message = person.message(person.signer());
    accepted(&message.write());

    let detached = message.detached().write();
    assert_eq!(code(&detached), Code::ContentMissing);
    let data = CmsOptions::detached(Content::Data(CONTENT));
    assert!(verify(&detached, &data).unwrap().content.is_none());
    let digest = Hash::Sha256.digest(CONTENT);
    let given = [(Hash::Sha256, digest.as_slice())];
    let digests = CmsOptions::detached(Content::Digests(&given));
    verify(&detached, &digests).unwrap();

    let other = CmsOptions::detached(Content::Data(b"another application"));
    assert_eq!(code_with(&detached, &other), Code::MessageDigestMismatch);
    let given = [(Hash::Sha384, [0_u8; 48].as_slice())].map(|(hash, digest)| (hash, digest.to_vec()));
    let given = [(given[0].0, given[0].1.as_slice())];
    let wrong_hash = CmsOptions::detached(Content::Digests(&given));
    assert_eq!(code_with(&detached, &wrong_hash), Code::ContentMissing);
    let given = [(Hash::Sha256, &digest[1..])];
    let short = CmsOptions::detached(Content::Digests(&given));
    assert_eq!(code_with(&detached, &short), Code::OptionsInvalid);
}

#[test]
fn content_handed_over_beside_the_enclosed_one_must_be_it() {
    let person = person();
    let message = person.message(person.signer()).write();
    let same = CmsOptions::detached(Content::Data(CONTENT));
    verify(&message, &same).unwrap();
    let other = CmsOptions::detached(Content::Data(b"other"));
    assert_eq!(code_with(&message, &other), Code::ContentMismatch);
    let digest = Hash::Sha384.digest(b"other");
    let given = [(Hash::Sha384, digest.as_slice())];
    let other = CmsOptions::detached(Content::Digests(&given));
    assert_eq!(code_with(&message, &other), Code::ContentMismatch);
}

#[test]
fn without_signed_attributes() {
    let person = person();
    let message = person.message(person.signer().without_attributes());
    accepted(&message.write());
    let digest = Hash::Sha256.digest(CONTENT);
    let given = [(Hash::Sha256, digest.as_slice())];
    let digests = CmsOptions::detached(Content::Digests(&given));
    verify(&message.clone().detached().write(), &digests).unwrap();

    let mut typed = message.clone();
    typed.content_type = "1.2.840.113549.1.9.16.1.4".into();
    assert_eq!(code(&typed.write()), Code::SignedAttributeMissing);

    let mut changed = message.write();
    let at = changed
        .windows(CONTENT.len())
        .position(|window| window == CONTENT)
        .unwrap();
    changed[at] ^= 1;
    assert_eq!(code(&changed), Code::SignatureMismatch);
}

#[test]
fn attributes_passed_off_as_content() {
    let person = person();
    let attributes = [
        content_type("1.2.840.113549.1.7.1"),
        message_digest(&Hash::Sha256.digest(CONTENT)),
    ];
    let content = tlv(0x31, &attributes.concat());
    let signer = Signer::new(&person.fields, &person.key, &content).without_attributes();
    let message = Message::new(&content, &[&person.certificate], &[signer]).write();
    assert_eq!(code(&message), Code::ContentAmbiguous);
}

#[test]
fn ber_of_indefinite_length_with_the_content_in_pieces() {
    let person = person();
    accepted(&person.message(person.signer()).ber().write());
    let signer = person.signer().without_attributes();
    accepted(&person.message(signer).ber().write());
    let mut pieces = person.signer();
    pieces.write_signature = |signature| {
        let (one, two) = signature.split_at(9);
        indefinite(0x24, &[octets(one), octets(two)].concat())
    };
    accepted(&person.message(pieces).write());
}

#[test]
fn zeros_behind_the_structure_are_padding_and_anything_else_is_refused() {
    let person = person();
    for ber in [false, true] {
        let mut message = person.message(person.signer());
        message.ber = ber;
        let mut bytes = message.write();
        bytes.extend([0; 4096]);
        accepted(&bytes);
        bytes.push(1);
        assert_eq!(code(&bytes), Code::CmsMalformed);
    }
}

#[test]
fn attributes_are_hashed_as_received_and_never_sorted_anew() {
    let person = person();
    let sorted = person.signer().with_attribute(signing_time("260630120000Z"));
    let mut reversed = sorted.clone();
    reversed.attributes.as_mut().unwrap().reverse();
    // Signed in the order sent, whatever it is: good.
    accepted(&person.message(sorted.clone()).write());
    accepted(&person.message(reversed.clone()).write());
    // Signed in another order than sent: good only for one who sorts again.
    reversed.signed = Some(tlv(0x31, &sorted.attributes.unwrap().concat()));
    assert_eq!(code(&person.message(reversed).write()), Code::SignatureMismatch);
}

#[test]
fn attributes_in_ber_are_refused_by_their_own_code() {
    let person = person();
    for wrapping in [Wrapping::Indefinite, Wrapping::Padded] {
        let mut signer = person.signer();
        signer.wrapping = wrapping;
        assert_eq!(
            code(&person.message(signer).write()),
            Code::SignedAttributesNotDer
        );
    }
    let broken = person
        .signer()
        .with_attribute(indefinite(0x30, &oid("1.2.840.113549.1.9.5")));
    assert_eq!(
        code(&person.message(broken).write()),
        Code::SignedAttributesNotDer
    );
}

#[test]
fn content_type_and_message_digest_are_required() {
    let person = person();
    for left_out in 0..2 {
        let mut signer = person.signer();
        signer.attributes.as_mut().unwrap().remove(left_out);
        assert_eq!(
            code(&person.message(signer).write()),
            Code::SignedAttributeMissing
        );
    }
    let mut signer = person.signer();
    signer.attributes = Some(Vec::new());
    assert_eq!(
        code(&person.message(signer).write()),
        Code::SignedAttributeMissing
    );
}

#[test]
fn duplicate_attributes_are_refused() {
    let person = person();
    let again = person
        .signer()
        .with_attribute(message_digest(&Hash::Sha256.digest(CONTENT)));
    assert_eq!(
        code(&person.message(again).write()),
        Code::SignedAttributeDuplicate
    );
    let unknown = attribute("2.999.1", &[&null()]);
    let again = person
        .signer()
        .with_attribute(unknown.clone())
        .with_attribute(unknown);
    assert_eq!(
        code(&person.message(again).write()),
        Code::SignedAttributeDuplicate
    );
    let digest = octets(&Hash::Sha256.digest(CONTENT));
    let mut two_values = person.signer();
    two_values.attributes.as_mut().unwrap()[1] = attribute("1.2.840.113549.1.9.4", &[&digest, &digest]);
    assert_eq!(
        code(&person.message(two_values).write()),
        Code::SignedAttributeDuplicate
    );
    let several = person
        .signer()
        .with_attribute(attribute("2.999.1", &[&null(), &null()]));
    accepted(&person.message(several).write());
}

#[test]
fn attributes_of_the_wrong_type() {
    let person = person();
    for (place, wrong) in [
        (0, attribute("1.2.840.113549.1.9.3", &[&null()])),
        (1, attribute("1.2.840.113549.1.9.4", &[&null()])),
    ] {
        let mut signer = person.signer();
        signer.attributes.as_mut().unwrap()[place] = wrong;
        assert_eq!(
            code(&person.message(signer).write()),
            Code::SignedAttributeMalformed
        );
    }
    for wrong in [
        attribute("1.2.840.113549.1.9.5", &[&null()]),
        attribute("1.2.840.113549.1.9.52", &[&null()]),
        signing_time("261332250000Z"),
    ] {
        let signer = person.signer().with_attribute(wrong);
        assert_eq!(
            code(&person.message(signer).write()),
            Code::SignedAttributeMalformed
        );
    }
}

#[test]
fn the_signed_content_type_must_be_that_of_the_content() {
    let person = person();
    let mut signer = person.signer();
    signer.attributes.as_mut().unwrap()[0] = content_type("1.2.840.113549.1.9.16.1.4");
    let message = person.message(signer.clone());
    assert_eq!(code(&message.write()), Code::ContentTypeMismatch);
    let mut typed = person.message(signer);
    typed.content_type = "1.2.840.113549.1.9.16.1.4".into();
    accepted(&typed.write());
}

#[test]
fn algorithm_protection_is_checked_where_it_is() {
    let person = person();
    let sha256 = sequence(&[&hash_oid(Hash::Sha256), &null()]);
    let sha256_bare = sequence(&[&hash_oid(Hash::Sha256)]);
    let sha384 = sequence(&[&hash_oid(Hash::Sha384), &null()]);
    let ecdsa = person.key.algorithm(person.key.usual());
    let other = Key::rsa(0).algorithm(How::Usual(Hash::Sha256));
    for (digest, signature, good) in [
        (&sha256, &ecdsa, true),
        (&sha256_bare, &ecdsa, true),
        (&sha384, &ecdsa, false),
        (&sha256, &other, false),
    ] {
        let signer = person
            .signer()
            .with_attribute(algorithm_protection(digest, signature));
        let message = person.message(signer).write();
        if good {
            accepted(&message);
        } else {
            assert_eq!(code(&message), Code::AlgorithmInconsistent);
        }
    }
}

#[test]
fn rsa_under_either_of_its_names_and_digest_parameters_absent_or_null() {
    let person = person_with(Key::rsa(0), 5);
    let rsa = oid("1.2.840.113549.1.1.1");
    for signature in [
        person.key.algorithm(How::Usual(Hash::Sha256)),
        sequence(&[&rsa, &null()]),
        sequence(&[&rsa]),
    ] {
        for digest in [
            sequence(&[&hash_oid(Hash::Sha256), &null()]),
            sequence(&[&hash_oid(Hash::Sha256)]),
        ] {
            let mut signer = person.signer();
            signer.signature_algorithm = signature.clone();
            signer.digest_algorithm = digest;
            let message = person.message(signer).write();
            let data = verify(&message, &CmsOptions::default()).unwrap();
            assert_eq!(data.signers[0].scheme, Scheme::RsaPkcs1Sha256);
        }
    }
    let mut signer = person.signer();
    signer.digest_algorithm = sequence(&[&hash_oid(Hash::Sha256), &octets(&[])]);
    assert_eq!(code(&person.message(signer).write()), Code::AlgorithmUnsupported);
}

#[test]
fn pss_ecdsa_and_the_longer_hashes() {
    for (key, how, scheme) in [
        (Key::rsa(0), How::Pss(Hash::Sha256), Scheme::RsaPssSha256),
        (Key::rsa(0), How::Pss(Hash::Sha512), Scheme::RsaPssSha512),
        (Key::rsa(0), How::Usual(Hash::Sha512), Scheme::RsaPkcs1Sha512),
        (
            Key::p256("leaf"),
            How::Usual(Hash::Sha256),
            Scheme::EcdsaP256Sha256,
        ),
        (
            Key::p384("leaf"),
            How::Usual(Hash::Sha384),
            Scheme::EcdsaP384Sha384,
        ),
    ] {
        let person = person_with(key, 5);
        let hash = match how {
            How::Usual(hash) | How::Pss(hash) => hash,
            How::Bare => unreachable!(),
        };
        let mut signer = person.signer().hashing(hash, CONTENT);
        signer.how = how;
        signer.signature_algorithm = person.key.algorithm(how);
        for signer in [signer.clone(), signer.without_attributes()] {
            let message = person.message(signer).write();
            let data = verify(&message, &CmsOptions::default()).unwrap();
            assert_eq!(data.signers[0].scheme, scheme);
        }
    }
}

#[test]
fn a_bare_hash_is_not_a_signature_with_digest_info() {
    let person = person_with(Key::rsa(0), 5);
    let mut signer = person.signer();
    signer.how = How::Bare;
    assert_eq!(code(&person.message(signer).write()), Code::SignatureMismatch);
}

#[test]
fn digest_and_signature_algorithm_must_agree() {
    let person = person_with(Key::rsa(0), 5);
    let mut signer = person.signer();
    signer.signature_algorithm = person.key.algorithm(How::Usual(Hash::Sha512));
    signer.how = How::Usual(Hash::Sha512);
    assert_eq!(code(&person.message(signer).write()), Code::AlgorithmInconsistent);
    let mut signer = person.signer();
    signer.digest_algorithm = sequence(&[&oid("1.2.840.113549.2.5"), &null()]);
    assert_eq!(code(&person.message(signer).write()), Code::AlgorithmUnsupported);
    let mut signer = person.signer();
    signer.signature_algorithm = Key::p256("leaf").algorithm(How::Usual(Hash::Sha256));
    assert_eq!(code(&person.message(signer).write()), Code::KeyUnsuitable);
}

#[test]
fn sha1_only_if_the_caller_names_it() {
    let person = person_with(Key::rsa(0), 5);
    let mut allowing = CmsOptions::default();
    allowing.allow_sha1 = true;
    let message = person
        .message(person.signer().hashing(Hash::Sha1, CONTENT))
        .write();
    assert_eq!(code(&message), Code::AlgorithmNotAllowed);
    let data = verify(&message, &allowing).unwrap();
    assert_eq!(data.signers[0].scheme, Scheme::RsaPkcs1Sha1);
}

#[test]
fn signer_by_key_identifier_or_by_issuer_and_serial() {
    let person = person();
    accepted(&person.message(person.signer().by_key_identifier()).write());

    let mut other_serial = person.signer();
    other_serial.identifier = sequence(&[&person.fields.issuer, &integer(78)]);
    assert_eq!(
        code(&person.message(other_serial).write()),
        Code::SignerCertificateNotFound
    );
    let mut other_key = person.signer();
    other_key.identifier = tlv(0x80, &[7; 20]);
    assert_eq!(
        code(&person.message(other_key).write()),
        Code::SignerCertificateNotFound
    );
}

#[test]
fn the_chain_starts_from_the_certificate_that_the_identifier_names() {
    let person = person();
    let other = person_with(Key::p256("other"), 78);
    let authority = &person.authority.certificate;
    let orders: [&[&[u8]]; 4] = [
        &[&person.certificate, authority],
        &[authority, &person.certificate],
        &[&other.certificate, authority, &person.certificate],
        &[&person.certificate, &person.certificate],
    ];
    for certificates in orders {
        for signer in [person.signer(), person.signer().by_key_identifier()] {
            let message = Message::new(CONTENT, certificates, &[signer]).write();
            let mut seen = Vec::new();
            verify_signed_data_with(&message, &CmsOptions::default(), |certificate, _| {
                seen.push(certificate.as_der().to_vec());
                Ok(((), Report::default()))
            })
            .map(|_| ())
            .unwrap();
            assert_eq!(seen, std::slice::from_ref(&person.certificate));
        }
    }
    // Signed by the other person's key, in this one's name.
    let mut forged = person.signer();
    forged.key = other.key.clone();
    let message = Message::new(CONTENT, &[&other.certificate, &person.certificate], &[forged]).write();
    assert_eq!(code(&message), Code::SignatureMismatch);
}

#[test]
fn a_certificate_that_the_message_lacks_may_be_handed_over() {
    let person = person();
    let message = Message::new(CONTENT, &[], &[person.signer()]).write();
    assert_eq!(code(&message), Code::SignerCertificateNotFound);
    let certificates = [person.certificate.as_slice()];
    let mut options = CmsOptions::default();
    options.certificates = &certificates;
    verify(&message, &options).unwrap();
    let twice = person.message(person.signer()).write();
    verify(&twice, &options).unwrap();
}

#[test]
fn two_certificates_of_one_identifier_are_ambiguous() {
    let person = person();
    let imposter = person.authority.issue(77, &Key::p256("imposter"), SIGN_TEST);
    let message = Message::new(CONTENT, &[&imposter, &person.certificate], &[person.signer()]).write();
    assert_eq!(code(&message), Code::SignerCertificateAmbiguous);
}

#[test]
fn every_signer_counts_and_has_a_result_of_its_own() {
    let one = person();
    let two = person_with(Key::p384("two"), 78);
    let certificates: &[&[u8]] = &[&one.certificate, &two.certificate];
    let message = Message::new(CONTENT, certificates, &[one.signer(), two.signer()]);
    let bytes = message.write();
    let data = verify(&bytes, &CmsOptions::default()).unwrap();
    let schemes: Vec<Scheme> = data.signers.iter().map(|signer| signer.scheme).collect();
    assert_eq!(schemes, [Scheme::EcdsaP256Sha256, Scheme::EcdsaP384Sha384]);

    for bad in 0..2 {
        let mut message = message.clone();
        message.signers[bad].signed = Some(b"something else".to_vec());
        let bytes = message.write();
        let refusal = verify(&bytes, &CmsOptions::default()).map(|_| ()).unwrap_err();
        assert_eq!(refusal.error.code(), Code::SignatureMismatch);
        assert!(
            refusal
                .error
                .message()
                .starts_with(&format!("signer {} of 2", bad + 1))
        );
        let results: Vec<Option<Code>> = refusal
            .signers
            .iter()
            .map(|signer| signer.as_ref().err().map(honnin::Error::code))
            .collect();
        let mut expected = [None, None];
        expected[bad] = Some(Code::SignatureMismatch);
        assert_eq!(results, expected);
    }
}

#[test]
fn a_refused_certificate_refuses_the_signer() {
    let person = person();
    let message = person.message(person.signer()).write();
    let refusal = verify_signed_data_with(&message, &CmsOptions::default(), |_: &Certificate<'_>, _| {
        let mut report = Report::default();
        let error = honnin::Error::new(Code::CertificateExpired, "expired");
        Err::<((), Report), _>(report.failed("validity", "RFC 5280 §6.1.3 (a)(2)", error))
    })
    .map(|_| ())
    .unwrap_err();
    assert_eq!(refusal.error.code(), Code::CertificateExpired);
    let steps: Vec<&str> = refusal
        .error
        .report()
        .steps()
        .iter()
        .map(|step| step.id)
        .collect();
    assert!(steps.starts_with(&["cms-structure", "cms-content"]));
    assert!(steps.contains(&"signature"));
    assert!(steps.ends_with(&["validity"]));
}

#[test]
fn the_signing_time_is_a_claim() {
    let person = person();
    let signer = person.signer().with_attribute(signing_time("200101000000Z"));
    let message = person.message(signer).write();
    let data = verify(&message, &CmsOptions::default()).unwrap();
    assert_eq!(data.signers[0].claimed_signing_time, Some(1_577_836_800));
    let step = data
        .report
        .steps()
        .iter()
        .find(|step| step.id == "signing-time")
        .unwrap();
    assert_eq!(step.status, Status::Skipped);
}

#[test]
fn unsigned_attributes_are_not_read_and_the_report_says_so() {
    let person = person();
    let mut signer = person.signer();
    signer.unsigned = Some(attribute("2.999.2", &[&null()]));
    let message = person.message(signer).write();
    let data = verify(&message, &CmsOptions::default()).unwrap();
    assert!(
        data.report
            .steps()
            .iter()
            .any(|step| step.id == "unsigned-attributes" && step.status == Status::Skipped)
    );
}

#[test]
fn key_usage_must_allow_signatures() {
    let key = Key::p256("leaf");
    let authority = Authority::new("HONNIN-TEST", Kind::Sign, 1, Key::p256("authority"));
    let mut fields = authority.leaf(77, &key, SIGN_TEST);
    fields.extensions[0] = synthetic::cert::key_usage(&[5, 0x20]);
    let certificate = fields.signed_by(&authority.key);
    let signer = Signer::new(&fields, &key, CONTENT);
    let message = Message::new(CONTENT, &[&certificate], &[signer]).write();
    assert_eq!(code(&message), Code::KeyUsageMissing);
}

#[test]
fn what_is_no_signed_data() {
    let person = person();
    let message = person.message(person.signer());
    let bytes = message.write();
    assert_eq!(code(&[]), Code::CmsMalformed);
    assert_eq!(code(&person.certificate), Code::CmsMalformed);
    let enveloped = sequence(&[
        &oid("1.2.840.113549.1.7.3"),
        &context(0, &sequence(&[&integer(0)])),
    ]);
    assert_eq!(code(&enveloped), Code::CmsTypeUnsupported);
    let mut nobody = message;
    nobody.signers.clear();
    assert_eq!(code(&nobody.write()), Code::SignerMissing);
    for cut in 0..bytes.len() {
        assert_eq!(code(&bytes[..cut]), Code::CmsMalformed, "{cut}");
    }
}

#[test]
fn bounds_on_signers_certificates_and_attributes() {
    let person = person();
    let mut signer = person.signer();
    signer.signed = Some(Vec::new());
    let many = Message::new(
        CONTENT,
        &[&person.certificate],
        &vec![signer; honnin::cms::MAX_SIGNERS + 1],
    );
    assert_eq!(code(&many.write()), Code::CmsLimitExceeded);

    let mut many = person.message(person.signer());
    many.certificates = vec![person.certificate.clone(); honnin::cms::MAX_CERTIFICATES + 1];
    assert_eq!(code(&many.write()), Code::CmsLimitExceeded);
    many.certificates.pop();
    accepted(&many.write());

    let mut signer = person.signer();
    for number in 2..honnin::cms::MAX_ATTRIBUTES {
        signer = signer.with_attribute(attribute(&format!("2.999.{number}"), &[&null()]));
    }
    accepted(&person.message(signer.clone()).write());
    let signer = signer.with_attribute(attribute("2.999.1000", &[&null()]));
    assert_eq!(code(&person.message(signer).write()), Code::CmsLimitExceeded);
}

#[test]
fn deep_nesting_ends_in_a_code() {
    let person = person();
    let bytes = person.message(person.signer()).write();
    // The content as a string in pieces in pieces …
    for depth in [10_usize, 32, 33, 100_000] {
        let mut deep = Vec::new();
        for _ in 0..depth {
            deep.extend([0x24, 0x80]);
        }
        deep.extend(octets(CONTENT));
        deep.extend(vec![0; 2 * depth]);
        let digest = sequence(&[&hash_oid(Hash::Sha256), &null()]);
        let body = [
            integer(1),
            tlv(0x31, &digest),
            sequence(&[&oid("1.2.840.113549.1.7.1"), &context(0, &deep)]),
            tlv(0xa0, &person.certificate),
            tlv(0x31, last_signer(&bytes)),
        ]
        .concat();
        let message = sequence(&[&oid("1.2.840.113549.1.7.2"), &context(0, &sequence(&[&body]))]);
        if depth <= 32 {
            accepted(&message);
        } else {
            assert_eq!(code(&message), Code::CmsMalformed, "{depth}");
        }
    }
    let bomb = [0x30, 0x80].repeat(100_000);
    assert_eq!(code(&bomb), Code::CmsMalformed);
}

/// The SignerInfo at the end of a message in DER.
fn last_signer(message: &[u8]) -> &[u8] {
    (0..message.len())
        .rev()
        .map(|at| &message[at..])
        .find(|rest| {
            rest[0] == 0x30
                && rest[1] == 0x82
                && usize::from(u16::from_be_bytes([rest[2], rest[3]])) + 4 == rest.len()
                || rest[0] == 0x30 && rest[1] == 0x81 && usize::from(rest[2]) + 3 == rest.len()
        })
        .unwrap()
}

#[test]
fn crafted_lengths_never_panic() {
    let person = person();
    let mut signer = person.signer().with_attribute(signing_time("260630120000Z"));
    signer.unsigned = Some(attribute("2.999.2", &[&null()]));
    let messages = [
        person.message(signer.clone()).write(),
        person.message(signer).ber().write(),
    ];
    let pieces: [&[u8]; 6] = [
        &[0x80],
        &[0, 0],
        &[0x84, 0xff, 0xff, 0xff, 0xff],
        &[0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x24, 0x80],
        &[0xff],
    ];
    let mut random = common::Random::new(3);
    let mut refused = 0;
    for round in 0..20_000 {
        let mutated = common::mutate(&mut random, &messages[round % 2], &pieces);
        refused += usize::from(verify(&mutated, &CmsOptions::default()).is_err());
    }
    assert!(refused > 10_000, "{refused}");
}

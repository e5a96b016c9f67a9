//! What a signer states about its certificate and its algorithms, and that it is checked; and the error if
//! the signer's certificate is missing or unreadable.

use crate::synthetic;
use crate::synthetic::cert::{Authority, Fields, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{
    DATA, Message, Signer, algorithm_protection, attribute, certificate_id, content_type, issuer_serial,
    message_digest, signing_certificate, signing_certificate_v2,
};
use crate::synthetic::der::{boolean, integer, null, octets, oid, sequence, tlv};
use crate::synthetic::keys::{How, Key, hash_oid};
use honnin::cms::{CmsOptions, verify_signed_data, verify_signed_data_with};
use honnin::signature::Hash;
use honnin::x509::{PathOptions, TrustAnchor};
use honnin::{Code, Report, Status};

const CONTENT: &[u8] = b"A contract.";

/// Two certificates for the same key, issued by one CA.
struct World {
    authority: Authority,
    key: Key,
    employee: Fields,
    director: Fields,
}

fn world() -> World {
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
    let key = Key::p256("leaf");
    World {
        employee: authority.leaf(0x11, &key, SIGN_TEST),
        director: authority.leaf(0x22, &key, SIGN_TEST),
        authority,
        key,
    }
}

impl World {
    fn of(&self, fields: &Fields) -> Vec<u8> {
        fields.signed_by(&self.authority.key)
    }

    fn signer(&self) -> Signer {
        Signer::new(&self.employee, &self.key, CONTENT).by_key_identifier()
    }

    /// With the employee's certificate in the attribute.
    fn named(&self) -> Signer {
        self.signer()
            .with_attribute(signing_certificate_v2(&[&certificate_id(
                Hash::Sha256,
                &self.of(&self.employee),
            )]))
    }
}

fn verify_among(message: &[u8], further: &[&[u8]]) -> Result<(Vec<u8>, Report), honnin::Error> {
    let mut options = CmsOptions::default();
    options.certificates = further;
    verify_signed_data_with(message, &options, |_, _| Ok(((), Report::default())))
        .map(|data| (data.signers[0].certificate.to_vec(), data.report))
        .map_err(|refusal| refusal.error)
}

fn verify(message: &[u8]) -> Result<Vec<u8>, Code> {
    verify_among(message, &[])
        .map(|(certificate, _)| certificate)
        .map_err(|error| error.code())
}

fn message(certificates: &[&[u8]], signer: Signer) -> Vec<u8> {
    Message::new(CONTENT, certificates, &[signer]).write()
}

#[test]
fn the_certificate_is_the_one_that_the_signer_named() {
    let world = world();
    let (employee, director) = (world.of(&world.employee), world.of(&world.director));
    assert_eq!(
        verify(&message(&[&employee], world.named())),
        Ok(employee.clone())
    );
    // Replaced by another certificate for the same key: in the message, and in the options.
    assert_eq!(
        verify(&message(&[&director], world.named())),
        Err(Code::SigningCertificateMismatch)
    );
    let without = message(&[], world.named());
    let refusal = verify_among(&without, &[&director]).unwrap_err();
    assert_eq!(refusal.code(), Code::SigningCertificateMismatch);
    let last = refusal.report().steps().last().unwrap();
    assert_eq!((last.id, last.status), ("signing-certificate", Status::Failed));
    assert_eq!(verify_among(&without, &[&employee]).unwrap().0, employee);
    // The attribute selects one of two certificates that match the signer identifier.
    assert_eq!(
        verify(&message(&[&director, &employee], world.named())),
        Ok(employee.clone())
    );
    assert_eq!(
        verify(&message(&[&director, &employee], world.signer())),
        Err(Code::SignerCertificateAmbiguous)
    );
}

#[test]
fn the_report_says_whether_a_certificate_was_named() {
    let world = world();
    let employee = world.of(&world.employee);
    let step = |signer| {
        let (_, report) = verify_among(&message(&[&employee], signer), &[]).unwrap();
        let step = report
            .steps()
            .iter()
            .find(|step| step.id == "signing-certificate")
            .unwrap();
        (step.status, step.detail.to_string())
    };
    let (status, detail) = step(world.named());
    assert_eq!(status, Status::Passed);
    assert!(detail.ends_with("by SHA-256"), "{detail}");
    let (status, detail) = step(world.signer().with_attribute(signing_certificate(&employee)));
    assert_eq!(status, Status::Passed);
    assert!(detail.ends_with("by SHA-1"), "{detail}");
    assert_eq!(step(world.signer()).0, Status::Skipped);
    assert_eq!(step(world.signer().without_attributes()).0, Status::Skipped);
}

#[test]
fn either_attribute_and_any_hash_count() {
    let world = world();
    let (employee, director) = (world.of(&world.employee), world.of(&world.director));
    let ask = |attributes: &[Vec<u8>]| {
        let mut signer = world.signer();
        for attribute in attributes {
            signer = signer.with_attribute(attribute.clone());
        }
        verify(&message(&[&employee], signer)).map(|_| ())
    };
    let v2 = |hash, certificate: &[u8]| signing_certificate_v2(&[&certificate_id(hash, certificate)]);
    let mismatch = Err(Code::SigningCertificateMismatch);
    for hash in [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
        assert_eq!(ask(&[v2(hash, &employee)]), Ok(()), "{hash:?}");
        assert_eq!(ask(&[v2(hash, &director)]), mismatch, "{hash:?}");
    }
    assert_eq!(ask(&[signing_certificate(&employee)]), Ok(()));
    assert_eq!(ask(&[signing_certificate(&director)]), mismatch);
    // If both are present, both must match.
    assert_eq!(
        ask(&[signing_certificate(&employee), v2(Hash::Sha256, &employee)]),
        Ok(())
    );
    assert_eq!(
        ask(&[signing_certificate(&director), v2(Hash::Sha256, &employee)]),
        mismatch
    );
    assert_eq!(
        ask(&[signing_certificate(&employee), v2(Hash::Sha256, &director)]),
        mismatch
    );
    // SHA-256 explicitly encoded, although it is the default, as many signers do.
    let sha256 = sequence(&[&hash_oid(Hash::Sha256)]);
    let digest = octets(&Hash::Sha256.digest(&employee));
    assert_eq!(
        ask(&[signing_certificate_v2(&[&sequence(&[&sha256, &digest])])]),
        Ok(())
    );
    let sha224 = sequence(&[&oid("2.16.840.1.101.3.4.2.4")]);
    assert_eq!(
        ask(&[signing_certificate_v2(&[&sequence(&[&sha224, &digest])])]),
        Err(Code::AlgorithmUnsupported)
    );
}

#[test]
fn issuer_and_serial_number_have_to_agree() {
    let world = world();
    let employee = world.of(&world.employee);
    let ask = |pair: Vec<u8>| {
        let digest = octets(&Hash::Sha256.digest(&employee));
        let id = sequence(&[&digest, &pair]);
        let signer = world.signer().with_attribute(signing_certificate_v2(&[&id]));
        verify(&message(&[&employee], signer)).map(|_| ())
    };
    let issuer = &world.employee.issuer;
    let other = synthetic::cert::name(&[("O", "Other")]);
    assert_eq!(ask(issuer_serial(&[issuer], 0x11)), Ok(()));
    for pair in [
        issuer_serial(&[issuer], 0x22),
        issuer_serial(&[&other], 0x11),
        issuer_serial(&[issuer, &other], 0x11),
    ] {
        assert_eq!(ask(pair), Err(Code::SigningCertificateMismatch));
    }
    assert_eq!(ask(issuer_serial(&[], 0x11)), Err(Code::SignedAttributeMalformed));
}

#[test]
fn attributes_that_are_not_of_their_type() {
    let world = world();
    let employee = world.of(&world.employee);
    let id = certificate_id(Hash::Sha256, &employee);
    let value = sequence(&[&sequence(&[&id])]);
    let ask =
        |attribute| verify(&message(&[&employee], world.signer().with_attribute(attribute))).map(|_| ());
    const V2: &str = "1.2.840.113549.1.9.16.2.47";
    const V1: &str = "1.2.840.113549.1.9.16.2.12";
    assert_eq!(ask(attribute(V2, &[&value])), Ok(()));
    let policies = sequence(&[&sequence(&[&oid("1.2.392.1")])]);
    assert_eq!(
        ask(attribute(V2, &[&sequence(&[&sequence(&[&id]), &policies])])),
        Ok(())
    );
    for kind in [V1, V2] {
        assert_eq!(
            ask(attribute(kind, &[&value, &value])),
            Err(Code::SignedAttributeDuplicate)
        );
        for malformed in [
            null(),
            sequence(&[]),
            sequence(&[&sequence(&[])]),
            sequence(&[&sequence(&[&null()])]),
            sequence(&[&sequence(&[&sequence(&[&boolean(true)])])]),
            sequence(&[&sequence(&[&vec![id.as_slice(); 17].concat()])]),
            sequence(&[&sequence(&[&id]), &null()]),
        ] {
            assert_eq!(
                ask(attribute(kind, &[&malformed])),
                Err(Code::SignedAttributeMalformed)
            );
        }
    }
}

#[test]
fn further_certificates_limit_the_path() {
    let root = Authority::with(ORGANIZATION, Kind::Sign, 1, Key::p256("root"), |fields| {
        let name = synthetic::cert::name(&[("O", "HONNIN-TEST root")]);
        (fields.issuer, fields.subject) = (name.clone(), name);
    });
    let middle = Authority::new(ORGANIZATION, Kind::Sign, 2, Key::p256("middle"));
    let certified = |serial| {
        let mut fields = middle.fields.clone();
        fields.issuer = root.fields.subject.clone();
        fields.serial = serial;
        fields.signed_by(&root.key)
    };
    // Two certificates of one CA, of which the signer names one.
    let (meant, other) = (certified(7), certified(8));
    let key = Key::p256("leaf");
    let fields = middle.leaf(77, &key, SIGN_TEST);
    let leaf = fields.signed_by(&middle.key);
    let verify = |ids: &[&[u8]], certificates: &[&[u8]], handed: &[&[u8]]| {
        let signer = Signer::new(&fields, &key, CONTENT).with_attribute(signing_certificate_v2(ids));
        let message = Message::new(CONTENT, certificates, &[signer]).write();
        let anchors = [TrustAnchor::from_certificate(&root.certificate).unwrap()];
        let mut path = PathOptions::new(&anchors, NOW);
        path.intermediates = handed;
        verify_signed_data(&message, &CmsOptions::default(), &path)
            .map(|data| data.signers[0].chain.certificates[1].clone())
            .map_err(|refusal| refusal.error.code())
    };
    let (first, second) = (
        certificate_id(Hash::Sha256, &leaf),
        certificate_id(Hash::Sha384, &meant),
    );
    for certificates in [[&leaf[..], &meant, &other], [&leaf, &other, &meant]] {
        assert_eq!(verify(&[&first, &second], &certificates, &[]), Ok(meant.clone()));
    }
    assert_eq!(
        verify(&[&first, &second], &[&leaf, &other], &[]),
        Err(Code::IssuerNotFound)
    );
    assert_eq!(
        verify(&[&first, &second], &[&leaf], &[&other]),
        Err(Code::IssuerNotFound)
    );
    assert_eq!(
        verify(&[&first, &second], &[&leaf], &[&other, &meant]),
        Ok(meant.clone())
    );
    // Alone, the signer's certificate does not restrict the others.
    assert_eq!(verify(&[&first], &[&leaf, &other], &[]), Ok(other.clone()));
    // The first one is the signer's.
    assert_eq!(
        verify(&[&second, &first], &[&leaf, &meant], &[]),
        Err(Code::SigningCertificateMismatch)
    );
}

// ------------------------------------------------------------------------------------------------------------ algorithms

fn pss(hash: Hash, trailer: &[u8]) -> Vec<u8> {
    let digest = sequence(&[&hash_oid(hash), &null()]);
    pss_of(hash, &digest, &digest, trailer)
}

/// With these hashes for the content and the mask.
fn pss_of(hash: Hash, digest: &[u8], mask_digest: &[u8], trailer: &[u8]) -> Vec<u8> {
    let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), mask_digest]);
    let salt = integer(hash.length() as u64);
    let parameters = sequence(&[&tlv(0xa0, digest), &tlv(0xa1, &mask), &tlv(0xa2, &salt), trailer]);
    sequence(&[&oid("1.2.840.113549.1.1.10"), &parameters])
}

fn by_pss(trailer: &[u8], protection: Option<&[u8]>) -> Result<(), Code> {
    by(&pss(Hash::Sha256, trailer), protection)
}

fn by(algorithm: &[u8], protection: Option<&[u8]>) -> Result<(), Code> {
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
    let key = Key::rsa(1);
    let fields = authority.leaf(9, &key, SIGN_TEST);
    let mut signer = Signer::new(&fields, &key, CONTENT);
    signer.how = How::Pss(Hash::Sha256);
    signer.signature_algorithm = algorithm.to_vec();
    if let Some(protection) = protection {
        signer = signer.with_attribute(protection.to_vec());
    }
    verify(&message(&[&fields.signed_by(&authority.key)], signer)).map(|_| ())
}

#[test]
fn the_hashes_of_pss_have_no_parameters() {
    let with = |parameters: &[u8]| sequence(&[&hash_oid(Hash::Sha256), parameters]);
    let of = |digest: &[u8], mask: &[u8]| by(&pss_of(Hash::Sha256, digest, mask, &[]), None);
    let (absent, null) = (with(&[]), with(&null()));
    // RFC 4055 §2.1: equivalent.
    for (digest, mask) in [(&absent, &null), (&null, &absent), (&absent, &absent)] {
        assert_eq!(of(digest, mask), Ok(()));
    }
    for parameters in [integer(1), octets(&[]), sequence(&[])] {
        let odd = with(&parameters);
        assert_eq!(of(&odd, &null), Err(Code::AlgorithmUnsupported));
        assert_eq!(of(&null, &odd), Err(Code::AlgorithmUnsupported));
    }
}

#[test]
fn the_one_trailer_of_pss_may_be_written_out() {
    assert_eq!(by_pss(&[], None), Ok(()));
    assert_eq!(by_pss(&tlv(0xa3, &integer(1)), None), Ok(()));
    for trailer in [
        tlv(0xa3, &integer(2)),
        tlv(0xa3, &integer(0)),
        tlv(0xa3, &[integer(1), integer(1)].concat()),
        tlv(0xa3, &[]),
        tlv(0xa3, &[2, 2, 0, 1]),
        [tlv(0xa3, &integer(1)), tlv(0xa3, &integer(1))].concat(),
        tlv(0xa4, &integer(1)),
    ] {
        assert_eq!(
            by_pss(&trailer, None),
            Err(Code::AlgorithmUnsupported),
            "{trailer:?}"
        );
    }
}

/// CMSAlgorithmProtection around AlgorithmIdentifiers of any length.
fn protection(digest: &[u8], signature: &[u8]) -> Vec<u8> {
    let header = if signature[1] < 0x80 { 2 } else { 3 };
    let value = sequence(&[digest, &tlv(0xa1, &signature[header..])]);
    attribute("1.2.840.113549.1.9.52", &[&value])
}

#[test]
fn algorithm_protection_compares_what_is_meant() {
    let sha256 = sequence(&[&hash_oid(Hash::Sha256), &null()]);
    let sha256_bare = sequence(&[&hash_oid(Hash::Sha256)]);
    let sha384 = sequence(&[&hash_oid(Hash::Sha384), &null()]);
    let explicit = tlv(0xa3, &integer(1));
    for trailer in [&[][..], &explicit] {
        for said in [&[][..], &explicit] {
            let same = protection(&sha256_bare, &pss(Hash::Sha256, said));
            assert_eq!(by_pss(trailer, Some(&same)), Ok(()));
        }
        for other in [
            protection(&sha256, &pss(Hash::Sha384, trailer)),
            protection(&sha384, &pss(Hash::Sha384, trailer)),
            protection(&sha256, &sequence(&[&oid("1.2.840.113549.1.1.11"), &null()])),
        ] {
            assert_eq!(by_pss(trailer, Some(&other)), Err(Code::AlgorithmInconsistent));
        }
    }
    // rsaEncryption with a digest, and a combined algorithm.
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
    let key = Key::rsa(1);
    let fields = authority.leaf(9, &key, SIGN_TEST);
    let certificate = fields.signed_by(&authority.key);
    let plain = sequence(&[&oid("1.2.840.113549.1.1.1"), &null()]);
    let with_hash = key.algorithm(How::Usual(Hash::Sha256));
    for (used, said) in [(&plain, &with_hash), (&with_hash, &plain), (&plain, &plain)] {
        let mut signer = Signer::new(&fields, &key, CONTENT);
        signer.signature_algorithm = used.clone();
        let signer = signer.with_attribute(algorithm_protection(&sha256, said));
        assert_eq!(verify(&message(&[&certificate], signer)).map(|_| ()), Ok(()));
    }
    let signer = Signer::new(&fields, &key, CONTENT).with_attribute(algorithm_protection(
        &sha256,
        &key.algorithm(How::Usual(Hash::Sha512)),
    ));
    assert_eq!(
        verify(&message(&[&certificate], signer)),
        Err(Code::AlgorithmInconsistent)
    );
}

// --------------------------------------------------------------------------------------------------------------- reasons

#[test]
fn a_certificate_handed_over_twice_is_one() {
    let world = world();
    let employee = world.of(&world.employee);
    let copy = employee.clone();
    for (enclosed, further) in [
        (vec![], vec![&employee[..], &copy[..]]),
        (vec![&employee[..]], vec![&copy[..]]),
        (vec![&employee[..], &copy[..]], vec![&copy[..], &employee[..]]),
    ] {
        let message = message(&enclosed, world.named());
        assert_eq!(verify_among(&message, &further).unwrap().0, employee);
    }
}

#[test]
fn a_certificate_that_cannot_be_read_is_not_called_missing() {
    let world = world();
    let mut fields = world.employee.clone();
    // A BOOLEAN of 01.
    fields
        .extensions
        .push(sequence(&[&oid("2.5.29.19"), &octets(&sequence(&[&[1, 1, 1]]))]));
    let broken = fields.signed_by(&world.authority.key);
    let by_serial = Signer::new(&fields, &world.key, CONTENT);
    for signer in [by_serial.clone(), by_serial.by_key_identifier()] {
        for (enclosed, further) in [(vec![&broken[..]], vec![]), (vec![], vec![&broken[..]])] {
            let refusal = verify_among(&message(&enclosed, signer.clone()), &further).unwrap_err();
            assert_eq!(refusal.code(), Code::CertificateMalformed);
            assert!(refusal.message().contains("BOOLEAN"), "{refusal}");
            let last = refusal.report().steps().last().unwrap();
            assert_eq!((last.id, last.status), ("signer-certificate", Status::Failed));
        }
    }
    // Another certificate is not about this signer.
    let signer = Signer::new(&world.director, &world.key, CONTENT);
    let refusal = verify_among(&message(&[&broken], signer), &[]).unwrap_err();
    assert_eq!(refusal.code(), Code::SignerCertificateNotFound);
    assert!(refusal.message().contains("cannot be read: 1"), "{refusal}");
    // Nor is something that is not a certificate.
    let signer = world.signer();
    assert_eq!(
        verify(&message(&[&sequence(&[&null()])], signer)),
        Err(Code::SignerCertificateNotFound)
    );
}

#[test]
fn without_content_type_or_digest_a_named_certificate_is_worth_nothing() {
    let world = world();
    let employee = world.of(&world.employee);
    let named = signing_certificate_v2(&[&certificate_id(Hash::Sha256, &employee)]);
    let digest = message_digest(&Hash::Sha256.digest(CONTENT));
    for attributes in [vec![content_type(DATA), named.clone()], vec![digest, named]] {
        let mut signer = world.signer();
        signer.attributes = Some(attributes);
        assert_eq!(
            verify(&message(&[&employee], signer)),
            Err(Code::SignedAttributeMissing)
        );
    }
}

#[test]
fn hashing_the_named_certificate_counts_against_the_limit() {
    let world = world();
    let employee = world.of(&world.employee);
    let written = message(&[&employee], world.named());
    let within = |comparisons: u32| {
        let mut options = CmsOptions::default();
        options.limits.name_comparisons = comparisons;
        verify_signed_data_with(&written, &options, |_, _| Ok(((), Report::default())))
            .map(|_| ())
            .map_err(|refusal| refusal.error.code())
    };
    // A quarter of the limit, in units of 32 bytes.
    let enough = 4 * u32::try_from(employee.len().div_ceil(32)).unwrap();
    assert_eq!(within(enough), Ok(()));
    assert_eq!(within(enough - 1), Err(Code::PathBudgetExhausted));
}

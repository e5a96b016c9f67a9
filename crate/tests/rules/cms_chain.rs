//! CMS messages whose signers' certificates are verified with RFC 5280, with revocation evidence in the
//! message or in the options.

use crate::synthetic;
use crate::synthetic::cert::{Authority, Fields, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{Message, Signer};
use crate::synthetic::der::{octets, oid, tlv};
use crate::synthetic::keys::Key;
use crate::synthetic::lists::{crl, crl_since, delta_of, ocsp};
use honnin::Code;
use honnin::cms::{CmsOptions, verify_signed_data};
use honnin::jpki::{
    Cards, Hierarchy, JpkiOptions, ProfileChoice, verify_card_certificate, verify_card_signed_data,
};
use honnin::x509::{Chain, PathOptions, Requirement, Revocation, TrustAnchor};

const CONTENT: &[u8] = b"An application, signed.";

struct World {
    root: Authority,
    /// Issued by the root.
    middle: Vec<u8>,
    key: Key,
    fields: Fields,
    leaf: Vec<u8>,
}

fn world() -> World {
    let root = Authority::with(ORGANIZATION, Kind::Sign, 1, Key::p256("root"), |fields| {
        let name = synthetic::cert::name(&[("O", "HONNIN-TEST root")]);
        (fields.issuer, fields.subject) = (name.clone(), name);
    });
    let middle = Authority::new(ORGANIZATION, Kind::Sign, 2, Key::p256("middle"));
    let mut fields = middle.fields.clone();
    fields.issuer = root.fields.subject.clone();
    let middle_certificate = fields.signed_by(&root.key);
    let key = Key::p256("leaf");
    let fields = middle.leaf(77, &key, SIGN_TEST);
    World {
        middle: middle_certificate,
        leaf: fields.signed_by(&middle.key),
        root,
        key,
        fields,
    }
}

impl World {
    fn message(&self, certificates: &[&[u8]]) -> Message {
        let signer = Signer::new(&self.fields, &self.key, CONTENT);
        Message::new(CONTENT, certificates, &[signer])
    }

    fn verify(&self, message: &[u8], adjust: impl FnOnce(&mut PathOptions<'_>)) -> Result<Chain, Code> {
        let anchors = [TrustAnchor::from_certificate(&self.root.certificate).unwrap()];
        let mut path = PathOptions::new(&anchors, NOW);
        adjust(&mut path);
        verify_signed_data(message, &CmsOptions::default(), &path)
            .map(|mut data| data.signers.remove(0).chain)
            .map_err(|refusal| refusal.error.code())
    }
}

#[test]
fn certificates_of_the_message_are_candidates_for_the_path() {
    let world = world();
    let both = world.message(&[&world.middle, &world.leaf]).write();
    let chain = world.verify(&both, |_| {}).unwrap();
    assert_eq!(chain.certificates, [world.leaf.clone(), world.middle.clone()]);
    assert_eq!(chain.anchor, 0);
    assert_eq!(chain.revocation, [Revocation::NotChecked, Revocation::NotChecked]);
    let alone = world.message(&[&world.leaf]).write();
    assert_eq!(world.verify(&alone, |_| {}).unwrap_err(), Code::IssuerNotFound);
    let middle = [world.middle.as_slice()];
    let anchors = [TrustAnchor::from_certificate(&world.root.certificate).unwrap()];
    let mut path = PathOptions::new(&anchors, NOW);
    path.intermediates = &middle;
    assert!(verify_signed_data(&alone, &CmsOptions::default(), &path).is_ok());
}

#[test]
fn certificates_of_the_message_are_no_anchors() {
    let world = world();
    let stranger = Authority::new(ORGANIZATION, Kind::Sign, 9, Key::p256("stranger"));
    let anchors = [TrustAnchor::from_certificate(&stranger.certificate).unwrap()];
    let path = PathOptions::new(&anchors, NOW);
    let message = world
        .message(&[&world.middle, &world.leaf, &world.root.certificate])
        .write();
    let refusal = verify_signed_data(&message, &CmsOptions::default(), &path)
        .map(|_| ())
        .unwrap_err();
    assert!(
        [Code::IssuerNotFound, Code::CertificateSignatureMismatch].contains(&refusal.error.code()),
        "{}",
        refusal.error
    );
}

#[test]
fn an_unreadable_certificate_is_no_candidate_and_no_obstacle() {
    let world = world();
    let broken = synthetic::der::sequence(&[b"\x02\x01\x01"]);
    let message = world.message(&[&broken, &world.middle, &world.leaf]).write();
    assert!(world.verify(&message, |_| {}).is_ok());
}

/// The same with the leaf's CA as the CA of a card.
fn card() -> (Authority, Key, Fields, Vec<u8>) {
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::rsa(1));
    let key = Key::rsa(0);
    let fields = authority.leaf(77, &key, SIGN_TEST);
    let leaf = fields.signed_by(&authority.key);
    (authority, key, fields, leaf)
}

fn options<'a>(anchors: &'a [&'a [u8]]) -> JpkiOptions<'a> {
    let profile = ProfileChoice::Known(Hierarchy::Sign, Cards::Test);
    let mut options = JpkiOptions::new(profile, anchors, NOW);
    options.organization = Some(ORGANIZATION);
    options
}

#[test]
fn a_card_with_evidence_of_revocation() {
    let (authority, _, _, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let (good, bad) = (crl(&authority, &[5]), crl(&authority, &[5, 77]));
    for (list, expected) in [(&good, None), (&bad, Some(Code::CertificateRevoked))] {
        let crls = [list.as_slice()];
        let mut options = options(&anchors);
        options.revocation.crls = &crls;
        options.revocation.require = Requirement::Certificate;
        match verify_card_certificate(&leaf, &options) {
            Ok(card) => {
                assert_eq!(expected, None);
                assert_eq!(card.revocation, Revocation::Good);
            }
            Err(error) => assert_eq!(Some(error.code()), expected, "{error}"),
        }
    }
    for (revoked, expected) in [(false, None), (true, Some(Code::CertificateRevoked))] {
        let response = ocsp(&authority, 77, revoked);
        let responses = [response.as_slice()];
        let mut options = options(&anchors);
        options.revocation.ocsp_responses = &responses;
        options.revocation.require = Requirement::Certificate;
        let found = verify_card_certificate(&leaf, &options)
            .err()
            .map(|error| error.code());
        assert_eq!(found, expected);
    }
    // Only reported, if the options say so.
    let crls = [bad.as_slice()];
    let mut options = options(&anchors);
    options.revocation.crls = &crls;
    options.revocation.report_only = true;
    let card = verify_card_certificate(&leaf, &options).unwrap();
    assert!(matches!(card.revocation, Revocation::Revoked(_)));
}

#[test]
fn an_older_crl_does_not_settle_what_a_newer_one_says() {
    let (authority, _, _, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let older = crl_since(&authority, "260629000000Z", &[]);
    let newer = crl_since(&authority, "260630000000Z", &[77]);
    for crls in [[older.as_slice(), &newer], [&newer, &older]] {
        let mut options = options(&anchors);
        options.revocation.crls = &crls;
        let error = verify_card_certificate(&leaf, &options).unwrap_err();
        assert_eq!(error.code(), Code::CertificateRevoked);
    }
}

#[test]
fn a_crl_in_the_message_is_evidence() {
    let (authority, key, fields, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let signer = Signer::new(&fields, &key, CONTENT);
    let mut options = options(&anchors);
    options.revocation.require = Requirement::Certificate;
    for (crls, expected) in [
        (vec![crl(&authority, &[])], None),
        (vec![crl(&authority, &[77])], Some(Code::CertificateRevoked)),
        (Vec::new(), Some(Code::RevocationUnknown)),
    ] {
        let mut message = Message::new(CONTENT, &[&leaf], std::slice::from_ref(&signer));
        message.crls = crls;
        let bytes = message.write();
        let found = verify_card_signed_data(&bytes, &CmsOptions::default(), &options)
            .err()
            .map(|refusal| refusal.error.code());
        assert_eq!(found, expected);
    }
    // A CRL with a foreign signature is not evidence.
    let stranger = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::rsa(2));
    let mut message = Message::new(CONTENT, &[&leaf], &[signer]);
    message.crls = vec![crl(&stranger, &[])];
    assert!(verify_card_signed_data(&message.write(), &CmsOptions::default(), &options).is_err());
}

/// The unit of the limit: RSA-2048 with the usual exponent.
#[test]
fn a_signature_with_rsa_2048_costs_one() {
    let (authority, _, _, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    for (signatures, expected) in [(1, None), (0, Some(Code::PathBudgetExhausted))] {
        let mut options = options(&anchors);
        options.limits.signatures = signatures;
        let found = verify_card_certificate(&leaf, &options).err();
        assert_eq!(found.map(|error| error.code()), expected);
    }
}

/// id-ri-ocsp-response (RFC 5940 §2.1), in an OtherRevocationInfoFormat.
#[test]
fn an_ocsp_response_in_the_message_is_evidence() {
    let (authority, key, fields, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let signer = Signer::new(&fields, &key, CONTENT);
    let mut options = options(&anchors);
    options.revocation.require = Requirement::Certificate;
    let ask = |format: &str, response: &[u8]| {
        let mut message = Message::new(CONTENT, &[&leaf], std::slice::from_ref(&signer));
        message.crls = vec![tlv(0xa1, &[oid(format), response.to_vec()].concat())];
        let message = message.write();
        let found = verify_card_signed_data(&message, &CmsOptions::default(), &options);
        found.err().map(|refusal| refusal.error.code())
    };
    const FORMAT: &str = "1.3.6.1.5.5.7.16.2";
    assert_eq!(ask(FORMAT, &ocsp(&authority, 77, false)), None);
    assert_eq!(
        ask(FORMAT, &ocsp(&authority, 77, true)),
        Some(Code::CertificateRevoked)
    );
    let unknown = Some(Code::RevocationUnknown);
    assert_eq!(ask("1.3.6.1.5.5.7.16.4", &ocsp(&authority, 77, false)), unknown);
    assert_eq!(ask(FORMAT, &octets(&[])), unknown);
}

#[test]
fn a_delta_in_the_message_hides_no_revocation() {
    let (authority, key, fields, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let list = crl(&authority, &[77]);
    let crls = [list.as_slice()];
    let mut options = options(&anchors);
    options.revocation.crls = &crls;
    // With the CA's name, signed by the author of the message.
    let stranger = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::rsa(2));
    let [_, delta] = delta_of(&stranger, 5);
    let signer = Signer::new(&fields, &key, CONTENT);
    let mut message = Message::new(CONTENT, &[&leaf], &[signer]);
    message.crls = vec![delta];
    let bytes = message.write();
    let refusal = verify_card_signed_data(&bytes, &CmsOptions::default(), &options).unwrap_err();
    assert_eq!(refusal.error.code(), Code::CertificateRevoked);
}

#[test]
fn signers_share_what_one_verification_may_cost() {
    /// The lowest limit on candidates that is enough.
    fn least(valid: impl Fn(u32) -> bool) -> u32 {
        (0..100).find(|candidates| valid(*candidates)).unwrap()
    }
    let twice = |certificates: &[&[u8]], signer: &Signer| {
        let one = Message::new(CONTENT, certificates, std::slice::from_ref(signer)).write();
        let two = Message::new(CONTENT, certificates, &[signer.clone(), signer.clone()]).write();
        [one, two]
    };

    let world = world();
    let signer = Signer::new(&world.fields, &world.key, CONTENT);
    let [one, two] = twice(&[&world.middle, &world.leaf], &signer).map(|message| {
        least(|most| {
            world
                .verify(&message, |path| path.limits.candidates = most)
                .is_ok()
        })
    });
    assert!(one > 0);
    assert_eq!(two, 2 * one);

    let (authority, key, fields, leaf) = card();
    let anchors = [authority.certificate.as_slice()];
    let signer = Signer::new(&fields, &key, CONTENT);
    // A search for its issuer tries this one first.
    let other = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::rsa(2)).certificate;
    let [one, two] = twice(&[&leaf, &other], &signer).map(|message| {
        least(|most| {
            let mut options = options(&anchors);
            options.limits.candidates = most;
            verify_card_signed_data(&message, &CmsOptions::default(), &options).is_ok()
        })
    });
    assert!(one > 0);
    assert_eq!(two, 2 * one);
}

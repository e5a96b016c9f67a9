//! The single rules of RFC 5652 §5 and §11, RFC 6211 and RFC 5035 that decide whether a signature counts, each at its edge.

use crate::synthetic;
use crate::synthetic::cert::{Authority, Fields, Kind, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{
    DATA, Message, SIGNED_DATA, Signer, algorithm_protection, attribute, certificate_id, content_type,
    issuer_serial, message_digest, signing_certificate, signing_certificate_v2, signing_time,
};
use crate::synthetic::der::{context, integer, null, octets, oid, sequence, set, tlv, utc_time};
use crate::synthetic::keys::{How, Key, hash_oid};
use honnin::cms::{CmsOptions, Content, verify_signed_data_with};
use honnin::signature::Hash;
use honnin::{Code, Report};

const CONTENT: &[u8] = b"An agreement.";
const TYPED: &str = "1.2.840.113549.1.9.16.1.4";

struct World {
    authority: Authority,
    key: Key,
    fields: Fields,
}

fn world() -> World {
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority"));
    let key = Key::p256("leaf");
    let fields = authority.leaf(0x11, &key, SIGN_TEST);
    World {
        authority,
        key,
        fields,
    }
}

impl World {
    fn certificate(&self) -> Vec<u8> {
        self.fields.signed_by(&self.authority.key)
    }

    fn signer(&self) -> Signer {
        Signer::new(&self.fields, &self.key, CONTENT)
    }

    fn message(&self, signer: Signer) -> Message {
        Message::new(CONTENT, &[&self.certificate()], &[signer])
    }

    /// What comes of a signer that `adjust` changed.
    fn with(&self, adjust: impl FnOnce(&mut Signer)) -> Result<(), Code> {
        let mut signer = self.signer();
        adjust(&mut signer);
        ask(&self.message(signer))
    }

    /// What comes of a signer with one attribute more.
    fn and(&self, attribute: Vec<u8>) -> Result<(), Code> {
        ask(&self.message(self.signer().with_attribute(attribute)))
    }
}

fn ask(message: &Message) -> Result<(), Code> {
    ask_with(&message.write(), &CmsOptions::default())
}

/// Accepts every certificate.
fn ask_with(message: &[u8], options: &CmsOptions<'_>) -> Result<(), Code> {
    verify_signed_data_with(message, options, |_, _| Ok(((), Report::default())))
        .map(|_| ())
        .map_err(|refusal| refusal.error.code())
}

const MALFORMED: Result<(), Code> = Err(Code::CmsMalformed);
const MISMATCH: Result<(), Code> = Err(Code::SignatureMismatch);
const MISSING: Result<(), Code> = Err(Code::SignedAttributeMissing);
const DUPLICATE: Result<(), Code> = Err(Code::SignedAttributeDuplicate);
const NOT_FOUND: Result<(), Code> = Err(Code::SignerCertificateNotFound);

// ------------------------------------------------------------------------------------------------------------ §5.1, §5.2

#[test]
fn versions_are_numbered_to_five() {
    let world = world();
    for version in 0..8 {
        let expected = if version <= 5 { Ok(()) } else { MALFORMED };
        let mut message = world.message(world.signer());
        message.version = version;
        assert_eq!(ask(&message), expected, "{version}");
        assert_eq!(
            world.with(|signer| signer.version = version),
            expected,
            "{version}"
        );
    }
}

#[test]
fn nothing_stands_beside_or_behind_the_signed_data() {
    let world = world();
    let written = world.message(world.signer()).write();
    // SEQUENCE, type and [0], with their lengths in two octets.
    let body = &written[4 + 11 + 4..];
    let write = |inside: &[u8], behind: &[u8]| {
        let message = sequence(&[&oid(SIGNED_DATA), &context(0, &[body, inside].concat()), behind]);
        ask_with(&message, &CmsOptions::default())
    };
    assert_eq!(write(&[], &[]), Ok(()));
    assert_eq!(write(&null(), &[]), MALFORMED);
    assert_eq!(write(&[], &null()), MALFORMED);
}

#[test]
fn the_list_of_digest_algorithms_is_no_promise() {
    let world = world();
    let sha512 = sequence(&[&hash_oid(Hash::Sha512)]);
    let unknown = sequence(&[&oid("1.2.840.113549.2.5"), &null()]);
    for list in [vec![], vec![sha512], vec![unknown]] {
        let mut message = world.message(world.signer());
        message.digests = Some(list);
        assert_eq!(ask(&message), Ok(()));
    }
    let mut message = world.message(world.signer());
    message.digests = Some(vec![null()]);
    assert_eq!(ask(&message), MALFORMED);
}

#[test]
fn the_content_is_an_octet_string_in_full() {
    let world = world();
    for (written, expected) in [
        (octets(CONTENT), Ok(())),
        (
            tlv(0x24, &[octets(&CONTENT[..5]), octets(&CONTENT[5..])].concat()),
            Ok(()),
        ),
        (
            tlv(0x24, &[octets(&CONTENT[5..]), octets(&CONTENT[..5])].concat()),
            Err(Code::MessageDigestMismatch),
        ),
        (octets(&CONTENT[1..]), Err(Code::MessageDigestMismatch)),
        (
            octets(&[CONTENT, b"."].concat()),
            Err(Code::MessageDigestMismatch),
        ),
        (octets(&[]), Err(Code::MessageDigestMismatch)),
        (tlv(0x0c, CONTENT), MALFORMED),
        (sequence(&[&octets(CONTENT)]), MALFORMED),
        ([octets(CONTENT), octets(CONTENT)].concat(), MALFORMED),
        (vec![], MALFORMED),
    ] {
        let mut message = world.message(world.signer());
        message.written_content = Some(written.clone());
        assert_eq!(ask(&message), expected, "{written:02x?}");
    }
    // No content and an empty one are two things.
    let empty = Signer::new(&world.fields, &world.key, &[]);
    let message = Message::new(&[], &[&world.certificate()], &[empty]);
    assert_eq!(ask(&message), Ok(()));
    assert_eq!(ask(&message.clone().detached()), Err(Code::ContentMissing));
    let handed = CmsOptions::detached(Content::Data(&[]));
    assert_eq!(ask_with(&message.detached().write(), &handed), Ok(()));
}

#[test]
fn what_else_stands_beside_the_certificates() {
    let world = world();
    let attributes = |tag: u8| tlv(tag, &integer(1));
    for (tag, expected) in [
        (0xa0, Ok(())),
        (0xa1, Ok(())),
        (0xa2, Ok(())),
        (0xa3, Ok(())),
        (0xa4, MALFORMED),
        (0x04, MALFORMED),
    ] {
        let mut message = world.message(world.signer());
        message.certificates.push(attributes(tag));
        assert_eq!(ask(&message), expected, "{tag:02x}");
    }
    for (tag, expected) in [
        (0x30, Ok(())),
        (0xa1, Ok(())),
        (0xa0, MALFORMED),
        (0xa2, MALFORMED),
    ] {
        let mut message = world.message(world.signer());
        message.crls.push(attributes(tag));
        assert_eq!(ask(&message), expected, "{tag:02x}");
    }
}

// ------------------------------------------------------------------------------------------------------------------ §5.3

#[test]
fn a_signer_is_named_by_issuer_and_number_together() {
    let world = world();
    let by = |issuer: &[u8], serial: u64| {
        world.with(|signer| signer.identifier = sequence(&[issuer, &integer(serial)]))
    };
    let issuer = &world.fields.issuer;
    assert_eq!(by(issuer, 0x11), Ok(()));
    assert_eq!(by(issuer, 0x12), NOT_FOUND);
    assert_eq!(by(&synthetic::cert::name(&[("O", "Other")]), 0x11), NOT_FOUND);
    assert_eq!(by(&world.fields.subject, 0x11), NOT_FOUND, "the subject's name");
    // Names are compared, not bytes.
    let loud = synthetic::cert::name(&[
        ("C", "jp"),
        ("O", "honnin-test"),
        ("OU", "JPKI FOR  DIGITAL SIGNATURE"),
        ("OU", "synthetic, without any legal effect "),
    ]);
    assert_eq!(by(&loud, 0x11), Ok(()));
    let serial = |bytes: &[u8]| {
        world.with(|signer| signer.identifier = sequence(&[&world.fields.issuer, &tlv(2, bytes)]))
    };
    assert_eq!(serial(&[0x11]), Ok(()));
    assert_eq!(serial(&[0, 0x11]), MALFORMED);
    assert_eq!(serial(&[]), MALFORMED);
    let more = sequence(&[issuer, &integer(0x11), &null()]);
    assert_eq!(world.with(|signer| signer.identifier = more), MALFORMED);
}

#[test]
fn a_signer_is_named_by_the_whole_key_identifier() {
    let world = world();
    let id = world.key.identifier();
    let by = |identifier: Vec<u8>| world.with(|signer| signer.identifier = identifier);
    assert_eq!(by(tlv(0x80, &id)), Ok(()));
    assert_eq!(by(tlv(0x80, &id[..19])), NOT_FOUND);
    assert_eq!(by(tlv(0x80, &[&id[..], &[0]].concat())), NOT_FOUND);
    assert_eq!(by(tlv(0x80, &[])), NOT_FOUND);
    assert_eq!(by(tlv(0xa0, &octets(&id))), MALFORMED);
    assert_eq!(by(tlv(0x81, &id)), MALFORMED);
    // A certificate that has none is not found by one, and by its number all the same.
    let mut silent = world.fields.clone();
    silent.extensions.pop();
    let certificate = silent.signed_by(&world.authority.key);
    let ask = |signer| ask(&Message::new(CONTENT, &[&certificate], &[signer]));
    assert_eq!(ask(world.signer().by_key_identifier()), NOT_FOUND);
    assert_eq!(ask(world.signer()), Ok(()));
}

#[test]
fn the_signature_covers_the_attributes_as_a_set() {
    let world = world();
    let attributes = world.signer().attributes.unwrap().concat();
    for (signed, expected) in [
        (tlv(0x31, &attributes), Ok(())),
        // As they stand in the message, without their header, as a sequence; or the content and not the attributes.
        (tlv(0xa0, &attributes), MISMATCH),
        (attributes.clone(), MISMATCH),
        (tlv(0x30, &attributes), MISMATCH),
        (CONTENT.to_vec(), MISMATCH),
        (Hash::Sha256.digest(CONTENT), MISMATCH),
    ] {
        assert_eq!(world.with(|signer| signer.signed = Some(signed)), expected);
    }
    // And the content where there are none.
    let bare = |signed: Option<Vec<u8>>| {
        let mut signer = world.signer().without_attributes();
        signer.signed = signed;
        ask(&world.message(signer))
    };
    assert_eq!(bare(None), Ok(()));
    assert_eq!(bare(Some(octets(CONTENT))), MISMATCH, "with its header");
    assert_eq!(bare(Some(tlv(0x31, &attributes))), MISMATCH);
}

#[test]
fn attributes_have_to_be_there_if_the_content_is_no_data() {
    let world = world();
    for (kind, expected) in [
        (DATA, Ok(())),
        (TYPED, MISSING),
        ("1.2.840.113549.1.7.2", MISSING),
    ] {
        let mut message = world.message(world.signer().without_attributes());
        message.content_type = kind.into();
        assert_eq!(ask(&message), expected, "{kind}");
        let mut signer = world.signer();
        signer.attributes.as_mut().unwrap()[0] = content_type(kind);
        let mut message = world.message(signer);
        message.content_type = kind.into();
        assert_eq!(ask(&message), Ok(()), "{kind}");
    }
}

#[test]
fn nothing_stands_behind_a_signer() {
    let world = world();
    assert_eq!(world.with(|signer| signer.trailer = null()), MALFORMED);
    assert_eq!(
        world.with(|signer| signer.trailer = context(2, &null())),
        MALFORMED
    );
}

#[test]
fn a_signature_is_of_the_form_of_its_algorithm() {
    let world = world();
    let written = |write: fn(&[u8]) -> Vec<u8>| world.with(|signer| signer.write_signature = write);
    assert_eq!(written(octets), Ok(()));
    assert_eq!(written(|signature| octets(&signature[1..])), MISMATCH);
    assert_eq!(written(|signature| octets(&[signature, &[0]].concat())), MISMATCH);
    assert_eq!(written(|_| octets(&[])), MISMATCH);
    assert_eq!(
        written(|_| octets(&[7; 64])),
        MISMATCH,
        "two numbers side by side, as in JWS"
    );
    assert_eq!(written(synthetic::der::bits), MALFORMED);
}

#[test]
fn the_signers_key_may_sign_documents() {
    let mut world = world();
    for (usage, expected) in [
        (Some(&[7, 0x80][..]), Ok(())),
        (Some(&[6, 0x40]), Ok(())),
        (Some(&[6, 0xc0]), Ok(())),
        (Some(&[5, 0x20]), Err(Code::KeyUsageMissing)),
        (Some(&[1, 0x06]), Err(Code::KeyUsageMissing)),
        (Some(&[0]), Err(Code::KeyUsageMissing)),
        (None, Ok(())),
    ] {
        let fields = world.authority.leaf(0x11, &world.key, SIGN_TEST);
        world.fields = fields;
        world.fields.extensions.remove(0);
        world
            .fields
            .extensions
            .extend(usage.map(synthetic::cert::key_usage));
        assert_eq!(world.with(|_| ()), expected, "{usage:02x?}");
    }
}

// -------------------------------------------------------------------------------------------------------- §5.4, §11.1, §11.2

#[test]
fn the_signed_digest_is_that_of_the_content_by_the_signers_hash() {
    let world = world();
    let with =
        |digest: &[u8]| world.with(|signer| signer.attributes.as_mut().unwrap()[1] = message_digest(digest));
    let digest = Hash::Sha256.digest(CONTENT);
    assert_eq!(with(&digest), Ok(()));
    let mut changed = digest.clone();
    changed[31] ^= 1;
    for other in [
        &changed[..],
        &digest[..31],
        &[&digest[..], &[0]].concat(),
        &[],
        &Hash::Sha512.digest(CONTENT)[..32],
        &Hash::Sha256.digest(&octets(CONTENT)),
        CONTENT,
    ] {
        assert_eq!(with(other), Err(Code::MessageDigestMismatch), "{other:02x?}");
    }
    // Of several signers each by its own hash.
    let (two, authority) = (Key::p384("two"), &world.authority);
    let fields = authority.leaf(0x12, &two, SIGN_TEST);
    let certificate = fields.signed_by(&authority.key);
    let ask = |digest: &[u8]| {
        let mut second = Signer::new(&fields, &two, CONTENT);
        second.attributes.as_mut().unwrap()[1] = message_digest(digest);
        let certificates: &[&[u8]] = &[&world.certificate(), &certificate];
        ask(&Message::new(CONTENT, certificates, &[world.signer(), second]))
    };
    assert_eq!(ask(&Hash::Sha384.digest(CONTENT)), Ok(()));
    assert_eq!(
        ask(&Hash::Sha256.digest(CONTENT)),
        Err(Code::MessageDigestMismatch)
    );
}

fn ask_content(message: &[u8], content: Content<'_>) -> Result<(), Code> {
    ask_with(message, &CmsOptions::detached(content))
}

#[test]
fn a_detached_content_is_the_one_that_was_signed() {
    let world = world();
    let (two, authority) = (Key::p384("two"), &world.authority);
    let fields = authority.leaf(0x12, &two, SIGN_TEST);
    let certificates: &[&[u8]] = &[&world.certificate(), &fields.signed_by(&authority.key)];
    let signers = [world.signer(), Signer::new(&fields, &two, CONTENT)];
    let attached = Message::new(CONTENT, certificates, &signers);
    let (attached, detached) = (attached.write(), attached.clone().detached().write());
    let (short, long) = (Hash::Sha256.digest(CONTENT), Hash::Sha384.digest(CONTENT));
    let other = Hash::Sha384.digest(b"Another.");
    let digests = |message: &[u8], digests: &[(Hash, &[u8])]| ask_content(message, Content::Digests(digests));
    assert_eq!(ask_content(&detached, Content::Data(CONTENT)), Ok(()));
    assert_eq!(
        digests(&detached, &[(Hash::Sha256, &short), (Hash::Sha384, &long)]),
        Ok(())
    );
    assert_eq!(
        digests(&detached, &[(Hash::Sha256, &short)]),
        Err(Code::ContentMissing)
    );
    assert_eq!(digests(&detached, &[]), Err(Code::ContentMissing));
    assert_eq!(
        digests(&detached, &[(Hash::Sha256, &short), (Hash::Sha384, &other)]),
        Err(Code::MessageDigestMismatch)
    );
    // Beside an enclosed one, each that is handed over has to be right, whoever uses it.
    assert_eq!(digests(&attached, &[]), Ok(()));
    assert_eq!(digests(&attached, &[(Hash::Sha384, &long)]), Ok(()));
    assert_eq!(
        digests(&attached, &[(Hash::Sha384, &other)]),
        Err(Code::ContentMismatch)
    );
    let unused = Hash::Sha512.digest(CONTENT);
    assert_eq!(digests(&attached, &[(Hash::Sha512, &unused)]), Ok(()));
    let unused = Hash::Sha512.digest(b"Another.");
    assert_eq!(
        digests(&attached, &[(Hash::Sha512, &unused)]),
        Err(Code::ContentMismatch)
    );
}

#[test]
fn content_that_could_be_attributes_needs_attributes() {
    let world = world();
    let (kind, digest) = (content_type(DATA), message_digest(&[7; 32]));
    let other = attribute("2.999.1", &[&null()]);
    let both = [kind.clone(), digest.clone()].concat();
    let ambiguous = Err(Code::ContentAmbiguous);
    for (content, expected) in [
        (tlv(0x31, &both), ambiguous),
        (tlv(0x31, &[&digest[..], &other, &kind].concat()), ambiguous),
        // Not a set, not a set alone, or not one that a signer could have signed.
        (tlv(0x30, &both), Ok(())),
        (tlv(0xa0, &both), Ok(())),
        (both.clone(), Ok(())),
        ([tlv(0x31, &both), vec![0]].concat(), Ok(())),
        (tlv(0x31, &kind), Ok(())),
        (tlv(0x31, &digest), Ok(())),
        (tlv(0x31, &[&both[..], &null()].concat()), Ok(())),
        (vec![0x31, 0], Ok(())),
    ] {
        let signer = Signer::new(&world.fields, &world.key, &content);
        let ask = |signer| ask(&Message::new(&content, &[&world.certificate()], &[signer]));
        assert_eq!(
            ask(signer.clone().without_attributes()),
            expected,
            "{content:02x?}"
        );
        assert_eq!(ask(signer), Ok(()), "{content:02x?}");
    }
}

#[test]
fn attributes_of_one_value_have_one() {
    let world = world();
    let digest = octets(&Hash::Sha256.digest(CONTENT));
    let (data, time) = (oid(DATA), utc_time("260630120000Z"));
    let algorithm = |algorithm: &[u8]| tlv(0xa1, &algorithm[2..]);
    let ecdsa = world.key.algorithm(world.key.usual());
    let protection = sequence(&[&sequence(&[&hash_oid(Hash::Sha256)]), &algorithm(&ecdsa)]);
    for (kind, place, value) in [
        ("1.2.840.113549.1.9.3", Some(0), &data),
        ("1.2.840.113549.1.9.4", Some(1), &digest),
        ("1.2.840.113549.1.9.5", None, &time),
        ("1.2.840.113549.1.9.52", None, &protection),
    ] {
        let with = |values: &[&[u8]]| {
            world.with(|signer| {
                let attributes = signer.attributes.as_mut().unwrap();
                match place {
                    Some(place) => attributes[place] = attribute(kind, values),
                    None => attributes.push(attribute(kind, values)),
                }
            })
        };
        assert_eq!(with(&[value]), Ok(()), "{kind}");
        assert_eq!(with(&[value, value]), DUPLICATE, "{kind}");
        assert_eq!(with(&[]), Err(Code::SignedAttributesNotDer), "{kind}");
        // The whole attribute twice.
        let again = attribute(kind, &[value]);
        let twice = world.with(|signer| {
            let attributes = signer.attributes.as_mut().unwrap();
            attributes.push(again.clone());
            if place.is_none() {
                attributes.push(again);
            }
        });
        assert_eq!(twice, DUPLICATE, "{kind}");
    }
    assert_eq!(world.and(attribute("2.999.1", &[&null(), &null()])), Ok(()));
    assert_eq!(
        world.and(attribute("2.999.1", &[])),
        Err(Code::SignedAttributesNotDer)
    );
    let no_set = sequence(&[&oid("2.999.1"), &null()]);
    assert_eq!(world.and(no_set), Err(Code::SignedAttributesNotDer));
    let more = sequence(&[&oid("2.999.1"), &set(&[&null()]), &null()]);
    assert_eq!(world.and(more), Err(Code::SignedAttributesNotDer));
}

#[test]
fn what_is_not_signed_counts_for_nothing() {
    let world = world();
    let digest = message_digest(&Hash::Sha256.digest(CONTENT));
    // What has to be signed is not there if it is not.
    for (left_out, unsigned) in [(0, content_type(DATA)), (1, digest)] {
        let asked = world.with(|signer| {
            signer.attributes.as_mut().unwrap().remove(left_out);
            signer.unsigned = Some(unsigned);
        });
        assert_eq!(asked, MISSING);
    }
    // Nor does it do harm, whatever it says.
    let sha512 = sequence(&[&hash_oid(Hash::Sha512)]);
    let ecdsa = world.key.algorithm(world.key.usual());
    for unsigned in [
        content_type(TYPED),
        message_digest(&[7; 32]),
        algorithm_protection(&sha512, &ecdsa),
        signing_certificate_v2(&[&certificate_id(Hash::Sha256, b"another")]),
        null(),
    ] {
        assert_eq!(
            world.with(|signer| signer.unsigned = Some(unsigned.clone())),
            Ok(())
        );
        assert_eq!(
            world.with(|signer| {
                signer.attributes = None;
                signer.unsigned = Some(unsigned);
            }),
            Ok(())
        );
    }
}

// ---------------------------------------------------------------------------------------------------------------- RFC 6211

#[test]
fn algorithm_protection_has_a_digest_and_a_signature() {
    let world = world();
    let sha256 = sequence(&[&hash_oid(Hash::Sha256), &null()]);
    let ecdsa = &world.key.algorithm(world.key.usual())[2..];
    let with = |parts: &[&[u8]]| world.and(attribute("1.2.840.113549.1.9.52", &[&sequence(parts)]));
    let malformed = Err(Code::SignedAttributeMalformed);
    assert_eq!(with(&[&sha256, &tlv(0xa1, ecdsa)]), Ok(()));
    assert_eq!(with(&[&sha256]), malformed);
    assert_eq!(with(&[&tlv(0xa1, ecdsa)]), malformed);
    // macAlgorithm is of authenticated data.
    assert_eq!(with(&[&sha256, &tlv(0xa2, ecdsa)]), malformed);
    assert_eq!(with(&[&sha256, &tlv(0xa1, ecdsa), &tlv(0xa2, ecdsa)]), malformed);
    // Of algorithms that nobody knows it is no proof that they are the signer's.
    let unknown = sequence(&[&oid("1.2.840.113549.2.5"), &null()]);
    let inconsistent = Err(Code::AlgorithmInconsistent);
    assert_eq!(with(&[&unknown, &tlv(0xa1, ecdsa)]), inconsistent);
    assert_eq!(
        with(&[&sha256, &tlv(0xa1, &oid("1.2.840.10045.4.1"))]),
        inconsistent
    );
}

// ---------------------------------------------------------------------------------------------------------------- RFC 5035

#[test]
fn the_named_certificate_is_the_signers_by_hash_and_number() {
    let world = world();
    let certificate = world.certificate();
    let mismatch = Err(Code::SigningCertificateMismatch);
    let by = |digest: &[u8], rest: &[u8]| {
        world.and(signing_certificate_v2(&[&sequence(&[&octets(digest), rest])]))
    };
    let digest = Hash::Sha256.digest(&certificate);
    assert_eq!(by(&digest, &[]), Ok(()));
    for other in [
        &digest[..31],
        &[&digest[..], &[0]].concat(),
        &[],
        &Hash::Sha1.digest(&certificate),
        &Hash::Sha256.digest(&world.authority.certificate),
        &Hash::Sha256.digest(&world.fields.spki),
    ] {
        assert_eq!(by(other, &[]), mismatch);
    }
    let issuer: &[u8] = &world.fields.issuer;
    assert_eq!(by(&digest, &issuer_serial(&[issuer], 0x11)), Ok(()));
    assert_eq!(by(&digest, &issuer_serial(&[issuer], 0x12)), mismatch);
    assert_eq!(
        by(&digest, &issuer_serial(&[&world.fields.subject], 0x11)),
        mismatch
    );
    // The right number does not make up for a wrong hash.
    assert_eq!(by(&[7; 32], &issuer_serial(&[issuer], 0x11)), mismatch);
    // A name of another kind is no issuer.
    let uri = sequence(&[&tlv(0x30, &tlv(0x86, b"http://a.example/")), &integer(0x11)]);
    assert_eq!(by(&digest, &uri), mismatch);
    // The first is the signer's, in either version.
    let (own, other) = (
        certificate_id(Hash::Sha256, &certificate),
        certificate_id(Hash::Sha256, &world.authority.certificate),
    );
    assert_eq!(world.and(signing_certificate_v2(&[&own, &other])), Ok(()));
    assert_eq!(world.and(signing_certificate_v2(&[&other, &own])), mismatch);
    assert_eq!(world.and(signing_certificate(&certificate)), Ok(()));
    assert_eq!(
        world.and(signing_certificate(&world.authority.certificate)),
        mismatch
    );
}

#[test]
fn several_signers_of_one_certificate() {
    let world = world();
    let good = world.signer();
    let mut timed = good.clone().with_attribute(signing_time("260630120000Z"));
    let ask = |signers: &[Signer]| ask(&Message::new(CONTENT, &[&world.certificate()], signers));
    assert_eq!(ask(&[good.clone(), timed.clone(), good.clone()]), Ok(()));
    timed.signed = Some(Vec::new());
    for place in 0..3 {
        let mut signers = vec![good.clone(); 3];
        signers[place] = timed.clone();
        assert_eq!(ask(&signers), MISMATCH, "{place}");
    }
    let mut unknown = good.clone();
    unknown.identifier = tlv(0x80, &[7; 20]);
    assert_eq!(ask(&[good, unknown]), NOT_FOUND);
}

#[test]
fn the_hash_is_the_one_of_digest_and_signature() {
    let world = world();
    let sha512 = sequence(&[&hash_oid(Hash::Sha512), &null()]);
    let asked = world.with(|signer| {
        signer.digest_algorithm = sha512.clone();
        signer.attributes.as_mut().unwrap()[1] = message_digest(&Hash::Sha512.digest(CONTENT));
    });
    assert_eq!(asked, Err(Code::AlgorithmInconsistent));
    let rsa = Key::rsa(0).algorithm(How::Usual(Hash::Sha256));
    assert_eq!(
        world.with(|signer| signer.signature_algorithm = rsa),
        Err(Code::KeyUnsuitable)
    );
    let bare = sequence(&[&oid("1.2.840.10045.2.1")]);
    assert_eq!(
        world.with(|signer| signer.signature_algorithm = bare),
        Err(Code::AlgorithmUnsupported)
    );
}

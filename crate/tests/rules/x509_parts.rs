//! Single parts: algorithm identifiers, general names, key usages, limits, and the requests for evidence.

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::der::Reader;
use honnin::signature::{Hash, Message, Scheme};
use honnin::x509::{
    Algorithm, Certificate, GeneralName, GeneralNames, KeyUsage, Limits, MissingEvidence, Name, PathOptions,
    Requirement, Revocation, SignedBy, TrustAnchor, ocsp_request, verify_certificate,
};

const NULL: &[u8] = &[5, 0];

#[test]
fn each_rsa_algorithm_allows_no_parameters_or_null() {
    let scheme = |oid_text: &str, parameters: &[u8]| {
        let contents = [oid(oid_text), parameters.to_vec()].concat();
        Algorithm::from_contents(&contents)
            .unwrap()
            .scheme(true)
            .map_err(|error| error.code())
    };
    for (number, expected) in [
        (5, Scheme::RsaPkcs1Sha1),
        (11, Scheme::RsaPkcs1Sha256),
        (12, Scheme::RsaPkcs1Sha384),
        (13, Scheme::RsaPkcs1Sha512),
    ] {
        let algorithm = format!("1.2.840.113549.1.1.{number}");
        assert_eq!(scheme(&algorithm, &[]), Ok(expected));
        assert_eq!(scheme(&algorithm, NULL), Ok(expected));
        for parameters in [&[4, 0][..], &[5, 1, 0], &seq(&[])] {
            assert_eq!(
                scheme(&algorithm, parameters),
                Err(Code::AlgorithmUnsupported),
                "{algorithm} {parameters:?}"
            );
        }
    }
}

/// RFC 4055 §3.1: hash and mask generation use one hash, and the salt has its length.
#[test]
fn each_hash_of_pss_has_its_own_length_of_salt() {
    let hash_of = |number: u8| seq(&[&oid(&format!("2.16.840.1.101.3.4.2.{number}"))]);
    let scheme = |number: u8, mask: u8, salt: u8| {
        let mask = seq(&[&oid("1.2.840.113549.1.1.8"), &hash_of(mask)]);
        let parameters = seq(&[
            &tlv(0xa0, &hash_of(number)),
            &tlv(0xa1, &mask),
            &tlv(0xa2, &int(&[salt])),
        ]);
        let contents = [oid("1.2.840.113549.1.1.10"), parameters].concat();
        let algorithm = Algorithm::from_contents(&contents).unwrap();
        algorithm.scheme(true).map_err(|error| error.code())
    };
    let right = [
        (1, 32, Scheme::RsaPssSha256),
        (2, 48, Scheme::RsaPssSha384),
        (3, 64, Scheme::RsaPssSha512),
    ];
    for (number, salt, expected) in right {
        for mask in 1..=3 {
            for other in [20, 32, 48, 64] {
                let fits = mask == number && other == salt;
                let expected = if fits {
                    Ok(expected)
                } else {
                    Err(Code::AlgorithmUnsupported)
                };
                assert_eq!(scheme(number, mask, other), expected, "{number} {mask} {other}");
            }
        }
    }
}

#[test]
fn a_certificate_is_self_issued_if_its_names_match() {
    let of = |issuer: &str, subject: &str| Template::new(issuer, subject, &Key::new(3)).sign(&Key::new(1));
    for (issuer, subject, expected) in [("A", "A", true), ("A", "a", true), ("A", "B", false)] {
        let certificate = of(issuer, subject);
        let read = Certificate::from_der(&certificate).unwrap();
        assert_eq!(read.is_self_issued(), expected, "{issuer} {subject}");
    }
}

/// digitalSignature or nonRepudiation is enough to sign documents, and so is no keyUsage.
#[test]
fn one_of_two_usages_is_enough_to_sign_documents() {
    let signed = SignedBy::new(Scheme::EcdsaP256Sha256, Message::Data(b"data"), &[0x30, 0]);
    for (usage, may_sign) in [
        (Some(0x80), true),
        (Some(0x40), true),
        (Some(0xc0), true),
        (None, true),
        (Some(0x20), false),
        (Some(0x04), false),
    ] {
        let template = Template::new("Root", "Leaf", &Key::new(3));
        let template = usage
            .into_iter()
            .fold(template, |template, usage| template.with(key_usage(usage)));
        let error = signed
            .verify_with_certificate(&template.sign(&Key::new(1)))
            .unwrap_err();
        assert_eq!(
            error.code() != Code::KeyUsageMissing,
            may_sign,
            "{usage:02x?}: {error}"
        );
    }
}

/// The cost of parts with equal bytes is that of their bytes, and not more for each further part.
#[test]
fn equal_parts_of_names_cost_by_their_bytes() {
    const PARTS: usize = 30;
    let equal = rdn("2.5.4.11", &"Unit".repeat(10));
    let bytes = PARTS * equal.len();
    let name_of = |last: &str| {
        let last = rdn("2.5.4.3", last);
        let mut parts = vec![equal.as_slice(); PARTS];
        parts.push(&last);
        rdns(&parts)
    };
    let mut anchor = Template::ca("Root", "Root", &Key::new(1));
    (anchor.issuer, anchor.subject) = (name_of("Root"), name_of("Root"));
    let mut leaf = leaf();
    leaf.issuer = name_of("ROOT");
    let question = Question {
        anchors: vec![anchor.sign(&Key::new(1))],
        leaf: leaf.sign(&Key::new(1)),
        ..Question::new()
    };
    let with = |most: usize| {
        question.ask_with(|options| {
            options.revocation.require = Requirement::Nothing;
            options.limits.name_comparisons = most.try_into().unwrap();
        })
    };
    // Compared once or a few times.
    assert_eq!(with(bytes / 32 - 1), Err(Code::PathBudgetExhausted));
    assert_eq!(with(4 * (bytes / 32 + 10)), Ok(Revocation::NotChecked));
}

#[test]
fn a_union_of_key_usages_keeps_common_bits() {
    let both = KeyUsage::CRL_SIGN.and(KeyUsage::KEY_CERT_SIGN);
    assert_eq!(both.and(KeyUsage::CRL_SIGN), both);
    assert_eq!(both.names(), ["keyCertSign", "cRLSign"]);
}

/// The only name of this list.
fn only(names: &GeneralNames<'_>, check: impl Fn(&GeneralName<'_>)) {
    assert_eq!(names.iter().count(), 1);
    check(&names.iter().next().unwrap());
}

#[test]
fn a_uri_is_read_from_its_own_form_only() {
    let of = |name: &[u8], expected: Option<&str>| {
        let list = seq(&[name]);
        let names = GeneralNames::from_der(&list).unwrap();
        only(&names, |name| assert_eq!(name.uri(), expected));
    };
    of(&tlv(0x86, b"https://ca.example/"), Some("https://ca.example/"));
    of(&tlv(0x82, b"ca.example"), None);
    of(&tlv(0x81, b"a@ca.example"), None);
}

#[test]
fn names_of_one_form_match_by_all_of_their_parts() {
    let same = |one: &[u8], other: &[u8]| {
        let (ours, theirs) = (seq(&[one]), seq(&[other]));
        let [ours, theirs] = [&ours, &theirs].map(|list| GeneralNames::from_der(list).unwrap());
        ours.iter()
            .zip(theirs.iter())
            .all(|(one, other)| one.matches(&other))
    };
    let (kind, text) = ("1.2.3", "one");
    let name = other_name(kind, 0x0c, text);
    assert!(same(&name, &name));
    assert!(!same(&name, &other_name(kind, 0x0c, "two")));
    assert!(!same(&name, &other_name("1.2.4", 0x0c, text)));
    for tag in [0x81, 0x82, 0x86, 0x87] {
        let (one, other) = (tlv(tag, b"a.jp"), tlv(tag, b"b.jp"));
        assert!(same(&one, &one), "{tag}");
        assert!(!same(&one, &other), "{tag}");
    }
    assert!(same(&tlv(0x82, b"A.jp"), &tlv(0x82, b"a.JP")));
    assert!(!same(&tlv(0x86, b"A.jp"), &tlv(0x86, b"a.JP")));
    assert!(!same(&tlv(0x82, b"a.jp"), &tlv(0x86, b"a.jp")));
    let [one, other] = ["1.2.3", "1.2.4"].map(|id| tlv(0x88, &oid_contents(id)));
    assert!(same(&one, &one));
    assert!(!same(&one, &other));
}

#[test]
fn a_name_is_within_those_that_it_starts_with() {
    let encoded = |parts: &[&[u8]]| rdns(parts);
    let (country, unit) = (rdn("2.5.4.6", "JP"), rdn("2.5.4.11", "Unit"));
    let [short, long, other] = [
        encoded(&[&country]),
        encoded(&[&country, &unit]),
        encoded(&[&unit]),
    ];
    let within = |one: &[u8], base: &[u8]| {
        let [name, base] = [one, base].map(|der| Name::read(&mut Reader::new(der)).unwrap());
        name.is_within(&base)
    };
    assert!(within(&long, &short));
    assert!(within(&long, &long));
    assert!(within(&long, &encoded(&[])));
    assert!(!within(&short, &long));
    assert!(!within(&long, &other));
}

#[test]
fn a_letter_whose_lower_case_has_two_characters_matches_both() {
    let matches = |one: &str, other: &str| {
        let [one, other] = [name(one), name(other)];
        let [one, other] = [&one, &other].map(|der| Name::read(&mut Reader::new(der)).unwrap());
        one.matches(&other)
    };
    assert!(matches("İzmir", "i\u{307}zmir"));
    assert!(!matches("İzmir", "izmir"));
    assert!(matches("STRAẞE", "strasse"));
    assert!(!matches("STRAẞE", "strase"));
}

#[test]
fn the_limits_of_one_input_are_shared_and_joined() {
    let mut limits = Limits::default();
    limits.certificate_bytes = 7;
    limits.intermediates = 8;
    limits.path_length = 9;
    limits.signatures = 60;
    limits.candidates = 5_000;
    limits.policies = 11;
    limits.name_comparisons = 10_000;
    limits.evidence = 12;
    limits.scanned_bytes = 48_000;
    let expected = |signatures, candidates, name_comparisons, evidence, scanned_bytes| {
        let mut expected = limits;
        expected.signatures = signatures;
        expected.candidates = candidates;
        expected.name_comparisons = name_comparisons;
        expected.evidence = evidence;
        expected.scanned_bytes = scanned_bytes;
        expected
    };
    // Signatures: at most 60 each; 144 for up to 4, 112 for up to 16, 80 for more.
    for (parts, signatures, candidates, names, scanned) in [
        (0, 60, 5_000, 10_000, 48_000),
        (1, 60, 5_000, 10_000, 48_000),
        (2, 60, 2_500, 5_000, 24_000),
        (4, 36, 1_250, 2_500, 12_000),
        (5, 22, 1_000, 2_000, 9_600),
        (16, 7, 312, 625, 3_000),
        (17, 4, 294, 588, 2_823),
        (80, 1, 62, 125, 600),
    ] {
        assert_eq!(
            limits.shared_among(parts),
            expected(signatures, candidates, names, 12, scanned),
            "{parts}"
        );
    }
    assert_eq!(limits.joined(0), limits);
    assert_eq!(limits.joined(1), limits);
    assert_eq!(limits.joined(3), expected(180, 15_000, 30_000, 36, 144_000));
    assert_eq!(
        limits.joined(usize::MAX),
        expected(u32::MAX, u32::MAX, u32::MAX, usize::MAX, usize::MAX)
    );
}

/// The request of RFC 6960 §4.1, as the other side writes it.
fn request(issuer: &[u8], key: &Key, serial: &[u8], nonce: Option<&[u8]>) -> Vec<u8> {
    let [name, key] = [issuer, &key.point()].map(|bytes| Hash::Sha1.digest(bytes));
    let id = seq(&[
        &seq(&[&oid("1.3.14.3.2.26"), NULL]),
        &tlv(4, &name),
        &tlv(4, &key),
        &int(serial),
    ]);
    let list = seq(&[&seq(&[&id])]);
    let extensions = nonce.map(|nonce| {
        let value = tlv(4, &tlv(4, nonce));
        tlv(0xa2, &seq(&[&seq(&[&oid("1.3.6.1.5.5.7.48.1.2"), &value])]))
    });
    seq(&[&seq(&[&list, &extensions.unwrap_or_default()])])
}

#[test]
fn an_ocsp_request_has_the_bytes_of_the_standard() {
    let key = Key::new(1);
    let der = leaf().sign(&key);
    let certificate = Certificate::from_der(&der).unwrap();
    let spki = key.spki();
    // Elements of less than 128, less than 256 and more bytes.
    for length in [1, 16, 60, 120, 124, 126, 128, 200, 252, 256, 300, 70_000] {
        let nonce = vec![7; length];
        assert_eq!(
            ocsp_request(&certificate, &spki, Some(&nonce)),
            Some(request(&name("Root"), &key, &[42], Some(&nonce))),
            "{length}"
        );
    }
    assert_eq!(
        ocsp_request(&certificate, &spki, None),
        Some(request(&name("Root"), &key, &[42], None))
    );
    assert_eq!(ocsp_request(&certificate, &spki[..spki.len() - 1], None), None);
}

#[test]
fn missing_evidence_lists_all_of_its_addresses() {
    let point = |names: &[&[u8]]| seq(&[&tlv(0xa0, &tlv(0xa0, &names.concat()))]);
    let [http, ldap] = [&b"http://ca.example/1.crl"[..], b"ldap://ca.example/cn=1"].map(|url| tlv(0x86, url));
    let directory_name = directory(&name("List"));
    let points = [
        point(&[&http, &directory_name, &ldap]),
        point(&[&tlv(0x86, b"http://ca.example/2.crl")]),
    ];
    let access =
        |method: u8, url: &[u8]| seq(&[&oid(&format!("1.3.6.1.5.5.7.48.{method}")), &tlv(0x86, url)]);
    let accesses = seq(&[
        &access(1, b"http://ocsp.example/1"),
        &access(2, b"http://ca.example/ca.cer"),
        &access(1, b"http://ocsp.example/2"),
    ]);
    let key = Key::new(1);
    let der = leaf()
        .with(distribution_points(&points))
        .with(extension("1.3.6.1.5.5.7.1.1", false, &accesses))
        .sign(&key);
    let anchor = root("Root", &key);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let missing = MissingEvidence::new(Some(b"nonce"));
    let mut options = PathOptions::new(&anchors, NOW);
    options.revocation.checker = Some(&missing);
    assert!(verify_certificate(&der, &options).is_ok());
    let requests = missing.requests();
    let [asked] = requests.as_slice() else {
        panic!("{} requests", requests.len());
    };
    let urls: Vec<_> = asked
        .distribution_points
        .iter()
        .map(|at| at.urls.as_slice())
        .collect();
    assert_eq!(
        urls,
        [
            &["http://ca.example/1.crl", "ldap://ca.example/cn=1"][..],
            &["http://ca.example/2.crl"]
        ]
    );
    let names: Vec<_> = asked
        .distribution_points
        .iter()
        .map(|at| at.directory_names.as_slice())
        .collect();
    assert_eq!(names, [&["CN=List,C=JP"][..], &[]]);
    assert_eq!(
        asked.ocsp_urls,
        ["http://ocsp.example/1", "http://ocsp.example/2"]
    );
    assert_eq!(asked.certificate, der);
    assert_eq!(asked.issuer_spki, key.spki());
    assert_eq!(
        asked.ocsp_request,
        Some(request(&name("Root"), &key, &[42], Some(b"nonce")))
    );
}

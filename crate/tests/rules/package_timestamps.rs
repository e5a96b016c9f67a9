//! Timestamps in a package: how a token must name its authority, and the code of each rejection.

use crate::synthetic::cert::{
    Authority, Fields, Kind, extension, key_usage, name, other_name, subject_alt_name,
};
use crate::synthetic::cms::{
    Message, Signer, certificate_id, content_type, message_digest, signing_certificate_v2,
};
use crate::synthetic::der::{boolean, context, integer, null, octets, oid, sequence, tlv};
use crate::synthetic::keys::{Key, hash_oid};
use crate::synthetic::package::{Bench, base64, set};
use honnin::package::{TimestampOptions, TimestampStatus};
use honnin::signature::Hash;
use honnin::x509::TrustAnchor;
use honnin::{Code, Error};
use serde_json::{Value, json};

const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// A timestamping authority and its certificate.
struct Stamps {
    root: Authority,
    key: Key,
    fields: Fields,
}

fn subject() -> Vec<u8> {
    name(&[("O", "HONNIN-TEST"), ("CN", "Timestamps")])
}

fn stamps(change: impl FnOnce(&mut Fields)) -> Stamps {
    let root = Authority::with("HONNIN-TEST", Kind::Sign, 1, Key::p256("stamps root"), |fields| {
        let name = name(&[("O", "HONNIN-TEST"), ("CN", "Root of timestamps")]);
        (fields.issuer, fields.subject) = (name.clone(), name);
    });
    let key = Key::p256("stamps");
    let mut fields = Fields {
        serial: 5,
        issuer: root.fields.subject.clone(),
        subject: subject(),
        not_before: "250101000000Z",
        not_after: "330101000000Z",
        spki: key.spki(),
        extensions: vec![
            key_usage(&[7, 0x80]),
            extension("2.5.29.37", true, &sequence(&[&oid("1.3.6.1.5.5.7.3.8")])),
        ],
    };
    change(&mut fields);
    Stamps { root, key, fields }
}

impl Stamps {
    fn certificate(&self) -> Vec<u8> {
        self.fields.signed_by(&self.root.key)
    }

    /// A signer of this content whose attributes name its certificate.
    fn signer(&self, content: &[u8]) -> Signer {
        let mut signer = Signer::new(&self.fields, &self.key, content);
        signer.attributes = Some(vec![
            content_type(TST_INFO),
            message_digest(&Hash::Sha256.digest(content)),
            signing_certificate_v2(&[&certificate_id(Hash::Sha256, &self.certificate())]),
        ]);
        signer
    }

    fn token(&self, content: &[u8], signer: Signer) -> Vec<u8> {
        let mut message = Message::new(content, &[&self.certificate()], &[signer]);
        message.content_type = TST_INFO.into();
        message.write()
    }

    fn verify(&self, bench: &Bench, token: &[u8]) -> Result<TimestampStatus, Error> {
        self.verify_with(bench, token, |_| {})
    }

    fn verify_with(
        &self,
        bench: &Bench,
        token: &[u8],
        change: impl FnOnce(&mut TimestampOptions<'_>),
    ) -> Result<TimestampStatus, Error> {
        self.verify_all(bench, &[token], change)
    }

    fn verify_all(
        &self,
        bench: &Bench,
        tokens: &[&[u8]],
        change: impl FnOnce(&mut TimestampOptions<'_>),
    ) -> Result<TimestampStatus, Error> {
        // Leaked, because the options of a bench outlive it.
        let certificate: &'static [u8] = self.root.certificate.clone().leak();
        let anchors: &'static [_] = vec![TrustAnchor::from_certificate(certificate).unwrap()].leak();
        let mut options = TimestampOptions::new(anchors);
        change(&mut options);
        let tokens: Vec<String> = tokens.iter().map(|token| base64(token)).collect();
        let package = set(&bench.package, "/timestamps", json!(tokens));
        bench
            .verify(&package, |package| package.timestamps = Some(options))
            .map(|verified| verified.timestamp)
    }
}

fn signature(bench: &Bench) -> Vec<u8> {
    use base64ct::{Base64, Encoding as _};
    let Value::String(text) = &bench.package["signature"]["value"] else {
        panic!("no signature");
    };
    Base64::decode_vec(text).unwrap()
}

/// A TSTInfo for the signature, with the given `tsa`.
fn info(bench: &Bench, tsa: &[u8]) -> Vec<u8> {
    let imprint = sequence(&[
        &sequence(&[&hash_oid(Hash::Sha256), &null()]),
        &octets(&Hash::Sha256.digest(&signature(bench))),
    ]);
    let parts = [
        integer(1),
        oid("2.999.392.1"),
        imprint,
        integer(7),
        tlv(0x18, b"20260701000000Z"),
        tsa.to_vec(),
    ];
    tlv(0x30, &parts.concat())
}

/// The result for a token with the given `tsa`.
fn says(bench: &Bench, stamps: &Stamps, tsa: &[u8]) -> Result<TimestampStatus, Error> {
    let content = info(bench, tsa);
    stamps.verify(bench, &stamps.token(&content, stamps.signer(&content)))
}

/// tsa is `[0]` around a GeneralName.
fn tsa(name: &[u8]) -> Vec<u8> {
    context(0, name)
}

fn directory(name: &[u8]) -> Vec<u8> {
    tlv(0xa4, name)
}

#[test]
fn the_authority_that_a_token_names_is_its_signer() {
    let bench = Bench::new();
    let mail = tlv(0x81, b"stamps@example.jp");
    let other = other_name("1.2.392.1.1", &octets(b"stamps"));
    let stamps = stamps(|fields| {
        let names = [
            tlv(0x82, b"stamps.example.jp"),
            directory(&name(&[("CN", "Another name")])),
            mail.clone(),
            other.clone(),
            tlv(0x86, b"https://stamps.example.jp/"),
            tlv(0x87, &[192, 0, 2, 1]),
            // Forms that cannot be compared.
            tlv(0xa5, &tlv(0xa1, &tlv(0x0c, b"party"))),
        ];
        fields.extensions.push(subject_alt_name(&names));
    });
    let good = [
        Vec::new(),
        tsa(&directory(&subject())),
        // With another case: the same name.
        tsa(&directory(&name(&[("O", "honnin-test"), ("CN", "TIMESTAMPS")]))),
        tsa(&directory(&name(&[("CN", "Another name")]))),
        tsa(&tlv(0x82, b"Stamps.example.jp")),
        tsa(&mail),
        tsa(&other),
        tsa(&tlv(0x86, b"https://stamps.example.jp/")),
        tsa(&tlv(0x87, &[192, 0, 2, 1])),
    ];
    for given in good {
        let status = says(&bench, &stamps, &given);
        assert!(
            matches!(status, Ok(TimestampStatus::Verified(_))),
            "{given:?}: {status:?}"
        );
    }
    let bad = [
        tsa(&directory(&name(&[
            ("O", "HONNIN-TEST"),
            ("CN", "Somebody else"),
        ]))),
        tsa(&directory(&name(&[]))),
        tsa(&tlv(0x82, b"other.example.jp")),
        tsa(&tlv(0x81, b"STAMPS@example.jp")),
        tsa(&tlv(0x86, b"stamps.example.jp")),
        tsa(&tlv(0x87, &[192, 0, 2, 2])),
        tsa(&tlv(0xa5, &tlv(0xa1, &tlv(0x0c, b"party")))),
    ];
    for given in bad {
        let refused = says(&bench, &stamps, &given).unwrap_err();
        assert_eq!(refused.code().as_str(), "timestamp-malformed", "{given:?}");
        assert!(refused.message().contains("(tsa)"), "{refused}");
    }
    // No name, or several.
    for given in [
        tsa(&[]),
        tsa(&[directory(&subject()), directory(&subject())].concat()),
        tsa(&subject()),
    ] {
        let refused = says(&bench, &stamps, &given).unwrap_err();
        assert_eq!(refused.code().as_str(), "timestamp-malformed", "{given:?}");
    }
}

/// The tokens of a package share the limit of one message.
#[test]
fn tokens_share_the_bytes_of_certificates() {
    let (bench, stamps) = (Bench::new(), stamps(|_| ()));
    let content = info(&bench, &[]);
    let mut message = Message::new(&content, &[&stamps.certificate()], &[stamps.signer(&content)]);
    message.content_type = TST_INFO.into();
    // No certificates, but candidates to be read.
    message.certificates.push(tlv(0x30, &vec![0; 1_500_000]));
    let token = message.write();
    let codes = [1, 2, 3].map(|count| {
        let tokens = vec![token.as_slice(); count];
        stamps
            .verify_all(&bench, &tokens, |_| ())
            .err()
            .map(|error| error.code())
    });
    assert_eq!(codes, [None, None, Some(Code::CmsLimitExceeded)]);
}

/// RFC 3161 §2.3.
#[test]
fn a_certificate_for_timestamps_is_for_nothing_else() {
    let bench = Bench::new();
    let with = |critical: bool, purposes: &[&str]| {
        let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
        let stamps = stamps(|fields| {
            fields.extensions[1] = extension("2.5.29.37", critical, &tlv(0x30, &purposes));
        });
        says(&bench, &stamps, &[]).err().map(|error| error.code())
    };
    const STAMPS: &str = "1.3.6.1.5.5.7.3.8";
    const SIGNING: &str = "1.3.6.1.5.5.7.3.3";
    assert_eq!(with(true, &[STAMPS]), None);
    for (critical, purposes) in [
        (false, &[STAMPS][..]),
        (true, &[STAMPS, SIGNING]),
        (true, &[SIGNING]),
    ] {
        assert_eq!(with(critical, purposes), Some(Code::ExtendedKeyUsageMissing));
    }
}

#[test]
fn the_certificate_of_a_token_may_be_in_the_options() {
    let (bench, stamps) = (Bench::new(), stamps(|_| ()));
    let content = info(&bench, &[]);
    let mut message = Message::new(&content, &[], &[stamps.signer(&content)]);
    message.content_type = TST_INFO.into();
    let token = message.write();
    let certificate: &'static [u8] = stamps.certificate().leak();
    let with = |certificates: Vec<&'static [u8]>| {
        let certificates: &'static [_] = certificates.leak();
        let found = stamps.verify_with(&bench, &token, |options| options.intermediates = certificates);
        found.err().map(|error| error.code())
    };
    assert_eq!(with(vec![certificate]), None);
    assert!(with(vec![]).is_some());
}

/// To compare the names of `tsa` and of the certificate costs by their length.
#[test]
fn names_of_authorities_are_paid_for() {
    let bench = Bench::new();
    let long = |last: &str| name(&[("O", &("HONNIN-TEST ".repeat(500) + last))]);
    let stamps = stamps(|fields| {
        let names = subject_alt_name(&[directory(&long("one"))]);
        fields.extensions.push(names);
    });
    let with = |tsa: &[u8], most: u32| {
        let content = info(&bench, tsa);
        let token = stamps.token(&content, stamps.signer(&content));
        let found = stamps.verify_with(&bench, &token, |options| options.limits.name_comparisons = most);
        found.err().map(|error| error.code())
    };
    let another = tsa(&directory(&long("another")));
    // Enough for all but the comparison.
    let enough = (0..100)
        .map(|tens| 10 * tens)
        .find(|most| with(&[], *most).is_none());
    assert_eq!(with(&another, enough.unwrap()), Some(Code::PathBudgetExhausted));
    assert_eq!(with(&another, 10_000), Some(Code::TimestampMalformed));
}

/// A quarter of the limit on names is for finding the signer's certificate.
#[test]
fn finding_the_certificate_of_a_token_is_within_the_limits_of_the_options() {
    let (bench, stamps) = (Bench::new(), stamps(|_| ()));
    let content = info(&bench, &[]);
    // The same serial number and another issuer.
    let mut stranger = stamps.fields.clone();
    stranger.issuer = name(&[("O", "HONNIN-TEST"), ("CN", "Another root of timestamps")]);
    let certificates = [stranger.signed_by(&stamps.root.key), stamps.certificate()];
    let each = certificates.each_ref().map(Vec::as_slice);
    let mut message = Message::new(&content, &each, &[stamps.signer(&content)]);
    message.content_type = TST_INFO.into();
    let token = message.write();
    let with = |most: u32| {
        let found = stamps.verify_with(&bench, &token, |options| options.limits.name_comparisons = most);
        found.err().map(|error| error.code())
    };
    let enough = (0..100).find(|most| with(*most).is_none()).unwrap();
    assert!((4..100).contains(&enough) && enough % 4 == 0, "{enough}");
    assert_eq!(with(enough - 1), Some(Code::PathBudgetExhausted));
}

/// Problems of the token's form have a code of their own. Problems of the signer's certificate, of an
/// algorithm or of a limit keep their codes.
#[test]
fn what_is_not_the_form_of_the_token_keeps_its_code() {
    let bench = Bench::new();
    let code = |stamps: &Stamps, change: &dyn Fn(&mut Signer)| {
        let content = info(&bench, &[]);
        let mut signer = stamps.signer(&content);
        change(&mut signer);
        let refused = stamps.verify(&bench, &stamps.token(&content, signer));
        refused.unwrap_err().code().as_str()
    };
    let usual = stamps(|_| {});
    // The token itself.
    assert_eq!(
        code(&usual, &|signer| signer.signed = Some(b"something else".to_vec())),
        "timestamp-malformed"
    );
    assert_eq!(
        code(&usual, &|signer| {
            if let Some(attributes) = &mut signer.attributes {
                attributes[1] = message_digest(&[0; 32]);
            }
        }),
        "timestamp-malformed"
    );
    // An algorithm.
    assert_eq!(
        code(&usual, &|signer| {
            signer.digest_algorithm = sequence(&[&hash_oid(Hash::Sha1), &null()]);
        }),
        "algorithm-not-allowed"
    );
    assert_eq!(
        code(&usual, &|signer| {
            signer.digest_algorithm = sequence(&[&oid("2.16.840.1.101.3.4.2.4"), &null()]);
        }),
        "algorithm-unsupported"
    );
    // The certificate: one that cannot be read, and one for something else.
    let broken = stamps(|fields| {
        fields
            .extensions
            .push(extension("2.5.29.19", false, &sequence(&[&[1, 1, 1]])));
    });
    assert_eq!(code(&broken, &|_| {}), "certificate-malformed");
    let usage = stamps(|fields| {
        fields.extensions[0] = key_usage(&[1, 6]);
        fields
            .extensions
            .push(extension("2.5.29.19", true, &sequence(&[&boolean(true)])));
    });
    assert_eq!(code(&usage, &|_| {}), "key-usage-missing");
    // What it costs.
    let content = info(&bench, &[]);
    let token = usual.token(&content, usual.signer(&content));
    let refused = usual.verify_with(&bench, &token, |options| options.limits.name_comparisons = 0);
    assert_eq!(refused.unwrap_err().code().as_str(), "path-budget-exhausted");
    // Many certificates: what one token may contain is too much for each of two.
    let stranger = |at: u8| sequence(&[&octets(&[at; 30_000])]);
    let strangers: Vec<Vec<u8>> = (0..100).map(stranger).collect();
    let mut certificates: Vec<&[u8]> = strangers.iter().map(Vec::as_slice).collect();
    let own = usual.certificate();
    certificates.push(&own);
    let mut message = Message::new(&content, &certificates, &[usual.signer(&content)]);
    message.content_type = TST_INFO.into();
    let large = message.write();
    assert!(usual.verify(&bench, &large).is_ok());
    let refused = usual.verify_all(&bench, &[&token, &large], |_| {});
    assert_eq!(refused.unwrap_err().code().as_str(), "cms-limit-exceeded");
}

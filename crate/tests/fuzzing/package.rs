//! Signed packages: the signature of the document, the certificate, the evidence and the timestamps are
//! signed again.

use honnin::package::{
    Candidates, DocumentDigest, PackageOptions, Piece, SignedPackage, TimestampOptions, VerifiedPackage,
    choose_evidence, verify_signed_package,
};
use honnin::signature::Hash;
use honnin::signer::Rules;
use honnin::x509::{PathOptions, TrustAnchor};
use honnin::{Code, Error, Report};
use serde_json::{Value, json};

use super::bundle::Bundle;
use super::effort::bounded;
use super::message::World;
use super::sign::{AUTHORITY, LEAF_RSA, STAMPS, sign_all};
use crate::synthetic::cert::{NOW, extension, key_usage};
use crate::synthetic::cms::{Message, Signer, certificate_id, content_type, signing_certificate_v2};
use crate::synthetic::der::{integer, octets, oid, sequence, tlv};
use crate::synthetic::keys::{Key, hash_oid};
use crate::synthetic::lists::{self, Answer};
use crate::synthetic::package::{TEN_YEARS, TIME, base64};

const SERIAL: u64 = 77;
const TOKEN: &str = "1.2.840.113549.1.9.16.1.4";

/// The compared parts of a result.
type Verdict = Result<(i64, String, Report), (Code, String, Report)>;

fn verdict(outcome: Result<VerifiedPackage, Error>) -> Verdict {
    outcome
        .map(|found| (found.as_of, found.timestamp.as_str().to_owned(), found.report))
        .map_err(|error| (error.code(), error.message().to_owned(), error.report().clone()))
}

fn ask(bundle: &Bundle, text: &str, change: impl Fn(&mut PackageOptions<'_>)) -> Verdict {
    let package = match SignedPackage::read(text.as_bytes()) {
        Ok(package) => package,
        Err(error) => return verdict(Err(error)),
    };
    let anchors: Vec<_> = bundle
        .all('A')
        .into_iter()
        .filter_map(|der| TrustAnchor::from_certificate(der).ok())
        .collect();
    let intermediates = bundle.all('I');
    let digest = Hash::Sha256.digest(bundle.first('D'));
    let mut document = DocumentDigest::new(&digest);
    document.size = Some(bundle.first('D').len() as u64);
    let mut rules = PathOptions::new(&anchors, 0);
    rules.intermediates = &intermediates;
    let bit = |bit: u8| bundle.switch(0) & (1 << bit) != 0;
    let mut options = PackageOptions::new(Rules::Path(rules), if bit(0) { NOW } else { NOW + TEN_YEARS });
    let mut timestamps = TimestampOptions::new(&anchors);
    timestamps.intermediates = &intermediates;
    options.at = bit(1).then_some(NOW);
    options.evidence_required = !bit(2);
    options.timestamps = bit(3).then_some(timestamps);
    change(&mut options);
    verdict(verify_signed_package(&package, &document, &options))
}

pub fn run(input: &[u8]) -> bool {
    let mut bundle = Bundle::read(input);
    sign_all(&mut bundle);
    let text = bundle.with_contents(&bundle.text('p'));
    let first = bounded(|| ask(&bundle, &text, |_| {}));
    assert_eq!(
        first,
        ask(&bundle, &text, |_| {}),
        "the same question, answered twice"
    );
    if first.is_ok() {
        let package = SignedPackage::read(text.as_bytes()).unwrap();
        assert_eq!(
            package.digest,
            Hash::Sha256.digest(bundle.first('D')),
            "another document"
        );
        let later = ask(&bundle, &text, |options| options.now += 86_400);
        assert!(later.is_ok(), "good today and not tomorrow: {later:?}");
        let laxer = ask(&bundle, &text, |options| options.evidence_required = false);
        assert!(
            laxer.is_ok(),
            "good where evidence is required, and not where it is not: {laxer:?}"
        );
        let without = ask(&bundle, &text, |options| options.timestamps = None);
        let needed = package.evidence_time.is_none() && bundle.switch(0) & 2 == 0;
        assert!(
            without.is_ok() || needed,
            "good with timestamps, and not without: {without:?}"
        );
        changes_are_noticed(&bundle);
    }
    chosen_evidence_is_enough(&bundle, &package_text(&bundle));
    first.is_ok()
}

/// Changes a bit of the document, of the certificate or of a CRL.
fn changes_are_noticed(bundle: &Bundle) {
    let template: Value = serde_json::from_slice(bundle.first('p')).unwrap_or_default();
    let counts = |at: usize, kind: u8| match kind {
        b'D' => bundle.parts[..at].iter().all(|part| part.kind != b'D'),
        b'L' => template["certificate"] == format!("@{at}"),
        b'C' => template["evidence"]["crls"]
            .as_array()
            .is_some_and(|crls| crls.contains(&json!(format!("@{at}")))),
        _ => false,
    };
    let each = bundle.parts.iter().enumerate();
    let found: Vec<usize> = each
        .filter(|(at, part)| !part.bytes.is_empty() && counts(*at, part.kind))
        .map(|(at, _)| at)
        .collect();
    if found.is_empty() {
        return;
    }
    let at = found[usize::from(bundle.switch(1)) % found.len()];
    let mut changed = bundle.clone();
    let bytes = &mut changed.parts[at].bytes;
    let bit = (usize::from(bundle.switch(2)) << 8 | usize::from(bundle.switch(3))) % (bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    let text = changed.with_contents(&bundle.text('p'));
    let outcome = ask(&changed, &text, |_| {});
    assert!(outcome.is_err(), "bit {bit} of part {at} may be changed");
}

fn package_text(bundle: &Bundle) -> Value {
    serde_json::from_str(&bundle.with_contents(&bundle.text('p'))).unwrap_or_default()
}

/// A package with the chosen evidence is valid on the same day.
fn chosen_evidence_is_enough(bundle: &Bundle, package: &Value) {
    let anchors: Vec<_> = bundle
        .all('A')
        .into_iter()
        .filter_map(|der| TrustAnchor::from_certificate(der).ok())
        .collect();
    let (responses, crls, intermediates) = (bundle.all('R'), bundle.all('C'), bundle.all('I'));
    let mut candidates = Candidates::default();
    candidates.ocsp_responses = &responses;
    candidates.crls = &crls;
    let mut rules = PathOptions::new(&anchors, 0);
    rules.intermediates = &intermediates;
    let rules = Rules::Path(rules);
    let choose = || choose_evidence(bundle.first('L'), &candidates, &rules, NOW, 300);
    let Ok(Some(chosen)) = bounded(choose) else {
        return;
    };
    let (crls, responses): (Vec<_>, Vec<_>) = match chosen.piece {
        Piece::Ocsp(der) => (vec![], vec![base64(der)]),
        Piece::Crl(der) => (vec![base64(der)], vec![]),
    };
    let mut made = package.clone();
    if !made.is_object() {
        return;
    }
    made["timestamps"] = json!([]);
    made["certificate"] = json!(base64(bundle.first('L')));
    // Other problems are not caused by the evidence.
    made["evidence"] = json!({"time": null, "crls": [], "ocspResponses": []});
    let without = ask(bundle, &made.to_string(), |options| {
        options.now = NOW;
        options.at = Some(NOW);
        options.evidence_required = false;
    });
    made["evidence"] = json!({"time": chosen.time, "crls": crls, "ocspResponses": responses});
    let with = ask(bundle, &made.to_string(), |options| {
        options.now = NOW;
        options.at = None;
        options.evidence_required = true;
    });
    assert!(
        without.is_err() || with.is_ok(),
        "evidence was chosen that is not enough: {with:?}"
    );
}

/// A token of a timestamping authority for `signed`.
pub fn stamp(world: &World, signed: &[u8]) -> Vec<u8> {
    let key = Key::p256("stamps");
    let mut fields = world.authority.leaf(99, &key, "1.2.392.1.1");
    fields.extensions = vec![
        key_usage(&[7, 0x80]),
        extension("2.5.29.37", true, &sequence(&[&oid("1.3.6.1.5.5.7.3.8")])),
    ];
    let certificate = fields.signed_by(&world.authority.key);
    let imprint = sequence(&[
        &sequence(&[&hash_oid(Hash::Sha256)]),
        &octets(&Hash::Sha256.digest(signed)),
    ]);
    let info = sequence(&[
        &integer(1),
        &oid("1.2.392.1.1"),
        &imprint,
        &integer(5),
        &tlv(0x18, b"20260630120000.5Z"),
        &integer(6),
    ]);
    let mut signer =
        Signer::new(&fields, &key, &info).with_attribute(signing_certificate_v2(&[&certificate_id(
            Hash::Sha256,
            &certificate,
        )]));
    if let Some(attributes) = &mut signer.attributes {
        attributes[0] = content_type(TOKEN);
    }
    let mut message = Message::new(&info, &[&certificate], &[signer]);
    message.content_type = TOKEN.into();
    message.write()
}

pub fn text(evidence: &Value, timestamps: &Value) -> String {
    json!({
        "format": "honnin-signed-package",
        "version": 1,
        "document": {"name": "委任状.txt", "mediaType": "text/plain"},
        "digest": {"algorithm": "sha256", "value": "#0"},
        "signature": {"scheme": "rsa-pkcs1-sha256", "form": "digest-info", "value": "@1"},
        "certificate": "@2",
        "evidence": evidence,
        "timestamps": timestamps,
        "claims": {"createdAt": NOW, "profile": null, "environment": "test",
            "report": {"steps": [{"id": "signature", "status": "passed", "reference": "RFC", "detail": ""}]}},
    })
    .to_string()
}

pub fn seeds() -> Vec<Bundle> {
    const DOCUMENT: &[u8] = b"a power of attorney";
    let world = World::new();
    let key = Key::rsa(1);
    let leaf = world.leaf(SERIAL, &key);
    let signature = key.sign(key.usual(), DOCUMENT);
    let of = || {
        world
            .bundle()
            .with('D', 0, DOCUMENT)
            .with('S', LEAF_RSA, &signature)
            .with('L', AUTHORITY, &leaf)
    };
    // The document comes first, because the text refers to parts by number.
    let ordered = |mut bundle: Bundle| {
        bundle.parts.rotate_left(1);
        bundle
    };
    let authority = &world.authority;
    let answers = [
        Answer::new(authority, SERIAL, false),
        Answer::new(authority, 5, true),
    ];
    let with = |kind, bytes: &[u8], evidence: Value, stamps: Value, switches: u8| {
        let mut bundle = ordered(of());
        let anchor = bundle.parts.pop().unwrap();
        bundle = bundle
            .with(kind, AUTHORITY, bytes)
            .with('T', STAMPS, stamp(&world, &signature));
        bundle.parts.push(anchor);
        bundle
            .with('p', 0, text(&evidence, &stamps))
            .with('#', 0, [switches, 0, 0, 9])
    };
    let by = |crls: Value, responses: Value| json!({"time": TIME, "crls": crls, "ocspResponses": responses});
    let none = json!({"time": null, "crls": [], "ocspResponses": []});
    vec![
        with(
            'C',
            &lists::crl(authority, &[5, 6]),
            by(json!(["@3"]), json!([])),
            json!([]),
            0,
        ),
        with(
            'R',
            &lists::ocsp_of(authority, &answers, &[]),
            by(json!([]), json!(["@3"])),
            json!(["@4"]),
            8,
        ),
        with('C', &lists::crl(authority, &[]), none, json!(["@4"]), 0x0c),
        with(
            'R',
            &lists::ocsp(authority, SERIAL, true),
            by(json!([]), json!(["@3"])),
            json!([]),
            0,
        ),
    ]
}

//! The functions that the WebAssembly module exports: options and bytes in, results out.

use honnin::{Code, boundary};
use serde_json::{Value, json};

use super::bundle::Bundle;
use super::effort::bounded;
use super::message::World;
use super::sign::{AUTHORITY, LEAF, LEAF_RSA, sign_all};
use super::{package, token};
use crate::synthetic::cert::{NOW, SIGN_TEST, entry, subject_alt_name};
use crate::synthetic::cms::Message;
use crate::synthetic::keys::Key;
use crate::synthetic::lists;
use crate::synthetic::package::base64;

type Function = fn(&str, &[u8]) -> String;

const FUNCTIONS: [Function; 9] = [
    boundary::verify_certificate,
    boundary::verify_signature,
    boundary::verify_signed_data,
    boundary::read_holder,
    boundary::inspect,
    boundary::read_signed_package,
    boundary::verify_signed_package,
    boundary::choose_evidence,
    boundary::digest,
];

/// The maximum length of a result in characters, for inputs of the size used here.
const MOST_CHARACTERS: usize = 8 << 20;

pub fn run(input: &[u8]) -> bool {
    let mut bundle = Bundle::read(input);
    sign_all(&mut bundle);
    let package = bundle.with_contents(&bundle.text('p'));
    if let Some(part) = bundle.parts.iter_mut().find(|part| part.kind == b'p') {
        part.bytes = package.into_bytes();
    }
    let (_, bytes) = bundle.buffer();
    let options = bundle.with_places(&bundle.text('o'));
    let number = usize::from(bundle.switch(0)) % FUNCTIONS.len();
    let function = FUNCTIONS[number];
    let answer = bounded(|| function(&options, &bytes));
    assert_eq!(
        answer,
        function(&options, &bytes),
        "the same question, answered twice"
    );
    assert!(answer.len() <= MOST_CHARACTERS, "{} characters", answer.len());
    let (ok, code) = check(&answer, number);
    let Ok(Value::Object(given)) = serde_json::from_str::<Value>(&options) else {
        assert!(
            !ok || number == 5,
            "accepted, and another parser does not read the options"
        );
        return ok;
    };
    // The options written by another JSON library mean the same.
    let same = check(&function(&Value::from(given.clone()).to_string(), &bytes), number);
    let readable = code != Some(Code::OptionsInvalid);
    assert!(
        same == (ok, code) || !readable,
        "the same options, written otherwise"
    );
    if ok {
        for name in ["", "x", "anchor"] {
            let mut more = given.clone();
            more.insert(name.into(), json!(1));
            let (ok, _) = check(&function(&Value::from(more).to_string(), &bytes), number);
            assert!(!ok, "an option that nobody reads");
        }
    }
    ok
}

/// Checks the form of a result, and returns whether it is ok and its code.
fn check(answer: &str, function: usize) -> (bool, Option<Code>) {
    let read: Value = serde_json::from_str(answer).expect("an answer that is no JSON");
    // The other library would drop duplicate names.
    honnin::json::parse(answer.as_bytes()).expect("an answer that is not strict JSON");
    let ok = read["ok"].as_bool().expect("neither accepted nor refused");
    let steps = |report: &Value| report["steps"].as_array().cloned().unwrap_or_default();
    for step in steps(&read["report"]) {
        let status = step["status"].as_str().unwrap_or_default();
        assert!(["passed", "failed", "skipped"].contains(&status), "{step}");
    }
    if ok {
        if [0, 1, 2, 6].contains(&function) {
            assert!(!steps(&read["report"]).is_empty(), "accepted without a step");
        }
        return (true, None);
    }
    let code = read["code"].as_str().expect("a refusal without a code");
    let code = Code::ALL.iter().find(|known| known.as_str() == code);
    assert!(
        read["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "a refusal without a word"
    );
    (false, Some(*code.expect("a code that is not known")))
}

pub fn seeds() -> Vec<Bundle> {
    let world = World::new();
    let key = Key::p256("leaf");
    let leaf = world.leaf(0x11, &key);
    let profile = json!({"name": "x", "hierarchy": "sign", "cards": "test", "organization": "HONNIN-TEST",
        "policies": ["1.2.392.200149.8.5.1.0.20"], "keyUsage": ["digitalSignature", "nonRepudiation"],
        "schemes": ["ecdsa-p256-sha256", "rsa-pkcs1-sha256"]});
    let options = |more: Value| {
        let mut all = json!({"certificate": "@1", "anchors": ["@0"], "now": NOW});
        let more = more.as_object().cloned().unwrap_or_default();
        all.as_object_mut().unwrap().extend(more);
        all.to_string()
    };
    let one = |function: u8, options: String, more: Bundle| {
        let mut bundle = world.bundle().with('L', AUTHORITY, &leaf);
        bundle.parts.extend(more.parts);
        bundle.with('o', 0, options).with('#', 0, [function])
    };
    let bytes = |kind, key, bytes: &[u8]| Bundle::default().with(kind, key, bytes);
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        base64(&leaf)
    );
    let crl = lists::crl(&world.authority, &[5, 6]);
    let answer = lists::ocsp(&world.authority, 0x11, false);
    let signed = Message::new(
        b"A contract.",
        &[&leaf],
        &[world.signer(0x11, &key, b"A contract.")],
    );
    let evidence = json!({"crls": ["@2"], "ocspResponses": "@3", "require": "certificate", "ask": true, "clockTolerance": 60});
    let lists = || bytes('C', AUTHORITY, &crl).with('R', AUTHORITY, &answer);
    let without = |mut all: Value| {
        all["now"] = json!(NOW);
        all.to_string()
    };
    let mut seeds = vec![
        one(
            0,
            options(
                json!({"revocation": evidence, "limits": {"signatures": 10}, "policies": ["1.2.392.200149.8.5.1.0.20"],
            "keyUsage": ["digitalSignature"]}),
            ),
            lists(),
        ),
        one(
            0,
            options(
                json!({"profile": profile, "revocation": {"ask": true, "require": "path"}, "cards": "test"}),
            ),
            lists(),
        ),
        one(
            0,
            options(
                json!({"certificate": {"text": "@2"}, "intermediates": ["@2", "@1"], "purpose": "1.3.6.1.5.5.7.3.2"}),
            ),
            bytes('t', 0, pem.as_bytes()),
        ),
        one(
            1,
            options(json!({"signature": "@3", "data": "@2", "scheme": "ecdsa-p256-sha256"})),
            bytes('D', 0, b"A contract.").with('S', LEAF, b""),
        ),
        one(
            1,
            without(
                json!({"certificate": "@1", "path": "not-checked", "signature": "@3", "data": "@2", "scheme": "ecdsa-p256-sha256"}),
            ),
            bytes('D', 0, b"A contract.").with('S', LEAF, b""),
        ),
        one(
            1,
            without(
                json!({"publicKey": token::jwk(LEAF_RSA, json!({})), "signature": "@3", "data": "@2",
            "scheme": "rsa-pkcs1-sha256"}),
            ),
            bytes('D', 0, b"A contract.").with('S', LEAF_RSA, b""),
        ),
        one(
            2,
            without(
                json!({"message": "@2", "anchors": "@0", "profile": profile, "organization": "HONNIN-TEST"}),
            ),
            bytes('M', LEAF, &signed.write()),
        ),
        one(
            2,
            without(json!({"message": "@2", "anchors": "@0", "content": "@3", "allowSha1": true})),
            bytes('M', LEAF, &signed.clone().detached().ber().write()).with('D', 0, b"A contract."),
        ),
        one(3, json!({"certificate": "@1"}).to_string(), Bundle::default()),
        one(4, json!({"input": "@1"}).to_string(), Bundle::default()),
        one(
            4,
            json!({"input": {"text": "@2"}}).to_string(),
            bytes('t', 0, pem.as_bytes()),
        ),
        one(
            7,
            options(json!({"crls": ["@2"], "ocspResponses": ["@3"], "revocation": {"crlMaxAge": 864_000}})),
            lists(),
        ),
        one(
            8,
            json!({"hash": "sha256", "data": "@1", "last": false}).to_string(),
            Bundle::default(),
        ),
        one(
            8,
            json!({"hash": "sha512", "state": "@2", "data": "@1", "last": true}).to_string(),
            bytes('D', 0, &[0; 209]),
        ),
    ];
    // Every character that JSON escapes.
    let mut odd = world.authority.leaf(0x44, &key, SIGN_TEST);
    let characters: String = (1..0x30)
        .chain([0x7f, 0x5c, 0x2028])
        .filter_map(char::from_u32)
        .collect();
    odd.extensions = vec![subject_alt_name(&[entry(1, &characters)])];
    let mut bundle = world
        .bundle()
        .with('L', AUTHORITY, odd.signed_by(&world.authority.key));
    bundle = bundle
        .with('o', 0, json!({"certificate": "@1"}).to_string())
        .with('#', 0, [3]);
    seeds.push(bundle);
    for mut bundle in package::seeds() {
        bundle.parts.pop();
        let more = json!({"package": {"text": "@6"}, "digest": "@7", "anchors": ["@5"], "now": NOW, "size": 19,
            "timestamp": {"anchors": "@5"}, "revocation": {"require": "nothing"}});
        let digest = honnin::signature::Hash::Sha256.digest(bundle.first('D'));
        let bundle = bundle.with('H', 0, digest);
        seeds.push(
            bundle
                .clone()
                .with('o', 0, json!({"package": "@6"}).to_string())
                .with('#', 0, [5]),
        );
        seeds.push(bundle.with('o', 0, more.to_string()).with('#', 0, [6]));
    }
    seeds
}

//! ID tokens and JWK Sets: the token is signed again, and accepted ones are read again by another parser.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use honnin::boundary::{verify_id_token, verify_id_token_briefly};
use honnin::json;
use serde_json::{Map, Value, json};

use super::bundle::Bundle;
use super::effort::bounded;
use super::sign::{LEAF, LEAF_P384, LEAF_RSA, key, signature};
use super::tree::Node;
use crate::synthetic::keys::{How, Key};

const NOW: u64 = 1_800_000_000;

/// Two numbers in DER in the form of JWS.
fn raw(der: &[u8], length: usize) -> Option<Vec<u8>> {
    let tree = Node::parse(der)?;
    let mut out = Vec::new();
    for at in 0..2 {
        let number = tree.find(&[at])?.contents();
        let short: Vec<u8> = number.into_iter().skip_while(|byte| *byte == 0).collect();
        out.extend(vec![0; length.checked_sub(short.len())?]);
        out.extend(short);
    }
    Some(out)
}

/// Signs with the key named in the header, or else with the one that `alg` requires.
fn sign(header: &[u8], by: u8, data: &[u8]) -> Vec<u8> {
    let named = |name: &[u8]| header.windows(name.len()).any(|window| window == name);
    let made = match by {
        0 => None,
        _ if named(b"ES384") => signature(LEAF_P384, None, data).and_then(|der| raw(&der, 48)),
        _ if named(b"RS256") => signature(LEAF_RSA, None, data),
        _ if named(b"PS256") => signature(LEAF_RSA, Some(How::Pss(honnin::signature::Hash::Sha256)), data),
        _ => signature(by, None, data).and_then(|der| raw(&der, 32)),
    };
    made.unwrap_or_default()
}

fn token(bundle: &Bundle) -> String {
    let (header, claims) = (bundle.first('h'), bundle.first('c'));
    let text = format!(
        "{}.{}",
        Base64UrlUnpadded::encode_string(header),
        Base64UrlUnpadded::encode_string(claims)
    );
    let by = bundle
        .parts
        .iter()
        .find(|part| part.kind == b'h')
        .map_or(0, |part| part.key);
    let signature = sign(header, by, text.as_bytes());
    format!(
        "{text}.{}{}",
        Base64UrlUnpadded::encode_string(&signature),
        bundle.text('t')
    )
}

fn code(answer: &str) -> String {
    crate::common::code_of(answer)
}

pub fn run(input: &[u8]) -> bool {
    let bundle = Bundle::read(input);
    let (token, keys, options) = (token(&bundle), bundle.text('w'), bundle.text('o'));
    let answer = bounded(|| verify_id_token(&token, &keys, &options));
    assert_eq!(
        answer,
        verify_id_token(&token, &keys, &options),
        "the same question, answered twice"
    );
    let brief = bounded(|| verify_id_token_briefly(&token, &keys, &options));
    assert!(
        if code(&answer) == "valid" {
            brief.strip_suffix('}').is_some_and(|brief| {
                answer
                    .strip_prefix(brief)
                    .is_some_and(|rest| rest.starts_with(",\"report\":{"))
            })
        } else {
            brief == answer
        },
        "the brief answer differs in more than the report"
    );
    for text in [
        bundle.first('h'),
        bundle.first('c'),
        bundle.first('w'),
        bundle.first('o'),
    ] {
        reads_as_the_other_parser(text);
    }
    let is_valid = code(&answer) == "valid";
    if is_valid {
        accepted(&bundle, &token, &keys, &options, &answer);
    }
    is_valid
}

/// The other parser accepts what the strict reader accepts, and reads the same.
fn reads_as_the_other_parser(text: &[u8]) {
    if let Ok(read) = json::parse(text) {
        let other: Value = serde_json::from_slice(text).unwrap();
        assert!(same(&read, &other), "two readers of JSON differ");
    }
}

fn same(ours: &json::Value<'_>, theirs: &Value) -> bool {
    match (ours, theirs) {
        (json::Value::Null, Value::Null) => true,
        (json::Value::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (json::Value::Number(ours), Value::Number(theirs)) => ours.parse::<f64>().ok() == theirs.as_f64(),
        (json::Value::String(ours), Value::String(theirs)) => ours == theirs,
        (json::Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (json::Value::Object(ours), Value::Object(theirs)) => {
            ours.iter().count() == theirs.len()
                && ours
                    .iter()
                    .all(|(name, ours)| theirs.get(name).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}

fn accepted(bundle: &Bundle, token: &str, keys: &str, options: &str, answer: &str) {
    let header: Value = serde_json::from_slice(bundle.first('h')).unwrap();
    let claims: Value = serde_json::from_slice(bundle.first('c')).unwrap();
    let asked: Value = serde_json::from_str(options).unwrap();
    let answer: Value = serde_json::from_str(answer).unwrap();
    assert_eq!((&answer["header"], &answer["claims"]), (&header, &claims));
    assert_eq!(claims["iss"], asked["issuer"]);
    assert!(claims["sub"].as_str().is_some_and(|sub| !sub.is_empty()));
    let audiences = claims["aud"]
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![claims["aud"].clone()]);
    assert!(audiences.contains(&asked["clientId"]), "another audience");
    if !asked["nonce"].is_null() {
        assert_eq!(claims["nonce"], asked["nonce"]);
    }
    let algorithms = asked
        .get("algorithms")
        .cloned()
        .unwrap_or_else(|| json!(["ES256"]));
    assert!(
        algorithms.as_array().unwrap().contains(&header["alg"]),
        "an algorithm that was not asked for"
    );
    assert!(header.get("crit").is_none() && header.get("b64").is_none());
    let number = |value: &Value| value.as_f64().unwrap();
    let tolerance = asked.get("clockTolerance").map_or(60.0, number);
    assert!(
        number(&claims["exp"]) + tolerance > number(&asked["now"]) - 1.0,
        "expired"
    );
    if let Some(not_before) = claims.get("nbf") {
        assert!(
            number(not_before) <= number(&asked["now"]) + tolerance + 1.0,
            "not yet valid"
        );
    }
    // Another issuer, another client, or another login.
    for name in ["issuer", "clientId", "nonce"] {
        let mut other = asked.clone();
        let Some(Value::String(text)) = other.get_mut(name) else {
            continue;
        };
        let last = text.pop();
        text.push(if last == Some('x') { 'y' } else { 'x' });
        // The other client may be one of the audiences too.
        let is_another = name != "clientId" || !audiences.contains(&other["clientId"]);
        let outcome = code(&verify_id_token(token, keys, &other.to_string()));
        assert!(outcome != "valid" || !is_another, "accepted with another {name}");
    }
    // One requirement less.
    for name in ["accessToken", "maxAge", "maxTokenAge", "acrValues"] {
        let mut laxer = asked.clone();
        laxer.as_object_mut().map(|options| options.remove(name));
        assert_eq!(
            code(&verify_id_token(token, keys, &laxer.to_string())),
            "valid",
            "refused without {name}"
        );
    }
    let mut laxer = asked;
    laxer["nonce"] = Value::Null;
    assert_eq!(
        code(&verify_id_token(token, keys, &laxer.to_string())),
        "valid",
        "refused without a nonce"
    );
    // One bit changed.
    let at = (usize::from(bundle.switch(1)) << 8 | usize::from(bundle.switch(2))) % token.len();
    let mut changed = token.as_bytes().to_vec();
    changed[at] ^= 1 << (bundle.switch(0) % 7);
    let changed = String::from_utf8(changed).unwrap();
    assert_ne!(
        code(&verify_id_token(&changed, keys, options)),
        "valid",
        "character {at} may be changed"
    );
}

/// The public key of a number, as a JWK.
pub fn jwk(number: u8, more: Value) -> Value {
    let bits = Node::parse(&key(number).unwrap().spki())
        .unwrap()
        .find(&[1])
        .unwrap()
        .contents();
    let text = |bytes: &[u8]| Value::from(Base64UrlUnpadded::encode_string(bytes));
    let mut jwk = match key(number).unwrap() {
        Key::Rsa { n, .. } => json!({"kty": "RSA", "n": text(&n), "e": "AQAB"}),
        Key::P256(_) => json!({"kty": "EC", "crv": "P-256", "x": text(&bits[2..34]), "y": text(&bits[34..])}),
        Key::P384(_) => json!({"kty": "EC", "crv": "P-384", "x": text(&bits[2..50]), "y": text(&bits[50..])}),
    };
    let more: Map<String, Value> = more.as_object().cloned().unwrap_or_default();
    jwk.as_object_mut().unwrap().extend(more);
    jwk
}

pub fn seeds() -> Vec<Bundle> {
    let claims = json!({"iss": "https://op.example", "sub": "5f1ed3b2", "aud": "client1", "exp": NOW + 300, "iat": NOW - 5,
        "nonce": "n-0S6", "at_hash": "c8DW8DFoCWfJusA5QG3A3A"});
    let plain = json!({"iss": "https://op.example", "sub": "5f1ed3b2", "aud": ["client1", "client2"], "azp": "client1",
        "exp": (NOW + 300) as f64 + 0.5, "iat": NOW - 5, "nbf": NOW - 5, "acr": "aal2", "auth_time": NOW - 30, "名": "値"});
    let keys = json!({"keys": [jwk(LEAF, json!({"kid": "a", "use": "sig", "alg": "ES256"})), jwk(LEAF_P384, json!({"kid": "b"})),
        jwk(LEAF_RSA, json!({"kid": "c", "key_ops": ["verify"]}))]});
    let options =
        json!({"issuer": "https://op.example", "clientId": "client1", "now": NOW, "nonce": "n-0S6"});
    let more = json!({"issuer": "https://op.example", "clientId": "client1", "now": NOW, "nonce": null, "maxAge": 600,
        "maxTokenAge": 60, "acrValues": ["aal2"], "trustedAudiences": ["client2"], "clockTolerance": 30,
        "algorithms": ["ES256", "ES384", "RS256", "PS256"]});
    let of = |header: Value, claims: &Value, options: &Value| {
        Bundle::default()
            .with('h', LEAF, header.to_string())
            .with('c', 0, claims.to_string())
            .with('w', 0, keys.to_string())
            .with('o', 0, options.to_string())
            .with('t', 0, "")
            .with('#', 0, [0, 0, 9])
    };
    vec![
        of(
            json!({"alg": "ES256", "kid": "a", "typ": "JWT"}),
            &claims,
            &options,
        ),
        of(json!({"alg": "ES384", "kid": "b"}), &plain, &more),
        of(json!({"alg": "RS256", "kid": "c"}), &plain, &more),
        of(json!({"alg": "PS256"}), &plain, &more),
        of(json!({"alg": "ES256"}), &plain, &more),
    ]
}

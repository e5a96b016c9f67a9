//! Selects one public key from a JWK Set (RFC 7517).

use alloc::borrow::Cow;
use alloc::borrow::ToOwned as _;

use super::algorithm::Algorithm;
use super::base64url;
use crate::code::Code;
use crate::error::Error;
use crate::json::{self, Object, Value};
use crate::signature::{KeyType, PublicKey, Scheme};
use crate::text::text;

/// The maximum size of a JWK Set in bytes.
pub const MAX_KEY_SET_BYTES: usize = 262_144;
/// The maximum number of keys in a JWK Set.
pub const MAX_KEYS: usize = 100;

/// Members that only private and symmetric keys have: RFC 7518 §6.2.2, §6.3.2 and §6.4, and `priv` of the key
/// type AKP.
const SECRETS: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/// A JWK Set without private or symmetric keys.
pub(super) struct KeySet<'a> {
    set: Object<'a>,
}

impl<'a> KeySet<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, Error> {
        if text.len() > MAX_KEY_SET_BYTES {
            return Err(malformed(text![
                "the JWK Set has ",
                text.len(),
                " bytes; the limit is ",
                MAX_KEY_SET_BYTES
            ]));
        }
        let value = json::parse(text.as_bytes())
            .map_err(|error| malformed(text!["cannot read the JWK Set: ", error.message()]))?;
        let Value::Object(set) = value else {
            return Err(malformed("the JWK Set is not a JSON object"));
        };
        refuse_secret(&set)?;
        let Some(Value::Array(keys)) = set.get("keys") else {
            return Err(malformed("the JWK Set has no array named keys"));
        };
        if keys.len() > MAX_KEYS {
            return Err(malformed(text![
                "the JWK Set has ",
                keys.len(),
                " keys; the limit is ",
                MAX_KEYS
            ]));
        }
        if keys.iter().any(|key| key.as_object().is_none()) {
            return Err(malformed("a key of the JWK Set is not a JSON object"));
        }
        for key in keys.iter().filter_map(Value::as_object) {
            refuse_secret(key)?;
        }
        Ok(Self { set })
    }

    fn keys(&self) -> &[Value<'a>] {
        self.set.get("keys").and_then(Value::as_array).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.keys().len()
    }

    /// The key for this algorithm: the one with the given `kid`, or, without a `kid`, the only suitable one.
    pub(super) fn select(&self, kid: Option<&str>, algorithm: Algorithm) -> Result<PublicKey, Error> {
        let mut is_named = false;
        let mut fitting = None;
        let mut several = false;
        for key in self.keys().iter().filter_map(Value::as_object) {
            if kid.is_some() && text(key, "kid") != kid {
                continue;
            }
            is_named = kid.is_some();
            // Asked for at each use: in the small module it is a constant, and what others need is left out.
            if fits(key, algorithm.scheme()) {
                several |= fitting.is_some();
                fitting = Some(key);
            }
        }
        match fitting {
            Some(key) if !several => public_key(key, algorithm.scheme().key_type()),
            Some(_) => Err(Error::new(
                Code::KeyAmbiguous,
                "several keys in the JWK Set match; give each key a unique kid",
            )),
            None if is_named => Err(Error::new(
                Code::KeyUnsuitable,
                text![
                    "kty, crv, use, key_ops or alg of the key does not match ",
                    algorithm.as_str()
                ],
            )),
            None => Err(Error::new(
                Code::KeyNotFound,
                if kid.is_some() {
                    "no key in the JWK Set has the token's kid; fetch the JWK Set again, because the keys may have changed"
                        .to_owned()
                } else {
                    text![
                        "the token has no kid, and no key in the JWK Set is suitable for ",
                        algorithm.as_str()
                    ]
                },
            )),
        }
    }
}

fn malformed(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Code::KeySetMalformed, message)
}

/// Checks every key, including those of unknown types.
fn refuse_secret(key: &Object<'_>) -> Result<(), Error> {
    if text(key, "kty") == Some("oct") || SECRETS.iter().any(|name| key.get(name).is_some()) {
        return Err(Error::new(
            Code::KeySetContainsSecret,
            "the JWK Set contains a private or symmetric key; tell its publisher at once, because that key is compromised",
        ));
    }
    Ok(())
}

fn text<'k>(key: &'k Object<'_>, name: &str) -> Option<&'k str> {
    key.get(name).and_then(Value::as_str)
}

/// The key of one JWK (RFC 7517 §4), if its type and declared use match the scheme.
///
/// # Errors
/// [`Code::KeySetContainsSecret`], [`Code::KeyUnsuitable`], [`Code::KeyMalformed`],
/// [`Code::KeySizeUnsupported`].
pub fn public_key_from_jwk(key: &Object<'_>, scheme: Scheme) -> Result<PublicKey, Error> {
    if text(key, "kty") == Some("oct") || SECRETS.iter().any(|name| key.get(name).is_some()) {
        return Err(Error::new(
            Code::KeySetContainsSecret,
            "the JWK is a private or symmetric key; give the public key",
        ));
    }
    if !fits(key, scheme) {
        return Err(Error::new(
            Code::KeyUnsuitable,
            text![
                "kty, crv, use, key_ops or alg of the key does not match ",
                scheme.as_str()
            ],
        ));
    }
    public_key(key, scheme.key_type())
}

/// The `alg` of keys for a scheme (RFC 7518 §3.1). The other schemes have none.
const fn registered(scheme: Scheme) -> Option<&'static str> {
    match scheme {
        Scheme::RsaPkcs1Sha256 => Some("RS256"),
        Scheme::RsaPkcs1Sha384 => Some("RS384"),
        Scheme::RsaPkcs1Sha512 => Some("RS512"),
        Scheme::RsaPssSha256 => Some("PS256"),
        Scheme::RsaPssSha384 => Some("PS384"),
        Scheme::RsaPssSha512 => Some("PS512"),
        Scheme::EcdsaP256Sha256 => Some("ES256"),
        Scheme::EcdsaP384Sha384 => Some("ES384"),
        Scheme::RsaPkcs1Sha1 | Scheme::RsaPkcs1Bare => None,
    }
}

/// Whether the type and the declared use of the key match the scheme (RFC 7517 §4.1 to §4.4).
#[cfg_attr(feature = "id-token", inline(always))]
fn fits(key: &Object<'_>, scheme: Scheme) -> bool {
    let of_type = match scheme.key_type() {
        KeyType::Rsa => text(key, "kty") == Some("RSA"),
        KeyType::P256 => text(key, "kty") == Some("EC") && text(key, "crv") == Some("P-256"),
        KeyType::P384 => text(key, "kty") == Some("EC") && text(key, "crv") == Some("P-384"),
    };
    let for_signatures = key.get("use").is_none_or(|value| value.as_str() == Some("sig"));
    let to_verify = key.get("key_ops").is_none_or(|value| {
        let operations = value.as_array().unwrap_or_default();
        operations
            .iter()
            .any(|operation| operation.as_str() == Some("verify"))
    });
    let by_algorithm = key
        .get("alg")
        .is_none_or(|value| value.as_str().is_some_and(|alg| registered(scheme) == Some(alg)));
    of_type && for_signatures && to_verify && by_algorithm
}

/// The parameters of the key (RFC 7518 §6.2.1 and §6.3.1).
#[cfg_attr(feature = "id-token", inline(always))]
fn public_key(key: &Object<'_>, kind: KeyType) -> Result<PublicKey, Error> {
    let number = |name| {
        text(key, name)
            .and_then(|text| base64url::decode(text.as_bytes()))
            .ok_or_else(|| {
                Error::new(
                    Code::KeyMalformed,
                    "a parameter of the key is missing or not canonical base64url",
                )
            })
    };
    let point = |length| {
        let (x, y) = (number("x")?, number("y")?);
        if x.len() != length || y.len() != length {
            return Err(Error::new(
                Code::KeyMalformed,
                "a coordinate of the key does not have the length that its curve requires",
            ));
        }
        Ok([&[0x04], x.as_slice(), y.as_slice()].concat())
    };
    match kind {
        KeyType::Rsa => PublicKey::rsa(&number("n")?, &number("e")?),
        KeyType::P256 => PublicKey::ec_p256(&point(32)?),
        KeyType::P384 => PublicKey::ec_p384(&point(48)?),
    }
}

//! Signatures: RSA (PKCS #1 v1.5 with and without DigestInfo, PSS) and ECDSA (P-256, P-384).
//!
//! There is one function, [`verify`], and one table, [`Scheme`]. You choose the scheme; neither the key nor
//! the signature does. The module `arithmetic` has all arithmetic, and can be exchanged on its own.
//! Verification uses public data only and no randomness.

mod arithmetic;
mod encoding;
mod hash;
mod hash_state;
mod key;
mod scheme;
mod spki;

pub use hash::Hash;
pub use hash_state::HashState;
pub use key::{KeyType, PublicKey};
pub use scheme::{EcdsaForm, Message, Scheme};
pub(crate) use spki::{Spki, key_bits};

use crate::code::Code;
use crate::error::Error;
use key::Inner;
use scheme::Method;

/// Verifies one signature.
///
/// `form` is the form of an ECDSA signature. It is ignored for RSA.
///
/// # Errors
/// - [`Code::KeyUnsuitable`]: the key type does not match the scheme.
/// - [`Code::OptionsInvalid`]: the length of a given digest does not match the hash of the scheme.
/// - [`Code::SignatureMismatch`]: any other failure. The error does not reveal whether the padding or the
///   digest is wrong.
#[cfg_attr(feature = "id-token", inline(always))]
pub fn verify(
    scheme: Scheme,
    key: &PublicKey,
    message: Message<'_>,
    signature: &[u8],
    form: EcdsaForm,
) -> Result<(), Error> {
    if key.key_type() != scheme.key_type() {
        return Err(Error::new(
            Code::KeyUnsuitable,
            "the key type does not match the signature scheme",
        ));
    }
    let hash = scheme.hash();
    let digest = match message {
        Message::Data(data) => hash.digest(data),
        Message::Digest(digest) if digest.len() == hash.length() => digest.to_vec(),
        Message::Digest(_) => {
            return Err(Error::new(
                Code::OptionsInvalid,
                "the length of the digest does not match the hash of the signature scheme",
            ));
        }
    };
    let holds = match (&key.0, scheme.method()) {
        (Inner::Rsa(rsa, _), Method::Pkcs1 { prefix }) => rsa
            .public_operation(signature)
            .is_some_and(|block| encoding::is_pkcs1_v1_5(&block, prefix, &digest)),
        (Inner::Rsa(rsa, _), Method::Pss) => rsa
            .public_operation(signature)
            .is_some_and(|block| encoding::is_pss(&block, rsa.bits(), hash, &digest)),
        (Inner::P256(point), Method::Ecdsa) => {
            raw_ecdsa::<64>(signature, form).is_some_and(|raw| point.verify(&digest, &raw))
        }
        (Inner::P384(point), Method::Ecdsa) => {
            raw_ecdsa::<96>(signature, form).is_some_and(|raw| point.verify(&digest, &raw))
        }
        _ => false,
    };
    if holds {
        Ok(())
    } else {
        Err(Error::new(
            Code::SignatureMismatch,
            "the signature does not match this key and this data",
        ))
    }
}

/// The signature as r‖s, each half as long as the field of the curve.
fn raw_ecdsa<const LENGTH: usize>(signature: &[u8], form: EcdsaForm) -> Option<[u8; LENGTH]> {
    match form {
        EcdsaForm::Raw => signature.try_into().ok(),
        EcdsaForm::Der => encoding::ecdsa_from_der(signature),
    }
}

//! The hash and the scheme of a signer's algorithm identifiers (RFC 3370, RFC 4056, RFC 5753, RFC 5754).

use super::attributes::AlgorithmProtection;
use super::message::SignerInfo;
use super::oids;
use crate::code::Code;
use crate::der;
use crate::error::Error;
use crate::signature::{Hash, Scheme};
use crate::text::text;
use crate::x509::Algorithm;

const NULL: &[u8] = &[der::NULL, 0];

/// Absent and NULL parameters are equivalent for algorithms without parameters (RFC 5754 §2).
fn has_no_parameters(algorithm: &Algorithm<'_>) -> bool {
    algorithm.parameters.is_empty() || algorithm.parameters == NULL
}

/// The hash of a digestAlgorithm.
///
/// # Errors
/// [`Code::AlgorithmUnsupported`]; [`Code::AlgorithmNotAllowed`] for SHA-1 without `allow_sha1`.
pub(crate) fn hash(algorithm: &Algorithm<'_>, allow_sha1: bool) -> Result<Hash, Error> {
    let hash = match Hash::from_oid(algorithm.oid) {
        Some(Hash::Sha1) if !allow_sha1 => {
            return Err(Error::new(
                Code::AlgorithmNotAllowed,
                "signed with SHA-1, which is not accepted by default",
            ));
        }
        Some(hash) => hash,
        None => {
            return Err(unsupported(text![
                "the digest algorithm ",
                algorithm.oid,
                " is not supported"
            ]));
        }
    };
    if has_no_parameters(algorithm) {
        Ok(hash)
    } else {
        Err(unsupported(
            "the parameters of the digest algorithm are neither absent nor NULL",
        ))
    }
}

/// The scheme of a signatureAlgorithm with a digestAlgorithm of `hash`.
///
/// # Errors
/// [`Code::AlgorithmUnsupported`], [`Code::AlgorithmNotAllowed`]; [`Code::AlgorithmInconsistent`] if the
/// signature algorithm has another hash.
pub(crate) fn scheme(algorithm: &Algorithm<'_>, hash: Hash, allow_sha1: bool) -> Result<Scheme, Error> {
    let scheme = if algorithm.oid == oids::RSA_ENCRYPTION && has_no_parameters(algorithm) {
        // RFC 3370 §3.2: the hash is that of the digestAlgorithm.
        match hash {
            Hash::Sha1 => Scheme::RsaPkcs1Sha1,
            Hash::Sha256 => Scheme::RsaPkcs1Sha256,
            Hash::Sha384 => Scheme::RsaPkcs1Sha384,
            Hash::Sha512 => Scheme::RsaPkcs1Sha512,
        }
    } else {
        algorithm.scheme(allow_sha1)?
    };
    if scheme.hash() == hash {
        Ok(scheme)
    } else {
        Err(Error::new(
            Code::AlgorithmInconsistent,
            "the hash of the signature algorithm differs from the digest algorithm",
        ))
    }
}

/// Whether cmsAlgorithmProtection matches the signer's algorithms (RFC 6211 §3), in any encoding.
pub(crate) fn is_protected(
    signer: &SignerInfo<'_>,
    protection: &AlgorithmProtection<'_>,
    allow_sha1: bool,
) -> bool {
    let meaning = |digest, signature| {
        let hash = hash(digest, allow_sha1).ok()?;
        scheme(signature, hash, allow_sha1).ok()
    };
    let meant = meaning(&signer.digest_algorithm, &signer.signature_algorithm);
    meant.is_some() && meant == meaning(&protection.digest, &protection.signature)
}

fn unsupported(message: impl Into<alloc::borrow::Cow<'static, str>>) -> Error {
    Error::new(Code::AlgorithmUnsupported, message)
}

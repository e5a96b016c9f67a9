//! The attributes that name the certificate of the signer (RFC 2634 §5.4, RFC 5035 §5.4).

use alloc::vec::Vec;

use crate::code::Code;
use crate::der::{self, Malformed, Oid, Reader};
use crate::error::Error;
use crate::signature::Hash;
use crate::text::text;
use crate::x509::{Algorithm, Certificate, GeneralName, GeneralNames, same_name, spend};

/// The maximum number of certificates in one attribute.
const MAX_CERTIFICATES: usize = 16;

/// signing-certificate or signing-certificate-v2.
#[derive(Clone)]
pub(crate) struct SigningCertificate<'a> {
    /// At least one. The first names the signer's certificate; further ones restrict the certificates of its
    /// path.
    ids: Vec<CertificateId<'a>>,
}

/// ESSCertID or ESSCertIDv2.
#[derive(Clone)]
struct CertificateId<'a> {
    /// The object identifier, if the hash is not supported.
    hash: Result<Hash, Oid<'a>>,
    digest: &'a [u8],
    issuer_and_serial: Option<(GeneralNames<'a>, &'a [u8])>,
}

impl<'a> SigningCertificate<'a> {
    /// SigningCertificate, with SHA-1.
    pub(super) fn version_1(reader: &mut Reader<'a>) -> der::Result<Self> {
        Self::read(reader, |_| Ok(Ok(Hash::Sha1)))
    }

    /// SigningCertificateV2, with the hash of each identifier, or SHA-256.
    pub(super) fn version_2(reader: &mut Reader<'a>) -> der::Result<Self> {
        Self::read(reader, |id| match id.peek() {
            Some(der::SEQUENCE) => Algorithm::read(id).map(|algorithm| hash_of(&algorithm)),
            _ => Ok(Ok(Hash::Sha256)),
        })
    }

    fn read(
        reader: &mut Reader<'a>,
        hash: impl Fn(&mut Reader<'a>) -> der::Result<Result<Hash, Oid<'a>>>,
    ) -> der::Result<Self> {
        let mut fields = reader.sequence()?;
        let mut list = fields.sequence()?;
        // The policies are not used.
        fields.optional(der::SEQUENCE)?;
        fields.finish()?;
        let mut ids = Vec::new();
        while !list.is_empty() {
            if ids.len() == MAX_CERTIFICATES {
                return Err(Malformed("too many certificates"));
            }
            let mut id = list.sequence()?;
            let hash = hash(&mut id)?;
            let digest = id.contents(der::OCTET_STRING)?;
            let issuer_and_serial = match id.is_empty() {
                true => None,
                false => {
                    let mut pair = id.sequence()?;
                    let names = GeneralNames::from_contents(pair.contents(der::SEQUENCE)?)?;
                    let serial = pair.integer()?;
                    pair.finish()?;
                    Some((names, serial))
                }
            };
            id.finish()?;
            ids.push(CertificateId {
                hash,
                digest,
                issuer_and_serial,
            });
        }
        if ids.is_empty() {
            return Err(Malformed("no certificates"));
        }
        Ok(Self { ids })
    }

    /// Whether the first identifier names this certificate; returns its hash. The cost is subtracted from
    /// `comparisons`.
    pub(crate) fn check(&self, certificate: &Certificate<'_>, comparisons: &mut u32) -> Result<Hash, Error> {
        let Some(id) = self.ids.first() else {
            return Err(mismatch());
        };
        let hash = id.hash.map_err(|oid| {
            Error::new(
                Code::AlgorithmUnsupported,
                text![
                    "the signing-certificate attribute uses the hash ",
                    oid,
                    ", which is not supported"
                ],
            )
        })?;
        if let Some((names, serial)) = &id.issuer_and_serial
            && !(*serial == certificate.serial() && is_issuer(names, certificate, comparisons)?)
        {
            return Err(mismatch());
        }
        if digest(hash, certificate.as_der(), comparisons)? == id.digest {
            Ok(hash)
        } else {
            Err(mismatch())
        }
    }

    /// Whether a path may contain only certificates named here (RFC 5035 §5.4.1).
    pub(crate) fn limits_paths(&self) -> bool {
        self.ids.len() > 1
    }

    /// Whether one of the identifiers names the certificate. It is hashed once for each hash algorithm, at a
    /// cost.
    pub(crate) fn names(&self, der: &[u8], comparisons: &mut u32) -> Result<bool, Error> {
        let mut digests: Vec<(Hash, Vec<u8>)> = Vec::new();
        for id in &self.ids {
            let Ok(hash) = id.hash else {
                continue;
            };
            if !digests.iter().any(|(of, _)| *of == hash) {
                digests.push((hash, digest(hash, der, comparisons)?));
            }
            if digests.iter().any(|(of, made)| *of == hash && made == id.digest) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The first hash in the identifiers that is not supported.
    pub(crate) fn unsupported(&self) -> Option<Oid<'a>> {
        self.ids.iter().find_map(|id| id.hash.err())
    }

    /// The hash in the identifier of the signer's certificate, if it is supported.
    pub(crate) fn hash(&self) -> Option<Hash> {
        self.ids.first().and_then(|id| id.hash.ok())
    }
}

/// Hashing costs as much as comparing the same number of bytes.
fn digest(hash: Hash, der: &[u8], comparisons: &mut u32) -> Result<Vec<u8>, Error> {
    spend(comparisons, der.len())?;
    Ok(hash.digest(der))
}

/// Whether the name of the issuer is the only name (RFC 5035 §4).
fn is_issuer(
    names: &GeneralNames<'_>,
    certificate: &Certificate<'_>,
    comparisons: &mut u32,
) -> Result<bool, Error> {
    let mut names = names.iter();
    match (names.next(), names.next()) {
        (Some(GeneralName::Directory(name)), None) => same_name(comparisons, &name, certificate.issuer()),
        _ => Ok(false),
    }
}

fn mismatch() -> Error {
    Error::new(
        Code::SigningCertificateMismatch,
        "the signing-certificate attribute names a different certificate than the signer identifier; the certificate was replaced",
    )
}

fn hash_of<'a>(algorithm: &Algorithm<'a>) -> Result<Hash, Oid<'a>> {
    Hash::from_oid(algorithm.oid).ok_or(algorithm.oid)
}

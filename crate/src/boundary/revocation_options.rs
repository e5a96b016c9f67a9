//! Reads revocation evidence and its requirements from the options.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::input::{CRL, Input, OCSP_RESPONSE};
use super::members::{Members, of_another_type, set};
use crate::error::Error;
use crate::json::Value;
use crate::signature::Hash;
use crate::x509::{KnownDigest, Requirement, RevocationOptions};

/// The hash functions of known digests, which their lengths tell apart.
const HASHES: [Hash; 3] = [Hash::Sha256, Hash::Sha384, Hash::Sha512];

const REQUIREMENTS: &[(&str, Requirement)] = &[
    ("nothing", Requirement::Nothing),
    ("certificate", Requirement::Certificate),
    ("path", Requirement::Path),
];

/// A [`KnownDigest`] with the bytes of the digest.
type Digest<'a> = (&'a [u8], Hash, Vec<u8>);

/// The parsed `revocation`.
pub(super) struct RevocationInput<'a> {
    crls: Vec<Cow<'a, [u8]>>,
    responses: Vec<Cow<'a, [u8]>>,
    digests: Vec<Digest<'a>>,
    pub(super) nonce: Option<&'a [u8]>,
    /// Whether to report the missing evidence.
    pub(super) ask: bool,
    settings: RevocationOptions<'static>,
}

impl<'a> RevocationInput<'a> {
    pub(super) fn read(members: &Members<'_, '_>, input: &Input<'a>) -> Result<Self, Error> {
        let mut read = Self {
            crls: Vec::new(),
            responses: Vec::new(),
            digests: Vec::new(),
            nonce: None,
            ask: false,
            settings: RevocationOptions::default(),
        };
        let Some(given) = members.object("revocation")? else {
            return Ok(read);
        };
        read.crls = input.documents(&given, "crls", CRL)?.unwrap_or_default();
        read.responses = input
            .documents(&given, "ocspResponses", OCSP_RESPONSE)?
            .unwrap_or_default();
        if let Some(list) = given.get("digests") {
            read.digests = digests(list, input, read.crls.len())?;
        }
        read.nonce = input.bytes(&given, "ocspNonce")?;
        read.ask = given.flag("ask")?.unwrap_or(false);
        let settings = &mut read.settings;
        settings.require = given.word("require", REQUIREMENTS)?.unwrap_or_default();
        set(&mut settings.report_only, given.flag("reportOnly")?);
        if let Some(tolerance) = given.integer("clockTolerance")? {
            settings.clock_tolerance = tolerance.into();
        }
        settings.crl_max_age = given.integer("crlMaxAge")?.map(Into::into);
        settings.ocsp_max_age = given.integer("ocspMaxAge")?.map(Into::into);
        given.refuse_others()?;
        Ok(read)
    }

    /// The evidence as slices, which [`RevocationInput::options`] borrows.
    pub(super) fn slices(&self) -> (Vec<&[u8]>, Vec<&[u8]>) {
        (slices(&self.crls), slices(&self.responses))
    }

    /// The digests, which [`RevocationInput::options`] borrows.
    pub(super) fn digests(&self) -> Vec<KnownDigest<'_>> {
        let each = self.digests.iter();
        each.map(|(data, hash, digest)| KnownDigest {
            data,
            hash: *hash,
            digest,
        })
        .collect()
    }

    /// The settings, without the evidence.
    pub(super) fn settings(&self) -> RevocationOptions<'_> {
        RevocationOptions {
            ocsp_nonce: self.nonce,
            ..self.settings
        }
    }
}

/// `[data, digest]` for long CRLs, where `data` is the place of the tbsCertList, and the digest a text in hexadecimal.
/// JavaScript computes them with the platform; they are no option of its functions.
fn digests<'a>(list: &Value<'_>, input: &Input<'a>, most: usize) -> Result<Vec<Digest<'a>>, Error> {
    const NAME: &str = "digests";
    let list = list.as_array().filter(|list| list.len() <= most);
    let list = list.ok_or_else(|| of_another_type(NAME, "at most one for each CRL"))?;
    let each = list.iter().map(|pair| {
        let Some([data, Value::String(digest)]) = pair.as_array() else {
            return Err(of_another_type(NAME, "pairs"));
        };
        let digest = from_hex(digest).unwrap_or_default();
        let hash = HASHES.iter().find(|hash| hash.length() == digest.len());
        let hash = *hash.ok_or_else(|| of_another_type(NAME, "digests"))?;
        Ok((input.slice(data, NAME)?, hash, digest))
    });
    each.collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? << 4 | digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}

pub(super) fn slices<'s>(documents: &'s [Cow<'_, [u8]>]) -> Vec<&'s [u8]> {
    documents.iter().map(AsRef::as_ref).collect()
}

//! The format of signed packages, version 1.

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};
use core::fmt;

use super::fields::{Fields, malformed};
use crate::code::Code;
use crate::error::Error;
use crate::json::{self, Value};
use crate::report::Report;
use crate::signature::{EcdsaForm, Hash, Scheme};

/// The maximum number of CRLs and OCSP responses together.
pub const MAX_EVIDENCE: usize = 8;
/// The maximum number of timestamps.
pub const MAX_TIMESTAMPS: usize = 4;
/// The maximum length of a document's name in characters.
pub const MAX_NAME: usize = 1_000;
/// The maximum length of the other texts in characters.
pub const MAX_TEXT: usize = 4_000;
/// The maximum number of steps in the report of the maker.
pub const MAX_STEPS: usize = 1_000;

/// The step of reading, and its specification.
pub(super) const STEP: (&str, &str) = ("package", "honnin signed package, version 1");

const FORMAT: &str = "honnin-signed-package";
const VERSION: &str = "1";

/// The maximum length of a certificate, and of a signature (RSA with 8192 bits), in bytes.
const MAX_CERTIFICATE: usize = 65_536;
const MAX_SIGNATURE: usize = 1_024;

/// Limits the number of values. A package may be as large as its evidence, and could otherwise contain one
/// value for each byte.
const MAX_COMMAS: usize = 65_536;

const MEMBERS: &[&str] = &[
    "format",
    "version",
    "document",
    "digest",
    "signature",
    "certificate",
    "evidence",
    "timestamps",
    "claims",
];

const HASHES: &[(&str, Hash)] = &[
    ("sha256", Hash::Sha256),
    ("sha384", Hash::Sha384),
    ("sha512", Hash::Sha512),
];
const FORMS: &[(&str, Form)] = &[("bare", Form::Bare), ("digest-info", Form::DigestInfo)];
const ECDSA_FORMS: &[(&str, EcdsaForm)] = &[("der", EcdsaForm::Der), ("raw", EcdsaForm::Raw)];
const ENVIRONMENTS: &[(&str, ())] = &[("production", ()), ("test", ())];
const STATUSES: &[(&str, ())] = &[("passed", ()), ("failed", ()), ("skipped", ())];

/// The input of the card's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// The hash alone.
    Bare,
    /// A DigestInfo with the hash (RFC 8017 §9.2).
    DigestInfo,
}

/// The name of the document in the package. The signature does not cover it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedDocument {
    /// The name, unchanged: escape it wherever you show it.
    pub name: String,
    /// The media type.
    pub media_type: Option<String>,
    /// The length in bytes.
    pub size: Option<u64>,
}

/// A signed package. Nothing in it has been verified.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedPackage {
    /// The reference to the document.
    pub document: NamedDocument,
    /// The hash algorithm of the document's digest.
    pub hash: Hash,
    /// The digest of the document, as long as the hash requires.
    pub digest: Vec<u8>,
    /// The signature scheme.
    pub scheme: Scheme,
    /// The input of the card's signature.
    pub form: Form,
    /// The form of an ECDSA signature; `Some` for ECDSA only.
    pub ecdsa_form: Option<EcdsaForm>,
    /// The signature value.
    pub signature: Vec<u8>,
    /// The signer's certificate, in DER. Personal data.
    pub certificate: Vec<u8>,
    /// The evidence time, as Unix time in seconds; `Some` if there is evidence.
    pub evidence_time: Option<i64>,
    /// CRLs, in DER.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses, in DER.
    pub ocsp_responses: Vec<Vec<u8>>,
    /// TimeStampTokens (RFC 3161 §2.4.2) for the signature value, in DER.
    pub timestamps: Vec<Vec<u8>>,
    /// The time at which the maker claims to have made the package, as Unix time in seconds.
    pub claimed_time: i64,
}

impl fmt::Debug for SignedPackage {
    /// Omits the certificate and the name of the document, which are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedPackage")
            .field("scheme", &self.scheme)
            .field("evidence_time", &self.evidence_time)
            .finish_non_exhaustive()
    }
}

impl SignedPackage {
    /// Reads a package: strict JSON, exactly the members of the format, canonical base64, and all values
    /// within their limits. The length of the text is not limited here.
    ///
    /// # Errors
    /// - [`Code::PackageMalformed`]
    /// - [`Code::PackageVersionUnsupported`]
    /// - [`Code::AlgorithmUnsupported`]: unknown signature scheme
    pub fn read(text: &[u8]) -> Result<Self, Error> {
        Self::parse(text).map_err(|error| Report::default().failed(STEP.0, STEP.1, error))
    }

    fn parse(text: &[u8]) -> Result<Self, Error> {
        if text.iter().filter(|byte| **byte == b',').count() > MAX_COMMAS {
            return Err(malformed("it has more values than the format allows"));
        }
        let value = json::parse(text).map_err(|error| malformed(error.message()))?;
        let object = value
            .as_object()
            .ok_or_else(|| malformed("it is not a JSON object"))?;
        if object.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(malformed("its format is not honnin-signed-package"));
        }
        match object.get("version") {
            Some(Value::Number(VERSION)) => {}
            Some(Value::Number(_)) => {
                return Err(Error::new(
                    Code::PackageVersionUnsupported,
                    "the version of the signed package is not supported; use a newer version of honnin",
                ));
            }
            _ => return Err(malformed("its version is missing or not a number")),
        }
        Self::version_1(&Fields::of(&value, "the package", MEMBERS)?)
    }

    fn version_1(fields: &Fields<'_, '_>) -> Result<Self, Error> {
        let document = fields.object("document", &["name", "mediaType", "size"])?;
        let digest = fields.object("digest", &["algorithm", "value"])?;
        let signature = fields.object("signature", &["scheme", "form", "ecdsaForm", "value"])?;
        let evidence = fields.object("evidence", &["time", "crls", "ocspResponses"])?;
        let package = Self {
            document: NamedDocument {
                name: document.text("name", MAX_NAME)?.to_owned(),
                media_type: document.text_if_there("mediaType", MAX_TEXT)?.map(str::to_owned),
                size: document.number_if_there("size")?,
            },
            hash: digest.word("algorithm", HASHES)?,
            digest: digest.bytes("value", MAX_SIGNATURE)?,
            scheme: signature.text("scheme", MAX_TEXT)?.parse()?,
            form: signature.word("form", FORMS)?,
            ecdsa_form: signature.word_if_there("ecdsaForm", ECDSA_FORMS)?,
            signature: signature.bytes("value", MAX_SIGNATURE)?,
            certificate: fields.bytes("certificate", MAX_CERTIFICATE)?,
            evidence_time: evidence.seconds_or_null("time")?,
            crls: evidence.list_of_bytes("crls", MAX_EVIDENCE)?,
            ocsp_responses: evidence.list_of_bytes("ocspResponses", MAX_EVIDENCE)?,
            timestamps: fields.list_of_bytes("timestamps", MAX_TIMESTAMPS)?,
            claimed_time: claims(fields)?,
        };
        if package.digest.len() != package.hash.length() {
            return Err(digest.wrong("value", "not of the length that its algorithm requires"));
        }
        let pieces = package.crls.len() + package.ocsp_responses.len();
        if pieces > MAX_EVIDENCE {
            return Err(malformed("it has too many CRLs and OCSP responses"));
        }
        if (pieces == 0) != package.evidence_time.is_none() {
            return Err(evidence.wrong("time", "set without evidence, or null although there is evidence"));
        }
        Ok(package)
    }
}

/// The claims of the maker, for people to read. Only their form is checked. Returns the time of creation.
fn claims(fields: &Fields<'_, '_>) -> Result<i64, Error> {
    let members = ["createdAt", "profile", "environment", "transaction", "report"];
    let claims = fields.object("claims", &members)?;
    claims.text_or_null("profile", MAX_TEXT)?;
    if claims.text_or_null("environment", MAX_TEXT)?.is_some() {
        claims.word("environment", ENVIRONMENTS)?;
    }
    claims.text_if_there("transaction", MAX_TEXT)?;
    let report = claims.object("report", &["steps"])?;
    for step in report.list("steps", MAX_STEPS)? {
        let step = Fields::of(step, "a step", &["id", "status", "reference", "detail"])?;
        for name in ["id", "reference", "detail"] {
            step.text(name, MAX_TEXT)?;
        }
        step.word("status", STATUSES)?;
    }
    claims.seconds("createdAt")
}

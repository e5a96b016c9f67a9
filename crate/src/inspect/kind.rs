//! The kind and the encoding of an input.

/// The kind of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A certificate (RFC 5280 §4).
    Certificate,
    /// A CRL (RFC 5280 §5).
    Crl,
    /// An OCSP response (RFC 6960 §4.2).
    OcspResponse,
    /// A CMS SignedData message (RFC 5652 §5).
    SignedData,
    /// A PDF file with signatures.
    SignedPdf,
    /// A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    PublicKey,
    /// A compact JWS (RFC 7515 §7.1), such as an ID token.
    Jws,
    /// A compact JWE (RFC 7516 §7.1).
    Jwe,
    /// A JWK (RFC 7517 §4).
    Jwk,
    /// A JWK Set (RFC 7517 §5).
    JwkSet,
}

impl Kind {
    /// The kind as documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Certificate => "certificate",
            Kind::Crl => "crl",
            Kind::OcspResponse => "ocsp-response",
            Kind::SignedData => "signed-data",
            Kind::SignedPdf => "signed-pdf",
            Kind::PublicKey => "public-key",
            Kind::Jws => "jws",
            Kind::Jwe => "jwe",
            Kind::Jwk => "jwk",
            Kind::JwkSet => "jwk-set",
        }
    }
}

/// The encoding of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// DER, or BER for CMS.
    Der,
    /// PEM (RFC 7468).
    Pem,
    /// base64 or base64url.
    Base64,
    /// Text: JSON or a compact token.
    Text,
    /// A file, such as PDF.
    File,
}

impl Encoding {
    /// The encoding as documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Encoding::Der => "der",
            Encoding::Pem => "pem",
            Encoding::Base64 => "base64",
            Encoding::Text => "text",
            Encoding::File => "file",
        }
    }
}

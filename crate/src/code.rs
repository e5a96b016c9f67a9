//! Stable error codes.

use alloc::string::String;
use core::fmt;

use crate::text::Piece;

macro_rules! codes {
    (
        tokens { $($(#[$token_doc:meta])* $token:ident = $token_text:literal,)* }
        others { $($(#[$doc:meta])* $name:ident = $text:literal,)* }
    ) => {
        /// What is wrong, as a stable name that is the same in Rust, in JavaScript and in the documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$token_doc])* $token,)* $($(#[$doc])* $name,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$token,)* $(Code::$name,)*];

            /// The code in kebab-case, as documented.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$token => $token_text,)*
                    // The small module verifies tokens alone.
                    #[cfg(feature = "id-token")]
                    _ => "",
                    $(#[cfg(not(feature = "id-token"))] Code::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    tokens {
        /// An option is missing, has the wrong type or contradicts another option.
        OptionsInvalid = "options-invalid",

        /// The token is not a compact JWS (three parts in canonical base64url, RFC 7515 §7.1), its header or
        /// claims are not objects, the header has no `alg`, or `typ` names another kind of token.
        TokenMalformed = "token-malformed",
        /// The token is larger than the limit.
        TokenTooLarge = "token-too-large",
        /// The token contains JSON that violates RFC 8259 or I-JSON (RFC 7493), or is nested too deeply. Options
        /// and JWK Sets have codes of their own.
        JsonMalformed = "json-malformed",
        /// A JSON object has two members with the same name (RFC 7515 §4, RFC 7519 §4).
        JsonDuplicateMember = "json-duplicate-member",
        /// The header has `crit` or `b64`, which are not supported (RFC 7515 §4.1.11, RFC 7797).
        CriticalHeaderUnsupported = "critical-header-unsupported",
        /// `alg` in the header is not one of the allowed algorithms.
        AlgorithmNotAllowed = "algorithm-not-allowed",
        /// The algorithm is not supported.
        AlgorithmUnsupported = "algorithm-unsupported",

        /// Not a JWK Set (RFC 7517 §5), not strict JSON, or larger than the limits.
        KeySetMalformed = "key-set-malformed",
        /// The JWK Set contains a private or symmetric key, which must never be published.
        KeySetContainsSecret = "key-set-contains-secret",
        /// No key in the JWK Set has the token's `kid`, or the token has no `kid` and no key is suitable.
        KeyNotFound = "key-not-found",
        /// Several keys match.
        KeyAmbiguous = "key-ambiguous",
        /// The type, curve, `use`, `key_ops` or `alg` of the key does not match the algorithm.
        KeyUnsuitable = "key-unsuitable",
        /// The values of the key do not form a valid key: a point off the curve, zero, or a wrong length.
        KeyMalformed = "key-malformed",
        /// The RSA modulus or exponent is outside the limits (a modulus of 2048 to 8192 bits; an odd exponent
        /// from 3 to 2³²).
        KeySizeUnsupported = "key-size-unsupported",
        /// The signature does not match this key and this data.
        SignatureMismatch = "signature-mismatch",

        /// A required claim is missing.
        ClaimMissing = "claim-missing",
        /// A claim has the wrong type or is out of range.
        ClaimMalformed = "claim-malformed",
        /// `iss` does not match the expected issuer.
        IssuerMismatch = "issuer-mismatch",
        /// `aud` does not contain the client ID, or contains other audiences that are not trusted.
        AudienceMismatch = "audience-mismatch",
        /// `azp` is not the client ID, or is missing although there are several audiences.
        AuthorizedPartyMismatch = "authorized-party-mismatch",
        /// `exp` has passed.
        TokenExpired = "token-expired",
        /// `nbf` is in the future.
        TokenNotYetValid = "token-not-yet-valid",
        /// `iat` is in the future.
        TokenIssuedInFuture = "token-issued-in-future",
        /// `iat` is older than the maximum age.
        TokenTooOld = "token-too-old",
        /// `nonce` does not match the authorization request.
        NonceMismatch = "nonce-mismatch",
        /// `at_hash` does not match the access token.
        AccessTokenHashMismatch = "access-token-hash-mismatch",
        /// `auth_time` is older than `max_age` allows.
        AuthenticationTooOld = "authentication-too-old",
        /// `acr` is not one of the accepted values.
        AcrMismatch = "acr-mismatch",
    }
    others {
        /// Not a DER-encoded certificate (RFC 5280 §4).
        CertificateMalformed = "certificate-malformed",
        /// `notAfter` of a certificate in the path has passed.
        CertificateExpired = "certificate-expired",
        /// `notBefore` of a certificate in the path is in the future.
        CertificateNotYetValid = "certificate-not-yet-valid",
        /// The signature of a certificate does not match the key of its issuer.
        CertificateSignatureMismatch = "certificate-signature-mismatch",
        /// No trust anchor or intermediate certificate issued the certificate.
        IssuerNotFound = "issuer-not-found",
        /// The certificate of an issuer is not a CA certificate (RFC 5280 §6.1.4 (k)).
        BasicConstraintsViolated = "basic-constraints-violated",
        /// More CA certificates follow a CA certificate than its pathLenConstraint allows.
        PathLengthExceeded = "path-length-exceeded",
        /// keyUsage does not allow the use of the key.
        KeyUsageMissing = "key-usage-missing",
        /// extKeyUsage does not allow the purpose.
        ExtendedKeyUsageMissing = "extended-key-usage-missing",
        /// A name violates the name constraints of a CA certificate (RFC 5280 §4.2.1.10).
        NameConstraintsViolated = "name-constraints-violated",
        /// The path is not valid under any acceptable policy.
        PolicyNotAcceptable = "policy-not-acceptable",
        /// A policy mapping from or to anyPolicy (RFC 5280 §6.1.4 (a)).
        PolicyMappingInvalid = "policy-mapping-invalid",
        /// The path has more policies and policy mappings than the limit.
        PolicyBudgetExhausted = "policy-budget-exhausted",
        /// A critical extension is not supported.
        ExtensionUnsupported = "extension-unsupported",
        /// Path building reached its limit on candidates, signature checks or comparisons.
        PathBudgetExhausted = "path-budget-exhausted",
        /// A certificate in the path is revoked.
        CertificateRevoked = "certificate-revoked",
        /// The revocation status of a certificate is required but unknown.
        RevocationUnknown = "revocation-unknown",
        /// Not a DER-encoded CRL (RFC 5280 §5).
        CrlMalformed = "crl-malformed",
        /// The CRL is outdated: `nextUpdate` has passed or is missing, or the CRL is older than the maximum age.
        CrlExpired = "crl-expired",
        /// `thisUpdate` of the CRL is in the future.
        CrlNotYetValid = "crl-not-yet-valid",
        /// The signature of the CRL does not match the key of its issuer.
        CrlSignatureMismatch = "crl-signature-mismatch",
        /// There is no valid path to the certificate of the CRL issuer.
        CrlIssuerNotFound = "crl-issuer-not-found",
        /// A critical extension of the CRL is not supported.
        CrlExtensionUnsupported = "crl-extension-unsupported",
        /// The CRLs do not cover the certificate: they are for another distribution point, for another kind of
        /// certificate, or for some revocation reasons only.
        CrlScopeMismatch = "crl-scope-mismatch",
        /// Not a DER-encoded OCSP response (RFC 6960 §4.2).
        OcspMalformed = "ocsp-malformed",
        /// The OCSP responder returned an error.
        OcspUnsuccessful = "ocsp-unsuccessful",
        /// The OCSP response does not cover the certificate.
        OcspCertificateMismatch = "ocsp-certificate-mismatch",
        /// The OCSP response is outdated: `nextUpdate` has passed, it is older than the maximum age, or it has no
        /// `nextUpdate` and no maximum age is set.
        OcspExpired = "ocsp-expired",
        /// `thisUpdate` of the OCSP response is in the future.
        OcspNotYetValid = "ocsp-not-yet-valid",
        /// The nonce in the OCSP response is missing or does not match the request.
        OcspNonceMismatch = "ocsp-nonce-mismatch",
        /// The OCSP response is signed neither by the issuer nor by a responder that the issuer authorized.
        OcspResponderUnauthorized = "ocsp-responder-unauthorized",
        /// The signature of the OCSP response does not match the key of its responder.
        OcspSignatureMismatch = "ocsp-signature-mismatch",

        /// Not a CMS message (RFC 5652), in BER or DER.
        CmsMalformed = "cms-malformed",
        /// The CMS message is not SignedData (RFC 5652 §5).
        CmsTypeUnsupported = "cms-type-unsupported",
        /// The CMS message has too many signers, certificates or attributes.
        CmsLimitExceeded = "cms-limit-exceeded",
        /// The CMS message has no signer, only certificates.
        SignerMissing = "signer-missing",
        /// No certificate in the message or in the options matches the signer identifier.
        SignerCertificateNotFound = "signer-certificate-not-found",
        /// Several different certificates match the signer identifier.
        SignerCertificateAmbiguous = "signer-certificate-ambiguous",
        /// The signature is detached, and neither the content nor its digest with the signer's hash algorithm was
        /// given.
        ContentMissing = "content-missing",
        /// The given content differs from the content in the message.
        ContentMismatch = "content-mismatch",
        /// A signature without signed attributes covers a content that is itself a set of signed attributes, so
        /// the signature may come from another message.
        ContentAmbiguous = "content-ambiguous",
        /// The signed attributes are not DER, so it is unknown what was signed (RFC 5652 §5.4).
        SignedAttributesNotDer = "signed-attributes-not-der",
        /// The signed attribute contentType or messageDigest is missing, or there are no signed attributes
        /// although they are required.
        SignedAttributeMissing = "signed-attribute-missing",
        /// A signed attribute appears twice, or a single-valued signed attribute has several values.
        SignedAttributeDuplicate = "signed-attribute-duplicate",
        /// A signed attribute is malformed.
        SignedAttributeMalformed = "signed-attribute-malformed",
        /// A signed attribute names a different certificate than the signer's (RFC 5035 §5.4.1).
        SigningCertificateMismatch = "signing-certificate-mismatch",
        /// The contentType attribute does not match the content type of the message.
        ContentTypeMismatch = "content-type-mismatch",
        /// The content is not what was signed: its digest does not match messageDigest.
        MessageDigestMismatch = "message-digest-mismatch",
        /// The algorithms of one signer contradict each other.
        AlgorithmInconsistent = "algorithm-inconsistent",
        /// Not a PDF file with a signature, or a signed PDF of a form that cannot be verified.
        PdfMalformed = "pdf-malformed",
        /// /ByteRange does not cover the whole file except the signature.
        PdfCoverageIncomplete = "pdf-coverage-incomplete",

        /// The policy of the certificate is unknown; the message names it.
        PolicyUnsupported = "policy-unsupported",
        /// The certificate belongs to the other hierarchy: 署名用 where 利用者証明用 was requested, or the reverse.
        HierarchyMismatch = "hierarchy-mismatch",
        /// The certificate, the trust anchor and the environment do not match: a test card in production, or the
        /// reverse.
        EnvironmentMismatch = "environment-mismatch",
        /// The certificate differs from its profile: keyUsage, extKeyUsage, key, algorithm or criticality.
        ProfileMismatch = "profile-mismatch",
        /// No given trust anchor belongs to this hierarchy and these cards.
        AnchorMissing = "anchor-missing",
        /// The certificate has no data of its holder: it is not a signing certificate (署名用電子証明書).
        HolderMissing = "holder-missing",
        /// The holder's data is malformed.
        HolderMalformed = "holder-malformed",
        /// An entry appears twice in the holder's data.
        HolderDuplicateEntry = "holder-duplicate-entry",

        /// The input is not a certificate, CRL, OCSP response, CMS message, token or key in DER, PEM, base64 or
        /// JSON.
        FormatUnknown = "format-unknown",
        /// The input is larger than the limit, or larger than `inspect` accepts.
        InputTooLarge = "input-too-large",

        /// Not a signed package: strict JSON with exactly the members of the format and canonical base64.
        PackageMalformed = "package-malformed",
        /// The version of the signed package is not supported.
        PackageVersionUnsupported = "package-version-unsupported",
        /// The document is not the one that was signed: its digest differs.
        DocumentMismatch = "document-mismatch",
        /// The evidence time in a signed package is not the latest thisUpdate of its evidence.
        EvidenceTimeMismatch = "evidence-time-mismatch",
        /// The time of the revocation evidence is in the future.
        EvidenceInFuture = "evidence-in-future",
        /// Not a timestamp token (RFC 3161 §2.4.2).
        TimestampMalformed = "timestamp-malformed",
        /// The timestamp is for another signature: its messageImprint does not match.
        TimestampMismatch = "timestamp-mismatch",
        /// genTime of the timestamp is in the future.
        TimestampInFuture = "timestamp-in-future",
    }
}

impl Piece for Code {
    fn add_to(&self, text: &mut String) {
        self.as_str().add_to(text);
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

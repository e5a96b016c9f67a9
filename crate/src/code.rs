//! The stable codes of errors.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What was wrong: a stable name, the same in Rust, in JavaScript and in the documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is documented, in kebab-case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// An option is missing, of the wrong type, or contradicts another.
    OptionsInvalid = "options-invalid",

    /// Not a compact JWS (three parts of canonical base64url, RFC 7515 §7.1), its header or claims are not objects or the
    /// header lacks its `alg`, or `typ` says that it is another kind of token.
    TokenMalformed = "token-malformed",
    /// Larger than the caller allows.
    TokenTooLarge = "token-too-large",
    /// Not JSON as RFC 8259 and RFC 7493 (I-JSON) have it, or nested too deeply. (Of the token: options and key sets have
    /// their own codes.)
    JsonMalformed = "json-malformed",
    /// A JSON object has two members of one name (RFC 7515 §4, RFC 7519 §4).
    JsonDuplicateMember = "json-duplicate-member",
    /// The header has `crit` or `b64` (RFC 7515 §4.1.11, RFC 7797).
    CriticalHeaderUnsupported = "critical-header-unsupported",
    /// The header's algorithm is not one that the caller allows.
    AlgorithmNotAllowed = "algorithm-not-allowed",
    /// An algorithm that this verifier does not implement.
    AlgorithmUnsupported = "algorithm-unsupported",

    /// Not a JWK Set (RFC 7517 §5), not strict JSON, or larger than the bounds.
    KeySetMalformed = "key-set-malformed",
    /// The JWK Set holds a private or symmetric key, which must never be published.
    KeySetContainsSecret = "key-set-contains-secret",
    /// No key of the set has the token's `kid`; or the token has none and no key fits.
    KeyNotFound = "key-not-found",
    /// More than one key fits.
    KeyAmbiguous = "key-ambiguous",
    /// Type, curve, `use`, `key_ops` or `alg` of the key do not agree with the algorithm.
    KeyUnsuitable = "key-unsuitable",
    /// The key's numbers are not a key: off the curve, zero, of the wrong length.
    KeyMalformed = "key-malformed",
    /// An RSA modulus or exponent outside the bounds (2048 to 8192 bits; odd, 3 to 2³²).
    KeySizeUnsupported = "key-size-unsupported",
    /// The signature is not one of this key over these bytes.
    SignatureMismatch = "signature-mismatch",

    /// A claim that must be there is not.
    ClaimMissing = "claim-missing",
    /// A claim is of the wrong type or out of range.
    ClaimMalformed = "claim-malformed",
    /// `iss` is not the expected issuer.
    IssuerMismatch = "issuer-mismatch",
    /// `aud` does not name this client, or names others that are not trusted.
    AudienceMismatch = "audience-mismatch",
    /// `azp` is not this client, or is missing where several audiences ask for it.
    AuthorizedPartyMismatch = "authorized-party-mismatch",
    /// `exp` has passed.
    TokenExpired = "token-expired",
    /// `nbf` has not come yet.
    TokenNotYetValid = "token-not-yet-valid",
    /// `iat` lies in the future.
    TokenIssuedInFuture = "token-issued-in-future",
    /// `iat` is longer ago than the caller allows.
    TokenTooOld = "token-too-old",
    /// `nonce` is not that of the authorization request.
    NonceMismatch = "nonce-mismatch",
    /// `at_hash` is not the hash of the access token.
    AccessTokenHashMismatch = "access-token-hash-mismatch",
    /// `auth_time` is longer ago than `max_age` allows.
    AuthenticationTooOld = "authentication-too-old",
    /// `acr` is none of those asked for.
    AcrMismatch = "acr-mismatch",

    /// Not a certificate as RFC 5280 §4 has it, in DER.
    CertificateMalformed = "certificate-malformed",
    /// `notAfter` of a certificate of the path has passed.
    CertificateExpired = "certificate-expired",
    /// `notBefore` of a certificate of the path has not come yet.
    CertificateNotYetValid = "certificate-not-yet-valid",
    /// A certificate was not signed by the key of the issuer that it names.
    CertificateSignatureMismatch = "certificate-signature-mismatch",
    /// No trust anchor or intermediate issued the certificate.
    IssuerNotFound = "issuer-not-found",
    /// An issuer's certificate is not one of a certification authority (RFC 5280 §6.1.4 (k)).
    BasicConstraintsViolated = "basic-constraints-violated",
    /// More certificates follow an authority than its pathLenConstraint allows.
    PathLengthExceeded = "path-length-exceeded",
    /// keyUsage does not allow what the key was used, or is to be used, for.
    KeyUsageMissing = "key-usage-missing",
    /// extKeyUsage does not allow the purpose.
    ExtendedKeyUsageMissing = "extended-key-usage-missing",
    /// A name lies outside the subtrees that an authority was given (RFC 5280 §4.2.1.10).
    NameConstraintsViolated = "name-constraints-violated",
    /// The path is not valid under any of the acceptable policies.
    PolicyNotAcceptable = "policy-not-acceptable",
    /// A policy mapping from or to anyPolicy (RFC 5280 §6.1.4 (a)).
    PolicyMappingInvalid = "policy-mapping-invalid",
    /// The policies and mappings of the path exceed the bound.
    PolicyBudgetExhausted = "policy-budget-exhausted",
    /// A critical extension that this verifier does not know.
    ExtensionUnsupported = "extension-unsupported",
    /// Looking for a path cost more candidates, signature checks or comparisons than the budget allows.
    PathBudgetExhausted = "path-budget-exhausted",
    /// A certificate of the path has been revoked.
    CertificateRevoked = "certificate-revoked",
    /// Whether a certificate has been revoked is required and not known.
    RevocationUnknown = "revocation-unknown",
    /// Not a CRL as RFC 5280 §5 has it, in DER.
    CrlMalformed = "crl-malformed",
    /// `nextUpdate` of the CRL has passed, is missing, or the CRL is older than the caller allows.
    CrlExpired = "crl-expired",
    /// `thisUpdate` of the CRL has not come yet.
    CrlNotYetValid = "crl-not-yet-valid",
    /// The CRL was not signed by the key of the issuer that it names.
    CrlSignatureMismatch = "crl-signature-mismatch",
    /// No valid path leads to the certificate of the CRL's issuer.
    CrlIssuerNotFound = "crl-issuer-not-found",
    /// The CRL has a critical extension that this verifier does not know.
    CrlExtensionUnsupported = "crl-extension-unsupported",
    /// The CRLs do not cover the certificate: other distribution point, other kind of certificates, some reasons only.
    CrlScopeMismatch = "crl-scope-mismatch",
    /// Not an OCSP response as RFC 6960 §4.2 has it, in DER.
    OcspMalformed = "ocsp-malformed",
    /// The OCSP responder answered with an error.
    OcspUnsuccessful = "ocsp-unsuccessful",
    /// The OCSP response has no answer about the certificate.
    OcspCertificateMismatch = "ocsp-certificate-mismatch",
    /// `nextUpdate` of the OCSP answer has passed, or the answer is older than the caller allows.
    OcspExpired = "ocsp-expired",
    /// `thisUpdate` of the OCSP answer has not come yet.
    OcspNotYetValid = "ocsp-not-yet-valid",
    /// The OCSP response does not have the nonce of the request.
    OcspNonceMismatch = "ocsp-nonce-mismatch",
    /// The OCSP response was signed neither by the issuer nor by a responder that the issuer authorised.
    OcspResponderUnauthorized = "ocsp-responder-unauthorized",
    /// The OCSP response was not signed by the key of the responder that it names.
    OcspSignatureMismatch = "ocsp-signature-mismatch",

    /// Not a CMS message as RFC 5652 has it, in BER or DER.
    CmsMalformed = "cms-malformed",
    /// A CMS message, but not one of type SignedData (RFC 5652 §5).
    CmsTypeUnsupported = "cms-type-unsupported",
    /// More signers, certificates or attributes than the bounds allow.
    CmsLimitExceeded = "cms-limit-exceeded",
    /// The message has no signer; it carries certificates only.
    SignerMissing = "signer-missing",
    /// The certificate that the signer identifier names is neither in the message nor among the caller's.
    SignerCertificateNotFound = "signer-certificate-not-found",
    /// Several certificates are what the signer identifier names.
    SignerCertificateAmbiguous = "signer-certificate-ambiguous",
    /// The signature is detached, and neither the content nor its digest by the signer's hash was given.
    ContentMissing = "content-missing",
    /// The given content is not the one in the message.
    ContentMismatch = "content-mismatch",
    /// The content of a signature without attributes is itself a set of attributes: it may have been made from another one.
    ContentAmbiguous = "content-ambiguous",
    /// The signed attributes are not in DER, so that what was signed cannot be told (RFC 5652 §5.4).
    SignedAttributesNotDer = "signed-attributes-not-der",
    /// contentType or messageDigest is not among the signed attributes, or there are none where there must be.
    SignedAttributeMissing = "signed-attribute-missing",
    /// A signed attribute appears twice, or one of a single value has several.
    SignedAttributeDuplicate = "signed-attribute-duplicate",
    /// A signed attribute is not of its type.
    SignedAttributeMalformed = "signed-attribute-malformed",
    /// A signed attribute names another certificate than the signer's (RFC 5035 §5.4.1).
    SigningCertificateMismatch = "signing-certificate-mismatch",
    /// The signed content type is not that of the content.
    ContentTypeMismatch = "content-type-mismatch",
    /// The content is not what was signed: its digest is another.
    MessageDigestMismatch = "message-digest-mismatch",
    /// The algorithms that one signer names contradict each other.
    AlgorithmInconsistent = "algorithm-inconsistent",
    /// Not a PDF file with a signature, or one of a form that cannot be judged.
    PdfMalformed = "pdf-malformed",
    /// /ByteRange does not cover the whole file but the signature.
    PdfCoverageIncomplete = "pdf-coverage-incomplete",

    /// The certificate's policy is none of those known; the message names it.
    PolicyUnsupported = "policy-unsupported",
    /// The certificate is of the other hierarchy: 署名用 where 利用者証明用 is asked for, or the reverse.
    HierarchyMismatch = "hierarchy-mismatch",
    /// Certificate, anchor and environment do not belong together: a test card in production, or the reverse.
    EnvironmentMismatch = "environment-mismatch",
    /// The certificate differs from its profile: keyUsage, extKeyUsage, key, algorithm or criticality.
    ProfileMismatch = "profile-mismatch",
    /// None of the given anchors is of this hierarchy and environment.
    AnchorMissing = "anchor-missing",
    /// The certificate has no data of its holder: it is not a 署名用電子証明書.
    HolderMissing = "holder-missing",
    /// The holder's data are not in the form that they have to have.
    HolderMalformed = "holder-malformed",
    /// An entry of the holder's data appears twice.
    HolderDuplicateEntry = "holder-duplicate-entry",

    /// Nothing that this package knows: no certificate, CRL, OCSP response, CMS, token or key, in DER, PEM, base64 or JSON.
    FormatUnknown = "format-unknown",
    /// Larger than the caller allows, or larger than `inspect` accepts.
    InputTooLarge = "input-too-large",

    /// Not a signed package as its format has it: strict JSON with these members and no others, canonical base64.
    PackageMalformed = "package-malformed",
    /// A signed package of a version that this verifier does not know.
    PackageVersionUnsupported = "package-version-unsupported",
    /// The document is not the one that was signed: its digest is another.
    DocumentMismatch = "document-mismatch",
    /// The time that a signed package names is not that of its evidence of revocation.
    EvidenceTimeMismatch = "evidence-time-mismatch",
    /// The evidence of revocation is of a time that has not come yet.
    EvidenceInFuture = "evidence-in-future",
    /// Not a timestamp token as RFC 3161 §2.4.2 has it.
    TimestampMalformed = "timestamp-malformed",
    /// The timestamp is one of another signature: its message imprint is another.
    TimestampMismatch = "timestamp-mismatch",
    /// The time of the timestamp has not come yet.
    TimestampInFuture = "timestamp-in-future",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

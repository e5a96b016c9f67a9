//! The object identifiers of certificates, CRLs and OCSP.

use crate::der::Oid;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $bytes:expr;)*) => {
        $($(#[$doc])* pub const $name: Oid<'static> = Oid::new(&$bytes);)*
    };
}

oids! {
    /// subjectKeyIdentifier, 2.5.29.14.
    SUBJECT_KEY_IDENTIFIER = [0x55, 0x1d, 14];
    /// keyUsage, 2.5.29.15.
    KEY_USAGE = [0x55, 0x1d, 15];
    /// subjectAltName, 2.5.29.17.
    SUBJECT_ALT_NAME = [0x55, 0x1d, 17];
    /// issuerAltName, 2.5.29.18.
    ISSUER_ALT_NAME = [0x55, 0x1d, 18];
    /// basicConstraints, 2.5.29.19.
    BASIC_CONSTRAINTS = [0x55, 0x1d, 19];
    /// cRLNumber, 2.5.29.20.
    CRL_NUMBER = [0x55, 0x1d, 20];
    /// cRLReason, 2.5.29.21.
    CRL_REASON = [0x55, 0x1d, 21];
    /// invalidityDate, 2.5.29.24.
    INVALIDITY_DATE = [0x55, 0x1d, 24];
    /// deltaCRLIndicator, 2.5.29.27.
    DELTA_CRL_INDICATOR = [0x55, 0x1d, 27];
    /// issuingDistributionPoint, 2.5.29.28.
    ISSUING_DISTRIBUTION_POINT = [0x55, 0x1d, 28];
    /// certificateIssuer, 2.5.29.29.
    CERTIFICATE_ISSUER = [0x55, 0x1d, 29];
    /// nameConstraints, 2.5.29.30.
    NAME_CONSTRAINTS = [0x55, 0x1d, 30];
    /// cRLDistributionPoints, 2.5.29.31.
    CRL_DISTRIBUTION_POINTS = [0x55, 0x1d, 31];
    /// certificatePolicies, 2.5.29.32.
    CERTIFICATE_POLICIES = [0x55, 0x1d, 32];
    /// anyPolicy, 2.5.29.32.0.
    ANY_POLICY = [0x55, 0x1d, 32, 0];
    /// policyMappings, 2.5.29.33.
    POLICY_MAPPINGS = [0x55, 0x1d, 33];
    /// authorityKeyIdentifier, 2.5.29.35.
    AUTHORITY_KEY_IDENTIFIER = [0x55, 0x1d, 35];
    /// policyConstraints, 2.5.29.36.
    POLICY_CONSTRAINTS = [0x55, 0x1d, 36];
    /// extKeyUsage, 2.5.29.37.
    EXTENDED_KEY_USAGE = [0x55, 0x1d, 37];
    /// anyExtendedKeyUsage, 2.5.29.37.0.
    ANY_EXTENDED_KEY_USAGE = [0x55, 0x1d, 37, 0];
    /// freshestCRL, 2.5.29.46.
    FRESHEST_CRL = [0x55, 0x1d, 46];
    /// inhibitAnyPolicy, 2.5.29.54.
    INHIBIT_ANY_POLICY = [0x55, 0x1d, 54];
    /// authorityInfoAccess, 1.3.6.1.5.5.7.1.1.
    AUTHORITY_INFO_ACCESS = [0x2b, 6, 1, 5, 5, 7, 1, 1];
    /// id-qt-cps, 1.3.6.1.5.5.7.2.1.
    CPS_QUALIFIER = [0x2b, 6, 1, 5, 5, 7, 2, 1];
    /// id-qt-unotice, 1.3.6.1.5.5.7.2.2.
    USER_NOTICE_QUALIFIER = [0x2b, 6, 1, 5, 5, 7, 2, 2];
    /// id-kp-clientAuth, 1.3.6.1.5.5.7.3.2.
    CLIENT_AUTH = [0x2b, 6, 1, 5, 5, 7, 3, 2];
    /// id-kp-OCSPSigning, 1.3.6.1.5.5.7.3.9.
    OCSP_SIGNING = [0x2b, 6, 1, 5, 5, 7, 3, 9];
    /// id-on-SmtpUTF8Mailbox, 1.3.6.1.5.5.7.8.9.
    SMTP_UTF8_MAILBOX = [0x2b, 6, 1, 5, 5, 7, 8, 9];
    /// id-ad-ocsp, 1.3.6.1.5.5.7.48.1.
    OCSP_ACCESS = [0x2b, 6, 1, 5, 5, 7, 48, 1];
    /// id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1.
    OCSP_BASIC = [0x2b, 6, 1, 5, 5, 7, 48, 1, 1];
    /// id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2.
    OCSP_NONCE = [0x2b, 6, 1, 5, 5, 7, 48, 1, 2];
    /// id-pkix-ocsp-nocheck, 1.3.6.1.5.5.7.48.1.5.
    OCSP_NO_CHECK = [0x2b, 6, 1, 5, 5, 7, 48, 1, 5];
    /// emailAddress, 1.2.840.113549.1.9.1.
    EMAIL_ADDRESS = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 1];

    /// sha1WithRSAEncryption, 1.2.840.113549.1.1.5.
    SHA1_WITH_RSA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 5];
    /// id-mgf1, 1.2.840.113549.1.1.8.
    MGF1 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 8];
    /// id-RSASSA-PSS, 1.2.840.113549.1.1.10.
    RSASSA_PSS = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 10];
    /// sha256WithRSAEncryption, 1.2.840.113549.1.1.11.
    SHA256_WITH_RSA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 11];
    /// sha384WithRSAEncryption, 1.2.840.113549.1.1.12.
    SHA384_WITH_RSA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 12];
    /// sha512WithRSAEncryption, 1.2.840.113549.1.1.13.
    SHA512_WITH_RSA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 13];
    /// ecdsa-with-SHA256, 1.2.840.10045.4.3.2.
    ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    /// ecdsa-with-SHA384, 1.2.840.10045.4.3.3.
    ECDSA_WITH_SHA384 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
}

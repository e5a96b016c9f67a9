//! The object identifiers of CMS.

use crate::der::Oid;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $bytes:expr;)*) => {
        $($(#[$doc])* pub const $name: Oid<'static> = Oid::new(&$bytes);)*
    };
}

oids! {
    /// id-data, 1.2.840.113549.1.7.1.
    DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 1];
    /// id-signedData, 1.2.840.113549.1.7.2.
    SIGNED_DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 2];
    /// id-contentType, 1.2.840.113549.1.9.3.
    CONTENT_TYPE = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 3];
    /// id-messageDigest, 1.2.840.113549.1.9.4.
    MESSAGE_DIGEST = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 4];
    /// id-signingTime, 1.2.840.113549.1.9.5.
    SIGNING_TIME = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 5];
    /// id-aa-CMSAlgorithmProtect, 1.2.840.113549.1.9.52.
    ALGORITHM_PROTECTION = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 52];
    /// id-aa-signingCertificate, 1.2.840.113549.1.9.16.2.12.
    SIGNING_CERTIFICATE = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 16, 2, 12];
    /// id-aa-signingCertificateV2, 1.2.840.113549.1.9.16.2.47.
    SIGNING_CERTIFICATE_V2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 16, 2, 47];
    /// rsaEncryption, 1.2.840.113549.1.1.1.
    RSA_ENCRYPTION = [0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1];
    /// id-ri-ocsp-response, 1.3.6.1.5.5.7.16.2.
    OCSP_RESPONSE = [0x2b, 6, 1, 5, 5, 7, 16, 2];
}

/// 1.2.840.113549.1.7, the arc of the CMS content types.
pub const PKCS7_ARC: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7];

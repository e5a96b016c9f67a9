//! What OpenSSL accepts and honnin rejects.

use super::{Class, Disagreement, FOUND_ELSEWHERE};
use crate::facts;
use crate::tally::Stage;

const OPENSSL: &str = "OpenSSL accepts";

/// An error with this code and text, if the facts apply.
macro_rules! refusal {
    ($id:literal, $code:literal, $text:literal, $right:literal, $reason:literal, $holds:expr) => {
        Class {
            id: $id,
            accepts: OPENSSL,
            right: $right,
            reason: $reason,
            holds: |they| {
                let facts: fn(&Disagreement<'_>) -> bool = $holds;
                they.ours($code, $text) && facts(they)
            },
        }
    };
}

/// An object that is unreadable for this reason.
macro_rules! malformed {
    ($id:literal, $text:literal, $right:literal, $reason:literal) => {
        Class {
            id: $id,
            accepts: OPENSSL,
            right: $right,
            reason: $reason,
            holds: |they| unreadable(they, $text),
        }
    };
}

fn unreadable(they: &Disagreement<'_>, text: &str) -> bool {
    let codes = [
        "certificate-malformed",
        "crl-malformed",
        "ocsp-malformed",
        "signed-attribute-malformed",
        "format-unknown",
    ];
    codes.iter().any(|code| they.ours(code, text))
}

/// The messages of honnin about names and other parts that are larger than its limits.
const TOO_LARGE: &[&str] = &[
    "a name that is too long",
    "too many relative distinguished names",
    "a serial number that is too long",
    "too many extensions",
    "no distribution points, or too many",
    "a distribution point with too many names",
];

fn odd_modulus(der: &[u8]) -> bool {
    facts::modulus_bits(der).is_some_and(|bits| !(2048..=8192).contains(&bits))
}

/// Whether a certificate or CRL is signed with an algorithm that honnin does not support, or has a key for
/// one.
fn other_algorithm(der: &[u8]) -> bool {
    let known = [
        "1.2.840.113549.1.1.5",
        "1.2.840.113549.1.1.11",
        "1.2.840.113549.1.1.12",
        "1.2.840.113549.1.1.13",
    ];
    let curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34"].map(facts::oid);
    let signature = facts::signature_algorithm(der)
        .is_some_and(|id| !known.map(facts::oid).iter().any(|known| known == id));
    let rsa = facts::oid("1.2.840.113549.1.1.1");
    let key = facts::key_algorithm(der).is_some_and(|id| id != rsa)
        && facts::key(der).is_some_and(|key| {
            !curves
                .iter()
                .any(|curve| key.windows(curve.len()).any(|part| part == curve))
        });
    signature || key
}

pub const CLASSES: &[Class] = &[
    // Limits and algorithms.
    Class {
        id: "budget",
        accepts: OPENSSL,
        right: "both",
        reason: "the bound on the work that one input may cause is honnin's own. Asked about OpenSSL's path alone, it accepts it",
        holds: |they| they.ours("path-budget-exhausted", FOUND_ELSEWHERE),
    },
    refusal!(
        "rsa-length",
        "key-size-unsupported",
        "an RSA modulus of",
        "both",
        "RFC 8017 sets no bounds; NIST SP 800-131A §3 ends keys below 2,048 bits, and long ones are a cost (8,192 is honnin's)",
        |they| they.any(odd_modulus)
    ),
    refusal!(
        "ecdsa-other-hash",
        "algorithm-unsupported",
        "the ECDSA hash does not match the curve",
        "OpenSSL",
        "RFC 5758 §3.2 allows it; honnin knows the pairs of RFC 7518 §3.4 and of JPKI only",
        |they| they.any(|der| facts::mentions(der, "1.2.840.10045.2.1"))
    ),
    refusal!(
        "pss-parameters",
        "algorithm-unsupported",
        "RSASSA-PSS",
        "OpenSSL",
        "RFC 4055 §3.1 allows other hashes and salts; honnin knows one hash of the SHA-2 family for both, and a salt of its length",
        |they| they.any(|der| facts::mentions(der, "1.2.840.113549.1.1.10"))
    ),
    refusal!(
        "algorithm-parameters",
        "algorithm-unsupported",
        "the signature algorithm 1.2.840.10045.4.3.",
        "both",
        "RFC 5758 §3.2 lets parameters be absent only, and allows SHA-224 and SHA-512, which honnin does not know",
        |they| they.any(|der| facts::signature_algorithm(der)
            .is_some_and(|id| id.starts_with(&facts::oid("1.2.840.10045.4.3"))))
    ),
    refusal!(
        "algorithm-unknown",
        "algorithm-unsupported",
        "",
        "OpenSSL",
        "RFC 5280 §4.1.1.2 lets implementations choose their algorithms; honnin has RSA with SHA-2, P-256 and P-384, and no MD2, MD5, DSA, P-521, EdDSA",
        |they| they.stage == Stage::Message || they.any(other_algorithm)
    ),
    refusal!(
        "key-parameters",
        "algorithm-unsupported",
        "NULL",
        "honnin",
        "RFC 3279 §2.3.1: the parameters of rsaEncryption must be NULL",
        |they| they.any(facts::has_rsa_key_without_null)
    ),
    refusal!(
        "point-compressed",
        "key-malformed",
        "not an uncompressed point",
        "OpenSSL",
        "RFC 5480 §2.2 lets implementations support compressed points; honnin does not",
        |they| they.any(|der| facts::key_bits(der).is_some_and(|bits| matches!(bits.first(), Some(2 | 3))))
    ),
    refusal!(
        "key-structure",
        "key-malformed",
        "not a DER-encoded RSAPublicKey",
        "honnin",
        "RFC 8017 appendix A.1.1: an RSAPublicKey is two positive numbers in DER, and nothing else",
        |they| they.any(|der| facts::modulus_bits(der).is_some())
    ),
    // Trust anchors.
    Class {
        id: "self-signed-leaf",
        accepts: OPENSSL,
        right: "both",
        reason: "RFC 5280 §6.1 leaves open what a path is whose only certificate is the anchor's. honnin takes the anchor for an issuer, which this one is not allowed to be (RFC 5937 §3)",
        holds: |they| {
            let certificates = they.certificates();
            let own = certificates.first() == certificates.last();
            own && (they.ours("key-usage-missing", "the trust anchor")
                && facts::key_usage(certificates[0]).is_some_and(|bits| bits & 4 == 0)
                || they.ours("basic-constraints-violated", "the trust anchor")
                    && !facts::is_authority(certificates[0]))
        },
    },
    Class {
        id: "anchor-constraints",
        accepts: OPENSSL,
        right: "honnin",
        reason: "RFC 5937 §3: what the anchor's certificate says of paths applies, and this one is not allowed to issue",
        holds: |they| {
            let certificates = they.certificates();
            let anchor = certificates.last().copied().unwrap_or_default();
            they.ours("key-usage-missing", "the trust anchor")
                && facts::key_usage(anchor).is_some_and(|bits| bits & 4 == 0)
                || they.ours("basic-constraints-violated", "the trust anchor") && !facts::is_authority(anchor)
        },
    },
    Class {
        id: "anchor-policies",
        accepts: OPENSSL,
        right: "honnin",
        reason: "RFC 5937 §3: the policies of the anchor's certificate, and what it requires of them, apply. OpenSSL begins below the anchor",
        holds: |they| {
            let anchor = they.certificates().last().copied().unwrap_or_default();
            let says = |id| !facts::extensions(anchor, id).is_empty();
            they.ours("policy-not-acceptable", "")
                && (says("2.5.29.32") || says("2.5.29.36") || says("2.5.29.54"))
        },
    },
    Class {
        id: "anchor-unreadable",
        accepts: OPENSSL,
        right: "honnin",
        reason: "as for certificates that cannot be read: it does without such an anchor",
        holds: |they| {
            let anchor = they.certificates().last().copied().unwrap_or_default();
            they.ours("issuer-not-found", "") && honnin::x509::Certificate::from_der(anchor).is_err()
        },
    },
    refusal!(
        "extension-critical",
        "extension-unsupported",
        "the critical extension",
        "honnin",
        "RFC 5280 §4.2: a critical extension that is not recognised means refusal. OpenSSL recognises this one (RFC 3779, Netscape's certificate type)",
        |they| they.any(|der| {
            let known = ["1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8", "2.16.840.1.113730.1.1"];
            known
                .iter()
                .any(|id| facts::extensions(der, id).iter().any(|found| found.critical))
        })
    ),
    // Revocation evidence.
    refusal!(
        "crl-number-missing",
        "crl-malformed",
        "the CRL has no cRLNumber",
        "honnin",
        "RFC 5280 §5.2.3: issuers have to include it in all CRLs",
        |they| they
            .facts
            .last()
            .is_some_and(|crl| facts::extensions(crl, "2.5.29.20").is_empty())
    ),
    refusal!(
        "responder-key-usage",
        "ocsp-responder-unauthorized",
        "without digitalSignature",
        "honnin",
        "RFC 5280 §4.2.1.3: keys for signatures over other things than certificates and CRLs have digitalSignature",
        |they| they.any(|der| facts::key_usage(der).is_some_and(|bits| bits & 0x80 == 0))
    ),
    // Messages.
    refusal!(
        "digest-unknown",
        "algorithm-unsupported",
        "the digest algorithm",
        "honnin",
        "RFC 6151 §2: MD5 is no more acceptable where collision resistance is required, as in signatures",
        |they| they.any(|der| facts::mentions(der, "1.2.840.113549.2.5"))
    ),
    // Descriptions.
    Class {
        id: "text-not-of-its-type",
        accepts: OPENSSL,
        right: "honnin",
        reason: "X.680 §41: the string's type does not have these characters. Its bytes are shown; OpenSSL takes them for Latin-1",
        holds: |they| {
            they.ours("differs", "the subject lacks a text") && they.any(facts::has_text_beyond_its_type)
        },
    },
    // Unreadable objects, which honnin rejects as a whole. OpenSSL does not check these parts, or reads what
    // it does not use later.
    malformed!(
        "version",
        "an unknown version",
        "honnin",
        "RFC 5280 §4.1.2.1, §5.1.2.1; RFC 6960 §4.2.1: versions are numbered, and the default is left out"
    ),
    malformed!(
        "version-too-large",
        "an INTEGER larger than allowed",
        "honnin",
        "RFC 5280 §4.1.2.1: no version is as large"
    ),
    malformed!(
        "negative",
        "a negative",
        "honnin",
        "RFC 5280 §4.1.2.1, §4.2.1.9 to §4.2.1.14: versions and counts are not negative"
    ),
    malformed!(
        "version-1-extensions",
        "extensions in a",
        "honnin",
        "RFC 5280 §4.1.2.9, §5.1.2.7: extensions are for version 3 of certificates and version 2 of CRLs"
    ),
    malformed!(
        "version-1-identifiers",
        "a unique identifier in a version 1",
        "honnin",
        "RFC 5280 §4.1.2.8: unique identifiers must not appear if the version is 1"
    ),
    malformed!(
        "extension-twice",
        "an extension appears twice",
        "honnin",
        "RFC 5280 §4.2: not more than one instance of an extension"
    ),
    malformed!(
        "list-empty",
        "an empty ",
        "honnin",
        "RFC 5280 appendix A: SIZE (1..MAX), of extensions, names, subtrees and purposes"
    ),
    malformed!(
        "algorithms-differ",
        "different algorithms in signatureAlgorithm",
        "honnin",
        "RFC 5280 §4.1.1.2, §5.1.1.2: both have to be the same, parameters too"
    ),
    malformed!(
        "time-form",
        "a time in a form",
        "honnin",
        "RFC 5280 §4.1.2.5, §5.1.2.4; RFC 6960 §4.2.2.1: times have seconds, no fraction, and end with Z"
    ),
    malformed!(
        "time-unreal",
        "an invalid date or time",
        "honnin",
        "RFC 5280 §4.1.2.5: a date is one of the calendar"
    ),
    malformed!(
        "boolean",
        "a BOOLEAN that is neither 00 nor FF",
        "honnin",
        "X.690 §11.1: TRUE is FF in DER"
    ),
    malformed!(
        "default",
        "a default value is explicitly encoded",
        "honnin",
        "X.690 §11.5: DER leaves default values out"
    ),
    malformed!(
        "length-form",
        "a length that is not minimal",
        "honnin",
        "X.690 §10.1: DER has minimal lengths"
    ),
    malformed!(
        "length-indefinite",
        "an indefinite length",
        "honnin",
        "X.690 §10.1: DER has definite lengths"
    ),
    malformed!(
        "ascii",
        "an IA5String with non-ASCII characters",
        "honnin",
        "RFC 5280 §4.2.1.6, §7.2: names of hosts and mailboxes are IA5Strings, internationalised ones encoded"
    ),
    malformed!(
        "bit-string",
        "BIT STRING",
        "honnin",
        "X.690 §8.6, §11.2: signatures and keys are whole bytes, unused bits are zero"
    ),
    malformed!(
        "name-kind",
        "an unknown kind of GeneralName",
        "honnin",
        "RFC 5280 §4.2.1.6: GeneralName has nine kinds, each with its own encoding"
    ),
    Class {
        id: "name-bounds",
        accepts: OPENSSL,
        right: "both",
        reason: "RFC 5280 sets no limits on names as a whole; 8 KiB and 64 RDNs are honnin's",
        holds: |they| TOO_LARGE.iter().any(|text| unreadable(they, text)),
    },
    malformed!(
        "rdn-size",
        "no or too many attributes",
        "honnin",
        "X.501 §9.3: an RDN has at least one attribute; eight at most is honnin's"
    ),
    malformed!(
        "element-behind",
        "bytes after the end",
        "honnin",
        "RFC 5280 appendix A: nothing stands behind the last element"
    ),
    malformed!(
        "element-missing",
        "an element is missing or has the wrong type",
        "honnin",
        "RFC 5280 appendix A: the element is there and of its type; OpenSSL does not look into this extension"
    ),
    malformed!(
        "structure-unknown",
        "the DER structure is not supported",
        "honnin",
        "RFC 5280 §4.1, §5.1: the structure is another one"
    ),
];

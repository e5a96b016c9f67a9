//! What OpenSSL accepts and honnin rejects.

use super::{Class, Disagreement, leaf_usage};
use crate::case::{Case, Kind};
use crate::facts;
use crate::lint::Rule;

const OPENSSL: &str = "OpenSSL accepts";

macro_rules! encoding {
    ($id:literal, $rule:ident, $reason:literal) => {
        Class {
            id: $id,
            accepts: OPENSSL,
            reason: $reason,
            holds: |case, they| malformed(they) && facts::broken(case).contains(&Rule::$rule),
        }
    };
}

macro_rules! structure {
    ($id:literal, $text:literal, $reason:literal) => {
        Class {
            id: $id,
            accepts: OPENSSL,
            reason: $reason,
            holds: |case, they| reads(case, they, $text),
        }
    };
}

macro_rules! refusal {
    ($id:literal, $code:literal, $text:literal, $reason:literal) => {
        Class {
            id: $id,
            accepts: OPENSSL,
            reason: $reason,
            holds: |_, they| they.code($code) && they.says($text),
        }
    };
}

/// Whether honnin could not read something, or ignored something unreadable.
fn malformed(they: &Disagreement) -> bool {
    let codes = [
        "certificate-malformed",
        "crl-malformed",
        "cms-malformed",
        "signed-attributes-not-der",
        "signed-attribute-malformed",
        "issuer-not-found",
        "signer-certificate-not-found",
        "revocation-unknown",
        "key-malformed",
    ];
    codes.iter().any(|code| they.code(code))
}

/// Whether honnin could not read something for this reason.
fn reads(case: &Case, they: &Disagreement, text: &str) -> bool {
    malformed(they) && (they.says(text) || facts::unreadable(case).iter().any(|why| why.contains(text)))
}

/// The messages of honnin about parts that are larger than its limits.
const TOO_LARGE: &[&str] = &[
    "a length with too many octets",
    "a name that is too long",
    "too many relative distinguished names",
    "a serial number that is too long",
    "too many extensions",
    "no distribution points, or too many",
    "a distribution point with too many names",
];

pub const CLASSES: &[Class] = &[
    // OpenSSL accepts: encodings that are not DER.
    encoding!(
        "der-length",
        Length,
        "X.690 §10.1: DER has definite, minimal lengths"
    ),
    encoding!(
        "der-constructed",
        Constructed,
        "X.690 §10.2: DER has strings in one piece"
    ),
    encoding!("der-boolean", Boolean, "X.690 §11.1: TRUE is FF in DER"),
    encoding!(
        "der-default",
        Default,
        "X.690 §11.5: DER leaves default values out"
    ),
    encoding!("der-integer", Integer, "X.690 §8.3.2: an INTEGER is minimal"),
    encoding!(
        "der-unused-bits",
        UnusedBits,
        "X.690 §11.2.1: unused bits are zero in DER"
    ),
    encoding!(
        "der-named-bits",
        NamedBits,
        "X.690 §11.2.2: named bits end with a one in DER"
    ),
    encoding!("der-oid", Oid, "X.690 §8.19.2: arcs are not padded"),
    encoding!(
        "der-time",
        Time,
        "RFC 5280 §4.1.2.5: times have seconds, no fraction and Z, and exist"
    ),
    encoding!("der-ascii", Ascii, "X.680 §41: IA5String is ASCII"),
    encoding!("der-null", Null, "X.690 §8.8: a NULL has no contents"),
    // OpenSSL accepts: structures that RFC 5280 does not define. It does not read what it does not use.
    structure!(
        "name-constraints-empty",
        "empty name constraints",
        "RFC 5280 §4.2.1.10: nameConstraints must not be empty"
    ),
    structure!(
        "name-constraints-empty-list",
        "an empty list of subtrees",
        "RFC 5280 §4.2.1.10: GeneralSubtrees has at least one"
    ),
    structure!(
        "crl-reason-unknown",
        "an unknown revocation reason",
        "RFC 5280 §5.3.1: 7 and numbers above 10 are no reasons"
    ),
    structure!(
        "crl-entry-extensions",
        "a duplicate entry extension",
        "RFC 5280 §5.3.3: certificateIssuer is for indirect CRLs; who wrote the list meant something else than we would read"
    ),
    structure!(
        "version-unknown",
        "an unknown version",
        "RFC 5280 §4.1.2.1, §5.1.2.1; RFC 5652 §5.1: versions are numbered"
    ),
    structure!(
        "extension-twice",
        "an extension appears twice",
        "RFC 5280 §4.2: not more than one instance of an extension"
    ),
    structure!("list-empty", "empty ", "RFC 5280 appendix A: SIZE (1..MAX)"),
    structure!(
        "rdn-empty",
        "a relative distinguished name with no",
        "X.501 §9.3: an RDN has at least one attribute"
    ),
    structure!(
        "name-kind",
        "an unknown kind of GeneralName",
        "RFC 5280 §4.2.1.6: GeneralName has nine kinds"
    ),
    structure!(
        "crl-number",
        "a CRL number that is negative or too long",
        "RFC 5280 §5.2.3: at most 20 octets, not negative"
    ),
    structure!(
        "crl-number-missing",
        "the CRL has no cRLNumber",
        "RFC 5280 §5.2.3: issuers have to include it in all CRLs"
    ),
    structure!(
        "crl-number-critical",
        "cRLNumber of the CRL is critical",
        "RFC 5280 §5.2.3: issuers have to mark it as non-critical"
    ),
    structure!(
        "distribution-points-empty",
        "no distribution points",
        "RFC 5280 §4.2.1.13: SIZE (1..MAX)"
    ),
    structure!(
        "algorithms-differ",
        "different algorithms in signatureAlgorithm",
        "RFC 5280 §4.1.1.2, §5.1.1.2: both have to be the same, parameters too"
    ),
    structure!(
        "default-written",
        "a default value is explicitly encoded",
        "X.690 §11.5: DER leaves default values out"
    ),
    structure!(
        "boolean",
        "a BOOLEAN that is neither 00 nor FF",
        "X.690 §11.1: TRUE is FF in DER"
    ),
    structure!(
        "implicit-ascii",
        "an IA5String with non-ASCII characters",
        "RFC 5280 §4.2.1.6: the name is an IA5String"
    ),
    structure!(
        "implicit-negative",
        "a negative",
        "RFC 5280 §4.2.1.9 to §4.2.1.14, RFC 5652 §5.1: counts and versions are not negative"
    ),
    structure!(
        "element-missing",
        "an element is missing or has the wrong type",
        "RFC 5280 appendix A, RFC 5652 §12: the element is there and of its type"
    ),
    structure!(
        "element-behind",
        "bytes after the end",
        "RFC 5280 appendix A: nothing stands behind the last element"
    ),
    structure!(
        "length-inside",
        "a length beyond the end",
        "X.690 §8.1: lengths do not fit their contents, in an extension that OpenSSL does not read"
    ),
    structure!(
        "key-structure",
        "not a DER-encoded RSAPublicKey",
        "RFC 8017 appendix A.1.1: RSAPublicKey is two numbers and nothing else"
    ),
    structure!(
        "bit-strings",
        "BIT STRING",
        "X.690 §8.6: keys and signatures are whole bytes, unused bits zero"
    ),
    structure!(
        "named-bits",
        "named bit",
        "X.690 §11.2.2: named bits end with a one in DER"
    ),
    Class {
        id: "too-long",
        accepts: OPENSSL,
        reason: "RFC 5280 §4.1.2.2 and limits of honnin's own: larger than any real one",
        holds: |case, they| TOO_LARGE.iter().any(|text| reads(case, they, text)),
    },
    Class {
        id: "unknown-time",
        accepts: OPENSSL,
        reason: "RFC 5280 §4.1.2.5: times have seconds, no fraction and Z, and exist",
        holds: |case, they| reads(case, they, "a time ") || reads(case, they, "an invalid date or time"),
    },
    structure!(
        "length-absent",
        "a length is missing",
        "X.690 §8.1: an element has a length; here within an OCTET STRING"
    ),
    Class {
        id: "crl-entry-critical",
        accepts: OPENSSL,
        reason: "RFC 5280 §5.3: a critical entry extension that is not known makes the list useless. OpenSSL goes on with another list, which honnin refuses too",
        holds: |case, they| they.code("crl-extension-unsupported") && case.crls.len() > 1,
    },
    refusal!(
        "ecdsa-other-hash",
        "algorithm-unsupported",
        "the ECDSA hash does not match the curve",
        "RFC 5758 §3.2 allows it; honnin knows P-256 with SHA-256 and P-384 with SHA-384 only, the pairs of RFC 7518 §3.4 and of JPKI"
    ),
    structure!(
        "length-form",
        "a length that is not minimal",
        "X.690 §10.1: DER has definite, minimal lengths; here within an OCTET STRING"
    ),
    structure!(
        "length-indefinite",
        "an indefinite length",
        "X.690 §10.1: DER has definite, minimal lengths; here within an OCTET STRING"
    ),
    structure!(
        "element-absent",
        "an element is missing",
        "RFC 5280 appendix A: the element is not OPTIONAL"
    ),
    structure!(
        "number-too-large",
        "an INTEGER larger",
        "RFC 5280 §4.1.2.1, §5.3.1: no version and no reason is as large"
    ),
    structure!(
        "version-1-extensions",
        "extensions in a version 1 CRL",
        "RFC 5280 §5.1.2.7: extensions may appear only in version 2"
    ),
    structure!(
        "attribute-empty",
        "an attribute without a value",
        "X.501 §8.2: an attribute has at least one value"
    ),
    encoding!(
        "der-structure",
        Structure,
        "X.690 §8.1: tags and lengths do not fit their contents, in an extension that OpenSSL does not read"
    ),
    encoding!("der-trailing", Trailing, "bytes behind the end"),
    // OpenSSL accepts: rules that it does not have.
    Class {
        id: "signer-key-usage",
        accepts: OPENSSL,
        reason: "RFC 5280 §4.2.1.3: signatures over documents need digitalSignature or nonRepudiation. OpenSSL was asked for any purpose",
        holds: |case, they| {
            case.kind == Kind::Cms
                && they.code("key-usage-missing")
                && leaf_usage(case).is_some_and(|bits| bits & 0xc0 == 0)
        },
    },
    Class {
        id: "crl-without-end",
        accepts: OPENSSL,
        reason: "RFC 5280 §5.1.2.5: nextUpdate has to be there; a list without it would hold forever",
        holds: |case, they| they.code("crl-expired") && facts::crl_without_next_update(case),
    },
    Class {
        id: "remove-from-complete-crl",
        accepts: OPENSSL,
        reason: "RFC 5280 §5.3.1: removeFromCRL is for delta CRLs; in a complete one the entry stands. OpenSSL takes it for a removal, also of a later entry",
        holds: |case, they| {
            they.code("certificate-revoked")
                && facts::extensions(case, "2.5.29.21")
                    .iter()
                    .any(|reason| reason.value == [0x0a, 1, 8])
        },
    },
    Class {
        id: "older-crl-revokes",
        accepts: OPENSSL,
        reason: "two current CRLs of one scope contradict each other: revoked counts. OpenSSL asks the newest only",
        holds: |case, they| they.code("certificate-revoked") && case.crls.len() > 1,
    },
    Class {
        id: "issuing-point-unread",
        accepts: OPENSSL,
        reason: "RFC 5280 §5.2.5: the critical issuingDistributionPoint narrows what the CRL is about. OpenSSL goes on as if it were absent if it cannot read it",
        holds: |case, they| {
            they.code("crl-scope-mismatch") && !facts::extensions(case, "2.5.29.28").is_empty()
        },
    },
    refusal!(
        "any-policy-mapped",
        "policy-mapping-invalid",
        "anyPolicy",
        "RFC 5280 §6.1.4 (a). OpenSSL does not look where the certificate has no policies"
    ),
    Class {
        id: "qualifier-critical",
        accepts: OPENSSL,
        reason: "RFC 5280 §4.2.1.4: if the extension is critical, its qualifiers have to be understood, or the certificate refused",
        holds: |case, they| {
            they.code("extension-unsupported")
                && they.says("2.5.29.32 ")
                && facts::extensions(case, "2.5.29.32")
                    .iter()
                    .any(|policies| policies.critical)
        },
    },
    refusal!(
        "nocheck-not-null",
        "extension-unsupported",
        "1.3.6.1.5.5.7.48.1.5 ",
        "RFC 6960 §4.2.2.2.1: id-pkix-ocsp-nocheck is NULL. OpenSSL does not look into it"
    ),
    refusal!(
        "content-type-attribute",
        "content-type-mismatch",
        "",
        "RFC 5652 §11.1: the attribute has to be the content's type"
    ),
    refusal!(
        "attribute-twice",
        "signed-attribute-duplicate",
        "",
        "RFC 5652 §11: contentType, messageDigest and signingTime are there once, with one value"
    ),
    refusal!(
        "algorithm-protection",
        "algorithm-inconsistent",
        "",
        "RFC 6211 §3, RFC 5652 §5.3: algorithms that are named twice have to agree. OpenSSL 3.0 does not know cmsAlgorithmProtection"
    ),
    refusal!(
        "signed-attributes-missing",
        "signed-attribute-missing",
        "unless the content type is id-data",
        "RFC 5652 §5.3: signed attributes have to be there unless the content is data"
    ),
    refusal!(
        "uri-with-user",
        "name-constraints-violated",
        "uniformResourceIdentifier",
        "RFC 5280 §4.2.1.10, RFC 3986 §3.2: the constraint is upon the host, without user and port. OpenSSL compares them too"
    ),
    refusal!(
        "subtree-bounded",
        "name-constraints-violated",
        "cannot be compared",
        "RFC 5280 §4.2.1.10: minimum has to be zero; names that are malformed can be compared with nothing"
    ),
    Class {
        id: "wildcard-excluded",
        accepts: OPENSSL,
        reason: "RFC 6125 §6.4.3: a wildcard stands for every host of one label there, one that is excluded among them",
        holds: |case, they| {
            let wildcard = b"*.";
            they.says("the form dNSName lies in an excluded subtree")
                && facts::extensions(case, "2.5.29.17")
                    .iter()
                    .any(|names| names.value.windows(2).any(|part| part == wildcard))
        },
    },
    Class {
        id: "message-algorithms",
        accepts: OPENSSL,
        reason: "RFC 5652 §5.3: digestAlgorithm and signatureAlgorithm say how it was signed. OpenSSL goes by the type of the key and what fits",
        holds: |case, they| {
            case.kind == Kind::Cms
                && (they.code("algorithm-unsupported")
                    || they.code("key-unsuitable")
                    || they.code("algorithm-not-allowed"))
        },
    },
    Class {
        id: "algorithm-parameters",
        accepts: OPENSSL,
        reason: "RFC 4055 §5, RFC 3279 §2.3.1, RFC 5758 §3.2: parameters are NULL, or absent for ECDSA. OpenSSL does not look at them",
        holds: |_, they| {
            they.code("algorithm-unsupported")
                && ["or its parameters", "neither RSA nor", "are not NULL"]
                    .iter()
                    .any(|text| they.says(text))
        },
    },
];

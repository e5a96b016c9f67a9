//! What honnin accepts and OpenSSL rejects. Each class needs a rule of a standard that allows it, and facts
//! that show that the rule applies.

use super::{Class, Disagreement, FOUND_ELSEWHERE};
use crate::facts;

const HONNIN: &str = "honnin accepts";

macro_rules! profile {
    ($id:literal, $text:literal, $right:literal, $reason:literal, $holds:expr) => {
        Class {
            id: $id,
            accepts: HONNIN,
            right: $right,
            reason: $reason,
            holds: |they| {
                let facts: fn(&Disagreement<'_>) -> bool = $holds;
                they.strictly($text) && facts(they)
            },
        }
    };
}

pub const CLASSES: &[Class] = &[
    Class {
        id: "other-path-tried",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 4158 §2.2, §3.1: if one candidate of the issuer's name fails, the next is tried. Asked about honnin's path alone, OpenSSL accepts it with its strict rules",
        holds: |they| {
            they.strictly(FOUND_ELSEWHERE) || they.theirs(FOUND_ELSEWHERE) && they.strict(FOUND_ELSEWHERE)
        },
    },
    // The rules of X509_V_FLAG_X509_STRICT, which are for issuers ("conforming CAs MUST") and not part of RFC
    // 5280 §6.1.
    profile!(
        "profile-bc-not-critical",
        "Basic Constraints of CA cert not marked critical",
        "both",
        "RFC 5280 §4.2.1.9 obliges the issuer; §6.1.4 (k) asks for cA only",
        |they| they.any_certificate(|der| facts::extensions(der, "2.5.29.19")
            .iter()
            .any(|found| !found.critical))
    ),
    profile!(
        "profile-no-aki",
        "Missing Authority Key Identifier",
        "both",
        "RFC 5280 §4.2.1.1 obliges the issuer; §6.1 does not look at it, and JPKI's roots have none",
        |they| {
            they.any_certificate(|der| {
                facts::is_version_1(der) || facts::extensions(der, "2.5.29.35").is_empty()
            })
        }
    ),
    profile!(
        "profile-no-ski",
        "Missing Subject Key Identifier",
        "both",
        "RFC 5280 §4.2.1.2 obliges the issuer; §6.1 does not look at it",
        |they| they.any_certificate(|der| facts::extensions(der, "2.5.29.14").is_empty())
    ),
    profile!(
        "profile-no-key-usage",
        "CA cert does not include key usage extension",
        "both",
        "RFC 5280 §4.2.1.3 obliges the issuer; §6.1.4 (n): keyCertSign has to be set if keyUsage is present",
        |they| they.any_certificate(|der| facts::is_authority(der) && facts::key_usage(der).is_none())
    ),
    profile!(
        "profile-leaf-cert-sign",
        "Key usage keyCertSign invalid for non-CA cert",
        "both",
        "RFC 5280 §4.2.1.3 obliges the issuer. The certificate is a leaf here; as an issuer it is refused by §6.1.4 (k)",
        |they| they
            .any(|der| !facts::is_authority(der) && facts::key_usage(der).is_some_and(|bits| bits & 4 != 0))
    ),
    profile!(
        "profile-path-length",
        "Path length",
        "both",
        "RFC 5280 §4.2.1.9: pathLenConstraint is meaningful with cA and keyCertSign only; it is without effect otherwise",
        |they| they.any_certificate(|der| {
            let signs = facts::key_usage(der).is_none_or(|bits| bits & 4 != 0);
            facts::has_path_length(der)
                && !(facts::is_authority(der) && signs && facts::key_usage(der).is_some())
        })
    ),
    profile!(
        "profile-no-basic-constraints",
        "invalid CA certificate",
        "both",
        "a leaf without basicConstraints that might be an authority's signs nothing here (RFC 5280 §6.1.4 (k) is for certificates that another follows); an anchor of version 1 is trusted because the caller says so (§6.1.1 (d))",
        |they| {
            let without = |der: &[u8]| facts::extensions(der, "2.5.29.19").is_empty();
            let certificates = they.certificates();
            certificates.first().is_some_and(|leaf| without(leaf))
                || certificates
                    .last()
                    .is_some_and(|anchor| facts::is_version_1(anchor))
        }
    ),
    profile!(
        "profile-subject-empty",
        "Subject name empty",
        "both",
        "RFC 5280 §4.1.2.6 obliges the issuer to name the subject; §6.1 does not look at it",
        |they| they.any_certificate(facts::is_nameless)
    ),
    profile!(
        "profile-san-not-critical",
        "Subject empty and Subject Alt Name extension not critical",
        "both",
        "RFC 5280 §4.2.1.6 obliges the issuer; §6.1 does not look at it",
        |they| they.any_certificate(|der| {
            facts::is_nameless(der)
                && facts::extensions(der, "2.5.29.17")
                    .iter()
                    .any(|found| !found.critical)
        })
    ),
    // honnin accepts, and OpenSSL rejects even without its strict rules.
    Class {
        id: "self-issued-below-its-anchor",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §6.1.1 (d), §6.1.3 (a): an anchor is a name and a key; the certificate has that name as its issuer's and the key's signature. OpenSSL refuses self-issued certificates that are not among the anchors themselves",
        holds: |they| {
            let certificates = they.certificates();
            let names = certificates.first().and_then(|leaf| facts::names(leaf));
            let anchor = certificates
                .get(1..)
                .and_then(<[_]>::last)
                .and_then(|anchor| facts::names(anchor));
            they.theirs("self-signed certificate")
                && names.is_some_and(|(issuer, subject)| issuer == subject)
                && names
                    .zip(anchor)
                    .is_some_and(|((issuer, _), (_, subject))| issuer == subject)
        },
    },
    Class {
        id: "key-identifiers-differ",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §4.2.1.1, RFC 4158 §3.5.12: authorityKeyIdentifier helps to find the issuer; §6.1.3 (a)(1) decides by the signature. OpenSSL passes over issuers whose identifier differs",
        holds: |they| {
            they.theirs("unable to get local issuer certificate")
                && they
                    .certificates()
                    .windows(2)
                    .any(|pair| facts::identifiers_differ(pair[0], pair[1]))
        },
    },
    Class {
        id: "names-compared-by-rule",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §7.1 (RFC 4518 §2.2): insignificant space, case and the string's type do not tell names apart. OpenSSL folds ASCII only, and only some types",
        holds: |they| {
            they.theirs("unable to get local issuer certificate")
                && they.certificates().windows(2).any(|pair| {
                    let (below, above) = (facts::names(pair[0]), facts::names(pair[1]));
                    below.zip(above).is_some_and(|((issuer, _), (_, subject))| {
                        issuer != subject && facts::folded(issuer) == facts::folded(subject)
                    })
                })
        },
    },
    Class {
        id: "mapping-in-the-leaf",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §6.1.4 (a), (b) are for certificates that another follows (§6.1: i is not n); policyMappings of the leaf map nothing",
        holds: |they| {
            let leaf = they.certificates().first().copied().unwrap_or_default();
            (they.theirs("no explicit policy") || they.theirs("inconsistent certificate policy extension"))
                && !facts::extensions(leaf, "2.5.29.33").is_empty()
        },
    },
    Class {
        id: "last-second",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §4.1.2.5: the period runs through notAfter, inclusive. OpenSSL ends it a second earlier",
        holds: |they| {
            they.theirs("certificate has expired")
                && they.any_certificate(|der| facts::not_after(der) == Some(they.time))
        },
    },
    Class {
        id: "leaf-key-unread",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §6.1.5 (c): the leaf's key is handed out, not used; honnin refuses this one whenever it is",
        holds: |they| {
            let unusable = |der: &[u8]| {
                facts::key(der).is_some_and(|key| honnin::signature::PublicKey::from_spki(key).is_err())
            };
            let leaf = they.certificates().first().copied().unwrap_or_default();
            unusable(leaf)
                && [
                    "unspecified certificate verification error",
                    "explicit ECC parameters",
                    "Type=X509_PUBKEY",
                ]
                .iter()
                .any(|text| they.theirs(text))
        },
    },
    Class {
        id: "attribute-values-opaque",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5280 §4.1.2.4: an attribute's value is of any type; one that is no text is compared by its bytes and not looked into",
        holds: |they| {
            let refused = ["invalid utf8string", "Type=X509_NAME_ENTRY"];
            refused.iter().any(|text| they.theirs(text))
                && they.any_certificate(facts::has_value_without_text)
        },
    },
    Class {
        id: "unsigned-attributes-unread",
        accepts: HONNIN,
        right: "honnin",
        reason: "RFC 5652 §5.3: unsigned attributes are not covered by the signature; whoever forwards a message may add or drop them, so nothing may depend on them. OpenSSL refuses a signingTime among them (§11.3)",
        holds: |they| they.theirs("attribute error") && they.any(facts::has_unsigned_signing_time),
    },
];

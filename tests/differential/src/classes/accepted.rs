//! What honnin accepts and OpenSSL rejects. Each class needs a rule of a standard that allows it.

use super::{Class, leaf_usage, only_leaf};
use crate::case::Kind;
use crate::facts;
use crate::ours::Ours;

const HONNIN: &str = "honnin accepts";

macro_rules! profile {
    ($id:literal, $text:literal, $reason:literal) => {
        Class {
            id: $id,
            accepts: HONNIN,
            reason: $reason,
            holds: |_, they| they.strictly($text),
        }
    };
}

pub const CLASSES: &[Class] = &[
    // The rules of X509_V_FLAG_X509_STRICT, which are for issuers ("conforming CAs MUST") and not part of RFC
    // 5280 §6.1.
    profile!(
        "profile-subject-empty",
        "Subject name empty",
        "RFC 5280 §4.1.2.6 obliges the issuer to name the subject; §6.1 does not look at it"
    ),
    profile!(
        "profile-no-aki",
        "Missing Authority Key Identifier",
        "RFC 5280 §4.2.1.1 obliges the issuer; §6.1 does not look at it, and JPKI's roots have none"
    ),
    profile!(
        "profile-no-ski",
        "Missing Subject Key Identifier",
        "RFC 5280 §4.2.1.2 obliges the issuer; §6.1 does not look at it"
    ),
    profile!(
        "profile-path-length",
        "Path length",
        "RFC 5280 §4.2.1.9: pathLenConstraint is meaningful only with cA and keyCertSign; it is without effect otherwise"
    ),
    profile!(
        "profile-bc-not-critical",
        "Basic Constraints of CA cert not marked critical",
        "RFC 5280 §4.2.1.9 obliges the issuer; §6.1.4 (k) asks for cA only"
    ),
    profile!(
        "profile-no-key-usage",
        "CA cert does not include key usage extension",
        "RFC 5280 §6.1.4 (n): keyCertSign has to be set if keyUsage is present"
    ),
    profile!(
        "profile-leaf-cert-sign",
        "invalid CA certificate",
        "RFC 5280 §4.2.1.3: keyCertSign without cA, in a leaf that signs no certificate; as an issuer it is refused"
    ),
    profile!(
        "profile-leaf-cert-sign",
        "Key usage keyCertSign invalid for non-CA cert",
        "RFC 5280 §4.2.1.3: keyCertSign without cA, in a leaf that signs no certificate; as an issuer it is refused"
    ),
    profile!(
        "profile-san-not-critical",
        "Subject empty and Subject Alt Name extension not critical",
        "RFC 5280 §4.2.1.6 obliges the issuer; §6.1 does not look at it"
    ),
    profile!(
        "profile-identifier-critical",
        "marked critical",
        "RFC 5280 §4.2.1.1, §4.2.1.2: the issuer must not mark it critical; whoever reads it can"
    ),
    // honnin accepts.
    Class {
        id: "key-identifiers-differ",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.1 and RFC 4158 §3.5.12: authorityKeyIdentifier helps to find the issuer; §6.1.3 (a)(1) decides by the signature. OpenSSL passes over issuers whose identifier differs",
        holds: |case, they| {
            [
                "unable to get local issuer",
                "self-signed certificate",
                "unable to get certificate CRL",
            ]
            .iter()
            .any(|text| they.theirs(text))
                && facts::key_identifiers_differ(case)
        },
    },
    Class {
        id: "names-compared-by-rule",
        accepts: HONNIN,
        reason: "RFC 5280 §7.1 (RFC 4518 §2.2): case, insignificant space, string type and characters mapped to nothing do not tell names apart. OpenSSL folds ASCII only",
        holds: |case, they| {
            matches!(they.ours, Ours::Accepted)
                && facts::names_vary(case)
                && they.lax.as_ref().is_err_and(|error| {
                    [
                        "local issuer",
                        "unable to get certificate CRL",
                        "signer certificate not found",
                        "permitted subtree",
                        "excluded subtree",
                    ]
                    .iter()
                    .any(|text| error.contains(text))
                })
        },
    },
    Class {
        id: "self-issued-not-self-signed",
        accepts: HONNIN,
        reason: "RFC 5280 §3.2: a certificate of one name for issuer and subject is self-issued; self-signed only if its own key signed it. OpenSSL, without a key identifier to tell, stops there",
        holds: |case, they| {
            they.theirs("self-signed certificate in certificate chain") && facts::self_issued(case)
        },
    },
    Class {
        id: "critical-and-understood",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2: refused is what is not recognised. honnin reads issuerAltName, the key identifiers and id-pkix-ocsp-nocheck; OpenSSL does not count them among those it handles",
        holds: |case, they| {
            they.theirs("unhandled critical extension") && {
                let known = ["2.5.29.18", "2.5.29.14", "2.5.29.35", "1.3.6.1.5.5.7.48.1.5"]
                    .map(crate::write::oid_contents);
                facts::critical(case).iter().any(|oid| known.contains(oid))
            }
        },
    },
    Class {
        id: "purpose-and-key-usage",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.12: both extensions are processed independently; honnin's caller asks for bits of keyUsage with an option of its own. OpenSSL's purpose for TLS clients includes digitalSignature or keyAgreement",
        holds: |case, they| {
            they.theirs("unsuitable certificate purpose")
                && leaf_usage(case).is_some_and(|bits| bits & 0x88 == 0)
        },
    },
    Class {
        id: "any-purpose",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.12: anyExtendedKeyUsage does not restrict the purpose. OpenSSL's purpose for TLS clients does not count it",
        holds: |case, they| {
            they.theirs("unsuitable certificate purpose") && facts::mentions(case, "2.5.29.37.0")
        },
    },
    Class {
        id: "last-second",
        accepts: HONNIN,
        reason: "RFC 5280 §4.1.2.5: the period runs through notAfter, inclusive; so does that of a CRL through nextUpdate (§6.3.3). OpenSSL ends both a second earlier",
        holds: |case, they| (they.theirs("has expired")) && facts::time_is_boundary(case),
    },
    Class {
        id: "another-path",
        accepts: HONNIN,
        reason: "RFC 5280 §6.1: a certificate is valid if one path to the anchor is; RFC 4158 §2.2: where authorities certify each other, further paths are tried. OpenSSL builds one. Asked about the path that honnin found, it accepts",
        // The verdict of OpenSSL on the path alone.
        holds: |_, they| matches!((&they.ours, &they.strict), (Ours::Accepted, Ok(()))),
    },
    Class {
        id: "delta-renews-the-list",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3 (a)(2)(i): a complete CRL whose nextUpdate has passed counts together with a current delta CRL. OpenSSL wants both to be current",
        holds: |case, they| they.theirs("CRL has expired") && facts::mentions(case, "2.5.29.27"),
    },
    Class {
        id: "delta-taken-as-complete",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3 (c): a delta CRL says something together with a complete CRL of the same scope only. OpenSSL takes one with onlySomeReasons for a complete CRL",
        holds: |case, they| they.theirs("certificate revoked") && facts::delta_for_some_reasons(case),
    },
    Class {
        id: "mapping-in-the-leaf",
        accepts: HONNIN,
        reason: "RFC 5280 §6.1.4 (a) is for certificates that another follows; policyMappings of the leaf map nothing",
        holds: |case, they| {
            (they.theirs("inconsistent certificate policy extension") || they.theirs("no explicit policy"))
                && facts::extensions(&only_leaf(case), "2.5.29.33")
                    .iter()
                    .any(|_| true)
        },
    },
    Class {
        id: "leaf-key-unread",
        accepts: HONNIN,
        reason: "RFC 5280 §6.1.5 (c): the leaf's key is handed out, not used; whoever uses it is refused then",
        holds: |_, they| {
            they.theirs("unspecified certificate verification error")
                || they.theirs("Type=X509_PUBKEY") && they.theirs("unreadable")
        },
    },
    Class {
        id: "attribute-values-opaque",
        accepts: HONNIN,
        reason: "RFC 5280 §4.1.2.4 and §7.1: an attribute's value is of any type; one that is no text is compared by its bytes and not looked into",
        holds: |case, they| {
            they.theirs("unreadable") && they.theirs("Type=X509_NAME_ENTRY")
                || they.theirs("unreadable") && they.theirs("utf8string") && they.theirs("Field=subject")
                || (they.theirs("unable to get local issuer") || they.theirs("certificate revoked"))
                    && case.crls.len() < 2
                    && facts::attribute_without_text(case)
        },
    },
    Class {
        id: "message-unread-parts",
        accepts: HONNIN,
        reason: "RFC 5652 §5.1, §5.3: unsigned attributes, and certificates that no signer needs, are not covered by any signature; whoever forwards a message may leave them out, so nothing may depend on them",
        holds: |case, they| {
            let unreadable = they.theirs("unreadable message")
                && (they.theirs("Field=unsignedAttrs") || they.theirs("CMS_CertificateChoices"));
            unreadable || they.theirs("attribute error") && facts::has_unsigned_attributes(case)
        },
    },
    Class {
        id: "attributes-as-received",
        accepts: HONNIN,
        reason: "RFC 5652 §5.4: what was signed are the attributes as they were encoded. They are hashed as received; OpenSSL sorts the values of each anew, and hashes what nobody signed",
        holds: |case, they| {
            case.kind == Kind::Cms && they.theirs("verification failure") && facts::values_unsorted(case)
        },
    },
    Class {
        id: "attribute-values-unread",
        accepts: HONNIN,
        reason: "RFC 5652 §5.3: the value of an attribute that is not known is of any type; it is covered by the signature and not looked into",
        holds: |_, they| they.theirs("unreadable message") && they.theirs("Type=X509_ATTRIBUTE"),
    },
    Class {
        id: "mail-not-constrained",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.10: names are compared with constraints of their own form, and there is none for mail addresses. OpenSSL refuses emailAddress of another string type at once",
        holds: |case, they| {
            they.theirs("unsupported or invalid name syntax") && facts::mentions(case, "1.2.840.113549.1.9.1")
        },
    },
    Class {
        id: "uri-with-userinfo",
        accepts: HONNIN,
        reason: "RFC 3986 §3.2: user information stands before the host, and is no part of it. OpenSSL compares it with the constraint as if it were",
        holds: |case, they| they.theirs("permitted subtree violation") && facts::uri_with_userinfo(case),
    },
    Class {
        id: "message-digest-set-unread",
        accepts: HONNIN,
        reason: "RFC 5652 §5.1: digestAlgorithms is a hint for reading in one pass, and may be empty; each signer names its own",
        holds: |case, they| {
            let silent = they.lax.as_ref().is_err_and(String::is_empty) && facts::digest_set_empty(case);
            let unknown = they.theirs("unknown digest algorithm") || they.theirs("no matching digest");
            case.kind == Kind::Cms && (unknown || they.theirs("") && silent)
        },
    },
    Class {
        id: "other-issuer-tried",
        accepts: HONNIN,
        reason: "RFC 4158 §2.2, §3.1: if one candidate of the issuer's name fails, the next is tried. OpenSSL, without a key identifier, takes one",
        holds: |case, they| they.theirs("certificate signature failure") && facts::self_issued(case),
    },
    Class {
        id: "qualifiers-not-critical",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.4: qualifiers are information for people; what they hold is not looked into",
        holds: |case, they| {
            they.theirs("inconsistent certificate policy extension") && facts::has_qualifiers(case)
        },
    },
    Class {
        id: "key-usage-empty",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.3 obliges the issuer to set a bit. Without any, everything that is asked for is refused; where nothing is, nothing is allowed either",
        holds: |case, they| matches!(they.ours, Ours::Accepted) && leaf_usage(case) == Some(0),
    },
    Class {
        id: "issuer-crl-beside-points",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3, last paragraph: if the distribution points leave it open, CRLs of the issuer are asked as if of a point without reasons. OpenSSL takes them for the reasons of the point alone",
        holds: |case, they| {
            (they.theirs("unable to get certificate CRL") || they.theirs("different CRL scope"))
                && !facts::extensions(case, "2.5.29.31").is_empty()
        },
    },
    Class {
        id: "other-point-asked",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3: a list that cannot be verified settles nothing, and the next distribution point is asked. OpenSSL takes one list for all of them",
        holds: |case, they| {
            let designated = |point: &facts::Extension| facts::has_tag(&point.value, 0xa2);
            they.theirs("CRL signature failure")
                && case.crls.len() > 1
                && facts::extensions(case, "2.5.29.31").iter().any(designated)
        },
    },
    Class {
        id: "name-forms-unread",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.6, §4.2.1.10: x400Address and ediPartyName are not looked into; where one is constrained and present, the certificate is refused. OpenSSL reads them, and then does not use the extension",
        holds: |case, they| {
            let unread = |oid: &str| {
                let found = facts::extensions(case, oid);
                found
                    .iter()
                    .any(|it| facts::has_tag(&it.value, 0xa3) || facts::has_tag(&it.value, 0xa5))
            };
            they.theirs("unable to get local issuer")
                && ["2.5.29.17", "2.5.29.18", "2.5.29.30", "2.5.29.31"]
                    .iter()
                    .any(|oid| unread(oid))
        },
    },
    Class {
        id: "list-not-usable",
        accepts: HONNIN,
        reason: "RFC 5280 §5.1.2.5, §5.3.3: a list without nextUpdate, or with certificateIssuer though not indirect, is not used, whatever it says; another current list settles it",
        holds: |case, they| {
            they.theirs("certificate revoked")
                && case.crls.len() > 1
                && (facts::crl_without_next_update(case) || facts::mentions(case, "2.5.29.29"))
        },
    },
    Class {
        id: "point-empty",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.13 obliges the issuer to name the point or the CRL's issuer; by §6.3.3 (b) nothing narrows such a point, and the issuer's CRLs are asked",
        holds: |case, they| they.theirs("unable to get local issuer") && facts::point_empty(case),
    },
    Class {
        id: "reasons-covered",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3: points are gone through in their order until all reasons are covered. OpenSSL begins with the newest list of any point",
        holds: |case, they| {
            they.theirs("certificate revoked") && case.crls.len() > 1 && facts::points_of_leaf(case) > 1
        },
    },
];

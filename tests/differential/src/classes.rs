//! Where honnin and OpenSSL may differ, and why.
//!
//! A class holds for a disagreement by what each of them said and by facts of the case that are found independently. What
//! honnin accepts and OpenSSL refuses needs a rule of a standard that says so.

use std::fmt;

use crate::case::{Case, Kind};
use crate::facts;
use crate::lint::Rule;
use crate::ours::Ours;
use crate::peer::Theirs;

/// Two verdicts that are not the same.
pub struct Disagreement {
    pub ours: Ours,
    /// OpenSSL with X509_V_FLAG_X509_STRICT.
    pub strict: Theirs,
    /// OpenSSL without.
    pub lax: Theirs,
}

impl Disagreement {
    /// honnin accepts, and OpenSSL refuses even without its strict rules; the reason has this text in it.
    fn theirs(&self, text: &str) -> bool {
        matches!((&self.ours, &self.lax), (Ours::Accepted, Err(error)) if error.contains(text))
    }

    /// honnin accepts, and OpenSSL refuses for a strict rule only.
    fn strictly(&self, text: &str) -> bool {
        matches!((&self.ours, &self.strict, &self.lax), (Ours::Accepted, Err(error), Ok(())) if error.contains(text))
    }

    /// OpenSSL accepts and honnin refuses with this code.
    fn code(&self, wanted: &str) -> bool {
        matches!(&self.ours, Ours::Refused(code, _) if code.as_str() == wanted)
    }

    /// OpenSSL accepts and honnin refuses, its message having this text in it.
    fn says(&self, text: &str) -> bool {
        matches!(&self.ours, Ours::Refused(_, message) if message.contains(text))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ours {
            Ours::Accepted => write!(
                f,
                "honnin accepts; OpenSSL strict: {:?}, lax: {:?}",
                self.strict, self.lax
            ),
            Ours::Refused(code, message) => write!(
                f,
                "OpenSSL accepts (lax: {:?}); honnin: {code}: {message}",
                self.lax
            ),
            Ours::Panicked => write!(f, "honnin panicked"),
        }
    }
}

/// A kind of disagreement that is meant.
pub struct Class {
    pub id: &'static str,
    pub accepts: &'static str,
    pub reason: &'static str,
    pub holds: fn(&Case, &Disagreement) -> bool,
}

const HONNIN: &str = "honnin accepts";
const OPENSSL: &str = "OpenSSL accepts";

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

/// honnin could not read something, or did without what it could not read.
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

/// honnin could not read something, for this reason.
fn reads(case: &Case, they: &Disagreement, text: &str) -> bool {
    malformed(they) && (they.says(text) || facts::unreadable(case).iter().any(|why| why.contains(text)))
}

pub const CLASSES: &[Class] = &[
    // What X509_V_FLAG_X509_STRICT adds: rules for those who issue ("conforming CAs MUST"), none of RFC 5280 §6.1.
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
        id: "mapping-in-the-leaf",
        accepts: HONNIN,
        reason: "RFC 5280 §6.1.4 (a) is for certificates that another follows; policyMappings of the leaf map nothing",
        holds: |case, they| {
            they.theirs("inconsistent certificate policy extension")
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
        id: "defect-certificate-issuer-without-name",
        accepts: HONNIN,
        reason: "A DEFECT: RFC 5280 §5.3.3 wants the issuer's distinguished name in certificateIssuer. An entry with a name of another kind takes it and those behind it out of the list, instead of making the list useless",
        holds: |case, they| {
            they.theirs("certificate revoked")
                && facts::extensions(case, "2.5.29.29")
                    .iter()
                    .any(|issuer| issuer.value.get(2) != Some(&0xa4))
        },
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
            they.theirs("inconsistent certificate policy extension")
                && (facts::mentions(case, "1.3.6.1.5.5.7.2.2") || facts::mentions(case, "1.3.6.1.5.5.7.2.1"))
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
    Class {
        id: "crls-of-one-moment",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3 and §5: two current lists of one scope, issuer and thisUpdate that contradict each other cannot both be complete; the first that is handed over is believed",
        holds: |case, they| {
            they.theirs("certificate revoked") && case.crls.len() > 1 && facts::crls_of_one_moment(case)
        },
    },
    // OpenSSL accepts: encodings that are no DER.
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
    // OpenSSL accepts: structures that RFC 5280 does not know. It does not read what it does not use.
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
        "a reason that does not exist",
        "RFC 5280 §5.3.1: 7 and numbers above 10 are no reasons"
    ),
    structure!(
        "crl-entry-extensions",
        "an entry extension twice",
        "RFC 5280 §5.3.3: certificateIssuer is for indirect CRLs; who wrote the list meant something else than we would read"
    ),
    structure!(
        "version-unknown",
        "a version that does not exist",
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
        "a relative distinguished name of no",
        "X.501 §9.3: an RDN has at least one attribute"
    ),
    structure!(
        "name-kind",
        "a kind of name that does not exist",
        "RFC 5280 §4.2.1.6: GeneralName has nine kinds"
    ),
    structure!(
        "crl-number",
        "a CRL number that is negative or too long",
        "RFC 5280 §5.2.3: at most 20 octets, not negative"
    ),
    structure!(
        "distribution-points-empty",
        "no distribution points",
        "RFC 5280 §4.2.1.13: SIZE (1..MAX)"
    ),
    structure!(
        "algorithms-differ",
        "the signature algorithm inside is not the one outside",
        "RFC 5280 §4.1.1.2, §5.1.1.2: both have to be the same, parameters too"
    ),
    structure!(
        "default-written",
        "a default value is written out",
        "X.690 §11.5: DER leaves default values out"
    ),
    structure!(
        "boolean",
        "a BOOLEAN that is neither 00 nor FF",
        "X.690 §11.1: TRUE is FF in DER"
    ),
    structure!(
        "implicit-ascii",
        "an IA5String with other characters",
        "RFC 5280 §4.2.1.6: the name is an IA5String"
    ),
    structure!(
        "implicit-negative",
        "a negative",
        "RFC 5280 §4.2.1.9 to §4.2.1.14, RFC 5652 §5.1: counts and versions are not negative"
    ),
    structure!(
        "element-missing",
        "an element is missing or of another type",
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
        "not the DER of an RSAPublicKey",
        "RFC 8017 appendix A.1.1: RSAPublicKey is two numbers and nothing else"
    ),
    structure!(
        "bit-strings",
        "BIT STRING",
        "X.690 §8.6: keys and signatures are whole bytes, unused bits zero"
    ),
    structure!(
        "named-bits",
        "named bits",
        "X.690 §11.2.2: named bits end with a one in DER"
    ),
    structure!(
        "too-long",
        "than any real one",
        "RFC 5280 §4.1.2.2 and bounds of ours: longer than any real one"
    ),
    structure!(
        "unknown-time",
        "a time ",
        "RFC 5280 §4.1.2.5: times have seconds, no fraction and Z, and exist"
    ),
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
        "ECDSA with another hash",
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
        "another type than data",
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
        "RFC 5280 §4.2.1.10: minimum has to be zero, and DER leaves zero out"
    ),
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
                && (they.says("or its parameters") || they.says("neither RSA nor"))
        },
    },
];

/// The first eight bits of the leaf's keyUsage: digitalSignature is `0x80`. None without the extension.
fn leaf_usage(case: &Case) -> Option<u8> {
    facts::extensions(&only_leaf(case), "2.5.29.15")
        .iter()
        .find_map(|usage| match &usage.value[..] {
            [3, _, _, first, ..] => Some(*first),
            [3, 1, 0] => Some(0),
            _ => None,
        })
}

/// The same question with the leaf alone among the certificates.
fn only_leaf(case: &Case) -> Case {
    Case {
        anchor: Vec::new(),
        intermediates: Vec::new(),
        crls: Vec::new(),
        message: Vec::new(),
        ..case.clone()
    }
}

/// Which class a disagreement is in; none has to be looked into.
pub fn class_of(case: &Case, disagreement: &Disagreement) -> Option<usize> {
    CLASSES.iter().position(|class| (class.holds)(case, disagreement))
}

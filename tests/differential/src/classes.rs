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
            Ours::Accepted => write!(f, "honnin accepts; OpenSSL strict: {:?}, lax: {:?}", self.strict, self.lax),
            Ours::Refused(code, message) => write!(f, "OpenSSL accepts (lax: {:?}); honnin: {code}: {message}", self.lax),
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
        Class { id: $id, accepts: HONNIN, reason: $reason, holds: |_, they| they.strictly($text) }
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

/// honnin could not read something, or did without what it could not read.
fn malformed(they: &Disagreement) -> bool {
    ["certificate-malformed", "crl-malformed", "cms-malformed", "signed-attributes-not-der", "signed-attribute-malformed", "issuer-not-found", "signer-certificate-not-found", "revocation-unknown", "key-malformed"]
        .iter()
        .any(|code| they.code(code))
}

pub const CLASSES: &[Class] = &[
    // What X509_V_FLAG_X509_STRICT adds: rules for those who issue ("conforming CAs MUST"), none of RFC 5280 §6.1.
    profile!("profile-subject-empty", "Subject name empty", "RFC 5280 §4.1.2.6 obliges the issuer to name the subject; §6.1 does not look at it"),
    profile!("profile-no-aki", "Missing Authority Key Identifier", "RFC 5280 §4.2.1.1 obliges the issuer; §6.1 does not look at it, and JPKI's roots have none"),
    profile!("profile-no-ski", "Missing Subject Key Identifier", "RFC 5280 §4.2.1.2 obliges the issuer; §6.1 does not look at it"),
    profile!("profile-path-length", "Path length", "RFC 5280 §4.2.1.9: pathLenConstraint is meaningful only with cA and keyCertSign; it is without effect otherwise"),
    profile!("profile-bc-not-critical", "Basic Constraints of CA cert not marked critical", "RFC 5280 §4.2.1.9 obliges the issuer; §6.1.4 (k) asks for cA only"),
    profile!("profile-no-key-usage", "CA cert does not include key usage extension", "RFC 5280 §6.1.4 (n): keyCertSign has to be set if keyUsage is present"),
    profile!("profile-leaf-cert-sign", "invalid CA certificate", "RFC 5280 §4.2.1.3: keyCertSign without cA, in a leaf that signs no certificate; as an issuer it is refused"),
    profile!("profile-leaf-cert-sign", "Key usage keyCertSign invalid for non-CA cert", "RFC 5280 §4.2.1.3: keyCertSign without cA, in a leaf that signs no certificate; as an issuer it is refused"),
    profile!("profile-san-not-critical", "Subject empty and Subject Alt Name extension not critical", "RFC 5280 §4.2.1.6 obliges the issuer; §6.1 does not look at it"),
    profile!("profile-identifier-critical", "marked critical", "RFC 5280 §4.2.1.1, §4.2.1.2: the issuer must not mark it critical; whoever reads it can"),

    // honnin accepts.
    Class {
        id: "key-identifiers-differ",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.1 and RFC 4158 §3.5.12: authorityKeyIdentifier helps to find the issuer; §6.1.3 (a)(1) decides by the signature. OpenSSL passes over issuers whose identifier differs",
        holds: |case, they| (they.theirs("unable to get local issuer") || they.theirs("unable to get issuer") || they.theirs("self-signed certificate in") || they.theirs("self-signed certificate")) && facts::key_identifiers_differ(case),
    },
    Class {
        id: "names-compared-by-rule",
        accepts: HONNIN,
        reason: "RFC 5280 §7.1 (RFC 4518 §2.2): case, insignificant space, string type and characters mapped to nothing do not tell names apart. OpenSSL folds ASCII only",
        holds: |case, they| matches!(they.ours, Ours::Accepted) && facts::names_vary(case) && they.lax.as_ref().is_err_and(|error| ["local issuer", "unable to get certificate CRL", "signer certificate not found", "permitted subtree", "excluded subtree"].iter().any(|text| error.contains(text))),
    },
    Class {
        id: "self-issued-not-self-signed",
        accepts: HONNIN,
        reason: "RFC 5280 §3.2: a certificate of one name for issuer and subject is self-issued; self-signed only if its own key signed it. OpenSSL, without a key identifier to tell, stops there",
        holds: |case, they| they.theirs("self-signed certificate in certificate chain") && facts::self_issued(case),
    },
    Class {
        id: "critical-and-understood",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2: refused is what is not recognised. honnin reads issuerAltName, the key identifiers and id-pkix-ocsp-nocheck; OpenSSL does not count them among those it handles",
        holds: |case, they| they.theirs("unhandled critical extension") && {
            let known = ["2.5.29.18", "2.5.29.14", "2.5.29.35", "1.3.6.1.5.5.7.48.1.5"].map(crate::write::oid_contents);
            facts::critical(case).iter().any(|oid| known.contains(oid))
        },
    },
    Class {
        id: "purpose-and-key-usage",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.12: both extensions are processed independently; honnin's caller asks for bits of keyUsage with an option of its own. OpenSSL's purpose for TLS clients includes digitalSignature or keyAgreement",
        holds: |case, they| they.theirs("unsuitable certificate purpose") && case.options.client && facts::extensions(case, "2.5.29.15").iter().any(|usage| match &usage.value[..] {
            [3, _, _, first, ..] => first & 0x88 == 0 && first & 0x04 == 0,
            [3, _, _] | [] => true,
            _ => false,
        }),
    },
    Class {
        id: "any-purpose",
        accepts: HONNIN,
        reason: "RFC 5280 §4.2.1.12: anyExtendedKeyUsage does not restrict the purpose. OpenSSL's purpose for TLS clients does not count it",
        holds: |case, they| they.theirs("unsuitable certificate purpose") && facts::mentions(case, "2.5.29.37.0"),
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
        holds: |case, they| they.theirs("inconsistent certificate policy extension") && facts::extensions(&only_leaf(case), "2.5.29.33").iter().any(|_| true),
    },
    Class {
        id: "leaf-key-unread",
        accepts: HONNIN,
        reason: "RFC 5280 §6.1.5 (c): the leaf's key is handed out, not used; whoever uses it is refused then",
        holds: |_, they| they.theirs("unspecified certificate verification error"),
    },
    Class {
        id: "issuer-crl-beside-points",
        accepts: HONNIN,
        reason: "RFC 5280 §6.3.3, last paragraph: if the distribution points leave it open, CRLs of the issuer are asked as if of a point without reasons. OpenSSL takes them for the reasons of the point alone",
        holds: |case, they| (they.theirs("unable to get certificate CRL") || they.theirs("different CRL scope")) && !facts::extensions(case, "2.5.29.31").is_empty(),
    },
    Class {
        id: "defect-first-crl-counts",
        accepts: HONNIN,
        reason: "A DEFECT: of several current CRLs of one scope the first that says good is believed, though a newer one says revoked",
        holds: |case, they| they.theirs("certificate revoked") && case.crls.len() > 1,
    },

    // OpenSSL accepts: encodings that are no DER.
    encoding!("der-length", Length, "X.690 §10.1: DER has definite, minimal lengths"),
    encoding!("der-constructed", Constructed, "X.690 §10.2: DER has strings in one piece"),
    encoding!("der-boolean", Boolean, "X.690 §11.1: TRUE is FF in DER"),
    encoding!("der-default", Default, "X.690 §11.5: DER leaves default values out"),
    encoding!("der-integer", Integer, "X.690 §8.3.2: an INTEGER is minimal"),
    encoding!("der-unused-bits", UnusedBits, "X.690 §11.2.1: unused bits are zero in DER"),
    encoding!("der-named-bits", NamedBits, "X.690 §11.2.2: named bits end with a one in DER"),
    encoding!("der-oid", Oid, "X.690 §8.19.2: arcs are not padded"),
    encoding!("der-time", Time, "RFC 5280 §4.1.2.5: times have seconds, no fraction and Z, and exist"),
    encoding!("der-ascii", Ascii, "X.680 §41: IA5String is ASCII"),
    encoding!("der-structure", Structure, "X.690 §8.1: tags and lengths do not fit their contents; OpenSSL does not read this extension"),
    encoding!("der-trailing", Trailing, "bytes behind the end"),
];

/// The same question with the leaf alone among the certificates.
fn only_leaf(case: &Case) -> Case {
    Case { intermediates: Vec::new(), crls: Vec::new(), ..case.clone() }
}

pub fn class_of(case: &Case, disagreement: &Disagreement) -> Option<usize> {
    CLASSES.iter().position(|class| (class.holds)(case, disagreement))
}

#[allow(dead_code)]
fn is_cms(case: &Case) -> bool {
    case.kind == Kind::Cms
}

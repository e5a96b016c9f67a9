//! The profiles of My Number Card certificates.

use crate::der::Oid;
use crate::signature::Scheme;
use crate::x509::{KeyUsage, oids};

/// One of the two hierarchies of JPKI. They are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hierarchy {
    /// 署名用: for signing documents. The certificate contains the holder's name, address, birth date and
    /// gender.
    Sign,
    /// 利用者証明用: for authentication. The certificate contains none of these.
    Auth,
}

impl Hierarchy {
    /// `sign` or `auth`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Hierarchy::Sign => "sign",
            Hierarchy::Auth => "auth",
        }
    }

    /// The first organizationalUnitName of its CAs.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Hierarchy::Sign => "JPKI for digital signature",
            Hierarchy::Auth => "JPKI for user authentication",
        }
    }

    /// The hierarchy according to the end of an organizationalUnitName of a CA.
    pub(super) fn of_unit(unit: &str) -> Option<Self> {
        if unit.ends_with(" for digital signature") {
            Some(Hierarchy::Sign)
        } else if unit.ends_with(" for user authentication") {
            Some(Hierarchy::Auth)
        } else {
            None
        }
    }
}

/// Real cards, or the test cards of J-LIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cards {
    /// Cards of real people.
    Production,
    /// Test cards.
    Test,
}

impl Cards {
    /// `production` or `test`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Cards::Production => "production",
            Cards::Test => "test",
        }
    }

    /// The organizationName of its CAs.
    #[must_use]
    pub const fn organization(self) -> &'static str {
        match self {
            Cards::Production => "JPKI",
            Cards::Test => "JPKI-TEST",
        }
    }
}

/// The requirements for a certificate. [`PROFILES`] has the known profiles. You can write another, for a
/// synthetic hierarchy or for a kind of certificate that is not in the table yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile<'a> {
    /// The name in results and reports.
    pub name: &'a str,
    /// The hierarchy.
    pub hierarchy: Hierarchy,
    /// The cards; `None` for neither of the two.
    pub cards: Option<Cards>,
    /// organizationName of the issuer.
    pub organization: &'a str,
    /// The first organizationalUnitName of the issuer; `None` for any except that of the other hierarchy.
    pub unit: Option<&'a str>,
    /// The policies, of which the certificate must have exactly one. Empty if they are not public: the
    /// profile is inactive.
    pub policies: &'a [Oid<'a>],
    /// keyUsage: critical, with exactly these bits.
    pub key_usage: KeyUsage,
    /// extKeyUsage: exactly these purposes; if empty, the extension must be absent.
    pub extended_key_usage: &'a [Oid<'a>],
    /// The allowed signature schemes of the CA. The key type of the certificate must match one of them too.
    pub schemes: &'a [Scheme],
}

impl Profile<'_> {
    /// Whether certificates can be verified with this profile.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        !self.policies.is_empty()
    }
}

/// digitalSignature and nonRepudiation: `03 02 06 C0`.
const SIGN_USAGE: KeyUsage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION);
/// digitalSignature: `03 02 07 80`.
const AUTH_USAGE: KeyUsage = KeyUsage::DIGITAL_SIGNATURE;

const RSA: &[Scheme] = &[Scheme::RsaPkcs1Sha256];
const P384: &[Scheme] = &[Scheme::EcdsaP384Sha384];

/// The policy of a profile, in the arc 1.2.392.200149.8.5.1.
macro_rules! policy {
    ($cards:literal, $kind:literal) => {
        &[Oid::new(&[
            0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 8, 5, 1, $cards, $kind,
        ])]
    };
}

const fn row(
    name: &'static str,
    hierarchy: Hierarchy,
    cards: Cards,
    policies: &'static [Oid<'static>],
) -> Profile<'static> {
    Profile {
        name,
        hierarchy,
        cards: Some(cards),
        organization: cards.organization(),
        unit: Some(hierarchy.unit()),
        policies,
        key_usage: match hierarchy {
            Hierarchy::Sign => SIGN_USAGE,
            Hierarchy::Auth => AUTH_USAGE,
        },
        extended_key_usage: match hierarchy {
            Hierarchy::Sign => &[],
            Hierarchy::Auth => &[oids::CLIENT_AUTH],
        },
        schemes: RSA,
    }
}

const fn next_card(profile: Profile<'static>) -> Profile<'static> {
    Profile {
        schemes: P384,
        ..profile
    }
}

/// The known profiles.
///
/// The last two are for next-generation cards, whose keys are on P-384. Their policies are not public yet, so these
/// profiles are inactive.
pub const PROFILES: &[Profile<'static>] = &[
    // 1.2.392.200149.8.5.1.1.20
    row("jpki-sign", Hierarchy::Sign, Cards::Production, policy!(1, 20)),
    // 1.2.392.200149.8.5.1.3.30
    row("jpki-auth", Hierarchy::Auth, Cards::Production, policy!(3, 30)),
    // 1.2.392.200149.8.5.1.0.20
    row("jpki-sign-test", Hierarchy::Sign, Cards::Test, policy!(0, 20)),
    // 1.2.392.200149.8.5.1.0.30
    row("jpki-auth-test", Hierarchy::Auth, Cards::Test, policy!(0, 30)),
    next_card(row("jpki-sign-p384", Hierarchy::Sign, Cards::Production, &[])),
    next_card(row("jpki-auth-p384", Hierarchy::Auth, Cards::Production, &[])),
];

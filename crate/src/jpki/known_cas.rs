//! The CAs that J-LIS has published, by the SHA-256 digest of their certificates.
//!
//! You give the certificates; this table identifies them. A CA in this table is not trusted for that reason.

use super::profile::{Cards, Hierarchy};
use crate::signature::Hash;

/// One generation of a CA. All generations of a hierarchy have the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownCa {
    /// The name of its published file.
    pub name: &'static str,
    /// The hierarchy that it issues for.
    pub hierarchy: Hierarchy,
    /// The generation: a number in production, the year of its start for test cards.
    pub generation: &'static str,
    /// The cards.
    pub cards: Cards,
    /// The SHA-256 digest of the DER of its certificate.
    pub fingerprint: [u8; 32],
}

const fn known(
    name: &'static str,
    hierarchy: Hierarchy,
    generation: &'static str,
    cards: Cards,
    fingerprint: &'static str,
) -> KnownCa {
    KnownCa {
        name,
        hierarchy,
        generation,
        cards,
        fingerprint: unhex(fingerprint),
    }
}

/// The known CAs.
pub const KNOWN_CAS: &[KnownCa] = &[
    known(
        "signca01",
        Hierarchy::Sign,
        "01",
        Cards::Production,
        "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355",
    ),
    known(
        "signca02",
        Hierarchy::Sign,
        "02",
        Cards::Production,
        "79679c33e4cc9319440f1ad120a597ff1844e2ef217063adb176966fd5e6fbeb",
    ),
    known(
        "signca03",
        Hierarchy::Sign,
        "03",
        Cards::Production,
        "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f",
    ),
    known(
        "authca01",
        Hierarchy::Auth,
        "01",
        Cards::Production,
        "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d",
    ),
    known(
        "authca02",
        Hierarchy::Auth,
        "02",
        Cards::Production,
        "0d98de47fc11b7f67126874b7028b6026a803d2638d6edfe53176953961fade6",
    ),
    known(
        "authca03",
        Hierarchy::Auth,
        "03",
        Cards::Production,
        "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5",
    ),
    known(
        "signca-test-2019",
        Hierarchy::Sign,
        "2019",
        Cards::Test,
        "7bdbdf2652a15e6d458efc143b7201242e1162416251d0903060fa7c642465cc",
    ),
    known(
        "signca-test-2024",
        Hierarchy::Sign,
        "2024",
        Cards::Test,
        "8126df7dd2db230bd8ee48caa40fc3417dde3607050ed34973d8d3cf267fe723",
    ),
    known(
        "authca-test-2019",
        Hierarchy::Auth,
        "2019",
        Cards::Test,
        "b6de0ff5a384f5af0242a6ca854dee57ee2cad97b341f18b914948fd8e638706",
    ),
    known(
        "authca-test-2023",
        Hierarchy::Auth,
        "2023",
        Cards::Test,
        "5a0e7d690c718fadebc7fb6eff66a6dd623458debc1aa6fb1778bfe157cbeb25",
    ),
];

/// The fingerprint of a DER-encoded certificate, and the known CA that it belongs to.
#[must_use]
pub fn identify(certificate: &[u8]) -> ([u8; 32], Option<&'static KnownCa>) {
    let digest = Hash::Sha256.digest(certificate);
    let fingerprint = <[u8; 32]>::try_from(digest).unwrap_or_default();
    let known = KNOWN_CAS.iter().find(|known| known.fingerprint == fingerprint);
    (fingerprint, known)
}

/// Evaluated at compile time. A text that is not 32 bytes in hexadecimal does not compile.
const fn unhex(text: &str) -> [u8; 32] {
    const fn digit(byte: u8) -> u8 {
        match byte {
            b'0'..=b'9' => byte - b'0',
            _ => 10 + byte - b'a',
        }
    }
    let mut rest = text.as_bytes();
    let mut bytes = [0; 32];
    let mut at = 0;
    assert!(rest.len() == 64);
    while let [high, low, after @ ..] = rest {
        #[allow(clippy::indexing_slicing)] // In range: there are 64 digits.
        {
            bytes[at] = digit(*high) << 4 | digit(*low);
        }
        at += 1;
        rest = after;
    }
    bytes
}

//! Digests of long CRLs that the caller computed: each counts for the very bytes that it is for.

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::signature::Hash;
use honnin::x509::{KnownDigest, Revocation};

/// A CRL of 23 kB, whose digest is kept: with a serial number in it, and one that is not.
fn long_list() -> Vec<u8> {
    let list = (0..900_u16).fold(CrlTemplate::new("Root"), |list, number| {
        let [high, low] = number.to_be_bytes();
        list.entry(&[1, high, low], &[])
    });
    list.sign(&Key::new(1))
}

/// The tbsCertList, with its header. It and the CRL have lengths of two bytes.
fn signed_part(crl: &[u8]) -> &[u8] {
    assert_eq!((crl[1], crl[5]), (0x82, 0x82));
    let length = usize::from(crl[6]) << 8 | usize::from(crl[7]);
    &crl[4..8 + length]
}

/// Asks with a digest of what `part` chooses of the CRL.
fn ask(crl: &[u8], part: fn(&[u8]) -> &[u8], hash: Hash, digest: &[u8]) -> Result<Revocation, Code> {
    Question::new().crl(crl.to_vec()).ask_with(|options| {
        let known = KnownDigest {
            data: part(options.revocation.crls[0]),
            hash,
            digest: Vec::leak(digest.to_vec()),
        };
        options.revocation.digests = Vec::leak(vec![known]);
    })
}

#[test]
fn a_digest_that_is_known_is_not_computed() {
    let mut crl = long_list();
    let right = Hash::Sha256.digest(signed_part(&crl));
    assert_eq!(ask(&crl, signed_part, Hash::Sha256, &right), GOOD);
    let mut wrong = right.clone();
    wrong[31] ^= 1;
    let refused = Err(Code::CrlSignatureMismatch);
    assert_eq!(ask(&crl, signed_part, Hash::Sha256, &wrong), refused);
    // That of the unchanged list is trusted for a changed one: so it must be computed from the bytes given.
    let entry = crl.windows(3).position(|part| part == [1, 0, 7]).unwrap();
    crl[entry] = 2;
    assert_eq!(ask(&crl, signed_part, Hash::Sha256, &right), GOOD);
    assert_eq!(Question::new().crl(crl).ask(), refused);
}

#[test]
fn a_digest_of_something_else_is_not_used() {
    let crl = long_list();
    let wrong = [0; 64];
    for (part, hash, length) in [
        // Other bytes, another hash, another length than that of the hash.
        ((|crl| crl) as fn(&[u8]) -> &[u8], Hash::Sha256, 32),
        (|crl| &signed_part(crl)[1..], Hash::Sha256, 32),
        (signed_part, Hash::Sha512, 64),
        (signed_part, Hash::Sha256, 31),
        (signed_part, Hash::Sha256, 0),
    ] {
        assert_eq!(ask(&crl, part, hash, &wrong[..length]), GOOD, "{hash:?} {length}");
    }
}

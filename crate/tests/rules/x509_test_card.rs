//! The certificates that J-LIS issued for its test cards, in `../shared/vectors/jpki-test`. Skipped with a notice where
//! absent.

use crate::pki::oid_contents;
use crate::vectors;
use honnin::der::Oid;
use honnin::x509::{
    Certificate, GeneralName, KeyUsage, PathOptions, Purpose, Requirement, Revocation, TrustAnchor, oids,
    verify_certificate,
};
use honnin::{Code, Status};

/// 2026-11-01T00:00:00Z.
const TIME: i64 = 1_793_491_200;

struct Card {
    leaf: Vec<u8>,
    issuer: Vec<u8>,
    others: Vec<Vec<u8>>,
}

fn card() -> Option<Card> {
    let folder = vectors::folder("jpki-test", 1)?;
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    Some(Card {
        leaf: read("sign.cer"),
        issuer: read("signca-test-2024.cer"),
        others: [
            "signca-test-2019.cer",
            "authca-test-2019.cer",
            "authca-test-2023.cer",
        ]
        .map(read)
        .to_vec(),
    })
}

fn verify(leaf: &[u8], anchors: &[&[u8]], time: i64) -> Result<(), Code> {
    let anchors: Vec<_> = anchors
        .iter()
        .map(|der| TrustAnchor::from_certificate(der).unwrap())
        .collect();
    let policy = oid_contents("1.2.392.200149.8.5.1.0.20");
    let policies = [Oid::new(&policy)];
    let mut options = PathOptions::new(&anchors, time);
    options.initial_policies = &policies;
    options.explicit_policy = true;
    options.key_usage = Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION));
    let valid = verify_certificate(leaf, &options).map_err(|error| {
        let last = error.report().steps().last().unwrap();
        assert_eq!(last.status, Status::Failed);
        error.code()
    })?;
    assert_eq!(valid.policies, policies);
    assert_eq!(valid.certificates.len(), 1);
    assert_eq!(valid.revocation, [Revocation::NotChecked]);
    // Nothing of the holder's in the report.
    let said: String = valid
        .report
        .steps()
        .iter()
        .map(|step| step.detail.to_string())
        .collect();
    assert!(!said.contains("2025") && !said.contains("Kiyose"), "{said}");
    Ok(())
}

#[test]
fn the_leaf_is_valid_under_its_own_authority() {
    let Some(card) = card() else { return };
    assert_eq!(verify(&card.leaf, &[&card.issuer], TIME), Ok(()));
    // Among all four, as well: the issuer is chosen by its key.
    let mut all: Vec<&[u8]> = card.others.iter().map(Vec::as_slice).collect();
    all.push(&card.issuer);
    assert_eq!(verify(&card.leaf, &all, TIME), Ok(()));
}

#[test]
fn the_other_generation_of_the_same_name_is_not_its_authority() {
    let Some(card) = card() else { return };
    let read = |der| Certificate::from_der(der).unwrap();
    assert!(
        read(&card.others[0])
            .subject()
            .matches(read(&card.issuer).subject())
    );
    assert_eq!(
        verify(&card.leaf, &[&card.others[0]], TIME),
        Err(Code::IssuerNotFound)
    );
}

#[test]
fn the_hierarchy_for_authentication_is_not_its_authority() {
    let Some(card) = card() else { return };
    let anchors: Vec<&[u8]> = card.others[1..].iter().map(Vec::as_slice).collect();
    assert_eq!(verify(&card.leaf, &anchors, TIME), Err(Code::IssuerNotFound));
}

#[test]
fn the_cards_own_copy_of_the_authority_is_no_anchor() {
    let Some(card) = card() else { return };
    let anchors = [TrustAnchor::from_certificate(&card.others[1]).unwrap()];
    let copy = [card.issuer.as_slice()];
    let mut options = PathOptions::new(&anchors, TIME);
    options.intermediates = &copy;
    let error = verify_certificate(&card.leaf, &options).unwrap_err();
    assert_eq!(error.code(), Code::IssuerNotFound);
}

#[test]
fn its_period_of_validity_counts_to_the_second() {
    let Some(card) = card() else { return };
    let leaf = Certificate::from_der(&card.leaf).unwrap();
    // 2025-10-27T01:35:57Z and 2030-02-17T14:59:59Z.
    let (from, to) = (1_761_528_957, 1_897_570_799);
    assert_eq!((leaf.not_before(), leaf.not_after()), (from, to));
    let at = |time| verify(&card.leaf, &[&card.issuer], time);
    assert_eq!(at(from - 1), Err(Code::CertificateNotYetValid));
    assert_eq!(at(from), Ok(()));
    assert_eq!(at(to), Ok(()));
    assert_eq!(at(to + 1), Err(Code::CertificateExpired));
}

#[test]
fn another_policy_usage_or_purpose_is_refused() {
    let Some(card) = card() else { return };
    let anchors = [TrustAnchor::from_certificate(&card.issuer).unwrap()];
    let ask = |adjust: &dyn Fn(&mut PathOptions<'_>)| {
        let mut options = PathOptions::new(&anchors, TIME);
        adjust(&mut options);
        verify_certificate(&card.leaf, &options)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    // The production policy, and the one for authentication.
    for other in ["1.2.392.200149.8.5.1.1.20", "1.2.392.200149.8.5.1.0.30"] {
        let contents = oid_contents(other);
        let anchors = [TrustAnchor::from_certificate(&card.issuer).unwrap()];
        let policies = [Oid::new(&contents)];
        let mut options = PathOptions::new(&anchors, TIME);
        options.initial_policies = &policies;
        options.explicit_policy = true;
        let error = verify_certificate(&card.leaf, &options).unwrap_err();
        assert_eq!(error.code(), Code::PolicyNotAcceptable);
    }
    assert_eq!(
        ask(&|options| options.key_usage = Some(KeyUsage::KEY_CERT_SIGN)),
        Err(Code::KeyUsageMissing)
    );
    assert_eq!(
        ask(&|options| options.purpose = Some(Purpose::Allowed(oids::CLIENT_AUTH))),
        Ok(())
    );
    assert_eq!(
        ask(&|options| options.purpose = Some(Purpose::Named(oids::CLIENT_AUTH))),
        Err(Code::ExtendedKeyUsageMissing)
    );
    assert_eq!(
        ask(&|options| options.revocation.require = Requirement::Certificate),
        Err(Code::RevocationUnknown)
    );
}

#[test]
fn the_leaf_reads_as_the_template_says() {
    let Some(card) = card() else { return };
    let leaf = Certificate::from_der(&card.leaf).unwrap();
    let extensions = leaf.extensions();
    assert_eq!((card.leaf.len(), leaf.version()), (1758, 3));
    assert_eq!(leaf.algorithm().oid.to_string(), "1.2.840.113549.1.1.11");
    assert_eq!(
        extensions.key_usage,
        Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION))
    );
    let policies: Vec<_> = extensions
        .policies
        .unwrap()
        .iter()
        .map(|p| p.policy.to_string())
        .collect();
    assert_eq!(policies, ["1.2.392.200149.8.5.1.0.20"]);
    let others: Vec<_> = extensions
        .subject_alt_name
        .unwrap()
        .iter()
        .map(|name| match name {
            GeneralName::Other(oid, _) => oid.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    let arc = |last: u8| format!("1.2.392.200149.8.5.5.{last}");
    assert_eq!(others, [1, 4, 3, 5, 2, 6].map(arc));
    assert!(!leaf.is_ca() && !leaf.is_self_issued());
    assert!(Certificate::from_der(&card.issuer).unwrap().is_self_issued());
}

#[test]
fn every_flipped_bit_is_refused() {
    let Some(card) = card() else { return };
    // Everything but the outer header and the outer algorithm's: TBS and signature.
    let mut codes = std::collections::BTreeMap::<&str, usize>::new();
    for bit in 0..8 * card.leaf.len() {
        let mut changed = card.leaf.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        match verify(&changed, &[&card.issuer], TIME) {
            Ok(()) => panic!("bit {bit} flipped, and accepted"),
            Err(code) => *codes.entry(code.as_str()).or_default() += 1,
        }
    }
    println!("{codes:?}");
    assert_eq!(codes.values().sum::<usize>(), 8 * card.leaf.len());
}

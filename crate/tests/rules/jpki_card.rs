//! The certificates of the test cards of J-LIS. Skipped with a notice if they are absent.

use crate::common;
use crate::vectors;
use honnin::jpki::{
    Cards, Era, Gender, Hierarchy, JpkiOptions, KNOWN_CAS, ProfileChoice, identify, read_holder,
    verify_card_certificate,
};
use honnin::x509::{Certificate, Requirement, Revocation};
use honnin::{Code, Status};

/// 2026-07-01.
const NOW: i64 = 1_782_864_000;
const SIGN_TEST: ProfileChoice<'static> = ProfileChoice::Known(Hierarchy::Sign, Cards::Test);

fn vector(name: &str) -> Option<Vec<u8>> {
    vectors::folder("jpki-test", 1).map(|folder| std::fs::read(folder.join(name)).unwrap())
}

/// The leaf and its issuer.
fn card() -> Option<(Vec<u8>, Vec<u8>)> {
    Some((vector("sign.cer")?, vector("signca-test-2024.cer")?))
}

fn code(certificate: &[u8], options: &JpkiOptions<'_>) -> Code {
    let error = verify_card_certificate(certificate, options).unwrap_err();
    let last = error.report().steps().last().unwrap();
    assert_eq!(last.status, Status::Failed, "{error}");
    error.code()
}

#[test]
fn the_test_card_verifies_against_its_generation() {
    let Some((leaf, ca)) = card() else { return };
    let other = vector("signca-test-2019.cer").unwrap();
    let auth = vector("authca-test-2023.cer").unwrap();
    // With any other trust anchors, in any order.
    for anchors in [vec![ca.as_slice()], vec![&other, &ca], vec![&auth, &ca, &other]] {
        let options = JpkiOptions::new(SIGN_TEST, &anchors, NOW);
        let card = verify_card_certificate(&leaf, &options).unwrap();
        assert_eq!(card.hierarchy, Hierarchy::Sign);
        assert_eq!(card.cards, Some(Cards::Test));
        assert_eq!(card.profile, "jpki-sign-test");
        assert_eq!(card.authority.generation, Some("2024"));
        assert_eq!(card.authority.known.unwrap().name, "signca-test-2024");
        assert_eq!(card.revocation, Revocation::NotChecked);
        assert!(card.warnings.is_empty());
        let revocation = card
            .report
            .steps()
            .iter()
            .find(|step| step.id == "revocation")
            .unwrap();
        assert_eq!(revocation.status, Status::Skipped);
    }
}

#[test]
fn the_other_generation_of_the_same_name_is_not_the_issuer() {
    let Some((leaf, _)) = card() else { return };
    let other = vector("signca-test-2019.cer").unwrap();
    let anchors = [other.as_slice()];
    assert_eq!(
        code(&leaf, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)),
        Code::IssuerNotFound
    );
}

#[test]
fn the_other_hierarchy() {
    let Some((leaf, ca)) = card() else { return };
    let auth: Vec<Vec<u8>> = ["authca-test-2019.cer", "authca-test-2023.cer"]
        .iter()
        .map(|name| vector(name).unwrap())
        .collect();
    let anchors: Vec<&[u8]> = auth.iter().map(Vec::as_slice).collect();
    assert_eq!(
        code(&leaf, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)),
        Code::AnchorMissing
    );
    let as_auth = ProfileChoice::Known(Hierarchy::Auth, Cards::Test);
    for anchors in [anchors, vec![ca.as_slice()]] {
        assert_eq!(
            code(&leaf, &JpkiOptions::new(as_auth, &anchors, NOW)),
            Code::HierarchyMismatch
        );
    }
}

#[test]
fn a_test_card_in_production() {
    let Some((leaf, ca)) = card() else { return };
    let production = ProfileChoice::Known(Hierarchy::Sign, Cards::Production);
    let anchors = [ca.as_slice()];
    for anchors in [&anchors[..], &[]] {
        assert_eq!(
            code(&leaf, &JpkiOptions::new(production, anchors, NOW)),
            Code::EnvironmentMismatch
        );
    }
}

#[test]
fn without_any_anchor() {
    let Some((leaf, _)) = card() else { return };
    assert_eq!(
        code(&leaf, &JpkiOptions::new(SIGN_TEST, &[], NOW)),
        Code::AnchorMissing
    );
    // The leaf itself is not a trust anchor, and neither are unreadable bytes.
    let anchors = [leaf.as_slice()];
    assert_eq!(
        code(&leaf, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)),
        Code::AnchorMissing
    );
    let anchors = [&leaf[1..]];
    assert_eq!(
        code(&leaf, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)),
        Code::CertificateMalformed
    );
}

#[test]
fn outside_its_validity() {
    let Some((leaf, ca)) = card() else { return };
    let anchors = [ca.as_slice()];
    // 2025-10-27T01:35:57Z to 2030-02-17T14:59:59Z.
    let (first, last) = (1_761_528_957, 1_897_570_799);
    for (time, expected) in [
        (first - 1, Some(Code::CertificateNotYetValid)),
        (first, None),
        (last, None),
        (last + 1, Some(Code::CertificateExpired)),
        (i64::MIN, Some(Code::CertificateNotYetValid)),
        (i64::MAX, Some(Code::CertificateExpired)),
    ] {
        let options = JpkiOptions::new(SIGN_TEST, &anchors, time);
        let found = verify_card_certificate(&leaf, &options)
            .err()
            .map(|error| error.code());
        // Much later, the validity period of the trust anchor has ended too.
        assert_eq!(found, expected, "{time}");
    }
}

#[test]
fn every_single_bit_counts() {
    let Some((leaf, ca)) = card() else { return };
    let anchors = [ca.as_slice()];
    let options = JpkiOptions::new(SIGN_TEST, &anchors, NOW);
    let mut flipped = leaf.clone();
    for at in 0..leaf.len() {
        for bit in 0..8 {
            flipped[at] ^= 1 << bit;
            assert!(
                verify_card_certificate(&flipped, &options).is_err(),
                "byte {at}, bit {bit}"
            );
            flipped[at] ^= 1 << bit;
        }
    }
    assert_eq!(flipped, leaf);
}

#[test]
fn no_truncation_panics() {
    let Some((leaf, ca)) = card() else { return };
    let anchors = [ca.as_slice()];
    let options = JpkiOptions::new(SIGN_TEST, &anchors, NOW);
    for cut in 0..leaf.len() {
        assert_eq!(code(&leaf[..cut], &options), Code::CertificateMalformed);
    }
}

#[test]
fn mutations_never_panic() {
    let Some((leaf, ca)) = card() else { return };
    let anchors = [ca.as_slice()];
    let options = JpkiOptions::new(SIGN_TEST, &anchors, NOW);
    let pieces: [&[u8]; 4] = [&[0x80], &[0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0], &[0x0c, 1]];
    let mut random = common::Random::new(1);
    for _ in 0..20_000 {
        let mutated = common::mutate(&mut random, &leaf, &pieces);
        if mutated != leaf {
            assert!(verify_card_certificate(&mutated, &options).is_err());
        }
        if let Ok(certificate) = Certificate::from_der(&mutated) {
            let _ = read_holder(&certificate);
        }
    }
}

#[test]
fn revocation_that_is_required_and_not_known() {
    let Some((leaf, ca)) = card() else { return };
    let anchors = [ca.as_slice()];
    let mut options = JpkiOptions::new(SIGN_TEST, &anchors, NOW);
    options.revocation.require = Requirement::Certificate;
    assert_eq!(code(&leaf, &options), Code::RevocationUnknown);
}

#[test]
fn the_holder_of_the_test_card() {
    let Some((leaf, _)) = card() else { return };
    let certificate = Certificate::from_der(&leaf).unwrap();
    let holder = read_holder(&certificate).unwrap();
    let name = holder.name.clone();
    assert_eq!(name.raw, "黒桐　幹也");
    assert_eq!(name.mask, Some("00000"));
    assert_eq!(name.substituted, Some(Vec::new()));
    let address = holder.address.clone().unwrap();
    assert_eq!(address.raw, "東京都清瀬市観布子南１２－７－２０２");
    assert_eq!(address.substituted, Some(Vec::new()));
    let birth = holder.birth_date.unwrap();
    assert_eq!(birth.raw, "319800217");
    assert_eq!(birth.era, Some(Era::Showa));
    assert_eq!(birth.date, Some((1980, 2, 17)));
    assert!(holder.gender == Some(Gender::Male));
    assert!(holder.others.is_empty());
    assert!(holder.warnings.is_empty());
}

#[test]
fn nothing_of_the_holder_in_debug_output_errors_or_reports() {
    let Some((leaf, ca)) = card() else { return };
    let secrets = [
        "黒桐",
        "幹也",
        "清瀬",
        "319800217",
        "1980",
        "202510161726",
        "Kiyose",
        "Tokyo",
        // The end of the validity period is the birthday.
        "2030",
        "300217",
    ];
    let hides = |text: &str| {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    };
    let certificate = Certificate::from_der(&leaf).unwrap();
    let holder = read_holder(&certificate).unwrap();
    hides(&format!("{holder:?}"));
    hides(&format!(
        "{:?} {:?} {:?} {:?}",
        holder.name, holder.address, holder.birth_date, holder.gender
    ));

    let anchors = [ca.as_slice()];
    let card = verify_card_certificate(&leaf, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)).unwrap();
    hides(&format!("{card:?}"));
    let other = vector("signca-test-2019.cer").unwrap();
    let others = [other.as_slice()];
    for options in [
        JpkiOptions::new(SIGN_TEST, &others, NOW),
        JpkiOptions::new(SIGN_TEST, &anchors, 1_900_000_000),
        JpkiOptions::new(SIGN_TEST, &anchors, 0),
        JpkiOptions::new(ProfileChoice::Known(Hierarchy::Auth, Cards::Test), &anchors, NOW),
    ] {
        let error = verify_card_certificate(&leaf, &options).unwrap_err();
        hides(&format!("{error} {error:?}"));
    }
    let mut random = common::Random::new(2);
    for _ in 0..2_000 {
        let mutated = common::mutate(&mut random, &leaf, &[&[0xff], &[0x0c]]);
        if let Err(error) = verify_card_certificate(&mutated, &JpkiOptions::new(SIGN_TEST, &anchors, NOW)) {
            hides(&format!("{error} {error:?}"));
        }
        if let Some(error) = Certificate::from_der(&mutated)
            .ok()
            .and_then(|certificate| read_holder(&certificate).err())
        {
            hides(&format!("{error} {error:?}"));
        }
    }
}

#[test]
fn the_known_authorities_are_known_by_their_fingerprints() {
    for (name, hierarchy, generation) in [
        ("signca-test-2019", Hierarchy::Sign, "2019"),
        ("signca-test-2024", Hierarchy::Sign, "2024"),
        ("authca-test-2019", Hierarchy::Auth, "2019"),
        ("authca-test-2023", Hierarchy::Auth, "2023"),
    ] {
        let Some(der) = vector(&format!("{name}.cer")) else {
            return;
        };
        let (fingerprint, known) = identify(&der);
        let known = known.unwrap();
        assert_eq!(known.fingerprint, fingerprint);
        assert_eq!(known.name, name);
        assert_eq!(
            (known.hierarchy, known.generation, known.cards),
            (hierarchy, generation, Cards::Test)
        );
        assert!(identify(&der[1..]).1.is_none());
    }
    assert_eq!(KNOWN_CAS.len(), 10);
}

//! Synthetic certificates in the form of JPKI: the rules of the profiles, and errors that other verifiers
//! made.

use crate::synthetic;
use crate::synthetic::cert::{
    AUTH_PRODUCTION, AUTH_TEST, Authority, Fields, Kind, NOW, ORGANIZATION, SIGN_PRODUCTION, SIGN_TEST,
    client_auth, extension, key_usage, policies,
};
use crate::synthetic::cms::{Message, Signer};
use crate::synthetic::der::{boolean, oid, sequence, tlv};
use crate::synthetic::keys::Key;
use crate::synthetic::pdf::{DICTIONARY, signed, whole};
use honnin::cms::CmsOptions;
use honnin::der::Oid;
use honnin::jpki::{
    Cards, Hierarchy, JpkiOptions, PROFILES, Profile, ProfileChoice, Warning, verify_card_certificate,
    verify_card_pdf, verify_card_signed_data,
};
use honnin::signature::{Hash, Scheme};
use honnin::x509::Revocation;
use honnin::{Code, Status};

const CONTENT: &[u8] = b"An application, signed.";

fn row(name: &str) -> Profile<'static> {
    *PROFILES.iter().find(|row| row.name == name).unwrap()
}

/// The test profile of a hierarchy, with the synthetic organization.
fn synthetic_profile(name: &str) -> Profile<'static> {
    Profile {
        name: "synthetic",
        organization: ORGANIZATION,
        ..row(name)
    }
}

fn sign() -> ProfileChoice<'static> {
    ProfileChoice::Custom(synthetic_profile("jpki-sign-test"))
}

fn auth() -> ProfileChoice<'static> {
    ProfileChoice::Custom(synthetic_profile("jpki-auth-test"))
}

/// Two hierarchies with an older and a newer generation each. All generations of a hierarchy have the same
/// name.
struct World {
    sign: [Authority; 2],
    auth: [Authority; 2],
    leaf_key: Key,
}

fn world_of(organization: &str) -> World {
    let authority = |kind, serial: u64| {
        let key = Key::rsa(usize::try_from(serial).unwrap());
        Authority::new(organization, kind, serial, key)
    };
    World {
        sign: [authority(Kind::Sign, 1), authority(Kind::Sign, 2)],
        auth: [authority(Kind::Auth, 3), authority(Kind::Auth, 4)],
        leaf_key: Key::rsa(0),
    }
}

fn world() -> World {
    world_of(ORGANIZATION)
}

impl World {
    fn anchors(&self) -> Vec<&[u8]> {
        self.sign
            .iter()
            .chain(&self.auth)
            .map(|authority| authority.certificate.as_slice())
            .collect()
    }

    fn sign_leaf(&self) -> Fields {
        self.sign[1].leaf(10, &self.leaf_key, SIGN_TEST)
    }

    /// The code of a signing certificate that was changed before it was signed; `None` if it is valid.
    fn changed(&self, change: impl FnOnce(&mut Fields)) -> Option<Code> {
        let mut fields = self.sign_leaf();
        change(&mut fields);
        code(&fields.signed_by(&self.sign[1].key), sign(), &self.anchors())
    }
}

fn code(certificate: &[u8], profile: ProfileChoice<'_>, anchors: &[&[u8]]) -> Option<Code> {
    let error = verify_card_certificate(certificate, &JpkiOptions::new(profile, anchors, NOW)).err()?;
    assert_eq!(
        error.report().steps().last().unwrap().status,
        Status::Failed,
        "{error}"
    );
    Some(error.code())
}

#[test]
fn leaves_of_both_hierarchies_and_generations() {
    let world = world();
    for generation in 0..2 {
        let leaf = world.sign[generation].issue(10, &world.leaf_key, SIGN_TEST);
        assert_eq!(code(&leaf, sign(), &world.anchors()), None);
        let leaf = world.auth[generation].issue(10, &world.leaf_key, AUTH_TEST);
        assert_eq!(code(&leaf, auth(), &world.anchors()), None);
    }
}

#[test]
fn the_result_says_what_was_found_and_what_was_not_checked() {
    let world = world();
    let leaf = world.sign_leaf().signed_by(&world.sign[1].key);
    let anchors = world.anchors();
    let card = verify_card_certificate(&leaf, &JpkiOptions::new(sign(), &anchors, NOW)).unwrap();
    assert_eq!(card.hierarchy, Hierarchy::Sign);
    assert_eq!(card.cards, Some(Cards::Test));
    assert_eq!(card.profile, "synthetic");
    // Neither "failed" nor "valid".
    assert_eq!(card.revocation, Revocation::NotChecked);
    let step = card
        .report
        .steps()
        .iter()
        .find(|step| step.id == "revocation")
        .unwrap();
    assert_eq!(step.status, Status::Skipped);
    assert_eq!(card.warnings, [Warning::UnknownAuthority]);
    assert_eq!(card.authority.known, None);
    assert_eq!(card.authority.generation, None);
}

#[test]
fn policy_critical_is_understood_and_required() {
    let world = world();
    assert_eq!(world.changed(|_| {}), None);
    let not_critical = world.changed(|fields| fields.extensions[2] = policies(false, &[SIGN_TEST]));
    assert_eq!(not_critical, Some(Code::ProfileMismatch));
    let absent = world.changed(|fields| drop(fields.extensions.remove(2)));
    assert_eq!(absent, Some(Code::PolicyUnsupported));
    let twice = world.changed(|fields| fields.extensions[2] = policies(true, &[SIGN_TEST, SIGN_TEST]));
    assert_eq!(twice, Some(Code::CertificateMalformed));
    let two = world.changed(|fields| fields.extensions[2] = policies(true, &[SIGN_TEST, SIGN_PRODUCTION]));
    assert_eq!(two, Some(Code::ProfileMismatch));
}

#[test]
fn another_critical_extension_is_not_understood() {
    let world = world();
    let unknown = world.changed(|fields| fields.extensions.push(extension("2.999.1", true, &[5, 0])));
    assert_eq!(unknown, Some(Code::ExtensionUnsupported));
    let not_critical = world.changed(|fields| fields.extensions.push(extension("2.999.1", false, &[5, 0])));
    assert_eq!(not_critical, None);
}

#[test]
fn the_order_of_extensions_does_not_matter() {
    let world = world();
    assert_eq!(world.changed(|fields| fields.extensions.reverse()), None);
}

#[test]
fn an_unknown_policy_is_an_error_of_its_own_that_names_it() {
    let world = world();
    let smartphone = "1.2.392.200149.8.5.1.1.40";
    let leaf = world.sign[1].issue(10, &world.leaf_key, smartphone);
    let anchors = world.anchors();
    let error = verify_card_certificate(&leaf, &JpkiOptions::new(sign(), &anchors, NOW)).unwrap_err();
    assert_eq!(error.code(), Code::PolicyUnsupported);
    assert!(error.message().contains(smartphone));
    // You can add the policy, or write a profile.
    let contents = honnin::der::contents_from_text(smartphone).unwrap();
    let named = [Oid::new(&contents)];
    let mut options = JpkiOptions::new(sign(), &anchors, NOW);
    options.policies = &named;
    verify_card_certificate(&leaf, &options).unwrap();
    let own = ProfileChoice::Custom(Profile {
        policies: &named,
        ..synthetic_profile("jpki-sign-test")
    });
    assert_eq!(code(&leaf, own, &anchors), None);
    let any = world.sign[1].issue(10, &world.leaf_key, "2.5.29.32.0");
    assert_eq!(code(&any, sign(), &anchors), Some(Code::PolicyUnsupported));
}

#[test]
fn policy_anchors_and_cards_must_agree() {
    let test = world_of("JPKI-TEST");
    let production = world_of("JPKI");
    let sign_in = |cards| ProfileChoice::Known(Hierarchy::Sign, cards);
    let test_card = test.sign[1].issue(10, &test.leaf_key, SIGN_TEST);
    let real_card = production.sign[1].issue(10, &production.leaf_key, SIGN_PRODUCTION);
    // The policy of one environment, issued by the CA of the other.
    let crossed = test.sign[1].issue(10, &test.leaf_key, SIGN_PRODUCTION);
    let both = [test.anchors(), production.anchors()].concat();
    for (leaf, cards, anchors, expected) in [
        (&test_card, Cards::Test, test.anchors(), None),
        (&test_card, Cards::Test, both.clone(), None),
        (&real_card, Cards::Production, production.anchors(), None),
        (&real_card, Cards::Production, both.clone(), None),
        (
            &test_card,
            Cards::Production,
            test.anchors(),
            Some(Code::EnvironmentMismatch),
        ),
        (
            &test_card,
            Cards::Production,
            both.clone(),
            Some(Code::EnvironmentMismatch),
        ),
        (
            &real_card,
            Cards::Test,
            both.clone(),
            Some(Code::EnvironmentMismatch),
        ),
        (
            &test_card,
            Cards::Test,
            production.anchors(),
            Some(Code::AnchorMissing),
        ),
        (
            &crossed,
            Cards::Production,
            both.clone(),
            Some(Code::EnvironmentMismatch),
        ),
        (&crossed, Cards::Test, both, Some(Code::EnvironmentMismatch)),
    ] {
        assert_eq!(code(leaf, sign_in(cards), &anchors), expected);
    }
}

#[test]
fn the_two_hierarchies_never_mix() {
    let world = world_of("JPKI-TEST");
    let sign = ProfileChoice::Known(Hierarchy::Sign, Cards::Test);
    let auth = ProfileChoice::Known(Hierarchy::Auth, Cards::Test);
    let sign_leaf = world.sign[1].issue(10, &world.leaf_key, SIGN_TEST);
    let auth_leaf = world.auth[1].issue(10, &world.leaf_key, AUTH_TEST);
    let anchors = world.anchors();
    assert_eq!(code(&sign_leaf, auth, &anchors), Some(Code::HierarchyMismatch));
    assert_eq!(code(&auth_leaf, sign, &anchors), Some(Code::HierarchyMismatch));
    assert_eq!(code(&sign_leaf, sign, &anchors[2..]), Some(Code::AnchorMissing));
    // A signing certificate that the CA for authentication issued.
    let mut crossed = world.auth[1].leaf(10, &world.leaf_key, SIGN_TEST);
    crossed.extensions[0] = key_usage(&[6, 0xc0]);
    crossed.extensions.remove(1);
    let crossed = crossed.signed_by(&world.auth[1].key);
    assert_eq!(code(&crossed, sign, &anchors), Some(Code::HierarchyMismatch));
    // The same with the name of the CA for signing certificates.
    let mut forged = world.sign[1].leaf(10, &world.leaf_key, SIGN_TEST);
    forged.serial = 11;
    let forged = forged.signed_by(&world.auth[1].key);
    assert_eq!(
        code(&forged, sign, &anchors),
        Some(Code::CertificateSignatureMismatch)
    );
}

#[test]
fn a_generation_missing() {
    let world = world();
    for generation in 0..2 {
        let leaf = world.sign[generation].issue(10, &world.leaf_key, SIGN_TEST);
        let other = [world.sign[1 - generation].certificate.as_slice()];
        assert_eq!(code(&leaf, sign(), &other), Some(Code::IssuerNotFound));
    }
}

#[test]
fn the_issuer_is_not_chosen_by_name() {
    let world = world();
    let leaf = world.sign_leaf();
    let good = leaf.signed_by(&world.sign[1].key);
    let mut anchors: Vec<&[u8]> = world
        .sign
        .iter()
        .map(|authority| authority.certificate.as_slice())
        .collect();
    assert_eq!(code(&good, sign(), &anchors), None);
    anchors.reverse();
    assert_eq!(code(&good, sign(), &anchors), None);
    // Without authorityKeyIdentifier, only the signature decides.
    let mut bare = leaf.clone();
    bare.extensions.remove(3);
    assert_eq!(code(&bare.signed_by(&world.sign[1].key), sign(), &anchors), None);
    // The right name and key identifier, but the wrong key.
    let forged = leaf.signed_by(&Key::rsa(0));
    assert_eq!(
        code(&forged, sign(), &anchors),
        Some(Code::CertificateSignatureMismatch)
    );
}

#[test]
fn key_usage_is_the_profiles_and_critical() {
    let world = world();
    for bits in [&[7, 0x80][..], &[6, 0x40], &[5, 0xe0], &[1, 6]] {
        let found = world.changed(|fields| fields.extensions[0] = key_usage(bits));
        assert_eq!(found, Some(Code::ProfileMismatch));
    }
    let absent = world.changed(|fields| drop(fields.extensions.remove(0)));
    assert_eq!(absent, Some(Code::ProfileMismatch));
    let not_critical =
        world.changed(|fields| fields.extensions[0] = extension("2.5.29.15", false, &[3, 2, 6, 0xc0]));
    assert_eq!(not_critical, Some(Code::ProfileMismatch));
}

#[test]
fn extended_key_usage_is_for_auth_alone() {
    let world = world();
    let on_sign = world.changed(|fields| fields.extensions.push(client_auth()));
    assert_eq!(on_sign, Some(Code::ProfileMismatch));
    let mut leaf = world.auth[1].leaf(10, &world.leaf_key, AUTH_TEST);
    leaf.extensions.remove(1);
    let absent = leaf.signed_by(&world.auth[1].key);
    assert_eq!(
        code(&absent, auth(), &world.anchors()),
        Some(Code::ProfileMismatch)
    );
    // Exactly those of the profile: not more, not fewer, not others.
    let with = |purposes: &[&str]| {
        let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
        let mut leaf = world.auth[1].leaf(10, &world.leaf_key, AUTH_TEST);
        leaf.extensions[1] = extension("2.5.29.37", false, &tlv(0x30, &purposes));
        code(&leaf.signed_by(&world.auth[1].key), auth(), &world.anchors())
    };
    const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
    const SERVER: &str = "1.3.6.1.5.5.7.3.1";
    assert_eq!(with(&[CLIENT]), None);
    for others in [&[CLIENT, SERVER][..], &[SERVER, CLIENT], &[SERVER]] {
        assert_eq!(with(others), Some(Code::ProfileMismatch), "{others:?}");
    }
}

#[test]
fn the_words_of_the_profiles() {
    assert_eq!(
        [Hierarchy::Sign, Hierarchy::Auth].map(Hierarchy::as_str),
        ["sign", "auth"]
    );
    let units = ["JPKI for digital signature", "JPKI for user authentication"];
    assert_eq!([Hierarchy::Sign, Hierarchy::Auth].map(Hierarchy::unit), units);
    assert_eq!(
        [Cards::Production, Cards::Test].map(Cards::as_str),
        ["production", "test"]
    );
    let organizations = ["JPKI", "JPKI-TEST"];
    assert_eq!(
        [Cards::Production, Cards::Test].map(Cards::organization),
        organizations
    );
}

/// The policy is that of the hierarchy and of the cards, but the profile does not list it.
#[test]
fn a_policy_that_a_profile_of_ones_own_leaves_out_is_not_of_another_hierarchy() {
    let world = world();
    let leaf = world.sign_leaf().signed_by(&world.sign[1].key);
    let policies = [row("jpki-sign").policies[0]];
    let profile = |cards| {
        ProfileChoice::Custom(Profile {
            policies: &policies,
            cards,
            ..synthetic_profile("jpki-sign-test")
        })
    };
    assert_eq!(
        code(&leaf, profile(None), &world.anchors()),
        Some(Code::PolicyUnsupported)
    );
    assert_eq!(
        code(&leaf, profile(Some(Cards::Test)), &world.anchors()),
        Some(Code::PolicyUnsupported)
    );
    assert_eq!(
        code(&leaf, profile(Some(Cards::Production)), &world.anchors()),
        Some(Code::EnvironmentMismatch)
    );
}

/// The limits are those of the options for certificates. [`CmsOptions`] has limits only for callers without them.
#[test]
fn limits_of_messages_and_files_are_those_of_the_card() {
    let world = world();
    let fields = world.sign_leaf();
    let leaf = fields.signed_by(&world.sign[1].key);
    // The same serial number and another issuer: the names have to be compared.
    let stranger = world.auth[1].leaf(10, &world.leaf_key, AUTH_TEST);
    let stranger = stranger.signed_by(&world.auth[1].key);
    let certificates = [stranger.as_slice(), &leaf];
    let message = |content: &[u8]| {
        let signer = Signer::new(&fields, &world.leaf_key, content);
        Message::new(content, &certificates, &[signer])
    };
    let document = message(CONTENT).write();
    let file = signed(b"%PDF-1.7\n", DICTIONARY, whole, |covered| {
        message(covered).detached().write()
    });
    let anchors = world.anchors();
    let mut options = JpkiOptions::new(sign(), &anchors, NOW);
    let mut cms = CmsOptions::default();
    let codes = |cms: &CmsOptions<'_>, options: &JpkiOptions<'_>| {
        let of_message = verify_card_signed_data(&document, cms, options).err();
        let of_file = verify_card_pdf(&file, cms, options).err();
        [
            of_message.map(|refusal| refusal.error.code()),
            of_file.map(|refusal| refusal.error.code()),
        ]
    };
    assert_eq!(codes(&cms, &options), [None, None]);
    cms.limits.name_comparisons = 0;
    assert_eq!(codes(&cms, &options), [None, None]);
    options.limits.name_comparisons = 0;
    assert_eq!(
        codes(&CmsOptions::default(), &options),
        [Some(Code::PathBudgetExhausted); 2]
    );
}

#[test]
fn a_certificate_of_an_authority_is_no_leaf() {
    let world = world();
    let found = world.changed(|fields| {
        fields
            .extensions
            .push(extension("2.5.29.19", true, &sequence(&[&boolean(true)])));
    });
    assert_eq!(found, Some(Code::ProfileMismatch));
}

#[test]
fn validity_of_leaf_and_authority() {
    let world = world();
    let expired = world.changed(|fields| fields.not_after = "260630235959Z");
    assert_eq!(expired, Some(Code::CertificateExpired));
    let early = world.changed(|fields| fields.not_before = "260701000001Z");
    assert_eq!(early, Some(Code::CertificateNotYetValid));
    let old = Authority::with(ORGANIZATION, Kind::Sign, 1, Key::rsa(1), |fields| {
        fields.not_after = "260630235959Z";
    });
    let leaf = old.issue(10, &world.leaf_key, SIGN_TEST);
    assert_eq!(
        code(&leaf, sign(), &[&old.certificate]),
        Some(Code::CertificateExpired)
    );
}

#[test]
fn basic_constraints_and_key_usage_of_the_authority() {
    let world = world();
    let no_ca = Authority::with(ORGANIZATION, Kind::Sign, 1, Key::rsa(1), |fields| {
        fields.extensions.remove(1);
    });
    let leaf = no_ca.issue(10, &world.leaf_key, SIGN_TEST);
    assert_eq!(
        code(&leaf, sign(), &[&no_ca.certificate]),
        Some(Code::AnchorMissing)
    );
    let no_signing = Authority::with(ORGANIZATION, Kind::Sign, 1, Key::rsa(1), |fields| {
        fields.extensions[0] = key_usage(&[7, 0x80]);
    });
    let leaf = no_signing.issue(10, &world.leaf_key, SIGN_TEST);
    assert_eq!(
        code(&leaf, sign(), &[&no_signing.certificate]),
        Some(Code::KeyUsageMissing)
    );
}

#[test]
fn no_intermediates() {
    // Issued by an intermediate CA that the CA certified.
    let world = world();
    let middle_key = Key::rsa(3);
    let middle = Authority::with(ORGANIZATION, Kind::Sign, 20, middle_key.clone(), |fields| {
        fields.subject = synthetic::cert::name(&[("O", ORGANIZATION), ("OU", "between")]);
    });
    let middle_certificate = middle.fields.signed_by(&world.sign[1].key);
    let mut leaf = world.sign_leaf();
    leaf.extensions.remove(3);
    let anchors = world.anchors();
    // With the name of the CA, and with its own name.
    for issuer in [leaf.issuer.clone(), middle.fields.subject.clone()] {
        leaf.issuer = issuer;
        let der = leaf.signed_by(&middle_key);
        let intermediates = [middle_certificate.as_slice()];
        let mut options = JpkiOptions::new(sign(), &anchors, NOW);
        options.intermediates = &intermediates;
        let error = verify_card_certificate(&der, &options).unwrap_err();
        assert!(
            [
                Code::ProfileMismatch,
                Code::CertificateSignatureMismatch,
                Code::IssuerNotFound
            ]
            .contains(&error.code()),
            "{error}"
        );
    }
    // The CA certified another key with its own name: a path, but rejected.
    for extra in [
        extension("2.999.1", false, &[5, 0]),
        policies(false, &["2.5.29.32.0"]),
    ] {
        let twin = Authority::with(ORGANIZATION, Kind::Sign, 21, middle_key.clone(), |fields| {
            fields.extensions.push(extra);
        });
        let twin_certificate = twin.fields.signed_by(&world.sign[1].key);
        leaf.issuer = world.sign[1].fields.subject.clone();
        let der = leaf.signed_by(&middle_key);
        let intermediates = [twin_certificate.as_slice()];
        let mut options = JpkiOptions::new(sign(), &anchors, NOW);
        options.intermediates = &intermediates;
        let error = verify_card_certificate(&der, &options).unwrap_err();
        assert_eq!(error.code(), Code::ProfileMismatch);
    }
}

#[test]
fn the_algorithm_is_the_profiles() {
    let world = world();
    // A P-384 certificate with the current profile.
    let key = Key::p384("next");
    let authority = Authority::new(ORGANIZATION, Kind::Sign, 9, Key::p384("next authority"));
    let leaf = authority.issue(10, &key, SIGN_TEST);
    let anchors = [authority.certificate.as_slice()];
    assert_eq!(code(&leaf, sign(), &anchors), Some(Code::ProfileMismatch));
    // Valid with a profile of its own, that is, a row in a table.
    let next = ProfileChoice::Custom(Profile {
        schemes: &[Scheme::EcdsaP384Sha384],
        ..synthetic_profile("jpki-sign-test")
    });
    assert_eq!(code(&leaf, next, &anchors), None);
    // The same for the key alone.
    let foreign_key = world.changed(|fields| fields.spki = key.spki());
    assert_eq!(foreign_key, Some(Code::ProfileMismatch));
}

#[test]
fn the_row_for_the_next_card_is_off() {
    let rows: Vec<&Profile<'_>> = PROFILES
        .iter()
        .filter(|row| row.schemes == [Scheme::EcdsaP384Sha384])
        .collect();
    assert_eq!(rows.len(), 2);
    let world = world();
    let leaf = world.sign_leaf().signed_by(&world.sign[1].key);
    for row in rows {
        assert!(!row.is_active());
        assert_eq!(
            code(&leaf, ProfileChoice::Custom(*row), &world.anchors()),
            Some(Code::OptionsInvalid)
        );
    }
}

#[test]
fn the_policies_of_the_table() {
    let text = |name: &str| row(name).policies[0].to_string();
    assert_eq!(text("jpki-sign"), SIGN_PRODUCTION);
    assert_eq!(text("jpki-auth"), AUTH_PRODUCTION);
    assert_eq!(text("jpki-sign-test"), SIGN_TEST);
    assert_eq!(text("jpki-auth-test"), AUTH_TEST);
}

#[test]
fn the_cards_own_copy_of_an_authority_is_no_anchor() {
    let world = world();
    // A foreign CA with the same name, and a leaf of it; the message contains both.
    let rogue = Authority::new(ORGANIZATION, Kind::Sign, 2, Key::rsa(0));
    let key = Key::rsa(3);
    let fields = rogue.leaf(10, &key, SIGN_TEST);
    let leaf = fields.signed_by(&rogue.key);
    let signer = Signer::new(&fields, &key, CONTENT);
    let message = Message::new(CONTENT, &[&leaf, &rogue.certificate], &[signer]).write();
    let anchors = world.anchors();
    let options = JpkiOptions::new(sign(), &anchors, NOW);
    let refusal = verify_card_signed_data(&message, &CmsOptions::default(), &options)
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refusal.error.code(), Code::IssuerNotFound);
}

#[test]
fn a_document_signed_with_the_card() {
    let world = world();
    let fields = world.sign_leaf();
    let leaf = fields.signed_by(&world.sign[1].key);
    let signer = Signer::new(&fields, &world.leaf_key, CONTENT);
    let anchors = world.anchors();
    let options = JpkiOptions::new(sign(), &anchors, NOW);
    // The leaf alone, or with its CA, in any order.
    for certificates in [
        vec![leaf.as_slice()],
        vec![&leaf, &world.sign[1].certificate],
        vec![&world.sign[1].certificate, &leaf],
    ] {
        let message = Message::new(CONTENT, &certificates, std::slice::from_ref(&signer)).write();
        let data = verify_card_signed_data(&message, &CmsOptions::default(), &options).unwrap();
        assert_eq!(data.signers[0].chain.hierarchy, Hierarchy::Sign);
        assert_eq!(data.signers[0].certificate, leaf);
        let ids: Vec<&str> = data.report.steps().iter().map(|step| step.id).collect();
        for wanted in [
            "message-digest",
            "signature",
            "profile-policy",
            "certificate-signature",
        ] {
            assert!(ids.contains(&wanted), "{wanted}");
        }
    }
    // The key of the embedded certificate is not enough: without a trusted CA, the signature is not accepted.
    let message = Message::new(CONTENT, &[&leaf], &[signer]).write();
    let strangers = [world.sign[0].certificate.as_slice()];
    let options = JpkiOptions::new(sign(), &strangers, NOW);
    let refusal = verify_card_signed_data(&message, &CmsOptions::default(), &options)
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refusal.error.code(), Code::IssuerNotFound);
}

#[test]
fn an_unreadable_anchor_is_skipped_and_named() {
    let world = world();
    let leaf = world.sign_leaf().signed_by(&world.sign[1].key);
    let mut anchors = world.anchors();
    anchors.insert(0, b"not a certificate");
    let options = JpkiOptions::new(sign(), &anchors, NOW);
    let card = verify_card_certificate(&leaf, &options).unwrap();
    assert!(card.warnings.contains(&Warning::AnchorUnreadable(1)));
    let authority = anchors[card.authority.index];
    assert_eq!(authority, world.sign[1].certificate.as_slice());
    assert_eq!(
        card.authority.fingerprint.to_vec(),
        Hash::Sha256.digest(authority)
    );
    assert_eq!(Warning::AnchorUnreadable(1).to_string(), "anchor-unreadable:1");
    // No remaining trust anchor matches: the unreadable one may be the missing one.
    let left = [anchors[0], world.auth[0].certificate.as_slice()];
    let options = JpkiOptions::new(sign(), &left, NOW);
    let refusal = verify_card_certificate(&leaf, &options).unwrap_err();
    assert_eq!(refusal.code(), Code::AnchorMissing);
    assert!(refusal.message().contains("trust anchor 1 cannot be read"));
    // No trust anchor remains.
    assert_eq!(
        code(&leaf, sign(), &anchors[..1]),
        Some(Code::CertificateMalformed)
    );
}

#[test]
fn an_excess_of_anchors_is_the_callers_mistake() {
    let world = world();
    let leaf = world.sign_leaf().signed_by(&world.sign[1].key);
    let many = vec![world.sign[1].certificate.as_slice(); 65];
    assert_eq!(code(&leaf, sign(), &many), Some(Code::OptionsInvalid));
}

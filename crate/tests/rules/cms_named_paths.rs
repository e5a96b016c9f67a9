//! What a signer's attributes say of the certificates of its path (RFC 5035 §5.4.1), and which certificates count among all
//! that a message and its caller have.

use crate::pki::signed::{id, id_by, message, naming, naming_by_sha1, signer};
use crate::pki::*;
use honnin::cms::{CmsOptions, verify_signed_data};
use honnin::x509::{Limits, PathOptions, Revocation, TrustAnchor};
use honnin::{Code, Error};

/// A root, an authority below it, and a leaf of that.
struct World {
    root: Vec<u8>,
    middle: Vec<u8>,
    leaf: Vec<u8>,
    key: Key,
}

fn world() -> World {
    let key = Key::new(3);
    World {
        root: root("Root", &Key::new(1)),
        middle: Template::ca("Root", "CA", &Key::new(2))
            .serial(&[9])
            .sign(&Key::new(1)),
        leaf: Template::new("CA", "Leaf", &key).serial(&[42]).sign(&Key::new(2)),
        key,
    }
}

/// What the caller has: certificates count as intermediates and among those of signers, as they do in the boundary.
#[derive(Default)]
struct Given<'g> {
    certificates: &'g [&'g [u8]],
    crls: &'g [&'g [u8]],
    limits: Limits,
}

impl Given<'_> {
    fn comparing(most: u32) -> Self {
        let mut given = Self::default();
        given.limits.name_comparisons = most;
        given
    }
}

impl World {
    fn signer(&self, attributes: &[Vec<u8>]) -> Vec<u8> {
        signer(&self.key, &name("CA"), &[42], attributes)
    }

    fn message(&self, attributes: &[Vec<u8>]) -> Vec<u8> {
        let certificates = [self.leaf.clone(), self.middle.clone()];
        message(&certificates, &[], &[self.signer(attributes)])
    }

    /// Verifies it with what the caller has.
    fn verify(&self, message: &[u8], given: &Given<'_>) -> Result<Vec<Revocation>, Error> {
        let anchors = [TrustAnchor::from_certificate(&self.root).unwrap()];
        let (mut cms, mut path) = (CmsOptions::default(), PathOptions::new(&anchors, NOW));
        cms.certificates = given.certificates;
        path.intermediates = given.certificates;
        path.revocation.crls = given.crls;
        path.limits = given.limits;
        verify_signed_data(message, &cms, &path)
            .map(|data| data.signers[0].chain.revocation.clone())
            .map_err(|refused| refused.error)
    }

    fn code(&self, attributes: &[Vec<u8>]) -> Result<(), Code> {
        self.verify(&self.message(attributes), &Given::default())
            .map(|_| ())
            .map_err(|error| error.code())
    }
}

#[test]
fn a_signer_that_names_its_path_has_no_other() {
    let world = world();
    let stranger = id(b"another certificate");
    let (leaf, middle) = (id(&world.leaf), id(&world.middle));
    assert_eq!(world.code(&[naming(std::slice::from_ref(&leaf))]), Ok(()));
    assert_eq!(world.code(&[naming(&[leaf.clone(), middle])]), Ok(()));
    assert_eq!(
        world.code(&[naming(&[leaf, stranger])]),
        Err(Code::IssuerNotFound)
    );
}

#[test]
fn each_of_two_attributes_limits_the_path() {
    let world = world();
    let (leaf, middle) = (id(&world.leaf), id(&world.middle));
    let (all, others) = (
        naming(&[leaf.clone(), middle]),
        naming(&[leaf, id(b"another certificate")]),
    );
    let all_by_sha1 = naming_by_sha1(&[&world.leaf, &world.middle]);
    let others_by_sha1 = naming_by_sha1(&[&world.leaf, b"another certificate"]);
    assert_eq!(world.code(&[all_by_sha1.clone(), all.clone()]), Ok(()));
    for pair in [[others_by_sha1, all], [all_by_sha1, others]] {
        assert_eq!(world.code(&pair), Err(Code::IssuerNotFound));
    }
}

/// The reason is no missing certificate: it is there, and the signer does not name it.
#[test]
fn the_refusal_says_that_the_signer_does_not_name_the_issuer() {
    let world = world();
    let refusal = |second: Vec<u8>| {
        let message = world.message(&[naming(&[id(&world.leaf), second])]);
        let refused = world.verify(&message, &Given::default()).unwrap_err();
        assert_eq!(refused.code(), Code::IssuerNotFound);
        refused.message().to_owned()
    };
    let text = refusal(id(b"another certificate"));
    assert!(
        text.contains("signing-certificate attribute") && text.contains("does not name it"),
        "{text}"
    );
    assert!(!text.contains("nor an intermediate has"), "{text}");
    assert!(!text.contains("not supported"), "{text}");
    // Named, by a hash that is not supported: that is said, too.
    let sha224 = seq(&[&oid("2.16.840.1.101.3.4.2.4")]);
    let text = refusal(id_by(&sha224, &[0; 28]));
    assert!(
        text.contains("2.16.840.1.101.3.4.2.4") && text.contains("not supported"),
        "{text}"
    );
}

/// A signer must not take away the evidence against it by what it signs.
#[test]
fn the_signer_of_a_crl_is_not_concerned_by_what_the_signer_names() {
    let key = Key::new(3);
    let pointing = seq(&[&tlv(0xa2, &directory(&name("CRLs")))]);
    let leaf = Template::new("Root", "Leaf", &key)
        .serial(&[42])
        .with(distribution_points(&[pointing]))
        .sign(&Key::new(1));
    // Below an authority of its own, which the signer does not name either.
    let middle = Template::ca("Root", "CA of CRLs", &Key::new(7))
        .serial(&[6])
        .sign(&Key::new(1));
    let crl_signer = Template::new("CA of CRLs", "CRLs", &Key::new(8))
        .with(key_usage(0x02))
        .serial(&[7])
        .sign(&Key::new(7));
    let crl = CrlTemplate::new("CRLs")
        .with(issuing(&[&tlv(0x84, &[0xff])]))
        .entry(&[42], &[certificate_issuer(&name("Root"))])
        .sign(&Key::new(8));
    let world = World {
        root: root("Root", &Key::new(1)),
        middle,
        leaf,
        key,
    };
    for ids in [vec![id(&world.leaf)], vec![id(&world.leaf), id(&world.root)]] {
        let signer = signer(&world.key, &name("Root"), &[42], &[naming(&ids)]);
        let leaf = world.leaf.clone();
        let whole = [leaf.clone(), world.middle.clone(), crl_signer.clone()];
        let evidence: Vec<&[u8]> = vec![&crl];
        // Enclosed, and the caller's own.
        let enclosed = message(&whole, &[], std::slice::from_ref(&signer));
        let mut given = Given {
            crls: &evidence,
            ..Given::default()
        };
        let refused = world.verify(&enclosed, &given);
        assert_eq!(refused.unwrap_err().code(), Code::CertificateRevoked);
        let bare = message(&[leaf], &[], &[signer]);
        let own: Vec<&[u8]> = vec![&world.middle, &crl_signer];
        given.certificates = &own;
        let refused = world.verify(&bare, &given);
        assert_eq!(refused.unwrap_err().code(), Code::CertificateRevoked);
    }
}

#[test]
fn what_is_handed_over_twice_counts_once() {
    let world = world();
    let bare = message(std::slice::from_ref(&world.leaf), &[], &[world.signer(&[])]);
    let others: Vec<Vec<u8>> = (0..6)
        .map(|at| {
            Template::ca("Root", "Other", &Key::new(2))
                .serial(&[1, at])
                .unsigned()
        })
        .collect();
    let given: Vec<&[u8]> = others.iter().chain([&world.middle]).map(Vec::as_slice).collect();
    let verify = |most: usize| {
        let mut options = Given {
            certificates: &given,
            ..Given::default()
        };
        options.limits.intermediates = most;
        world.verify(&bare, &options)
    };
    // These, and the enclosed one of the leaf.
    assert!(verify(8).is_ok());
    assert_eq!(verify(7).unwrap_err().code(), Code::PathBudgetExhausted);
}

/// The least bound with which all is well.
fn least(valid: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, 1 << 20);
    assert!(valid(high));
    while low < high {
        let middle = low.midpoint(high);
        match valid(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    low
}

/// A name in capitals is compared with one in small letters: that costs.
fn in_another_case(upper: bool) -> Vec<u8> {
    let text = "authority of a long name ".repeat(20);
    name(&if upper { text.to_uppercase() } else { text })
}

#[test]
fn signers_share_what_comparing_names_may_cost() {
    let key = Key::new(3);
    let mut middle = Template::ca("Root", "x", &Key::new(2)).serial(&[9]);
    middle.subject = in_another_case(false);
    let mut leaf = Template::new("x", "Leaf", &key).serial(&[42]);
    leaf.issuer = in_another_case(true);
    let world = World {
        root: root("Root", &Key::new(1)),
        middle: middle.sign(&Key::new(1)),
        leaf: leaf.sign(&Key::new(2)),
        key,
    };
    let certificates = [world.leaf.clone(), world.middle.clone()];
    // Written as in the certificate: finding it costs nothing.
    let signer = signer(&world.key, &in_another_case(true), &[42], &[]);
    let needed = |signers: usize| {
        let message = message(&certificates, &[], &vec![signer.clone(); signers]);
        least(|most| world.verify(&message, &Given::comparing(most)).is_ok())
    };
    let one = needed(1);
    assert!(one > 0);
    assert_eq!(needed(2), 2 * one);
    assert_eq!(needed(5), 5 * one);
}

/// Finding signers' certificates is paid for out of the caller's bounds, all signers together.
#[test]
fn finding_certificates_is_paid_for_out_of_the_callers_bounds() {
    let key = Key::new(3);
    let mut leaf = Template::new("Root", "Leaf", &key).serial(&[42]);
    leaf.issuer = in_another_case(false);
    let mut anchor = Template::ca("Root", "Root", &Key::new(1));
    anchor.subject = in_another_case(false);
    anchor.issuer = in_another_case(false);
    let world = World {
        root: anchor.sign(&Key::new(1)),
        middle: Vec::new(),
        leaf: leaf.sign(&Key::new(1)),
        key,
    };
    let signer = signer(&world.key, &in_another_case(true), &[42], &[]);
    let needed = |signers: usize| {
        let message = message(
            std::slice::from_ref(&world.leaf),
            &[],
            &vec![signer.clone(); signers],
        );
        least(|most| world.verify(&message, &Given::comparing(most)).is_ok())
    };
    let one = needed(1);
    assert!(one > 0);
    // Rounded: a quarter is for this.
    assert!(needed(2).abs_diff(2 * one) <= 4, "{} {one}", needed(2));
}

/// What many namesakes and a long name cost ends at the caller's bound, and greater bounds do help.
#[test]
fn greater_bounds_help_where_the_budget_is_spent() {
    let long = |upper: bool| {
        let text = (if upper { "Ж" } else { "ж" }).repeat(480);
        let parts: Vec<Vec<u8>> = (0..8).map(|_| rdn("2.5.4.11", &text)).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        rdns(&parts)
    };
    let key = Key::new(3);
    let namesakes: Vec<Vec<u8>> = (0..200u32)
        .map(|at| {
            let mut template = Template::new("x", &format!("s{at}"), &Key::new(7)).serial(&[42]);
            template.issuer = long(false);
            template.unsigned()
        })
        .collect();
    let message = message(&namesakes, &[], &[signer(&key, &long(true), &[42], &[])]);
    let world = world();
    let code = |most: Option<u32>| {
        let given = most.map_or_else(Given::default, Given::comparing);
        world.verify(&message, &given).unwrap_err().code()
    };
    assert_eq!(code(None), Code::PathBudgetExhausted);
    assert_eq!(code(Some(u32::MAX)), Code::SignerCertificateAmbiguous);
}

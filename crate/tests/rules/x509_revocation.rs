//! Revocation checking with CRLs (RFC 5280 §6.3) and OCSP (RFC 6960).

use std::slice::from_ref;

use crate::pki::ocsp::Ocsp;
use crate::pki::*;
use honnin::Code;
use honnin::signature::Hash;
use honnin::x509::{
    FetchedEvidence, Name, PathOptions, Reason, Requirement, Revocation, RevocationChecker,
    RevocationOptions, RevocationQuery, TrustAnchor, verify_certificate,
};

struct World {
    anchor: Vec<u8>,
    root_key: Key,
    leaf: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
}

impl World {
    fn new(adjust: impl FnOnce(Template) -> Template) -> Self {
        let root_key = Key::new(1);
        let leaf = adjust(Template::new("Root", "Leaf", &Key::new(3)).serial(&[42])).sign(&root_key);
        Self {
            anchor: root("Root", &root_key),
            root_key,
            leaf,
            intermediates: Vec::new(),
        }
    }

    fn ask(
        &self,
        crls: &[Vec<u8>],
        responses: &[Vec<u8>],
        adjust: impl FnOnce(&mut RevocationOptions<'_>),
    ) -> Result<Revocation, Code> {
        let anchors = [TrustAnchor::from_certificate(&self.anchor).unwrap()];
        let (crls, responses): (Vec<&[u8]>, Vec<&[u8]>) = (
            crls.iter().map(Vec::as_slice).collect(),
            responses.iter().map(Vec::as_slice).collect(),
        );
        let intermediates: Vec<&[u8]> = self.intermediates.iter().map(Vec::as_slice).collect();
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.revocation.crls = &crls;
        options.revocation.ocsp_responses = &responses;
        options.revocation.require = Requirement::Path;
        adjust(&mut options.revocation);
        verify_certificate(&self.leaf, &options)
            .map(|valid| valid.revocation[0])
            .map_err(|error| error.code())
    }

    fn ask_crls(&self, crls: &[CrlTemplate]) -> Result<Revocation, Code> {
        let crls: Vec<_> = crls.iter().map(|crl| crl.sign(&self.root_key)).collect();
        self.ask(&crls, &[], |_| {})
    }
}

fn plain() -> World {
    World::new(|template| template)
}

const GOOD: Result<Revocation, Code> = Ok(Revocation::Good);

#[test]
fn a_full_crl() {
    let world = plain();
    assert_eq!(world.ask_crls(&[CrlTemplate::new("Root")]), GOOD);
    let others = CrlTemplate::new("Root")
        .entry(&[41], &[])
        .entry(&[43], &[reason(1)]);
    assert_eq!(world.ask_crls(from_ref(&others)), GOOD);
    assert_eq!(
        world.ask_crls(&[others.entry(&[42], &[])]),
        Err(Code::CertificateRevoked)
    );
    // A padded serial number is malformed.
    let padded = CrlTemplate::new("Root").entry(&[0, 42], &[]);
    assert_eq!(world.ask_crls(&[padded]), Err(Code::CrlMalformed));
    assert_eq!(
        world.ask_crls(&[CrlTemplate::new("Other")]),
        Err(Code::RevocationUnknown)
    );
}

#[test]
fn what_is_known_without_being_required() {
    let world = plain();
    let none = |options: &mut RevocationOptions<'_>| options.require = Requirement::Nothing;
    assert_eq!(world.ask(&[], &[], none), Ok(Revocation::NotChecked));
    assert_eq!(world.ask(&[], &[], |_| {}), Err(Code::RevocationUnknown));
    let other = CrlTemplate::new("Other").sign(&world.root_key);
    assert_eq!(world.ask(&[other], &[], none), Ok(Revocation::Unknown));
    let revoked = CrlTemplate::new("Root")
        .entry(&[42], &[reason(3)])
        .sign(&world.root_key);
    assert_eq!(
        world.ask(from_ref(&revoked), &[], none),
        Err(Code::CertificateRevoked)
    );
    let reported = world
        .ask(&[revoked], &[], |options| options.report_only = true)
        .unwrap();
    let Revocation::Revoked(revoked) = reported else {
        panic!("{reported:?}")
    };
    assert_eq!(
        (revoked.reason, revoked.time),
        (Reason::AffiliationChanged, NOW - 2 * DAY)
    );
}

#[test]
fn who_signed_it() {
    let world = plain();
    let stranger = CrlTemplate::new("Root").sign(&Key::new(9));
    assert_eq!(
        world.ask(&[stranger], &[], |_| {}),
        Err(Code::CrlSignatureMismatch)
    );
    let stranger = CrlTemplate::new("Root")
        .with(authority_key(b"other"))
        .sign(&Key::new(9));
    assert_eq!(world.ask(&[stranger], &[], |_| {}), Err(Code::CrlIssuerNotFound));
    let mut changed = CrlTemplate::new("Root").sign(&world.root_key);
    let at = changed.len() - 1;
    changed[at] ^= 1;
    assert_eq!(
        world.ask(&[changed], &[], |_| {}),
        Err(Code::CrlSignatureMismatch)
    );
}

#[test]
fn a_key_of_its_own_for_crls() {
    let mut world = plain();
    let crl_key = Key::new(8);
    let signed = || {
        vec![
            CrlTemplate::new("Root")
                .with(authority_key(&Key::new(8).id()))
                .sign(&crl_key),
        ]
    };
    let signer = |usage| {
        Template::new("Root", "Root", &Key::new(8))
            .serial(&[5])
            .with(key_usage(usage))
            .with(subject_key(&Key::new(8).id()))
            .sign(&Key::new(1))
    };
    // The status of the signer itself is unknown: the only CRL depends on it.
    world.intermediates = vec![signer(0x02)];
    assert_eq!(world.ask(&signed(), &[], |_| {}), Err(Code::CrlIssuerNotFound));
    let mut both = signed();
    both.push(CrlTemplate::new("Root").sign(&world.root_key));
    assert_eq!(world.ask(&both, &[], |_| {}), GOOD);
    // A revoked signer, and one whose status is unknown but not required.
    both[1] = CrlTemplate::new("Root")
        .entry(&[5], &[reason(1)])
        .entry(&[42], &[])
        .sign(&world.root_key);
    assert_eq!(world.ask(&both, &[], |_| {}), Err(Code::CertificateRevoked));
    let nothing = |options: &mut RevocationOptions<'_>| options.require = Requirement::Nothing;
    assert_eq!(world.ask(&signed(), &[], nothing), GOOD);
    world.intermediates = vec![signer(0x80)];
    assert_eq!(world.ask(&signed(), &[], |_| {}), Err(Code::KeyUsageMissing));
    world.intermediates = Vec::new();
    assert_eq!(world.ask(&signed(), &[], |_| {}), Err(Code::CrlIssuerNotFound));
}

#[test]
fn its_age() {
    let world = plain();
    let with = |this: i64, next: Option<i64>| {
        let mut crl = CrlTemplate::new("Root");
        (crl.this_update, crl.next_update) = (this, next);
        vec![crl.sign(&Key::new(1))]
    };
    let ask = |crls: &[Vec<u8>]| world.ask(crls, &[], |_| {});
    assert_eq!(ask(&with(NOW - DAY, Some(NOW - 301))), Err(Code::CrlExpired));
    assert_eq!(ask(&with(NOW - DAY, Some(NOW - 300))), GOOD);
    assert_eq!(ask(&with(NOW - DAY, None)), Err(Code::CrlExpired));
    assert_eq!(ask(&with(NOW + 301, Some(NOW + DAY))), Err(Code::CrlNotYetValid));
    assert_eq!(ask(&with(NOW + 300, Some(NOW + DAY))), GOOD);
    let old = with(NOW - 3 * DAY, Some(NOW + DAY));
    let at_most = |age| move |options: &mut RevocationOptions<'_>| options.crl_max_age = Some(age);
    assert_eq!(world.ask(&old, &[], at_most(2 * DAY)), Err(Code::CrlExpired));
    assert_eq!(world.ask(&old, &[], at_most(3 * DAY)), GOOD);
}

#[test]
fn extensions_that_are_not_known() {
    let world = plain();
    let unknown = |critical| extension("1.2.392.1.9", critical, &[5, 0]);
    assert_eq!(
        world.ask_crls(&[CrlTemplate::new("Root").with(unknown(true))]),
        Err(Code::CrlExtensionUnsupported)
    );
    assert_eq!(
        world.ask_crls(&[CrlTemplate::new("Root").with(unknown(false))]),
        GOOD
    );
    // Also in an entry about another certificate: RFC 5280 §5.3.
    let entry = CrlTemplate::new("Root").entry(&[7], &[unknown(true)]);
    assert_eq!(world.ask_crls(&[entry]), Err(Code::CrlExtensionUnsupported));
    let twice = CrlTemplate::new("Root").with(crl_number(1)).with(crl_number(1));
    assert_eq!(world.ask_crls(&[twice]), Err(Code::CrlMalformed));
    let issuer = CrlTemplate::new("Root").entry(&[7], &[certificate_issuer(&name("Other"))]);
    assert_eq!(world.ask_crls(&[issuer]), Err(Code::CrlMalformed));
}

/// As in JPKI: a directory name for each municipality, no URL.
fn partition(municipality: &str) -> Vec<u8> {
    rdns(&[
        &rdn("2.5.4.10", "HONNIN-TEST"),
        &rdn("2.5.4.11", "CRL Distribution Points"),
        &rdn("2.5.4.11", "Tokyo-to"),
        &rdn("2.5.4.3", municipality),
    ])
}

#[test]
fn partitions_by_directory_name() {
    let point = seq(&[&full_name(&partition("Kiyose-shi CRLDP"))]);
    let world = World::new(|template| template.with(distribution_points(&[point])));
    let crl =
        |municipality: &str| CrlTemplate::new("Root").with(issuing(&[&full_name(&partition(municipality))]));
    assert_eq!(world.ask_crls(&[crl("Kiyose-shi CRLDP")]), GOOD);
    // Names are compared as names, not as bytes.
    assert_eq!(world.ask_crls(&[crl("KIYOSE-SHI  CRLDP ")]), GOOD);
    assert_eq!(
        world.ask_crls(&[crl("Other-shi CRLDP")]),
        Err(Code::CrlScopeMismatch)
    );
    let revoked = crl("Kiyose-shi CRLDP").entry(&[42], &[]);
    assert_eq!(
        world.ask_crls(&[crl("Other-shi CRLDP"), revoked]),
        Err(Code::CertificateRevoked)
    );
    // A CRL of another partition is no evidence, even with an entry for this serial number.
    let elsewhere = crl("Other-shi CRLDP").entry(&[42], &[]);
    assert_eq!(world.ask_crls(&[elsewhere, crl("Kiyose-shi CRLDP")]), GOOD);
    // The issuer's complete CRL covers all partitions.
    assert_eq!(world.ask_crls(&[CrlTemplate::new("Root")]), GOOD);
}

#[test]
fn names_relative_to_the_issuer() {
    let relative = relative_name(&attribute("2.5.4.3", "Part 1"));
    let full = rdns(&[&name("Root")[2..], &rdn("2.5.4.3", "Part 1")]);
    let ask = |point: &[u8], issuing_name: &[u8]| {
        World::new(|template| template.with(distribution_points(&[seq(&[point])])))
            .ask_crls(&[CrlTemplate::new("Root").with(issuing(&[issuing_name]))])
    };
    assert_eq!(ask(&relative, &relative), GOOD);
    assert_eq!(ask(&full_name(&full), &relative), GOOD);
    assert_eq!(ask(&relative, &full_name(&full)), GOOD);
    let other = relative_name(&attribute("2.5.4.3", "Part 2"));
    assert_eq!(ask(&relative, &other), Err(Code::CrlScopeMismatch));
    assert_eq!(ask(&full_name(&full), &other), Err(Code::CrlScopeMismatch));
}

#[test]
fn kinds_of_certificates() {
    let only = |number: u8| CrlTemplate::new("Root").with(issuing(&[&tlv(0x80 | number, &[0xff])]));
    let leaf = plain();
    assert_eq!(leaf.ask_crls(&[only(1)]), GOOD);
    assert_eq!(leaf.ask_crls(&[only(2)]), Err(Code::CrlScopeMismatch));
    assert_eq!(leaf.ask_crls(&[only(5)]), Err(Code::CrlScopeMismatch));
    let authority = World::new(|template| template.with(basic_constraints(None)));
    assert_eq!(authority.ask_crls(&[only(1)]), Err(Code::CrlScopeMismatch));
    assert_eq!(authority.ask_crls(&[only(2)]), GOOD);
}

#[test]
fn some_reasons_only() {
    let world = plain();
    // keyCompromise and cACompromise; affiliationChanged to aACompromise.
    let crl = |bits: &[u8]| CrlTemplate::new("Root").with(issuing(&[&tlv(0x83, bits)]));
    let (compromise, others) = (crl(&[5, 0x60]), crl(&[7, 0x1f, 0x80]));
    assert_eq!(world.ask_crls(&[compromise.clone(), others.clone()]), GOOD);
    assert_eq!(world.ask_crls(from_ref(&compromise)), Err(Code::CrlScopeMismatch));
    assert_eq!(world.ask_crls(from_ref(&others)), Err(Code::CrlScopeMismatch));
    let revoked = others.entry(&[42], &[reason(4)]);
    assert_eq!(
        world.ask_crls(&[compromise, revoked]),
        Err(Code::CertificateRevoked)
    );
}

#[test]
fn an_indirect_crl() {
    let crl_key = Key::new(8);
    let point = seq(&[
        &full_name(&partition("all")),
        &tlv(0xa2, &directory(&name("CRL Issuer"))),
    ]);
    let mut world = World::new(|template| template.with(distribution_points(&[point])));
    world.intermediates = vec![
        Template::new("Root", "CRL Issuer", &crl_key)
            .serial(&[5])
            .with(key_usage(0x02))
            .sign(&world.root_key),
    ];
    let indirect = || {
        CrlTemplate::new("CRL Issuer").with(issuing(&[&full_name(&partition("all")), &tlv(0x84, &[0xff])]))
    };
    let own = CrlTemplate::new("Root").entry(&[99], &[]);
    // For the signer, the issuer's CRL; for the leaf, only the indirect CRL, as the leaf's serial number
    // shows.
    let ask = |crl: CrlTemplate| world.ask(&[crl.sign(&crl_key), own.sign(&world.root_key)], &[], |_| {});
    assert_eq!(ask(indirect()), GOOD);
    let root_entry = [certificate_issuer(&name("Root")), reason(1)];
    assert_eq!(
        ask(indirect().entry(&[42], &root_entry)),
        Err(Code::CertificateRevoked)
    );
    // Without certificateIssuer, an entry is about the CRL issuer's own certificates. A certificateIssuer
    // applies until the next one.
    assert_eq!(ask(indirect().entry(&[42], &[])), GOOD);
    let held = indirect().entry(&[7], &root_entry).entry(&[42], &[]);
    assert_eq!(ask(held), Err(Code::CertificateRevoked));
    let other = indirect()
        .entry(&[7], &root_entry)
        .entry(&[8], &[certificate_issuer(&name("Other"))])
        .entry(&[42], &[]);
    assert_eq!(ask(other), GOOD);
    // An issuer without a distinguished name: it is unknown whose certificates the entry is about.
    let unnamed = extension("2.5.29.29", true, &seq(&[&tlv(0x86, b"http://a.example/")]));
    let unclear = indirect().entry(&[42], &[unnamed]).sign(&crl_key);
    let read = honnin::x509::Crl::from_der(&unclear).unwrap();
    let found = read.find(&[42], read.issuer()).map_err(|error| error.code());
    assert_eq!(found, Err(Code::CrlMalformed));
    // Named as cRLIssuer, but the CRL is not marked as indirect.
    let direct = CrlTemplate::new("CRL Issuer").sign(&crl_key);
    assert_eq!(world.ask(&[direct], &[], |_| {}), Err(Code::RevocationUnknown));
}

#[test]
fn a_delta_crl() {
    let world = plain();
    let base = |number| CrlTemplate::new("Root").with(crl_number(number));
    let delta = |from, number| base(number).with(delta_indicator(from));
    let revoked = Err(Code::CertificateRevoked);
    assert_eq!(world.ask_crls(&[base(5), delta(5, 6)]), GOOD);
    assert_eq!(world.ask_crls(&[base(5), delta(5, 6).entry(&[42], &[])]), revoked);
    assert_eq!(world.ask_crls(&[delta(4, 6).entry(&[42], &[]), base(5)]), revoked);
    // The newest of several.
    let removed = delta(5, 7).entry(&[42], &[reason(8)]);
    let held = base(5).entry(&[42], &[reason(6)]);
    assert_eq!(
        world.ask_crls(&[held.clone(), delta(5, 6).entry(&[42], &[]), removed]),
        GOOD
    );
    assert_eq!(world.ask_crls(&[held, delta(5, 6)]), revoked);
    // For a later base, or older than it: not a delta CRL for this one.
    assert_eq!(world.ask_crls(&[base(5), delta(6, 7).entry(&[42], &[])]), GOOD);
    assert_eq!(world.ask_crls(&[base(5), delta(4, 5).entry(&[42], &[])]), GOOD);
    // With another scope.
    let other = delta(5, 6)
        .with(issuing(&[&tlv(0x81, &[0xff])]))
        .entry(&[42], &[]);
    assert_eq!(world.ask_crls(&[base(5), other]), GOOD);
    // Alone it is no evidence; a current one makes an old base usable (RFC 5280 §6.3.3 (a)).
    assert_eq!(world.ask_crls(&[delta(5, 6)]), Err(Code::RevocationUnknown));
    let mut old = base(5);
    old.next_update = Some(NOW - 2 * 3600);
    assert_eq!(world.ask_crls(from_ref(&old)), Err(Code::CrlExpired));
    assert_eq!(world.ask_crls(&[old, delta(5, 6)]), GOOD);
    let forged = delta(5, 6).sign(&Key::new(9));
    assert_eq!(
        world.ask(&[base(5).sign(&world.root_key), forged], &[], |_| {}),
        Err(Code::CrlSignatureMismatch)
    );
}

#[test]
fn every_cut_of_a_crl_is_refused() {
    let world = plain();
    let crl = CrlTemplate::new("Root")
        .entry(&[7], &[reason(1)])
        .with(crl_number(3))
        .sign(&world.root_key);
    for length in 0..crl.len() {
        let ended = world.ask(&[crl[..length].to_vec()], &[], |_| {});
        assert_eq!(ended, Err(Code::CrlMalformed), "{length}");
    }
    for bit in 0..8 * crl.len() {
        let mut changed = crl.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(world.ask(&[changed], &[], |_| {}), GOOD, "bit {bit}");
    }
}

// ---------------------------------------------------------------------------------------------------------------- OCSP

fn ask_ocsp(response: &Ocsp, key: &Key) -> Result<Revocation, Code> {
    plain().ask(&[], &[response.sign(key)], |_| {})
}

#[test]
fn an_answer_by_the_issuer() {
    let key = Key::new(1);
    assert_eq!(ask_ocsp(&Ocsp::new(), &key), GOOD);
    for hash in [Hash::Sha256, Hash::Sha512] {
        assert_eq!(ask_ocsp(&Ocsp { hash, ..Ocsp::new() }, &key), GOOD);
    }
    let by_key = tlv(0xa2, &tlv(4, &Hash::Sha1.digest(&key.point())));
    assert_eq!(
        ask_ocsp(
            &Ocsp {
                responder: by_key,
                ..Ocsp::new()
            },
            &key
        ),
        GOOD
    );
    let unknown = Ocsp {
        status: tlv(0x82, &[]),
        ..Ocsp::new()
    };
    assert_eq!(ask_ocsp(&unknown, &key), Err(Code::RevocationUnknown));
    let info = [time(NOW - DAY), tlv(0xa0, &tlv(0x0a, &[1]))].concat();
    let revoked = Ocsp {
        status: tlv(0xa1, &info),
        ..Ocsp::new()
    };
    assert_eq!(ask_ocsp(&revoked, &key), Err(Code::CertificateRevoked));
    let reported = plain()
        .ask(&[], &[revoked.sign(&key)], |options| options.report_only = true)
        .unwrap();
    let Revocation::Revoked(revoked) = reported else {
        panic!("{reported:?}")
    };
    assert_eq!((revoked.reason, revoked.time), (Reason::KeyCompromise, NOW - DAY));
}

#[test]
fn an_answer_about_another() {
    let key = Key::new(1);
    let mismatch = Err(Code::OcspCertificateMismatch);
    assert_eq!(
        ask_ocsp(
            &Ocsp {
                serial: vec![43],
                ..Ocsp::new()
            },
            &key
        ),
        mismatch
    );
    assert_eq!(
        ask_ocsp(
            &Ocsp {
                issuer: name("Other"),
                ..Ocsp::new()
            },
            &key
        ),
        mismatch
    );
    // Another generation of the CA has the same name.
    let other_key = Key::new(2).point();
    assert_eq!(
        ask_ocsp(
            &Ocsp {
                issuer_key: other_key,
                ..Ocsp::new()
            },
            &key
        ),
        mismatch
    );
}

#[test]
fn the_age_of_an_answer() {
    let key = Key::new(1);
    let with = |this_update, next_update| Ocsp {
        this_update,
        next_update,
        ..Ocsp::new()
    };
    assert_eq!(
        ask_ocsp(&with(NOW - DAY, Some(NOW - 301)), &key),
        Err(Code::OcspExpired)
    );
    assert_eq!(ask_ocsp(&with(NOW - DAY, Some(NOW - 300)), &key), GOOD);
    assert_eq!(
        ask_ocsp(&with(NOW + 301, Some(NOW + DAY)), &key),
        Err(Code::OcspNotYetValid)
    );
    assert_eq!(ask_ocsp(&with(NOW - 10, None), &key), Err(Code::OcspExpired));
    let aged = |response: Ocsp, age| {
        plain().ask(&[], &[response.sign(&Key::new(1))], |options| {
            options.ocsp_max_age = Some(age)
        })
    };
    assert_eq!(aged(with(NOW - 10, None), 60), GOOD);
    assert_eq!(aged(with(NOW - 600, None), 60), Err(Code::OcspExpired));
    assert_eq!(aged(with(NOW - 600, Some(NOW + DAY)), 60), Err(Code::OcspExpired));
}

#[test]
fn the_age_of_an_answer_without_end() {
    let ask = |next_update, any: Option<i64>| {
        let response = Ocsp {
            this_update: NOW - 600,
            next_update,
            ..Ocsp::new()
        };
        move |open: i64| {
            plain().ask(&[], &[response.sign(&Key::new(1))], |options| {
                options.ocsp_max_age = any;
                options.ocsp_max_age_without_end = Some(open);
            })
        }
    };
    let expired = Err(Code::OcspExpired);
    assert_eq!(ask(None, None)(300), GOOD);
    assert_eq!(ask(None, None)(299), expired);
    // It does not cover others; below the limit for all of them.
    assert_eq!(ask(Some(NOW + DAY), None)(0), GOOD);
    assert_eq!(ask(None, Some(300))(0), GOOD);
    assert_eq!(ask(None, Some(299))(300), expired);
}

#[test]
fn certificates_that_the_issuer_did_not_issue() {
    let with = |certificate: Vec<u8>, status: Vec<u8>, strict| {
        let response = Ocsp {
            status,
            certificates: vec![certificate],
            ..Ocsp::new()
        };
        plain().ask(&[], &[response.sign(&Key::new(1))], |options| {
            options.ocsp_certificates_of_issuer = strict;
        })
    };
    let ask = |status, strict| with(root("Root", &Key::new(9)), status, strict);
    let revoked = || tlv(0xa1, &tlv(0x18, b"20260101000000Z"));
    // Nor is something that is not a certificate, or not an element.
    for odd in [vec![5, 0], vec![0x30], vec![0x30, 1]] {
        assert_eq!(with(odd.clone(), tlv(0x80, &[]), false), GOOD);
        let strict = with(odd, tlv(0x80, &[]), true);
        assert_eq!(strict, Err(Code::OcspResponderUnauthorized));
    }
    assert_eq!(ask(tlv(0x80, &[]), false), GOOD);
    assert_eq!(ask(tlv(0x80, &[]), true), Err(Code::OcspResponderUnauthorized));
    for strict in [false, true] {
        assert_eq!(ask(revoked(), strict), Err(Code::CertificateRevoked));
    }
}

#[test]
fn the_nonce() {
    let nonce = |value: &[u8]| extension("1.3.6.1.5.5.7.48.1.2", false, value);
    let ask = |extensions: Vec<Vec<u8>>, wanted: Option<&'static [u8]>| {
        let response = Ocsp {
            extensions,
            ..Ocsp::new()
        }
        .sign(&Key::new(1));
        plain().ask(&[], &[response], |options| options.ocsp_nonce = wanted)
    };
    let wrapped = || vec![nonce(&tlv(4, b"12345678"))];
    assert_eq!(ask(wrapped(), Some(b"12345678")), GOOD);
    assert_eq!(ask(wrapped(), None), GOOD);
    assert_eq!(ask(wrapped(), Some(b"1234567")), Err(Code::OcspNonceMismatch));
    assert_eq!(ask(Vec::new(), Some(b"12345678")), Err(Code::OcspNonceMismatch));
    assert_eq!(
        ask(vec![extension("1.2.392.1.9", true, &[5, 0])], None),
        Err(Code::ExtensionUnsupported)
    );
}

#[test]
fn a_delegated_responder() {
    let responder = Key::new(6);
    const SIGNING: &str = "1.3.6.1.5.5.7.3.9";
    let no_check = || extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]);
    let template = || Template::new("Root", "Responder", &Key::new(6)).serial(&[6]);
    let ask = |certificate: Vec<u8>, crls: &[Vec<u8>]| {
        let response = Ocsp {
            responder: tlv(0xa1, &name("Responder")),
            certificates: vec![certificate],
            ..Ocsp::new()
        };
        plain().ask(crls, &[response.sign(&responder)], |_| {})
    };
    let issuer = Key::new(1);
    let unauthorized = Err(Code::OcspResponderUnauthorized);
    let good = template().with(ext_key_usage(&[SIGNING])).with(no_check());
    assert_eq!(ask(good.sign(&issuer), &[]), GOOD);
    assert_eq!(ask(template().with(no_check()).sign(&issuer), &[]), unauthorized);
    let client = template().with(ext_key_usage(&["1.3.6.1.5.5.7.3.2"]));
    assert_eq!(ask(client.sign(&issuer), &[]), unauthorized);
    let any = template().with(ext_key_usage(&["2.5.29.37.0"]));
    assert_eq!(ask(any.sign(&issuer), &[]), unauthorized);
    assert_eq!(
        ask(good.clone().with(key_usage(0x02)).sign(&issuer), &[]),
        unauthorized
    );
    assert_eq!(ask(good.clone().with(key_usage(0x80)).sign(&issuer), &[]), GOOD);
    // Signed by another key, even with the issuer's name.
    assert_eq!(ask(good.sign(&Key::new(9)), &[]), unauthorized);
    let mut expired = good.clone();
    expired.to = NOW - 1;
    assert_eq!(ask(expired.sign(&issuer), &[]), unauthorized);
    assert_eq!(
        ask(
            good.clone()
                .with(extension("1.2.392.1.9", true, &[5, 0]))
                .sign(&issuer),
            &[]
        ),
        unauthorized
    );
    // nocheck is NULL (RFC 6960 §4.2.2.2.1); if it is critical and something else, it is not supported.
    let odd = |critical| extension("1.3.6.1.5.5.7.48.1.5", critical, &[0x30, 0]);
    let signing = || template().with(ext_key_usage(&[SIGNING]));
    assert_eq!(ask(signing().with(odd(true)).sign(&issuer), &[]), unauthorized);
    assert_eq!(ask(signing().with(odd(false)).sign(&issuer), &[]), GOOD);
    // A responder cannot answer for its own certificate.
    let mut own = plain();
    own.leaf = good.clone().serial(&[42]).sign(&issuer);
    let response = Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        certificates: vec![own.leaf.clone()],
        ..Ocsp::new()
    };
    assert_eq!(own.ask(&[], &[response.sign(&responder)], |_| {}), unauthorized);
    // Without nocheck, a given CRL counts.
    let checked = template().with(ext_key_usage(&[SIGNING])).sign(&issuer);
    let mut old = CrlTemplate::new("Root").entry(&[6], &[reason(1)]);
    assert_eq!(ask(checked.clone(), &[]), GOOD);
    // The CRL also covers the leaf, which is good.
    assert_eq!(ask(checked.clone(), &[old.sign(&issuer)]), GOOD);
    old.entries = Vec::new();
    assert_eq!(ask(checked, &[old.sign(&issuer)]), GOOD);
    // No certificate, and another key than that of the certificate.
    let alone = Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        ..Ocsp::new()
    };
    assert_eq!(ask_ocsp(&alone, &responder), unauthorized);
    let other = Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        certificates: vec![good.sign(&issuer)],
        ..Ocsp::new()
    };
    assert_eq!(ask_ocsp(&other, &Key::new(7)), Err(Code::OcspSignatureMismatch));
    assert_eq!(
        ask_ocsp(&Ocsp::new(), &Key::new(7)),
        Err(Code::OcspSignatureMismatch)
    );
}

#[test]
fn a_revoked_responder_is_refused() {
    let issuer = Key::new(1);
    let certificate = Template::new("Root", "Responder", &Key::new(6))
        .serial(&[6])
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
        .sign(&issuer);
    let response = Ocsp {
        responder: tlv(0xa1, &name("Responder")),
        certificates: vec![certificate],
        ..Ocsp::new()
    };
    // The only CRL is for some reasons, so that it does not settle the leaf's status alone.
    let crl = CrlTemplate::new("Root")
        .with(issuing(&[&tlv(0x83, &[5, 0x60])]))
        .entry(&[6], &[reason(1)])
        .sign(&issuer);
    assert_eq!(
        plain().ask(&[crl], &[response.sign(&Key::new(6))], |_| {}),
        Err(Code::OcspResponderUnauthorized)
    );
}

#[test]
fn an_error_of_the_responder() {
    let try_later = seq(&[&tlv(0x0a, &[3])]);
    assert_eq!(
        plain().ask(&[], &[try_later], |_| {}),
        Err(Code::OcspUnsuccessful)
    );
    let empty = seq(&[&tlv(0x0a, &[0])]);
    assert_eq!(plain().ask(&[], &[empty], |_| {}), Err(Code::OcspMalformed));
    // An error status with responseBytes.
    let both = seq(&[&tlv(0x0a, &[3]), &tlv(0xa0, &seq(&[]))]);
    assert_eq!(plain().ask(&[], &[both], |_| {}), Err(Code::OcspMalformed));
}

#[test]
fn one_revocation_counts_more_than_any_good_answer() {
    let world = plain();
    let good = Ocsp::new().sign(&world.root_key);
    let crl = CrlTemplate::new("Root").entry(&[42], &[]).sign(&world.root_key);
    assert_eq!(
        world.ask(&[crl], from_ref(&good), |_| {}),
        Err(Code::CertificateRevoked)
    );
    // An outdated CRL beside a good OCSP response changes nothing.
    let mut stale = CrlTemplate::new("Root").entry(&[42], &[]);
    stale.next_update = Some(NOW - DAY / 2);
    assert_eq!(world.ask(&[stale.sign(&world.root_key)], &[good], |_| {}), GOOD);
}

#[test]
fn of_several_answers_of_one_time_the_worst_counts() {
    let key = Key::new(1);
    let with = |hash, status: Vec<u8>, age| Ocsp {
        hash,
        status,
        this_update: NOW - age,
        ..Ocsp::new()
    };
    let (good, unknown) = (tlv(0x80, &[]), tlv(0x82, &[]));
    let revoked = tlv(0xa1, &time(NOW - DAY));
    let ask = |answers: &[Ocsp]| {
        let answers: Vec<_> = answers.iter().map(Ocsp::answer).collect();
        plain().ask(&[], &[Ocsp::new().sign_answers(&key, &answers)], |_| {})
    };
    let (sha1, sha256) = (Hash::Sha1, Hash::Sha256);
    for (status, expected) in [
        (revoked.clone(), Code::CertificateRevoked),
        (unknown, Code::RevocationUnknown),
    ] {
        let pair = || (with(sha1, status.clone(), 60), with(sha256, good.clone(), 60));
        let (bad, fine) = pair();
        assert_eq!(ask(&[bad, fine]), Err(expected));
        let (bad, fine) = pair();
        assert_eq!(ask(&[fine, bad]), Err(expected));
    }
    // The newer one counts in any order.
    assert_eq!(
        ask(&[with(sha1, good.clone(), 60), with(sha1, revoked.clone(), 120)]),
        GOOD
    );
    assert_eq!(
        ask(&[with(sha1, revoked, 60), with(sha1, good, 120)]),
        Err(Code::CertificateRevoked)
    );
}

#[test]
fn every_change_of_an_answer_is_refused() {
    let world = plain();
    let response = Ocsp::new().sign(&world.root_key);
    for length in 0..response.len() {
        let ended = world.ask(&[], &[response[..length].to_vec()], |_| {});
        assert_eq!(ended, Err(Code::OcspMalformed), "{length}");
    }
    for bit in 0..8 * response.len() {
        let mut changed = response.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(world.ask(&[], &[changed], |_| {}), GOOD, "bit {bit}");
    }
}

// ------------------------------------------------------------------------------------------------- the caller's checker

struct Checker {
    evidence: FetchedEvidence,
    status: Option<Revocation>,
}

impl RevocationChecker for Checker {
    fn fetch_evidence(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        assert_eq!((query.certificate.serial(), query.time), (&[42][..], NOW));
        self.evidence.clone()
    }

    fn status(&self, _: &RevocationQuery<'_, '_>) -> Option<Revocation> {
        self.status
    }
}

#[test]
fn a_checker_of_the_caller() {
    let world = plain();
    let ask = |evidence, status| {
        let checker = Checker { evidence, status };
        let anchors = [TrustAnchor::from_certificate(&world.anchor).unwrap()];
        let mut options = PathOptions::new(&anchors, NOW);
        options.revocation.require = Requirement::Certificate;
        options.revocation.checker = Some(&checker);
        verify_certificate(&world.leaf, &options)
            .map(|valid| valid.revocation[0])
            .map_err(|error| error.code())
    };
    let crl = |template: CrlTemplate| {
        let mut fetched = FetchedEvidence::default();
        fetched.crls = vec![template.sign(&world.root_key)];
        fetched
    };
    assert_eq!(
        ask(FetchedEvidence::default(), None),
        Err(Code::RevocationUnknown)
    );
    assert_eq!(ask(FetchedEvidence::default(), Some(Revocation::Good)), GOOD);
    assert_eq!(ask(crl(CrlTemplate::new("Root")), None), GOOD);
    let revoked = || CrlTemplate::new("Root").entry(&[42], &[]);
    assert_eq!(ask(crl(revoked()), None), Err(Code::CertificateRevoked));
    // Evidence that settles the status is not overruled.
    assert_eq!(
        ask(crl(revoked()), Some(Revocation::Good)),
        Err(Code::CertificateRevoked)
    );
}

/// Long evidence that a checker returned is hashed each time that it is asked for, so its bytes are counted; short
/// evidence costs no more than a signature.
#[test]
fn long_evidence_of_a_checker_is_paid_for_by_the_byte() {
    let world = plain();
    let ask = |entries: u16, most: usize| {
        let list = (0..entries).fold(CrlTemplate::new("Root"), |list, number| {
            let [high, low] = number.to_be_bytes();
            list.entry(&[1, high, low], &[])
        });
        let mut evidence = FetchedEvidence::default();
        evidence.crls = vec![list.sign(&world.root_key)];
        let (entries, bytes) = (list.entries.len(), evidence.crls[0].len());
        let checker = Checker {
            evidence,
            status: None,
        };
        let anchors = [TrustAnchor::from_certificate(&world.anchor).unwrap()];
        let mut options = PathOptions::new(&anchors, NOW);
        options.revocation.require = Requirement::Certificate;
        options.revocation.checker = Some(&checker);
        options.limits.scanned_bytes = entries + most;
        let found = verify_certificate(&world.leaf, &options);
        (
            found
                .map(|valid| valid.revocation[0])
                .map_err(|error| error.code()),
            bytes,
        )
    };
    assert_eq!(ask(100, 0).0, GOOD);
    let (found, bytes) = ask(900, 0);
    assert!(bytes > 16_384 + 200);
    assert_eq!(found, Err(Code::PathBudgetExhausted));
    assert_eq!(ask(900, 16_384).0, Err(Code::PathBudgetExhausted));
    assert_eq!(ask(900, bytes).0, GOOD);
}

#[test]
fn one_malformed_entry_makes_the_whole_list_useless() {
    // A malformed Name in an entry makes the CRL unusable, at any position.
    let world = plain();
    let point = issuing(&[&tlv(0x84, &[0xff])]);
    let broken = extension("2.5.29.29", true, &seq(&[&directory(&[0x30, 2, 0x31, 0])]));
    let crl = CrlTemplate::new("Root").with(point).entry(&[9], &[broken]);
    assert_eq!(world.ask_crls(&[crl]), Err(Code::CrlMalformed));
    assert!(Name::from_contents(&[0x31, 0]).is_err());
}

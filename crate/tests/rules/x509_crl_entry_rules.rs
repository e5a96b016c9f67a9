//! CRL entries (RFC 5280 §5.3): which certificate an entry is about, its reason, and that nothing hides it.

use std::slice::from_ref;

use crate::pki::evidence::*;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{Crl, Name, Reason, Requirement, Revocation};

const REVOKED: Result<Revocation, Code> = Err(Code::CertificateRevoked);

fn by_root(crl: &CrlTemplate) -> Vec<u8> {
    crl.sign(&Key::new(1))
}

fn ask(crls: &[CrlTemplate]) -> Result<Revocation, Code> {
    let mut question = Question::new();
    question.crls = crls.iter().map(by_root).collect();
    question.ask()
}

/// The root's own CRL, which also covers certificates of other issuers.
fn indirect() -> CrlTemplate {
    CrlTemplate::new("Root").with(issuing(&[&tlv(0x84, &[0xff])]))
}

// -------------------------------------------------------------------------------------------------------------- §5.3.1

#[test]
fn every_reason_revokes() {
    for (number, expected) in [
        (0, Reason::Unspecified),
        (1, Reason::KeyCompromise),
        (2, Reason::CaCompromise),
        (3, Reason::AffiliationChanged),
        (4, Reason::Superseded),
        (5, Reason::CessationOfOperation),
        (6, Reason::CertificateHold),
        (8, Reason::RemoveFromCrl),
        (9, Reason::PrivilegeWithdrawn),
        (10, Reason::AaCompromise),
    ] {
        let crl = CrlTemplate::new("Root").entry(&[42], &[reason(number)]);
        let question = Question::new().crl(by_root(&crl));
        assert_eq!(question.ask(), REVOKED, "{number}");
        let reported = question.ask_with(|options| options.revocation.report_only = true);
        let Ok(Revocation::Revoked(revoked)) = reported else {
            panic!("{reported:?}")
        };
        assert_eq!((revoked.reason, revoked.time), (expected, NOW - 2 * DAY));
        // The words of RFC 5280 §5.3.1 differ from the names here only in case.
        let said = expected.as_str().to_lowercase();
        assert_eq!(said, format!("{expected:?}").to_lowercase());
    }
    for odd in [vec![reason(7)], vec![reason(11)], vec![reason(1), reason(1)]] {
        let crl = CrlTemplate::new("Root").entry(&[42], &odd);
        assert_eq!(ask(&[crl]), Err(Code::CrlMalformed));
    }
    let no_enumerated = extension("2.5.29.21", false, &int(&[1]));
    let crl = CrlTemplate::new("Root").entry(&[42], &[no_enumerated]);
    assert_eq!(ask(&[crl]), Err(Code::CrlMalformed));
}

#[test]
fn a_list_of_version_1_revokes() {
    let write = |version: &[u8], entries: &[u8], extensions: &[u8]| {
        let times = [utc_time(NOW - DAY), utc_time(NOW + DAY)].concat();
        let issuer = name("Root");
        let tbs = seq(&[version, &algorithm(), &issuer, &times, entries, extensions]);
        Question::new().crl(signed(&tbs, &Key::new(1))).ask()
    };
    let entries = tlv(0x30, &crl_entry(&[42], &[]));
    let extensions = tlv(0xa0, &tlv(0x30, &crl_number(1)));
    assert_eq!(write(&[], &entries, &[]), REVOKED);
    assert_eq!(write(&int(&[1]), &entries, &extensions), REVOKED);
    assert_eq!(write(&int(&[1]), &[], &extensions), GOOD);
    for (version, extensions) in [
        (vec![], &extensions[..]),
        (int(&[0]), &[]),
        (int(&[2]), &extensions),
    ] {
        assert_eq!(write(&version, &entries, extensions), Err(Code::CrlMalformed));
    }
}

/// Almost all entries have one form, and entries of it for other certificates are passed over without reading their
/// fields. What is no such entry is refused whoever is asked about.
#[test]
fn a_changed_entry_is_refused_whoever_it_is_about() {
    const SERIAL: [u8; 9] = [0, 0x80, 1, 2, 3, 4, 5, 6, 7];
    let issuer = name("Root");
    let issuer = Name::from_contents(&issuer[2..]).unwrap();
    for extensions in [vec![], vec![reason(1)]] {
        let crl = by_root(
            &CrlTemplate::new("Root")
                .entry(&SERIAL, &extensions)
                .entry(&[42], &[]),
        );
        let entry = crl_entry(&SERIAL, &extensions);
        let at = crl.windows(entry.len()).position(|part| part == entry).unwrap();
        let date = at + 4 + SERIAL.len() + 2..at + 4 + SERIAL.len() + 15;
        let (mut refused, mut found) = (0, 0);
        for (place, value) in
            (at..at + entry.len()).flat_map(|place| (0..=255).map(move |value| (place, value)))
        {
            let mut changed = crl.clone();
            changed[place] = value;
            let Ok(list) = Crl::from_der(&changed) else {
                continue;
            };
            let asked = |serial: &[u8]| list.find(serial, &issuer).map(|entry| entry.is_some());
            // Asked about the entry itself, its fields are read. Its date is read only then.
            let own = asked(&changed[at + 4..at + 4 + SERIAL.len()]);
            let other = asked(&[42]);
            if !date.contains(&place) {
                assert_eq!(own.is_err(), other.is_err(), "{place} {value:02x}");
            }
            match other {
                Ok(other) => {
                    assert!(other, "{place} {value:02x}");
                    found += 1;
                }
                Err(error) => {
                    assert_eq!(error.code(), Code::CrlMalformed);
                    refused += 1;
                }
            }
        }
        assert!(found > 1_000 && refused > 1_000, "{found} {refused}");
    }
}

/// What is passed over has the length that its header says, also where the numbers that are compared could wrap.
#[test]
fn an_entry_is_as_long_as_it_says() {
    let issuer = name("Root");
    let issuer = Name::from_contents(&issuer[2..]).unwrap();
    for extensions in [vec![], vec![reason(1)]] {
        for count in (1..=20).chain(220..=255) {
            let entry = crl_entry(&vec![1; count], &extensions);
            let after_number = &entry[entry.len() - (15 + if extensions.is_empty() { 0 } else { 14 })..];
            let fields = [&[2, count as u8][..], &vec![1; count], after_number].concat();
            let length = fields.len() as u8;
            let mut crl = CrlTemplate::new("Root");
            crl.entries = [&[0x30, length][..], &fields].concat();
            let found = Crl::from_der(&by_root(&crl)).unwrap().find(&[42], &issuer);
            assert_eq!(found.is_ok(), fields.len() < 0x80, "{count} {length}");
        }
    }
}

// -------------------------------------------------------------------------------------------------------------- §5.3.3

#[test]
fn entries_without_certificate_issuer_are_the_list_issuers() {
    let (root, other) = (
        certificate_issuer(&name("Root")),
        certificate_issuer(&name("Other")),
    );
    assert_eq!(ask(&[indirect().entry(&[42], &[])]), REVOKED);
    assert_eq!(ask(&[indirect().entry(&[42], from_ref(&other))]), GOOD);
    assert_eq!(ask(&[indirect().entry(&[42], from_ref(&root))]), REVOKED);
    // The last certificateIssuer applies until the next one, which may be the CRL issuer again.
    let others = || indirect().entry(&[7], from_ref(&other));
    assert_eq!(ask(&[others().entry(&[42], &[])]), GOOD);
    assert_eq!(
        ask(&[others().entry(&[8], from_ref(&root)).entry(&[42], &[])]),
        REVOKED
    );
    assert_eq!(ask(&[others().entry(&[42], &[root])]), REVOKED);
    // One matching name among several is enough. Names are compared as names, not as bytes.
    let names = |names: &[Vec<u8>]| extension("2.5.29.29", true, &tlv(0x30, &names.concat()));
    let (other_name, own_name) = (directory(&name("Other")), directory(&name("ROOT")));
    for both in [[other_name.clone(), own_name.clone()], [own_name, other_name]] {
        assert_eq!(ask(&[indirect().entry(&[42], &[names(&both)])]), REVOKED);
    }
    // Twice, or without a distinguished name: it is unknown whose certificates the entries are about.
    assert_eq!(
        ask(&[indirect().entry(&[7], &[other.clone(), other])]),
        Err(Code::CrlMalformed)
    );
    let unnamed = names(&[tlv(0x86, b"http://a.example/")]);
    assert_eq!(
        ask(&[indirect().entry(&[7], &[unnamed])]),
        Err(Code::CrlMalformed)
    );
}

/// A name like `name("Root")`, with a commonName of this type and these bytes.
fn root_as(tag: u8, value: &[u8]) -> Vec<u8> {
    let country = tlv(0x31, &seq(&[&oid("2.5.4.6"), &tlv(0x13, b"JP")]));
    let common = tlv(0x31, &seq(&[&oid("2.5.4.3"), &tlv(tag, value)]));
    rdns(&[&country, &common])
}

/// Strings that are not text of their type: half a character, a character beyond Unicode, half a surrogate
/// pair, invalid UTF-8, a type that is not read, a constructed string.
fn no_text() -> [Vec<u8>; 6] {
    [
        root_as(0x1c, b"Root!"),
        root_as(0x1c, &[0, 0x11, 0, 0]),
        root_as(0x1e, &[0xd8, 0]),
        root_as(0x0c, &[0xff]),
        root_as(0x1b, b"Root"),
        root_as(0x2c, &tlv(0x0c, b"Root")),
    ]
}

#[test]
fn an_entry_whose_issuer_cannot_be_compared_is_not_anothers() {
    let unknown = Err(Code::RevocationUnknown);
    for odd in no_text() {
        let issuer = certificate_issuer(&odd);
        let entry = || indirect().entry(&[42], from_ref(&issuer));
        assert_eq!(ask(&[entry()]), unknown);
        let held = indirect().entry(&[7], from_ref(&issuer)).entry(&[42], &[]);
        assert_eq!(ask(&[held]), unknown);
        // An entry with another serial number does not matter.
        assert_eq!(ask(&[indirect().entry(&[41], from_ref(&issuer))]), GOOD);
        // No other evidence makes it good. An unambiguous revocation remains one.
        let mut older = CrlTemplate::new("Root");
        older.this_update -= 60;
        assert_eq!(ask(&[entry(), older.clone()]), unknown);
        assert_eq!(ask(&[entry(), older.entry(&[42], &[])]), REVOKED);
        let both = entry().entry(&[42], &[certificate_issuer(&name("Root"))]);
        assert_eq!(ask(&[both]), REVOKED);
        // An entry with removeFromCRL beside it is not enough.
        let off = [certificate_issuer(&name("Root")), reason(8)];
        let base = indirect().with(crl_number(1)).entry(&[42], &off[..1]);
        let change = |odd: &[Vec<u8>]| {
            let delta = indirect()
                .with(crl_number(2))
                .with(delta_indicator(1))
                .entry(&[42], &off);
            ask(&[
                base.clone(),
                odd.iter()
                    .fold(delta, |delta, issuer| delta.entry(&[42], from_ref(issuer))),
            ])
        };
        assert_eq!(change(&[]), GOOD);
        assert_eq!(change(from_ref(&issuer)), REVOKED);
        let question = Question::new().crl(by_root(&entry()));
        assert_eq!(question.ask_without_need(), Ok(Revocation::Unknown));
        let good = ocsp::Ocsp::new().sign(&Key::new(1));
        assert_eq!(question.response(good).ask(), unknown);
        // It may be one of several names.
        let names = extension(
            "2.5.29.29",
            true,
            &seq(&[&directory(&name("Other")), &directory(&odd)]),
        );
        assert_eq!(ask(&[indirect().entry(&[42], &[names])]), unknown);
    }
}

#[test]
fn an_entry_of_an_issuer_that_is_plainly_another_is_anothers() {
    let country = tlv(0x31, &seq(&[&oid("2.5.4.6"), &tlv(0x13, b"JP")]));
    let odd = tlv(0x31, &seq(&[&oid("2.5.4.3"), &tlv(0x1c, b"Root!")]));
    for other in [
        name("Other"),
        name("株式会社"),
        // The RDNs before it, or the other attributes, distinguish the names.
        rdns(&[&tlv(0x31, &seq(&[&oid("2.5.4.6"), &tlv(0x13, b"US")])), &odd]),
        rdns(&[&country, &odd, &rdn("2.5.4.11", "Unit")]),
        rdns(&[&odd]),
        rdns(&[&country]),
        rdns(&[
            &country,
            &tlv(0x31, &seq(&[&oid("2.5.4.10"), &tlv(0x1c, b"Root!")])),
        ]),
        // A value that is not a string is compared by its bytes.
        root_as(4, b"Root"),
        root_as(3, b"\0Root"),
    ] {
        let entry = indirect().entry(&[42], &[certificate_issuer(&other)]);
        assert_eq!(ask(&[entry]), GOOD);
    }
}

#[test]
fn an_entry_whose_issuer_normalisation_may_change_is_not_anothers() {
    let organization = |text: &str| rdns(&[&rdn("2.5.4.10", text)]);
    let found = |list: &str, named: &str| {
        let crl = by_root(&indirect().entry(&[42], &[certificate_issuer(&organization(named))]));
        let issuer = organization(list);
        let issuer = Name::from_contents(&issuer[2..]).unwrap();
        let found = Crl::from_der(&crl).unwrap().find(&[42], &issuer);
        found.map(|entry| entry.is_some()).map_err(|error| error.code())
    };
    let unknown = Err(Code::RevocationUnknown);
    assert_eq!(found("テスト", "テスト"), Ok(true));
    assert_eq!(found("テスト", "ﾃｽﾄ"), unknown);
    assert_eq!(found("ﾃｽﾄ", "テスト"), unknown);
    assert_eq!(found("é", "e\u{301}"), unknown);
    assert_eq!(found("テスト", "ためし"), Ok(false));
    assert_eq!(found("Ｔｅｓｔ", "test"), Ok(true));
    assert_eq!(found("Ｔｅｓｔ", "Ｒｅｓｔ"), Ok(false));
}

#[test]
fn parts_of_several_attributes_are_anothers_by_the_types_they_have() {
    let of = |attributes: &[&[u8]]| rdns(&[&tlv(0x31, &attributes.concat())]);
    let text = |kind: &str| attribute(kind, "Text");
    let odd = |kind: &str| seq(&[&oid(kind), &tlv(0x1c, b"Text!")]);
    let (common, unit, organization) = ("2.5.4.3", "2.5.4.11", "2.5.4.10");
    let found = |list: &[u8], named: &[u8]| {
        let crl = by_root(&indirect().entry(&[42], &[certificate_issuer(named)]));
        let issuer = Name::from_contents(&list[2..]).unwrap();
        let found = Crl::from_der(&crl).unwrap().find(&[42], &issuer);
        found.map(|entry| entry.is_some()).map_err(|error| error.code())
    };
    let issuer = of(&[&text(common), &text(unit)]);
    assert_eq!(found(&issuer, &of(&[&text(unit), &text(common)])), Ok(true));
    for named in [
        of(&[&odd(common), &text(unit)]),
        of(&[&text(unit), &odd(common)]),
        of(&[&odd(common), &odd(unit)]),
    ] {
        assert_eq!(found(&issuer, &named), Err(Code::RevocationUnknown));
    }
    for named in [
        of(&[&odd(common)]),
        of(&[&odd(common), &text(organization)]),
        of(&[&odd(common), &odd(common)]),
        of(&[&odd(common), &text(unit), &text(unit)]),
    ] {
        assert_eq!(found(&issuer, &named), Ok(false));
    }
}

#[test]
fn an_entry_by_the_issuer_in_other_letters_is_the_issuers() {
    let of = |text: &str| rdns(&[&rdn("2.5.4.3", text)]);
    for (issuer, named) in [("Straße", "STRASSE"), ("ΟΔΟΣ", "οδος"), ("Straße", "straße")] {
        let mut authority = Template::ca("Root", "CA", &Key::new(2));
        authority.subject = of(issuer);
        let points = distribution_points(&[seq(&[&tlv(0xa2, &directory(&name("Root")))])]);
        let mut certificate = leaf().with(points);
        certificate.issuer = of(issuer);
        let mut question = Question::new().below(authority.sign(&Key::new(1)));
        question.leaf = certificate.sign(&Key::new(2));
        let entry = [certificate_issuer(&of(named))];
        let question = question.crl(by_root(&indirect().entry(&[42], &entry)));
        assert_eq!(question.ask(), Err(Code::CertificateRevoked), "{issuer}, {named}");
    }
}

#[test]
fn asking_whose_an_entry_may_be_is_paid_for() {
    let long = "Other ".repeat(600);
    let crl = indirect().entry(&[7], &[certificate_issuer(&name(&long))]);
    let crl = (0..100).fold(crl, |crl, _| crl.entry(&[42], &[]));
    let question = Question::new().crl(by_root(&crl));
    assert_eq!(question.ask(), GOOD);
    // Whether a status is needed or not: a reached limit is no unknown status.
    for need in [Requirement::Certificate, Requirement::Nothing] {
        let asked = question.ask_with(|options| {
            options.limits.name_comparisons = 2_000;
            options.revocation.require = need;
        });
        assert_eq!(asked, Err(Code::PathBudgetExhausted), "{need:?}");
    }
}

#[test]
fn an_issuer_whose_own_name_is_no_text() {
    for odd in no_text() {
        let mut question = Question::new();
        let mut anchor = Template::ca("Root", "Root", &Key::new(1));
        (anchor.issuer, anchor.subject) = (odd.clone(), odd.clone());
        question.anchors = vec![anchor.sign(&Key::new(1))];
        let mut certificate = leaf();
        certificate.issuer = odd.clone();
        question.leaf = certificate.sign(&Key::new(1));
        let ask = |named: &[u8]| {
            let mut crl = indirect().entry(&[42], &[certificate_issuer(named)]);
            crl.issuer = odd.clone();
            question.clone().crl(by_root(&crl)).ask()
        };
        // Equal bytes match.
        assert_eq!(ask(&odd), REVOKED);
        assert_eq!(ask(&name("Root")), Err(Code::RevocationUnknown));
        assert_eq!(ask(&rdns(&[&rdn("2.5.4.3", "Root")])), GOOD);
    }
}

#[test]
fn a_responder_that_may_have_been_revoked() {
    let response = |number: &[u8]| {
        let responder = Template::new("Root", "Responder", &Key::new(6))
            .serial(&[6])
            .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]));
        // For some reasons only, so that it does not settle the leaf's status alone.
        let crl = CrlTemplate::new("Root")
            .with(issuing(&[&tlv(0x83, &[5, 0x60]), &tlv(0x84, &[0xff])]))
            .entry(number, &[certificate_issuer(&root_as(0x1c, b"Root!"))]);
        let mut response = ocsp::Ocsp::new();
        response.responder = tlv(0xa1, &name("Responder"));
        response.certificates = vec![responder.sign(&Key::new(1))];
        let question = Question::new().crl(by_root(&crl));
        question.response(response.sign(&Key::new(6))).ask()
    };
    assert_eq!(response(&[7]), GOOD);
    assert_eq!(response(&[6]), Err(Code::OcspResponderUnauthorized));
}

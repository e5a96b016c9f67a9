//! Names, their comparison (RFC 5280 §7.1) and their constraints (§4.2.1.10), and malformed certificates.

use crate::common;
use std::slice::from_ref;

use crate::pki::*;
use honnin::Code;
use honnin::der::{Oid, Reader};
use honnin::x509::{
    Certificate, Name, NameConstraints, PathOptions, Purpose, TrustAnchor, verify_certificate,
};

fn matches(a: &[u8], b: &[u8]) -> bool {
    let read = |bytes| Name::read(&mut Reader::new(bytes)).unwrap();
    let (a, b) = (read(a), read(b));
    assert_eq!(a.matches(&b), b.matches(&a));
    a.matches(&b)
}

fn text(tag: u8, value: &[u8]) -> Vec<u8> {
    seq(&[&tlv(0x31, &seq(&[&oid("2.5.4.3"), &tlv(tag, value)]))])
}

#[test]
fn values_compare_as_text() {
    let utf8 = |value: &str| text(0x0c, value.as_bytes());
    assert!(matches(&utf8("Example  CA"), &utf8(" example ca ")));
    assert!(matches(&utf8("Example"), &text(0x13, b"EXAMPLE")));
    assert!(matches(&utf8("Example"), &text(0x14, b"example")));
    assert!(matches(
        &utf8("公的個人認証"),
        &text(
            0x1e,
            &"公的個人認証"
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<_>>()
        )
    ));
    assert!(matches(&utf8("é"), &text(0x14, &[0xc9])));
    assert!(matches(&utf8("ΣΊΣΥΦΟΣ"), &utf8("σίσυφοσ")));
    assert!(matches(&utf8("a\u{ad}b\u{200b}"), &utf8("ab")));
    assert!(matches(&utf8("a\u{3000}b"), &utf8("a b")));
    assert!(!matches(&utf8("a b"), &utf8("ab")));
    assert!(!matches(&utf8("ab"), &utf8("abc")));
    assert!(!matches(&utf8("a"), &utf8("")));
    // Not text: compared by bytes.
    assert!(matches(&text(0x0c, &[0xff]), &text(0x0c, &[0xff])));
    assert!(!matches(&text(0x0c, &[0xff]), &text(0x14, &[0xff])));
    assert!(!matches(&text(0x04, b"A"), &text(0x04, b"a")));
}

#[test]
fn parts_are_sets_in_a_sequence() {
    let (a, b) = (attribute("2.5.4.3", "A"), attribute("2.5.4.11", "B"));
    let set = |parts: &[&[u8]]| tlv(0x31, &parts.concat());
    assert!(matches(&seq(&[&set(&[&a, &b])]), &seq(&[&set(&[&b, &a])])));
    assert!(!matches(
        &seq(&[&set(&[&a]), &set(&[&b])]),
        &seq(&[&set(&[&b]), &set(&[&a])])
    ));
    assert!(!matches(&seq(&[&set(&[&a, &b])]), &seq(&[&set(&[&a])])));
    assert!(!matches(&seq(&[&set(&[&a, &a])]), &seq(&[&set(&[&a, &b])])));
    assert!(matches(&seq(&[]), &seq(&[])));
    for bad in [
        set(&[]),
        set(&[&[5, 0]]),
        set(&[&seq(&[&oid("2.5.4.3")])]),
        set(&[a.as_slice(); 9]),
    ] {
        assert!(Name::from_contents(&bad).is_err());
    }
    assert!(Name::from_contents(&set(&[&a]).repeat(65)).is_err());
}

// ---------------------------------------------------------------------------------------------------------- constraints

fn constrained(
    permitted: &[Vec<u8>],
    excluded: &[Vec<u8>],
    adjust: impl FnOnce(Template) -> Template,
) -> Result<(), Code> {
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let leaf = adjust(Template::new("Root", "Leaf", &Key::new(3))).sign(&root_key);
    let value = name_constraints_value(permitted, excluded);
    let mut options = PathOptions::new(&anchors, NOW);
    options.name_constraints = Some(NameConstraints::from_der(&value).unwrap());
    verify_certificate(&leaf, &options)
        .map(|_| ())
        .map_err(|error| error.code())
}

/// Whether `subject` is within `base`, tested as a permitted and as an excluded subtree; `None` if both
/// reject it.
fn within(tag: u8, subject: &[u8], base: &[u8]) -> Option<bool> {
    let with = |template: Template| template.with(alt_names(&[tlv(tag, subject)]));
    let base = [tlv(tag, base)];
    match (constrained(&base, &[], with), constrained(&[], &base, with)) {
        (Ok(()), Err(Code::NameConstraintsViolated)) => Some(true),
        (Err(Code::NameConstraintsViolated), Ok(())) => Some(false),
        (Err(Code::NameConstraintsViolated), Err(Code::NameConstraintsViolated)) => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hosts() {
    let dns = |name: &str, base: &str| within(0x82, name.as_bytes(), base.as_bytes());
    for (name, base) in [
        ("example.jp", "example.jp"),
        ("a.EXAMPLE.jp", "example.JP"),
        ("a.b.example.jp", "example.jp"),
        ("example.jp", ""),
        ("a.example.jp", ".example.jp"),
        ("a_b.example.jp", "example.jp"),
        ("*.example.jp", "example.jp"),
    ] {
        assert_eq!(dns(name, base), Some(true), "{name} in {base}");
    }
    for (name, base) in [
        ("badexample.jp", "example.jp"),
        ("example.jp.evil.test", "example.jp"),
        ("example.jp", "a.example.jp"),
        ("example.jp", ".example.jp"),
        ("jp", "example.jp"),
    ] {
        assert_eq!(dns(name, base), Some(false), "{name} in {base}");
    }
    // A wildcard may match the excluded host, and is not within the permitted one: rejected in both cases.
    assert_eq!(dns("*.example.jp", "www.example.jp"), None);
    assert_eq!(dns("*.example.jp", "a.www.example.jp"), Some(false));
}

#[test]
fn hosts_that_cannot_be_compared() {
    let dns = |name: &[u8], base: &[u8]| within(0x82, name, base);
    let (label, host) = ([b'a'; 64], [b'a'; 254]);
    for name in [
        b"a.example.jp.".as_slice(),
        b"example.jp..",
        b".",
        b"",
        b" ",
        b".example.jp",
        b"a..example.jp",
        b"example.jp\0",
        b"example.jp\0.evil.test",
        b"a b.example.jp",
        b"a.*.example.jp",
        b"a*.example.jp",
        b"*",
        b"example.jp:443",
        b"https://example.jp",
        b"[::1]",
        &label,
        &host,
    ] {
        for base in [b"example.jp".as_slice(), b"other.test", b""] {
            assert_eq!(dns(name, base), None, "{name:?} in {base:?}");
        }
    }
    for base in [
        b"*.example.jp".as_slice(),
        b"example.jp.",
        b"..example.jp",
        b".",
        b"example.jp\0",
    ] {
        assert_eq!(dns(b"a.example.jp", base), None, "{base:?}");
    }
    let longest = [&b"a."[..]; 126].concat();
    let longest = [&longest, &b"a"[..]].concat();
    assert_eq!((longest.len(), dns(&longest, b"a")), (253, Some(true)));
    // Without a constraint of their form, they are not compared.
    for name in [b"a.example.jp.".as_slice(), b"", b"example.jp\0"] {
        let names = |template: Template| template.with(alt_names(&[tlv(0x82, name)]));
        assert_eq!(constrained(&[tlv(0x81, b"example.jp")], &[], names), Ok(()));
    }
}

#[test]
fn uris_whose_host_cannot_be_compared() {
    let uri = |uri: &str, base: &str| within(0x86, uri.as_bytes(), base.as_bytes());
    assert_eq!(uri("https://www.example.jp/a", "www.example.jp"), Some(true));
    assert_eq!(uri("https://www.example.jp/a", ".example.jp"), Some(true));
    for broken in [
        "https://www.example.jp./a",
        "https://www..example.jp/a",
        "https://*.example.jp/a",
        "https://.example.jp/a",
        "https:///a",
    ] {
        assert_eq!(uri(broken, ".example.jp"), None, "{broken}");
    }
    assert_eq!(uri("https://www.example.jp/a", "*.example.jp"), None);
}

#[test]
fn a_lower_bound_of_zero_may_be_written_out() {
    let subtree = |bound: &[u8]| {
        let tree = seq(&[&tlv(0x82, b"example.jp"), bound]);
        let value = seq(&[&tlv(0xa0, &tree)]);
        let root_key = Key::new(1);
        let anchor = root("Root", &root_key);
        let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
        let leaf = Template::new("Root", "Leaf", &Key::new(3))
            .with(alt_names(&[tlv(0x82, b"a.example.jp")]))
            .sign(&root_key);
        let mut options = PathOptions::new(&anchors, NOW);
        options.name_constraints = Some(NameConstraints::from_der(&value).unwrap());
        verify_certificate(&leaf, &options)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(subtree(&[]), Ok(()));
    assert_eq!(subtree(&tlv(0x80, &[0])), Ok(()));
    assert_eq!(subtree(&tlv(0x80, &[1])), Err(Code::NameConstraintsViolated));
    assert_eq!(subtree(&tlv(0x81, &[0])), Err(Code::NameConstraintsViolated));
}

#[test]
fn a_constraint_that_cannot_be_compared_counts_wherever_it_stands() {
    let host = |name: &str| tlv(0x82, name.as_bytes());
    let names = |template: Template| template.with(alt_names(&[host("a.example.jp")]));
    let (good, broken, other) = (host("example.jp"), host("example.jp."), tlv(0x81, b"@example.jp"));
    let violated = Err(Code::NameConstraintsViolated);
    for permitted in [[good.clone(), broken.clone()], [broken, good.clone()]] {
        assert_eq!(constrained(&permitted, &[], names), violated);
    }
    // A subtree of another form does not apply to this name.
    assert_eq!(constrained(&[good, other], &[], names), Ok(()));
}

/// An otherName of this type with a string.
#[test]
fn mailboxes_beyond_ascii() {
    let within = |tag: u8, mailbox: &str, base: &str| {
        let name = other_name("1.3.6.1.5.5.7.8.9", tag, mailbox);
        let with = |template: Template| template.with(alt_names(std::slice::from_ref(&name)));
        let base = [tlv(0x81, base.as_bytes())];
        match (constrained(&base, &[], with), constrained(&[], &base, with)) {
            (Ok(()), Err(Code::NameConstraintsViolated)) => Some(true),
            (Err(Code::NameConstraintsViolated), Ok(())) => Some(false),
            (Err(Code::NameConstraintsViolated), Err(Code::NameConstraintsViolated)) => None,
            other => panic!("{other:?}"),
        }
    };
    for (mailbox, base) in [
        ("太郎@example.jp", "example.jp"),
        ("太郎@a.EXAMPLE.jp", ".example.jp"),
        ("太郎@example.jp", ""),
    ] {
        assert_eq!(within(0x0c, mailbox, base), Some(true), "{mailbox} in {base}");
    }
    for (mailbox, base) in [
        ("太郎@evil.test", "example.jp"),
        ("太郎@example.jp", "taro@example.jp"),
    ] {
        assert_eq!(within(0x0c, mailbox, base), Some(false), "{mailbox} in {base}");
    }
    // A host beyond ASCII must be written as A-labels (RFC 9598 §3); another string type is not an address.
    for mailbox in [
        "太郎@例え.jp",
        "太郎@example.jp.",
        "太郎",
        "@example.jp",
        "太 郎@example.jp",
    ] {
        assert_eq!(within(0x0c, mailbox, "example.jp"), None, "{mailbox}");
    }
    assert_eq!(within(0x16, "taro@example.jp", "example.jp"), None);
    // Another otherName is not an email address, and constraints on SmtpUTF8Mailbox itself have no rules.
    let with = |template: Template| template.with(alt_names(&[other_name("1.2.392.1", 0x0c, "x@evil.test")]));
    assert_eq!(constrained(&[tlv(0x81, b"example.jp")], &[], with), Ok(()));
    let own = other_name("1.3.6.1.5.5.7.8.9", 0x0c, "太郎@example.jp");
    let with = |template: Template| template.with(alt_names(std::slice::from_ref(&own)));
    assert_eq!(
        constrained(from_ref(&own), &[], with),
        Err(Code::NameConstraintsViolated)
    );
}

#[test]
fn directories_whose_words_normalisation_may_change() {
    let of = |organization: &str| rdns(&[&rdn("2.5.4.10", organization)]);
    let excluded = |base: &str, organization: &str| {
        let subject = of(organization);
        constrained(&[], &[directory(&of(base))], |mut template| {
            template.subject = subject;
            template
        })
    };
    let violated = Err(Code::NameConstraintsViolated);
    assert_eq!(excluded("Evil", "Ｅｖｉｌ"), violated);
    assert_eq!(excluded("Ｅｖｉｌ", "evil"), violated);
    assert_eq!(excluded("ﾃｽﾄ", "テスト"), violated, "narrow and wide katakana");
    assert_eq!(excluded("株式会社テスト", "㍿テスト"), violated, "a square form");
    assert_eq!(excluded("é", "e\u{301}"), violated, "composed and not");
    // Not lower case, but the folding of RFC 3454 B.2.
    assert_eq!(excluded("STRASSE", "straße"), violated);
    assert_eq!(excluded("Straße", "STRASSE"), violated);
    assert_eq!(excluded("STRAẞE", "strasse"), violated);
    assert_eq!(excluded("ΟΔΟΣ", "οδος"), violated);
    assert_eq!(excluded("strase", "straße"), Ok(()));
    for (base, organization) in [
        ("Evil", "Good"),
        ("株式会社テスト", "公的個人認証"),
        ("é", "ü"),
        ("Ｅｖｉｌ", "Ｇｏｏｄ"),
        ("ß", "s"),
    ] {
        assert_eq!(
            excluded(base, organization),
            Ok(()),
            "{organization} outside {base}"
        );
    }
    // Within a permitted subtree, another spelling has no advantage.
    let permitted = constrained(&[directory(&of("ﾃｽﾄ"))], &[], |mut template| {
        template.subject = of("テスト");
        template
    });
    assert_eq!(permitted, violated);
}

#[test]
fn directories_whose_words_cannot_be_read() {
    let of = |tag: u8, organization: &[u8]| {
        let attribute = seq(&[&oid("2.5.4.10"), &tlv(tag, organization)]);
        rdns(&[&tlv(0x31, &attribute), &rdn("2.5.4.3", "Leaf")])
    };
    let base = [directory(&rdns(&[&rdn("2.5.4.10", "Evil")]))];
    let ask = |permit: bool, subject: Vec<u8>| {
        let (permitted, excluded) = if permit {
            (&base[..], &[][..])
        } else {
            (&[][..], &base[..])
        };
        constrained(permitted, excluded, |mut template| {
            template.subject = subject;
            template
        })
    };
    let violated = Err(Code::NameConstraintsViolated);
    for (tag, odd) in [
        (0x1c, &b"Evil!"[..]),
        (0x1c, &[0, 0x11, 0, 0]),
        (0x1e, &[0xd8, 0]),
        (0x0c, &[0xff]),
        (0x1b, b"Evil"),
        (0x2c, b"\x0c\x04Evil"),
    ] {
        assert_eq!(ask(false, of(tag, odd)), violated, "{tag:02x}");
        assert_eq!(ask(true, of(tag, odd)), violated, "{tag:02x}");
    }
    // A value that is not text never equals text.
    for tag in [0x03, 0x04, 0x05, 0x30] {
        assert_eq!(ask(false, of(tag, b"Evil")), Ok(()), "{tag:02x}");
        assert_eq!(ask(true, of(tag, b"Evil")), violated, "{tag:02x}");
    }
    let itself = [directory(&of(0x1c, b"Evil!"))];
    let excluded = constrained(&[], &itself, |mut template| {
        template.subject = of(0x1c, b"Evil!");
        template
    });
    assert_eq!(excluded, violated);
    let permitted = constrained(&itself, &[], |mut template| {
        template.subject = of(0x1c, b"Evil!");
        template
    });
    assert_eq!(permitted, Ok(()), "by its bytes it is itself");
}

#[test]
fn mailboxes() {
    let mail = |name: &str, base: &str| within(0x81, name.as_bytes(), base.as_bytes());
    for (name, base) in [
        ("a@example.jp", "a@EXAMPLE.jp"),
        ("a@example.jp", "example.jp"),
        ("a@mail.example.jp", ".example.jp"),
        ("\"x@y\"@example.jp", "example.jp"),
        // Quotes and backslashes are only an encoding (RFC 5321 §4.1.2).
        ("\"a\"@example.jp", "a@example.jp"),
        ("a@example.jp", "\"a\"@example.jp"),
        ("\"\\a\"@example.jp", "a@example.jp"),
        ("\"a\\b\\\\\"@example.jp", "\"\\ab\\\\\"@example.jp"),
    ] {
        assert_eq!(mail(name, base), Some(true), "{name} in {base}");
    }
    for (name, base) in [
        ("A@example.jp", "a@example.jp"),
        ("\"A\"@example.jp", "a@example.jp"),
        ("\"a\\\\\"@example.jp", "a@example.jp"),
        ("\"a \"@example.jp", "a@example.jp"),
        ("a@mail.example.jp", "example.jp"),
        ("a@example.jp", ".example.jp"),
        ("a@badexample.jp", "example.jp"),
    ] {
        assert_eq!(mail(name, base), Some(false), "{name} in {base}");
    }
    for broken in [
        "example.jp",
        "a@",
        "",
        "@example.jp",
        "a@example.jp.",
        "a@example..jp",
        "a@.example.jp",
        "a@*.example.jp",
        "a@b@example.jp",
        "a b@example.jp",
        "a\0@example.jp",
        "a@example.jp\0",
        "a@[192.0.2.1]",
        "<a@example.jp>",
        "\"a\"b\"@example.jp",
        "\"a\\\"@example.jp",
    ] {
        assert_eq!(mail(broken, "example.jp"), None, "{broken}");
        assert_eq!(mail(broken, "other.jp"), None, "{broken}");
    }
    for base in [
        "@example.jp",
        "a@b@example.jp",
        "example.jp.",
        "*.example.jp",
        "a@example.jp.",
    ] {
        assert_eq!(mail("a@example.jp", base), None, "{base}");
    }
    // In the subject, as in certificates of old CAs.
    let subject = |address: &str| {
        let name = rdns(&[&rdn("1.2.840.113549.1.9.1", address)]);
        move |mut template: Template| {
            template.subject = name;
            template
        }
    };
    let permitted = [tlv(0x81, b"example.jp")];
    assert_eq!(constrained(&permitted, &[], subject("a@example.jp")), Ok(()));
    assert_eq!(
        constrained(&permitted, &[], subject("a@other.jp")),
        Err(Code::NameConstraintsViolated)
    );
    // As BMPString: the same address in other bytes, which no constraint would match.
    let wide: Vec<u8> = "a@example.jp".bytes().flat_map(|byte| [0, byte]).collect();
    let wide = rdns(&[&tlv(
        0x31,
        &seq(&[&oid("1.2.840.113549.1.9.1"), &tlv(0x1e, &wide)]),
    )]);
    let wide = |mut template: Template| {
        template.subject = wide.clone();
        template
    };
    let excluded = [tlv(0x81, b"example.jp")];
    assert_eq!(
        constrained(&[], &excluded, wide),
        Err(Code::NameConstraintsViolated)
    );
    assert_eq!(
        constrained(&[], &[tlv(0x82, b"example.jp")], wide),
        Ok(()),
        "no constraint upon addresses"
    );
}

#[test]
fn uris() {
    let uri = |name: &str, base: &str| within(0x86, name.as_bytes(), base.as_bytes());
    assert_eq!(uri("https://example.jp/a", "example.jp"), Some(true));
    assert_eq!(
        uri("https://user:pass@EXAMPLE.jp:8443?x", "example.jp"),
        Some(true)
    );
    assert_eq!(uri("ldap://a.example.jp", ".example.jp"), Some(true));
    assert_eq!(uri("https://a.example.jp/", "example.jp"), Some(false));
    assert_eq!(uri("https://evil.test/@example.jp", "example.jp"), Some(false));
    assert_eq!(uri("https://evil.test\\@example.jp", "example.jp"), Some(false));
    for broken in [
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "urn:a:b",
        "https:///x",
        "mailto:a@example.jp",
        "",
    ] {
        assert_eq!(uri(broken, "example.jp"), None, "{broken}");
    }
}

#[test]
fn addresses() {
    let ip = |address: &[u8], base: &[u8]| within(0x87, address, base);
    let net = [192, 0, 2, 0, 255, 255, 255, 0];
    assert_eq!(ip(&[192, 0, 2, 7], &net), Some(true));
    assert_eq!(ip(&[192, 0, 3, 7], &net), Some(false));
    assert_eq!(ip(&[0; 16], &net), Some(false));
    assert_eq!(ip(&[192, 0, 2], &net), None);
    assert_eq!(ip(&[192, 0, 2, 7], &[192, 0, 2, 0, 255, 0, 255, 0]), None);
    assert_eq!(ip(&[192, 0, 2, 7], &[192, 0, 2, 0]), None);
    let mut v6 = [0u8; 32];
    (v6[0], v6[16]) = (0x20, 0xf0);
    let mut address = [0u8; 16];
    address[0] = 0x2f;
    assert_eq!(ip(&address, &v6), Some(true));
    address[0] = 0x3f;
    assert_eq!(ip(&address, &v6), Some(false));
}

#[test]
fn directory_names() {
    let at = |subject: Vec<u8>, base: Vec<u8>| {
        let base = [directory(&base)];
        let adjust = |mut template: Template| {
            template.subject = subject.clone();
            template
        };
        (
            constrained(&base, &[], adjust).is_ok(),
            constrained(&[], &base, adjust).is_ok(),
        )
    };
    let (jp, leaf) = (rdn("2.5.4.6", "JP"), rdn("2.5.4.3", "Leaf"));
    assert_eq!(at(rdns(&[&jp, &leaf]), rdns(&[&jp])), (true, false));
    assert_eq!(
        at(rdns(&[&jp, &leaf]), rdns(&[&rdn("2.5.4.6", "jp")])),
        (true, false)
    );
    assert_eq!(at(rdns(&[&jp, &leaf]), rdns(&[])), (true, false));
    assert_eq!(at(rdns(&[&leaf, &jp]), rdns(&[&jp])), (false, true));
    assert_eq!(at(rdns(&[&jp]), rdns(&[&jp, &leaf])), (false, true));
    // An empty subject is not a name.
    assert_eq!(at(rdns(&[]), rdns(&[&jp])), (true, true));
}

#[test]
fn forms_that_cannot_be_compared() {
    let other = tlv(0xa0, &[oid("1.2.392.1.1"), tlv(0xa0, &[5, 0])].concat());
    let registered = tlv(0x88, &oid_contents("1.2.392.1.2"));
    for form in [other, registered] {
        let with = |template: Template| template.with(alt_names(from_ref(&form)));
        let violated = Err(Code::NameConstraintsViolated);
        assert_eq!(constrained(from_ref(&form), &[], with), violated);
        assert_eq!(constrained(&[], from_ref(&form), with), violated);
        // If the form does not occur, it does not matter.
        assert_eq!(constrained(from_ref(&form), &[], |template| template), Ok(()));
        // Another form than the constrained one is not restricted.
        assert_eq!(constrained(&[tlv(0x82, b"example.jp")], &[], with), Ok(()));
    }
    let bounded = seq(&[&tlv(0xa0, &seq(&[&tlv(0x82, b"example.jp"), &tlv(0x81, &[3])]))]);
    let bounded = NameConstraints::from_der(&bounded).unwrap();
    let root_key = Key::new(1);
    let anchor = root("Root", &root_key);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let leaf = Template::new("Root", "Leaf", &Key::new(3))
        .with(alt_names(&[tlv(0x82, b"example.jp")]))
        .sign(&root_key);
    let mut options = PathOptions::new(&anchors, NOW);
    options.name_constraints = Some(bounded);
    let error = verify_certificate(&leaf, &options).unwrap_err();
    assert_eq!(error.code(), Code::NameConstraintsViolated);
}

// --------------------------------------------------------------------------------------------------------- certificates

#[test]
fn purposes_hold_for_issuers_too() {
    const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
    const MAIL: &str = "1.3.6.1.5.5.7.3.4";
    const ANY: &str = "2.5.29.37.0";
    let (root_key, a) = (Key::new(1), Key::new(2));
    let anchor = root("Root", &root_key);
    let ask = |of_issuer: &[&str], of_leaf: &[&str], named: bool| {
        let usage = |template: Template, purposes: &[&str]| match purposes {
            [] => template,
            purposes => template.with(ext_key_usage(purposes)),
        };
        let ca = usage(Template::ca("Root", "CA", &a), of_issuer).sign(&root_key);
        let leaf = usage(Template::new("CA", "Leaf", &Key::new(3)), of_leaf).sign(&a);
        let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
        let intermediates = [ca.as_slice()];
        let contents = oid_contents(CLIENT);
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        let purpose = Oid::new(&contents);
        options.purpose = Some(if named {
            Purpose::Named(purpose)
        } else {
            Purpose::Allowed(purpose)
        });
        verify_certificate(&leaf, &options)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    let missing = Err(Code::ExtendedKeyUsageMissing);
    assert_eq!(ask(&[], &[], false), Ok(()));
    assert_eq!(ask(&[], &[MAIL, CLIENT], true), Ok(()));
    assert_eq!(ask(&[], &[], true), missing);
    assert_eq!(ask(&[], &[MAIL], false), missing);
    assert_eq!(ask(&[], &[ANY], false), Ok(()));
    assert_eq!(ask(&[], &[ANY], true), missing);
    assert_eq!(ask(&[MAIL], &[CLIENT], false), missing);
    assert_eq!(ask(&[ANY], &[CLIENT], true), Ok(()));
}

#[test]
fn an_anchor_of_name_and_key() {
    let root_key = Key::new(1);
    let (subject, spki) = (name("Root"), root_key.spki());
    let anchors = [TrustAnchor::from_name_and_key(
        Name::read(&mut Reader::new(&subject)).unwrap(),
        &spki,
    )];
    let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&root_key);
    assert!(verify_certificate(&leaf, &PathOptions::new(&anchors, NOW)).is_ok());
    let other = Template::new("Root", "Leaf", &Key::new(3)).sign(&Key::new(9));
    let error = verify_certificate(&other, &PathOptions::new(&anchors, NOW)).unwrap_err();
    assert_eq!(error.code(), Code::CertificateSignatureMismatch);
}

#[test]
fn anchors_have_a_period_of_validity() {
    let root_key = Key::new(1);
    let ask = |adjust: &dyn Fn(&mut Template)| {
        let mut template = Template::ca("Root", "Root", &root_key);
        adjust(&mut template);
        let anchor = template.sign(&root_key);
        let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
        let leaf = Template::new("Root", "Leaf", &Key::new(3)).sign(&root_key);
        verify_certificate(&leaf, &PathOptions::new(&anchors, NOW))
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(ask(&|_| {}), Ok(()));
    assert_eq!(
        ask(&|template| template.to = NOW - 1),
        Err(Code::CertificateExpired)
    );
    assert_eq!(
        ask(&|template| template.from = NOW + 1),
        Err(Code::CertificateNotYetValid)
    );
    let leaf_like = |template: &mut Template| template.extensions = vec![key_usage(0x80)];
    assert_eq!(ask(&leaf_like), Err(Code::KeyUsageMissing));
    let no_ca = |template: &mut Template| template.extensions = vec![extension("2.5.29.19", true, &seq(&[]))];
    assert_eq!(ask(&no_ca), Err(Code::BasicConstraintsViolated));
}

#[test]
fn what_is_no_certificate() {
    let key = Key::new(1);
    let template = || Template::new("Root", "Leaf", &key);
    let read = |bytes: &[u8]| {
        Certificate::from_der(bytes)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    let malformed = Err(Code::CertificateMalformed);
    let good = template().sign(&key);
    assert_eq!(read(&good), Ok(()));
    assert_eq!(read(&[good.clone(), vec![0]].concat()), malformed);
    for length in 0..good.len() {
        assert_eq!(read(&good[..length]), malformed, "{length}");
    }
    for (why, extension) in [
        ("an empty list of names", extension("2.5.29.17", false, &seq(&[]))),
        ("no policies", extension("2.5.29.32", false, &seq(&[]))),
        ("no purposes", extension("2.5.29.37", false, &seq(&[]))),
        ("no constraints", extension("2.5.29.30", true, &seq(&[]))),
        (
            "empty policy constraints",
            extension("2.5.29.36", true, &seq(&[])),
        ),
        (
            "a negative pathLen",
            extension("2.5.29.19", true, &seq(&[&tlv(1, &[0xff]), &int(&[0xff])])),
        ),
        ("BOOLEAN 01", extension("2.5.29.19", true, &seq(&[&tlv(1, &[1])]))),
        ("trailing bytes", extension("2.5.29.14", false, &[4, 1, 7, 0])),
        (
            "a malformed distribution point",
            extension("2.5.29.31", false, &seq(&[&[5, 0]])),
        ),
    ] {
        assert_eq!(read(&template().with(extension).sign(&key)), malformed, "{why}");
    }
    let twice = template().with(subject_key(b"1")).with(subject_key(b"1"));
    assert_eq!(read(&twice.sign(&key)), malformed);
    let inner = template().tbs();
    let outer = seq(&[&oid("1.2.840.10045.4.3.3")]);
    assert_eq!(read(&seq(&[&inner, &outer, &bits(&key.sign(&inner))])), malformed);
}

#[test]
fn mutated_certificates_never_panic() {
    let (root_key, a) = (Key::new(1), Key::new(2));
    let anchor = root("Root", &root_key);
    let ca = Template::ca("Root", "CA", &a)
        .with(policies(&["1.2.392.1.1"]))
        .with(mappings(&[("1.2.392.1.1".into(), "1.2.392.1.2".into())]))
        .with(name_constraints(
            &[tlv(0x82, b"example.jp")],
            &[tlv(0x87, &[1, 2, 3, 4, 255, 0, 0, 0])],
        ))
        .sign(&root_key);
    let leaf = Template::new("CA", "Leaf", &Key::new(3))
        .with(policies(&["1.2.392.1.2"]))
        .with(alt_names(&[
            tlv(0x82, b"a.example.jp"),
            tlv(0x86, b"https://example.jp/"),
        ]))
        .with(distribution_points(&[seq(&[&full_name(&name("DP"))])]))
        .sign(&a);
    let crl = CrlTemplate::new("CA")
        .entry(&[7], &[reason(1)])
        .with(crl_number(3))
        .sign(&a);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let mut random = common::Random::new(20_260_101);
    let pieces: [&[u8]; 6] = [
        &[0x30, 0x80],
        &[0x30, 0],
        &[0x02, 0x01, 0xff],
        &[0x84, 0xff],
        &[0],
        &[0x31, 0x84],
    ];
    for _ in 0..3_000 {
        let which = random.below(3);
        let change = |random: &mut common::Random, at: usize, bytes: &[u8]| {
            if at == which {
                common::mutate(random, bytes, &pieces)
            } else {
                bytes.to_vec()
            }
        };
        let (leaf, ca, crl) = (
            change(&mut random, 0, &leaf),
            change(&mut random, 1, &ca),
            change(&mut random, 2, &crl),
        );
        let (intermediates, crls) = ([ca.as_slice()], [crl.as_slice()]);
        let mut options = PathOptions::new(&anchors, NOW);
        options.intermediates = &intermediates;
        options.revocation.crls = &crls;
        if let Ok(valid) = verify_certificate(&leaf, &options) {
            assert_eq!(valid.certificates.len(), 2);
        }
    }
}

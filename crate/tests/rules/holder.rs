//! The holder's data: values, warnings, errors.

use crate::synthetic::cert::{
    AUTH_TEST, Authority, Kind, SIGN_TEST, entry, extension, holder, other_name, subject_alt_name,
};
use crate::synthetic::der::{integer, printable, tlv, utf8};
use crate::synthetic::keys::Key;
use honnin::jpki::{EntryValue, Era, Gender, HolderWarning, read_holder};
use honnin::x509::Certificate;
use honnin::{Code, Error};

fn authority(kind: Kind) -> Authority {
    Authority::new("HONNIN-TEST", kind, 1, Key::p256("authority"))
}

/// A signing certificate with these names in its subjectAltName.
fn leaf(names: &[Vec<u8>]) -> Vec<u8> {
    let authority = authority(Kind::Sign);
    let mut fields = authority.leaf(7, &Key::p256("leaf"), SIGN_TEST);
    fields.extensions[1] = subject_alt_name(names);
    fields.signed_by(&authority.key)
}

/// The usual entries with one replaced (by its arc) or added.
fn with(arc: u8, text: &str) -> Vec<Vec<u8>> {
    let order = [1, 4, 3, 5, 2, 6];
    let mut names = holder();
    match order.iter().position(|other| *other == arc) {
        Some(place) => names[place] = entry(arc, text),
        None => names.push(entry(arc, text)),
    }
    names
}

fn code(names: &[Vec<u8>]) -> Code {
    let der = leaf(names);
    let certificate = Certificate::from_der(&der).unwrap();
    read_holder(&certificate).err().unwrap().code()
}

/// Reads the holder's data and calls `look` with it.
fn read<T>(names: &[Vec<u8>], look: impl FnOnce(&honnin::jpki::Holder<'_>) -> T) -> T {
    let der = leaf(names);
    let certificate = Certificate::from_der(&der).unwrap();
    look(&read_holder(&certificate).unwrap())
}

#[test]
fn the_usual_entries() {
    read(&holder(), |holder| {
        assert_eq!(holder.name.raw, "見本　花子");
        assert_eq!(
            holder.address.as_ref().unwrap().raw,
            "東京都架空市見本町１－２－３"
        );
        assert!(holder.gender == Some(Gender::Female));
        let birth = holder.birth_date.unwrap();
        assert_eq!(birth.era, Some(Era::Heisei));
        assert_eq!(birth.date, Some((2000, 2, 29)));
        assert!(holder.warnings.is_empty());
        assert!(holder.others.is_empty());
    });
}

#[test]
fn the_order_of_entries_does_not_matter() {
    let mut names = holder();
    names.reverse();
    read(&names, |holder| {
        assert_eq!(holder.name.raw, "見本　花子");
        assert_eq!(holder.name.mask, Some("00000"));
        assert_eq!(holder.address.as_ref().unwrap().mask.unwrap().len(), 14);
    });
}

#[test]
fn substituted_characters_by_their_places() {
    let substituted = |names: &[Vec<u8>]| read(names, |holder| holder.name.substituted.clone());
    assert_eq!(substituted(&with(2, "10001")), Some(vec![0, 4]));
    assert_eq!(substituted(&with(2, "00000")), Some(Vec::new()));
    let mut without = holder();
    without.remove(4);
    assert_eq!(substituted(&without), None);
    read(&with(6, "00000000000001"), |holder| {
        assert_eq!(holder.address.as_ref().unwrap().substituted, Some(vec![13]));
    });
    // One mask digit for each character, also outside the basic multilingual plane.
    let mut names = with(1, "𠮷田　花子");
    names[4] = entry(2, "10000");
    assert_eq!(substituted(&names), Some(vec![0]));
}

#[test]
fn a_mask_that_does_not_fit_is_a_warning() {
    for (mask, warning) in [
        ("0000", HolderWarning::NameSubstitutionLength),
        ("000000", HolderWarning::NameSubstitutionLength),
        ("", HolderWarning::NameSubstitutionLength),
        ("00020", HolderWarning::NameSubstitutionMalformed),
        ("０００００", HolderWarning::NameSubstitutionMalformed),
    ] {
        read(&with(2, mask), |holder| {
            let name = &holder.name;
            assert_eq!(name.raw, "見本　花子");
            assert_eq!(name.mask, Some(mask));
            assert_eq!(name.substituted, None);
            assert_eq!(holder.warnings, [warning]);
        });
    }
    read(&with(6, "0"), |holder| {
        assert_eq!(holder.address.as_ref().unwrap().substituted, None);
        assert_eq!(holder.warnings, [HolderWarning::AddressSubstitutionLength]);
    });
}

#[test]
fn birth_dates() {
    type Expected = (
        Option<Era>,
        Option<(u16, u8, u8)>,
        [Option<u16>; 3],
        &'static [HolderWarning],
    );
    let whole = |y, m, d| [Some(y), Some(m), Some(d)];
    let cases: &[(&str, Expected)] = &[
        (
            "319800217",
            (Some(Era::Showa), Some((1980, 2, 17)), whole(1980, 2, 17), &[]),
        ),
        (
            "118990101",
            (Some(Era::Meiji), Some((1899, 1, 1)), whole(1899, 1, 1), &[]),
        ),
        (
            "219120730",
            (Some(Era::Taisho), Some((1912, 7, 30)), whole(1912, 7, 30), &[]),
        ),
        (
            "319890107",
            (Some(Era::Showa), Some((1989, 1, 7)), whole(1989, 1, 7), &[]),
        ),
        (
            "419890108",
            (Some(Era::Heisei), Some((1989, 1, 8)), whole(1989, 1, 8), &[]),
        ),
        (
            "520190501",
            (Some(Era::Reiwa), Some((2019, 5, 1)), whole(2019, 5, 1), &[]),
        ),
        // The era is unknown, as for foreign residents.
        ("019800217", (None, Some((1980, 2, 17)), whole(1980, 2, 17), &[])),
        (
            "319890108",
            (
                Some(Era::Showa),
                Some((1989, 1, 8)),
                whole(1989, 1, 8),
                &[HolderWarning::BirthDateEraMismatch],
            ),
        ),
        // Unknown parts: the known parts are kept, the others are not guessed.
        (
            "319800000",
            (Some(Era::Showa), None, [Some(1980), None, None], &[]),
        ),
        (
            "319800200",
            (Some(Era::Showa), None, [Some(1980), Some(2), None], &[]),
        ),
        ("000000000", (None, None, [None, None, None], &[])),
        // Not a valid date.
        (
            "319800231",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "319001332",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "919800217",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "319801300",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "300000230",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "300000229",
            (Some(Era::Showa), None, [None, Some(2), Some(29)], &[]),
        ),
        (
            "19800217",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "３１９８００２１７",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
        (
            "昭和55年頃",
            (
                None,
                None,
                [None, None, None],
                &[HolderWarning::BirthDateUnparsed],
            ),
        ),
    ];
    for (raw, (era, date, parts, warnings)) in cases {
        read(&with(4, raw), |holder| {
            let birth = holder.birth_date.unwrap();
            assert_eq!(birth.raw, *raw);
            assert_eq!(birth.era, *era, "{raw}");
            assert_eq!(birth.date, *date, "{raw}");
            let found = [birth.year, birth.month.map(u16::from), birth.day.map(u16::from)];
            assert_eq!(found, *parts, "{raw}");
            assert_eq!(holder.warnings, *warnings, "{raw}");
        });
    }
}

#[test]
fn genders() {
    for (raw, gender, meaning) in [
        ("1", Gender::Male, Some("male")),
        ("2", Gender::Female, Some("female")),
        ("3", Gender::Unknown, Some("unknown")),
        ("9", Gender::Other("9"), None),
    ] {
        read(&with(3, raw), |holder| {
            assert!(holder.gender == Some(gender));
            let found = holder.gender.unwrap();
            assert_eq!((found.raw(), found.meaning()), (raw, meaning));
        });
    }
}

#[test]
fn the_words_of_eras() {
    let eras = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];
    assert_eq!(
        eras.map(Era::as_str),
        ["meiji", "taisho", "showa", "heisei", "reiwa"]
    );
}

#[test]
fn february_has_28_days_or_29() {
    for (raw, day) in [
        ("319810228", Some((1981, 2, 28))),
        ("319810229", None),
        ("319840228", Some((1984, 2, 28))),
        ("319840229", Some((1984, 2, 29))),
        ("319840230", None),
        ("420000229", Some((2000, 2, 29))),
        ("119000229", None),
    ] {
        read(&with(4, raw), |holder| {
            assert_eq!(holder.birth_date.unwrap().date, day, "{raw}");
        });
    }
}

#[test]
fn unknown_entries_of_the_arc_are_handed_on() {
    let arc = "1.2.392.200149.8.5.5";
    let mut names = holder();
    names.push(entry(7, "ミホン　ハナコ"));
    names.push(entry(7, "another"));
    names.push(other_name(&format!("{arc}.9"), &integer(5)));
    names.push(other_name(&format!("{arc}.1.1"), &utf8("deeper")));
    // Outside the arc.
    names.push(other_name("1.2.392.200149.8.5.6", &utf8("elsewhere")));
    names.push(tlv(0x82, b"example.invalid"));
    read(&names, |holder| {
        let found: Vec<(String, EntryValue<'_>)> = holder
            .others
            .iter()
            .map(|entry| (entry.oid.to_string(), entry.value))
            .collect();
        let five = integer(5);
        let expected = [
            (format!("{arc}.7"), EntryValue::Text("ミホン　ハナコ")),
            (format!("{arc}.7"), EntryValue::Text("another")),
            (format!("{arc}.9"), EntryValue::Der(&five)),
            (format!("{arc}.1.1"), EntryValue::Text("deeper")),
        ];
        assert!(found == expected);
        assert!(holder.warnings.is_empty());
    });
    let many: Vec<Vec<u8>> = (0..70).map(|_| entry(7, "x")).collect();
    assert_eq!(code(&[holder(), many].concat()), Code::HolderMalformed);
}

#[test]
fn a_duplicate_of_a_known_entry_is_refused() {
    for (arc, text) in [
        (1, "偽名　太郎"),
        (2, "00000"),
        (3, "1"),
        (4, "319800217"),
        (5, "x"),
        (6, "0"),
    ] {
        let mut names = holder();
        names.push(entry(arc, text));
        assert_eq!(code(&names), Code::HolderDuplicateEntry);
    }
}

#[test]
fn another_string_type_is_refused() {
    let arc = "1.2.392.200149.8.5.5.1";
    for value in [
        printable("Hanako"),
        tlv(0x1e, &[0x89, 0x8b]),
        integer(1),
        tlv(0x0c, &[0xff, 0xfe]),
        tlv(0x04, "見本".as_bytes()),
    ] {
        let mut names = holder();
        names[0] = other_name(arc, &value);
        assert_eq!(code(&names), Code::HolderMalformed);
    }
}

#[test]
fn an_incomplete_set_is_a_warning() {
    for place in 1..4 {
        let mut names = holder();
        names.remove(place);
        read(&names, |holder| {
            assert!(holder.warnings.contains(&HolderWarning::Incomplete));
        });
    }
    assert_eq!(code(&holder()[1..]), Code::HolderMissing);
}

#[test]
fn cn_is_not_taken_for_the_name() {
    let authority = authority(Kind::Auth);
    let der = authority.issue(7, &Key::p256("leaf"), AUTH_TEST);
    let certificate = Certificate::from_der(&der).unwrap();
    assert_eq!(
        read_holder(&certificate).err().map(|error: Error| error.code()),
        Some(Code::HolderMissing)
    );
}

#[test]
fn entries_elsewhere_than_in_subject_alt_name_are_not_read() {
    let authority = authority(Kind::Sign);
    let mut fields = authority.leaf(7, &Key::p256("leaf"), SIGN_TEST);
    // As separate extensions, and in issuerAltName.
    fields.extensions[1] = extension("1.2.392.200149.8.5.5.1", false, &utf8("偽名　太郎"));
    fields
        .extensions
        .push(extension("2.5.29.18", false, &tlv(0x30, &holder().concat())));
    let der = fields.signed_by(&authority.key);
    let certificate = Certificate::from_der(&der).unwrap();
    assert_eq!(
        read_holder(&certificate).err().unwrap().code(),
        Code::HolderMissing
    );
}

#[test]
fn the_oids_are_not_swapped() {
    // `.1` name, `.2` its mask, `.3` gender, `.4` birth date, `.5` address, `.6` its mask.
    let only = |arc: u8| vec![entry(1, "NAME"), entry(arc, "000")];
    read(&only(3), |holder| assert!(holder.gender.is_some()));
    read(&only(4), |holder| assert!(holder.birth_date.is_some()));
    read(&only(5), |holder| assert!(holder.address.is_some()));
    read(&only(2), |holder| assert_eq!(holder.name.mask, Some("000")));
    read(&only(6), |holder| {
        assert!(holder.name.mask.is_none() && holder.address.is_none());
    });
}

//! The holder's data in a 署名用電子証明書. Personal: nothing of it is in any error, report or `Debug` output.

use core::fmt;

use crate::der::{Oid, Reader};
use crate::error::{Code, Error};
use crate::x509::{Certificate, GeneralName};

/// 1.2.392.200149.8.5.5, below which the entries lie.
const ARC: &[u8] = &[0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 8, 5, 5];
const UTF8_STRING: u8 = 0x0c;
/// The most entries that are read.
const MAX_ENTRIES: usize = 64;

/// The holder, as the certificate says. Borrows from it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder<'a> {
    /// 氏名: surname, U+3000, given name.
    pub name: MaskedText<'a>,
    /// 住所, from the prefecture.
    pub address: Option<MaskedText<'a>>,
    /// 生年月日.
    pub birth_date: Option<BirthDate<'a>>,
    /// 性別.
    pub gender: Option<Gender<'a>>,
    /// Entries of the arc that are not known here, in the order found.
    pub others: Vec<Entry<'a>>,
    /// What is odd about the data.
    pub warnings: Vec<HolderWarning>,
}

/// A text and the characters in it that stand for others: the card's character set lacks some.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MaskedText<'a> {
    /// The text as it stands in the certificate.
    pub raw: &'a str,
    /// The substitution mask as it stands there: one `0` or `1` a character.
    pub mask: Option<&'a str>,
    /// Which characters are substitutes, counted from 0. `None` if there is no mask, or none that fits the text.
    pub substituted: Option<Vec<usize>>,
}

/// A birth date: `EYYYYMMDD`, the era and the Gregorian date.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BirthDate<'a> {
    /// The text as it stands in the certificate.
    pub raw: &'a str,
    /// The era of the first digit; `None` for `0` (unknown) and for what is no era.
    pub era: Option<Era>,
    /// Year, month and day, if the text says all three and they are a day of the calendar. Never completed by guessing.
    pub date: Option<(u16, u8, u8)>,
    /// The Gregorian year, if the text says one.
    pub year: Option<u16>,
    /// The month, if the text says one.
    pub month: Option<u8>,
    /// The day of the month, if the text says one.
    pub day: Option<u8>,
}

/// A Japanese era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// 明治, from 1868.
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

impl Era {
    const ALL: [(u8, Era, (u16, u8, u8)); 5] = [
        (b'1', Era::Meiji, (1868, 1, 25)),
        (b'2', Era::Taisho, (1912, 7, 30)),
        (b'3', Era::Showa, (1926, 12, 25)),
        (b'4', Era::Heisei, (1989, 1, 8)),
        (b'5', Era::Reiwa, (2019, 5, 1)),
    ];

    /// The era of a day.
    fn of(date: (u16, u8, u8)) -> Option<Self> {
        Self::ALL
            .iter()
            .rev()
            .find(|(_, _, first)| date >= *first)
            .map(|(_, era, _)| *era)
    }

    fn of_digit(digit: u8) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(of, ..)| *of == digit)
            .map(|(_, era, _)| *era)
    }

    /// The era in romaji, lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Era::Meiji => "meiji",
            Era::Taisho => "taisho",
            Era::Showa => "showa",
            Era::Heisei => "heisei",
            Era::Reiwa => "reiwa",
        }
    }
}

/// 性別.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gender<'a> {
    /// `1`
    Male,
    /// `2`
    Female,
    /// `3`: unknown.
    Unknown,
    /// Any other text.
    Other(&'a str),
}

impl<'a> Gender<'a> {
    /// The text as it stands in the certificate.
    #[must_use]
    pub const fn raw(&self) -> &'a str {
        match self {
            Gender::Male => "1",
            Gender::Female => "2",
            Gender::Unknown => "3",
            Gender::Other(raw) => raw,
        }
    }
}

/// An entry of the arc that is not known here.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Its type.
    pub oid: Oid<'a>,
    /// Its value.
    pub value: EntryValue<'a>,
}

/// The value of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EntryValue<'a> {
    /// A UTF8String.
    Text(&'a str),
    /// The DER of something else.
    Der(&'a [u8]),
}

/// What is odd about a holder's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HolderWarning {
    /// The mask of the name has another length than the name.
    NameSubstitutionLength,
    /// The mask of the name has other characters than `0` and `1`.
    NameSubstitutionMalformed,
    /// The mask of the address has another length than the address, or there is no address.
    AddressSubstitutionLength,
    /// The mask of the address has other characters than `0` and `1`.
    AddressSubstitutionMalformed,
    /// The birth date is not an era and eight digits, or says a day that does not exist.
    BirthDateUnparsed,
    /// The day does not lie in the era.
    BirthDateEraMismatch,
    /// 住所, 生年月日 or 性別 is missing.
    Incomplete,
}

impl HolderWarning {
    /// The warning as it is documented.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameSubstitutionLength => "name-substitution-length",
            Self::NameSubstitutionMalformed => "name-substitution-malformed",
            Self::AddressSubstitutionLength => "address-substitution-length",
            Self::AddressSubstitutionMalformed => "address-substitution-malformed",
            Self::BirthDateUnparsed => "birth-date-unparsed",
            Self::BirthDateEraMismatch => "birth-date-era-mismatch",
            Self::Incomplete => "incomplete",
        }
    }
}

/// Reads the holder's data from the subjectAltName of a 署名用電子証明書. Verifies nothing: verify the certificate first.
///
/// # Errors
/// - [`Code::HolderMissing`]: there is no name; certificates other than 署名用 have none, and nothing else is read for it
/// - [`Code::HolderDuplicateEntry`]: a known entry is there twice
/// - [`Code::HolderMalformed`]: a known entry is no UTF8String, or there are more entries than in any real certificate
pub fn read_holder<'a>(certificate: &Certificate<'a>) -> Result<Holder<'a>, Error> {
    let mut known: [Option<&'a str>; 6] = [None; 6];
    let mut others = Vec::new();
    let names = certificate.extensions().subject_alt_name;
    for name in names.iter().flat_map(|names| names.iter()) {
        let GeneralName::Other(oid, value) = name else {
            continue;
        };
        let Some(number) = oid.as_bytes().strip_prefix(ARC) else {
            continue;
        };
        let place = match number {
            [number @ 1..=6] => known.get_mut(usize::from(*number) - 1),
            _ => None,
        };
        match place {
            Some(Some(_)) => {
                return Err(Error::new(
                    Code::HolderDuplicateEntry,
                    format!("the entry {oid} of the holder's data appears twice"),
                ));
            }
            Some(empty) => {
                let text = utf8(value).ok_or_else(|| {
                    Error::new(
                        Code::HolderMalformed,
                        format!("the entry {oid} of the holder's data is not a UTF8String"),
                    )
                })?;
                *empty = Some(text);
            }
            None if others.len() == MAX_ENTRIES => {
                return Err(Error::new(
                    Code::HolderMalformed,
                    "more entries in the holder's data than in any real certificate",
                ));
            }
            None => others.push(Entry {
                oid,
                value: utf8(value).map_or(EntryValue::Der(value), EntryValue::Text),
            }),
        }
    }
    let [name, name_mask, gender, birth_date, address, address_mask] = known;
    let name = name.ok_or_else(|| {
        Error::new(
            Code::HolderMissing,
            "the certificate has not got its holder's name; only a 署名用電子証明書 has it",
        )
    })?;
    let mut warnings = Vec::new();
    if gender.is_none() || birth_date.is_none() || address.is_none() {
        warnings.push(HolderWarning::Incomplete);
    }
    let name = masked(name, name_mask).unwrap_or_else(|fault| {
        warnings.push(match fault {
            MaskFault::Length => HolderWarning::NameSubstitutionLength,
            MaskFault::Malformed => HolderWarning::NameSubstitutionMalformed,
        });
        unmasked(name, name_mask)
    });
    if address.is_none() && address_mask.is_some() {
        warnings.push(HolderWarning::AddressSubstitutionLength);
    }
    let address = address.map(|text| {
        masked(text, address_mask).unwrap_or_else(|fault| {
            warnings.push(match fault {
                MaskFault::Length => HolderWarning::AddressSubstitutionLength,
                MaskFault::Malformed => HolderWarning::AddressSubstitutionMalformed,
            });
            unmasked(text, address_mask)
        })
    });
    Ok(Holder {
        name,
        address,
        birth_date: birth_date.map(|raw| {
            let (parsed, warning) = parse_birth_date(raw);
            warnings.extend(warning);
            parsed
        }),
        gender: gender.map(|raw| match raw {
            "1" => Gender::Male,
            "2" => Gender::Female,
            "3" => Gender::Unknown,
            other => Gender::Other(other),
        }),
        others,
        warnings,
    })
}

/// The text of a value that is a UTF8String.
fn utf8(value: &[u8]) -> Option<&str> {
    let mut reader = Reader::new(value);
    let contents = reader.contents(UTF8_STRING).ok()?;
    reader.finish().ok()?;
    core::str::from_utf8(contents).ok()
}

enum MaskFault {
    Length,
    Malformed,
}

const fn unmasked<'a>(raw: &'a str, mask: Option<&'a str>) -> MaskedText<'a> {
    MaskedText {
        raw,
        mask,
        substituted: None,
    }
}

fn masked<'a>(raw: &'a str, mask: Option<&'a str>) -> Result<MaskedText<'a>, MaskFault> {
    let Some(digits) = mask else {
        return Ok(unmasked(raw, None));
    };
    if !digits.bytes().all(|digit| matches!(digit, b'0' | b'1')) {
        return Err(MaskFault::Malformed);
    }
    if raw.chars().count() != digits.len() {
        return Err(MaskFault::Length);
    }
    let ones = digits.bytes().enumerate().filter(|(_, digit)| *digit == b'1');
    Ok(MaskedText {
        raw,
        mask,
        substituted: Some(ones.map(|(place, _)| place).collect()),
    })
}

fn parse_birth_date(raw: &str) -> (BirthDate<'_>, Option<HolderWarning>) {
    let mut parsed = BirthDate {
        raw,
        era: None,
        date: None,
        year: None,
        month: None,
        day: None,
    };
    let unparsed = Some(HolderWarning::BirthDateUnparsed);
    let &[era @ b'0'..=b'5', y1, y2, y3, y4, m1, m2, d1, d2] = raw.as_bytes() else {
        return (parsed, unparsed);
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u16, |sum, digit| match digit {
            b'0'..=b'9' => Some(sum * 10 + u16::from(digit - b'0')),
            _ => None,
        })
    };
    let small = |tens, ones| u8::try_from(number(&[tens, ones])?).ok();
    let (Some(year), Some(month), Some(day)) = (number(&[y1, y2, y3, y4]), small(m1, m2), small(d1, d2))
    else {
        return (parsed, unparsed);
    };
    // Zeros stand for what is not known.
    let known = |number| number != 0;
    let last = if known(month) {
        days_in_month(year, month)
    } else {
        31
    };
    if month > 12 || day > last {
        return (parsed, unparsed);
    }
    parsed.era = Era::of_digit(era);
    parsed.year = (year != 0).then_some(year);
    parsed.month = known(month).then_some(month);
    parsed.day = known(day).then_some(day);
    if year != 0 && known(month) && known(day) {
        parsed.date = Some((year, month, day));
        if parsed.era.is_some() && parsed.era != Era::of((year, month, day)) {
            return (parsed, Some(HolderWarning::BirthDateEraMismatch));
        }
    }
    (parsed, None)
}

/// 0 for a month that does not exist.
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

macro_rules! hidden {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name<'_> {
            /// Says what it is, never what it holds.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        })*
    };
}

hidden!(Holder MaskedText BirthDate Gender Entry EntryValue);

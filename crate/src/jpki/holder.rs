//! The holder's data in a signing certificate (署名用電子証明書). It is personal data: no error, report or `Debug`
//! output contains any of it.

use alloc::vec::Vec;

use super::birth_date::{BirthDate, parse_birth_date};
use super::holder_warning::HolderWarning;
use crate::code::Code;
use crate::der::{Oid, Reader};
use crate::error::Error;
use crate::text::text;
use crate::x509::{Certificate, GeneralName};

/// 1.2.392.200149.8.5.5, the arc of the entries.
const ARC: &[u8] = &[0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 8, 5, 5];
const UTF8_STRING: u8 = 0x0c;
/// The maximum number of entries.
const MAX_ENTRIES: usize = 64;

/// The holder's data in the certificate. Borrows from the certificate.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder<'a> {
    /// 氏名: surname, U+3000, given name.
    pub name: MaskedText<'a>,
    /// 住所, starting with the prefecture.
    pub address: Option<MaskedText<'a>>,
    /// 生年月日.
    pub birth_date: Option<BirthDate<'a>>,
    /// 性別.
    pub gender: Option<Gender<'a>>,
    /// Unknown entries of the arc, in order.
    pub others: Vec<Entry<'a>>,
    /// Irregularities of the data.
    pub warnings: Vec<HolderWarning>,
}

/// A text and its substitute characters, which replace characters that the card's character set lacks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MaskedText<'a> {
    /// The text in the certificate.
    pub raw: &'a str,
    /// The substitution mask in the certificate: `0` or `1` for each character.
    pub mask: Option<&'a str>,
    /// The indexes of the substitute characters, counted from 0. `None` if there is no mask, or if it does
    /// not match the text.
    pub substituted: Option<Vec<usize>>,
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
    /// The meaning of the text; `None` if it is unknown.
    #[must_use]
    pub const fn meaning(&self) -> Option<&'static str> {
        match self {
            Gender::Male => Some("male"),
            Gender::Female => Some("female"),
            Gender::Unknown => Some("unknown"),
            Gender::Other(_) => None,
        }
    }

    /// The text in the certificate.
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

/// An unknown entry of the arc.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The type.
    pub oid: Oid<'a>,
    /// The value.
    pub value: EntryValue<'a>,
}

/// The value of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EntryValue<'a> {
    /// A UTF8String.
    Text(&'a str),
    /// The DER of another type.
    Der(&'a [u8]),
}

/// Reads the holder's data from the subjectAltName of a signing certificate (署名用電子証明書). Verifies nothing:
/// verify the certificate first.
///
/// # Errors
/// - [`Code::HolderMissing`]: there is no name. Only signing certificates have one, and no other field
///   replaces it.
/// - [`Code::HolderDuplicateEntry`]: a known entry appears twice.
/// - [`Code::HolderMalformed`]: a known entry is not a UTF8String, or there are too many entries.
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
                    text!["the entry ", oid, " appears twice in the holder's data"],
                ));
            }
            Some(empty) => {
                let text = utf8(value).ok_or_else(|| {
                    Error::new(
                        Code::HolderMalformed,
                        text!["the entry ", oid, " in the holder's data is not a UTF8String"],
                    )
                })?;
                *empty = Some(text);
            }
            None if others.len() == MAX_ENTRIES => {
                return Err(Error::new(
                    Code::HolderMalformed,
                    "the holder's data has too many entries",
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
            "the certificate does not contain the holder's name; only a signing certificate (署名用電子証明書) does",
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

hidden!(Holder MaskedText BirthDate Gender Entry EntryValue);

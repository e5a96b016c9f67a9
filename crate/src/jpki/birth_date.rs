//! Birth dates in the certificates of the card: one digit for the era and eight digits for the Gregorian
//! date.

use super::holder_warning::HolderWarning;

/// A birth date in the form `EYYYYMMDD`: the era and the Gregorian date.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BirthDate<'a> {
    /// The text in the certificate.
    pub raw: &'a str,
    /// The era of the first digit; `None` for `0` (unknown) and for other digits without an era.
    pub era: Option<Era>,
    /// The year, month and day, if the text contains all three and they form a valid date. Never guessed.
    pub date: Option<(u16, u8, u8)>,
    /// The Gregorian year, if the text contains it.
    pub year: Option<u16>,
    /// The month, if the text contains it.
    pub month: Option<u8>,
    /// The day of the month, if the text contains it.
    pub day: Option<u8>,
}

/// A Japanese era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

    /// The era of a date.
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

    /// The era in romaji, in lower case.
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

pub(super) fn parse_birth_date(raw: &str) -> (BirthDate<'_>, Option<HolderWarning>) {
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
    // Zeros mean unknown.
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

/// 0 for an invalid month.
const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

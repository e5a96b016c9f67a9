//! Irregularities of a holder's data.

/// An irregularity of a holder's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HolderWarning {
    /// The lengths of the name and its mask differ.
    NameSubstitutionLength,
    /// The mask of the name contains other characters than `0` and `1`.
    NameSubstitutionMalformed,
    /// The lengths of the address and its mask differ, or there is no address.
    AddressSubstitutionLength,
    /// The mask of the address contains other characters than `0` and `1`.
    AddressSubstitutionMalformed,
    /// The birth date is not an era and eight digits, or is not a valid date.
    BirthDateUnparsed,
    /// The birth date is not in the era.
    BirthDateEraMismatch,
    /// 住所, 生年月日 or 性別 is missing.
    Incomplete,
}

impl HolderWarning {
    /// The warning as documented.
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

//! What may be odd about a holder's data.

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

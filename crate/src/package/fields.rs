//! Reads the members of the format: exactly these members, each with its type.

use alloc::vec::Vec;

use crate::base64::{self, Form};

use crate::code::Code;
use crate::error::Error;
use crate::json::{Object, Value};
use crate::text::text;

/// 9999-12-31T23:59:59Z, the last second in ISO 8601.
const LAST_SECOND: i64 = 253_402_300_799;
/// The largest integer that every JSON reader keeps exactly (RFC 7493 §2.2).
const LAST_NUMBER: u64 = (1 << 53) - 1;

pub(super) fn malformed(why: impl crate::text::Piece) -> Error {
    Error::new(
        Code::PackageMalformed,
        text!["the signed package is malformed: ", why],
    )
}

/// An object of the format.
pub(super) struct Fields<'v, 'a> {
    object: &'v Object<'a>,
    /// Its place in the package, for messages.
    place: &'static str,
}

impl<'v, 'a> Fields<'v, 'a> {
    /// An object with no other members than `names`.
    pub(super) fn of(value: &'v Value<'a>, place: &'static str, names: &[&str]) -> Result<Self, Error> {
        let object = value
            .as_object()
            .ok_or_else(|| malformed(text![place, " is not an object"]))?;
        if object.iter().any(|(name, _)| !names.contains(&name)) {
            return Err(malformed(text![place, " has an unknown member"]));
        }
        Ok(Self { object, place })
    }

    /// The member `name`, an object with no other members than `names`.
    pub(super) fn object(&self, name: &'static str, names: &[&str]) -> Result<Fields<'v, 'a>, Error> {
        Fields::of(self.required(name)?, name, names)
    }

    fn required(&self, name: &str) -> Result<&'v Value<'a>, Error> {
        self.object.get(name).ok_or_else(|| self.wrong(name, "missing"))
    }

    pub(super) fn wrong(&self, name: &str, how: &str) -> Error {
        malformed(text![name, " of ", self.place, " is ", how])
    }

    /// A string of at most `longest` characters.
    pub(super) fn text(&self, name: &str, longest: usize) -> Result<&'v str, Error> {
        let text = self.required(name)?.as_str();
        text.filter(|text| text.len() <= longest || text.chars().count() <= longest)
            .ok_or_else(|| self.wrong(name, "not a string, or too long"))
    }

    /// The same, if the member is present.
    pub(super) fn text_if_there(&self, name: &str, longest: usize) -> Result<Option<&'v str>, Error> {
        match self.object.get(name) {
            None => Ok(None),
            Some(_) => self.text(name, longest).map(Some),
        }
    }

    /// The same, or null.
    pub(super) fn text_or_null(&self, name: &str, longest: usize) -> Result<Option<&'v str>, Error> {
        match self.required(name)? {
            Value::Null => Ok(None),
            _ => self.text(name, longest).map(Some),
        }
    }

    /// One of the words in a table.
    pub(super) fn word<T: Copy>(&self, name: &str, table: &[(&str, T)]) -> Result<T, Error> {
        let text = self.required(name)?.as_str();
        let found = table.iter().find(|(word, _)| Some(*word) == text);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| self.wrong(name, "not one of the allowed values"))
    }

    /// The same, if the member is present.
    pub(super) fn word_if_there<T: Copy>(&self, name: &str, table: &[(&str, T)]) -> Result<Option<T>, Error> {
        match self.object.get(name) {
            None => Ok(None),
            Some(_) => self.word(name, table).map(Some),
        }
    }

    /// A non-negative integer in digits, if the member is present.
    pub(super) fn number_if_there(&self, name: &str) -> Result<Option<u64>, Error> {
        let number = |value| match value {
            &Value::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|number| *number <= LAST_NUMBER)
            }
            _ => None,
        };
        self.object
            .get(name)
            .map(|value| number(value).ok_or_else(|| self.wrong(name, "not an integer")))
            .transpose()
    }

    /// A Unix time in seconds.
    pub(super) fn seconds(&self, name: &str) -> Result<i64, Error> {
        let number = self.number_if_there(name)?;
        let seconds = number.and_then(|number| i64::try_from(number).ok());
        seconds
            .filter(|seconds| *seconds <= LAST_SECOND)
            .ok_or_else(|| self.wrong(name, "not a Unix time in seconds"))
    }

    /// The same, or null.
    pub(super) fn seconds_or_null(&self, name: &str) -> Result<Option<i64>, Error> {
        match self.required(name)? {
            Value::Null => Ok(None),
            _ => self.seconds(name).map(Some),
        }
    }

    /// From 1 to `longest` bytes, in base64.
    pub(super) fn bytes(&self, name: &str, longest: usize) -> Result<Vec<u8>, Error> {
        decode(self.required(name)?, longest)
            .ok_or_else(|| self.wrong(name, "not canonical base64, empty, or too long"))
    }

    /// An array of at most `most` such values.
    pub(super) fn list_of_bytes(&self, name: &str, most: usize) -> Result<Vec<Vec<u8>>, Error> {
        let elements = self.list(name, most)?;
        let decoded: Option<_> = elements
            .iter()
            .map(|element| decode(element, usize::MAX))
            .collect();
        decoded.ok_or_else(|| self.wrong(name, "not an array of strings in canonical base64"))
    }

    /// An array of at most `most` elements.
    pub(super) fn list(&self, name: &str, most: usize) -> Result<&'v [Value<'a>], Error> {
        let elements = self.required(name)?.as_array();
        elements
            .filter(|elements| elements.len() <= most)
            .ok_or_else(|| self.wrong(name, "not an array, or too long"))
    }
}

/// RFC 4648 §4, padded and canonical, so that there is only one text for any bytes.
fn decode(value: &Value<'_>, longest: usize) -> Option<Vec<u8>> {
    let bytes = base64::decode(value.as_str()?.as_bytes(), Form::Padded)?;
    (!bytes.is_empty() && bytes.len() <= longest).then_some(bytes)
}

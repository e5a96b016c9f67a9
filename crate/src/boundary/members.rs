//! Reads options. No option is ignored, and no value is converted.

use alloc::vec::Vec;
use core::cell::RefCell;

use crate::code::Code;
use crate::error::Error;
use crate::json::{self, Object, Value};
use crate::text::text;

const MAX_OPTIONS_BYTES: usize = 1_048_576;

pub(super) fn invalid(message: &'static str) -> Error {
    Error::new(Code::OptionsInvalid, message)
}

pub(super) fn of_another_type(name: &str, wanted: &str) -> Error {
    Error::new(Code::OptionsInvalid, text![name, " must be ", wanted])
}

/// Reads the JSON text of the options and calls `call` with its members.
pub(super) fn with_members<T>(
    text: &str,
    call: impl FnOnce(&Members<'_, '_>) -> Result<T, Error>,
) -> Result<T, Error> {
    if text.len() > MAX_OPTIONS_BYTES {
        return Err(invalid("the options are larger than 1 MiB"));
    }
    let value = json::parse(text.as_bytes()).map_err(|error| {
        Error::new(
            Code::OptionsInvalid,
            text!["cannot read the options: ", error.message()],
        )
    })?;
    let Value::Object(object) = &value else {
        return Err(invalid("the options are not a JSON object"));
    };
    call(&Members::new(object))
}

/// The members of an object. Remembers which names were read.
pub(super) struct Members<'v, 'a> {
    object: &'v Object<'a>,
    known: RefCell<Vec<&'static str>>,
}

impl<'v, 'a> Members<'v, 'a> {
    pub(super) const fn new(object: &'v Object<'a>) -> Self {
        Self {
            object,
            known: RefCell::new(Vec::new()),
        }
    }

    pub(super) fn get(&self, name: &'static str) -> Option<&'v Value<'a>> {
        self.known.borrow_mut().push(name);
        self.object.get(name)
    }

    /// Refuses members that were not read, so that a misspelled option cannot disable a check.
    pub(super) fn refuse_others(&self) -> Result<(), Error> {
        let known = self.known.borrow();
        let Some((name, _)) = self.object.iter().find(|(name, _)| !known.contains(name)) else {
            return Ok(());
        };
        let printable = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Err(Error::new(
            Code::OptionsInvalid,
            text![
                "there is no option named ",
                if printable { name } else { "(name not shown)" },
                ", or it cannot be combined with the other options"
            ],
        ))
    }

    pub(super) fn object(&self, name: &'static str) -> Result<Option<Members<'v, 'a>>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(Members::new(object))),
            Some(_) => Err(of_another_type(name, "an object")),
        }
    }

    pub(super) fn string(&self, name: &'static str) -> Result<Option<&'v str>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(of_another_type(name, "a string")),
        }
    }

    pub(super) fn required_string(&self, name: &'static str) -> Result<&'v str, Error> {
        self.string(name)?.ok_or_else(|| missing(name))
    }

    pub(super) fn strings(&self, name: &'static str) -> Result<Option<Vec<&'v str>>, Error> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_strings() {
            None => Err(of_another_type(name, "an array of strings")),
            texts => Ok(texts),
        }
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<Option<bool>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(of_another_type(name, "true or false")),
        }
    }

    pub(super) fn integer(&self, name: &'static str) -> Result<Option<u32>, Error> {
        self.get(name).map(|value| integer(value, name)).transpose()
    }

    /// One of the words in a table.
    pub(super) fn word<T: Copy>(
        &self,
        name: &'static str,
        table: &[(&'static str, T)],
    ) -> Result<Option<T>, Error> {
        self.string(name)?.map(|text| word(text, name, table)).transpose()
    }
}

pub(super) fn missing(name: &'static str) -> Error {
    Error::new(Code::OptionsInvalid, text![name, " is missing"])
}

pub(super) fn word<T: Copy>(text: &str, name: &str, table: &[(&'static str, T)]) -> Result<T, Error> {
    let found = table.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
        of_another_type(name, &text!["one of ", words.join(", ")])
    })
}

/// Digits only: `JSON.stringify` writes integers in no other form.
pub(super) fn integer(value: &Value<'_>, name: &str) -> Result<u32, Error> {
    match value {
        Value::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            // JSON has no leading zeros: more digits are a larger number.
            let first = digits.bytes().take(11);
            let number = first.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
            u32::try_from(number).map_err(|_| of_another_type(name, "an integer below 2^32"))
        }
        _ => Err(of_another_type(name, "a non-negative integer")),
    }
}

/// Sets a flag if it is given.
pub(super) fn set(flag: &mut bool, given: Option<bool>) {
    if let Some(given) = given {
        *flag = given;
    }
}

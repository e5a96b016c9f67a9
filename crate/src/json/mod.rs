//! A strict, borrowing JSON reader: RFC 8259, narrowed by I-JSON (RFC 7493).
//!
//! In addition to invalid JSON, the reader rejects: duplicate member names at any depth (compared after
//! unescaping), invalid UTF-8, a byte order mark, escaped lone surrogates, noncharacters (RFC 7493 §2.1),
//! numbers of 1e308 and above (RFC 7493 §2.2; a double may not hold them), and nesting beyond [`MAX_DEPTH`].
//! Errors give the position, never the contents.

use alloc::{string::String, vec::Vec};

use crate::text::text;
mod number;
mod writer;

use alloc::borrow::Cow;

use crate::code::Code;
use crate::error::Error;
use crate::sort::sort_by;
pub(crate) use number::Decimal;
pub(crate) use writer::Json;

/// The maximum nesting depth of arrays and objects.
pub const MAX_DEPTH: usize = 32;

/// The first power of ten that is rejected. The greatest double is below 1.8e308.
const MAX_EXPONENT: i64 = 308;

/// Fewer digits than a number needs to be rejected for its size.
const SHORT: usize = 20;

/// A JSON value that borrows from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The text of a number, in the grammar of RFC 8259 §6.
    Number(&'a str),
    /// A string, unescaped.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object.
    Object(Object<'a>),
}

impl<'a> Value<'a> {
    /// The string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if the value is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements, if the value is an array of strings.
    pub(crate) fn as_strings(&self) -> Option<Vec<&str>> {
        let mut texts = Vec::new();
        for element in self.as_array()? {
            texts.push(element.as_str()?);
        }
        Some(texts)
    }

    /// The object, if the value is one.
    #[must_use]
    pub const fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// An object whose members have distinct names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object<'a> {
    /// Sorted by name.
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Object<'a> {
    /// The member with the given name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        let at = self
            .members
            .binary_search_by(|(other, _)| other.as_ref().cmp(name))
            .ok()?;
        self.members.get(at).map(|(_, value)| value)
    }

    /// Removes and returns the member with the given name.
    pub fn remove(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self
            .members
            .binary_search_by(|(other, _)| other.as_ref().cmp(name))
            .ok()?;
        Some(self.members.remove(at).1)
    }

    /// The members, sorted by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value<'a>)> {
        self.members.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

/// Reads one JSON text.
///
/// # Errors
/// [`Code::JsonMalformed`] or [`Code::JsonDuplicateMember`]. The message gives the byte position.
pub fn parse(text: &[u8]) -> Result<Value<'_>, Error> {
    let text = core::str::from_utf8(text).map_err(|error| malformed("not UTF-8", error.valid_up_to()))?;
    let mut parser = Parser { text, at: 0 };
    parser.skip_whitespace();
    let value = parser.value(0)?;
    parser.skip_whitespace();
    if parser.peek().is_some() {
        return Err(parser.malformed("unexpected data after the JSON text"));
    }
    Ok(value)
}

fn malformed(what: &str, at: usize) -> Error {
    Error::new(Code::JsonMalformed, text![what, " (byte ", at, ")"])
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn malformed(&self, what: &str) -> Error {
        malformed(what, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        self.at - start
    }

    fn skip_whitespace(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn literal(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Error> {
        if !self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            return Err(self.malformed("not a JSON value"));
        }
        self.at += word.len();
        Ok(value)
    }

    /// `depth` is the number of arrays and objects around the value.
    fn value(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::String(self.string()?)),
            Some(b't') => self.literal("true", Value::Bool(true)),
            Some(b'f') => self.literal("false", Value::Bool(false)),
            Some(b'n') => self.literal("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.malformed("not a JSON value")),
        }
    }

    fn enter(&mut self, depth: usize) -> Result<(), Error> {
        if depth >= MAX_DEPTH {
            return Err(self.malformed("nested too deeply"));
        }
        self.at += 1;
        self.skip_whitespace();
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        self.enter(depth)?;
        let mut elements = Vec::new();
        if self.take(b']') {
            return Ok(Value::Array(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.skip_whitespace();
            if self.take(b']') {
                return Ok(Value::Array(elements));
            }
            if !self.take(b',') {
                return Err(self.malformed("expected a comma or the end of the array"));
            }
            self.skip_whitespace();
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, Error> {
        self.enter(depth)?;
        let mut members = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Object(Object::default()));
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.malformed("expected the name of a member"));
            }
            let name = self.string()?;
            self.skip_whitespace();
            if !self.take(b':') {
                return Err(self.malformed("expected a colon after the name of a member"));
            }
            self.skip_whitespace();
            members.push((start, name, self.value(depth + 1)?));
            self.skip_whitespace();
            if self.take(b'}') {
                return unique(members).map(Value::Object);
            }
            if !self.take(b',') {
                return Err(self.malformed("expected a comma or the end of the object"));
            }
            self.skip_whitespace();
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.at += 1;
        let mut unescaped: Option<String> = None;
        loop {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            let ends = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            let plain = self.text.get(start..self.at).unwrap_or_default();
            // Noncharacters are not ASCII.
            let noncharacter = match plain.is_ascii() {
                true => None,
                false => plain
                    .char_indices()
                    .find(|(_, character)| is_noncharacter(*character)),
            };
            if let Some((at, _)) = noncharacter {
                return Err(malformed("a noncharacter", start + at));
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match unescaped {
                        None => Cow::Borrowed(plain),
                        Some(text) => Cow::Owned(text + plain),
                    });
                }
                Some(b'\\') => {
                    let text = unescaped.get_or_insert_default();
                    text.push_str(plain);
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.malformed("a control character in a string")),
                None => return Err(self.malformed("an unterminated string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let start = self.at;
        let escaped = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        let character = match escaped {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self
                    .code_unit()
                    .ok_or_else(|| malformed("an invalid escape sequence", start))?;
                self.scalar(unit)
                    .ok_or_else(|| malformed("an escaped lone surrogate", start))?
            }
            _ => return Err(malformed("an invalid escape sequence", start)),
        };
        if is_noncharacter(character) {
            return Err(malformed("a noncharacter", start));
        }
        Ok(character)
    }

    /// The character of a code unit. Reads the second escape if the unit is a high surrogate.
    fn scalar(&mut self, unit: u16) -> Option<char> {
        if !(0xd800..0xdc00).contains(&unit) {
            return char::from_u32(u32::from(unit));
        }
        if !(self.take(b'\\') && self.take(b'u')) {
            return None;
        }
        let second = self.code_unit()?;
        char::decode_utf16([unit, second]).next()?.ok()
    }

    /// Four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        let mut unit = 0;
        for digit in digits {
            unit = unit << 4 | char::from(*digit).to_digit(16)?;
        }
        self.at += 4;
        u16::try_from(unit).ok()
    }

    fn number(&mut self) -> Result<Value<'a>, Error> {
        let start = self.at;
        self.take(b'-');
        let digits = |byte: u8| byte.is_ascii_digit();
        if !self.take(b'0') && self.skip_while(digits) == 0 {
            return Err(self.malformed("a number without digits"));
        }
        if self.take(b'.') && self.skip_while(digits) == 0 {
            return Err(self.malformed("a number without digits after the decimal point"));
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            if self.skip_while(digits) == 0 {
                return Err(self.malformed("a number without digits in the exponent"));
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        // So few characters without an exponent are a small number.
        let is_short = text.len() <= SHORT && !text.bytes().any(|byte| matches!(byte, b'e' | b'E'));
        let magnitude = if is_short {
            None
        } else {
            Decimal::new(text).magnitude()
        };
        if magnitude.is_some_and(|exponent| exponent >= MAX_EXPONENT) {
            return Err(malformed("a number outside the range of a double", start));
        }
        Ok(Value::Number(text))
    }
}

/// Sorts the members by name and rejects duplicates. Sorting avoids quadratic time for a hostile object.
fn unique<'a>(mut members: Vec<(usize, Cow<'a, str>, Value<'a>)>) -> Result<Object<'a>, Error> {
    sort_by(&mut members, |(_, one, _), (_, other, _)| one.cmp(other));
    let duplicates = members.windows(2).filter_map(|pair| match pair {
        [(_, one, _), (at, other, _)] if one == other => Some(*at),
        _ => None,
    });
    if let Some(at) = duplicates.min() {
        return Err(Error::new(
            Code::JsonDuplicateMember,
            text!["an object has two members with the same name (byte ", at, ")"],
        ));
    }
    Ok(Object {
        members: members
            .into_iter()
            .map(|(_, name, value)| (name, value))
            .collect(),
    })
}

/// U+FDD0 to U+FDEF and the last two of each plane (Unicode §23.7).
const fn is_noncharacter(character: char) -> bool {
    let code = character as u32;
    (code >= 0xfdd0 && code <= 0xfdef) || code & 0xfffe == 0xfffe
}

//! A JSON writer (RFC 8259).

use alloc::string::String;

use crate::base64;
use crate::text::{push_hex, text};

/// A JSON text under construction.
#[derive(Default)]
pub(crate) struct Json {
    text: String,
    escapes_line_ends: bool,
}

impl Json {
    /// A writer whose text is also valid inside JavaScript source of any version: it also escapes U+007F,
    /// U+2028 and U+2029.
    pub(crate) fn escaping_line_ends() -> Self {
        Self {
            text: String::new(),
            escapes_line_ends: true,
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }

    pub(crate) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push('{');
        members(self);
        self.text.push('}');
    }

    pub(crate) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, each: impl Fn(&mut Self, T)) {
        self.separate();
        self.text.push('[');
        for item in items {
            each(self, item);
        }
        self.text.push(']');
    }

    /// Makes room for text of about this length.
    pub(crate) fn reserve(&mut self, length: usize) {
        self.text.reserve(length);
    }

    /// Writes the name of a member; its value comes next.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.string(name);
        self.text.push(':');
        self
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.separate();
        write_string(&mut self.text, text, self.escapes_line_ends);
    }

    pub(crate) fn optional_string(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.string(text),
            None => self.verbatim("null"),
        }
    }

    pub(crate) fn strings<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        self.list(texts, |json, text| json.string(text.as_ref()));
    }

    pub(crate) fn number(&mut self, number: i64) {
        self.verbatim(&text![number]);
    }

    /// Writes text that is already JSON.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.separate();
        self.text.push_str(text);
    }

    /// Writes text that is already JSON, in pieces: members, of which the last one may lack its value.
    pub(crate) fn pieces(&mut self, pieces: &[&str]) {
        self.separate();
        for piece in pieces {
            self.text.push_str(piece);
        }
    }

    /// Writes bytes as base64 (RFC 4648 §4).
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        // The base64 alphabet needs no escapes.
        self.separate();
        self.text.push('"');
        self.text.push_str(&base64::encode(bytes));
        self.text.push('"');
    }
}

/// A JSON string (RFC 8259 §7). Everything between two characters to escape is copied at once.
fn write_string(json: &mut String, text: &str, escape_line_ends: bool) {
    json.push('"');
    let is_special = |byte: &u8| match *byte {
        b'"' | b'\\' | ..=0x1f => true,
        // U+2028 and U+2029 begin with 0xe2.
        0x7f | 0xe2 => escape_line_ends,
        _ => false,
    };
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(is_special) {
        let (before, after) = rest.split_at_checked(at).unwrap_or_default();
        let mut characters = after.chars();
        json.push_str(before);
        match characters.next() {
            Some(character @ ('"' | '\\')) => json.extend(['\\', character]),
            Some(character @ '\u{80}'..) if !matches!(character, '\u{2028}' | '\u{2029}') => {
                json.push(character)
            }
            Some(character) => escape(json, character),
            None => {}
        }
        rest = characters.as_str();
    }
    json.push_str(rest);
    json.push('"');
}

fn escape(json: &mut String, character: char) {
    let [.., high, low] = u32::from(character).to_be_bytes();
    json.push_str("\\u");
    push_hex(json, high);
    push_hex(json, low);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Json;

    #[test]
    fn strings_read_back_as_they_were() {
        let text: String = (0..0x3000)
            .chain([0x1f600, 0x10fffd])
            .filter_map(char::from_u32)
            .chain("\"\\/".chars())
            .collect();
        let mut json = Json::default();
        json.string(&text);
        assert_eq!(serde_json::from_str::<String>(&json.into_text()).ok(), Some(text));
    }

    #[test]
    fn line_ends_are_escaped_where_asked_for() {
        let written = |mut json: Json| {
            json.string("\n\u{7f}\u{2028}\u{2029}");
            json.into_text()
        };
        assert_eq!(
            written(Json::escaping_line_ends()),
            r#""\u000a\u007f\u2028\u2029""#
        );
        assert_eq!(written(Json::default()), "\"\\u000a\u{7f}\u{2028}\u{2029}\"");
    }

    #[test]
    fn commas_stand_between_values_only() {
        let mut json = Json::default();
        json.object(|json| {
            json.name("a").object(|_| {});
            json.name("b").strings(["{", "[", ":", ","]);
            json.name("c").number(-1);
            json.name("d").base64(&[0xff; 4]);
            json.name("e").list([1, 2], |json, number| json.number(number));
            json.name("f").optional_string(None);
            json.name("g").list([(), ()], |json, ()| json.object(|_| {}));
            json.pieces(&["\"h\":\"", "§", "\",\"i\":"]);
            json.string("");
        });
        assert_eq!(
            json.into_text(),
            r#"{"a":{},"b":["{","[",":",","],"c":-1,"d":"/////w==","e":[1,2],"f":null,"g":[{},{}],"h":"§","i":""}"#
        );
    }
}

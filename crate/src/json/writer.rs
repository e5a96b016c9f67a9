//! Writing the answer.

use crate::report::Report;

/// JSON text as it grows.
#[derive(Default)]
pub(crate) struct Json {
    text: String,
}

impl Json {
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if !self.text.ends_with(['{', '[', ':']) && !self.text.is_empty() {
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

    /// Inside of an object: a name; its value comes next.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.string(name);
        self.text.push(':');
        self
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.separate();
        write_string(&mut self.text, text);
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
        self.verbatim(&number.to_string());
    }

    /// Text that is JSON already.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.separate();
        self.text.push_str(text);
    }

    /// Bytes, as base64 (RFC 4648 §4).
    pub(crate) fn base64(&mut self, bytes: &[u8]) {
        use base64ct::{Base64, Encoding as _};
        // The alphabet has nothing to escape.
        self.separate();
        self.text.push('"');
        self.text.push_str(&Base64::encode_string(bytes));
        self.text.push('"');
    }

    pub(crate) fn report(&mut self, report: &Report) {
        self.object(|json| {
            json.name("steps").list(report.steps(), |json, step| {
                json.object(|json| {
                    json.name("id").string(step.id);
                    json.name("status").string(step.status.as_str());
                    json.name("reference").string(step.reference);
                    json.name("detail").string(&step.detail);
                });
            });
        });
    }
}

/// A JSON string (RFC 8259 §7).
fn write_string(json: &mut String, text: &str) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u32| HEX.get(nibble as usize).copied().unwrap_or('0');
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                let code = character as u32;
                json.extend(['\\', 'u', '0', '0', digit(code >> 4), digit(code & 15)]);
            }
            _ => json.push(character),
        }
    }
    json.push('"');
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
        });
        assert_eq!(
            json.into_text(),
            r#"{"a":{},"b":["{","[",":",","],"c":-1,"d":"/////w==","e":[1,2],"f":null,"g":[{},{}]}"#
        );
    }
}

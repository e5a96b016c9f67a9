use alloc::{string::String, vec::Vec};

use crate::json::Json;

/// A labelled value, or several fields with a common label.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The label, in English.
    pub label: String,
    /// The value, if there is a single one.
    pub value: Option<String>,
    /// Whether the field contains personal data, so that you should show it only on request. Applies to all
    /// nested fields too.
    pub personal: bool,
    /// The nested fields.
    pub fields: Vec<Field>,
}

impl Field {
    pub(super) fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.name("label").string(&self.label);
            if let Some(value) = &self.value {
                json.name("value").string(value);
            }
            if self.personal {
                json.name("personal").verbatim("true");
            }
            if !self.fields.is_empty() {
                json.name("fields")
                    .list(&self.fields, |json, field| field.write(json));
            }
        });
    }
}

impl core::fmt::Debug for Field {
    /// The label only, because the value may be personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Field({})", self.label)
    }
}

/// Fields under construction. Each is one call: a description has many.
#[derive(Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    #[inline(never)]
    fn push(&mut self, label: &str, value: Option<String>, fields: Vec<Field>) {
        self.0.push(Field {
            label: label.into(),
            value,
            personal: false,
            fields,
        });
    }

    pub(super) fn add(&mut self, label: &str, value: String) {
        self.push(label, Some(value), Vec::new());
    }

    pub(super) fn say(&mut self, label: &str, value: &str) {
        self.add(label, value.into());
    }

    pub(super) fn group(&mut self, label: &str, fields: Fields) {
        self.push(label, None, fields.0);
    }

    /// Whether the last field contains personal data.
    pub(super) fn personal_if(&mut self, personal: bool) {
        if let Some(last) = self.0.last_mut() {
            last.personal = personal;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn append(&mut self, fields: Fields) {
        self.0.extend(fields.0);
    }

    pub(super) fn into_list(self) -> Vec<Field> {
        self.0
    }
}

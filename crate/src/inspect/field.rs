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
    pub(super) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: Some(value.into()),
            personal: false,
            fields: Vec::new(),
        }
    }

    pub(super) fn group(label: impl Into<String>, fields: Vec<Field>) -> Self {
        Self {
            label: label.into(),
            value: None,
            personal: false,
            fields,
        }
    }

    /// The nesting depth depends on this code only, never on the input.
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

    pub(super) fn personal_if(mut self, personal: bool) -> Self {
        self.personal = personal;
        self
    }
}

impl core::fmt::Debug for Field {
    /// The label only, because the value may be personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Field({})", self.label)
    }
}

use crate::json::Json;

/// One labelled value, or several below one label.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// What it is, in English.
    pub label: String,
    /// Its value, if it is a single one.
    pub value: Option<String>,
    /// Whether it tells something about a person, so that it should be shown only when asked for. Holds for all below, too.
    pub personal: bool,
    /// What is below it.
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

    /// Fields nest as deep as the code that makes them, never as deep as the input.
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
    /// The label only: the value may be personal.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Field({})", self.label)
    }
}

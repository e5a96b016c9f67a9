//! Writing a description as JSON (RFC 8259).

use std::fmt::Write as _;

use super::{Field, Inspection, NOTE};

pub(super) fn write(inspection: &Inspection) -> String {
    let mut out = String::from("{\"kind\":");
    string(&mut out, inspection.kind.as_str());
    out.push_str(",\"encoding\":");
    string(&mut out, inspection.encoding.as_str());
    out.push_str(",\"verified\":false,\"note\":");
    string(&mut out, NOTE);
    out.push_str(",\"fields\":");
    fields(&mut out, &inspection.fields);
    out.push('}');
    out
}

/// Fields nest as deep as the code that makes them, never as deep as the input.
fn fields(out: &mut String, list: &[Field]) {
    out.push('[');
    for (index, field) in list.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str("{\"label\":");
        string(out, &field.label);
        if let Some(value) = &field.value {
            out.push_str(",\"value\":");
            string(out, value);
        }
        if field.personal {
            out.push_str(",\"personal\":true");
        }
        if !field.fields.is_empty() {
            out.push_str(",\"fields\":");
            fields(out, &field.fields);
        }
        out.push('}');
    }
    out.push(']');
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // Control characters; and the two line ends that JavaScript once took for ones.
            '\0'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

//! What JavaScript calls, as text in and text out: options as JSON, the answer as JSON. No decisions are made here.
//!
//! ```json
//! {"ok":true,"header":{},"claims":{},"report":{"steps":[{"id":"","status":"","reference":"","detail":""}]}}
//! {"ok":false,"code":"nonce-mismatch","message":"","report":{"steps":[]}}
//! ```

mod options;

use crate::error::Error;
use crate::jose::{self, VerifiedIdToken};
use crate::report::Report;

/// Verifies an ID token: the compact token, the text of a JWK Set, and the options of [`jose::IdTokenOptions`] as a JSON
/// object with names in camelCase.
///
/// `issuer`, `clientId`, `now` (seconds since 1970) and `nonce` (a string, or null if none was sent) must be there;
/// `accessToken`, `algorithms`, `clockTolerance`, `maxAge`, `maxTokenAge`, `acrValues`, `trustedAudiences` and
/// `maxTokenBytes` may be. A member of another name is refused, so that a slip of the pen does not leave a check out.
#[must_use]
pub fn verify_id_token(token: &str, keys: &str, options: &str) -> String {
    let outcome =
        options::with_id_token_options(options, |options| jose::verify_id_token(token, keys, options));
    match outcome {
        Ok(verified) => accepted(&verified),
        Err(error) => refused(&error),
    }
}

fn accepted(verified: &VerifiedIdToken) -> String {
    // Header and claims were read strictly, so their own text is put in as it is.
    let mut json = format!(
        "{{\"ok\":true,\"header\":{},\"claims\":{},\"report\":",
        verified.header(),
        verified.claims()
    );
    write_report(&mut json, verified.report());
    json.push('}');
    json
}

fn refused(error: &Error) -> String {
    let mut json = String::from("{\"ok\":false,\"code\":");
    write_string(&mut json, error.code().as_str());
    json.push_str(",\"message\":");
    write_string(&mut json, error.message());
    json.push_str(",\"report\":");
    write_report(&mut json, error.report());
    json.push('}');
    json
}

fn write_report(json: &mut String, report: &Report) {
    json.push_str("{\"steps\":[");
    for (at, step) in report.steps().iter().enumerate() {
        let members = [
            ("id", step.id),
            ("status", step.status.as_str()),
            ("reference", step.reference),
            ("detail", &step.detail),
        ];
        json.push_str(if at == 0 { "{" } else { ",{" });
        for (at, (name, value)) in members.into_iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            write_string(json, name);
            json.push(':');
            write_string(json, value);
        }
        json.push('}');
    }
    json.push_str("]}");
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
    use super::write_string;

    #[test]
    fn strings_read_back_as_they_were() {
        let text: String = (0..0x3000)
            .chain([0x1f600, 0x10fffd])
            .filter_map(char::from_u32)
            .chain("\"\\/".chars())
            .collect();
        let mut json = String::new();
        write_string(&mut json, &text);
        assert_eq!(serde_json::from_str::<String>(&json).ok(), Some(text));
    }
}

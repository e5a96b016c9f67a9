//! [`super::verify_signed_data`].

use alloc::{string::String, vec::Vec};

use super::answer::{accepted, refusal, refused_with, report};
use super::certificate::with_certificate_options;
use super::evidence::Requests;
use super::exported::exported;
use super::found::Found;
use super::input::{CMS, Input};
use super::members::{Members, invalid, missing, of_another_type, set, word};
use crate::cms::{CmsOptions, Content, Outcome, SignedData, Signer};
use crate::error::Error;
use crate::json::Json;
use crate::json::Value;
use crate::signature::Hash;
use crate::signer::{Judgement, Rules};
use crate::text::text;

const HASHES: &[(&str, Hash)] = &[
    ("sha1", Hash::Sha1),
    ("sha256", Hash::Sha256),
    ("sha384", Hash::Sha384),
    ("sha512", Hash::Sha512),
];

/// Verifies a CMS SignedData message. The options are `message`, `content` or `contentDigests` if the
/// signature is detached, and those of [`super::verify_certificate`]. Results and errors list the outcome of
/// each signer in `signers`.
#[must_use]
pub fn verify_signed_data(options: &str, bytes: &[u8]) -> String {
    exported(options, bytes, &|members, input| {
        let message = input
            .document(members, "message", CMS)?
            .ok_or_else(|| missing("message"))?;
        let content = input.bytes(members, "content")?.map(Content::Data);
        let digests = digests(members, input)?;
        if content.is_some() && digests.is_some() {
            return Err(invalid("give either content or contentDigests, not both"));
        }
        let content = content.or(digests.as_deref().map(Content::Digests));
        let allow_sha1 = members.flag("allowSha1")?;
        with_certificate_options(members, input, &|rules, requests| {
            let (certificates, limits) = match rules {
                Rules::Path(path) => (path.intermediates, path.limits),
                Rules::Card(card) => (card.intermediates, card.limits),
            };
            let mut options = CmsOptions {
                content,
                certificates,
                limits,
                ..CmsOptions::default()
            };
            set(&mut options.allow_sha1, allow_sha1);
            let outcome = rules.verify_signed_data(&message, &options);
            Ok(answer(outcome, input, requests, rules))
        })
    })
}

type Digests<'a> = Vec<(Hash, &'a [u8])>;

/// `contentDigests`: `{"sha256": bytes}`, for contents that are too long for the buffer.
fn digests<'a>(members: &Members<'_, '_>, input: &Input<'a>) -> Result<Option<Digests<'a>>, Error> {
    const NAME: &str = "contentDigests";
    match members.get(NAME) {
        None => Ok(None),
        Some(Value::Object(given)) => {
            let each = given
                .iter()
                .map(|(name, bytes)| Ok((word(name, NAME, HASHES)?, input.slice(bytes, NAME)?)));
            each.collect::<Result<_, _>>().map(Some)
        }
        Some(_) => Err(of_another_type(NAME, "an object")),
    }
}

fn answer(
    outcome: Outcome<'_, Judgement>,
    input: &Input<'_>,
    requests: &Requests<'_>,
    rules: &Rules<'_>,
) -> String {
    match outcome {
        Ok(data) => accepted(|json| {
            json.name("contentType").string(&data.content_type.to_text());
            json.name("content");
            content(json, &data, input);
            json.name("signers").list(&data.signers, |json, signer| {
                json.object(|json| write_signer(json, signer, rules));
            });
            report(json.name("report"), &data.report);
            requests.write(json);
        }),
        Err(refusal_of_message) => refused_with(&refusal_of_message.error, |json| {
            json.name("signers")
                .list(&refusal_of_message.signers, |json, signer| {
                    json.object(|json| match signer {
                        Ok(signer) => {
                            json.name("ok").verbatim("true");
                            write_signer(json, signer, rules);
                        }
                        Err(error) => {
                            json.name("ok").verbatim("false");
                            refusal(json, error);
                        }
                    });
                });
            requests.write(json);
        }),
    }
}

/// Writes the enclosed content: its place in the buffer, or base64 if it was segmented.
fn content(json: &mut Json, data: &SignedData<'_, Judgement>, input: &Input<'_>) {
    match data.content.as_deref() {
        None => json.verbatim("null"),
        Some(content) => match input.place(content) {
            Some((offset, length)) => json.verbatim(&text!["[", offset, ",", length, "]"]),
            None => json.base64(content),
        },
    }
}

fn write_signer(json: &mut Json, signer: &Signer<'_, Judgement>, rules: &Rules<'_>) {
    json.name("scheme").string(signer.scheme.as_str());
    json.name("claimedSigningTime");
    match signer.claimed_signing_time {
        Some(time) => json.number(time),
        None => json.verbatim("null"),
    }
    if let Some(found) = Found::of(&signer.chain, signer.certificate, rules) {
        found.write(json);
    }
    report(json.name("report"), &signer.report);
}

//! The signed content and its digests, each computed once.

use alloc::vec::Vec;

use super::message::Message;
use crate::code::Code;
use crate::error::Error;
use crate::signature::Hash;

/// The content of a detached signature.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Content<'a> {
    /// The bytes themselves.
    Data(&'a [u8]),
    /// Its digests, so that long contents need not be in memory; one for each hash that a signer uses.
    Digests(&'a [(Hash, &'a [u8])]),
}

/// A content in two parts, with a function that computes its digests.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) parts: [&'a [u8]; 2],
    pub(super) digest: &'a dyn Fn(Hash) -> Option<Vec<u8>>,
}

/// The digests of the content, from any source.
pub(super) struct Digests<'a> {
    /// The content; if it is in parts, the first part.
    pub(super) data: Option<&'a [u8]>,
    parts: Option<Parts<'a>>,
    given: &'a [(Hash, &'a [u8])],
    computed: Vec<(Hash, Vec<u8>)>,
}

impl<'a> Digests<'a> {
    /// The content of the message or of the options. If there are both, they must be equal.
    pub(super) fn of(message: &'a Message<'_>, handed: Option<Content<'a>>) -> Result<Self, Error> {
        let mut digests = Self {
            data: message.content.as_deref(),
            parts: None,
            given: &[],
            computed: Vec::new(),
        };
        match (digests.data, handed) {
            (Some(_), None) => {}
            (Some(enclosed), Some(Content::Data(data))) if enclosed == data => {}
            (Some(_), Some(Content::Data(_))) => return Err(another()),
            (Some(_), Some(Content::Digests(given))) => {
                lengths(given)?;
                for (hash, digest) in given {
                    if digests.get(*hash)? != *digest {
                        return Err(another());
                    }
                }
            }
            (None, Some(Content::Data(data))) => digests.data = Some(data),
            (None, Some(Content::Digests(given))) => {
                lengths(given)?;
                digests.given = given;
            }
            (None, None) => {
                return Err(Error::new(
                    Code::ContentMissing,
                    "the signature is detached; give the content or its digest",
                ));
            }
        }
        Ok(digests)
    }

    /// The same for a content in parts.
    pub(super) fn of_parts(message: &Message<'_>, parts: Parts<'a>) -> Result<Self, Error> {
        let [before, after] = parts.parts;
        let is_same = |enclosed: &[u8]| {
            let rest = enclosed.strip_prefix(before);
            rest.is_some_and(|rest| rest == after)
        };
        if message
            .content
            .as_deref()
            .is_some_and(|enclosed| !is_same(enclosed))
        {
            return Err(another());
        }
        Ok(Self {
            data: Some(before),
            parts: Some(parts),
            given: &[],
            computed: Vec::new(),
        })
    }

    pub(super) fn get(&mut self, hash: Hash) -> Result<Vec<u8>, Error> {
        if let Some((_, digest)) = self.computed.iter().find(|(of, _)| *of == hash) {
            return Ok(digest.clone());
        }
        let given = self.given.iter().find(|(of, _)| *of == hash);
        let digest = match (self.parts, self.data, given) {
            (Some(parts), ..) => (parts.digest)(hash).ok_or_else(|| {
                Error::new(
                    Code::ContentMissing,
                    "the content has no digest with the signer's hash algorithm",
                )
            })?,
            (None, Some(data), _) => hash.digest(data),
            (None, None, Some((_, digest))) => digest.to_vec(),
            (None, None, None) => {
                return Err(Error::new(
                    Code::ContentMissing,
                    "the signature is detached; give a digest of the content with the signer's hash algorithm",
                ));
            }
        };
        self.computed.push((hash, digest.clone()));
        Ok(digest)
    }
}

fn lengths(given: &[(Hash, &[u8])]) -> Result<(), Error> {
    if given.iter().all(|(hash, digest)| digest.len() == hash.length()) {
        Ok(())
    } else {
        Err(Error::new(
            Code::OptionsInvalid,
            "the length of a content digest does not match its hash algorithm",
        ))
    }
}

fn another() -> Error {
    Error::new(
        Code::ContentMismatch,
        "the given content differs from the content in the message",
    )
}

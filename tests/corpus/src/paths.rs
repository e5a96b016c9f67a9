//! Verifies every certificate among those of its folder.

use std::collections::HashMap;

use crate::classes::FOUND_ELSEWHERE;
use crate::corpus::{Corpus, Folder};
use crate::facts;
use crate::ours::{self, Refusal};
use crate::peer::{self, Peer, Read};
use crate::question::{Question, moment};
use crate::shape::Kind;
use crate::tally::{Stage, Tally, Verdicts};

/// The maximum number of certificates for the search of a path.
const MOST: usize = 1_500;

/// The certificates of one folder, with their names.
pub struct Ground<'c> {
    pub corpus: &'c Corpus,
    pub certificates: Vec<usize>,
    pub anchors: Vec<usize>,
    by_subject: HashMap<&'c [u8], Vec<usize>>,
}

impl<'c> Ground<'c> {
    pub fn new(peer: &Peer<'c>, objects: &[usize]) -> Self {
        let corpus = peer.corpus;
        let certificates: Vec<_> = objects
            .iter()
            .copied()
            .filter(|object| facts::is_certificate(&corpus.objects[*object].der))
            .take(MOST)
            .collect();
        let mut by_subject: HashMap<_, Vec<_>> = HashMap::new();
        let mut anchors = Vec::new();
        for object in &certificates {
            let Some((issuer, subject)) = facts::names(&corpus.objects[*object].der) else {
                continue;
            };
            by_subject.entry(subject).or_default().push(*object);
            if issuer == subject && peer.signed_by(*object, *object) == Some(true) {
                anchors.push(*object);
            }
        }
        Self {
            corpus,
            certificates,
            anchors,
            by_subject,
        }
    }

    pub fn named(&self, subject: &[u8]) -> &[usize] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The candidate issuers of a certificate by name; those whose key signed it come first.
    pub fn issuers(&self, peer: &Peer<'_>, object: usize) -> Vec<usize> {
        let Some((issuer, _)) = facts::names(&self.corpus.objects[object].der) else {
            return Vec::new();
        };
        let mut issuers: Vec<_> = self.named(issuer).to_vec();
        issuers.sort_by_key(|issuer| peer.signed_by(object, *issuer) != Some(true));
        issuers
    }

    /// The question for a certificate, at a time when it and its issuers are valid, if there is one.
    pub fn question(&self, peer: &Peer<'_>, leaf: usize) -> Question {
        let (mut from, mut until) = validity(self.corpus, leaf).unwrap_or((0, 0));
        let mut at = leaf;
        for _ in 0..8 {
            let issuer = self.issuers(peer, at).into_iter().next();
            let Some(issuer) = issuer.filter(|issuer| *issuer != at) else {
                break;
            };
            if let Some((first, last)) = validity(self.corpus, issuer)
                && first.max(from) < last.min(until)
            {
                (from, until) = (first.max(from), last.min(until));
            }
            at = issuer;
        }
        // If the path does not reach a self-signed certificate, its last certificate is the trust anchor.
        let mut anchors = self.anchors.clone();
        let partial = at != leaf && !anchors.contains(&at);
        if partial {
            anchors.push(at);
        }
        Question {
            leaf,
            anchors,
            partial,
            intermediates: self
                .certificates
                .iter()
                .copied()
                .filter(|object| *object != leaf)
                .collect(),
            time: moment(from, until),
            from,
            until,
            ..Question::default()
        }
    }
}

fn validity(corpus: &Corpus, object: usize) -> Option<(i64, i64)> {
    match peer::read(Kind::Certificate, &corpus.objects[object].der) {
        Ok(Read::Certificate {
            from: Some(from),
            until: Some(until),
            ..
        }) => Some((from, until)),
        _ => None,
    }
}

/// The indexes of a path's certificates among those of the question.
pub fn places(corpus: &Corpus, question: &Question, path: &[Vec<u8>]) -> Vec<usize> {
    let known = || {
        let own = std::iter::once(&question.leaf);
        own.chain(&question.anchors).chain(&question.intermediates)
    };
    path.iter()
        .filter_map(|der| {
            known()
                .copied()
                .find(|object| corpus.objects[*object].der == *der)
        })
        .collect()
}

/// The same question with the certificates of one path alone.
pub fn alone(question: &Question, path: &[usize]) -> Question {
    let (anchor, rest) = path
        .split_last()
        .map_or((&question.leaf, path), |(anchor, rest)| (anchor, rest));
    Question {
        anchors: vec![*anchor],
        intermediates: rest
            .iter()
            .copied()
            .filter(|object| *object != question.leaf)
            .collect(),
        ..question.clone()
    }
}

/// Asks both. If they differ, asks again with only the path that one of them found, because the search for a
/// path is not compared.
pub fn ask(peer: &Peer<'_>, tally: &mut Tally, stage: Stage, question: &Question) {
    let corpus = peer.corpus;
    let place = corpus.place(question.leaf);
    let ours = ours::path(corpus, question);
    let (strict, lax) = (peer.path(question, true), peer.path(question, false));
    let found = match (&ours, &strict, &lax) {
        (Ok(path), Err(_), _) => path,
        (Err(_), Ok(path), _) => path,
        _ => &Vec::new(),
    };
    let path = places(corpus, question, found);
    let facts: Vec<&[u8]> = path
        .iter()
        .chain(&question.crls)
        .map(|object| &corpus.objects[*object].der[..])
        .collect();
    let verdicts = if path.is_empty() {
        Verdicts {
            ours: ours.map(|_| ()),
            strict: strict.map(|_| ()),
            lax: lax.map(|_| ()),
        }
    } else {
        let again = alone(question, &path);
        let narrowed = Verdicts {
            ours: ours::path(corpus, &again).map(|_| ()),
            strict: peer.path(&again, true).map(|_| ()),
            lax: peer.path(&again, false).map(|_| ()),
        };
        match (&ours, &narrowed.strict, &narrowed.ours) {
            // Both accept this path.
            (Ok(_), Ok(()), Ok(())) => Verdicts {
                ours: Ok(()),
                strict: Err(format!("{FOUND_ELSEWHERE}: {}", said(&strict))),
                lax: lax
                    .map(|_| ())
                    .map_err(|error| format!("{FOUND_ELSEWHERE}: {error}")),
            },
            (Err(refusal), Ok(()), Ok(())) => Verdicts {
                ours: Err(Refusal {
                    message: format!("{FOUND_ELSEWHERE}: {}", refusal.message),
                    code: refusal.code.clone(),
                }),
                ..narrowed
            },
            _ => narrowed,
        }
    };
    tally.note(stage, &place, verdicts, &facts, question.time);
}

fn said<T>(result: &Result<T, String>) -> &str {
    result.as_ref().err().map_or("", String::as_str)
}

/// Every certificate of a folder.
pub fn compare(peer: &Peer<'_>, tally: &mut Tally, folder: &Folder) {
    let ground = Ground::new(peer, &folder.objects);
    for leaf in &ground.certificates {
        let issuers = ground.issuers(peer, *leaf);
        for issuer in issuers.iter().take(4) {
            signature(peer, tally, *leaf, *issuer);
        }
        if issuers.is_empty() {
            tally.unasked("a path, without the issuer's certificate");
        } else {
            ask(peer, tally, Stage::Path, &ground.question(peer, *leaf));
        }
    }
}

/// One signature with one key.
pub fn signature(peer: &Peer<'_>, tally: &mut Tally, object: usize, issuer: usize) {
    let corpus = peer.corpus;
    let Some(theirs) = peer.signed_by(object, issuer) else {
        tally.unasked("a signature, by a key that OpenSSL cannot read");
        return;
    };
    let strict = if theirs {
        Ok(())
    } else {
        Err("signature failure".to_owned())
    };
    let verdicts = Verdicts {
        ours: ours::signed_by(corpus, object, issuer),
        lax: strict.clone(),
        strict,
    };
    let facts = [&corpus.objects[object].der[..], &corpus.objects[issuer].der[..]];
    tally.note(Stage::Signature, &corpus.place(object), verdicts, &facts, 0);
}

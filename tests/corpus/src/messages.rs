//! CMS messages: their signatures alone, then with the paths of their signers.

use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::corpus::{Corpus, Folder};
use crate::facts;
use crate::find;
use crate::ours;
use crate::paths::{Ground, places};
use crate::peer::Peer;
use crate::question::Question;
use crate::shape::Kind;
use crate::tally::{Stage, Tally, Verdicts};

pub fn compare(peer: &Peer<'_>, tally: &mut Tally, folder: &Folder) {
    let corpus = peer.corpus;
    let all = folder.objects.iter().copied();
    let messages: Vec<_> = all
        .filter(|object| corpus.objects[*object].kind == Kind::Cms)
        .collect();
    if messages.is_empty() {
        return;
    }
    let ground = Ground::new(peer, &folder.objects);
    for message in messages {
        ask(peer, tally, &ground, message);
    }
}

fn ask(peer: &Peer<'_>, tally: &mut Tally, ground: &Ground<'_>, message: usize) {
    let corpus = peer.corpus;
    let der = &corpus.objects[message].der;
    let content = content_beside(corpus, message);
    let signers: Vec<_> = ground
        .certificates
        .iter()
        .copied()
        .filter(|object| signs(corpus, *object, der))
        .collect();
    let mut question = signers
        .first()
        .map(|signer| ground.question(peer, *signer))
        .unwrap_or_default();
    // The certificates of its path are facts too.
    let path = match peer.path(&question, false) {
        Ok(path) if !signers.is_empty() => places(corpus, &question, &path),
        _ => signers.clone(),
    };
    let inside = find::objects("", der);
    let inside = inside
        .iter()
        .filter(|(kind, _)| *kind == Kind::Certificate)
        .map(|(_, der)| &der[..]);
    let enclosed: Vec<&[u8]> = std::iter::once(&der[..]).chain(inside).collect();
    let known = std::iter::once(&message).chain(&path);
    let known: Vec<&[u8]> = known.map(|object| &corpus.objects[*object].der[..]).collect();
    let place = corpus.place(message);
    let put = |tally: &mut Tally, stage, facts: &[&[u8]], question: Option<&Question>| {
        let verdicts = Verdicts {
            ours: ours::message(corpus, message, content.as_deref(), question),
            strict: peer.message(message, content.as_deref(), question, true),
            lax: peer.message(message, content.as_deref(), question, false),
        };
        tally.note(
            stage,
            &place,
            verdicts,
            facts,
            question.map_or(0, |question| question.time),
        );
    };
    put(tally, Stage::Message, &enclosed, None);
    let Some(signer) = signers.first() else {
        tally.unasked("a message's signers, without the certificate of one");
        return;
    };
    // There may be other signers.
    question.intermediates.push(*signer);
    if question.anchors.is_empty() {
        tally.unasked("a message's signers, without an anchor");
        return;
    }
    put(tally, Stage::Signers, &known, Some(&question));
}

/// Whether a signer identifier of the message matches this certificate, by issuer and serial number or by key
/// identifier.
fn signs(corpus: &Corpus, certificate: usize, message: &[u8]) -> bool {
    let der = &corpus.objects[certificate].der;
    let (Some((issuer, _)), Some(serial)) = (facts::names(der), facts::serial(der)) else {
        return false;
    };
    let named = crate::write::seq(&[issuer, &crate::write::int(serial)]);
    let has = |needle: &[u8]| message.windows(needle.len()).any(|part| part == needle);
    let key = facts::extensions(der, "2.5.29.14");
    let by_key = key
        .first()
        .and_then(|key| key.value.get(2..))
        .map(|key| crate::write::tlv(0x80, key));
    has(&named)
        || by_key
            .is_some_and(|key| key.len() > 10 && has(&key) && !der.windows(key.len()).any(|part| part == key))
}

/// The file beside a message whose digest is in the message.
fn content_beside(corpus: &Corpus, message: usize) -> Option<Vec<u8>> {
    let der = &corpus.objects[message].der;
    // id-data without content.
    let detached = [0x30, 0x0b, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    if !der.windows(detached.len()).any(|part| part == detached) {
        return None;
    }
    let holds = |digest: &[u8]| der.windows(digest.len()).any(|part| part == digest);
    let sha1 = |file: &[u8]| {
        openssl::hash::hash(openssl::hash::MessageDigest::sha1(), file).map(|digest| holds(&digest))
    };
    let mut candidates = corpus.beside(message);
    candidates.extend(signed_part(&corpus.file(message)));
    candidates.into_iter().find(|file| {
        holds(&Sha256::digest(file))
            || holds(&Sha384::digest(file))
            || holds(&Sha512::digest(file))
            || sha1(file).unwrap_or(false)
    })
}

/// The first part of a multipart/signed mail, with the line ends of its transfer form (RFC 8551 §3.1.1).
fn signed_part(mail: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let (_, rest) = text.split_once("boundary=")?;
    let boundary: String = rest
        .trim_start_matches('"')
        .chars()
        .take_while(|one| !matches!(one, '"' | '\n' | ';'))
        .collect();
    let line = format!("\n--{boundary}\n");
    let (_, parts) = text.split_once(&line)?;
    let (part, _) = parts.split_once(&line)?;
    Some(part.replace('\n', "\r\n").into_bytes())
}

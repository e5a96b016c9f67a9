//! Checks CRLs and OCSP responses for the certificates in the same place.

use crate::corpus::{Corpus, Folder};
use crate::facts;
use crate::ours;
use crate::paths::{self, Ground, alone, places};
use crate::peer::{self, Answer, Peer, Read};
use crate::shape::Kind;
use crate::tally::{Stage, Tally, Verdicts};

/// The maximum number of certificates for one CRL.
const MOST: usize = 12;
const DAY: i64 = 86_400;

/// Every CRL and OCSP response of a folder, with the certificates in it and beside it.
pub fn compare(peer: &Peer<'_>, tally: &mut Tally, folder: &Folder) {
    let corpus = peer.corpus;
    let of_kind = |kind| {
        let all = folder.objects.iter().copied();
        all.filter(|object| corpus.objects[*object].kind == kind)
            .collect::<Vec<_>>()
    };
    let (crls, responses) = (of_kind(Kind::Crl), of_kind(Kind::Ocsp));
    if crls.is_empty() && responses.is_empty() {
        return;
    }
    let ground = Ground::new(peer, &corpus.around(folder));
    for object in crls {
        crl(peer, tally, &ground, object);
    }
    for object in responses {
        response(peer, tally, &ground, object);
    }
}

fn crl(peer: &Peer<'_>, tally: &mut Tally, ground: &Ground<'_>, object: usize) {
    let corpus = peer.corpus;
    let der = &corpus.objects[object].der;
    let Some(issuer) = facts::crl_issuer(der) else {
        return;
    };
    for key in ground.named(issuer).iter().take(4) {
        paths::signature(peer, tally, object, *key);
    }
    let Ok(Read::Crl {
        this: Some(this),
        next,
        ..
    }) = peer::read(Kind::Crl, der)
    else {
        return;
    };
    let issued = |leaf: &usize| {
        let names = facts::names(&corpus.objects[*leaf].der);
        names.is_some_and(|(by, subject)| by == issuer && subject != issuer)
    };
    let mut leaves: Vec<_> = ground.certificates.iter().copied().filter(issued).collect();
    // Those in the CRL come first.
    leaves.sort_by_key(|leaf| {
        let serial = facts::serial(&corpus.objects[*leaf].der).unwrap_or_default();
        !der.windows(serial.len().max(1)).any(|part| part == serial)
    });
    if leaves.is_empty() || ground.named(issuer).is_empty() {
        tally.unasked("a CRL, without a certificate and its issuer");
        return;
    }
    for leaf in leaves.into_iter().take(MOST) {
        let mut question = ground.question(peer, leaf);
        question.within(this, next.unwrap_or(this + DAY));
        question.crls = vec![object];
        paths::ask(peer, tally, Stage::Crl, &question);
    }
}

fn response(peer: &Peer<'_>, tally: &mut Tally, ground: &Ground<'_>, object: usize) {
    let corpus = peer.corpus;
    let Ok(Read::Ocsp { answers, .. }) = peer::read(Kind::Ocsp, &corpus.objects[object].der) else {
        return;
    };
    let mut asked = false;
    for answer in &answers {
        let fits = |leaf: &usize| {
            let serial = facts::serial(&corpus.objects[*leaf].der).map(peer::signed_number);
            let issued =
                facts::names(&corpus.objects[*leaf].der).is_some_and(|(issuer, subject)| issuer != subject);
            issued && serial.as_ref() == Some(&answer.serial)
        };
        for leaf in ground.certificates.iter().copied().filter(fits).take(4) {
            for issuer in ground
                .issuers(peer, leaf)
                .into_iter()
                .filter(|issuer| *issuer != leaf)
                .take(1)
            {
                asked = true;
                ask(peer, tally, ground, object, answer, leaf, issuer);
            }
        }
    }
    if !asked {
        tally.unasked("an OCSP response, without the certificate and its issuer");
    }
}

fn ask(
    peer: &Peer<'_>,
    tally: &mut Tally,
    ground: &Ground<'_>,
    response: usize,
    answer: &Answer,
    leaf: usize,
    mut issuer: usize,
) {
    let corpus = peer.corpus;
    let mut question = ground.question(peer, leaf);
    let Some(this) = answer.this else { return };
    question.within(this, answer.next.unwrap_or(this + DAY));
    // With one path only, because the search for a path is not compared here.
    if let Ok(path) = peer
        .path(&question, false)
        .or_else(|_| ours::path(corpus, &question))
    {
        let path = places(corpus, &question, &path);
        issuer = path.get(1).copied().unwrap_or(issuer);
        question = alone(&question, &path);
    }
    question.ocsp = vec![response];
    let current = question.time >= this && answer.next.is_none_or(|end| question.time <= end);
    let says = || match peer.certificate(issuer) {
        _ if !current => Err("the answer is not current".to_owned()),
        Some(issuer) => peer.ocsp(&question, response, &issuer),
        None => Err("unreadable issuer".to_owned()),
    };
    let verdicts = Verdicts {
        ours: ours::path(corpus, &question).map(|_| ()),
        strict: peer.path(&question, true).map(|_| ()).and_then(|()| says()),
        lax: peer.path(&question, false).map(|_| ()).and_then(|()| says()),
    };
    let facts: Vec<&[u8]> = [leaf, response, issuer]
        .iter()
        .map(|object| &corpus.objects[*object].der[..])
        .collect();
    tally.note(
        Stage::Ocsp,
        &Corpus::place(corpus, response),
        verdicts,
        &facts,
        question.time,
    );
}

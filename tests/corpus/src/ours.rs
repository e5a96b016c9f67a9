//! The verdicts of honnin.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use honnin::cms::{CmsOptions, Content, verify_signed_data, verify_signed_data_with};
use honnin::der::Reader;
use honnin::inspect::{Field, Inspection, inspect};
use honnin::x509::{
    Algorithm, Certificate, Crl, PathOptions, Requirement, TrustAnchor, verify_certificate, verify_signed,
};
use honnin::{Error, Report};

use crate::corpus::Corpus;
use crate::facts;
use crate::question::Question;
use crate::shape::Kind;

/// The maximum time for one object.
const LONGEST: Duration = Duration::from_secs(2);
/// A hundred years, for responses without nextUpdate.
const EVER: i64 = 100 * 366 * 86_400;

/// An error: its code and its message.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub code: String,
    pub message: String,
}

/// Failures that must never occur.
pub const PANIC: &str = "PANIC";
pub const SLOW: &str = "SLOW";

fn refusal(error: &Error) -> Refusal {
    Refusal {
        code: error.code().as_str().to_owned(),
        message: error.message().to_owned(),
    }
}

/// The start of the current question, and its last note.
static ASKED: Mutex<(Option<Instant>, String)> = Mutex::new((None, String::new()));
/// The time after which the program ends.
const NEVER: Duration = Duration::from_secs(20);

fn asked() -> MutexGuard<'static, (Option<Instant>, String)> {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers the object in question.
pub fn last(place: &str) {
    asked().1 = place.to_owned();
}

/// Ends the program if a question takes too long.
pub fn watch() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let asked = asked();
            if asked.0.is_some_and(|start| start.elapsed() > NEVER) {
                println!("BROKEN: no answer within {NEVER:?}, right after {}", asked.1);
                std::process::exit(1);
            }
        }
    });
}

/// Runs `work`. A panic and a timeout become errors of their own.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    let failure = |code: &str, message: String| Refusal {
        code: code.to_owned(),
        message,
    };
    let start = Instant::now();
    asked().0 = Some(start);
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(failure(PANIC, String::new())));
    asked().0 = None;
    match start.elapsed() {
        long if long > LONGEST => Err(failure(SLOW, format!("{long:?}"))),
        _ => result,
    }
}

pub fn describe(der: &[u8]) -> Result<Inspection, Refusal> {
    guarded(|| {
        let found = inspect(der).map_err(|error| refusal(&error))?;
        // Users receive it as JSON.
        match serde_json::from_str::<serde_json::Value>(&found.to_json()) {
            Ok(_) => Ok(found),
            Err(error) => Err(Refusal {
                code: PANIC.to_owned(),
                message: format!("no JSON: {error}"),
            }),
        }
    })
}

/// The value of the field with this label.
pub fn value<'f>(fields: &'f [Field], label: &str) -> Option<&'f str> {
    fields.iter().find(|field| field.label == label)?.value.as_deref()
}

fn bytes<'c>(corpus: &'c Corpus, objects: &[usize]) -> Vec<&'c [u8]> {
    objects
        .iter()
        .map(|object| &corpus.objects[*object].der[..])
        .collect()
}

/// Calls `ask` with the options for the question. Unreadable trust anchors are left out.
fn with_options<T>(
    corpus: &Corpus,
    question: &Question,
    ask: impl FnOnce(&PathOptions<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let anchors = bytes(corpus, &question.anchors);
    let anchors: Vec<_> = anchors
        .iter()
        .filter_map(|der| TrustAnchor::from_certificate(der).ok())
        .collect();
    let (intermediates, crls, ocsp) = (
        bytes(corpus, &question.intermediates),
        bytes(corpus, &question.crls),
        bytes(corpus, &question.ocsp),
    );
    let mut options = PathOptions::new(&anchors, question.time);
    options.intermediates = &intermediates;
    options.allow_sha1 = true;
    options.revocation.crls = &crls;
    options.revocation.ocsp_responses = &ocsp;
    options.revocation.clock_tolerance = 0;
    options.revocation.ocsp_max_age_without_end = Some(EVER);
    options.revocation.require = if crls.is_empty() && ocsp.is_empty() {
        Requirement::Nothing
    } else {
        Requirement::Certificate
    };
    ask(&options)
}

/// Verifies a path. Returns its certificates in DER, the trust anchor last.
pub fn path(corpus: &Corpus, question: &Question) -> Result<Vec<Vec<u8>>, Refusal> {
    guarded(|| {
        with_options(corpus, question, |options| {
            let leaf = &corpus.objects[question.leaf].der;
            let found = verify_certificate(leaf, options).map_err(|error| refusal(&error))?;
            let anchor = found.anchor.certificate().map(Certificate::as_der);
            let path = found.certificates.iter().map(Certificate::as_der);
            Ok(path.chain(anchor).map(<[u8]>::to_vec).collect())
        })
    })
}

/// Whether the key of a certificate signed another certificate or a CRL.
pub fn signed_by(corpus: &Corpus, object: usize, issuer: usize) -> Result<(), Refusal> {
    let kind = corpus.objects[object].kind;
    let (object, issuer) = (&corpus.objects[object].der, &corpus.objects[issuer].der);
    let missing = || Refusal {
        code: "not-asked".to_owned(),
        message: String::new(),
    };
    let (data, algorithm, signature) = facts::signed(object).ok_or_else(missing)?;
    let spki = facts::key(issuer).ok_or_else(missing)?;
    guarded(|| {
        // Signatures of unreadable objects are not checked.
        let read = match kind {
            Kind::Crl => Crl::from_der(object).map(|_| ()),
            _ => Certificate::from_der(object).map(|_| ()),
        };
        read.map_err(|error| refusal(&error))?;
        let algorithm = Algorithm::read(&mut Reader::new(algorithm)).map_err(|_| missing())?;
        verify_signed(data, &algorithm, signature, spki, true).map_err(|error| refusal(&error))
    })
}

/// Whether the signatures of a message are valid; with the path of each signer if there is a question.
pub fn message(
    corpus: &Corpus,
    message: usize,
    content: Option<&[u8]>,
    question: Option<&Question>,
) -> Result<(), Refusal> {
    let der = &corpus.objects[message].der;
    let mut cms = CmsOptions::default();
    cms.content = content.map(Content::Data);
    cms.allow_sha1 = true;
    guarded(|| match question {
        Some(question) => with_options(corpus, question, |options| {
            verify_signed_data(der, &cms, options)
                .map(|_| ())
                .map_err(|refused| refusal(&refused.error))
        }),
        None => verify_signed_data_with(der, &cms, |_, _| Ok(((), Report::default())))
            .map(|_| ())
            .map_err(|refused| refusal(&refused.error)),
    })
}

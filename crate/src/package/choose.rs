//! Chooses the evidence for a package.

use super::evidence::{Candidates, For, Piece, judge, judge_with_all};
use crate::code::Code;
use crate::error::Error;
use crate::signer::Rules;
use crate::text::text;
use crate::x509::{Certificate, Revocation};

/// The maximum number of candidates.
const MAX_CANDIDATES: usize = 64;

/// The chosen evidence.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Chosen<'a> {
    /// The OCSP response or CRL.
    pub piece: Piece<'a>,
    /// Its thisUpdate as Unix time in seconds, which becomes the evidence time of the package.
    pub time: i64,
}

/// Chooses the newest OCSP response that shows on its own that the certificate was good, or else the newest
/// such CRL. One is enough, and a response has a thousandth of the size of a CRL.
///
/// The evidence must show that the certificate was good at its own time, and must be current now. All
/// candidates together must show that the certificate is good now, because a card, or the signer of a
/// response, may have been revoked since an old CRL, and a package must not claim more than a verification
/// now does. The rules for now are those of a verification without a package: `clock_tolerance`, and the maximum
/// ages and the nonce in the `revocation` of the rules. `now` is a Unix time in seconds, `clock_tolerance` is in
/// seconds.
///
/// # Errors
/// - [`Code::CertificateRevoked`]: the certificate is revoked now
/// - [`Code::PathBudgetExhausted`]: all candidates together exceed the limits
/// - [`Code::OptionsInvalid`]: more than 64 candidates
pub fn choose_evidence<'a>(
    certificate: &[u8],
    candidates: &Candidates<'a>,
    rules: &Rules<'_>,
    now: i64,
    clock_tolerance: i64,
) -> Result<Option<Chosen<'a>>, Error> {
    if candidates.ocsp_responses.len() + candidates.crls.len() > MAX_CANDIDATES {
        return Err(Error::new(
            Code::OptionsInvalid,
            text![
                "more than ",
                MAX_CANDIDATES,
                " CRLs and OCSP responses; give fewer"
            ],
        ));
    }
    let read = Certificate::from_der(certificate)?;
    let today = For::today(now, clock_tolerance, rules);
    let together = match judge_with_all(certificate, rules, today, candidates) {
        Ok(judged) if judged.judgement.revocation() == Revocation::Good => judged,
        Err(error) if is_final(&error) => return Err(error),
        // Problems of the certificate itself are reported by the verification of the package.
        _ => return Ok(None),
    };
    let settles = |piece: &Piece<'_>, at| judge(certificate, rules, at, Some(piece)).is_ok();
    let responses = candidates.ocsp_responses.iter().map(|der| Piece::Ocsp(der));
    let lists = candidates.crls.iter().map(|der| Piece::Crl(der));
    let mut by_response = None;
    let mut by_list = None;
    for piece in responses.chain(lists) {
        let Some(time) = piece.time(&read, &together.issuer_spki) else {
            continue;
        };
        let best: &mut Option<Chosen<'a>> = match piece {
            Piece::Ocsp(_) => &mut by_response,
            Piece::Crl(_) => &mut by_list,
        };
        let newer = best.is_none_or(|best| best.time < time);
        // At its own time, without clock tolerance, as in the verification of the package.
        if newer && settles(&piece, today) && settles(&piece, For::time(time, 0)) {
            *best = Some(Chosen { piece, time });
        }
    }
    Ok(by_response.or(by_list))
}

/// Whether no other evidence can change the result.
fn is_final(error: &Error) -> bool {
    matches!(error.code(), Code::CertificateRevoked | Code::PathBudgetExhausted)
}

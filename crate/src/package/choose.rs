//! Choosing the evidence for a package.

use super::evidence::{Candidates, For, Piece, judge, judge_with_all};
use crate::code::Code;
use crate::error::Error;
use crate::signer::Rules;
use crate::x509::{Certificate, Revocation};

/// The most pieces that are looked at.
const MAX_CANDIDATES: usize = 64;

/// The evidence that was chosen.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Chosen<'a> {
    /// The piece.
    pub piece: Piece<'a>,
    /// Its time, in seconds since 1970: that of the package.
    pub time: i64,
}

/// Chooses the newest OCSP response that shows by itself that the certificate was good, or else the newest such CRL. One
/// piece is enough, and a response is a thousandth of a list.
///
/// It has to show that at its own time and be current today, and all of them together have to show it today: a card may
/// have been revoked since an old list, the signer of a response, too, and a package must not say more than a verification
/// today does. What counts today is what counts in a verification without a package: with `clock_tolerance`, and with the ages
/// and the nonce of the rules' `revocation`.
///
/// # Errors
/// - [`Code::CertificateRevoked`]: a verification today says so
/// - [`Code::PathBudgetExhausted`]: looking at all of them together costs more than the bounds allow
/// - [`Code::OptionsInvalid`]: more than 64 pieces
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
            format!("more than {MAX_CANDIDATES} pieces of evidence to choose from"),
        ));
    }
    let read = Certificate::from_der(certificate)?;
    let today = For::today(now, clock_tolerance, rules);
    let together = match judge_with_all(certificate, rules, today, candidates) {
        Ok(judged) if judged.judgement.revocation() == Revocation::Good => judged,
        Err(error) if is_final(&error) => return Err(error),
        // What is wrong with the certificate itself, whoever verifies the package is told.
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
        // At its own time without any leeway, as the package is verified.
        if newer && settles(&piece, today) && settles(&piece, For::time(time, 0)) {
            *best = Some(Chosen { piece, time });
        }
    }
    Ok(by_response.or(by_list))
}

/// Whether nothing that another piece says can help.
fn is_final(error: &Error) -> bool {
    matches!(error.code(), Code::CertificateRevoked | Code::PathBudgetExhausted)
}

//! Which evidence a package should have.

use super::evidence::{For, Piece, Rules, judge};
use crate::error::{Code, Error};
use crate::x509::Certificate;

/// The most pieces that are looked at.
const MAX_CANDIDATES: usize = 64;

/// Evidence at hand, in DER.
#[derive(Clone, Copy, Default)]
pub struct Candidates<'a> {
    /// OCSP responses.
    pub ocsp_responses: &'a [&'a [u8]],
    /// CRLs.
    pub crls: &'a [&'a [u8]],
}

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
/// # Errors
/// - [`Code::CertificateRevoked`]: one of them shows that it was revoked; the others do not count then
/// - [`Code::OptionsInvalid`]: more than 64 pieces
pub fn choose_evidence<'a>(
    certificate: &[u8],
    candidates: &Candidates<'a>,
    rules: &Rules<'_>,
    now: i64,
    clock_skew: i64,
) -> Result<Option<Chosen<'a>>, Error> {
    if candidates.ocsp_responses.len() + candidates.crls.len() > MAX_CANDIDATES {
        return Err(Error::new(
            Code::OptionsInvalid,
            format!("more than {MAX_CANDIDATES} pieces of evidence to choose from"),
        ));
    }
    let read = Certificate::from_der(certificate)?;
    let responses = candidates.ocsp_responses.iter().map(|der| Piece::Ocsp(der));
    let lists = candidates.crls.iter().map(|der| Piece::Crl(der));
    let mut by_response = None;
    let mut by_list = None;
    for piece in responses.chain(lists) {
        let Some((time, _)) = piece.period(&read) else {
            continue;
        };
        if time > now.saturating_add(clock_skew) {
            continue;
        }
        match judge(certificate, rules, For { time, skew: 0 }, Some(&piece)) {
            Ok(_) => {}
            Err(error) if error.code() == Code::CertificateRevoked => return Err(error),
            Err(_) => continue,
        }
        let best: &mut Option<Chosen<'a>> = match piece {
            Piece::Ocsp(_) => &mut by_response,
            Piece::Crl(_) => &mut by_list,
        };
        if best.is_none_or(|best| best.time < time) {
            *best = Some(Chosen { piece, time });
        }
    }
    Ok(by_response.or(by_list))
}

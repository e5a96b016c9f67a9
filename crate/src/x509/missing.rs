//! What evidence of revocation is missing, so that the caller can fetch it and ask again.

use std::cell::RefCell;

use super::certificate::Certificate;
use super::distribution_point::PointName;
use super::general_name::GeneralName;
use super::ocsp_request::ocsp_request;
use super::revocation_status::{FetchedEvidence, RevocationChecker, RevocationQuery};

/// The most certificates that evidence is asked for at once.
const MAX_REQUESTS: usize = 32;
/// The most names of one extension that are passed on.
const MAX_NAMES: usize = 64;

/// A [`RevocationChecker`] that brings no evidence and lists the certificates for which some is missing.
///
/// Verify with it, fetch what [`MissingEvidence::requests`] asks for, and verify again with what was fetched among the
/// CRLs and OCSP responses, until nothing new is missing. Fetching stays with the caller.
pub struct MissingEvidence<'n> {
    nonce: Option<&'n [u8]>,
    noted: RefCell<Vec<EvidenceRequest>>,
}

/// A certificate whose revocation was not settled, and where evidence about it may be found.
#[derive(Clone)]
#[non_exhaustive]
pub struct EvidenceRequest {
    /// The certificate, in DER. Personal data, if it is a person's.
    pub certificate: Vec<u8>,
    /// The DER of its issuer's SubjectPublicKeyInfo.
    pub issuer_spki: Vec<u8>,
    /// Its CRL distribution points that have full names, in order.
    pub distribution_points: Vec<ListLocation>,
    /// The addresses of its OCSP responders.
    pub ocsp_urls: Vec<String>,
    /// The OCSP request about it, in DER. `None` if the issuer's key cannot be read.
    pub ocsp_request: Option<Vec<u8>>,
}

/// The full names of one CRL distribution point. Every name leads to the same list.
#[derive(Clone)]
#[non_exhaustive]
pub struct ListLocation {
    /// The addresses.
    pub urls: Vec<String>,
    /// The names in a directory, as [`super::Name::to_text`] writes them.
    pub directory_names: Vec<String>,
}

hidden!(MissingEvidence);
hidden!(@owned EvidenceRequest ListLocation);

impl<'n> MissingEvidence<'n> {
    /// With the nonce for the OCSP requests, if any. Verify with the same nonce in [`ocsp_nonce`].
    ///
    /// [`ocsp_nonce`]: super::RevocationOptions::ocsp_nonce
    #[must_use]
    pub const fn new(nonce: Option<&'n [u8]>) -> Self {
        Self {
            nonce,
            noted: RefCell::new(Vec::new()),
        }
    }

    /// What is missing so far: one request for each certificate, at most 32.
    #[must_use]
    pub fn requests(&self) -> Vec<EvidenceRequest> {
        self.noted.borrow().clone()
    }
}

impl RevocationChecker for MissingEvidence<'_> {
    fn fetch_evidence(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let mut noted = self.noted.borrow_mut();
        let der = query.certificate.as_der();
        if noted.len() < MAX_REQUESTS && !noted.iter().any(|request| request.certificate == der) {
            noted.push(EvidenceRequest::about(
                query.certificate,
                query.issuer_spki,
                self.nonce,
            ));
        }
        FetchedEvidence::default()
    }
}

impl EvidenceRequest {
    /// The request about a certificate whose issuer has this SubjectPublicKeyInfo.
    #[must_use]
    pub fn about(certificate: &Certificate<'_>, issuer_spki: &[u8], nonce: Option<&[u8]>) -> Self {
        let extensions = certificate.extensions();
        let distribution_points = extensions.distribution_points().filter_map(|point| {
            let Some(PointName::Full(names)) = point.name else {
                return None;
            };
            let directory_names = names.directory_names();
            Some(ListLocation {
                urls: urls(names.iter()),
                directory_names: directory_names.map(|name| name.to_text()).collect(),
            })
        });
        Self {
            certificate: certificate.as_der().to_vec(),
            issuer_spki: issuer_spki.to_vec(),
            distribution_points: distribution_points.collect(),
            ocsp_urls: urls(extensions.ocsp_responders()),
            ocsp_request: ocsp_request(certificate, issuer_spki, nonce),
        }
    }
}

fn urls<'a>(names: impl Iterator<Item = GeneralName<'a>>) -> Vec<String> {
    let urls = names.filter_map(|name| name.uri());
    urls.take(MAX_NAMES).map(str::to_owned).collect()
}

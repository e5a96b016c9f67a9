//! Collects the missing revocation evidence, for you to fetch before the next verification.

use alloc::{borrow::ToOwned as _, string::String, vec::Vec};
use core::cell::{Ref, RefCell};

use super::certificate::Certificate;
use super::distribution_point::PointName;
use super::general_name::GeneralName;
use super::ocsp_request::ocsp_request;
use super::revocation_status::{FetchedEvidence, RevocationChecker, RevocationQuery};

/// The maximum number of certificates in one list of requests.
const MAX_REQUESTS: usize = 32;
/// The maximum number of names returned from one extension.
const MAX_NAMES: usize = 64;

/// A [`RevocationChecker`] that returns no evidence and lists the certificates with missing evidence.
///
/// Verify with it, fetch what [`MissingEvidence::requests`] lists, and verify again with the fetched CRLs and
/// OCSP responses in the options, until nothing new is missing. The crate never fetches anything itself.
pub struct MissingEvidence<'n> {
    nonce: Option<&'n [u8]>,
    noted: RefCell<Vec<EvidenceRequest>>,
}

/// A certificate whose revocation status is not settled, and the addresses of its revocation evidence.
#[derive(Clone)]
#[non_exhaustive]
pub struct EvidenceRequest {
    /// The DER of the certificate. Personal data, if it belongs to a person.
    pub certificate: Vec<u8>,
    /// The SubjectPublicKeyInfo of the issuer, in DER.
    pub issuer_spki: Vec<u8>,
    /// Its CRL distribution points with full names, in order.
    pub distribution_points: Vec<ListLocation>,
    /// The addresses of its OCSP responders.
    pub ocsp_urls: Vec<String>,
    /// The OCSP request for the certificate, in DER. `None` if the issuer's key cannot be read.
    pub ocsp_request: Option<Vec<u8>>,
}

/// The full names of one CRL distribution point. All of them lead to the same CRL.
#[derive(Clone)]
#[non_exhaustive]
pub struct ListLocation {
    /// The URIs.
    pub urls: Vec<String>,
    /// The directory names, in the form of [`super::Name::to_text`].
    pub directory_names: Vec<String>,
}

hidden!(MissingEvidence);
hidden!(@owned EvidenceRequest ListLocation);

impl<'n> MissingEvidence<'n> {
    /// `nonce` is the nonce for the OCSP requests, if any. Verify with the same nonce in [`ocsp_nonce`].
    ///
    /// [`ocsp_nonce`]: super::RevocationOptions::ocsp_nonce
    #[must_use]
    pub const fn new(nonce: Option<&'n [u8]>) -> Self {
        Self {
            nonce,
            noted: RefCell::new(Vec::new()),
        }
    }

    /// The missing evidence so far: one request for each certificate, at most 32.
    #[must_use]
    pub fn requests(&self) -> Vec<EvidenceRequest> {
        self.noted.borrow().clone()
    }

    /// The same, in place.
    pub(crate) fn noted(&self) -> Ref<'_, Vec<EvidenceRequest>> {
        self.noted.borrow()
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
    /// The request for a certificate. `issuer_spki` is the SubjectPublicKeyInfo of the issuer.
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

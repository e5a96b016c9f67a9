//! `missing`: the revocation evidence that you can fetch before the next call.

use crate::json::Json;
use crate::x509::{Certificate, EvidenceRequest, MissingEvidence, RevocationChecker};

/// The missing evidence, if `revocation.ask` is set.
pub(super) struct Requests<'a>(Option<MissingEvidence<'a>>);

impl<'a> Requests<'a> {
    pub(super) fn new(wanted: bool, nonce: Option<&'a [u8]>) -> Self {
        Self(wanted.then(|| MissingEvidence::new(nonce)))
    }

    pub(super) fn checker(&self) -> Option<&dyn RevocationChecker> {
        let missing = self.0.as_ref()?;
        Some(missing)
    }

    /// Writes `missing` into an open object.
    pub(super) fn write(&self, json: &mut Json) {
        if let Some(missing) = &self.0 {
            json.name("missing").list(missing.noted().iter(), write);
        }
    }
}

fn write(json: &mut Json, request: &EvidenceRequest) {
    json.object(|json| {
        json.name("certificate").base64(&request.certificate);
        // The certificate was verified, so it can be read.
        if let Ok(certificate) = Certificate::from_der(&request.certificate) {
            json.name("serialNumber").string(&certificate.serial_hex());
            json.name("issuer").string(&certificate.issuer().to_text());
        }
        json.name("issuerPublicKey").base64(&request.issuer_spki);
        json.name("distributionPoints")
            .list(&request.distribution_points, |json, point| {
                json.object(|json| {
                    json.name("urls").strings(&point.urls);
                    json.name("directoryNames").strings(&point.directory_names);
                });
            });
        json.name("ocspUrls").strings(&request.ocsp_urls);
        json.name("ocspRequest");
        match &request.ocsp_request {
            Some(request) => json.base64(request),
            None => json.verbatim("null"),
        }
    });
}

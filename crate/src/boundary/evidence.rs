//! What evidence of revocation is missing, so that the caller can fetch it and ask again.

use std::cell::RefCell;

use super::json::Json;
use crate::der::{self, Reader};
use crate::x509::{
    Certificate, FetchedEvidence, GeneralName, GeneralNames, RevocationChecker, RevocationQuery,
    ocsp_request, oids,
};

/// The most certificates that evidence is asked for at once.
const MAX_REQUESTS: usize = 32;
/// The most names that are handed on of one extension.
const MAX_NAMES: usize = 64;
/// id-ad-ocsp, 1.3.6.1.5.5.7.48.1.
const OCSP: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 48, 1];
/// authorityInfoAccess, 1.3.6.1.5.5.7.1.1.
const AUTHORITY_INFO_ACCESS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];

/// Notes every certificate whose revocation was not settled by what was handed over.
pub(super) struct Requests<'a> {
    wanted: bool,
    nonce: Option<&'a [u8]>,
    /// The certificate, and the request as JSON.
    noted: RefCell<Vec<(Vec<u8>, String)>>,
}

impl<'a> Requests<'a> {
    pub(super) const fn new(wanted: bool, nonce: Option<&'a [u8]>) -> Self {
        Self {
            wanted,
            nonce,
            noted: RefCell::new(Vec::new()),
        }
    }

    pub(super) const fn wanted(&self) -> bool {
        self.wanted
    }

    /// Writes `missing`, inside of an object.
    pub(super) fn write(&self, json: &mut Json) {
        if self.wanted {
            json.name("missing")
                .list(self.noted.borrow().iter(), |json, (_, request)| {
                    json.verbatim(request);
                });
        }
    }
}

impl RevocationChecker for Requests<'_> {
    fn fetch(&self, query: &RevocationQuery<'_, '_>) -> FetchedEvidence {
        let mut noted = self.noted.borrow_mut();
        let der = query.certificate.as_der();
        if noted.len() < MAX_REQUESTS && !noted.iter().any(|(certificate, _)| certificate == der) {
            noted.push((der.to_vec(), request(query, self.nonce)));
        }
        FetchedEvidence::default()
    }
}

fn request(query: &RevocationQuery<'_, '_>, nonce: Option<&[u8]>) -> String {
    let certificate = query.certificate;
    let mut json = Json::default();
    json.object(|json| {
        json.name("certificate").base64(certificate.as_der());
        json.name("serialNumber").string(&certificate.serial_hex());
        json.name("issuer").string(&certificate.issuer().to_text());
        json.name("issuerPublicKey").base64(query.issuer_spki);
        json.name("distributionPoints")
            .list(distribution_points(certificate), |json, names| {
                json.object(|json| {
                    json.name("urls").strings(urls(names.iter()));
                    let directory_names = names.directory_names().take(MAX_NAMES);
                    json.name("directoryNames")
                        .strings(directory_names.map(|name| name.to_text()));
                });
            });
        json.name("ocspUrls").strings(urls(ocsp_responders(certificate)));
        json.name("ocspRequest");
        match ocsp_request(certificate, query.issuer_spki, nonce) {
            Some(request) => json.base64(&request),
            None => json.verbatim("null"),
        }
    });
    json.into_text()
}

fn urls<'a>(names: impl Iterator<Item = GeneralName<'a>>) -> impl Iterator<Item = &'a str> {
    names
        .filter_map(|name| match name {
            GeneralName::Uri(uri) => std::str::from_utf8(uri).ok(),
            _ => None,
        })
        .take(MAX_NAMES)
}

fn extension<'a>(certificate: &Certificate<'a>, oid: &[u8]) -> Option<Reader<'a>> {
    let mut extensions = certificate.all_extensions();
    let found = extensions.find(|extension| extension.oid.as_bytes() == oid)?;
    der::outer_sequence(found.value).ok()
}

/// The full names of cRLDistributionPoints (RFC 5280 §4.2.1.13).
fn distribution_points<'a>(certificate: &Certificate<'a>) -> Vec<GeneralNames<'a>> {
    let mut found = Vec::new();
    let Some(mut list) = extension(certificate, oids::CRL_DISTRIBUTION_POINTS.as_bytes()) else {
        return found;
    };
    while let Ok(mut point) = list.sequence() {
        let name = point.optional(der::context_constructed(0)).ok().flatten();
        let full = name.and_then(|name| {
            let full = Reader::new(name).contents(der::context_constructed(0)).ok()?;
            GeneralNames::from_contents(full).ok()
        });
        found.extend(full);
    }
    found
}

/// The places of OCSP in authorityInfoAccess (RFC 5280 §4.2.2.1).
fn ocsp_responders<'a>(certificate: &Certificate<'a>) -> impl Iterator<Item = GeneralName<'a>> + use<'a> {
    let mut list = extension(certificate, AUTHORITY_INFO_ACCESS).unwrap_or(Reader::new(&[]));
    std::iter::from_fn(move || {
        loop {
            let mut access = list.sequence().ok()?;
            if access.oid().ok()?.as_bytes() == OCSP {
                let place = access.element().ok()?;
                let names = GeneralNames::from_contents(place.raw).ok()?;
                return names.iter().next();
            }
        }
    })
}

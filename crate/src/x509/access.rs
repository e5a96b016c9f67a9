//! authorityInfoAccess of certificates (RFC 5280 §4.2.2.1).

use alloc::vec::Vec;

use super::extensions::Extensions;
use super::general_name::{GeneralName, GeneralNames};
use super::oids;
use crate::der::{self, Oid, Reader};

hidden!(AccessDescription);

/// One AccessDescription.
#[derive(Clone, Copy)]
pub struct AccessDescription<'a> {
    /// accessMethod: the kind of service, such as [`oids::OCSP_ACCESS`].
    pub method: Oid<'a>,
    /// accessLocation: the address of the service.
    pub location: GeneralName<'a>,
}

impl<'a> AccessDescription<'a> {
    /// Reads the DER of AuthorityInfoAccessSyntax.
    ///
    /// # Errors
    /// [`der::Malformed`] if it is not an AuthorityInfoAccessSyntax.
    pub fn list(value: &'a [u8]) -> der::Result<Vec<Self>> {
        let mut list = der::outer_sequence(value)?;
        let mut descriptions = Vec::new();
        while !list.is_empty() {
            let mut fields = list.sequence()?;
            let method = fields.oid()?;
            let location = GeneralName::read(&mut fields)?;
            fields.finish()?;
            descriptions.push(Self { method, location });
        }
        Ok(descriptions)
    }
}

impl<'a> Extensions<'a> {
    /// The addresses of OCSP responders in authorityInfoAccess. Stops before the first malformed address.
    pub fn ocsp_responders(&self) -> impl Iterator<Item = GeneralName<'a>> + use<'a> {
        let found = self
            .iter()
            .find(|extension| extension.oid == oids::AUTHORITY_INFO_ACCESS);
        let list = found.and_then(|extension| der::outer_sequence(extension.value).ok());
        let mut list = list.unwrap_or(Reader::new(&[]));
        core::iter::from_fn(move || {
            loop {
                let mut access = list.sequence().ok()?;
                if access.oid().ok()? == oids::OCSP_ACCESS {
                    let location = access.element().ok()?;
                    let names = GeneralNames::from_contents(location.raw).ok()?;
                    return names.iter().next();
                }
            }
        })
    }
}

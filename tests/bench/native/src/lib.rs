//! A serial number in a CRL, with its signature, by `x509-cert` and the RustCrypto arithmetic: natively, and as a
//! WebAssembly module without bindings.

use rsa::pkcs8::DecodePublicKey as _;
use rsa::{Pkcs1v15Sign, PublicKey};
use sha2::{Digest as _, Sha256};
use x509_cert::certificate::Rfc5280;
use x509_cert::crl::CertificateList;
use x509_cert::der::{Decode as _, Reader as _, SliceReader};

/// Whether the signature is valid and the serial number is not in the list. `None` if the signature is not, or
/// anything cannot be read.
pub fn crl_is_good(der: &[u8], spki: &[u8], serial: &[u8]) -> Option<bool> {
    let crl = CertificateList::<Rfc5280>::from_der(der).ok()?;
    let key = PublicKey::from_public_key_der(spki).ok()?;
    let digest = Sha256::digest(signed_part(der)?);
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, crl.signature.as_bytes()?)
        .ok()?;
    let entries = crl.tbs_cert_list.revoked_certificates.unwrap_or_default();
    Some(
        !entries
            .iter()
            .any(|entry| entry.serial_number.as_bytes() == serial),
    )
}

/// What is signed, in place: encoding a million entries again would take longer than all the rest.
fn signed_part(der: &[u8]) -> Option<&[u8]> {
    let mut outer = SliceReader::new(der).ok()?;
    x509_cert::der::Header::decode(&mut outer).ok()?;
    outer.tlv_bytes().ok()
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::alloc::{Layout, alloc, dealloc};

    fn layout(length: usize) -> Layout {
        Layout::from_size_align(length.max(1), 1).unwrap_or_else(|_| std::process::abort())
    }

    #[unsafe(no_mangle)]
    extern "C" fn allocate(length: usize) -> *mut u8 {
        // SAFETY: the size is not zero.
        unsafe { alloc(layout(length)) }
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn release(at: *mut u8, length: usize) {
        // SAFETY: the caller gives back what `allocate` returned for this length.
        unsafe { dealloc(at, layout(length)) }
    }

    #[unsafe(no_mangle)]
    unsafe extern "C" fn crl_status(
        der: *const u8,
        der_length: usize,
        spki: *const u8,
        spki_length: usize,
        serial: *const u8,
        serial_length: usize,
    ) -> u32 {
        // SAFETY: the caller has filled these places.
        let part = |at, length| unsafe { std::slice::from_raw_parts(at, length) };
        let (der, spki) = (part(der, der_length), part(spki, spki_length));
        match super::crl_is_good(der, spki, part(serial, serial_length)) {
            Some(true) => 1,
            Some(false) => 0,
            None => 2,
        }
    }
}

//! Reads objects with OpenSSL.

use std::ffi::{c_int, c_void};
use std::ptr::null_mut;

use foreign_types::{ForeignType, ForeignTypeRef};
use openssl::asn1::{Asn1IntegerRef, Asn1Time, Asn1TimeRef};
use openssl::cms::CmsContentInfo;
use openssl::error::ErrorStack;
use openssl::ocsp::{OcspBasicResponse, OcspResponse, OcspResponseStatus};
use openssl::x509::{X509, X509Crl, X509NameRef};

use super::reasons;
use crate::shape::Kind;

unsafe extern "C" {
    fn OCSP_resp_count(basic: *mut c_void) -> c_int;
    fn OCSP_resp_get0(basic: *mut c_void, at: c_int) -> *mut c_void;
    fn OCSP_single_get0_status(
        single: *mut c_void,
        reason: *mut c_int,
        revoked: *mut *mut c_void,
        this: *mut *mut c_void,
        next: *mut *mut c_void,
    ) -> c_int;
    fn OCSP_SINGLERESP_get0_id(single: *mut c_void) -> *mut c_void;
    fn OCSP_id_get0_info(
        name: *mut *mut c_void,
        digest: *mut *mut c_void,
        key: *mut *mut c_void,
        serial: *mut *mut c_void,
        id: *mut c_void,
    ) -> c_int;
}

/// The compared contents of an object. Times are Unix times in seconds; numbers are hexadecimal with a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    Certificate {
        issuer: Vec<u8>,
        subject: Vec<u8>,
        /// The text of every attribute in the subject that has one.
        texts: Vec<String>,
        serial: String,
        from: Option<i64>,
        until: Option<i64>,
    },
    Crl {
        issuer: Vec<u8>,
        this: Option<i64>,
        next: Option<i64>,
        entries: usize,
    },
    Ocsp {
        status: i32,
        answers: Vec<Answer>,
    },
    Cms,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub serial: String,
    /// `good`, `revoked` or `unknown`.
    pub status: &'static str,
    pub this: Option<i64>,
    pub next: Option<i64>,
}

fn seconds(time: &Asn1TimeRef) -> Option<i64> {
    let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    Some(i64::from(since.days) * 86_400 + i64::from(since.secs))
}

fn number(serial: &Asn1IntegerRef) -> String {
    let number = serial
        .to_bn()
        .and_then(|number| number.to_hex_str().map(|text| text.to_lowercase()));
    let text = number.unwrap_or_default();
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", &*text), |digits| ("-", digits));
    let digits = digits.trim_start_matches('0');
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}

fn der(name: &X509NameRef) -> Vec<u8> {
    name.to_der().unwrap_or_default()
}

fn generalized(time: *mut c_void) -> Option<i64> {
    if time.is_null() {
        return None;
    }
    // SAFETY: an ASN1_GENERALIZEDTIME of a live response; it is a kind of ASN1_TIME.
    let time = unsafe { Asn1TimeRef::from_ptr(time.cast()) };
    seconds(time)
}

fn answers(basic: &OcspBasicResponse) -> Vec<Answer> {
    let basic = basic.as_ptr().cast();
    // SAFETY: `basic` is alive; the results belong to it, and are only read here.
    unsafe {
        (0..OCSP_resp_count(basic))
            .map(|at| {
                let single = OCSP_resp_get0(basic, at);
                let (mut this, mut next, mut serial) = (null_mut(), null_mut(), null_mut());
                let status = OCSP_single_get0_status(single, null_mut(), null_mut(), &mut this, &mut next);
                let id = OCSP_SINGLERESP_get0_id(single);
                OCSP_id_get0_info(null_mut(), null_mut(), null_mut(), &mut serial, id);
                Answer {
                    serial: number(Asn1IntegerRef::from_ptr(serial.cast())),
                    status: ["good", "revoked", "unknown"]
                        .get(usize::try_from(status).unwrap_or(usize::MAX))
                        .copied()
                        .unwrap_or("none"),
                    this: generalized(this),
                    next: generalized(next),
                }
            })
            .collect()
    }
}

/// Reads one whole element.
pub fn read(kind: Kind, bytes: &[u8]) -> Result<Read, String> {
    // Removes errors that other calls left.
    let _ = ErrorStack::get();
    let failed = |stack: ErrorStack| reasons(&stack);
    match kind {
        Kind::Certificate => {
            let read = X509::from_der(bytes).map_err(failed)?;
            Ok(Read::Certificate {
                issuer: der(read.issuer_name()),
                subject: der(read.subject_name()),
                texts: read
                    .subject_name()
                    .entries()
                    .filter_map(|entry| entry.data().to_string().ok())
                    .collect(),
                serial: number(read.serial_number()),
                from: seconds(read.not_before()),
                until: seconds(read.not_after()),
            })
        }
        Kind::Crl => {
            let read = X509Crl::from_der(bytes).map_err(failed)?;
            Ok(Read::Crl {
                issuer: der(read.issuer_name()),
                this: seconds(read.last_update()),
                next: read.next_update().and_then(seconds),
                entries: read.get_revoked().map_or(0, openssl::stack::StackRef::len),
            })
        }
        Kind::Ocsp => {
            let read = OcspResponse::from_der(bytes).map_err(failed)?;
            let answers = match read.basic() {
                Ok(basic) => answers(&basic),
                Err(stack) if read.status() == OcspResponseStatus::SUCCESSFUL => return Err(failed(stack)),
                Err(_) => Vec::new(),
            };
            Ok(Read::Ocsp {
                status: read.status().as_raw(),
                answers,
            })
        }
        Kind::Cms => CmsContentInfo::from_der(bytes).map(|_| Read::Cms).map_err(failed),
    }
}

/// A number in the form of [`Read`], from its two's complement.
pub fn signed_number(contents: &[u8]) -> String {
    let negative = contents.first().is_some_and(|first| *first >= 0x80);
    let mut magnitude = contents.to_vec();
    if negative {
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            let (next, more) = (!*byte).overflowing_add(u8::from(carry));
            *byte = next;
            carry = more;
        }
    }
    let text: String = magnitude.iter().map(|byte| format!("{byte:02x}")).collect();
    let digits = text.trim_start_matches('0');
    format!(
        "{}{}",
        if negative { "-" } else { "" },
        if digits.is_empty() { "0" } else { digits }
    )
}

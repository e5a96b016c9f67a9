//! Verifies with OpenSSL.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{CString, c_char, c_int, c_ulong, c_void};

use foreign_types::ForeignType;
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::ocsp::{OcspCertId, OcspCertStatus, OcspFlag, OcspResponse, OcspResponseStatus};
use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::{X509CheckFlags, X509VerifyFlags, X509VerifyParam};
use openssl::x509::{
    X509, X509Crl, X509PurposeId, X509Ref, X509StoreContext, X509StoreContextRef, X509VerifyResult,
};

use super::reasons;
use crate::corpus::Corpus;
use crate::question::Question;

unsafe extern "C" {
    fn X509_STORE_add_crl(store: *mut c_void, crl: *mut c_void) -> c_int;
    fn X509_VERIFY_PARAM_add0_policy(parameters: *mut c_void, policy: *mut c_void) -> c_int;
    fn OBJ_txt2obj(text: *const c_char, no_name: c_int) -> *mut c_void;
}

/// X509_V_FLAG_EXTENDED_CRL_SUPPORT and X509_V_FLAG_USE_DELTAS, which the binding lacks.
const EXTENDED_CRL_SUPPORT: c_ulong = 0x1000;
const USE_DELTAS: c_ulong = 0x2000;
/// X509_PURPOSE_ANY.
const ANY_PURPOSE: c_int = 7;

/// The certificates of a path in DER, the trust anchor last.
pub type Path = Vec<Vec<u8>>;

/// The objects as read by OpenSSL, each read once.
#[derive(Default)]
pub struct Pool {
    certificates: RefCell<HashMap<usize, Option<X509>>>,
}

pub struct Peer<'c> {
    pub corpus: &'c Corpus,
    pub pool: Pool,
}

impl Peer<'_> {
    pub fn certificate(&self, object: usize) -> Option<X509> {
        let mut known = self.pool.certificates.borrow_mut();
        known
            .entry(object)
            .or_insert_with(|| X509::from_der(&self.corpus.objects[object].der).ok())
            .clone()
    }

    fn crl(&self, object: usize) -> Option<X509Crl> {
        X509Crl::from_der(&self.corpus.objects[object].der).ok()
    }

    fn stack(&self, objects: &[usize]) -> Result<Stack<X509>, ErrorStack> {
        let mut stack = Stack::new()?;
        for certificate in objects.iter().filter_map(|object| self.certificate(*object)) {
            stack.push(certificate)?;
        }
        Ok(stack)
    }

    fn store(&self, question: &Question, strict: bool) -> Result<X509Store, ErrorStack> {
        let mut store = X509StoreBuilder::new()?;
        for anchor in question
            .anchors
            .iter()
            .filter_map(|anchor| self.certificate(*anchor))
        {
            store.add_cert(anchor)?;
        }
        for crl in question.crls.iter().filter_map(|crl| self.crl(*crl)) {
            // SAFETY: both are alive; the store counts its own references.
            unsafe { X509_STORE_add_crl(store.as_ptr().cast(), crl.as_ptr().cast()) };
        }
        let parameters = parameters(question, strict)?;
        store.set_param(&parameters)?;
        Ok(store.build())
    }

    /// Verifies a path, with the CRLs of the question if there are any.
    pub fn path(&self, question: &Question, strict: bool) -> Result<Path, String> {
        // Removes errors that other calls left.
        let _ = ErrorStack::get();
        let leaf = self.certificate(question.leaf).ok_or("unreadable certificate")?;
        let failed = |stack: ErrorStack| reasons(&stack);
        let store = self.store(question, strict).map_err(failed)?;
        let untrusted = self.stack(&question.intermediates).map_err(failed)?;
        let mut context = X509StoreContext::new().map_err(failed)?;
        context
            .init(&store, &leaf, &untrusted, |context| Ok(verdict(context)))
            .map_err(failed)?
    }

    /// Whether the key of one certificate signed another certificate or a CRL.
    pub fn signed_by(&self, object: usize, issuer: usize) -> Option<bool> {
        let key = self.certificate(issuer)?.public_key().ok()?;
        let verified = match self.corpus.objects[object].kind {
            crate::shape::Kind::Crl => self.crl(object)?.verify(&key),
            _ => self.certificate(object)?.verify(&key),
        };
        let _ = ErrorStack::get();
        Some(verified.unwrap_or(false))
    }

    /// The status of the question's certificate in an OCSP response. The response is verified with the
    /// question's certificates.
    pub fn ocsp(&self, question: &Question, response: usize, issuer: &X509Ref) -> Result<(), String> {
        let _ = ErrorStack::get();
        let failed = |stack: ErrorStack| reasons(&stack);
        let read = OcspResponse::from_der(&self.corpus.objects[response].der).map_err(failed)?;
        if read.status() != OcspResponseStatus::SUCCESSFUL {
            return Err("the responder answered with an error".into());
        }
        let basic = read.basic().map_err(failed)?;
        let store = self.store(question, false).map_err(failed)?;
        let mut helpers = self.stack(&question.intermediates).map_err(failed)?;
        helpers.push(issuer.to_owned()).map_err(failed)?;
        basic
            .verify(&helpers, &store, OcspFlag::empty())
            .map_err(failed)?;
        let leaf = self.certificate(question.leaf).ok_or("unreadable certificate")?;
        for digest in [
            MessageDigest::sha1(),
            MessageDigest::sha256(),
            MessageDigest::sha384(),
            MessageDigest::sha512(),
        ] {
            let id = OcspCertId::from_cert(digest, &leaf, issuer).map_err(failed)?;
            if let Some(status) = basic.find_status(&id) {
                return match status.status {
                    OcspCertStatus::GOOD => Ok(()),
                    OcspCertStatus::REVOKED => Err("certificate revoked".into()),
                    _ => Err("certificate unknown".into()),
                };
            }
        }
        Err("the OCSP response does not cover the certificate".into())
    }

    /// Whether the signatures of a message are valid; with the path of each signer if there is a question,
    /// which has no leaf then.
    pub fn message(
        &self,
        message: usize,
        content: Option<&[u8]>,
        question: Option<&Question>,
        strict: bool,
    ) -> Result<(), String> {
        let _ = ErrorStack::get();
        let failed = |stack: ErrorStack| reasons(&stack);
        let mut read = CmsContentInfo::from_der(&self.corpus.objects[message].der).map_err(failed)?;
        let mut flags = CMSOptions::BINARY;
        let store = match question {
            Some(question) => self.store(question, strict).map_err(failed)?,
            None => {
                flags |= CMSOptions::NO_SIGNER_CERT_VERIFY;
                X509StoreBuilder::new().map_err(failed)?.build()
            }
        };
        let helpers: &[usize] = question.map_or(&[], |question| &question.intermediates);
        let helpers = self.stack(helpers).map_err(failed)?;
        read.verify(Some(&helpers), Some(&store), content, None, flags)
            .map_err(|stack| match reasons(&stack) {
                silent if silent.is_empty() => "refused without a reason".to_owned(),
                reasons => reasons,
            })
    }
}

fn parameters(question: &Question, strict: bool) -> Result<X509VerifyParam, ErrorStack> {
    let mut parameters = X509VerifyParam::new()?;
    let mut flags =
        X509VerifyFlags::POLICY_CHECK | X509VerifyFlags::from_bits_retain(EXTENDED_CRL_SUPPORT | USE_DELTAS);
    if strict {
        flags |= X509VerifyFlags::X509_STRICT;
    }
    if !question.crls.is_empty() {
        flags |= X509VerifyFlags::CRL_CHECK;
    }
    if question.partial {
        flags |= X509VerifyFlags::PARTIAL_CHAIN;
    }
    parameters.set_flags(flags)?;
    parameters.set_time(question.time);
    parameters.set_auth_level(0);
    // RFC 5280 has no DNS names in commonName.
    parameters.set_hostflags(X509CheckFlags::NEVER_CHECK_SUBJECT);
    parameters.set_purpose(X509PurposeId::from_raw(ANY_PURPOSE))?;
    let any = CString::new("2.5.29.32.0").unwrap_or_default();
    // SAFETY: the parameters take over the new object.
    unsafe { X509_VERIFY_PARAM_add0_policy(parameters.as_ptr().cast(), OBJ_txt2obj(any.as_ptr(), 1)) };
    Ok(parameters)
}

fn verdict(context: &mut X509StoreContextRef) -> Result<Path, String> {
    let good = context.verify_cert().unwrap_or(false);
    let error = context.error();
    if !good || error != X509VerifyResult::OK {
        return Err(error.error_string().to_owned());
    }
    let chain = context.chain().ok_or("no chain")?;
    chain
        .iter()
        .map(|certificate| certificate.to_der().map_err(|stack| reasons(&stack)))
        .collect()
}

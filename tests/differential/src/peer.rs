//! The verdicts of the OpenSSL library.

use std::ffi::{CStr, CString, c_char, c_int, c_long, c_ulong, c_void};
use std::ptr::{null, null_mut};

use crate::case::{Case, Kind, Revocation};

// Linked by openssl-sys.
use openssl_sys as _;

type Pointer = *mut c_void;

unsafe extern "C" {
    fn d2i_X509(out: *mut Pointer, bytes: *mut *const u8, length: c_long) -> Pointer;
    fn X509_free(certificate: Pointer);
    fn d2i_X509_CRL(out: *mut Pointer, bytes: *mut *const u8, length: c_long) -> Pointer;
    fn X509_CRL_free(crl: Pointer);
    fn d2i_CMS_ContentInfo(out: *mut Pointer, bytes: *mut *const u8, length: c_long) -> Pointer;
    fn CMS_ContentInfo_free(message: Pointer);
    fn CMS_verify(
        message: Pointer,
        certificates: Pointer,
        store: Pointer,
        content: Pointer,
        out: Pointer,
        flags: u32,
    ) -> c_int;
    fn BIO_new_mem_buf(bytes: *const c_void, length: c_int) -> Pointer;
    fn BIO_free_all(bio: Pointer);
    fn X509_STORE_new() -> Pointer;
    fn X509_STORE_free(store: Pointer);
    fn X509_STORE_add_cert(store: Pointer, certificate: Pointer) -> c_int;
    fn X509_STORE_set1_param(store: Pointer, parameters: Pointer) -> c_int;
    fn X509_STORE_CTX_new() -> Pointer;
    fn X509_STORE_CTX_init(context: Pointer, store: Pointer, leaf: Pointer, untrusted: Pointer) -> c_int;
    fn X509_STORE_CTX_free(context: Pointer);
    fn X509_STORE_CTX_set0_crls(context: Pointer, crls: Pointer);
    fn X509_STORE_CTX_set_verify_cb(
        context: Pointer,
        callback: unsafe extern "C" fn(c_int, Pointer) -> c_int,
    );
    fn X509_STORE_CTX_get_error_depth(context: Pointer) -> c_int;
    fn X509_STORE_CTX_get0_chain(context: Pointer) -> Pointer;
    fn OPENSSL_sk_num(stack: Pointer) -> c_int;
    fn X509_STORE_CTX_get_error(context: Pointer) -> c_int;
    fn X509_verify_cert(context: Pointer) -> c_int;
    fn X509_verify_cert_error_string(error: c_long) -> *const c_char;
    fn X509_VERIFY_PARAM_new() -> Pointer;
    fn X509_VERIFY_PARAM_free(parameters: Pointer);
    fn X509_VERIFY_PARAM_set_time(parameters: Pointer, time: i64);
    fn X509_VERIFY_PARAM_set_flags(parameters: Pointer, flags: c_ulong) -> c_int;
    fn X509_VERIFY_PARAM_set_purpose(parameters: Pointer, purpose: c_int) -> c_int;
    fn X509_VERIFY_PARAM_set_hostflags(parameters: Pointer, flags: u32);
    fn X509_VERIFY_PARAM_set_auth_level(parameters: Pointer, level: c_int);
    fn X509_VERIFY_PARAM_add0_policy(parameters: Pointer, policy: Pointer) -> c_int;
    fn OBJ_txt2obj(text: *const c_char, no_name: c_int) -> Pointer;
    fn OPENSSL_sk_new_null() -> Pointer;
    fn OPENSSL_sk_push(stack: Pointer, item: Pointer) -> c_int;
    fn OPENSSL_sk_pop_free(stack: Pointer, free: unsafe extern "C" fn(Pointer));
    fn ERR_clear_error();
    fn ERR_get_error_all(
        file: *mut *const c_char,
        line: *mut c_int,
        function: *mut *const c_char,
        data: *mut *const c_char,
        flags: *mut c_int,
    ) -> c_ulong;
    fn ERR_reason_error_string(error: c_ulong) -> *const c_char;
}

const PURPOSE_SSL_CLIENT: c_int = 1;
const PURPOSE_ANY: c_int = 7;
const CRL_CHECK: c_ulong = 0x4;
const CRL_CHECK_ALL: c_ulong = 0x8;
const X509_STRICT: c_ulong = 0x20;
const POLICY_CHECK: c_ulong = 0x80;
const EXPLICIT_POLICY: c_ulong = 0x100;
const INHIBIT_ANY: c_ulong = 0x200;
const INHIBIT_MAP: c_ulong = 0x400;
const EXTENDED_CRL_SUPPORT: c_ulong = 0x1000;
const USE_DELTAS: c_ulong = 0x2000;
const NEVER_CHECK_SUBJECT: u32 = 0x20;
const CMS_BINARY: u32 = 0x80;

/// Accepted, or the reason.
pub type Theirs = Result<(), String>;

type Decoder = unsafe extern "C" fn(*mut Pointer, *mut *const u8, c_long) -> Pointer;

/// An OpenSSL object that is freed on drop.
struct Owned(Pointer, unsafe extern "C" fn(Pointer));

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: made by OpenSSL, owned only here, and freed by the function for its type, which also
        // accepts null.
        unsafe { (self.1)(self.0) }
    }
}

/// Reads all of `bytes`; `trailing` says what may follow.
fn decode(
    bytes: &[u8],
    decoder: Decoder,
    free: unsafe extern "C" fn(Pointer),
    trailing: fn(&[u8]) -> bool,
) -> Option<Owned> {
    let mut at = bytes.as_ptr();
    // SAFETY: pointer and length are those of a slice; the result is owned.
    let read = unsafe { decoder(null_mut(), &mut at, bytes.len() as c_long) };
    if read.is_null() {
        return None;
    }
    let owned = Owned(read, free);
    let used = at as usize - bytes.as_ptr() as usize;
    bytes.get(used..).is_some_and(trailing).then_some(owned)
}

fn certificate(bytes: &[u8]) -> Option<Owned> {
    decode(bytes, d2i_X509, X509_free, <[u8]>::is_empty)
}

/// A stack that owns its items.
fn stack(items: Vec<Owned>, free: fn(Pointer) -> Owned) -> Owned {
    // SAFETY: a new stack takes over every item.
    let stack = free(unsafe { OPENSSL_sk_new_null() });
    for item in items {
        // SAFETY: both are live; the item is forgotten here.
        unsafe { OPENSSL_sk_push(stack.0, item.0) };
        std::mem::forget(item);
    }
    stack
}

unsafe extern "C" fn free_certificates(stack: Pointer) {
    // SAFETY: a stack of certificates.
    unsafe { OPENSSL_sk_pop_free(stack, X509_free) }
}

unsafe extern "C" fn free_crls(stack: Pointer) {
    // SAFETY: a stack of CRLs.
    unsafe { OPENSSL_sk_pop_free(stack, X509_CRL_free) }
}

fn text(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: static or queued text of OpenSSL, with a terminator.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

fn parameters(case: &Case, strict: bool) -> Owned {
    let options = &case.options;
    let mut flags = POLICY_CHECK | EXTENDED_CRL_SUPPORT | USE_DELTAS;
    for (set, flag) in [
        (strict, X509_STRICT),
        (options.explicit_policy, EXPLICIT_POLICY),
        (options.inhibit_any_policy, INHIBIT_ANY),
        (options.inhibit_mapping, INHIBIT_MAP),
        (options.revocation == Revocation::Leaf, CRL_CHECK),
        (options.revocation == Revocation::Path, CRL_CHECK | CRL_CHECK_ALL),
    ] {
        if set {
            flags |= flag;
        }
    }
    // SAFETY: a new object, used here alone.
    unsafe {
        let parameters = Owned(X509_VERIFY_PARAM_new(), X509_VERIFY_PARAM_free);
        X509_VERIFY_PARAM_set_time(parameters.0, options.time);
        X509_VERIFY_PARAM_set_flags(parameters.0, flags);
        X509_VERIFY_PARAM_set_purpose(
            parameters.0,
            if options.client {
                PURPOSE_SSL_CLIENT
            } else {
                PURPOSE_ANY
            },
        );
        // RFC 5280 has no DNS names in commonName.
        X509_VERIFY_PARAM_set_hostflags(parameters.0, NEVER_CHECK_SUBJECT);
        X509_VERIFY_PARAM_set_auth_level(parameters.0, 0);
        // An empty set means no policy here, so anyPolicy must be given.
        let policies = if options.policies.is_empty() {
            &["2.5.29.32.0"][..]
        } else {
            &options.policies
        };
        for policy in policies {
            let policy = CString::new(*policy).unwrap_or_default();
            X509_VERIFY_PARAM_add0_policy(parameters.0, OBJ_txt2obj(policy.as_ptr(), 1));
        }
        parameters
    }
}

/// Asks OpenSSL; with `strict`, uses X509_V_FLAG_X509_STRICT.
pub fn judge(case: &Case, strict: bool) -> Theirs {
    // SAFETY: the queue of this thread.
    unsafe { ERR_clear_error() };
    let anchor = certificate(&case.anchor).ok_or("the anchor cannot be read")?;
    let parameters = parameters(case, strict);
    let untrusted = case
        .intermediates
        .iter()
        .filter_map(|der| certificate(der))
        .collect();
    let untrusted = stack(untrusted, |stack| Owned(stack, free_certificates));
    // SAFETY: new objects; the store counts its own references.
    let store = unsafe {
        let store = Owned(X509_STORE_new(), X509_STORE_free);
        X509_STORE_add_cert(store.0, anchor.0);
        X509_STORE_set1_param(store.0, parameters.0);
        store
    };
    match case.kind {
        Kind::Path | Kind::Crl => path(case, &store, &untrusted),
        Kind::Cms => message(case, &store, &untrusted),
    }
}

/// X509_V_FLAG_CRL_CHECK_ALL also checks the trust anchor, which is not part of a path (RFC 5280 §6.1).
/// Revocation errors about it are ignored.
unsafe extern "C" fn pass_over_anchor(good: c_int, context: Pointer) -> c_int {
    // SAFETY: OpenSSL calls this with a live context.
    let (error, depth, length) = unsafe {
        let chain = X509_STORE_CTX_get0_chain(context);
        (
            X509_STORE_CTX_get_error(context),
            X509_STORE_CTX_get_error_depth(context),
            OPENSSL_sk_num(chain),
        )
    };
    let about_crls = matches!(
        error,
        3 | 5 | 6 | 8 | 11 | 12 | 15 | 16 | 23 | 33 | 35 | 36 | 44 | 54
    );
    c_int::from(good == 1 || (about_crls && depth == length - 1))
}

fn path(case: &Case, store: &Owned, untrusted: &Owned) -> Theirs {
    let leaf = certificate(&case.leaf).ok_or_else(|| format!("unreadable certificate: {}", reasons()))?;
    let lists: Vec<_> = case
        .crls
        .iter()
        .filter_map(|der| decode(der, d2i_X509_CRL, X509_CRL_free, <[u8]>::is_empty))
        .collect();
    let crls = stack(lists, |stack| Owned(stack, free_crls));
    // SAFETY: all arguments live until the context is freed.
    unsafe {
        let context = Owned(X509_STORE_CTX_new(), X509_STORE_CTX_free);
        if X509_STORE_CTX_init(context.0, store.0, leaf.0, untrusted.0) != 1 {
            return Err("the context cannot be made".into());
        }
        X509_STORE_CTX_set0_crls(context.0, crls.0);
        X509_STORE_CTX_set_verify_cb(context.0, pass_over_anchor);
        if X509_verify_cert(context.0) == 1 {
            Ok(())
        } else {
            let error = X509_STORE_CTX_get_error(context.0);
            Err(text(X509_verify_cert_error_string(c_long::from(error))))
        }
    }
}

fn message(case: &Case, store: &Owned, untrusted: &Owned) -> Theirs {
    let zeros = |rest: &[u8]| rest.iter().all(|byte| *byte == 0);
    let message = decode(&case.message, d2i_CMS_ContentInfo, CMS_ContentInfo_free, zeros)
        .ok_or_else(|| format!("unreadable message: {}", reasons()))?;
    let content = case.content().map(|content| {
        // SAFETY: reads from the slice, which outlives it.
        Owned(
            unsafe { BIO_new_mem_buf(content.as_ptr().cast(), content.len() as c_int) },
            BIO_free_all,
        )
    });
    let content = content.as_ref().map_or(null_mut(), |content| content.0);
    // SAFETY: live objects; CMS_verify takes ownership of none.
    if unsafe { CMS_verify(message.0, untrusted.0, store.0, content, null_mut(), CMS_BINARY) } == 1 {
        return Ok(());
    }
    Err(reasons())
}

/// The reasons in the error queue, innermost first.
fn reasons() -> String {
    let (mut reasons, mut data, mut flags) = (Vec::new(), null(), 0);
    loop {
        // SAFETY: the places are ours; unwanted ones are null.
        let error = unsafe { ERR_get_error_all(null_mut(), null_mut(), null_mut(), &mut data, &mut flags) };
        if error == 0 {
            return reasons.join("; ");
        }
        // SAFETY: static text.
        let reason = text(unsafe { ERR_reason_error_string(error) });
        reasons.push([reason, text(data)].join(" ").trim().to_owned());
    }
}

//! The functions of the whole module that take options and bytes.

use alloc::string::String;

use super::{give, take, text};
use crate::boundary;

macro_rules! exports {
    ($($name:ident)*) => {$(
        #[doc = concat!("See [`boundary::", stringify!($name), "`].")]
        ///
        /// # Safety
        /// As for [`call`].
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(input: *mut u8, options: usize, bytes: usize, kept: *const u8) -> *mut u8 {
            // SAFETY: of the caller, as documented.
            unsafe { call(boundary::$name, input, options, bytes, kept) }
        }
    )*};
}

exports! {
    choose_evidence
    digest
    inspect
    read_holder
    read_signed_package
    verify_certificate
    verify_signature
    verify_signed_data
    verify_signed_package
}

/// Calls a function. Bytes are behind the options, or at `kept`: there, they are the caller's before and after the call.
///
/// # Safety
/// `input` is from [`super::allocate`], with the sum of the lengths; if `kept` is not null, with that of the options, and
/// nothing writes to `kept` during the call.
unsafe fn call(
    function: fn(&str, &[u8]) -> String,
    input: *mut u8,
    options: usize,
    bytes: usize,
    kept: *const u8,
) -> *mut u8 {
    let length = options + if kept.is_null() { bytes } else { 0 };
    // SAFETY: of the caller, as documented.
    let input = unsafe { take(input, length) };
    let (options, behind) = input.split_at_checked(options).unwrap_or_default();
    let bytes = if kept.is_null() {
        behind
    } else {
        // SAFETY: of the caller, as documented.
        unsafe { core::slice::from_raw_parts(kept, bytes) }
    };
    give(&function(text(options), bytes))
}

//! The functions of the whole module that take options and bytes.

use super::{give, take, text};
use crate::boundary;

macro_rules! exports {
    ($($name:ident)*) => {$(
        #[doc = concat!("See [`boundary::", stringify!($name), "`].")]
        ///
        /// # Safety
        /// The memory is from [`super::allocate`], with the sum of the lengths.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(input: *mut u8, options: usize, bytes: usize) -> *mut u8 {
            // SAFETY: of the caller, as documented.
            let input = unsafe { take(input, options + bytes) };
            let (options, bytes) = input.split_at_checked(options).unwrap_or_default();
            give(&boundary::$name(text(options), bytes))
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

//! The exports of the WebAssembly module; [`crate::boundary`] has what they do. `js/src/wasm/verifier.ts` calls them.
//!
//! The caller writes the arguments of a function one behind the other into memory that [`allocate`] gives, and calls
//! the function with the address and their lengths. The function takes that memory over. It returns the address of
//! its result: the length as four bytes (little-endian), then so many bytes of UTF-8. The caller gives both back with
//! [`free`].
#![allow(unsafe_code, reason = "addresses cross the boundary of the module")]

use alloc::{boxed::Box, vec::Vec};
use core::alloc::Layout;
use core::ptr::{NonNull, null_mut};

#[cfg(not(feature = "id-token"))]
mod whole;

use crate::boundary;

/// A quarter of the code of the standard library's, and each call takes constant time.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The bytes before a result that have its length.
const HEADER: usize = 4;

/// Memory for so many bytes, which the caller writes before anything reads them; null if there is not enough.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    let Ok(layout) = Layout::array::<u8>(length) else {
        return null_mut();
    };
    if length == 0 {
        return NonNull::dangling().as_ptr();
    }
    // SAFETY: the layout has a size.
    unsafe { alloc::alloc::alloc(layout) }
}

/// Frees memory of this length, which [`allocate`] or a result gave.
///
/// # Safety
/// The memory is used nowhere else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(address: *mut u8, length: usize) {
    // SAFETY: of the caller, as documented.
    drop(unsafe { take(address, length) });
}

/// See [`boundary::verify_id_token`], and if `is_brief` is not 0, [`boundary::verify_id_token_briefly`].
///
/// # Safety
/// The memory is from [`allocate`], with the sum of the lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn verify_id_token(
    input: *mut u8,
    token: usize,
    keys: usize,
    options: usize,
    is_brief: u32,
) -> *mut u8 {
    // SAFETY: of the caller, as documented.
    let input = unsafe { take(input, token + keys + options) };
    let (token, rest) = input.split_at_checked(token).unwrap_or_default();
    let (keys, options) = rest.split_at_checked(keys).unwrap_or_default();
    let verify = match is_brief {
        0 => boundary::verify_id_token,
        _ => boundary::verify_id_token_briefly,
    };
    give(&verify(text(token), text(keys), text(options)))
}

/// Takes memory over from the caller.
///
/// # Safety
/// The memory is from [`allocate`] or [`give`], with this length, and is used nowhere else.
unsafe fn take(address: *mut u8, length: usize) -> Box<[u8]> {
    // SAFETY: of the caller, as documented.
    unsafe { Box::from_raw(core::ptr::slice_from_raw_parts_mut(address, length)) }
}

/// Gives a result to the caller.
fn give(result: &str) -> *mut u8 {
    let mut bytes = Vec::with_capacity(HEADER + result.len());
    bytes.extend_from_slice(&(result.len() as u32).to_le_bytes());
    bytes.extend_from_slice(result.as_bytes());
    Box::into_raw(bytes.into_boxed_slice()).cast()
}

/// Text that is not UTF-8 is empty text, which no function accepts.
fn text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

/// Without a message: nothing in the module is meant to panic, and messages would take a tenth of its bytes.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

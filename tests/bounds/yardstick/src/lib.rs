//! The yardstick: RSA-2048 with SHA-256, with the key read again each time.

use rsa::{BoxedUint, Pkcs1v15Sign, PublicKey};
use sha2::{Digest, Sha256};

/// Modulus, signature and data, in this order.
static mut INPUT: [u8; 4096] = [0; 4096];

/// The address for the input from JavaScript.
#[unsafe(no_mangle)]
pub extern "C" fn input() -> *mut u8 {
    (&raw mut INPUT).cast()
}

/// Whether the signature for `length` bytes of data is valid, checked `times` times.
#[unsafe(no_mangle)]
pub extern "C" fn verify(length: usize, times: u32) -> u32 {
    // SAFETY: there is one thread, and JavaScript writes only between calls.
    let input = unsafe { std::slice::from_raw_parts(input(), 4096) };
    let (modulus, rest) = input.split_at(256);
    let (signature, rest) = rest.split_at(256);
    let prefix: &[u8] = &[
        0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1, 5, 0, 4, 0x20,
    ];
    let mut good = 0;
    for _ in 0..times {
        let number = BoxedUint::from_be_slice_vartime;
        let Ok(key) = PublicKey::new(number(modulus), number(&[1, 0, 1])) else {
            continue;
        };
        let info = [prefix, &Sha256::digest(&rest[..length])].concat();
        good += u32::from(
            key.verify(Pkcs1v15Sign::new_unprefixed(), &info, signature)
                .is_ok(),
        );
    }
    good
}

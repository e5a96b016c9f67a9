//! The maximum cost of one result: time as a multiple of one P-256 verification in the same process, memory
//! in bytes.

use std::sync::OnceLock;
use std::time::Instant;

use p256::ecdsa::signature::{Signer as _, Verifier as _};

use crate::allocations;

/// The maximum time of a result in verifications: ten times the maximum of many seeded cases without
/// optimization. The crate's own limit is in `bounds`; this one detects work that grows faster than
/// the input.
const MOST_VERIFICATIONS: f64 = 400.0;
const MOST_BYTES: usize = 16 << 20;

fn yardstick() -> f64 {
    static YARDSTICK: OnceLock<f64> = OnceLock::new();
    *YARDSTICK.get_or_init(|| {
        let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let signature: p256::ecdsa::Signature = key.sign(b"yardstick");
        let once = || {
            let started = Instant::now();
            key.verifying_key().verify(b"yardstick", &signature).unwrap();
            started.elapsed().as_secs_f64()
        };
        (0..30).map(|_| once()).fold(f64::MAX, f64::min)
    })
}

/// Does the work and checks the limits. Other work on the machine only adds time, so a slow run is repeated.
pub fn bounded<T>(mut work: impl FnMut() -> T) -> T {
    let mut timed = || {
        let started = Instant::now();
        let (done, peak) = allocations::peak_of(&mut work);
        (done, peak, started.elapsed().as_secs_f64() / yardstick())
    };
    let (done, peak, mut took) = timed();
    assert!(peak < MOST_BYTES, "{peak} bytes held");
    for _ in 0..50 {
        if took <= MOST_VERIFICATIONS {
            break;
        }
        took = took.min(timed().2);
    }
    assert!(took <= MOST_VERIFICATIONS, "as long as {took:.0} verifications");
    done
}

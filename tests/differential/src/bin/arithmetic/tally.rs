//! What was compared, and what was judged differently.

use std::fmt;

#[derive(Default)]
pub struct Tally {
    /// Cases that the crate judged and whose right result is known.
    pub cases: u64,
    /// Those of them whose right result is that a signature is valid.
    pub valid: u64,
    /// Different keys.
    pub keys: u64,
    /// Those that OpenSSL judged too.
    pub openssl: u64,
    /// Those that the functions of a RustCrypto crate judged too.
    pub rustcrypto: u64,
    /// The numbers of cases with different results.
    pub different: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.valid += other.valid;
        self.keys += other.keys;
        self.openssl += other.openssl;
        self.rustcrypto += other.rustcrypto;
        self.different.extend(other.different);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} cases, {} of them valid signatures, {} keys, {} judged by OpenSSL, {} by RustCrypto: {} different",
            self.cases,
            self.valid,
            self.keys,
            self.openssl,
            self.rustcrypto,
            self.different.len()
        )
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of a number with likely carries: digits of 32 bits that are extreme, few of them any.
pub fn edge<const N: usize>(random: &mut crate::random::Random) -> [u8; N] {
    const DIGITS: [u32; 7] = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX];
    let any = random.below(9);
    let mut out = [0; N];
    for digit in out.chunks_mut(4) {
        let value = if random.below(8) < any {
            random.next() as u32
        } else {
            random.pick(&DIGITS)
        };
        digit.copy_from_slice(&value.to_be_bytes()[4 - digit.len()..]);
    }
    out
}

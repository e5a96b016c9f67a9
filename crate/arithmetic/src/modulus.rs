//! Numbers modulo any odd number: the orders of the groups, and inverses.

use crate::digits::{self, MASK};

/// An odd modulus of `W` words whose highest bit is set.
pub(crate) struct Modulus<const W: usize> {
    pub(crate) number: [u64; W],
    /// `−1/n mod 2³²`.
    pub(crate) factor: u64,
    /// `R² mod n`, where `R` is 2 to the 64·W.
    pub(crate) r2: [u64; W],
}

impl<const W: usize> Modulus<W> {
    /// `a · b / R mod n`, for any `a` and for `b < n`. The running sum stays below `2n`, so one subtraction is enough.
    pub(crate) fn montgomery(&self, a: &[u64; W], b: &[u64; W]) -> [u64; W] {
        // Digits of the running sum; the last one is its carry.
        let mut sum = [0_u64; 14];
        for i in 0..2 * W {
            let digit = digit(a, i);
            let mut carry = 0;
            for j in 0..2 * W {
                let part = digit * self::digit(b, j) + sum[j] + carry;
                sum[j] = part & MASK;
                carry = part >> 32;
            }
            let top = sum[2 * W] + carry;
            let multiple = (sum[0] * self.factor) & MASK;
            let mut carry = (multiple * self::digit(&self.number, 0) + sum[0]) >> 32;
            for j in 1..2 * W {
                let part = multiple * self::digit(&self.number, j) + sum[j] + carry;
                sum[j - 1] = part & MASK;
                carry = part >> 32;
            }
            let last = top + carry;
            sum[2 * W - 1] = last & MASK;
            sum[2 * W] = last >> 32;
        }
        let mut words = [0; W];
        for at in 0..W {
            words[at] = sum[2 * at] | sum[2 * at + 1] << 32;
        }
        digits::reduce_once(&words, sum[2 * W] != 0, &self.number)
    }

    /// The inverse of `a` modulo the odd number `n`, by the binary Euclidean algorithm. `None` if there is none.
    /// Callers check the inverse by a product, so that nothing depends on this function being right.
    pub(crate) fn invert(a: &[u64; W], n: &[u64; W]) -> Option<[u64; W]> {
        // x · a ≡ u and y · a ≡ v (mod n) throughout.
        let (mut u, mut v) = (*a, *n);
        let (mut x, mut y) = ([0; W], [0; W]);
        x[0] = 1;
        // Of two rounds, at least one makes u and v together shorter: after a subtraction u is even.
        for _ in 0..=256 * W {
            if is_one(&u) {
                return Some(x);
            }
            if digits::is_zero(&u) {
                return is_one(&v).then_some(y);
            }
            if u[0] & 1 == 0 {
                let zeros = u[0].trailing_zeros().clamp(1, 63);
                u = shifted(&u, 0, zeros);
                x = halved(&x, zeros, n);
                continue;
            }
            if digits::is_below(&u, &v) {
                (u, v, x, y) = (v, u, y, x);
            }
            u = digits::sub(&u, &v).0;
            let (difference, borrow) = digits::sub(&x, &y);
            x = match borrow {
                true => digits::add(&difference, n).0,
                false => difference,
            };
        }
        None
    }
}

#[inline(always)]
fn digit<const W: usize>(words: &[u64; W], at: usize) -> u64 {
    (words[at / 2] >> (32 * (at % 2))) & MASK
}

fn is_one<const W: usize>(a: &[u64; W]) -> bool {
    a[0] == 1 && a[1..].iter().all(|word| *word == 0)
}

/// The number with this carry, shifted right by 1 to 63 bits.
fn shifted<const W: usize>(a: &[u64; W], carry: u64, bits: u32) -> [u64; W] {
    let mut result = [0; W];
    for at in 0..W {
        let above = a.get(at + 1).copied().unwrap_or(carry);
        result[at] = a[at] >> bits | above << (64 - bits);
    }
    result
}

/// `a / 2^bits mod n`, for `a < n`.
fn halved<const W: usize>(a: &[u64; W], bits: u32, n: &[u64; W]) -> [u64; W] {
    let mut result = *a;
    for _ in 0..bits {
        let (sum, carry) = match result[0] & 1 {
            0 => (result, false),
            _ => digits::add(&result, n),
        };
        result = shifted(&sum, carry.into(), 1);
    }
    result
}

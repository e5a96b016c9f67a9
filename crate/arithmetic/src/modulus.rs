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
    #[inline(never)]
    pub(crate) fn invert(a: &[u64; W], n: &[u64; W]) -> Option<[u64; W]> {
        // a · x ≡ ± 2^shifts · u and a · y ≡ ∓ 2^shifts · v (mod n) throughout, and u · y + v · x = n, so that x and y
        // stay below n while u and v are not zero.
        let (mut u, mut v) = (*a, *n);
        let mut one = [0; W];
        one[0] = 1;
        let (mut x, mut y) = (one, [0; W]);
        let (mut shifts, mut is_negative) = (0, false);
        if digits::is_zero(a) {
            return None;
        }
        // Of two rounds, at least one makes u and v together shorter: after a subtraction u is even.
        for _ in 0..=256 * W {
            if u[0] & 1 == 0 {
                let zeros = u[0].trailing_zeros().min(63);
                u = shifted_right(&u, zeros);
                y = shifted_left(&y, zeros);
                shifts += zeros;
                continue;
            }
            if u == v {
                break;
            }
            if digits::is_below(&u, &v) {
                (u, v, x, y) = (v, u, y, x);
                is_negative = !is_negative;
            }
            u = digits::sub(&u, &v).0;
            x = digits::add(&x, &y).0;
        }
        // Now u is the greatest common divisor.
        if u != one {
            return None;
        }
        if is_negative {
            x = digits::sub(n, &x).0;
        }
        let factor = negative_inverse(n[0]);
        for at in (0..shifts).step_by(32) {
            x = divided(&x, (shifts - at).min(32), factor, n);
        }
        Some(x)
    }
}

#[inline(always)]
fn digit<const W: usize>(words: &[u64; W], at: usize) -> u64 {
    (words[at / 2] >> (32 * (at % 2))) & MASK
}

/// `−1/n mod 2³²` for an odd `n`. Each step doubles the number of right bits.
fn negative_inverse(n: u64) -> u64 {
    let mut inverse = n;
    for _ in 0..4 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(n.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg() & MASK
}

/// `a / 2^bits mod n`, for `a < n` and at most 32 bits.
fn divided<const W: usize>(a: &[u64; W], bits: u32, factor: u64, n: &[u64; W]) -> [u64; W] {
    let multiple = ((a[0] & MASK) * factor) & ((1 << bits) - 1);
    let (mut sum, mut carry) = ([0; W], 0);
    for at in 0..2 * W {
        let part = multiple * digit(n, at) + digit(a, at) + carry;
        sum[at / 2] |= (part & MASK) << (32 * (at % 2));
        carry = part >> 32;
    }
    let mut result = shifted_right(&sum, bits);
    result[W - 1] |= carry << (64 - bits);
    result
}

/// The number shifted right by 1 to 63 bits.
#[inline(always)]
fn shifted_right<const W: usize>(a: &[u64; W], bits: u32) -> [u64; W] {
    let mut result = [0; W];
    for at in 0..W {
        let above = a.get(at + 1).copied().unwrap_or_default();
        result[at] = a[at] >> bits | above << (64 - bits);
    }
    result
}

/// The number shifted left by 1 to 63 bits.
#[inline(always)]
fn shifted_left<const W: usize>(a: &[u64; W], bits: u32) -> [u64; W] {
    let mut result = [0; W];
    for at in 0..W {
        let below = if at == 0 { 0 } else { a[at - 1] };
        result[at] = a[at] << bits | below >> (64 - bits);
    }
    result
}

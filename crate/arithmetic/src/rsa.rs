//! RSAVP1 (RFC 8017 §5.2.2) for moduli of up to 8192 bits.
//!
//! Numbers are limbs of 27 bits. A column of a product has at most 304 products of two limbs, and its reduction
//! adds as many: `2 · 304 · 2⁵⁴ < 2⁶⁴`, so columns are added up without carries. Values stay below `2n`, because
//! `R = 2^(27·limbs)` is above `4n`.

const BITS: usize = 27;
const MASK: u64 = (1 << BITS) - 1;
/// The highest number of limbs: 8192 bits, two more for `R > 4n`, in rows of four.
const MOST: usize = 304;
const MOST_BITS: usize = 8192;
const _: () = assert!(BITS * MOST >= MOST_BITS + 2 && MOST.is_multiple_of(4));
const _: () = assert!(2 * MOST as u128 * (1 << (2 * BITS)) < 1 << 64);

mod lanes;
mod power;
#[cfg(test)]
#[path = "tests/rsa.rs"]
mod tests;

use power::Power;

/// Of those above the highest, which are zero, four are read.
type Limbs = [u32; MOST + 4];

/// An RSA public key.
#[derive(Clone, Debug)]
pub struct Key {
    modulus: Limbs,
    /// `R² mod n`, below `2n`.
    r2: Limbs,
    limbs: usize,
    bits: usize,
    /// `−1/n mod 2²⁷`.
    factor: u64,
    exponent: u32,
}

impl Key {
    /// The key with this big-endian modulus, odd, of 64 to 8192 bits and without leading zero bytes, and this
    /// exponent, odd and at least 3. `None` for any other.
    #[must_use]
    pub fn new(modulus: &[u8], exponent: u32) -> Option<Self> {
        let lead = modulus.first().filter(|lead| **lead != 0)?;
        let bits = 8 * modulus.len() - lead.leading_zeros() as usize;
        if !(64..=MOST_BITS).contains(&bits)
            || exponent < 3
            || exponent.is_multiple_of(2)
            || modulus.last()?.is_multiple_of(2)
        {
            return None;
        }
        let limbs = (bits + 2).div_ceil(BITS).next_multiple_of(4);
        let modulus = read(modulus);
        // Each step doubles the number of right bits of the inverse.
        let lowest = u64::from(modulus[0]);
        let mut inverse = 1_u64;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        let mut key = Self {
            modulus,
            r2: [0; MOST + 4],
            limbs,
            bits,
            factor: inverse.wrapping_neg() & MASK,
            exponent,
        };
        key.r2 = key.square_of_r();
        Some(key)
    }

    /// The length of the modulus in bits.
    #[must_use]
    pub const fn bits(&self) -> usize {
        self.bits
    }

    /// Writes `signature^e mod n` to `out`. Both have the length of the modulus. `false` if their length differs,
    /// or if the number is not below the modulus.
    #[must_use]
    pub fn apply(&self, signature: &[u8], out: &mut [u8]) -> bool {
        let length = self.bits.div_ceil(8);
        if signature.len() != length || out.len() != length {
            return false;
        }
        let number = read(signature);
        // Bytes reach beyond the limbs of some moduli.
        let is_longer = number[self.limbs..].iter().any(|limb| *limb != 0);
        if is_longer || !self.is_below_modulus(&number) {
            return false;
        }
        let mut power = Power::new(self, number);
        power.multiply(&self.r2);
        let base = power.value;
        for at in (0..self.exponent.ilog2()).rev() {
            power.square();
            if self.exponent >> at & 1 == 1 {
                // The lowest bit is set. The last factor is no Montgomery form, so the result is none either.
                power.multiply(if at == 0 { &number } else { &base });
            }
        }
        self.subtract_modulus(&mut power.value);
        write(&power.value, out);
        true
    }

    /// `R² mod n` as `2^(27·limbs) · R`, where a square doubles the exponent.
    fn square_of_r(&self) -> Limbs {
        // The highest power of two below the modulus, and then `R` itself.
        let mut start = [0; MOST + 4];
        start[(self.bits - 1) / BITS] = 1 << ((self.bits - 1) % BITS);
        let exponent = BITS * self.limbs;
        const SQUARES: usize = 5;
        for _ in self.bits - 1..exponent + (exponent >> SQUARES) {
            self.double(&mut start);
        }
        let mut power = Power::new(self, start);
        for at in (0..SQUARES).rev() {
            power.square();
            self.subtract_modulus(&mut power.value);
            if exponent >> at & 1 == 1 {
                self.double(&mut power.value);
            }
        }
        power.value
    }

    /// `2a mod n`, for `a < n`.
    fn double(&self, number: &mut Limbs) {
        let mut carry = 0;
        for limb in &mut number[..self.limbs] {
            let sum = *limb << 1 | carry;
            *limb = sum & MASK as u32;
            carry = sum >> BITS;
        }
        self.subtract_modulus(number);
    }

    fn is_below_modulus(&self, number: &Limbs) -> bool {
        let [number, modulus] = [number, &self.modulus].map(|limbs| limbs[..self.limbs].iter().rev());
        number.lt(modulus)
    }

    /// The number modulo `n`, for a number below `2n`.
    fn subtract_modulus(&self, number: &mut Limbs) {
        if self.is_below_modulus(number) {
            return;
        }
        let mut borrow = 0;
        for (limb, modulus) in number[..self.limbs].iter_mut().zip(&self.modulus) {
            let difference = i64::from(*limb) - i64::from(*modulus) + borrow;
            *limb = (difference.cast_unsigned() & MASK) as u32;
            borrow = difference >> BITS;
        }
    }
}

/// The number with these big-endian bytes, at most 1024.
fn read(bytes: &[u8]) -> Limbs {
    let mut limbs = [0; MOST + 4];
    for (at, byte) in bytes.iter().rev().enumerate() {
        let (limb, bit) = (8 * at / BITS, 8 * at % BITS);
        let part = u64::from(*byte) << bit;
        limbs[limb] |= (part & MASK) as u32;
        if bit > BITS - 8 {
            limbs[limb + 1] |= (part >> BITS) as u32;
        }
    }
    limbs
}

/// The lowest bytes of the number, big-endian.
fn write(limbs: &Limbs, out: &mut [u8]) {
    for (at, byte) in out.iter_mut().rev().enumerate() {
        let (limb, bit) = (8 * at / BITS, 8 * at % BITS);
        let above = limbs.get(limb + 1).copied().unwrap_or_default();
        *byte = ((u64::from(limbs[limb]) | u64::from(above) << BITS) >> bit) as u8;
    }
}

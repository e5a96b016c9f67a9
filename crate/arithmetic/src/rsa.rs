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

#[cfg(test)]
#[path = "tests/rsa.rs"]
mod tests;

type Limbs = [u32; MOST];

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
            r2: [0; MOST],
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
        if !self.is_below_modulus(&number) {
            return false;
        }
        let base = self.multiply(&number, &self.r2);
        let mut power = base;
        for at in (0..self.exponent.ilog2()).rev() {
            power = self.square(&power);
            if self.exponent >> at & 1 == 1 {
                // The lowest bit is set. The last factor is no Montgomery form, so the result is none either.
                power = self.multiply(&power, if at == 0 { &number } else { &base });
            }
        }
        self.subtract_modulus(&mut power);
        write(&power, out);
        true
    }

    /// `R² mod n` as `2^(27·limbs) · R`, where a square doubles the exponent.
    fn square_of_r(&self) -> Limbs {
        // The highest power of two below the modulus, and then `R` itself.
        let mut power = [0; MOST];
        power[(self.bits - 1) / BITS] = 1 << ((self.bits - 1) % BITS);
        let exponent = BITS * self.limbs;
        const SQUARES: usize = 5;
        for _ in self.bits - 1..exponent + (exponent >> SQUARES) {
            self.double(&mut power);
        }
        for at in (0..SQUARES).rev() {
            power = self.square(&power);
            self.subtract_modulus(&mut power);
            if exponent >> at & 1 == 1 {
                self.double(&mut power);
            }
        }
        power
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
        number.iter().rev().lt(self.modulus.iter().rev())
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

    fn multiply(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let mut columns = [0; 2 * MOST];
        let b = &b[..self.limbs];
        for at in (0..self.limbs).step_by(4) {
            add_rows(&mut columns[at..], four(a, at), b, [0; 3]);
        }
        self.reduce(&mut columns)
    }

    fn square(&self, a: &Limbs) -> Limbs {
        let mut columns = [0; 2 * MOST];
        for at in (0..self.limbs).step_by(4) {
            // The products of these four limbs, and twice those with the limbs above.
            let row = four(a, at);
            for (i, one) in row.iter().enumerate() {
                for (j, other) in row.iter().enumerate() {
                    columns[2 * at + i + j] += one * other;
                }
            }
            let doubled = row.map(|limb| 2 * limb);
            add_rows(
                &mut columns[2 * at + 4..],
                doubled,
                &a[at + 4..self.limbs],
                [0; 3],
            );
        }
        self.reduce(&mut columns)
    }

    /// The columns divided by `R` modulo `n`, below `2n` if they are below `4n²`.
    fn reduce(&self, columns: &mut [u64; 2 * MOST]) -> Limbs {
        let [n0, n1, n2, n3] = four(&self.modulus, 0);
        let factor = |column: u64| ((column & MASK) * self.factor) & MASK;
        for at in (0..self.limbs).step_by(4) {
            // The multiples of the modulus that make these four columns zero.
            let [c0, c1, c2, c3] = [0, 1, 2, 3].map(|i| columns[at + i]);
            let m0 = factor(c0);
            let c1 = c1 + m0 * n1 + ((c0 + m0 * n0) >> BITS);
            let m1 = factor(c1);
            let c2 = c2 + m0 * n2 + m1 * n1 + ((c1 + m1 * n0) >> BITS);
            let m2 = factor(c2);
            let c3 = c3 + m0 * n3 + m1 * n2 + m2 * n1 + ((c2 + m2 * n0) >> BITS);
            let m3 = factor(c3);
            columns[at + 4] += (c3 + m3 * n0) >> BITS;
            let above = &self.modulus[4..self.limbs];
            add_rows(&mut columns[at + 4..], [m0, m1, m2, m3], above, [n3, n2, n1]);
        }
        let mut result = [0; MOST];
        let mut carry = 0;
        for (limb, column) in result.iter_mut().zip(&columns[self.limbs..2 * self.limbs]) {
            let sum = column + carry;
            *limb = (sum & MASK) as u32;
            carry = sum >> BITS;
        }
        result
    }
}

fn four(limbs: &Limbs, at: usize) -> [u64; 4] {
    [0, 1, 2, 3].map(|i| limbs[at + i].into())
}

/// Adds the products of four neighbouring factors with a number: the factor `i` with the limb `j` to the column
/// `i + j`. `before` are the limbs below the first one, the nearest first.
fn add_rows(columns: &mut [u64], factors: [u64; 4], number: &[u32], before: [u64; 3]) {
    let [f0, f1, f2, f3] = factors;
    let [mut b1, mut b2, mut b3] = before;
    let (main, rest) = columns.split_at_mut(number.len());
    for (column, limb) in main.iter_mut().zip(number) {
        let b0 = u64::from(*limb);
        *column += f0 * b0 + f1 * b1 + f2 * b2 + f3 * b3;
        (b1, b2, b3) = (b0, b1, b2);
    }
    rest[0] += f1 * b1 + f2 * b2 + f3 * b3;
    rest[1] += f2 * b1 + f3 * b2;
    rest[2] += f3 * b1;
}

/// The number with these big-endian bytes, at most 1024.
fn read(bytes: &[u8]) -> Limbs {
    let mut limbs = [0; MOST];
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

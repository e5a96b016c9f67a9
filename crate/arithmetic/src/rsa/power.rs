//! Montgomery multiplication in columns without carries.

use super::lanes::{Four, MORE, ZERO, add_products, neighbours, places, repeat};
use super::{BITS, Key, Limbs, MASK, MOST};

/// A number below `2n`, and the room to compute with it.
pub(super) struct Power<'k> {
    key: &'k Key,
    pub(super) value: Limbs,
    /// The neighbours of the modulus.
    modulus: [Four; MOST + MORE],
    /// Those of the value.
    windows: [Four; MOST + MORE],
    /// Limbs of the other number, four times each.
    factors: [Four; MOST],
    pub(super) columns: [[u64; 8]; MOST / 4],
}

impl<'k> Power<'k> {
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn new(key: &'k Key, value: Limbs) -> Self {
        let mut power = Self {
            key,
            value,
            modulus: [ZERO; MOST + MORE],
            windows: [ZERO; MOST + MORE],
            factors: [ZERO; MOST],
            columns: [[0; 8]; MOST / 4],
        };
        neighbours(&key.modulus[..key.limbs], &mut power.modulus);
        power
    }

    /// The value times a number below `2n`, divided by `R` modulo `n`.
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn multiply(&mut self, by: &Limbs) {
        let limbs = self.key.limbs;
        repeat(by[..limbs].iter().copied(), &mut self.factors);
        neighbours(&self.value[..limbs], &mut self.windows);
        for (at, columns) in (0..2 * limbs).step_by(8).zip(&mut self.columns) {
            let (from, to) = (at.saturating_sub(limbs), limbs.min(at + 8));
            *columns = [0; 8];
            add_products(
                columns,
                &self.factors[from..to],
                &self.windows[places(at, from, to)],
            );
        }
        self.reduce();
    }

    /// The square of the value, divided by `R` modulo `n`.
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn square(&mut self) {
        let limbs = self.key.limbs;
        repeat(self.value[..limbs].iter().map(|limb| 2 * limb), &mut self.factors);
        neighbours(&self.value[..limbs], &mut self.windows);
        for (at, columns) in (0..2 * limbs).step_by(8).zip(&mut self.columns) {
            // The products of limbs that are near each other, and twice those with the limbs below them.
            let middle = at / 2;
            let [a, b, c, d, e, f, g, h] = eight(&self.value, middle);
            *columns = [
                a * a,
                2 * (a * b),
                2 * (a * c) + b * b,
                2 * (a * d + b * c),
                2 * (a * e + b * d) + c * c,
                2 * (a * f + b * e + c * d),
                2 * (a * g + b * f + c * e) + d * d,
                2 * (a * h + b * g + c * f + d * e),
            ];
            let from = at.saturating_sub(limbs);
            add_products(
                columns,
                &self.factors[from..middle],
                &self.windows[places(at, from, middle)],
            );
        }
        self.reduce();
    }

    /// The columns divided by `R` modulo `n`, below `2n` if they are below `4n²`.
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn reduce(&mut self) {
        let (key, limbs) = (self.key, self.key.limbs);
        let n = eight(&key.modulus, 0);
        let (below, above) = self.columns.as_flattened_mut().split_at_mut(limbs);
        let (four, eights) = below.as_rchunks_mut();
        let (mut at, mut carry) = (0, 0);
        if let [c0, c1, c2, c3] = four {
            let multiples;
            (multiples, carry) = key.clear([*c0, *c1, *c2, *c3], &n);
            repeat(multiples.map(narrow).into_iter(), &mut self.factors);
            at = 4;
        }
        for columns in eights {
            add_products(columns, &self.factors[..at], &self.modulus[places(at, 0, at)]);
            let [c0, c1, c2, c3, c4, c5, c6, c7] = *columns;
            let (low, carried) = key.clear([c0 + carry, c1, c2, c3], &n);
            let [m0, m1, m2, m3] = low;
            let next = [
                c4 + m0 * n[4] + m1 * n[3] + m2 * n[2] + m3 * n[1] + carried,
                c5 + m0 * n[5] + m1 * n[4] + m2 * n[3] + m3 * n[2],
                c6 + m0 * n[6] + m1 * n[5] + m2 * n[4] + m3 * n[3],
                c7 + m0 * n[7] + m1 * n[6] + m2 * n[5] + m3 * n[4],
            ];
            let high;
            (high, carry) = key.clear(next, &n);
            let multiples = low.into_iter().chain(high).map(narrow);
            repeat(multiples, &mut self.factors[at..at + 8]);
            at += 8;
        }
        let eights = above.as_chunks_mut().0.iter_mut();
        for (at, columns) in (0..limbs).step_by(8).zip(eights) {
            let place = places(limbs + at, at, limbs);
            add_products(columns, &self.factors[at..limbs], &self.modulus[place]);
            for (limb, column) in self.value[at..limbs].iter_mut().zip(columns) {
                let sum = *column + carry;
                *limb = narrow(sum & MASK);
                carry = sum >> BITS;
            }
        }
    }
}

impl Key {
    /// The multiples of the modulus that make these four columns zero, and what these carry to the next one.
    const fn clear(&self, columns: [u64; 4], modulus: &[u64; 8]) -> ([u64; 4], u64) {
        let ([c0, c1, c2, c3], [n0, n1, n2, n3, ..]) = (columns, *modulus);
        let m0 = self.multiple(c0);
        let c1 = c1 + m0 * n1 + ((c0 + m0 * n0) >> BITS);
        let m1 = self.multiple(c1);
        let c2 = c2 + m0 * n2 + m1 * n1 + ((c1 + m1 * n0) >> BITS);
        let m2 = self.multiple(c2);
        let c3 = c3 + m0 * n3 + m1 * n2 + m2 * n1 + ((c2 + m2 * n0) >> BITS);
        let m3 = self.multiple(c3);
        ([m0, m1, m2, m3], (c3 + m3 * n0) >> BITS)
    }

    const fn multiple(&self, column: u64) -> u64 {
        ((column & MASK) * self.factor) & MASK
    }
}

const fn narrow(limb: u64) -> u32 {
    limb as u32
}

fn eight(limbs: &Limbs, at: usize) -> [u64; 8] {
    core::array::from_fn(|i| limbs[at + i].into())
}

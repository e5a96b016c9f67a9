//! Limbs four by four, and the products of two numbers in eight columns at a time.

/// Neighbours reach from so many below a number to 4 above its highest limb, so that the columns at either end are
/// like all others.
const BELOW: usize = 7;
/// How many more neighbours than limbs there are.
pub(super) const MORE: usize = BELOW + 5;

#[cfg(not(all(feature = "simd", target_arch = "wasm32")))]
use plain as form;
#[cfg(all(feature = "simd", target_arch = "wasm32"))]
use vector as form;

pub(super) use form::{Four, ZERO, add_products};

/// Writes each limb four times.
#[cfg_attr(
    all(feature = "simd", target_arch = "wasm32"),
    target_feature(enable = "simd128")
)]
pub(super) fn repeat(limbs: impl Iterator<Item = u32>, factors: &mut [Four]) {
    for (four, limb) in factors.iter_mut().zip(limbs) {
        *four = form::four([limb; 4]);
    }
}

/// Writes the limbs `j` to `j + 3` to the place `BELOW + j`. `limbs` are four or more. Limbs outside of the number are
/// zero; where all four are, nothing is written.
#[cfg_attr(
    all(feature = "simd", target_arch = "wasm32"),
    target_feature(enable = "simd128")
)]
pub(super) fn neighbours(limbs: &[u32], windows: &mut [Four]) {
    for (four, limbs) in windows[BELOW..].iter_mut().zip(limbs.windows(4)) {
        *four = form::four([limbs[0], limbs[1], limbs[2], limbs[3]]);
    }
    let [a, b, c] = [0, 1, 2].map(|at| limbs[at]);
    let [x, y, z] = [3, 2, 1].map(|at| limbs[limbs.len() - at]);
    let above = BELOW + limbs.len() - 3;
    let edges = [
        [0, 0, 0, a],
        [0, 0, a, b],
        [0, a, b, c],
        [x, y, z, 0],
        [y, z, 0, 0],
        [z, 0, 0, 0],
    ];
    for (at, edge) in edges.into_iter().enumerate() {
        windows[if at < 3 { BELOW - 3 + at } else { above + at - 3 }] = form::four(edge);
    }
}

/// The neighbours for the columns `column` to `column + 7` of a product with the factors `from` to `to`, but the last
/// one.
pub(super) const fn places(column: usize, from: usize, to: usize) -> core::ops::Range<usize> {
    BELOW + 1 + column - to..BELOW + 5 + column - from
}

#[cfg(not(all(feature = "simd", target_arch = "wasm32")))]
mod plain {
    pub(in super::super) type Four = [u32; 4];

    pub(in super::super) const ZERO: Four = [0; 4];

    pub(super) const fn four(limbs: [u32; 4]) -> Four {
        limbs
    }

    /// Adds the products of factors, an even number of them, with a number to eight of its columns. The first factor
    /// meets the last neighbours.
    pub(in super::super) fn add_products(columns: &mut [u64; 8], factors: &[Four], windows: &[Four]) {
        let mut sums = *columns;
        let low = windows[..factors.len()].iter().rev();
        let high = windows[4..].iter().rev();
        for (([factor, ..], low), high) in factors.iter().zip(low).zip(high) {
            let factor = u64::from(*factor);
            for i in 0..4 {
                sums[i] += factor * u64::from(low[i]);
                sums[4 + i] += factor * u64::from(high[i]);
            }
        }
        *columns = sums;
    }
}

/// The same in vector instructions. A product of the module for WebAssembly is two instructions here, and three in
/// the plain text.
#[cfg(all(feature = "simd", target_arch = "wasm32"))]
mod vector {
    use core::arch::wasm32::{
        u32x4, u64x2, u64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, v128,
    };

    pub(in super::super) type Four = v128;

    pub(in super::super) const ZERO: Four = u32x4(0, 0, 0, 0);

    #[target_feature(enable = "simd128")]
    pub(super) fn four([a, b, c, d]: [u32; 4]) -> Four {
        u32x4(a, b, c, d)
    }

    /// Pairs of factors, because each turn of a loop costs as much as a product.
    #[target_feature(enable = "simd128")]
    #[inline(never)]
    pub(in super::super) fn add_products(columns: &mut [u64; 8], factors: &[Four], windows: &[Four]) {
        let [mut a, mut b, mut c, mut d] = [0, 2, 4, 6].map(|at| u64x2(columns[at], columns[at + 1]));
        let low = windows[..factors.len()].as_chunks::<2>().0.iter().rev();
        let high = windows[4..].as_chunks::<2>().0.iter().rev();
        for ((factors, low), high) in factors.as_chunks::<2>().0.iter().zip(low).zip(high) {
            for i in 0..2 {
                let (factor, low, high) = (factors[i], low[1 - i], high[1 - i]);
                a = u64x2_add(a, u64x2_extmul_low_u32x4(factor, low));
                b = u64x2_add(b, u64x2_extmul_high_u32x4(factor, low));
                c = u64x2_add(c, u64x2_extmul_low_u32x4(factor, high));
                d = u64x2_add(d, u64x2_extmul_high_u32x4(factor, high));
            }
        }
        let pair = |sum: v128| [u64x2_extract_lane::<0>(sum), u64x2_extract_lane::<1>(sum)];
        columns.copy_from_slice([a, b, c, d].map(pair).as_flattened());
    }
}

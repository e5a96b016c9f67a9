//! Multiples of a point, computed ahead.

use crate::curve::{Affine, Point};
use crate::field::Field;

/// The distance between the pieces of a number, in bits: a table of several pieces has the odd multiples of
/// `2^(SPACING · i) · P` for each piece `i`.
pub(crate) const fn spacing<const W: usize>(pieces: usize) -> usize {
    64 * W / pieces
}

/// The odd multiples `P, 3P, 5P, …` for each piece. `None` only if an addition has an exception, which no point of
/// a group of large prime order has.
pub(crate) fn build<F: Field, const PIECES: usize, const POINTS: usize>(
    point: &Affine<F>,
    spacing: usize,
) -> Option<[[Affine<F>; POINTS]; PIECES]> {
    let empty = Affine {
        x: F::ZERO,
        y: F::ZERO,
    };
    let mut table = [[empty; POINTS]; PIECES];
    let mut heights = [[F::ONE; POINTS]; PIECES];
    let mut base = point.point();
    for piece in 0..PIECES {
        // On the isomorphic curve with coordinates scaled by the z of the double, the double is affine.
        let double = base.double();
        let (step, z) = (
            Affine {
                x: double.x,
                y: double.y,
            },
            double.z,
        );
        let z2 = z.square();
        let mut odd = Point {
            x: base.x.mul(&z2),
            y: base.y.mul(&z2).mul(&z),
            z: base.z,
        };
        for at in 0..POINTS {
            table[piece][at] = Affine { x: odd.x, y: odd.y };
            heights[piece][at] = odd.z.mul(&z);
            odd = odd.add(&step);
        }
        if piece + 1 < PIECES {
            for _ in 0..spacing {
                base = base.double();
            }
        }
    }
    // One inversion for all: the products of the heights so far, then backwards.
    let mut products = [[F::ONE; POINTS]; PIECES];
    let mut product = F::ONE;
    for (product_row, height_row) in products.iter_mut().zip(&heights) {
        for (before, height) in product_row.iter_mut().zip(height_row) {
            *before = product;
            product = product.mul(height);
        }
    }
    let mut inverse = product.invert()?;
    for piece in (0..PIECES).rev() {
        for at in (0..POINTS).rev() {
            let own = inverse.mul(&products[piece][at]);
            inverse = inverse.mul(&heights[piece][at]);
            let own2 = own.square();
            let entry = &mut table[piece][at];
            entry.x = entry.x.mul(&own2);
            entry.y = entry.y.mul(&own2).mul(&own);
        }
    }
    Some(table)
}

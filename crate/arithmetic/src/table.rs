//! Multiples of a point, computed ahead.

use crate::curve::{Affine, Point};
use crate::field::Field;

/// The distance between the pieces of a number, in bits: a table of several pieces has the odd multiples of
/// `2^(SPACING · i) · P` for each piece `i`.
pub(crate) const fn spacing<const W: usize>(pieces: usize) -> usize {
    64 * W / pieces
}

/// The most points of a table.
const MOST: usize = 128;

/// The odd multiples of a point, piece after piece.
#[derive(Clone, Copy)]
pub(crate) struct Table<'t, F> {
    pub(crate) points: &'t [Affine<F>],
    /// The points for each piece.
    pub(crate) each: usize,
}

/// Fills `table` with the odd multiples `P, 3P, 5P, …`, `each` for each piece. `None` only if an addition has an
/// exception, which no point of a group of large prime order has, or if the table is too long.
#[inline(never)]
pub(crate) fn fill<F: Field>(
    table: &mut [Affine<F>],
    each: usize,
    spacing: usize,
    point: &Affine<F>,
) -> Option<()> {
    let mut heights = [F::ONE; MOST];
    let heights = heights.get_mut(..table.len())?;
    let mut base = point.point();
    for (piece, (table, heights)) in table.chunks_mut(each).zip(heights.chunks_mut(each)).enumerate() {
        if piece > 0 {
            for _ in 0..spacing {
                base = base.double();
            }
        }
        odd_multiples(table, heights, &base);
    }
    make_affine(table, heights)
}

/// The odd multiples of a point, with their z.
fn odd_multiples<F: Field>(table: &mut [Affine<F>], heights: &mut [F], base: &Point<F>) {
    // On the isomorphic curve with coordinates scaled by the z of the double, the double is affine.
    let Point { x, y, z } = base.double();
    let step = Affine { x, y };
    let z2 = z.square();
    let mut odd = Point {
        x: base.x.mul(&z2),
        y: base.y.mul(&z2).mul(&z),
        z: base.z,
    };
    for (entry, height) in table.iter_mut().zip(heights) {
        *entry = Affine { x: odd.x, y: odd.y };
        *height = odd.z.mul(&z);
        odd = odd.add(&step);
    }
}

/// Divides by z, with one inversion for all: the products of the z so far, and then backwards.
fn make_affine<F: Field>(table: &mut [Affine<F>], heights: &[F]) -> Option<()> {
    let mut products = [F::ONE; MOST];
    let mut product = F::ONE;
    for (before, height) in products.iter_mut().zip(heights) {
        *before = product;
        product = product.mul(height);
    }
    let mut inverse = product.invert()?;
    for ((entry, height), before) in table.iter_mut().zip(heights).zip(&products).rev() {
        let own = inverse.mul(before);
        inverse = inverse.mul(height);
        let own2 = own.square();
        entry.x = entry.x.mul(&own2);
        entry.y = entry.y.mul(&own2).mul(&own);
    }
    Some(())
}

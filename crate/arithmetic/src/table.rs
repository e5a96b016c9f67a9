//! Multiples of a point, computed ahead.

use crate::curve::{Affine, Point};
use crate::field::Field;

/// The distance between the pieces of a number, in bits: a table of several pieces has the odd multiples of
/// `2^(SPACING · i) · P` for each piece `i`.
pub(crate) const fn spacing<const W: usize>(pieces: usize) -> usize {
    64 * W / pieces
}

/// The odd multiples of a point, piece after piece.
#[derive(Clone, Copy)]
pub(crate) struct Table<'t, F> {
    pub(crate) points: &'t [Affine<F>],
    /// The points for each piece.
    pub(crate) each: usize,
}

/// Fills `table` with the odd multiples `P, 3P, 5P, …`, `each` for each piece. The other slices are room to work in,
/// each as long as the table. `None` if they are not, or if an addition has an exception, which no point of a group
/// of large prime order has.
pub(crate) fn fill<F: Field>(
    table: &mut [Affine<F>],
    [heights, products]: [&mut [F]; 2],
    each: usize,
    spacing: usize,
    point: &Affine<F>,
) -> Option<()> {
    if heights.len() != table.len() || products.len() != table.len() {
        return None;
    }
    multiples(table, heights, each, spacing, point);
    make_affine(table, heights, products)
}

/// The odd multiples of a point for each piece, with their z.
#[inline(never)]
fn multiples<F: Field>(
    table: &mut [Affine<F>],
    heights: &mut [F],
    each: usize,
    spacing: usize,
    point: &Affine<F>,
) {
    let mut base = point.point();
    for (piece, (table, heights)) in table.chunks_mut(each).zip(heights.chunks_mut(each)).enumerate() {
        if piece > 0 {
            for _ in 0..spacing {
                base.double();
            }
        }
        odd_multiples(table, heights, base);
    }
}

/// The odd multiples of a point, with their z.
fn odd_multiples<F: Field>(table: &mut [Affine<F>], heights: &mut [F], base: Point<F>) {
    let mut twice = base;
    twice.double();
    // On the isomorphic curve with coordinates scaled by the z of the double, the double is affine.
    let Point { x, y, z } = twice;
    let step = Affine { x, y };
    let z2 = z.square();
    let mut odd = Point {
        x: base.x.mul(&z2),
        y: base.y.mul(&z2).mul(&z),
        z: base.z,
    };
    for (at, (entry, height)) in table.iter_mut().zip(heights).enumerate() {
        if at > 0 {
            odd.add(&step);
        }
        *entry = Affine { x: odd.x, y: odd.y };
        *height = odd.z.mul(&z);
    }
}

/// Divides by z, with one inversion for all: the products of the z so far, and then backwards.
#[inline(never)]
fn make_affine<F: Field>(table: &mut [Affine<F>], heights: &[F], products: &mut [F]) -> Option<()> {
    let mut product = F::ONE;
    for (before, height) in products.iter_mut().zip(heights) {
        *before = product;
        product = product.mul(height);
    }
    let mut inverse = product.invert()?;
    for ((entry, height), before) in table.iter_mut().zip(heights).zip(products).rev() {
        let own = inverse.mul(before);
        inverse = inverse.mul(height);
        let own2 = own.square();
        entry.x = entry.x.mul(&own2);
        entry.y = entry.y.mul(&own2).mul(&own);
    }
    Some(())
}

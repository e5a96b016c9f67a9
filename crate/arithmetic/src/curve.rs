//! Points of a curve `y² = x³ − 3x + b` whose group has a prime order.

use crate::field::Field;

/// A point that is not the point at infinity.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Affine<F> {
    pub(crate) x: F,
    pub(crate) y: F,
}

/// A point in Jacobian coordinates: `x / z²`, `y / z³`. If `z` is zero, it is the point at infinity, or, after
/// [`Point::add`], unknown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point<F> {
    pub(crate) x: F,
    pub(crate) y: F,
    pub(crate) z: F,
}

impl<F: Field> Affine<F> {
    pub(crate) fn negate(&self) -> Self {
        let y = self.y.negate();
        Self { x: self.x, y }
    }

    pub(crate) const fn point(&self) -> Point<F> {
        Point {
            x: self.x,
            y: self.y,
            z: F::ONE,
        }
    }

    pub(crate) fn is_on_curve(&self, b: &F) -> bool {
        let triple = self.x.double().add(&self.x);
        let right = self.x.square().mul(&self.x).sub(&triple).add(b);
        self.y.square() == right
    }
}

impl<F: Field> Point<F> {
    pub(crate) const INFINITY: Self = Self {
        x: F::ONE,
        y: F::ONE,
        z: F::ZERO,
    };

    /// Doubles the point. No point has the order 2, so there is no exception; a `z` of zero stays zero.
    #[inline(never)]
    pub(crate) fn double(&mut self) {
        let delta = self.z.square();
        let gamma = self.y.square();
        let beta = self.x.mul(&gamma);
        let slope = self.x.sub(&delta).mul(&self.x.add(&delta));
        let alpha = slope.double().add(&slope);
        let four_beta = beta.double().double();
        self.x = alpha.square().sub(&four_beta.double());
        self.z = self.y.mul(&self.z).double();
        let eight_gamma2 = gamma.square().double().double().double();
        self.y = alpha.mul(&four_beta.sub(&self.x)).sub(&eight_gamma2);
    }

    /// The sum with another point, if neither the two nor their negatives are equal. If they are, or if `z` is
    /// zero, then `z` of the result is zero.
    #[inline(never)]
    pub(crate) fn add(&mut self, other: &Affine<F>) {
        let z2 = self.z.square();
        let h = other.x.mul(&z2).sub(&self.x);
        let slope = other.y.mul(&z2).mul(&self.z).sub(&self.y);
        let h2 = h.square();
        let h3 = h.mul(&h2);
        let v = self.x.mul(&h2);
        self.x = slope.square().sub(&h3).sub(&v.double());
        self.y = slope.mul(&v.sub(&self.x)).sub(&self.y.mul(&h3));
        self.z = self.z.mul(&h);
    }

    /// Adds another point, whatever they are.
    pub(crate) fn add_any(&mut self, other: &Affine<F>) {
        if self.z.is_zero() {
            *self = other.point();
            return;
        }
        let before = *self;
        self.add(other);
        if !self.z.is_zero() {
            return;
        }
        // The coordinates x are equal.
        let z3 = before.z.square().mul(&before.z);
        *self = before;
        match other.y.mul(&z3) == before.y {
            true => self.double(),
            false => *self = Self::INFINITY,
        }
    }
}

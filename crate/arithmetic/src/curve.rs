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

    /// Twice the point. No point has the order 2, so there is no exception; a `z` of zero stays zero.
    #[inline(never)]
    pub(crate) fn double(&self) -> Self {
        let delta = self.z.square();
        let gamma = self.y.square();
        let beta = self.x.mul(&gamma);
        let slope = self.x.sub(&delta).mul(&self.x.add(&delta));
        let alpha = slope.double().add(&slope);
        let four_beta = beta.double().double();
        let x = alpha.square().sub(&four_beta.double());
        let eight_gamma2 = gamma.square().double().double().double();
        Self {
            x,
            y: alpha.mul(&four_beta.sub(&x)).sub(&eight_gamma2),
            z: self.y.mul(&self.z).double(),
        }
    }

    /// The sum with another point, if neither the two nor their negatives are equal. If they are, or if `z` is
    /// zero, then `z` of the result is zero.
    #[inline(never)]
    pub(crate) fn add(&self, other: &Affine<F>) -> Self {
        let z2 = self.z.square();
        let h = other.x.mul(&z2).sub(&self.x);
        let slope = other.y.mul(&z2).mul(&self.z).sub(&self.y);
        let h2 = h.square();
        let h3 = h.mul(&h2);
        let v = self.x.mul(&h2);
        let x = slope.square().sub(&h3).sub(&v.double());
        Self {
            x,
            y: slope.mul(&v.sub(&x)).sub(&self.y.mul(&h3)),
            z: self.z.mul(&h),
        }
    }

    /// The sum with another point, whatever they are.
    pub(crate) fn add_any(&self, other: &Affine<F>) -> Self {
        if self.z.is_zero() {
            return other.point();
        }
        let sum = self.add(other);
        if !sum.z.is_zero() {
            return sum;
        }
        // The coordinates x are equal.
        let z3 = self.z.square().mul(&self.z);
        match other.y.mul(&z3) == self.y {
            true => self.double(),
            false => Self::INFINITY,
        }
    }
}

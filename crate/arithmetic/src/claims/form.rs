//! Polynomials in symbols, with exact rational coefficients.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::digits::Digit;
use crate::field::Field;

/// The coefficients that are not zero, of products of symbols in order.
type Terms = BTreeMap<Vec<u32>, BigRational>;

/// A form. It is the index of its terms among those of the thread, because digits and elements are `Copy`.
#[derive(Clone, Copy)]
pub(crate) struct Form(usize);

#[derive(Default)]
struct Thread {
    forms: Vec<Terms>,
    symbols: u32,
    splits: Vec<(Form, Form)>,
}

thread_local! {
    static THREAD: RefCell<Thread> = RefCell::default();
}

impl Form {
    /// The first two forms of a thread are always 0 and 1.
    const NOTHING: Self = Self(0);

    /// Forgets all forms of the thread.
    pub(crate) fn restart() {
        THREAD.set(Thread {
            forms: vec![Terms::new(), Terms::from([(vec![], BigInt::from(1).into())])],
            ..Thread::default()
        });
    }

    fn new(terms: Terms) -> Self {
        THREAD.with_borrow_mut(|thread| {
            thread.forms.push(terms);
            Self(thread.forms.len() - 1)
        })
    }

    pub(crate) fn terms(self) -> Terms {
        THREAD.with_borrow(|thread| thread.forms[self.0].clone())
    }

    /// A new symbol.
    pub(crate) fn symbol() -> Self {
        let symbol = THREAD.with_borrow_mut(|thread| {
            thread.symbols += 1;
            thread.symbols
        });
        Self::new(Terms::from([(vec![symbol], BigInt::from(1).into())]))
    }

    /// What each split of the thread had as its results.
    pub(crate) fn splits() -> Vec<(Self, Self)> {
        THREAD.with_borrow(|thread| thread.splits.clone())
    }

    fn combine(self, factor: &BigRational, other: Self) -> Self {
        let mut sum = self.terms();
        for (term, coefficient) in other.terms() {
            *sum.entry(term).or_default() += factor * coefficient;
        }
        sum.retain(|_, coefficient| *coefficient != BigRational::default());
        Self::new(sum)
    }

    pub(crate) fn times(self, factor: impl Into<BigInt>) -> Self {
        Self::NOTHING.combine(&BigRational::from(factor.into()), self)
    }

    /// The number with these digits.
    pub(crate) fn number(digits: &[Self]) -> Self {
        let start = Self::NOTHING;
        let place = |at: usize| BigInt::from(1) << (32 * at);
        let add = |sum, (at, digit): (usize, &Self)| sum + digit.times(place(at));
        digits.iter().enumerate().fold(start, add)
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.terms() == other.terms()
    }
}

impl Add for Form {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.combine(&BigInt::from(1).into(), other)
    }
}

impl Sub for Form {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.combine(&BigInt::from(-1).into(), other)
    }
}

impl Mul for Form {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let mut product = Terms::new();
        for (one, factor) in self.terms() {
            for (two, other) in other.terms() {
                let mut both = [one.as_slice(), &two].concat();
                both.sort_unstable();
                *product.entry(both).or_default() += &factor * other;
            }
        }
        product.retain(|_, coefficient| *coefficient != BigRational::default());
        Self::new(product)
    }
}

impl Digit for Form {
    const ZERO: Self = Self::NOTHING;

    /// The lowest 32 bits are a new symbol, whatever they are.
    fn split(self) -> (Self, Self) {
        let low = Self::symbol();
        let part = BigRational::new(1.into(), BigInt::from(1) << 32);
        let rest = Self::NOTHING.combine(&part, self - low);
        THREAD.with_borrow_mut(|thread| thread.splits.push((low, rest)));
        (low, rest)
    }
}

/// The coordinates of points, too, can be forms.
impl Field for Form {
    const ZERO: Self = Self::NOTHING;
    const ONE: Self = Self(1);

    fn add(&self, other: &Self) -> Self {
        *self + *other
    }

    fn sub(&self, other: &Self) -> Self {
        *self - *other
    }

    fn mul(&self, other: &Self) -> Self {
        *self * *other
    }

    fn square(&self) -> Self {
        *self * *self
    }

    fn is_zero(&self) -> bool {
        self.terms().is_empty()
    }

    fn invert(&self) -> Option<Self> {
        None
    }
}

//! The fields of the curves, in Montgomery form: a number `x` below the prime stands for `x / R`, where `R` is
//! 2²⁵⁶ or 2³⁸⁴. Every result is below the prime.

use crate::digits::{self, Digit};
use crate::modulus::Modulus;

/// An element of a prime field.
pub(crate) trait Field: Copy + PartialEq {
    const ZERO: Self;
    const ONE: Self;

    fn add(&self, other: &Self) -> Self;
    fn sub(&self, other: &Self) -> Self;
    fn mul(&self, other: &Self) -> Self;
    fn square(&self) -> Self;
    fn is_zero(&self) -> bool;
    /// `None` for zero.
    fn invert(&self) -> Option<Self>;

    fn double(&self) -> Self {
        self.add(self)
    }

    fn negate(&self) -> Self {
        Self::ZERO.sub(self)
    }
}

/// A field whose prime lets a Montgomery reduction do without products: `−1/p mod 2³²` is 1, and `m · p` is a
/// sum of powers of 2³² times `m`.
macro_rules! field {
    (
        $(#[$doc:meta])* $name:ident: $words:literal words, $digits:literal digits, $columns:literal columns;
        prime $prime:expr; one $one:expr; square $r2:expr; cube $r3:expr;
        fiat $fiat:ident::$element:ident { $fiat_add:ident $fiat_sub:ident $fiat_mul:ident $fiat_square:ident }
        add |$all:ident, $at:ident, $m:ident| $fold:block
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub(crate) struct $name(pub(crate) [u64; $words]);

        impl $name {
            pub(crate) const PRIME: [u64; $words] = $prime;
            /// `R² mod p`.
            pub(crate) const R2: Self = Self($r2);
            /// `R³ mod p`.
            pub(crate) const R3: Self = Self($r3);

            /// `None` if the number is not below the prime.
            pub(crate) fn from_number(number: [u64; $words]) -> Option<Self> {
                digits::is_below(&number, &Self::PRIME).then(|| Self(number).mul(&Self::R2))
            }

            /// The number in these columns plus the multiple of the prime that makes it divisible by R, divided by R:
            /// its digits and a carry.
            #[inline(always)]
            pub(crate) fn divide<N: Digit>(mut $all: [N; $columns]) -> ([N; $digits], N) {
                let mut carry = N::ZERO;
                for $at in 0..$digits {
                    // The multiple of the prime that makes this column zero.
                    let ($m, rest) = ($all[$at] + carry).split();
                    carry = rest;
                    $fold
                }
                let mut digits = [N::ZERO; $digits];
                for at in 0..$digits {
                    (digits[at], carry) = ($all[$digits + at] + carry).split();
                }
                (digits, carry)
            }

            /// `all / R mod p`, for a number below `R · p`.
            #[cfg(not(feature = "fiat"))]
            #[inline(always)]
            fn reduce(all: &[u64; $columns]) -> Self {
                let mut signed = [0; $columns];
                for at in 0..$columns {
                    signed[at] = all[at].cast_signed();
                }
                let (digits, carry) = Self::divide(signed);
                let mut words = [0; $words];
                for at in 0..$words {
                    words[at] = digits[2 * at].cast_unsigned() | digits[2 * at + 1].cast_unsigned() << 32;
                }
                Self(digits::reduce_once(&words, carry != 0, &Self::PRIME))
            }
        }

        /// With the same R, fiat-crypto has the same words.
        #[cfg(feature = "fiat")]
        impl $name {
            fn to_fiat(self) -> fiat_crypto::$fiat::$element {
                fiat_crypto::$fiat::$element(self.0)
            }

            fn by_fiat(call: impl FnOnce(&mut fiat_crypto::$fiat::$element)) -> Self {
                let mut out = fiat_crypto::$fiat::$element([0; $words]);
                call(&mut out);
                Self(out.0)
            }
        }

        impl Field for $name {
            const ZERO: Self = Self([0; $words]);
            const ONE: Self = Self($one);

            #[cfg(feature = "fiat")]
            fn add(&self, other: &Self) -> Self {
                Self::by_fiat(|out| fiat_crypto::$fiat::$fiat_add(out, &self.to_fiat(), &other.to_fiat()))
            }

            #[cfg(feature = "fiat")]
            fn sub(&self, other: &Self) -> Self {
                Self::by_fiat(|out| fiat_crypto::$fiat::$fiat_sub(out, &self.to_fiat(), &other.to_fiat()))
            }

            #[cfg(feature = "fiat")]
            fn mul(&self, other: &Self) -> Self {
                Self::by_fiat(|out| fiat_crypto::$fiat::$fiat_mul(out, &self.to_fiat(), &other.to_fiat()))
            }

            #[cfg(feature = "fiat")]
            fn square(&self) -> Self {
                Self::by_fiat(|out| fiat_crypto::$fiat::$fiat_square(out, &self.to_fiat()))
            }

            #[cfg(not(feature = "fiat"))]
            #[inline(never)]
            fn add(&self, other: &Self) -> Self {
                let (sum, carry) = digits::add(&self.0, &other.0);
                Self(digits::reduce_once(&sum, carry, &Self::PRIME))
            }

            #[cfg(not(feature = "fiat"))]
            #[inline(never)]
            fn sub(&self, other: &Self) -> Self {
                let (difference, borrow) = digits::sub(&self.0, &other.0);
                let mask = u64::from(borrow).wrapping_neg();
                let back = Self::PRIME.map(|word| word & mask);
                Self(digits::add(&difference, &back).0)
            }

            #[cfg(not(feature = "fiat"))]
            #[inline(never)]
            fn mul(&self, other: &Self) -> Self {
                let (a, b) = (digits::split(&self.0), digits::split(&other.0));
                Self::reduce(&digits::product::<u64, $digits, $columns>(&a, &b))
            }

            #[cfg(not(feature = "fiat"))]
            #[inline(never)]
            fn square(&self) -> Self {
                Self::reduce(&digits::square::<u64, $digits, $columns>(&digits::split(&self.0)))
            }

            fn is_zero(&self) -> bool {
                digits::is_zero(&self.0)
            }

            fn invert(&self) -> Option<Self> {
                // The inverse of the number itself is x⁻¹/R; R³ makes it x⁻¹·R after the reduction.
                let inverse = Self(Modulus::invert(&self.0, &Self::PRIME)?).mul(&Self::R3);
                (self.mul(&inverse) == Self::ONE).then_some(inverse)
            }
        }
    };
}

field! {
    /// `p = 2²⁵⁶ − 2²²⁴ + 2¹⁹² + 2⁹⁶ − 1` (FIPS 186-5, SP 800-186 §3.2.1.3).
    P256Field: 4 words, 8 digits, 16 columns;
    prime [0xffff_ffff_ffff_ffff, 0x0000_0000_ffff_ffff, 0, 0xffff_ffff_0000_0001];
    one [1, 0xffff_ffff_0000_0000, 0xffff_ffff_ffff_ffff, 0x0000_0000_ffff_fffe];
    square [3, 0xffff_fffb_ffff_ffff, 0xffff_ffff_ffff_fffe, 0x0000_0004_ffff_fffd];
    cube [0xffff_fffd_0000_000a, 0xffff_ffed_ffff_fff7, 0x0000_0005_ffff_fffc, 0x0000_0018_0000_0001];
    fiat p256_64::fiat_p256_montgomery_domain_field_element {
        fiat_p256_add fiat_p256_sub fiat_p256_mul fiat_p256_square
    }
    add |all, at, m| {
        all[at + 3] = all[at + 3] + m;
        all[at + 6] = all[at + 6] + m;
        all[at + 7] = all[at + 7] - m;
        all[at + 8] = all[at + 8] + m;
    }
}

field! {
    /// `p = 2³⁸⁴ − 2¹²⁸ − 2⁹⁶ + 2³² − 1` (SP 800-186 §3.2.1.4).
    P384Field: 6 words, 12 digits, 24 columns;
    prime [
        0x0000_0000_ffff_ffff, 0xffff_ffff_0000_0000, 0xffff_ffff_ffff_fffe, 0xffff_ffff_ffff_ffff,
        0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff,
    ];
    one [0xffff_ffff_0000_0001, 0x0000_0000_ffff_ffff, 1, 0, 0, 0];
    square [0xffff_fffe_0000_0001, 0x0000_0002_0000_0000, 0xffff_fffe_0000_0000, 0x0000_0002_0000_0000, 1, 0];
    cube [
        0xffff_fffc_0000_0002, 0x0000_0003_0000_0002, 0xffff_fffc_ffff_fffe, 0x0000_0003_0000_0005,
        0xffff_fffd_ffff_fffd, 0x0000_0003_0000_0002,
    ];
    fiat p384_64::fiat_p384_montgomery_domain_field_element {
        fiat_p384_add fiat_p384_sub fiat_p384_mul fiat_p384_square
    }
    add |all, at, m| {
        all[at + 1] = all[at + 1] + m;
        all[at + 3] = all[at + 3] - m;
        all[at + 4] = all[at + 4] - m;
        all[at + 12] = all[at + 12] + m;
    }
}

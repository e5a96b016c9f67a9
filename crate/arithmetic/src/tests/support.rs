//! What the tests share, inside of the crate and outside of it: seeded numbers, the number of cases, and the
//! reference crates behind one interface.
#![allow(dead_code, reason = "each of the two programs uses a part")]

use num_bigint::BigUint;

/// How many cases a test tries that says `cases(share)`: `HONNIN_ARITHMETIC_CASES` divided by its share.
pub fn cases(share: u64) -> u64 {
    const DEFAULT: u64 = 100_000;
    let wanted = std::env::var("HONNIN_ARITHMETIC_CASES").ok();
    let wanted = wanted.map_or(DEFAULT, |text| text.parse().unwrap());
    (wanted / share).max(1)
}

/// Numbers that look random, always the same from one seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn bits(&mut self, bits: usize) -> BigUint {
        let words = (0..bits.div_ceil(32)).map(|_| self.next() as u32).collect();
        BigUint::new(words) >> (bits.next_multiple_of(32) - bits)
    }

    /// A number of so many bits, likely with carries or without: near 0, near a limit, near a power of two or the
    /// limit minus one, of extreme digits, or any. It can be above the limit.
    pub fn edge(&mut self, bits: usize, limit: &BigUint) -> BigUint {
        let small = BigUint::from(self.below(20));
        let power = BigUint::from(1_u8) << self.below(bits as u64);
        let number = match self.below(8) {
            0 => small,
            1 => limit - small.min(limit.clone()),
            2 => limit + small,
            3 => power + small,
            4 => power + limit - small.min(limit.clone()),
            5 => limit - (power % limit) + small,
            6 => {
                let digits = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX];
                let any = |_| match self.below(9) {
                    at @ 0..7 => digits[at as usize],
                    _ => self.next() as u32,
                };
                BigUint::new((0..bits.div_ceil(32)).map(any).collect())
            }
            _ => self.bits(bits),
        };
        number & ((BigUint::from(1_u8) << bits) - 1_u8)
    }
}

pub fn hex(text: &str) -> BigUint {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    BigUint::parse_bytes(&digits, 16).unwrap()
}

/// The number as big-endian bytes.
pub fn bytes<const N: usize>(number: &BigUint) -> [u8; N] {
    let short = number.to_bytes_be();
    let mut all = [0; N];
    all[N - short.len()..].copy_from_slice(&short);
    all
}

/// The coordinates of a point. `None` is the point at infinity.
pub type Coordinates = Option<(BigUint, BigUint)>;

/// What the two ways of the crate and the reference say about a signature.
#[derive(Debug, PartialEq)]
pub struct Verdicts {
    pub cold: bool,
    pub tables: bool,
    pub reference: bool,
}

impl Verdicts {
    pub const VALID: Self = Self::all(true);
    pub const INVALID: Self = Self::all(false);

    pub fn agree(&self) -> bool {
        *self == Self::all(self.reference)
    }

    const fn all(verdict: bool) -> Self {
        Self {
            cold: verdict,
            tables: verdict,
            reference: verdict,
        }
    }
}

/// A curve of the crate, and the crate that it is compared with.
pub trait Curve {
    type Key;
    const BITS: usize;

    fn prime() -> BigUint;
    fn order() -> BigUint;
    /// The coefficient `b`.
    fn b() -> BigUint;
    /// `u₁ · G + u₂ · Q`, by the reference. Without `Q`, it is `G`.
    fn sum(u1: &BigUint, u2: &BigUint, point: &Coordinates) -> Coordinates;
    /// `None` if the crate takes the key for none; the reference has to agree.
    fn key(x: &BigUint, y: &BigUint) -> Option<Self::Key>;
    fn verify(key: &Self::Key, digest: &BigUint, r: &BigUint, s: &BigUint) -> Verdicts;

    fn multiple(factor: &BigUint) -> Coordinates {
        Self::sum(factor, &BigUint::default(), &None)
    }

    /// A point with this x, if there is one.
    fn lift(x: &BigUint) -> Coordinates {
        let p = Self::prime();
        let square = (x.pow(3) + Self::b() + (&p - x % &p) * 3_u8) % &p;
        // Both primes are 3 modulo 4.
        let root = square.modpow(&((&p + 1_u8) >> 2), &p);
        (root.modpow(&2_u8.into(), &p) == square).then(|| (x.clone(), root))
    }

    /// A number below the order that is likely an edge.
    fn scalar(random: &mut Random) -> BigUint {
        random.edge(Self::BITS, &Self::order()) % Self::order()
    }
}

/// `a / b` modulo a prime.
pub fn quotient(a: &BigUint, b: &BigUint, prime: &BigUint) -> BigUint {
    a * b.modinv(prime).unwrap() % prime
}

macro_rules! curve {
    ($name:ident, $module:ident, $bits:literal, $prime:literal, $order:literal, $b:literal) => {
        pub struct $name;

        const _: () = {
            use $module::ecdsa::signature::hazmat::PrehashVerifier as _;
            use $module::ecdsa::{Signature, VerifyingKey};
            use $module::elliptic_curve::PrimeField as _;
            use $module::elliptic_curve::sec1::{FromSec1Point as _, ToSec1Point as _};
            use $module::{AffinePoint, ProjectivePoint, Scalar, Sec1Point};

            use super::own::$module as own;

            const BYTES: usize = $bits / 8;

            fn scalar(number: &BigUint) -> Scalar {
                Scalar::from_repr(bytes::<BYTES>(number).into()).unwrap()
            }

            fn generator_table() -> &'static own::GeneratorTable {
                static TABLE: std::sync::OnceLock<own::GeneratorTable> = std::sync::OnceLock::new();
                TABLE.get_or_init(|| own::GeneratorTable::new().unwrap())
            }

            impl Curve for $name {
                type Key = (own::Key, own::KeyTable, VerifyingKey);
                const BITS: usize = $bits;

                fn prime() -> BigUint {
                    hex($prime)
                }

                fn order() -> BigUint {
                    hex($order)
                }

                fn b() -> BigUint {
                    hex($b)
                }

                fn sum(u1: &BigUint, u2: &BigUint, point: &Coordinates) -> Coordinates {
                    let point = match point {
                        None => ProjectivePoint::GENERATOR,
                        Some((x, y)) => {
                            let (x, y) = (bytes::<BYTES>(x).into(), bytes::<BYTES>(y).into());
                            let point = Sec1Point::from_affine_coordinates(&x, &y, false);
                            AffinePoint::from_sec1_point(&point).unwrap().into()
                        }
                    };
                    let sum = ProjectivePoint::GENERATOR * scalar(u1) + point * scalar(u2);
                    let point = sum.to_affine().to_sec1_point(false);
                    Some((
                        BigUint::from_bytes_be(point.x()?),
                        BigUint::from_bytes_be(point.y()?),
                    ))
                }

                fn key(x: &BigUint, y: &BigUint) -> Option<Self::Key> {
                    let (x, y) = (bytes::<BYTES>(x), bytes::<BYTES>(y));
                    let point = Sec1Point::from_affine_coordinates(&x.into(), &y.into(), false);
                    let reference = VerifyingKey::from_sec1_point(&point).ok();
                    let own = own::Key::new(&x, &y);
                    assert_eq!(own.is_some(), reference.is_some());
                    let own = own?;
                    Some((own, own.table().unwrap(), reference?))
                }

                fn verify(key: &Self::Key, digest: &BigUint, r: &BigUint, s: &BigUint) -> Verdicts {
                    let [digest, r, s] = [digest, r, s].map(bytes::<BYTES>);
                    let (own, table, reference) = key;
                    let signature = Signature::from_scalars(r, s);
                    Verdicts {
                        cold: own.verify(&digest, &r, &s),
                        tables: generator_table().verify(table, &digest, &r, &s),
                        reference: signature
                            .is_ok_and(|signature| reference.verify_prehash(&digest, &signature).is_ok()),
                    }
                }
            }
        };
    };
}

curve!(
    P256,
    p256,
    256,
    "ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff ffffffff",
    "ffffffff 00000000 ffffffff ffffffff bce6faad a7179e84 f3b9cac2 fc632551",
    "5ac635d8 aa3a93e7 b3ebbd55 769886bc 651d06b0 cc53b0f6 3bce3c3e 27d2604b"
);
curve!(
    P384,
    p384,
    384,
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff
     ffffffff fffffffe ffffffff 00000000 00000000 ffffffff",
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff
     c7634d81 f4372ddf 581a0db2 48b0a77a ecec196a ccc52973",
    "b3312fa7 e23ee7e4 988e056b e3f82d19 181d9c6e fe814112
     0314088f 5013875a c656398d 8a2ed19d 2a85c8ed d3ec2aef"
);

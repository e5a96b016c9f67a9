//! ECDSA. The cases of a key are a walk: `R = u₁ · G + u₂ · Q` goes on by `± 2^j · G` or `± 2^j · Q`, and the signature
//! with `r` of its x and these `u₁` and `u₂` has to be valid. Points and scalars are those of RustCrypto.
//!
//! The walk starts at numbers with likely carries. Secrets, and so the multiples in the tables of the key, are small
//! or next to a power of two for some keys: then sums in the middle meet equal and opposite points.

/// The cases between two starts of a walk. One inversion serves them all.
const STEPS: usize = 50;

macro_rules! curve {
    ($module:ident, $curve:ident, $bytes:literal, $nid:ident) => {
        pub mod $module {
            use honnin_arithmetic::$module as own;
            use openssl::bn::BigNum;
            use openssl::ec::{EcGroup, EcKey};
            use openssl::ecdsa::EcdsaSig;
            use openssl::nid::Nid;
            use openssl::pkey::Public;
            use $module::ecdsa::signature::hazmat::PrehashVerifier as _;
            use $module::ecdsa::{Signature, VerifyingKey};
            use $module::elliptic_curve::BatchNormalize as _;
            use $module::elliptic_curve::Group as _;
            use $module::elliptic_curve::PrimeField as _;
            use $module::elliptic_curve::ops::Reduce as _;
            use $module::elliptic_curve::point::DecompressPoint as _;
            use $module::elliptic_curve::sec1::ToSec1Point as _;
            use $module::{AffinePoint, FieldBytes, ProjectivePoint, Scalar};

            use super::STEPS;
            use crate::random::Random;
            use crate::tally::{Tally, edge, hex};

            const BITS: usize = 8 * $bytes;
            type Bytes = [u8; $bytes];

            fn generator() -> &'static (own::GeneratorTable, Vec<ProjectivePoint>) {
                static ONE: std::sync::OnceLock<(own::GeneratorTable, Vec<ProjectivePoint>)> =
                    std::sync::OnceLock::new();
                ONE.get_or_init(|| {
                    let table = own::GeneratorTable::new().expect("a table");
                    (table, powers(ProjectivePoint::GENERATOR))
                })
            }

            /// `2^j · P`, for all j.
            fn powers(point: ProjectivePoint) -> Vec<ProjectivePoint> {
                std::iter::successors(Some(point), |point| Some(point.double()))
                    .take(BITS)
                    .collect()
            }

            fn bytes(scalar: &Scalar) -> Bytes {
                scalar.to_repr().into()
            }

            fn reduced(bytes: Bytes) -> Scalar {
                let bytes: FieldBytes = bytes.into();
                Scalar::reduce(&bytes)
            }

            /// `2^at`.
            fn power(at: usize) -> Scalar {
                let mut bytes = [0; $bytes];
                bytes[$bytes - 1 - at / 8] = 1 << (at % 8);
                reduced(bytes)
            }

            /// A scalar that is likely an edge: with likely carries, small, or next to a power of two or to the order.
            fn scalar(random: &mut Random) -> Scalar {
                let small = Scalar::from(random.below(20) as u64);
                let power = power(random.below(BITS));
                match random.below(8) {
                    0 => small,
                    1 => -small,
                    2 => power + small,
                    3 => power - small,
                    _ => reduced(edge(random)),
                }
            }

            fn coordinates(point: &AffinePoint) -> Option<(Bytes, Bytes)> {
                let point = point.to_sec1_point(false);
                let part = |bytes: Option<&[u8]>| Bytes::try_from(bytes?).ok();
                Some((
                    part(point.x().map(|x| &x[..]))?,
                    part(point.y().map(|y| &y[..]))?,
                ))
            }

            /// A key as each of the three has it.
            struct Key {
                own: own::Key,
                table: own::KeyTable,
                rustcrypto: VerifyingKey,
                openssl: EcKey<Public>,
                text: String,
            }

            impl Key {
                /// `None` for the point at infinity.
                fn new(point: &AffinePoint) -> Option<Self> {
                    let (x, y) = coordinates(point)?;
                    let own = own::Key::new(&x, &y).expect("a point on the curve");
                    let group = EcGroup::from_curve_name(Nid::$nid).expect("a curve");
                    let number = |bytes| BigNum::from_slice(bytes).expect("a number");
                    let openssl = EcKey::from_public_key_affine_coordinates(&group, &number(&x), &number(&y));
                    Some(Self {
                        own,
                        table: own.table().expect("a table"),
                        rustcrypto: VerifyingKey::from_affine(*point).expect("a key"),
                        openssl: openssl.expect("a point on the curve"),
                        text: format!("{} {}", hex(&x), hex(&y)),
                    })
                }
            }

            struct Case<'a> {
                key: &'a Key,
                digest: Bytes,
                r: Bytes,
                s: Bytes,
            }

            impl Case<'_> {
                /// Compares with the result that has to be; every so many cases are judged with a new key, by OpenSSL
                /// and by RustCrypto too.
                fn compare(&self, valid: bool, tally: &mut Tally) {
                    let Self { key, digest, r, s } = self;
                    let mut same = generator().0.verify(&key.table, digest, r, s) == valid;
                    if tally.cases % 16 == 0 {
                        same &= key.own.verify(digest, r, s) == valid;
                    }
                    if tally.cases % 64 == 0 {
                        same &= self.openssl() == valid && self.rustcrypto() == valid;
                        tally.openssl += 1;
                        tally.rustcrypto += 1;
                    }
                    self.note(same, valid, tally);
                }

                /// Compares with the results of OpenSSL and RustCrypto.
                fn compare_with_both(&self, tally: &mut Tally) {
                    let Self { key, digest, r, s } = self;
                    let valid = self.openssl();
                    let same = self.rustcrypto() == valid
                        && generator().0.verify(&key.table, digest, r, s) == valid
                        && key.own.verify(digest, r, s) == valid;
                    tally.openssl += 1;
                    tally.rustcrypto += 1;
                    self.note(same, valid, tally);
                }

                fn note(&self, same: bool, valid: bool, tally: &mut Tally) {
                    tally.cases += 1;
                    tally.valid += u64::from(valid);
                    if !same {
                        let numbers = [self.digest, self.r, self.s].map(|number| hex(&number));
                        tally
                            .different
                            .push(format!("{} {numbers:?} {valid}", self.key.text));
                    }
                }

                fn openssl(&self) -> bool {
                    let number = |bytes| BigNum::from_slice(bytes).expect("a number");
                    let signature = EcdsaSig::from_private_components(number(&self.r), number(&self.s));
                    // An error is how OpenSSL refuses numbers out of range.
                    signature
                        .expect("two numbers")
                        .verify(&self.digest, &self.key.openssl)
                        .unwrap_or(false)
                }

                fn rustcrypto(&self) -> bool {
                    Signature::from_scalars(self.r, self.s).is_ok_and(|signature| {
                        self.key
                            .rustcrypto
                            .verify_prehash(&self.digest, &signature)
                            .is_ok()
                    })
                }
            }

            /// `number ± n`, if it has as many bytes.
            fn beside(number: &Bytes, add: bool) -> Option<Bytes> {
                let mut n = BigNum::from_slice(&bytes(&-Scalar::ONE)).expect("a number");
                n.add_word(1).expect("the order");
                let number = BigNum::from_slice(number).expect("a number");
                let other = if add { &number + &n } else { &number - &n };
                if other.is_negative() {
                    return None;
                }
                other.to_vec_padded($bytes).ok()?.try_into().ok()
            }

            /// The numbers of the standard's ranges, and neighbours of a valid signature.
            fn limits(key: &Key, digest: Bytes, r: Bytes, s: Bytes, random: &mut Random, tally: &mut Tally) {
                let changed = |number: &Bytes, bit: usize| {
                    let mut number = *number;
                    number[bit / 8] ^= 1 << (bit % 8);
                    number
                };
                let bit = random.below(BITS);
                let negated = bytes(&-reduced(s));
                let mut others = vec![
                    ([0; $bytes], s),
                    (r, [0; $bytes]),
                    (r, negated),
                    (bytes(&-reduced(r)), s),
                    (s, r),
                    (changed(&r, bit), s),
                    (r, changed(&s, bit)),
                    ([0xff; $bytes], s),
                    (r, [0xff; $bytes]),
                ];
                others.extend(beside(&r, true).map(|r| (r, s)));
                others.extend(beside(&s, true).map(|s| (r, s)));
                for (r, s) in others {
                    Case { key, digest, r, s }.compare_with_both(tally);
                }
                let digest = changed(&digest, bit);
                Case { key, digest, r, s }.compare_with_both(tally);
                if let Some(digest) = beside(&digest, true).or_else(|| beside(&digest, false)) {
                    Case { key, digest, r, s }.compare_with_both(tally);
                }
            }

            /// `s` and the digest with which `u₁` and `u₂` follow from `r`.
            fn signature(r: &Scalar, u1: &Scalar, inverse_of_u2: &Scalar) -> (Bytes, Bytes) {
                let s = r * inverse_of_u2;
                (bytes(&(u1 * &s)), bytes(&s))
            }

            /// An `R` whose x is from n to p − 1, for which a key is made.
            fn beyond_the_order(random: &mut Random, tally: &mut Tally) {
                let (u1, u2) = (scalar(random), scalar(random));
                let Some(inverse) = Option::<Scalar>::from(u2.invert()) else {
                    return;
                };
                // p − n has a few more bits than half of those of n.
                let mut excess = edge::<$bytes>(random);
                excess[..$bytes / 2].fill(0);
                let Some(x) = beside(&excess, true) else {
                    return;
                };
                let Some(point) = Option::<AffinePoint>::from(AffinePoint::decompress(&x.into(), 1.into()))
                else {
                    return;
                };
                let point = (ProjectivePoint::from(point) - ProjectivePoint::GENERATOR * u1) * inverse;
                let Some(key) = Key::new(&point.to_affine()) else {
                    return;
                };
                let r = reduced(excess);
                if r == Scalar::ZERO {
                    return;
                }
                tally.keys += 1;
                let (digest, s) = signature(&r, &u1, &inverse);
                let r = bytes(&r);
                Case {
                    key: &key,
                    digest,
                    r,
                    s,
                }
                .compare(true, tally);
                limits(&key, digest, r, s, random, tally);
            }

            pub fn run(random: &mut Random, tally: &mut Tally) {
                let end = tally.cases + crate::CASES;
                let secret = scalar(random);
                let point = ProjectivePoint::GENERATOR * secret;
                let Some(key) = Key::new(&point.to_affine()) else {
                    // The secret was 0.
                    return run(random, tally);
                };
                tally.keys += 1;
                beyond_the_order(random, tally);
                let multiples = powers(point);
                while tally.cases < end {
                    walk(&key, &secret, &multiples, random, tally);
                }
            }

            fn walk(
                key: &Key,
                secret: &Scalar,
                multiples: &[ProjectivePoint],
                random: &mut Random,
                tally: &mut Tally,
            ) {
                let mut u2 = scalar(random);
                let mut u1 = scalar(random);
                if random.chance(30) {
                    // The sum is a small multiple of the generator, or infinity.
                    u1 = Scalar::from(random.below(40) as u64) - u2 * secret;
                }
                let mut sum = ProjectivePoint::GENERATOR * (u1 + u2 * secret);
                let mut numbers = [(u1, u2); STEPS];
                let mut sums = [sum; STEPS];
                for (number, place) in numbers.iter_mut().zip(&mut sums) {
                    let at = random.below(BITS);
                    let power = power(at);
                    let (which, list) = if random.chance(15) {
                        (&mut u2, multiples)
                    } else {
                        (&mut u1, generator().1.as_slice())
                    };
                    if random.chance(50) {
                        *which += power;
                        sum += list[at];
                    } else {
                        *which -= power;
                        sum -= list[at];
                    }
                    *number = (u1, u2);
                    *place = sum;
                }
                let mut last = reduced(edge(random));
                let mut inverse = (Scalar::ONE, Scalar::ONE);
                let with_limits = random.chance(20);
                let sums = ProjectivePoint::batch_normalize(&sums);
                for (at, ((u1, u2), sum)) in numbers.iter().zip(&sums).enumerate() {
                    if inverse.0 != *u2 {
                        let Some(found) = Option::<Scalar>::from(u2.invert()) else {
                            continue;
                        };
                        inverse = (*u2, found);
                    }
                    let point = coordinates(sum);
                    // Another x, or any number for infinity, is refused.
                    let right = point.filter(|_| at % 5 != 0).map(|(x, _)| reduced(x));
                    let r = right.unwrap_or(last);
                    last = point.map_or(last, |(x, _)| reduced(x));
                    if r == Scalar::ZERO || right.is_none() && r == last && point.is_some() {
                        continue;
                    }
                    let (digest, s) = signature(&r, u1, &inverse.1);
                    let r = bytes(&r);
                    Case { key, digest, r, s }.compare(right.is_some(), tally);
                    if with_limits && at == 1 {
                        limits(key, digest, r, s, random, tally);
                    }
                }
            }
        }
    };
}

curve!(p256, NistP256, 32, X9_62_PRIME256V1);
curve!(p384, NistP384, 48, SECP384R1);

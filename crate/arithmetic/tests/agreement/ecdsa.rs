//! ECDSA, with a new key and with tables, against the RustCrypto crates.

use num_bigint::BigUint;

use crate::support::{Curve, P256, P384, Random, Verdicts, cases, quotient};

fn zero() -> BigUint {
    BigUint::default()
}

fn one() -> BigUint {
    BigUint::from(1_u8)
}

/// All ones.
fn most<C: Curve>() -> BigUint {
    (one() << C::BITS) - 1_u8
}

/// A number from 1 to n−1 that is likely an edge.
fn scalar<C: Curve>(random: &mut Random) -> BigUint {
    C::scalar(random).max(one())
}

fn key<C: Curve>(secret: &BigUint) -> C::Key {
    let (x, y) = C::multiple(secret).unwrap();
    C::key(&x, &y).unwrap()
}

/// A signature by the definition, with any nonce.
fn sign<C: Curve>(secret: &BigUint, digest: &BigUint, nonce: &BigUint) -> (BigUint, BigUint) {
    let n = C::order();
    let r = C::multiple(nonce).unwrap().0 % &n;
    let s = quotient(&(digest + &r * secret), nonce, &n);
    (r, s)
}

/// The key for which `R = u₁ · G + u₂ · Q`, and the digest and `s` that give `u₁` and `u₂` with `r`.
fn made_for<C: Curve>(
    random: &mut Random,
    (x, y): &(BigUint, BigUint),
    r: &BigUint,
) -> (C::Key, BigUint, BigUint) {
    let n = C::order();
    let (u1, u2) = (scalar::<C>(random), scalar::<C>(random));
    let point = Some((x.clone(), y.clone()));
    let (x, y) = C::sum(
        &quotient(&(&n - &u1), &u2, &n),
        &quotient(&one(), &u2, &n),
        &point,
    )
    .unwrap();
    let s = quotient(r, &u2, &n);
    (C::key(&x, &y).unwrap(), u1 * &s % n, s)
}

fn signatures_agree<C: Curve>(keys: u64) {
    let (mut random, n) = (Random(1), C::order());
    for _ in 0..keys {
        let secret = scalar::<C>(&mut random);
        let key = key::<C>(&secret);
        let negated = self::key::<C>(&(&n - &secret));
        for _ in 0..2 {
            let digest = random.edge(C::BITS, &n);
            let (r, s) = sign::<C>(&secret, &digest, &scalar::<C>(&mut random));
            if r == zero() || s == zero() {
                continue;
            }
            let case = format!("{secret:x} {digest:x} {r:x} {s:x}");
            assert_eq!(C::verify(&key, &digest, &r, &s), Verdicts::VALID, "{case}");
            // −R has the same x.
            assert_eq!(
                C::verify(&key, &digest, &r, &(&n - &s)),
                Verdicts::VALID,
                "{case}"
            );
            let minus = (&n - &digest % &n) % &n;
            assert_eq!(C::verify(&negated, &minus, &r, &s), Verdicts::VALID, "{case}");
            assert!(C::verify(&negated, &digest, &r, &s).agree(), "{case}");
            let bit = one() << random.below(C::BITS as u64);
            for (digest, r, s) in [
                (&digest ^ &bit, r.clone(), s.clone()),
                (digest.clone(), &r ^ &bit, s.clone()),
                (digest.clone(), r.clone(), &s ^ &bit),
                (digest.clone(), s.clone(), r.clone()),
            ] {
                let verdicts = C::verify(&key, &digest, &r, &s);
                assert!(verdicts.agree(), "{case}: {digest:x} {r:x} {s:x} {verdicts:?}");
            }
        }
    }
}

#[test]
fn p256_signatures_of_many_keys_agree() {
    signatures_agree::<P256>(cases(1_000));
}

#[test]
fn p384_signatures_of_many_keys_agree() {
    signatures_agree::<P384>(cases(2_500));
}

/// All pairs of limits as `r` and `s`, and valid signatures of which a number is only equal modulo n.
fn ranges_are_those_of_the_standard<C: Curve>() {
    let (mut random, n, p) = (Random(2), C::order(), C::prime());
    let key = key::<C>(&7_u8.into());
    let limits = [zero(), one(), &n - 1_u8, n.clone(), &n + 1_u8, p, most::<C>()];
    for (r, s) in limits.iter().flat_map(|r| limits.iter().map(move |s| (r, s))) {
        for digest in &limits {
            let verdicts = C::verify(&key, digest, r, s);
            assert!(verdicts.agree(), "{digest:x} {r:x} {s:x} {verdicts:?}");
            let inside = |number: &BigUint| *number > zero() && *number < n;
            assert!(inside(r) && inside(s) || verdicts == Verdicts::INVALID);
        }
    }
    // The key for which a small s is right: d = (s · k − e) / r.
    let (digest, nonce) = (random.bits(C::BITS), scalar::<C>(&mut random));
    let (r, small) = (C::multiple(&nonce).unwrap().0 % &n, BigUint::from(5_u8));
    let secret = quotient(&(&small * &nonce + &n - &digest % &n), &r, &n);
    let key = self::key::<C>(&secret);
    assert_eq!(C::verify(&key, &digest, &r, &small), Verdicts::VALID);
    assert_eq!(C::verify(&key, &digest, &r, &(&small + &n)), Verdicts::INVALID);
    // The key for which a small r is right.
    let point = (0_u8..).find_map(|x| C::lift(&x.max(1).into())).unwrap();
    let (key, digest, s) = made_for::<C>(&mut random, &point, &point.0);
    assert_eq!(C::verify(&key, &digest, &point.0, &s), Verdicts::VALID);
    assert_eq!(C::verify(&key, &digest, &(&point.0 + &n), &s), Verdicts::INVALID);
}

#[test]
fn p256_ranges_are_those_of_the_standard() {
    ranges_are_those_of_the_standard::<P256>();
}

#[test]
fn p384_ranges_are_those_of_the_standard() {
    ranges_are_those_of_the_standard::<P384>();
}

/// The x of `R` can be from n to p−1: then `r` is `x − n`. No nonce is known for such a point, so the key is made for
/// it.
fn x_beyond_the_order_is_valid<C: Curve>() {
    let (mut random, n, p) = (Random(3), C::order(), C::prime());
    let excess = &p - &n;
    let starts = [
        n.clone(),
        &p - 20_u8,
        &n + (&excess >> 1),
        &n + random.bits(C::BITS / 3),
    ];
    for start in starts {
        let mut found = 0;
        for x in (0_u32..20).map(|step| &start + step).filter(|x| *x < p) {
            let Some(point) = C::lift(&x) else {
                continue;
            };
            let r = &x - &n;
            if r == zero() {
                continue;
            }
            found += 1;
            let (key, digest, s) = made_for::<C>(&mut random, &point, &r);
            assert_eq!(C::verify(&key, &digest, &r, &s), Verdicts::VALID, "{x:x}");
            // x itself is out of range.
            assert_eq!(C::verify(&key, &digest, &x, &s), Verdicts::INVALID, "{x:x}");
            // The neighbours of r are not valid.
            for r in [&r + 1_u8, &r - 1_u8, &r << 1] {
                let verdicts = C::verify(&key, &digest, &r, &s);
                assert!(verdicts.agree() && !verdicts.cold, "{r:x}");
            }
        }
        assert!(found > 2, "{start:x}");
    }
}

#[test]
fn p256_x_beyond_the_order_is_valid() {
    x_beyond_the_order_is_valid::<P256>();
}

#[test]
fn p384_x_beyond_the_order_is_valid() {
    x_beyond_the_order_is_valid::<P384>();
}

/// `r + n` is compared only if it is below p. An `r` for which `r + n` is a small x plus a power of two, or plus p,
/// is not valid.
fn x_does_not_wrap<C: Curve>() {
    let (mut random, n) = (Random(4), C::order());
    let mut found = 0;
    for point in (1_u8..30).filter_map(|x| C::lift(&x.into())) {
        for modulus in [most::<C>() + 1_u8, C::prime()] {
            let r = modulus + &point.0 - &n;
            let (key, digest, s) = made_for::<C>(&mut random, &point, &r);
            assert_eq!(C::verify(&key, &digest, &r, &s), Verdicts::INVALID);
            found += 1;
        }
    }
    assert!(found > 10);
}

#[test]
fn x_does_not_wrap_around() {
    x_does_not_wrap::<P256>();
    x_does_not_wrap::<P384>();
}

/// Keys are points on the curve with both coordinates below the prime. `key` compares with the reference.
fn keys_are_points<C: Curve>() {
    let (mut random, p) = (Random(5), C::prime());
    let is_key = |x: &BigUint, y: &BigUint| C::key(x, y).is_some();
    let mut found = 0;
    for x in (0_u32..200).map(|at| {
        if at < 20 {
            at.into()
        } else {
            random.edge(C::BITS, &p)
        }
    }) {
        let Some((x, y)) = C::lift(&(&x % &p)) else {
            continue;
        };
        found += 1;
        let negated = (&p - &y) % &p;
        assert!(is_key(&x, &y) && is_key(&x, &negated), "{x:x}");
        assert!(
            !is_key(&x, &((&y + 1_u8) % &p)) && !is_key(&((&x + 1_u8) % &p), &y),
            "{x:x}"
        );
        for (x, y) in [(&x + &p, y.clone()), (x.clone(), &y + &p)] {
            assert!(x > most::<C>() || y > most::<C>() || !is_key(&x, &y), "{x:x}");
        }
    }
    assert!(found > 50, "{found}");
    for limit in [zero(), one(), &p - 1_u8, p.clone(), &p + 1_u8, most::<C>()] {
        assert!(!is_key(&limit, &limit) && !is_key(&limit, &zero()));
        assert!(limit < p || !is_key(&limit, &one()));
    }
}

#[test]
fn keys_are_points_on_the_curve() {
    keys_are_points::<P256>();
    keys_are_points::<P384>();
}

//! The entries of tables, each against the reference.

use num_bigint::BigUint;

use super::support::{Coordinates, Curve, P256, P384, Random, bytes, cases};
use super::{number, power, table_of};
use crate::curve::Affine;
use crate::ecdsa::{FEW, MANY, PIECES};
use crate::table::spacing;
use crate::{p256, p384};

type Numbers<'a> = Vec<(&'a [u64], &'a [u64])>;

/// `start`, three times it, five times it, ….
fn are_odd_multiples<C: Curve>(entries: Numbers, start: &Coordinates, factor: &BigUint) {
    let (p, n) = (C::prime(), C::order());
    for ((x, y), odd) in entries.into_iter().zip((1_u32..).step_by(2)) {
        let value = |form: &[u64]| {
            assert!(number(form) < p);
            super::support::quotient(&number(form), &power(C::BITS), &p)
        };
        let right = C::sum(&BigUint::default(), &(factor * odd % &n), start);
        assert_eq!(Some((value(x), value(y))), right);
    }
}

fn are_pieces<C: Curve, F>(table: &[Affine<F>], each: usize, start: &Coordinates, words: fn(&F) -> &[u64]) {
    let spacing = C::BITS / (table.len() / each);
    for (piece, entries) in table.chunks(each).enumerate() {
        let entries = entries.iter().map(|entry| (words(&entry.x), words(&entry.y)));
        are_odd_multiples::<C>(entries.collect(), start, &(power(spacing * piece) % C::order()));
    }
}

#[test]
fn the_tables_of_the_generators_have_the_right_multiples() {
    let generator = P256::multiple(&1_u8.into());
    let table = p256::GeneratorTable::new().unwrap().0;
    assert_eq!(table.len(), PIECES * MANY);
    are_pieces::<P256, _>(&table, MANY, &generator, |element| &element.0);
    let generator = P384::multiple(&1_u8.into());
    let table = p384::GeneratorTable::new().unwrap().0;
    assert_eq!(table.len(), PIECES * MANY);
    are_pieces::<P384, _>(&table, MANY, &generator, |element| &element.0);
}

#[test]
fn the_tables_of_keys_have_the_right_multiples() {
    let mut random = Random(51);
    for _ in 0..cases(50_000) {
        let point = P256::multiple(&(P256::scalar(&mut random) + 1_u8));
        let (x, y) = point.as_ref().unwrap();
        let key = p256::Key::new(&bytes(x), &bytes(y)).unwrap();
        are_pieces::<P256, _>(&key.table().unwrap().0, FEW, &point, |element| &element.0);
        let few = table_of(&key.0, (1, FEW), spacing::<4>(1));
        are_pieces::<P256, _>(&few, FEW, &point, |element| &element.0);
        let point = P384::multiple(&(P384::scalar(&mut random) + 1_u8));
        let (x, y) = point.as_ref().unwrap();
        let key = p384::Key::new(&bytes(x), &bytes(y)).unwrap();
        are_pieces::<P384, _>(&key.table().unwrap().0, FEW, &point, |element| &element.0);
        let few = table_of(&key.0, (1, FEW), spacing::<6>(1));
        are_pieces::<P384, _>(&few, FEW, &point, |element| &element.0);
    }
}

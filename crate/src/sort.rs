//! Sorting. The standard library's sorts are compiled anew for each type, with several kilobytes each; here the types
//! share one.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts the items. Equal ones keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &|one, other| {
        let pair = items.get(one).zip(items.get(other));
        pair.is_some_and(|(one, other)| compare(one, other) == Ordering::Greater)
    });
    arrange(order, &mut |one, other| items.swap(one, other));
}

/// Brings each item to its place, from the position that `order` has for it.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        // Once around a cycle: what was there before is at the end of it by then.
        while let Some(place) = order.get_mut(at) {
            let from = core::mem::replace(place, at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

/// Like [`sort_by`], by a key of each item.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Like [`sort_by`], by the order of the items themselves.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts a few items in place.
pub(crate) fn sort_few<T: Ord>(items: &mut [T]) {
    for end in 1..items.len() {
        let mut at = end;
        while let Some([before, item]) = items.get_mut(at.wrapping_sub(1)..=at)
            && *before > *item
        {
            core::mem::swap(before, item);
            at -= 1;
        }
    }
}

/// The positions of `length` items in their order, by a merge sort. `follows` tells whether the first of two positions
/// comes after the second.
fn order(length: usize, follows: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut width = 1;
    while width < length {
        let mut merged = Vec::with_capacity(length);
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([one, ones @ ..], [other, others @ ..]) = (left, right) {
                if follows(*one, *other) {
                    merged.push(*other);
                    right = others;
                } else {
                    merged.push(*one);
                    left = ones;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{sort, sort_by_key, sort_few};

    #[test]
    fn sorts_like_the_standard_library() {
        let mut state = 1_u32;
        for length in 0..200_usize {
            for most in [1, 3, 1_000] {
                let mut items: Vec<(u32, usize)> = (0..length)
                    .map(|at| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state / 65_536 % most, at)
                    })
                    .collect();
                let mut right = items.clone();
                right.sort_by_key(|(key, _)| core::cmp::Reverse(*key));
                sort_by_key(&mut items, |(key, _)| core::cmp::Reverse(*key));
                assert_eq!(items, right);
                let mut few = items.clone();
                right.sort();
                sort(&mut items);
                sort_few(&mut few);
                assert_eq!((&items, &few), (&right, &right));
            }
        }
    }
}

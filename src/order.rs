//! Sorting, and maps and sets in order or by hash, in little code: the standard library compiles some 5 kB of sort for each type that is
//! sorted, and the page is weighed.

mod hashed;
mod map;
mod set;

pub use hashed::{Fnv, Hashed, Places, hash, long_hash};
pub use map::Map;
pub use set::Set;

use std::cmp::Ordering;

/// Sorts stably, as `slice::sort_by` does.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = sorted_places(list.len(), &mut |one, other| compare(&list[one], &list[other]));
    arrange(list, places);
}

/// Sorts stably by a key, as `slice::sort_by_key` does.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Sorts stably by the values' own order, as `slice::sort` does.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// The places of a list of that length in sorted order; the one function that all types share.
fn sorted_places(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Puts at each place what stood at the place named for it, walking each cycle of moves once.
fn arrange<T>(list: &mut [T], mut places: Vec<usize>) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start || from == at {
                break;
            }
            list.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudo-random numbers below 16, so that many are equal.
    fn numbers(length: usize) -> Vec<(u64, usize)> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let next = |at| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 60, at)
        };
        (0..length).map(next).collect()
    }

    #[test]
    fn sorts_as_the_standard_library_does() {
        for length in [0, 1, 2, 3, 7, 20, 21, 64, 1000] {
            let (mut ours, mut theirs) = (numbers(length), numbers(length));
            sort_by_key(&mut ours, |(number, _)| *number);
            theirs.sort_by_key(|(number, _)| *number);
            assert_eq!(ours, theirs, "{length} values by a key");
            let backwards = |one: &(u64, usize), other: &(u64, usize)| other.1.cmp(&one.1);
            sort_by(&mut ours, backwards);
            theirs.sort_by(backwards);
            assert_eq!(ours, theirs, "{length} values backwards");
            sort(&mut ours);
            theirs.sort();
            assert_eq!(ours, theirs, "{length} values by their own order");
        }
    }
}

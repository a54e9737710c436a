//! A map in the order of its keys, in little code: the standard library's tree is some 8 kB for each pair of types, and the page is weighed.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Index;

/// A map that is walked in the order of its keys: a sorted list.
///
/// A key behind all others is put in at once, as numbers that count up are, and many keys are sorted together ([`Map::extend`], `collect`);
/// a single key between others moves those behind it, so a map that grows by single keys in any order should stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Map<K, V> {
    /// A map with nothing in it.
    pub const fn new() -> Map<K, V> {
        Map { entries: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &self.entries[at].1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &mut self.entries[at].1)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a value at a key; gives back what stood there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// What stands at a key; where nothing does, what is made for it.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, (key, make()));
                at
            }
        };
        &mut self.entries[at].1
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// Where a key stands, or would have to.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        find(self.entries.len(), &mut |at| self.entries[at].0.borrow().cmp(key))
    }

    /// Puts what was appended in order; of equal keys the last holds.
    fn settle(&mut self) {
        if self.entries.is_sorted_by(|one, other| one.0 < other.0) {
            return;
        }
        super::sort_by(&mut self.entries, |one, other| one.0.cmp(&other.0));
        self.entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
    }
}

/// Finds a place in a sorted list of that length, given how what stands there compares with what is sought; the one search of all types.
fn find(length: usize, compare: &mut dyn FnMut(usize) -> Ordering) -> Result<usize, usize> {
    let (mut low, mut high) = (0, length);
    // Numbers that count up come behind all others.
    let mut at = length.wrapping_sub(1);
    while low < high {
        match compare(at) {
            Ordering::Equal => return Ok(at),
            Ordering::Less => low = at + 1,
            Ordering::Greater => high = at,
        }
        at = low + (high - low) / 2;
    }
    Err(low)
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        self.entries.extend(entries);
        self.settle();
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Map<K, V> {
        let mut map = Map { entries: entries.into_iter().collect() };
        map.settle();
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Map<K, V> {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The entries of a map, in the order of the keys.
type Iter<'a, K, V> = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&(K, V)) -> (&K, &V)>;

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for Map<K, V> {
    type Output = V;

    /// Panics where nothing stands at the key.
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key is in the map")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Pseudo-random keys below 64, so that many come again.
    fn keys(length: usize) -> Vec<u64> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let next = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 58
        };
        (0..length).map(next).collect()
    }

    fn same(ours: &Map<u64, usize>, theirs: &BTreeMap<u64, usize>) {
        assert!(ours.iter().eq(theirs), "{ours:?} is not {theirs:?}");
        assert_eq!(ours.len(), theirs.len());
    }

    #[test]
    fn does_what_the_standard_librarys_tree_does() {
        let (mut ours, mut theirs) = (Map::new(), BTreeMap::new());
        for (at, key) in keys(2000).into_iter().enumerate() {
            match at % 3 {
                0 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
                1 => assert_eq!(ours.get_or_insert_with(key, || at), theirs.entry(key).or_insert(at)),
                _ => assert_eq!(ours.insert(key, at), theirs.insert(key, at)),
            }
            let other = at as u64 % 64;
            assert_eq!(ours.get(&other), theirs.get(&other));
            same(&ours, &theirs);
        }
    }

    #[test]
    fn collects_and_extends_with_the_last_of_equal_keys() {
        for length in [0, 1, 2, 7, 40, 500] {
            let pairs = || keys(length).into_iter().zip(0..);
            let (mut ours, mut theirs): (Map<_, _>, BTreeMap<_, _>) = (pairs().collect(), pairs().collect());
            same(&ours, &theirs);
            let more = || keys(length + 9).into_iter().skip(length / 2).zip(1000..);
            ours.extend(more());
            theirs.extend(more());
            same(&ours, &theirs);
        }
    }

    #[test]
    fn finds_texts_by_their_slices() {
        let map = Map::from([("b".to_owned(), 2), ("a".to_owned(), 1), ("c".to_owned(), 3)]);
        assert_eq!((map.get("a"), map.get("b"), map.get("c"), map.get("d")), (Some(&1), Some(&2), Some(&3), None));
        assert!(map.keys().eq(["a", "b", "c"]));
        assert_eq!(map["b"], 2);
    }
}

//! What is found by hash, in little code: the standard library's table is some 2 kB for each pair of types, and the page is weighed.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::ops::Index;

/// A map by hash, walked in the order in which its keys were put in, as long as none is taken out.
#[derive(Clone, Debug)]
pub struct Hashed<K, V> {
    entries: Vec<(K, V)>,
    places: Places,
}

impl<K, V> Hashed<K, V> {
    /// A map with nothing in it.
    pub const fn new() -> Hashed<K, V> {
        Hashed { entries: Vec::new(), places: Places::new() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }
}

impl<K: Hash + Eq, V> Hashed<K, V> {
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).map(|at| &self.entries[at].1)
    }

    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).map(|at| &mut self.entries[at].1)
    }

    pub fn contains_key<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_some()
    }

    /// Puts a value at a key; gives back what stood there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Some(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            None => {
                self.places.push(hash(&key));
                self.entries.push((key, value));
                None
            }
        }
    }

    /// What stands at a key; where nothing does, the default is put there.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.place(&key).unwrap_or_else(|| {
            self.places.push(hash(&key));
            self.entries.push((key, V::default()));
            self.entries.len() - 1
        });
        &mut self.entries[at].1
    }

    /// Takes a value out; the last one comes into its place.
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key)?;
        self.places.swap_remove(at);
        Some(self.entries.swap_remove(at).1)
    }

    fn place<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.places.find(hash(key), &mut |at| self.entries[at].0.borrow() == key)
    }
}

impl<K, V> Default for Hashed<K, V> {
    fn default() -> Hashed<K, V> {
        Hashed::new()
    }
}

/// The same keys with the same values, put in in the same order.
impl<K: PartialEq, V: PartialEq> PartialEq for Hashed<K, V> {
    fn eq(&self, other: &Hashed<K, V>) -> bool {
        self.entries == other.entries
    }
}

/// Of equal keys the last holds.
impl<K: Hash + Eq, V> FromIterator<(K, V)> for Hashed<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Hashed<K, V> {
        let mut map = Hashed::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Hash + Eq + Borrow<Q>, V, Q: Hash + Eq + ?Sized> Index<&Q> for Hashed<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("who indexes knows that the key is there")
    }
}

/// The hash of a value for [`Places`].
pub fn hash<T: Hash + ?Sized>(value: &T) -> u32 {
    long_hash(value) as u32
}

/// A hash that stands for the value itself where two of one list won't have the same.
pub fn long_hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = Fnv::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The hash of Fowler, Noll and Vo (FNV-1a): a tenth of the code of the standard library's.
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// The upper half says more than the lower one: whoever takes a part of the hash gets both.
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// Where the elements of a list are, by their hashes; the list is somebody else's.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// A power of two of them, at most half of them taken: a place and one, where the hash points or in the first free slot behind.
    slots: Vec<u32>,
    hashes: Vec<u32>,
}

impl Places {
    pub const fn new() -> Places {
        Places { slots: Vec::new(), hashes: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The place of an element with that hash that is the one looked for.
    pub fn find(&self, hash: u32, is_it: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(hash);
        loop {
            let place = self.slots[slot].checked_sub(1)? as usize;
            if self.hashes[place] == hash && is_it(place) {
                return Some(place);
            }
            slot = self.behind(slot);
        }
    }

    /// The same; where there is none, it is to be put at the end of the list.
    pub fn find_or_push(&mut self, hash: u32, is_it: &mut dyn FnMut(usize) -> bool) -> Option<usize> {
        let found = self.find(hash, is_it);
        if found.is_none() {
            self.push(hash);
        }
        found
    }

    /// One more element at the end of the list.
    pub fn push(&mut self, hash: u32) {
        self.hashes.push(hash);
        if self.hashes.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.hashes.len() * 4).next_power_of_two()];
            (0..self.hashes.len()).for_each(|place| self.point_at(place));
        } else {
            self.point_at(self.hashes.len() - 1);
        }
    }

    /// As `Vec::swap_remove` does with the list.
    fn swap_remove(&mut self, place: usize) {
        let mut hole = self.find_slot(self.hashes[place], place as u32 + 1);
        let mut slot = hole;
        loop {
            slot = self.behind(slot);
            let Some(other) = self.slots[slot].checked_sub(1) else { break };
            // Whatever was put behind the hole because there was no room before it moves up.
            let way = |from: usize| slot.wrapping_sub(from) & (self.slots.len() - 1);
            if way(self.slot(self.hashes[other as usize])) >= way(hole) {
                self.slots[hole] = self.slots[slot];
                hole = slot;
            }
        }
        self.slots[hole] = 0;
        let last = self.hashes.len();
        if place + 1 < last {
            let slot = self.find_slot(self.hashes[last - 1], last as u32);
            self.slots[slot] = place as u32 + 1;
        }
        self.hashes.swap_remove(place);
    }

    fn point_at(&mut self, place: usize) {
        let slot = self.find_slot(self.hashes[place], 0);
        self.slots[slot] = place as u32 + 1;
    }

    /// The first slot from where the hash points that holds that.
    fn find_slot(&self, hash: u32, what: u32) -> usize {
        let mut slot = self.slot(hash);
        while self.slots[slot] != what {
            slot = self.behind(slot);
        }
        slot
    }

    fn slot(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn behind(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn holds_what_the_standard_librarys_does() {
        let (mut ours, mut theirs) = (Hashed::new(), HashMap::new());
        let mut state = 1_u64;
        for round in 0..20_000_u64 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let key = state >> 54;
            match state >> 40 & 3 {
                0 | 1 => assert_eq!(ours.insert(key, round), theirs.insert(key, round)),
                2 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
                _ => assert_eq!(ours.get(&key), theirs.get(&key)),
            }
            assert_eq!(ours.len(), theirs.len());
        }
        assert!(theirs.len() > 100 && theirs.iter().all(|(key, value)| ours[key] == *value));
        let mut keys: Vec<u64> = ours.keys().copied().collect();
        keys.retain(|key| ours.remove(key).is_some());
        assert!(keys.len() == theirs.len() && ours.is_empty());
    }

    #[test]
    fn walks_in_the_order_of_insertion() {
        let map: Hashed<&str, usize> = ["c", "a", "b", "a"].into_iter().enumerate().map(|(at, key)| (key, at)).collect();
        assert_eq!(map.iter().collect::<Vec<_>>(), [(&"c", &0), (&"a", &3), (&"b", &2)]);
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let mut places = Places::new();
        (0..5).for_each(|_| places.push(7));
        assert_eq!(places.find(7, &mut |at| at == 3), Some(3));
        places.swap_remove(1);
        assert_eq!(
            (places.find(7, &mut |at| at == 1), places.find(7, &mut |at| at == 4), places.find(8, &mut |_| true)),
            (Some(1), None, None)
        );
    }
}

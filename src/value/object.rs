//! An object's members in their order, found by key without a walk once there are many.

use super::{Extent, Size, Value, write};
use crate::order::{Places, hash};
use std::sync::{Arc, OnceLock};

/// The name of a member; shared, so that a key costs nothing to carry from one object to the next.
pub type Key = Arc<str>;

/// Above this many members keys are looked up by hash: below it comparing them one by one is faster.
const FEW: usize = 12;

/// Shared members, each key once, in the order they were first set.
#[derive(Clone, Debug)]
pub struct Object(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    members: Vec<(Key, Value)>,
    index: OnceLock<Places>,
    size: Size,
    extent: Extent,
}

impl Object {
    /// An object of members whose keys are known to differ.
    pub fn of_distinct(members: Vec<(Key, Value)>) -> Object {
        let extent = Extent::around(members.iter().map(|(_, value)| value.extent()));
        Object(Arc::new(Inner { members, index: OnceLock::new(), size: Size::default(), extent }))
    }

    #[inline]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.position(key).map(|at| &self.0.members[at].1)
    }

    pub fn contains_key(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    pub fn len(&self) -> usize {
        self.0.members.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.members.is_empty()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Key, &Value)> + DoubleEndedIterator + Clone {
        self.0.members.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> + DoubleEndedIterator {
        self.0.members.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> + DoubleEndedIterator {
        self.0.members.iter().map(|(_, value)| value)
    }

    /// The same object with one member set: in its place where there was one, at the end where not.
    pub fn with(&self, key: Key, value: Value) -> Object {
        let mut members = self.0.members.clone();
        match self.position(&key) {
            Some(at) => members[at].1 = value,
            None => members.push((key, value)),
        }
        Object::of_distinct(members)
    }

    /// The same object without a member.
    pub fn without(&self, key: &str) -> Object {
        Object::of_distinct(self.0.members.iter().filter(|(name, _)| &**name != key).cloned().collect())
    }

    /// Whether two are the same object in memory.
    pub fn same(&self, other: &Object) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Where the object is in memory: the same for all handles on one object, as long as one of them lives.
    pub fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    pub(super) fn extent(&self) -> Extent {
        self.0.extent
    }

    pub(super) fn size(&self) -> usize {
        self.0.size.get_or(|| {
            let punctuation = 2 + self.len().saturating_sub(1) + self.len();
            let sizes = self.iter().map(|(key, value)| (write::quoted_size(key), value.size()));
            sizes.fold(punctuation, |sum, (key, value)| sum.saturating_add(key).saturating_add(value))
        })
    }

    #[inline]
    fn position(&self, key: &str) -> Option<usize> {
        let members = &self.0.members;
        if members.len() <= FEW { members.iter().position(|(name, _)| &**name == key) } else { self.indexed(key) }
    }

    #[cold]
    fn indexed(&self, key: &str) -> Option<usize> {
        let members = &self.0.members;
        let index = self.0.index.get_or_init(|| places(members));
        index.find(hash(key), &mut |at| &*members[at].0 == key)
    }
}

/// A key that comes again keeps its place and takes the new value.
impl FromIterator<(Key, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(members: I) -> Object {
        Object::of_any(members.into_iter().collect())
    }
}

impl Object {
    /// The one function behind all ways to collect members.
    fn of_any(members: Vec<(Key, Value)>) -> Object {
        let mut distinct: Vec<(Key, Value)> = Vec::with_capacity(members.len());
        let mut index = Places::new();
        for (key, value) in members {
            let known = if distinct.len() <= FEW {
                distinct.iter().position(|(name, _)| *name == key)
            } else {
                if index.is_empty() {
                    index = places(&distinct);
                }
                index.find_or_push(hash(&key), &mut |at| distinct[at].0 == key)
            };
            match known {
                Some(at) => distinct[at].1 = value,
                None => distinct.push((key, value)),
            }
        }
        Object::of_distinct(distinct)
    }
}

/// Where members are by their keys.
fn places(members: &[(Key, Value)]) -> Places {
    let mut places = Places::new();
    members.iter().for_each(|(key, _)| places.push(hash(key)));
    places
}

/// Whatever the order of the keys.
impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.same(other) || self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_keys_among_few_and_many() {
        for count in [0, 1, FEW, FEW + 1, 1000] {
            let object: Object = (0..count).map(|i| (format!("k{i}").into(), Value::from(i as i64))).collect();
            assert_eq!(object.len(), count);
            for i in 0..count {
                assert_eq!(object.get(&format!("k{i}")).and_then(Value::as_i64), Some(i as i64));
            }
            assert!(object.get("x").is_none());
        }
    }

    #[test]
    fn a_repeated_key_keeps_its_place() {
        for count in [3, 40] {
            let keys = (0..count).chain([1]);
            let object: Object = keys.enumerate().map(|(at, i)| (format!("k{i}").into(), Value::from(at as i64))).collect();
            assert_eq!(object.len(), count as usize);
            assert_eq!(object.values().nth(1).and_then(Value::as_i64), Some(count));
        }
    }
}

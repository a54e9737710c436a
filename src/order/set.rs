//! A set in its values' order, over the same sorted list as [`Map`].

use super::Map;
use std::borrow::Borrow;

/// A set that is walked in the order of its values; what [`Map`] says of single keys holds here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T> {
    values: Map<T, ()>,
}

impl<T> Set<T> {
    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn clear(&mut self) {
        self.values.clear();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.values.keys()
    }
}

impl<T: Ord> Set<T> {
    pub fn contains<Q: Ord + ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.values.contains_key(value)
    }

    /// Puts a value in; whether it is new.
    pub fn insert(&mut self, value: T) -> bool {
        self.values.insert(value, ()).is_none()
    }

    /// Takes a value out; whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.values.remove(value).is_some()
    }
}

impl<T> Default for Set<T> {
    fn default() -> Set<T> {
        Set { values: Map::new() }
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.values.extend(values.into_iter().map(|value| (value, ())));
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Set<T> {
        Set { values: values.into_iter().map(|value| (value, ())).collect() }
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(values: [T; N]) -> Set<T> {
        values.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_each_value_once_in_order() {
        let mut set: Set<&str> = ["pay", "ship", "pay", "ask"].into_iter().collect();
        assert!(set.iter().eq(&["ask", "pay", "ship"]));
        assert!(set.insert("order") && !set.insert("ask"));
        assert!(set.remove("pay") && !set.remove("pay") && !set.contains("pay"));
        set.extend(["bill", "ask"]);
        assert!(set.iter().eq(&["ask", "bill", "order", "ship"]));
    }
}

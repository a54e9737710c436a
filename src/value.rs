//! The one type of all state data: cheap to clone, in the order of its keys, with its serialised size at hand.
//!
//! Values are immutable and shared. A change makes a new container that shares its parts with the old one, so a run never copies its
//! data whole. Depth is kept with every container, so that whoever builds one can refuse what nests too deep ([`MAX_DEPTH`]) before a
//! recursive walk over it could overflow the stack.

mod literal;
mod number;
mod object;
mod write;

pub(crate) use literal::json;
pub use number::Number;
pub use object::{Key, Object};
pub use write::{quoted, write_pretty};

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// How deep values may nest; whoever builds containers from a user's data refuses deeper ones. Jackson's limit, which AWS's service has too.
pub const MAX_DEPTH: u32 = 1000;

/// A JSON value.
#[derive(Clone, Debug, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    Array(Array),
    Object(Object),
}

/// A shared list of values.
#[derive(Clone, Debug)]
pub struct Array(Arc<ArrayInner>);

#[derive(Debug)]
struct ArrayInner {
    items: Vec<Value>,
    size: Size,
    extent: Extent,
}

/// How far a container reaches, known from those within it.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many containers stand inside one another at most.
    pub depth: u32,
    /// How many values a walk over it meets, itself included; shared ones each time. `u32::MAX` stands for more.
    pub weight: u32,
}

impl Extent {
    pub const SCALAR: Extent = Extent { depth: 0, weight: 1 };

    /// The extent of a container of others.
    pub fn around(parts: impl Iterator<Item = Extent>) -> Extent {
        let whole = parts.fold(Extent::SCALAR, |whole, part| Extent {
            depth: whole.depth.max(part.depth),
            weight: whole.weight.saturating_add(part.weight),
        });
        Extent { depth: whole.depth + 1, ..whole }
    }
}

/// A serialised size that is worked out once; 0 while it isn't known.
#[derive(Debug, Default)]
struct Size(AtomicU32);

impl Size {
    fn get_or(&self, compute: impl FnOnce() -> usize) -> usize {
        match self.0.load(Relaxed) {
            0 => {
                // What is shared many times over may be larger than can be counted.
                let size = u32::try_from(compute()).unwrap_or(u32::MAX);
                self.0.store(size, Relaxed);
                size as usize
            }
            known => known as usize,
        }
    }
}

impl Value {
    pub fn array(items: Vec<Value>) -> Value {
        Value::Array(Array::new(items))
    }

    /// An object with these members; a key that comes again keeps its place and takes the new value.
    pub fn object(members: impl IntoIterator<Item = (Key, Value)>) -> Value {
        Value::Object(Object::from_iter(members))
    }

    /// An object of a few members whose names differ.
    pub fn of(members: &[(&str, Value)]) -> Value {
        Value::Object(Object::of_distinct(members.iter().map(|(key, value)| (Key::from(*key), value.clone())).collect()))
    }

    pub fn empty_object() -> Value {
        Value::of(&[])
    }

    /// A number from a floating-point result: whole numbers as integers, as JavaScript would write them.
    pub fn number(value: f64) -> Value {
        Value::Number(Number::from_f64(value))
    }

    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    #[inline]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number.as_f64()),
            _ => None,
        }
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&Array> {
        match self {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The member of an object; none of anything else.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The element of an array; none of anything else.
    pub fn at(&self, index: usize) -> Option<&Value> {
        self.as_array()?.get(index)
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// How many containers stand inside one another at most; 0 for a scalar.
    pub fn depth(&self) -> u32 {
        self.extent().depth
    }

    pub fn extent(&self) -> Extent {
        match self {
            Value::Array(array) => array.0.extent,
            Value::Object(object) => object.extent(),
            _ => Extent::SCALAR,
        }
    }

    /// Bytes of the value as compact JSON text in UTF-8, the measure of AWS's payload quota.
    pub fn size(&self) -> usize {
        match self {
            Value::Null | Value::Bool(true) => 4,
            Value::Bool(false) => 5,
            Value::Number(number) => number.size(),
            Value::String(text) => write::quoted_size(text),
            Value::Array(array) => array.0.size.get_or(|| {
                let commas = array.len().saturating_sub(1);
                array.iter().fold(2 + commas, |sum, item| sum.saturating_add(item.size()))
            }),
            Value::Object(object) => object.size(),
        }
    }

    /// What the JSON type is called: `object`, `array`, `string`, `number`, `boolean`, `null`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }
}

impl Array {
    pub fn new(items: Vec<Value>) -> Array {
        let extent = Extent::around(items.iter().map(Value::extent));
        Array(Arc::new(ArrayInner { items, size: Size::default(), extent }))
    }

    /// Whether two are the same list in memory.
    pub fn same(&self, other: &Array) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The elements, without a copy where nobody else holds them.
    pub fn into_vec(self) -> Vec<Value> {
        match Arc::try_unwrap(self.0) {
            Ok(inner) => inner.items,
            Err(shared) => shared.items.clone(),
        }
    }
}

impl Deref for Array {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0.items
    }
}

/// Equal as JSON: numbers by value, objects whatever the order of their keys.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a.same(b) || **a == **b,
            (Value::Object(a), Value::Object(b)) => a == b,
            _ => false,
        }
    }
}

/// Compact JSON text.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut text = String::with_capacity(self.size());
        write::write(self, &mut text);
        f.write_str(&text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::String(text.into())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

/// What there is not is null.
impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Value {
        text.as_deref().map_or(Value::Null, Value::from)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Number(Number::from(value))
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Value {
        Value::array(items)
    }
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(Number::parse(&number.to_string()).unwrap_or(Number::from(0))),
            serde_json::Value::String(text) => Value::from(text.as_str()),
            serde_json::Value::Array(items) => Value::array(items.iter().map(Value::from).collect()),
            serde_json::Value::Object(members) => {
                Value::object(members.iter().map(|(key, value)| (key.as_str().into(), Value::from(value))))
            }
        }
    }
}

/// As any serde data: what leaves for tests, the browser and the headless example.
impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::{SerializeMap, SerializeSeq};
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| seq.serialize_element(item))?;
                seq.end()
            }
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                object.iter().try_for_each(|(key, value)| map.serialize_entry(&**key, value))?;
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::json::value_of;

    #[test]
    fn size_is_the_length_of_the_text() {
        for text in
            ["null", "[]", "{}", r#"{"a":[1,-2.5,true,"é\n\u0001\"\\"],"b":{"c":12345678901234567890}}"#, "1.0", "0.1", "1e-7"]
        {
            let value = value_of(text).unwrap();
            assert_eq!(value.size(), value.to_string().len(), "{text}");
            assert_eq!(value.size(), value.to_string().len(), "the second time");
        }
    }

    #[test]
    fn equal_as_json() {
        assert_eq!(value_of(r#"{"a":1,"b":[1.0]}"#).unwrap(), value_of(r#"{"b":[1],"a":1}"#).unwrap());
        assert_ne!(value_of("1").unwrap(), value_of("true").unwrap());
        assert_ne!(value_of(r#"{"a":1}"#).unwrap(), value_of(r#"{"b":1}"#).unwrap());
    }

    #[test]
    fn depth_counts_containers() {
        assert_eq!(value_of(r#"{"a":[{}],"b":1}"#).unwrap().depth(), 3);
        assert_eq!(value_of("1").unwrap().depth(), 0);
    }

    #[test]
    fn what_is_shared_many_times_over_is_measured_at_once() {
        let doubled = |value: Value| Value::object([("a".into(), value.clone()), ("b".into(), Value::array(vec![value]))]);
        let value = (0..300).fold(Value::Null, |value, _| doubled(value));
        assert_eq!((value.size(), value.extent().weight), (u32::MAX as usize, u32::MAX));
        assert_eq!(doubled(Value::Null).extent().weight, 4);
    }
}

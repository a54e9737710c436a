//! The data a query can see: the state's input, the context object and the variables of the execution.

use crate::value::{Object, Value};

/// What `$`, `$$` and `$name` stand for.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub input: &'a Value,
    pub context: &'a Value,
    pub variables: &'a dyn Variables,
}

impl<'a> Scope<'a> {
    /// A scope with an input alone.
    pub fn of(input: &'a Value) -> Scope<'a> {
        Scope { input, context: &Value::Null, variables: &() }
    }
}

/// Workflow variables by name, without their `$`.
pub trait Variables {
    fn get(&self, name: &str) -> Option<&Value>;
}

/// None at all.
impl Variables for () {
    fn get(&self, _name: &str) -> Option<&Value> {
        None
    }
}

impl Variables for Object {
    fn get(&self, name: &str) -> Option<&Value> {
        Object::get(self, name)
    }
}

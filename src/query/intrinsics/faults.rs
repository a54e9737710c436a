//! What is wrong with a call whatever the data: an argument of a type that the function never takes, values that it always refuses.

use super::error::CallErrorKind;
use super::function::Function;
use super::{Argument, ArgumentKind, Call, Invocation};
use crate::query::Env;
use crate::text::Span;
use crate::timestamp::Timestamp;
use crate::value::Value;

impl Call {
    /// Why the call fails each time it is evaluated, with the place in its text.
    pub fn faults(&self) -> Vec<(Span, String)> {
        let mut found = Vec::new();
        self.invocation.faults(&mut found);
        found
    }
}

impl Invocation {
    /// What the call gives, where its arguments say it. The stack is as deep as calls may nest.
    fn faults(&self, found: &mut Vec<(Span, String)>) -> Option<Value> {
        let before = found.len();
        let (types, _) = self.function.types();
        let mut values = Vec::with_capacity(self.arguments.len());
        for (at, argument) in self.arguments.iter().enumerate() {
            let wanted = types.chars().nth(at).or(types.chars().last()).unwrap_or('*');
            let faults = found.len();
            let value = argument.value(found);
            let given = match (&argument.kind, &value) {
                (_, Some(value)) => letter(value),
                (ArgumentKind::Call(inner), None) => inner.function.types().1.chars().next().unwrap_or('*'),
                _ => '*',
            };
            if found.len() == faults && wanted != given && wanted != '*' && given != '*' {
                let (function, wanted, given) = (self.function.name(), words(wanted), words(given));
                found.push((argument.span, format!("`{function}` takes {wanted} here, not {given}")));
            }
            values.push(value);
        }
        if found.len() > before || !self.told(&values) {
            return None;
        }
        let template = self.arguments.first().and_then(|argument| match &argument.kind {
            ArgumentKind::Template(template) => Some(template),
            _ => None,
        });
        let known = values.iter().all(Option::is_some);
        let values: Vec<Value> = values.into_iter().map(|value| value.unwrap_or_else(Value::empty_object)).collect();
        match self.function.call(&values, template, &mut Env::new(Timestamp(0), 0)) {
            Ok(value) => Some(value).filter(|_| known && !matches!(self.function, Function::Uuid | Function::MathRandom)),
            Err(kind) => {
                let detail = match &*kind {
                    CallErrorKind::Value { detail, .. } => detail,
                    CallErrorKind::Template(detail) => *detail,
                    _ => return None,
                };
                found.push((self.span, format!("this call always fails: {detail}")));
                None
            }
        }
    }

    /// Whether so much of the arguments is known that calling tells something: all, of `States.Format` the template, of
    /// `States.JsonMerge` how it merges.
    fn told(&self, values: &[Option<Value>]) -> bool {
        let is_template = |argument: &Argument| matches!(argument.kind, ArgumentKind::Template(_));
        values.iter().all(Option::is_some)
            || self.arguments.first().is_some_and(is_template)
            || self.function == Function::JsonMerge && values.last().is_some_and(Option::is_some)
    }
}

impl Argument {
    fn value(&self, found: &mut Vec<(Span, String)>) -> Option<Value> {
        match &self.kind {
            ArgumentKind::Literal(value) => Some(value.clone()),
            // What it says is told apart from it.
            ArgumentKind::Template(_) => Some(Value::from("")),
            ArgumentKind::Path(_) => None,
            ArgumentKind::Call(inner) => inner.faults(found),
        }
    }
}

fn letter(value: &Value) -> char {
    match value {
        Value::Null => '0',
        Value::Bool(_) => 'b',
        Value::Number(_) => 'n',
        Value::String(_) => 't',
        Value::Array(_) => 'a',
        Value::Object(_) => 'o',
    }
}

fn words(letter: char) -> &'static str {
    match letter {
        't' => "a string",
        'n' => "a number",
        'b' => "a boolean",
        'a' => "an array",
        'o' => "an object",
        _ => "null",
    }
}

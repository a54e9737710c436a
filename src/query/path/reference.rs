//! Writing through a path: what `ResultPath` does.

use super::{Invalid, Path, PathError, Step};
use crate::text::Span;
use crate::value::{MAX_DEPTH, Object, Value};
use std::fmt;

/// A path of names and indices alone, which names one place.
#[derive(Clone, Debug)]
pub struct ReferencePath(Path);

/// Why a value can't be put where a reference path says.
#[derive(Clone, Debug)]
pub enum WriteError {
    /// A step that what is there can't take: AWS's `States.ResultPathMatchFailure`.
    Conflict { span: Span, step: String, found: Value },
    /// The whole would nest deeper than values may.
    TooDeep { span: Span },
}

impl ReferencePath {
    /// Reads a reference path; other paths are an error.
    pub fn parse(text: &str) -> Result<ReferencePath, PathError> {
        let path = Path::parse(text)?;
        if path.is_reference() {
            return Ok(ReferencePath(path));
        }
        let whole = Span::new(0, text.len());
        let spreads = path
            .0
            .compiled
            .tokens
            .iter()
            .find(|token| !matches!(token.kind, super::TokenKind::Name(..) | super::TokenKind::Index(_)));
        Err(PathError::invalid(spreads.map_or(whole, |token| token.span), Invalid::NotReference))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// `target` with `value` put at the path's place. What is missing on the way is made; everything else is shared with `target`.
    pub fn write(&self, target: &Value, value: Value) -> Result<Value, WriteError> {
        let steps: Vec<(Span, Step)> = self.0.steps().collect();
        let mut on_the_way: Vec<Option<&Value>> = Vec::with_capacity(steps.len());
        let mut here = Some(target);
        for (span, step) in &steps {
            on_the_way.push(here);
            here = next(here, *step).map_err(|found| conflict(*span, *step, found))?;
        }
        let mut built = value;
        for ((span, step), holder) in steps.iter().zip(on_the_way).rev() {
            built = put(holder, *step, built);
            if built.depth() > MAX_DEPTH {
                return Err(WriteError::TooDeep { span: *span });
            }
        }
        Ok(built)
    }
}

/// What a step leads to in what is there; the value itself where it can't take the step.
fn next<'v>(here: Option<&'v Value>, step: Step) -> Result<Option<&'v Value>, &'v Value> {
    match (here, step) {
        (None, Step::Name(_)) | (None, Step::Index(0)) => Ok(None),
        (Some(Value::Object(object)), Step::Name(name)) => Ok(object.get(name)),
        (Some(array @ Value::Array(items)), Step::Index(index)) => match usize::try_from(index) {
            Ok(index) if index <= items.len() => Ok(items.get(index)),
            _ => Err(array),
        },
        (Some(other), _) => Err(other),
        (None, Step::Index(_)) => Err(&Value::Null),
    }
}

/// `holder` with `value` at `step`; [`next`] has seen that it can be.
fn put(holder: Option<&Value>, step: Step, value: Value) -> Value {
    match (holder, step) {
        (Some(Value::Object(object)), Step::Name(name)) => Value::Object(object.with(name.into(), value)),
        (_, Step::Name(name)) => Value::Object(Object::of_distinct(vec![(name.into(), value)])),
        (Some(Value::Array(items)), Step::Index(index)) => {
            let mut items = items.to_vec();
            match items.get_mut(index as usize) {
                Some(item) => *item = value,
                None => items.push(value),
            }
            Value::array(items)
        }
        (_, Step::Index(_)) => Value::array(vec![value]),
    }
}

fn conflict(span: Span, step: Step, found: &Value) -> WriteError {
    let step = match step {
        Step::Name(name) => name.to_owned(),
        Step::Index(index) => index.to_string(),
    };
    WriteError::Conflict { span, step, found: found.clone() }
}

impl WriteError {
    pub fn span(&self) -> Span {
        match self {
            WriteError::Conflict { span, .. } | WriteError::TooDeep { span } => *span,
        }
    }
}

impl std::error::Error for WriteError {}

/// AWS's wording.
impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            WriteError::Conflict { step, found, .. } => write!(f, "Unable to apply step \"{step}\" to input {found}"),
            WriteError::TooDeep { .. } => f.write_str("The result is nested too deep"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::value_of;

    fn written(path: &str, target: &str, value: &str) -> String {
        let path = ReferencePath::parse(path).unwrap();
        match path.write(&value_of(target).unwrap(), value_of(value).unwrap()) {
            Ok(written) => written.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn makes_what_is_missing_and_keeps_the_rest() {
        for (path, target, written_as) in [
            ("$", r#"{"a":1}"#, "9"),
            ("$.a", r#"{"a":1,"b":2}"#, r#"{"a":9,"b":2}"#),
            ("$.c.d", r#"{"a":1}"#, r#"{"a":1,"c":{"d":9}}"#),
            ("$['x y'].z", "{}", r#"{"x y":{"z":9}}"#),
            ("$.a[1].b", r#"{"a":[0,{"b":1,"c":2}]}"#, r#"{"a":[0,{"b":9,"c":2}]}"#),
            ("$.a[0]", "{}", r#"{"a":[9]}"#),
            ("$.a", "[1]", r#"Unable to apply step "a" to input [1]"#),
            ("$.a.b", r#"{"a":"text"}"#, r#"Unable to apply step "b" to input "text""#),
            ("$.a[5]", r#"{"a":[]}"#, r#"Unable to apply step "5" to input []"#),
        ] {
            assert_eq!(written(path, target, "9"), written_as, "{path} in {target}");
        }
    }

    #[test]
    fn shares_what_it_does_not_touch() {
        let target = value_of(r#"{"big":{"a":[1,2,3]},"x":1}"#).unwrap();
        let written = ReferencePath::parse("$.x").unwrap().write(&target, Value::Null).unwrap();
        let same = |value: &Value| value.get("big").and_then(Value::as_object).cloned();
        assert!(same(&target).unwrap().same(&same(&written).unwrap()));
    }

    #[test]
    fn refuses_paths_to_many_places() {
        for (path, at) in [("$.a[*]", 3), ("$..a", 1), ("$.a[0,1]", 3), ("$['a','b']", 1), ("$.a.length()", 4), ("$.a[?(@.b)]", 3)]
        {
            let error = ReferencePath::parse(path).unwrap_err();
            assert_eq!((error.span.start, error.kind_is_not_reference()), (at, true), "{path}");
        }
    }

    #[test]
    fn never_nests_too_deep() {
        let path = format!("$.a{}", ".a".repeat(2000));
        let error = ReferencePath::parse(&path).unwrap().write(&Value::empty_object(), Value::Null).unwrap_err();
        assert!(matches!(error, WriteError::TooDeep { .. }));
    }

    impl PathError {
        fn kind_is_not_reference(&self) -> bool {
            matches!(self.kind, super::super::PathErrorKind::Invalid(Invalid::NotReference))
        }
    }
}

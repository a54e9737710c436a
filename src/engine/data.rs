//! Moves data through the fields of one state, in either query language.

use super::StatesError;
use super::event::Data;
use super::fault::Fault;
use crate::asl::flow::{Assign, Place, ResultPlace};
use crate::asl::kinds::{Catcher, Fail, Source};
use crate::asl::query::{Expression, Holder, JsonataTemplate, PathQuery, Query};
use crate::asl::{QueryLanguage, State};
use crate::float;
use crate::query::jsonata::{self, Bindings};
use crate::query::random::Random;
use crate::query::template::Template;
use crate::query::{Env, Scope};
use crate::timestamp::Timestamp;
use crate::value::{MAX_DEPTH, Number, Object, Value};
use std::sync::Arc;

/// What a state's queries see, and what they may use.
pub(super) struct Fields<'a> {
    pub state: &'a State,
    /// What the state was entered with.
    pub input: &'a Data,
    pub context: Value,
    pub variables: &'a Object,
    pub now: Timestamp,
    pub random: &'a mut Random,
}

/// What `$states` holds besides input and context.
#[derive(Clone, Copy, Default)]
pub(super) struct States<'a> {
    pub result: Option<&'a Value>,
    pub error_output: Option<&'a Value>,
}

/// What a state gives on: its output, and the variables it assigns.
pub(super) type Given = (Data, Option<Object>);

impl Fields<'_> {
    /// JSONPath: the state's input as `InputPath` selects it.
    pub fn selected_input(&mut self) -> Result<Value, Fault> {
        match &self.state.flow.input_path {
            Place::Whole => Ok(self.input.value().clone()),
            Place::Nothing => Ok(Value::empty_object()),
            Place::Path(path) => self.invalid_path(path, self.input.value()),
        }
    }

    /// The input that a state works with: by `InputPath` and `Parameters`, or by `Arguments`.
    pub fn effective_input(&mut self) -> Result<Value, Fault> {
        let selected = self.selected_input()?;
        self.arguments(selected)
    }

    /// `Parameters` of a selected input, or `Arguments`.
    pub fn arguments(&mut self, selected: Value) -> Result<Value, Fault> {
        match &self.state.flow.arguments {
            None => Ok(selected),
            Some(holder @ Holder::JsonPath(_)) => self.holder(holder, "Parameters", &selected, States::default()),
            Some(holder) => self.holder(holder, "Arguments", &selected, States::default()),
        }
    }

    /// JSONPath: what becomes of a result, by `ResultSelector`, `Assign`, `ResultPath` and `OutputPath`. JSONata: by `Assign` and `Output`.
    pub fn outcome(&mut self, result: Value) -> Result<Given, Fault> {
        if self.state.language == QueryLanguage::Jsonata {
            let states = States { result: Some(&result), error_output: None };
            return self.jsonata_outcome(&self.state.flow.output, &self.state.flow.assign, states, &result);
        }
        let flow = &self.state.flow;
        let assigned = self.assigned(&flow.assign, &result, States::default())?;
        let selected = match &flow.result_selector {
            Some(selector) => self.holder(selector, "ResultSelector", &result, States::default())?,
            None => result,
        };
        let placed = self.placed(&flow.result_path, selected)?;
        Ok((Data::Value(self.output(placed)?), assigned))
    }

    /// JSONata: `Output` and `Assign`, which see the same variables; without `Output` the given value goes on.
    pub fn jsonata_outcome(
        &mut self,
        output: &Option<Holder>,
        assign: &Option<Assign>,
        states: States,
        otherwise: &Value,
    ) -> Result<Given, Fault> {
        let assigned = self.assigned(assign, otherwise, states)?;
        let output = match output {
            Some(holder) => self.holder(holder, "Output", otherwise, states)?,
            None => otherwise.clone(),
        };
        Ok((Data::Value(output), assigned))
    }

    /// The outcome of a `Pass`: its `Result`, or else the input it works with.
    pub fn pass(&mut self, result: Option<&Value>) -> Result<Given, Fault> {
        let flow = &self.state.flow;
        if result.is_none() && flow.is_through() {
            return Ok((self.input.clone(), None));
        }
        if self.state.language == QueryLanguage::Jsonata {
            return self.through();
        }
        let result = match result {
            // The input isn't even looked at.
            Some(result) => result.clone(),
            None => self.effective_input()?,
        };
        self.outcome(result)
    }

    /// The outcome of a state that has no result of its own: its input.
    pub fn through(&mut self) -> Result<Given, Fault> {
        let flow = &self.state.flow;
        if flow.is_through() {
            return Ok((self.input.clone(), None));
        }
        if self.state.language == QueryLanguage::Jsonata {
            return self.jsonata_outcome(&flow.output, &flow.assign, States::default(), self.input.value());
        }
        let selected = self.selected_input()?;
        let assigned = self.assigned(&flow.assign, &selected, States::default())?;
        Ok((self.passed()?, assigned))
    }

    /// What a `Fail` state fails with.
    pub fn failure(&mut self, fail: &Fail) -> Result<StatesError, Fault> {
        let input = self.input.value();
        let error = fail.error.as_ref().map(|query| self.text(query, "Error", input)).transpose()?;
        let cause = fail.cause.as_ref().map(|query| self.text(query, "Cause", input)).transpose()?;
        Ok(StatesError { error, cause })
    }

    /// What a caught error gives on, by the catcher's fields.
    pub fn caught(&mut self, catcher: &Catcher, failure: &StatesError) -> Result<Given, Fault> {
        let error_output = failure.output();
        if self.state.language == QueryLanguage::Jsonata {
            let states = States { error_output: Some(&error_output), ..States::default() };
            return self.jsonata_outcome(&catcher.output, &catcher.assign, states, &error_output);
        }
        let assigned = self.assigned(&catcher.assign, &error_output, States::default())?;
        Ok((Data::Value(self.placed(&catcher.result, error_output)?), assigned))
    }

    /// Data that passes through a state without a result, as through `Wait` and `Choice`: raw where nothing changes it.
    pub fn passed(&mut self) -> Result<Data, Fault> {
        let flow = &self.state.flow;
        if matches!((&flow.input_path, &flow.output_path), (Place::Whole, Place::Whole)) {
            return Ok(self.input.clone());
        }
        let selected = self.selected_input()?;
        Ok(Data::Value(self.output(selected)?))
    }

    /// JSONPath: what `OutputPath` leaves.
    pub fn output(&mut self, placed: Value) -> Result<Value, Fault> {
        match &self.state.flow.output_path {
            Place::Whole => Ok(placed),
            Place::Nothing => Ok(Value::empty_object()),
            Place::Path(path) => self.invalid_path(path, &placed),
        }
    }

    /// JSONPath: the state's input with a result in its place.
    pub fn placed(&mut self, place: &ResultPlace, result: Value) -> Result<Value, Fault> {
        match place {
            ResultPlace::Whole => Ok(result),
            ResultPlace::Nothing => Ok(self.input.value().clone()),
            ResultPlace::At(path) => path.write(self.input.value(), result).map_err(|error| Fault::runtime(error.to_string())),
        }
    }

    /// The variables that `Assign` sets; each sees the values from before.
    pub fn assigned(&mut self, assign: &Option<Assign>, subject: &Value, states: States) -> Result<Option<Object>, Fault> {
        let Some(Assign(holder)) = assign else { return Ok(None) };
        match self.holder(holder, "Assign", subject, states)? {
            Value::Object(assigned) => Ok(Some(assigned)),
            _ => Ok(None),
        }
    }

    /// JSON with queries in it, worked out; `subject` is what `$` stands for in JSONPath.
    pub fn holder(&mut self, holder: &Holder, field: &str, subject: &Value, states: States) -> Result<Value, Fault> {
        match holder {
            Holder::JsonPath(template) => self.template(template, subject),
            Holder::Jsonata(template) => {
                let bindings = self.bindings(states);
                let mut location = String::from(field);
                self.jsonata(template, &bindings, &mut location)
            }
        }
    }

    fn template(&mut self, template: &Template, subject: &Value) -> Result<Value, Fault> {
        let mut env = Env::new(self.now, 0);
        std::mem::swap(&mut env.random, self.random);
        let scope = Scope { input: subject, context: &self.context, variables: self.variables };
        let value = template.evaluate(&scope, &mut env);
        std::mem::swap(&mut env.random, self.random);
        value.map_err(|error| Fault::named(error.name(), error.to_string()))
    }

    fn jsonata(&mut self, template: &JsonataTemplate, bindings: &Bindings, location: &mut String) -> Result<Value, Fault> {
        let length = location.len();
        let value = match template {
            JsonataTemplate::Constant(value) => value.clone(),
            JsonataTemplate::Expression(expression) => self.expression_in(expression, bindings, location)?,
            JsonataTemplate::Array(items) => {
                let mut values = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    location.push_str(&format!("[{at}]"));
                    values.push(self.jsonata(item, bindings, location)?);
                    location.truncate(length);
                }
                Value::array(values)
            }
            JsonataTemplate::Object(members) => {
                let mut values = Vec::with_capacity(members.len());
                for (key, member) in members {
                    location.push('/');
                    location.push_str(key);
                    values.push((key.clone(), self.jsonata(member, bindings, location)?));
                    location.truncate(length);
                }
                Value::Object(Object::of_distinct(values))
            }
        };
        match value.depth() > MAX_DEPTH {
            true => Err(Fault::query(format!("The value of the field '{location}' is nested too deeply."), Some(location))),
            false => Ok(value),
        }
    }

    /// An expression in a field of its own.
    pub fn expression(&mut self, expression: &Expression, field: &str, states: States) -> Result<Value, Fault> {
        let bindings = self.bindings(states);
        self.expression_in(expression, &bindings, field)
    }

    fn expression_in(&mut self, expression: &Expression, bindings: &Bindings, field: &str) -> Result<Value, Fault> {
        let random = std::cell::RefCell::new(&mut *self.random);
        let mut env = jsonata::Env {
            now: self.now,
            random: &mut || random.borrow_mut().next_f64(),
            uuid: &mut || random.borrow_mut().uuid(),
            budget: jsonata::Budget::default(),
        };
        let text = &expression.text;
        match expression.program.evaluate(None, bindings, &mut env) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(Fault::query(
                format!("The JSONata expression '{text}' specified for the field '{field}' returned nothing (undefined)."),
                Some(field),
            )),
            Err(error) if error.is_function_result() => Err(Fault::query(
                format!("The JSONata expression '{text}' specified for the field '{field}' returned an unsupported result type."),
                Some(field),
            )),
            Err(error) => Err(Fault::query(
                format!(
                    "The JSONata expression '{text}' specified for the field '{field}' threw an error during evaluation. {}: {}",
                    error.code,
                    error.message()
                ),
                Some(field),
            )),
        }
    }

    /// What an expression finds: `$states` and the variables.
    fn bindings(&self, states: States) -> Bindings {
        let mut members = vec![("input".into(), self.input.value().clone())];
        members.extend(states.result.map(|result| ("result".into(), result.clone())));
        members.extend(states.error_output.map(|error| ("errorOutput".into(), error.clone())));
        members.push(("context".into(), self.context.clone()));
        let mut bindings = Bindings::new();
        bindings.set("states", Value::Object(Object::of_distinct(members)));
        for (name, value) in self.variables.iter() {
            bindings.set(name.clone(), value.clone());
        }
        bindings
    }

    /// A path in a field of its own; `subject` is what `$` stands for.
    pub fn path(&mut self, path: &PathQuery, subject: &Value) -> Result<Value, String> {
        let scope = Scope { input: subject, context: &self.context, variables: self.variables };
        path.path.read(&scope).map_err(|error| error.to_string())
    }

    /// A path whose failure is told as an invalid path.
    pub fn invalid_path(&mut self, path: &PathQuery, subject: &Value) -> Result<Value, Fault> {
        self.path(path, subject).map_err(|message| Fault::runtime(format!("Invalid path '{}' : {message}", path.text)))
    }

    /// A text that may be worked out; `subject` is what `$` stands for. `field` is the field's name without `Path`.
    pub fn text(&mut self, query: &Query, field: &str, subject: &Value) -> Result<Arc<str>, Fault> {
        let value = match query {
            Query::Literal(text) => return Ok(text.clone()),
            Query::Path(path) => self.path(path, subject).map_err(|_| not_found(&path.text, &format!("{field}Path"), subject))?,
            Query::Template(template) => self.template(template, subject)?,
            Query::Expression(expression) => self.expression(expression, field, States::default())?,
        };
        match value {
            Value::String(text) => Ok(text),
            other => Err(unexpected_text(query, field, &other)),
        }
    }

    /// A whole number that may be worked out, as `TimeoutSeconds`: by path it may also be the text of one.
    pub fn integer(&mut self, source: &Source<i64>, field: &str, subject: &Value) -> Result<i64, Fault> {
        match source {
            Source::Literal(number) => Ok(*number),
            Source::Path(path) => {
                let value = self.invalid_path(path, subject)?;
                integer_of(&value).ok_or_else(|| not_valid(field, &value, "integer", &path.text))
            }
            Source::Expression(expression) => match self.expression(expression, field, States::default())? {
                Value::Number(number) => number.as_i64().ok_or_else(|| {
                    let message = format!("The {field} field cannot be parsed as an integer: {}", Value::Number(number));
                    Fault::query(message, Some(field))
                }),
                other => Err(unexpected(expression, field, "number", &other)),
            },
        }
    }

    /// The seconds that a Task may take: a positive number (Amazon States Language, "Timeouts").
    pub fn timeout(&mut self, source: &Source<i64>, field: &str, subject: &Value) -> Result<i64, Fault> {
        let seconds = self.integer(source, field, subject)?;
        if seconds > 0 {
            return Ok(seconds);
        }
        let message = format!("{field} must be a positive number of seconds, but is {seconds}.");
        Err(match source {
            Source::Expression(_) => Fault::query(message, Some(field)),
            _ => Fault::runtime(message),
        })
    }

    /// A number that may be worked out, as `ToleratedFailurePercentage`.
    pub fn decimal(&mut self, source: &Source<f64>, field: &str, subject: &Value) -> Result<f64, Fault> {
        match source {
            Source::Literal(number) => Ok(*number),
            Source::Path(path) => {
                let value = self.invalid_path(path, subject)?;
                decimal_of(&value).ok_or_else(|| not_valid(field, &value, "float", &path.text))
            }
            Source::Expression(expression) => match self.expression(expression, field, States::default())? {
                Value::Number(number) => Ok(number.as_f64()),
                other => Err(unexpected(expression, field, "number", &other)),
            },
        }
    }
}

fn integer_of(value: &Value) -> Option<i64> {
    match value {
        Value::Number(Number::Int(number)) => Some(*number),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn decimal_of(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number.as_f64()),
        Value::String(text) => float::parse(text).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn not_valid(field: &str, value: &Value, wanted: &str, path: &str) -> Fault {
    let shown = match value {
        Value::String(text) => text.to_string(),
        other => other.to_string(),
    };
    Fault::runtime(format!("The {field}Path field refers to value \"{shown}\" which is not a valid {wanted}: {path}"))
}

/// A path in a field of text finds nothing.
pub(super) fn not_found(path: &str, field: &str, input: &Value) -> Fault {
    Fault::runtime(format!("The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{input}'"))
}

/// An expression's result is of another type than the field takes.
pub(super) fn unexpected(expression: &Expression, field: &str, wanted: &str, value: &Value) -> Fault {
    let (text, got) = (&expression.text, value.type_name());
    Fault::query(
        format!(
            "The JSONata expression '{text}' specified for the field '{field}' returned an unexpected result type. Expected '{wanted}', but was '{got}' for value: {value}"
        ),
        Some(field),
    )
}

fn unexpected_text(query: &Query, field: &str, value: &Value) -> Fault {
    match query {
        Query::Expression(expression) => unexpected(expression, field, "string", value),
        Query::Path(path) => {
            Fault::runtime(format!("The {field}Path field refers to value \"{value}\" which is not a valid string: {}", path.text))
        }
        _ => Fault::runtime(format!("The {field}Path field gives {value}, which is not a string")),
    }
}

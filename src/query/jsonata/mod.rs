//! JSONata 2.0.6 as AWS Step Functions has it: compiled once, evaluated many times, never beyond a budget.
//!
//! A text becomes tokens (`lexer`), a syntax tree with places (`parser`), a tree with paths flattened and parents resolved (`tree`), and
//! a program (`compile`) for a machine that keeps its own stack (`machine`), so that no recursion of a user's can overflow ours; the simple
//! parts of a program, which are most, are done without it (`direct`).
//! Knows nothing of states: variables, clock and random source come from the caller.

mod compile;
mod direct;
mod error;
mod functions;
mod lexer;
mod machine;
mod messages;
mod operators;
mod parser;
mod program;
mod restrict;
mod signature;
mod stringify;
mod syntax;
mod tree;
mod val;

pub use error::Error;

use crate::text::Span;
use crate::timestamp::Timestamp;
use crate::value::{Key, Value};
use program::Program;
use val::Val;

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Step Functions: no `$`, `$$` or bare name at the top level, as a state has no document of its own.
    Aws,
    /// The language as such.
    Plain,
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub struct Expression {
    text: Box<str>,
    program: Box<Program>,
}

/// The values of variables from outside, by name without the `$`.
#[derive(Clone, Debug, Default)]
pub struct Bindings(Vec<(Key, Value)>);

/// What an evaluation may use up. Beyond any of the three it ends in the error `U1001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Operations, among them each item a function looks at.
    pub steps: u64,
    /// Evaluations inside one another, as the reference implementation counts them.
    pub depth: u32,
    /// Bytes of values made on the way, roughly.
    pub bytes: u64,
}

/// The world as an expression sees it.
pub struct Env<'a> {
    /// What `$now()` and `$millis()` tell during one evaluation.
    pub now: Timestamp,
    /// A number from 0 to below 1.
    pub random: &'a mut dyn FnMut() -> f64,
    /// A version 4 UUID.
    pub uuid: &'a mut dyn FnMut() -> String,
    pub budget: Budget,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: 1_000_000, depth: 500, bytes: 64 << 20 }
    }
}

impl Bindings {
    pub fn new() -> Bindings {
        Bindings::default()
    }

    /// Sets a variable; the last value of a name counts.
    pub fn set(&mut self, name: impl Into<Key>, value: Value) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => self.0.push((name, value)),
        }
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }
}

impl Expression {
    /// Compiles a text, without the `{%` and `%}` around it; the first thing that is wrong where something is.
    pub fn compile(text: &str, dialect: Dialect) -> Result<Expression, Error> {
        match Expression::parse_all(text, dialect) {
            (Some(expression), _) => Ok(expression),
            (None, errors) => Err(errors.into_iter().next().unwrap_or_else(|| Error::new("S0500", Span::at(0)))),
        }
    }

    /// Compiles a text and tells everything that is wrong with it, in the order of the text; compiled where nothing is.
    pub fn parse_all(text: &str, dialect: Dialect) -> (Option<Expression>, Vec<Error>) {
        let (mut tree, root, mut errors) = parser::parse(text);
        if errors.iter().any(|error| error.code == "S0501") {
            return (None, errors);
        }
        let (root, more) = tree::resolve(&mut tree, root, text);
        // What the tree shows to be missing may have been said already.
        let said = errors.len();
        for error in more {
            if errors[..said].iter().all(|known| known.span != error.span) {
                errors.push(error);
            }
        }
        if dialect == Dialect::Aws {
            errors.append(&mut restrict::refused(&tree, root, text));
        }
        if !errors.is_empty() {
            return (None, errors);
        }
        let program = Box::new(compile::compile(&tree, root));
        (Some(Expression { text: text.into(), program }), errors)
    }

    /// The value of the expression; none is JSONata's undefined, and an input of none too.
    ///
    /// A function as the result is an error for which [`Error::is_function_result`] holds.
    pub fn evaluate(&self, input: Option<&Value>, bindings: &Bindings, env: &mut Env) -> Result<Option<Value>, Error> {
        if let Some(value) = machine::alone(&self.program, input, bindings, &env.budget) {
            return Ok(value);
        }
        match machine::run(&self.program, input, bindings, env)? {
            Val::Func(_) => Err(Error::new("U1002", Span::new(0, self.text.len()))),
            value => Ok(value.into_json()),
        }
    }

    /// The variables that must come from outside, each time they are used, without the `$`; built-in functions are not among them.
    /// Those within functions come last.
    pub fn variables(&self) -> impl Iterator<Item = (&str, Span)> {
        self.program.free.iter().map(|(sym, span)| (&*self.program.names[*sym as usize].text, *span))
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

//! The parts of a definition that are worked out when a state runs, compiled.

use super::definition::QueryLanguage;
use crate::json::{Kind as JsonKind, Node};
use crate::query::jsonata::{self, Dialect};
use crate::query::path::Path;
use crate::query::template::Template;
use crate::text::Span;
use crate::value::{Key, Value};
use std::sync::Arc;

/// A JSONPath in a field of its own: `InputPath`, `Variable`, `SecondsPath`.
#[derive(Debug)]
pub struct PathQuery {
    /// As it stands in the definition.
    pub text: Arc<str>,
    /// Of the string, with its quotes.
    pub span: Span,
    pub path: Path,
}

/// A JSONata expression that is the whole of a string: `{% $states.input.x %}`.
#[derive(Debug)]
pub struct Expression {
    /// What stands between `{%` and `%}`, without the blanks around it.
    pub text: Arc<str>,
    /// Of the string, with its quotes.
    pub span: Span,
    pub program: jsonata::Expression,
}

/// A text that is written down or worked out: `Error`, `CausePath`, `RoleArn.$`.
#[derive(Debug)]
pub enum Query {
    Literal(Arc<str>),
    Path(Box<PathQuery>),
    /// An intrinsic function call in a `…Path` field.
    Template(Template),
    Expression(Box<Expression>),
}

/// JSON with queries in it, in the state's language: `Parameters`, `Arguments`, `Output`, `Assign`, ...
#[derive(Debug)]
pub enum Holder {
    JsonPath(Template),
    Jsonata(JsonataTemplate),
}

/// JSON in which strings may be JSONata expressions.
#[derive(Debug)]
pub enum JsonataTemplate {
    Constant(Value),
    Expression(Box<Expression>),
    Array(Vec<JsonataTemplate>),
    Object(Vec<(Key, JsonataTemplate)>),
}

/// A query that can't be compiled.
#[derive(Debug)]
pub struct QueryError {
    pub span: Span,
    pub message: String,
}

/// The text between `{%` and `%}`, where a string is an expression.
pub fn expression_text(text: &str) -> Option<&str> {
    Some(text.strip_prefix("{%")?.strip_suffix("%}")?.trim())
}

impl PathQuery {
    pub fn compile(text: &str, span: Span) -> Result<Box<PathQuery>, Box<QueryError>> {
        let path = Path::parse(text).map_err(|error| Box::new(QueryError { span, message: error.to_string() }))?;
        Ok(Box::new(PathQuery { text: text.into(), span, path }))
    }
}

impl Expression {
    /// Compiles a string that is an expression; none where it is none.
    pub fn compile(text: &str, span: Span) -> Option<Result<Box<Expression>, Box<QueryError>>> {
        let text = expression_text(text)?;
        let program = jsonata::Expression::compile(text, Dialect::Aws);
        let compiled = program.map(|program| Box::new(Expression { text: text.into(), span, program }));
        Some(compiled.map_err(|error| Box::new(QueryError { span, message: error.message() })))
    }
}

impl Holder {
    pub fn compile(node: &Node, language: QueryLanguage) -> Result<Holder, Box<QueryError>> {
        match language {
            QueryLanguage::JsonPath => {
                let (template, problems) = Template::compile(node);
                match problems.first() {
                    None => Ok(Holder::JsonPath(template)),
                    Some(problem) => Err(Box::new(QueryError { span: problem.span, message: problem.to_string() })),
                }
            }
            QueryLanguage::Jsonata => JsonataTemplate::compile(node).map(Holder::Jsonata),
        }
    }
}

impl JsonataTemplate {
    /// Compiles JSON; whatever holds no expression becomes one constant. The tree is as deep as the JSON, which its parser bounds.
    pub fn compile(node: &Node) -> Result<JsonataTemplate, Box<QueryError>> {
        Ok(match &node.kind {
            JsonKind::String(text) => match Expression::compile(text, node.span) {
                Some(expression) => JsonataTemplate::Expression(expression?),
                None => JsonataTemplate::Constant(node.to_value()),
            },
            JsonKind::Array(elements) => {
                let items: Vec<_> = elements.iter().map(JsonataTemplate::compile).collect::<Result<_, _>>()?;
                if items.iter().all(JsonataTemplate::is_constant) {
                    JsonataTemplate::Constant(node.to_value())
                } else {
                    JsonataTemplate::Array(items)
                }
            }
            JsonKind::Object(members) => {
                let mut compiled: Vec<(Key, JsonataTemplate)> = Vec::with_capacity(members.len());
                for member in members {
                    let template = JsonataTemplate::compile(&member.value)?;
                    match compiled.iter_mut().find(|(key, _)| **key == *member.key.text) {
                        Some(known) => known.1 = template,
                        None => compiled.push(((&*member.key.text).into(), template)),
                    }
                }
                if compiled.iter().all(|(_, template)| template.is_constant()) {
                    JsonataTemplate::Constant(node.to_value())
                } else {
                    JsonataTemplate::Object(compiled)
                }
            }
            _ => JsonataTemplate::Constant(node.to_value()),
        })
    }

    fn is_constant(&self) -> bool {
        matches!(self, JsonataTemplate::Constant(_))
    }
}

//! Every query of a definition: paths, intrinsic calls, payload templates and JSONata expressions, with what can't be read of them
//! and the variables they read.

use super::machine::{Machine, Object};
use super::{Diagnostic, Fix};
use crate::json::{Kind, Node, source_span};
use crate::letters;
use crate::query::intrinsics::{Call, CallProblemKind};
use crate::query::jsonata::{Dialect, Expression};
use crate::query::path::{Invalid, Path, PathError, PathErrorKind, ReferencePath, Root, Step};
use crate::query::template::{Problem, ProblemKind, Template};
use crate::spec::{self, Operand, QueryLanguage, Shape};
use crate::text::Span;

/// A place where a variable is read.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableRead {
    /// Without its `$`.
    pub name: String,
    /// Of the name in the definition's text.
    pub span: Span,
    /// The state that reads it.
    pub state: usize,
    /// What stands behind the name in a JSONata expression: `.input.id`, or `(` where it is called.
    pub rest: String,
    /// The object and the field it stands in.
    pub object: usize,
    pub field: String,
}

/// A path into the data that a state gets, result or context object apart.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRead {
    /// The member of the whole that it begins with.
    pub member: String,
    /// Of that member in the definition's text.
    pub span: Span,
    /// The object and the field it stands in.
    pub object: usize,
    pub field: String,
}

/// What [`collect`] finds.
#[derive(Debug, Default)]
pub struct Queries {
    pub problems: Vec<Diagnostic>,
    pub reads: Vec<VariableRead>,
    /// Of plain paths alone: names and indices.
    pub inputs: Vec<InputRead>,
}

/// Whether a value is a string that is worked out as JSONata.
pub fn is_expression(value: &Node) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("{%") && text.ends_with("%}") && text.len() >= 4)
}

/// Reads every query of the definition.
pub fn collect(machine: &Machine) -> Queries {
    let mut collector = Collector { machine, object: 0, field: "", found: Queries::default() };
    for (index, object) in machine.objects.iter().enumerate() {
        collector.object = index;
        for member in object.node.members() {
            collector.field = &member.key.text;
            match object.language {
                QueryLanguage::JsonPath => collector.json_path_field(object, &member.value),
                QueryLanguage::Jsonata => collector.jsonata_field(object, &member.value),
            }
        }
    }
    collector.found
}

struct Collector<'a> {
    machine: &'a Machine<'a>,
    object: usize,
    field: &'a str,
    found: Queries,
}

impl<'a> Collector<'a> {
    fn json_path_field(&mut self, object: &Object, value: &Node) {
        let shape = match spec::field(object.place, object.language, self.field) {
            Some(field) => field.shape,
            None if !spec::is_field(object.place, object.language, self.field) => return,
            None => match spec::operator(self.field).map(|operator| operator.operand) {
                Some(Operand::Path) => Shape::Path,
                _ => return,
            },
        };
        match (shape, value.as_str()) {
            (Shape::Path | Shape::PathOrNull, Some(text)) => self.path(text, value.span),
            (Shape::ReferencePath | Shape::ReferencePathOrNull, Some(text)) => self.reference_path(text, value.span),
            (Shape::PathOrIntrinsic, Some(text)) if Call::looks_like(text) => self.call(text, value.span),
            (Shape::PathOrIntrinsic, Some(text)) => self.path(text, value.span),
            (Shape::Template | Shape::AnyTemplate | Shape::Assign, _) => self.template(value),
            _ => {}
        }
    }

    fn path(&mut self, text: &str, literal: Span) {
        match Path::parse(text) {
            Ok(path) => self.read(&path, literal, 0),
            Err(error) => self.not_a_path(text, literal, &error),
        }
    }

    fn reference_path(&mut self, text: &str, literal: Span) {
        match ReferencePath::parse(text) {
            Ok(path) if *path.path().root() != Root::Input => {
                let message = format!("`{}` must begin with `$`: it names a place in the state's input", self.field);
                let problem = Diagnostic::error("reference-path", literal, message);
                self.found.problems.push(problem.help("to set a variable use `Assign`"));
            }
            Ok(_) => {}
            Err(error) => self.not_a_path(text, literal, &error),
        }
    }

    fn not_a_path(&mut self, text: &str, literal: Span, error: &PathError) {
        let message = match &error.kind {
            PathErrorKind::Invalid(Invalid::NotReference) => {
                format!("`{}` must name one place: names and indices alone", self.field)
            }
            _ => format!("not a path: {}", message_of(error.to_string().trim())),
        };
        let mut problem = Diagnostic::error("path", self.inside(literal, error.span), message);
        if !text.starts_with('$') && !text.is_empty() {
            let mended = if text.starts_with(['.', '[']) { format!("${text}") } else { format!("$.{text}") };
            problem.message = format!("`{text}` is not a path: it must begin with `$`");
            problem.span = literal;
            if Path::parse(&mended).is_ok() {
                let fix = Fix::replace(format!("Change to `{mended}`"), literal, crate::value::quoted(&mended));
                problem = problem.help(format!("did you mean `{mended}`?")).fix(fix);
            }
        }
        self.found.problems.push(problem);
    }

    fn call(&mut self, text: &str, literal: Span) {
        match Call::parse(text) {
            Ok(call) => {
                for (span, path) in call.paths() {
                    self.read(path, literal, span.start);
                }
                self.faults(&call, literal);
            }
            Err(error) => {
                let mut problem = Diagnostic::error("intrinsic", self.inside(literal, error.span), error.to_string());
                problem.help = error.help().map(str::to_owned);
                self.found.problems.push(problem);
            }
        }
    }

    /// What no data mends: the state fails at it each time.
    fn faults(&mut self, call: &Call, literal: Span) {
        let text = call.text();
        if text.starts_with(char::is_whitespace) {
            // "MUST begin with an Intrinsic Function name": Amazon States Language, "Intrinsic Functions".
            let blanks = Span::new(0, text.len() - text.trim_start().len());
            let fix = Fix::replace("Remove the blanks", literal, crate::value::quoted(text.trim()));
            let problem = Diagnostic::error("intrinsic", self.inside(literal, blanks), "a call begins with the function's name");
            self.found.problems.push(problem.help("remove the blanks before it").fix(fix.safe()).runs_anyway());
        }
        for (span, message) in call.faults() {
            self.found.problems.push(Diagnostic::error("intrinsic", self.inside(literal, span), message).runs_anyway());
        }
    }

    fn template(&mut self, value: &Node) {
        let (template, problems) = Template::compile(value);
        for problem in &problems {
            let diagnostic = self.template_problem(value, problem);
            self.found.problems.push(diagnostic);
        }
        for (literal, call) in template.calls() {
            self.faults(call, literal);
        }
        for (literal, path) in template.paths() {
            // A path of its own begins the string; an argument stands somewhere in it.
            let text = path.text();
            let at = literal.of(self.machine.text).find(text).map_or(0, |at| at.saturating_sub(1));
            self.read(path, literal, at);
        }
    }

    /// AWS has one message for whatever a `.$` field can't be read as; it is recorded.
    fn template_problem(&self, template: &Node, problem: &Problem) -> Diagnostic {
        let span = problem.within.map_or(problem.span, |within| self.inside(problem.span, within));
        match &problem.kind {
            // AWS takes filters that Jayway can't read, such as `[?(@.name==word)]`; how far that goes isn't known.
            ProblemKind::Path(_) | ProblemKind::Call(_) if is_in_filter(template, problem) => {
                Diagnostic::warning("filter", span, message_of(&problem.to_string()))
                    .help("AWS creates the machine, but the path may find nothing: put texts in a filter in quotes")
            }
            ProblemKind::Path(_) | ProblemKind::Call(_) => {
                let message = format!(
                    "The value for the field '{}' must be a valid JSONPath or a valid intrinsic function call",
                    problem.field
                );
                let parent = parent_path(template, problem.span.start);
                let location = format!("{}{parent}", self.machine.aws_field(self.object, self.field));
                let help = match problem.help() {
                    Some(help) => format!("{problem}; {help}"),
                    None => problem.to_string(),
                };
                Diagnostic::recorded(span, message, location).help(help)
            }
            ProblemKind::NotText(_) | ProblemKind::Duplicate => {
                let mut diagnostic = Diagnostic::error("template", span, problem.to_string());
                diagnostic.help = problem.help().map(str::to_owned);
                diagnostic
            }
        }
    }

    fn jsonata_field(&mut self, object: &Object, value: &Node) {
        let Some(field) = spec::field(object.place, object.language, self.field) else { return };
        let dynamic =
            matches!(field.shape, Shape::AnyTemplate | Shape::Items | Shape::Assign | Shape::Condition) || field.expression;
        if !dynamic {
            return;
        }
        // As deep as the JSON text, which its parser bounds.
        let mut open = vec![value];
        while let Some(node) = open.pop() {
            match &node.kind {
                Kind::Array(elements) => open.extend(elements.iter().rev()),
                Kind::Object(members) => open.extend(members.iter().rev().map(|member| &member.value)),
                Kind::String(text) if is_expression(node) => self.expression(&text[2..text.len() - 2], node.span),
                Kind::String(text) => self.almost_expression(text, node.span),
                _ => {}
            }
        }
    }

    /// An expression without its `{%` and `%}`.
    fn expression(&mut self, text: &str, literal: Span) {
        const OPENING: usize = "{%".len();
        let (expression, errors) = Expression::parse_all(text, Dialect::Aws);
        let shifted = |span: Span| Span::new(span.start + OPENING, span.end + OPENING);
        for error in &errors {
            let span = self.inside(literal, shifted(error.span));
            let (message, location) = (error.message(), self.machine.aws_field(self.object, self.field));
            let problem = Diagnostic::error("jsonata", span, message_of(&message));
            // Codes and texts as users of ValidateStateMachineDefinition report them.
            self.found.problems.push(match (error.code, error.token()) {
                ("UNSUPPORTED_JSONATA_EXPRESSION", Some(name)) => {
                    let message = format!("Reference to '{name}' at the top level is not supported.");
                    problem.aws("UNSUPPORTED_JSONATA_EXPRESSION", message, location)
                }
                _ => problem.aws("INVALID_JSONATA_EXPRESSION", message, location),
            });
        }
        let Some(state) = self.machine.objects[self.object].state else { return };
        let Some(expression) = expression else { return };
        for (name, span) in expression.variables() {
            let name = name.to_owned();
            let rest = text.get(span.end..).unwrap_or_default();
            // The bracket tells a call from a value.
            let end = match rest.strip_prefix('(') {
                Some(_) => 1,
                None => rest.find(|c: char| !(letters::is_letter_or_digit(c) || matches!(c, '_' | '.'))).unwrap_or(rest.len()),
            };
            let rest = rest[..end].to_owned();
            let span = self.inside(literal, shifted(span));
            let (object, field) = (self.object, self.field.to_owned());
            self.found.reads.push(VariableRead { name, span, state, rest, object, field });
        }
    }

    fn almost_expression(&mut self, text: &str, literal: Span) {
        let trimmed = text.trim();
        let (opens, closes) = (trimmed.starts_with("{%"), trimmed.ends_with("%}"));
        if opens || closes {
            // AWS refuses what is opened or closed improperly (Step Functions Developer Guide, "Transforming data with JSONata"); what has
            // blanks around it is a text, as recorded executions show.
            let (message, help) = match (opens, closes) {
                (true, true) => {
                    ("this string is not worked out", "an expression fills its string: remove the blanks around `{% … %}`")
                }
                (true, false) => ("this expression is not closed", "it ends with `%}`, and nothing stands behind that"),
                _ => ("this expression is not opened", "it begins with `{%`, and nothing stands before that"),
            };
            let problem = match opens && closes {
                true => Diagnostic::warning("jsonata-delimiters", literal, message),
                false => Diagnostic::error("jsonata-delimiters", literal, message).runs_anyway(),
            };
            let fix = (opens && closes).then(|| Fix::replace("Remove the blanks", literal, crate::value::quoted(trimmed)).safe());
            self.found.problems.push(problem.help(help).fix_if(fix));
        }
    }

    /// Notes the variable, or the member of the input, that a path begins with.
    fn read(&mut self, path: &Path, literal: Span, at: usize) {
        if let (Root::Input, true, Some((span, Step::Name(name)))) = (path.root(), path.is_reference(), path.steps().next()) {
            let span = self.inside(literal, Span::new(at + span.start, at + span.end));
            let (member, field) = (name.to_owned(), self.field.to_owned());
            self.found.inputs.push(InputRead { member, span, object: self.object, field });
        }
        let (Root::Variable(name), Some(state)) = (path.root(), self.machine.objects[self.object].state) else { return };
        let span = self.inside(literal, Span::new(at, at + 1 + name.len()));
        let (object, field) = (self.object, self.field.to_owned());
        self.found.reads.push(VariableRead { name: name.to_string(), span, state, rest: String::new(), object, field });
    }

    /// The place in the definition of a part of a string.
    fn inside(&self, literal: Span, part: Span) -> Span {
        source_span(self.machine.text, literal, part)
    }
}

/// A message of JSONata as one of ours: it begins in lower case.
fn message_of(message: &str) -> String {
    let second_is_lower = message.chars().nth(1).is_some_and(|character| !character.is_ascii_uppercase());
    if second_is_lower { letters::lower_first(message.trim_end_matches('.')) } else { message.to_owned() }
}

/// Whether the problem lies in the filter of a path, be the path an argument of a call.
fn is_in_filter(template: &Node, problem: &Problem) -> bool {
    let is_path = match &problem.kind {
        ProblemKind::Path(_) => true,
        ProblemKind::Call(problem) => matches!(problem.kind, CallProblemKind::Path(_)),
        _ => false,
    };
    let text = value_at(template, problem.span.start).and_then(Node::as_str);
    let filter = text.and_then(|text| text.find("[?")).filter(|_| is_path);
    filter.zip(problem.within).is_some_and(|(filter, within)| filter <= within.start)
}

/// The innermost value at an offset.
fn value_at(node: &Node, offset: usize) -> Option<&Node> {
    let mut at = Some(node).filter(|node| node.span.touches(offset))?;
    loop {
        let inner = match &at.kind {
            Kind::Object(members) => members.iter().find(|member| member.value.span.touches(offset)).map(|member| &member.value),
            Kind::Array(elements) => elements.iter().find(|element| element.span.touches(offset)),
            _ => None,
        };
        match inner {
            Some(inner) => at = inner,
            None => return Some(at),
        }
    }
}

/// How AWS writes the way from a template to the object that holds the value at an offset.
fn parent_path(template: &Node, offset: usize) -> String {
    let (mut path, mut parent) = (String::new(), 0);
    let mut node = template;
    loop {
        let (step, inner) = match &node.kind {
            Kind::Object(members) => match members.iter().find(|member| member.span().touches(offset)) {
                Some(member) => (format!("/{}", member.key.text), &member.value),
                None => break,
            },
            Kind::Array(elements) => match elements.iter().position(|element| element.span.touches(offset)) {
                Some(index) => (format!("[{index}]"), &elements[index]),
                None => break,
            },
            _ => break,
        };
        parent = path.len();
        path.push_str(&step);
        node = inner;
    }
    path.truncate(parent);
    path
}

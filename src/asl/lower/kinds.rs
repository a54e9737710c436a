//! Reads what states of each type have.

use super::fields::Fields;
use crate::asl::choice::{ChoiceRule, Condition, IsKind, Operand, OperandType, Operator, Test};
use crate::asl::definition::{QueryLanguage, ScopeId, StateType, Transition};
use crate::asl::flow::{Flow, ResultPlace};
use crate::asl::kinds::*;
use crate::asl::query::{Expression, Holder, expression_text};
use crate::asl::resource::Resource;
use crate::json::{Kind as JsonKind, Node};
use crate::timestamp::Timestamp;
use std::sync::Arc;

/// The scopes that a state turned out to hold: where they stand, and their pointers from the state on.
pub(super) struct Scopes<'n> {
    pub(super) first: u32,
    pub(super) found: Vec<(&'n Node, String)>,
}

impl<'n> Scopes<'n> {
    fn add(&mut self, node: &'n Node, place: String) -> ScopeId {
        self.found.push((node, place));
        ScopeId(self.first + self.found.len() as u32 - 1)
    }
}

/// A state's own part.
pub(super) fn kind<'n>(state_type: StateType, fields: &mut Fields<'n, '_>, scopes: &mut Scopes<'n>) -> Kind {
    match state_type {
        StateType::Pass => Kind::Pass { result: fields.get("Result").filter(|_| !fields.jsonata()).map(Node::to_value) },
        StateType::Task => task(fields),
        StateType::Choice => choice(fields),
        StateType::Wait => wait(fields),
        StateType::Succeed => Kind::Succeed,
        StateType::Fail => Kind::Fail(Fail { error: fields.query("Error"), cause: fields.query("Cause") }),
        StateType::Parallel => parallel(fields, scopes),
        StateType::Map => map(fields, scopes),
    }
}

/// Where a state leads; the types that lead nowhere by themselves say `End`.
pub(super) fn transition(state_type: StateType, fields: &mut Fields) -> Transition {
    match state_type {
        StateType::Succeed | StateType::Fail | StateType::Choice => Transition::End,
        _ => fields.transition(),
    }
}

/// How data flows through a state: each type reads the fields that it has.
pub(super) fn flow(state_type: StateType, fields: &mut Fields) -> Flow {
    use StateType::*;
    if state_type == Fail {
        return Flow::through();
    }
    let calls = matches!(state_type, Task | Parallel | Map);
    if fields.jsonata() {
        let arguments = if matches!(state_type, Task | Parallel) { fields.holder("Arguments") } else { None };
        return Flow { arguments, output: fields.holder("Output"), assign: fields.assign(), ..Flow::through() };
    }
    Flow {
        input_path: fields.place("InputPath"),
        // A Map's `Parameters` are the older name of its `ItemSelector`.
        arguments: if matches!(state_type, Task | Parallel | Pass) { fields.holder("Parameters") } else { None },
        result_selector: if calls { fields.holder("ResultSelector") } else { None },
        result_path: if calls || state_type == Pass { fields.result_place() } else { ResultPlace::Whole },
        output_path: fields.place("OutputPath"),
        output: None,
        assign: fields.assign(),
    }
}

fn task(fields: &mut Fields) -> Kind {
    let Some(resource) = fields.text("Resource") else {
        fields.problem(fields.node.span, "a Task needs a `Resource`".to_owned());
        return Kind::Succeed;
    };
    let credentials = fields.get("Credentials").and_then(|node| {
        fields.within(node, |fields| match fields.get("RoleArn.$") {
            Some(_) => fields.dynamic("RoleArn.$"),
            None => fields.query("RoleArn"),
        })
    });
    let resource = Arc::new(Resource::parse(resource));
    Kind::Task(Box::new(Task {
        name: Arc::new(resource.task_name()),
        resource,
        timeout: fields.integer("TimeoutSeconds"),
        heartbeat: fields.integer("HeartbeatSeconds"),
        credentials,
        handlers: handlers(fields),
    }))
}

fn wait(fields: &mut Fields) -> Kind {
    if let Some(seconds) = fields.integer("Seconds") {
        return Kind::Wait(WaitUntil::Seconds(seconds));
    }
    match fields.timestamp() {
        Some(timestamp) => Kind::Wait(WaitUntil::Timestamp(timestamp)),
        None => {
            if fields.problems.is_empty() {
                fields.problem(fields.node.span, "a Wait needs `Seconds` or `Timestamp`".to_owned());
            }
            Kind::Succeed
        }
    }
}

fn parallel<'n>(fields: &mut Fields<'n, '_>, scopes: &mut Scopes<'n>) -> Kind {
    let Some(branches) = fields.get("Branches").filter(|node| !node.elements().is_empty()) else {
        fields.problem(fields.node.span, "a Parallel needs `Branches`".to_owned());
        return Kind::Succeed;
    };
    let branches = branches.elements().iter().enumerate();
    let branches = branches.map(|(at, branch)| scopes.add(branch, format!("/Branches/{at}"))).collect();
    Kind::Parallel { branches, handlers: handlers(fields) }
}

fn map<'n>(fields: &mut Fields<'n, '_>, scopes: &mut Scopes<'n>) -> Kind {
    let Some((name, processor)) = ["ItemProcessor", "Iterator"].iter().find_map(|name| Some((name, fields.get(name)?))) else {
        fields.problem(fields.node.span, "a Map needs an `ItemProcessor`".to_owned());
        return Kind::Succeed;
    };
    let config = processor.get("ProcessorConfig");
    let mode = config.and_then(|config| config.get("Mode")).and_then(Node::as_str);
    let distributed = (mode == Some("DISTRIBUTED")).then(|| {
        let express = config.and_then(|config| config.get("ExecutionType")).and_then(Node::as_str) == Some("EXPRESS");
        Box::new(Distributed {
            express,
            reader: fields.get("ItemReader").and_then(|node| fields.within(node, reader)),
            batcher: fields.get("ItemBatcher").map(|node| fields.within(node, batcher)),
            writer: fields.get("ResultWriter").map(|node| fields.within(node, writer)),
            label: fields.text("Label").map(Arc::from),
        })
    });
    let items = if fields.jsonata() {
        fields.holder("Items").map(Items::Template)
    } else {
        fields.get("ItemsPath").and_then(|_| fields.path("ItemsPath")).map(Items::Path)
    };
    let selector = if fields.get("ItemSelector").is_some() || fields.jsonata() { "ItemSelector" } else { "Parameters" };
    Kind::Map(Box::new(Map {
        items,
        item_selector: fields.holder(selector),
        max_concurrency: fields.integer("MaxConcurrency"),
        processor: scopes.add(processor, format!("/{name}")),
        distributed,
        tolerated_failure_count: fields.integer("ToleratedFailureCount"),
        tolerated_failure_percentage: fields.decimal("ToleratedFailurePercentage"),
        handlers: handlers(fields),
    }))
}

/// What a task-like object inside a Map is called with.
fn arguments(fields: &mut Fields) -> Option<Holder> {
    fields.holder(if fields.jsonata() { "Arguments" } else { "Parameters" })
}

fn reader(fields: &mut Fields) -> Option<Reader> {
    let Some(resource) = fields.text("Resource") else {
        fields.problem(fields.node.span, "an `ItemReader` needs a `Resource`".to_owned());
        return None;
    };
    let config = fields.get("ReaderConfig");
    let of_config = |name: &str| config.and_then(|config| config.get(name)).and_then(Node::as_str);
    let manifest = of_config("ManifestType");
    let format = match of_config("InputType") {
        // An inventory's files are CSV, and `InputType` is not written.
        _ if manifest == Some("S3_INVENTORY") => Format::Manifest,
        Some("JSONL") => Format::JsonLines,
        Some("CSV") => config.map_or(Format::Json { pointer: None }, csv),
        Some("MANIFEST") => Format::Manifest,
        Some("JSON") | None => Format::Json { pointer: of_config("ItemsPointer").map(Arc::from) },
        Some(other) => Format::Other(other.into()),
    };
    Some(Reader {
        resource: Arc::new(Resource::parse(resource)),
        arguments: arguments(fields),
        format,
        lists: resource.ends_with(":listObjectsV2"),
        loads: of_config("Transformation") == Some("LOAD_AND_FLATTEN"),
        athena: manifest == Some("ATHENA_DATA"),
        max_items: config.and_then(|config| fields.within(config, |fields| fields.integer("MaxItems"))),
    })
}

fn csv(config: &Node) -> Format {
    let given = config.text("CSVHeaderLocation") == Some("GIVEN");
    let headers = config.get("CSVHeaders").filter(|_| given);
    let delimiter = config.text("CSVDelimiter").unwrap_or("COMMA").into();
    let texts = |node: &Node| node.elements().iter().filter_map(Node::as_str).map(Arc::from).collect();
    Format::Csv { headers: headers.map(texts), delimiter }
}

fn batcher(fields: &mut Fields) -> Batcher {
    Batcher {
        max_items: fields.integer("MaxItemsPerBatch"),
        max_bytes: fields.integer("MaxInputBytesPerBatch"),
        batch_input: fields.holder("BatchInput"),
    }
}

fn writer(fields: &mut Fields) -> Writer {
    let config = fields.get("WriterConfig");
    let of_config = |name: &str| config.and_then(|config| config.get(name)).and_then(Node::as_str);
    Writer {
        resource: fields.text("Resource").map(|text| Arc::new(Resource::parse(text))),
        arguments: arguments(fields),
        transformation: match of_config("Transformation") {
            Some("COMPACT") => Transformation::Compact,
            Some("FLATTEN") => Transformation::Flatten,
            _ => Transformation::None,
        },
        json_lines: of_config("OutputType") == Some("JSONL"),
    }
}

fn handlers(fields: &mut Fields) -> Handlers {
    let retry = fields.get("Retry").map_or(&[][..], Node::elements);
    let catch = fields.get("Catch").map_or(&[][..], Node::elements);
    Handlers {
        retry: retry.iter().map(|node| fields.within(node, retrier)).collect(),
        catch: catch.iter().map(|node| fields.within(node, catcher)).collect(),
    }
}

fn retrier(fields: &mut Fields) -> Retrier {
    let number = |name: &str| fields.get(name).and_then(Node::as_number).map(|number| number.as_f64());
    // The defaults are those of the States Language; negative and fractional counts are the checker's to object to.
    let (interval, attempts) = (number("IntervalSeconds").unwrap_or(1.0), number("MaxAttempts").unwrap_or(3.0));
    Retrier {
        interval_seconds: interval.max(0.0),
        max_attempts: attempts as u32,
        backoff_rate: number("BackoffRate").unwrap_or(2.0).max(1.0),
        max_delay_seconds: number("MaxDelaySeconds"),
        full_jitter: fields.text("JitterStrategy") == Some("FULL"),
        errors: fields.texts("ErrorEquals"),
    }
}

fn catcher(fields: &mut Fields) -> Catcher {
    let jsonata = fields.jsonata();
    Catcher {
        errors: fields.texts("ErrorEquals"),
        next: fields.target("Next").map_or(Transition::Nowhere, Transition::Next),
        result: if jsonata { ResultPlace::Whole } else { fields.result_place() },
        output: if jsonata { fields.holder("Output") } else { None },
        assign: fields.assign(),
    }
}

fn choice(fields: &mut Fields) -> Kind {
    let rules = fields.get("Choices").map_or(&[][..], Node::elements);
    if rules.is_empty() {
        fields.problem(fields.node.span, "a Choice needs `Choices`".to_owned());
    }
    let rules = rules.iter().filter_map(|node| fields.within(node, rule)).collect();
    Kind::Choice { rules, default: fields.target("Default") }
}

fn rule(fields: &mut Fields) -> Option<ChoiceRule> {
    let condition = condition(fields)?;
    Some(ChoiceRule {
        condition,
        next: fields.target("Next").map_or(Transition::Nowhere, Transition::Next),
        assign: fields.assign(),
        output: if fields.jsonata() { fields.holder("Output") } else { None },
    })
}

/// A condition; they nest no deeper than the JSON they stand in.
fn condition(fields: &mut Fields) -> Option<Condition> {
    if fields.jsonata() {
        return expression_condition(fields);
    }
    for (name, all) in [("And", true), ("Or", false)] {
        if let Some(list) = fields.get(name) {
            let parts = list.elements().iter().filter_map(|node| fields.within(node, condition)).collect();
            return Some(if all { Condition::And(parts) } else { Condition::Or(parts) });
        }
    }
    if let Some(node) = fields.get("Not") {
        return Some(Condition::Not(Box::new(fields.within(node, condition)?)));
    }
    let found = fields.node.members().iter().find_map(|member| Some((member, Operator::parse(&member.key.text)?)));
    let Some((member, operator)) = found else {
        fields.problem(fields.node.span, "a rule needs an operator such as `StringEquals`".to_owned());
        return None;
    };
    if fields.get("Variable").is_none() {
        fields.problem(fields.node.span, "a rule needs a `Variable`".to_owned());
    }
    let variable = fields.path("Variable")?;
    let test = test(fields, operator, &member.key.text, &member.value)?;
    Some(Condition::Test { variable, test })
}

fn expression_condition(fields: &mut Fields) -> Option<Condition> {
    let Some(node) = fields.get("Condition") else {
        fields.problem(fields.node.span, "a rule needs a `Condition`".to_owned());
        return None;
    };
    if let Some(value) = node.as_bool() {
        // Nothing to be met, or nothing that meets it.
        return Some(if value { Condition::And(Vec::new()) } else { Condition::Or(Vec::new()) });
    }
    match node.as_str().and_then(|text| Expression::compile(text, node.span)) {
        Some(Ok(expression)) => Some(Condition::Expression(expression)),
        Some(Err(error)) => {
            fields.problem(error.span, error.message);
            None
        }
        None => {
            fields.problem(node.span, "`Condition` is an expression in `{% %}`".to_owned());
            None
        }
    }
}

fn test(fields: &mut Fields, operator: Operator, name: &str, node: &Node) -> Option<Test> {
    let operand = match operator {
        Operator::Compare { operand, relation, path: true } => {
            return Some(Test::Compare { relation, operand: Operand::Path(operand, fields.path(name)?) });
        }
        Operator::Compare { operand, relation, path: false } => match operand {
            OperandType::String => node.as_str().map(|text| Operand::String(text.into())),
            OperandType::Numeric => node.as_number().map(|number| Operand::Numeric(number.clone())),
            OperandType::Boolean => node.as_bool().map(Operand::Boolean),
            OperandType::Timestamp => node.as_str().and_then(Timestamp::parse).map(Operand::Timestamp),
        }
        .map(|operand| Test::Compare { relation, operand }),
        Operator::StringMatches => node.as_str().map(|text| Test::StringMatches(text.into())),
        Operator::Is(kind) => node.as_bool().map(|wanted| match kind {
            IsKind::Null => Test::IsNull(wanted),
            IsKind::Present => Test::IsPresent(wanted),
            IsKind::Numeric => Test::IsNumeric(wanted),
            IsKind::String => Test::IsString(wanted),
            IsKind::Boolean => Test::IsBoolean(wanted),
            IsKind::Timestamp => Test::IsTimestamp(wanted),
        }),
    };
    if operand.is_none() {
        fields.problem(node.span, format!("`{name}` can't be compared with {}", node.kind_name()));
    }
    operand
}

/// The names of the states that a state leads to, each once.
pub(super) fn targets(state: &Node) -> Vec<&str> {
    let entries = |name: &str| state.list(name).iter();
    let nodes = [state].into_iter().chain(entries("Choices")).chain(entries("Catch"));
    let mut names: Vec<&str> = Vec::new();
    for name in nodes.flat_map(|node| [node.get("Next"), node.get("Default")]).flatten().filter_map(Node::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a state's own fields may read the context object: `$$` in JSONPath, and in JSONata `$states` as a whole or its `context`.
pub(super) fn reads_context(state: &Node, language: QueryLanguage) -> bool {
    let own = |name: &str| !matches!(name, "Branches" | "ItemProcessor" | "Iterator" | "Comment" | "Result");
    let mut open: Vec<&Node> = state.members().iter().filter(|member| own(&member.key.text)).map(|member| &member.value).collect();
    while let Some(node) = open.pop() {
        match &node.kind {
            JsonKind::String(text) => {
                let reads = match language {
                    QueryLanguage::JsonPath => text.contains("$$"),
                    QueryLanguage::Jsonata => expression_text(text).is_some_and(names_context),
                };
                if reads {
                    return true;
                }
            }
            JsonKind::Array(elements) => open.extend(elements),
            JsonKind::Object(members) => open.extend(members.iter().map(|member| &member.value)),
            _ => {}
        }
    }
    false
}

fn names_context(expression: &str) -> bool {
    let known = [".input", ".result", ".errorOutput"];
    expression.split("$states").skip(1).any(|rest| !known.iter().any(|name| rest.starts_with(name)))
}

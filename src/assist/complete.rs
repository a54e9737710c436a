//! How the text can go on at the cursor.

use super::cursor::{self, Cursor, Meaning, Slot, kind_of};
use super::sight::Sight;
use super::{Completion, CompletionKind, Known, paths, patterns, skeleton};
use crate::json::Node;
use crate::letters;
use crate::order;
use crate::order::Hashed;
use crate::spec::{self, Operand, Place, QueryLanguage, Shape, StateType};
use crate::text::Span;

/// The ways to go on at an offset, the likeliest first; unfinished texts too.
pub fn complete(text: &str, offset: usize, known: &Known) -> Vec<Completion> {
    let parsed = crate::json::parse(text);
    let is_word = text.trim().chars().all(letters::is_letter_or_digit);
    if is_word || matches!(parsed.root.kind, crate::json::Kind::Broken) {
        // What is typed of a name is part of it.
        let before = text.get(..offset).unwrap_or_default();
        let start = before.trim_end_matches(letters::is_letter_or_digit).len();
        return whole_machines(Span::new(start, offset.max(start)));
    }
    let Some(cursor) = cursor::locate(text, &parsed.root, offset) else { return Vec::new() };
    let mut found = Vec::new();
    match &cursor.slot {
        Slot::Key { span, written, followed } => {
            keys(&mut found, &cursor, *span, written, *followed, known);
            if !followed {
                add_commas(text, &mut found);
            }
        }
        Slot::Value { key, shape, span, text: written } => {
            let asked = Asked { key, shape: *shape, span: *span, written: written.as_deref(), offset };
            values(&mut found, &cursor, &asked, &parsed.root, known);
        }
    }
    found
}

/// A value that is asked for.
struct Asked<'a> {
    key: &'a str,
    shape: Shape,
    span: Span,
    /// What the text says before the cursor; none outside of quotes.
    written: Option<&'a str>,
    offset: usize,
}

impl Asked<'_> {
    /// Where something is put in that goes on from `typed`, the end of what is written.
    fn tail(&self, typed: &str) -> Span {
        Span::new(self.offset.saturating_sub(typed.len()), self.offset)
    }
}

/// One way to go on; `detail` and `doc` may be empty.
fn completion(kind: CompletionKind, span: Span, label: &str, detail: &str, doc: &str, insert: String) -> Completion {
    let [label, detail, doc] = [label, detail, doc].map(str::to_owned);
    Completion { label, kind, detail, doc, insert, span, also: None }
}

/// Several lines with places to fill in.
fn snippet(label: &str, doc: &str, insert: String, span: Span) -> Completion {
    completion(CompletionKind::Snippet, span, label, "", doc, insert)
}

/// For a text that is still empty: a machine with one state, and each of the patterns, in both languages.
fn whole_machines(span: Span) -> Vec<Completion> {
    let mut machines = Vec::new();
    for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
        let (says, suffix) = match language {
            QueryLanguage::JsonPath => ("", ""),
            QueryLanguage::Jsonata => ("\n\t\"QueryLanguage\": \"JSONata\",", " in JSONata"),
        };
        let mut add = |label: &str, doc: &str, name: &str, states: &str| {
            let states = states.replace('\n', "\n\t\t");
            let insert = format!("{{{says}\n\t\"StartAt\": \"${{1:{name}}}\",\n\t\"States\": {{\n\t\t{states}\n\t}}\n}}");
            machines.push(snippet(&format!("{label}{suffix}"), doc, insert, span));
        };
        add("State machine", "A machine with one state.", "First", &new_state("First", StateType::Pass, language));
        for pattern in patterns::PATTERNS {
            let names = patterns::names(pattern, &|_| true, None);
            add(pattern.label, pattern.doc, pattern.names[0], &patterns::states(pattern, language, &names));
        }
    }
    machines
}

/// A state of a type with its name to fill in.
fn new_state(name: &str, kind: StateType, language: QueryLanguage) -> String {
    format!("\"${{1:{}}}\": {{\n\t{}\n}}", skeleton::literal(name), skeleton::state_body(kind, language))
}

/// Adds the commas that a new member needs towards its neighbours.
fn add_commas(text: &str, completions: &mut [Completion]) {
    for completion in completions {
        let before = text[..completion.span.start].trim_end();
        if !before.is_empty() && !before.ends_with(['{', ',', '[']) {
            completion.also = Some((Span::at(before.len()), ",".to_owned()));
        }
        if text[completion.span.end..].trim_start().starts_with('"') {
            completion.insert.push(',');
        }
    }
}

fn keys(found: &mut Vec<Completion>, cursor: &Cursor, span: Span, written: &str, followed: bool, known: &Known) {
    let level = cursor.level();
    match level.meaning {
        Meaning::States => new_states(found, cursor, span),
        Meaning::Object(place) => fields(found, cursor, place, span, followed),
        Meaning::Data(Shape::Template | Shape::AnyTemplate) if level.language == QueryLanguage::JsonPath => {
            template_keys(found, cursor, span, written, followed, known);
        }
        _ => {}
    }
}

/// A state of each type and each of the patterns, under names that are free: first the one that something leads to already.
fn new_states(found: &mut Vec<Completion>, cursor: &Cursor, span: Span) {
    let level = cursor.level();
    let is_free = |name: &str| level.node.member(name).is_none_or(|member| member.key.span == span);
    let wanted = wanted_state(cursor, &is_free);
    for kind in StateType::ALL {
        let name = patterns::free_name(wanted.unwrap_or(kind.name()), &is_free);
        found.push(snippet(&format!("{} state", kind.name()), kind.doc(), new_state(&name, kind, level.language), span));
    }
    for pattern in patterns::PATTERNS {
        let names = patterns::names(pattern, &is_free, wanted);
        found.push(snippet(pattern.label, pattern.doc, patterns::states(pattern, level.language, &names), span));
    }
}

/// A name that a state of this scope, or its `StartAt`, leads to though there is no such state yet.
fn wanted_state<'a>(cursor: &Cursor<'a>, is_free: &dyn Fn(&str) -> bool) -> Option<&'a str> {
    let wanted = |node: &'a Node, field: &str| node.text(field).filter(|name| !name.is_empty() && is_free(name));
    let machine = cursor.around.iter().rev().nth(1)?.node;
    let mut found = wanted(machine, "StartAt");
    for state in cursor.level().node.members() {
        for holder in holders(&state.value) {
            found = found.or_else(|| wanted(holder, "Next")).or_else(|| wanted(holder, "Default"));
        }
    }
    found
}

/// A state with its Choice rules and catchers: what leads on, and what assigns.
fn holders(state: &Node) -> Vec<&Node> {
    let mut holders = vec![state];
    for list in ["Choices", "Catch"] {
        holders.extend(state.list(list));
    }
    holders
}

/// The fields an object may have and has not; those it must have first.
fn fields(found: &mut Vec<Completion>, cursor: &Cursor, place: Place, span: Span, followed: bool) {
    let level = cursor.level();
    let is_here = |name: &str| level.node.member(name).is_some_and(|member| member.key.span != span);
    let place = match place {
        Place::State(_) => match kind_of(level.node) {
            Some(kind) => Place::State(kind),
            None if is_here("Type") => return,
            None => return state_types_as_bodies(found, level.language, span),
        },
        other => other,
    };
    let mut rows: Vec<_> = spec::fields_of(place, level.language).collect();
    rows.retain(|field| !is_here(field.name) && !excluded(level.node, field.name));
    // What few objects have is what this one is about.
    order::sort_by_key(&mut rows, |field| (!field.required, field.on.len()));
    for field in rows {
        let detail = if field.required { "required" } else { &skeleton::place_name(place) };
        let insert = if followed { skeleton::quoted_literal(field.name) } else { skeleton::field(field) };
        found.push(completion(CompletionKind::Field, span, field.name, detail, &super::hover::field_doc(field), insert));
    }
    if place_retries(place) && !followed && !is_here("Retry") {
        let insert = format!("\"Retry\": [\n\t{}\n]", patterns::BACK_OFF.replace('\n', "\n\t"));
        found.push(snippet("Retry with back-off", patterns::BACK_OFF_DOC, insert, span));
    }
    let compares = matches!(place, Place::ChoiceRule | Place::NestedRule) && level.language == QueryLanguage::JsonPath;
    if compares && !spec::OPERATORS.iter().any(|operator| is_here(operator.name)) {
        found.extend(spec::OPERATORS.iter().map(|operator| operator_completion(operator, span, followed)));
    }
}

fn place_retries(place: Place) -> bool {
    matches!(place, Place::State(StateType::Task | StateType::Parallel | StateType::Map))
}

/// Fields of which a state has one: where the other stands, this one is not offered.
fn excluded(node: &Node, name: &str) -> bool {
    const ONE_OF: &[&[&str]] = &[
        &["Next", "End"],
        &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
        &["ItemProcessor", "Iterator"],
        &["TimeoutSeconds", "TimeoutSecondsPath"],
        &["HeartbeatSeconds", "HeartbeatSecondsPath"],
        &["ItemSelector", "Parameters"],
        &["Error", "ErrorPath"],
        &["Cause", "CausePath"],
    ];
    let shuts_out = |other: &&str| *other != name && node.get(other).is_some();
    ONE_OF.iter().any(|group| group.contains(&name) && group.iter().any(shuts_out))
}

/// In a state without a type yet: the types, each with the fields that belong to it.
fn state_types_as_bodies(found: &mut Vec<Completion>, language: QueryLanguage, span: Span) {
    for kind in StateType::ALL {
        let insert = skeleton::state_body(kind, language).replace("\n\t", "\n");
        found.push(snippet(&format!("Type: {}", kind.name()), kind.doc(), insert, span));
    }
}

fn operator_completion(operator: &spec::Operator, span: Span, followed: bool) -> Completion {
    let name = skeleton::quoted_literal(operator.name);
    let value = match operator.operand {
        Operand::Path => "\"\\$.$1\"",
        Operand::Bool | Operand::Kind => "${1|true,false|}",
        Operand::Number => "${1:0}",
        Operand::Text | Operand::Pattern | Operand::Timestamp => "\"$1\"",
    };
    let insert = if followed { name } else { format!("{name}: {value}") };
    completion(CompletionKind::Field, span, operator.name, "comparison", operator.doc, insert)
}

/// In a payload template: the names of the data's members, each with its path.
fn template_keys(found: &mut Vec<Completion>, cursor: &Cursor, span: Span, written: &str, followed: bool, known: &Known) {
    let Some(data) = sight(cursor, known).and_then(|sight| sight.path("$")) else { return };
    for (key, value) in paths::members(Some(&data)) {
        if !key.starts_with(written.strip_suffix(".$").unwrap_or(written)) {
            continue;
        }
        let label = format!("{key}.$");
        let name = skeleton::quoted_literal(&label);
        let path = if paths::is_plain(key) { format!("\\$.{key}") } else { format!("\\$['{}']", skeleton::literal(key)) };
        let insert = if followed { name } else { format!("{name}: \"{path}\"") };
        found.push(completion(CompletionKind::Field, span, &label, &paths::brief(value), "", insert));
    }
}

fn values(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked, root: &Node, known: &Known) {
    if let Some(written) = asked.written {
        if let Some(expression) = written.trim_start().strip_prefix("{%") {
            return jsonata(found, cursor, asked, expression, known);
        }
        let path_field = asked.key.ends_with(".$") || asked.key.ends_with("Path") || takes_path(asked.shape);
        if path_field && cursor.level().language == QueryLanguage::JsonPath {
            return jsonpath(found, cursor, asked, written, known);
        }
    }
    let mut plain = |text: &str, doc: &str| found.push(plain(text, asked, doc));
    match (asked.key, asked.shape) {
        ("Type", _) if matches!(cursor.level().meaning, Meaning::Object(Place::State(_))) => {
            StateType::ALL.into_iter().for_each(|kind| plain(kind.name(), kind.doc()));
        }
        ("Resource", Shape::Arn) => resources(found, cursor, asked),
        (_, Shape::StateName) => targets(found, cursor, asked, root),
        (_, Shape::ErrorNames) => {
            spec::ERRORS.iter().filter(|error| error.catchable).for_each(|error| plain(error.name, error.doc));
        }
        (_, Shape::OneOf(options)) => options.iter().for_each(|option| plain(option, "")),
        (_, Shape::Bool) => found.extend(["true", "false"].map(|word| value(word, asked, "", "", word.to_owned()))),
        ("Variable", _) => jsonpath(found, cursor, asked, asked.written.unwrap_or_default(), known),
        _ => {}
    }
}

fn takes_path(shape: Shape) -> bool {
    matches!(shape, Shape::Path | Shape::PathOrNull | Shape::ReferencePath | Shape::ReferencePathOrNull | Shape::PathOrIntrinsic)
}

fn value(label: &str, asked: &Asked, detail: &str, doc: &str, insert: String) -> Completion {
    completion(CompletionKind::Value, asked.span, label, detail, doc, insert)
}

/// A text as a value, in its quotes.
fn plain(text: &str, asked: &Asked, doc: &str) -> Completion {
    value(text, asked, "", doc, skeleton::quoted_literal(text))
}

/// States of the same scope: first the one that follows in the text, then those nothing leads to, then the others.
fn targets(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked, root: &Node) {
    let here = cursor.level().node.get("States").filter(|_| asked.key == "StartAt").map(|states| (states, None));
    let Some((states, own)) = here.or_else(|| cursor.scope()) else { return };
    let own_at = own.and_then(|own| states.members().iter().position(|member| &*member.key.text == own));
    let led_to = led_to(root, asked.span);
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for (at, member) in states.members().iter().enumerate() {
        let rank = match own_at {
            Some(own_at) if at == own_at + 1 => 0,
            Some(own_at) if at == own_at => 3,
            _ if !led_to.contains_key(&*member.key.text) => 1,
            _ => 2,
        };
        ranked.push((rank, at));
    }
    order::sort(&mut ranked);
    for (_, at) in ranked {
        let (name, state) = (&*states.members()[at].key.text, &states.members()[at].value);
        let kind = kind_of(state).map_or("state", StateType::name);
        let comment = state.text("Comment").unwrap_or_default();
        found.push(completion(CompletionKind::State, asked.span, name, kind, comment, skeleton::quoted_literal(name)));
    }
}

/// The names that some `Next`, `Default` or `StartAt` leads to, but for the one being written.
fn led_to(root: &Node, except: Span) -> Hashed<&str, ()> {
    let (mut found, mut open) = (Hashed::new(), vec![root]);
    while let Some(node) = open.pop() {
        for member in node.members() {
            let leads = matches!(&*member.key.text, "Next" | "Default" | "StartAt") && member.value.span != except;
            match member.value.as_str() {
                Some(name) if leads => drop(found.insert(name, ())),
                _ => open.push(&member.value),
            }
        }
        open.extend(node.elements());
    }
    found
}

/// What a Task can call; with a skeleton of the arguments where the state has none yet.
fn resources(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked) {
    let level = cursor.level();
    let arguments = if level.language == QueryLanguage::Jsonata { "Arguments" } else { "Parameters" };
    let bare = level.node.get("Parameters").is_none() && level.node.get("Arguments").is_none();
    let lambda = "arn:aws:lambda:us-east-1:123456789012:function:name";
    let doc = "A Lambda function, called directly.";
    found.push(value(lambda, asked, "Lambda function", doc, skeleton::quoted_literal(lambda)));
    for row in spec::INTEGRATIONS {
        for ending in std::iter::once(&"").chain(row.endings) {
            let arn = format!("arn:aws:states:::{}{ending}", row.call);
            let mut insert = skeleton::quoted_literal(&arn);
            if bare && level.meaning == Meaning::Object(Place::State(StateType::Task)) {
                insert.push_str(&format!(",\n\"{arguments}\": {{"));
                for (at, name) in row.arguments.iter().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    insert.push_str(&format!("{comma}\n\t\"{name}\": \"${}\"", at + 1));
                }
                insert.push_str("\n}");
            }
            let pattern = match *ending {
                "" => "request response",
                ".waitForTaskToken" => "wait for callback",
                _ => "run a job",
            };
            found.push(value(&arn, asked, &format!("{} · {pattern}", row.title), "", insert));
        }
    }
}

/// What is known of the data there: of the last run, or else of the execution's input.
fn sight(cursor: &Cursor, known: &Known) -> Option<Sight> {
    Sight::at(cursor, known).or_else(|| Sight::of_execution(known))
}

/// Paths by the data that is known there, the context object, variables and intrinsic functions.
fn jsonpath(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked, written: &str, known: &Known) {
    // Inside a call the path is the last argument.
    let start = written.rfind([',', '(', ' ']).map_or(0, |at| at + 1);
    let path = &written[start..];
    if asked.written.is_none() {
        return found.push(value("$", asked, "", "The state's input.", "\"\\$.$1\"".to_owned()));
    }
    if path.starts_with("States.") {
        return functions(found, spec::INTRINSICS, asked, path);
    }
    let sight = sight(cursor, known);
    if !path.contains(['.', '[']) {
        let data = sight.as_ref().and_then(|sight| sight.path("$"));
        for (name, value) in paths::members(data.as_ref()) {
            if paths::is_plain(name) {
                found.push(named(&format!("$.{name}"), &paths::brief(value), asked, path));
            }
        }
        found.push(named("$", "the data", asked, path));
        found.push(named("$$", "context object", asked, path));
        variables(found, cursor, sight.as_ref(), asked, path);
        return functions(found, spec::INTRINSICS, asked, path);
    }
    let (complete, name) = paths::split(path);
    context_names(found, complete, "$$", asked, name);
    let data = sight.and_then(|sight| sight.path(complete));
    for (member, value) in paths::members(data.as_ref()) {
        let detail = paths::brief(value);
        if paths::is_plain(member) {
            add(found, named(member, &detail, asked, name));
        } else {
            add(found, named(&format!("['{member}']"), &detail, asked, &path[complete.len()..]));
        }
    }
}

/// Adds what isn't offered yet.
fn add(found: &mut Vec<Completion>, completion: Completion) {
    match found.iter_mut().find(|known| known.label == completion.label) {
        // A value tells more than where it comes from.
        Some(known) => known.detail = completion.detail,
        None => found.push(completion),
    }
}

/// What follows a complete part of a context path, as AWS documents the context object.
fn context_names(found: &mut Vec<Completion>, complete: &str, root: &str, asked: &Asked, typed: &str) {
    let Some(inside) = complete.strip_prefix(root).map(|rest| rest.trim_start_matches('.')) else { return };
    let mut add = |name: &str| found.push(named(name, "context object", asked, typed));
    for (name, members) in paths::CONTEXT {
        if inside.is_empty() && !name.contains('.') {
            add(name);
        } else if *name == inside {
            members.iter().for_each(|member| add(member));
        }
    }
}

/// `$states`, variables, functions, and the members of the data that is known.
fn jsonata(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked, expression: &str, known: &Known) {
    let is_part = |character: char| letters::is_letter_or_digit(character) || matches!(character, '_' | '$' | '.' | '[' | ']');
    let path = &expression[expression.trim_end_matches(is_part).len()..];
    let sight = sight(cursor, known);
    if !path.contains('.') {
        found.push(named("$states", "the state's data", asked, path));
        variables(found, cursor, sight.as_ref(), asked, path);
        return functions(found, spec::JSONATA_FUNCTIONS, asked, path);
    }
    let (complete, name) = paths::split(path);
    context_names(found, complete, "$states.context", asked, name);
    if complete == "$states" {
        return states_members(found, cursor, asked, name);
    }
    let data = sight.and_then(|sight| sight.expression(complete));
    for (member, value) in paths::members(data.as_ref()) {
        let written = if paths::is_plain(member) { member.to_owned() } else { format!("`{member}`") };
        add(found, named(&written, &paths::brief(value), asked, name));
    }
}

/// What `$states` has in the field that the cursor is in.
fn states_members(found: &mut Vec<Completion>, cursor: &Cursor, asked: &Asked, typed: &str) {
    let mut add = |name, detail| found.push(named(name, detail, asked, typed));
    add("input", "the state's input");
    match cursor.way().first() {
        Some(&"Catch") => add("errorOutput", "what went wrong"),
        Some(&("Output" | "Assign")) => add("result", "what its work gave"),
        _ => {}
    }
    add("context", "context object");
}

/// The variables that states around and beside this one assign.
fn variables(found: &mut Vec<Completion>, cursor: &Cursor, sight: Option<&Sight>, asked: &Asked, typed: &str) {
    let mut names = Vec::new();
    for level in cursor.around.iter().rev().filter(|level| level.meaning == Meaning::States) {
        for state in level.node.members() {
            for assign in holders(&state.value).into_iter().filter_map(|holder| holder.get("Assign")) {
                for assigned in assign.members() {
                    let name = &*assigned.key.text;
                    let name = name.strip_suffix(".$").unwrap_or(name);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
    }
    for name in names {
        let value = sight.and_then(|sight| sight.variables().get(name));
        let detail = value.map_or_else(|| "variable".to_owned(), paths::brief);
        found.push(Completion { kind: CompletionKind::Variable, ..named(&format!("${name}"), &detail, asked, typed) });
    }
}

/// A name that goes on from what is typed of it.
fn named(name: &str, detail: &str, asked: &Asked, typed: &str) -> Completion {
    completion(CompletionKind::Value, asked.tail(typed), name, detail, "", skeleton::literal(name))
}

fn functions(found: &mut Vec<Completion>, functions: &[spec::Function], asked: &Asked, typed: &str) {
    for function in functions {
        let insert = format!("{}($1)", skeleton::literal(function.name));
        let doc = super::hover::function_doc(function);
        found.push(completion(CompletionKind::Function, asked.tail(typed), function.name, function.parameters, &doc, insert));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Seen;

    /// Completes at the `|` of a text.
    fn at_bar(text: &str, known: &Known) -> (String, Vec<Completion>) {
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let completions = complete(&text, offset, known);
        (text, completions)
    }

    fn labels(text: &str) -> Vec<String> {
        at_bar(text, &Known::NOTHING).1.into_iter().map(|completion| completion.label).collect()
    }

    /// The text once the completion of this label is taken, its places to fill in left out.
    fn taken(text: &str, label: &str) -> String {
        let (text, completions) = at_bar(text, &Known::NOTHING);
        let chosen = completions.into_iter().find(|completion| completion.label == label).unwrap();
        format!("{}{}{}", &text[..chosen.span.start], chosen.insert, &text[chosen.span.end..])
    }

    #[test]
    fn fields_by_type_and_language() {
        let offered = labels(r#"{"States":{"A":{"Type":"Wait","Next":"B",|}}}"#);
        assert!(offered.contains(&"Seconds".to_owned()) && offered.contains(&"InputPath".to_owned()));
        assert!(!offered.contains(&"End".to_owned()), "`Next` is there");
        assert!(!offered.contains(&"Resource".to_owned()));
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Wait",|}}}"#)[..2], ["Seconds", "SecondsPath"], "its own fields come first");
        let offered = labels(r#"{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","|"}}}"#);
        assert!(offered.contains(&"Arguments".to_owned()) && !offered.contains(&"Parameters".to_owned()));
        assert_eq!(offered[0], "Resource", "what must be there comes first");
    }

    #[test]
    fn a_field_brings_its_value() {
        assert_eq!(taken(r#"{"|"}"#, "StartAt"), r#"{"StartAt": "$1"}"#);
        assert_eq!(taken(r#"{"St|": "x"}"#, "StartAt"), r#"{"StartAt": "x"}"#);
        assert_eq!(
            taken(r#"{"States":{"A":{"Type":"Wait","|"}}}"#, "SecondsPath"),
            r#"{"States":{"A":{"Type":"Wait","SecondsPath": "\$.$1"}}}"#
        );
    }

    #[test]
    fn a_new_member_gets_its_commas() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Succeed"} |"B":{"Type":"Succeed"}}}"#;
        let (text, completions) = at_bar(text, &Known::NOTHING);
        let pass = completions.iter().find(|completion| completion.label == "Pass state").unwrap();
        let (at, comma) = pass.also.clone().unwrap();
        assert_eq!((&text[..at.start], &*comma), (r#"{"StartAt":"A","States":{"A":{"Type":"Succeed"}"#, ","));
        assert!(pass.insert.ends_with("},"), "{}", pass.insert);
    }

    #[test]
    fn a_new_state_is_called_as_it_is_wanted() {
        let name = |text: &str| taken(text, "Succeed state").split("${1:").nth(1).unwrap().split('}').next().unwrap().to_owned();
        assert_eq!(name(r#"{"StartAt":"Begin","States":{|}}"#), "Begin");
        assert_eq!(name(r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Ship"},|}}"#), "Ship");
        assert_eq!(name(r#"{"StartAt":"Succeed","States":{"Succeed":{"Type":"Succeed"},|}}"#), "Succeed 2");
    }

    #[test]
    fn targets_come_from_the_same_scope_the_next_state_first() {
        let text =
            r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"|"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}"#;
        assert_eq!(labels(text), ["B", "C", "A"]);
        assert_eq!(labels(r#"{"StartAt":|,"States":{"A":{},"B":{}}}"#), ["A", "B"]);
        let inner = r#"{"States":{"P":{"Type":"Parallel","Branches":[{"States":{"X":{"Next":"|"},"Y":{}}}]}}}"#;
        assert_eq!(labels(inner), ["Y", "X"]);
    }

    #[test]
    fn values_by_their_field() {
        assert!(labels(r#"{"States":{"A":{"Type":"|"}}}"#).contains(&"Parallel".to_owned()));
        assert!(labels(r#"{"States":{"A":{"Type":"Task","Catch":[{"ErrorEquals":["|"]}]}}}"#).contains(&"States.ALL".to_owned()));
        assert!(
            labels(r#"{"States":{"A":{"Type":"Task","Resource":"|"}}}"#)
                .contains(&"arn:aws:states:::sqs:sendMessage.waitForTaskToken".to_owned())
        );
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Task","Retry":[{"JitterStrategy":"|"}]}}}"#), ["FULL", "NONE"]);
        assert!(
            labels(r#"{"States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.x","|"}]}}}"#)
                .contains(&"NumericLessThan".to_owned())
        );
    }

    #[test]
    fn new_states_and_bodies() {
        assert!(labels(r#"{"States":{|}}"#).contains(&"Map state".to_owned()));
        assert!(labels(r#"{"States":{"A":{|}}}"#).contains(&"Type: Task".to_owned()));
        assert_eq!(labels("|")[0], "State machine");
        let (_, whole) = at_bar(" Map|", &Known::NOTHING);
        assert_eq!(whole[0].span, Span::new(1, 4), "what is typed of the name is replaced");
        assert!(labels("|").contains(&"Saga in JSONata".to_owned()));
    }

    #[test]
    fn paths_follow_the_data() {
        let input = crate::json::value_of(r#"{"order":{"id":1,"items":[{"price":2}]}}"#).unwrap();
        let seen = |pointer: &str| {
            let result = Some(crate::json::value_of(r#"{"MessageId":"m"}"#).unwrap()).filter(|_| !pointer.is_empty());
            Some(Seen { result, ..Seen::of(input.clone()) })
        };
        let known = Known { seen: &seen };
        let labels = |text: &str| at_bar(text, &known).1.into_iter().map(|completion| completion.label).collect::<Vec<_>>();
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Pass","InputPath":"$.|"}}}"#), ["order"]);
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Pass","InputPath":"$.order.it|"}}}"#), ["id", "items"]);
        assert_eq!(
            labels(r#"{"States":{"A":{"Type":"Pass","Parameters":{"x.$":"States.ArrayLength($.order.items[0].|)"}}}}"#),
            ["price"]
        );
        assert!(
            labels(r#"{"States":{"A":{"Type":"Pass","Parameters":{"x.$":"$$.Execution.|"}}}}"#).contains(&"StartTime".to_owned())
        );
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Pass","Parameters":{"|"}}}}"#), ["order.$"]);
        assert_eq!(labels(r#"{"States":{"A":{"Type":"Pass","InputPath":"$|"}}}"#)[..3], ["$.order", "$", "$$"]);
        let selector = r#"{"States":{"A":{"Type":"Task","ResultSelector":{"x.$":"$.|"}}}}"#;
        assert_eq!(labels(selector), ["MessageId"], "there `$` is the result");
        let output = r#"{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Output":"{% $states.result.| %}"}}}"#;
        assert_eq!(labels(output), ["MessageId"]);
        let whole = r#"{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Arguments":"{% $states.| %}"}}}"#;
        assert_eq!(labels(whole), ["input", "context"]);
        let jsonata = r#"{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $states.input.order.| %}"}}}"#;
        assert_eq!(labels(jsonata), ["id", "items"]);
        let jsonata =
            r#"{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Assign":{"total":1},"Output":{"x":"{% $| %}"}}}}"#;
        assert!(labels(jsonata).contains(&"$total".to_owned()) && labels(jsonata).contains(&"$sum".to_owned()));
    }

    #[test]
    fn no_place_of_any_text_panics() {
        let text = r#"{"StartAt":"é😀","States":{"é😀":{"Type":"Map","ItemProcessor":{"States":{"B":{"Type":"Pass","Parameters":{"a.$":"$.x[0]"}}}},"Output":"{% $ %}"#;
        for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for cut in [text, &text[..offset]] {
                complete(cut, offset, &Known::NOTHING);
                super::super::hover(cut, offset, &Known::NOTHING);
            }
        }
    }
}

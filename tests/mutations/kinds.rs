//! The kinds of mistake: each makes all the mutants it can of a definition.

use super::Mutant;
use asl_playground::check::{Machine, Object, Options};
use asl_playground::json::{Kind, Member, Node, parse};
use asl_playground::spec::{Place, QueryLanguage, StateType};
use asl_playground::text::Span;

type Make = fn(&str) -> Vec<Mutant>;

pub const KINDS: &[(&str, Make)] = &[
    // Transitions.
    ("rename the target of Next", |text| values(text, is_state, "Next", |_| Some("\"Nowhere at all\"".into()))),
    ("rename the target of Default", |text| values(text, is(StateType::Choice), "Default", |_| Some("\"Nowhere at all\"".into()))),
    ("rename the target of StartAt", |text| values(text, is_scope, "StartAt", |_| Some("\"Nowhere at all\"".into()))),
    ("rename the target of a catcher", |text| {
        values(text, is_place(Place::Catcher), "Next", |_| Some("\"Nowhere at all\"".into()))
    }),
    ("rename the target of a rule", |text| {
        values(text, is_place(Place::ChoiceRule), "Next", |_| Some("\"Nowhere at all\"".into()))
    }),
    ("drop the transition", |text| [drops(text, is_state, "Next"), drops(text, is_state, "End")].concat_all()),
    ("end and go on", |text| values(text, is_state, "End", |_| Some("true, \"Next\": \"Somewhere\"".into()))),
    ("go on after Succeed", |text| adds(text, is(StateType::Succeed), "\"Next\": \"X\"")),
    ("end after Fail", |text| adds(text, is(StateType::Fail), "\"End\": true")),
    ("end with a Choice", |text| adds(text, is(StateType::Choice), "\"End\": true")),
    ("add a state that nothing leads to", add_orphan),
    // Fields that are needed.
    ("drop StartAt", |text| drops(text, is_scope, "StartAt")),
    ("drop States", |text| drops(text, is_scope, "States")),
    ("drop Type", |text| drops(text, is_state, "Type")),
    ("drop Resource", |text| drops(text, is(StateType::Task), "Resource")),
    ("drop Choices", |text| drops(text, is(StateType::Choice), "Choices")),
    ("drop Branches", |text| drops(text, is(StateType::Parallel), "Branches")),
    ("drop the processor", |text| {
        [drops(text, is(StateType::Map), "ItemProcessor"), drops(text, is(StateType::Map), "Iterator")].concat_all()
    }),
    ("drop ErrorEquals", |text| {
        [drops(text, is_place(Place::Retrier), "ErrorEquals"), drops(text, is_place(Place::Catcher), "ErrorEquals")].concat_all()
    }),
    ("drop the target of a catcher", |text| drops(text, is_place(Place::Catcher), "Next")),
    ("drop the target of a rule", |text| drops(text, is_place(Place::ChoiceRule), "Next")),
    ("drop Variable", drop_variable),
    ("drop the operator", drop_operator),
    ("drop what a Wait waits for", |text| drops(text, is(StateType::Wait), "Seconds")),
    ("drop the Condition", |text| drops(text, is_place(Place::ChoiceRule), "Condition")),
    // Names.
    ("misspell the type", |text| values(text, is_state, "Type", |value| Some(swapped(value)))),
    ("misspell Next", |text| keys(text, is_state, "Next", "Nxet")),
    ("misspell Resource", |text| keys(text, is(StateType::Task), "Resource", "Ressource")),
    ("write parameters in lower case", |text| keys(text, is_state, "Parameters", "parameters")),
    ("misspell ErrorEquals", |text| keys(text, is_place(Place::Retrier), "ErrorEquals", "ErrorEqual")),
    ("misspell the operator", misspell_operator),
    ("misspell StartAt", |text| keys(text, is_scope, "StartAt", "StartsAt")),
    ("misspell Choices", |text| keys(text, is(StateType::Choice), "Choices", "Choice")),
    ("misspell ItemProcessor", |text| keys(text, is(StateType::Map), "ItemProcessor", "ItemProcesor")),
    ("add a field that isn't there", |text| adds(text, is_state, "\"Colour\": 1")),
    ("retry a Pass", |text| adds(text, is(StateType::Pass), "\"Retry\": []")),
    ("time out a Wait", |text| adds(text, is(StateType::Wait), "\"TimeoutSeconds\": 5")),
    ("give a state a name too long", long_name),
    // Values of the wrong kind.
    ("end with a string", |text| values(text, is_state, "End", |_| Some("\"true\"".into()))),
    ("go to a number", |text| values(text, is_state, "Next", |_| Some("1".into()))),
    ("wait a word", |text| values(text, is(StateType::Wait), "Seconds", |_| Some("\"ten\"".into()))),
    ("wait less than nothing", |text| values(text, is(StateType::Wait), "Seconds", |_| Some("-1".into()))),
    ("try less than never", |text| values(text, is_place(Place::Retrier), "MaxAttempts", |_| Some("-1".into()))),
    ("back off below one", |text| values(text, is_place(Place::Retrier), "BackoffRate", |_| Some("0.5".into()))),
    ("retry at once", |text| values(text, is_place(Place::Retrier), "IntervalSeconds", |_| Some("0".into()))),
    ("retry with an object", |text| values(text, is_state, "Retry", |_| Some("{}".into()))),
    ("catch a string", |text| values(text, is_place(Place::Catcher), "ErrorEquals", |_| Some("\"States.ALL\"".into()))),
    ("retry no error", |text| values(text, is_place(Place::Retrier), "ErrorEquals", |_| Some("[]".into()))),
    ("list the states", |text| values(text, is_scope, "States", |value| Some(format!("[{value}]")))),
    ("choose among nothing", |text| values(text, is(StateType::Choice), "Choices", |_| Some("[]".into()))),
    ("have one branch as an object", |text| values(text, is(StateType::Parallel), "Branches", |_| Some("{}".into()))),
    ("run less than none at a time", |text| values(text, is(StateType::Map), "MaxConcurrency", |_| Some("-1".into()))),
    ("call a number", |text| values(text, is(StateType::Task), "Resource", |_| Some("5".into()))),
    ("compare with another kind", compare_kinds),
    // Errors.
    ("catch all among others", |text| {
        values(text, is_place(Place::Catcher), "ErrorEquals", |_| Some("[\"States.ALL\", \"Other\"]".into()))
    }),
    ("catch all before others", catch_all_first),
    // Query languages.
    ("use a field of the other language", other_language),
    ("ask for a language that isn't there", |text| adds(text, is_state, "\"QueryLanguage\": \"XPath\"")),
    ("break a path", |text| paths(text, |value| Some(format!("{}[x]\"", &value[..value.len() - 1])))),
    ("forget the dollar of a path", |text| paths(text, |value| value.strip_prefix("\"$.").map(|rest| format!("\"{rest}")))),
    ("break a path in a template", |text| dynamic(text, |value| value.strip_prefix("\"$.").map(|rest| format!("\"{rest}")))),
    ("leave a call open", |text| dynamic(text, |value| value.starts_with("\"States.").then(|| value.replace(")\"", "\"")))),
    ("call a function that isn't there", |text| {
        dynamic(text, |value| value.starts_with("\"States.").then(|| value.replacen("States.", "States.No", 1)))
    }),
    ("place a result in many places", |text| {
        values(text, is_state, "ResultPath", |value| value.starts_with('"').then(|| "\"$.a[*]\"".into()))
    }),
    ("place a result in the context", |text| {
        values(text, is_state, "ResultPath", |value| value.starts_with('"').then(|| "\"$$.a\"".into()))
    }),
    ("leave an expression open", |text| expressions(text, |inner| format!("( {inner}"))),
    ("end an expression with an operator", |text| expressions(text, |inner| format!("{} + ", inner.trim_end()))),
    // Resources and times.
    ("put a space into the ARN", |text| {
        values(text, is(StateType::Task), "Resource", |value| {
            value.starts_with("\"arn:aws:states:::").then(|| value.replace(":::", "::: "))
        })
    }),
    ("name no action", |text| {
        values(text, is(StateType::Task), "Resource", |value| {
            value.starts_with("\"arn:aws:states:::").then(|| "\"arn:aws:states:::sqs\"".into())
        })
    }),
    ("wait for a time that is none", |text| {
        values(text, is(StateType::Wait), "Seconds", |_| Some("1, \"Timestamp\": \"tomorrow\"".into()))
    }),
    ("wait for two things", |text| values(text, is(StateType::Wait), "Seconds", |_| Some("1, \"SecondsPath\": \"$.x\"".into()))),
    ("beat after the timeout", |text| {
        let without = |object: &Object| is(StateType::Task)(object) && object.node.get("TimeoutSeconds").is_none();
        adds(text, without, "\"HeartbeatSeconds\": 9, \"TimeoutSeconds\": 5")
    }),
    // What isn't JSON.
    ("forget a comma", forget_comma),
    ("leave a comma over", |text| edits_at_members(text, |member| (Span::at(member.value.span.end), ",,".to_owned()))),
    ("forget the quotes of a name", |text| {
        edits_at_members(text, |member| (member.key.span, member.key.text.replace([' ', '.', '$'], "")))
    }),
    ("forget a closing quote", |text| {
        edits_at_members(text, |member| (Span::new(member.key.span.end - 1, member.key.span.end), String::new()))
    }),
    ("forget a colon", |text| {
        edits_at_members(text, |member| (Span::new(member.key.span.end, member.value.span.start), " ".to_owned()))
    }),
    ("forget a closing bracket", forget_bracket),
    ("write True", |text| values(text, is_state, "End", |_| Some("True".into()))),
];

/// Lists of mutants in one.
trait ConcatAll {
    fn concat_all(self) -> Vec<Mutant>;
}

impl<const N: usize> ConcatAll for [Vec<Mutant>; N] {
    fn concat_all(self) -> Vec<Mutant> {
        self.into_iter().flatten().collect()
    }
}

fn is_state(object: &Object) -> bool {
    matches!(object.place, Place::State(_))
}

fn is_scope(object: &Object) -> bool {
    matches!(object.place, Place::Machine | Place::Branch | Place::Processor)
}

fn is_comparison(object: &Object) -> bool {
    matches!(object.place, Place::ChoiceRule | Place::NestedRule) && object.node.get("Variable").is_some()
}

fn is(kind: StateType) -> impl Fn(&Object) -> bool {
    move |object| object.place == Place::State(kind)
}

fn is_place(place: Place) -> impl Fn(&Object) -> bool {
    move |object| object.place == place
}

/// Looks at every object of the definition that passes the filter.
fn each(text: &str, filter: impl Fn(&Object) -> bool, mut make: impl FnMut(&Object) -> Option<Mutant>) -> Vec<Mutant> {
    let parsed = parse(text);
    let options = Options::default();
    let machine = Machine::new(text, &parsed.root, &options);
    machine.objects.iter().filter(|object| filter(object)).filter_map(&mut make).collect()
}

fn mutant(text: &str, span: Span, replacement: &str) -> Mutant {
    let text = format!("{}{replacement}{}", &text[..span.start], &text[span.end..]);
    Mutant { text, place: Span::new(span.start, span.start + replacement.len()) }
}

/// Puts another text in place of the value of a field; the edit gets the value as it is written.
fn values(text: &str, filter: impl Fn(&Object) -> bool, field: &str, edit: impl Fn(&str) -> Option<String>) -> Vec<Mutant> {
    each(text, filter, |object| {
        let value = object.node.get(field)?;
        let edited = edit(value.span.of(text)).filter(|edited| edited != value.span.of(text))?;
        let mutant = mutant(text, value.span, &edited);
        // Where a field was added behind the value, the problem may be told at either.
        Some(Mutant { place: Span::new(object.node.member(field)?.key.span.start, mutant.place.end), ..mutant })
    })
}

/// Gives a field another name.
fn keys(text: &str, filter: impl Fn(&Object) -> bool, field: &str, name: &str) -> Vec<Mutant> {
    each(text, filter, |object| Some(mutant(text, object.node.member(field)?.key.span, &format!("\"{name}\""))))
}

/// Removes a field; the problem is told at the object it was in.
fn drops(text: &str, filter: impl Fn(&Object) -> bool, field: &str) -> Vec<Mutant> {
    each(text, filter, |object| {
        let index = object.node.members().iter().position(|member| &*member.key.text == field)?;
        Some(dropped(text, object, index))
    })
}

fn dropped(text: &str, object: &Object, index: usize) -> Mutant {
    let members = object.node.members();
    let own = members[index].span();
    let span = match (index.checked_sub(1), members.get(index + 1)) {
        (Some(before), _) => Span::new(members[before].span().end, own.end),
        (None, Some(next)) => Span::new(own.start, next.span().start),
        (None, None) => own,
    };
    let mutant = mutant(text, span, "");
    Mutant { place: Span::new(object.label.start, object.label.end.max(object.node.span.start + 1)), ..mutant }
}

/// Adds a field at the start of an object.
fn adds(text: &str, filter: impl Fn(&Object) -> bool, field: &str) -> Vec<Mutant> {
    let name = field.split('"').nth(1).unwrap_or_default();
    each(text, filter, |object| {
        let at = Span::at(object.node.span.start + 1);
        object.node.get(name).is_none().then(|| mutant(text, at, &format!("{field}, ")))
    })
}

/// The operators a rule of JSONPath can have, without asking the table that is under test.
fn is_operator(name: &str) -> bool {
    ["String", "Numeric", "Boolean", "Timestamp", "Is"].iter().any(|prefix| name.starts_with(prefix))
}

/// The problem is told at the operator that has nothing to compare.
fn drop_variable(text: &str) -> Vec<Mutant> {
    each(text, is_comparison, |object| {
        let index = object.node.members().iter().position(|member| &*member.key.text == "Variable")?;
        let mutant = dropped(text, object, index);
        let removed = text.len() - mutant.text.len();
        Some(Mutant { place: Span::new(object.node.span.start, object.node.span.end - removed), ..mutant })
    })
}

fn drop_operator(text: &str) -> Vec<Mutant> {
    each(text, is_comparison, |object| {
        let index = object.node.members().iter().position(|member| is_operator(&member.key.text))?;
        Some(dropped(text, object, index))
    })
}

fn misspell_operator(text: &str) -> Vec<Mutant> {
    each(text, is_comparison, |object| {
        let operator = object.node.members().iter().find(|member| is_operator(&member.key.text))?;
        let key = &operator.key;
        Some(mutant(text, key.span, &format!("\"{}\"", &key.text[..key.text.len() - 1])))
    })
}

fn compare_kinds(text: &str) -> Vec<Mutant> {
    each(text, is_comparison, |object| {
        let operator = object.node.members().iter().find(|member| is_operator(&member.key.text))?;
        Some(mutant(text, operator.value.span, "[1]"))
    })
}

fn catch_all_first(text: &str) -> Vec<Mutant> {
    each(text, is_state, |object| {
        let catch = object.node.get("Catch")?;
        let first = catch.elements().first()?;
        let target = first.get("Next")?.span.of(text);
        let entry = format!("{{\"ErrorEquals\": [\"States.ALL\"], \"Next\": {target}}}, ");
        Some(mutant(text, Span::at(first.span.start), &entry))
    })
}

fn other_language(text: &str) -> Vec<Mutant> {
    let not_fail = |object: &Object| is_state(object) && !matches!(object.place, Place::State(StateType::Fail));
    each(text, not_fail, |object| {
        let field = if object.language == QueryLanguage::JsonPath { "\"Output\": {}, " } else { "\"InputPath\": \"$\", " };
        Some(mutant(text, Span::at(object.node.span.start + 1), field))
    })
}

fn add_orphan(text: &str) -> Vec<Mutant> {
    each(text, is_scope, |object| {
        let states = object.node.get("States")?;
        let orphan = "\"Nobody's\": {\"Type\": \"Succeed\"}, ";
        Some(mutant(text, Span::at(states.span.start + 1), orphan))
    })
}

fn long_name(text: &str) -> Vec<Mutant> {
    each(text, is_state, |object| {
        let key = &object.field?.key;
        Some(mutant(text, key.span, &format!("\"{}\"", "n".repeat(81))))
    })
}

/// Edits the paths that stand in fields of their own.
fn paths(text: &str, edit: impl Fn(&str) -> Option<String>) -> Vec<Mutant> {
    const FIELDS: [&str; 6] = ["InputPath", "OutputPath", "ItemsPath", "ResultPath", "SecondsPath", "Variable"];
    let filter = |object: &Object| object.language == QueryLanguage::JsonPath;
    let made =
        FIELDS.iter().map(|field| values(text, filter, field, |value| value.starts_with("\"$").then(|| edit(value)).flatten()));
    made.flatten().collect()
}

/// Edits the values of `.$` fields in templates.
fn dynamic(text: &str, edit: impl Fn(&str) -> Option<String>) -> Vec<Mutant> {
    let parsed = parse(text);
    let mut made = Vec::new();
    walk(&parsed.root, &mut |member| {
        let value = member.value.span.of(text);
        if member.key.text.ends_with(".$")
            && let Some(edited) = edit(value).filter(|edited| edited != value)
        {
            made.push(mutant(text, member.value.span, &edited));
        }
    });
    made
}

/// Edits what stands between `{%` and `%}`.
fn expressions(text: &str, edit: impl Fn(&str) -> String) -> Vec<Mutant> {
    let parsed = parse(text);
    let mut made = Vec::new();
    walk(&parsed.root, &mut |member| {
        let value = member.value.span.of(text);
        if let Some(inner) = value.strip_prefix("\"{%").and_then(|value| value.strip_suffix("%}\"")) {
            made.push(mutant(text, member.value.span, &format!("\"{{%{}%}}\"", edit(inner))));
        }
    });
    made
}

fn walk(node: &Node, look: &mut impl FnMut(&Member)) {
    for member in node.members() {
        look(member);
        walk(&member.value, look);
    }
    for element in node.elements() {
        walk(element, look);
    }
}

fn edits_at_members(text: &str, edit: impl Fn(&Member) -> (Span, String)) -> Vec<Mutant> {
    let parsed = parse(text);
    let mut made = Vec::new();
    walk(&parsed.root, &mut |member| {
        let (span, replacement) = edit(member);
        let mutant = mutant(text, span, &replacement);
        // Such a mistake may be told at the name before it or at what comes next.
        made.push(Mutant { place: Span::new(member.key.span.start, mutant.place.end + 1), ..mutant });
    });
    made
}

fn forget_comma(text: &str) -> Vec<Mutant> {
    let parsed = parse(text);
    let mut made = Vec::new();
    let mut open = vec![&parsed.root];
    while let Some(node) = open.pop() {
        let members = node.members();
        for pair in members.windows(2) {
            let between = Span::new(pair[0].value.span.end, pair[1].key.span.start);
            let blank = between.of(text).replacen(',', "", 1);
            made.push(mutant(text, between, &blank));
        }
        open.extend(members.iter().map(|member| &member.value));
        open.extend(node.elements());
    }
    made
}

/// Takes a closing bracket away; the layout tells where it was.
fn forget_bracket(text: &str) -> Vec<Mutant> {
    let parsed = parse(text);
    let mut made = Vec::new();
    let mut open = vec![&parsed.root];
    while let Some(node) = open.pop() {
        open.extend(node.members().iter().map(|member| &member.value));
        open.extend(node.elements());
        let last = match &node.kind {
            Kind::Object(members) => members.last().map(|member| member.value.span.end),
            Kind::Array(elements) => elements.last().map(|element| element.span.end),
            _ => None,
        };
        // On one line there is no layout.
        let Some(last) = last.filter(|_| node.span.of(text).contains('\n')) else { continue };
        let end = node.span.end;
        let mutant = mutant(text, Span::new(end - 1, end), "");
        let next = mutant.text[end - 1..].find(['}', ']', '"']).map_or(mutant.text.len(), |at| end + at);
        made.push(Mutant { place: Span::new(last, next), ..mutant });
    }
    made
}

fn swapped(value: &str) -> String {
    let mut letters: Vec<char> = value.chars().collect();
    letters.swap(2, 3);
    letters.into_iter().collect()
}

//! What a state's queries could see at a visit, as far as the history tells.

use crate::trace::{Trace, Visit};
use crate::value::{Key, Object, Value};

/// What of the context object a history tells.
pub(super) fn context(trace: &Trace, visit: &Visit) -> Value {
    let text = |text: String| Value::from(text);
    let execution = [
        ("Input".into(), trace.input().map(|input| input.value().clone()).unwrap_or_default()),
        ("StartTime".into(), text(trace.start().to_string())),
    ];
    let state = [("Name".into(), Value::from(&*visit.name)), ("EnteredTime".into(), text(visit.entered.at.to_string()))];
    Value::object([("Execution".into(), Value::object(execution)), ("State".into(), Value::object(state))])
}

/// The variables that a visit could see: what the states before it assigned, in its own chain and in those around it.
pub(super) fn variables(trace: &Trace, visit: &Visit) -> Object {
    let mut assigned = Vec::new();
    let mut next = Some(visit);
    while let Some(at) = next {
        let mut before = at.came_from;
        while let Some(id) = before {
            assigned.extend(trace.visit(id).assigned.iter().flat_map(|assigned| assigned.iter()).cloned());
            before = trace.visit(id).came_from;
        }
        next = trace.ancestors(at.id).next().map(|(owner, _)| trace.visit(owner));
    }
    // The nearest comes first; the first of a name counts.
    let mut seen: Vec<(Key, Value)> = Vec::new();
    for (name, value) in assigned {
        if !seen.iter().any(|(known, _)| *known == name) {
            seen.push((name, value));
        }
    }
    Object::of_distinct(seen)
}

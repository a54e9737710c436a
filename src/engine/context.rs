//! The context object: `$$` in JSONPath, `$states.context` in JSONata.

use super::frame::{Frame, Item};
use crate::asl::State;
use crate::value::{Key, Object, Value};
use std::sync::OnceLock;

/// The parts that stay the same for a whole run.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    pub execution: Value,
    pub state_machine: Value,
}

/// The context object for a state, with a task's token where there is one.
///
/// `RetryCount` is there for the states that can be retried.
pub(super) fn context(fixed: &Fixed, state: &State, frame: &Frame, token: Option<&str>) -> Value {
    let keys = keys();
    let mut state_members = vec![
        (keys.name.clone(), Value::String(state.name.clone())),
        (keys.entered_time.clone(), Value::from(frame.entered_at.to_string())),
    ];
    if retries(state) {
        state_members.push((keys.retry_count.clone(), Value::from(i64::from(frame.retry_count))));
    }
    let mut members = vec![
        (keys.execution.clone(), fixed.execution.clone()),
        (keys.state_machine.clone(), fixed.state_machine.clone()),
        (keys.state.clone(), Value::Object(Object::of_distinct(state_members))),
    ];
    if let Some(item) = &frame.item {
        members.push((keys.map.clone(), map_member(item)));
    }
    if let Some(token) = token {
        let member = (keys.token.clone(), Value::from(token));
        members.push((keys.task.clone(), Value::Object(Object::of_distinct(vec![member]))));
    }
    Value::Object(Object::of_distinct(members))
}

/// The same context object as one iteration sees it.
pub(super) fn with_item(context: &Value, item: &Item) -> Value {
    match context {
        Value::Object(object) => Value::Object(object.with(keys().map.clone(), map_member(item))),
        other => other.clone(),
    }
}

fn map_member(item: &Item) -> Value {
    let keys = keys();
    let mut members = vec![(keys.index.clone(), Value::from(i64::from(item.index)))];
    members.extend(item.key.as_ref().map(|key| (keys.key.clone(), Value::String(key.clone()))));
    members.push((keys.value.clone(), item.value.clone()));
    // Developer guide, "Context object data for Map states".
    let source = item.source.as_ref().map_or_else(|| Value::from("STATE_DATA"), |source| Value::String(source.clone()));
    members.push((keys.source.clone(), source));
    let item = Value::Object(Object::of_distinct(members));
    Value::Object(Object::of_distinct(vec![(keys.item.clone(), item)]))
}

fn retries(state: &State) -> bool {
    use crate::asl::StateType::*;
    matches!(state.state_type, Task | Parallel | Map)
}

/// The object's keys, made once.
struct Keys {
    execution: Key,
    state_machine: Key,
    state: Key,
    name: Key,
    entered_time: Key,
    retry_count: Key,
    map: Key,
    item: Key,
    index: Key,
    key: Key,
    value: Key,
    source: Key,
    task: Key,
    token: Key,
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys {
        execution: "Execution".into(),
        state_machine: "StateMachine".into(),
        state: "State".into(),
        name: "Name".into(),
        entered_time: "EnteredTime".into(),
        retry_count: "RetryCount".into(),
        map: "Map".into(),
        item: "Item".into(),
        index: "Index".into(),
        key: "Key".into(),
        value: "Value".into(),
        source: "Source".into(),
        task: "Task".into(),
        token: "Token".into(),
    })
}

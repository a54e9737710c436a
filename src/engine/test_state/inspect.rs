//! `inspectionData`: a state's data between its fields.
//!
//! Which fields show is as recorded: a JSONPath state shows its input's way and its result's way, a JSONata state what it called with.

use crate::asl::kinds::{Items, Map};
use crate::asl::{QueryLanguage, State, StateType};
use crate::engine::data::{Fields, States};
use crate::engine::fault::Fault;
use crate::engine::frame::MapItems;
use crate::value::{Key, Value};

/// What was seen so far.
pub(super) struct Inspection {
    seen: Vec<(Key, Value)>,
    details: Vec<(Key, Value)>,
}

impl Inspection {
    pub fn of(input: &Value) -> Inspection {
        Inspection { seen: vec![("input".into(), text(input))], details: Vec::new() }
    }

    pub fn put(&mut self, name: &str, value: Value) {
        let value = match name {
            // Numbers show as they are, data as JSON text.
            "maxConcurrency" | "toleratedFailureCount" | "toleratedFailurePercentage" => value,
            _ => text(&value),
        };
        self.seen.push((name.into(), value));
    }

    pub fn put_jsonpath(&mut self, state: &State, name: &str, value: &Value) {
        if state.language == QueryLanguage::JsonPath {
            self.put(name, value.clone());
        }
    }

    /// A member of `errorDetails`.
    pub fn detail(&mut self, name: &str, value: i64) {
        self.details.push((name.into(), Value::from(value)));
    }

    /// JSONPath: the input by `InputPath`.
    pub fn selected_input(&mut self, fields: &mut Fields) -> Result<(), Fault> {
        if fields.state.language == QueryLanguage::JsonPath {
            let selected = fields.selected_input()?;
            self.put("afterInputPath", selected);
        }
        Ok(())
    }

    /// The way of the input: `afterInputPath` and `afterParameters`, or `afterArguments`.
    pub fn input_fields(&mut self, fields: &mut Fields) -> Result<(), Fault> {
        self.selected_input(fields)?;
        let jsonpath = fields.state.language == QueryLanguage::JsonPath;
        if jsonpath || fields.state.flow.arguments.is_some() {
            let effective = fields.effective_input()?;
            self.put(if jsonpath { "afterParameters" } else { "afterArguments" }, effective);
        }
        Ok(())
    }

    /// JSONPath: the way of the result: `afterResultSelector` and `afterResultPath`.
    pub fn result_fields(&mut self, fields: &mut Fields, result: Value) -> Result<(), Fault> {
        if fields.state.language == QueryLanguage::Jsonata {
            return Ok(());
        }
        let flow = &fields.state.flow;
        let selected = match &flow.result_selector {
            Some(selector) => fields.holder(selector, "ResultSelector", &result, States::default())?,
            None => result,
        };
        self.put("afterResultSelector", selected.clone());
        let placed = fields.placed(&flow.result_path, selected)?;
        self.put("afterResultPath", placed);
        Ok(())
    }

    /// What a Map goes over, and what its iterations are given.
    pub fn items(&mut self, map: &Map, fields: &mut Fields, items: Option<&MapItems>, effective: &Value) -> Result<(), Fault> {
        debug_assert_eq!(fields.state.state_type, StateType::Map);
        if let (Some(Items::Path(path)), true) = (&map.items, items.is_some()) {
            let found = fields.invalid_path(path, effective)?;
            self.put("afterItemsPath", found);
        }
        if let (Some(selector), Some(items)) = (&map.item_selector, items) {
            let mut inputs = Vec::with_capacity(items.len());
            for index in 0..items.len() {
                inputs.push(fields.item_input(selector, effective, &items.item(index))?);
            }
            self.put("afterItemSelector", Value::array(inputs));
        }
        Ok(())
    }

    pub fn finish(mut self) -> Value {
        if !self.details.is_empty() {
            self.seen.push(("errorDetails".into(), Value::object(self.details)));
        }
        Value::object(self.seen)
    }
}

fn text(value: &Value) -> Value {
    Value::from(value.to_string())
}

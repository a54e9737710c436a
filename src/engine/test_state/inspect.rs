//! `inspectionData`: a state's data between its fields.
//!
//! Which fields show is as recorded: a JSONPath state shows its input's way and its result's way, a JSONata state what it called with.

use crate::asl::kinds::{Format, Items, Map};
use crate::asl::{QueryLanguage, State};
use crate::engine::data::{Fields, States};
use crate::engine::distributed::ChildInput;
use crate::engine::fault::Fault;
use crate::engine::frame::MapItems;
use crate::text::percent_encoded;
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

    /// What a Map goes over, and what its iterations or children are given.
    pub fn items(&mut self, map: &Map, fields: &mut Fields, items: Option<&MapItems>, effective: &Value) -> Result<(), Fault> {
        let Some(items) = items else { return Ok(()) };
        let distributed = map.distributed.as_deref();
        let inputs = |inputs: &[ChildInput]| Value::array(inputs.iter().map(|child| child.input.clone()).collect());
        match (items, &map.items) {
            (MapItems::Read(read), _) => {
                let reader = distributed.and_then(|distributed| distributed.reader.as_ref());
                if matches!(reader.map(|reader| &reader.format), Some(Format::Json { pointer: Some(_) })) {
                    self.put("afterItemsPointer", Value::array(read.items.clone()));
                }
            }
            (_, Some(Items::Path(path))) => {
                let found = fields.invalid_path(path, effective)?;
                self.put("afterItemsPath", found);
            }
            _ => {}
        }
        let batcher = distributed.and_then(|distributed| distributed.batcher.as_ref());
        if map.item_selector.is_none() && batcher.is_none() {
            return Ok(());
        }
        let selected = fields.selected_items(map, effective, items)?;
        if map.item_selector.is_some() {
            self.put("afterItemSelector", inputs(&selected));
        }
        if let Some(batcher) = batcher {
            self.put("afterItemBatcher", inputs(&fields.batched(batcher, effective, selected)?));
        }
        Ok(())
    }

    /// An HTTP Task's request as far as the workflow makes it: what its connection adds is a secret that nobody knows here.
    pub fn http_request(&mut self, arguments: &Value, region: &str) {
        let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
        let endpoint = text("ApiEndpoint");
        let query = arguments.get("QueryParameters").and_then(Value::as_object);
        let mut parameters = Vec::new();
        for (name, value) in query.into_iter().flat_map(|query| query.iter()) {
            add_parameters(name, value, &mut parameters);
        }
        let url = if parameters.is_empty() { endpoint.to_owned() } else { format!("{endpoint}?{}", parameters.join("&")) };
        let own = [format!("User-Agent: Amazon|StepFunctions|HttpInvoke|{region}"), "Range: bytes=0-262144".to_owned()];
        let mut members = vec![
            ("protocol".into(), Value::from("https")),
            ("method".into(), Value::from(text("Method"))),
            ("url".into(), Value::from(url)),
            ("headers".into(), headers(arguments.get("Headers"), own)),
        ];
        members.extend(arguments.get("RequestBody").map(|body| ("body".into(), text_of(body))));
        self.seen.push(("request".into(), Value::object(members)));
    }

    /// An HTTP Task's response, from the result that it becomes.
    pub fn http_response(&mut self, result: &Value) {
        let text = |name: &str| result.get(name).map_or_else(|| Value::from(""), text_of);
        let members = [
            ("protocol".into(), Value::from("https")),
            ("statusCode".into(), text("StatusCode")),
            ("statusMessage".into(), text("StatusText")),
            ("headers".into(), headers(result.get("Headers"), [])),
            ("body".into(), text("ResponseBody")),
        ];
        self.seen.push(("response".into(), Value::object(members)));
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

/// A text as it stands, other data as JSON.
fn text_of(value: &Value) -> Value {
    match value {
        Value::String(_) => value.clone(),
        other => text(other),
    }
}

/// `[name: value, ...]`; a header with several values is there as often.
fn headers<const N: usize>(given: Option<&Value>, own: [String; N]) -> Value {
    let given = given.and_then(Value::as_object);
    let mut lines: Vec<String> = Vec::new();
    for (name, value) in given.into_iter().flat_map(|given| given.iter()) {
        lines.extend(values(value).iter().map(|value| format!("{name}: {}", text_of(value).as_str().unwrap_or_default())));
    }
    lines.extend(own);
    Value::from(format!("[{}]", lines.join(", ")))
}

fn values(value: &Value) -> Vec<Value> {
    value.as_array().map_or_else(|| vec![value.clone()], |values| values.to_vec())
}

/// `name=value`, for each of several values.
fn add_parameters(name: &str, value: &Value, parameters: &mut Vec<String>) {
    for value in values(value) {
        let text = text_of(&value);
        let encoded = |text| percent_encoded(text, b"-_.~");
        parameters.push(format!("{}={}", encoded(name), encoded(text.as_str().unwrap_or_default())));
    }
}

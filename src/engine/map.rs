//! `Map`: what it goes over, and inline iterations.

use super::context::with_item;
use super::data::{Fields, unexpected};
use super::event::{Data, Details};
use super::fault::Fault;
use super::frame::{Item, Iterations, Join, MapItems, Phase};
use super::run::ChainId;
use super::step::{Progress, Step};
use crate::asl::kinds::{Items, Kind, Map};
use crate::asl::query::{Holder, JsonataTemplate};
use crate::asl::{QueryLanguage, State};
use crate::spec::limits::MAX_INLINE_CONCURRENCY;
use crate::value::Value;
use std::sync::Arc;

impl Step<'_> {
    pub(super) fn map(&mut self, chain: ChainId, state: &State, map: &Map) -> Result<Progress, Fault> {
        if let Some(distributed) = &map.distributed {
            return self.map_run(chain, state, map, distributed);
        }
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let effective = fields.selected_input()?;
        let items = fields.items(map, &effective)?;
        let concurrency = fields.concurrency(map, &effective)?;
        let concurrency = if concurrency == 0 { MAX_INLINE_CONCURRENCY as usize } else { concurrency };
        let length = items.len();
        self.event(chain, Details::MapStateStarted { length: length as u32 });
        let started = self.frame_mut(chain).map_or(0, |frame| frame.last_event);
        let iterations = Iterations { items, next: 0, scope: map.processor };
        let join = Join { results: vec![Value::Null; length], done: 0, active: Vec::new(), iterations: Some(iterations) };
        if let Some(frame) = self.frame_mut(chain) {
            frame.phase = Phase::Joining(Box::new(join));
        }
        if length == 0 {
            self.joined(chain);
            return Ok(Progress::Under);
        }
        for _ in 0..length.min(concurrency) {
            self.next_iteration(chain, started)?;
        }
        Ok(Progress::Under)
    }

    /// Starts the next iteration, if one is left, after the event that made room for it.
    pub(super) fn next_iteration(&mut self, chain: ChainId, after_event: u64) -> Result<(), Fault> {
        let Some(frame) = self.run.frame(chain) else { return Ok(()) };
        let Phase::Joining(join) = &mut frame.phase else { return Ok(()) };
        let Some(iterations) = &mut join.iterations else { return Ok(()) };
        if iterations.next >= iterations.items.len() {
            return Ok(());
        }
        let item = Arc::new(iterations.items.item(iterations.next));
        iterations.next += 1;
        let (scope, index) = (iterations.scope, item.index);
        let machine = self.machine;
        let state = machine.state(self.state_of(chain));
        let Kind::Map(map) = &state.kind else { return Ok(()) };
        let input = self.iteration_input(chain, state, map, &item)?;
        let iteration = self.start_chain(chain, scope, Data::Value(input), index, after_event, Some(item))?;
        let started =
            self.iteration_event(chain, iteration, after_event, |name, index| Details::MapIterationStarted { name, index });
        if let Some(frame) = self.frame_mut(iteration) {
            frame.last_event = started;
            frame.before_entered = started;
        }
        if let Some(frame) = self.run.frame(chain)
            && let Phase::Joining(join) = &mut frame.phase
        {
            join.active.push(iteration);
        }
        Ok(())
    }

    fn iteration_input(&mut self, chain: ChainId, state: &State, map: &Map, item: &Item) -> Result<Value, Fault> {
        let Some(selector) = &map.item_selector else { return Ok(item.input()) };
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let effective = fields.selected_input()?;
        fields.item_input(selector, &effective, item)
    }
}

impl Item {
    /// What an iteration is given where no `ItemSelector` says otherwise.
    pub(super) fn input(&self) -> Value {
        match &self.key {
            None => self.value.clone(),
            Some(key) => Value::object([("Key".into(), Value::String(key.clone())), ("Value".into(), self.value.clone())]),
        }
    }
}

impl Fields<'_> {
    /// What a Map goes over.
    pub(super) fn items(&mut self, map: &Map, effective: &Value) -> Result<MapItems, Fault> {
        match &map.items {
            Some(Items::Path(path)) => match self.invalid_path(path, effective)? {
                Value::Array(items) => Ok(MapItems::Array(items)),
                Value::Object(members) if map.distributed.is_some() => Ok(MapItems::Object(members)),
                _ => Err(Fault::runtime(format!("Reference path \"{}\" must point to array.", shown(&path.text)))),
            },
            Some(Items::Template(holder)) => match self.holder(holder, "Items", effective, Default::default())? {
                Value::Array(items) => Ok(MapItems::Array(items)),
                Value::Object(members) if map.distributed.is_some() => Ok(MapItems::Object(members)),
                other => Err(match holder {
                    Holder::Jsonata(JsonataTemplate::Expression(expression)) => unexpected(expression, "Items", "array", &other),
                    _ => Fault::query(format!("Map state items must be an array but was: {other}"), Some("Items")),
                }),
            },
            None => match effective {
                Value::Array(items) => Ok(MapItems::Array(items.clone())),
                Value::Object(members) if map.distributed.is_some() => Ok(MapItems::Object(members.clone())),
                other if self.state.language == QueryLanguage::Jsonata => {
                    Err(Fault::query(format!("Map state input must be an array but was: {other}"), None))
                }
                _ => Err(Fault::runtime("Reference path \"$\" must point to array.")),
            },
        }
    }

    /// `MaxConcurrency`; 0 is as many as the service allows.
    pub(super) fn concurrency(&mut self, map: &Map, effective: &Value) -> Result<usize, Fault> {
        let Some(source) = &map.max_concurrency else { return Ok(0) };
        let number = self.integer(source, "MaxConcurrency", effective)?;
        usize::try_from(number)
            .map_err(|_| Fault::runtime(format!("Expected non-negative integer for MaxConcurrency, got '{number}' instead.")))
    }

    /// `ItemSelector` for one item.
    pub(super) fn item_input(&mut self, selector: &Holder, effective: &Value, item: &Item) -> Result<Value, Fault> {
        let around = std::mem::take(&mut self.context);
        self.context = with_item(&around, item);
        let input = self.holder(selector, "ItemSelector", effective, Default::default());
        self.context = around;
        input
    }
}

/// A path as the service shows it here: one into the context object as if it were one into the input.
fn shown(path: &str) -> &str {
    if path.starts_with("$$") { &path[1..] } else { path }
}

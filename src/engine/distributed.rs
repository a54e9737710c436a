//! A distributed `Map`: its items, its child executions and where their results go.

use super::data::Fields;
use super::dataset::{self, Delimiter, Headers, InputType, ReaderConfig};
use super::event::{Data, Details};
use super::fault::Fault;
use super::frame::{Item, MapItems, Mapping, Phase};
use super::run::{ChainId, Parent, Run, Start};
use super::step::{Progress, Step};
use super::writer;
use super::{RunId, StatesError, Status, WorkflowType};
use crate::asl::State;
use crate::asl::kinds::{Batcher, Distributed, Format, Kind, Map, Reader};
use crate::spec::limits::MAX_DISTRIBUTED_CONCURRENCY;
use crate::value::Value;
use std::collections::VecDeque;
use std::sync::Arc;

/// The error of a Map Run with more failed items than it tolerates.
pub(super) const TOO_MANY_FAILED: &str = "States.ExceedToleratedFailureThreshold";

impl Step<'_> {
    pub(super) fn map_run(
        &mut self,
        chain: ChainId,
        state: &State,
        map: &Map,
        distributed: &Distributed,
    ) -> Result<Progress, Fault> {
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let effective = fields.selected_input()?;
        let concurrency = fields.concurrency(map, &effective)?;
        let given = match &distributed.reader {
            Some(_) => None,
            None => Some(fields.items(map, &effective)?),
        };
        let length = given.as_ref().map_or(0, MapItems::len);
        self.event(chain, Details::MapStateStarted { length: length as u32 });
        let (tolerated_count, tolerated_percentage) = self.tolerated(chain, state, map, &effective)?;
        let reading = match &distributed.reader {
            Some(reader) => {
                let input = self.input(chain);
                Some((reader, self.fields(chain, state, &input).reading(reader, &effective)?))
            }
            None => None,
        };
        let label = distributed.label.clone().unwrap_or_else(|| label_of(&state.name));
        let arn = self.map_run_arn(&label);
        self.event(chain, Details::MapRunStarted { arn: arn.clone() });
        let items = match (reading, given) {
            (Some((reader, (arguments, max_items))), _) => match self.read(reader, &arguments, max_items) {
                Ok(items) => items,
                Err(failure) => {
                    self.event(chain, Details::MapRunFailed(failure.clone()));
                    self.fail(chain, failure, true);
                    return Ok(Progress::Under);
                }
            },
            (None, Some(items)) => items,
            (None, None) => MapItems::Array(crate::value::Array::new(Vec::new())),
        };
        let mut mapping = Mapping {
            arn,
            label,
            inputs: Vec::new(),
            waiting: VecDeque::new(),
            running: 0,
            children: Vec::new(),
            redrive_count: 0,
            results: Vec::new(),
            failed_items: 0,
            items: items.len(),
            concurrency: match concurrency {
                0 => MAX_DISTRIBUTED_CONCURRENCY as usize,
                some => some.min(MAX_DISTRIBUTED_CONCURRENCY as usize),
            },
            tolerated_count,
            tolerated_percentage,
            ended: Vec::new(),
        };
        mapping.inputs = self.child_inputs(chain, state, map, distributed, &effective, &items)?;
        mapping.results = vec![None; mapping.inputs.len()];
        mapping.waiting = (0..mapping.inputs.len()).collect();
        if let Some(frame) = self.frame_mut(chain) {
            frame.phase = Phase::Mapping(Box::new(mapping));
        }
        self.start_children(chain);
        self.mapped(chain);
        Ok(Progress::Under)
    }

    fn tolerated(
        &mut self,
        chain: ChainId,
        state: &State,
        map: &Map,
        effective: &Value,
    ) -> Result<(Option<u64>, Option<f64>), Fault> {
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let count = map.tolerated_failure_count.as_ref();
        let count = count.map(|source| fields.integer(source, "ToleratedFailureCount", effective)).transpose()?;
        let percentage = map.tolerated_failure_percentage.as_ref();
        let percentage = percentage.map(|source| fields.decimal(source, "ToleratedFailurePercentage", effective)).transpose()?;
        if count.is_some_and(|count| count < 0) {
            return Err(Fault::runtime("ToleratedFailureCount cannot be negative."));
        }
        if percentage.is_some_and(|percentage| !(0.0..=100.0).contains(&percentage)) {
            return Err(Fault::runtime("ToleratedFailurePercentage must be between 0 and 100."));
        }
        Ok((count.map(|count| count as u64), percentage))
    }

    fn read(&mut self, reader: &Reader, arguments: &Value, max_items: i64) -> Result<MapItems, StatesError> {
        let objects = &self.world.objects;
        let most = max_items_of(max_items)?;
        let read = match (reader.lists, reader.loads) {
            (true, false) => dataset::list_objects(objects, arguments, most, None, self.world.now)?,
            (true, true) => dataset::list_objects(objects, arguments, most, Some(&reader_config(reader, most)?), self.world.now)?,
            _ => dataset::get_object(objects, arguments, &reader_config(reader, most)?)?,
        };
        Ok(MapItems::Read(Arc::new(read)))
    }

    /// The inputs of the children: an item each, or a batch each.
    fn child_inputs(
        &mut self,
        chain: ChainId,
        state: &State,
        map: &Map,
        distributed: &Distributed,
        effective: &Value,
        items: &MapItems,
    ) -> Result<Vec<ChildInput>, Fault> {
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let inputs = fields.selected_items(map, effective, items)?;
        match &distributed.batcher {
            Some(batcher) => fields.batched(batcher, effective, inputs),
            None => Ok(inputs),
        }
    }

    fn map_run_arn(&mut self, label: &str) -> Arc<str> {
        let options = self.world.options.clone();
        let (partition, region, account) = (&options.partition, &options.region, &options.account);
        let id = self.world.random.uuid();
        format!("arn:{partition}:states:{region}:{account}:mapRun:{}/{label}:{id}", options.machine_name).into()
    }

    /// Starts as many children as may run beside those that do.
    fn start_children(&mut self, chain: ChainId) {
        let (machine, depth) = (self.run.machine.clone(), self.run.depth + 1);
        let Some(frame) = self.run.frame(chain) else { return };
        let parent = Parent { run: self.id, state: frame.state, entered_event: frame.entered_event, chain };
        let Kind::Map(map) = &machine.state(frame.state).kind else { return };
        let express = map.distributed.as_ref().is_some_and(|distributed| distributed.express);
        let workflow_type = if express { WorkflowType::Express } else { WorkflowType::Standard };
        let Phase::Mapping(mapping) = &mut frame.phase else { return };
        let options = self.world.options.clone();
        let machine_name: Arc<str> = format!("{}/{}", options.machine_name, mapping.label).into();
        let machine_arn: Arc<str> = format!("{}/{}", options.machine_arn(), mapping.label).into();
        while mapping.running < mapping.concurrency
            && let Some(index) = mapping.waiting.pop_front()
        {
            let child = &mapping.inputs[index];
            mapping.running += 1;
            let name: Arc<str> = self.world.random.uuid().into();
            let arn: Arc<str> = options.execution_arn(&machine_name, &name, workflow_type, self.world).into();
            let start = Start {
                machine: machine.clone(),
                scope: map.processor,
                input: Data::Value(child.input.clone()),
                name,
                arn,
                machine_arn: machine_arn.clone(),
                machine_name: machine_name.clone(),
                workflow_type,
                parent: Some(parent),
                depth,
                item: child.item.clone(),
            };
            mapping.children.push((self.world.start_run(start), index));
        }
    }

    /// A child execution is over.
    pub(super) fn child_over(&mut self, chain: ChainId, id: RunId, child: &Run) {
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Mapping(mapping) = &mut frame.phase else { return };
        // Children end about in the order they were started, so that the search is short.
        let Some(at) = mapping.children.iter().position(|(known, _)| *known == id) else { return };
        let (_, index) = mapping.children.remove(at);
        mapping.running -= 1;
        let outcome = child.outcome.as_ref();
        match outcome.filter(|outcome| outcome.status == Status::Succeeded).and_then(|outcome| outcome.output.as_ref()) {
            Some(output) => mapping.results[index] = Some(output.value().clone()),
            None => mapping.failed_items += mapping.inputs[index].items,
        }
        mapping.ended.push(ChildResult::of(child));
        if mapping.too_many_failed() {
            return self.map_run_failed(chain);
        }
        self.start_children(chain);
        self.mapped(chain);
    }

    /// Goes on with a Map Run after a redrive: the items without a result run again.
    pub(super) fn resume_map_run(&mut self, chain: ChainId, mut mapping: Box<Mapping>) {
        mapping.running = 0;
        mapping.children.clear();
        mapping.failed_items = 0;
        mapping.ended.retain(|child| child.status == Status::Succeeded);
        mapping.waiting = (0..mapping.inputs.len()).filter(|index| mapping.results[*index].is_none()).collect();
        mapping.redrive_count += 1;
        let details = Details::MapRunRedriven { arn: mapping.arn.clone(), redrive_count: mapping.redrive_count };
        self.event(chain, details);
        if let Some(frame) = self.run.frame(chain) {
            frame.phase = Phase::Mapping(mapping);
        }
        self.start_children(chain);
        self.mapped(chain);
    }

    fn map_run_failed(&mut self, chain: ChainId) {
        let failure = StatesError::new(TOO_MANY_FAILED, "The specified tolerated failure threshold was exceeded");
        let Some(frame) = self.run.frame(chain) else { return };
        let phase = std::mem::replace(&mut frame.phase, Phase::Ended);
        self.let_go(&phase);
        if let Some(frame) = self.run.frame(chain) {
            frame.broken_off = Some(phase);
        }
        self.event(chain, Details::MapRunFailed(failure.clone()));
        self.fail(chain, failure, true);
    }

    /// Goes on where all children are over.
    fn mapped(&mut self, chain: ChainId) {
        let machine = self.machine;
        let state = machine.state(self.state_of(chain));
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Mapping(mapping) = &mut frame.phase else { return };
        if mapping.running > 0 || !mapping.waiting.is_empty() {
            return;
        }
        let Phase::Mapping(mapping) = std::mem::replace(&mut frame.phase, Phase::Ended) else { return };
        // What follows the Map follows MapRunStarted, while MapStateSucceeded follows MapRunSucceeded.
        let succeeded = self.event_aside(chain, Details::MapRunSucceeded);
        let now = self.world.now;
        let state_id = self.state_of(chain);
        self.run.record(succeeded, now, Some(state_id), chain, Details::MapStateSucceeded);
        let outcome = self.map_result(chain, state, *mapping).and_then(|result| {
            let input = self.input(chain);
            self.fields(chain, state, &input).outcome(result)
        });
        self.progress(chain, state, outcome.map(Progress::Given));
    }

    /// The outputs of the children, or where a `ResultWriter` put them.
    fn map_result(&mut self, chain: ChainId, state: &State, mapping: Mapping) -> Result<Value, Fault> {
        let Kind::Map(map) = &state.kind else { return Ok(Value::Null) };
        let writer = map.distributed.as_ref().and_then(|distributed| distributed.writer.as_ref());
        let Some(writer) = writer else {
            return Ok(Value::array(mapping.results.into_iter().flatten().collect()));
        };
        let input = self.input(chain);
        let mut fields = self.fields(chain, state, &input);
        let effective = fields.selected_input()?;
        let arguments = match &writer.arguments {
            Some(holder) => Some(fields.holder(holder, "ResultWriter", &effective, Default::default())?),
            None => None,
        };
        let id = mapping.arn.rsplit(':').next().unwrap_or_default().to_owned();
        let written = writer::write(writer, arguments.as_ref(), &mapping.arn, &id, &mapping.ended);
        for object in written.objects {
            self.world.write_object(&object.bucket, object.key, object.text);
        }
        Ok(written.result)
    }
}

impl Fields<'_> {
    /// What an `ItemReader` is called with, and its `MaxItems`.
    pub(super) fn reading(&mut self, reader: &Reader, effective: &Value) -> Result<(Value, i64), Fault> {
        let max_items = reader.max_items.as_ref();
        let max_items = max_items.map(|source| self.integer(source, "MaxItems", effective)).transpose()?;
        let arguments = match &reader.arguments {
            Some(holder) => self.holder(holder, "ItemReader", effective, Default::default())?,
            None => Value::empty_object(),
        };
        Ok((arguments, max_items.unwrap_or(0)))
    }

    /// The items as `ItemSelector` makes them.
    pub(super) fn selected_items(&mut self, map: &Map, effective: &Value, items: &MapItems) -> Result<Vec<ChildInput>, Fault> {
        let mut inputs = Vec::with_capacity(items.len());
        for index in 0..items.len() {
            let item = items.item(index);
            let input = match &map.item_selector {
                Some(selector) => self.item_input(selector, effective, &item)?,
                None => item.input(),
            };
            inputs.push(ChildInput { input, item: Some(Arc::new(item)), items: 1 });
        }
        Ok(inputs)
    }

    /// The items as `ItemBatcher` puts them together.
    pub(super) fn batched(
        &mut self,
        batcher: &Batcher,
        effective: &Value,
        inputs: Vec<ChildInput>,
    ) -> Result<Vec<ChildInput>, Fault> {
        let limit = |number: Option<i64>| number.filter(|number| *number > 0).map_or(usize::MAX, |number| number as usize);
        let Batcher { max_items, max_bytes, batch_input } = batcher;
        let most = limit(max_items.as_ref().map(|source| self.integer(source, "MaxItemsPerBatch", effective)).transpose()?);
        let bytes = max_bytes.as_ref().map(|source| self.integer(source, "MaxInputBytesPerBatch", effective)).transpose()?;
        let bytes = limit(bytes).min(crate::spec::limits::MAX_PAYLOAD_BYTES);
        let batch_input = match batch_input {
            Some(holder) => Some(self.holder(holder, "ItemBatcher/BatchInput", effective, Default::default())?),
            None => None,
        };
        Ok(batches(inputs, most, bytes, batch_input.as_ref()))
    }
}

/// `MaxItems` as it is worked out, which must not be negative.
pub(super) fn max_items_of(number: i64) -> Result<u64, StatesError> {
    u64::try_from(number).map_err(|_| StatesError::new(dataset::ITEM_READER_FAILED, "field MaxItems must be positive"))
}

/// `ReaderConfig` of a reader.
pub(super) fn reader_config(reader: &Reader, max_items: u64) -> Result<ReaderConfig, StatesError> {
    let mut config = ReaderConfig { max_items, athena: reader.athena, ..ReaderConfig::default() };
    match &reader.format {
        Format::Json { pointer } => config.items_pointer = pointer.clone(),
        Format::JsonLines => config.input_type = InputType::JsonLines,
        Format::Csv { headers, delimiter } => {
            config.input_type = InputType::Csv;
            config.headers = headers.clone().map_or(Headers::FirstRow, Headers::Given);
            config.delimiter = Delimiter::parse(delimiter).unwrap_or_default();
        }
        Format::Manifest => config.input_type = InputType::Manifest,
        Format::Other(name) => {
            let cause = format!("InputType {name} can't be read here: give the same items as CSV, JSON or JSON Lines");
            return Err(StatesError::new(dataset::ITEM_READER_FAILED, cause));
        }
    }
    Ok(config)
}

/// What a child execution is started with.
#[derive(Debug)]
pub(super) struct ChildInput {
    pub input: Value,
    pub item: Option<Arc<Item>>,
    /// How many items are in it.
    pub items: usize,
}

/// What is told of a child execution when it is over.
#[derive(Clone, Debug)]
pub(super) struct ChildResult {
    pub description: Value,
    pub status: Status,
    pub output: Value,
}

impl ChildResult {
    fn of(child: &Run) -> ChildResult {
        let Some(outcome) = &child.outcome else {
            return ChildResult { description: Value::Null, status: Status::Running, output: Value::Null };
        };
        ChildResult {
            description: super::nested::describe(child, outcome, false),
            status: outcome.status,
            output: outcome.output.as_ref().map_or(Value::Null, |output| output.value().clone()),
        }
    }
}

impl Mapping {
    fn too_many_failed(&self) -> bool {
        if self.failed_items == 0 {
            return false;
        }
        let count = self.tolerated_count.map(|most| self.failed_items as u64 > most);
        let percentage = self.tolerated_percentage.map(|most| self.failed_items as f64 * 100.0 > most * self.items as f64);
        // Either threshold alone fails the run; without any, a single failed item does.
        match (count, percentage) {
            (None, None) => true,
            (count, percentage) => count == Some(true) || percentage == Some(true),
        }
    }
}

/// Items put together, as many as fit: at least one each.
fn batches(inputs: Vec<ChildInput>, most: usize, bytes: usize, batch_input: Option<&Value>) -> Vec<ChildInput> {
    let overhead = r#"{"Items":[]}"#.len() + batch_input.map_or(0, |value| value.size() + r#""BatchInput":,"#.len());
    let mut all = Vec::new();
    let (mut open, mut size) = (Vec::new(), overhead);
    for child in inputs {
        let added = child.input.size() + 1;
        if !open.is_empty() && (open.len() >= most || size + added > bytes) {
            all.push(batch(std::mem::take(&mut open), batch_input));
            size = overhead;
        }
        size += added;
        open.push(child.input);
    }
    if !open.is_empty() {
        all.push(batch(open, batch_input));
    }
    all
}

fn batch(items: Vec<Value>, batch_input: Option<&Value>) -> ChildInput {
    let count = items.len();
    let members = batch_input.map(|value| ("BatchInput".into(), value.clone()));
    let input = Value::object(members.into_iter().chain([("Items".into(), Value::array(items))]));
    ChildInput { input, item: None, items: count }
}

/// What stands for a Map without `Label` in the names of its children.
fn label_of(name: &str) -> Arc<str> {
    let label: String = name.chars().filter(|character| character.is_ascii_alphanumeric() || "-_".contains(*character)).collect();
    label.chars().take(40).collect::<String>().into()
}

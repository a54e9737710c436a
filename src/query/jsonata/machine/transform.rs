//! The transform operator `| pattern | update, delete |`: a copy of a value in which what the pattern finds is changed.
//!
//! Values are immutable, so the copy is taken apart into cells that can change; what the pattern finds is recognised by where it is
//! in memory, as each object of the copy is a new one.

use super::{Frame, Machine, Pending};
use crate::order::Hashed;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::stringify::rounded;
use crate::query::jsonata::val::{Scope, Val};
use crate::value::{Key, MAX_DEPTH, Object, Value};
use std::rc::Rc;

pub struct TransformFrame {
    transform: usize,
    phase: Phase,
    cells: Cells,
    /// What the pattern found.
    matches: Vec<Val>,
    index: usize,
    // The caller.
    pc: usize,
    at: usize,
    ctx: Val,
    scope: Option<Rc<Scope>>,
    depth: u32,
    to_task: bool,
}

enum Phase {
    Pattern,
    Update,
    Delete,
}

/// A value taken apart; the first cell is its root.
#[derive(Default)]
struct Cells {
    cells: Vec<Cell>,
    /// The cell of each object of the copy.
    objects: Hashed<usize, usize>,
}

struct Cell {
    value: Value,
    members: Members,
    parent: Option<usize>,
    /// Whether the value no longer tells what the members do.
    stale: bool,
}

enum Members {
    None,
    Items(Vec<usize>),
    Named(Vec<(Key, usize)>),
}

impl Cells {
    fn new(copy: &Value) -> Cells {
        let mut cells = Cells::default();
        cells.add(copy, None);
        for (cell, of) in cells.cells.iter().enumerate() {
            if let Value::Object(object) = &of.value {
                cells.objects.insert(object.address(), cell);
            }
        }
        cells
    }

    fn add(&mut self, value: &Value, parent: Option<usize>) -> usize {
        let cell = self.cells.len();
        self.cells.push(Cell { value: value.clone(), members: Members::None, parent, stale: false });
        let members = match value {
            Value::Array(items) => Members::Items(items.iter().map(|item| self.add(item, Some(cell))).collect()),
            Value::Object(object) => {
                Members::Named(object.iter().map(|(key, value)| (key.clone(), self.add(value, Some(cell)))).collect())
            }
            _ => Members::None,
        };
        self.cells[cell].members = members;
        cell
    }

    /// The value of a cell as it is now.
    fn value(&mut self, cell: usize) -> Value {
        if self.cells[cell].stale {
            let value = match std::mem::replace(&mut self.cells[cell].members, Members::None) {
                Members::None => Value::Null,
                Members::Items(items) => {
                    let values = items.iter().map(|item| self.value(*item)).collect();
                    self.cells[cell].members = Members::Items(items);
                    Value::array(values)
                }
                Members::Named(named) => {
                    let values = named.iter().map(|(key, member)| (key.clone(), self.value(*member))).collect();
                    self.cells[cell].members = Members::Named(named);
                    Value::Object(Object::of_distinct(values))
                }
            };
            self.cells[cell].value = value;
            self.cells[cell].stale = false;
        }
        self.cells[cell].value.clone()
    }

    fn touch(&mut self, cell: usize) {
        let mut next = Some(cell);
        while let Some(cell) = next {
            if std::mem::replace(&mut self.cells[cell].stale, true) {
                break;
            }
            next = self.cells[cell].parent;
        }
    }

    fn set(&mut self, cell: usize, key: Key, value: &Value) {
        self.touch(cell);
        let member = self.add(value, Some(cell));
        if let Members::Named(named) = &mut self.cells[cell].members {
            match named.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = member,
                None => named.push((key, member)),
            }
        }
    }

    fn remove(&mut self, cell: usize, key: &str) {
        self.touch(cell);
        if let Members::Named(named) = &mut self.cells[cell].members {
            named.retain(|(known, _)| **known != *key);
        }
    }
}

impl Machine<'_, '_> {
    pub(super) fn start_transform(
        &mut self,
        transform: usize,
        scope: &Option<Rc<Scope>>,
        args: Vec<Val>,
        to_task: bool,
        depth: u32,
    ) -> Result<Option<Val>, Error> {
        let mut args = args.into_iter();
        let value = args.next().unwrap_or(Val::Undefined);
        if args.len() > 0 || !value.is_undefined() && !value.is_array() && !value.is_object() {
            let index = if args.len() > 0 { 2 } else { 1 };
            return Err(self.error_of("T0410", value).with_index(index));
        }
        if value.is_undefined() {
            return Ok(Some(Val::Undefined));
        }
        let overridden = self.program.names.iter().position(|name| &*name.text == "clone");
        if let Some(callee) = overridden.and_then(|sym| self.load_bound(sym as u32))
            && !matches!(callee, Val::Func(_))
        {
            return Err(self.error("T2013"));
        }
        let copy = self.copy(value)?;
        let cells = Cells::new(&copy);
        self.frames.push(Frame::Transform(Box::new(TransformFrame {
            transform,
            phase: Phase::Pattern,
            cells,
            matches: Vec::new(),
            index: 0,
            pc: self.pc,
            at: self.at,
            ctx: std::mem::replace(&mut self.ctx, Val::Json(copy)),
            scope: std::mem::replace(&mut self.scope, scope.clone()),
            depth: std::mem::replace(&mut self.depth, depth),
            to_task,
        })));
        self.jump(self.program.transforms[transform].pattern);
        Ok(None)
    }

    /// A copy that shares no object with the value, as JSON would give it.
    pub fn copy(&mut self, value: Val) -> Result<Value, Error> {
        self.allocate_items(value.weight())?;
        if value.depth() > MAX_DEPTH {
            return Err(self.over_budget("nesting"));
        }
        Ok(copied(value))
    }

    pub(super) fn transform_next(&mut self) {
        let result = self.pop();
        self.pending = Some(Pending::Result(result));
    }

    pub(super) fn transform_go_on(&mut self, mut frame: Box<TransformFrame>, news: Option<Val>) -> Result<(), Error> {
        let transform = self.program.transforms[frame.transform];
        let result = news.unwrap_or(Val::Undefined);
        match frame.phase {
            Phase::Pattern => {
                if !result.is_undefined() {
                    self.allocate_items(result.len())?;
                    frame.matches = result.into_items();
                }
            }
            Phase::Update => {
                self.update(&mut frame, result)?;
                if let Some(delete) = transform.delete {
                    frame.phase = Phase::Delete;
                    return self.transform_part(frame, delete);
                }
                frame.index += 1;
            }
            Phase::Delete => {
                self.delete(&mut frame, result)?;
                frame.index += 1;
            }
        }
        if frame.index < frame.matches.len() {
            frame.phase = Phase::Update;
            return self.transform_part(frame, transform.update);
        }
        let value = frame.cells.value(0);
        let frame = *frame;
        self.pc = frame.pc;
        self.at = frame.at;
        self.ctx = frame.ctx;
        self.scope = frame.scope;
        self.depth = frame.depth;
        let value = self.shallow(Val::Json(value))?;
        self.deliver(value, frame.to_task);
        Ok(())
    }

    fn transform_part(&mut self, mut frame: Box<TransformFrame>, entry: u32) -> Result<(), Error> {
        self.ctx = match cell_of(&frame) {
            Some(cell) => Val::Json(frame.cells.value(cell)),
            None => frame.matches[frame.index].clone(),
        };
        self.jump(entry);
        self.frames.push(Frame::Transform(frame));
        Ok(())
    }

    fn update(&mut self, frame: &mut TransformFrame, update: Val) -> Result<(), Error> {
        if update.is_undefined() {
            return Ok(());
        }
        if !update.is_object() && !update.is_function() {
            let mut error = self.error_of("T2011", update);
            error.span = self.program.transforms[frame.transform].update_span;
            return Err(error);
        }
        let Some(cell) = cell_of(frame) else { return Ok(()) };
        for (key, value) in update.members() {
            self.work(1)?;
            self.allocate_items(value.weight())?;
            let Some(value) = value.into_json() else { continue };
            frame.cells.set(cell, key, &value);
        }
        Ok(())
    }

    fn delete(&mut self, frame: &mut TransformFrame, names: Val) -> Result<(), Error> {
        if names.is_undefined() {
            return Ok(());
        }
        if names.items().any(|name| name.as_str().is_none()) {
            let mut error = self.error_of("T2012", names);
            error.span = self.program.transforms[frame.transform].delete_span;
            return Err(error);
        }
        let Some(cell) = cell_of(frame) else { return Ok(()) };
        for name in names.items() {
            self.work(1)?;
            frame.cells.remove(cell, name.as_str().unwrap_or_default());
        }
        Ok(())
    }
}

/// The cell of the object the pattern found, where it is one of the copy.
fn cell_of(frame: &TransformFrame) -> Option<usize> {
    match &frame.matches[frame.index] {
        Val::Json(Value::Object(object)) => frame.cells.objects.get(&object.address()).copied(),
        _ => None,
    }
}

/// A copy of a value of bounded depth.
fn copied(value: Val) -> Value {
    match value {
        Val::Func(_) => Value::from(""),
        Val::Json(Value::Number(number)) => rounded(&number),
        value if value.is_array() => Value::array(value.items().map(copied).collect()),
        value if value.is_object() => {
            Value::Object(Object::of_distinct(value.members().into_iter().map(|(key, value)| (key, copied(value))).collect()))
        }
        value => value.into_json().unwrap_or_default(),
    }
}

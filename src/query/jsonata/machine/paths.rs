//! Paths: steps over items, filters, and what becomes of the results.

use super::{Frame, Machine};
use crate::query::jsonata::direct::Operand;
use crate::query::jsonata::error::Error;
use crate::query::jsonata::program::{Op, Pc};
use crate::query::jsonata::val::{CONS, KEEP, SEQUENCE, Scope, Val, total_len};
use crate::value::Value;
use std::rc::Rc;

/// A step being evaluated for each item.
pub struct Each {
    items: Val,
    index: usize,
    body: usize,
    results: Vec<Val>,
    ctx: Val,
}

/// A filter being evaluated for each item.
pub struct Filter {
    input: Val,
    index: usize,
    body: usize,
    picked: Vec<u32>,
    ctx: Val,
    scope: Option<Rc<Scope>>,
}

impl Machine<'_, '_> {
    pub(super) fn path_op(&mut self, op: Op) -> Result<(), Error> {
        let value = match op {
            Op::Get(key) => match &self.ctx {
                Val::Json(Value::Object(object)) => Ok(object.get(&self.program.keys[key as usize]).into()),
                ctx => {
                    let ctx = ctx.clone();
                    Ok(self.step(ctx, key, true, false)?.collapse(false))
                }
            },
            Op::Name { key, keep } => {
                let ctx = self.ctx.clone();
                self.name(&ctx, key, keep)
            }
            Op::PathStart { once } => {
                let ctx = self.ctx.clone();
                let wrap = if once { ctx.is_array() } else { ctx.is_undefined() };
                Ok(if wrap { Val::sequence(vec![ctx]) } else { ctx })
            }
            Op::Step { key, last, keep } => {
                let items = self.pop();
                self.step(items, key, last, keep)
            }
            Op::StepOnce { last } => Ok(step_result(self.pop(), last)),
            Op::ConsStart => {
                let value = self.pop();
                Ok(if value.is_array() { value } else { Val::Undefined })
            }
            Op::KeepSingleton => Ok(keep_singleton(self.pop())),
            Op::At(index) => Ok(at(self.pop(), index)),
            _ => return self.loop_op(op),
        };
        self.give(value)
    }

    fn loop_op(&mut self, op: Op) -> Result<(), Error> {
        match op {
            Op::JumpIfEmpty(to) => {
                if self.stack.last().is_some_and(|value| value.is_undefined() || value.is_array() && value.len() == 0) {
                    self.jump(to);
                }
                Ok(())
            }
            Op::Each { end } => self.each(end),
            Op::EachNext { last } => self.each_next(last),
            Op::Filter { end } => self.filter(end),
            Op::FilterNext => self.filter_next(),
            Op::Sort(index) => self.sort(index as usize),
            Op::SortNext => self.sort_next(),
            Op::Group(index) => self.group(index as usize),
            Op::GroupNext => self.group_next(),
            _ => self.tuple_op(op),
        }
    }

    /// The member of an item, as the step alone gives it.
    fn name(&mut self, item: &Val, key: u32, keep: bool) -> Result<Val, Error> {
        if item.is_array() {
            self.allocate_items(item.flat_weight())?;
        }
        let found = item.lookup(&self.program.keys[key as usize]);
        Ok(if found.is_sequence() { found.collapse(keep) } else { found })
    }

    /// A step that is a name, over all items.
    fn step(&mut self, items: Val, key: u32, last: bool, keep: bool) -> Result<Val, Error> {
        if !items.is_array() {
            return Ok(step_result(self.name(&items, key, keep)?, last));
        }
        let len = items.len();
        self.work(len)?;
        let mut results = Vec::with_capacity(len.min(1024));
        if let Val::Json(Value::Array(array)) = &items {
            let name = &self.program.keys[key as usize];
            for item in array.iter() {
                match item {
                    Value::Object(object) => {
                        if let Some(value) = object.get(name) {
                            results.push(Val::Json(value.clone()));
                        }
                    }
                    Value::Array(_) => {
                        let found = self.name(&Val::Json(item.clone()), key, keep)?;
                        if !found.is_undefined() {
                            results.push(found);
                        }
                    }
                    _ => {}
                }
            }
        } else {
            for item in items.items() {
                let found = self.name(&item, key, keep)?;
                if !found.is_undefined() {
                    results.push(found);
                }
            }
        }
        self.results(results, last)
    }

    /// What the results of a step for each item become: arrays among them are taken apart.
    fn results(&mut self, mut results: Vec<Val>, last: bool) -> Result<Val, Error> {
        if results.len() == 1 {
            return Ok(step_result(results.remove(0), last));
        }
        let total = total_len(results.iter());
        self.allocate_items(total)?;
        if results.iter().any(Val::is_array) {
            let mut items = Vec::with_capacity(total);
            for result in results {
                if result.flags() & CONS != 0 { items.push(result) } else { result.append_to(&mut items) }
            }
            results = items;
        }
        Ok(sequence_of(results))
    }

    /// Begins a step for each item, and does what can be done directly.
    fn each(&mut self, end: Pc) -> Result<(), Error> {
        let items = self.pop();
        if items.is_undefined() || items.len() == 0 {
            self.push(Val::Undefined);
            self.jump(end);
            return Ok(());
        }
        let (body, mut results) = (self.pc, Vec::new());
        let index = self.each_directly(body, &items, |_, value| {
            if !matches!(value, Operand::Undefined) {
                results.push(value.into());
            }
            true
        })?;
        if index < items.len() {
            let ctx = std::mem::replace(&mut self.ctx, items.item(index));
            self.frames.push(Frame::Each(Each { items, index, body, results, ctx }));
            return Ok(());
        }
        self.jump(end);
        let last = matches!(self.program.ops[end as usize - 1], Op::EachNext { last: true });
        let value = self.results(results, last);
        self.give(value)
    }

    fn each_next(&mut self, last: bool) -> Result<(), Error> {
        let result = self.pop();
        let Some(Frame::Each(each)) = self.frames.last_mut() else { return Ok(()) };
        if !result.is_undefined() {
            each.results.push(result);
        }
        each.index += 1;
        if each.index < each.items.len() {
            self.ctx = each.items.item(each.index);
            self.pc = each.body;
            return Ok(());
        }
        let Some(Frame::Each(each)) = self.frames.pop() else { return Ok(()) };
        self.ctx = each.ctx;
        let value = self.results(each.results, last);
        self.give(value)
    }

    /// Begins a filter, and does what can be done directly.
    fn filter(&mut self, end: Pc) -> Result<(), Error> {
        let input = self.pop();
        if input.len() == 0 {
            self.push(none_like(&input));
            self.jump(end);
            return Ok(());
        }
        let (body, mut picked, len) = (self.pc, Vec::new(), input.len());
        let index = self.each_directly(body, &input, |index, value| {
            let hits = match value.number() {
                Some(number) => is_at(number, index, len),
                None => match value.boolean() {
                    Some(holds) => holds,
                    None => return false,
                },
            };
            if hits {
                picked.push(index as u32);
            }
            true
        })?;
        let (ctx, scope) = (self.ctx.clone(), self.scope.clone());
        let filter = Filter { input, index, body, picked, ctx, scope };
        if index < len {
            self.enter_item(&filter.input, index, &filter.scope);
            self.frames.push(Frame::Filter(filter));
            return Ok(());
        }
        self.jump(end);
        self.filtered(&filter)
    }

    fn filter_next(&mut self) -> Result<(), Error> {
        let result = self.pop();
        let Some(Frame::Filter(filter)) = self.frames.last() else { return Ok(()) };
        let (index, len) = (filter.index, filter.input.len());
        let hits = self.filter_hits(&result, index, len)?;
        let Some(Frame::Filter(filter)) = self.frames.last_mut() else { return Ok(()) };
        for _ in 0..hits {
            filter.picked.push(index as u32);
        }
        filter.index += 1;
        if index + 1 < len {
            self.pc = filter.body;
            let (input, scope) = (filter.input.clone(), filter.scope.clone());
            self.enter_item(&input, index + 1, &scope);
            return Ok(());
        }
        let Some(Frame::Filter(mut filter)) = self.frames.pop() else { return Ok(()) };
        (self.ctx, self.scope) = (std::mem::replace(&mut filter.ctx, Val::Undefined), filter.scope.take());
        self.filtered(&filter)
    }

    /// What a filter has picked.
    fn filtered(&mut self, filter: &Filter) -> Result<(), Error> {
        let picked = filter.picked.iter().map(|index| *index as usize);
        let value = match &filter.input {
            Val::Tuples(tuples) => Val::Tuples(Rc::new(picked.map(|index| tuples[index].clone()).collect())),
            input => {
                let items: Vec<Val> = picked.map(|index| input.item(index)).collect();
                match &items[..] {
                    [single] if !single.is_array() && !single.is_undefined() => single.clone(),
                    _ => Val::sequence(items),
                }
            }
        };
        self.allocate_items(filter.picked.len())?;
        self.push(value);
        Ok(())
    }

    /// How often a filter's result picks the item: numbers are places, anything else casts to a boolean.
    fn filter_hits(&mut self, result: &Val, index: usize, len: usize) -> Result<usize, Error> {
        let is_here = |number| is_at(number, index, len);
        if let Some(number) = self.numeric(result)? {
            return Ok(is_here(number) as usize);
        }
        if result.is_array() {
            self.work(result.len())?;
            let mut hits = 0;
            let mut all_numbers = true;
            for item in result.items() {
                match self.numeric(&item)? {
                    Some(number) => hits += is_here(number) as usize,
                    None => all_numbers = false,
                }
            }
            if all_numbers {
                return Ok(hits);
            }
        }
        Ok((self.boolean(result)? == Some(true)) as usize)
    }

    /// What `*` finds in the context.
    pub(super) fn wildcard(&mut self) -> Result<Val, Error> {
        let ctx = if self.ctx.flags() & super::super::val::OUTER != 0 { self.ctx.item(0) } else { self.ctx.clone() };
        let arrays = ctx.members().iter().fold(ctx.flat_weight(), |sum, (_, member)| sum.saturating_add(member.flat_weight()));
        self.allocate_items(arrays)?;
        let mut found = Vec::new();
        if ctx.is_array() {
            ctx.items().for_each(|item| flatten_into(item, &mut found));
        } else {
            ctx.members().into_iter().for_each(|(_, value)| flatten_into(value, &mut found));
        }
        Ok(Val::sequence(found))
    }

    /// What `**` finds: the context itself and all that is within it.
    pub(super) fn descendants(&mut self) -> Result<Val, Error> {
        if self.ctx.is_undefined() {
            return Ok(Val::Undefined);
        }
        let mut found = Vec::new();
        let mut open = vec![self.ctx.clone()];
        while let Some(value) = open.pop() {
            self.work(1)?;
            if value.is_array() {
                self.allocate_items(value.len())?;
                for index in (0..value.len()).rev() {
                    open.push(value.item(index));
                }
                continue;
            }
            for (_, member) in value.members().into_iter().rev() {
                open.push(member);
            }
            found.push(value);
        }
        self.allocate_items(found.len())?;
        Ok(if found.len() == 1 { found.remove(0) } else { Val::sequence(found) })
    }
}

/// Whether a number means a place, counted from the end where it is negative.
fn is_at(number: f64, index: usize, len: usize) -> bool {
    let place = number.floor();
    (if place < 0.0 { place + len as f64 } else { place }) == index as f64
}

/// Appends a value, or all that is in an array however deep.
fn flatten_into(value: Val, found: &mut Vec<Val>) {
    if value.is_array() {
        value.items().for_each(|item| flatten_into(item, found));
    } else {
        found.push(value);
    }
}

/// The items found: none is undefined; a single one that is no array stands for itself.
fn sequence_of(mut items: Vec<Val>) -> Val {
    match &items[..] {
        [] => Val::Undefined,
        [single] if !single.is_array() && !single.is_undefined() => items.remove(0),
        _ => Val::sequence(items),
    }
}

/// What the single result of a step becomes. At the end of a path an array stays the array it is; before, its items go on.
fn step_result(result: Val, last: bool) -> Val {
    let flags = result.flags();
    if !result.is_array() {
        return result;
    }
    if flags & SEQUENCE != 0 {
        return match result.len() {
            0 => Val::Undefined,
            1 if !result.item(0).is_array() && !result.item(0).is_undefined() => result.item(0),
            _ => result.with_flags(SEQUENCE),
        };
    }
    if last {
        return result;
    }
    if result.len() == 0 && flags & CONS == 0 {
        return Val::Undefined;
    }
    if flags & CONS != 0 { Val::sequence(vec![result]) } else { result }
}

/// What a filter leaves that picks nothing.
fn none_like(input: &Val) -> Val {
    match input {
        Val::Tuples(_) => Val::Tuples(Rc::new(Vec::new())),
        _ => Val::sequence(Vec::new()),
    }
}

/// An item by its place; an array found there is taken apart.
fn at(input: Val, index: i32) -> Val {
    let len = input.len() as i64;
    let index = if index < 0 { len + i64::from(index) } else { index.into() };
    if index < 0 || index >= len {
        return none_like(&input);
    }
    if let Val::Tuples(tuples) = &input {
        return Val::Tuples(Rc::new(vec![tuples[index as usize].clone()]));
    }
    let item = input.item(index as usize);
    if item.is_undefined() { Val::sequence(Vec::new()) } else { item }
}

/// The result of a path that says `[]`.
fn keep_singleton(value: Val) -> Val {
    let flags = value.flags();
    if value.is_undefined() {
        value
    } else if flags & SEQUENCE != 0 {
        value.with_flags(flags | KEEP)
    } else if !value.is_array() || flags & CONS != 0 {
        Val::sequence(vec![value]).with_flags(SEQUENCE | KEEP)
    } else {
        value
    }
}

//! Paths that carry variables along with their items: `@`, `#` and the parents that `%` refers to.

use super::{Frame, Machine};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::program::{Op, TupleStep};
use crate::query::jsonata::val::{Scope, Sym, Tuple, Val};
use std::rc::Rc;

/// A step being evaluated for each tuple.
pub struct TupleFrame {
    tuples: Rc<Vec<Tuple>>,
    index: usize,
    body: usize,
    results: Vec<Tuple>,
    ctx: Val,
    scope: Option<Rc<Scope>>,
}

impl Tuple {
    fn set(&mut self, sym: Sym, value: Val) {
        match self.vars.iter_mut().find(|(known, _)| *known == sym) {
            Some(known) => known.1 = value,
            None => self.vars.push((sym, value)),
        }
    }
}

impl Machine<'_, '_> {
    pub(super) fn tuple_op(&mut self, op: Op) -> Result<(), Error> {
        match op {
            Op::TupleStart => {
                let tuples = self.pop_tuples()?;
                self.push(Val::Tuples(tuples));
            }
            Op::TupleEach { end } => {
                let tuples = self.pop_tuples()?;
                if tuples.is_empty() {
                    self.push(Val::Tuples(tuples));
                    self.jump(end);
                    return Ok(());
                }
                let (ctx, scope) = (self.ctx.clone(), self.scope.clone());
                let frame = TupleFrame { tuples, index: 0, body: self.pc, results: Vec::new(), ctx, scope };
                self.enter_tuple(&frame.tuples[frame.index], &frame.scope);
                self.frames.push(Frame::Tuples(Box::new(frame)));
            }
            Op::TupleNext(step) => self.tuple_next(self.program.tuple_steps[step as usize])?,
            Op::TupleIndex(sym) => {
                let mut tuples = Rc::unwrap_or_clone(self.pop_tuples()?);
                for (index, tuple) in tuples.iter_mut().enumerate() {
                    tuple.set(sym, index.into());
                }
                self.push(Val::Tuples(Rc::new(tuples)));
            }
            Op::TupleEnd => {
                let value = self.pop();
                let value = if value.is_undefined() { value } else { Val::sequence(value.into_items()) };
                self.push(value);
            }
            _ => {}
        }
        Ok(())
    }

    /// The items of a path so far, with no variables yet where they have none.
    fn pop_tuples(&mut self) -> Result<Rc<Vec<Tuple>>, Error> {
        let items = match self.pop() {
            Val::Tuples(tuples) => return Ok(tuples),
            Val::Undefined => Vec::new(),
            items => {
                self.allocate_items(items.len())?;
                items.into_items()
            }
        };
        Ok(Rc::new(items.into_iter().map(|at| Tuple { at, vars: Vec::new() }).collect()))
    }

    fn tuple_next(&mut self, step: TupleStep) -> Result<(), Error> {
        let result = self.pop();
        let Some(Frame::Tuples(mut frame)) = self.frames.pop() else { return Ok(()) };
        let from = &frame.tuples[frame.index];
        let count = if result.is_undefined() { 0 } else { result.len() };
        self.work(count)?;
        self.allocate(count * (size_of::<Tuple>() + (from.vars.len() + 1) * size_of::<(Sym, Val)>()))?;
        match &result {
            Val::Undefined => {}
            Val::Tuples(inner) => {
                for inner in inner.iter() {
                    let mut tuple = Tuple { at: inner.at.clone(), vars: from.vars.clone() };
                    inner.vars.iter().for_each(|(sym, value)| tuple.set(*sym, value.clone()));
                    frame.results.push(tuple);
                }
            }
            items => {
                for index in 0..items.len() {
                    let (mut tuple, item) = (from.clone(), items.item(index));
                    match step.focus {
                        Some(focus) => tuple.set(focus, item),
                        None => tuple.at = item,
                    }
                    if let Some(sym) = step.index {
                        tuple.set(sym, index.into());
                    }
                    if let Some(sym) = step.ancestor {
                        tuple.set(sym, from.at.clone());
                    }
                    frame.results.push(tuple);
                }
            }
        }
        frame.index += 1;
        if frame.index < frame.tuples.len() {
            self.enter_tuple(&frame.tuples[frame.index], &frame.scope);
            self.pc = frame.body;
            self.frames.push(Frame::Tuples(frame));
            return Ok(());
        }
        let frame = *frame;
        (self.ctx, self.scope) = (frame.ctx, frame.scope);
        self.push(Val::Tuples(Rc::new(frame.results)));
        Ok(())
    }
}

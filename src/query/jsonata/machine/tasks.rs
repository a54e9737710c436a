//! Native functions that call functions: what they are doing, so that they can wait for results.

use super::{Frame, Machine, Merges, Pending};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::functions::matching::Matching;
use crate::query::jsonata::val::{Func, Val};
use crate::value::{Key, Value};
use std::rc::Rc;

/// A native function that waits for the function it called.
pub struct Task {
    pub work: Work,
    pub depth: u32,
    /// Whether another task waits for its result.
    pub to_task: bool,
    /// The instruction that called it, for errors.
    pub at: usize,
}

/// What a native function does with the functions it is given.
pub enum Work {
    Over(Box<Over>),
    Reduce {
        func: Rc<Func>,
        arity: usize,
        items: Val,
        index: usize,
        value: Val,
    },
    Sort {
        func: Rc<Func>,
        items: Val,
        merges: Merges,
    },
    /// The functions still to be called, the last first, and the value so far.
    Compose(Vec<Rc<Func>>, Val),
    Matching(Box<Matching>),
}

/// A function over the items of an array or the members of an object.
pub struct Over {
    pub what: What,
    pub func: Rc<Func>,
    pub arity: usize,
    pub whole: Val,
    pub items: Val,
    /// The keys of the items, where they are members of an object.
    pub keys: Vec<Key>,
    pub index: usize,
    pub out: Vec<Val>,
    /// The keys of what is taken of an object.
    pub keys_out: Vec<Key>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    Map,
    Filter,
    Single,
    Each,
    Sift,
}

/// What comes next.
pub enum Step {
    Call(Rc<Func>, Vec<Val>),
    Done(Val),
}

/// How many parameters a function has.
pub fn arity(func: &Func) -> usize {
    match func {
        Func::Lambda(closure) => closure.params.len(),
        Func::Native(native) => crate::query::jsonata::functions::TABLE[*native as usize].arity,
        Func::Wrapped(inner) => match &**inner {
            Func::Wrapped(_) => 0,
            inner => arity(inner),
        },
        Func::PartialNative(_, given) => given.iter().filter(|given| given.is_none()).count(),
        Func::Regex(_) => 2,
        Func::NextMatch(..) => 0,
        Func::Compose(..) | Func::Transform(..) => 1,
    }
}

impl Over {
    pub fn start(what: What, whole: Val, func: Rc<Func>) -> Work {
        let (mut items, mut keys) = (whole.clone(), Vec::new());
        if let What::Each | What::Sift = what {
            let values;
            (keys, values) = whole.members().into_iter().unzip();
            items = Val::list(values);
        }
        let arity = arity(&func);
        Work::Over(Box::new(Over { what, func, arity, whole, items, keys, index: 0, out: Vec::new(), keys_out: Vec::new() }))
    }

    fn step(&mut self, machine: &mut Machine, news: Option<Val>) -> Result<Step, Error> {
        if let Some(result) = news {
            self.take(machine, result)?;
            self.index += 1;
        }
        if self.index >= self.items.len() {
            return self.end(machine).map(Step::Done);
        }
        machine.work(1)?;
        let mut args = vec![self.items.item(self.index)];
        if self.arity >= 2 {
            args.push(match self.keys.get(self.index) {
                Some(key) => key.clone().into(),
                None => self.index.into(),
            });
        }
        if self.arity >= 3 {
            args.push(self.whole.clone());
        }
        Ok(Step::Call(self.func.clone(), args))
    }

    fn take(&mut self, machine: &mut Machine, result: Val) -> Result<(), Error> {
        let taken = match self.what {
            What::Map | What::Each => result,
            _ if machine.boolean(&result)? != Some(true) => return Ok(()),
            _ => self.items.item(self.index),
        };
        if taken.is_undefined() && matches!(self.what, What::Map | What::Each) {
            return Ok(());
        }
        if self.what == What::Single && !self.out.is_empty() {
            return Err(machine.error("D3138").with_index(self.index));
        }
        machine.allocate(size_of::<Val>())?;
        self.out.push(taken);
        if self.what == What::Sift {
            self.keys_out.extend(self.keys.get(self.index).cloned());
        }
        Ok(())
    }

    fn end(&mut self, machine: &mut Machine) -> Result<Val, Error> {
        let out = std::mem::take(&mut self.out);
        match self.what {
            What::Single => out.into_iter().next().ok_or_else(|| machine.error("D3139")),
            What::Sift if out.is_empty() => Ok(Val::Undefined),
            What::Sift => machine.shallow(Val::object(std::mem::take(&mut self.keys_out).into_iter().zip(out).collect())),
            _ => machine.shallow(Val::sequence(out)),
        }
    }
}

impl Machine<'_, '_> {
    /// Goes on with a native function, with the result of what it called last.
    pub(super) fn go_on(&mut self, mut task: Box<Task>, news: Option<Val>) -> Result<(), Error> {
        self.at = task.at;
        let step = match &mut task.work {
            Work::Over(over) => over.step(self, news)?,
            Work::Reduce { func, arity, items, index, value } => {
                if let Some(result) = news {
                    *value = result;
                    *index += 1;
                }
                if *index >= items.len() {
                    Step::Done(std::mem::replace(value, Val::Undefined))
                } else {
                    self.work(1)?;
                    let mut args = vec![std::mem::replace(value, Val::Undefined), items.item(*index)];
                    if *arity >= 3 {
                        args.push((*index).into());
                    }
                    if *arity >= 4 {
                        args.push(items.clone());
                    }
                    Step::Call(func.clone(), args)
                }
            }
            Work::Sort { func, items, merges } => {
                if let Some(result) = news {
                    merges.answer(result.truthy());
                }
                match merges.ask() {
                    Some((left, right)) => {
                        self.work(1)?;
                        Step::Call(func.clone(), vec![items.item(left), items.item(right)])
                    }
                    None => Step::Done(Val::list(merges.order().map(|place| items.item(place)).collect())),
                }
            }
            Work::Compose(funcs, value) => {
                if let Some(result) = news {
                    *value = result;
                }
                match funcs.pop() {
                    Some(func) => Step::Call(func, vec![std::mem::replace(value, Val::Undefined)]),
                    None => Step::Done(std::mem::replace(value, Val::Undefined)),
                }
            }
            Work::Matching(matching) => matching.step(self, news)?,
        };
        match step {
            Step::Done(value) => self.deliver(value, task.to_task),
            Step::Call(func, args) => {
                let depth = task.depth;
                self.frames.push(Frame::Task(task));
                if let Some(value) = self.apply(func, args, Val::Json(Value::Null), true, depth)? {
                    self.pending = Some(Pending::Result(value));
                }
            }
        }
        Ok(())
    }
}

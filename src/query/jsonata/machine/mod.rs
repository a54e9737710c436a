//! The machine that runs a program. It keeps values and what is to be gone on with on stacks of its own: however deep a user's
//! functions call each other, ours don't. Every instruction, and every item a function looks at, takes a step of the budget.

mod calls;
mod directly;
mod groups;
mod paths;
mod sorting;
mod tasks;
mod transform;
mod tuples;

pub use directly::alone;
pub use sorting::Merges;
pub use tasks::{Over, Step, Task, What, Work, arity};

use super::error::Error;
use super::operators;
use super::program::{Op, Pc, Program};
use super::val::{CONS, Closure, Func, Range, SEQUENCE, Scope, Sym, Tuple, Val, total_len};
use super::{Bindings, Env, functions};
use crate::text::Span;
use crate::value::{Key, MAX_DEPTH, Value};
use std::rc::Rc;

pub struct Machine<'a, 'e> {
    pub program: &'a Program,
    pub env: &'a mut Env<'e>,
    /// The variables outside of all blocks and functions, by their numbers.
    root: Vec<Option<Val>>,
    stack: Vec<Val>,
    frames: Vec<Frame>,
    pc: usize,
    /// The instruction being done.
    at: usize,
    /// What `$` is; a top-level array is wrapped.
    ctx: Val,
    scope: Option<Rc<Scope>>,
    /// How deep the function being run stands.
    depth: u32,
    steps: u64,
    bytes: u64,
    /// News for the native function on top of the frames.
    pending: Option<Pending>,
    /// What may refer to each other in circles, or in chains too long to drop at once.
    kept_scopes: Vec<Rc<Scope>>,
    kept_funcs: Vec<Rc<Func>>,
}

/// What to go on with when something is done.
enum Frame {
    Call(CallFrame),
    Each(paths::Each),
    Filter(paths::Filter),
    Tuples(Box<tuples::TupleFrame>),
    Group(Box<groups::GroupFrame>),
    Sort(Box<sorting::SortFrame>),
    Transform(Box<transform::TransformFrame>),
    Task(Box<Task>),
}

/// The caller of a function.
struct CallFrame {
    pc: usize,
    at: usize,
    ctx: Val,
    scope: Option<Rc<Scope>>,
    depth: u32,
    /// What stands in for an argument that is missing: for a tail call still that of the first call.
    context: Val,
    /// Whether a native function waits for the result.
    to_task: bool,
}

enum Pending {
    Start,
    Result(Val),
}

/// Runs a program.
pub fn run(program: &Program, input: Option<&Value>, bindings: &Bindings, env: &mut Env) -> Result<Val, Error> {
    let input = Val::from(input);
    let root = program
        .names
        .iter()
        .map(|name| match &*name.text {
            "$" => Some(input.clone()),
            text => bindings.get(text).map(|value| Val::Json(value.clone())),
        })
        .collect();
    let (steps, bytes) = (env.budget.steps, env.budget.bytes);
    // An array counts as one input, not as many.
    let ctx = if input.is_array() { Val::sequence(vec![input]).with_flags(SEQUENCE | super::val::OUTER) } else { input };
    let mut machine = Machine {
        program,
        env,
        root,
        stack: Vec::new(),
        frames: Vec::new(),
        pc: 0,
        at: 0,
        ctx,
        scope: None,
        depth: 0,
        steps,
        bytes,
        pending: None,
        kept_scopes: Vec::new(),
        kept_funcs: Vec::new(),
    };
    let value = machine.run()?;
    if !matches!(value, Val::Json(_)) {
        machine.allocate_items(value.weight())?;
    }
    Ok(value)
}

impl Drop for Machine<'_, '_> {
    /// Takes apart what may be chained, newest first, so that dropping one thing never drops a long chain recursively.
    fn drop(&mut self) {
        self.stack.clear();
        while self.frames.pop().is_some() {}
        for scope in &self.kept_scopes {
            scope.vars.take();
            scope.parent.take();
        }
        while self.kept_funcs.pop().is_some() {}
    }
}

impl Machine<'_, '_> {
    fn run(&mut self) -> Result<Val, Error> {
        loop {
            if self.steps == 0 {
                return Err(self.over_budget("steps"));
            }
            self.steps -= 1;
            self.at = self.pc;
            let op = self.program.ops[self.pc];
            self.pc += 1;
            let value = match op {
                Op::Constant(index) => Ok(Val::Json(self.program.constants[index as usize].clone())),
                Op::Undefined => Ok(Val::Undefined),
                Op::Context => Ok(self.context()),
                Op::Load(sym) => {
                    let value = self.load(sym);
                    Ok(if value.is_sequence() { value.collapse(false) } else { value })
                }
                Op::ToBoolean => {
                    let value = self.pop();
                    Ok(self.boolean(&value)?.unwrap_or(false).into())
                }
                Op::Binary(operator) => {
                    let right = self.pop();
                    let left = self.pop();
                    operators::binary(self, operator, left, right)
                }
                Op::Negate => {
                    let value = self.pop();
                    operators::negate(self, value)
                }
                Op::Range => {
                    let right = self.pop();
                    let left = self.pop();
                    operators::range(self, left, right)
                }
                Op::Nest => {
                    let value = self.pop();
                    Ok(if value.is_undefined() { value } else { Val::list(vec![value]) })
                }
                Op::Array { count, cons } => self.array(count as usize, cons),
                Op::Object(keys) => self.object_end(keys as usize),
                Op::Wildcard => self.wildcard(),
                Op::Descendants => self.descendants(),
                Op::Regex(index) => Ok(Val::func(Func::Regex(self.program.regexes[index as usize].clone()))),
                Op::Lambda(index) => self.lambda(index as usize),
                Op::Transform(index) => {
                    self.keep_scope();
                    Ok(Val::func(Func::Transform(index as usize, self.scope.clone())))
                }
                Op::Partial { args, name } => self.partial(args as usize, name),
                Op::Return => {
                    let value = self.pop();
                    let Some(Frame::Call(frame)) = self.frames.pop() else { return Ok(value) };
                    let to_task = frame.to_task;
                    self.leave(frame);
                    self.deliver(value, to_task);
                    self.settle()?;
                    continue;
                }
                _ => {
                    self.control(op)?;
                    continue;
                }
            };
            self.give(value)?;
        }
    }

    /// The instructions that lead to others.
    fn control(&mut self, op: Op) -> Result<(), Error> {
        match op {
            Op::Nothing => {}
            Op::Direct(index) => self.direct(index as usize)?,
            Op::Store(sym) => {
                let value = self.stack.last().cloned().unwrap_or(Val::Undefined);
                match &self.scope {
                    Some(scope) => scope.bind(sym, value),
                    None => self.root[sym as usize] = Some(value),
                }
            }
            Op::Pop => {
                self.pop();
            }
            Op::Swap => {
                let top = self.stack.len().saturating_sub(1);
                self.stack.swap(top.saturating_sub(1), top);
            }
            Op::Depth(depth) => {
                if self.depth.saturating_add(depth) > self.env.budget.depth {
                    return Err(self.over_budget("depth"));
                }
            }
            Op::Jump(to) => self.jump(to),
            Op::JumpUnless(to) => {
                let value = self.pop();
                if self.boolean(&value)? != Some(true) {
                    self.jump(to);
                }
            }
            Op::AndJump(to) => self.short_cut(false, to)?,
            Op::OrJump(to) => self.short_cut(true, to)?,
            Op::Scope => self.scope = Some(Scope::new(Vec::new(), self.scope.take())),
            Op::EndScope => {
                let parent = self.scope.as_ref().and_then(|scope| scope.parent.borrow().clone());
                self.scope = parent;
            }
            Op::ObjectStart => self.object_start()?,
            Op::Collapse { keep } => {
                if let Some(top) = self.stack.last_mut()
                    && top.is_sequence()
                {
                    *top = std::mem::replace(top, Val::Undefined).collapse(keep);
                }
            }
            Op::CheckProcedure { name, partial } => self.check_procedure(name, partial)?,
            Op::TransformNext
            | Op::CallNamed { .. }
            | Op::Call { .. }
            | Op::TailCallNamed { .. }
            | Op::TailCall { .. }
            | Op::Apply { .. } => {
                match op {
                    Op::CallNamed { name, args, depth, applied } => self.call_named(name, args as usize, depth, applied)?,
                    Op::Call { name, args, depth, applied } => self.call(name, args as usize, depth, applied)?,
                    Op::TailCallNamed { name, args } => self.tail_call(name, args as usize, true)?,
                    Op::TailCall { name, args } => self.tail_call(name, args as usize, false)?,
                    Op::Apply { depth } => self.apply_operator(depth)?,
                    _ => self.transform_next(),
                }
                self.settle()?;
            }
            _ => self.path_op(op)?,
        }
        Ok(())
    }

    fn push(&mut self, value: Val) {
        self.stack.push(value);
    }

    /// Puts what something gave on the stack.
    fn give(&mut self, value: Result<Val, Error>) -> Result<(), Error> {
        self.push(value?);
        Ok(())
    }

    fn pop(&mut self) -> Val {
        self.stack.pop().unwrap_or(Val::Undefined)
    }

    fn pop_many(&mut self, count: usize) -> Vec<Val> {
        let from = self.stack.len().saturating_sub(count);
        self.stack.split_off(from)
    }

    fn jump(&mut self, to: Pc) {
        self.pc = to as usize;
    }

    pub fn span(&self) -> Span {
        self.program.spans.get(self.at).copied().unwrap_or_default()
    }

    pub fn error(&self, code: &'static str) -> Error {
        Error::new(code, self.span())
    }

    /// An error about a value, as far as JSON can hold it.
    pub fn error_of(&self, code: &'static str, value: Val) -> Error {
        match value.shown() {
            Some(value) => self.error(code).with_value(value),
            None => self.error(code),
        }
    }

    pub fn over_budget(&self, what: &str) -> Error {
        self.error("U1001").with_text(what)
    }

    /// Takes steps for work that is not an instruction.
    pub fn work(&mut self, steps: usize) -> Result<(), Error> {
        match self.steps.checked_sub(steps as u64) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(self.over_budget("steps")),
        }
    }

    /// The steps that are left, for what counts its own.
    pub fn steps(&mut self) -> &mut u64 {
        &mut self.steps
    }

    /// Takes bytes for a value that is about to be made.
    pub fn allocate(&mut self, bytes: usize) -> Result<(), Error> {
        match self.bytes.checked_sub(bytes as u64) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(self.over_budget("bytes")),
        }
    }

    /// Takes steps and bytes for a list of so many items.
    pub fn allocate_items(&mut self, items: usize) -> Result<(), Error> {
        self.work(items)?;
        self.allocate(items.saturating_mul(size_of::<Val>()))
    }

    /// Refuses a container that nests too deep for a walk over it.
    pub fn shallow(&self, value: Val) -> Result<Val, Error> {
        if value.depth() > MAX_DEPTH { Err(self.over_budget("nesting")) } else { Ok(value) }
    }

    /// A text, paid for.
    pub fn text(&mut self, text: &str) -> Result<Val, Error> {
        self.allocate(text.len())?;
        Ok(Val::from(text))
    }

    pub fn boolean(&mut self, value: &Val) -> Result<Option<bool>, Error> {
        if value.is_array() {
            let first = value.item(0);
            if !first.is_array() && matches!(first.boolean(), Ok(Some(true))) {
                return Ok(Some(true));
            }
            self.work(value.flat_weight())?;
        }
        value.boolean().map_err(|number| self.error_of("D1001", Val::NonFinite(number.0)))
    }

    /// Whether two values are the same in depth.
    pub fn equal(&mut self, a: &Val, b: &Val) -> Result<bool, Error> {
        self.work(a.weight().min(b.weight()))?;
        Ok(a.equals(b))
    }

    /// The number a value is, if it is one: an infinite one is an error.
    pub fn numeric(&self, value: &Val) -> Result<Option<f64>, Error> {
        match value {
            Val::NonFinite(number) if number.is_nan() => Ok(None),
            Val::NonFinite(_) => Err(self.error_of("D1001", value.clone())),
            _ => Ok(value.as_f64()),
        }
    }

    fn context(&self) -> Val {
        match &self.ctx {
            Val::List(list) if list.flags & super::val::OUTER != 0 => list.items[0].clone(),
            Val::List(list) if list.flags & SEQUENCE != 0 => self.ctx.clone().collapse(false),
            ctx => ctx.clone(),
        }
    }

    fn load(&self, sym: Sym) -> Val {
        self.load_bound(sym).unwrap_or_else(|| match self.program.names[sym as usize].native {
            Some(native) => Val::func(Func::Native(native)),
            None => Val::Undefined,
        })
    }

    /// The value that a variable was given, by the expression or from outside.
    fn load_bound(&self, sym: Sym) -> Option<Val> {
        if self.program.names[sym as usize].bound {
            let mut next = self.scope.clone();
            while let Some(scope) = next {
                if let Some((_, value)) = scope.vars.borrow().iter().find(|(known, _)| *known == sym) {
                    return Some(value.clone());
                }
                next = scope.parent.borrow().clone();
            }
        }
        self.root[sym as usize].clone()
    }

    fn short_cut(&mut self, decides: bool, to: Pc) -> Result<(), Error> {
        let value = self.pop();
        if self.boolean(&value)?.unwrap_or(false) == decides {
            self.push(decides.into());
            self.jump(to);
        }
        Ok(())
    }

    fn array(&mut self, count: usize, cons: bool) -> Result<Val, Error> {
        let flags = if cons { CONS } else { 0 };
        let mut parts = self.pop_many(count);
        // A range on its own stays as it is: its items may never be needed.
        if let [Val::Range(range)] = parts[..] {
            return Ok(Val::Range(Range { flags, ..range }));
        }
        parts.retain(|part| !part.is_undefined());
        let total = total_len(parts.iter());
        self.allocate_items(total)?;
        let items = if parts.iter().any(Val::is_array) {
            let mut items = Vec::with_capacity(total);
            parts.into_iter().for_each(|part| part.append_to(&mut items));
            items
        } else {
            parts
        };
        self.shallow(Val::list(items).with_flags(flags))
    }

    /// Prepares for the values of an object whose keys are known: over an array they see all its items at once.
    fn object_start(&mut self) -> Result<(), Error> {
        if !self.ctx.is_array() {
            self.push(Val::Undefined);
            return Ok(());
        }
        let together = match self.ctx.len() {
            0 => Val::Undefined,
            1 => self.ctx.item(0),
            _ => {
                let total = self.ctx.items().fold(0, |total: usize, item| total.saturating_add(item.len()));
                self.allocate_items(total)?;
                let mut items = Vec::with_capacity(total);
                self.ctx.items().for_each(|item| item.append_to(&mut items));
                Val::list(items)
            }
        };
        let outer = std::mem::replace(&mut self.ctx, together);
        self.push(outer);
        Ok(())
    }

    fn object_end(&mut self, keys: usize) -> Result<Val, Error> {
        let keys = &self.program.objects[keys];
        self.allocate(keys.len() * size_of::<(Key, Value)>())?;
        let from = self.stack.len().saturating_sub(keys.len());
        let mut members = Vec::with_capacity(keys.len());
        for (key, place) in keys.iter().zip(&mut self.stack[from..]) {
            let value = std::mem::replace(place, Val::Undefined);
            if !value.is_undefined() {
                members.push((key.clone(), value));
            }
        }
        self.stack.truncate(from);
        let object = self.shallow(Val::object(members))?;
        let outer = self.pop();
        if outer.is_array() {
            self.ctx = outer;
        }
        Ok(object)
    }

    fn lambda(&mut self, index: usize) -> Result<Val, Error> {
        let lambda = &self.program.lambdas[index];
        self.allocate(200)?;
        self.keep_scope();
        let func = Rc::new(Func::Lambda(Closure {
            lambda: index,
            params: lambda.params.as_slice().into(),
            signature: lambda.signature.clone(),
            scope: self.scope.clone(),
            input: self.ctx.clone(),
        }));
        if !matches!(self.ctx, Val::Json(_) | Val::Undefined) {
            self.kept_funcs.push(func.clone());
        }
        Ok(Val::Func(func))
    }

    /// Remembers the scope that a function keeps hold of.
    fn keep_scope(&mut self) {
        if let Some(scope) = &self.scope
            && !self.kept_scopes.last().is_some_and(|last| Rc::ptr_eq(last, scope))
        {
            self.kept_scopes.push(scope.clone());
        }
    }

    /// Makes an item of an input the context, with the variables that came along with it.
    fn enter_item(&mut self, input: &Val, index: usize, around: &Option<Rc<Scope>>) {
        match input {
            Val::Tuples(tuples) => self.enter_tuple(&tuples[index], around),
            input => self.ctx = input.item(index),
        }
    }

    fn enter_tuple(&mut self, tuple: &Tuple, around: &Option<Rc<Scope>>) {
        self.ctx = tuple.at.clone();
        self.scope = Some(Scope::new(tuple.vars.clone(), around.clone()));
    }

    /// The table entry of a function.
    fn native(&self, index: u8) -> &'static functions::Native {
        &functions::TABLE[index as usize]
    }
}

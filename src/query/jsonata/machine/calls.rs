//! Calls: who is called with what, and where the result goes.

use super::{CallFrame, Frame, Machine, Pending, Task, Work};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::functions::{self, Body, Native};
use crate::query::jsonata::program::NO_NAME;
use crate::query::jsonata::signature::{Mismatch, Signature};
use crate::query::jsonata::val::{Closure, Func, Scope, Sym, Val};
use crate::value::Value;
use std::rc::Rc;

/// The steps a call of a user's function takes.
const CALL: usize = 4;

impl Machine<'_, '_> {
    fn name_text(&self, name: u32) -> Option<&str> {
        if name == NO_NAME { None } else { Some(&self.program.names[name as usize].text) }
    }

    /// Fails where a bare name was called or partially applied that is a function with a `$`.
    pub(super) fn check_procedure(&mut self, name: u32, partial: bool) -> Result<(), Error> {
        let undefined = self.stack.last().is_some_and(Val::is_undefined);
        if undefined && self.load(name).truthy() {
            let token = self.name_text(name).unwrap_or_default();
            return Err(self.error(if partial { "T1007" } else { "T1005" }).with_token(token));
        }
        Ok(())
    }

    /// The arguments of a call. Functions among them forget the context; what comes from `~>` doesn't.
    fn arguments(&mut self, count: usize, applied: bool) -> Vec<Val> {
        let mut args = self.pop_many(count);
        for arg in args.iter_mut().skip(applied as usize) {
            if let Val::Func(func) = arg
                && !matches!(**func, Func::Wrapped(_))
            {
                *arg = Val::func(Func::Wrapped(func.clone()));
            }
        }
        args
    }

    pub(super) fn call_named(&mut self, name: Sym, count: usize, depth: u16, applied: bool) -> Result<(), Error> {
        let args = self.arguments(count, applied);
        let callee = self.load_bound(name);
        let depth = self.depth.saturating_add(depth.into());
        let result = match callee {
            None => match self.program.names[name as usize].native {
                Some(native) => self.call_native(native, args, &self.ctx.clone(), false, depth),
                None => Err(self.error("T1006")),
            },
            Some(callee) => self.call_value(callee, args, depth),
        };
        self.done(result, name)
    }

    pub(super) fn call(&mut self, name: u32, count: usize, depth: u16, applied: bool) -> Result<(), Error> {
        let args = self.arguments(count, applied);
        let callee = self.pop();
        let depth = self.depth.saturating_add(depth.into());
        let result = self.call_value(callee, args, depth);
        self.done(result, name)
    }

    fn call_value(&mut self, callee: Val, args: Vec<Val>, depth: u32) -> Result<Option<Val>, Error> {
        let Val::Func(func) = callee else { return Err(self.error("T1006")) };
        let context = self.ctx.clone();
        self.apply(func, args, context, false, depth)
    }

    /// Takes the result of a call that is done already; an error gets the function's name.
    fn done(&mut self, result: Result<Option<Val>, Error>, name: u32) -> Result<(), Error> {
        match result {
            Ok(Some(value)) => self.push(value),
            Ok(None) => {}
            Err(error) => {
                return Err(match self.name_text(name) {
                    Some(name) if error.token().is_none() => error.with_token(name),
                    _ => error,
                });
            }
        }
        Ok(())
    }

    /// A call in the place of the call of the function around, which is over.
    pub(super) fn tail_call(&mut self, name: u32, count: usize, named: bool) -> Result<(), Error> {
        let args = self.pop_many(count);
        let callee = if named { self.load(name) } else { self.pop() };
        let Some(Frame::Call(frame)) = self.frames.pop() else { return Ok(()) };
        let (context, to_task, depth) = (frame.context.clone(), frame.to_task, self.depth);
        let result = match callee {
            Val::Func(func) => {
                // An error points at this call, and the result goes where that of the function around would go.
                let at = self.at;
                self.leave(frame);
                self.at = at;
                self.apply(func, args, context, to_task, depth)
            }
            _ => Err(self.error("T1006")),
        };
        match result {
            Ok(Some(value)) => {
                self.deliver(value, to_task);
                Ok(())
            }
            other => self.done(other, name),
        }
    }

    /// `~>` with a function as such on its right.
    pub(super) fn apply_operator(&mut self, depth: u16) -> Result<(), Error> {
        let right = self.pop();
        let left = self.pop();
        let Val::Func(func) = right else { return Err(self.error_of("T2006", right)) };
        if let Val::Func(first) = left {
            let composed = Rc::new(Func::Compose(first, func));
            self.allocate(64)?;
            self.kept_funcs.push(composed.clone());
            self.push(Val::Func(composed));
            return Ok(());
        }
        let depth = self.depth.saturating_add(depth.into());
        if let Some(value) = self.apply(func, vec![left], Val::Json(Value::Null), false, depth)? {
            self.push(value);
        }
        Ok(())
    }

    pub(super) fn partial(&mut self, args: usize, name: u32) -> Result<Val, Error> {
        let given = &self.program.partials[args];
        let callee = self.pop();
        let mut values = self.pop_many(given.iter().filter(|given| **given).count()).into_iter();
        let args: Vec<Option<Val>> = given.iter().map(|given| given.then(|| values.next().unwrap_or(Val::Undefined))).collect();
        let mut callee = callee;
        while let Val::Func(func) = &callee {
            let Func::Wrapped(inner) = &**func else { break };
            callee = Val::Func(inner.clone());
        }
        let partial = match &callee {
            Val::Func(func) => match &**func {
                Func::Lambda(closure) => Some(self.partial_lambda(closure, args)),
                Func::Native(native) => Some(Func::PartialNative(*native, args)),
                _ => None,
            },
            _ => None,
        };
        let Some(partial) = partial else {
            let error = self.error("T1008");
            return Err(match self.name_text(name) {
                Some(name) => error.with_token(name),
                None => error,
            });
        };
        self.allocate(200)?;
        let partial = Rc::new(partial);
        self.kept_funcs.push(partial.clone());
        Ok(Val::Func(partial))
    }

    /// A function of the parameters that were left open; the others are variables around it.
    fn partial_lambda(&mut self, closure: &Closure, args: Vec<Option<Val>>) -> Func {
        let (mut open, mut bound) = (Vec::new(), Vec::new());
        let mut args = args.into_iter();
        for param in closure.params.iter() {
            match args.next() {
                Some(None) => open.push(*param),
                Some(Some(value)) => bound.push((*param, value)),
                None => bound.push((*param, Val::Undefined)),
            }
        }
        let scope = Scope::new(bound, closure.scope.clone());
        self.kept_scopes.push(scope.clone());
        Func::Lambda(Closure {
            lambda: closure.lambda,
            params: open.into(),
            signature: None,
            scope: Some(scope),
            input: closure.input.clone(),
        })
    }

    /// Calls a function; its value, or none where the machine has to run on first.
    pub(super) fn apply(
        &mut self,
        func: Rc<Func>,
        args: Vec<Val>,
        context: Val,
        to_task: bool,
        depth: u32,
    ) -> Result<Option<Val>, Error> {
        match &*func {
            Func::Wrapped(inner) => match &**inner {
                Func::Wrapped(_) => Err(self.error("T1006")),
                _ => self.apply(inner.clone(), args, Val::Json(Value::Null), to_task, depth),
            },
            Func::Lambda(closure) => self.enter(closure, args, context, to_task, depth).map(|()| None),
            Func::Native(native) => self.call_native(*native, args, &context, to_task, depth),
            Func::PartialNative(native, given) => {
                let mut args = args.into_iter();
                let mut all: Vec<Val> =
                    given.iter().map(|given| given.clone().unwrap_or_else(|| args.next().unwrap_or(Val::Undefined))).collect();
                while all.last().is_some_and(Val::is_undefined) {
                    all.pop();
                }
                self.call_native(*native, all, &Val::Undefined, to_task, depth)
            }
            Func::Regex(regex) => functions::call_regex(self, regex, &args).map(Some),
            Func::NextMatch(regex, text, from) => functions::next_match(self, regex, text, *from).map(Some),
            Func::Compose(first, second) => {
                let arg = args.into_iter().next().unwrap_or(Val::Undefined);
                self.start(Work::Compose(vec![second.clone(), first.clone()], arg), to_task, depth)
            }
            Func::Transform(transform, scope) => self.start_transform(*transform, scope, args, to_task, depth),
        }
    }

    fn enter(&mut self, closure: &Closure, args: Vec<Val>, context: Val, to_task: bool, depth: u32) -> Result<(), Error> {
        let mut args = args;
        if let Some(signature) = &closure.signature {
            args = self.validated(signature, &args, &context)?;
        }
        let mut args = args.into_iter();
        // A call makes a scope and a frame: as much work as some instructions.
        self.work(CALL)?;
        self.allocate(closure.params.len() * 32)?;
        let vars = closure.params.iter().map(|param| (*param, args.next().unwrap_or(Val::Undefined))).collect();
        let scope = Scope::new(vars, closure.scope.clone());
        self.frames.push(Frame::Call(CallFrame {
            pc: self.pc,
            at: self.at,
            ctx: std::mem::replace(&mut self.ctx, closure.input.clone()),
            scope: self.scope.replace(scope),
            depth: std::mem::replace(&mut self.depth, depth),
            context,
            to_task,
        }));
        self.jump(self.program.lambdas[closure.lambda].entry);
        Ok(())
    }

    /// Back to the caller.
    pub(super) fn leave(&mut self, frame: CallFrame) {
        self.pc = frame.pc;
        self.at = frame.at;
        self.ctx = frame.ctx;
        self.scope = frame.scope;
        self.depth = frame.depth;
    }

    /// Gives a result to who waits for it.
    pub(super) fn deliver(&mut self, value: Val, to_task: bool) {
        if to_task {
            self.pending = Some(Pending::Result(value));
        } else {
            self.push(value);
        }
    }

    fn validated(&self, signature: &Signature, args: &[Val], context: &Val) -> Result<Vec<Val>, Error> {
        signature.validate(args, context).map_err(|Mismatch { code, index, expected }| {
            let value = if code == "T0411" { Some(context) } else { args.get(index - 1) };
            let mut error = self.error(code).with_index(index);
            if let Some(value) = value.and_then(|value| value.clone().shown()) {
                error = error.with_value(value);
            }
            match expected {
                Some(expected) => error.with_text(expected),
                None => error,
            }
        })
    }

    fn call_native(&mut self, native: u8, args: Vec<Val>, context: &Val, to_task: bool, depth: u32) -> Result<Option<Val>, Error> {
        let Native { body, name, .. } = self.native(native);
        let valid = self.validated(functions::signature(native), &args, context).map_err(|error| error.with_token(name));
        // What is given once more is no longer shared, and need not be copied to be changed.
        drop(args);
        let mut args = valid?;
        let named = |error: Error| if error.token().is_none() { error.with_token(name) } else { error };
        match body {
            Body::Number(body) => Ok(Some(args[0].as_f64().map_or(Val::Undefined, |number| Val::num(body(number))))),
            Body::Text(body) => self.of_text(*body, &args[0]).map(Some).map_err(named),
            Body::Plain(body) => body(self, &mut args).map(Some).map_err(named),
            Body::Calling(body) => match body(self, &mut args).map_err(named)? {
                functions::Started::Done(value) => Ok(Some(value)),
                functions::Started::Work(work) => self.start(work, to_task, depth),
            },
        }
    }

    /// A function of a text alone.
    fn of_text(&mut self, body: fn(&str) -> String, value: &Val) -> Result<Val, Error> {
        let Some(text) = value.as_str() else { return Ok(Val::Undefined) };
        self.work(text.len() / 8)?;
        self.text(&body(text))
    }

    /// Begins work that calls functions.
    pub(super) fn start(&mut self, work: Work, to_task: bool, depth: u32) -> Result<Option<Val>, Error> {
        self.frames.push(Frame::Task(Box::new(Task { work, depth, to_task, at: self.at })));
        self.pending = Some(Pending::Start);
        Ok(None)
    }

    /// Lets the native functions on top of the frames go on until one needs the machine to run.
    pub(super) fn settle(&mut self) -> Result<(), Error> {
        while let Some(pending) = self.pending.take() {
            let news = match pending {
                Pending::Start => None,
                Pending::Result(value) => Some(value),
            };
            let Some(frame) = self.frames.pop() else { continue };
            match frame {
                Frame::Task(task) => self.go_on(task, news)?,
                Frame::Transform(frame) => self.transform_go_on(frame, news)?,
                other => self.frames.push(other),
            }
        }
        Ok(())
    }
}

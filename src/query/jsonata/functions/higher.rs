//! Functions that call functions.

use super::{Args, Started, take};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::{Machine, Merges, Over, What, Work, arity};
use crate::query::jsonata::operators::compare_texts;
use crate::query::jsonata::val::{Func, Val};
use std::rc::Rc;

fn func(args: Args, index: usize) -> Option<Rc<Func>> {
    match take(args, index) {
        Val::Func(func) => Some(func),
        _ => None,
    }
}

/// A function over an array, or an object.
fn over(machine: &Machine, args: Args, what: What) -> Result<Started, Error> {
    let whole = take(args, 0);
    if whole.is_undefined() {
        return Ok(Started::Done(whole));
    }
    match func(args, 1) {
        Some(func) => Ok(Started::Work(Over::start(what, whole, func))),
        None => Err(machine.error("T0410").with_index(2)),
    }
}

pub fn map(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    over(machine, args, What::Map)
}

pub fn filter(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    over(machine, args, What::Filter)
}

pub fn single(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    if args[0].is_undefined() || args.get(1).is_some_and(Val::is_function) {
        return over(machine, args, What::Single);
    }
    match args[0].len() {
        1 => Ok(Started::Done(args[0].item(0))),
        0 => Err(machine.error("D3139")),
        _ => Err(machine.error("D3138").with_index(1)),
    }
}

pub fn each(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    over(machine, args, What::Each)
}

pub fn sift(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    over(machine, args, What::Sift)
}

pub fn reduce(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    let items = take(args, 0);
    if items.is_undefined() {
        return Ok(Started::Done(items));
    }
    let Some(func) = func(args, 1) else { return Err(machine.error("T0410").with_index(2)) };
    let arity = arity(&func);
    if arity < 2 {
        return Err(machine.error("D3050").with_index(1));
    }
    let start = take(args, 2);
    let (value, index) = if start.is_undefined() && items.len() > 0 { (items.item(0), 1) } else { (start, 0) };
    Ok(Started::Work(Work::Reduce { func, arity, items, index, value }))
}

pub fn sort(machine: &mut Machine, args: Args) -> Result<Started, Error> {
    let array = take(args, 0);
    if array.is_undefined() || array.len() <= 1 {
        return Ok(Started::Done(array));
    }
    machine.allocate_items(array.len())?;
    if let Some(func) = func(args, 1) {
        let merges = Merges::new(array.len());
        return Ok(Started::Work(Work::Sort { func, items: array, merges }));
    }
    let items = array.into_items();
    // A comparison costs a step: there are about so many.
    machine.work(items.len() * items.len().ilog2() as usize)?;
    let mut all_numbers = true;
    for item in &items {
        all_numbers &= machine.numeric(item)?.is_some();
    }
    if !all_numbers && !items.iter().all(|item| item.as_str().is_some()) {
        return Err(machine.error("D3070").with_index(1));
    }
    let mut merges = Merges::new(items.len());
    merges.run(|left, right| {
        let (a, b) = (&items[left], &items[right]);
        Ok(match (a.as_str(), b.as_str()) {
            (Some(a), Some(b)) => compare_texts(a, b).is_gt(),
            _ => a.as_f64() > b.as_f64(),
        })
    })?;
    Ok(Started::Done(Val::list(merges.order().map(|place| items[place].clone()).collect())))
}

//! Drives an execution with real time and the sandbox. One run at a time: a second one stops the first.

mod drive;
mod inbox;
mod test;

use super::checkup::DefinitionCheck;
use super::run::{Run, RunCore};
use super::workspace::Workspace;
use crate::asl;
use crate::bridge::clock;
use crate::check::Diagnostic;
use crate::engine::{Data, Event, Execution, KnownMachine, Options, SendError, Sent, Status};
use crate::order::Map;
use crate::share::{RunOptions, Speed};
use crate::text::{LineIndex, Position, Span};
use crate::ui::prelude::*;
use drive::{Drive, MEMORY};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
pub use test::run as test;

type OnEvents = dyn FnMut(&[Event]);
type OnDone = dyn FnOnce(Option<&RunCore>);

/// Someone who follows a run from outside of the page's panels.
pub struct Follower {
    /// Gets each event once, some at a time.
    pub events: Box<OnEvents>,
    /// What is done when the run is over; it is none where it was forgotten before.
    pub done: Box<OnDone>,
}

thread_local! {
    /// The run in progress.
    static CURRENT: RefCell<Option<Rc<RefCell<Drive>>>> = const { RefCell::new(None) };
}

/// Runs the document as it stands; a run in progress is stopped first.
pub fn start(workspace: Workspace) {
    start_with(workspace, workspace.speed.get_untracked(), None, None);
}

/// Runs the document at a speed, in no more memory than so many bytes.
pub fn start_with(workspace: Workspace, speed: Speed, memory: Option<usize>, follower: Option<Follower>) {
    stop(workspace);
    forget_broken(workspace);
    let now = workspace.run_options.with_untracked(RunOptions::start_time).unwrap_or_else(clock::today);
    let Some((execution, input)) = execution(workspace, now) else { return };
    let run = workspace.begin_run(RunCore { execution: Some(execution), input, ..RunCore::default() });
    let limit = (workspace.call_limit.get_untracked() * 1000.0) as i64;
    let drive = workspace
        .functions
        .with_untracked(|functions| Drive::new(run, functions, limit, speed, memory.unwrap_or(MEMORY), follower));
    go(workspace, run, drive);
}

/// Starts a run that did not succeed again from where it failed, with the functions as they are now; a run in progress is stopped first.
pub fn redrive(workspace: Workspace, run: Run) {
    stop(workspace);
    forget_broken(workspace);
    workspace.settle();
    let redriven = run.change(|core| {
        let execution = core.execution.as_mut()?;
        execution.handle_redrive(execution.now()).ok()?;
        core.halt = None;
        core.broken = None;
        Some(())
    });
    if redriven.flatten().is_none() {
        return;
    }
    run.status.set(Status::Running);
    run.show();
    let limit = (workspace.call_limit.get_untracked() * 1000.0) as i64;
    let speed = workspace.speed.get_untracked();
    let drive = workspace.functions.with_untracked(|functions| Drive::new(run, functions, limit, speed, MEMORY, None));
    go(workspace, run, drive);
}

/// Sends a token of the run in progress back, as someone outside does.
pub fn send(token: &str, sent: Sent) -> Result<(), SendError> {
    CURRENT.with_borrow(|current| current.as_ref().map_or(Ok(()), |drive| drive.borrow_mut().send(token, sent)))
}

/// Lets the clock of the run in progress jump to what is next.
pub fn skip() {
    CURRENT.with_borrow(|current| current.iter().for_each(|drive| drive.borrow_mut().skip()));
}

fn go(workspace: Workspace, run: Run, drive: Drive) {
    let drive = Rc::new(RefCell::new(drive));
    CURRENT.set(Some(drive.clone()));
    spawn_local(async move {
        drive::drive(&drive).await;
        forget(&drive);
        show_broken(workspace, run);
        say_outcome(workspace, run);
    });
}

/// Ends the run in progress, keeping its events.
pub fn stop(workspace: Workspace) {
    if let Some(drive) = CURRENT.take() {
        let run = drive.borrow_mut().stop();
        drive::finish(&drive);
        say_outcome(workspace, run);
    }
}

/// Lets go of what a run found wrong with the functions as soon as their text is another.
pub fn follow(workspace: Workspace) {
    Effect::new(move |_| {
        workspace.functions.track();
        forget_broken(workspace);
    });
}

/// The code of the problem that functions could not be loaded.
const NOT_LOADED: &str = "functions-not-loaded";

fn forget_broken(workspace: Workspace) {
    let is_broken = |problem: &Diagnostic| problem.code == NOT_LOADED;
    if workspace.function_problems.with_untracked(|problems| problems.iter().any(is_broken)) {
        workspace.function_problems.update(|problems| problems.retain(|problem| !is_broken(problem)));
    }
}

/// Shows at its line why the functions could not be loaded.
fn show_broken(workspace: Workspace, run: Run) {
    let Some(broken) = run.change(|core| core.broken.clone()).flatten() else { return };
    let span = workspace.functions.with_untracked(|text| {
        let place = broken.line.map(|line| Position { line, column: broken.column.unwrap_or(1) });
        Span::at(place.map_or(0, |place| LineIndex::new(text).offset(text, place)))
    });
    let problem = Diagnostic::error(NOT_LOADED, span, broken.message);
    workspace.function_problems.update(|problems| problems.push(problem));
}

/// The execution of the document as it stands; none where its texts can't be read at all.
fn execution(workspace: Workspace, now: crate::timestamp::Timestamp) -> Option<(Execution, String)> {
    workspace.settle();
    let (definition, _) = workspace.checked.with_untracked(|checked| asl::lower(&checked.checked.tree));
    let input = workspace.input.with_untracked(|input| if input.trim().is_empty() { "{}".to_owned() } else { input.clone() });
    let data = Data::given(&input).ok()?;
    let chosen = workspace.run_options.get_untracked();
    let seed = chosen.seed_number().unwrap_or_else(clock::seed);
    let options = Options {
        name: if chosen.name.is_empty() { name_of(seed).into() } else { chosen.name.into() },
        quotas: chosen.quotas,
        objects: Arc::new(workspace.objects.get_untracked()),
        machines: Arc::new(machines(workspace)),
        machine_name: workspace.name.with_untracked(|name| crate::spec::machine_name(name)).into(),
        workflow_type: workspace.workflow_type.get_untracked(),
        start: now,
        seed,
        ..Options::default()
    };
    Some((Execution::start(Arc::new(definition), data, options), input))
}

/// The further machines as they stand.
fn machines(workspace: Workspace) -> Map<String, KnownMachine> {
    let types = workspace.machines.get_untracked();
    let known = |(name, check): (&String, &Arc<DefinitionCheck>)| {
        let definition = Arc::new(asl::lower(&check.checked.tree).0);
        let workflow_type = types.get(name).map(|machine| machine.workflow_type).unwrap_or_default();
        (name.clone(), KnownMachine { definition, workflow_type })
    };
    workspace.machine_checks.with_untracked(|checks| checks.iter().map(known).collect())
}

/// A name as the console makes one: a UUID.
fn name_of(seed: u64) -> String {
    let low = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        seed as u32,
        seed >> 32 & 0xFFFF,
        low & 0xFFF,
        low >> 12 & 0xFFF,
        low >> 16 & 0xFFFF_FFFF_FFFF
    )
}

fn forget(drive: &Rc<RefCell<Drive>>) {
    CURRENT.with_borrow_mut(|current| {
        if current.as_ref().is_some_and(|current| Rc::ptr_eq(current, drive)) {
            *current = None;
        }
    });
}

fn say_outcome(workspace: Workspace, run: Run) {
    if let Some(status) = run.status.try_get_untracked().filter(|status| *status != Status::Running) {
        workspace.announce(run.with_untracked(|core| super::run::outcome_words(core, status)));
    }
}

//! `Task`: calls, their answers, timeouts and heartbeats.

use super::call::{Answer, TaskCall, WaitingTask};
use super::event::{Data, Details, Scheduled};
use super::fault::{Fault, HEARTBEAT_TIMEOUT, TIMEOUT};
use super::frame::{Calling, Phase};
use super::nested::Started;
use super::run::{ChainId, Parent, Run, RunId, Start};
use super::step::{Progress, Step};
use super::{StatesError, nested};
use crate::asl::kinds::{Kind, Task};
use crate::asl::{Pattern, Resource, State, TaskName};
use crate::value::Value;
use std::sync::Arc;

impl<'a> Step<'a> {
    /// Schedules the call of a Task.
    pub(super) fn call(&mut self, chain: ChainId, state: &State, task: &Task) -> Result<Progress, Fault> {
        let input = self.input(chain);
        let activity = matches!(*task.resource, Resource::Activity(_));
        let token: Option<Arc<str>> = task.resource.awaits_token().then(|| self.world.random.uuid().into());
        // An activity's token is for its worker alone, not part of the context object.
        let seen = token.as_deref().filter(|_| !activity);
        let context = self.context(chain, state, seen);
        let mut fields = self.fields(chain, state, &input);
        if state.reads_context {
            fields.context = context.clone();
        }
        let selected = fields.selected_input()?;
        let timeout = task.timeout.as_ref().map(|source| fields.timeout(source, "TimeoutSeconds", &selected)).transpose()?;
        let heartbeat = task.heartbeat.as_ref().map(|source| fields.timeout(source, "HeartbeatSeconds", &selected)).transpose()?;
        let role_arn = match &task.credentials {
            Some(role) => Some(fields.text(role, "Credentials/RoleArn", &selected)?),
            None => None,
        };
        let arguments = fields.arguments(selected)?;
        if self.world.options.quotas.payload && arguments.size() > crate::spec::limits::MAX_PAYLOAD_BYTES {
            return Err(Fault::too_large(&state.name));
        }
        if let Resource::Activity(arn) = &*task.resource
            && !self.world.options.has_activity(arn)
        {
            return Err(Fault::runtime(format!("The activity {arn} does not exist.")));
        }
        let scheduled = Scheduled {
            task: task.name.clone(),
            region: self.world.options.region.clone(),
            input: self.task_data(chain, state, &arguments),
            timeout_seconds: timeout,
            heartbeat_seconds: heartbeat,
            role_arn,
        };
        self.tell_scheduled(chain, &task.resource, scheduled);
        self.begin(chain, state, task, Asked { arguments, context, token, timeout, heartbeat });
        Ok(Progress::Under)
    }

    /// A call's input: raw where the state's input goes through untouched.
    fn task_data(&mut self, chain: ChainId, state: &State, arguments: &Value) -> Data {
        let through = state.flow.arguments.is_none() && matches!(state.flow.input_path, crate::asl::flow::Place::Whole);
        if through { self.input(chain) } else { Data::Value(arguments.clone()) }
    }

    fn tell_scheduled(&mut self, chain: ChainId, resource: &Resource, scheduled: Scheduled) {
        let task = scheduled.task.clone();
        let scheduled = Box::new(scheduled);
        match resource {
            Resource::Service { .. } => {
                self.event(chain, Details::TaskScheduled(scheduled));
                self.event(chain, Details::TaskStarted { task });
            }
            Resource::Activity(_) => {
                self.event(chain, Details::ActivityScheduled(scheduled));
                let worker_name = self.world.options.worker_name.clone();
                self.event(chain, Details::ActivityStarted { worker_name });
            }
            Resource::Lambda(_) | Resource::Other(_) => {
                self.event(chain, Details::LambdaFunctionScheduled(scheduled));
                self.event(chain, Details::LambdaFunctionStarted);
            }
        }
    }

    /// Hands the call out, or starts the machine that it names.
    fn begin(&mut self, chain: ChainId, state: &State, task: &Task, asked: Asked) {
        let now = self.now();
        let call = self.world.new_call(self.id, chain, asked.token.as_ref());
        let timeout = asked.timeout.map(|seconds| now.plus_millis(seconds.saturating_mul(1000)));
        // Only who holds a token can send a heartbeat.
        let heartbeat = asked.heartbeat.filter(|_| asked.token.is_some());
        let heartbeat = heartbeat.map(|seconds| (seconds, now.plus_millis(seconds.saturating_mul(1000))));
        let calling = Calling { call, submitted: false, token: asked.token.clone(), since: now, timeout, heartbeat, child: None };
        let Some(frame) = self.run.frame(chain) else { return };
        let attempt = frame.retry_count;
        frame.phase = Phase::Calling(Box::new(calling));
        self.set_deadline(chain);
        if self.start_nested(chain, task, &asked.arguments) {
            return;
        }
        self.world.calls.push(TaskCall {
            id: call,
            run: self.id,
            state: self.run.frame(chain).map_or(crate::asl::StateId(0), |frame| frame.state),
            state_name: state.name.clone(),
            resource: task.resource.clone(),
            arguments: asked.arguments,
            context: asked.context,
            attempt,
            deadline: timeout,
            token: asked.token,
        });
    }

    /// Sets the timer for whichever of timeout and heartbeat comes first.
    fn set_deadline(&mut self, chain: ChainId) {
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Calling(calling) = &frame.phase else { return };
        let heartbeat = calling.heartbeat.map(|(_, due)| due);
        if let Some(at) = calling.timeout.into_iter().chain(heartbeat).min() {
            self.set_timer(chain, at);
        }
    }

    /// A call's time is over.
    pub(super) fn call_timed_out(&mut self, chain: ChainId) {
        let now = self.now();
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Calling(calling) = &frame.phase else { return };
        let heart_stopped = calling.timeout.is_none_or(|timeout| timeout > now);
        let names_it = self.task_of(chain).is_some_and(|(_, task)| task.handlers.name(HEARTBEAT_TIMEOUT));
        // A heartbeat that is missed is a timeout like any other, unless the state asks for its own name.
        let failure = StatesError::named(if heart_stopped && names_it { HEARTBEAT_TIMEOUT } else { TIMEOUT });
        let Some((task, resource)) = self.end_calling(chain) else { return };
        self.event(
            chain,
            match *resource {
                Resource::Service { .. } => Details::TaskTimedOut { task, failure: failure.clone() },
                Resource::Activity(_) => Details::ActivityTimedOut(failure.clone()),
                _ => Details::LambdaFunctionTimedOut(failure.clone()),
            },
        );
        self.fail(chain, failure, false);
    }

    /// The call was answered.
    pub(super) fn answered(&mut self, chain: ChainId, answer: Answer) {
        let Some((state, task)) = self.task_of(chain) else { return };
        let waits = task.resource.pattern() != Pattern::RequestResponse;
        match answer {
            Answer::Submitted(output) if waits => self.submitted(chain, task, output),
            // An activity's worker has the task: its token is awaited.
            Answer::Submitted(_) if matches!(*task.resource, Resource::Activity(_)) => self.taken(chain),
            Answer::Submitted(output) | Answer::Succeeded(output) => {
                if waits {
                    self.submitted(chain, task, Value::empty_object());
                }
                self.succeeded(chain, state, task, output);
            }
            Answer::Failed(failure) => self.call_failed(chain, failure),
            Answer::Refused(failure) => {
                self.end_calling(chain);
                self.end_run(chain, super::Status::Failed, failure.clone());
                // No run around it may go on as if that were an error of the workflow.
                self.world.refused = Some(failure);
            }
        }
    }

    /// An activity's worker goes on with the task by itself.
    fn taken(&mut self, chain: ChainId) {
        if let Some(frame) = self.run.frame(chain)
            && let Phase::Calling(calling) = &mut frame.phase
        {
            calling.submitted = true;
        }
    }

    fn submitted(&mut self, chain: ChainId, task: &Task, output: Value) {
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Calling(calling) = &mut frame.phase else { return };
        if std::mem::replace(&mut calling.submitted, true) {
            return;
        }
        self.event(chain, Details::TaskSubmitted { task: task.name.clone(), output: output.into() });
    }

    fn succeeded(&mut self, chain: ChainId, state: &State, task: &Task, output: Value) {
        let output = Data::Value(output);
        if self.too_large(&output) {
            let name = match &*task.resource {
                Resource::Service { service, .. } => service,
                other => other.text(),
            };
            return self.call_failed(chain, StatesError::too_large(name));
        }
        let Some((task, resource)) = self.end_calling(chain) else { return };
        self.event(
            chain,
            match *resource {
                Resource::Service { .. } => Details::TaskSucceeded { task, output: output.clone() },
                Resource::Activity(_) => Details::ActivitySucceeded { output: output.clone() },
                _ => Details::LambdaFunctionSucceeded { output: output.clone() },
            },
        );
        let input = self.input(chain);
        let outcome = self.fields(chain, state, &input).outcome(output.value().clone());
        self.progress(chain, state, outcome.map(Progress::Given));
    }

    fn call_failed(&mut self, chain: ChainId, failure: StatesError) {
        let failure = failure.within_limits();
        let Some((task, resource)) = self.end_calling(chain) else { return };
        self.event(
            chain,
            match *resource {
                Resource::Service { .. } => Details::TaskFailed { task, failure: failure.clone() },
                Resource::Activity(_) => Details::ActivityFailed(failure.clone()),
                _ => Details::LambdaFunctionFailed(failure.clone()),
            },
        );
        self.fail(chain, failure, false);
    }

    /// The call is over: nothing waits for it any more.
    fn end_calling(&mut self, chain: ChainId) -> Option<(Arc<TaskName>, Arc<Resource>)> {
        let (_, task) = self.task_of(chain)?;
        let named = (task.name.clone(), task.resource.clone());
        let frame = self.run.frame(chain)?;
        frame.generation = frame.generation.wrapping_add(1);
        let phase = std::mem::replace(&mut frame.phase, Phase::Ended);
        self.let_go(&phase);
        Some(named)
    }

    fn task_of(&mut self, chain: ChainId) -> Option<(&'a State, &'a Task)> {
        let machine = self.machine;
        let frame = self.run.frame(chain)?;
        if !matches!(frame.phase, Phase::Calling(_)) {
            return None;
        }
        let state = machine.state(frame.state);
        match &state.kind {
            Kind::Task(task) => Some((state, task)),
            _ => None,
        }
    }

    /// How the Task that a chain waits for is called.
    pub(super) fn pattern(&mut self, chain: ChainId) -> Option<Pattern> {
        self.task_of(chain).map(|(_, task)| task.resource.pattern())
    }

    /// A heartbeat came: the next one is due anew.
    pub(super) fn beat(&mut self, chain: ChainId) {
        let now = self.now();
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Calling(calling) = &mut frame.phase else { return };
        if let Some((seconds, due)) = &mut calling.heartbeat {
            *due = now.plus_millis(seconds.saturating_mul(1000));
            self.set_deadline(chain);
        }
    }

    /// The execution that a call started is over.
    pub(super) fn nested_over(&mut self, chain: ChainId, child: RunId, answer: Answer) {
        let Some(frame) = self.run.frame(chain) else { return };
        let Phase::Calling(calling) = &mut frame.phase else { return };
        if calling.child == Some(child) {
            calling.child = None;
            self.answered(chain, answer);
        }
    }

    /// Starts a machine that is known here, where the Task calls `states:startExecution`; its answer then comes from within.
    fn start_nested(&mut self, chain: ChainId, task: &Task, arguments: &Value) -> bool {
        let Some(start) = nested::start(&task.resource, arguments, self.run.depth, self.world) else { return false };
        let started = match start {
            Ok(started) => started,
            Err(failure) => {
                self.call_failed(chain, failure);
                return true;
            }
        };
        let Some(frame) = self.run.frame(chain) else { return true };
        let parent = Parent { run: self.id, state: frame.state, entered_event: frame.entered_event, chain };
        let (child, answer) = match started {
            Started::New(start, answer) => (self.world.start_run(Start { parent: Some(parent), ..*start }), answer),
            Started::Known(run, answer) => {
                if task.resource.pattern() == Pattern::Sync {
                    self.world.waiting.push((run, parent));
                }
                (run, answer)
            }
        };
        if task.resource.pattern() == Pattern::Sync {
            if let Some(frame) = self.run.frame(chain)
                && let Phase::Calling(calling) = &mut frame.phase
            {
                calling.child = Some(child);
            }
            self.submitted(chain, task, answer);
        } else {
            self.answered(chain, Answer::Submitted(answer));
        }
        true
    }
}

impl Run {
    /// The task that a chain waits for, where it has a token.
    pub(super) fn waiting_task(&self, run: RunId, chain: ChainId) -> Option<WaitingTask> {
        let frame = self.frames.get(chain.0 as usize)?.as_deref()?;
        let Phase::Calling(calling) = &frame.phase else { return None };
        let heartbeat_due = calling.heartbeat.map(|(_, due)| due);
        Some(WaitingTask {
            call: calling.call,
            run,
            chain,
            state: frame.state,
            state_name: self.machine.state(frame.state).name.clone(),
            token: calling.token.clone()?,
            since: calling.since,
            submitted: calling.submitted,
            timeout: calling.timeout,
            heartbeat_due,
        })
    }
}

/// What a call is made of.
struct Asked {
    arguments: Value,
    context: Value,
    token: Option<Arc<str>>,
    timeout: Option<i64>,
    heartbeat: Option<i64>,
}

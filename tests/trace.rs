//! A trace of any run tells one story: of the examples, and of the recorded executions beside the checkout.

#[path = "../examples/headless/answers.rs"]
mod answers;
mod support;

use answers::Answers;
use asl_playground::asl::{Resource, lower};
use asl_playground::engine::{Answer, Data, Execution, Next, Options, Outcome, Quotas, StatesError, Status as RunStatus};
use asl_playground::json::parse;
use asl_playground::trace::{EventRow, Row, Status, Trace};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What has to hold of the trace of any run, whatever its definition.
fn check(name: &str, execution: &Execution, outcome: &Outcome) {
    let run = &execution.runs()[0];
    let mut trace = Trace::default();
    trace.follow(run);
    assert_eq!(trace.len(), run.events.len(), "{name}");
    let end = trace.end().unwrap_or_else(|| panic!("{name}: no end"));
    assert_eq!(end.mark.at, outcome.stop, "{name}");

    for visit in trace.visits() {
        let words = format!("{name}: {} entered at event {}: {:?}", visit.name, visit.entered.event, visit.status);
        assert!(!visit.status.is_open() && visit.status != Status::NotEntered, "{words}");
        let left = visit.left.unwrap_or_else(|| panic!("{words}, not left"));
        assert!(left.event >= visit.entered.event && left.at >= visit.entered.at, "{words}");
        assert!(visit.attempts.iter().all(|attempt| attempt.ended.is_some() && !attempt.status.is_open()), "{words}");
        assert_eq!(visit.output.is_some(), matches!(visit.status, Status::Succeeded | Status::Caught), "{words}");
        if let Some(iterations) = trace.iterations(visit.id) {
            assert_eq!(iterations.count(Status::Running), 0, "{words}");
        }
        trace.story(visit.id);
    }
    check_events(name, &trace, execution);
    check_rows(name, &trace);
    let entered: u32 =
        trace.transitions().filter(|(step, _)| step.to.is_some()).map(|(_, taken)| taken.regular + taken.caught).sum();
    assert_eq!(entered as usize, trace.visits().len(), "{name}");
    match outcome.status {
        RunStatus::Succeeded => assert!(trace.failed_visit().is_none(), "{name}"),
        RunStatus::Failed => {
            let failed = trace.failed_visit().map(|visit| trace.visit(visit));
            let told = failed.and_then(|visit| visit.failure.as_ref()).map(|failure| &failure.error);
            // A machine that is too large to begin with fails without a state.
            assert!(trace.visits().is_empty() || told.is_some(), "{name}: nobody failed");
        }
        _ => {}
    }
}

/// Each event of a state belongs to a visit of it, and reads as a row.
fn check_events(name: &str, trace: &Trace, execution: &Execution) {
    for event in execution.events() {
        let visit = trace.visit_of_event(event.id).map(|visit| trace.visit(visit).state);
        assert_eq!(visit, event.state, "{name}: event {}", event.id);
        let row = EventRow::new(event, trace);
        assert!(row.elapsed >= 0 && row.tone != Some(Status::Running), "{name}: event {}", event.id);
    }
}

/// Each visit stands in exactly one row.
fn check_rows(name: &str, trace: &Trace) {
    let mut seen = vec![0; trace.visits().len()];
    for row in trace.rows() {
        match row {
            Row::Visit { visit, .. } => seen[visit.0 as usize] += 1,
            Row::Chain { chain, .. } => trace.visits_in(chain).for_each(|visit| seen[visit.id.0 as usize] += 1),
        }
        for segment in trace.segments(row) {
            assert!(segment.from <= segment.to, "{name}");
        }
    }
    assert!(seen.iter().all(|count| *count == 1), "{name}: {seen:?}");
}

#[test]
fn traces_of_the_examples_hold_together() {
    for (example, document) in support::examples() {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/examples/{}.json", example.slug));
        let text = fs::read_to_string(path).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        for case in cases {
            let input = case.get("input").map_or_else(|| document.input.clone(), Value::to_string);
            let (execution, outcome) = support::run(&document, &input, &case["answers"]);
            check(example.slug, &execution, &outcome);
        }
    }
}

/// The recorded executions, beside the checkout.
fn recorded() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    let areas = fs::read_dir(folder).into_iter().flatten().flatten().map(|area| area.path()).filter(|path| path.is_dir());
    let mut cases: Vec<PathBuf> =
        areas.flat_map(|area| fs::read_dir(area).into_iter().flatten().flatten().map(|case| case.path())).collect();
    cases.sort();
    cases
}

/// Runs a recorded case; none where it waits for somebody for ever.
fn run_recorded(case: &Value) -> Option<(Execution, Outcome)> {
    let text = case["definition"].as_str().map_or_else(|| case["definition"].to_string(), str::to_string);
    let (machine, _) = lower(&parse(&text).root);
    let input = Data::given(&case["input"].to_string()).ok()?;
    let options = Options { quotas: Quotas { duration: false, ..Quotas::default() }, ..Options::default() };
    let mut execution = Execution::start(Arc::new(machine), input, options);
    let mut answers = Answers::of(case);
    for _ in 0..10_000 {
        match execution.poll(1_000) {
            Next::Done(outcome) => return Some((execution, outcome)),
            Next::Working => {}
            Next::Wait { start, wake_at } => {
                let now = execution.now();
                for call in &start {
                    let service = matches!(*call.resource, Resource::Service { .. });
                    let answer = answers.next(&call.state_name, &call.arguments, service);
                    let answer = answer.and_then(|given| given.submitted.map(Answer::Submitted).or(given.answer));
                    let refused = || Answer::Refused(StatesError::named("Unanswered"));
                    execution.handle_answer(call.id, answer.unwrap_or_else(refused), now);
                }
                match wake_at {
                    Some(at) if start.is_empty() => execution.handle_time(at),
                    None if start.is_empty() => return None,
                    _ => {}
                }
            }
        }
    }
    None
}

#[test]
fn traces_of_recorded_executions_hold_together() {
    let cases = recorded();
    if cases.is_empty() {
        println!("the recorded executions are not beside the checkout");
    }
    let mut checked = 0;
    for path in &cases {
        let case: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        if case["kind"] == "execution"
            && let Some((execution, outcome)) = run_recorded(&case)
        {
            check(&path.file_name().unwrap().to_string_lossy(), &execution, &outcome);
            checked += 1;
        }
    }
    assert!(cases.is_empty() || checked > 600, "{checked}");
}

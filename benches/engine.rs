//! How many state transitions a second the interpreter makes, with the full history: the cases beside the checkout.

use asl_playground::asl;
use asl_playground::engine::{Answer, Data, Details, Execution, Next, Options, Quotas, TaskCall};
use asl_playground::json;
use asl_playground::value::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CASES: [&str; 6] = ["1-counter-loop", "2-map-pass", "3-parallel-pass", "4-task-loop", "5-jsonata-loop", "6-fat-loop"];

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    for case in CASES {
        match read(&folder, case) {
            Some((definition, input)) => measure(case, &definition, &input),
            None => println!("{case} is absent"),
        }
    }
}

fn read(folder: &Path, case: &str) -> Option<(String, String)> {
    let text = |end: &str| std::fs::read_to_string(folder.join(format!("{case}.{end}"))).ok();
    Some((text("asl.json")?, text("input.json")?))
}

fn measure(case: &str, definition: &str, input: &str) {
    let started = Instant::now();
    let (machine, _) = asl::lower(&json::parse(definition).root);
    let lowered = started.elapsed();
    let machine = Arc::new(machine);
    let (mut best, mut transitions, mut events, mut status) = (Duration::MAX, 0, 0, "");
    for _ in 0..7 {
        let Ok(input) = Data::given(input) else { return println!("{case}: the input is not JSON") };
        let options = Options { quotas: Quotas::OFF, ..Options::default() };
        let started = Instant::now();
        let mut execution = Execution::start(machine.clone(), input, options);
        status = run(&mut execution);
        best = best.min(started.elapsed());
        events = execution.events().len();
        let entered = execution.events().iter().filter(|event| matches!(*event.details, Details::StateEntered { .. }));
        transitions = entered.count();
    }
    let rate = transitions as f64 / best.as_secs_f64();
    println!(
        "{case:16} {transitions:6} transitions {events:6} events {:9.2} ms {rate:10.0}/s  lowered in {:.2} ms  {status}",
        best.as_secs_f64() * 1000.0,
        lowered.as_secs_f64() * 1000.0
    );
}

fn run(execution: &mut Execution) -> &'static str {
    loop {
        match execution.poll(1_000_000) {
            Next::Done(outcome) => return outcome.status.name(),
            Next::Working => {}
            Next::Wait { start, wake_at } => {
                for call in &start {
                    let now = execution.now();
                    execution.handle_answer(call.id, Answer::Succeeded(increased(call)), now);
                }
                match wake_at {
                    Some(at) if start.is_empty() => execution.handle_time(at),
                    None if start.is_empty() => return "WAITING",
                    _ => {}
                }
            }
        }
    }
}

/// The mock of the task loop: `({i, n}) => ({i: i + 1, n})`.
fn increased(call: &TaskCall) -> Value {
    let number = |name: &str| call.arguments.get(name).and_then(Value::as_i64).unwrap_or_default();
    Value::object([("i".into(), Value::from(number("i") + 1)), ("n".into(), Value::from(number("n")))])
}

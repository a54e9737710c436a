//! How long a definition takes to be laid out: the real ones beside the checkout, and large ones made here.

use asl_playground::graph;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    real_definitions();
    for count in [33, 200, 1_000, 5_000] {
        for (name, text) in [("chain", chain(count)), ("mixed", mixed(count))] {
            println!("{count:5} states, {name}  {:8.2} ms", milliseconds(best_of(if count > 1_000 { 1 } else { 3 }, &text)));
        }
    }
}

fn real_definitions() {
    for folder in ["../shared/corpus", "../shared/corpus/stress"] {
        let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else {
            println!("{folder} is absent");
            continue;
        };
        let (mut total, mut slowest) = (Duration::ZERO, (Duration::ZERO, String::new()));
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "json")) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let time = best_of(5, &text);
            total += time;
            if time > slowest.0 {
                slowest = (time, path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            }
        }
        println!("{folder}: all {:.2} ms, the slowest {:.2} ms ({})", milliseconds(total), milliseconds(slowest.0), slowest.1);
    }
}

fn best_of(times: usize, text: &str) -> Duration {
    let time = || {
        let start = Instant::now();
        std::hint::black_box(graph::layout(std::hint::black_box(text)));
        start.elapsed()
    };
    (0..times).map(|_| time()).min().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// States one after another.
fn chain(count: usize) -> String {
    let state = |at: usize| match at + 1 < count {
        true => format!(r#""S{at}": {{"Type": "Pass", "Next": "S{}"}}"#, at + 1),
        false => format!(r#""S{at}": {{"Type": "Pass", "End": true}}"#),
    };
    definition((0..count).map(state).collect())
}

/// Tasks with catchers, choices that lead on or back a little, all in one scope.
fn mixed(count: usize) -> String {
    let name = |at: usize| if at < count { format!("S{at}") } else { "Done".to_owned() };
    let state = |at: usize| match at % 5 {
        2 => format!(
            r#""S{at}": {{"Type": "Choice", "Default": "{}", "Choices": [
                {{"Variable": "$.a", "NumericEquals": {at}, "Next": "{}"}},
                {{"Variable": "$.b", "BooleanEquals": true, "Next": "S{}"}}]}}"#,
            name(at + 1),
            name(at + 3),
            at.saturating_sub(3 + at % 7),
        ),
        4 => format!(
            r#""S{at}": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "{}",
                "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "Failed"}}]}}"#,
            name(at + 1),
        ),
        _ => format!(r#""S{at}": {{"Type": "Pass", "Next": "{}"}}"#, name(at + 1)),
    };
    let ends = [r#""Done": {"Type": "Succeed"}"#, r#""Failed": {"Type": "Fail"}"#].map(str::to_owned);
    definition((0..count).map(state).chain(ends).collect())
}

fn definition(states: Vec<String>) -> String {
    format!(r#"{{"StartAt": "S0", "States": {{{}}}}}"#, states.join(",\n"))
}

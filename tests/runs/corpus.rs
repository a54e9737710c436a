//! Every definition beside the checkout lowers and runs to an end.

use crate::guess::{self, Mood};
use crate::workflow::{START, check_history, text_of};
use asl_playground::asl;
use asl_playground::engine::{Data, Execution, Next, Options};
use asl_playground::json;
use asl_playground::query::random::Random;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn definitions() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("../shared/corpus is absent");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let text = |path: PathBuf| Some((path.file_name()?.to_string_lossy().into_owned(), std::fs::read_to_string(&path).ok()?));
    paths.into_iter().filter_map(text).collect()
}

fn run(machine: &Arc<asl::Definition>, mood: Mood, seed: u64) -> Execution {
    let mut random = Random::new(seed as i64);
    let input = Data::given(r#"{"items": [1, 2], "id": "x", "count": 1, "name": "n"}"#).expect("JSON");
    let options = Options { start: START, seed, ..Options::default() };
    let mut execution = Execution::start(machine.clone(), input, options);
    let mut calls = 0;
    for _ in 0..100_000 {
        match execution.poll(1_000) {
            Next::Done(_) => return execution,
            Next::Working => {}
            Next::Wait { start, wake_at } => {
                let now = execution.now();
                let idle = start.is_empty();
                for call in start {
                    calls += 1;
                    // A workflow that polls until a job is done would do so for a year.
                    let answer = guess::answer(&call, machine, if calls > 2_000 { Mood::Fails } else { mood }, &mut random);
                    execution.handle_answer(call.id, answer, now);
                }
                if idle {
                    execution.handle_time(wake_at.expect("something wakes a run that waits"));
                }
            }
        }
    }
    panic!("the run doesn't end");
}

#[test]
fn every_definition_runs_to_an_end() {
    for (name, text) in definitions() {
        let parsed = json::parse(&text);
        let (machine, _) = asl::lower(&parsed.root);
        let machine = Arc::new(machine);
        for (mood, seed) in [(Mood::Returns, 1), (Mood::Fails, 2), (Mood::Fails, 3)] {
            let execution = run(&machine, mood, seed);
            assert_eq!(text_of(&execution), text_of(&run(&machine, mood, seed)), "{name}: the same twice");
            for run in execution.runs() {
                check_history(&run.events, &run.chains, run.outcome.is_some());
            }
        }
    }
}

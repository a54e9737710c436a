//! The interpreter against what the service recorded, and against real definitions, where they lie beside the checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Cases that agree, by kind; the numbers may only grow.
///
/// Of the executions, four tell the name of an activity's worker, which no case gives, and one shows a number where the service shows a text.
const AGREED: [(&str, usize); 3] = [("execution", 654), ("test_state", 113), ("validation", 22)];

fn beside(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !found.exists() {
        println!("../shared/{path} is absent");
        return None;
    }
    Some(found)
}

/// The headless example, which cargo builds along with the tests.
fn headless() -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows where it is");
    let target = tests.parent().and_then(Path::parent).expect("tests lie in target/<profile>/deps");
    target.join("examples").join("headless")
}

#[test]
fn recorded_cases_agree() {
    let (Some(runner), Some(_)) = (beside("tools/run_conformance.py"), beside("conformance")) else { return };
    assert!(headless().exists(), "build the headless example first: cargo build --example headless");
    for (kind, agreed) in AGREED {
        let mut command = Command::new("python3");
        command.arg(&runner).args(["--kind", kind, "--show", "--"]).arg(headless());
        let Ok(output) = command.output() else { return println!("python3 is absent") };
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let last = told.lines().last().unwrap_or_default();
        let count: usize = last.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        assert!(count >= agreed, "{kind}: {agreed} agreed before, now {last}\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
    }
}

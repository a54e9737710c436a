//! Breaks each real definition in one way after another and asks whether the checker finds it, at the broken place.
//!
//! The definitions lie beside the checkout (`../shared/corpus`); where they don't, that is said and nothing is tested.

#[path = "mutations/kinds.rs"]
mod kinds;

use asl_playground::check::{Options, Severity, check};
use asl_playground::text::Span;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// A definition with one mistake, and where it is.
pub struct Mutant {
    pub text: String,
    /// A problem must be told at a place that touches this.
    pub place: Span,
}

/// Of each kind, one mutant is made of a definition; which one turns with the definition, so that all places get their turn.
const PER_KIND: usize = 1;

/// How many of a hundred mutants must be found.
const WANTED: f64 = 98.0;

#[test]
fn mistakes_are_found_where_they_are() {
    let definitions = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"));
    if definitions.is_empty() {
        say("mutations: ../shared/corpus is absent");
        return;
    }
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for (turn, (name, text)) in definitions.iter().enumerate() {
        if check(text, &Options::default()).diagnostics.iter().any(|problem| problem.severity == Severity::Error) {
            continue;
        }
        for (kind, make) in kinds::KINDS {
            let mutants = make(text);
            let chosen = mutants.iter().cycle().skip(turn).take(PER_KIND.min(mutants.len()));
            for mutant in chosen {
                let count = counts.entry(kind).or_default();
                count.1 += 1;
                if is_found(mutant) {
                    count.0 += 1;
                } else {
                    missed.push(describe(kind, name, mutant));
                }
            }
        }
    }
    let (found, all) = counts.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    let share = found as f64 * 100.0 / all as f64;
    say(&format!(
        "mutations: {found} of {all} found at their place ({share:.1} %), {} kinds of {}",
        counts.len(),
        kinds::KINDS.len()
    ));
    missed.sort();
    assert!(counts.len() >= 40, "only {} kinds of mistake were made", counts.len());
    assert!(share >= WANTED, "{counts:?}\nmissed:\n{}", missed[..missed.len().min(60)].join("\n"));
}

fn describe(kind: &str, name: &str, mutant: &Mutant) -> String {
    let line = |offset: usize| mutant.text[..offset].matches('\n').count() + 1;
    let problems = check(&mutant.text, &Options::default()).diagnostics;
    let told: Vec<String> =
        problems.iter().take(3).map(|problem| format!("{} (line {})", problem.message, line(problem.span.start))).collect();
    format!("{kind} in {name} at line {}: {:?}; told: {}", line(mutant.place.start), mutant.place.of(&mutant.text), told.join(", "))
}

fn is_found(mutant: &Mutant) -> bool {
    let touches = |span: Span| span.start <= mutant.place.end && mutant.place.start <= span.end;
    let checked = check(&mutant.text, &Options::default());
    checked.diagnostics.iter().any(|problem| problem.severity == Severity::Error && touches(problem.span))
}

fn read(corpus: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(corpus) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().filter_map(|path| Some((name(path), std::fs::read_to_string(path).ok()?))).collect()
}

/// Past the test harness, which keeps what passing tests print to itself.
fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").expect("standard error can be written");
}

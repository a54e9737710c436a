//! What a reader sees of a drawing is measured here, over real definitions where they lie beside the checkout and over our own.

mod metrics;

use asl_playground::graph;
use metrics::{Metrics, measure};
use std::path::Path;

/// The definitions of a folder with their names, in their order; none where the folder is absent.
fn definitions(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{} is absent", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

fn measure_all(definitions: &[(String, String)]) -> Metrics {
    let mut sum = Metrics::default();
    for (name, text) in definitions {
        let metrics = measure(&graph::layout(text));
        assert_eq!(metrics.faults(), [0; 6], "{name}: {metrics:?}");
        if metrics.crossings > 0 {
            println!("{name}: {} crossings", metrics.crossings);
        }
        sum.add(&metrics);
    }
    println!("{sum:?}");
    sum
}

#[test]
fn real_definitions_are_drawn_well() {
    let sum = measure_all(&definitions("../shared/corpus"));
    assert!(sum.crossings <= 7, "{sum:?}");
    assert!(sum.straight as f64 >= 0.95 * sum.spine as f64, "{sum:?}");
}

#[test]
fn hard_definitions_are_drawn_well() {
    let sum = measure_all(&definitions("../shared/corpus/stress"));
    assert!(sum.crossings <= 25, "{sum:?}");
}

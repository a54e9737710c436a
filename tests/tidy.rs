//! What the project promises about its own text, held as tests: see the invariants in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository by its path from the root, with its text.
struct File {
    path: String,
    text: String,
}

/// What is not ours to keep tidy, or not text.
const LEFT_OUT: [&str; 10] = [
    ".git",
    "target",
    "dist",
    "node_modules",
    "artifacts",
    "corpus",
    "Cargo.lock",
    "package-lock.json",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if LEFT_OUT.contains(&name.as_str()) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending))
                && let Ok(text) = fs::read_to_string(&path)
            {
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.push(File { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "there are files in {folder:?}");
    found
}

/// The files of the core: everything but the two modules that need a browser, the start of the program, and what JavaScript's own library
/// is asked for in the page.
fn core() -> Vec<File> {
    let mut files = files("src", &[".rs"]);
    let tests = test_modules(&files);
    files.retain(|file| {
        let shell = ["src/bridge/", "src/ui/", "src/main.rs", "src/host/page.rs"].iter().any(|shell| file.path.starts_with(shell));
        let test = tests.iter().any(|test| file.path == format!("{test}.rs") || file.path.starts_with(&format!("{test}/")));
        !shell && !test
    });
    files
}

/// The lines of a file that are code and no test, numbered from 1, without comments.
fn code(file: &File) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut lines = file.text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            // What follows is a module of its own (`mod tests;`, left out by its file), one item, or the tests until the end of the file.
            match lines.peek() {
                Some((_, next)) if next.contains("mod ") && next.ends_with('{') => return found,
                _ => lines.next(),
            };
        } else if !line.trim_start().starts_with("//") {
            found.push((at + 1, line));
        }
    }
    found
}

/// The files that a line `#[cfg(test)] mod name;` of another file makes tests.
fn test_modules(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let folder = match file.path.strip_suffix("/mod.rs") {
            Some(folder) => folder.to_owned(),
            None => file.path.trim_end_matches(".rs").to_owned(),
        };
        let lines: Vec<&str> = file.text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]") {
            let name = pair[1].split("mod ").nth(1).and_then(|rest| rest.strip_suffix(';'));
            found.extend(name.map(|name| format!("{folder}/{name}")));
        }
    }
    found
}

/// Where any of the words stands in the code of the core.
fn uses(words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in core() {
        for (number, line) in code(&file) {
            let stands = |word: &&&str| {
                let starts_word = |at: usize| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
                line.match_indices(**word).any(|(at, _)| !word.starts_with(char::is_alphabetic) || starts_word(at))
            };
            found.extend(words.iter().filter(stands).map(|word| format!("{}:{number}: {word}", file.path)));
        }
    }
    found
}

fn none(found: Vec<String>, promise: &str) {
    assert!(found.is_empty(), "{promise}:\n{}", found.join("\n"));
}

#[test]
fn the_core_has_no_clock_and_no_random_source() {
    let words = [
        "SystemTime",
        "Instant::now",
        "std::time",
        "Date::now",
        "Math::random",
        "getrandom",
        "rand::",
        "thread_rng",
        "RandomState",
    ];
    none(uses(&words), "time and randomness are arguments");
}

#[test]
fn the_core_has_no_browser_and_no_machine() {
    let words =
        ["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo_", "std::fs", "std::env", "std::net", "std::process", "std::thread"];
    none(uses(&words), "what decides touches nothing outside");
}

#[test]
fn the_core_never_gives_up() {
    let words = [".unwrap()", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!(", "println!(", "unsafe "];
    none(uses(&words), "no input makes the core panic, and it prints nothing");
}

#[test]
fn an_expect_says_what_makes_it_true() {
    let mut found = Vec::new();
    for file in core() {
        for (number, line) in code(&file) {
            for (at, start) in line.match_indices(".expect(\"") {
                let reason = line[at + start.len()..].split('"').next().unwrap_or_default();
                let own = line[..at].ends_with("self");
                if !own && reason.split(' ').count() < 2 {
                    found.push(format!("{}:{number}: {reason}", file.path));
                }
            }
        }
    }
    none(found, "each `expect` states its invariant in words");
}

#[test]
fn every_module_says_what_it_owns() {
    let mut undocumented: Vec<File> =
        ["src", "tests", "examples", "benches"].iter().flat_map(|folder| files(folder, &[".rs"])).collect();
    undocumented.retain(|file| {
        // Tests beside their module are documented by it, and a file with one component by what it says of that.
        let excused = file.path.ends_with("/tests.rs") || file.path.starts_with("src/ui/") && file.text.contains("\n/// ");
        !excused && !file.text.starts_with("//!")
    });
    none(undocumented.into_iter().map(|file| file.path).collect(), "a module begins with a sentence about what it owns");
}

/// The modules of the crate from the first to the last, as `src/lib.rs` lists them.
fn modules() -> Vec<String> {
    let lib = core().into_iter().find(|file| file.path == "src/lib.rs").expect("the crate has a root");
    let declared = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    declared.map(str::to_owned).collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let modules = modules();
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut found = Vec::new();
    for file in files("src", &[".rs"]) {
        let own = file.path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(at) = place(&own) else { continue };
        for (number, line) in code(&file) {
            for (start, _) in line.match_indices("crate::") {
                let used: String =
                    line[start + 7..].chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
                // TestState refuses by the rules of the checks, which read the mocks, which answer the engine.
                let known = file.path.starts_with("src/engine/test_state/") && used == "check";
                if place(&used).is_some_and(|used| used > at) && !known {
                    found.push(format!("{}:{number}: `{own}` uses `{used}`", file.path));
                }
            }
        }
    }
    none(found, "a module uses those above it in src/lib.rs alone");
}

#[test]
fn nothing_names_a_place_on_a_machine() {
    let endings = [".rs", ".toml", ".md", ".html", ".css", ".js", ".mjs", ".json", ".sh", ".yml", ".yaml", "Makefile"];
    // Put together, so that this file doesn't name one itself.
    let places = ["work", "home", "root", "Users"].map(|folder| format!("/{folder}/"));
    let mut found = Vec::new();
    for file in files("", &endings) {
        for (number, line) in file.text.lines().enumerate() {
            let named = |place: &&String| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    // An address on the web or a part of a longer path is no place on a machine.
                    !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-~}*<>".contains(before))
                })
            };
            found.extend(places.iter().find(named).map(|place| format!("{}:{}: {place}", file.path, number + 1)));
        }
    }
    none(found, "no file names a folder of somebody's machine");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TO", "FIX", "XX"].map(|start| {
        start.to_owned()
            + if start == "TO" {
                "DO"
            } else if start == "FIX" {
                "ME"
            } else {
                "X"
            }
    });
    let mut found = Vec::new();
    for file in files("", &[".rs", ".js", ".mjs", ".css", ".sh", ".html"]) {
        for (number, line) in file.text.lines().enumerate() {
            let has = |mark: &&String| line.split(|character: char| !character.is_alphanumeric()).any(|word| word == mark.as_str());
            found.extend(marks.iter().find(has).map(|mark| format!("{}:{}: {mark}", file.path, number + 1)));
        }
    }
    none(found, "what is missing is said in words, where users see it");
}

#[test]
fn every_rule_of_the_checks_has_a_test() {
    let rules =
        files("src/check", &[".rs"]).into_iter().filter(|file| file.path.contains("/rules/") && !file.path.ends_with("/mod.rs"));
    let untested = rules.filter(|file| !file.text.contains("#[test]"));
    none(untested.map(|file| file.path).collect(), "a rule is one file with its tests");
}

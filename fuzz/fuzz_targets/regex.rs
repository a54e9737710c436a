//! Any text as a regular expression and what it is looked for in, divided by the first line end.
#![no_main]

use asl_playground::query::regex::Regex;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (pattern, text) = text.split_once('\n').unwrap_or((text, "aab ab, 12:30\nfoo"));
    let units: Vec<u16> = text.encode_utf16().collect();
    for flags in ["", "i", "m"] {
        if let Ok(regex) = Regex::compile(pattern, flags)
            && let Ok(Some(groups)) = regex.find(&units, 0, &mut 50_000)
        {
            assert!(groups.iter().flatten().all(|(from, to)| from <= to && *to <= units.len()), "{groups:?}");
        }
    }
});

//! What the cause of an error tells: of a function's error it is JSON text, as a Lambda function's is.

use crate::json::value_of;
use crate::text::{Position, behind_last};

/// What a cause says: the message of a function's error, else the text as it stands.
pub fn cause_words(cause: &str) -> String {
    let message = value_of(cause).ok().and_then(|value| value.get("errorMessage")?.as_str().map(str::to_owned));
    message.unwrap_or_else(|| cause.to_owned())
}

/// Where in the functions' text an error was thrown, by the first line of its trace that names it: `(functions.js:18:19)`.
pub fn thrown_at(cause: &str) -> Option<Position> {
    let value = value_of(cause).ok()?;
    let trace = value.get("trace")?.as_array()?;
    trace.iter().filter_map(|line| line.as_str()).find_map(position)
}

fn position(line: &str) -> Option<Position> {
    let place = behind_last(line, "functions.js:")?;
    let (line, column) = place.trim_end_matches(')').split_once(':')?;
    Some(Position { line: line.parse().ok()?, column: column.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_cause_of_a_function() {
        let cause = r#"{"errorType":"Busy","errorMessage":"Try again","trace":["Busy: Try again","    at exports.pay (functions.js:18:19)"]}"#;
        assert_eq!(cause_words(cause), "Try again");
        assert_eq!(thrown_at(cause), Some(Position { line: 18, column: 19 }));
    }

    #[test]
    fn other_causes_stand_as_they_are() {
        for cause in ["", "Rate exceeded", "{}", r#"{"trace": ["at x", 1, "functions.js:a:b"]}"#] {
            assert_eq!(cause_words(cause), cause);
            assert_eq!(thrown_at(cause), None);
        }
    }
}

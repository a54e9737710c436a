//! Which Retry or Catch of a state answers an error, told from the definition's text. For explaining; the engine decides by itself.

use crate::json::Node;

/// The first entry of a `Catch` that leads to a state and answers an error: its number from 1, and the name in `ErrorEquals` that fits.
pub fn catcher<'a>(state: &'a Node, error: &str, next: &str) -> Option<(usize, &'a str)> {
    let leads = |catcher: &Node| catcher.text("Next") == Some(next);
    let catchers = state.list("Catch");
    let mut fitting = catchers.iter().enumerate().filter(|(_, catcher)| leads(catcher));
    fitting.find_map(|(at, catcher)| {
        let names = catcher.list("ErrorEquals");
        let name = names.iter().filter_map(Node::as_str).find(|name| answers(name, error))?;
        Some((at + 1, name))
    })
}

/// Whether an entry of `ErrorEquals` may answer an error.
fn answers(name: &str, error: &str) -> bool {
    let task_failed = name == "States.TaskFailed" && error != "States.Timeout";
    name == error || name == "States.ALL" || task_failed
}

/// How many entries a `Catch` or `Retry` has.
pub fn handlers(state: &Node, field: &str) -> usize {
    state.get(field).map_or(0, |handlers| handlers.elements().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn tells_which_catch_led_on() {
        let text = r#"{ "Catch": [
            { "ErrorEquals": ["Busy", "Slow"], "Next": "Later" },
            { "ErrorEquals": ["States.TaskFailed"], "Next": "Tell" },
            { "ErrorEquals": ["States.ALL"], "Next": "Tell" } ] }"#;
        let state = parse(text).root;
        assert_eq!(catcher(&state, "Slow", "Later"), Some((1, "Slow")));
        assert_eq!(catcher(&state, "Broken", "Tell"), Some((2, "States.TaskFailed")));
        assert_eq!(catcher(&state, "States.Timeout", "Tell"), Some((3, "States.ALL")));
        assert_eq!(catcher(&state, "Broken", "Nowhere"), None);
        assert_eq!((handlers(&state, "Catch"), handlers(&state, "Retry")), (3, 0));
    }
}

//! States without the machine around them, as lessons show them: told once, then checked as if the machine were there.

use super::{Diagnostic, Fix};
use crate::json::{Key, Kind, Member, Node};
use crate::spec::StateType;
use crate::text::Span;

/// The machine around the states of a text that holds nothing else, and what is said of it.
pub(super) fn wrap(text: &str, root: &Node) -> Option<(Node, Diagnostic)> {
    let is_state = |member: &Member| {
        let kind = member.value.text("Type");
        kind.and_then(StateType::parse).is_some() || matches!(&member.value.kind, Kind::Object(members) if members.is_empty())
    };
    let (first, members) = (root.members().first()?, root.members());
    if !members.iter().all(is_state) || root.get("States").is_some() || root.get("StartAt").is_some() {
        return None;
    }
    // The edits surround the members, or the brackets where they are there.
    let has_brackets = text[root.span.start..].starts_with('{');
    let (open, close) = if has_brackets { ("", "") } else { ("{\n", "\n}") };
    let name = crate::value::quoted(&first.key.text);
    let before = format!("{{\n  \"StartAt\": {name},\n  \"States\": {open}");
    let edits = vec![(Span::at(root.span.start), before), (Span::at(root.span.end), format!("{close}\n}}"))];
    let what = if members.len() == 1 {
        format!("`{}` is a state: put it", first.key.text)
    } else {
        "these are states: put them".to_owned()
    };
    let diagnostic = Diagnostic::recorded(first.key.span, "These fields are required: [States, StartAt]", "/")
        .help(format!("{what} into the `States` of a definition, and name the first in `StartAt`"))
        .fix(Fix::new("Put a state machine around it", edits).safe());
    Some((machine(root, &first.key.text), diagnostic))
}

/// Whether a problem may only come from the states that the text doesn't show.
pub(super) fn is_of_the_rest(problem: &Diagnostic) -> bool {
    matches!(
        problem.code,
        "unreachable-state" | "unknown-target" | "no-end" | "endless-loop" | "unassigned-variable" | "unused-variable"
    )
}

fn machine(root: &Node, first: &str) -> Node {
    let place = Span::at(root.span.start);
    let member = |name: &str, value: Node| Member { key: Key { span: place, text: name.into() }, value };
    let start = Node { span: place, kind: Kind::String(first.into()) };
    let kind = Kind::Object(vec![member("StartAt", start), member("States", root.clone())]);
    Node { span: root.span, kind }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_state_without_a_machine() {
        let text = r#"
  "Pay": { "Type": "Task", "Resource": "arn:aws:states::: sns:publish", "End": true }
//^^^^^ error: These fields are required: [States, StartAt]
                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: there is a space in this ARN
"#;
        let checked = check(text);
        let fixed = fixed(&checked, text, "Put a state machine around it");
        assert!(fixed.trim_start().starts_with("{\n  \"StartAt\": \"Pay\",\n  \"States\": {\n\"Pay\""), "{fixed}");
        assert!(crate::json::parse(&fixed).errors.is_empty(), "{fixed}");
    }
}

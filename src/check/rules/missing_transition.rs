//! States that say neither where they go nor that they end.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::check::machine::State;
use crate::json::Kind;
use crate::spec::StateType;
use crate::text::Span;

/// Every state but Choice, Succeed and Fail has exactly one of `Next` and `End` (Amazon States Language, "Transitions").
pub(super) fn missing_transition(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for (index, state) in machine.states.iter().enumerate() {
        if state.kind.is_terminal() || state.kind == StateType::Choice {
            continue;
        }
        match (state.member("Next"), state.member("End")) {
            (None, None) => found.push(neither(machine, index)),
            (Some(next), Some(end)) => {
                let problem = Diagnostic::error(
                    "missing-transition",
                    end.key.span,
                    format!("state `{}` has both `Next` and `End`", state.name()),
                );
                found.push(problem.help(format!("keep one: it goes to {} or it ends here", next.value.span.of(machine.text))));
            }
            (None, Some(end)) if end.value.kind == Kind::Bool(false) => {
                let problem = Diagnostic::error("missing-transition", end.value.span, "`End` is `false`, and there is no `Next`");
                found.push(problem.help("write `true`, or name the next state in `Next`").fix(Fix::replace(
                    "Change to `true`",
                    end.value.span,
                    "true",
                )));
            }
            _ => {}
        }
    }
}

fn neither(machine: &Machine, index: usize) -> Diagnostic {
    let state = &machine.states[index];
    let problem =
        Diagnostic::error("missing-transition", state.key.span, format!("state `{}` has neither `Next` nor `End`", state.name()))
            .help("add `\"End\": true`, or `Next` with the name of the state to go to")
            .fix(Fix::new("Add `\"End\": true`", vec![append_field(machine.text, state, "\"End\": true")]));
    let siblings = &machine.scopes[state.scope].states;
    let following = siblings.iter().position(|sibling| *sibling == index).and_then(|position| siblings.get(position + 1));
    problem.fix_if(following.map(|following| {
        let name = crate::value::quoted(machine.states[*following].name());
        let field = format!("\"Next\": {name}");
        Fix::new(format!("Add `{field}`"), vec![append_field(machine.text, state, &field)])
    }))
}

/// The edit that puts a field behind the last one of a state, laid out as that one is.
fn append_field(text: &str, state: &State, field: &str) -> (Span, String) {
    let Some(last) = state.node.members().last() else {
        return (Span::at(state.node.span.start + 1), format!(" {field} "));
    };
    let start = last.key.span.start;
    let blank = &text[text[..start].trim_end().len()..start];
    (Span::at(last.value.span.end), format!(",{}{field}", if blank.is_empty() { " " } else { blank }))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_state_goes_nowhere() {
        let text = r#"
{ "StartAt": "A",
  "States": {
    "A": {
  //^^^ error: state `A` has neither `Next` nor `End`
      "Type": "Pass"
    }
  }
}
"#;
        let checked = check(text);
        let fixed = fixed(&checked, text, "Add `\"End\": true`");
        assert!(fixed.contains("\"Type\": \"Pass\",\n      \"End\": true\n    }"), "{fixed}");
    }

    #[test]
    fn a_state_goes_on_and_ends() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "A", "End": true } } }
                                                                //^^^^^ error: state `A` has both `Next` and `End`
"#,
        );
    }

    #[test]
    fn an_end_that_is_none() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": false } } }
                                                          //^^^^^ error: `End` is `false`, and there is no `Next`
"#,
        );
    }
}

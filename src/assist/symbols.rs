//! States as symbols: where a name is used, what renaming it changes, and the outline of a definition.

use crate::check::{Machine, Options};
use crate::json::Kind;
use crate::order;
use crate::spec::{StateType, limits::MAX_STATE_NAME};
use crate::text::Span;
use crate::value::quoted;

/// A state in the outline; its parts are the states of its branches or iterations.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    pub name: String,
    /// None where the state says none.
    pub kind: Option<StateType>,
    /// From the name to the end of the state.
    pub span: Span,
    /// The name in its quotes.
    pub name_span: Span,
    /// How many `Parallel` and `Map` states are around it.
    pub depth: usize,
    /// A JSON pointer.
    pub pointer: String,
}

/// Every place where the state under the cursor is named, the state's own name first; empty where there is none.
pub fn uses(text: &str, offset: usize) -> Vec<Span> {
    let mut uses = Vec::new();
    with_machine(text, &mut |machine| {
        if let Some(state) = state_at(machine, offset) {
            uses = named(machine, state);
        }
    });
    uses
}

/// The edits that give the state under the cursor another name; an error in words where it can't have that name.
pub fn rename(text: &str, offset: usize, name: &str) -> Result<Vec<(Span, String)>, String> {
    let mut refused = None;
    let mut edits = Vec::new();
    with_machine(text, &mut |machine| match state_at(machine, offset) {
        None => refused = Some("there is no state's name here".to_owned()),
        Some(state) => match objection(machine, state, name) {
            None => edits.extend(named(machine, state).into_iter().map(|span| (span, quoted(name)))),
            objection => refused = objection,
        },
    });
    refused.map_or(Ok(edits), Err)
}

/// Why a state can't have a name.
fn objection(machine: &Machine, state: usize, name: &str) -> Option<String> {
    let taken = machine.states.iter().enumerate().any(|(other, it)| other != state && it.name() == name);
    if taken {
        return Some(format!("there is a state named `{name}` already"));
    }
    let fits = !name.is_empty() && name.chars().count() <= MAX_STATE_NAME;
    (!fits).then(|| format!("a state's name has 1 to {MAX_STATE_NAME} characters"))
}

/// All states in the order of the text.
pub fn outline(text: &str) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    with_machine(text, &mut |machine| {
        symbols.extend(machine.states.iter().map(|state| Symbol {
            name: state.name().to_owned(),
            kind: state.typed.then_some(state.kind),
            span: state.key.span.to(state.node.span),
            name_span: state.key.span,
            depth: depth(machine, state.scope),
            pointer: crate::json::pointer_to(machine.root, state.node.span.start),
        }));
    });
    order::sort_by_key(&mut symbols, |symbol| symbol.span);
    symbols
}

/// What can be folded: every object and list over several lines.
pub fn folds(text: &str) -> Vec<Span> {
    let root = crate::json::parse(text).root;
    let (mut folds, mut open) = (Vec::new(), vec![&root]);
    while let Some(node) = open.pop() {
        if matches!(node.kind, Kind::Object(_) | Kind::Array(_)) && node.span.of(text).contains('\n') {
            folds.push(node.span);
        }
        open.extend(node.members().iter().map(|member| &member.value));
        open.extend(node.elements());
    }
    folds
}

fn with_machine(text: &str, look: &mut dyn FnMut(&Machine)) {
    let parsed = crate::json::parse(text);
    look(&Machine::new(text, &parsed.root, &Options::default()));
}

/// The state whose name stands at an offset, where it is defined or where something leads to it.
fn state_at(machine: &Machine, offset: usize) -> Option<usize> {
    let defined = machine.states.iter().position(|state| state.key.span.touches(offset));
    defined.or_else(|| {
        let target = machine.targets().into_iter().find(|target| target.value.span.touches(offset))?;
        machine.scopes[target.scope].names.get(target.value.as_str()?).copied()
    })
}

fn named(machine: &Machine, state: usize) -> Vec<Span> {
    let (name, scope) = (machine.states[state].name(), machine.states[state].scope);
    let mut spans = vec![machine.states[state].key.span];
    for target in machine.targets() {
        if target.scope == scope && target.value.as_str() == Some(name) {
            spans.push(target.value.span);
        }
    }
    spans
}

fn depth(machine: &Machine, scope: usize) -> usize {
    std::iter::successors(machine.scopes[scope].owner, |owner| machine.scopes[machine.states[*owner].scope].owner).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Next":"B"}],"Default":"B"},"B":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Pass","Next":"B"}}}]}}}"#;

    #[test]
    fn finds_a_state_wherever_it_is_named() {
        let at = TEXT.find("\"B\"").unwrap() + 1;
        assert_eq!(uses(TEXT, at).len(), 3, "the `B` inside the branch names nothing there");
        assert!(uses(TEXT, 0).is_empty());
    }

    #[test]
    fn renames_all_of_them() {
        let edits = rename(TEXT, TEXT.find("\"X\"").unwrap() + 1, "é\"").unwrap();
        assert_eq!(edits.len(), 2);
        assert_eq!(edits[0].1, r#""é\"""#);
        assert!(rename(TEXT, TEXT.find("\"X\"").unwrap() + 1, "B").is_err());
        assert!(rename(TEXT, TEXT.find("\"X\"").unwrap() + 1, "").is_err());
    }

    #[test]
    fn folds_what_has_several_lines() {
        let text = "{\n\"a\": {},\n\"b\": [\n1\n], \"c\": {\n}\n}";
        let mut folded: Vec<&str> = folds(text).into_iter().map(|span| span.of(text)).collect();
        folded.sort();
        assert_eq!(folded, ["[\n1\n]", "{\n\"a\": {},\n\"b\": [\n1\n], \"c\": {\n}\n}", "{\n}"]);
    }

    #[test]
    fn outlines_every_depth() {
        let lines: Vec<_> = outline(TEXT).into_iter().map(|symbol| (symbol.name, symbol.depth, symbol.pointer)).collect();
        let expected = [("A", 0, "/States/A"), ("B", 0, "/States/B"), ("X", 1, "/States/B/Branches/0/States/X")];
        assert_eq!(lines, expected.map(|(name, depth, pointer)| (name.to_owned(), depth, pointer.to_owned())));
    }
}

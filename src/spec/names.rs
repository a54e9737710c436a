//! The names AWS gives to executions and state machines.

use super::limits::MAX_RESOURCE_NAME;

/// What keeps a text from being the name of an execution or of a state machine, in ASL's words; `limited` where the length counts.
///
/// Source: API reference, `StartExecution` and `CreateStateMachine`: 1 to 80 characters, no white space, no brackets `< > { } [ ]`, no
/// wildcards `? *`, none of `" # % \ ^ | ~ ` $ & , ; : /`, no control characters.
pub fn execution_name_problem(name: &str, limited: bool) -> Option<String> {
    let length = name.chars().count();
    if length == 0 {
        return Some("a name has at least one character".to_owned());
    }
    if limited && length > MAX_RESOURCE_NAME {
        return Some(format!("a name has at most {MAX_RESOURCE_NAME} characters, this one has {length}"));
    }
    name.chars().find(|character| is_forbidden(*character)).map(|character| match character {
        ' ' => "a name holds no white space".to_owned(),
        other if other.is_whitespace() || other.is_control() => "a name holds no white space and no control characters".to_owned(),
        other => format!("a name holds no `{other}`"),
    })
}

/// What a machine is called whose document has this name: what a machine's name may not hold is left out.
pub fn machine_name(document: &str) -> String {
    let allowed = |character: char| if character.is_ascii_alphanumeric() || "-_".contains(character) { character } else { '-' };
    let name: String = document.trim().chars().take(MAX_RESOURCE_NAME).map(allowed).collect();
    if name.is_empty() { "MyStateMachine".to_owned() } else { name }
}

fn is_forbidden(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || "<>{}[]?*\"#%\\^|~`$&,;:/".contains(character)
        || matches!(character, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for (name, problem) in [
            ("order-12_b.3", None),
            ("été", None),
            ("", Some("a name has at least one character")),
            ("two words", Some("a name holds no white space")),
            ("tab\t", Some("a name holds no white space and no control characters")),
            ("a/b", Some("a name holds no `/`")),
            ("a:b", Some("a name holds no `:`")),
        ] {
            assert_eq!(execution_name_problem(name, true).as_deref(), problem, "{name}");
        }
        let long = "x".repeat(81);
        let words = "a name has at most 80 characters, this one has 81";
        assert_eq!(execution_name_problem(&long, true).as_deref(), Some(words));
        assert_eq!(execution_name_problem(&long, false), None);
        assert_eq!(execution_name_problem(&long[1..], true), None);
    }
}

//! A name that stands twice in one object: the later value silently replaces the earlier one.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::json::{Kind, Node};
use crate::order::Hashed;
use crate::text::Span;

/// The names of an object must differ; of two states with one name the first is lost (RFC 8259, section 4).
pub(super) fn duplicate_key(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let mut open = vec![machine.root];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Array(elements) => open.extend(elements),
            Kind::Object(members) => {
                let mut seen = Hashed::new();
                for (index, member) in members.iter().enumerate() {
                    if seen.insert(&*member.key.text, ()).is_some() {
                        let fix = Fix::replace("Remove this one", member_with_comma(machine.text, node, index), "");
                        found.push(
                            Diagnostic::error("duplicate-key", member.key.span, format!("`{}` stands twice", member.key.text))
                                .help("the last one counts: rename or remove one of them")
                                .fix(fix)
                                .runs_anyway(),
                        );
                    }
                    open.push(&member.value);
                }
            }
            _ => {}
        }
    }
}

/// A member with the comma before it, or the one after it where it is the first.
pub(in crate::check) fn member_with_comma(text: &str, object: &Node, index: usize) -> Span {
    let members = object.members();
    let span = members[index].span();
    if index > 0 {
        let before = members[index - 1].span().end;
        return Span::new(before.min(span.start), span.end);
    }
    let end = members.get(1).map_or(span.end, |next| next.span().start);
    let end = if text[span.end..end].trim_start().starts_with(',') || members.len() > 1 { end } else { span.end };
    Span::new(span.start, end)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_name_stands_twice() {
        let text = r#"
{ "StartAt": "A",
  "States": { "A": { "Type": "Pass", "Result": 1, "Result": 2, "End": true } } }
                                                //^^^^^^^^ error: `Result` stands twice
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Remove this one").contains(r#""Result": 1, "End""#));
    }
}

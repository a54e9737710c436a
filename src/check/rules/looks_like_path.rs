//! Strings that look like queries but stand where nothing is worked out.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::json::{Kind, Member, Node};
use crate::query::intrinsics::Call;
use crate::query::path::Path;
use crate::spec::{self, Operand, Place, QueryLanguage, Shape, StateType};
use crate::text::Span;

/// AWS warns of these too: its codes are `NO_DOLLAR`, `NO_PATH` and `PASS_RESULT_IS_STATIC` (API reference,
/// ValidateStateMachineDefinitionDiagnostic).
pub(super) fn looks_like_path(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for object in machine.objects.iter().filter(|object| object.language == QueryLanguage::JsonPath) {
        for member in object.node.members() {
            let name = &*member.key.text;
            let shape = spec::field(object.place, object.language, name).map(|field| field.shape);
            match shape {
                Some(Shape::Template | Shape::AnyTemplate | Shape::Assign) => template(found, &member.value, true),
                Some(Shape::Any) if object.place == Place::State(StateType::Pass) && name == "Result" => {
                    template(found, &member.value, false)
                }
                Some(Shape::Text) if name != "Comment" => found.extend(plain_field(object.place, member)),
                None if spec::operator(name)
                    .is_some_and(|operator| matches!(operator.operand, Operand::Text | Operand::Pattern)) =>
                {
                    found.extend(plain_field(object.place, member));
                }
                _ => {}
            }
        }
    }
}

/// Whether a text is most likely meant to be worked out.
fn is_query(value: &Node) -> bool {
    value.as_str().is_some_and(|text| match text.strip_prefix('$') {
        Some(rest) => rest.trim_start_matches('$').starts_with(['.', '[']) && Path::parse(text).is_ok(),
        None => Call::looks_like(text) && text.contains('(') && Call::parse(text).is_ok(),
    })
}

/// In a template the name must end in `.$`; in the result of a Pass state nothing is worked out at all.
fn template(found: &mut Vec<Diagnostic>, value: &Node, works: bool) {
    let mut open = vec![value];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Array(elements) => open.extend(elements),
            Kind::Object(members) => {
                for member in members {
                    found.extend(template_field(member, works));
                    open.push(&member.value);
                }
            }
            _ => {}
        }
    }
}

fn template_field(member: &Member, works: bool) -> Option<Diagnostic> {
    let (name, query) = (&*member.key.text, is_query(&member.value));
    let text = member.value.as_str().unwrap_or_default();
    match (works, name.ends_with(".$")) {
        (true, false) if query => {
            let message = format!("`{text}` is not worked out: it is passed on as this text");
            let dollar = Fix::replace(format!("Change to `{name}.$`"), Span::at(member.key.span.end.saturating_sub(1)), ".$");
            Some(Diagnostic::warning("no-dollar", member.value.span, message).help(format!("write `{name}.$`")).fix(dollar))
        }
        (false, true) => {
            let message = "`Result` is static: nothing in it is worked out";
            Some(Diagnostic::warning("static-result", member.key.span, message).help("use `Parameters` in place of `Result`"))
        }
        (false, false) if query => {
            let message = format!("`Result` is static: `{text}` is passed on as this text");
            Some(
                Diagnostic::warning("static-result", member.value.span, message)
                    .help("use `Parameters` with a name that ends in `.$`"),
            )
        }
        _ => None,
    }
}

/// A field that is taken as it stands where its neighbour with `Path` would be read.
fn plain_field(place: Place, member: &Member) -> Option<Diagnostic> {
    let name = &*member.key.text;
    let with_path = format!("{name}Path");
    if !is_query(&member.value) || !spec::is_field(place, QueryLanguage::JsonPath, &with_path) {
        return None;
    }
    let message = format!("`{name}` is taken as it stands, not as a path");
    let fix = Fix::replace(format!("Change to `{with_path}`"), member.key.span, crate::value::quoted(&with_path));
    Some(Diagnostic::warning("no-path", member.value.span, message).help(format!("write `{with_path}`")).fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_template_without_its_dollar() {
        let text = r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": { "Message": "$.text", "Price": "$5" }, "Next": "B" },
                                                                                                //^^^^^^^^ warning: `$.text` is not worked out: it is passed on as this text
    "B": { "Type": "Pass", "Result": { "x.$": "$.y" }, "Next": "C" },
                                     //^^^^^ warning: `Result` is static: nothing in it is worked out
    "C": { "Type": "Fail", "Error": "Bad", "Cause": "$.why" } } }
                                                  //^^^^^^^ warning: `Cause` is taken as it stands, not as a path
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `Message.$`").contains(r#""Message.$": "$.text""#));
        assert!(fixed(&checked, text, "Change to `CausePath`").contains(r#""CausePath": "$.why""#));
    }
}

//! What belongs to a distributed Map, and what to one that runs inside the execution.

use super::{Diagnostic, Machine};
use crate::check::Fix;
use crate::json::{Member, Node};
use crate::spec::{StateType, WorkflowType, limits};

/// Fields that have a meaning for child executions alone.
const DISTRIBUTED_ONLY: &[&str] = &["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

/// The same, but recorded executions show that AWS takes them in an inline Map too.
const WITHOUT_EFFECT: &[&str] =
    &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath", "ToleratedFailureCount", "ToleratedFailureCountPath"];

/// `ProcessorConfig` decides how a Map runs; each mode has fields of its own (Step Functions Developer Guide, "Map state processing
/// modes").
pub(super) fn map_mode(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for state in machine.states.iter().filter(|state| state.kind == StateType::Map) {
        let processor = state.get("ItemProcessor").or(state.get("Iterator"));
        let config = processor.and_then(|processor| processor.get("ProcessorConfig"));
        let mode = config.and_then(|config| config.get("Mode"));
        let kind = config.and_then(|config| config.member("ExecutionType"));
        match (mode.and_then(Node::as_str), kind) {
            (Some("DISTRIBUTED"), None) => {
                let span = mode.expect("it was read").span;
                let fix =
                    Fix::replace("Add `\"ExecutionType\": \"STANDARD\"`", span, "\"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"");
                let problem = Diagnostic::error("map-mode", span, "a distributed Map must say its `ExecutionType`");
                found.push(problem.help("`STANDARD` or `EXPRESS`").fix(fix).runs_anyway());
            }
            (Some("DISTRIBUTED"), Some(_)) => {}
            (Some("INLINE") | None, Some(kind)) => {
                let problem = Diagnostic::error("map-mode", kind.key.span, "`ExecutionType` belongs to the mode `DISTRIBUTED`");
                found.push(problem.help("remove it, or set `Mode` to `DISTRIBUTED`").runs_anyway());
            }
            _ => {}
        }
        if mode.and_then(Node::as_str) == Some("DISTRIBUTED") {
            distributed(found, machine, state.node, mode.expect("it was read"));
        } else {
            inline(found, state.node);
        }
    }
}

fn inline(found: &mut Vec<Diagnostic>, map: &Node) {
    let help = "set `\"ProcessorConfig\": { \"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\" }` in `ItemProcessor`, or remove it";
    for Member { key, .. } in map.members() {
        if DISTRIBUTED_ONLY.contains(&&*key.text) {
            let message = format!("`{}` belongs to a distributed Map", key.text);
            found.push(Diagnostic::error("map-mode", key.span, message).help(help).runs_anyway());
        } else if WITHOUT_EFFECT.contains(&&*key.text) {
            let message = format!("`{}` has no effect in an inline Map", key.text);
            found.push(Diagnostic::warning("map-mode", key.span, message).help(help));
        }
    }
    if let Some((value, number)) = map.with_number("MaxConcurrency")
        && number > limits::MAX_INLINE_CONCURRENCY as f64
    {
        let message = format!("an inline Map runs at most {} iterations at a time", limits::MAX_INLINE_CONCURRENCY);
        found.push(Diagnostic::warning("max-concurrency", value.span, message).help("a distributed Map runs up to 10,000"));
    }
}

fn distributed(found: &mut Vec<Diagnostic>, machine: &Machine, map: &Node, mode: &Node) {
    if machine.options.workflow_type == WorkflowType::Express {
        let message = "an Express workflow can't run a distributed Map";
        found.push(
            Diagnostic::error("map-mode", mode.span, message).help("use a Standard workflow, or the mode `INLINE`").runs_anyway(),
        );
    }
    if let Some((value, number)) = map.with_number("MaxConcurrency")
        && number > limits::MAX_DISTRIBUTED_CONCURRENCY as f64
    {
        let message = format!("a distributed Map runs at most {} child executions at a time", limits::MAX_DISTRIBUTED_CONCURRENCY);
        found.push(Diagnostic::warning("max-concurrency", value.span, message));
    }
    if let Some((value, text)) = map.with_text("Label") {
        let length = text.chars().count();
        let forbidden = text.chars().find(|c| c.is_whitespace() || c.is_control() || "?*<>{}[]:;,\\|^~$#%&`\"".contains(*c));
        if length > 40 {
            let message = format!("`Label` has {length} characters");
            found.push(Diagnostic::error("label", value.span, message).help("it has at most 40").runs_anyway());
        } else if let Some(forbidden) = forbidden {
            let message = format!("`Label` can't contain `{forbidden}`");
            found.push(Diagnostic::error("label", value.span, message).help("use letters, digits, `-` and `_`").runs_anyway());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn a_field_of_the_other_mode() {
        check(
            r#"
{ "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "Label": "x", "MaxConcurrency": 50,
                                                               //^^^^^^^ error: `Label` belongs to a distributed Map
                                                                                               //^^ warning: an inline Map runs at most 40 iterations at a time
    "ItemProcessor": { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } } } } }
"#,
        );
    }

    #[test]
    fn a_distributed_map_without_a_type() {
        check(
            r#"
{ "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "ItemProcessor": {
    "ProcessorConfig": { "Mode": "DISTRIBUTED" },
                               //^^^^^^^^^^^^^ error: a distributed Map must say its `ExecutionType`
    "StartAt": "A", "States": { "A": { "Type": "Succeed" } } } } } }
"#,
        );
    }
}

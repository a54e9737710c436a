//! Times that don't fit together.

use super::{Diagnostic, Machine};
use crate::float::Short;
use crate::json::Node;
use crate::spec::{Arn, Pattern, StateType, WorkflowType, limits};

/// A heartbeat must come before the timeout (Amazon States Language, "Task State"); a wait should end before its machine does.
pub(super) fn timeouts(found: &mut Vec<Diagnostic>, machine: &Machine) {
    let written = machine.root.with_number("TimeoutSeconds");
    let own = written.map(|(_, seconds)| seconds);
    let express = machine.options.workflow_type == WorkflowType::Express;
    let kind = if express { "an Express" } else { "a Standard" };
    let longest = (if express { limits::MAX_EXPRESS_SECONDS } else { limits::MAX_STANDARD_SECONDS }) as f64;
    if let Some((value, timeout)) = written
        && express
        && timeout > longest
    {
        let message = format!("{kind} workflow runs {} seconds at most", Short(longest));
        found.push(Diagnostic::warning("timeout", value.span, message).help("it ends then, whatever this says"));
    }
    for state in &machine.states {
        match state.kind {
            StateType::Wait => {
                let Some((value, wait)) = state.node.with_number("Seconds") else { continue };
                let end = own.map_or(longest, |own| own.min(longest));
                if wait >= end {
                    let message = match own {
                        Some(own) if own <= longest => {
                            format!("the machine times out after {} seconds, before this wait is over", Short(own))
                        }
                        _ => format!("{kind} workflow runs {} seconds at most: this wait is never over", Short(longest)),
                    };
                    found.push(Diagnostic::warning("timeout", value.span, message));
                }
            }
            StateType::Task => task(found, state.node),
            _ => {}
        }
    }
}

fn task(found: &mut Vec<Diagnostic>, state: &Node) {
    if let (Some((value, heartbeat)), Some((_, timeout))) =
        (state.with_number("HeartbeatSeconds"), state.with_number("TimeoutSeconds"))
        && heartbeat >= timeout
    {
        let message = "`HeartbeatSeconds` must be smaller than `TimeoutSeconds`";
        let help = format!("the task times out after {} seconds, before a heartbeat is missed", Short(timeout));
        found.push(Diagnostic::error("heartbeat", value.span, message).help(help).runs_anyway());
    }
    let arn = state.text("Resource").map(Arn::parse);
    if let (Some(heartbeat), Some(Ok(arn))) = (state.member("HeartbeatSeconds"), arn)
        && !arn.is_activity()
        && arn.pattern() != Some(Pattern::WaitForTaskToken)
    {
        let message = "`HeartbeatSeconds` has no effect here";
        let help = "only activities and calls with `.waitForTaskToken` send heartbeats";
        found.push(Diagnostic::warning("heartbeat", heartbeat.key.span, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, check_express};

    #[test]
    fn a_heartbeat_that_comes_too_late() {
        check(
            r#"
{ "StartAt": "A", "TimeoutSeconds": 60, "States": {
    "A": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": "B",
      "TimeoutSeconds": 10, "HeartbeatSeconds": 10 },
                                              //^^ error: `HeartbeatSeconds` must be smaller than `TimeoutSeconds`
    "B": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "HeartbeatSeconds": 5, "Next": "C" },
                                                                     //^^^^^^^^^^^^^^^^^^ warning: `HeartbeatSeconds` has no effect here
    "C": { "Type": "Wait", "Seconds": 100, "End": true } } }
                                    //^^^ warning: the machine times out after 60 seconds, before this wait is over
"#,
        );
    }

    #[test]
    fn express_runs_five_minutes() {
        check_express(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 600, "End": true } } }
                                                              //^^^ warning: an Express workflow runs 300 seconds at most: this wait is never over
"#,
        );
    }
}

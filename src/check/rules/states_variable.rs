//! `$states` in JSONata: what of it there is where.

use super::{Diagnostic, Machine};
use crate::check::nearest;
use crate::check::queries::VariableRead;
use crate::spec::{Place, StateType};

/// `$states.result` is there in `Output` and `Assign` of a Task, Parallel or Map state, `$states.errorOutput` in those of a catcher; AWS
/// finds other uses when the machine is created (Step Functions Developer Guide, "Transforming data with JSONata").
pub(super) fn states_variable(found: &mut Vec<Diagnostic>, machine: &Machine) {
    for read in machine.queries().reads.iter().filter(|read| read.name == "states") {
        let part = read.rest.strip_prefix('.').map(|rest| rest.split('.').next().unwrap_or_default());
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            found.extend(problem(machine, read, part));
        }
    }
}

fn problem(machine: &Machine, read: &VariableRead, part: &str) -> Option<Diagnostic> {
    let place = machine.objects[read.object].place;
    let after = matches!(&*read.field, "Output" | "Assign");
    let has_result = matches!(place, Place::State(StateType::Task | StateType::Parallel | StateType::Map));
    let error = |message: &str, help: &str| Some(Diagnostic::error("states-variable", read.span, message).help(help));
    match part {
        "input" | "context" => None,
        "result" if after && has_result => None,
        "errorOutput" if after && place == Place::Catcher => None,
        "result" => error(
            "`$states.result` is not there in this field",
            "it is there in `Output` and `Assign` of a Task, Parallel or Map state; the state's input is `$states.input`",
        ),
        "errorOutput" => {
            error("`$states.errorOutput` is not there in this field", "it is there in `Output` and `Assign` of a catcher")
        }
        _ => {
            let problem = Diagnostic::warning("states-variable", read.span, format!("`$states` has no `{part}`"));
            let names = ["input", "result", "errorOutput", "context"];
            Some(match nearest(part, names) {
                Some(meant) => problem.help(format!("did you mean `$states.{meant}`?")),
                None => problem.help("it has `input`, `result`, `errorOutput` and `context`"),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check;

    #[test]
    fn what_is_not_there_yet() {
        check(
            r#"
{ "StartAt": "A", "QueryLanguage": "JSONata", "States": {
    "A": { "Type": "Pass", "Output": "{% $states.result %}", "Next": "B" },
                                       //^^^^^^^ error: `$states.result` is not there in this field
    "B": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Arguments": { "a": "{% $states.result %}" }, "Output": "{% $states.result %}", "Next": "C" },
                                                                                                 //^^^^^^^ error: `$states.result` is not there in this field
    "C": { "Type": "Pass", "Output": "{% $states.errorOutput %}", "Next": "D" },
                                       //^^^^^^^ error: `$states.errorOutput` is not there in this field
    "D": { "Type": "Pass", "Output": "{% $states.inputs %}", "End": true } } }
                                       //^^^^^^^ warning: `$states` has no `inputs`
"#,
        );
    }
}

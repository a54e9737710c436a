//! Paths, intrinsic calls, payload templates and JSONata expressions that can't be read.

use super::{Diagnostic, Machine};

/// Every query must be one that its language can parse; the problem is shown inside the string that holds it.
pub(super) fn query(found: &mut Vec<Diagnostic>, machine: &Machine) {
    found.extend(machine.queries().problems.iter().cloned());
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check, fixed};

    #[test]
    fn a_path_that_is_none() {
        let text = r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "InputPath": "$.a[x]", "ResultPath": "$.b[*]", "Next": "B" },
                                                                    //^^^ error: not a path: could not parse token starting at position 3. Expected ?, ', 0-9, *
                                                                                            //^^^ error: `ResultPath` must name one place: names and indices alone
    "B": { "Type": "Wait", "SecondsPath": "seconds", "End": true } } }
                                        //^^^^^^^^^ error: `seconds` is not a path: it must begin with `$`
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Change to `$.seconds`").contains(r#""SecondsPath": "$.seconds""#));
    }

    #[test]
    fn an_expression_opened_or_closed_improperly() {
        let text = r#"
{ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B", "Output": "{% 1 %" },
                                                                                                      //^^^^^^^^ error: this expression is not closed
    "B": { "Type": "Pass", "Output": [ "1 %}", " {% 1 %} ", "%" ], "Comment": "{% no", "End": true } } }
                                     //^^^^^^ error: this expression is not opened
                                             //^^^^^^^^^^^ warning: this string is not worked out
"#;
        let checked = check(text);
        assert!(checked.runs_anyway() && fixed(&checked, text, "Remove the blanks").contains(r#""{% 1 %}", "%""#));
    }

    #[test]
    fn a_filter_that_others_read_otherwise() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "Parameters": {
    "x.$": "States.ArrayGetItem($.list[?(@.name == <x>)].id, 0)",
                                      //^^^^^^^^^^^^^^^ warning: not a path: Failed to parse filter: [?(@.name == <x>)], error on position: 13, char: <
    "y.$": "$.list[?(@.name==word)]" } } } }
"#,
        );
    }

    #[test]
    fn a_field_of_a_template() {
        check(
            r#"
{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "Parameters": {
    "text.$": "States.Format('{}, {}', $.a, )",
                                          //^ error: The value for the field 'text.$' must be a valid JSONPath or a valid intrinsic function call
    "more": { "list": [ { "x.$": "States.Nothing()" } ] } } } } }
                                //^^^^^^^^^^^^^^ error: The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call
"#,
        );
    }

    #[test]
    fn calls_that_fail_whatever_the_data() {
        let text = r#"
{ "StartAt": "A", "States": {
    "A": { "Type": "Pass", "Next": "B", "Parameters": { "x.$": "States.MathAdd($, '1')" } },
                                                                                //^^^ error: `States.MathAdd` takes a number here, not a string
    "B": { "Type": "Pass", "Next": "C", "Parameters": { "x.$": "States.Format('{} and {}', $)" } },
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this call always fails: number of arguments do not match the occurrences of {}
    "C": { "Type": "Pass", "Next": "D", "Parameters": { "x.$": "States.ArrayLength(States.JsonMerge($, $, true))" } },
                                                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this call always fails: only the shallow merging mode (false) is supported
    "D": { "Type": "Pass", "Next": "E", "Parameters": { "x.$": "States.ArrayLength(States.JsonMerge($, $, false))" } },
                                                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `States.ArrayLength` takes an array here, not an object
    "E": { "Type": "Pass", "Next": "F", "Parameters": { "x.$": "States.Hash('x', States.Format('SHA-{}', 2))" } },
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this call always fails: the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512
    "F": { "Type": "Pass", "Next": "G", "Parameters": { "x.$": "  States.UUID()" } },
                                                              //^^ error: a call begins with the function's name
    "G": { "Type": "Pass", "End": true, "Parameters": { "x.$": "States.ArrayGetItem(States.Array(1, $), States.MathAdd(1, -1))" } } } }
"#;
        let checked = check(text);
        assert!(fixed(&checked, text, "Remove the blanks").contains(r#""x.$": "States.UUID()""#));
    }
}

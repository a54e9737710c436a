//! Common patterns as states to put in: each is a definition's states in both query languages.

use super::skeleton::literal;
use crate::spec::QueryLanguage;

/// Some states that belong together.
pub(super) struct Pattern {
    pub label: &'static str,
    pub doc: &'static str,
    /// The names of its states; the first is where it begins.
    pub names: &'static [&'static str],
    /// `<1>` is the first name; of `«one¦other»` the first is for JSONPath, the other for JSONata.
    text: &'static str,
}

/// A retrier as AWS recommends it for calls of Lambda (Step Functions Developer Guide, "Best practices").
pub(super) const BACK_OFF: &str = r#"{
	"ErrorEquals": [
		"Lambda.ServiceException",
		"Lambda.AWSLambdaException",
		"Lambda.SdkClientException",
		"Lambda.TooManyRequestsException"
	],
	"IntervalSeconds": 1,
	"MaxAttempts": 3,
	"BackoffRate": 2,
	"JitterStrategy": "FULL"
}"#;

pub(super) const BACK_OFF_DOC: &str = "Tries again after what Lambda itself gets wrong, each time after a longer wait.";

const CALL: &str = r#""Type": "Task",
	"Resource": "arn:aws:states:::lambda:invoke",
	"«Parameters¦Arguments»": {
		"FunctionName": "my-function",
		"Payload«.$": "$"¦": "{% $states.input %}"»
	},
	"«OutputPath": "$.Payload"¦Output": "{% $states.result.Payload %}"»"#;

pub(super) const PATTERNS: &[Pattern] = &[
    Pattern {
        label: "Retry with back-off",
        doc: "A call that is tried again, each time after a longer wait.",
        names: &["Call"],
        text: "\"<1>\": {\n\t<call>,\n\t\"Retry\": [\n\t\t<retry>\n\t],\n\t\"End\": true\n}",
    },
    Pattern {
        label: "Catch and notify",
        doc: "A call whose failure is told by SNS, and ends the execution.",
        names: &["Work", "Notify of failure", "Failed"],
        text: r#""<1>": {
	<call>,
	"Catch": [
		{
			"ErrorEquals": ["States.ALL"],
			"«ResultPath": "$.error"¦Output": { "error": "{% $states.errorOutput %}" }»,
			"Next": "<2>"
		}
	],
	"End": true
},
"<2>": {
	"Type": "Task",
	"Resource": "arn:aws:states:::sns:publish",
	"«Parameters¦Arguments»": {
		"TopicArn": "arn:aws:sns:us-east-1:123456789012:failures",
		"Message«.$": "States.JsonToString($.error)"¦": "{% $string($states.input.error) %}"»
	},
	"Next": "<3>"
},
"<3>": {
	"Type": "Fail",
	"Error": "WorkFailed"
}"#,
    },
    Pattern {
        label: "Parallel branches",
        doc: "Two branches on the same input, and the list of what they give.",
        names: &["Both", "One", "Other"],
        text: r#""<1>": {
	"Type": "Parallel",
	"Branches": [
		{
			"StartAt": "<2>",
			"States": {
				"<2>": { "Type": "Pass", "End": true }
			}
		},
		{
			"StartAt": "<3>",
			"States": {
				"<3>": { "Type": "Pass", "End": true }
			}
		}
	],
	"End": true
}"#,
    },
    Pattern {
        label: "Map over a list",
        doc: "The same states for each item of a list, some of them at a time.",
        names: &["For each item", "One item"],
        text: r#""<1>": {
	"Type": "Map",
	"«ItemsPath": "$.items"¦Items": "{% $states.input.items %}"»,
	"MaxConcurrency": 5,
	"ItemProcessor": {
		"ProcessorConfig": { "Mode": "INLINE" },
		"StartAt": "<2>",
		"States": {
			"<2>": { "Type": "Pass", "End": true }
		}
	},
	"End": true
}"#,
    },
    Pattern {
        label: "Poll a job",
        doc: "Starts a job and asks how it stands until it is over.",
        names: &["Start the job", "Wait a while", "Ask how it stands", "Is it over", "Job failed", "Job done"],
        text: r#""<1>": {
	<call>,
	"Next": "<2>"
},
"<2>": {
	"Type": "Wait",
	"Seconds": 30,
	"Next": "<3>"
},
"<3>": {
	<call>,
	"Next": "<4>"
},
"<4>": {
	"Type": "Choice",
	"Choices": [
		{ «"Variable": "$.status", "StringEquals": "SUCCEEDED"¦"Condition": "{% $states.input.status = 'SUCCEEDED' %}"», "Next": "<6>" },
		{ «"Variable": "$.status", "StringEquals": "FAILED"¦"Condition": "{% $states.input.status = 'FAILED' %}"», "Next": "<5>" }
	],
	"Default": "<2>"
},
"<5>": {
	"Type": "Fail",
	"Error": "JobFailed"
},
"<6>": {
	"Type": "Succeed"
}"#,
    },
    Pattern {
        label: "Wait for a callback",
        doc: "Hands a token to a queue and waits until somebody sends it back.",
        names: &["Ask and wait"],
        text: r#""<1>": {
	"Type": "Task",
	"Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
	"«Parameters¦Arguments»": {
		"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/requests",
		"MessageBody": {
			"request«.$": "$"¦": "{% $states.input %}"»,
			"token«.$": "$$.Task.Token"¦": "{% $states.context.Task.Token %}"»
		}
	},
	"TimeoutSeconds": 86400,
	"End": true
}"#,
    },
    Pattern {
        label: "Saga",
        doc: "Steps of which each is undone when a later one fails.",
        names: &["Reserve", "Pay", "Give the money back", "Cancel the reservation", "Nothing was booked", "Ship"],
        text: r#""<1>": {
	<call>,
	"Catch": [
		{ "ErrorEquals": ["States.ALL"], <keep>, "Next": "<4>" }
	],
	"Next": "<2>"
},
"<2>": {
	<call>,
	"Catch": [
		{ "ErrorEquals": ["States.ALL"], <keep>, "Next": "<3>" }
	],
	"Next": "<6>"
},
"<6>": {
	<call>,
	"Catch": [
		{ "ErrorEquals": ["States.ALL"], <keep>, "Next": "<3>" }
	],
	"End": true
},
"<3>": {
	<call>,
	"Next": "<4>"
},
"<4>": {
	<call>,
	"Next": "<5>"
},
"<5>": {
	"Type": "Fail",
	"Error": "NothingBooked"
}"#,
    },
];

/// What a catcher of the saga leaves of the data: all of it, and the error.
const KEEP: &str = r#""«ResultPath": "$.error"¦Output": "{% $merge([$states.input, {'error': $states.errorOutput}]) %}"»"#;

/// The pattern's states as a snippet, under these names.
pub(super) fn states(pattern: &Pattern, language: QueryLanguage, names: &[String]) -> String {
    let text = pattern.text.replace("<call>", CALL).replace("<keep>", KEEP).replace("<retry>", &BACK_OFF.replace('\n', "\n\t\t"));
    let mut text = in_language(&text, language).replace('$', "\\$");
    for (at, name) in names.iter().enumerate() {
        let number = at + 1;
        text = text.replace(&format!("<{number}>"), &format!("${{{number}:{}}}", literal(name)));
    }
    text
}

/// The names of the pattern's states, made such that they are free; `first` is what the first would best be called.
pub(super) fn names(pattern: &Pattern, is_free: &dyn Fn(&str) -> bool, first: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = pattern.names.iter().map(|name| free_name(name, is_free)).collect();
    if let (Some(first), Some(name)) = (first, names.first_mut()) {
        *name = first.to_owned();
    }
    names
}

/// A name, with a number behind it where it is taken.
pub(super) fn free_name(name: &str, is_free: &dyn Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    for number in 2..=1000 {
        if is_free(&free) {
            return free;
        }
        free = format!("{name} {number}");
    }
    name.to_owned()
}

/// Of each `«one¦other»` what is for this language.
fn in_language(text: &str, language: QueryLanguage) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        result.push_str(before);
        let (choice, behind) = after.split_once('»').unwrap_or((after, ""));
        let (path, expression) = choice.split_once('¦').unwrap_or((choice, choice));
        result.push_str(if language == QueryLanguage::JsonPath { path } else { expression });
        rest = behind;
    }
    result + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assist::{Known, complete};
    use crate::check::{Options, check};

    /// What is in the text once a snippet is put in and nothing is typed into its places.
    fn taken(snippet: &str) -> String {
        let mut text = String::new();
        let mut rest = snippet;
        while let Some(at) = rest.find(['$', '\\']) {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(escaped) = rest.strip_prefix('\\') {
                text.push_str(&escaped[..1]);
                rest = &escaped[1..];
            } else {
                let (place, behind) = rest.split_once('}').unwrap();
                text.push_str(place.split_once(':').unwrap().1);
                rest = behind;
            }
        }
        text + rest
    }

    fn assert_sound(text: &str, label: &str) {
        let problems = check(text, &Options::default()).diagnostics;
        assert!(problems.is_empty(), "{label}\n{text}\n{problems:#?}");
    }

    #[test]
    fn each_pattern_is_sound_in_a_machine() {
        for language in ["JSONPath", "JSONata"] {
            for before in [
                r#"{"QueryLanguage":"@","StartAt":"Begin","States":{|}}"#,
                r#"{"QueryLanguage":"@","StartAt":"Call","States":{"Call":{"Type":"Pass","Next":"Then"} |}}"#,
                r#"{"QueryLanguage":"@","StartAt":"Reserve","States":{| "Reserve":{"Type":"Pass","Next":"Work"}}}"#,
            ] {
                let text = before.replace('@', language);
                let at = text.find('|').unwrap();
                let text = text.replace('|', "");
                let offered = complete(&text, at, &Known::NOTHING);
                for pattern in PATTERNS {
                    let chosen = offered.iter().find(|completion| completion.label == pattern.label).unwrap();
                    let mut made = format!("{}{}{}", &text[..at], taken(&chosen.insert), &text[at..]);
                    if let Some((span, comma)) = &chosen.also {
                        made.insert_str(span.start, comma);
                    }
                    assert_sound(&made, pattern.label);
                }
            }
        }
    }

    #[test]
    fn each_pattern_is_a_machine() {
        let offered = complete("", 0, &Known::NOTHING);
        assert_eq!(offered.len(), 2 * (PATTERNS.len() + 1));
        for machine in offered {
            assert_sound(&taken(&machine.insert), &machine.label);
        }
    }

    #[test]
    fn a_state_gets_its_retrier() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sns:publish","End":true}}}"#;
        let at = text.find(r#","End""#).unwrap() + 1;
        let chosen = complete(text, at, &Known::NOTHING).into_iter().find(|found| found.label == "Retry with back-off").unwrap();
        assert_sound(&format!("{}{}{}", &text[..at], chosen.insert, &text[at..]), "Retry");
    }
}

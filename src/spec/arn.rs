//! What a `Resource` may be: the ARN of a Lambda function, of an activity, or of a service's action.

use super::integrations::{self, Integration};
use crate::text::behind_last;

/// How a service's action is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The answer of the call is the result.
    RequestResponse,
    /// The result of the job that was started is the result.
    Sync,
    /// The same, with the result as JSON instead of text.
    Sync2,
    /// The result is what somebody sends back with the task's token.
    WaitForTaskToken,
}

impl Pattern {
    /// What stands behind the action.
    pub fn suffix(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "",
            Pattern::Sync => ".sync",
            Pattern::Sync2 => ".sync:2",
            Pattern::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    pub fn doc(self) -> &'static str {
        match self {
            Pattern::RequestResponse => "Calls and goes on with the answer.",
            Pattern::Sync => "Calls and waits until the job is done.",
            Pattern::Sync2 => "Calls and waits until the job is done; its output is parsed as JSON.",
            Pattern::WaitForTaskToken => "Calls and waits until somebody sends the task's token back.",
        }
    }
}

/// A well-formed ARN of a `Resource`, by its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    /// All that follows the account.
    pub resource: &'a str,
}

/// Why a text is no ARN that a `Resource` may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem<'a> {
    /// A part, or the whole, that is still to be filled in.
    Placeholder(&'a str),
    /// There are blanks in it; without them it reads so.
    Blank(String),
    Malformed {
        message: &'static str,
        help: &'static str,
        repaired: Option<String>,
    },
}

/// A problem with nothing to put in place of the text.
fn malformed<'a>(message: &'static str, help: &'static str) -> Problem<'a> {
    Problem::Malformed { message, help, repaired: None }
}

/// The partitions of AWS (AWS General Reference, "Amazon Resource Names").
const PARTITIONS: &[&str] = &["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

const CALLED_FORM: &str = "a function (`arn:aws:lambda:...`), an activity, or an action such as `arn:aws:states:::sqs:sendMessage`";

/// What no filling in of placeholders mends: one that is not closed, a version or an alias with characters that none has.
fn broken_beside_placeholders(text: &str) -> Option<Problem<'_>> {
    if let Some(rest) = behind_last(text, "${")
        && !rest.contains('}')
    {
        let repaired = (!rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric())).then(|| format!("{text}}}"));
        let help = "a placeholder looks like `${Name}`";
        return Some(Problem::Malformed { message: "this placeholder is not closed", help, repaired });
    }
    let qualifier = text.strip_prefix("arn:").filter(|rest| rest.contains(":lambda:"))?.split(':').nth(6)?;
    // The pattern of `Qualifier` in Lambda's API reference.
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$');
    let broken = placeholder(qualifier).is_none() && !qualifier.chars().all(fits) && !qualifier.contains(char::is_whitespace);
    let help = "a version is a number, an alias has letters, digits, `-` and `_`";
    broken.then(|| malformed("this ARN ends in no version or alias", help))
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; a placeholder comes before any other problem.
    pub fn parse(text: &'a str) -> Result<Arn<'a>, Problem<'a>> {
        if text.starts_with("arn:") && text.ends_with(':') {
            let repaired = text.trim_end_matches(':');
            let repaired = Arn::parse(repaired).is_ok().then(|| repaired.to_owned());
            return Err(Problem::Malformed {
                message: "this ARN misses a part",
                help: "a part has to follow the last colon",
                repaired,
            });
        }
        if let Some(problem) = broken_beside_placeholders(text) {
            return Err(problem);
        }
        if let Some(placeholder) = placeholder(text).filter(|_| !text.starts_with("{%")) {
            return Err(Problem::Placeholder(placeholder));
        }
        if !text.starts_with("arn:") {
            return Err(not_an_arn(text));
        }
        if text.contains(char::is_whitespace) {
            return Err(Problem::Blank(text.split_whitespace().collect()));
        }
        let mut parts = [""; 6];
        for (part, written) in parts.iter_mut().zip(text.splitn(6, ':')) {
            *part = written;
        }
        let [_, partition, service, region, account, resource] = parts;
        let arn = Arn { partition, service, region, account, resource };
        arn.check(text).map_or(Ok(arn), Err)
    }

    fn check(&self, text: &str) -> Option<Problem<'a>> {
        if !PARTITIONS.contains(&self.partition) {
            return Some(malformed("this ARN names no partition of AWS", "an ARN begins with `arn:aws:`"));
        }
        let (message, help) = match self.service {
            "" => ("this ARN names no service", LAMBDA_FORM),
            "states"
                if self.region.is_empty()
                    || !self.account.is_empty() && self.resource.contains(':') && !self.is_activity() && !self.is_http() =>
            {
                let has_action =
                    self.resource.split_once(':').is_some_and(|(service, action)| !service.is_empty() && !action.is_empty());
                return (!has_action).then(|| Problem::Malformed {
                    message: "this ARN names no action of a service",
                    help: "write it like `arn:aws:states:::sqs:sendMessage`",
                    repaired: self.with_colons(text),
                });
            }
            "lambda" => {
                let name = self.resource.strip_prefix("function:").unwrap_or_default();
                // The pattern of `FunctionName` in Lambda's API reference, with a version or an alias.
                let is_name = |part: &str| {
                    !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '$'))
                };
                let is_whole = name.split(':').all(is_name) && name.split(':').count() <= 2;
                if !name.is_empty() && !is_whole {
                    ("this ARN has a character that no function's name has", LAMBDA_FORM)
                } else if name.is_empty() || self.region.is_empty() || self.account.is_empty() {
                    ("this ARN of a Lambda function misses a part", LAMBDA_FORM)
                } else {
                    return None;
                }
            }
            "states" => return None,
            _ if self.resource.is_empty() => ("this ARN misses a part", LAMBDA_FORM),
            _ => ("this ARN names nothing that a state calls", CALLED_FORM),
        };
        Some(malformed(message, help))
    }

    /// The same with three colons before the service, where there were fewer or more.
    fn with_colons(self, text: &str) -> Option<String> {
        let rest = text.strip_prefix("arn:")?.strip_prefix(self.partition)?.strip_prefix(":states")?;
        let action = rest.trim_start_matches(':');
        let (service, name) = action.split_once(':')?;
        let fits =
            !service.is_empty() && !name.is_empty() && !service.contains('-') && service.chars().all(|c| c.is_ascii_alphanumeric());
        fits.then(|| format!("arn:{}:states:::{action}", self.partition))
    }

    pub fn is_activity(&self) -> bool {
        self.service == "states" && self.resource.starts_with("activity:")
    }

    fn is_http(&self) -> bool {
        self.resource.starts_with("http:")
    }

    /// Whether it names a service's action: `arn:aws:states:::service:action`.
    pub fn is_integration(&self) -> bool {
        self.service == "states" && self.region.is_empty()
    }

    /// How the action is waited for; none where it is no action of a service.
    pub fn pattern(&self) -> Option<Pattern> {
        self.is_integration().then(|| {
            [Pattern::Sync2, Pattern::Sync, Pattern::WaitForTaskToken]
                .into_iter()
                .find(|pattern| self.resource.ends_with(pattern.suffix()))
                .unwrap_or(Pattern::RequestResponse)
        })
    }

    /// Service and action without the pattern: `("sqs", "sendMessage")`, `("aws-sdk:s3", "getObject")`.
    pub fn action(&self) -> Option<(&'a str, &'a str)> {
        let plain = self.resource.strip_suffix(self.pattern()?.suffix())?;
        plain.rsplit_once(':')
    }

    /// The row of an optimised integration.
    pub fn integration(&self) -> Option<&'static Integration> {
        let call = self.resource.strip_suffix(self.pattern()?.suffix())?;
        integrations::integration(call)
    }
}

const LAMBDA_FORM: &str = "write it like `arn:aws:lambda:us-east-1:123456789012:function:MyFunction`";

/// A text that begins otherwise than an ARN: told as a placeholder where it reads as one, else as malformed.
fn not_an_arn(text: &str) -> Problem<'_> {
    if text.is_empty() {
        return malformed("the ARN is empty", LAMBDA_FORM);
    }
    let repaired = text.trim();
    if repaired.to_ascii_lowercase().starts_with("arn:") {
        let lower = format!("arn{}", &repaired[3..]);
        return Problem::Malformed { message: "an ARN begins with `arn:`", help: LAMBDA_FORM, repaired: Some(lower) };
    }
    if text.starts_with("$.") || text.starts_with("$$") || text.starts_with("{%") {
        let help = "it is written down; what is called by the data's choice is an argument, as `FunctionName` of `lambda:invoke`";
        return malformed("a `Resource` is not worked out", help);
    }
    Problem::Placeholder(text)
}

/// The first part of a text that is still to be filled in.
fn placeholder(text: &str) -> Option<&str> {
    for (open, close) in [("${", "}"), ("<", ">"), ("{{", "}}"), ("{%", "%}")] {
        if let Some(start) = text.find(open) {
            let end = text[start..].find(close).map_or(text.len(), |end| start + end + close.len());
            return Some(&text[start..end]);
        }
    }
    // Words in capitals, and what stands for an account, as lessons write them.
    if !text.starts_with("arn:") {
        return None;
    }
    let stands = |word: &&str| OPEN_PARTS.iter().any(|part| word.contains(part)) || OPEN_WORDS.contains(word);
    text.split(':').skip(3).find(stands)
}

/// What a part of an ARN has in it, and what it is as a whole, where it is still to be filled in.
const OPEN_PARTS: &[&str] = &["REGION", "ACCOUNT", "ACCTNUMBER", "FUNCTION_NAME", "YOUR_", "YOUR-"];
const OPEN_WORDS: &[&str] = &["region", "account", "account-id", "accountId", "account_id", "xxxxxxxxxxxx", "XXXXXXXXXXXX"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_arns_apart() {
        let arn = Arn::parse("arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken").unwrap();
        assert_eq!(arn.action(), Some(("aws-sdk:s3", "getObject")));
        assert_eq!(arn.pattern(), Some(Pattern::WaitForTaskToken));
        let arn = Arn::parse("arn:aws:states:::states:startExecution.sync:2").unwrap();
        assert_eq!((arn.action(), arn.pattern()), (Some(("states", "startExecution")), Some(Pattern::Sync2)));
        assert!(Arn::parse("arn:aws:states:us-east-1:123456789012:activity:work").unwrap().is_activity());
        assert!(Arn::parse("arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST").unwrap().pattern().is_none());
    }

    #[test]
    fn tells_why_a_text_is_none() {
        for (text, part) in [
            ("${Fn}", "${Fn}"),
            ("arn:aws:lambda:<REGION>:<ACCTNUMBER>:function:<FUNCTIONNAME>", "<REGION>"),
            ("arn:aws:lambda:us-west-2:ACCOUNT_ID:function:f", "ACCOUNT_ID"),
            ("Provide-Lambda-Function-Arn", "Provide-Lambda-Function-Arn"),
        ] {
            assert_eq!(Arn::parse(text), Err(Problem::Placeholder(part)));
        }
        for text in [
            "arn:aws:lambda:us-east-1:123456789012:f",
            "arn:aws:states:::sqs",
            "arn:aws",
            "ARN:aws:states:::sqs:sendMessage",
            "",
            "arn:aws:states::sqs:sendMessage",
            "arn:aws:lambda:us-east-1:123456789012:function:f:",
            "arn:aws:lambda:us-east-1:123456789012:function:f:a#b",
        ] {
            assert!(matches!(Arn::parse(text), Err(Problem::Malformed { .. })), "{text}: {:?}", Arn::parse(text));
        }
    }
}

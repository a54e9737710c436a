//! A problem of a definition: what is wrong, where, what to do about it, and the edits that would do it.

use crate::order;
use crate::text::{LineIndex, Span};
use crate::value::{Value, json};
use std::ops::{Deref, DerefMut};

/// Whether AWS refuses the definition for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// As the API writes it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        }
    }
}

/// One problem. A single word, since the rules hand it from call to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic(Box<Problem>);

/// What a [`Diagnostic`] says.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub severity: Severity,
    /// The name of the rule, or AWS's code where AWS's answer is known to the letter.
    pub code: &'static str,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The smallest text that would have to change.
    pub span: Span,
    /// A JSON pointer.
    pub location: String,
    pub fixes: Vec<Fix>,
    /// Whether the interpreter can't run the definition because of it; an error that doesn't block offers to run anyway.
    pub blocks_run: bool,
    /// What AWS answers, where that is known.
    pub aws: Option<AwsAnswer>,
    /// The name that was most likely meant where the span has another.
    pub(super) meant: Option<String>,
}

/// AWS's own words for a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct AwsAnswer {
    pub code: &'static str,
    pub message: String,
    /// Where AWS places it; none where it gives no place.
    pub location: Option<String>,
}

/// Edits that mend a problem. A single word, as a [`Diagnostic`] is.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix(Box<Mending>);

/// What a [`Fix`] does.
#[derive(Clone, Debug, PartialEq)]
pub struct Mending {
    pub title: String,
    /// Each span is replaced by the text; they don't overlap.
    pub edits: Vec<(Span, String)>,
    /// Whether it can be applied without looking: there is one way to mend it, and this is it.
    pub safe: bool,
    /// The function that has to be written, where that mends it and nothing in this text.
    pub function: Option<String>,
}

impl Deref for Diagnostic {
    type Target = Problem;

    fn deref(&self) -> &Problem {
        &self.0
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Problem {
        &mut self.0
    }
}

impl Deref for Fix {
    type Target = Mending;

    fn deref(&self) -> &Mending {
        &self.0
    }
}

impl Fix {
    #[inline(never)]
    pub fn new(title: impl Into<String>, edits: Vec<(Span, String)>) -> Fix {
        Fix(Box::new(Mending { title: title.into(), edits, safe: false, function: None }))
    }

    /// Replaces one piece of text.
    #[inline(never)]
    pub fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix::new(title.into(), vec![(span, text.into())])
    }

    /// Writes a function, in the text of the functions.
    pub fn write_function(name: &str) -> Fix {
        let mut fix = Fix::new(format!("Write the function `{name}`"), Vec::new());
        fix.0.function = Some(name.to_owned());
        fix
    }

    pub fn safe(mut self) -> Fix {
        self.0.safe = true;
        self
    }

    /// The text with the edits made.
    pub fn apply(&self, text: &str) -> String {
        let mut edits: Vec<_> = self.edits.iter().collect();
        order::sort_by_key(&mut edits, |(span, _)| *span);
        let (mut result, mut at) = (String::with_capacity(text.len()), 0);
        for (span, replacement) in edits {
            result.push_str(text.get(at..span.start).unwrap_or_default());
            result.push_str(replacement);
            at = span.end.max(at);
        }
        result.push_str(text.get(at..).unwrap_or_default());
        result
    }
}

// The builders stay calls: each stands in dozens of places.
impl Diagnostic {
    /// A problem for which AWS refuses the definition and which leaves nothing to run.
    #[inline(never)]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic(Box::new(Problem {
            severity: Severity::Error,
            code,
            message: message.into(),
            help: None,
            span,
            location: String::new(),
            fixes: Vec::new(),
            blocks_run: true,
            aws: None,
            meant: None,
        }))
    }

    /// Something that AWS accepts but that is hardly meant.
    #[inline(never)]
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut warning = Diagnostic::error(code, span, message).runs_anyway();
        warning.severity = Severity::Warning;
        warning
    }

    /// AWS refuses it, but it can be run here nevertheless.
    pub fn runs_anyway(mut self) -> Diagnostic {
        self.blocks_run = false;
        self
    }

    #[inline(never)]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    #[inline(never)]
    pub fn fix(mut self, fix: Fix) -> Diagnostic {
        self.fixes.push(fix);
        self
    }

    /// Adds a fix where there is one.
    #[inline(never)]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Diagnostic {
        self.fixes.extend(fix);
        self
    }

    /// What AWS answers; the message stays ours.
    #[inline(never)]
    pub fn aws(mut self, code: &'static str, message: impl Into<String>, location: impl Into<String>) -> Diagnostic {
        self.aws = Some(AwsAnswer { code, message: message.into(), location: Some(location.into()) });
        self
    }

    /// What AWS answers without a place.
    pub fn set_aws_without_place(&mut self, code: &'static str, message: impl Into<String>) {
        self.aws = Some(AwsAnswer { code, message: message.into(), location: None });
    }

    /// The problem in AWS's words, which are recorded to the letter.
    #[inline(never)]
    pub fn recorded(span: Span, message: impl Into<String>, location: impl Into<String>) -> Diagnostic {
        let (message, location) = (message.into(), location.into());
        let mut diagnostic = Diagnostic::error(SCHEMA_VALIDATION_FAILED, span, message.trim_end());
        diagnostic.location.clone_from(&location);
        diagnostic.aws(SCHEMA_VALIDATION_FAILED, message, location)
    }

    /// Proposes the name nearest to what was written, as help and as a fix at the problem's place.
    pub fn did_you_mean<'a>(self, written: &str, names: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        self.meaning(super::suggest::nearest(written, names))
    }

    /// Proposes a name, if there is one.
    pub fn meaning(mut self, name: Option<&str>) -> Diagnostic {
        if let Some(name) = name {
            self.help = Some(format!("did you mean `{name}`?"));
            let quoted = crate::value::quoted(name);
            self.meant = Some(name.to_owned());
            let fix = Fix::replace(format!("Change to `{name}`"), self.span, quoted).safe();
            self.fixes.push(fix);
        }
        self
    }

    /// The one shape of a diagnostic outside: lines and columns from 1, columns in UTF-16 units.
    pub fn to_json(&self, text: &str, lines: &LineIndex) -> Value {
        let range = |span: Span| (place(text, lines, span.start), place(text, lines, span.end));
        let (start, end) = range(self.span);
        let fixes: Vec<Value> = self
            .fixes
            .iter()
            .filter(|fix| fix.function.is_none())
            .map(|fix| {
                let edits: Vec<Value> = fix
                    .edits
                    .iter()
                    .map(|(span, replacement)| {
                        let (start, end) = range(*span);
                        json!({ "start": start, "end": end, "text": replacement })
                    })
                    .collect();
                json!({ "title": (&fix.title), "safe": (fix.safe), "edits": edits })
            })
            .collect();
        json!({
            "severity": (self.severity.name()),
            "code": (self.code),
            "message": (&self.message),
            "help": (&self.help),
            "location": (&self.location),
            "start": start,
            "end": end,
            "fixes": fixes,
        })
    }
}

fn place(text: &str, lines: &LineIndex, offset: usize) -> Value {
    let position = lines.position(text, offset);
    json!({ "line": (i64::from(position.line)), "column": (i64::from(position.column)) })
}

/// AWS's code for whatever contradicts the schema of the language.
pub const SCHEMA_VALIDATION_FAILED: &str = "SCHEMA_VALIDATION_FAILED";

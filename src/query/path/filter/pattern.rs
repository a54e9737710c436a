//! The patterns of `=~`: Java's regular expressions, brought to the form that the matcher knows.

use crate::letters;
use crate::query::regex::Regex;
use crate::query::{Budget, OverBudget};

/// A regular expression that has to match all of a text.
#[derive(Debug)]
pub(super) struct Pattern(Regex);

/// Whether a letter behind a pattern is one of Java's flags.
pub(super) fn is_flag(byte: u8) -> bool {
    matches!(byte, b'd' | b'i' | b'x' | b'm' | b's' | b'u' | b'U')
}

/// What stands for the very start and the very end of the text, whatever the flags.
const START: &str = r"(?<![\s\S])";
const END: &str = r"(?![\s\S])";

impl Pattern {
    /// None where the pattern is none, or uses what only Java has.
    pub fn new(source: &str, flags: &str) -> Option<Pattern> {
        let (source, flags) = leading_flags(source, flags);
        let body = translate(source, flags.contains('s'), flags.contains('x'))?;
        // By itself first: what has no end of its own must not take the end of the whole.
        Regex::compile(&body, &flags).ok()?;
        Regex::compile(&format!("{START}(?:{body}){END}"), &flags).ok().map(Pattern)
    }

    pub fn matches(&self, text: &str, budget: &mut Budget) -> Result<bool, OverBudget> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let before = budget.left();
        let mut left = before;
        let found = self.0.find(&units, 0, &mut left);
        budget.spend(before.saturating_sub(left))?;
        found.map(|groups| groups.is_some()).map_err(|_| OverBudget)
    }
}

/// Java takes flags at the start of a pattern too: `(?i)abc`.
fn leading_flags<'a>(source: &'a str, flags: &str) -> (&'a str, String) {
    let inner = source.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
    match inner {
        Some((letters, rest)) if !letters.is_empty() && letters.bytes().all(is_flag) => (rest, format!("{flags}{letters}")),
        _ => (source, flags.to_owned()),
    }
}

/// Rewrites what Java writes in its own way. With `dots_match_all` a dot takes line breaks, with `spaced` blanks and comments don't count.
fn translate(source: &str, dots_match_all: bool, spaced: bool) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source.chars().peekable();
    let mut in_class = false;
    while let Some(character) = rest.next() {
        match character {
            '\\' => match rest.next()? {
                'A' if !in_class => out.push_str(START),
                'z' if !in_class => out.push_str(END),
                'Z' if !in_class => out.push_str(r"(?=\n?(?![\s\S]))"),
                'Q' => quote(&mut rest, &mut out),
                'h' if !in_class => out.push_str(r"[ \t\xa0]"),
                'R' if !in_class => out.push_str(r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])"),
                'e' => out.push_str(r"\x1b"),
                'a' => out.push_str(r"\x07"),
                'p' => out.push_str(&class(&mut rest, in_class)?),
                other => out.extend(['\\', other]),
            },
            '[' if !in_class => {
                in_class = true;
                out.push('[');
            }
            // A class inside a class, which only Java has.
            '[' | '&' if in_class && (character == '[' || rest.peek() == Some(&'&')) => return None,
            ']' => {
                in_class = false;
                out.push(']');
            }
            '.' if dots_match_all && !in_class => out.push_str(r"[\s\S]"),
            ' ' | '\t' | '\n' if spaced && !in_class => {}
            '#' if spaced && !in_class => _ = rest.by_ref().find(|character| *character == '\n'),
            // A possessive quantifier never gives back what it took: only Java has it.
            '*' | '+' | '?' | '}' if !in_class && rest.peek() == Some(&'+') => return None,
            other => out.push(other),
        }
    }
    Some(out)
}

/// The text between `\Q` and `\E`, each character for itself.
fn quote(rest: &mut std::iter::Peekable<std::str::Chars>, out: &mut String) {
    while let Some(character) = rest.next() {
        if character == '\\' && rest.peek() == Some(&'E') {
            rest.next();
            return;
        }
        if !letters::is_letter_or_digit(character) && character.is_ascii() {
            out.push('\\');
        }
        out.push(character);
    }
}

/// The POSIX classes that Java names, over ASCII as there.
fn class(rest: &mut std::iter::Peekable<std::str::Chars>, in_class: bool) -> Option<String> {
    if rest.next()? != '{' {
        return None;
    }
    let name: String = rest.by_ref().take_while(|character| *character != '}').collect();
    let ranges = match &*name {
        "Lower" => "a-z",
        "Upper" => "A-Z",
        "Alpha" => "a-zA-Z",
        "Digit" => "0-9",
        "Alnum" => "a-zA-Z0-9",
        "ASCII" => r"\x00-\x7f",
        "Punct" => r"!-\/:-@\[-`{-~",
        "Space" => r" \t\n\x0b\f\r",
        "Blank" => r" \t",
        "XDigit" => "0-9a-fA-F",
        "Cntrl" => r"\x00-\x1f\x7f",
        _ => return None,
    };
    Some(if in_class { ranges.to_owned() } else { format!("[{ranges}]") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, flags: &str, text: &str) -> bool {
        let pattern = Pattern::new(pattern, flags).unwrap_or_else(|| panic!("{pattern} is a pattern"));
        pattern.matches(text, &mut Budget::default()).unwrap()
    }

    #[test]
    fn matches_all_of_a_text_as_java_does() {
        for (pattern, flags, text, found) in [
            ("a.*", "", "abc", true),
            ("b", "", "abc", false),
            ("a|ab", "", "ab", true),
            ("ABC", "i", "abc", true),
            ("(?i)ABC", "", "abc", true),
            ("a.c", "", "a\nc", false),
            ("a.c", "s", "a\nc", true),
            ("a b # all", "x", "ab", true),
            (r"\Aa\z", "", "a", true),
            (r"\Qa.b\E", "", "a.b", true),
            (r"\Qa.b\E", "", "axb", false),
            (r"\p{Upper}[\p{Lower}_]+", "", "Ab_c", true),
            (r"\d{3}-\d+", "", "012-34", true),
            (r"(a)\1", "", "aa", true),
            (r"[^/]+", "", "é😀", true),
            ("", "", "", true),
            ("a$", "", "a\n", false),
        ] {
            assert_eq!(matches(pattern, flags, text), found, "/{pattern}/{flags} on {text:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_pattern() {
        for pattern in ["(", "[", "a**", "a++", "[a&&[b]]", r"\p{Greek}", "\\"] {
            assert!(Pattern::new(pattern, "").is_none(), "{pattern}");
        }
    }

    #[test]
    fn a_catastrophe_ends_with_the_budget() {
        let pattern = Pattern::new("(a+)+b", "").unwrap();
        assert_eq!(pattern.matches(&"a".repeat(40), &mut Budget::new(100_000)), Err(OverBudget));
    }
}

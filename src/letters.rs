//! Letters: their case, and which characters are some. Texts of ASCII, which most are, are done here; for the others the host is asked,
//! because the standard library's tables would be much of the page's weight.

use crate::host;

/// The text in lower case, as JavaScript's `toLowerCase` gives it.
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { host::lower(text) }
}

/// The text in upper case, as JavaScript's `toUpperCase` gives it.
pub fn upper(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { host::upper(text) }
}

/// The text with its first character in lower case.
pub fn lower_first(text: &str) -> String {
    let (first, rest) = split_first(text);
    lower(first) + rest
}

/// The text with its first letter in upper case.
pub fn upper_first(text: &str) -> String {
    let (first, rest) = split_first(text);
    upper(first) + rest
}

fn split_first(text: &str) -> (&str, &str) {
    text.split_at(text.chars().next().map_or(0, char::len_utf8))
}

/// Whether the character is a letter of any script.
pub fn is_letter(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphabetic() } else { host::is_letter(character) }
}

/// Whether the character is a letter or a digit of any script.
pub fn is_letter_or_digit(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_alphanumeric() } else { host::is_letter_or_digit(character) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_all_scripts() {
        assert_eq!(
            (lower("ÀB"), upper("straße"), lower("ΟΔΟΣ"), lower("OK")),
            ("àb".into(), "STRASSE".into(), "οδος".into(), "ok".into())
        );
        assert_eq!((lower_first("Élan"), lower_first("No Way"), lower_first("")), ("élan".into(), "no Way".into(), String::new()));
        for (character, letter, digit) in
            [('a', true, false), ('é', true, false), ('名', true, false), ('7', false, true), ('٣', false, true)]
        {
            assert_eq!((is_letter(character), is_letter_or_digit(character)), (letter, letter || digit), "{character}");
        }
        for character in ['-', '_', ' ', '\u{a0}', '😀', '€'] {
            assert!(!is_letter_or_digit(character), "{character}");
        }
    }
}

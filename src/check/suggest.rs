//! The name somebody most likely meant.

use crate::letters;

/// The candidate nearest to what was written, if it is near enough to be meant: the same but for case and blanks, or a few letters off.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut search = Search::new(written);
    for name in names {
        search.offer(name);
    }
    search.found
}

/// What [`nearest`] knows after some of the names.
struct Search<'w, 'a> {
    written: &'w str,
    plain: Vec<char>,
    /// How far off a name may be.
    allowed: usize,
    found: Option<&'a str>,
}

impl<'w, 'a> Search<'w, 'a> {
    #[inline(never)]
    fn new(written: &'w str) -> Search<'w, 'a> {
        let plain = plain(written);
        let allowed = (plain.len() / 3).clamp(1, 4);
        Search { written, plain, allowed, found: None }
    }

    /// Of names that are as near the first is kept: each later one must be nearer.
    #[inline(never)]
    fn offer(&mut self, name: &'a str) {
        let wanted = self.allowed.checked_sub(usize::from(self.found.is_some())).filter(|_| name != self.written);
        if let Some(distance) = wanted.and_then(|allowed| distance(&self.plain, &plain(name), allowed)) {
            (self.allowed, self.found) = (distance, Some(name));
        }
    }
}

/// Letters and digits in lower case: what is left when case and separators don't count.
fn plain(name: &str) -> Vec<char> {
    let kept: String = name.chars().filter(|character| letters::is_letter_or_digit(*character)).take(100).collect();
    letters::lower(&kept).chars().collect()
}

/// The number of letters to add, drop, change or swap with their neighbour; none where it is more than allowed.
fn distance(from: &[char], to: &[char], allowed: usize) -> Option<usize> {
    if from.is_empty() || to.is_empty() || from.len().abs_diff(to.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, b) in to.iter().enumerate() {
            let mut cost = (last[column] + usize::from(a != b)).min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *a == to[column - 1] && from[row - 1] == *b {
                cost = cost.min(before[column - 1] + 1);
            }
            current.push(cost);
        }
        before = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let names = ["Parameters", "ResultPath", "ResultSelector", "Retry", "End", "Next"];
        for (written, meant) in [
            ("parameters", Some("Parameters")),
            ("Paramaters", Some("Parameters")),
            ("Result Path", Some("ResultPath")),
            ("Rtery", Some("Retry")),
            ("Nxet", Some("Next")),
            ("Edn", Some("End")),
            ("Colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, names), meant, "{written}");
        }
    }
}

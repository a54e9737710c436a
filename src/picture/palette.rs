//! The page's colours as plain values, read from its tokens: viewers of SVG files don't all know custom properties.

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

const TOKENS: &str = include_str!("../../www/styles/tokens.css");

/// The value of a colour token, such as `surface-canvas`.
pub fn colour(theme: Theme, token: &str) -> &'static str {
    let (light, dark) = TOKENS.split_once("[data-theme=\"dark\"]").unwrap_or((TOKENS, ""));
    match theme {
        Theme::Light => value(light, token),
        Theme::Dark => value(dark, token).or_else(|| value(light, token)),
    }
    .unwrap_or("#888888")
}

fn value(tokens: &'static str, token: &str) -> Option<&'static str> {
    let mut rest = tokens;
    while let Some(at) = rest.find("--") {
        rest = &rest[at + 2..];
        if let Some(value) = rest.strip_prefix(token).and_then(|rest| rest.strip_prefix(':')) {
            return value.split(';').next().map(str::trim);
        }
    }
    None
}

/// A share of one colour, of 100, in another; both as `#rrggbb`.
pub fn mixed(share: u32, colour: &str, other: &str) -> String {
    let part = |colour: &str, at: usize| colour.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0x88);
    let mix = |at: usize| (part(colour, at) * share + part(other, at) * (100 - share) + 50) / 100;
    format!("#{:02x}{:02x}{:02x}", mix(1), mix(3), mix(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_have_their_own_colours() {
        assert_eq!(colour(Theme::Light, "surface-raised"), "#ffffff");
        assert_eq!(colour(Theme::Dark, "surface-raised"), "#1b1e23");
        assert_eq!(colour(Theme::Dark, "succeeded-tint"), "#11281b");
    }

    #[test]
    fn colours_mix() {
        assert_eq!(mixed(50, "#000000", "#ffffff"), "#808080");
        assert_eq!(mixed(100, "#1b8a4b", "#ffffff"), "#1b8a4b");
    }
}

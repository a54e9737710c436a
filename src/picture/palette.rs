//! The page's colours as plain values, read from its tokens: viewers of SVG files don't all know custom properties.

/// How the page looks, as far as a picture shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub theme: Theme,
    /// The rules of `tokens.css`.
    pub tokens: String,
    /// The symbols of `icons.svg`.
    pub icons: String,
}

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

impl Look {
    /// The value of a colour token, such as `surface-canvas`.
    pub(super) fn colour(&self, token: &str) -> &str {
        let (light, dark) = self.tokens.split_once("[data-theme=\"dark\"]").unwrap_or((&self.tokens, ""));
        match self.theme {
            Theme::Light => value(light, token),
            Theme::Dark => value(dark, token).or_else(|| value(light, token)),
        }
        .unwrap_or("#888888")
    }

    /// The `symbol` element of a glyph.
    pub(super) fn symbol(&self, name: &str) -> &str {
        let start = self.icons.find(&format!("<symbol id=\"{name}\"")).unwrap_or(self.icons.len());
        let rest = &self.icons[start..];
        rest.find("</symbol>").map_or("", |end| &rest[..end + "</symbol>".len()])
    }
}

fn value<'t>(tokens: &'t str, token: &str) -> Option<&'t str> {
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

    fn look(theme: Theme) -> Look {
        let (tokens, icons) = (include_str!("../../www/styles/tokens.css"), include_str!("../../www/icons.svg"));
        Look { theme, tokens: tokens.to_owned(), icons: icons.to_owned() }
    }

    #[test]
    fn both_themes_have_their_own_colours() {
        assert_eq!(look(Theme::Light).colour("surface-raised"), "#ffffff");
        assert_eq!(look(Theme::Dark).colour("surface-raised"), "#1b1e23");
        assert_eq!(look(Theme::Dark).colour("succeeded-tint"), "#11281b");
        assert_eq!(Look::default().colour("surface-raised"), "#888888");
    }

    #[test]
    fn a_symbol_is_found_by_its_name() {
        let look = look(Theme::Light);
        let symbol = look.symbol("state-task");
        assert!(symbol.starts_with("<symbol id=\"state-task\" ") && symbol.ends_with("</symbol>"), "{symbol}");
        assert_eq!(symbol.matches("<symbol").count(), 1);
        assert_eq!(look.symbol("state-of-mind"), "");
    }

    #[test]
    fn colours_mix() {
        assert_eq!(mixed(50, "#000000", "#ffffff"), "#808080");
        assert_eq!(mixed(100, "#1b8a4b", "#ffffff"), "#1b8a4b");
    }
}

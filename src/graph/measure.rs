//! How wide a text is, from a table: asking the page would make the layout depend on the fonts of the day.

/// A size and weight of text in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Font {
    /// Captions and the words on edges: 11 px, weight 400.
    Caption,
    /// Names: 13 px, weight 500.
    Name,
}

/// What other fonts of the stack may need more than the one the table was measured with.
const SLACK: f64 = 1.06;

/// Advance widths of Inter 4.0 for the characters from space to tilde, in thousandths of the font size.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624, 571, 616,
    624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761,
    639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237,
    544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659,
];
#[rustfmt::skip]
const MEDIUM: [u16; 95] = [
    265, 294, 400, 637, 643, 828, 651, 217, 378, 378, 522, 666, 288, 463, 283, 368, 646, 473, 613, 644, 654, 620, 636, 579, 631,
    636, 283, 288, 666, 666, 666, 526, 968, 700, 654, 735, 722, 603, 586, 749, 742, 270, 552, 664, 564, 898, 747, 768, 639, 768,
    645, 643, 651, 738, 700, 978, 666, 685, 639, 378, 368, 378, 475, 460, 497, 569, 626, 568, 626, 587, 369, 617, 602, 249, 249,
    556, 249, 884, 597, 602, 617, 617, 384, 536, 372, 594, 566, 825, 551, 566, 551, 378, 342, 378, 666,
];

/// The width in px to keep free for a text, rounded up.
pub fn width(text: &str, font: Font) -> f64 {
    let (table, size) = match font {
        Font::Caption => (&REGULAR, 11.0),
        Font::Name => (&MEDIUM, 13.0),
    };
    let thousandths: f64 = text.chars().map(|character| advance(character, table)).sum();
    (thousandths * size * SLACK / 1000.0).ceil()
}

fn advance(character: char, table: &[u16; 95]) -> f64 {
    let code = character as u32;
    match code {
        0x20..=0x7E => f64::from(table[code as usize - 0x20]),
        0..=0x1F | 0x7F..=0x9F | 0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0.0,
        0xB7 => 283.0,
        0x400..=0x52F => 700.0,
        0x2026 => 821.0,
        // From the Hangul letters on, what isn't punctuation is as wide as high: Chinese, Japanese, Korean, emoji.
        0x1100.. if !(0x1E00..=0x218F).contains(&code) => 1000.0,
        _ => 640.0,
    }
}

/// The text, cut in its middle when it has more characters than `most`.
pub fn cut_middle(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let (head, tail) = (most / 2, most - most / 2 - 1);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{}…{}", start.trim_end(), end.trim_start())
}

/// The text, cut at its end when it has more characters than `most`.
pub fn cut_end(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(cut_middle("short", 30), "short");
        let cut = cut_middle("ProcessTheVeryLongNamedStateThatNobodyReads", 30);
        assert_eq!(cut, "ProcessTheVeryL…atNobodyReads".to_owned().replace("L…at", "L…hat"));
        assert_eq!(cut.chars().count(), 30);
        assert_eq!(cut_end("$.confirmationRequired == true", 26), "$.confirmationRequired ==…");
    }

    #[test]
    fn widths_follow_the_font() {
        assert!(width("AddDragon", Font::Name) > width("AddDragon", Font::Caption));
        assert_eq!(width("", Font::Name), 0.0);
        // Nine ideographs take the room of nine squares.
        assert_eq!(width("状态状态状态状态状", Font::Name), (9.0 * 13.0 * SLACK).ceil());
    }
}

//! Base64 (RFC 4648), read strictly: of all texts only the one that is written for the same bytes.

/// How the bytes are written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The last two digits; the others are letters and digits in all forms.
    last: [u8; 2],
    /// Whether `=` fills the last four.
    padded: bool,
}

/// With `+`, `/` and padding (section 4).
pub const STANDARD: Form = Form { last: *b"+/", padded: true };

/// For addresses: with `-` and `_`, without padding (section 5).
pub const URL: Form = Form { last: *b"-_", padded: false };

impl Form {
    pub fn encode(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for three in bytes.chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
            for at in 0..4 {
                if at <= three.len() {
                    text.push(self.digit((bits >> (18 - 6 * at)) as u8 & 63).into());
                } else if self.padded {
                    text.push('=');
                }
            }
        }
        text
    }

    /// The bytes of a text that [`Form::encode`] writes; none of any other.
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        let digits = match self.padded {
            true if !text.len().is_multiple_of(4) => return None,
            true => text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text),
            false => text,
        };
        let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
        let (mut bits, mut count) = (0_u32, 0);
        for digit in digits.bytes() {
            bits = (bits << 6) | self.value(digit)?;
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        // A digit alone tells no byte, and what is over of the last one is nothing.
        (count < 6 && bits == 0).then_some(bytes)
    }

    fn digit(self, value: u8) -> u8 {
        match value {
            0..26 => b'A' + value,
            26..52 => b'a' + value - 26,
            52..62 => b'0' + value - 52,
            _ => self.last[usize::from(value & 1)],
        }
    }

    fn value(self, digit: u8) -> Option<u32> {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            _ if digit == self.last[0] => 62,
            _ if digit == self.last[1] => 63,
            _ => return None,
        };
        Some(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD as THEIRS, URL_SAFE_NO_PAD as THEIR_URL};

    #[test]
    fn writes_and_reads_what_the_usual_library_does() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(89) ^ 0xA5).collect();
            assert_eq!((STANDARD.encode(&bytes), URL.encode(&bytes)), (THEIRS.encode(&bytes), THEIR_URL.encode(&bytes)));
            assert_eq!(STANDARD.decode(&STANDARD.encode(&bytes)).as_ref(), Some(&bytes));
            assert_eq!(URL.decode(&URL.encode(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn refuses_what_the_usual_library_refuses() {
        let characters = ["A", "B", "Q", "g", "9", "+", "/", "-", "_", "=", "é", " "];
        let mut texts = vec![String::new()];
        let mut from = 0;
        // All texts of up to four of these, and four more in front of each.
        for _ in 0..4 {
            let longer: Vec<String> =
                texts[from..].iter().flat_map(|text| characters.map(|more| format!("{text}{more}"))).collect();
            from = texts.len();
            texts.extend(longer);
        }
        for text in texts.iter().flat_map(|text| [text.clone(), format!("QUJD{text}")]) {
            assert_eq!(STANDARD.decode(&text), THEIRS.decode(&text).ok(), "{text}");
            assert_eq!(URL.decode(&text), THEIR_URL.decode(&text).ok(), "{text}");
        }
    }
}

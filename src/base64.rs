//! Base64 (RFC 4648), as strictly as it is meant there.

/// One of the two ways to write it that are in use here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base64 {
    /// With `+`, `/` and `=` at the end (section 4).
    Standard,
    /// With `-` and `_`, and nothing at the end (section 5).
    Link,
}

impl Base64 {
    /// The bytes as digits.
    pub fn encode(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for group in bytes.chunks(3) {
            let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for at in 0..4 {
                match (at <= group.len(), self) {
                    (true, _) => text.push(self.character((bits >> (18 - 6 * at) & 0x3F) as u8)),
                    (false, Base64::Standard) => text.push('='),
                    (false, Base64::Link) => {}
                }
            }
        }
        text
    }

    /// The bytes behind digits; none if anything else stands there, if there are too few or too many, or if bits are left over.
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        let digits = if self == Base64::Standard { text.trim_end_matches('=') } else { text };
        let whole = self == Base64::Link || text.len().is_multiple_of(4) && text.len() - digits.len() <= 2;
        if !whole || digits.len() % 4 == 1 {
            return None;
        }
        let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
        let (mut bits, mut count) = (0_u32, 0);
        for character in digits.bytes() {
            let digit = digit(character).filter(|digit| self.character(*digit) == char::from(character))?;
            bits = bits << 6 | u32::from(digit);
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count) as u8);
            }
        }
        (bits & ((1 << count) - 1) == 0).then_some(bytes)
    }

    fn character(self, digit: u8) -> char {
        char::from(match digit {
            0..26 => b'A' + digit,
            26..52 => b'a' + digit - 26,
            52..62 => b'0' + digit - 52,
            62 if self == Base64::Standard => b'+',
            62 => b'-',
            _ if self == Base64::Standard => b'/',
            _ => b'_',
        })
    }
}

/// What a digit of either way stands for.
pub fn digit(character: u8) -> Option<u8> {
    Some(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::base64::Engine;
    use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    #[test]
    fn writes_and_reads_as_the_library_does() {
        let bytes: Vec<u8> = (0..=255_u8).map(|byte| byte.wrapping_mul(151).wrapping_add(byte >> 3)).collect();
        for length in (0..9).chain([255, 256]) {
            let bytes = &bytes[..length];
            let (standard, link) = (Base64::Standard.encode(bytes), Base64::Link.encode(bytes));
            assert_eq!((standard.clone(), link.clone()), (STANDARD.encode(bytes), URL_SAFE_NO_PAD.encode(bytes)));
            assert_eq!(
                (Base64::Standard.decode(&standard), Base64::Link.decode(&link)),
                (Some(bytes.to_vec()), Some(bytes.to_vec()))
            );
        }
    }

    #[test]
    fn refuses_what_the_library_refuses() {
        let characters = ['A', 'B', 'Q', 'g', '/', '_', '+', '-', '=', ' ', 'é'];
        let mut texts = vec![String::new()];
        for at in 0..4 {
            let longest: Vec<String> = texts.iter().filter(|text| text.chars().count() == at).cloned().collect();
            texts.extend(longest.iter().flat_map(|text| characters.map(|character| format!("{text}{character}"))));
        }
        for text in texts.iter().flat_map(|text| [text.clone(), format!("QUJD{text}"), format!("{text}QQ==")]) {
            assert_eq!(Base64::Standard.decode(&text), STANDARD.decode(&text).ok(), "{text}");
            assert_eq!(Base64::Link.decode(&text), URL_SAFE_NO_PAD.decode(&text).ok(), "{text}");
        }
    }
}

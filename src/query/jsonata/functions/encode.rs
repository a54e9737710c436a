//! Base64 and URLs.

use super::{Args, take, text};
use crate::query::jsonata::error::Error;
use crate::query::jsonata::machine::Machine;
use crate::query::jsonata::val::Val;
use crate::text::percent_encoded;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub fn base64_encode(text: &str) -> String {
    // As the reference has it: a byte for each UTF-16 unit, of which the upper half is lost.
    let bytes: Vec<u8> = text.encode_utf16().map(|unit| unit as u8).collect();
    STANDARD.encode(bytes)
}

pub fn base64_decode(text: &str) -> String {
    let (mut out, mut bits, mut count) = (String::new(), 0_u32, 0);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // What is no digit doesn't count.
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xFF) as u8 as char);
        }
    }
    out
}

/// What stands for itself in any part of a URL, beside letters and digits.
const UNRESERVED: &[u8] = b"-_.!~*'()";

/// What parts of a URL are told by.
const RESERVED: &[u8] = b";,/?:@&=+$#";

/// Decodes but for the escapes of what `keep` holds; an escape that is no UTF-8 is an error.
fn decode(machine: &mut Machine, args: Args, keep: &[u8], name: &str) -> Result<Val, Error> {
    let Some(text) = text(args, 0) else { return Ok(Val::Undefined) };
    machine.work(text.len() / 8)?;
    match decoded(text.as_bytes(), keep) {
        Some(text) => machine.text(&text),
        None => Err(machine.error_of("D3140", take(args, 0)).with_text(name)),
    }
}

fn decoded(bytes: &[u8], keep: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'%' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let digits = std::str::from_utf8(bytes.get(at + 1..at + 3)?).ok()?;
        let byte = u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
        if keep.contains(&byte) {
            out.extend_from_slice(&bytes[at..at + 3]);
        } else {
            out.push(byte);
        }
        at += 3;
    }
    String::from_utf8(out).ok()
}

pub fn encode_url_component(text: &str) -> String {
    percent_encoded(text, UNRESERVED)
}

pub fn encode_url(text: &str) -> String {
    percent_encoded(text, &[UNRESERVED, RESERVED].concat())
}

pub fn decode_url_component(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    decode(machine, args, b"", "decodeUrlComponent")
}

pub fn decode_url(machine: &mut Machine, args: Args) -> Result<Val, Error> {
    decode(machine, args, RESERVED, "decodeUrl")
}

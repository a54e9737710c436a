//! The hashes of data that Step Functions knows by name.

use crate::text::push_digits;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The hash of data in hexadecimal digits; none by a name that AWS doesn't know.
pub fn digest(algorithm: &str, data: &[u8]) -> Option<String> {
    Some(match algorithm {
        "MD5" => md5(data),
        "SHA-1" => hexadecimal(&Sha1::digest(data)),
        "SHA-256" => hexadecimal(&Sha256::digest(data)),
        "SHA-384" => hexadecimal(&Sha384::digest(data)),
        "SHA-512" => hexadecimal(&Sha512::digest(data)),
        _ => return None,
    })
}

/// The MD5 hash of data in hexadecimal digits.
pub fn md5(data: &[u8]) -> String {
    hexadecimal(&Md5::digest(data))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        push_digits(*byte, b"0123456789abcdef", &mut out);
    }
    out
}

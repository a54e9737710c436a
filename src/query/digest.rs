//! The hashes of data that Step Functions knows by name.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The hash of data in hexadecimal digits; none by a name that AWS doesn't know.
pub fn digest(algorithm: &str, data: &[u8]) -> Option<String> {
    let digest = match algorithm {
        "MD5" => Md5::digest(data).to_vec(),
        "SHA-1" => Sha1::digest(data).to_vec(),
        "SHA-256" => Sha256::digest(data).to_vec(),
        "SHA-384" => Sha384::digest(data).to_vec(),
        "SHA-512" => Sha512::digest(data).to_vec(),
        _ => return None,
    };
    Some(hexadecimal(&digest, b"0123456789abcdef"))
}

/// Bytes in the digits given.
pub fn hexadecimal(bytes: &[u8], digits: &[u8; 16]) -> String {
    let mut out = String::new();
    for byte in bytes {
        out.push(digits[usize::from(byte >> 4)] as char);
        out.push(digits[usize::from(byte & 15)] as char);
    }
    out
}

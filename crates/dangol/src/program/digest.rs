//! Short names of contents.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// So many bytes of the SHA-256 of a text, in hexadecimal digits.
pub(crate) fn digest(text: &str, bytes: usize) -> String {
    let mut digits = String::with_capacity(bytes.saturating_mul(2));
    for byte in Sha256::digest(text.as_bytes()).iter().take(bytes) {
        // Writing to a string never fails.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

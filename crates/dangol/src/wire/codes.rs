//! `codes`: new codes for coupons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Failure, Request};
use crate::error::{Code, InputError};
use crate::program::Program;

/// `codes`: new codes of the form that the program's `codes` tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodesRequest {
    /// How many: from 1 to 100,000.
    pub count: u32,
    /// At least 16 bytes from the system's source of randomness, fresh for every call, in hexadecimal digits.
    pub randomness: String,
    /// The codes that were given out before, in any spelling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<String>,
}

/// The codes of `codes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// The codes, all different.
    pub codes: Vec<String>,
}

impl Request for CodesRequest {
    type Reply = Codes;
    fn run(self, program: &Program) -> Result<Codes, Failure> {
        let Some(randomness) = bytes(&self.randomness) else {
            let message = "expected hexadecimal digits, two for each byte";
            return Err(InputError::new(Code::InvalidValue, "randomness", message).into());
        };
        let taken: Vec<&str> = self.taken.iter().map(String::as_str).collect();
        Ok(Codes { codes: program.codes(self.count, &randomness, &taken)? })
    }
}

/// The bytes that hexadecimal digits stand for.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |[high, low]: &[u8; 2]| Some((digit(*high)? << 4) | digit(*low)?);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

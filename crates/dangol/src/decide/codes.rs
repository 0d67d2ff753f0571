//! Codes for coupons, from randomness that the caller brings.

use std::collections::BTreeSet;

use crate::error::{Code, InputError};
use crate::program::Program;
use crate::value::{CodeShape, normal_code};

impl Program {
    /// The most codes that are made at once.
    pub const MAX_CODES: u32 = 100_000;

    /// So many new codes of the form that the program's `codes` tells, all different, none of them taken.
    ///
    /// `randomness` is at least 16 bytes from the system's source of it, fresh for every call: the same bytes give the same
    /// codes. `taken` are the codes that were given out before, in any spelling; public codes of the program are never made.
    ///
    /// # Errors
    /// An [`InputError`] where the program has no `codes`, more than 100,000 are wanted at once, the randomness is too
    /// short, or more than one of 1,000 possible codes would be given out, so that guessing would pay: make them longer.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "codes": { "length": 12 } }"#)?;
    /// let randomness = [7; 32]; // from the system, and not seven
    /// let codes = program.codes(2, &randomness, &[])?;
    /// assert_eq!((codes.len(), codes[0].len()), (2, "7KQ2-M4XN-P9R3".len()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn codes(&self, count: u32, randomness: &[u8], taken: &[&str]) -> Result<Vec<String>, InputError> {
        let error = |code, path: &str, message: String| Err(InputError::new(code, path, message));
        let Some(shape) = self.compiled().file.codes else {
            let message =
                "the program does not say what `codes` look like: give it `{\"length\": 12}`".to_owned();
            return error(Code::MissingField, "", message);
        };
        if count == 0 || count > Program::MAX_CODES {
            let message = format!("must be from 1 to {}, found `{count}`", Program::MAX_CODES);
            return error(Code::OutOfRange, "count", message);
        }
        let (least, found) = (CodeShape::MIN_RANDOMNESS, randomness.len());
        if found < least {
            let message = format!("at least {least} bytes are needed, found {found}");
            return error(Code::OutOfRange, "randomness", message);
        }
        let public = self.compiled().codes.keys().chain(&self.compiled().mentioned).cloned();
        let given = taken.iter().map(|code| normal_code(code).into_owned());
        let given: BTreeSet<String> = given.filter(|code| shape.resembles(code)).collect();
        let room = shape.capacity();
        let wanted = u64::try_from(given.len()).unwrap_or(u64::MAX).saturating_add(count.into());
        if wanted > room {
            let message = format!(
                "of codes with {} signs {room} may be given out, so that guessing does not pay, and these would make \
                 {wanted}: make them longer",
                shape.length
            );
            return error(Code::OutOfRange, "count", message);
        }
        let mut taken: BTreeSet<String> = given.into_iter().chain(public).collect();
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        Ok(shape.make(count, randomness, &mut taken))
    }
}

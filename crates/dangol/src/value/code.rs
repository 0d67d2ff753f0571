//! Codes that people type: how they are compared, how a slip of the finger is found, how they are made.
//!
//! Nothing here draws lots: whoever wants codes brings the randomness.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What codes of coupons look like: `{"length": 12, "group": 4}` means `7KQ2-M4XN-P9R3`.
///
/// They are made of the 31 signs `2` to `9` and `A` to `Z` without `I`, `L` and `O`, so that none is taken for another.
/// The last one is a check sign: it finds every wrong sign and every two neighbours that changed places, without asking
/// anybody. Upper and lower case, full-width letters, blanks and hyphens do not matter when a code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeShape {
    /// How many signs a code has, the check sign included: from 4 to 32. 12 of them allow 25 million million codes
    /// before more than one of 1,000 guesses would hit one.
    pub length: u32,
    /// After how many signs a hyphen is written, from 1; 4 where left out.
    #[serde(default = "four")]
    pub group: u32,
}

fn four() -> u32 {
    4
}

impl CodeShape {
    /// The signs of a code, in the order of their values from 0 to 30.
    pub const SIGNS: &str = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    /// The fewest signs of a code, the check sign included.
    pub const MIN_LENGTH: u32 = 4;
    /// The most signs of a code, the check sign included.
    pub const MAX_LENGTH: u32 = 32;
    /// The fewest bytes of randomness that codes are made from.
    pub const MIN_RANDOMNESS: usize = 16;
    /// Of so many possible codes one may be given out, so that guessing does not pay.
    pub const SPACE_FOR_EACH: u64 = 1_000;

    /// How many codes may be given out in all; at most what can be counted.
    #[must_use]
    pub fn capacity(self) -> u64 {
        let space = u128::from(RADIX).saturating_pow(self.length.saturating_sub(1));
        let room = space.checked_div(CodeShape::SPACE_FOR_EACH.into()).unwrap_or(0);
        u64::try_from(room).unwrap_or(u64::MAX)
    }

    /// Whether a code, as it is compared, has the length and the kind of signs of such a code, right or wrong.
    pub(crate) fn resembles(self, normal: &str) -> bool {
        u32::try_from(normal.len()) == Ok(self.length) && normal.bytes().all(|it| it.is_ascii_alphanumeric())
    }

    /// Whether the signs of a code, as it is compared, fit together.
    pub(crate) fn holds(self, normal: &str) -> bool {
        self.resembles(normal) && remainder(normal.bytes()) == Some(0)
    }

    /// So many new codes from that randomness, none of which is among those that are taken (as they are compared).
    pub(crate) fn make(self, count: usize, randomness: &[u8], taken: &mut BTreeSet<String>) -> Vec<String> {
        let mut draw = Draw { seed: randomness, block: 0, signs: Vec::new() };
        let mut codes = Vec::with_capacity(count);
        while codes.len() < count {
            let mut code: String = (1..self.length).map(|_| draw.sign()).collect();
            let rest = remainder(code.bytes()).unwrap_or(0).wrapping_mul(WEIGHT);
            code.push(sign(RADIX.wrapping_sub(rest.checked_rem(RADIX).unwrap_or(0))));
            if !taken.contains(&code) {
                codes.push(self.grouped(&code));
                taken.insert(code);
            }
        }
        codes
    }

    /// The code with hyphens between its groups.
    fn grouped(self, code: &str) -> String {
        let mut grouped = String::with_capacity(code.len().saturating_mul(2));
        for (number, sign) in (0_u32..).zip(code.chars()) {
            if number > 0 && number.checked_rem(self.group) == Some(0) {
                grouped.push('-');
            }
            grouped.push(sign);
        }
        grouped
    }
}

/// How many signs there are: a prime, so that no weight makes two of them equal.
const RADIX: u32 = 31;
/// Each sign weighs three times its right neighbour. Neither 3 nor 3 − 1 is a multiple of 31: a wrong sign changes the
/// sum, and so do two different neighbours that change places.
const WEIGHT: u32 = 3;

/// The weighted sum of the signs, divided by 31, leaves this; nothing where one is no sign of a code.
fn remainder(code: impl Iterator<Item = u8>) -> Option<u32> {
    let mut sum = 0_u32;
    for byte in code {
        let value = CodeShape::SIGNS.bytes().zip(0_u32..).find(|(sign, _)| *sign == byte)?.1;
        sum = sum.wrapping_mul(WEIGHT).wrapping_add(value).checked_rem(RADIX)?;
    }
    Some(sum)
}

/// The sign of that value, counted round.
fn sign(value: u32) -> char {
    let value = usize::try_from(value.checked_rem(RADIX).unwrap_or(0)).unwrap_or(0);
    CodeShape::SIGNS.chars().nth(value).unwrap_or('2')
}

/// Signs from randomness: as many as are wanted, since SHA-256 stretches it.
struct Draw<'a> {
    seed: &'a [u8],
    block: u64,
    signs: Vec<u8>,
}

impl Draw<'_> {
    fn sign(&mut self) -> char {
        loop {
            match self.signs.pop() {
                // Of 32 values one has no sign: it is left out, so that every sign is equally likely.
                Some(byte) if u32::from(byte & 31) < RADIX => return sign(u32::from(byte & 31)),
                Some(_) => {}
                None => {
                    let mut hash = Sha256::new();
                    hash.update(self.seed);
                    hash.update(self.block.to_be_bytes());
                    self.signs = hash.finalize().to_vec();
                    self.block = self.block.wrapping_add(1);
                }
            }
        }
    }
}

/// A code as it is compared: in capital letters of ordinary width, without blanks and hyphens.
pub(crate) fn normal_code(code: &str) -> Cow<'_, str> {
    if code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(code);
    }
    if code.is_ascii() {
        let mut signs = code.as_bytes().to_vec();
        signs.retain(|byte| !matches!(byte, b'\t'..=b'\r' | b' ' | b'-'));
        signs.make_ascii_uppercase();
        return Cow::Owned(String::from_utf8(signs).unwrap_or_default());
    }
    let mut normal = String::with_capacity(code.len());
    for sign in code.chars().map(ordinary).filter(|sign| !is_blank_or_hyphen(*sign)) {
        normal.extend(sign.to_uppercase());
    }
    Cow::Owned(normal)
}

/// A full-width sign in ordinary width.
fn ordinary(sign: char) -> char {
    let half = |sign: char| char::from_u32(u32::from(sign).checked_sub(0xFEE0)?);
    if ('\u{FF01}'..='\u{FF5E}').contains(&sign) { half(sign).unwrap_or(sign) } else { sign }
}

/// Blanks, what has no width, and all kinds of hyphens and dashes.
fn is_blank_or_hyphen(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(sign, '-' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2010}'..='\u{2015}' | '\u{2060}')
        || matches!(sign, '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(length: u32) -> CodeShape {
        CodeShape { length, group: 4 }
    }

    fn made(length: u32, count: usize, seed: u8) -> Vec<String> {
        shape(length).make(count, &[seed; 16], &mut BTreeSet::new())
    }

    /// Every code of 3 signs that holds, out of all that could be.
    fn all_of_three() -> Vec<[u8; 3]> {
        let signs = || CodeShape::SIGNS.bytes();
        let pairs = signs().flat_map(|a| signs().map(move |b| (a, b)));
        let held = |(a, b)| {
            let all = signs().map(|c| [a, b, c]).filter(|code| remainder(code.iter().copied()) == Some(0));
            let all: Vec<[u8; 3]> = all.collect();
            assert_eq!(all.len(), 1, "one check sign, and no other");
            all[0]
        };
        pairs.map(held).collect()
    }

    #[test]
    fn every_wrong_sign_and_every_swap_is_found_in_every_code_of_three_signs() {
        let codes = all_of_three();
        assert_eq!(codes.len(), 961);
        for code in codes {
            for place in 0..code.len() {
                for wrong in CodeShape::SIGNS.bytes().filter(|wrong| *wrong != code[place]) {
                    let mut other = code;
                    other[place] = wrong;
                    assert_ne!(remainder(other.into_iter()), Some(0), "{code:?} {other:?}");
                }
            }
            for place in 1..code.len() {
                let mut other = code;
                other.swap(place - 1, place);
                assert!(other == code || remainder(other.into_iter()) != Some(0), "{code:?} {other:?}");
            }
        }
    }

    #[test]
    fn every_slip_is_found_at_every_place_of_every_length() {
        for length in CodeShape::MIN_LENGTH..=CodeShape::MAX_LENGTH {
            let (code, shape) = (made(length, 1, 7).remove(0).replace('-', ""), shape(length));
            assert!(shape.holds(&code), "{code}");
            let signs: Vec<char> = code.chars().collect();
            for place in 0..signs.len() {
                // What is typed may be any letter or digit, those without a sign too.
                for wrong in ('0'..='9').chain('A'..='Z').filter(|wrong| *wrong != signs[place]) {
                    let mut other = signs.clone();
                    other[place] = wrong;
                    let other: String = other.into_iter().collect();
                    assert!(shape.resembles(&other) && !shape.holds(&other), "{code} {other}");
                }
                let mut other = signs.clone();
                other.swap(place, place.saturating_sub(1));
                let other: String = other.into_iter().collect();
                assert!(other == code || !shape.holds(&other), "{code} {other}");
            }
        }
    }

    #[test]
    fn codes_are_grouped_different_and_of_the_randomness_alone() {
        let codes = made(12, 500, 1);
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 500);
        assert!(codes.iter().all(|code| code.len() == 14 && shape(12).holds(&normal_code(code))));
        assert!(codes.iter().all(|code| code.as_bytes()[4] == b'-' && code.as_bytes()[9] == b'-'));
        assert_eq!(codes, made(12, 500, 1));
        assert_ne!(codes, made(12, 500, 2));
    }

    #[test]
    fn what_is_taken_does_not_come_again() {
        let first = made(12, 20, 1);
        let mut taken = first.iter().map(|code| normal_code(code).into_owned()).collect();
        let more = shape(12).make(20, &[1; 16], &mut taken);
        assert!(more.iter().all(|code| !first.contains(code)));
    }

    #[test]
    fn every_sign_is_about_equally_likely() {
        let codes = made(32, 1_000, 3).concat();
        for sign in CodeShape::SIGNS.chars() {
            let times = codes.chars().filter(|it| *it == sign).count();
            assert!((850..1_220).contains(&times), "{sign}: {times} of 32,000");
        }
    }

    #[test]
    fn one_of_a_thousand_codes_may_be_given_out() {
        assert_eq!(shape(4).capacity(), 29);
        assert_eq!(shape(6).capacity(), 28_629);
        assert_eq!(shape(12).capacity(), 25_408_476_896_404);
        assert_eq!(shape(15).capacity(), 756_943_935_220_796_320);
        assert_eq!(shape(32).capacity(), u64::MAX);
    }

    #[test]
    fn case_width_blanks_and_hyphens_do_not_matter() {
        for written in
            ["7kq2-m4xn", " 7KQ2 M4XN ", "７ＫＱ２－Ｍ４ＸＮ", "7kq2\u{3000}m4xn", "7KQ2–M4XN\t", "7KQ2M4XN"]
        {
            assert_eq!(normal_code(written), "7KQ2M4XN", "{written}");
        }
        assert_eq!(normal_code("봄-세일"), "봄세일");
        assert_eq!(normal_code("- -"), "");
    }
}

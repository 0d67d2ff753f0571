//! How finely points are kept, and which way they are rounded.

use serde_json::{Value, json};

use super::Stop;

/// What the rules and steps of a case ask of the points' wallet.
#[derive(Clone, Debug, Default)]
pub(super) struct Grains {
    digits: u8,
    mode: Option<&'static str>,
    /// Something is computed that says nothing about rounding itself.
    pub(super) default: bool,
    /// The policy's digits, or those that another word asks for.
    fixed: Option<u8>,
}

/// The modes of cases, and those of the engine.
const MODES: [(&str, &str); 12] = [
    ("down", "down"),
    ("floor", "down"),
    ("truncate", "down"),
    ("up", "up"),
    ("ceil", "up"),
    ("half_up", "half_up"),
    ("round", "half_up"),
    ("half_down", "half_down"),
    ("half_even", "half_even"),
    ("half_odd", "half_odd"),
    ("none", "down"),
    ("bankers", "half_even"),
];

/// The engine's word for a mode.
pub(super) fn mode(word: &str) -> Result<&'static str, Stop> {
    let known = MODES.iter().find(|(known, _)| *known == word);
    known.map(|(_, mode)| *mode).ok_or_else(|| Stop::Unsupported(format!("rounding.mode: {word}")))
}

impl Grains {
    /// At least so many digits are needed.
    pub(super) fn digits(&mut self, digits: u8) {
        self.digits = self.digits.max(digits);
    }

    /// Points are rounded this way; a wallet has one.
    pub(super) fn mode(&mut self, word: &str) -> Result<(), Stop> {
        let mode = mode(word)?;
        if self.mode.is_some_and(|known| known != mode) {
            return Err(Stop::unsupported("points that are rounded in several ways"));
        }
        self.mode = Some(mode);
        if word == "none" {
            self.digits(dangol::Wallet::MAX_DIGITS);
        }
        Ok(())
    }

    /// A mode with exactly so many digits.
    pub(super) fn exactly(&mut self, word: &str, digits: u8) -> Result<(), Stop> {
        if self.fixed.is_some_and(|known| known != digits) {
            return Err(Stop::unsupported("points that are rounded in several ways"));
        }
        self.fixed = Some(digits);
        self.mode(word)
    }

    /// Digits and rounding of the wallet. Where nobody says how, points are rounded half up to the digits of money.
    pub(super) fn wallet(&self, money: u8) -> Result<(u8, Value), Stop> {
        let open = self.default && self.mode.is_none();
        let digits = match self.fixed {
            Some(digits) if digits < self.digits && self.digits < dangol::Wallet::MAX_DIGITS => {
                return Err(Stop::unsupported("points with more digits than they are rounded to"));
            }
            Some(digits) => digits.max(self.digits),
            None if open => self.digits.max(money),
            None => self.digits,
        };
        if digits > dangol::Wallet::MAX_DIGITS {
            return Err(Stop::unsupported("points with more than 4 digits"));
        }
        let mode = self.mode.unwrap_or(if open { "half_up" } else { "down" });
        Ok((digits, json!({ "mode": mode })))
    }
}

//! What a case asks the engine to do, step by step: its own words, translated.

use std::collections::{BTreeMap, BTreeSet};

use dangol::{Amount, Instant};
use serde_json::Value;

/// One step: when, what, and under which name.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// When, where the case says it.
    pub(super) at: Option<Instant>,
    /// Whether it may lie before the case's clock, where the case does not say when: what is there already.
    pub(super) before: bool,
    /// The name under which the engine books it.
    pub(super) operation: String,
    pub(super) act: Act,
}

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// An action of the engine, with what it is for.
    Action { action: Value, role: Role },
    /// An order.
    Order { basket: Value, guest: bool, booked: Booked },
    /// The order that was quoted last is placed.
    Confirm,
    /// The order that was placed last is cancelled: where it paid nothing with points and earned none, only the host knows.
    Cancel,
    /// Something of an order comes back: of the latest one where none is named.
    Back { returned: Value, order: Option<String> },
    /// The program is edited, and later steps find the later one.
    Change,
    /// Time passes, and what has ended is written off.
    Pass,
    /// Time passes by a period, so that inactive members lose points.
    Decay { days: u32 },
    /// What can be used now.
    Balance { wallet: &'static str },
    /// What is left of each lot.
    Lots,
    /// One of the lots is written off, by its number in the order of issue, from 0.
    Expire { lot: u32 },
    /// What will have ended at an instant.
    Expiring { until: Instant },
}

/// What an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It grants points that a case counts as earned.
    Earns,
    /// Any other.
    Other,
}

/// How often an offer was used that all members together may use so often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uses {
    pub(super) used: u32,
    /// Whether a cancelled order gives its use back.
    pub(super) restored: bool,
}

/// Whether an order is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Booked {
    /// It is only quoted.
    No,
    /// It is placed.
    Yes,
}

/// Everything that is needed to run a case and to read its results.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) program: Value,
    /// The program as it is edited, each time that a step does.
    pub(super) later: Vec<Value>,
    pub(super) member: Value,
    pub(super) start: Instant,
    pub(super) clock: Option<Instant>,
    pub(super) steps: Vec<Step>,
    pub(super) tolerance: Amount,
    /// The digits of money.
    pub(super) digits: u8,
    /// What the case calls the lines of its basket, in their order.
    pub(super) lines: Vec<String>,
    /// The rule that each offer belongs to, and the lane of each rule.
    pub(super) names: BTreeMap<String, String>,
    pub(super) phases: BTreeMap<String, String>,
    /// The rules that need a code.
    pub(super) coded: BTreeSet<String>,
    /// How often offers with a limit for all members were used before.
    pub(super) uses: BTreeMap<String, Uses>,
    /// Whether shares say how prices change, and not what is taken off.
    pub(super) changes: bool,
    /// The wallet that a plain `balance` is about.
    pub(super) balance: Option<&'static str>,
    /// The money of one step, where what is left over is carried on.
    pub(super) carried: Option<Amount>,
    /// The reward that is asked for.
    pub(super) reward: Option<String>,
    /// The offer whose availability is asked for.
    pub(super) tried: Option<String>,
    /// Whether the order that is asked for counts for the tier that it is asked for.
    pub(super) counts_order: bool,
    pub(super) unstated: Vec<&'static str>,
}

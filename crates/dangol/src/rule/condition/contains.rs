//! `contains`: certain articles are in the basket.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::{Facts, LineFacts, Selector};
use crate::value::Amount;

/// `{"contains": {"lines": {"categories": ["coffee"]}, "units": 2}}` holds where the matching lines have that many
/// units or more, and with `at_most` no more than that; a weighed line counts as one unit.
///
/// Without `lines` the whole basket counts: `{"contains": {"units": 5}}`. With `"per": "line"` one of the matching lines
/// must have so many by itself. What matching lines are worth is `spend`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contains {
    /// Which lines count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// How many units there must be; 1 where left out.
    #[serde(default = "one")]
    pub units: u32,
    /// How many units there may be; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Whether the units of all matching lines count together, or one line must have them.
    #[serde(default, skip_serializing_if = "UnitsPer::is_lines")]
    pub per: UnitsPer,
}

/// Which units count together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitsPer {
    /// Those of all matching lines.
    #[default]
    Lines,
    /// Those of one line, whichever it is.
    Line,
}

impl UnitsPer {
    fn is_lines(&self) -> bool {
        *self == UnitsPer::Lines
    }
}

fn one() -> u32 {
    1
}

impl Contains {
    pub(super) fn check(&mut self, check: &mut Check) {
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        let units = i32::try_from(self.units).map_or(Amount::ZERO, Amount::from);
        check.at("units", |check| check.range(units, |units| units > Amount::ZERO, "more than nothing"));
        if self.at_most.is_some_and(|most| most < self.units) {
            check.at("at_most", |check| {
                check.problem(
                    Code::Contradiction,
                    "is below `units`: nothing lies between; raise it, or lower that",
                )
            });
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let lines = facts.matching(self.lines.as_ref()).filter_map(|line| facts.lines.get(line));
        let units = lines.map(|line: &LineFacts| line.units.map_or(1, i64::unsigned_abs));
        match self.per {
            UnitsPer::Lines => self.misfit(units.fold(0_u64, u64::saturating_add)),
            UnitsPer::Line => self.nearest(units),
        }
    }

    /// Nothing where a line has so many, else the reason of the line that comes nearest.
    fn nearest(&self, lines: impl Iterator<Item = u64>) -> Option<Reason> {
        let (mut below, mut above) = (0, None::<u64>);
        for units in lines {
            match self.misfit(units)? {
                Reason::TooManyContained { .. } => {
                    above = Some(above.map_or(units, |least| least.min(units)))
                }
                _ => below = units.max(below),
            }
        }
        self.misfit(above.unwrap_or(below))
    }

    fn misfit(&self, actual: u64) -> Option<Reason> {
        let required = u64::from(self.units);
        if actual < required {
            return Some(Reason::NotContained { required, actual });
        }
        let most = self.at_most.map(u64::from).filter(|most| actual > *most);
        most.map(|at_most| Reason::TooManyContained { at_most, actual })
    }
}

//! `contains`: certain articles are in the basket.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, Selector};
use crate::value::Amount;

/// `{"contains": {"lines": {"categories": ["coffee"]}, "units": 2}}` holds where the matching lines have that many
/// units or more; a weighed line counts as one unit.
///
/// Without `lines` the whole basket counts: `{"contains": {"units": 5}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contains {
    /// Which lines count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// How many units there must be; 1 where left out.
    #[serde(default = "one")]
    pub units: u32,
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
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let units = facts.matching(self.lines.as_ref()).filter_map(|line| facts.lines.get(line));
        let actual =
            units.fold(0_u64, |sum, line| sum.saturating_add(line.units.map_or(1, i64::unsigned_abs)));
        let required = u64::from(self.units);
        (actual < required).then_some(Reason::NotContained { required, actual })
    }
}

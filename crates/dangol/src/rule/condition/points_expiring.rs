//! `points_expiring`: points are about to end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::{Id, Period, Points};

/// `{"points_expiring": {"wallet": "points", "within": "30 days", "at_least": "1000"}}` holds where that many points that
/// the member can use today end until the day that lies that far ahead.
///
/// As in notices, what counts is the day on which points end without a grace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsExpiring {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How far ahead: with `"30 days"`, points that end in 30 days or sooner.
    pub within: Period,
    /// The fewest points, more than nothing.
    pub at_least: Points,
}

impl PointsExpiring {
    pub(super) fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(self.wallet.as_ref());
        check.at("at_least", |check| check.positive_points(&mut self.at_least, digits));
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let (wallet, until) = (facts.wallet(self.wallet.as_ref())?, self.within.after(facts.today));
        let account = facts.member.wallets.get(&wallet.id);
        let lots = account.into_iter().flat_map(|account| account.lots());
        let ends = |day| until.is_none_or(|until| day <= until);
        let ending = lots.filter(|lot| lot.is_usable(facts.today) && lot.expires_on.is_some_and(ends));
        // Together they are no more than the balance, which adds up.
        let sum = ending.fold(Points::ZERO, |sum, lot| sum.plus(lot.free()).unwrap_or(sum));
        let actual = Points(sum.0.rescaled(wallet.digits).unwrap_or(sum.0));
        let (required, within) = (self.at_least, self.within);
        let wallet = wallet.id.clone();
        (actual < required).then_some(Reason::TooFewExpiring { wallet, within, required, actual })
    }
}

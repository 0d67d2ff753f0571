//! What has come back of an order so far, and the sums that the next return goes on from: so that a return costs what comes
//! back, however long the order is.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Charge, Return};
use crate::value::{Amount, Id, Money, Overflow, Percent, Points, Quantity, product};

/// What has come back of an order so far, all returns together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// How much of each line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<Id, Quantity>,
    /// Whether delivery was refunded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shipping: bool,
    /// Whether other charges were refunded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fees: bool,
    /// Whether the order was voided.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub void: bool,
    /// The sums over the lines.
    #[serde(default, skip_serializing_if = "BackSums::is_nothing")]
    pub sums: BackSums,
    /// What was taken off refunds for points that were used already.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub points_charged: Money,
    /// What was refunded in money.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub refunded: Money,
    /// What was taken back of the points of each rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub taken: BTreeMap<Id, BackTaken>,
    /// The points that had paid and came back, by wallet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub restored: BTreeMap<Id, BackRestored>,
}

/// What was taken back of the points of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackTaken {
    /// How many.
    pub points: Points,
    /// How many of these were gone already.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub expired: Points,
    /// How many of these became a deficit.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub deficit: Points,
}

/// The points of a wallet that had paid and came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackRestored {
    /// How many.
    pub points: Points,
    /// What they had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub value: Money,
}

/// What has come back of the amounts of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackSums {
    /// How many lines are not back as a whole, gifts not counted.
    #[serde(default)]
    pub lines_left: u64,
    /// What of the goods' value money had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub money: Money,
    /// What of the goods' value points had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub points: Money,
    /// The amounts that carry each tax rate, lowest rate first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxed: Vec<BackTaxed>,
    /// What rules had counted of what is kept, in the order of the order's accruals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accruals: Vec<BackAccrual>,
    /// What ladders had counted of what has come back, in the order of the order's ladders; of those that count in their own
    /// way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ladders: Vec<Money>,
    /// What has come back of what rules carried on, in the order of the order's `carried`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Money>,
}

/// What a rule had counted of what is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackAccrual {
    /// What it had counted, by the factors that multipliers made.
    pub kept: Vec<BackCounted>,
    /// What lines lost that are rounded by themselves.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub lost: Points,
}

/// What of the amounts that carry a tax rate has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackTaxed {
    /// The rate in percent.
    pub rate: Percent,
    /// The amounts, as the lines say them.
    pub amount: Money,
}

/// What a rule had counted with one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackCounted {
    /// What multipliers had made of it; 1 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
    /// The money.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub money: Money,
    /// The whole units.
    #[serde(default)]
    pub units: u64,
}

/// So much of an amount as falls to the part of a line that has come back; what is left falls to its last unit.
pub(crate) fn share(amount: Money, back: Quantity, of: Quantity) -> Result<Money, Overflow> {
    let digits = back.0.digits().max(of.0.digits());
    let units = |quantity: Quantity| quantity.0.rescaled(digits).map(Amount::units).ok_or(Overflow);
    Money::of_units(portion(amount.units(), units(back)?, units(of)?)?, amount.0.digits())
}

/// So much of a number as `back` is of `of`, rounded down.
pub(crate) fn portion(all: i64, back: i64, of: i64) -> Result<i64, Overflow> {
    if of == 0 || back == of {
        return Ok(all);
    }
    let part = product(all, back).checked_div(i128::from(of)).ok_or(Overflow)?;
    i64::try_from(part).map_err(|_| Overflow)
}

impl Back {
    /// How much of a line is back.
    pub(crate) fn of(&self, line: &Id) -> Quantity {
        self.lines.get(line).copied().unwrap_or(Quantity::ZERO)
    }

    /// What was taken back of the points of a rule.
    pub(crate) fn taken_of(&self, rule: &Id) -> BackTaken {
        self.taken.get(rule).copied().unwrap_or_default()
    }

    /// The points of a wallet that had paid and came back: what does not make a whole point yet is told with the next one,
    /// and what is refunded in points is not refunded twice, whatever what is kept costs then.
    pub(crate) fn restored_to(&self, wallet: &Id) -> BackRestored {
        self.restored.get(wallet).copied().unwrap_or_default()
    }

    /// Whether a charge was refunded.
    pub(crate) fn has(&self, charge: Charge) -> bool {
        match charge {
            Charge::Shipping => self.shipping,
            Charge::Fees => self.fees,
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Back::default()
    }

    /// Adds what a return gave and took, which is less than nothing where one is taken back; as before on overflow.
    pub(super) fn add(&mut self, returned: &Return) -> Result<(), Overflow> {
        let refunded = self.refunded.plus(returned.money)?;
        let charged = self.points_charged.plus(returned.points_charged)?;
        let mut taken = Vec::with_capacity(returned.taken.len());
        for more in returned.taken.iter().filter(|more| more.reached.is_none()) {
            let known = self.taken.get(&more.rule).copied().unwrap_or_default();
            let (points, expired) = (known.points.plus(more.points)?, known.expired.plus(more.expired)?);
            taken.push((
                &more.rule,
                BackTaken { points, expired, deficit: known.deficit.plus(more.deficit)? },
            ));
        }
        let mut restored = Vec::with_capacity(returned.points.len());
        for more in returned.points.iter().filter(|more| more.offer.is_none()) {
            let known = self.restored.get(&more.wallet).copied().unwrap_or_default();
            let (points, value) = (known.points.plus(more.points)?, known.value.plus(more.value)?);
            restored.push((&more.wallet, BackRestored { points, value }));
        }
        (self.refunded, self.points_charged) = (refunded, charged);
        for (rule, sum) in taken {
            put(&mut self.taken, rule, sum);
        }
        for (wallet, sum) in restored {
            put(&mut self.restored, wallet, sum);
        }
        for line in &returned.lines {
            put(&mut self.lines, &line.id, line.returned);
        }
        Ok(())
    }
}

/// Notes a sum by name; nothing is not noted.
fn put<T: Default + PartialEq>(sums: &mut BTreeMap<Id, T>, name: &Id, sum: T) {
    if sum == T::default() {
        sums.remove(name);
    } else if let Some(known) = sums.get_mut(name) {
        *known = sum;
    } else {
        sums.insert(name.clone(), sum);
    }
}

impl BackSums {
    /// Whether nothing of the goods is left with the customer.
    pub(crate) fn is_whole(&self) -> bool {
        self.lines_left == 0
    }

    fn is_nothing(&self) -> bool {
        *self == BackSums::default()
    }
}

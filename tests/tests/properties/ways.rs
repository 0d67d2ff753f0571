//! What several returns have in common with one, where what is kept is looked at after each of them.
//!
//! What is kept may cost less, earn more or get a coupon again when yet more comes back. What was paid out, given back or
//! taken by then stays so: it is the most that it ever was on the way, and at least what it is at the end.

use serde_json::Value;

use super::selling::Sold;

/// How an amount of several returns stands to that of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Same,
    AtLeast,
    /// It depends on what came first.
    OnTheWay,
}

/// Which terms look at what is kept, of an order of which some is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    some: bool,
    /// The discounts that it would get, and the gifts.
    discounts: bool,
    gifts: bool,
    /// The points that it would earn, or steps that were begun: more goods may make less of these.
    earned: bool,
    /// The coupons that it would get.
    coupons: bool,
    /// Points that are missing are taken off the money.
    charges: bool,
}

impl Way {
    pub(crate) fn of(sold: &Sold, some: bool) -> Way {
        let says = |field: &str, word: &str| some && sold.shop.file["returns"][field] == word;
        let begun = |rule: &Value| rule["award"]["per_amount"]["steps"] == "started";
        let begun = sold.shop.file["accruals"].as_array().is_some_and(|rules| rules.iter().any(begun));
        Way {
            some,
            discounts: says("discounts", "requote"),
            gifts: says("gifts", "charge"),
            earned: says("earned", "requote") || (begun && says("earned", "of_goods")),
            coupons: says("discounts", "requote") || says("earned", "requote"),
            charges: says("used", "charge"),
        }
    }

    /// What holds of an amount of that name.
    pub(crate) fn of_amount(self, what: &str) -> Holds {
        let (kind, last) = (what.split(' ').next().unwrap_or(what), what.rsplit(' ').next().unwrap_or(what));
        let money = self.discounts || self.gifts;
        match kind {
            // What was charged for points depends on which were missing, and on the money that there was then.
            "money" | "settled" | "tender" | "points_charged" if self.charges && (money || self.earned) => {
                Holds::OnTheWay
            }
            "settled" | "tender" if money => Holds::OnTheWay,
            "money" if money => Holds::AtLeast,
            // What does not make a whole point yet is told with the next one.
            "points" if self.some && last == "value" => Holds::OnTheWay,
            "points" if self.discounts && last == "ended" => Holds::OnTheWay,
            "points" if self.discounts => Holds::AtLeast,
            "taken" if last == "points" => {
                if self.earned {
                    Holds::AtLeast
                } else {
                    Holds::Same
                }
            }
            "taken" if self.earned || self.discounts || (money && self.charges) => Holds::OnTheWay,
            "budget" if self.earned => Holds::OnTheWay,
            "issued" if last == "true" && self.coupons => Holds::AtLeast,
            _ => Holds::Same,
        }
    }

    /// What must be the same of a member.
    pub(crate) fn of_member(self, mut standing: Value) -> Value {
        let money = self.discounts || self.gifts;
        if self.earned || self.discounts || (money && self.charges) {
            standing["wallets"] = Value::Null;
        }
        if self.coupons {
            (standing["coupons"], standing["issued"]) = (Value::Null, Value::Null);
        }
        if self.earned {
            // Rules count their points, and so may ladders.
            for field in ["tallies", "tiers"] {
                standing[field] = Value::Null;
            }
            for day in standing["activity"].as_array_mut().into_iter().flatten() {
                day["points"] = Value::Null;
            }
        }
        standing
    }
}

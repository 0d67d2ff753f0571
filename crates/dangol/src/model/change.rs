//! What an event changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::{
    Because, Birthday, HeldCoupon, LadderCount, Standing, Tally, TallyEntry, TierCause, TierMeasure,
};
use crate::ledger::{Draw, Lot, LotDays};
use crate::value::{Day, Id, Instant, Money, Points};

/// What an event changes. Every consequence is written out, so that no rule is needed to apply it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// An order was placed: it counts, and its spend goes into the day's activity.
    OrderPlaced {
        /// The order.
        order: Id,
        /// The civil day of the order.
        on: Day,
        /// What was paid for goods, after discounts and points.
        spend: Money,
        /// Activity before this day can no longer matter by itself: it is kept as a sum.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        forget_before: Option<Day>,
        /// What it counts on ladders that count orders in their own way.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<LadderCount>,
    },
    /// The signal came that an order waited for: it counts on a ladder.
    OrderCounted {
        /// The order.
        order: Id,
        /// The ladder.
        ladder: Id,
        /// The civil day on which it counts.
        on: Day,
        /// What it counts as spend.
        spend: Money,
    },
    /// Goods of an order came back, or a return was taken back.
    OrderReturned {
        /// The order.
        order: Id,
        /// The civil day of the order.
        on: Day,
        /// Whether nothing of its goods is left with the customer: it counts as an order no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        whole: bool,
        /// Whether a return was taken back, so that the order counts again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reopened: bool,
        /// The day of the member's latest order before it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<Day>,
        /// What it counts from now on when its signal comes, on ladders where it waits for one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        waiting: Vec<LadderCount>,
    },
    /// An offer took effect; the coupon that it needed is gone.
    OfferUsed {
        /// The order.
        order: Id,
        /// The offer.
        offer: Id,
        /// The code that was shown for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// The coupon that was used for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        coupon: Option<Id>,
        /// The tallies that the use is added to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tallies: Vec<TallyEntry>,
        /// The budget that it was given out of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        budget: Option<Id>,
        /// What it took off, where that comes out of a budget.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount: Option<Money>,
    },
    /// Goods came back: an offer no longer counts as used.
    OfferReleased {
        /// The order.
        order: Id,
        /// The offer.
        offer: Id,
        /// The tallies that the use is taken out of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tallies: Vec<TallyEntry>,
        /// The budget that it goes back into.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        budget: Option<Id>,
        /// What it had taken off, where that goes back into a budget.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount: Option<Money>,
    },
    /// Goods came back, or a return was taken back: what counts against limits and sums of the running spans changes.
    TalliesCorrected {
        /// The order.
        order: Id,
        /// By how much; tallies of other spans stay as they are.
        tallies: Vec<Tally>,
        /// Whether it is that much more, and not less.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        more: bool,
    },
    /// A rule granted points: a new lot.
    PointsEarned {
        /// The wallet.
        wallet: Id,
        /// The new lot.
        lot: Id,
        /// The rule that granted them.
        rule: Id,
        /// How many.
        points: Points,
        /// The last day on which they can be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_on: Option<Day>,
        /// The end of a grace after that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Day>,
        /// The first day on which they can be used; at once where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usable_from: Option<Day>,
        /// The signal that must come first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        awaits: Option<Id>,
        /// Whose points they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<Id>,
        /// The tallies that the points are added to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tallies: Vec<TallyEntry>,
        /// The civil day on which they count on ladders, where one counts points of the wallet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted_on: Option<Day>,
    },
    /// A rule counted money without granting points: it is carried on to the next time.
    AmountCarried {
        /// The tally that the money is added to.
        tally: TallyEntry,
    },
    /// Points were granted without a rule: by hand, as a gift, in exchange for a reward.
    PointsGranted {
        /// The wallet.
        wallet: Id,
        /// The new lot.
        lot: Id,
        /// How many.
        points: Points,
        /// Why.
        because: Because,
        /// When they were earned, where that was earlier: a gift keeps its age.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earned_at: Option<Instant>,
        /// The last day on which they can be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_on: Option<Day>,
        /// The end of a grace after that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Day>,
        /// The first day on which they can be used; at once where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usable_from: Option<Day>,
        /// The signal that must come first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        awaits: Option<Id>,
        /// Whose points they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<Id>,
    },
    /// Points can be used from now on, or from that day on: what they waited for has come.
    PointsVested {
        /// The wallet.
        wallet: Id,
        /// The lot.
        lot: Id,
        /// How many.
        points: Points,
        /// The first day on which they can be used; at once where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usable_from: Option<Day>,
        /// The last day on which they can be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_on: Option<Day>,
        /// The end of a grace after that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Day>,
    },
    /// Points were spent.
    PointsSpent {
        /// The wallet.
        wallet: Id,
        /// How many in all: what the lots give, and the deficit.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// How many of them were not there.
        #[serde(default, skip_serializing_if = "Points::is_nothing")]
        deficit: Points,
        /// The offer that they were exchanged for; nothing where they paid for the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offer: Option<Id>,
        /// The reward that they were exchanged for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reward: Option<Id>,
        /// The hold that ends with it; what it kept beyond these points is free again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<Id>,
        /// What the host noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// What was left of a lot expired.
    PointsExpired {
        /// The wallet.
        wallet: Id,
        /// The lot.
        lot: Id,
        /// What was left of it.
        points: Points,
        /// The last day on which they could have been used.
        expired_on: Day,
        /// The last day on which they can be brought back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keep_until: Option<Day>,
    },
    /// Part of the balance of an inactive member was lost.
    PointsDecayed {
        /// The wallet.
        wallet: Id,
        /// How many in all.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// The day on which they were lost.
        on: Day,
    },
    /// Points were taken back.
    PointsRevoked {
        /// The wallet.
        wallet: Id,
        /// How many in all: what the lots give, and the deficit.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// How many of them were not there.
        #[serde(default, skip_serializing_if = "Points::is_nothing")]
        deficit: Points,
        /// Why, in the host's words; nothing where goods came back.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The order whose goods came back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Id>,
        /// The tier that was not reached, where they had been granted for it by something else than the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reached: Option<Id>,
    },
    /// Points that had been spent, or taken back, are there again.
    PointsRestored {
        /// The wallet.
        wallet: Id,
        /// How many in all.
        points: Points,
        /// The lots, each with what comes back to it, and the dates that it has where it is no longer there.
        lots: Vec<Lot>,
        /// The order.
        order: Id,
        /// The offer that they had been exchanged for; nothing where they had paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offer: Option<Id>,
        /// Whether they had been taken back, and not spent.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        revoked: bool,
        /// The tier that is reached again, where they had been granted for it by something else than the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reached: Option<Id>,
    },
    /// Lots last as long as they did before an order that came back, or as the order made them last where it counts again.
    PointsRedated {
        /// The wallet.
        wallet: Id,
        /// The order.
        order: Id,
        /// The lots, with the days that they have now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lots: Vec<LotDays>,
        /// When points of the wallet were last earned or spent, without the order or with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        active_at: Option<Instant>,
    },
    /// Points that came in made up for a deficit.
    DeficitAbsorbed {
        /// The wallet.
        wallet: Id,
        /// How many.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
    },
    /// Points were set aside for a payment under way.
    PointsHeld {
        /// The wallet.
        wallet: Id,
        /// The hold.
        hold: Id,
        /// How many in all.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// When the hold ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
    },
    /// A hold ended without a payment: its points are free again.
    HoldReleased {
        /// The wallet.
        wallet: Id,
        /// The hold.
        hold: Id,
        /// How many it kept.
        points: Points,
    },
    /// Points can be used longer.
    PointsExtended {
        /// The wallet.
        wallet: Id,
        /// The lots.
        lots: Vec<Id>,
        /// Their new last day.
        expires_on: Day,
        /// The end of a grace after that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Day>,
    },
    /// Expired points were brought back.
    PointsReinstated {
        /// The wallet.
        wallet: Id,
        /// How many in all.
        points: Points,
        /// The lots.
        lots: Vec<Draw>,
        /// Their new last day.
        expires_on: Day,
    },
    /// Points were given to another member.
    PointsSent {
        /// The wallet.
        wallet: Id,
        /// How many in all.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// Who got them.
        to: Id,
    },
    /// A coupon was issued to the member, or given by another one.
    CouponIssued {
        /// The coupon.
        coupon: HeldCoupon,
        /// The member who gave it; then it counts against no limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Id>,
    },
    /// A coupon that was gone came back.
    CouponRestored {
        /// The coupon.
        coupon: HeldCoupon,
    },
    /// A coupon was taken back.
    CouponRevoked {
        /// The coupon.
        coupon: Id,
        /// The offer that it was for.
        offer: Id,
        /// Why, in the host's words; nothing where goods came back.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The order whose goods came back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Id>,
    },
    /// A coupon's last day went by.
    CouponExpired {
        /// The coupon.
        coupon: Id,
        /// The offer that it was for.
        offer: Id,
        /// The last day on which it could have been used.
        expired_on: Day,
    },
    /// A coupon was set aside for a payment under way.
    CouponHeld {
        /// The coupon.
        coupon: Id,
        /// The offer that it is for.
        offer: Id,
        /// The hold.
        hold: Id,
        /// When the hold ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
    },
    /// A hold ended without a payment: its coupon is free again.
    CouponReleased {
        /// The coupon.
        coupon: Id,
        /// The offer that it is for.
        offer: Id,
        /// The hold.
        hold: Id,
    },
    /// A coupon was given to another member, or another member used it in an order.
    CouponSent {
        /// The coupon.
        coupon: Id,
        /// The offer that it was for.
        offer: Id,
        /// Who got or used it.
        to: Id,
        /// The order in which it was used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Id>,
    },
    /// The member joined.
    Enrolled {
        /// The day of joining.
        on: Day,
        /// The birthday, where it was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        birthday: Option<Birthday>,
    },
    /// The member brought a friend, or was brought by one.
    Referred {
        /// The friend that the member brought.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        friend: Option<Id>,
        /// The member who brought this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Id>,
    },
    /// Something happened that the host reported: a review, a check-in.
    EventRecorded {
        /// What.
        event: Id,
        /// How many units of it; 1 where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<u64>,
        /// The civil day on which it counts on ladders, where one counts it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted_on: Option<Day>,
    },
    /// The member rose or fell to another tier.
    TierChanged {
        /// The ladder.
        ladder: Id,
        /// The tier before; nothing where the member had none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Id>,
        /// The tier from now on; nothing where the member has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Id>,
        /// Why.
        because: TierCause,
        /// The measures that decided it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        by: Vec<TierMeasure>,
        /// Where the member stands from now on.
        standing: Box<Standing>,
    },
    /// What counts for tiers was put right, by hand or because goods came back.
    ActivityCorrected {
        /// The day; nothing for what is no longer kept day by day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Day>,
        /// How much more was spent; less with a minus.
        #[serde(default, skip_serializing_if = "Money::is_nothing")]
        spend: Money,
        /// How many more orders there were; fewer with a minus.
        #[serde(default, skip_serializing_if = "is_none")]
        orders: i32,
        /// How many more points of each wallet rules granted; fewer with a minus.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        points: BTreeMap<Id, Points>,
        /// The ladder that it is about, where that counts orders in its own way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ladder: Option<Id>,
        /// The ladders that count orders in their own way, and on which it does not count.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        beside: Vec<Id>,
        /// Why, in the host's words; nothing where goods came back.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The order whose goods came back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Id>,
    },
    /// The member keeps a tier, and something else about it changed: how long it holds, or what stands beneath it.
    TierReviewed {
        /// The ladder.
        ladder: Id,
        /// The tier; nothing where the member has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tier: Option<Id>,
        /// Why.
        because: TierCause,
        /// The measures that decided it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        by: Vec<TierMeasure>,
        /// Where the member stands from now on.
        standing: Box<Standing>,
    },
}

impl Change {
    /// What becomes of a standing: another tier than `from`, or something else about it.
    pub(crate) fn of_tier(
        ladder: Id,
        from: Option<Id>,
        because: TierCause,
        by: Vec<TierMeasure>,
        standing: Box<Standing>,
    ) -> Change {
        let to = standing.tier.clone();
        if from == to {
            Change::TierReviewed { ladder, tier: to, because, by, standing }
        } else {
            Change::TierChanged { ladder, from, to, because, by, standing }
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(orders: &i32) -> bool {
    *orders == 0
}

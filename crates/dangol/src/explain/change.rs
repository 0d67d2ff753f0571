//! What happened, in a sentence.

use crate::model::{Because, Change};
use crate::program::Program;
use crate::value::{Day, Id, Lang};

use super::catalog::Sentences;
use super::names::Names;
use super::tier;

impl Program {
    /// What an event changed, in a sentence: for statements and notices.
    ///
    /// Names come from this program; what it does not know keeps its id.
    #[must_use]
    pub fn describe(&self, change: &Change, lang: Lang) -> String {
        let names = Names { program: self.compiled(), currency: self.compiled().currency().currency, lang };
        sentence(change, &names, Sentences::of(lang))
    }
}

type Places = Vec<(&'static str, String)>;

fn sentence(change: &Change, names: &Names<'_>, words: Sentences) -> String {
    let (key, mut places): (&str, Places) = match change {
        Change::OrderPlaced { order, spend, .. } => {
            ("order_placed", vec![("order", order.to_string()), ("spend", names.money(*spend))])
        }
        Change::OrderReturned { order, whole, reopened, .. } => {
            let key = match (reopened, whole) {
                (true, _) => "order_reopened",
                (false, true) => "order_returned_whole",
                (false, false) => "order_returned",
            };
            (key, vec![("order", order.to_string())])
        }
        Change::OfferReleased { offer, .. } => {
            ("offer_released", vec![("offer", names.offer(offer.as_str()))])
        }
        Change::TalliesCorrected { order, .. } => ("tallies_corrected", vec![("order", order.to_string())]),
        Change::OfferUsed { offer, .. } => ("offer_used", vec![("offer", names.offer(offer.as_str()))]),
        Change::TierChanged { .. } | Change::TierReviewed { .. } => {
            return tier::changed(change, names, words);
        }
        Change::OrderCounted { order, spend, .. } => {
            ("order_counted", vec![("order", order.to_string()), ("spend", names.money(*spend))])
        }
        Change::ActivityCorrected { spend, orders, reason, order, .. } => {
            let reason = why(reason, order.as_ref(), words);
            let places =
                vec![("spend", names.money(*spend)), ("orders", orders.to_string()), ("reason", reason)];
            ("activity_corrected", places)
        }
        Change::Enrolled { on, .. } => ("enrolled", vec![("on", on.to_string())]),
        Change::Referred { friend: Some(friend), .. } => ("referred", vec![("friend", friend.to_string())]),
        Change::Referred { by, .. } => {
            ("referred_by", vec![("by", by.as_ref().map_or_else(String::new, Id::to_string))])
        }
        Change::AmountCarried { tally } => (
            "amount_carried",
            vec![("rule", names.accrual(tally.of.as_str())), ("amount", names.money(tally.amount))],
        ),
        Change::EventRecorded { event, .. } => ("event_recorded", vec![("event", event.to_string())]),
        Change::CouponIssued { .. }
        | Change::CouponRestored { .. }
        | Change::CouponRevoked { .. }
        | Change::CouponExpired { .. }
        | Change::CouponHeld { .. }
        | Change::CouponReleased { .. }
        | Change::CouponSent { .. } => of_coupon(change, names, words),
        points => of_points(points, names, words),
    };
    if let Some(wallet) = change.wallet() {
        places.push(("wallet", names.wallet(wallet.as_str())));
        let points = change.points().map(|points| names.points(points, wallet.as_str()));
        places.extend(points.map(|points| ("points", points)));
    }
    let mut text = words.fill(&format!("change.{key}"), &places);
    if let Some(deficit) = change.deficit().filter(|deficit| !deficit.is_zero()) {
        text.push_str(&words.fill("change.deficit", &[("deficit", deficit.0.grouped())]));
    }
    text
}

/// Why, in the host's words, or because of which order.
fn why(reason: &str, order: Option<&Id>, words: Sentences) -> String {
    match order {
        Some(order) => words.fill("change.because_returned", &[("order", order.to_string())]),
        None => reason.to_owned(),
    }
}

/// The key and places of what happened to a coupon.
fn of_coupon(change: &Change, names: &Names<'_>, words: Sentences) -> (&'static str, Places) {
    let of = |offer: &Id| ("offer", names.offer(offer.as_str()));
    match change {
        Change::CouponIssued { coupon, from: Some(from) } => {
            ("coupon_received", vec![of(&coupon.offer), ("from", from.to_string())])
        }
        Change::CouponIssued { coupon, .. } => match coupon.expires_on {
            Some(day) => ("coupon_issued_until", vec![of(&coupon.offer), ("day", day.to_string())]),
            None => ("coupon_issued", vec![of(&coupon.offer)]),
        },
        Change::CouponRestored { coupon } => ("coupon_restored", vec![of(&coupon.offer)]),
        Change::CouponRevoked { offer, reason, order, .. } => {
            ("coupon_revoked", vec![of(offer), ("reason", why(reason, order.as_ref(), words))])
        }
        Change::CouponExpired { offer, expired_on, .. } => {
            ("coupon_expired", vec![of(offer), ("day", expired_on.to_string())])
        }
        Change::CouponHeld { offer, hold, .. } => {
            ("coupon_held", vec![of(offer), ("hold", hold.to_string())])
        }
        Change::CouponReleased { offer, hold, .. } => {
            ("coupon_released", vec![of(offer), ("hold", hold.to_string())])
        }
        Change::CouponSent { offer, to, .. } => ("coupon_sent", vec![of(offer), ("to", to.to_string())]),
        _ => ("unknown", Vec::new()),
    }
}

/// The key and places of a movement of points.
fn of_points(change: &Change, names: &Names<'_>, words: Sentences) -> (&'static str, Places) {
    let day = |day: &Day| vec![("day", day.to_string())];
    match change {
        Change::PointsEarned { rule, .. } => ("points_earned", vec![("rule", names.accrual(rule.as_str()))]),
        Change::PointsGranted { because, .. } => match because {
            Because::Adjustment(reason) => ("points_granted", vec![("reason", reason.clone())]),
            Because::Gift(gift) => ("points_received", vec![("from", gift.from.to_string())]),
            Because::Reward(reward) => ("points_exchanged", vec![("reward", names.reward(reward.as_str()))]),
        },
        Change::PointsSpent { offer: Some(offer), .. } => {
            ("points_spent_for", vec![("what", names.offer(offer.as_str()))])
        }
        Change::PointsSpent { reward: Some(reward), .. } => {
            ("points_spent_for", vec![("what", names.reward(reward.as_str()))])
        }
        Change::PointsSpent { reason: Some(reason), .. } => {
            ("points_spent_for", vec![("what", reason.clone())])
        }
        Change::PointsSpent { .. } => ("points_spent", Vec::new()),
        Change::PointsVested { usable_from: Some(from), .. } => ("points_vested_from", day(from)),
        Change::PointsVested { .. } => ("points_vested", Vec::new()),
        Change::PointsExpired { expired_on, .. } => ("points_expired", day(expired_on)),
        Change::PointsDecayed { .. } => ("points_decayed", Vec::new()),
        Change::PointsRevoked { reason, order, .. } => {
            ("points_revoked", vec![("reason", why(reason, order.as_ref(), words))])
        }
        Change::PointsRestored { order, .. } => ("points_restored", vec![("order", order.to_string())]),
        Change::PointsRedated { order, lots, .. } if lots.is_empty() => {
            ("points_active", vec![("order", order.to_string())])
        }
        Change::PointsRedated { order, lots, .. } => {
            ("points_redated", vec![("order", order.to_string()), ("lots", lots.len().to_string())])
        }
        Change::DeficitAbsorbed { .. } => ("deficit_absorbed", Vec::new()),
        Change::PointsHeld { hold, .. } => ("points_held", vec![("hold", hold.to_string())]),
        Change::HoldReleased { hold, .. } => ("hold_released", vec![("hold", hold.to_string())]),
        Change::PointsExtended { expires_on, lots, .. } => {
            let mut places = day(expires_on);
            places.push(("lots", lots.len().to_string()));
            ("points_extended", places)
        }
        Change::PointsReinstated { expires_on, .. } => ("points_reinstated", day(expires_on)),
        Change::PointsSent { to, .. } => ("points_sent", vec![("to", to.to_string())]),
        _ => ("unknown", Vec::new()),
    }
}

//! Why not, in a sentence.

use crate::model::Reason;
use crate::value::{Id, Money, Period, Points, Quantity, Weekday};

use super::accrual;
use super::catalog::{Sentences, grouped};
use super::condition;
use super::names::Names;

/// The sentence of a reason, with its numbers.
pub(super) fn sentence(reason: &Reason, names: &Names<'_>, words: Sentences) -> String {
    let plain = |points: &Points| points.0.grouped();
    let fill = |key: &str, places: &[(&str, String)]| words.fill(key, places);
    match reason {
        Reason::Guest => fill("guest", &[]),
        Reason::UnknownCode => fill("unknown_code", &[]),
        Reason::RepeatedCode => fill("repeated_code", &[]),
        Reason::MistypedCode => fill("mistyped_code", &[]),
        Reason::UnknownCoupon => fill("unknown_coupon", &[]),
        Reason::RepeatedCoupon => fill("repeated_coupon", &[]),
        Reason::OthersCoupon => fill("others_coupon", &[]),
        Reason::RevokedCoupon => fill("revoked_coupon", &[]),
        Reason::UsedCoupon => fill("used_coupon", &[]),
        Reason::CouponOnHold => fill("coupon_on_hold", &[]),
        Reason::OfferGone { offer } => fill("offer_gone", &[("offer", names.offer(offer.as_str()))]),
        Reason::IssuedUp { limit, issued } => {
            fill("issued_up", &[("limit", grouped(*limit)), ("issued", grouped(*issued))])
        }
        Reason::IssuedUnknown { offer } => fill("issued_unknown", &[("offer", names.offer(offer.as_str()))]),
        Reason::NotYet { from } => fill("not_yet", &[("from", from.to_string())]),
        Reason::Ended { until } => fill("ended", &[("until", until.to_string())]),
        Reason::UsedUp { per, limit, used } => {
            let times = [("limit", grouped(*limit)), ("used", grouped(*used))];
            match per {
                None => fill("used_up", &times),
                Some(per) => {
                    let [limit, used] = times;
                    fill("used_up.span", &[limit, used, ("span", accrual::span(*per, words))])
                }
            }
        }
        Reason::SoldOut { limit, used } => {
            fill("sold_out", &[("limit", grouped(*limit)), ("used", grouped(*used))])
        }
        Reason::UsesUnknown => fill("uses_unknown", &[]),
        Reason::SpendTooLow { required, actual } => {
            let missing = required.minus(*actual).unwrap_or(*required);
            let money = [("required", *required), ("actual", *actual), ("missing", missing)];
            fill("spend_too_low", &money.map(|(place, money)| (place, names.money(money))))
        }
        Reason::SpendTooHigh { at_most, actual } => {
            let excess = actual.minus(*at_most).unwrap_or(*actual);
            let money = [("at_most", *at_most), ("actual", *actual), ("excess", excess)];
            fill("spend_too_high", &money.map(|(place, money)| (place, names.money(money))))
        }
        Reason::TierTooLow { required, actual } => {
            let actual = names.tier_or_none(actual.as_ref());
            fill("tier_too_low", &[("required", names.tier(required.as_str())), ("actual", actual)])
        }
        Reason::WrongWeekday { required, actual } => {
            let required = required.iter().map(|day| weekday(*day, words)).collect::<Vec<_>>().join(", ");
            fill("wrong_weekday", &[("required", required), ("actual", weekday(*actual, words))])
        }
        Reason::WrongHour { from, until, actual } => {
            let hours = [("from", from), ("until", until), ("actual", actual)];
            fill("wrong_hour", &hours.map(|(place, clock)| (place, clock.to_string())))
        }
        Reason::NotContained { required, actual } => counts("not_contained", *required, *actual, words),
        Reason::TooManyContained { at_most, actual } => {
            fill("too_many_contained", &[("at_most", grouped(*at_most)), ("actual", grouped(*actual))])
        }
        Reason::TooFewUnits { required, actual } => fill(
            "too_few_units",
            &[("required", words.count("unit", *required)), ("actual", grouped(*actual))],
        ),
        Reason::WrongOrderNumber { from, until, actual } => order_number(*from, *until, *actual, words),
        Reason::NotBirthday => fill("not_birthday", &[]),
        Reason::UnknownBirthday => fill("unknown_birthday", &[]),
        Reason::NotAnniversary => fill("not_anniversary", &[]),
        Reason::TenureTooShort { required, joined_on } => {
            let places = [("required", period(*required, words)), ("joined_on", joined_on.to_string())];
            fill("tenure_too_short", &places)
        }
        Reason::UnknownJoining => fill("unknown_joining", &[]),
        Reason::WrongBalance { wallet, at_least, at_most, actual } => {
            let key = match (at_least, at_most) {
                (Some(_), Some(_)) => "wrong_balance.between",
                (None, Some(_)) => "wrong_balance.at_most",
                _ => "wrong_balance.at_least",
            };
            let bound = |points: &Option<Points>| points.as_ref().map_or_else(String::new, plain);
            let places = [
                ("wallet", names.wallet(wallet.as_str())),
                ("at_least", bound(at_least)),
                ("at_most", bound(at_most)),
                ("actual", plain(actual)),
            ];
            fill(key, &places)
        }
        Reason::CodeNotShown => fill("code_not_shown", &[]),
        Reason::WrongChannel { required, actual } => {
            let actual = actual.as_ref().map_or_else(|| words.fill("nowhere", &[]), Id::to_string);
            fill("wrong_channel", &[("required", list(required)), ("actual", actual)])
        }
        Reason::WrongTender { required, actual } => {
            let key = if actual.is_empty() { "wrong_tender.unsaid" } else { "wrong_tender" };
            fill(key, &[("required", list(required)), ("actual", list(actual))])
        }
        Reason::WrongSegment { required, actual } => {
            fill("wrong_segment", &[("required", list(required)), ("actual", or_nobody(list(actual), words))])
        }
        Reason::WrongAttribute { name, required, at_least, at_most, actual, .. } => {
            let asked = condition::Asked { name, required, at_least: *at_least, at_most: *at_most };
            condition::attribute(asked, actual, words)
        }
        Reason::UnknownBirthYear => fill("unknown_birth_year", &[]),
        Reason::WrongAge { from, to, actual } => condition::age(*from, *to, *actual, words),
        Reason::WrongNthWeekday { nth, day, actual } => {
            condition::nth_weekday(*nth, weekday(*day, words), *actual, words)
        }
        Reason::WrongStore { required, actual } => {
            let actual = actual.as_ref().map_or_else(|| words.fill("nowhere", &[]), Id::to_string);
            fill("wrong_store", &[("required", list(required)), ("actual", actual)])
        }
        Reason::UnknownLocation => fill("unknown_location", &[]),
        Reason::TooFar { within_km, actual_km } => {
            fill("too_far", &[("within_km", within_km.grouped()), ("actual_km", actual_km.grouped())])
        }
        Reason::WrongDelivery { required, actual } => {
            let key = if actual.is_empty() { "wrong_delivery.unsaid" } else { "wrong_delivery" };
            fill(key, &[("required", list(required)), ("actual", list(actual))])
        }
        Reason::NeverOrdered => fill("never_ordered", &[]),
        Reason::UnknownLastOrder => fill("unknown_last_order", &[]),
        Reason::NotDormant { required, last_order_on } => {
            let places =
                [("required", period(*required, words)), ("last_order_on", last_order_on.to_string())];
            fill("not_dormant", &places)
        }
        Reason::WrongOrdersIn { window, at_least, at_most, actual } => {
            let numbers = (at_least.map(grouped), at_most.map(grouped));
            condition::window("wrong_orders_in", period(*window, words), numbers, grouped(*actual), words)
        }
        Reason::WrongSpendIn { window, at_least, at_most, actual } => {
            let money = |money: &Option<Money>| money.map(|money| names.money(money));
            let amounts = (money(at_least), money(at_most));
            condition::window("wrong_spend_in", period(*window, words), amounts, names.money(*actual), words)
        }
        Reason::TooFewExpiring { wallet, within, required, actual } => {
            let points = |points| names.points(points, wallet.as_str());
            let (required, actual) = (points(*required), points(*actual));
            let within = period(*within, words);
            fill("too_few_expiring", &[("within", within), ("required", required), ("actual", actual)])
        }
        Reason::NoneHolds { reasons } => {
            let reasons: Vec<String> = reasons.iter().map(|reason| sentence(reason, names, words)).collect();
            fill("none_holds", &[("reasons", reasons.join("; "))])
        }
        Reason::MustNotHold { condition } => fill("must_not_hold", &[("condition", condition.clone())]),
        Reason::DiscountedOrder => fill("discounted_order", &[]),
        Reason::PointsUsed => fill("points_used", &[]),
        Reason::NoTender { required } => fill("no_tender", &[("required", list(required))]),
        Reason::LimitReached { of, per, limit, used } => {
            let places =
                [("cap", accrual::cap(*of, *per, words)), ("limit", plain(limit)), ("used", plain(used))];
            fill("limit_reached", &places)
        }
        Reason::TimesReached { per, limit, used } => {
            let span = accrual::span(*per, words);
            fill("times_reached", &[("span", span), ("limit", grouped(*limit)), ("used", grouped(*used))])
        }
        Reason::BudgetUnknown { budget } => {
            fill("budget_unknown", &[("budget", names.budget(budget.as_str()))])
        }
        Reason::BudgetUsedUp { budget, limit, used } => {
            let money = [("limit", names.money(*limit)), ("used", names.money(*used))];
            let [limit, used] = money;
            fill("budget_used_up", &[("budget", names.budget(budget.as_str())), limit, used])
        }
        Reason::BudgetTooSmall { budget, required, left } => {
            let money = [("required", names.money(*required)), ("left", names.money(*left))];
            let [required, left] = money;
            fill("budget_too_small", &[("budget", names.budget(budget.as_str())), required, left])
        }
        Reason::OutOfStock { skus } => fill("out_of_stock", &[("skus", list(skus))]),
        Reason::NoMatchingLine => fill("no_matching_line", &[]),
        Reason::NotEnoughPoints { wallet, required, actual } => {
            let points = |points| names.points(points, wallet.as_str());
            fill("not_enough_points", &[("required", points(*required)), ("actual", points(*actual))])
        }
        Reason::NoEffect => fill("no_effect", &[]),
        Reason::Excluded { by } => fill("excluded", &[("by", names.offer(by.as_str()))]),
        Reason::BetterChoice { chosen, by } => {
            // The winner is an offer, a rule or a multiplier: its own name is found where it stands.
            let name = |id: &Id| {
                let id = id.as_str();
                let known = [names.offer(id), names.accrual(id)].into_iter().find(|name| *name != id);
                known.unwrap_or_else(|| names.multiplier(id))
            };
            let key = if chosen.len() > 1 { "better_choice.several" } else { "better_choice" };
            let chosen = ("chosen", chosen.iter().map(name).collect::<Vec<_>>().join(", "));
            match by {
                Some(by) => fill(&format!("{key}.by"), &[chosen, ("by", names.money(*by))]),
                None => fill(key, &[chosen]),
            }
        }
        Reason::BelowMinimum { required, actual, usable } => {
            let key = match usable {
                None => "below_minimum",
                Some(usable) if usable == actual => "below_minimum.usable",
                Some(_) => "below_minimum.allowed",
            };
            let usable = usable.as_ref().map_or_else(String::new, plain);
            fill(key, &[("required", plain(required)), ("actual", plain(actual)), ("usable", usable)])
        }
        Reason::BalanceTooLow { required, actual } => {
            fill("balance_too_low", &[("required", plain(required)), ("actual", plain(actual))])
        }
        Reason::AboveMaximum { maximum, actual } => {
            fill("above_maximum", &[("maximum", plain(maximum)), ("actual", plain(actual))])
        }
        Reason::LifetimeTooLow { required, actual } => {
            fill("lifetime_too_low", &[("required", plain(required)), ("actual", plain(actual))])
        }
        Reason::OffStep { step, actual } => {
            fill("off_step", &[("step", plain(step)), ("actual", plain(actual))])
        }
        Reason::NothingLeft => fill("nothing_left", &[]),
        Reason::GiftsKept { gifts } => {
            let one = |(line, quantity): (&Id, &Quantity)| format!("{line} × {quantity}");
            fill("gifts_kept", &[("gifts", gifts.iter().map(one).collect::<Vec<_>>().join(", "))])
        }
        Reason::TooMany { limit, actual } => counts("too_many", *limit, *actual, words),
        Reason::NotTransferable => fill("not_transferable", &[]),
        Reason::NotReinstatable => fill("not_reinstatable", &[]),
        Reason::AlreadyEnrolled { on } => fill("already_enrolled", &[("on", on.to_string())]),
        Reason::AlreadyReferred { by } => fill("already_referred", &[("by", by.to_string())]),
        Reason::TierHeld { tier } => fill("tier_held", &[("tier", names.tier(tier.as_str()))]),
        Reason::NotRedeemable => fill("not_redeemable", &[]),
    }
}

fn counts(key: &str, required: u64, actual: u64, words: Sentences) -> String {
    words.fill(key, &[("required", grouped(required)), ("actual", grouped(actual))])
}

fn order_number(from: u64, until: Option<u64>, actual: u64, words: Sentences) -> String {
    let key = match until {
        Some(until) if until == from => "order_number.one",
        Some(_) => "order_number.range",
        None => "order_number.from",
    };
    let until = until.map_or_else(String::new, grouped);
    words.fill(key, &[("from", grouped(from)), ("until", until), ("actual", grouped(actual))])
}

fn period(period: Period, words: Sentences) -> String {
    let (count, unit) = period.parts();
    words.count(unit, count.into())
}

fn weekday(day: Weekday, words: Sentences) -> String {
    words.fill(day.as_str(), &[])
}

fn or_nobody(list: String, words: Sentences) -> String {
    if list.is_empty() { words.fill("nobody", &[]) } else { list }
}

fn list(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

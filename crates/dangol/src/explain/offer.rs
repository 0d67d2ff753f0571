//! The offers that took effect, and those that came close, in sentences.

use crate::model::{Applied, Arithmetic, CapOf, Missing, NearOffer};

use super::Sentence;
use super::accrual;
use super::arithmetic::arithmetic;
use super::catalog::{Sentences, grouped};
use super::names::Names;

/// The arithmetic of an offer, with everything that made the result what it is.
pub(super) fn applied(applied: &Applied, names: &Names<'_>, words: Sentences) -> Sentence {
    // The sum is told as it comes out, and then what cut it.
    let result = names.money(applied.capped.unwrap_or(applied.discount));
    let mut text = arithmetic(&applied.how, &result, "", names, words);
    if let Some(coupon) = &applied.coupon {
        // A code is known to who holds it, a coupon's own name to programs only.
        text.push_str(&coupon.code.as_ref().map_or_else(
            || words.fill("offer.coupon", &[]),
            |code| words.fill("offer.coupon_code", &[("code", code.clone())]),
        ));
    }
    if let Some(cost) = &applied.cost {
        let points = names.points(cost.points, cost.wallet.as_str());
        text.push_str(&words.fill("offer.cost", &[("points", points)]));
    }
    // Others count their units themselves.
    let counts = matches!(applied.how, Arithmetic::Percent { .. } | Arithmetic::Amount { .. });
    if let Some(units) = applied.units.filter(|_| counts) {
        text.push_str(&words.fill("offer.units", &[("units", grouped(units))]));
    }
    if let Some(lost) = applied.lost_to_rounding {
        let more = lost.0.to_string();
        let key = if lost.0.is_negative() { "offer.rounded_up" } else { "offer.rounded_down" };
        let plain = more.strip_prefix('-').and_then(|amount| amount.parse().ok()).unwrap_or(lost);
        text.push_str(&words.fill(key, &[("lost", names.money(plain))]));
    }
    if applied.capped.is_some() {
        let cap = accrual::cap(applied.capped_by.unwrap_or(CapOf::Offer), None, words);
        text.push_str(
            &words.fill("offer.capped", &[("amount", names.money(applied.discount)), ("cap", cap)]),
        );
    }
    Sentence { id: applied.offer.to_string(), name: names.offer(applied.offer.as_str()), text }
}

/// What is missing for an offer, and what it would be worth.
pub(super) fn near(near: &NearOffer, names: &Names<'_>, words: Sentences) -> Sentence {
    let (key, missing) = match &near.missing {
        Missing::Spend { missing, certain: false, .. } => ("near.spend", names.money(*missing)),
        Missing::Spend { missing, .. } => ("near.spend.certain", names.money(*missing)),
        Missing::Units { missing, .. } => ("near.units", grouped(*missing)),
        Missing::Points { wallet, missing, .. } => ("near.points", names.points(*missing, wallet.as_str())),
        Missing::Orders { missing: 1, .. } => ("near.orders.one", String::new()),
        Missing::Orders { missing, .. } => ("near.orders.many", grouped(*missing)),
    };
    let what = ("what", words.fill(key, &[("missing", missing)]));
    let text = match near.worth {
        Some(worth) => words.fill("near.worth", &[what, ("worth", names.money(worth))]),
        None => words.fill("near.open", &[what]),
    };
    Sentence { id: near.offer.to_string(), name: names.offer(near.offer.as_str()), text }
}

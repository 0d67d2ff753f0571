//! The points that are earned, in a sentence: the arithmetic, what multiplied it, what came before, what cut it, and
//! when the points can be used.

use crate::model::{Accrual, AccrualCap, CapOf};
use crate::value::Span;

use super::Sentence;
use super::arithmetic::arithmetic;
use super::catalog::Sentences;
use super::names::Names;

pub(super) fn sentence(accrual: &Accrual, names: &Names<'_>, words: Sentences) -> Sentence {
    let wallet = accrual.wallet.as_str();
    // The sum is told as it comes out, and then what cut it.
    let result = accrual.limited_by.map_or(accrual.points, |cap| cap.points);
    let result = names.points(result, wallet);
    let mut text = arithmetic(&accrual.how, &result, wallet, names, words);
    if !accrual.multipliers.is_empty() {
        let one = |used: &crate::model::UsedMultiplier| {
            let name = names.multiplier(used.id.as_str());
            words.fill("accrual.multiplier", &[("name", name), ("factor", used.factor.to_string())])
        };
        let list = accrual.multipliers.iter().map(one).collect::<Vec<_>>().join(", ");
        text.push_str(&words.fill("accrual.multiplied", &[("multipliers", list)]));
    }
    if let Some(before) = accrual.accumulated.filter(|it| !it.before.is_zero() || !it.granted.is_zero()) {
        let places =
            [("granted", names.points(before.granted, wallet)), ("before", names.money(before.before))];
        text.push_str(&words.fill("accrual.accumulated", &places));
    }
    if let Some(AccrualCap { of, per, .. }) = accrual.limited_by {
        let places = [("cap", cap(of, per, words)), ("points", names.points(accrual.points, wallet))];
        text.push_str(&words.fill("accrual.limited", &places));
    }
    if let Some(first) = accrual.usable_from {
        text.push_str(&words.fill("accrual.usable_from", &[("day", first.to_string())]));
    }
    if let Some(signal) = &accrual.awaits {
        text.push_str(&words.fill("accrual.awaits", &[("signal", signal.to_string())]));
    }
    if let Some(last) = accrual.expires_on {
        text.push_str(&words.fill("accrual.expires", &[("day", last.to_string())]));
    }
    Sentence { id: accrual.rule.to_string(), name: names.accrual(accrual.rule.as_str()), text }
}

/// Whose limit it is, and for how long.
pub(super) fn cap(of: CapOf, per: Option<Span>, words: Sentences) -> String {
    let key = match of {
        CapOf::Offer => "cap.offer",
        CapOf::Accrual => "cap.accrual",
        CapOf::Wallet => "cap.wallet",
        CapOf::Budget => "cap.budget",
    };
    let span = per.map(|per| span(per, words)).unwrap_or_default();
    words.fill(key, &[("span", span)])
}

/// The name of a span.
pub(super) fn span(per: Span, words: Sentences) -> String {
    let key = match per {
        Span::Order => "per.order",
        Span::Day => "per.day",
        Span::Week => "per.week",
        Span::Month => "per.month",
        Span::Year => "per.year",
        Span::Lifetime => "per.lifetime",
    };
    words.fill(key, &[])
}

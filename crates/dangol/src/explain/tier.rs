//! Tiers in sentences.

use crate::model::{Change, TierCause, TierGoal, TierMeasure, TierPreview, TierStanding};
use crate::program::Program;
use crate::value::{Day, Lang};

use super::Sentence;
use super::catalog::Sentences;
use super::names::Names;

/// Where a member stands before and after an order, and what is missing to the next tier.
pub(super) fn preview(tier: &TierPreview, names: &Names<'_>, words: Sentences) -> Sentence {
    let key = if tier.now == tier.after { "tier.stays" } else { "tier.rises" };
    let places = [
        ("now", names.tier_or_none(tier.now.as_ref())),
        ("after", names.tier_or_none(tier.after.as_ref())),
        ("spend", names.money(tier.spend)),
    ];
    let mut text = words.fill(key, &places);
    if let Some(next) = tier.next.as_ref().filter(|_| !tier.missing.is_empty()) {
        let missing = together(&tier.missing, names, words);
        text.push_str(&words.fill("tier.next", &[("next", names.tier(next.as_str())), ("missing", missing)]));
    }
    let id = tier.ladder.as_str();
    let name = names.ladder(id).unwrap_or_else(|| words.fill("tier.ladder", &[]));
    Sentence { id: id.to_owned(), name, text }
}

impl Program {
    /// Where a member stands on a ladder, in sentences: the tier, what is missing to rise and to stay, and what comes next.
    ///
    /// Names come from this program.
    #[must_use]
    pub fn describe_tier(&self, tier: &TierStanding, lang: Lang) -> String {
        let names = Names { program: self.compiled(), currency: self.compiled().currency().currency, lang };
        let words = Sentences::of(lang);
        let mut text = words.fill("standing.tier", &[("tier", names.tier_or_none(tier.tier.as_ref()))]);
        let day = |key: &str, day: Option<Day>| {
            day.map_or_else(String::new, |day| words.fill(key, &[("day", day.to_string())]))
        };
        text.push_str(&day("standing.since", tier.standing.since));
        text.push_str(&day("standing.until", tier.standing.until));
        text.push_str(&words.fill("standing.end", &[]));
        if let Some(next) = &tier.next {
            text.push_str(&goal("standing.next", next, &names, words));
        }
        if let Some(keep) = tier.keep.as_ref().filter(|keep| !keep.missing.is_empty()) {
            text.push_str(&goal("standing.keep", keep, &names, words));
        }
        if let Some(review) = tier.review.as_ref().filter(|review| review.tier != tier.tier) {
            let places = [("tier", names.tier_or_none(review.tier.as_ref())), ("day", review.on.to_string())];
            text.push_str(&words.fill("standing.review", &places));
        }
        text
    }
}

/// What is missing to a goal, and until when it counts.
fn goal(key: &str, goal: &TierGoal, names: &Names<'_>, words: Sentences) -> String {
    let tier = ("tier", names.tier(goal.tier.as_str()));
    if goal.missing.is_empty() {
        return words.fill("standing.reached", &[tier]);
    }
    let missing = ("missing", together(&goal.missing, names, words));
    let by = goal.by.map(|by| words.fill("standing.by", &[("day", by.to_string())]));
    words.fill(key, &[tier, missing, ("by", by.unwrap_or_default())])
}

/// How a standing changed, and why.
pub(super) fn changed(change: &Change, names: &Names<'_>, words: Sentences) -> String {
    match change {
        Change::TierChanged { from, to, because, by, .. } => {
            let (from, to) = (names.tier_or_none(from.as_ref()), names.tier_or_none(to.as_ref()));
            let text = words.fill("change.tier_changed", &[("from", from), ("to", to)]);
            let why = words.fill(cause(*because), &[]);
            let by: Vec<String> = by.iter().map(|measure| of_asked(measure, names, words)).collect();
            let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
            format!("{text} ({why}{by})")
        }
        Change::TierReviewed { tier, because, standing, .. } => {
            let tier = ("tier", names.tier_or_none(tier.as_ref()));
            let day = |day: Option<Day>| ("day", day.map_or_else(String::new, |day| day.to_string()));
            match because {
                TierCause::Renewed if standing.until.is_some() => {
                    words.fill("change.tier_renewed_until", &[tier, day(standing.until)])
                }
                TierCause::Renewed => words.fill("change.tier_renewed", &[tier]),
                TierCause::Warned => words.fill("change.tier_warned", &[tier, day(standing.falls_on)]),
                other => {
                    let text = words.fill("change.tier_unchanged", &[tier]);
                    format!("{text} ({})", words.fill(cause(*other), &[]))
                }
            }
        }
        _ => String::new(),
    }
}

fn cause(because: TierCause) -> &'static str {
    match because {
        TierCause::Rose => "tier.because.rose",
        TierCause::Fell => "tier.because.fell",
        TierCause::Renewed => "tier.because.renewed",
        TierCause::Warned => "tier.because.warned",
        TierCause::Set => "tier.because.set",
        TierCause::Ended => "tier.because.ended",
        TierCause::Tried => "tier.because.tried",
        TierCause::Passed => "tier.because.passed",
        TierCause::Edited => "tier.because.edited",
        TierCause::Undone => "tier.because.undone",
    }
}

/// What is missing of several measures.
pub(super) fn together(missing: &[TierMeasure], names: &Names<'_>, words: Sentences) -> String {
    let parts: Vec<String> = missing.iter().map(|measure| of_missing(measure, names, words)).collect();
    parts.join(&words.fill("tier.and", &[]))
}

fn of_missing(measure: &TierMeasure, names: &Names<'_>, words: Sentences) -> String {
    match measure {
        TierMeasure::Spend { missing, .. } => names.money(*missing),
        TierMeasure::Points { missing, wallet, .. } => names.points(*missing, wallet.as_str()),
        TierMeasure::Orders { missing, .. } => words.count("tier.orders", *missing),
        TierMeasure::Visits { missing, .. } => words.count("tier.visits", *missing),
        TierMeasure::Events { missing, event, .. } => {
            words.fill("tier.events", &[("count", missing.to_string()), ("event", event.to_string())])
        }
        TierMeasure::Tenure { reached_on: Some(day), .. } => {
            words.fill("tier.tenure_on", &[("day", day.to_string())])
        }
        TierMeasure::Tenure { .. } => words.fill("tier.tenure", &[]),
    }
}

/// What there is of what is asked.
fn of_asked(measure: &TierMeasure, names: &Names<'_>, words: Sentences) -> String {
    let of = |actual: String, required: String| {
        words.fill("tier.of", &[("actual", actual), ("required", required)])
    };
    let counts = |key: &str, actual: u64, required: u64| of(actual.to_string(), words.count(key, required));
    match measure {
        TierMeasure::Spend { actual, required, .. } => of(names.money(*actual), names.money(*required)),
        TierMeasure::Points { actual, required, wallet, .. } => {
            of(actual.0.grouped(), names.points(*required, wallet.as_str()))
        }
        TierMeasure::Orders { actual, required, .. } => counts("tier.orders", *actual, *required),
        TierMeasure::Visits { actual, required, .. } => counts("tier.visits", *actual, *required),
        TierMeasure::Events { actual, required, event, .. } => {
            let required =
                words.fill("tier.events", &[("count", required.to_string()), ("event", event.to_string())]);
            of(actual.to_string(), required)
        }
        TierMeasure::Tenure { .. } => of_missing(measure, names, words),
    }
}

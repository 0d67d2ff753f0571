//! What makes a ladder wrong.

use super::{Crossing, Downgrade, Review, Threshold, TierLadder, TierWindow, Upgrade};
use crate::check::Check;
use crate::error::Code;
use crate::value::Cycle;

impl TierLadder {
    pub(crate) fn check(&mut self, check: &mut Check) {
        let window = self.window;
        check.at("tiers", |check| {
            check.not_empty(&self.tiers);
            for (index, tier) in self.tiers.iter_mut().enumerate() {
                check.entry(index, |check| tier.check(index == 0, window, check));
            }
            self.check_order(check);
        });
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        if let (Some(base), Some(_)) = (self.base, &self.lines) {
            check.at("base", |check| base.check_for_lines(check));
        }
        if let Some(validity) = &self.validity {
            check.at("validity", |check| validity.check(check));
        }
        self.check_times(check);
    }

    /// Whoever reaches a tier must not reach the next one by the same.
    fn check_order(&self, check: &mut Check) {
        let window = self.window;
        for (index, pair) in self.tiers.array_windows().enumerate() {
            let [below, tier] = pair;
            let (Some(lower), Some(higher)) = (&below.enter, &tier.enter) else { continue };
            if !lower.implies(window, higher, window) {
                continue;
            }
            let message = match (lower, higher) {
                (Threshold::SpendAtLeast(lower), Threshold::SpendAtLeast(higher)) => {
                    format!("tiers stand lowest first: {higher} is not above {lower}")
                }
                _ => format!(
                    "tiers stand lowest first: whoever reaches `{}` reaches this one as well; raise it",
                    below.id
                ),
            };
            check.entry(index.saturating_add(1), |check| {
                check.at("enter", |check| check.problem(Code::OutOfOrder, message));
            });
        }
    }

    /// Windows, reviews and what depends on them must fit together.
    fn check_times(&self, check: &mut Check) {
        let mut wrong = |field: &str, wrong: bool, message: &str| {
            if wrong {
                check.at(field, |check| check.problem(Code::Contradiction, message));
            }
        };
        let review = self.reviewed();
        wrong(
            "review",
            self.review.is_some() && review.misses(self.window),
            "comes round less often than the window is long: what is done in between never counts; review more often, or \
             lengthen the window",
        );
        let never = self.downgrade == Downgrade::Never;
        wrong(
            "grace",
            never && self.grace.is_some(),
            "nobody falls with `\"downgrade\": \"never\"`: leave it out",
        );
        let at_review = self.upgrade == Upgrade::AtReview;
        wrong(
            "crossing",
            at_review && self.crossing != Crossing::OldRate,
            "no order lifts a member with `\"upgrade\": \"at_review\"`: leave it out",
        );
        let later = self.counts_after.is_some();
        wrong(
            "crossing",
            later && self.crossing != Crossing::OldRate,
            "no order lifts a member before its signal (`counts_after`): leave it out",
        );
        wrong(
            "upgrade",
            at_review && review == Review::Always,
            "nobody would rise: a ladder that is reviewed `always` is not when more is reached; say when with `review`, as \
             `\"calendar_month\"`",
        );
        let by_spend = windows_of_spend(self);
        wrong(
            "crossing",
            self.crossing == Crossing::Split && !by_spend,
            "is for tiers that are entered by `spend_at_least` alone",
        );
        wrong(
            "window",
            self.window == TierWindow::Cycle(Cycle::TierYear)
                && self.tiers.iter().all(|tier| tier.enter.is_some()),
            "whoever has no tier yet has no year of it: give the lowest tier to everybody, or take another window",
        );
    }
}

/// Whether every tier is entered by spend in the ladder's window alone.
fn windows_of_spend(ladder: &TierLadder) -> bool {
    ladder
        .tiers
        .iter()
        .filter_map(|tier| tier.enter.as_ref())
        .all(|enter| matches!(enter, Threshold::SpendAtLeast(_)))
}

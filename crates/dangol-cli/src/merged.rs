//! What became of the operations of several tills, for people to read.

use dangol::{Balance, Lang, MergeOutcome, Merged, Program};

use crate::paper::{self, Labels, Page};
use crate::returned;

/// What was put together, and under which program.
#[derive(Debug)]
pub(crate) struct MergeReport<'a> {
    pub(crate) program: &'a Program,
    pub(crate) merged: &'a Merged,
    /// The member's points after all of it.
    pub(crate) balances: &'a [Balance],
    pub(crate) lang: Lang,
}

impl MergeReport<'_> {
    /// The report on paper so many columns wide.
    pub(crate) fn on_paper(&self, width: usize) -> String {
        let mut page = Page::new(width);
        let member = self.merged.member.id.as_str();
        page.centered(paper::title(self.program, self.lang));
        page.centered(&self.fill("account_of", &[("member", member)]));
        page.rule();
        if self.merged.outcomes.is_empty() {
            page.paragraph(0, self.label("merge.nothing"));
        }
        for outcome in &self.merged.outcomes {
            self.outcome(&mut page, outcome);
        }
        if !self.balances.is_empty() {
            page.rule();
            page.paragraph(0, self.label("merge.balances"));
            returned::balances(&mut page, self.program, self.balances, self.lang);
        }
        page.text()
    }

    /// When an operation counts, its name, what became of it, and below it why, or what was spent twice.
    fn outcome(&self, page: &mut Page, outcome: &MergeOutcome) {
        let became = match outcome {
            MergeOutcome { error: Some(_), .. } => "merge.wrong",
            MergeOutcome { refused: Some(_), .. } => "merge.refused",
            MergeOutcome { repeated: true, .. } => "merge.repeated",
            _ => "merge.counted",
        };
        let at = self.program.file().zone.civil(outcome.at).format("%Y-%m-%d %H:%M").to_string();
        page.row(0, &format!("{at}  {}", outcome.operation), self.label(became));
        for overdrawn in &outcome.overdrawn {
            let wallet = paper::wallet(self.program, overdrawn.wallet.as_str(), self.lang);
            let missing = overdrawn.missing.0.grouped();
            page.paragraph(2, &self.fill("merge.overdrawn", &[("wallet", wallet), ("points", &missing)]));
        }
        for coupon in &outcome.coupons_used_twice {
            page.paragraph(2, &self.fill("merge.coupon", &[("coupon", coupon.as_str())]));
        }
        if let Some(refusal) = &outcome.refused {
            page.paragraph(2, &self.program.why_not(&refusal.reason, self.lang));
        }
        if let Some(problem) = &outcome.error {
            page.paragraph(2, &format!("{problem} [{}]", problem.code));
        }
    }

    fn label(&self, key: &'static str) -> &'static str {
        Labels::of(self.lang).get(key)
    }

    fn fill(&self, key: &'static str, places: &[(&str, &str)]) -> String {
        Labels::of(self.lang).fill(key, places)
    }
}

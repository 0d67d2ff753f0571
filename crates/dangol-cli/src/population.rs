//! Members by tier before and after, and who moves, as people read it.

use std::collections::BTreeMap;

use dangol::{
    Change, Day, Event, Id, Instant, Lang, Member, Program, Standing, TierCause, TierLadder, TierStanding,
};

use crate::paper::{self, Labels, Page, name, widest};

/// Members by tier before and after, and the lines about those who move.
#[derive(Debug)]
pub(crate) struct Population<'a> {
    program: &'a Program,
    lang: Lang,
    /// How many lines there may be.
    limit: usize,
    members: u64,
    /// How many members stand where, by the number of the ladder.
    counts: BTreeMap<(usize, Place), Count>,
    lines: Vec<String>,
    /// How many lines there are beyond the limit.
    more: u64,
    /// The day of the next change that a review finds, and how many members it is about.
    next: Option<(Day, u64)>,
}

/// A place on a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    None,
    Tier(usize),
    /// A tier that the ladder does not have.
    Unknown,
}

/// How many members.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    before: u64,
    after: u64,
}

impl<'a> Population<'a> {
    pub(crate) fn new(program: &'a Program, lang: Lang, limit: Option<usize>) -> Population<'a> {
        let limit = limit.unwrap_or(usize::MAX);
        let (counts, lines) = (BTreeMap::new(), Vec::new());
        Population { program, lang, limit, members: 0, counts, lines, more: 0, next: None }
    }

    /// A member, what time changes for him, and where he stands after it.
    pub(crate) fn add(&mut self, member: &Member, events: &[Event], after: &[TierStanding]) {
        self.members = self.members.saturating_add(1);
        let program = self.program;
        for (number, ladder) in program.file().tiers.0.iter().enumerate() {
            let stood =
                place(ladder, member.tiers.get(&ladder.id).and_then(|standing| standing.tier.as_ref()));
            let before = &mut self.counts.entry((number, stood)).or_default().before;
            *before = before.saturating_add(1);
            let stands = after.iter().find(|standing| standing.ladder == ladder.id);
            let stands = place(ladder, stands.and_then(|standing| standing.tier.as_ref()));
            let after = &mut self.counts.entry((number, stands)).or_default().after;
            *after = after.saturating_add(1);
        }
        self.unknown(member);
        for Event { at, change, .. } in events.iter().filter(|event| moves(&event.change)) {
            let Day(day) = program.file().zone.day(*at);
            let (day, sentence) = (day.to_string(), program.describe(change, self.lang));
            let places = [("day", &*day), ("member", member.id.as_str()), ("sentence", &*sentence)];
            self.line("review.line", &places);
        }
        let coming = after.iter().filter_map(|standing| {
            let review = standing.review.as_ref()?;
            (review.tier != standing.tier || review.because == TierCause::Warned).then_some(review.on)
        });
        let Some(on) = coming.min() else { return };
        self.next = Some(match self.next {
            Some((day, count)) if day == on => (day, count.saturating_add(1)),
            Some((day, count)) if day < on => (day, count),
            _ => (on, 1),
        });
    }

    /// Ladders and tiers of a member that the program does not have.
    fn unknown(&mut self, member: &Member) {
        let (program, id) = (self.program, member.id.as_str());
        for (ladder, standing) in &member.tiers {
            let Some(known) = program.file().tiers.0.iter().find(|known| known.id == *ladder) else {
                self.line("review.unknown_ladder", &[("member", id), ("ladder", ladder.as_str())]);
                continue;
            };
            let Standing { tier, floor, .. } = standing;
            let floor = floor.as_ref().map(|floor| &floor.tier).filter(|floor| tier.as_ref() != Some(floor));
            let unknown = |tier: &&Id| known.tiers.iter().all(|known| known.id != **tier);
            for tier in tier.iter().chain(floor).filter(unknown) {
                self.line("review.unknown_tier", &[("member", id), ("tier", tier.as_str())]);
            }
        }
    }

    fn line(&mut self, key: &'static str, places: &[(&str, &str)]) {
        if self.lines.len() < self.limit {
            self.lines.push(self.labels().fill(key, places));
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// All of it on paper so many columns wide.
    pub(crate) fn told(&self, at: Instant, width: usize) -> String {
        let labels = self.labels();
        let mut page = Page::new(width);
        page.centered(paper::title(self.program, self.lang));
        let moment = paper::moment(self.program, at, self.lang);
        page.centered(&labels.fill("until", &[("moment", &moment)]));
        page.rule();
        page.row(0, labels.get("review.members"), &self.members.to_string());
        for (number, ladder) in self.program.file().tiers.0.iter().enumerate() {
            page.blank();
            self.table(&mut page, number, ladder);
        }
        page.blank();
        if self.lines.is_empty() && self.more == 0 {
            page.paragraph(0, labels.get("nothing_due"));
        }
        for line in &self.lines {
            page.paragraph(0, line);
        }
        if self.more > 0 {
            page.paragraph(0, &labels.fill("review.more", &[("count", &self.more.to_string())]));
        }
        if let Some((Day(day), count)) = self.next {
            let key = if count == 1 { "review.next.one" } else { "review.next.many" };
            page.blank();
            page.paragraph(0, &labels.fill(key, &[("day", &day.to_string()), ("count", &count.to_string())]));
        }
        page.text()
    }

    /// How many members each tier of a ladder has, the lowest first.
    fn table(&self, page: &mut Page, number: usize, ladder: &TierLadder) {
        let labels = self.labels();
        let title = ladder.name.as_ref().map_or(labels.get("tier"), |name| name.get(self.lang));
        let head = [title, labels.get("review.before"), labels.get("review.after")].map(str::to_owned);
        let row = |title: &str, place: Place| {
            let Count { before, after } = self.counts.get(&(number, place)).copied().unwrap_or_default();
            [title.to_owned(), before.to_string(), after.to_string()]
        };
        let aside = |key: &'static str, place: Place| {
            self.counts.contains_key(&(number, place)).then(|| row(labels.get(key), place))
        };
        let tiers = ladder.tiers.iter().enumerate().map(|(rank, tier)| {
            row(name(tier.name.as_ref(), tier.id.as_str(), self.lang), Place::Tier(rank))
        });
        let mut rows = vec![head];
        rows.extend(aside("review.none", Place::None));
        rows.extend(tiers);
        rows.extend(aside("review.unknown", Place::Unknown));
        let widths =
            (widest(rows.iter().map(|[_, before, _]| before)), widest(rows.iter().map(|[.., after]| after)));
        for row in &rows {
            page.table_row(widths, row);
        }
    }

    fn labels(&self) -> Labels {
        Labels::of(self.lang)
    }
}

/// Where a tier stands on a ladder; without one, a member stands at its beginning.
fn place(ladder: &TierLadder, tier: Option<&Id>) -> Place {
    let Some(tier) = tier else {
        let everybodys = ladder.tiers.first().is_some_and(|lowest| lowest.enter.is_none());
        return if everybodys { Place::Tier(0) } else { Place::None };
    };
    let rank = ladder.tiers.iter().position(|known| known.id == *tier);
    rank.map_or(Place::Unknown, Place::Tier)
}

/// Whether a member rises, falls, is warned, or what was set by hand ends.
fn moves(change: &Change) -> bool {
    match change {
        Change::TierChanged { .. } => true,
        Change::TierReviewed { because, .. } => *because != TierCause::Renewed,
        _ => false,
    }
}

//! A member's points as people read them: balances, statements, and what time changes.

use dangol::{
    Balance, Change, CouponBalance, Day, Event, Expiring, Id, Instant, Lang, Movement, Points, Program,
    Statement, Waiting,
};

use dangol::wire::Balances;

use crate::paper::{self, Labels, Page, name, widest};

/// Whose points, under which program, and for whom to read.
#[derive(Debug)]
pub(crate) struct Account<'a> {
    pub(crate) program: &'a Program,
    pub(crate) member: &'a Id,
    pub(crate) lang: Lang,
}

impl Account<'_> {
    /// The points of every wallet and the coupons as of an instant.
    pub(crate) fn balances(&self, at: Instant, found: &Balances, width: usize) -> String {
        let balances = &found.balances;
        let mut page = self.page(width, Some(("as_of", at)));
        for (index, balance) in balances.iter().enumerate() {
            self.wallet(&mut page, index, &balance.wallet);
            page.row(2, self.label("balance"), &grouped(balance.balance));
            page.row(2, self.label("usable"), &grouped(balance.usable));
            let parts = [("pending", balance.pending), ("held", balance.held), ("deficit", balance.deficit)];
            for (label, points) in parts.into_iter().filter(|(_, points)| !points.is_zero()) {
                page.row(2, self.label(label), &grouped(points));
            }
            if let Some(worth) = balance.worth {
                let worth = self.program.file().currency.format(worth, self.lang);
                page.row(2, self.label("worth"), &worth);
            }
            self.expiring(&mut page, &balance.expiring);
            self.waiting(&mut page, &balance.waiting);
            self.rewards(&mut page, balance);
        }
        if !balances.is_empty() && !found.coupons.is_empty() {
            page.blank();
        }
        self.coupons(&mut page, &found.coupons);
        page.text()
    }

    /// What moved, wallet by wallet, and when what is left of it ends.
    pub(crate) fn statements(
        &self,
        until: Option<Instant>,
        statements: &[Statement],
        balances: &[Balance],
        width: usize,
    ) -> String {
        let mut page = self.page(width, until.map(|until| ("until", until)));
        if statements.is_empty() {
            page.paragraph(0, self.label("nothing_moved"));
        }
        for (index, statement) in statements.iter().enumerate() {
            self.wallet(&mut page, index, &statement.wallet);
            self.statement(&mut page, statement);
            let balance = balances.iter().find(|balance| balance.wallet == statement.wallet);
            self.expiring(&mut page, balance.map_or(&[], |balance| &balance.expiring));
        }
        page.text()
    }

    /// What the passing of time changes, each on its day.
    pub(crate) fn changes(&self, until: Instant, events: &[Event], width: usize) -> String {
        let mut page = self.page(width, Some(("until", until)));
        if events.is_empty() {
            page.paragraph(0, self.label("nothing_due"));
        }
        for event in events {
            page.paragraph(0, &format!("{}  {}", self.day(event.at), self.sentence(&event.change)));
        }
        page.text()
    }

    /// A page that begins with the names of program and member.
    fn page(&self, width: usize, moment: Option<(&'static str, Instant)>) -> Page {
        let mut page = Page::new(width);
        page.centered(paper::title(self.program, self.lang));
        page.centered(&self.fill("account_of", &[("member", self.member.as_str())]));
        if let Some((label, at)) = moment {
            let moment = paper::moment(self.program, at, self.lang);
            page.centered(&self.fill(label, &[("moment", &moment)]));
        }
        page.rule();
        page
    }

    fn wallet(&self, page: &mut Page, index: usize, wallet: &Id) {
        if index > 0 {
            page.blank();
        }
        page.paragraph(0, paper::wallet(self.program, wallet.as_str(), self.lang));
    }

    /// Day, operation, points and balance of each movement, and below it what happened to which lots.
    fn statement(&self, page: &mut Page, statement: &Statement) {
        let head = ["movement", "delta", "balance"].map(|key| self.label(key).to_owned());
        let opening = [self.label("opening").to_owned(), String::new(), grouped(statement.opening)];
        let closing = [self.label("closing").to_owned(), String::new(), grouped(statement.closing)];
        let moved: Vec<[String; 3]> = statement.movements.iter().map(|moved| self.movement(moved)).collect();
        let rows = || [&head, &opening, &closing].into_iter().chain(&moved);
        let widths = (widest(rows().map(|[_, delta, _]| delta)), widest(rows().map(|[.., sum]| sum)));
        page.table_row(widths, &head);
        page.table_row(widths, &opening);
        for (row, moved) in moved.iter().zip(&statement.movements) {
            page.table_row(widths, row);
            let parts: Vec<String> =
                [self.sentence(&moved.change)].into_iter().chain(lots(&moved.change)).collect();
            page.paragraph(2, &parts.join(" · "));
        }
        page.table_row(widths, &closing);
    }

    fn movement(&self, moved: &Movement) -> [String; 3] {
        let sign = if moved.delta > Points::ZERO { "+" } else { "" };
        [
            format!("{}  {}", self.day(moved.at), moved.operation),
            format!("{sign}{}", grouped(moved.delta)),
            grouped(moved.balance),
        ]
    }

    fn expiring(&self, page: &mut Page, expiring: &[Expiring]) {
        self.heading(page, "expiring", expiring.is_empty());
        for Expiring { on, grace_until, points } in expiring {
            let day = on.map_or_else(|| self.label("no_end").to_owned(), |Day(day)| day.to_string());
            let day = match grace_until {
                Some(Day(grace)) => self.fill("grace", &[("day", &day), ("grace", &grace.to_string())]),
                None => day,
            };
            page.row(4, &day, &grouped(*points));
        }
    }

    fn waiting(&self, page: &mut Page, waiting: &[Waiting]) {
        self.heading(page, "waiting", waiting.is_empty());
        for Waiting { usable_from, awaits, points } in waiting {
            let day = usable_from.map_or_else(String::new, |Day(day)| day.to_string());
            let signal = awaits.as_ref().map_or("", Id::as_str);
            let key = match (usable_from, awaits) {
                (Some(_), Some(_)) => "waiting.both",
                (None, Some(_)) => "waiting.signal",
                _ => "waiting.day",
            };
            page.row(4, &self.fill(key, &[("day", &day), ("signal", signal)]), &grouped(*points));
        }
    }

    fn rewards(&self, page: &mut Page, balance: &Balance) {
        self.heading(page, "rewards", balance.rewards.is_empty());
        for affordable in &balance.rewards {
            let id = affordable.reward.as_str();
            let known = self.program.file().rewards.iter().find(|reward| reward.id == *id);
            let reward = name(known.and_then(|reward| reward.name.as_ref()), id, self.lang);
            page.row(4, reward, &format!("× {}", affordable.times));
        }
    }

    /// Each coupon with its last day, and below it why it cannot be used, where it cannot.
    fn coupons(&self, page: &mut Page, coupons: &[CouponBalance]) {
        if !coupons.is_empty() {
            page.paragraph(0, self.label("coupons"));
        }
        for CouponBalance { coupon, name, until, refused, .. } in coupons {
            let day = match until {
                Some(Day(day)) => self.fill("good_until", &[("day", &day.to_string())]),
                None => self.label("no_end").to_owned(),
            };
            page.row(2, name, &day);
            let mut parts = vec![coupon.id.to_string()];
            parts.extend(coupon.code.as_ref().map(|code| self.fill("code", &[("code", code)])));
            parts.extend(match (&coupon.hold, refused) {
                (Some(hold), _) => Some(self.fill("held_for", &[("hold", hold.id.as_str())])),
                (None, reason) => reason.as_ref().map(|reason| self.program.why_not(reason, self.lang)),
            });
            page.paragraph(4, &parts.join(" · "));
        }
    }

    /// A heading within a wallet, where there is something to stand below it.
    fn heading(&self, page: &mut Page, key: &'static str, nothing: bool) {
        if !nothing {
            page.paragraph(2, self.label(key));
        }
    }

    fn sentence(&self, change: &Change) -> String {
        self.program.describe(change, self.lang)
    }

    /// The civil day in the shop.
    fn day(&self, at: Instant) -> String {
        let Day(day) = self.program.file().zone.day(at);
        day.to_string()
    }

    fn label(&self, key: &'static str) -> &'static str {
        Labels::of(self.lang).get(key)
    }

    fn fill(&self, key: &'static str, places: &[(&str, &str)]) -> String {
        Labels::of(self.lang).fill(key, places)
    }
}

fn grouped(points: Points) -> String {
    points.0.grouped()
}

/// The lots that a change names, with the points of each where there are several numbers.
fn lots(change: &Change) -> Option<String> {
    match change {
        Change::PointsEarned { lot, .. }
        | Change::PointsGranted { lot, .. }
        | Change::PointsVested { lot, .. }
        | Change::PointsExpired { lot, .. } => Some(lot.to_string()),
        Change::PointsSpent { lots, .. }
        | Change::PointsDecayed { lots, .. }
        | Change::PointsRevoked { lots, .. }
        | Change::DeficitAbsorbed { lots, .. }
        | Change::PointsHeld { lots, .. }
        | Change::PointsReinstated { lots, .. }
        | Change::PointsSent { lots, .. } => {
            listed(lots.iter().map(|draw| format!("{} {}", draw.lot, grouped(draw.points))))
        }
        Change::PointsRestored { lots, .. } => {
            listed(lots.iter().map(|lot| format!("{} {}", lot.id, grouped(lot.points))))
        }
        Change::PointsExtended { lots, .. } => listed(lots.iter().map(Id::to_string)),
        Change::PointsRedated { lots, .. } => listed(lots.iter().map(|days| days.lot.to_string())),
        _ => None,
    }
}

fn listed(lots: impl Iterator<Item = String>) -> Option<String> {
    Some(lots.collect::<Vec<_>>().join(", ")).filter(|lots| !lots.is_empty())
}

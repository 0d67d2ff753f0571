//! A return as a receipt: what the customer gets back, and why.

use dangol::wire::Refunded;
use dangol::{Balance, Id, Instant, Lang, Money, Program, Return, ReturnedLine};

use crate::paper::{self, Labels, Page, widest};

/// What a receipt of a return is made of.
#[derive(Debug)]
pub(crate) struct ReturnReceipt<'a> {
    pub(crate) program: &'a Program,
    pub(crate) reply: &'a Refunded,
    pub(crate) kind: Kind,
    pub(crate) at: Instant,
    pub(crate) operation: &'a Id,
    /// What is left of the points after it.
    pub(crate) balances: &'a [Balance],
    pub(crate) lang: Lang,
}

/// What a return is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A refund.
    Alone,
    /// Other goods, which the operation names.
    InExchange,
}

impl Kind {
    /// The words for whose it is, and for one that was made before.
    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Kind::Alone => ("return.of", "return.repeated"),
            Kind::InExchange => ("exchange.of", "exchange.repeated"),
        }
    }
}

impl ReturnReceipt<'_> {
    /// The receipt on paper so many columns wide.
    pub(crate) fn on_paper(&self, width: usize) -> String {
        let mut page = Page::new(width);
        self.head(&mut page);
        if let Some(returned) = &self.reply.returned {
            self.lines(&mut page, &returned.lines);
            self.sums(&mut page, returned);
        }
        if self.reply.repeated {
            page.paragraph(0, self.label(self.kind.labels().1));
        }
        self.sentences(&mut page);
        self.left(&mut page);
        page.text()
    }

    fn head(&self, page: &mut Page) {
        let places = [("operation", self.operation.as_str()), ("order", self.reply.order.id.as_str())];
        page.centered(paper::title(self.program, self.lang));
        page.centered(&Labels::of(self.lang).fill(self.kind.labels().0, &places));
        let at = self.reply.returned.as_ref().map_or(self.at, |returned| returned.at);
        page.centered(&paper::moment(self.program, at, self.lang));
        page.rule();
    }

    /// Each line with how much of it comes back, and what that is worth.
    fn lines(&self, page: &mut Page, lines: &[ReturnedLine]) {
        let row = |line: &ReturnedLine| {
            let sold = self.reply.order.quote.lines.iter().find(|sold| sold.id == line.id);
            let sku = sold.map_or(&line.id, |sold| &sold.sku);
            [sku.to_string(), format!("{} / {}", line.quantity, line.of), self.money(line.value)]
        };
        let rows: Vec<[String; 3]> = lines.iter().map(row).collect();
        let widths = (widest(rows.iter().map(|[_, of, _]| of)), widest(rows.iter().map(|[.., value]| value)));
        for row in &rows {
            page.table_row(widths, row);
        }
        if !rows.is_empty() {
            page.rule();
        }
    }

    /// From what the goods are worth to what is given back: the amounts add up.
    fn sums(&self, page: &mut Page, returned: &Return) {
        page.row(0, self.label("return.value"), &self.money(returned.value));
        let less = |amount: Money| Money::ZERO.minus(amount).unwrap_or(amount);
        let amounts = [
            ("paid_with_points", less(returned.paid_with_points)),
            ("shipping", returned.shipping),
            ("fees", returned.fees),
            ("tax_added", returned.tax_added),
            ("rounding", returned.rounding),
            ("return.gifts_charged", less(returned.gifts_charged)),
            ("return.points_charged", less(returned.points_charged)),
            ("return.settled", returned.settled),
        ];
        for (label, amount) in amounts.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            page.row(0, self.label(label), &self.money(amount));
        }
        page.rule();
        page.row(0, self.label("return.money"), &self.money(returned.money));
        for (tender, amount) in returned.tenders.iter().filter(|(_, amount)| !amount.is_zero()) {
            page.row(2, tender.as_str(), &self.money(*amount));
        }
    }

    fn sentences(&self, page: &mut Page) {
        if self.reply.refused.is_none() {
            page.blank();
            page.paragraph(0, self.label("return.how"));
        }
        for sentence in &self.reply.sentences {
            page.paragraph(if self.reply.refused.is_none() { 2 } else { 0 }, sentence);
        }
    }

    fn left(&self, page: &mut Page) {
        if self.reply.refused.is_some() || self.balances.is_empty() {
            return;
        }
        page.blank();
        page.paragraph(0, self.label("return.balances"));
        balances(page, self.program, self.balances, self.lang);
    }

    fn money(&self, money: Money) -> String {
        self.reply.order.quote.currency.format(money, self.lang)
    }

    fn label(&self, key: &'static str) -> &'static str {
        Labels::of(self.lang).get(key)
    }
}

/// What can be used of each wallet, and below it what later points make up for.
pub(crate) fn balances(page: &mut Page, program: &Program, balances: &[Balance], lang: Lang) {
    for balance in balances {
        page.row(2, paper::wallet(program, balance.wallet.as_str(), lang), &balance.usable.0.grouped());
        if !balance.deficit.is_zero() {
            page.row(4, Labels::of(lang).get("deficit"), &balance.deficit.0.grouped());
        }
    }
}

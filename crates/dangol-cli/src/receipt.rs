//! A quote as a receipt: what a cashier reads to a customer, and why.

use dangol::{Basket, Explanation, Lang, Line, Money, Program, Quote, QuotedLine, Sentence};

use crate::paper::{self, Labels, Page, name, widest};

/// What a receipt is made of.
#[derive(Debug)]
pub(crate) struct Receipt<'a> {
    pub(crate) program: &'a Program,
    pub(crate) basket: &'a Basket,
    pub(crate) quote: &'a Quote,
    pub(crate) lang: Lang,
}

impl Receipt<'_> {
    /// The receipt on paper so many columns wide.
    pub(crate) fn on_paper(&self, width: usize) -> String {
        let mut page = Page::new(width);
        let explained = self.program.explain(self.quote, self.lang);
        self.head(&mut page);
        self.lines(&mut page);
        self.sums(&mut page);
        self.overdue(&mut page);
        self.discounts(&mut page, &explained);
        self.tenders(&mut page, &explained.tenders);
        self.section(&mut page, "accruals", &explained.accruals);
        self.balances(&mut page);
        self.tiers(&mut page, &explained.tiers);
        self.section(&mut page, "near", &explained.near);
        self.section(&mut page, "refused", &explained.refused);
        page.text()
    }

    /// Where the member stands; one ladder needs no name.
    fn tiers(&self, page: &mut Page, tiers: &[Sentence]) {
        if let [only] = tiers {
            self.heading(page, "tier");
            page.paragraph(2, &only.text);
        } else {
            self.section(page, "tier", tiers);
        }
    }

    fn label(&self, key: &'static str) -> &'static str {
        Labels::of(self.lang).get(key)
    }

    fn money(&self, money: Money) -> String {
        self.quote.currency.format(money, self.lang)
    }

    fn less(&self, money: Money) -> String {
        format!("-{}", self.money(money))
    }

    fn head(&self, page: &mut Page) {
        page.centered(paper::title(self.program, self.lang));
        page.centered(&paper::moment(self.program, self.quote.at, self.lang));
        page.rule();
    }

    /// Each line with its amount, and what offers take off it.
    fn lines(&self, page: &mut Page) {
        // What offers add follows the lines of the basket.
        let bought = self.basket.lines.iter().map(Some).chain(std::iter::repeat(None));
        let row = |(quoted, line): (&QuotedLine, Option<&Line>)| {
            let count = line.map_or_else(|| quoted.quantity.to_string(), |line| self.count(line));
            [quoted.sku.to_string(), count, self.money(quoted.gross)]
        };
        let rows: Vec<[String; 3]> = self.quote.lines.iter().zip(bought).map(row).collect();
        let widths =
            (widest(rows.iter().map(|[_, count, _]| count)), widest(rows.iter().map(|[.., sum]| sum)));
        for (row, quoted) in rows.iter().zip(&self.quote.lines) {
            page.table_row(widths, row);
            for discount in &quoted.discounts {
                page.row(2, self.offer(discount.offer.as_str()), &self.less(discount.amount));
            }
        }
        page.rule();
    }

    /// `2 × 4,800원`; without a price where the till gave the amount of the line.
    fn count(&self, line: &Line) -> String {
        match (line.gross, line.price) {
            (None, Some(price)) => format!("{} × {}", line.quantity, self.money(price)),
            _ => line.quantity.to_string(),
        }
    }

    fn sums(&self, page: &mut Page) {
        let quote = self.quote;
        page.row(0, self.label("subtotal"), &self.money(quote.gross));
        if !quote.discount.is_zero() {
            page.row(0, self.label("discount"), &self.less(quote.discount));
        }
        if !quote.paid_with_points.is_zero() {
            page.row(0, self.label("paid_with_points"), &self.less(quote.paid_with_points));
        }
        let charges = [
            ("shipping", quote.shipping),
            ("fees", quote.fees),
            ("tax_added", quote.tax_added),
            ("rounding", quote.rounding),
        ];
        for (label, charge) in charges {
            if !charge.is_zero() {
                page.row(0, self.label(label), &self.money(charge));
            }
        }
        page.rule();
        page.row(0, self.label("due"), &self.money(quote.due));
    }

    /// Each offer that took effect with its arithmetic.
    fn discounts(&self, page: &mut Page, explained: &Explanation) {
        if !explained.applied.is_empty() {
            self.heading(page, "how");
        }
        for (applied, sentence) in self.quote.applied.iter().zip(&explained.applied) {
            let name = match &applied.code {
                Some(code) => Labels::of(self.lang)
                    .fill("with_code", &[("name", &sentence.name), ("code", code.trim())]),
                None => sentence.name.clone(),
            };
            page.paragraph(2, &format!("{name}: {}", sentence.text));
        }
        if !self.quote.optimal {
            page.paragraph(2, self.label("not_proved"));
        }
    }

    /// What points pay; the sentences name the points themselves.
    fn tenders(&self, page: &mut Page, sentences: &[Sentence]) {
        if !sentences.is_empty() {
            self.heading(page, "tenders");
        }
        for sentence in sentences {
            page.paragraph(2, &sentence.text);
        }
    }

    fn section(&self, page: &mut Page, key: &'static str, sentences: &[Sentence]) {
        if !sentences.is_empty() {
            self.heading(page, key);
        }
        for sentence in sentences {
            page.paragraph(2, &format!("{}: {}", sentence.name, sentence.text));
        }
    }

    fn heading(&self, page: &mut Page, key: &'static str) {
        page.blank();
        page.paragraph(0, self.label(key));
    }

    fn balances(&self, page: &mut Page) {
        if !self.quote.balances.is_empty() {
            self.heading(page, "balances");
        }
        for (wallet, points) in &self.quote.balances {
            page.row(2, paper::wallet(self.program, wallet.as_str(), self.lang), &points.0.grouped());
        }
    }

    /// What the passing of time changed before the order.
    fn overdue(&self, page: &mut Page) {
        if !self.quote.overdue.is_empty() {
            self.heading(page, "overdue");
        }
        for overdue in &self.quote.overdue {
            page.paragraph(2, &self.program.describe(&overdue.change, self.lang));
        }
    }

    fn offer<'a>(&'a self, id: &'a str) -> &'a str {
        let found = self.program.file().offers.iter().find(|offer| offer.id == *id);
        name(found.and_then(|offer| offer.name.as_ref()), id, self.lang)
    }
}

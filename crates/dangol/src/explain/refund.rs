//! What a return gives back, in sentences: for every amount where it comes from.

use crate::model::{
    Order, Refund, ReleasedOffer, RestoredPoints, Return, Returned, ReturnedLine, TakenBack, TakenCoupon,
};
use crate::program::Program;
use crate::value::{Lang, Money, Points, Quantity};

use super::catalog::Sentences;
use super::names::Names;
use super::reason;

impl Program {
    /// What a return gives back and why, sentence by sentence: goods, charges, money by tender, points, coupons.
    ///
    /// Names come from this program; what it does not know keeps its id.
    #[must_use]
    pub fn describe_refund(&self, order: &Order, refund: &Refund, lang: Lang) -> Vec<String> {
        let names = Names { program: self.compiled(), currency: order.quote.currency, lang };
        let words = Sentences::of(lang);
        let mut told = Vec::new();
        if let Some(refusal) = &refund.refused {
            let why = reason::sentence(&refusal.reason, &names, words);
            told.push(words.fill("refund.refused", &[("reason", why)]));
        }
        if let Some(returned) = &refund.returned {
            Telling { order, returned, names: &names, words }.tell(&mut told);
        }
        told
    }
}

struct Telling<'a> {
    order: &'a Order,
    returned: &'a Return,
    names: &'a Names<'a>,
    words: Sentences,
}

type Places<'a> = Vec<(&'a str, String)>;

impl Telling<'_> {
    fn tell(&self, told: &mut Vec<String>) {
        let Return { lines, lost_discounts, shipping, fees, tax_added, rounding, .. } = self.returned;
        if self.reopens() {
            told.push(self.fill("refund.reopened", Vec::new()));
        }
        told.extend(lines.iter().map(|line| self.line(line)));
        // Quoted anew, what is kept may have more taken off it, where an offer had been divided over what came back, too.
        let gained = *lost_discounts < Money::ZERO && !self.reopens();
        let discounts = if gained { "refund.gained_discounts" } else { "refund.lost_discounts" };
        let lost = if gained {
            Money::ZERO.minus(*lost_discounts).unwrap_or(*lost_discounts)
        } else {
            *lost_discounts
        };
        let amounts = [
            (discounts, lost),
            ("refund.shipping", *shipping),
            ("refund.fees", *fees),
            ("refund.tax_added", *tax_added),
            ("refund.rounding", *rounding),
            ("refund.gifts_charged", self.returned.gifts_charged),
            ("refund.points_charged", self.returned.points_charged),
            ("refund.settled", self.returned.settled),
        ];
        for (key, amount) in amounts.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            told.push(self.fill(key, vec![("amount", self.names.money(amount))]));
        }
        for row in &self.returned.taxes {
            let (rate, tax) = (row.rate.to_string(), self.names.money(row.tax));
            told.push(self.fill("refund.tax", vec![("rate", rate), ("tax", tax)]));
        }
        told.push(self.fill("refund.money", vec![("amount", self.names.money(self.returned.money))]));
        for (tender, amount) in &self.returned.tenders {
            let places = vec![("tender", tender.to_string()), ("amount", self.names.money(*amount))];
            told.push(self.fill("refund.tender", places));
        }
        told.extend(self.returned.points.iter().map(|restored| self.restored(restored)));
        told.extend(self.returned.taken.iter().map(|taken| self.taken(taken)));
        told.extend(self.returned.offers.iter().map(|released| self.offer(released)));
        told.extend(self.returned.issued.iter().map(|issued| self.issued(issued)));
    }

    /// Whether a return is taken back, so that everything goes the other way.
    fn reopens(&self) -> bool {
        self.returned.asked == Returned::Reopen
    }

    fn line(&self, line: &ReturnedLine) -> String {
        let sku = self.order.quote.lines.iter().find(|known| known.id == line.id);
        // What is weighed is not counted in pieces.
        let amount = |quantity: Quantity| match line.of.0.rescaled(0) {
            Some(_) => self.fill("refund.pieces", vec![("count", quantity.to_string())]),
            None => quantity.to_string(),
        };
        let mut places = vec![
            ("line", sku.map_or(&line.id, |known| &known.sku).to_string()),
            ("quantity", amount(line.quantity)),
            ("of", amount(line.of)),
            ("gross", self.names.money(line.gross)),
            ("value", self.names.money(line.value)),
        ];
        if line.paid_with_points.is_zero() {
            return self.fill("refund.line", places);
        }
        places.push(("paid", self.names.money(line.paid_with_points)));
        self.fill("refund.line_with_points", places)
    }

    fn restored(&self, restored: &RestoredPoints) -> String {
        let wallet = restored.wallet.as_str();
        let mut places = vec![("points", self.names.points(restored.points, wallet))];
        if !restored.ended.is_zero() {
            places.push(("ended", self.names.points(restored.ended, wallet)));
            return self.fill("refund.points_ended", places);
        }
        match &restored.offer {
            Some(offer) => {
                places.push(("offer", self.names.offer(offer.as_str())));
                self.fill("refund.points_for", places)
            }
            None => {
                places.push(("value", self.names.money(restored.value)));
                self.fill("refund.points", places)
            }
        }
    }

    fn taken(&self, taken: &TakenBack) -> String {
        let points = |points: Points| self.names.points(points, taken.wallet.as_str());
        let places = vec![
            ("rule", self.names.accrual(taken.rule.as_str())),
            ("points", points(taken.points)),
            ("granted", points(taken.granted)),
            ("kept", points(taken.kept)),
        ];
        let mut text = self.fill("refund.taken", places);
        let parts = [
            ("refund.expired", taken.expired),
            ("refund.deficit", taken.deficit),
            ("refund.forgiven", taken.forgiven),
            ("refund.charged", taken.charged),
        ];
        for (key, amount) in parts.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            text.push_str(&self.fill(key, vec![("points", points(amount))]));
        }
        text
    }

    fn offer(&self, released: &ReleasedOffer) -> String {
        let places = vec![("offer", self.names.offer(released.offer.as_str()))];
        let key = match (&released.coupon, released.ended, self.reopens()) {
            (Some(_), true, _) => "refund.coupon_ended",
            (None, _, false) => "refund.offer",
            (None, _, true) => "refund.offer_used",
            (Some(_), false, false) => "refund.coupon",
            (Some(_), false, true) => "refund.coupon_used",
        };
        self.fill(key, places)
    }

    fn issued(&self, issued: &TakenCoupon) -> String {
        let key = match (issued.taken, self.reopens()) {
            (false, _) => "refund.coupon_gone",
            (true, false) => "refund.coupon_taken",
            (true, true) => "refund.coupon_there",
        };
        self.fill(key, vec![("offer", self.names.offer(issued.offer.as_str()))])
    }

    fn fill(&self, key: &str, places: Places<'_>) -> String {
        self.words.fill(key, &places)
    }
}

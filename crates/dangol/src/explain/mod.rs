//! Quotes in sentences, in Korean and English. Sentences are made only when asked for.
//!
//! The texts stand in `en.txt` and `ko.txt`, one a line; this code only fills in numbers and names.

mod accrual;
mod arithmetic;
mod catalog;
mod change;
mod condition;
mod names;
mod offer;
mod reason;
mod refund;
mod tier;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Quote, Reason, Subject, Tender, TenderCap};
use crate::program::Program;
use crate::value::{Id, Lang, Points};

use catalog::Sentences;
use names::Names;

/// A quote in sentences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// The offers that took effect, with their arithmetic.
    pub applied: Vec<Sentence>,
    /// What points pay.
    pub tenders: Vec<Sentence>,
    /// The points that are earned, with their arithmetic.
    pub accruals: Vec<Sentence>,
    /// What did not apply, and why.
    pub refused: Vec<Sentence>,
    /// The offers that came close: what is missing, and what they would be worth.
    pub near: Vec<Sentence>,
    /// Where the member stands on each ladder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Sentence>,
}

/// One sentence about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// The id of the offer, coupon, rule or wallet, or the code that was shown.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The sentence.
    pub text: String,
}

impl Program {
    /// The quote in sentences: what applied and how that was computed, and what did not and why.
    ///
    /// Names come from this program; a quote of another version keeps the ids of what this one does not know.
    #[must_use]
    pub fn explain(&self, quote: &Quote, lang: Lang) -> Explanation {
        let names = Names { program: self.compiled(), currency: quote.currency, lang };
        let words = Sentences::of(lang);
        Explanation {
            applied: quote.applied.iter().map(|applied| offer::applied(applied, &names, words)).collect(),
            tenders: quote.tenders.iter().map(|tender| tender_sentence(tender, &names, words)).collect(),
            accruals: quote
                .accruals
                .iter()
                .map(|accrual| accrual::sentence(accrual, &names, words))
                .collect(),
            refused: quote
                .refused
                .iter()
                .map(|refused| {
                    let id = refused.id.as_str();
                    let name = match refused.what {
                        Subject::Code => refused.id.to_string(),
                        Subject::Offer => names.offer(id),
                        Subject::Coupon => names.coupon(id),
                        Subject::Wallet => names.wallet(id),
                        Subject::Accrual => names.accrual(id),
                        Subject::Multiplier => names.multiplier(id),
                    };
                    let text = reason::sentence(&refused.reason, &names, words);
                    Sentence { id: id.to_owned(), name, text }
                })
                .collect(),
            near: quote.near.iter().map(|near| offer::near(near, &names, words)).collect(),
            tiers: quote.tiers.iter().map(|tier| tier::preview(tier, &names, words)).collect(),
        }
    }

    /// Why something was refused, in a sentence: of an [`Acted`](crate::Acted), of a coupon, or anywhere in a quote.
    ///
    /// Names come from this program, and so does the currency.
    #[must_use]
    pub fn why_not(&self, reason: &Reason, lang: Lang) -> String {
        let names = Names { program: self.compiled(), currency: self.compiled().currency().currency, lang };
        reason::sentence(reason, &names, Sentences::of(lang))
    }
}

fn tender_sentence(tender: &Tender, names: &Names<'_>, words: Sentences) -> Sentence {
    let wallet = tender.wallet.as_str();
    let key = match (tender.points.is_zero(), tender.redeemable.is_zero()) {
        (false, _) => "tender.used",
        (true, false) => "tender.unused",
        (true, true) => "tender.none",
    };
    let mut text = words.fill(
        key,
        &[
            ("points", names.points(tender.points, wallet)),
            ("value", names.money(tender.value)),
            ("redeemable", names.points(tender.redeemable, wallet)),
        ],
    );
    let limit = match tender.limited_by {
        Some(TenderCap::Maximum) => Some("tender.maximum"),
        Some(TenderCap::Step) => Some("tender.step"),
        Some(TenderCap::Expiring) => Some("tender.expiring"),
        // The most that could be used says it, or the due amount.
        None | Some(TenderCap::Balance | TenderCap::Due | TenderCap::MaxPercent) => None,
    };
    text.extend(limit.map(|key| words.fill(key, &[])));
    for share in &tender.issuers {
        let issuer = share.issuer.as_ref().map_or_else(|| words.fill("tender.own", &[]), Id::to_string);
        let points = ("points", names.points(share.points, wallet));
        text.push_str(
            &words.fill("tender.issuer", &[("issuer", issuer), points, ("value", names.money(share.value))]),
        );
    }
    Sentence { id: wallet.to_owned(), name: names.wallet(wallet), text }
}

impl Names<'_> {
    /// Points with what people call them.
    fn points(&self, points: Points, wallet: &str) -> String {
        let words = Sentences::of(self.lang);
        words.fill("points", &[("points", points.0.grouped()), ("wallet", self.wallet(wallet))])
    }
}

//! A quote rule by rule: what each offer and each rule of the program did, and why, or why not.

use dangol::{
    Change, Explanation, Id, Lang, Member, Occasion, Offer, PastCoupon, Program, Quote, Refused, Subject,
    Text,
};

use crate::paper::{self, Labels, Page, name};

/// What is told of a quote.
#[derive(Debug)]
pub(crate) struct Reasons<'a> {
    pub(crate) program: &'a Program,
    /// The member before the order: what became of coupons that are gone.
    pub(crate) member: &'a Member,
    pub(crate) quote: &'a Quote,
    pub(crate) lang: Lang,
    /// The only offer or rule that is told of.
    pub(crate) only: Option<&'a Id>,
}

/// What one offer or rule did.
struct Entry<'a> {
    id: &'a Id,
    name: Option<&'a Text>,
    /// In a word, or in an amount.
    outcome: String,
    sentences: Vec<String>,
}

impl Reasons<'_> {
    /// The only offer or rule, where the program has none of that name.
    pub(crate) fn unknown(&self) -> Option<&Id> {
        let file = self.program.file();
        let offers = file.offers.iter().map(|offer| &offer.id);
        let rules = file.accruals.iter().map(|rule| &rule.id);
        let multipliers = file.multipliers.iter().map(|multiplier| &multiplier.id);
        let mut known = offers.chain(rules).chain(multipliers);
        self.only.filter(|only| known.all(|id| id != *only))
    }

    /// All of it on paper so many columns wide.
    pub(crate) fn on_paper(&self, width: usize) -> String {
        let explained = self.program.explain(self.quote, self.lang);
        let mut page = Page::new(width);
        page.centered(paper::title(self.program, self.lang));
        page.centered(&paper::moment(self.program, self.quote.at, self.lang));
        page.rule();
        self.section(&mut page, "explain.offers", self.offers(&explained));
        if self.only.is_none() {
            self.codes(&mut page, &explained);
        }
        if !self.quote.optimal {
            page.paragraph(2, self.label("not_proved"));
        }
        self.section(&mut page, "explain.rules", self.rules(&explained));
        self.section(&mut page, "explain.multipliers", self.multipliers(&explained));
        if self.only.is_none() {
            self.tenders(&mut page, &explained);
        }
        page.text()
    }

    fn label(&self, key: &'static str) -> &'static str {
        Labels::of(self.lang).get(key)
    }

    fn section(&self, page: &mut Page, key: &'static str, entries: Vec<Entry<'_>>) {
        let mut entries = entries.into_iter().filter(|entry| self.only.is_none_or(|only| entry.id == only));
        let Some(first) = entries.next() else { return };
        page.blank();
        page.paragraph(0, self.label(key));
        for entry in std::iter::once(first).chain(entries) {
            let id = entry.id.as_str();
            let named = name(entry.name, id, self.lang);
            let title = if named == id { id.to_owned() } else { format!("{named} [{id}]") };
            page.row(2, &title, &entry.outcome);
            for sentence in &entry.sentences {
                page.paragraph(4, sentence);
            }
        }
    }

    /// Every offer in the order of the file.
    fn offers<'p>(&'p self, explained: &Explanation) -> Vec<Entry<'p>> {
        let applied = |id: &Id| {
            let mut told = self.quote.applied.iter().zip(&explained.applied);
            let found = told.find(|(applied, _)| applied.offer == *id)?;
            Some((
                format!("-{}", self.quote.currency.format(found.0.discount, self.lang)),
                found.1.text.clone(),
            ))
        };
        let entry = |offer: &'p Offer| {
            let (outcome, mut sentences) = match applied(&offer.id) {
                Some((outcome, text)) => {
                    (outcome, std::iter::once(text).chain(coupons(offer, self.quote, explained)).collect())
                }
                None => (self.label("explain.not").into(), self.why_not(offer, explained)),
            };
            let near = explained.near.iter().filter(|near| near.id == offer.id.as_str());
            sentences.extend(near.map(|near| near.text.clone()));
            Entry { id: &offer.id, name: offer.name.as_ref(), outcome, sentences }
        };
        self.program.file().offers.iter().map(entry).collect()
    }

    /// Why an offer did not take effect: what the quote says of it and of its coupons, or else what became of these.
    fn why_not(&self, offer: &Offer, explained: &Explanation) -> Vec<String> {
        let told = self.quote.refused.iter().zip(&explained.refused);
        let own = |refused: &Refused| refused.what == Subject::Offer && refused.id == offer.id.as_str();
        let why = told.filter(|(refused, _)| own(refused)).map(|(_, sentence)| sentence.text.clone());
        let mut sentences: Vec<String> = why.chain(coupons(offer, self.quote, explained)).collect();
        if sentences.is_empty() {
            let unsaid = if offer.coupon.is_some() { "explain.no_coupon" } else { "explain.no_code" };
            sentences.push(self.gone(offer).unwrap_or_else(|| self.label(unsaid).to_owned()));
        }
        sentences
    }

    /// What became of the latest coupon of an offer that the member no longer holds.
    fn gone(&self, offer: &Offer) -> Option<String> {
        let overdue = self.quote.overdue.iter().rev().map(|overdue| &overdue.change);
        let mut expired = overdue.filter(
            |change| matches!(change, Change::CouponExpired { offer: expired, .. } if *expired == offer.id),
        );
        if let Some(change) = expired.next() {
            return Some(self.program.describe(change, self.lang));
        }
        let mut past = self.member.past_coupons.iter().rev();
        let PastCoupon { coupon, end, .. } = past.find(|past| past.coupon.offer == offer.id)?;
        let reason = end.reason(coupon.expires_on)?;
        Some(format!("{}: {}", coupon.id, self.program.why_not(&reason, self.lang)))
    }

    /// Every rule that grants points, in the order of the file.
    fn rules<'p>(&'p self, explained: &Explanation) -> Vec<Entry<'p>> {
        let entry = |rule: &'p dangol::AccrualRule| {
            let mut told = self.quote.accruals.iter().zip(&explained.accruals);
            let granted = told.find(|(accrual, _)| accrual.rule == rule.id);
            let (outcome, text) = match granted {
                Some((accrual, sentence)) => {
                    (format!("+{}", accrual.points.0.grouped()), sentence.text.clone())
                }
                None if rule.on != Occasion::Order => {
                    (self.label("explain.not").into(), self.label("explain.occasion").into())
                }
                None => self.refused(Subject::Accrual, &rule.id, "explain.carried", explained),
            };
            Entry { id: &rule.id, name: rule.name.as_ref(), outcome, sentences: vec![text] }
        };
        self.program.file().accruals.iter().map(entry).collect()
    }

    /// Every multiplier, with the rules whose points it multiplied.
    fn multipliers<'p>(&'p self, explained: &Explanation) -> Vec<Entry<'p>> {
        let entry = |multiplier: &'p dangol::Multiplier| {
            let uses =
                |accrual: &&dangol::Accrual| accrual.multipliers.iter().any(|used| used.id == multiplier.id);
            let rules: Vec<&str> =
                self.quote.accruals.iter().filter(uses).map(|accrual| accrual.rule.as_str()).collect();
            let (outcome, text) = if rules.is_empty() {
                self.refused(Subject::Multiplier, &multiplier.id, "explain.nothing", explained)
            } else {
                (format!("×{}", multiplier.factor), rules.join(", "))
            };
            Entry { id: &multiplier.id, name: multiplier.name.as_ref(), outcome, sentences: vec![text] }
        };
        self.program.file().multipliers.iter().map(entry).collect()
    }

    /// Why something did not apply; where the quote does not say, it was not looked at, for the reason of that label.
    fn refused(
        &self,
        what: Subject,
        id: &Id,
        unsaid: &'static str,
        explained: &Explanation,
    ) -> (String, String) {
        let told = self.quote.refused.iter().zip(&explained.refused);
        let mut found = told.filter(|(refused, _)| refused.what == what && refused.id == id.as_str());
        let text =
            found.next().map_or_else(|| self.label(unsaid).to_owned(), |(_, sentence)| sentence.text.clone());
        (self.label("explain.not").into(), text)
    }

    /// Codes that were shown and do not count, and coupons of offers that the program does not have.
    fn codes(&self, page: &mut Page, explained: &Explanation) {
        let told = self.quote.refused.iter().zip(&explained.refused);
        let known = |id: &str| self.program.file().offers.iter().any(|offer| offer.id == *id);
        let alone = |refused: &Refused| {
            refused.what == Subject::Code || of_coupon(refused).is_some_and(|offer| !known(offer))
        };
        for (_, sentence) in told.filter(|(refused, _)| alone(refused)) {
            page.row(2, &sentence.name, self.label("explain.not"));
            page.paragraph(4, &sentence.text);
        }
    }

    fn tenders(&self, page: &mut Page, explained: &Explanation) {
        let told = self.quote.refused.iter().zip(&explained.refused);
        let refused = told.filter(|(refused, _)| refused.what == Subject::Wallet);
        let refused = refused.map(|(_, sentence)| format!("{}: {}", sentence.name, sentence.text));
        // What pays names its points itself.
        let used = explained.tenders.iter().map(|sentence| sentence.text.clone());
        let sentences: Vec<String> = used.chain(refused).collect();
        if !sentences.is_empty() {
            page.blank();
            page.paragraph(0, self.label("tenders"));
        }
        for sentence in sentences {
            page.paragraph(2, &sentence);
        }
    }
}

/// What is said of an offer's coupons that cannot be used, each by its name.
fn coupons<'a>(
    offer: &'a Offer,
    quote: &'a Quote,
    explained: &'a Explanation,
) -> impl Iterator<Item = String> + 'a {
    let told = quote.refused.iter().zip(&explained.refused);
    told.filter(|(refused, _)| of_coupon(refused) == Some(offer.id.as_str()))
        .map(|(_, sentence)| format!("{}: {}", sentence.id, sentence.text))
}

/// The offer of a coupon that was refused, which its name ends with.
fn of_coupon(refused: &Refused) -> Option<&str> {
    let of = refused.id.as_str().rsplit_once('/').map_or(refused.id.as_str(), |(_, offer)| offer);
    Some(of).filter(|_| refused.what == Subject::Coupon)
}

//! What a rule can look at: the member, the basket with its lines resolved, and the time of the shop.

use super::matches::{Lines, Matches};
use super::{OfferScope, Selector, TaxSet, Wallet};
use std::cell::Cell;

use crate::check::TierPlace;
use crate::model::{Activity, Basket, Member};
use crate::value::{
    Clock, Day, Id, LeapDay, Mode, Money, Overflow, Percent, Period, Points, Quantity, Rounding, Weekday,
    product,
};

/// Everything that a condition, award or benefit may know about one basket of one member.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) member: &'a Member,
    pub(crate) basket: &'a Basket,
    pub(crate) today: Day,
    pub(crate) weekday: Weekday,
    pub(crate) clock: Clock,
    /// When 29 February is kept in other years.
    pub(crate) leap_day: LeapDay,
    /// The program's wallets.
    pub(crate) wallets: &'a [Wallet],
    /// The codes that were shown, as they are compared.
    pub(crate) codes: Vec<String>,
    /// The tiers of all ladders.
    pub(crate) tiers: &'a [TierPlace],
    /// The place of the member's tier on each ladder, nothing where the member has none, for each stretch of an order that
    /// earns at several rates; else once.
    pub(crate) ranks: Vec<Vec<Option<usize>>>,
    /// The stretch for which conditions are asked.
    pub(crate) stretch: Cell<usize>,
    /// What conditions take the basket to be worth: before offers, or what earlier lanes left of it.
    pub(crate) spend: Money,
    /// What offers left of each line and delivery so far, where a condition of the program looks at single ones; empty
    /// before the first lane.
    pub(crate) rest: Vec<i64>,
    /// Whether conditions take lines for what is left of them, where they do not say themselves.
    pub(crate) sees_rest: bool,
    /// The lines by id, so that no result depends on their order in the basket.
    pub(crate) lines: Vec<LineFacts>,
    /// Whether any line has a price below which no offer goes.
    pub(crate) floors: bool,
    /// Whether any line is taken out of discounts.
    pub(crate) keeps_prices: bool,
    /// What is charged for delivery, by id; numbered after the lines.
    pub(crate) deliveries: Vec<LineFacts>,
    /// The taxes that lines carry together; none where no line has taxes by rate.
    pub(crate) taxes: Vec<TaxSet>,
    /// Which lines and deliveries each selector matches.
    pub(crate) matches: Matches,
}

/// One line of the basket as rules see it.
#[derive(Debug)]
pub(crate) struct LineFacts {
    pub(crate) id: Id,
    /// Its place in the basket.
    pub(crate) position: usize,
    pub(crate) quantity: Quantity,
    /// How many whole units it has; nothing for weighed goods.
    pub(crate) units: Option<i64>,
    /// In minor units of the currency.
    pub(crate) gross: i64,
    /// The tax contained in it, in minor units.
    pub(crate) tax: i64,
    /// The least that offers may leave of it, in minor units: no more than `gross`.
    pub(crate) floor: i64,
    /// The number of its taxes among those of the basket, where it has taxes by rate.
    pub(crate) tax_set: Option<usize>,
    pub(crate) earns: bool,
    pub(crate) discountable: bool,
}

impl Facts<'_> {
    /// The place of the member's tier on a ladder.
    pub(crate) fn rank(&self, ladder: usize) -> Option<usize> {
        self.ranks.get(self.stretch.get())?.get(ladder).copied().flatten()
    }

    /// The tax rates that a line carries, each once.
    pub(crate) fn tax_rates(&self, line: &LineFacts) -> Vec<Percent> {
        let set = line.tax_set.and_then(|number| self.taxes.get(number));
        set.map_or_else(Vec::new, TaxSet::percents)
    }

    /// The tax contained in so much of a line, in minor units: by its rates, or a share of the tax that is given.
    pub(crate) fn tax_in(&self, line: &LineFacts, money: i64) -> Result<i64, Overflow> {
        if line.tax == 0 {
            return Ok(0);
        }
        match line.tax_set.and_then(|number| self.taxes.get(number)) {
            Some(set) => set.contained(money),
            // A line that contains tax is worth more than nothing.
            None => Rounding::to_unit(Mode::HalfUp).ratio(product(line.tax, money), line.gross.into(), 0),
        }
    }

    /// The numbers of the lines that the selector matches; all lines where there is none.
    pub(crate) fn matching<'a>(&'a self, selector: Option<&'a Selector>) -> Lines<'a> {
        self.matching_in(OfferScope::Goods, selector)
    }

    /// The numbers of the lines and deliveries that an offer of that scope may look at.
    pub(crate) fn matching_in<'a>(&'a self, scope: OfferScope, selector: Option<&'a Selector>) -> Lines<'a> {
        let (goods, all) = (self.lines.len(), self.lines.len().saturating_add(self.deliveries.len()));
        let range = match scope {
            OfferScope::Goods => 0..goods,
            OfferScope::Shipping => goods..all,
            OfferScope::Everything => 0..all,
        };
        let except = selector.map_or(&[][..], Selector::exceptions);
        self.matches.lines(range, selector.map(Selector::number), except)
    }

    /// A line, or a delivery, by its number.
    pub(crate) fn line(&self, number: usize) -> Option<&LineFacts> {
        match number.checked_sub(self.lines.len()) {
            None => self.lines.get(number),
            Some(delivery) => self.deliveries.get(delivery),
        }
    }

    /// The answers for each stretch of the order, asked one after the other.
    pub(crate) fn in_stretches<T>(&self, mut ask: impl FnMut() -> T) -> Vec<T> {
        let mut answers = Vec::with_capacity(self.ranks.len());
        for stretch in 0..self.ranks.len() {
            self.stretch.set(stretch);
            answers.push(ask());
        }
        self.stretch.set(0);
        answers
    }

    /// What the member did on each day of the window that ends today.
    pub(crate) fn activity(&self, window: Period) -> impl Iterator<Item = &Activity> {
        self.member.activity_in(Some(window), self.today)
    }

    /// The wallet of that name, or the first one where none is named.
    pub(crate) fn wallet(&self, id: Option<&Id>) -> Option<&Wallet> {
        self.wallets.iter().find(|known| id.is_none_or(|id| known.id == *id))
    }

    /// What the member can use of a wallet before the order, or of the first one where none is named.
    pub(crate) fn balance(&self, wallet: Option<&Id>) -> Option<(&Id, Points)> {
        let wallet = self.wallet(wallet)?;
        let account = self.member.wallets.get(&wallet.id);
        let usable = account.map_or(Points::ZERO, |account| account.usable(self.today));
        // Lots have no more digits than their wallet: the balance is written with those.
        Some((&wallet.id, Points(usable.0.rescaled(wallet.digits).unwrap_or(usable.0))))
    }
}

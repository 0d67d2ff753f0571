//! What a rule can look at: the member, the basket with its lines resolved, and the time of the shop.

use super::{Matches, Selector, Wallet};
use crate::model::{Basket, Member};
use crate::value::{Clock, Day, Id, LeapDay, Money, Points, Quantity, Weekday};

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
    /// The ladder's tiers, lowest first.
    pub(crate) tiers: &'a [Id],
    /// The place of the member's tier on the ladder.
    pub(crate) rank: Option<usize>,
    /// What conditions take the basket to be worth: before offers, or what earlier lanes left of it.
    pub(crate) spend: Money,
    /// The lines by id, so that no result depends on their order in the basket.
    pub(crate) lines: Vec<LineFacts>,
    /// Which lines each selector matches.
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
    pub(crate) earns: bool,
    pub(crate) discountable: bool,
}

impl Facts<'_> {
    /// The numbers of the lines that the selector matches; all lines where there is none.
    pub(crate) fn matching<'a>(&'a self, selector: Option<&'a Selector>) -> impl Iterator<Item = usize> + 'a {
        let own = selector.map(Selector::number);
        self.matches.lines(0..self.lines.len(), own, selector.map_or(&[][..], Selector::exceptions))
    }

    /// What the member can use of a wallet before the order, or of the first one where none is named.
    pub(crate) fn balance(&self, wallet: Option<&Id>) -> Option<(&Id, Points)> {
        let wallet = self.wallets.iter().find(|known| wallet.is_none_or(|id| known.id == *id))?;
        let account = self.member.wallets.get(&wallet.id);
        let usable = account.map_or(Points::ZERO, |account| account.usable(self.today));
        // Lots have no more digits than their wallet: the balance is written with those.
        Some((&wallet.id, Points(usable.0.rescaled(wallet.digits).unwrap_or(usable.0))))
    }
}

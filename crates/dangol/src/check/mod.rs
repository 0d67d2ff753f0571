//! Walking a definition: where the walk stands, what was declared, and every problem on the way.

mod declared;

use std::collections::BTreeSet;
use std::fmt::Display;

pub(crate) use declared::{Catalog, Declared, TierPlace};

use crate::error::{Code, Problem, suggestion};
use crate::model::Attribute;
use crate::value::{Amount, Coinage, Id, Money, Percent, Period, Points};

/// The names of one selector, by what they name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) skus: Vec<Id>,
    pub(crate) categories: Vec<Id>,
    pub(crate) tags: Vec<Id>,
    /// What else a line must be.
    pub(crate) filter: Option<Filter>,
}

/// What a selector asks of a line beside its names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) price_at_least: Option<Money>,
    pub(crate) price_at_most: Option<Money>,
    pub(crate) on_sale: Option<bool>,
    pub(crate) attributes: Vec<(Id, Attribute)>,
}

/// A walk over a definition.
#[derive(Debug)]
pub(crate) struct Check {
    path: String,
    pub(crate) problems: Vec<Problem>,
    pub(crate) currency: Coinage,
    pub(crate) declared: Declared,
    /// The names of every selector met so far; a selector keeps its place in this list.
    pub(crate) selectors: Vec<Names>,
    /// The codes that conditions mention, as they are compared.
    pub(crate) codes: BTreeSet<String>,
    /// How far back conditions look at a member's activity, each once.
    pub(crate) windows: Vec<Period>,
    /// Whether a condition looks at what offers left of single lines.
    pub(crate) sees_rest: bool,
    depth: usize,
}

impl Check {
    /// How many levels deep conditions and expiries may be nested.
    pub(crate) const MAX_NESTING: usize = 16;

    pub(crate) fn new(currency: Coinage, declared: Declared) -> Check {
        Check {
            path: String::new(),
            problems: Vec::new(),
            currency,
            declared,
            selectors: Vec::new(),
            codes: BTreeSet::new(),
            windows: Vec::new(),
            sees_rest: false,
            depth: 0,
        }
    }

    /// Goes on below a field.
    pub(crate) fn at<T>(&mut self, field: &str, walk: impl FnOnce(&mut Check) -> T) -> T {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(field);
        let result = walk(self);
        self.path.truncate(length);
        result
    }

    /// Goes on below each entry of a list.
    pub(crate) fn each<T>(&mut self, entries: &mut [T], mut walk: impl FnMut(&mut Check, &mut T)) {
        for (index, entry) in entries.iter_mut().enumerate() {
            self.entry(index, |check| walk(check, entry));
        }
    }

    /// Goes on below one entry of a list.
    pub(crate) fn entry<T>(&mut self, index: usize, walk: impl FnOnce(&mut Check) -> T) -> T {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        let result = walk(self);
        self.path.truncate(length);
        result
    }

    /// Goes on one level deeper, unless that is too deep.
    pub(crate) fn deeper(&mut self, walk: impl FnOnce(&mut Check)) {
        if self.depth == Check::MAX_NESTING {
            self.problem(Code::TooDeep, format!("may be nested {} deep", Check::MAX_NESTING));
            return;
        }
        self.depth = self.depth.saturating_add(1);
        walk(self);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Notes a problem at the place where the walk stands.
    pub(crate) fn problem(&mut self, code: Code, message: impl Display) {
        self.problems.push(Problem::new(code, self.path.clone(), message.to_string()));
    }

    /// Notes a problem unless the list holds something.
    pub(crate) fn not_empty<T>(&mut self, list: &[T]) {
        if list.is_empty() {
            self.problem(Code::Empty, "expected at least one entry");
        }
    }

    /// Notes how far back a condition looks at a member's activity.
    pub(crate) fn window(&mut self, window: Period) {
        if !self.windows.contains(&window) {
            self.windows.push(window);
        }
    }

    /// Notes a problem unless the tier is one of the ladder.
    pub(crate) fn tier(&mut self, tier: &Id) {
        let known = self.declared.tiers.iter().map(|place| place.id.as_str());
        if self.declared.tiers_known && !known.clone().any(|known| *tier == *known) {
            let near = suggestion(tier.as_str(), known);
            self.problem(Code::UnknownName, format!("no such tier: `{tier}`{near}"));
        }
    }

    /// The digits of a wallet's points, or of the first wallet where none is named; a problem where there is none.
    pub(crate) fn wallet(&mut self, wallet: Option<&Id>) -> u8 {
        if let Some(digits) = self.declared.digits(wallet) {
            return digits;
        }
        match wallet {
            Some(wallet) => self.at("wallet", |check| check.known_wallet(wallet)),
            None if !self.declared.wallets_known => {}
            None => self.problem(Code::MissingField, "the program has no wallet for these points"),
        }
        // Nothing is said about the digits of a wallet that is not known.
        Amount::MAX_DIGITS
    }

    /// Notes a problem unless the wallet is declared.
    pub(crate) fn known_wallet(&mut self, wallet: &Id) {
        if self.declared.wallets_known && self.declared.wallets.iter().all(|(id, _)| id != wallet) {
            let known = self.declared.wallets.iter().map(|(id, _)| id.as_str());
            let message = format!("no such wallet: `{wallet}`{}", suggestion(wallet.as_str(), known));
            self.problem(Code::UnknownName, message);
        }
    }

    /// Notes a problem unless the budget is declared, and one of money or of points as asked.
    pub(crate) fn budget(&mut self, budget: &Id, money: bool) {
        match self.declared.budgets.iter().find(|(known, _)| known == budget) {
            Some((_, of_money)) if of_money.is_none_or(|of_money| of_money == money) => {}
            Some(_) => {
                let field =
                    if money { "`amount`: offers give money" } else { "`points`: accruals give points" };
                self.problem(Code::Contradiction, format!("budget `{budget}` has no {field}"));
            }
            None if self.declared.budgets_known => {
                let near = suggestion(budget.as_str(), self.declared.budgets.iter().map(|it| it.0.as_str()));
                self.problem(Code::UnknownName, format!("no such budget: `{budget}`{near}"));
            }
            None => {}
        }
    }

    /// Notes a problem unless the lane is declared.
    pub(crate) fn lane(&mut self, lane: &Id) {
        if self.declared.lanes_known && !self.declared.lanes.contains(lane) {
            let near = suggestion(lane.as_str(), self.declared.lanes.iter().map(Id::as_str));
            self.problem(Code::UnknownName, format!("no such lane: `{lane}`{near}"));
        }
    }

    /// Gives the money the currency's digits; a problem unless it has no more and is more than nothing.
    pub(crate) fn positive_money(&mut self, money: &mut Money) {
        self.positive(money.0);
        self.exact_money(money);
    }

    /// Gives the money the currency's digits; a problem unless it has no more and is not negative.
    pub(crate) fn money(&mut self, money: &mut Money) {
        self.range(money.0, |amount| !amount.is_negative(), "nothing or more");
        self.exact_money(money);
    }

    fn exact_money(&mut self, money: &mut Money) {
        match exact(money.0, self.currency.digits(), self.currency.code()) {
            Ok(exact) => money.0 = exact,
            Err((code, message)) => self.problem(code, message),
        }
    }

    /// Gives the points their wallet's digits; a problem unless they have no more and are more than nothing.
    pub(crate) fn positive_points(&mut self, points: &mut Points, digits: u8) {
        self.positive(points.0);
        self.exact_points(points, digits);
    }

    /// Gives the points their wallet's digits; a problem unless they have no more and are not negative.
    pub(crate) fn points(&mut self, points: &mut Points, digits: u8) {
        self.range(points.0, |amount| !amount.is_negative(), "nothing or more");
        self.exact_points(points, digits);
    }

    fn exact_points(&mut self, points: &mut Points, digits: u8) {
        match exact(points.0, digits, "the wallet") {
            Ok(exact) => points.0 = exact,
            Err((code, message)) => self.problem(code, message),
        }
    }

    fn positive(&mut self, amount: Amount) {
        self.range(amount, |amount| amount > Amount::ZERO, "more than nothing");
    }

    /// Notes a problem unless the rate in percent is more than nothing, at most so much, and has at most 4 digits.
    pub(crate) fn percent(&mut self, rate: Percent, most: i32) {
        let in_range = |rate| rate > Amount::ZERO && rate <= Amount::from(most);
        self.range(rate.0, in_range, &format!("more than 0 and at most {most}"));
        self.rate_digits(rate.0, 4);
    }

    /// Notes a problem where a rate has more digits after the point than allowed.
    pub(crate) fn rate_digits(&mut self, rate: Amount, digits: u8) {
        if rate.rescaled(digits).is_none() {
            self.problem(
                Code::TooManyDigits,
                format!("at most {digits} digits after the point, found `{rate}`"),
            );
        }
    }

    /// Notes a problem unless the number lies in the range that the words describe.
    pub(crate) fn range(&mut self, amount: Amount, holds: impl Fn(Amount) -> bool, words: &str) {
        if !holds(amount) {
            self.problem(Code::OutOfRange, format!("must be {words}, found `{amount}`"));
        }
    }
}

/// The amount with exactly so many digits after the point, or why not: it is nothing or less, or has no such form.
pub(crate) fn positive(amount: Amount, digits: u8, whose: &str) -> Result<Amount, (Code, String)> {
    if amount <= Amount::ZERO {
        return Err((Code::OutOfRange, format!("must be more than nothing, found `{amount}`")));
    }
    exact(amount, digits, whose)
}

/// The amount with exactly so many digits after the point, or why not: it has more of them, or is too large with them.
pub(crate) fn exact(amount: Amount, digits: u8, whose: &str) -> Result<Amount, (Code, String)> {
    if let Some(exact) = amount.rescaled(digits) {
        return Ok(exact);
    }
    if amount.digits() > digits {
        let message = format!("{whose} has {digits} digits after the point, found `{amount}`");
        return Err((Code::TooManyDigits, message));
    }
    let most = Amount::MAX_SIGNIFICANT;
    let message = format!("more than {most} digits, {digits} of them after the point, found `{amount}`");
    Err((Code::OutOfRange, message))
}

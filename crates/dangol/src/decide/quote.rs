//! The quote: facts, points that pay before offers, offers, other points as tender, accrual, tier, in this order.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{
    Accrual, Basket, Change, CountedPart, LineDiscount, LineWorth, Member, Quote, QuotedDelivery, QuotedLine,
};
use crate::program::{Compiled, Program};
use crate::rule::{Facts, TierLadder};
use crate::value::{Day, Id, Instant, Money, Overflow, Points};

use super::discount::{discounts, total};
use super::earn::Till;
use super::keep::{self, Active};
use super::overdue::{self, Current};
use super::purse::Purse;
use super::spend::Payment;
use super::tier::Counted;
use super::{before, bonus, coupons, earn, extras, gifts, guest, pool, resolve, tax, tier};

impl Program {
    /// What a basket of a member costs and earns at that instant, with every reason.
    ///
    /// Pure: the same arguments give the same quote on every machine, and the order of lines, rules and codes changes
    /// no amount. Lots that have ended do not count, whether or not [`Program::advance`] has written it.
    ///
    /// # Errors
    /// An [`InputError`] with code and path for nonsense: no lines, a duplicate line id, a negative quantity, more
    /// digits than the currency has, points of a wallet that does not exist. That a rule does not apply is no error.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "wallets": [{ "id": "points" }], "accruals": [{ "id": "base", "award": { "percent": "5" } }] }"#)?;
    /// use dangol::{Basket, Line, Member};
    /// let member = Member::new("m1".parse()?);
    /// let basket = Basket { lines: vec![Line::new("latte".parse()?, "4800".parse()?)], ..Basket::default() };
    /// let quote = program.quote(&member, &basket, "2026-01-31T09:00:00+09:00".parse()?)?;
    /// assert_eq!(quote.due.to_string(), "4800");
    /// assert_eq!(quote.accruals[0].points.to_string(), "240");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote(&self, member: &Member, basket: &Basket, now: Instant) -> Result<Quote, InputError> {
        quote(self.compiled(), member, None, basket, now)
    }

    /// What a basket of a member of a household costs and earns: points of `shared` wallets are the pool's.
    ///
    /// The pool is a member of its own: [`Quote::place`] makes events for both, told apart by [`Event::member`], which a
    /// host stores together and applies each to its own. Tier, birthday, orders and other wallets stay the member's.
    ///
    /// # Errors
    /// As [`Program::quote`], and where the program has no `shared` wallet, or the member is his own pool.
    ///
    /// [`Event::member`]: crate::Event::member
    pub fn quote_in_pool(
        &self,
        member: &Member,
        pool: &Member,
        basket: &Basket,
        now: Instant,
    ) -> Result<Quote, InputError> {
        quote(self.compiled(), member, Some(pool), basket, now)
    }
}

fn quote(
    program: &Compiled,
    member: &Member,
    pool: Option<&Member>,
    basket: &Basket,
    now: Instant,
) -> Result<Quote, InputError> {
    let mut current = overdue::current(program, member, now, "now")?;
    let pool = pool.map(|pool| pool::join(program, &mut current, pool, now)).transpose()?;
    let Current { member: current, due: overdue } = current;
    let mut charges = extras::charges(program, basket)?;
    coupons::check(program, &current, basket)?;
    let mut facts = resolve::facts(program, &current, basket, now)?;
    let mut purse = Purse::new(&current, facts.today);
    let goods = facts.lines.len();
    let mut payment = Payment::new(goods);
    if member.guest {
        guest::refuse_points(&facts, &mut payment);
    } else {
        payment.before_offers(program, &facts, &mut purse)?;
    }
    let mut discounts = discounts(program, &mut facts, &mut purse, &payment.paid)?;
    if !member.guest {
        payment.after_offers(program, &facts, &mut purse, &discounts.left)?;
    }
    let (shipping, shipping_discount) = shipping(&discounts.deliveries)?;
    charges.shipping = shipping.units();
    let digits = program.currency().digits();
    let (net, paid) = (total(&discounts.left, digits)?, total(&payment.paid, digits)?);
    // What tiers count where they do not say otherwise: what money pays for goods, without delivery and fees.
    let spend = net.minus(paid)?;
    let till = Till::new(program, &facts, &discounts, &payment.paid, charges, &purse);
    let counted = Counted { usual: spend, own: &counted(&till, spend)? };
    let mut crossed = tier::crossed(program, &current, facts.today, counted)?;
    if let Some(crossed) = &mut crossed {
        std::mem::swap(&mut facts.ranks, &mut crossed.ranks);
    }
    let till = Till::new(program, &facts, &discounts, &payment.paid, charges, &purse);
    let worth = before::worth(program, &facts, &discounts.lines, &payment.paid)?;
    let parts = parts(&till)?;
    let mut earned = earn::accruals(&Till { crossed: crossed.as_ref(), ..till })?;
    if let Some(crossed) = crossed {
        facts.ranks = crossed.ranks;
    }
    bonus::settle(program, &mut discounts, &mut earned);
    let lines_left = facts.lines.iter().zip(discounts.left.iter().copied());
    let deliveries_left = facts.deliveries.iter().zip(discounts.deliveries.iter().map(|one| one.net.units()));
    let amounts = lines_left.chain(deliveries_left).map(|(line, left)| (line.tax_set, left));
    let taxes = tax::taxes(program, &facts.taxes, amounts)?;
    let mut points = sums(&earned.accruals)?;
    let mut tiers = tier::previews(program, &current, facts.today, counted, &points)?;
    tiers.iter_mut().zip(parts).for_each(|(preview, parts)| preview.counted = parts);
    if tier::lifted_by_order(program, &facts, &tiers, &mut earned, now)? {
        points = sums(&earned.accruals)?;
    }
    let (due, rounding) = extras::due(program, spend, charges, taxes.added)?;
    let extended = extended(program, &purse, &mut earned.accruals, facts.today);
    let given = gifts::value(&discounts.gifts)?;
    let mut lines = lines(&facts, &discounts.left, &payment.paid, (discounts.lines, worth), digits)?;
    lines.extend(gifts::lines(discounts.gifts, &facts, digits)?);
    let mut refused = discounts.refused;
    refused.extend(payment.refused);
    refused.extend(earned.refused);
    let issued = coupons::by_order(program, &facts, spend, &tiers, &mut refused);
    Ok(Quote {
        before: before::before(program, &current, &discounts.applied, &payment.tenders, &extended),
        program: program.reference.clone(),
        member: member.id.clone(),
        member_version: member.version,
        guest: member.guest,
        at: now,
        on: facts.today,
        currency: program.currency().currency,
        lines,
        gross: facts.spend.plus(given)?,
        discount: facts.spend.minus(net)?.plus(given)?,
        net,
        paid_with_points: paid,
        shipping,
        shipping_discount,
        fees: Money::of_units(charges.fees, digits)?,
        taxes: taxes.sums,
        tax_added: Money::of_units(taxes.added, digits)?,
        rounding,
        due,
        balances: balances(program, &purse, &earned.accruals)?,
        issued,
        tiers,
        tenders: payment.tenders,
        applied: discounts.applied,
        absorbed: keep::absorbed(&current, &earned.accruals)?,
        earned: points,
        accruals: earned.accruals,
        carried: earned.carried,
        refused,
        near: discounts.near,
        optimal: discounts.optimal,
        discount_bound: discounts.bound,
        deliveries: discounts.deliveries,
        forget_before: tier::forget_before(program, &current, facts.today),
        extended,
        pool,
        overdue,
        returns: program.file.returns,
        paid_by: basket.tenders.clone(),
        rules: before::rules(program, &current, basket),
    })
}

/// What each line counts on each ladder that counts some lines, or other amounts than what money pays for them.
fn parts(till: &Till<'_>) -> Result<Vec<Option<Vec<CountedPart>>>, Overflow> {
    let own = |ladder: &TierLadder| match is_usual(ladder) {
        true => Ok(None),
        false => earn::parts_on_ladder(till, ladder).map(Some),
    };
    let ladders = till.program.ladders();
    if ladders.iter().all(is_usual) { Ok(Vec::new()) } else { ladders.iter().map(own).collect() }
}

/// Whether what money pays for goods is what counts on a ladder.
fn is_usual(ladder: &TierLadder) -> bool {
    ladder.base.is_none() && ladder.lines.is_none()
}

/// What the order counts as spend on each ladder; nothing where all count as everything else does.
fn counted(till: &Till<'_>, usual: Money) -> Result<Vec<Money>, Overflow> {
    let ladders = till.program.ladders();
    if ladders.iter().all(is_usual) {
        return Ok(Vec::new());
    }
    let digits = till.program.currency().digits();
    let of = |ladder: &TierLadder| match is_usual(ladder) {
        true => Ok(usual),
        false => Money::of_units(earn::on_ladder(till, ladder)?, digits),
    };
    ladders.iter().map(of).collect()
}

/// The lines in the order of the basket, from what is left of each, what points pay of it, and what was taken off it.
fn lines(
    facts: &Facts<'_>,
    left: &[i64],
    paid: &[i64],
    (mut discounts, worth): (Vec<Vec<LineDiscount>>, Option<Vec<LineWorth>>),
    digits: u8,
) -> Result<Vec<QuotedLine>, Overflow> {
    let mut lines = Vec::with_capacity(facts.lines.len());
    for number in in_basket(facts) {
        let Some(line) = facts.lines.get(number) else { continue };
        let Some(source) = facts.basket.lines.get(line.position) else { continue };
        let at = |list: &[i64]| Money::of_units(list.get(number).copied().unwrap_or(0), digits);
        lines.push(QuotedLine {
            id: line.id.clone(),
            sku: source.sku.clone(),
            quantity: line.quantity,
            gross: Money::of_units(line.gross, digits)?,
            discounts: discounts.get_mut(number).map(std::mem::take).unwrap_or_default(),
            net: at(left)?,
            paid_with_points: at(paid)?,
            gift: None,
            taxes: facts.tax_rates(line),
            worth: worth.as_ref().and_then(|worth| worth.get(number)).map(|worth| Box::new(*worth)),
        });
    }
    Ok(lines)
}

/// The numbers of the lines in the order of the basket.
fn in_basket(facts: &Facts<'_>) -> impl Iterator<Item = usize> {
    let position = |number: &usize| facts.lines.get(*number).map(|line| line.position);
    let all = 0..facts.lines.len();
    // Most lines stand in the basket as they stand by their ids.
    let mut order: Vec<usize> = Vec::new();
    if !facts.lines.is_sorted_by_key(|line| line.position) {
        order.extend(all.clone());
        order.sort_by_key(position);
    }
    all.map(move |place| order.get(place).copied().unwrap_or(place))
}

/// What deliveries cost, and what was taken off them.
fn shipping(deliveries: &[QuotedDelivery]) -> Result<(Money, Money), Overflow> {
    let net = Money::sum(deliveries.iter().map(|delivery| delivery.net))?;
    Ok((net, Money::sum(deliveries.iter().map(|delivery| delivery.gross))?.minus(net)?))
}

/// The points of each wallet.
fn sums<'a>(accruals: impl IntoIterator<Item = &'a Accrual>) -> Result<BTreeMap<Id, Points>, Overflow> {
    let mut sums: BTreeMap<Id, Points> = BTreeMap::new();
    for accrual in accruals {
        match sums.get_mut(&accrual.wallet) {
            Some(sum) => *sum = sum.plus(accrual.points)?,
            None => _ = sums.insert(accrual.wallet.clone(), accrual.points),
        }
    }
    Ok(sums)
}

/// What can be used of each wallet of the program after the order.
fn balances(
    program: &Compiled,
    purse: &Purse<'_>,
    accruals: &[Accrual],
) -> Result<BTreeMap<Id, Points>, Overflow> {
    let mut balances = BTreeMap::new();
    for wallet in &program.file.wallets {
        let granted = accruals.iter().filter(|accrual| accrual.wallet == wallet.id);
        let granted = Points::sum(granted.filter(|accrual| accrual.counts_at_once()).map(|it| it.points))?;
        let sum = purse.with(&wallet.id, granted)?;
        // Nothing has no digits of its own: every balance is written with those of its wallet.
        balances.insert(wallet.id.clone(), sum.plus(Points::of_units(0, wallet.digits)?)?);
    }
    Ok(balances)
}

/// The points that can be used longer because of this order, those that it earns included.
fn extended(program: &Compiled, purse: &Purse<'_>, accruals: &mut [Accrual], today: Day) -> Vec<Change> {
    let mut extended = Vec::new();
    for wallet in program.file.wallets.iter().filter(|wallet| wallet.extension.is_some()) {
        let earned = accruals.iter().any(|accrual| accrual.wallet == wallet.id);
        let active = Active { earned, spent: purse.was_used(&wallet.id), ordered: true };
        keep::extend_earned(wallet, accruals, active, today);
        extended.extend(keep::extensions(program, wallet, &purse.account(&wallet.id), active, today));
    }
    extended
}

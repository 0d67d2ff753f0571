//! Points as tender: how many may pay, how many do, and what they pay on each line.

mod spread;
mod terms;

pub(super) use terms::{Funds, Terms, Use};

use crate::error::InputError;
use crate::model::{Offered, Reason, Refused, Subject, Tender};
use crate::program::Compiled;
use crate::rule::{Automatic, Facts, TenderRule, Wallet};
use crate::value::{Day, Money};

use super::overdue::misfit;
use super::purse::Purse;
use terms::Room;

/// What points pay.
#[derive(Debug)]
pub(super) struct Payment {
    pub(super) tenders: Vec<Tender>,
    pub(super) refused: Vec<Refused>,
    /// What points pay on each line, in minor units.
    pub(super) paid: Vec<i64>,
}

/// Everything that one wallet after the other pays from and for.
struct Till<'a, 'b> {
    program: &'a Compiled,
    facts: &'a Facts<'a>,
    purse: &'a mut Purse<'b>,
    /// What each line costs, in minor units: after offers, or before them.
    net: &'a [i64],
}

/// Which points of a wallet are to pay.
#[derive(Clone, Copy)]
enum Wish {
    /// What the customer offers.
    Offered(Offered),
    /// What ends by that day, or at all.
    Ending(Option<Day>),
}

impl Wish {
    /// Where the basket says nothing about the wallet, the program does.
    fn of(facts: &Facts<'_>, wallet: &Wallet, rule: &TenderRule) -> Wish {
        match (facts.basket.points.get(&wallet.id), rule.automatic) {
            (Some(offered), _) => Wish::Offered(*offered),
            (None, Automatic::Off) => Wish::Offered(Offered::None),
            (None, Automatic::All) => Wish::Offered(Offered::Max),
            (None, Automatic::ExpiringWithin(period)) => Wish::Ending(period.after(facts.today)),
        }
    }
}

impl Payment {
    /// Nothing was paid yet of so many lines.
    pub(super) fn new(lines: usize) -> Payment {
        Payment { tenders: Vec::new(), refused: Vec::new(), paid: vec![0; lines] }
    }

    /// Lets the wallets pay, by id, whose points pay before offers.
    pub(super) fn before_offers(
        &mut self,
        program: &Compiled,
        facts: &Facts<'_>,
        purse: &mut Purse<'_>,
    ) -> Result<(), InputError> {
        let early = |wallet: &&Wallet| wallet.tender.as_ref().is_some_and(|rule| rule.before_offers);
        if !program.file.wallets.iter().any(|wallet| early(&wallet)) {
            return Ok(());
        }
        let gross: Vec<i64> = facts.lines.iter().map(|line| line.gross).collect();
        self.pay(&mut Till { program, facts, purse, net: &gross }, early)
    }

    /// Lets every other wallet pay, by id, of what offers left of the lines.
    pub(super) fn after_offers(
        &mut self,
        program: &Compiled,
        facts: &Facts<'_>,
        purse: &mut Purse<'_>,
        net: &[i64],
    ) -> Result<(), InputError> {
        let late = |wallet: &&Wallet| wallet.tender.as_ref().is_none_or(|rule| !rule.before_offers);
        self.pay(&mut Till { program, facts, purse, net }, late)
    }

    fn pay(&mut self, till: &mut Till<'_, '_>, whose: impl Fn(&&Wallet) -> bool) -> Result<(), InputError> {
        let mut wallets: Vec<&Wallet> = till.program.file.wallets.iter().filter(whose).collect();
        wallets.sort_by_key(|wallet| &wallet.id);
        for wallet in wallets {
            match &wallet.tender {
                Some(rule) => self.tender(till, wallet, rule)?,
                None => {
                    let offered = till.facts.basket.points.get(&wallet.id);
                    if offered.is_some_and(|offered| *offered != Offered::None) {
                        self.refuse(wallet, Reason::NotRedeemable);
                    }
                }
            }
        }
        Ok(())
    }

    /// Lets one wallet pay.
    fn tender(
        &mut self,
        till: &mut Till<'_, '_>,
        wallet: &Wallet,
        rule: &TenderRule,
    ) -> Result<(), InputError> {
        let digits = till.program.currency().digits();
        let lines = rule.lines.as_ref().map(|lines| till.facts.matching(Some(lines)).collect::<Vec<_>>());
        let room = Room::new(rule, till.net, &self.paid, lines.as_deref(), digits)?;
        let terms = Terms::new(wallet, rule, till.purse.funds(&wallet.id), Some(&room))?;
        let wish = Wish::of(till.facts, wallet, rule);
        let used = match wish {
            Wish::Offered(offered) => terms.used(offered)?,
            Wish::Ending(last) => terms.used_of(till.purse.ending(&wallet.id, last)?)?,
        };
        let Use { points, limited_by } = match used {
            Ok(used) => used,
            Err(reason) => {
                self.refuse(wallet, reason);
                Use { points: terms.nothing()?, limited_by: None }
            }
        };
        let mut tender = Tender {
            wallet: wallet.id.clone(),
            redeemable: terms.redeemable.clone().or_else(|_| terms.nothing())?,
            points,
            value: Money::of_units(rule.worth(points, digits)?, digits)?,
            lots: Vec::new(),
            issuers: Vec::new(),
            limited_by,
        };
        if !points.is_zero() {
            let split = till.program.file.discounts.split;
            spread::over_lines(split, tender.value.units(), till.net, lines.as_deref(), &mut self.paid);
            let issued = till.purse.issued(&wallet.id);
            tender.lots = match wish {
                Wish::Offered(_) => till.purse.draw(&wallet.id, points, wallet.burn_order),
                Wish::Ending(last) => till.purse.draw_ending(&wallet.id, points, last),
            }
            .map_err(misfit)?;
            tender.issuers = spread::over_issuers(split, &tender.lots, &issued, wallet.digits, tender.value)?;
        }
        self.tenders.push(tender);
        Ok(())
    }

    fn refuse(&mut self, wallet: &Wallet, reason: Reason) {
        self.refused.push(Refused { what: Subject::Wallet, id: (&wallet.id).into(), reason });
    }
}

//! From the engine's own input to the small integers of hand-written code, as that would do it at the till.

use dangol::{Amount, Basket, Id, Member};
use rustc_hash::FxHashMap;

use super::{Line, Visit};
use crate::Outcome;
use crate::convert::WALLET;

/// The names that a program mentions, each list with its numbers from 1; coupons from 0.
#[derive(Debug, Default)]
pub struct Names {
    skus: FxHashMap<Id, u16>,
    categories: FxHashMap<Id, u8>,
    brands: FxHashMap<Id, u8>,
    tiers: &'static [&'static str],
    channels: &'static [&'static str],
    coupons: FxHashMap<&'static str, u8>,
}

impl Names {
    pub(super) fn new(
        skus: &'static [&'static str],
        categories: &'static [&'static str],
        brands: &'static [&'static str],
        tiers: &'static [&'static str],
        channels: &'static [&'static str],
        coupons: &'static [&'static str],
    ) -> Names {
        Names {
            skus: ids(skus).zip(1..).collect(),
            categories: ids(categories).zip(1..).collect(),
            brands: ids(brands).zip(1..).collect(),
            tiers,
            channels,
            coupons: coupons.iter().copied().zip(0..).collect(),
        }
    }

    /// The lines as numbers.
    pub fn lines(&self, basket: &Basket, lines: &mut Vec<Line>) -> Outcome<()> {
        lines.clear();
        for line in &basket.lines {
            let number = |list: &FxHashMap<Id, u8>, names: &[Id]| {
                names.iter().find_map(|name| list.get(name)).copied().unwrap_or(0)
            };
            lines.push(Line {
                sku: self.skus.get(&line.sku).copied().unwrap_or(0),
                category: number(&self.categories, &line.categories),
                brand: number(&self.brands, &line.tags),
                quantity: line.quantity.0.rescaled(3).map(Amount::units).ok_or("too exact")?,
                price: line
                    .price
                    .and_then(|price| price.0.rescaled(2))
                    .map(Amount::units)
                    .ok_or("no price")?,
            });
        }
        Ok(())
    }

    /// The member, the time and the coupons as numbers.
    pub fn visit(&self, member: &Member, basket: &Basket, now: dangol::Instant) -> Visit {
        let place = |names: &[&str], name: Option<&Id>| {
            names.iter().position(|known| name.is_some_and(|name| name == known)).unwrap_or(0) as u8
        };
        let account = member.wallets.iter().find(|(id, _)| **id == *WALLET).map(|(_, account)| account);
        let shown = basket.codes.iter().filter_map(|code| self.coupons.get(code.as_str()));
        Visit {
            tier: place(self.tiers, member.tier("status")),
            channel: place(self.channels, basket.channel.as_ref()),
            balance: account.map_or(0, |account| account.outstanding().units()),
            shown: shown.fold(0, |bits, number| bits | 1 << number),
            now: now.0.timestamp(),
        }
    }
}

/// The ids of these names, which are fit to be some.
fn ids(names: &'static [&'static str]) -> impl Iterator<Item = Id> {
    names.iter().filter_map(|name| name.parse().ok())
}

//! The workloads as a programmer would write them by hand for exactly one program: small integers in, numbers out, no
//! interpretation and no allocation. What an engine for any program costs is measured against this.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "hand-written code for known sizes: what the engine's guards cost is part of what is measured"
)]

mod names;
mod w1;
mod w2;
#[rustfmt::skip]
mod w2_tables;
mod w3;

pub use names::Names;
pub use w1::Cafe;
pub use w2::Supermarket;
pub use w3::Lots;

use std::collections::BTreeMap;

use crate::answer::{Answer, AnswerLine, grouped};
use crate::fixture::Program;

/// The most lines of a basket.
pub const MAX_LINES: usize = 64;

/// One line: the numbers of its names (0 for a name that no rule mentions), thousandths of units, cents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    sku: u16,
    category: u8,
    brand: u8,
    quantity: i64,
    price: i64,
}

/// Everything else about a visit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visit {
    tier: u8,
    channel: u8,
    balance: i64,
    /// The coupons that were shown: a bit each.
    shown: u32,
    /// Seconds since 1970.
    now: i64,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Bill {
    gross: i64,
    discount: i64,
    coupon_discount: i64,
    net: i64,
    points: i64,
    redeemable: i64,
    coupons: [u8; 3],
    coupon_count: usize,
    points_of: [i64; 64],
    line_count: usize,
    lines: [AnswerLine; MAX_LINES],
}

impl Default for Bill {
    fn default() -> Bill {
        Bill {
            gross: 0,
            discount: 0,
            coupon_discount: 0,
            net: 0,
            points: 0,
            redeemable: 0,
            coupons: [0; 3],
            coupon_count: 0,
            points_of: [0; 64],
            line_count: 0,
            lines: [AnswerLine::default(); MAX_LINES],
        }
    }
}

impl Bill {
    /// The bill with names in place of numbers.
    #[must_use]
    pub fn answer(&self, program: &Program, rules: &[&str], coupons: &[&str]) -> Answer {
        let points_of = rules.iter().zip(self.points_of).map(|(id, points)| ((*id).to_owned(), points));
        let (granted, outdone) = grouped(&points_of.collect::<BTreeMap<_, _>>(), program);
        let chosen = self.coupons[..self.coupon_count].iter();
        Answer {
            gross: self.gross,
            discount: self.discount,
            coupon_discount: self.coupon_discount,
            net: self.net,
            points: self.points,
            redeemable: self.redeemable,
            coupons: chosen.map(|number| coupons[usize::from(*number)].to_owned()).collect(),
            granted,
            outdone,
            lines: self.lines[..self.line_count].to_vec(),
        }
    }

    /// The price of each line, and their sum, which is returned.
    fn price(&mut self, lines: &[Line]) -> i64 {
        let mut sum = 0;
        for (line, priced) in lines.iter().zip(&mut self.lines) {
            let gross = (line.quantity * line.price + 500) / 1_000;
            *priced = AnswerLine { gross, discount: 0, coupon: 0, net: gross };
            sum += gross;
        }
        self.line_count = lines.len().min(MAX_LINES);
        sum
    }
}

/// So many hundredths of a percent of an amount, a half upwards.
fn percent(amount: i64, rate: i64) -> i64 {
    (amount * rate + 5_000) / 10_000
}

impl Visit {
    /// The civil day since 1970, the minute of the day, and the day of the week, Monday being 0.
    fn time(&self) -> (i64, i64, usize) {
        let day = self.now.div_euclid(86_400);
        // The first of January 1970 was a Thursday.
        (day, self.now.rem_euclid(86_400) / 60, (day + 3).rem_euclid(7) as usize)
    }
}

//! W1: a café. One point for each euro, another one on coffee before noon, a quarter more for gold, 15 points for pastry
//! at weekends, 30 for the new bean; 20 % off coffee and 1.00 off as coupons.

use super::{Bill, Line, Names, Visit, percent};

/// The café's program.
#[derive(Debug)]
pub struct Cafe;

const COFFEE: u8 = 1;
const PASTRY: u8 = 2;
const BEAN: u16 = 1;
const GOLD: u8 = 2;
const SATURDAY: usize = 5;
const TEN: i64 = 600;
const NOON: i64 = 720;
/// Both coupons: 4 March to 3 April 2026.
const FIRST_DAY: i64 = 20_516;
const LAST_DAY: i64 = 20_546;
const COFFEE_20: u8 = 0;
const EURO_1: u8 = 1;

impl Cafe {
    /// The rules by their numbers in the bill.
    pub const RULES: [&str; 5] = ["base", "happy", "gold", "pastry", "newbean"];
    /// The coupons by their numbers in the bill.
    pub const COUPONS: [&str; 2] = ["C-COFFEE20", "C-EURO1"];

    /// The names that its rules mention.
    #[must_use]
    pub fn names() -> Names {
        let tiers = &["base", "silver", "gold", "platinum"];
        Names::new(&["BEAN-ETH-250"], &["coffee", "pastry"], &[], tiers, &["pos", "app"], &Cafe::COUPONS)
    }

    /// The bill.
    #[inline(never)]
    pub fn quote(visit: &Visit, lines: &[Line], bill: &mut Bill) {
        let (day, minute, weekday) = visit.time();
        bill.gross = bill.price(lines);
        let left = bill.coupons(visit, lines, day);
        let priced = || lines.iter().zip(&bill.lines);
        let coffee: i64 =
            priced().filter(|(line, _)| line.category == COFFEE).map(|(_, priced)| priced.net).sum();
        let pastry = lines.iter().any(|line| line.category == PASTRY);
        let bean = lines.iter().any(|line| line.sku == BEAN);
        let points = &mut bill.points_of;
        points[0] = left / 100;
        points[1] = if (TEN..NOON).contains(&minute) { coffee / 100 } else { 0 };
        points[2] = if visit.tier >= GOLD { left * 250 / 100_000 } else { 0 };
        points[3] = if pastry && weekday >= SATURDAY { 15 } else { 0 };
        points[4] = if bean && bill.gross >= 800 { 30 } else { 0 };
        bill.points = points[..5].iter().sum();
        bill.net = left;
        bill.redeemable = visit.balance.min(left / 2) / 100 * 100;
    }
}

impl Bill {
    /// Both coupons where both can be had: they never stand in each other's way. What is left to pay is returned.
    fn coupons(&mut self, visit: &Visit, lines: &[Line], day: i64) -> i64 {
        let valid = (FIRST_DAY..=LAST_DAY).contains(&day);
        let mut left = self.gross;
        self.coupon_count = 0;
        if valid && visit.shown & 1 << COFFEE_20 != 0 {
            let mut taken = 0;
            for (_, priced) in lines.iter().zip(&mut self.lines).filter(|(line, _)| line.category == COFFEE) {
                priced.coupon = percent(priced.net, 2_000);
                priced.net -= priced.coupon;
                taken += priced.coupon;
            }
            left -= self.note(COFFEE_20, taken);
        }
        if valid && visit.shown & 1 << EURO_1 != 0 && self.gross >= 500 && left > 0 {
            let amount = left.min(100);
            let (mut so_far, mut placed) = (0, 0);
            for priced in &mut self.lines[..self.line_count] {
                so_far += priced.net;
                let part = amount * so_far / left - placed;
                placed += part;
                priced.coupon += part;
                priced.net -= part;
            }
            left -= self.note(EURO_1, amount);
        }
        self.coupon_discount = self.gross - left;
        left
    }

    fn note(&mut self, coupon: u8, taken: i64) -> i64 {
        if taken > 0 {
            self.coupons[self.coupon_count] = coupon;
            self.coupon_count += 1;
        }
        taken
    }
}

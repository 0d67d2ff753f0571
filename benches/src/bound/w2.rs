//! W2: a supermarket with 60 rules and 20 coupons. Its names are rows of bits, one for each rule (`w2_tables`, made by
//! `cargo run -p dangol-benches -- generate`); the best three coupons are found by three loops that skip what cannot win.

use super::w2_tables::*;
use super::{Bill, Line, MAX_LINES, Names, Visit, percent};

/// The supermarket's program.
#[derive(Debug)]
pub struct Supermarket;

/// What a coupon takes off, and when.
pub(super) struct Coupon {
    /// Hundredths of a percent, or cents.
    pub(super) worth: i64,
    pub(super) is_percent: bool,
    pub(super) spend: i64,
    pub(super) first_day: i64,
    pub(super) last_day: i64,
    pub(super) group: u8,
    pub(super) exclusive: bool,
}

/// What is left of each line.
type Left = [i64; MAX_LINES];

impl Supermarket {
    /// The rules by their numbers in the bill.
    pub const RULES: [&str; 60] = RULES;
    /// The coupons by their numbers in the bill.
    pub const COUPONS: [&str; 20] = COUPON_IDS;

    /// The names that its rules mention.
    #[must_use]
    pub fn names() -> Names {
        Names::new(&SKUS, &CATEGORIES, &BRANDS, &TIERS, &CHANNELS, &COUPON_IDS)
    }

    /// The bill.
    #[inline(never)]
    pub fn quote(visit: &Visit, lines: &[Line], bill: &mut Bill) {
        let (day, minute, weekday) = visit.time();
        bill.gross = bill.price(lines);
        let holds = OF_TIER[usize::from(visit.tier)]
            & OF_CHANNEL[usize::from(visit.channel)]
            & OF_WEEKDAY[weekday]
            & last_reached(&FROM_MINUTE, minute)
            & last_reached(&FROM_SPEND, bill.gross);
        let (mut matching, mut left) = ([0_u64; MAX_LINES], [0; MAX_LINES]);
        let mut net = 0;
        for (number, (line, priced)) in lines.iter().zip(&mut bill.lines).enumerate() {
            let rules = OF_SKU[usize::from(line.sku)]
                & OF_CATEGORY[usize::from(line.category)]
                & OF_BRAND[usize::from(line.brand)]
                & holds;
            matching[number] = rules;
            // The rules are numbered so that the highest percentage comes first.
            if rules & DISCOUNTS != 0 {
                priced.discount = percent(priced.gross, WORTH[(rules & DISCOUNTS).trailing_zeros() as usize]);
                priced.net -= priced.discount;
            }
            left[number] = priced.net;
            net += priced.net;
        }
        bill.discount = bill.gross - net;
        bill.coupon_discount = bill.best_coupons(visit.shown, lines, day, net, &mut left);
        bill.net = net - bill.coupon_discount;
        for (priced, left) in bill.lines[..bill.line_count].iter_mut().zip(&left) {
            priced.coupon = priced.net - left;
            priced.net = *left;
        }
        bill.earn(&matching, &left);
        bill.redeemable = visit.balance.min(bill.net / 2) / 100 * 100;
    }
}

impl Bill {
    fn earn(&mut self, matching: &[u64; MAX_LINES], left: &Left) {
        let (mut sums, mut any) = ([0; 64], 0);
        for (rules, left) in matching.iter().zip(left).take(self.line_count) {
            any |= rules;
            for rule in bits(rules & RATES) {
                sums[rule] += left;
            }
        }
        let mut best = [0; GROUPS];
        self.points_of = [0; 64];
        for rule in bits(any & !DISCOUNTS) {
            // A rate is in thousandths of a point for each 100 cents.
            let points =
                if RATES >> rule & 1 == 1 { WORTH[rule] * sums[rule] / 100_000 } else { WORTH[rule] };
            self.points_of[rule] = points;
            let best = &mut best[usize::from(GROUP[rule])];
            *best = points.max(*best);
        }
        self.points = best.iter().sum();
    }

    /// Finds the coupons that take the most off together, takes it off, and returns it.
    fn best_coupons(&mut self, shown: u32, lines: &[Line], day: i64, net: i64, left: &mut Left) -> i64 {
        let can = |coupon: &Coupon| coupon.spend <= net && coupon.first_day <= day && day <= coupon.last_day;
        let eligible = bits(shown.into())
            .filter(|number| can(&COUPONS[*number]))
            .fold(0_u32, |all, number| all | 1 << number);
        let mut scope = [0_u64; 20];
        for (number, line) in lines.iter().enumerate().filter(|(number, _)| left[*number] > 0) {
            let coupons = COUPONS_OF_SKU[usize::from(line.sku)]
                & COUPONS_OF_CATEGORY[usize::from(line.category)]
                & COUPONS_OF_BRAND[usize::from(line.brand)]
                & eligible;
            for coupon in bits(coupons.into()) {
                scope[coupon] |= 1 << number;
            }
        }
        let mut found = Found::new(eligible, &scope, left);
        found.search(&scope, left);
        self.coupon_count = found.count;
        self.coupons = found.chosen;
        for number in &found.chosen[..found.count] {
            let number = usize::from(*number);
            take(&COUPONS[number], scope[number], left);
        }
        found.best
    }
}

/// The best combination so far, and what each coupon can take off at most.
struct Found {
    best: i64,
    count: usize,
    chosen: [u8; 3],
    /// The coupons that can be had.
    candidates: [u8; 20],
    candidate_count: usize,
    /// What each takes off alone: after others it never takes more.
    alone: [i64; 20],
    /// The most that one of the candidates from there on takes off alone.
    rest: [i64; 21],
}

impl Found {
    fn new(eligible: u32, scope: &[u64; 20], left: &Left) -> Found {
        let (candidates, alone, rest) = ([0; 20], [0; 20], [0; 21]);
        let mut found =
            Found { best: 0, count: 0, chosen: [0; 3], candidates, candidate_count: 0, alone, rest };
        for number in bits(eligible.into()).filter(|number| scope[*number] != 0) {
            found.candidates[found.candidate_count] = number as u8;
            found.alone[found.candidate_count] = worth(&COUPONS[number], scope[number], left);
            found.candidate_count += 1;
        }
        for place in (0..found.candidate_count).rev() {
            found.rest[place] = found.alone[place].max(found.rest[place + 1]);
        }
        found
    }

    fn search(&mut self, scope: &[u64; 20], left: &Left) {
        for a in 0..self.candidate_count {
            let first = &COUPONS[usize::from(self.candidates[a])];
            let follow = if first.exclusive { 0 } else { 2 * self.rest[a + 1] };
            if !self.could_win(self.alone[a] + follow, 1) {
                continue;
            }
            let mut after_first = *left;
            let taken = take(first, scope[usize::from(self.candidates[a])], &mut after_first);
            self.note(taken, &[a]);
            if !first.exclusive {
                self.second(scope, a, taken, &after_first);
            }
        }
    }

    fn second(&mut self, scope: &[u64; 20], a: usize, taken: i64, left: &Left) {
        let first = &COUPONS[usize::from(self.candidates[a])];
        for b in a + 1..self.candidate_count {
            let second = &COUPONS[usize::from(self.candidates[b])];
            let joins = !second.exclusive && second.group != first.group;
            if !joins || !self.could_win(taken + self.alone[b] + self.rest[b + 1], 2) {
                continue;
            }
            let mut after_second = *left;
            let taken = taken + take(second, scope[usize::from(self.candidates[b])], &mut after_second);
            self.note(taken, &[a, b]);
            for c in b + 1..self.candidate_count {
                let third = &COUPONS[usize::from(self.candidates[c])];
                let joins = !third.exclusive && third.group != first.group && third.group != second.group;
                if joins && taken + self.alone[c] > self.best {
                    let scope = scope[usize::from(self.candidates[c])];
                    self.note(taken + worth(third, scope, &after_second), &[a, b, c]);
                }
            }
        }
    }

    /// Ties go to fewer coupons.
    fn could_win(&self, total: i64, count: usize) -> bool {
        total > self.best || (total == self.best && count < self.count)
    }

    fn note(&mut self, total: i64, places: &[usize]) {
        if total > 0 && self.could_win(total, places.len()) {
            self.best = total;
            self.count = places.len();
            for (chosen, place) in self.chosen.iter_mut().zip(places) {
                *chosen = self.candidates[*place];
            }
        }
    }
}

/// What a coupon takes off these lines.
fn worth(coupon: &Coupon, lines: u64, left: &Left) -> i64 {
    if coupon.is_percent {
        return bits(lines).map(|line| percent(left[line], coupon.worth)).sum();
    }
    coupon.worth.min(bits(lines).map(|line| left[line]).sum())
}

/// Takes it off, and returns it.
fn take(coupon: &Coupon, lines: u64, left: &mut Left) -> i64 {
    if coupon.is_percent {
        let mut taken = 0;
        for line in bits(lines) {
            let part = percent(left[line], coupon.worth);
            left[line] -= part;
            taken += part;
        }
        return taken;
    }
    let total: i64 = bits(lines).map(|line| left[line]).sum();
    let amount = coupon.worth.min(total);
    let (mut so_far, mut placed) = (0, 0);
    for line in bits(lines).filter(|_| total > 0) {
        so_far += left[line];
        let part = amount * so_far / total - placed;
        left[line] -= part;
        placed += part;
    }
    amount
}

/// The row of the last threshold that is reached.
fn last_reached(rows: &[(i64, u64)], value: i64) -> u64 {
    rows.iter().rev().find(|(from, _)| *from <= value).map_or(0, |(_, row)| *row)
}

/// The numbers of the bits that are set.
fn bits(mut row: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let number = row.trailing_zeros() as usize;
        (row != 0).then(|| {
            row &= row - 1;
            number & 63
        })
    })
}

//! Baskets and programs of any size, to see how the cost of a quote grows.

use std::hint::black_box;

use dangol::Program;

use crate::fixture::{self, Article, Basket, Coupon, Line, Rule, Work};
use crate::measure::Task;
use crate::{Outcome, convert};

/// The numbers of lines.
pub const LINES: [usize; 4] = [10, 20, 40, 80];
/// The numbers of rules.
pub const RULES: [usize; 4] = [30, 60, 120, 240];
/// The numbers of coupons that are shown.
pub const COUPONS: [usize; 4] = [10, 20, 40, 80];

/// Different baskets of articles of the catalogue, the same ones each time.
#[must_use]
pub fn baskets(catalog: &[Article], count: usize, lines: usize) -> Vec<Basket> {
    let mut random = Random(88_172_645_463_325_252);
    let mut baskets = Vec::with_capacity(count);
    for _ in 0..count {
        let lines = (0..lines).filter_map(|_| line(catalog, &mut random)).collect();
        baskets.push(Basket { channel: "pos".into(), lines });
    }
    baskets
}

fn line(catalog: &[Article], random: &mut Random) -> Option<Line> {
    let article = catalog.get(usize::try_from(random.below(u64::try_from(catalog.len()).ok()?)).ok()?)?;
    let weighed = random.below(10) == 0;
    let quantity =
        if weighed { format!("0.{}", random.between(100, 900)) } else { random.between(1, 3).to_string() };
    let price = random.between(59, 890);
    Some(Line {
        sku: article.sku.clone(),
        category: article.category.clone(),
        brand: article.brand.clone(),
        qty: quantity.parse().ok()?,
        unit_price: format!("{}.{:02}", price / 100, price % 100).parse().ok()?,
    })
}

/// Marsaglia's xorshift: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20).checked_rem(limit).unwrap_or(0)
    }

    fn between(&mut self, first: u64, count: u64) -> u64 {
        self.below(count).saturating_add(first)
    }
}

/// A size of W2: how many lines, rules and shown coupons.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The lines of the basket.
    pub lines: usize,
    /// The rules of the program, beside its coupons.
    pub rules: usize,
    /// The coupons, all shown.
    pub coupons: usize,
}

impl Size {
    /// The name of its task, by which [`Size::named`] finds it again.
    #[must_use]
    pub fn name(self) -> String {
        let Size { lines, rules, coupons } = self;
        format!("{lines} lines, {rules} rules, {coupons} coupons")
    }

    /// The size of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Size> {
        let mut words = name.split(' ');
        let mut number = || {
            let number = words.next()?.parse().ok();
            words.next()?;
            number
        };
        Some(Size { lines: number()?, rules: number()?, coupons: number()? })
    }

    /// W2 in this size.
    pub fn task(self) -> Outcome<Task> {
        let (mut work, _) = fixture::supermarket()?;
        let Work { program, member, basket, .. } = &mut work;
        program.rules = rules(&program.rules, self.rules);
        program.coupons = coupons(&program.coupons, self.coupons);
        member.wallet = program.coupons.iter().map(|coupon| coupon.id.clone()).collect();
        basket.lines =
            baskets(&program.catalog, 1, self.lines).into_iter().flat_map(|basket| basket.lines).collect();
        let program = Program::from_json(&convert::program("growth", program)?)?;
        let request = convert::request(&work)?;
        Ok(Task::new(self.name(), move || {
            let request = black_box(&request);
            let _ = black_box(program.quote(&request.member, &request.basket, request.now));
        }))
    }
}

/// So many rules of the same kinds: every second one for half of them, copies with their own groups for more.
fn rules(all: &[Rule], count: usize) -> Vec<Rule> {
    copies(all, count, |rule, copy| {
        rule.id = format!("{}-{copy}", rule.id);
        rule.group = rule.group.as_ref().map(|group| format!("{group}-{copy}"));
    })
}

/// So many coupons of the same kinds, in as many stacking groups as there are for their number.
fn coupons(all: &[Coupon], count: usize) -> Vec<Coupon> {
    copies(all, count, |coupon, copy| {
        coupon.id = format!("{}-{copy}", coupon.id);
        coupon.group = format!("{}-{copy}", coupon.group);
    })
}

fn copies<T: Clone>(all: &[T], count: usize, rename: impl Fn(&mut T, usize)) -> Vec<T> {
    let step = all.len().checked_div(count).unwrap_or(1).max(1);
    let mut copies = Vec::with_capacity(count);
    for copy in 0..count.div_ceil(all.len()) {
        for original in all.iter().step_by(step) {
            let mut renamed = original.clone();
            rename(&mut renamed, copy);
            copies.push(renamed);
        }
    }
    copies.truncate(count);
    copies
}

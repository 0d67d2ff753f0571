//! Baskets and programs of any size, to see how the cost of a quote grows.

use std::hint::black_box;

use dangol::Program;
use dangol::wire::QuoteRequest;

use crate::fixture::{self, Article, Basket, Coupon, Line, Rule, Work};
use crate::measure::Task;
use crate::random::Random;
use crate::{Outcome, convert};

/// The numbers of lines.
pub const LINES: [usize; 5] = [10, 40, 160, 640, 1_000];
/// The numbers of rules.
pub const RULES: [usize; 5] = [20, 40, 80, 160, 320];
/// The numbers of coupons that are shown, in 5 groups.
pub const COUPONS: [usize; 4] = [5, 10, 20, 40];
/// How many coupons may apply together.
pub const TOGETHER: [u32; 2] = [3, 5];

/// Different baskets of articles of the catalogue, the same ones each time.
#[must_use]
pub fn baskets(catalog: &[Article], count: usize, lines: usize) -> Vec<Basket> {
    let mut random = Random::new();
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

/// A size of W2.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The lines of the basket.
    pub lines: usize,
    /// The rules of the program, beside its coupons.
    pub rules: usize,
    /// The coupons, all shown.
    pub coupons: usize,
    /// How many coupons may apply together.
    pub together: u32,
}

impl Size {
    /// More and more lines.
    #[must_use]
    pub fn of_lines() -> [Size; 5] {
        LINES.map(|lines| Size { lines, rules: 60, coupons: 0, together: 3 })
    }

    /// More and more rules.
    #[must_use]
    pub fn of_rules() -> [Size; 5] {
        RULES.map(|rules| Size { lines: 40, rules, coupons: 0, together: 3 })
    }

    /// More and more coupons, of which so many may apply together.
    #[must_use]
    pub fn of_coupons(together: u32) -> [Size; 4] {
        COUPONS.map(|coupons| Size { lines: 40, rules: 60, coupons, together })
    }

    /// All sizes that are measured.
    #[must_use]
    pub fn all() -> Vec<Size> {
        let coupons = TOGETHER.into_iter().flat_map(Size::of_coupons);
        Size::of_lines().into_iter().chain(Size::of_rules()).chain(coupons).collect()
    }

    /// The name of its task.
    #[must_use]
    pub fn name(self) -> String {
        let Size { lines, rules, coupons, together } = self;
        format!("{lines} lines, {rules} rules, {coupons} coupons, {together} together")
    }

    /// W2 in this size.
    pub fn task(self) -> Outcome<Task> {
        let (program, request) = self.made()?;
        Ok(Task::new(self.name(), move || {
            let request = black_box(&request);
            let _ = black_box(program.quote(&request.member, &request.basket, request.now));
        }))
    }

    /// Whether the best combination of coupons is proved.
    pub fn proved(self) -> Outcome<bool> {
        let (program, request) = self.made()?;
        Ok(program.quote(&request.member, &request.basket, request.now)?.optimal)
    }

    fn made(self) -> Outcome<(Program, QuoteRequest)> {
        let (mut work, _) = fixture::supermarket()?;
        let Work { program, member, basket, .. } = &mut work;
        program.rules = rules(&program.rules, self.rules);
        program.coupons = coupons(&program.coupons, self.coupons);
        program.max_coupons = self.together;
        member.wallet = program.coupons.iter().map(|coupon| coupon.id.clone()).collect();
        basket.lines =
            baskets(&program.catalog, 1, self.lines).into_iter().flat_map(|basket| basket.lines).collect();
        let program = Program::from_json(&convert::program("growth", program)?)?;
        Ok((program, convert::request(&work)?))
    }
}

/// So many rules of the same kinds: every second one for half of them, copies with their own groups for more.
fn rules(all: &[Rule], count: usize) -> Vec<Rule> {
    copies(all, count, |rule, copy| {
        rule.id = format!("{}-{copy}", rule.id);
        rule.group = rule.group.as_ref().map(|group| format!("{group}-{copy}"));
    })
}

/// So many coupons of the same kinds, in the same five groups.
fn coupons(all: &[Coupon], count: usize) -> Vec<Coupon> {
    copies(all, count, |coupon, copy| coupon.id = format!("{}-{copy}", coupon.id))
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

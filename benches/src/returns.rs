//! Goods that come back: an order of 1,000 lines as a whole, and unit by unit; and one of half as many.

use std::hint::black_box;

use dangol::{Basket, GoodsBack, Id, Instant, Line, Member, Order, Program, Returned};

use crate::Outcome;
use crate::measure::Task;
use crate::workloads::same;

/// A shop with a discount, two rules that grant points, points that pay, and a ladder.
const SHOP: &str = r#"{ "format": 1, "id": "shop", "version": "1", "currency": "KRW", "zone": "+09:00",
    "wallets": [{ "id": "points", "tender": { "value": "1" } }],
    "accruals": [
        { "id": "base", "award": { "percent": "5" } },
        { "id": "fresh", "lines": { "categories": ["fresh"] }, "award": { "per_amount": { "points": "10", "amount": "1000" } } }
    ],
    "offers": [{ "id": "off", "benefit": { "percent_off": "10" } }],
    "tiers": { "window": "12 months", "tiers": [{ "id": "basic" }, { "id": "gold", "enter": { "spend_at_least": "300000" } }] } }"#;

/// How many lines the order has, with one unit each.
const LINES: usize = 1_000;
/// The same of the smaller one.
const HALF: usize = 500;

/// The order, and the member who placed it.
struct Sold {
    program: Program,
    member: Member,
    order: Order,
    now: Instant,
}

fn sold(count: usize) -> Outcome<Sold> {
    let program = Program::from_json(SHOP)?;
    let mut member: Member = serde_json::from_str(
        r#"{ "id": "m1", "wallets": { "points": { "lots": [
            { "id": "g/1", "earned_at": "2025-12-01T00:00:00Z", "points": "20000" }] } } }"#,
    )?;
    let mut lines = Vec::with_capacity(count);
    for number in 0..count {
        let mut line =
            Line::new("article".parse()?, (4_000_usize.saturating_add(number)).to_string().parse()?);
        if number.is_multiple_of(2) {
            line.categories.push("fresh".parse()?);
        }
        lines.push(line);
    }
    let points = [("points".parse()?, dangol::Offered::Max)].into();
    let basket = Basket { lines, points, ..Basket::default() };
    let placed = program.quote(&member, &basket, "2026-01-31T09:00:00+09:00".parse()?)?.place("o1".parse()?);
    member.apply_all(&placed.events)?;
    Ok(Sold { program, member, order: placed.order, now: "2026-02-02T09:00:00+09:00".parse()? })
}

impl Sold {
    fn of(line: usize) -> Outcome<Returned> {
        let lines = [(line.to_string().parse()?, "1".parse()?)].into();
        Ok(Returned::Goods(GoodsBack { lines, ..GoodsBack::default() }))
    }

    /// One return after the other; each is noted in the order and applied to the member.
    fn take(&self, returns: &[(Id, Returned)]) -> Outcome<(Member, Order)> {
        let (mut member, mut order) = (self.member.clone(), self.order.clone());
        for (operation, returned) in returns {
            let refund = self.program.refund(&member, &order, returned, self.now, operation.clone())?;
            member.apply_all(&refund.events)?;
            order.record(&refund)?;
        }
        Ok((member, order))
    }

    fn at_once() -> Outcome<Vec<(Id, Returned)>> {
        Ok(vec![("all".parse()?, Returned::Cancel)])
    }

    fn by_units(count: usize) -> Outcome<Vec<(Id, Returned)>> {
        let one = |line: usize| Ok((format!("r{line}").parse()?, Sold::of(line)?));
        (1..=count).map(one).collect()
    }
}

/// Everything at once, and one unit after the other.
pub(crate) fn tasks() -> Outcome<Vec<Task>> {
    let task = |name: &str, count: usize, returns: Vec<(Id, Returned)>| -> Outcome<Task> {
        let sold = sold(count)?;
        Ok(Task::new(name, move || {
            let _ = black_box(sold.take(black_box(&returns)));
        }))
    };
    Ok(vec![
        task("Returns engine", LINES, Sold::at_once()?)?,
        task("Returns unit by unit", LINES, Sold::by_units(LINES)?)?,
        task("Returns engine, half the lines", HALF, Sold::at_once()?)?,
        task("Returns unit by unit, half the lines", HALF, Sold::by_units(HALF)?)?,
    ])
}

/// Whether both ways end at the same.
pub(crate) fn agree() -> Outcome<()> {
    let sold = sold(LINES)?;
    let (once, whole) = sold.take(&Sold::at_once()?)?;
    let (units, parts) = sold.take(&Sold::by_units(LINES)?)?;
    same("returns, what was refunded", &parts.back.refunded, &whole.back.refunded)?;
    same("returns, the amount that was due", &whole.back.refunded, &sold.order.quote.due)?;
    same(
        "returns, the points",
        &units.account("points").map(dangol::Account::lots),
        &once.account("points").map(dangol::Account::lots),
    )?;
    same("returns, the tier", &units.tier("status"), &once.tier("status"))
}

//! From a workload to Dangol: the program as a program file, the rest as a request.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, TimeDelta};
use dangol::wire::QuoteRequest;
use dangol::{Account, Basket, Day, Id, Instant, Line, Lot, Member, Points, Standing};

use crate::Outcome;
use crate::fixture::{self, Coupon, Program, Rule, RuleKind, Scope, When, Work};

/// The lane of rules that discount: each line gets the best.
pub const DISCOUNTS: &str = "discounts";
/// The lane of coupons: the best few together.
pub const COUPONS: &str = "coupons";
/// The only wallet.
pub const WALLET: &str = "points";

/// The program file, one rule to a line.
pub fn program(id: &str, program: &Program) -> Outcome<String> {
    let mut out = String::new();
    let half_up = r#"{"mode": "half_up"}"#;
    let ladder = program.tiers.iter().zip(["", "1000", "2500", "5000"]).map(|(tier, threshold)| {
        let enter = || format!(r#"{{"spend_at_least": {}}}"#, quoted(threshold));
        let threshold = optional("enter", (!threshold.is_empty()).then(enter));
        format!(r#"{{"id": {}{threshold}}}"#, quoted(tier))
    });
    let tender = format!(
        r#"{{"value": "{}", "step": "{}", "max_percent": "{}"}}"#,
        program.point_value, program.redeem_step, program.redeem_cap_pct
    );
    let earning = program.rules.iter().filter(|rule| rule.kind != RuleKind::Discount);
    let accruals = earning.map(accrual).collect::<Outcome<Vec<_>>>()?;
    let discounts = program.rules.iter().filter(|rule| rule.kind == RuleKind::Discount);
    let mut offers = discounts.map(discount).collect::<Outcome<Vec<_>>>()?;
    for each in &program.coupons {
        offers.push(coupon(each)?);
    }
    write!(
        out,
        r#"{{
  "format": 1, "id": "{id}", "version": "1", "currency": "{currency}", "zone": "UTC",
  "line_rounding": {half_up},
  "discounts": {{"rounding": {half_up}, "at": "line", "split": {{"rest": "cumulative"}}}},
  "wallets": [{{"id": "{WALLET}", "tender": {tender}}}],
  "tiers": {{"window": "12 months", "tiers": [{ladder}]}},
  "lanes": [
    {{"id": "{DISCOUNTS}", "choose": "best_per_line"}},
    {{"id": "{COUPONS}", "choose": "best", "at_most": {most}, "conditions_see": "left"}}
  ],
  "accruals": [{accruals}],
  "offers": [{offers}]
}}
"#,
        currency = program.currency,
        ladder = ladder.collect::<Vec<_>>().join(", "),
        most = program.max_coupons,
        accruals = rows(&accruals),
        offers = rows(&offers),
    )?;
    Ok(out)
}

fn accrual(rule: &Rule) -> Outcome<String> {
    let award = match (rule.rate, rule.points) {
        (Some(rate), _) => {
            format!(r#"{{"per_amount": {{"points": "{rate}", "amount": "1.00", "steps": "proportional"}}}}"#)
        }
        (None, Some(points)) => format!(r#"{{"fixed": "{points}"}}"#),
        (None, None) => return Err(format!("rule {} grants nothing", rule.id).into()),
    };
    let group = optional("group", rule.group.as_deref().map(quoted));
    let (when, lines) = (when(&rule.when)?, scope(&rule.lines)?);
    Ok(format!(r#"{{"id": "{}"{group}{when}{lines}, "award": {award}}}"#, rule.id))
}

fn discount(rule: &Rule) -> Outcome<String> {
    let percent = rule.pct.ok_or_else(|| format!("rule {} takes nothing off", rule.id))?;
    let (when, lines) = (when(&rule.when)?, scope(&rule.lines)?);
    let benefit = format!(r#"{{"percent_off": "{percent}"}}"#);
    Ok(format!(r#"{{"id": "{}", "lane": "{DISCOUNTS}"{when}{lines}, "benefit": {benefit}}}"#, rule.id))
}

fn coupon(coupon: &Coupon) -> Outcome<String> {
    let Coupon { id, group, priority, .. } = coupon;
    let benefit = match (coupon.pct, coupon.amount) {
        (Some(percent), _) => format!(r#"{{"percent_off": "{percent}"}}"#),
        (None, Some(amount)) => format!(r#"{{"amount_off": "{amount}"}}"#),
        (None, None) => return Err(format!("coupon {id} takes nothing off").into()),
    };
    let exclusive = if coupon.exclusive { r#", "exclusive": true"# } else { "" };
    let spend =
        When { min_spend: Some(coupon.min_spend).filter(|spend| !spend.is_zero()), ..When::default() };
    let (when, lines) = (when(&spend)?, scope(&coupon.lines)?);
    let (from, until) = days(coupon)?;
    Ok(format!(
        r#"{{"id": "{id}", "lane": "{COUPONS}", "code": "{id}", "from": "{from}", "until": "{until}"{when}{lines}, "group": "{group}", "priority": {priority}{exclusive}, "benefit": {benefit}}}"#,
    ))
}

/// The first and the last day of a coupon. A program file has days where the fixture has seconds: the two agree on
/// every whole day between them, and on the fixture's `now`.
pub fn days(coupon: &Coupon) -> Outcome<(Day, Day)> {
    let day = |seconds| Ok::<_, Box<dyn std::error::Error>>(Day(instant(seconds)?.0.date_naive()));
    Ok((day(coupon.valid_from)?, day(coupon.valid_to.saturating_sub(1))?))
}

/// `, "when": …`, or nothing where the rule always holds.
fn when(when: &When) -> Outcome<String> {
    let mut all = Vec::new();
    if let Some(tiers) = &when.tiers {
        all.extend(tier_conditions(tiers)?);
    }
    if let Some(numbers) = &when.weekdays {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let days: Vec<_> = (1_u8..).zip(names).filter(|(number, _)| numbers.contains(number)).collect();
        let days: Vec<String> = days.into_iter().map(|(_, name)| quoted(name)).collect();
        all.push(format!(r#"{{"weekdays": [{}]}}"#, days.join(", ")));
    }
    if let Some([from, until]) = when.minutes {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        all.push(format!(r#"{{"hours": {{"from": "{}", "until": "{}"}}}}"#, clock(from), clock(until)));
    }
    if let Some(spend) = when.min_spend {
        all.push(format!(r#"{{"spend": {{"at_least": "{spend}"}}}}"#));
    }
    if let Some(channels) = &when.channels {
        all.push(format!(r#"{{"channel_in": {}}}"#, list(channels)?));
    }
    Ok(optional(
        "when",
        match all.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(format!(r#"{{"all": [{}]}}"#, several.join(", "))),
        },
    ))
}

/// A list of neighbouring tiers is the lowest and up, but not the one above the highest.
fn tier_conditions(tiers: &[String]) -> Outcome<Vec<String>> {
    let ladder = ["base", "silver", "gold", "platinum"];
    let places: Vec<usize> =
        tiers.iter().filter_map(|tier| ladder.iter().position(|known| known == tier)).collect();
    let neighbours = places.is_sorted_by(|a, b| a.checked_add(1) == Some(*b));
    let (Some(lowest), Some(highest), true) = (places.first(), places.last(), neighbours) else {
        return Err(format!("{tiers:?} are not neighbours on the ladder").into());
    };
    let at_least = |place: usize| ladder.get(place).map(|tier| format!(r#"{{"tier_at_least": "{tier}"}}"#));
    let below = at_least(highest.saturating_add(1)).map(|above| format!(r#"{{"not": {above}}}"#));
    Ok(at_least(*lowest).into_iter().chain(below).collect())
}

/// `, "lines": …`, or nothing where every line counts. A brand is a tag.
fn scope(scope: &Scope) -> Outcome<String> {
    let brands =
        scope.brands.as_ref().map(|brands| brands.iter().map(|brand| tag(brand)).collect::<Vec<_>>());
    let lists = [("skus", &scope.skus), ("categories", &scope.categories), ("tags", &brands)];
    let mut fields = Vec::new();
    for (field, names) in lists {
        if let Some(names) = names {
            fields.push(format!(r#""{field}": {}"#, list(names)?));
        }
    }
    Ok(optional("lines", (!fields.is_empty()).then(|| format!("{{{}}}", fields.join(", ")))))
}

fn tag(brand: &str) -> String {
    format!("brand:{brand}")
}

fn list(names: &[String]) -> Outcome<String> {
    Ok(format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")))
}

fn quoted(name: &str) -> String {
    format!(r#""{name}""#)
}

fn optional(field: &str, value: Option<String>) -> String {
    value.map_or_else(String::new, |value| format!(r#", "{field}": {value}"#))
}

fn rows(entries: &[String]) -> String {
    if entries.is_empty() { String::new() } else { format!("\n    {}\n  ", entries.join(",\n    ")) }
}

/// The member, the basket with every coupon shown, and the instant. The member's points are one lot.
pub fn request(work: &Work) -> Outcome<QuoteRequest> {
    let mut member = Member::new(work.member.id.parse()?);
    let standing = Standing { tier: Some(work.member.tier.parse()?), ..Standing::default() };
    member.tiers.insert("status".parse()?, standing);
    let points = Points::of_units(work.member.balance, 0)?;
    let earned_at = instant(work.now.saturating_sub(86_400))?;
    let lot = Lot::new("before".parse()?, points, earned_at);
    member.wallets.insert(WALLET.parse()?, Account::new(vec![lot], Points::ZERO, Points::ZERO)?);
    let mut basket = basket(&work.basket)?;
    basket.codes.clone_from(&work.member.wallet);
    Ok(QuoteRequest { member, basket, now: instant(work.now)?, pool: None })
}

/// The basket, with no coupon shown.
pub fn basket(basket: &fixture::Basket) -> Outcome<Basket> {
    let mut lines = Vec::with_capacity(basket.lines.len());
    for line in &basket.lines {
        let mut converted = Line::new(line.sku.parse()?, line.unit_price);
        converted.quantity = line.qty;
        converted.categories = vec![line.category.parse()?];
        converted.tags = vec![tag(&line.brand).parse::<Id>()?];
        lines.push(converted);
    }
    Ok(Basket { lines, channel: Some(basket.channel.parse()?), ..Basket::default() })
}

/// A member with so many lots of 300 points, of which two end on each day from that one on.
pub fn hoarder(count: u32, today: i32) -> Outcome<Member> {
    let mut lots = Vec::new();
    for number in 0..count {
        let earned_at = Instant(day(today.saturating_sub(1))?.0.and_time(chrono::NaiveTime::MIN).and_utc());
        let days = i32::try_from(number / 2)?;
        lots.push(Lot {
            expires_on: Some(day(today.saturating_add(days))?),
            ..Lot::new(number.to_string().parse()?, Points::of_units(300, 0)?, earned_at)
        });
    }
    let mut member = Member::new("hoarder".parse()?);
    member.wallets.insert(WALLET.parse()?, Account::new(lots, Points::ZERO, Points::ZERO)?);
    Ok(member)
}

/// The member of W3: one lot each, in the order in which they were earned.
pub fn saver(lots: &fixture::Lots) -> Outcome<Member> {
    let mut converted = Vec::with_capacity(lots.lots.len());
    for lot in &lots.lots {
        let earned_at = Instant(day(lot.earned_day)?.0.and_time(chrono::NaiveTime::MIN).and_utc());
        converted.push(Lot {
            // The fixture has the first day on which a lot is gone, a lot the last on which it can be used.
            expires_on: Some(day(lot.expires_day.saturating_sub(1))?),
            ..Lot::new(lot.id.to_string().parse()?, Points::of_units(lot.remaining, 0)?, earned_at)
        });
    }
    let mut member = Member::new("saver".parse()?);
    member.wallets.insert(WALLET.parse()?, Account::new(converted, Points::ZERO, Points::ZERO)?);
    Ok(member)
}

/// The day so many days after the first of January 1970.
pub fn day(number: i32) -> Outcome<Day> {
    let day = NaiveDate::default().checked_add_signed(TimeDelta::days(number.into()));
    Ok(Day(day.ok_or_else(|| format!("there is no day {number}"))?))
}

/// The instant so many seconds after the start of 1970 in UTC.
pub fn instant(seconds: i64) -> Outcome<Instant> {
    let at = DateTime::from_timestamp(seconds, 0).ok_or_else(|| format!("there is no second {seconds}"))?;
    Ok(Instant(at))
}

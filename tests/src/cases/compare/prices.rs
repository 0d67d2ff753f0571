//! What came out of the last order: prices, discounts, and the points that it took.

use dangol::{Amount, Mode, Rounding};
use serde_json::{Map, Value, json};

use super::{lines, units};
use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::keys::number;
use crate::cases::steps::{Run, total};
use crate::cases::translate::POINTS;

/// The case's words for a refusal, and the engine's.
const REASONS: [(&str, &str); 3] = [
    ("global_discount_already_applied", "excluded"),
    ("minimum_not_reached", "spend_too_low"),
    ("campaign_budget_exceeded", "sold_out"),
];

/// What came out under a key; nothing where the key is not about prices.
pub(super) fn actual(
    key: &str,
    expected: &Map<String, Value>,
    plan: &Plan,
    run: &Run,
) -> Result<Option<Value>, Stop> {
    if ["points", "points_used"].contains(&key) && run.log.quoted.is_none() {
        return used_or_earned(key, run).map(Some);
    }
    let Some(quote) = &run.log.quoted else { return Ok(None) };
    let field = |name: &str| quote.get(name).cloned().unwrap_or_else(|| json!("0"));
    let both = expected.get("discount_includes_shipping") == Some(&json!(true));
    let found = match key {
        "points" | "points_used" => json!(tender(quote, "points")),
        "amount_minor" => minor(tender(quote, "value"), plan.digits)?,
        "basis_amount" => basis(quote)?,
        "discount_total" if worthless_gift(quote) => {
            return Err(Stop::unsupported("expected.discount_total with a gift whose price is not said"));
        }
        "items_total_before_discount" => field("gross"),
        "coupon_uses" => json!(uses(quote, plan)?),
        "discount_total" if both => json!(discounts(quote)?),
        "discount_includes_shipping" => json!(quote.get("shipping_discount").is_some()),
        "discount_total" => field("discount"),
        "discount_total_incl_tax" => with_tax(quote, plan)?,
        "promo_total" => json!(discounts(quote)?),
        "discount_amount" => only(quote, "discount")?,
        "items_total" => field("net"),
        "grand_total" | "grand_total_after" | "total_incl_tax" | "total" | "paid" => field("due"),
        "source_grand_total_rounded" => rounded(&field("due"), plan.digits)?,
        "total_excl_tax" => without_tax(quote)?,
        "tax_total" => json!(taxes(quote)?),
        "after_first" => after_first(quote)?,
        "shipping_total" => field("shipping"),
        "by_rule_total" => applied(quote, plan),
        "applied" | "order" => json!(rules(quote, plan)),
        "rejected" => rejected(quote, expected.get(key), plan),
        "eligible" => json!(!list(quote, "applied").is_empty()),
        "available" => available(quote, plan)?,
        _ => match lines::actual(key, quote, expected.get(key), plan)? {
            Some(found) => found,
            None => return units::actual(key, expected.get(key), plan, &run.log.quotes),
        },
    };
    Ok(Some(found))
}

/// Without an order: points that were rounded, or those that a reward took.
fn used_or_earned(key: &str, run: &Run) -> Result<Value, Stop> {
    let amounts = if key == "points" { &run.log.earned } else { &run.log.spent };
    Ok(json!(total(amounts)?))
}

/// A field of the points' tender; nothing where none pay.
fn tender(quote: &Value, field: &str) -> Amount {
    let tenders = list(quote, "tenders");
    let points = tenders.iter().find(|tender| text(tender, "wallet") == POINTS);
    points.and_then(|tender| number(tender.get(field)?)).unwrap_or(Amount::ZERO)
}

pub(super) fn minor(amount: Amount, digits: u8) -> Result<Value, Stop> {
    let units = amount.rescaled(digits).map(Amount::units);
    units.map(|units| json!(units)).ok_or_else(|| Stop::unsupported("an amount in minor units"))
}

/// The amount that the only accrual counted.
fn basis(quote: &Value) -> Result<Value, Stop> {
    match list(quote, "accruals").as_slice() {
        [accrual] => {
            accrual.pointer("/how/of").cloned().ok_or_else(|| Stop::unsupported("expected.basis_amount"))
        }
        _ => Err(Stop::unsupported("expected.basis_amount of several rules")),
    }
}

/// Whether something is given of which nothing says what it costs: then the discount lacks that.
fn worthless_gift(quote: &Value) -> bool {
    let nothing = |line: &Value| line.get("gross").and_then(number).is_some_and(Amount::is_zero);
    list(quote, "lines").iter().any(|line| line.get("gift").is_some() && nothing(line))
}

/// How often the only offer with a limit for all members was used, with this order.
fn uses(quote: &Value, plan: &Plan) -> Result<u32, Stop> {
    let mut limited = plan.uses.iter();
    let (Some((offer, uses)), None) = (limited.next(), limited.next()) else {
        return Err(Stop::unsupported("expected.coupon_uses of several rules"));
    };
    let used = list(quote, "applied").iter().any(|one| text(one, "offer") == offer);
    Ok(uses.used.saturating_add(u32::from(used)))
}

/// What all offers take off, goods and delivery.
fn discounts(quote: &Value) -> Result<Amount, Stop> {
    let all = list(quote, "applied");
    let all: Vec<Amount> = all.iter().filter_map(|one| number(one.get("discount")?)).collect();
    total(&all)
}

/// What is taken off, where discounts are worked out on prices with tax, or no line has any on top.
fn with_tax(quote: &Value, plan: &Plan) -> Result<Value, Stop> {
    let form = plan.program.pointer("/tax/offers_on").and_then(Value::as_str);
    match form {
        Some("as_priced") => Err(Stop::unsupported("expected.discount_total_incl_tax of prices as they are")),
        _ => Ok(quote.get("discount").cloned().unwrap_or_default()),
    }
}

/// A field of the only offer that took effect.
fn only(quote: &Value, field: &str) -> Result<Value, Stop> {
    match list(quote, "applied").as_slice() {
        [one] => Ok(one.get(field).cloned().unwrap_or_default()),
        _ => Err(Stop::unsupported("expected.discount_amount of several rules")),
    }
}

fn rounded(amount: &Value, digits: u8) -> Result<Value, Stop> {
    let amount = number(amount).and_then(|due| Rounding::to_unit(Mode::HalfUp).round(due, digits).ok());
    amount.map(|amount| json!(amount)).ok_or_else(|| Stop::Failed("an amount is too large".into()))
}

/// The taxes of all rates.
fn taxes(quote: &Value) -> Result<Amount, Stop> {
    let sums = list(quote, "taxes");
    let sums: Vec<Amount> = sums.iter().filter_map(|sum| number(sum.get("tax")?)).collect();
    total(&sums)
}

fn without_tax(quote: &Value) -> Result<Value, Stop> {
    let due = quote.get("due").and_then(number).unwrap_or(Amount::ZERO);
    let rest = due.minus(taxes(quote)?).map_err(|overflow| Stop::Failed(overflow.to_string()))?;
    Ok(json!(rest))
}

/// What the first offer left: that of which the second one took its part.
fn after_first(quote: &Value) -> Result<Value, Stop> {
    let second = list(quote, "applied").into_iter().nth(1);
    let of = second.as_ref().and_then(|second| second.pointer("/how/of"));
    of.cloned().ok_or_else(|| Stop::unsupported("expected.after_first without a second rule"))
}

/// The rule of an offer.
pub(super) fn rule<'a>(offer: &'a str, plan: &'a Plan) -> &'a str {
    plan.names.get(offer).map_or(offer, String::as_str)
}

/// The rules that took effect, in their order.
fn rules(quote: &Value, plan: &Plan) -> Vec<String> {
    let mut rules: Vec<String> = Vec::new();
    for one in list(quote, "applied") {
        let rule = rule(text(&one, "offer"), plan);
        if !rules.iter().any(|known| known == rule) {
            rules.push(rule.to_owned());
        }
    }
    rules
}

/// What each rule takes off.
fn applied(quote: &Value, plan: &Plan) -> Value {
    let all = list(quote, "applied");
    let one = |one: &Value| {
        (rule(text(one, "offer"), plan).to_owned(), one.get("discount").cloned().unwrap_or_default())
    };
    Value::Object(all.iter().map(one).collect())
}

/// The offers that were refused, in the case's words where these are what the engine says.
fn rejected(quote: &Value, expected: Option<&Value>, plan: &Plan) -> Value {
    let refused = list(quote, "refused").into_iter().filter(|refused| text(refused, "what") == "offer");
    let one = |(number, refused): (usize, Value)| {
        let code = refused.pointer("/reason/code").and_then(Value::as_str).unwrap_or_default();
        let word = expected.and_then(|expected| expected.get(number)?.get("reason")?.as_str());
        let same = |word: &&str| REASONS.contains(&(*word, code));
        json!({ "rule": rule(text(&refused, "id"), plan), "reason": word.filter(same).unwrap_or(code) })
    };
    Value::Array(refused.enumerate().map(one).collect())
}

/// Whether the offer that was asked for can be had: its time has come and its uses are not used up.
fn available(quote: &Value, plan: &Plan) -> Result<Value, Stop> {
    let tried = plan.tried.as_deref().ok_or_else(|| Stop::unsupported("expected.available"))?;
    let over = |refused: &Value| {
        let code = refused.pointer("/reason/code").and_then(Value::as_str).unwrap_or_default();
        text(refused, "id") == tried && ["not_yet", "ended", "used_up"].contains(&code)
    };
    Ok(json!(!list(quote, "refused").iter().any(over)))
}

//! Steps that ask where a member stands, and when that is looked at again.

use dangol::{Day, Instant};
use serde_json::{Map, Value, json};

use super::payments::{POINTS, Purse};
use super::points::{Asked, Row};
use super::tiers::{STATUS, by_points};
use super::{Stop, basket, unstated};
use crate::cases::asked::{Act, Booked};
use crate::cases::dates;
use crate::cases::keys::whole;

/// The wallet of stars on the way to a reward, which the highest tier alone has.
pub(in crate::cases) const TOWARD_DRINK: &str = "drink";
/// The ladders that show when a tier is looked at again, without and with a time for which it is kept.
pub(in crate::cases) const WITHOUT_STAY: &str = "without_min_stay";
pub(in crate::cases) const WITH_STAY: &str = "with_min_stay";

/// What a case calls the time for which a tier is kept, and the engine's words.
const VALIDITIES: [(&str, &str); 2] = [
    ("end of this calendar year", r#"{ "end_of": { "unit": "year" } }"#),
    ("end of next calendar year", r#"{ "end_of": { "unit": "year", "after": "1 year" } }"#),
];

/// Translates a step about tiers; false where it is none of them.
pub(super) fn step(row: &mut Row<'_>, word: &str, asked: &mut Asked) -> Result<bool, Stop> {
    match word {
        "points_to_next_tier" => {
            ladder_is_said(row)?;
            row.push(asked, Act::Pass, false);
        }
        "query_tier" => query(row, asked)?,
        "tier_for_purchase" => purchase(row, asked)?,
        "renewal_check" => renewal(row, asked)?,
        "anniversary" => anniversary(row, asked)?,
        "next_renewal_check" => next_check(row, asked)?,
        "tier_validity" => validity(row, asked)?,
        "qualification_year_end" => year(row, asked)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn ladder_is_said(row: &Row<'_>) -> Result<(), Stop> {
    if row.draft.tiers.ladders.is_empty() { Err(Stop::unsupported("no tiers")) } else { Ok(()) }
}

/// The tier of a member who collected so many stars.
fn query(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    if let Some(stars) = asked.keys.number("stars_in_year")? {
        stars_ladder(row)?;
        let start = row.draft.times.start;
        collected(row, json!(stars), start)?;
    }
    ladder_is_said(row)?;
    row.push(asked, Act::Pass, false);
    Ok(())
}

/// The tier that is told with a purchase.
fn purchase(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    ladder_is_said(row)?;
    let basket = basket::of_amount(asked.keys.needed("amount")?);
    row.push(asked, Act::Order { basket, guest: false, booked: Booked::No }, false);
    Ok(())
}

/// A year of the highest tier ends, in which so much was collected.
fn renewal(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let points = match asked.keys.number("stars")? {
        Some(stars) => {
            stars_ladder(row)?;
            stars
        }
        None => asked.keys.needed("points")?,
    };
    ladder_is_said(row)?;
    let highest = row.draft.tiers.highest().ok_or_else(|| Stop::unsupported("several ladders"))?;
    if let Some(amount) = asked.keys.number("stars_toward_drink")? {
        let tiers = row.draft.tiers.ladders.last_mut().and_then(|ladder| ladder.get_mut("tiers"));
        if let Some(Value::Object(tier)) =
            tiers.and_then(Value::as_array_mut).and_then(|tiers| tiers.last_mut())
        {
            tier.insert("forfeits".into(), json!([TOWARD_DRINK]));
        }
        let id = TOWARD_DRINK.to_owned();
        row.draft.purses.push(Purse { id, amount, last_day: None, automatic: false });
    }
    let start = row.draft.times.start;
    let since = dates::day(start)?;
    known(row, "tiers", json!({ STATUS: { "tier": highest, "since": since, "until": since } }));
    collected(row, json!(points), start)?;
    row.draft.unstated.push(unstated::RENEWAL);
    // A year and a day: the year is over, and the next one is not.
    asked.at = Some(moment(dates::later(since, 366))?);
    row.push(asked, Act::Pass, false);
    Ok(())
}

/// The check that comes round each year, by its number: the next one that is due in the middle of that year.
fn anniversary(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let joined = day(asked, "from")?;
    let years = whole(asked.keys.needed("years")?).and_then(|years| years.checked_sub(1));
    let middle = years.and_then(|years| years.checked_mul(365)?.checked_add(180));
    let at = moment(middle.and_then(|days| dates::later(joined, days)))?;
    any_ladder(row, STATUS, "membership_year", None);
    known(row, "joined_on", json!(joined));
    known(row, "tiers", json!({ STATUS: { "tier": format!("{STATUS}.upper"), "since": joined } }));
    known(row, "at", json!(at));
    asked.at = Some(at);
    row.push(asked, Act::Pass, false);
    Ok(())
}

/// The next check of a tier that was just reached, where it is kept for some months whatever happens, and where it is not.
fn next_check(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let upgraded = day(asked, "upgraded_at")?;
    let months = whole(asked.keys.needed("min_stay_months")?);
    let months = months.ok_or_else(|| Stop::unsupported("steps.min_stay_months"))?;
    let anniversary = asked.keys.text("anniversary")?.unwrap_or_default();
    // Any year before will do: anniversaries come round.
    let wrong = || Stop::Unsupported(format!("steps.anniversary: {anniversary}"));
    let year = upgraded.to_string().split('-').next().and_then(|year| year.parse::<u32>().ok());
    let year = year.and_then(|year| year.checked_sub(1)).ok_or_else(wrong)?;
    let joined: Day = format!("{year}-{anniversary}").parse().map_err(|_| wrong())?;
    // The order of one day alone: no check finds it again.
    let order = json!({ "within": { "window": "1 day", "reach": { "orders_at_least": 1 } } });
    any_tier(row, WITHOUT_STAY, "membership_year", None, &order);
    let stay = json!({ "after": format!("{months} months") });
    any_tier(row, WITH_STAY, "membership_year", Some(stay), &order);
    known(row, "joined_on", json!(joined));
    reached(row, asked, upgraded)
}

/// How long a tier holds that was reached on a day.
fn validity(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let (qualified, rule) = (day(asked, "qualified_at")?, asked.keys.text("rule")?.unwrap_or_default());
    let known = VALIDITIES.iter().find(|(known, _)| *known == rule);
    let validity = known.and_then(|(_, validity)| serde_json::from_str(validity).ok());
    let validity = validity.ok_or_else(|| Stop::Unsupported(format!("steps.rule: {rule}")))?;
    any_ladder(row, STATUS, "calendar_year", Some(validity));
    reached(row, asked, qualified)
}

/// The year in which a day lies, of those that begin with a month.
fn year(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let starts = asked.keys.text("starts")?.unwrap_or_default();
    let month = starts.strip_suffix("-01").and_then(|month| month.parse::<usize>().ok()?.checked_sub(1));
    let month =
        month.and_then(dates::month).ok_or_else(|| Stop::Unsupported(format!("steps.starts: {starts}")))?;
    let window = if starts == "01-01" { "calendar_year".into() } else { format!("year_from_{month}") };
    any_ladder(row, STATUS, &window, None);
    row.push(asked, Act::Pass, false);
    Ok(())
}

/// The ladder of stars, where the case has no tiers.
fn stars_ladder(row: &mut Row<'_>) -> Result<(), Stop> {
    if !row.draft.tiers.ladders.is_empty() {
        return Err(Stop::unsupported("stars beside tiers"));
    }
    let (tiers, term) = unstated::STARS;
    row.draft.tiers.ladders.push(by_points(&tiers));
    row.draft.unstated.push(term);
    Ok(())
}

/// A ladder of which only the dates matter: any order reaches its upper tier.
fn any_ladder(row: &mut Row<'_>, id: &str, window: &str, validity: Option<Value>) {
    any_tier(row, id, window, validity, &json!({ "orders_at_least": 1 }));
}

/// A ladder of which only the dates matter, whose upper tier is reached by that.
fn any_tier(row: &mut Row<'_>, id: &str, window: &str, validity: Option<Value>, enter: &Value) {
    let tiers = json!([{ "id": format!("{id}.base") }, { "id": format!("{id}.upper"), "enter": enter }]);
    let mut ladder = json!({ "id": id, "window": window, "tiers": tiers });
    if let (Value::Object(fields), Some(validity)) = (&mut ladder, validity) {
        fields.insert("validity".into(), validity);
    }
    row.draft.tiers.ladders.push(ladder);
    if !row.draft.unstated.contains(&unstated::ANY_TIER) {
        row.draft.unstated.push(unstated::ANY_TIER);
    }
}

/// An order on that day reaches the upper tier.
fn reached(row: &mut Row<'_>, asked: &mut Asked, on: Day) -> Result<(), Stop> {
    asked.at = Some(moment(Some(on))?);
    let basket = basket::of_amount(unstated::number("1"));
    row.push(asked, Act::Order { basket, guest: false, booked: Booked::Yes }, false);
    Ok(())
}

/// What rules granted on the first day.
fn collected(row: &mut Row<'_>, points: Value, start: Instant) -> Result<(), Stop> {
    let on = dates::day(start)?;
    known(row, "activity", json!([{ "on": on, "spend": "0", "orders": 0, "points": { POINTS: points } }]));
    known(row, "at", json!(start));
    Ok(())
}

/// A field of the member.
fn known(row: &mut Row<'_>, field: &str, value: Value) {
    let fields: &mut Map<String, Value> = &mut row.draft.tiers.member;
    fields.insert(field.to_owned(), value);
}

fn day(asked: &mut Asked, key: &str) -> Result<Day, Stop> {
    let text = asked.keys.text(key)?.unwrap_or_default();
    text.parse().map_err(|_| Stop::Unsupported(format!("{}: {text}", asked.keys.path(key))))
}

fn moment(day: Option<Day>) -> Result<Instant, Stop> {
    day.and_then(dates::start).ok_or_else(|| Stop::unsupported("a day beyond the calendar"))
}

//! The sample members, and what happened to them: made by the programs themselves, so that they are what these would make
//! today.

use anyhow::Context;
use dangol::{Action, Basket, Event, Id, Instant, Member, Program};

use super::sample;

/// What happened to the sample's member until the end of 2025, and then in 2026: a basket, an action, or a night.
const BEFORE: [(&str, &str, &str); 3] = [
    ("2025-03-02T11:00:00+09:00", "join-1", r#"{ "enrol": {} }"#),
    (
        "2025-03-08T15:20:00+09:00",
        "o-250308",
        r#"{ "lines": [{ "sku": "rice-cooker", "price": "348000" }] }"#,
    ),
    ("2025-11-15T10:05:00+09:00", "o-251115", r#"{ "lines": [{ "sku": "kimchi", "price": "82000" }] }"#),
];
const YEAR: [(&str, &str, &str); 14] = [
    ("2026-01-17T18:40:00+09:00", "o-260117", r#"{ "lines": [{ "sku": "rice", "price": "58000" }] }"#),
    (
        "2026-02-03T09:30:00+09:00",
        "sorry-260203",
        r#"{ "grant": { "points": "500", "reason": "a late delivery" } }"#,
    ),
    (
        "2026-02-21T12:10:00+09:00",
        "o-260221",
        r#"{ "lines": [{ "sku": "tofu", "price": "2400", "quantity": 3 }], "points": { "points": "2000" } }"#,
    ),
    ("2026-03-14T19:00:00+09:00", "pay-260314", r#"{ "hold": { "points": "1000" } }"#),
    (
        "2026-03-14T19:02:00+09:00",
        "paid-260314",
        r#"{ "capture": { "hold": "pay-260314", "points": "800" } }"#,
    ),
    ("2026-04-01T03:00:00+09:00", "", ""),
    (
        "2026-05-02T11:45:00+09:00",
        "o-260502",
        r#"{ "lines": [{ "sku": "ramen", "price": "1200", "quantity": 4 }, { "sku": "rice", "price": "58000" }] }"#,
    ),
    ("2026-08-22T16:30:00+09:00", "o-260822", r#"{ "lines": [{ "sku": "gift-set", "price": "640000" }] }"#),
    ("2026-09-10T14:15:00+09:00", "o-260910", r#"{ "lines": [{ "sku": "gift-set", "price": "320000" }] }"#),
    ("2026-10-03T13:00:00+09:00", "o-261003", r#"{ "lines": [{ "sku": "fruit", "price": "74500" }] }"#),
    ("2026-10-10T10:00:00+09:00", "pay-261010", r#"{ "hold": { "points": "5000" } }"#),
    ("2026-10-10T10:20:00+09:00", "unpaid-261010", r#"{ "release": { "hold": "pay-261010" } }"#),
    (
        "2026-10-12T17:00:00+09:00",
        "return-261012",
        r#"{ "revoke": { "points": "300", "of": "o-261003", "reason": "fruit that was brought back" } }"#,
    ),
    ("2026-12-01T03:00:00+09:00", "", ""),
];

/// The events of these happenings, which are applied to the member.
fn lived(
    program: &Program,
    member: &mut Member,
    happened: &[(&str, &str, &str)],
) -> anyhow::Result<Vec<Event>> {
    let mut all = Vec::new();
    for (at, operation, what) in happened {
        let at: Instant = at.parse()?;
        let events = if what.is_empty() {
            program.advance(member, at)?
        } else if let Ok(action) = serde_json::from_str::<Action>(what) {
            let acted = program.act(member, &action, at, operation.parse()?)?;
            anyhow::ensure!(acted.refused.is_none(), "{operation}: {:?}", acted.refused);
            acted.events
        } else {
            let basket: Basket = serde_json::from_str(what).with_context(|| (*operation).to_owned())?;
            program.quote(member, &basket, at)?.place(operation.parse::<Id>()?).events
        };
        anyhow::ensure!(!events.is_empty(), "nothing happened on {at}");
        member.apply_all(&events)?;
        all.extend(events);
    }
    Ok(all)
}

/// After a change of the shop or of the events' form: `UPDATE=1 cargo test -p dangol-cli samples`.
#[test]
fn the_samples_of_a_year_are_what_the_shop_makes_of_it() -> anyhow::Result<()> {
    let program = Program::from_toml(&std::fs::read_to_string(sample("shop.toml"))?)?;
    let mut member = Member::new("m1".parse()?);
    lived(&program, &mut member, &BEFORE)?;
    let opening = format!("{}\n", serde_json::to_string_pretty(&member)?);
    let events = lived(&program, &mut member, &YEAR)?;
    let lines: Vec<String> = events
        .iter()
        .map(|event| serde_json::to_string(event).map(|line| format!("  {line}")))
        .collect::<Result<_, _>>()?;
    // An event a line: long, but what happened stands below one another.
    let events = format!("[\n{}\n]\n", lines.join(",\n"));
    fresh("shop-member.json", &opening)?;
    fresh("shop-events.json", &events)
}

/// A customer of the bakery: one coupon was sent to her with its code and is set aside for a payment, the other came by itself.
const COUPONS: [(&str, &str, &str); 3] = [
    ("2026-01-10T10:00:00+09:00", "join-1", r#"{ "enrol": {} }"#),
    (
        "2026-04-02T09:30:00+09:00",
        "sorry-7",
        r#"{ "issue_coupon": { "offer": "sorry", "code": "HUR2-SB2B-GNJY" } }"#,
    ),
    ("2026-05-14T20:00:00+09:00", "pay-41", r#"{ "hold_coupon": { "coupon": "sorry-7/sorry" } }"#),
];
const BASKET: &str = r#"{ "lines": [
    { "id": "1", "sku": "latte", "categories": ["drink"], "price": "4800", "quantity": 2 },
    { "id": "2", "sku": "americano", "categories": ["drink"], "price": "4300" },
    { "id": "3", "sku": "sourdough", "categories": ["loaf"], "price": "6200", "quantity": 3 },
    { "id": "4", "sku": "cheesecake", "categories": ["cake"], "price": "9100" }],
  "shipping": "3000", "codes": ["hello 3000"] }"#;

#[test]
fn the_bakerys_customer_is_what_the_bakery_makes_of_her() -> anyhow::Result<()> {
    let program = Program::from_toml(&std::fs::read_to_string(sample("bakery.toml"))?)?;
    let mut member = Member::new("m1".parse()?);
    member.birthday = Some("--05-20".parse()?);
    lived(&program, &mut member, &COUPONS)?;
    fresh("bakery-member.json", &format!("{}\n", serde_json::to_string_pretty(&member)?))?;
    let request =
        Request { member: &member, basket: serde_json::from_str(BASKET)?, now: "2026-05-15T12:00:00+09:00" };
    fresh("bakery-quote.json", &format!("{}\n", serde_json::to_string_pretty(&request)?))
}

/// A request in a file, its fields in this order whatever else is built.
#[derive(serde::Serialize)]
struct Request<'a> {
    member: &'a Member,
    basket: Basket,
    now: &'a str,
}

/// A sample is what was made; with `UPDATE` it becomes so.
fn fresh(name: &str, made: &str) -> anyhow::Result<()> {
    let path = sample(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made)?;
    } else {
        let hint = "UPDATE=1 cargo test -p dangol-cli samples";
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), made, "{name}: {hint}");
    }
    Ok(())
}

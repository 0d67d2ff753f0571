//! Points as tender: what is burnt is what it replaces, never above any cap, and every part has its issuer.

use std::collections::BTreeMap;

use dangol::{Basket, Day, Lot, Member, Money, Period, Points, Quote, Tender};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::config;
use super::shop::{Shop, decimal, lean, money, perhaps};
use super::sums::adds_up;
use super::visit::{quoted, read, visit};
use super::words::selector;

const WALLETS: [&str; 3] = ["cash", "gift", "points"];

/// What a visit to a shop is made of.
type Visit = (Shop, Value, Value, i64);

/// A tender rule with any of its words.
fn rule(digits: u8) -> impl Strategy<Value = Value> {
    let worth = select(vec![("1", 1_i64), ("0.5", 10), ("2", 1), ("0.25", 4), ("1", 7)]);
    let points = |most: i64| perhaps((1..most).prop_map(|points| json!(points)));
    let automatic = select(vec![
        json!("off"),
        json!("all"),
        json!({ "expiring_within": "30 days" }),
        json!({ "expiring_within": "1 year" }),
    ]);
    let floors = (points(150), points(250), points(40), perhaps(money(8_000, digits)));
    let caps = (points(400), perhaps((1..=10_000_i64).prop_map(|rate| json!(decimal(rate, 2)))));
    let how = (perhaps(selector()), any::<bool>(), automatic, select(vec!["refuse", "reduce"]));
    (worth, floors, caps, how).prop_map(
        |((value, step), (balance, lifetime, minimum, basket), (above, percent), (lines, before, automatic, excess))| {
            // Some whole step lies between the fewest and the most.
            let maximum = above.as_i64().map(|above| above + minimum.as_i64().unwrap_or(0) + step);
            lean(json!({
                "value": value, "step": step, "minimum_balance": balance, "minimum_lifetime": lifetime,
                "minimum": minimum, "minimum_basket": basket, "maximum": maximum, "max_percent": percent, "lines": lines,
                "before_offers": before, "automatic": automatic, "excess": excess,
            }))
        },
    )
}

fn lots() -> impl Strategy<Value = Value> {
    let lot = (1..400_i64, proptest::option::of(0..800_u64), select(vec![None, Some("bank"), Some("card")]));
    proptest::collection::vec(lot, 0..4).prop_map(|lots| {
        let numbered = lots.iter().enumerate();
        let lots = numbered.map(|(number, (points, days, issuer))| {
            let start = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
            let last = days.and_then(|days| start?.checked_add_days(chrono::Days::new(days)));
            lean(json!({
                "id": format!("old/{number}"), "points": points.to_string(), "earned_at": "2025-12-01T00:00:00Z",
                "expires_on": last.map(|day| day.to_string()), "issuer": issuer,
            }))
        });
        json!({ "lots": lots.collect::<Vec<_>>(), "spent": "100" })
    })
}

/// A visit to a shop where three wallets pay.
fn three() -> impl Strategy<Value = Visit> {
    visit()
        .prop_flat_map(|(shop, member, basket, hours)| {
            let offered =
                || prop_oneof![Just(Value::Null), Just(json!("max")), (0..500_u32).prop_map(|n| json!(n))];
            let all = (rule(shop.digits), lots(), offered());
            (Just((shop, member, basket, hours)), proptest::collection::vec(all, 3))
        })
        .prop_map(|((mut shop, mut member, mut basket, hours), wallets)| {
            basket["points"] = json!({});
            // Offers and rules may name the wallets that are there already.
            shop.section("wallets").retain(|wallet| wallet["id"] != "points");
            for (id, (rule, account, offered)) in WALLETS.iter().zip(wallets) {
                shop.section("wallets").push(json!({ "id": id, "tender": rule }));
                member["wallets"][id] = account;
                if !offered.is_null() {
                    basket["points"][id] = offered;
                }
            }
            // The points of these wallets are whole, so no award may have digits.
            shop.section("accruals").iter_mut().for_each(|rule| rule["award"] = json!({ "percent": "5" }));
            (shop.granting(), member, basket, hours)
        })
}

fn sum(all: impl Iterator<Item = Money>) -> Money {
    Money::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

fn points(rule: &Value, field: &str) -> Option<Points> {
    rule.get(field).map(read)
}

/// Whether a line of the basket is one that the rule's points may pay.
fn payable(rule: &Value, line: &Value) -> bool {
    let has = |list: &str, of: &Value| {
        let Some(names) = rule["lines"][list].as_array() else { return true };
        match of {
            Value::Array(own) => own.iter().any(|name| names.contains(name)),
            one => names.contains(one),
        }
    };
    has("skus", &line["sku"]) && has("categories", &line["categories"]) && has("tags", &line["tags"])
}

/// What the lines that the rule's points may pay cost, as those points see it.
fn reach(rule: &Value, basket: &Value, quote: &Quote) -> Money {
    let lines = basket["lines"].as_array().map_or(&[][..], Vec::as_slice);
    let own = lines.iter().zip(&quote.lines).filter(|(line, _)| payable(rule, line));
    sum(own.map(|(_, line)| if rule["before_offers"] == true { line.gross } else { line.net }))
}

/// A number as a fraction: units over a power of ten.
fn fraction(units: i64, digits: u8) -> (i128, i128) {
    (units.into(), 10_i128.pow(digits.into()))
}

/// What the points are worth is exactly what they pay: neither a point too many nor a coin too few.
fn exact(tender: &Tender, rule: &Value) {
    let value: Money = read(&rule["value"]);
    let (points, over) = fraction(tender.points.units(), tender.points.0.digits());
    let (each, under) = fraction(value.units(), value.0.digits());
    let (paid, below) = fraction(tender.value.units(), tender.value.0.digits());
    assert_eq!(points * each * below, paid * over * under, "{tender:?}");
}

fn within_caps(tender: &Tender, rule: &Value, basket: &Value, quote: &Quote) {
    assert!(tender.points <= tender.redeemable, "{tender:?}");
    assert!(points(rule, "maximum").is_none_or(|most| tender.redeemable <= most), "{tender:?}");
    let reach = reach(rule, basket, quote);
    assert!(tender.value <= reach, "{tender:?} of {reach}");
    if let Some(percent) = rule.get("max_percent") {
        let share = reach.percent(read(percent), dangol::Rounding::default());
        assert!(share.is_ok_and(|share| tender.value <= share), "{tender:?} of {reach}");
    }
    let step: i64 = rule["step"].as_i64().unwrap_or(1);
    assert_eq!(tender.points.units() % step, 0, "{tender:?}");
    if tender.points.is_zero() {
        return;
    }
    assert!(points(rule, "minimum").is_none_or(|least| least <= tender.points), "{tender:?}");
    let worth = if rule["before_offers"] == true { quote.gross } else { quote.net };
    assert!(rule.get("minimum_basket").is_none_or(|least| read::<Money>(least) <= worth), "{tender:?}");
}

/// The parts by issuer sum to the whole, and each is what was drawn of that issuer's lots.
fn issued(tender: &Tender, member: &Member) {
    let lots = member.wallets.get(&tender.wallet).map_or(&[][..], |account| account.lots());
    let issuer =
        |id: &dangol::Id| lots.iter().find(|lot: &&Lot| lot.id == *id).and_then(|lot| lot.issuer.clone());
    let mut drawn: BTreeMap<_, Points> = BTreeMap::new();
    for draw in &tender.lots {
        let part = drawn.entry(issuer(&draw.lot)).or_default();
        *part = part.plus(draw.points).unwrap_or_else(|error| panic!("{error}"));
    }
    if drawn.keys().all(Option::is_none) {
        assert!(tender.issuers.is_empty(), "{tender:?}");
        return;
    }
    let parts: Vec<_> = tender.issuers.iter().map(|part| (part.issuer.clone(), part.points)).collect();
    assert_eq!(parts, drawn.into_iter().collect::<Vec<_>>());
    assert_eq!(sum(tender.issuers.iter().map(|part| part.value)), tender.value);
}

/// What is used without being asked comes from lots that end soon, where the rule says so.
fn ends_soon(tender: &Tender, rule: &Value, basket: &Basket, member: &Member, today: Day) {
    let Some(within) = rule["automatic"].get("expiring_within") else { return };
    if basket.points.contains_key(&tender.wallet) {
        return;
    }
    let last = read::<Period>(within).after(today);
    let lots = member.wallets.get(&tender.wallet).map_or(&[][..], |account| account.lots());
    for draw in &tender.lots {
        let lot = lots.iter().find(|lot| lot.id == draw.lot);
        let ends = lot.and_then(|lot| lot.expires_on);
        assert!(ends.is_some() && ends <= last, "{tender:?}");
    }
}

proptest! {
    #![proptest_config(config(256))]

    /// Whatever three wallets pay by any rules: it adds up, burns what it replaces, keeps to every cap, comes from the
    /// lots that it may come from, and has its issuers.
    #[test]
    fn points_pay_what_they_may((shop, member, basket, hours) in three()) {
        let program = shop.program();
        let quote = quoted(&program, &member, &basket, hours);
        adds_up(&quote);
        let (member, asked): (Member, Basket) = (read(&member), read(&basket));
        prop_assert_eq!(quote.tenders.len(), WALLETS.len());
        for tender in &quote.tenders {
            let wallets = shop.file["wallets"].as_array().into_iter().flatten();
            let rule = &wallets.into_iter().find(|wallet| wallet["id"] == tender.wallet.as_str()).unwrap()["tender"];
            prop_assert_eq!(Points::sum(tender.lots.iter().map(|draw| draw.points)), Ok(tender.points));
            exact(tender, rule);
            within_caps(tender, rule, &basket, &quote);
            issued(tender, &member);
            ends_soon(tender, rule, &asked, &member, quote.on);
        }
        let rules = || shop.file["wallets"].as_array().into_iter().flatten().filter_map(|wallet| wallet.get("tender"));
        for (line, quoted) in basket["lines"].as_array().unwrap().iter().zip(&quote.lines) {
            if rules().all(|rule| !payable(rule, line)) {
                prop_assert!(quoted.paid_with_points.is_zero(), "{:?}", quoted);
            }
        }
    }

}

proptest! {
    #![proptest_config(config(96))]

    /// Where there are no offers it does not matter whether points pay before them.
    #[test]
    fn before_and_after_no_offers_are_the_same((mut shop, member, mut basket, hours) in three()) {
        shop.section("offers").clear();
        basket["uses"] = json!({});
        let mut quote = |before: bool| {
            for wallet in shop.section("wallets").iter_mut().filter(|wallet| wallet.get("tender").is_some()) {
                wallet["tender"]["before_offers"] = json!(before);
            }
            let mut quote = json!(quoted(&shop.program(), &member, &basket, hours));
            quote["program"] = Value::Null;
            quote
        };
        let before = quote(true);
        prop_assert_eq!(before, quote(false));
    }

    /// Reducing what was offered never uses fewer points than refusing it.
    #[test]
    fn reducing_uses_no_fewer_points((mut shop, member, basket, hours) in three()) {
        let mut used = |excess: &str| {
            let wallets = shop.section("wallets").iter_mut();
            // One wallet only: what the first pays the second cannot.
            for wallet in wallets.filter(|wallet| wallet["id"] == "cash") {
                wallet["tender"]["excess"] = json!(excess);
            }
            let quote = quoted(&shop.program(), &member, &basket, hours);
            quote.tenders.iter().find(|tender| tender.wallet == "cash").map(|tender| tender.points)
        };
        let refused = used("refuse");
        prop_assert!(refused <= used("reduce"));
    }
}

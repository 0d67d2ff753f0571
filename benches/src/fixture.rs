//! The workloads as they were written down, with their exact answers: independent of Dangol's own formats.
#![expect(missing_docs, reason = "a field without a comment means what its name says")]

use std::collections::BTreeMap;

use dangol::{Money, Percent, Points, Quantity};
use serde::Deserialize;

use crate::Outcome;

/// A program, a member, a basket and an instant.
#[derive(Clone, Debug, Deserialize)]
pub struct Work {
    pub program: Program,
    pub member: Member,
    pub basket: Basket,
    /// Seconds since 1970 in UTC.
    pub now: i64,
}

/// The rules and coupons of a shop.
#[derive(Clone, Debug, Deserialize)]
pub struct Program {
    pub currency: String,
    /// Lowest first.
    pub tiers: Vec<String>,
    pub point_value: Money,
    pub redeem_step: i64,
    pub redeem_cap_pct: Percent,
    pub max_coupons: u32,
    pub rules: Vec<Rule>,
    pub coupons: Vec<Coupon>,
    #[serde(default)]
    pub catalog: Vec<Article>,
}

/// A discount or a rule that grants points.
#[derive(Clone, Debug, Deserialize)]
pub struct Rule {
    pub id: String,
    pub kind: RuleKind,
    /// Of rules with the same group the one that grants the most counts.
    pub group: Option<String>,
    pub pct: Option<Percent>,
    /// Points for each 1.00.
    pub rate: Option<Points>,
    pub points: Option<i64>,
    pub when: When,
    pub lines: Scope,
}

/// What a rule does; each has its own one of the fields `pct`, `rate` and `points`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Discount,
    EarnRate,
    EarnBonus,
}

/// When a rule holds: all that is given.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct When {
    pub tiers: Option<Vec<String>>,
    /// Monday is 1.
    pub weekdays: Option<Vec<u8>>,
    /// The first minute of the day, and the one before which it ends.
    pub minutes: Option<[u16; 2]>,
    /// Of the basket before discounts.
    pub min_spend: Option<Money>,
    pub channels: Option<Vec<String>>,
}

/// Which lines: all that is given, one of each list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Scope {
    pub categories: Option<Vec<String>>,
    pub skus: Option<Vec<String>>,
    pub brands: Option<Vec<String>>,
}

/// A coupon; the best set of at most `max_coupons` applies.
#[derive(Clone, Debug, Deserialize)]
pub struct Coupon {
    pub id: String,
    /// At most one of each group.
    pub group: String,
    /// Only alone.
    pub exclusive: bool,
    pub priority: u32,
    pub pct: Option<Percent>,
    pub amount: Option<Money>,
    /// Of the basket after the discounts of rules.
    pub min_spend: Money,
    pub valid_from: i64,
    /// No longer valid at this second.
    pub valid_to: i64,
    pub lines: Scope,
}

/// An article of the shop.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    pub sku: String,
    pub category: String,
    pub brand: String,
}

/// Who buys.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    pub id: String,
    pub tier: String,
    pub balance: i64,
    /// The coupons.
    pub wallet: Vec<String>,
}

/// What is bought.
#[derive(Clone, Debug, Deserialize)]
pub struct Basket {
    pub channel: String,
    pub lines: Vec<Line>,
}

/// One line of the basket.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    pub sku: String,
    pub category: String,
    pub brand: String,
    pub qty: Quantity,
    pub unit_price: Money,
}

/// The exact answer to a [`Work`].
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    pub gross: Money,
    pub rule_discount: Money,
    pub coupons: Vec<String>,
    pub coupon_discount: Money,
    pub net: Money,
    pub points: i64,
    pub redeemable: i64,
    /// Also of rules that another one of their group outdoes.
    pub per_rule: BTreeMap<String, i64>,
    pub lines: Vec<ExpectedLine>,
}

/// The exact answer for one line.
#[derive(Clone, Debug, Deserialize)]
pub struct ExpectedLine {
    pub gross: Money,
    pub discount: Money,
    pub coupon: Money,
    pub net: Money,
}

/// A member's open lots, and how many points to redeem.
#[derive(Clone, Debug, Deserialize)]
pub struct Lots {
    /// Days since 1970, as everywhere in it.
    pub today: i32,
    pub redeem: i64,
    pub lots: Vec<Lot>,
}

/// One lot, in earning order.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Lot {
    pub id: u32,
    pub remaining: i64,
    pub earned_day: i32,
    /// The first day on which it cannot be used.
    pub expires_day: i32,
}

/// Which lots the points come from: lot and points, in this order.
#[derive(Clone, Debug, Deserialize)]
pub struct Draws {
    pub draws: Vec<(u32, i64)>,
}

/// W1 and its answer.
pub fn cafe() -> Outcome<(Work, Expected)> {
    let work = serde_json::from_str(include_str!("../fixtures/w1.json"))?;
    Ok((work, serde_json::from_str(include_str!("../fixtures/w1.expected.json"))?))
}

/// W2 and its answer.
pub fn supermarket() -> Outcome<(Work, Expected)> {
    let work = serde_json::from_str(include_str!("../fixtures/w2.json"))?;
    Ok((work, serde_json::from_str(include_str!("../fixtures/w2.expected.json"))?))
}

/// W3 and its answer.
pub fn lots() -> Outcome<(Lots, Draws)> {
    let lots = serde_json::from_str(include_str!("../fixtures/w3.json"))?;
    Ok((lots, serde_json::from_str(include_str!("../fixtures/w3.expected.json"))?))
}

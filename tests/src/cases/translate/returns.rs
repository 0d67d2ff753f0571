//! Goods that come back: what a policy says about them, and the steps that bring them back.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::payments::{GIFT_CARD, POINTS};
use super::points::{Asked, Row};
use super::{Draft, Stop, basket, orders, payments, unstated};
use crate::cases::asked::{Act, Booked};
use crate::cases::keys::Keys;

/// The steps by which something of an order comes back.
pub(super) const RETURNING: [&str; 5] =
    ["refund", "refund_amount", "refund_full", "cancel_order", "rollback_redemption"];

/// Words of a policy that are the engine's own way, with their only value: the rules are those of the order's day, no more
/// is taken back than was earned, and a standing is looked at again.
const ENGINE_WAY: [(&str, &str); 3] =
    [("refund_rule_date", "purchase_date"), ("refund_cap", "points_earned"), ("tier_on_refund", "recompute")];

/// What a case calls each meaning, and the field and the word of a program's `returns`.
type Meaning = (&'static str, &'static str, &'static str);

const PRICING: [Meaning; 6] = [
    ("charged_line_price", "discounts", "keep"),
    ("original_snapshot", "discounts", "keep"),
    ("prorated_order_discount", "discounts", "keep"),
    (SPREAD, "discounts", "spread"),
    ("reprice_kept_items_then_refund_difference", "discounts", "requote"),
    // What is kept costs what it costs without the discount that it has lost.
    ("deduct_lost_discount_from_refund", "discounts", "requote"),
];

const SPREAD: &str = "discount_spread_over_all_units_of_the_offer";
const BY_STEP: &str = "floor_of_refund_by_step";

const POINTS_BACK: [Meaning; 5] = [
    ("proportional", "earned", "beyond_kept"),
    ("recompute_on_net_amount", "earned", "beyond_kept"),
    ("re_evaluate_remaining_basket", "earned", "requote"),
    ("reverse_points_of_returned_line", "earned", "of_goods"),
    (BY_STEP, "earned", "of_goods"),
];

const SPENT: [Meaning; 4] = [
    ("proportional", "spent", "with_goods"),
    ("always", "spent", "with_goods"),
    ("full_refund_only", "spent", "whole_order"),
    ("never", "spent", "never"),
];

/// What a policy says about returns.
#[derive(Clone, Debug, Default)]
pub(super) struct Returns {
    /// The program's `returns`.
    pub(super) section: Map<String, Value>,
    /// Whether a discount is spread over all units of its offer.
    pub(super) spread: bool,
    /// Whether points go back by whole steps of the refund.
    pub(super) by_step: bool,
    /// Whether a standing is worked out again.
    pub(super) tiers: bool,
}

impl Returns {
    /// Reads the words; where nothing comes back they cannot matter.
    pub(super) fn read(keys: &mut Keys, matters: bool) -> Result<Returns, Stop> {
        let mut returns = Returns::default();
        let words: [(&str, &[Meaning]); 3] =
            [("refund_pricing", &PRICING), ("refund_points", &POINTS_BACK), ("restore_redeemed", &SPENT)];
        for (key, known) in words {
            let Some(word) = keys.text(key)?.filter(|_| matters) else { continue };
            let unknown = || Stop::Unsupported(format!("policy.{key}: {word}"));
            let (_, field, value) = known.iter().find(|(case, ..)| *case == word).ok_or_else(unknown)?;
            returns.section.insert((*field).to_owned(), json!(value));
            returns.spread |= word == SPREAD;
            returns.by_step |= word == BY_STEP;
        }
        for (key, way) in ENGINE_WAY {
            let Some(word) = keys.text(key)?.filter(|_| matters) else { continue };
            if word != way {
                return Err(Stop::Unsupported(format!("policy.{key}: {word}")));
            }
            returns.tiers |= key == "tier_on_refund";
        }
        match keys.number("balance_floor")?.filter(|_| matters) {
            None => {}
            Some(floor) if floor.is_zero() => _ = returns.section.insert("used".into(), json!("forgive")),
            Some(floor) => return Err(Stop::Unsupported(format!("policy.balance_floor: {floor}"))),
        }
        Ok(returns)
    }
}

/// What no field says of returns, and the case leaves to its prose.
pub(super) fn unsaid(draft: &mut Draft) {
    if draft.policy.returns.spread && draft.policy.split.rest.is_none() {
        draft.policy.split.rest = Some("last_line".into());
        draft.unstated.push(unstated::SPREAD);
    }
    if draft.policy.returns.tiers && draft.tiers.ladders.is_empty() {
        let (tier, spend, term) = unstated::KEPT_TIER;
        let tiers = json!([{ "id": tier, "enter": { "spend_at_least": spend } }]);
        draft.tiers.ladders.push(json!({ "id": "status", "window": "lifetime", "tiers": tiers }));
        draft.unstated.push(term);
    }
}

impl Row<'_> {
    /// Steps by which something comes back, and those that sell what only a return is about; false where it is none.
    pub(super) fn returning(&mut self, word: &str, asked: &mut Asked) -> Result<bool, Stop> {
        match word {
            "refund" => {
                let goods = asked.keys.keys("lines")?;
                let returned = match goods {
                    Some(lines) => json!({ "goods": { "lines": self.lines(lines)? } }),
                    None => json!("cancel"),
                };
                self.back(asked, returned);
            }
            "refund_amount" => {
                let amount = asked.keys.needed("amount")?;
                let units = units(amount, self.draft.digits)?;
                self.back(asked, json!({ "goods": { "lines": { "amount": units } } }));
            }
            "refund_full" | "cancel_order" => self.back(asked, json!("cancel")),
            "rollback_redemption" => {
                let order = asked.keys.text("order")?.unwrap_or_default();
                asked.operation = format!("rollback {order}");
                self.push(asked, Act::Back { returned: json!("cancel"), order: Some(order) }, false);
            }
            "redeem_for_order" if self.draft.scope.rolls_back => self.redeemed_order(asked)?,
            "redeem" if self.sold.is_some() => self.sold_with_points(asked)?,
            "earn" if self.draft.scope.amounts_back && asked.keys.has("order_amount") => self.sold(asked)?,
            "change_rule" => {
                asked.keys.pass_over(&["rule", "value"]);
                self.push(asked, Act::Change, false);
            }
            "sell_gift_card" => self.gift_card(asked)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn back(&mut self, asked: &Asked, returned: Value) {
        self.push(asked, Act::Back { returned, order: None }, false);
    }

    /// How many units of which lines, by the engine's names of them.
    fn lines(&self, lines: Keys) -> Result<Map<String, Value>, Stop> {
        let (mut lines, mut found) = (lines, Map::new());
        for name in lines.left() {
            let number = self.draft.lines.names.iter().position(|known| *known == name);
            let number = number.ok_or_else(|| Stop::Unsupported(format!("steps.lines.{name}")))?;
            found.insert(number.saturating_add(1).to_string(), json!(lines.needed(&name)?));
        }
        Ok(found)
    }

    /// An order that was paid with just these points.
    fn redeemed_order(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        asked.operation = asked.keys.text("order")?.unwrap_or_default();
        let points = asked.keys.needed("points")?;
        self.pays_a_coin()?;
        let mut basket = goods(units(points, 0)?, self.draft.digits)?;
        set_earns(&mut basket);
        self.offered = Some(points);
        orders::push(self, asked, basket, false, Booked::Yes)
    }

    /// An order of so much that earns so many points: placed now, or with the points that pay for it.
    fn sold(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let (points, amount) = (asked.keys.needed("points")?, asked.keys.needed("order_amount")?);
        let award = json!({ "per_amount": { "points": points, "amount": amount, "steps": "proportional" } });
        let base = json!({ "points_paid": "included" });
        self.draft.expiries.push(None);
        self.draft.accruals.push(json!({ "id": "sold", "award": award, "base": base }));
        let basket = goods(units(amount, self.draft.digits)?, self.draft.digits)?;
        if self.next == "redeem" {
            self.sold = Some(basket);
            return Ok(());
        }
        orders::push(self, asked, basket, false, Booked::Yes)
    }

    fn sold_with_points(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let Some(basket) = self.sold.take() else { return Ok(()) };
        self.draft.unstated.push(unstated::PAID_FOR_ORDER);
        self.pays_a_coin()?;
        self.offered = Some(asked.keys.needed("points")?);
        orders::push(self, asked, basket, false, Booked::Yes)
    }

    /// Nothing says what a point pays: the smallest coin will do.
    fn pays_a_coin(&mut self) -> Result<(), Stop> {
        let coin =
            Amount::new(1, self.draft.digits).map_err(|_| Stop::unsupported("currency.minor_digits"))?;
        let mut tender = Map::new();
        tender.insert("value".into(), json!(coin));
        payments::tenders(self.draft, tender)
    }

    /// A reward that pays for a purchase: points that are there for it.
    pub(super) fn reward_pays(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let Some(amount) = asked.keys.number("reward_amount")? else { return Ok(()) };
        let points = match asked.keys.number("reward_points")? {
            Some(points) => points,
            None => {
                self.draft.unstated.push(unstated::REWARD);
                amount
            }
        };
        let minor = units(amount, self.draft.digits)?;
        let mut tender = Map::new();
        tender.insert("value".into(), json!(payments::rate(minor, points, self.draft.digits)?));
        payments::tenders(self.draft, tender)?;
        self.draft.grains.digits(points.digits());
        let grant = json!({ "grant": { "wallet": POINTS, "points": points, "reason": "reward" } });
        let name = std::mem::take(&mut asked.operation);
        asked.operation = format!("{name} reward");
        self.act(asked, grant, crate::cases::asked::Role::Other);
        asked.operation = name;
        self.offered = Some(points);
        Ok(())
    }

    /// A gift card is goods that earn what they cost on the card.
    fn gift_card(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let amount = asked.keys.needed("amount")?;
        self.purse(GIFT_CARD);
        let award = json!({ "per_amount": { "points": "1", "amount": "1", "steps": "proportional" } });
        self.draft.expiries.push(None);
        self.draft.accruals.push(json!({ "id": "card", "wallet": GIFT_CARD, "award": award }));
        orders::push(self, asked, basket::of_amount(amount), false, Booked::Yes)
    }
}

/// An amount in the smallest coins.
fn units(amount: Amount, digits: u8) -> Result<Amount, Stop> {
    let units = amount.rescaled(digits).and_then(|amount| Amount::new(amount.units(), 0).ok());
    units.ok_or_else(|| Stop::Unsupported(format!("steps.amount: {amount}")))
}

/// An amount of goods of which any part may come back: so many units as it has coins, each at one.
pub(super) fn of_amount(draft: &Draft, amount: Amount) -> Result<Value, Stop> {
    if draft.scope.amounts_back {
        goods(units(amount, draft.digits)?, draft.digits)
    } else {
        Ok(basket::of_amount(amount))
    }
}

fn goods(coins: Amount, digits: u8) -> Result<Value, Stop> {
    let coin = Amount::new(1, digits).map_err(|_| Stop::unsupported("currency.minor_digits"))?;
    Ok(json!({ "lines": [{ "id": "amount", "sku": "amount", "price": coin, "quantity": coins }] }))
}

fn set_earns(basket: &mut Value) {
    if let Some(Value::Object(line)) = basket.pointer_mut("/lines/0") {
        line.insert("earns".into(), json!(false));
    }
}

//! Orders that goods come back of: shops with every word about returns, and baskets where most of these words matter.

use dangol::{Instant, Member, Order, Program, Refund, Return, Returned};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::deed::id;
use super::keeping::keeping;
use super::parts::paying;
use super::shop::{Shop, TENDERS, decimal, lean, perhaps, rounding};
use super::stalls::{arrivals, plain};
use super::visit::{at, basket, member, read};

/// A shop, a member, what is bought, and when.
#[derive(Clone)]
pub(crate) struct Sold {
    pub(crate) shop: Shop,
    pub(crate) member: Value,
    pub(crate) earlier: Vec<Value>,
    pub(crate) owed: Option<u32>,
    pub(crate) basket: Value,
    pub(crate) hours: i64,
}

impl std::fmt::Debug for Sold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let order = json!({ "order": self.basket, "now": at(self.hours), "operation": "o1" });
        let earlier = json!([self.earlier, self.owed]);
        let case =
            json!({ "program": self.shop.file, "member": self.member, "earlier": earlier, "step": order });
        write!(f, "{case}")
    }
}

/// An order that was placed, and its member then.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub(crate) program: Program,
    pub(crate) before: Member,
    pub(crate) member: Member,
    pub(crate) order: Order,
    pub(crate) now: Instant,
}

/// What a program says about returns.
pub(crate) fn terms() -> impl Strategy<Value = Value> {
    let goods = (
        select(vec!["keep", "keep", "spread", "requote"]),
        select(vec!["keep", "keep", "charge", "must_return"]),
    );
    let refund = select(vec!["proportional", "proportional", "points_first", "money_first"]);
    let spent = select(vec!["with_goods", "with_goods", "whole_order", "never"]);
    let restored = select(vec![
        json!("original"),
        json!("original"),
        json!({ "if_ended": "10 days" }),
        json!({ "anew": "1 month" }),
    ]);
    let earned = select(vec!["beyond_kept", "beyond_kept", "of_goods", "requote", "none"]);
    let used = select(vec!["deficit", "forgive", "charge"]);
    let coupons = select(vec!["whole_order", "always", "never"]);
    (goods, refund, spent, restored, earned, used, coupons).prop_map(
        |((discounts, gifts), refund, spent, restored, earned, used, coupons)| {
            json!({
                "discounts": discounts, "gifts": gifts, "refund": refund, "spent": spent, "restored": restored,
                "earned": earned, "used": used, "coupons": coupons,
            })
        },
    )
}

/// A shop of any kind, with these terms.
pub(crate) fn shop_that(terms: impl Strategy<Value = Value>) -> impl Strategy<Value = Shop> {
    let any = prop_oneof![2 => plain().boxed(), 1 => keeping().boxed()];
    let due = perhaps(
        (rounding(0), select(vec!["10", "5", "100"]))
            .prop_map(|(rounding, unit)| json!({ "mode": rounding["mode"], "unit": unit })),
    );
    let tax =
        (select(vec!["as_priced", "with_tax", "without_tax"]), select(vec!["line", "rate"]), rounding(0));
    let tax = perhaps(tax.prop_map(|(form, at, rounding)| {
        json!({ "offers_on": form, "at": at, "rounding": { "mode": rounding["mode"] } })
    }));
    (any, terms, due, tax, arrivals()).prop_map(|(mut shop, terms, due, tax, arrivals)| {
        shop.file["returns"] = terms;
        shop.section("accruals").extend(arrivals);
        for (field, value) in [("due_rounding", due), ("tax", tax)] {
            if !value.is_null() {
                shop.file[field] = value;
                if let Some(unit) = shop.file[field]["unit"].as_i64() {
                    shop.file[field]["unit"] = json!(decimal(unit, shop.digits));
                }
            }
        }
        shop
    })
}

/// An order in such a shop.
pub(crate) fn sold(terms: impl Strategy<Value = Value>) -> impl Strategy<Value = Sold> {
    shop_that(terms).prop_flat_map(|shop| {
        let (member, basket) = (member(&shop), shopping(&shop));
        let earlier =
            (proptest::collection::vec(shopping(&shop), 0..3), proptest::option::weighted(0.2, 1..300_u32));
        let issuers = proptest::collection::vec(select(vec![None, Some("own"), Some("mall")]), 8);
        (Just(shop), (member, issuers), earlier, basket, 0..2_000_i64).prop_map(
            |(shop, (mut member, issuers), (earlier, owed), basket, hours)| {
                let wallets = member["wallets"].as_object_mut().into_iter().flat_map(|all| all.values_mut());
                let lots = wallets.flat_map(|account| account["lots"].as_array_mut()).flatten();
                for (lot, issuer) in lots.zip(issuers).filter(|(_, issuer)| issuer.is_some()) {
                    lot["issuer"] = json!(issuer);
                }
                // A tier that the program did not give is looked at with the first thing that changes.
                member["tiers"] = Value::Null;
                Sold { shop, member: lean(member), earlier, owed, basket, hours }
            },
        )
    })
}

/// A basket with charges, and money by tender.
pub(crate) fn shopping(shop: &Shop) -> impl Strategy<Value = Value> + use<> {
    let digits = shop.digits;
    let redeemable = shop.file["wallets"][0].get("tender").is_some();
    let tenders = (subsequence(TENDERS.to_vec(), 0..=2), 1..20_000_i64, 0..9_000_i64);
    let points =
        prop_oneof![Just(json!("max")), (1..900_u32).prop_map(|points| json!(points)), Just(Value::Null)];
    (basket(shop), tenders, points, 0..2_000_i64, 0..900_i64).prop_map(
        move |(mut basket, (names, one, two), points, shipping, fees)| {
            let amounts = names.iter().zip([one, two]);
            basket["tenders"] =
                amounts.map(|(name, units)| ((*name).to_owned(), json!(decimal(units, digits)))).collect();
            if redeemable && !points.is_null() {
                basket["points"] = json!({ "points": points });
            }
            if basket.get("shipping").is_none() && basket.get("deliveries").is_none() {
                basket["shipping"] = json!(decimal(shipping.max(900) - 900, digits));
            }
            basket["fees"] = json!(decimal(fees.max(450) - 450, digits));
            basket
        },
    )
}

impl Sold {
    /// Nothing is forfeited with a tier: what is gone with the first return, later ones cannot take.
    pub(crate) fn keeping_forfeits(mut self) -> Sold {
        let tiers = &mut self.shop.file["tiers"];
        let ladders = match tiers {
            Value::Array(ladders) => ladders.iter_mut().collect(),
            one => vec![one],
        };
        for tier in ladders.into_iter().filter_map(|ladder| ladder["tiers"].as_array_mut()).flatten() {
            tier.as_object_mut().and_then(|tier| tier.remove("forfeits"));
        }
        self
    }

    /// The order is placed by a member for whom everything is written that was due.
    pub(crate) fn bought(&self) -> Bought {
        let (mut program, mut before): (Program, Member) = (self.shop.program(), read(&self.member));
        for (number, basket) in self.earlier.iter().enumerate() {
            let bought = Bought::of(program, before, basket, at(0), &format!("past{number}"));
            (program, before) = (bought.program, bought.member);
        }
        if let Some(points) = self.owed {
            let spend = json!({ "spend": { "points": points, "shortfall": "deficit" } });
            let acted = program.act(&before, &read(&spend), at(0), id("owed"));
            let acted = acted.unwrap_or_else(|error| panic!("{error}"));
            before.apply_all(&acted.events).unwrap_or_else(|error| panic!("{error}"));
        }
        let now = at(self.hours);
        let due = program.advance(&before, now).unwrap_or_else(|error| panic!("{error}"));
        before.apply_all(&due).unwrap_or_else(|error| panic!("{error}"));
        Bought::of(program, before, &self.basket, now, "o1")
    }
}

impl Bought {
    pub(crate) fn of(program: Program, before: Member, basket: &Value, now: Instant, name: &str) -> Bought {
        let basket = read(&paying(basket));
        let quote = program.quote(&before, &basket, now).unwrap_or_else(|error| panic!("{error}"));
        let placed = quote.place(id(name));
        let mut member = before.clone();
        member.apply_all(&placed.events).unwrap_or_else(|error| panic!("{error}"));
        Bought { program, before, member, order: placed.order, now }
    }

    /// What a return would do.
    pub(crate) fn asked(&self, returned: &Returned, operation: &str) -> Refund {
        let refund = self.program.refund(&self.member, &self.order, returned, self.now, id(operation));
        refund.unwrap_or_else(|error| panic!("{error}: {returned:?}"))
    }

    /// Lets something come back; nothing where it was refused.
    pub(crate) fn back(&mut self, returned: &Returned, operation: &str) -> Option<Return> {
        let refund = self.asked(returned, operation);
        self.member.apply_all(&refund.events).unwrap_or_else(|error| panic!("{error}: {:#?}", refund.events));
        self.order.record(&refund).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(refund.refused.is_none(), refund.returned.is_some());
        refund.returned.map(|returned| *returned)
    }
}

//! Parts and wholes: lines, offers, points that pay.

use std::collections::BTreeMap;

use dangol::{LineDiscount, Money, Points, Quote};
use proptest::prelude::*;
use serde_json::json;

use super::config;
use super::shop::decimal;
use super::visit::{quoted, visit};

fn sum(all: impl Iterator<Item = Money>) -> Money {
    Money::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

/// What is taken off a line or a delivery is what is missing of it, and leaves no less than nothing.
fn parts_of(gross: Money, discounts: &[LineDiscount], net: Money) {
    assert!(Money::ZERO <= net && net <= gross, "{net} of {gross}");
    assert!(discounts.iter().all(|discount| discount.amount > Money::ZERO), "{discounts:?}");
    assert_eq!(gross.minus(sum(discounts.iter().map(|discount| discount.amount))), Ok(net));
}

/// What each line, delivery, offer and wallet says adds up to what the quote says.
pub(crate) fn adds_up(quote: &Quote) {
    let lines = || quote.lines.iter();
    assert_eq!(sum(lines().map(|line| line.gross)), quote.gross);
    assert_eq!(sum(lines().map(|line| line.net)), quote.net);
    assert_eq!(sum(lines().map(|line| line.paid_with_points)), quote.paid_with_points);
    assert_eq!(quote.gross.minus(quote.discount), Ok(quote.net));
    let charges = sum([quote.shipping, quote.fees, quote.tax_added, quote.rounding].into_iter());
    assert_eq!(quote.net.minus(quote.paid_with_points).and_then(|goods| goods.plus(charges)), Ok(quote.due));
    let off = sum([quote.discount, quote.shipping_discount].into_iter());
    assert_eq!(sum(quote.applied.iter().map(|offer| offer.discount)), off);
    assert_eq!(sum(quote.tenders.iter().map(|tender| tender.value)), quote.paid_with_points);
    for line in lines() {
        assert!(Money::ZERO <= line.paid_with_points && line.paid_with_points <= line.net, "{line:?}");
        parts_of(line.gross, &line.discounts, line.net);
    }
    assert_eq!(sum(quote.deliveries.iter().map(|delivery| delivery.net)), quote.shipping);
    for delivery in &quote.deliveries {
        parts_of(delivery.gross, &delivery.discounts, delivery.net);
    }
    let parts = || {
        lines().flat_map(|line| &line.discounts).chain(quote.deliveries.iter().flat_map(|one| &one.discounts))
    };
    for offer in &quote.applied {
        let own = parts().filter(|part| part.offer == offer.offer);
        assert_eq!(sum(own.map(|part| part.amount)), offer.discount, "{}", offer.offer);
    }
    // Nothing is taken off by an offer that did not take effect.
    assert!(parts().all(|part| quote.applied.iter().any(|offer| offer.offer == part.offer)));
    let mut earned: BTreeMap<_, Points> = BTreeMap::new();
    for accrual in &quote.accruals {
        let entry = earned.entry(accrual.wallet.clone()).or_default();
        *entry = entry.plus(accrual.points).unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(earned, quote.earned);
}

proptest! {
    #![proptest_config(config(256))]

    /// Parts sum to the whole, and no line goes below nothing.
    #[test]
    fn every_quote_adds_up((shop, member, basket, hours) in visit()) {
        adds_up(&quoted(&shop.program(), &member, &basket, hours));
    }

    /// No offer takes off more than its cap, nothing free is worth more than nothing, and what makes points made some.
    #[test]
    fn offers_keep_to_what_they_say((shop, member, basket, hours) in visit()) {
        let quote = quoted(&shop.program(), &member, &basket, hours);
        for applied in &quote.applied {
            let mut offer = shop.file["offers"].as_array().into_iter().flatten();
            let offer = offer.find(|offer| offer["id"] == applied.offer.as_str()).cloned().unwrap_or_default();
            if let Some(most) = offer["at_most"].as_str() {
                prop_assert!(applied.discount <= most.parse().unwrap());
            }
            let granted = quote.accruals.iter().any(|accrual| accrual.rule == applied.offer)
                || quote.accruals.iter().flat_map(|accrual| &accrual.multipliers).any(|used| used.id == applied.offer);
            let points = offer["benefit"].get("bonus_points").or(offer["benefit"].get("multiply_points"));
            // A rule may have the name of an offer that makes no points.
            prop_assert!(points.is_none() || granted);
            let given = quote.lines.iter().filter(|line| line.gift.as_ref() == Some(&applied.offer)).count();
            prop_assert_eq!(given, usize::from(offer["benefit"].get("gift").is_some()));
            prop_assert!(applied.discount > Money::ZERO || points.is_some() || given > 0);
        }
        for line in quote.lines.iter().filter(|line| line.gift.is_some()) {
            prop_assert_eq!(line.net, Money::ZERO);
            prop_assert!(!basket["out_of_stock"].as_array().into_iter().flatten().any(|sku| *sku == line.sku.as_str()));
        }
    }

    /// Lots that pay, or that an offer costs, sum to the points that are used.
    #[test]
    fn points_that_are_used_come_from_lots((shop, member, basket, hours) in visit()) {
        let quote = quoted(&shop.program(), &member, &basket, hours);
        for tender in &quote.tenders {
            prop_assert_eq!(Points::sum(tender.lots.iter().map(|draw| draw.points)), Ok(tender.points));
            prop_assert!(tender.points <= tender.redeemable);
        }
        for cost in quote.applied.iter().filter_map(|offer| offer.cost.as_ref()) {
            prop_assert_eq!(Points::sum(cost.lots.iter().map(|draw| draw.points)), Ok(cost.points));
        }
    }

    /// An amount over lines is placed to its last unit, no part exceeds its line, and each is the exact share but for
    /// less than a unit (`largest_fractions`), or the running total is (`cumulative`).
    #[test]
    fn an_amount_is_spread_over_lines(
        amount in 1..50_000_i64,
        prices in proptest::collection::vec(0..20_000_i64, 1..9),
        cumulative in any::<bool>(),
    ) {
        let split = if cumulative { "cumulative" } else { "largest_fractions" };
        let program = dangol::Program::from_json(&json!({
            "format": 1, "id": "s", "version": "1", "currency": "USD", "discounts": { "split": { "rest": split } },
            "offers": [{ "id": "o", "benefit": { "amount_off": decimal(amount, 2) } }],
        }).to_string()).unwrap();
        let lines: Vec<_> = prices.iter().map(|price| json!({ "sku": "s", "price": decimal(*price, 2) })).collect();
        let quote = quoted(&program, &json!({ "id": "m1" }), &json!({ "lines": lines }), 0);
        adds_up(&quote);
        let (whole, taken) = (prices.iter().sum::<i64>(), amount.min(prices.iter().sum()));
        prop_assert_eq!(quote.discount.units(), taken);
        let parts = quote.lines.iter().map(|line| line.discounts.first().map_or(0, |part| part.amount.units()));
        let (mut parts_so_far, mut prices_so_far) = (0, 0);
        for (part, price) in parts.zip(&prices) {
            (parts_so_far, prices_so_far) = (parts_so_far + part, prices_so_far + price);
            let (part, price) = if cumulative { (parts_so_far, prices_so_far) } else { (part, *price) };
            prop_assert!((part * whole - taken * price).abs() < whole.max(1));
        }
    }
}

//! Taxes by rate: what is told of each rate sums to the whole.

use dangol::{Money, Quote};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::config;
use super::shop::decimal;
use super::sums::adds_up;
use super::visit::quoted;

const RATES: [&str; 4] = ["0", "7", "10", "9.975"];

/// So many lines with up to so many taxes each, of different rates.
fn lines(most: usize) -> impl Strategy<Value = Vec<Value>> {
    let taxes = (subsequence(RATES.to_vec(), 0..=most), any::<u8>()).prop_map(|(rates, included)| {
        let tax = |(place, rate)| json!({ "rate": rate, "included": included >> place & 1 == 1 });
        rates.into_iter().enumerate().map(tax).collect::<Vec<_>>()
    });
    let line = (1..20_000_i64, taxes);
    let line =
        line.prop_map(|(price, taxes)| json!({ "sku": "s", "price": decimal(price, 2), "taxes": taxes }));
    proptest::collection::vec(line, 1..7)
}

/// What a basket comes to when 7.5 % are taken off.
fn taxed(lines: &[Value], form: &str, place: &str, mode: &str) -> Quote {
    let program = json!({
        "format": 1, "id": "t", "version": "1", "currency": "USD",
        "tax": { "offers_on": form, "at": place, "rounding": { "mode": mode } },
        "offers": [{ "id": "o", "benefit": { "percent_off": "7.5" } }],
    });
    let program = dangol::Program::from_json(&program.to_string()).unwrap_or_else(|error| panic!("{error}"));
    quoted(&program, &json!({ "id": "m1" }), &json!({ "lines": lines }), 0)
}

fn sum(all: impl Iterator<Item = Money>) -> i64 {
    all.map(Money::units).sum()
}

proptest! {
    #![proptest_config(config(200))]

    /// Where a line has one tax at most, what is due is every base with its tax, and what is not taxed.
    #[test]
    fn every_base_with_its_tax_is_what_is_due(
        lines in lines(1),
        form in select(vec!["as_priced", "with_tax", "without_tax"]),
        place in select(vec!["rate", "line"]),
        mode in select(vec!["down", "up", "half_up", "half_even"]),
    ) {
        let quote = taxed(&lines, form, place, mode);
        adds_up(&quote);
        let untaxed = quote.lines.iter().zip(&lines).filter(|(_, line)| line["taxes"] == json!([]));
        let untaxed = sum(untaxed.map(|(line, _)| line.net));
        let taxed = sum(quote.taxes.iter().flat_map(|row| [row.base, row.tax]));
        prop_assert_eq!(untaxed + taxed, quote.due.units());
        prop_assert!(quote.taxes.is_sorted_by(|a, b| a.rate < b.rate));
        match form {
            "with_tax" => prop_assert!(quote.tax_added.is_zero()),
            "without_tax" => prop_assert_eq!(quote.tax_added.units(), sum(quote.taxes.iter().map(|row| row.tax))),
            _ => {}
        }
    }

    /// Each rate's tax is its share of its base, but for less than two units for each time that it is rounded.
    #[test]
    fn each_tax_is_its_rate_of_its_base(
        lines in lines(3),
        form in select(vec!["as_priced", "with_tax", "without_tax"]),
        place in select(vec!["rate", "line"]),
    ) {
        let quote = taxed(&lines, form, place, "half_up");
        adds_up(&quote);
        for row in &quote.taxes {
            let rate = row.rate.0.rescaled(3).unwrap().units();
            let gap = (row.tax.units() * 100_000 - row.base.units() * rate).abs();
            prop_assert!(gap <= 200_000 * i64::try_from(3 * lines.len()).unwrap(), "{row:?}");
        }
    }
}

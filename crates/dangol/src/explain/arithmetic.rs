//! The arithmetic of a discount or an accrual, as one would write it on paper.

use crate::model::{Arithmetic, BandPart, Reduction, UnitBand};
use crate::value::{Points, Steps};

use super::catalog::{Sentences, grouped};
use super::names::Names;

/// The arithmetic and its result.
pub(super) fn arithmetic(
    how: &Arithmetic,
    result: &str,
    wallet: &str,
    names: &Names<'_>,
    words: Sentences,
) -> String {
    let result = ("result", result.to_owned());
    let points = |points: Points| names.points(points, wallet);
    match how {
        Arithmetic::Percent { percent, of } => {
            words.fill("how.percent", &[("percent", percent.to_string()), ("of", names.money(*of)), result])
        }
        Arithmetic::PerAmount { points: step, amount, steps, of } => {
            let key = match steps {
                Steps::Whole => "how.per_amount.steps",
                Steps::Started => "how.per_amount.started",
                Steps::Proportional => "how.per_amount",
            };
            let amounts = [
                ("points", points(*step)),
                ("amount", names.money(*amount)),
                ("of", names.money(*of)),
                result,
            ];
            words.fill(key, &amounts)
        }
        Arithmetic::Bands { parts, of } => {
            let part = |part: &BandPart| {
                let places = [("percent", part.percent.to_string()), ("of", names.money(part.of))];
                words.fill("how.bands.part", &places)
            };
            let parts = parts.iter().map(part).collect::<Vec<_>>().join(" + ");
            words.fill("how.bands", &[("parts", parts), ("of", names.money(*of)), result])
        }
        Arithmetic::RoundUp { multiple, balance } => {
            let places = [("multiple", multiple.0.grouped()), ("balance", balance.0.grouped()), result];
            words.fill("how.round_up", &places)
        }
        Arithmetic::PerUnit { points: each, units } => {
            words.fill("how.per_unit", &[("points", each.0.grouped()), ("units", grouped(*units)), result])
        }
        Arithmetic::Fixed => words.fill("how.fixed", &[result]),
        Arithmetic::Amount { amount, of } => {
            let whole = names.money(*amount);
            let key = match () {
                () if of < amount => "how.amount.capped",
                () if result.1 == whole => "how.amount",
                () => "how.amount.less",
            };
            words.fill(key, &[("amount", whole), ("of", names.money(*of)), result])
        }
        Arithmetic::AmountEach { amount, times, of } => {
            let money = [("amount", names.money(*amount)), ("of", names.money(*of))];
            let [amount, of] = money;
            words.fill("how.amount_each", &[amount, ("times", words.count("time", *times)), of, result])
        }
        Arithmetic::FixedPrice { price, times, of } => {
            let (price, of) = (("price", names.money(*price)), ("of", names.money(*of)));
            words.fill("how.fixed_price", &[price, ("times", grouped(*times)), of, result])
        }
        Arithmetic::BuyGet { each, times, units, of } => {
            let each = ("each", reduction(*each, names, words));
            let (times, units) =
                (("times", words.count("time", *times)), ("units", words.count("unit", *units)));
            words.fill("how.buy_get", &[times, units, ("of", names.money(*of)), each, result])
        }
        Arithmetic::UnitBands { parts, .. } => {
            let part = |part: &UnitBand| {
                let (units, of) = (("units", words.count("unit", part.units)), ("of", names.money(part.of)));
                words.fill("how.unit_band", &[units, of, ("each", reduction(part.each, names, words))])
            };
            let parts = parts.iter().map(part).collect::<Vec<_>>().join(" + ");
            words.fill("how.unit_bands", &[("parts", parts), result])
        }
        Arithmetic::Gift { sku, units } => {
            words.fill("how.gift", &[("units", grouped(*units)), ("sku", sku.to_string()), result])
        }
        Arithmetic::Points => words.fill("how.points", &[]),
        Arithmetic::Factor { factor } => words.fill("how.factor", &[("factor", factor.to_string())]),
    }
}

/// What is taken off each unit.
fn reduction(reduction: Reduction, names: &Names<'_>, words: Sentences) -> String {
    match reduction {
        Reduction::PercentOff(percent) => {
            words.fill("reduction.percent_off", &[("percent", percent.to_string())])
        }
        Reduction::AmountOff(amount) => {
            words.fill("reduction.amount_off", &[("amount", names.money(amount))])
        }
        Reduction::Price(price) => words.fill("reduction.price", &[("price", names.money(price))]),
    }
}

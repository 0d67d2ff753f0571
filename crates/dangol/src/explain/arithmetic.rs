//! The arithmetic of a discount or an accrual, as one would write it on paper.

use crate::model::{Arithmetic, BandPart};
use crate::value::{Points, Steps};

use super::catalog::Sentences;
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
            words.fill("how.per_unit", &[("points", each.0.grouped()), ("units", units.to_string()), result])
        }
        Arithmetic::Fixed => words.fill("how.fixed", &[result]),
        Arithmetic::Amount { amount, of } => {
            let key = if of < amount { "how.amount.capped" } else { "how.amount" };
            words.fill(key, &[("amount", names.money(*amount)), ("of", names.money(*of)), result])
        }
        Arithmetic::AmountEach { amount, times, of } => {
            let money = [("amount", names.money(*amount)), ("of", names.money(*of))];
            let [amount, of] = money;
            words.fill("how.amount_each", &[amount, ("times", times.to_string()), of, result])
        }
        Arithmetic::FixedPrice { price, times, of } => {
            let (price, of) = (("price", names.money(*price)), ("of", names.money(*of)));
            words.fill("how.fixed_price", &[price, ("times", times.to_string()), of, result])
        }
    }
}

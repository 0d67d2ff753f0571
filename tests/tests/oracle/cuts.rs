//! What an offer takes off: each benefit by its documentation.

use serde_json::Value;

use super::number::Q;
use super::shelf::{Portion, View};
use super::spread::spread;

/// What is taken off each portion, in the smallest units of money.
pub(crate) type Cut = Vec<(Portion, i64)>;

/// Money in the smallest units, of which so many make one.
pub(crate) fn minor(value: &Value, scale: i64) -> i64 {
    Q::of(value).times(Q::whole(scale)).to_whole()
}

fn total(portions: &[Portion]) -> i64 {
    portions.iter().map(|portion| portion.basis).sum()
}

/// What the cut comes to.
pub(crate) fn sum(cut: &Cut) -> i64 {
    cut.iter().map(|(_, amount)| amount).sum()
}

/// Each portion by itself.
fn each(portions: &[Portion], wanted: impl Fn(&Portion) -> i64) -> Cut {
    portions.iter().map(|portion| (*portion, wanted(portion).clamp(0, portion.room))).collect()
}

/// An amount over all of them.
fn over(view: &View<'_>, portions: &[Portion], amount: i64) -> Cut {
    let how = &view.policy["split"];
    let thousandths = |portion: &Portion| {
        portion.units.map_or(view.lines[portion.line].thousandths, |units| units * 1_000).max(1)
    };
    let weights: Vec<i64> = portions
        .iter()
        .map(|portion| match how["weights"].as_str() {
            Some("price") => portion.basis * 1_000 / thousandths(portion),
            Some("units") => thousandths(portion),
            Some("even") => 1,
            _ => portion.basis,
        })
        .collect();
    let room: Vec<i64> = portions.iter().map(|portion| portion.room).collect();
    portions.iter().copied().zip(spread(how, amount, &weights, &room)).collect()
}

fn percent(view: &View<'_>, portions: &[Portion], rate: &Value) -> Cut {
    let rate = Q::of(rate).over(Q::whole(100));
    let of = |basis: i64| view.rounded(Q::whole(basis).times(rate)).min(basis);
    if view.adds {
        return each(portions, |portion| {
            let upto = |rate: Q| view.rounded(Q::whole(portion.basis).times(rate.min(Q::ONE)));
            let before = view.left.added[portion.line];
            upto(before.plus(rate)) - upto(before)
        });
    }
    match view.policy["at"].as_str().unwrap_or("line") {
        "rule" => over(view, portions, of(total(portions))),
        "unit" => each(portions, |portion| {
            let units = view.units_in(portion).unwrap_or(1);
            let one = view.rounded(Q::whole(portion.basis).over(Q::whole(units)).times(rate));
            (one * units).min(portion.basis)
        }),
        "running" => {
            let upto = |line: usize| {
                of(portions.iter().filter(|portion| portion.line <= line).map(|portion| portion.basis).sum())
            };
            let before = |line: usize| {
                of(portions.iter().filter(|portion| portion.line < line).map(|portion| portion.basis).sum())
            };
            each(portions, |portion| upto(portion.line) - before(portion.line))
        }
        _ => each(portions, |portion| of(portion.basis)),
    }
}

fn price_each(view: &View<'_>, portions: &[Portion], price: i64) -> Cut {
    each(portions, |portion| {
        let times = portion.units.or(view.lines[portion.line].delivery.then_some(1));
        times.map_or(0, |times| view.worth(portion) - price * times)
    })
}

/// One of the words of a step or of what is got.
fn reduce(view: &View<'_>, portions: &[Portion], words: &Value, scale: i64, together: bool) -> Cut {
    let view = &View { adds: false, ..*view };
    if let Some(rate) = words.get("percent_off") {
        return percent(view, portions, rate);
    }
    if let Some(price) = words.get("price") {
        return price_each(view, portions, minor(price, scale));
    }
    let amount = minor(&words["amount_off"], scale);
    if together {
        return over(view, portions, amount.min(total(portions)));
    }
    each(portions, |portion| (amount * portion.units.unwrap_or(1)).min(portion.basis))
}

fn tiered(view: &View<'_>, mut portions: Vec<Portion>, kind: &Value, scale: i64) -> Cut {
    let by_units = kind["by"] == "units";
    if by_units {
        portions.retain(|portion| portion.units.is_some());
    }
    let value =
        if by_units { portions.iter().filter_map(|portion| portion.units).sum() } else { total(&portions) };
    let steps = kind["steps"].as_array().unwrap();
    let from = |step: &Value| minor(&step["from"], if by_units { 1 } else { scale });
    let reached: Vec<&Value> = steps.iter().filter(|step| from(step) <= value).collect();
    let Some(step) = reached.last() else { return vec![] };
    if kind["marginal"] != true {
        return reduce(view, &portions, step, scale, true);
    }
    // By amount: what lies in each band, with its rate, rounded once.
    let mut off = Q::ZERO;
    for (number, step) in reached.iter().enumerate() {
        let end = reached.get(number + 1).map_or(value, |next| from(next));
        let part = Q::whole(end - from(step));
        off = off.plus(part.times(Q::of(&step["percent_off"])).over(Q::whole(100)));
    }
    over(view, &portions, view.rounded(off).min(value))
}

/// Units that are bought and got are the same, so it is about their number only.
fn buy_get(view: &View<'_>, kind: &Value, scale: i64) -> Cut {
    let units = view.each_unit(kind["get"]["choose"].as_str().unwrap_or("cheapest"));
    let number = |value: &Value| value.as_u64().map(|number| usize::try_from(number).unwrap());
    let (bought, got) = (number(&kind["buy"]["units"]).unwrap(), number(&kind["get"]["units"]).unwrap());
    let most = number(&kind["at_most_times"]).unwrap_or(usize::MAX);
    let full = (units.len() / (bought + got)).min(most);
    let mut counts = vec![full * got];
    if kind["partial"] == true && full < most && bought * (full + 1) <= units.len() {
        counts.push((got * (full + 1)).min(units.len() - bought * (full + 1)));
    }
    let mut best: Cut = vec![];
    for count in counts {
        let cut = reduce(view, &view.some(&units[..count]), kind, scale, false);
        if sum(&cut) > sum(&best) {
            best = cut;
        }
    }
    best
}

/// So many units for a price, the dearest first, as often as one time more is cheaper.
fn bundle(view: &View<'_>, kind: &Value, scale: i64) -> Cut {
    let units = view.each_unit("dearest");
    let size = usize::try_from(kind["of"][0]["units"].as_u64().unwrap()).unwrap();
    let most = kind["at_most_times"].as_u64().map_or(usize::MAX, |most| usize::try_from(most).unwrap());
    let price = minor(&kind["price"], scale);
    let gain =
        |times: usize| total(&view.some(&units[..times * size])) - price * i64::try_from(times).unwrap();
    let mut times = 0;
    while times < most && (times + 1) * size <= units.len() && gain(times + 1) > gain(times) {
        times += 1;
    }
    over(view, &view.some(&units[..times * size]), gain(times).max(0))
}

/// The lines that the offer touches, or the units of them that it chooses.
pub(crate) fn touched(view: &View<'_>, offer: &Value) -> Vec<Portion> {
    if offer["units"].is_null() { view.all() } else { view.chosen(&offer["units"]) }
}

/// What the offer takes off, never more than it may.
pub(crate) fn cut(view: &View<'_>, offer: &Value, scale: i64) -> Cut {
    let portions = touched(view, offer);
    let (word, kind) = offer["benefit"].as_object().unwrap().iter().next().unwrap();
    let mut cut = match word.as_str() {
        "percent_off" => percent(view, &portions, kind),
        "amount_off" => over(view, &portions, minor(kind, scale).min(total(&portions))),
        "amount_off_each" if kind["per"] == "line" => {
            each(&portions, |portion| minor(&kind["amount"], scale).min(portion.basis))
        }
        "amount_off_each" => {
            reduce(view, &portions, &serde_json::json!({ "amount_off": kind["amount"] }), scale, false)
        }
        "fixed_price" if kind["per"] == "order" => {
            over(view, &portions, (total(&portions) - minor(&kind["price"], scale)).max(0))
        }
        "fixed_price" => price_each(view, &portions, minor(&kind["price"], scale)),
        "tiered" => tiered(view, portions, kind, scale),
        "buy_get" => buy_get(view, kind, scale),
        "bundle_price" => bundle(view, kind, scale),
        other => panic!("the oracle does not know {other}"),
    };
    cut.retain(|(_, amount)| *amount > 0);
    if let Some(most) = offer.get("at_most").map(|most| minor(most, scale)).filter(|most| *most < sum(&cut)) {
        let amounts: Vec<i64> = cut.iter().map(|(_, amount)| *amount).collect();
        let parts = spread(&view.policy["split"], most, &amounts, &amounts);
        cut.iter_mut().zip(parts).for_each(|((_, amount), part)| *amount = part);
        cut.retain(|(_, amount)| *amount > 0);
    }
    cut
}

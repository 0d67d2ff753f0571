//! Lines that an offer could touch, of which there can be none.

use super::Found;
use crate::rule::{Benefit, Offer, OfferScope, PriceRange, Selector};
use crate::value::Id;

/// Every place in the offer from which on there can be no line for it.
pub(in crate::rule) fn without_lines(offer: &Offer) -> Vec<Found> {
    let Some(lines) = &offer.lines else { return Vec::new() };
    let mut found = Vec::new();
    let mut note = |path: String, why: &str| {
        found.push(Found { path, message: format!("the offer never applies, since {why}") });
    };
    if leaves_nothing(lines) {
        note("lines.except".to_owned(), "this leaves out everything that is selected: name less of it");
    }
    let of_goods = lines.tags.is_some()
        || lines.price.is_some()
        || lines.on_sale.is_some()
        || lines.attributes.is_some();
    if offer.on == OfferScope::Shipping && of_goods {
        note(
            "lines".to_owned(),
            "delivery has a name (`skus`) and a method (`categories`) and nothing else: ask for those only",
        );
    }
    for (path, part) in parts(&offer.benefit) {
        if part.is_some_and(|part| leaves_nothing(part) || apart(part, lines) || apart(lines, part)) {
            note(
                path,
                "none of these can be among the `lines` of the offer: name them there too, or leave those out",
            );
        }
    }
    found
}

/// The lines that a benefit speaks of, which must be among those of its offer.
fn parts(benefit: &Benefit) -> Vec<(String, Option<&Selector>)> {
    match benefit {
        Benefit::BuyGet(kind) => vec![
            ("benefit.buy_get.buy.lines".to_owned(), kind.buy.lines.as_ref()),
            ("benefit.buy_get.get.lines".to_owned(), kind.get.lines.as_ref()),
        ],
        Benefit::BundlePrice(kind) => {
            let part = |(index, lines)| (format!("benefit.bundle_price.of[{index}].lines"), lines);
            kind.of.iter().map(|part| part.lines.as_ref()).enumerate().map(part).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether all names of a list that is given are among the others.
fn all_among(names: &Option<Vec<Id>>, others: &Option<Vec<Id>>) -> bool {
    names
        .as_ref()
        .zip(others.as_ref())
        .is_some_and(|(names, others)| !names.is_empty() && names.iter().all(|name| others.contains(name)))
}

/// Whether what the first selects is left out by the second.
fn left_out(one: &Selector, other: &Selector) -> bool {
    other.except.as_ref().is_some_and(|except| {
        all_among(&one.skus, &except.skus)
            || all_among(&one.categories, &except.categories)
            || all_among(&one.tags, &except.tags)
    })
}

fn leaves_nothing(lines: &Selector) -> bool {
    left_out(lines, lines)
}

/// Whether no line is selected by both. A line has many categories and tags, but one article, price and value.
fn apart(one: &Selector, other: &Selector) -> bool {
    let skus = one.skus.as_ref().zip(other.skus.as_ref());
    let on_sale = one.on_sale.zip(other.on_sale);
    let attributes = one.attributes.iter().flatten();
    let differs = |(name, value)| {
        other.attributes.as_ref().and_then(|other| other.get(name)).is_some_and(|other| other != value)
    };
    left_out(one, other)
        || skus.is_some_and(|(one, other)| !one.iter().any(|sku| other.contains(sku)))
        || on_sale.is_some_and(|(one, other)| one != other)
        || one.price.zip(other.price).is_some_and(|(one, other)| is_below(one, other))
        || attributes.into_iter().any(differs)
}

/// Whether all prices of the first lie below those of the second.
fn is_below(one: PriceRange, other: PriceRange) -> bool {
    one.at_most.zip(other.at_least).is_some_and(|(most, least)| most < least)
}

//! Which lines of a basket a rule is about.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AttributeCondition, bounds};
use crate::check::{Check, Filter, Names};
use crate::error::{Code, suggestion};
use crate::model::Attribute;
use crate::value::{Id, Money};

/// Selects lines by article, category and tag: a line must have one of each list that is given, be what `price`, `on_sale`
/// and `attributes` ask, and have none of `except`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// One of these articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<Vec<Id>>,
    /// In one of these categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Id>>,
    /// With one of these tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Id>>,
    /// The price of one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceRange>,
    /// Whether the line is on sale, as the basket says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_sale: Option<bool>,
    /// With each of these attributes, which must have exactly that value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<BTreeMap<Id, Attribute>>,
    /// Lines that are left out all the same; with nothing beside it, all other lines are selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Except>,
    /// Its place in the program's list of selectors.
    #[serde(skip)]
    number: u32,
}

/// Between which prices of one unit a line must lie; both bounds count.
///
/// A line without `price` has `gross` divided by its quantity, exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRange {
    /// The lowest price, more than nothing; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// The highest price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

/// Lines that a selector leaves out: those that have any of these names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Except {
    /// These articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skus: Option<Vec<Id>>,
    /// What is in one of these categories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Id>>,
    /// What has one of these tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Id>>,
    /// The place of each list among the program's selectors: a line must not match any of them.
    #[serde(skip)]
    numbers: Vec<u32>,
}

impl Selector {
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// The selectors that a line must not match.
    pub(crate) fn exceptions(&self) -> &[u32] {
        self.except.as_ref().map_or(&[], |except| &except.numbers)
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        let lists = Names::of(&self.skus, &self.categories, &self.tags);
        let filtered = self.price.is_some() || self.on_sale.is_some() || self.attributes.is_some();
        if lists.is_none() && self.except.is_none() && !filtered {
            check.problem(
                Code::Empty,
                "name `skus`, `categories`, `tags`, `price`, `on_sale`, `attributes` or `except`; leave the whole field \
                 out to mean every line",
            );
        }
        known(&self.skus, &self.categories, &self.tags, check);
        self.check_filter(check);
        let filter = filtered.then(|| self.filter());
        self.number = number(Names { filter, ..lists.unwrap_or_default() }, check);
        if let Some(except) = &mut self.except {
            check.at("except", |check| except.check(check));
        }
    }
}

impl Selector {
    fn check_filter(&mut self, check: &mut Check) {
        if let Some(price) = &mut self.price {
            check.at("price", |check| bounds::money(&mut price.at_least, &mut price.at_most, check));
        }
        let Some(attributes) = &self.attributes else { return };
        check.at("attributes", |check| {
            if attributes.is_empty() {
                check.problem(Code::Empty, "expected at least one entry");
            }
            if attributes.len() > Attribute::MAX_COUNT {
                let (most, found) = (Attribute::MAX_COUNT, attributes.len());
                check.problem(Code::TooMany, format!("at most {most} attributes, found {found}"));
            }
            for (name, value) in attributes {
                check.at(name.as_str(), |check| AttributeCondition::check_value(value, check));
            }
        });
    }

    fn filter(&self) -> Filter {
        let attributes = self.attributes.iter().flatten();
        Filter {
            price_at_least: self.price.and_then(|price| price.at_least),
            price_at_most: self.price.and_then(|price| price.at_most),
            on_sale: self.on_sale,
            attributes: attributes.map(|(name, value)| (name.clone(), value.clone())).collect(),
        }
    }
}

impl Except {
    fn check(&mut self, check: &mut Check) {
        if Names::of(&self.skus, &self.categories, &self.tags).is_none() {
            check.problem(Code::Empty, "name `skus`, `categories` or `tags`");
        }
        known(&self.skus, &self.categories, &self.tags, check);
        // A list is a selector of its own: a line that one of them matches is left out.
        let lists = [
            Names::of(&self.skus, &None, &None),
            Names::of(&None, &self.categories, &None),
            Names::of(&None, &None, &self.tags),
        ];
        self.numbers = lists.into_iter().flatten().map(|names| number(names, check)).collect();
    }
}

impl Names {
    /// The names of the lists that are given; nothing where none is.
    fn of(skus: &List, categories: &List, tags: &List) -> Option<Names> {
        let given = skus.is_some() || categories.is_some() || tags.is_some();
        let all = |names: &List| names.clone().unwrap_or_default();
        given.then(|| Names { skus: all(skus), categories: all(categories), tags: all(tags), filter: None })
    }
}

/// A list of names that may be left out.
type List = Option<Vec<Id>>;

/// The place of a selector of these names in the program's list of selectors.
fn number(names: Names, check: &mut Check) -> u32 {
    let number = u32::try_from(check.selectors.len()).unwrap_or(u32::MAX);
    check.selectors.push(names);
    number
}

/// Notes each name that is not in the catalogue.
fn known(skus: &List, categories: &List, tags: &List, check: &mut Check) {
    check.at("skus", |check| names(skus.as_deref(), check, |catalog| &catalog.skus));
    check.at("categories", |check| names(categories.as_deref(), check, |catalog| &catalog.categories));
    check.at("tags", |check| names(tags.as_deref(), check, |catalog| &catalog.tags));
}

/// Every name must be in the catalogue, where the program has one.
fn names(
    names: Option<&[Id]>,
    check: &mut Check,
    known: impl Fn(&crate::check::Catalog) -> &std::collections::BTreeSet<Id>,
) {
    let Some(names) = names else { return };
    check.not_empty(names);
    for (index, name) in names.iter().enumerate() {
        let Some(catalog) = &check.declared.catalog else { return };
        if !known(catalog).contains(name) {
            let near = suggestion(name.as_str(), known(catalog).iter().map(Id::as_str));
            check.entry(index, |check| {
                check.problem(Code::UnknownName, format!("not in the catalogue: `{name}`{near}"));
            });
        }
    }
}

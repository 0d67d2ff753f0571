//! Which lines of a basket a rule is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Names};
use crate::error::{Code, suggestion};
use crate::value::Id;

/// Selects lines by article, category and tag: a line must have one of each list that is given, and none of `except`.
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
    /// Lines that are left out all the same; with nothing beside it, all other lines are selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Except>,
    /// Its place in the program's list of selectors.
    #[serde(skip)]
    number: u32,
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
        if lists.is_none() && self.except.is_none() {
            check.problem(
                Code::Empty,
                "name `skus`, `categories`, `tags` or `except`; leave the whole field out to mean every line",
            );
        }
        known(&self.skus, &self.categories, &self.tags, check);
        self.number = number(lists.unwrap_or_default(), check);
        if let Some(except) = &mut self.except {
            check.at("except", |check| except.check(check));
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
        given.then(|| Names { skus: all(skus), categories: all(categories), tags: all(tags) })
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

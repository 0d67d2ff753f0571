//! Which lines of a basket a rule is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Names};
use crate::error::{Code, suggestion};
use crate::value::Id;

/// Selects lines by article, category and tag: a line must have one of each list that is given.
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
    /// Its place in the program's list of selectors.
    #[serde(skip)]
    number: u32,
}

impl Selector {
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        if self.skus.is_none() && self.categories.is_none() && self.tags.is_none() {
            check.problem(
                Code::Empty,
                "name `skus`, `categories` or `tags`; leave the whole field out to mean every line",
            );
        }
        check.at("skus", |check| names(self.skus.as_deref(), check, |catalog| &catalog.skus));
        check.at("categories", |check| {
            names(self.categories.as_deref(), check, |catalog| &catalog.categories)
        });
        check.at("tags", |check| names(self.tags.as_deref(), check, |catalog| &catalog.tags));
        let all = |names: &Option<Vec<Id>>| names.clone().unwrap_or_default();
        self.number = u32::try_from(check.selectors.len()).unwrap_or(u32::MAX);
        let (skus, categories, tags) = (all(&self.skus), all(&self.categories), all(&self.tags));
        check.selectors.push(Names { skus, categories, tags });
    }
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

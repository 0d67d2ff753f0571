//! From a document to a program: every section and entry by itself, so that all problems are reported at once.

use serde::de::DeserializeOwned;

use super::names::{declared, unique};
use super::{CatalogFile, DiscountPolicy, Program, ProgramFile};
use crate::check::{Check, Declared};
use crate::document::{self, Node};
use crate::error::{Code, Problem, ProgramError, join, suggestion};
use crate::rule::{AccrualRule, Benefit, Choose, Lane, Offer, Tier, TierLadder, Wallet};
use crate::value::{Currency, Id, Money, Rounding, Text, Zone};

/// A section whose broken entries are left out; each entry keeps its place in the file.
type Entries<T> = Vec<(usize, T)>;

/// Stands for a currency that cannot be read, so that the rest is checked all the same.
const PLACEHOLDER: Currency = Currency::WON;

/// A walk over the fields of the document.
struct Reader<'a> {
    document: &'a Node,
    problems: Vec<Problem>,
}

/// Checks a document as a whole and compiles it.
pub(super) fn program(document: &Node) -> Result<Program, ProgramError> {
    let Node::Fields(fields) = document else {
        return Err(Problem::new(Code::WrongType, "", "a program is an object with fields").into());
    };
    let mut reader = Reader { document, problems: Vec::new() };
    for (name, _) in fields.iter().filter(|(name, _)| !ProgramFile::FIELDS.contains(&name.as_str())) {
        let near = suggestion(name, ProgramFile::FIELDS);
        reader.note(Code::UnknownField, name, format!("no such field: `{name}`{near}"));
    }
    // A misspelt section may be the one that declares a name.
    let sections_known = reader.problems.is_empty();
    reader.format();
    let id: Option<Id> = reader.required("id");
    let version: Option<Id> = reader.required("version");
    let name: Option<Text> = reader.optional("name");
    let currency: Option<Currency> = reader.required("currency");
    let zone = reader.zone();
    let line_rounding: Option<Rounding> = reader.optional("line_rounding");
    let discounts: Option<DiscountPolicy> = reader.optional("discounts");
    let before_names = reader.problems.len();
    let catalog: Option<CatalogFile> = reader.optional("catalog");
    let wallets: Entries<Wallet> = reader.entries("", "wallets");
    let tiers = reader.ladder();
    let mut lanes: Entries<Lane> = reader.entries("", "lanes");
    let known = sections_known && reader.problems.len() == before_names;
    let accruals: Entries<AccrualRule> = reader.entries("", "accruals");
    let offers: Entries<Offer> = reader.entries("", "offers");
    if lanes.is_empty()
        && let Ok(id) = "offers".parse()
    {
        lanes.push((0, Lane::default_lane(id)));
    }
    let mut parts = Parts { wallets, tiers, lanes, accruals, offers };
    let names = Declared { known, ..parts.names(catalog.as_ref()) };
    let mut check = Check::new(currency.unwrap_or(PLACEHOLDER), names);
    parts.check(line_rounding, discounts, &mut check);
    // The digits of a currency that cannot be read are nobody's mistake.
    check.problems.retain(|problem| currency.is_some() || problem.code != Code::TooManyDigits);
    check.problems.append(&mut reader.problems);
    check.problems.sort_by_cached_key(|problem| document::place(document, &problem.path));
    ProgramError::unless_empty(std::mem::take(&mut check.problems))?;
    let (Some(id), Some(version), Some(currency)) = (id, version, currency) else {
        return Err(
            Problem::new(Code::MissingField, "", "`id`, `version` and `currency` are required").into()
        );
    };
    let file = ProgramFile {
        schema: None,
        format: Program::FORMAT,
        id,
        version,
        name,
        currency,
        zone: zone.unwrap_or_default(),
        line_rounding: line_rounding.unwrap_or_default(),
        discounts: discounts.unwrap_or_default(),
        catalog,
        wallets: values(parts.wallets),
        tiers: parts.tiers,
        accruals: values(parts.accruals),
        lanes: values(parts.lanes),
        offers: values(parts.offers),
    };
    Program::compile(file, &check)
}

fn values<T>(entries: Entries<T>) -> Vec<T> {
    entries.into_iter().map(|(_, entry)| entry).collect()
}

impl Reader<'_> {
    fn note(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, path, message));
    }

    fn kept<T>(&mut self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn format(&mut self) {
        match self.required::<u32>("format") {
            Some(format) if format != Program::FORMAT => {
                let message = format!("this release reads format {}, found `{format}`", Program::FORMAT);
                self.note(Code::UnsupportedFormat, "format", message);
            }
            _ => {}
        }
    }

    fn zone(&mut self) -> Option<Zone> {
        let zone = self.optional("zone");
        if let (None, Some(Node::Text(wrong)), Some(problem)) =
            (zone, self.document.field("zone"), self.problems.last_mut())
        {
            problem.message.push_str(&suggestion(wrong, Zone::iana_names()));
        }
        zone
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let node = self.document.field(name).filter(|node| **node != Node::Null)?;
        self.kept(document::typed(node, name))
    }

    fn required<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        if self.document.field(name).is_none() {
            self.note(Code::MissingField, name, format!("field `{name}` is missing"));
            return None;
        }
        let node = self.document.field(name)?;
        self.kept(document::typed(node, name))
    }

    /// The entries of a list below `base`; each broken one is a problem of its own.
    fn entries<T: DeserializeOwned>(&mut self, base: &str, name: &str) -> Entries<T> {
        let parent = if base.is_empty() { Some(self.document) } else { self.document.field(base) };
        let path = join(base, name);
        match parent.and_then(|parent| parent.field(name)) {
            None | Some(Node::Null) => Vec::new(),
            Some(Node::List(nodes)) if nodes.len() > Program::MAX_ENTRIES => {
                let message = format!("at most {} entries, found {}", Program::MAX_ENTRIES, nodes.len());
                self.note(Code::TooMany, &path, message);
                Vec::new()
            }
            Some(Node::List(nodes)) => {
                let entry = |(index, node)| {
                    Some((index, self.kept(document::typed(node, &format!("{path}[{index}]")))?))
                };
                nodes.iter().enumerate().filter_map(entry).collect()
            }
            Some(_) => {
                self.note(Code::WrongType, &path, "expected a list");
                Vec::new()
            }
        }
    }

    /// The ladder, with each tier by itself.
    fn ladder(&mut self) -> Option<TierLadder> {
        let node = self.document.field("tiers").filter(|node| **node != Node::Null)?;
        if !matches!(node.field("tiers"), Some(Node::List(_))) {
            return self.kept(document::typed(node, "tiers"));
        }
        let tiers: Entries<Tier> = self.entries("tiers", "tiers");
        let Node::Fields(fields) = node else { return None };
        let shell = fields.iter().map(|(name, node)| {
            (name.clone(), if name == "tiers" { Node::List(Vec::new()) } else { node.clone() })
        });
        let mut ladder: TierLadder = self.kept(document::typed(&Node::Fields(shell.collect()), "tiers"))?;
        ladder.tiers = values(tiers);
        Some(ladder)
    }
}

/// The sections that declare or mention names.
struct Parts {
    wallets: Entries<Wallet>,
    tiers: Option<TierLadder>,
    lanes: Entries<Lane>,
    accruals: Entries<AccrualRule>,
    offers: Entries<Offer>,
}

impl Parts {
    fn names(&self, catalog: Option<&CatalogFile>) -> Declared {
        let wallets = self.wallets.iter().map(|(_, wallet)| wallet);
        declared(wallets, self.tiers.as_ref(), self.lanes.iter().map(|(_, lane)| lane), catalog)
    }

    fn check(&mut self, lines: Option<Rounding>, discounts: Option<DiscountPolicy>, check: &mut Check) {
        for (field, rounding) in
            [("line_rounding", lines), ("discounts.rounding", discounts.map(|it| it.rounding))]
        {
            if let Some(unit) = rounding.map(|rounding| rounding.unit).filter(|unit| !unit.is_zero()) {
                check.at(field, |check| check.at("unit", |check| check.positive_money(&mut Money(unit))));
            }
        }
        section(&mut self.wallets, "wallets", check, |check, wallet| wallet.check(check));
        if let Some(ladder) = &mut self.tiers {
            // Where a tier cannot be read, nothing is said about the order of the others.
            if check.declared.known {
                check.at("tiers", |check| ladder.check(check));
            }
            let ids = ladder.tiers.iter().map(|tier| &tier.id).enumerate();
            unique("tiers.tiers", ids, &mut check.problems);
        }
        section(&mut self.lanes, "lanes", check, |check, lane| lane.check(check));
        section(&mut self.accruals, "accruals", check, |check, rule| rule.check(check));
        section(&mut self.offers, "offers", check, |check, offer| offer.check(check));
        unique("wallets", self.wallets.iter().map(|(index, entry)| (*index, &entry.id)), &mut check.problems);
        unique("lanes", self.lanes.iter().map(|(index, entry)| (*index, &entry.id)), &mut check.problems);
        unique(
            "accruals",
            self.accruals.iter().map(|(index, entry)| (*index, &entry.id)),
            &mut check.problems,
        );
        unique("offers", self.offers.iter().map(|(index, entry)| (*index, &entry.id)), &mut check.problems);
        self.unique_codes(check);
        self.fitting_lanes(check);
        self.fitting_groups(check);
    }

    /// Rules of one group are compared, so they must grant the same kind of points.
    fn fitting_groups(&self, check: &mut Check) {
        let first = self.wallets.first().map(|(_, wallet)| &wallet.id);
        let wallet = |rule: &AccrualRule| rule.wallet.clone().or_else(|| first.cloned());
        let mut groups = std::collections::BTreeMap::new();
        for (index, rule) in &self.accruals {
            let Some(group) = &rule.group else { continue };
            if *groups.entry(group).or_insert_with(|| wallet(rule)) != wallet(rule) {
                let path = format!("accruals[{index}].group");
                let message = format!("other rules of group `{group}` grant points of another wallet");
                check.problems.push(Problem::new(Code::Contradiction, path, message));
            }
        }
    }

    /// Offers must be of a kind that their lane can choose among.
    fn fitting_lanes(&self, check: &mut Check) {
        for (index, offer) in &self.offers {
            let home = self.lanes.iter().map(|(_, lane)| lane);
            let Some(lane) = home.clone().find(|lane| offer.lane.as_ref().is_none_or(|id| *id == lane.id))
            else {
                continue;
            };
            let mut misfit = |field: &str, message: &str| {
                let path = format!("offers[{index}].{field}");
                check.problems.push(Problem::new(
                    Code::Contradiction,
                    path,
                    format!("lane `{}` {message}", lane.id),
                ));
            };
            if lane.choose == Choose::BestPerLine && !matches!(offer.benefit, Benefit::PercentOff(_)) {
                misfit("benefit", "chooses for each line, which only `percent_off` allows");
            }
            if lane.choose == Choose::BestPerLine && offer.cost.is_some() {
                misfit("cost", "chooses for each line, so its offers cannot cost points");
            }
            if lane.choose != Choose::Best && offer.group.is_some() {
                misfit("group", "does not choose the best, so its offers have no groups");
            }
            if lane.choose != Choose::Best && offer.exclusive {
                misfit("exclusive", "does not choose the best, so none of its offers is exclusive");
            }
        }
    }

    fn unique_codes(&self, check: &mut Check) {
        let mut seen = std::collections::BTreeSet::new();
        for (index, offer) in &self.offers {
            if let Some(code) = &offer.code
                && !seen.insert(Offer::normal_code(code))
            {
                let path = format!("offers[{index}].code");
                let message = format!("`{code}` is the code of another offer too");
                check.problems.push(Problem::new(Code::DuplicateId, path, message));
            }
        }
    }
}

fn section<T>(entries: &mut Entries<T>, name: &str, check: &mut Check, walk: impl Fn(&mut Check, &mut T)) {
    check.at(name, |check| {
        for (index, entry) in entries {
            check.entry(*index, |check| walk(check, entry));
        }
    });
}

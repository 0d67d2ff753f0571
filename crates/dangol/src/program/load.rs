//! From a document to a program: every section and entry by itself, so that all problems are reported at once.

use serde::de::DeserializeOwned;

use super::known::Known;
use super::parts::{Entries, Parts, ReadLadders};
use super::{CatalogFile, Ladders, Program, ProgramFile};
use crate::check::Check;
use crate::document::{self, Node};
use crate::error::{Code, Problem, ProgramError, join, suggestion};
use crate::model::ReturnPolicy;
use crate::rule::{
    AccrualRule, Budget, DiscountPolicy, Lane, Multiplier, Offer, Reward, TaxPolicy, Tier, TierLadder, Wallet,
};
use crate::value::{
    Amount, CodeShape, Coinage, Currency, Id, LeapDay, LineRounding, Money, Rounding, Text, Zone,
};

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
    let fields_known = reader.problems.is_empty();
    reader.format();
    let head = reader.head();
    let before_sections = reader.problems.len();
    let catalog: Option<CatalogFile> = reader.optional("catalog");
    let wallets: Entries<Wallet> = reader.entries("wallets");
    let before_tiers = reader.problems.len();
    let tiers = reader.ladders();
    let tiers_read = reader.problems.len() == before_tiers;
    let mut lanes: Entries<Lane> = reader.entries("lanes");
    let budgets: Entries<Budget> = reader.entries("budgets");
    let accruals: Entries<AccrualRule> = reader.entries("accruals");
    let multipliers: Entries<Multiplier> = reader.entries("multipliers");
    let offers: Entries<Offer> = reader.entries("offers");
    let grants_read = fields_known && reader.problems.len() == before_sections;
    let rewards: Entries<Reward> = reader.entries("rewards");
    let mut known = Known::of(document, &offers);
    if lanes.is_empty()
        && known.lanes.as_ref().is_none_or(Vec::is_empty)
        && let Some(lane) = Lane::default_lane()
    {
        known.lanes = known.lanes.map(|_| vec![lane.id.clone()]);
        lanes.push((0, lane));
    }
    let mut parts = Parts {
        wallets,
        tiers,
        lanes,
        accruals,
        multipliers,
        budgets,
        offers,
        rewards,
        known,
        tiers_read,
        grants_read,
    };
    let coinage = Coinage::new(head.currency.unwrap_or(PLACEHOLDER), head.digits);
    let mut check = Check::new(coinage, parts.names(catalog.as_ref()));
    head.check(&mut check);
    parts.check(&mut check);
    if let Some(codes) = head.codes {
        check.at("codes", |check| super::names::code_shape(codes, check));
        parts.enough_codes(codes, &mut check);
    }
    // The digits of a currency that cannot be read are nobody's mistake.
    check.problems.retain(|problem| head.currency.is_some() || problem.code != Code::TooManyDigits);
    check.problems.append(&mut reader.problems);
    check.problems.sort_by_cached_key(|problem| document::place(document, &problem.path));
    ProgramError::unless_empty(std::mem::take(&mut check.problems))?;
    Program::compile(file(head, catalog, parts)?, &check)
}

/// The file of a document without problems.
fn file(head: Head, catalog: Option<CatalogFile>, parts: Parts) -> Result<ProgramFile, Problem> {
    let (Some(id), Some(version), Some(currency)) = (head.id, head.version, head.currency) else {
        return Err(Problem::new(Code::MissingField, "", "`id`, `version` and `currency` are required"));
    };
    Ok(ProgramFile {
        schema: None,
        format: Program::FORMAT,
        id,
        version,
        name: head.name,
        currency,
        zone: head.zone.unwrap_or_default(),
        leap_day: head.leap_day.unwrap_or_default(),
        digits: head.digits,
        price_digits: head.price_digits,
        line_rounding: head.line_rounding.unwrap_or_default(),
        due_rounding: head.due_rounding,
        tax: head.tax.unwrap_or_default(),
        discounts: head.discounts.unwrap_or_default(),
        returns: head.returns.unwrap_or_default(),
        codes: head.codes,
        catalog,
        wallets: values(parts.wallets),
        tiers: Ladders(values(parts.tiers.ladders)),
        accruals: values(parts.accruals),
        multipliers: values(parts.multipliers),
        budgets: values(parts.budgets),
        lanes: values(parts.lanes),
        offers: values(parts.offers),
        rewards: values(parts.rewards),
    })
}

fn values<T>(entries: Entries<T>) -> Vec<T> {
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The fields that stand for themselves.
struct Head {
    id: Option<Id>,
    version: Option<Id>,
    name: Option<Text>,
    currency: Option<Currency>,
    zone: Option<Zone>,
    leap_day: Option<LeapDay>,
    digits: Option<u8>,
    price_digits: Option<u8>,
    line_rounding: Option<LineRounding>,
    due_rounding: Option<Rounding>,
    tax: Option<TaxPolicy>,
    discounts: Option<DiscountPolicy>,
    returns: Option<ReturnPolicy>,
    codes: Option<CodeShape>,
}

impl Head {
    /// Money is rounded to multiples of money.
    fn check(&self, check: &mut Check) {
        let roundings = [
            ("line_rounding", self.line_rounding.map(LineRounding::rounding)),
            ("due_rounding", self.due_rounding),
            ("tax.rounding", self.tax.map(|tax| tax.rounding)),
        ];
        for (field, rounding) in roundings {
            if let Some(unit) = rounding.map(|rounding| rounding.unit).filter(|unit| !unit.is_zero()) {
                check.at(field, |check| check.at("unit", |check| check.positive_money(&mut Money(unit))));
            }
        }
        if let Some(discounts) = self.discounts {
            check.at("discounts", |check| discounts.check(check));
        }
    }
}

impl Reader<'_> {
    fn head(&mut self) -> Head {
        Head {
            id: self.required("id"),
            version: self.required("version"),
            name: self.optional("name"),
            currency: self.required("currency"),
            zone: self.zone(),
            leap_day: self.optional("leap_day"),
            digits: self.digits("digits"),
            price_digits: self.digits("price_digits"),
            line_rounding: self.optional("line_rounding"),
            due_rounding: self.optional("due_rounding"),
            tax: self.optional("tax"),
            discounts: self.optional("discounts"),
            returns: self.optional("returns"),
            codes: self.optional("codes"),
        }
    }

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

    /// How many digits amounts have, which are not more than an amount can have.
    fn digits(&mut self, name: &str) -> Option<u8> {
        let digits: u8 = self.optional(name)?;
        if digits > Amount::MAX_DIGITS {
            let message = format!("must be at most {}, found `{digits}`", Amount::MAX_DIGITS);
            self.note(Code::OutOfRange, name, message);
            return None;
        }
        Some(digits)
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

    /// The entries of a section; each broken one is a problem of its own.
    fn entries<T: DeserializeOwned>(&mut self, name: &str) -> Entries<T> {
        self.list(self.document.field(name), name)
    }

    /// The entries of a list that stands at that path.
    fn list<T: DeserializeOwned>(&mut self, list: Option<&Node>, path: &str) -> Entries<T> {
        self.each(list, path, |reader, node, path| reader.kept(document::typed(node, path)))
    }

    /// What is read of each entry of a list that stands at that path; those of which nothing can be read are left out.
    fn each<T>(
        &mut self,
        list: Option<&Node>,
        path: &str,
        mut read: impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Entries<T> {
        match list {
            None | Some(Node::Null) => Vec::new(),
            Some(Node::List(nodes)) if nodes.len() > Program::MAX_ENTRIES => {
                let message = format!("at most {} entries, found {}", Program::MAX_ENTRIES, nodes.len());
                self.note(Code::TooMany, path, message);
                Vec::new()
            }
            Some(Node::List(nodes)) => {
                let entry = |(index, node)| Some((index, read(self, node, &format!("{path}[{index}]"))?));
                nodes.iter().enumerate().filter_map(entry).collect()
            }
            Some(_) => {
                self.note(Code::WrongType, path, "expected a list");
                Vec::new()
            }
        }
    }

    /// The ladders, with each tier by itself.
    fn ladders(&mut self) -> ReadLadders {
        let node = self.document.field("tiers").filter(|node| **node != Node::Null);
        let in_list = matches!(node, Some(Node::List(_)));
        let ladders = match node {
            Some(node) if !in_list => {
                self.ladder(node, "tiers").map(|ladder| (0, ladder)).into_iter().collect()
            }
            list => self.each(list, "tiers", Self::ladder),
        };
        ReadLadders { in_list, ladders }
    }

    /// One ladder that stands at that path.
    fn ladder(&mut self, node: &Node, path: &str) -> Option<TierLadder> {
        let (Node::Fields(fields), Some(Node::List(_))) = (node, node.field("tiers")) else {
            return self.kept(document::typed(node, path));
        };
        let tiers: Entries<Tier> = self.list(node.field("tiers"), &join(path, "tiers"));
        let shell = fields.iter().map(|(name, node)| {
            (name.clone(), if name == "tiers" { Node::List(Vec::new()) } else { node.clone() })
        });
        let mut ladder: TierLadder = self.kept(document::typed(&Node::Fields(shell.collect()), path))?;
        ladder.tiers = values(tiers);
        Some(ladder)
    }
}

//! A program: the file that a shop writes, checked as a whole, and its compiled form.

mod combining;
mod digest;
mod file;
mod fitting;
mod hidden;
mod index;
mod issuing;
mod known;
mod ladders;
mod load;
mod measured;
mod names;
mod parts;
mod space;

pub use file::{CatalogFile, Ladders, ProgramFile};

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::check::{Check, TierPlace};
use crate::document;
use crate::error::{Code, Problem, ProgramError};
use crate::ledger::BurnOrder;
use crate::model::ProgramRef;
use crate::rule::{AccrualRule, Budget, Lane, Multiplier, Offer, OrderKey, Wallet};
use crate::value::{Coinage, Id, Period, Zone};
use rustc_hash::FxHashMap;

pub(crate) use digest::digest;
use hidden::Hidden;
use index::Index;
use issuing::Issuing;
use measured::Measured;

/// A loyalty program that was checked as a whole: only such a program can be evaluated.
///
/// Cheap to clone, immutable, `Send` and `Sync`. The same text gives the same program on every machine.
///
/// ```
/// let program = dangol::Program::from_json(r#"{
///     "format": 1, "id": "cafe", "version": "1", "currency": "KRW", "zone": "+09:00",
///     "wallets": [{ "id": "points" }],
///     "accruals": [{ "id": "base", "award": { "percent": "5" } }]
/// }"#)?;
/// assert_eq!(program.id().as_str(), "cafe");
///
/// let error = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "WON" }"#);
/// assert_eq!(error.unwrap_err().problems()[0].path, "currency");
/// # Ok::<(), dangol::ProgramError>(())
/// ```
#[derive(Clone)]
pub struct Program(Arc<Compiled>);

/// Everything about a program that does not depend on a basket.
pub(crate) struct Compiled {
    pub(crate) file: ProgramFile,
    pub(crate) reference: ProgramRef,
    pub(crate) coinage: Coinage,
    pub(crate) index: Index,
    /// The accruals by id.
    pub(crate) accruals: Vec<usize>,
    /// The multipliers by id.
    pub(crate) multipliers: Vec<usize>,
    /// The rules of offers that make points: their numbers follow those of the file's own.
    pub(crate) hidden: Hidden,
    /// The lanes in order, each with its offers by priority and id.
    pub(crate) lanes: Vec<(Lane, Vec<usize>)>,
    /// Which offer a code belongs to.
    pub(crate) codes: FxHashMap<String, usize>,
    /// The offers with coupon terms, by id.
    pub(crate) coupons: FxHashMap<Id, usize>,
    /// The offers of which coupons are issued by themselves, by id.
    pub(crate) issuing: Issuing,
    /// The codes that conditions mention: known, whether or not they belong to an offer.
    pub(crate) mentioned: BTreeSet<String>,
    /// The tiers of all ladders, the lowest of each first.
    pub(crate) tiers: Vec<TierPlace>,
    /// How far back conditions look at a member's activity, each once.
    pub(crate) windows: Vec<Period>,
    /// What ladders measure beside orders.
    pub(crate) measured: Measured,
    /// Whether a condition looks at what offers left of single lines.
    pub(crate) sees_rest: bool,
    /// Whether a rule grants points on birthdays or anniversaries.
    pub(crate) yearly: bool,
}

impl Program {
    /// The format number that this release reads and writes.
    pub const FORMAT: u32 = 1;
    /// The most rules (accruals, offers, wallets, lanes or tiers) that one section may have.
    pub const MAX_ENTRIES: usize = 10_000;
    /// The largest program file, in bytes.
    pub const MAX_BYTES: usize = document::MAX_DOCUMENT_BYTES;

    /// The JSON Schema of the program file, for editors: what `dangol schema` prints.
    pub const SCHEMA: &str = include_str!("../../docs/program.schema.json");

    /// Reads and checks a program file in JSON.
    ///
    /// # Errors
    /// A [`ProgramError`] with every problem and its path. Text that is not JSON, or that is too large or nested too
    /// deep, is the only problem then.
    pub fn from_json(text: &str) -> Result<Program, ProgramError> {
        load::program(&document::json(text, Program::MAX_BYTES)?)
    }

    /// Reads and checks a program file in TOML.
    ///
    /// # Errors
    /// A [`ProgramError`] with every problem and its path, as with JSON.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Program, ProgramError> {
        load::program(&document::toml(text, Program::MAX_BYTES)?)
    }

    /// The id that the file gives it.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.0.reference.id
    }

    /// The version that the file gives it.
    #[must_use]
    pub fn version(&self) -> &Id {
        &self.0.reference.version
    }

    /// The first 128 bits of the SHA-256 of its content, in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &Id {
        &self.0.reference.hash
    }

    /// The content of the file, with every default filled in.
    #[must_use]
    pub fn file(&self) -> &ProgramFile {
        &self.0.file
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.0
    }

    /// Compiles a file that has no problems.
    fn compile(file: ProgramFile, check: &Check) -> Result<Program, ProgramError> {
        let text = serde_json::to_string(&file)
            .map_err(|error| Problem::new(Code::InvalidValue, "", error.to_string()))?;
        let hash = digest(&text, 16)
            .parse()
            .map_err(|_| Problem::new(Code::InvalidValue, "", "the hash is no id"))?;
        let reference = ProgramRef { id: file.id.clone(), version: file.version.clone(), hash };
        let hidden = Hidden::new(&file.offers);
        let accruals = hidden::by_id(&file.accruals, &hidden.accruals, |rule| &rule.id);
        let multipliers = hidden::by_id(&file.multipliers, &hidden.multipliers, |one| &one.id);
        let codes = file.offers.iter().enumerate();
        let codes =
            codes.filter_map(|(index, offer)| Some((Offer::normal_code(offer.code.as_ref()?), index)));
        let codes = codes.collect();
        let with_terms = file.offers.iter().enumerate().filter(|(_, offer)| offer.coupon.is_some());
        let coupons = with_terms.map(|(index, offer)| (offer.id.clone(), index)).collect();
        let issuing = Issuing::new(&file.offers);
        let lanes = lanes(&file);
        let tiers = names::tier_places(file.tiers.0.iter());
        let measured = Measured::new(&file);
        let index = Index::new(&check.selectors);
        let coinage = check.currency;
        let mentioned = check.codes.clone();
        let windows = check.windows.clone();
        let sees_rest = check.sees_rest;
        let yearly = file.accruals.iter().any(|rule| rule.on.is_yearly());
        Ok(Program(Arc::new(Compiled {
            file,
            reference,
            coinage,
            index,
            accruals,
            multipliers,
            hidden,
            lanes,
            codes,
            coupons,
            issuing,
            mentioned,
            tiers,
            windows,
            measured,
            sees_rest,
            yearly,
        })))
    }
}

/// Which of two offers comes first, each with its place in the document.
fn in_order(keys: &[OrderKey], (a, first): (usize, &Offer), (b, second): (usize, &Offer)) -> Ordering {
    keys.iter().fold(Ordering::Equal, |order, key| {
        order.then_with(|| match key {
            OrderKey::Priority => first.priority.cmp(&second.priority),
            OrderKey::PriorityDescending => second.priority.cmp(&first.priority),
            OrderKey::Document => a.cmp(&b),
            OrderKey::Id => first.id.cmp(&second.id),
            OrderKey::Specific => rank(first).cmp(&rank(second)),
            OrderKey::Scope => first.breadth().cmp(&second.breadth()),
        })
    })
}

/// How narrow an offer's selector is: articles, tags, categories, everything.
fn rank(offer: &Offer) -> u8 {
    match &offer.lines {
        Some(lines) if lines.skus.is_some() => 0,
        Some(lines) if lines.tags.is_some() => 1,
        Some(lines) if lines.categories.is_some() => 2,
        Some(_) => 3,
        None => 4,
    }
}

/// Each lane with its offers in its order.
fn lanes(file: &ProgramFile) -> Vec<(Lane, Vec<usize>)> {
    let mut lanes: Vec<(Lane, Vec<usize>)> =
        file.lanes.iter().map(|lane| (lane.clone(), Vec::new())).collect();
    for (index, offer) in file.offers.iter().enumerate() {
        let home = offer.lane.as_ref();
        let lane = lanes.iter_mut().find(|(lane, _)| home.is_none_or(|id| *id == lane.id));
        if let Some((_, offers)) = lane {
            offers.push(index);
        }
    }
    for (lane, offers) in &mut lanes {
        offers.sort_by(|a, b| match (file.offers.get(*a), file.offers.get(*b)) {
            (Some(first), Some(second)) => in_order(&lane.order, (*a, first), (*b, second)),
            _ => Ordering::Equal,
        });
    }
    lanes
}

impl Compiled {
    /// The currency, with the digits that the program works with.
    pub(crate) fn currency(&self) -> Coinage {
        self.coinage
    }

    pub(crate) fn zone(&self) -> Zone {
        self.file.zone
    }

    pub(crate) fn offer(&self, index: usize) -> Option<&Offer> {
        self.file.offers.get(index)
    }

    pub(crate) fn offer_of(&self, id: &Id) -> Option<&Offer> {
        self.file.offers.iter().find(|offer| offer.id == *id)
    }

    pub(crate) fn accruals(&self) -> impl Iterator<Item = &AccrualRule> {
        let entry = |number: &usize| hidden::entry(&self.file.accruals, &self.hidden.accruals, *number);
        self.accruals.iter().filter_map(entry)
    }

    pub(crate) fn multipliers(&self) -> impl Iterator<Item = &Multiplier> {
        let entry = |number: &usize| hidden::entry(&self.file.multipliers, &self.hidden.multipliers, *number);
        self.multipliers.iter().filter_map(entry)
    }

    pub(crate) fn budget(&self, id: &Id) -> Option<&Budget> {
        self.file.budgets.iter().find(|budget| budget.id == *id)
    }

    /// The wallet of that name, or the first one where none is named.
    pub(crate) fn wallet(&self, id: Option<&Id>) -> Option<&Wallet> {
        self.file.wallets.iter().find(|wallet| id.is_none_or(|id| wallet.id == *id))
    }

    /// In which order the lots of a wallet are used up; the usual one where the program has no such wallet any more.
    pub(crate) fn burn_order(&self, wallet: &Id) -> BurnOrder {
        self.wallet(Some(wallet)).map(|wallet| wallet.burn_order).unwrap_or_default()
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Program").field(&self.0.reference).finish()
    }
}

impl PartialEq for Program {
    fn eq(&self, other: &Program) -> bool {
        self.0.reference == other.0.reference
    }
}

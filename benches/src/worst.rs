//! The worst size that the documentation promises an exact answer for: 20 coupons in 5 groups, any five of them
//! together, over 40 lines. Programs and baskets are made here, the same ones each time, in kinds that are hard in
//! different ways.

use std::fmt::Write as _;
use std::hint::black_box;

use dangol::wire::QuoteRequest;
use dangol::{Basket, Line, Member, Program};

use crate::measure::Task;
use crate::random::Random;
use crate::{Outcome, convert};

/// The lines of the basket.
pub const LINES: u64 = 40;
/// The coupons that are shown.
pub const COUPONS: u64 = 20;
/// The groups, of each of which at most one coupon applies.
pub const GROUPS: u64 = 5;
/// How many programs of each kind there are.
pub const SEEDS: u64 = 8;
/// What a quote may take, in picoseconds.
pub const LIMIT: u64 = 5_000_000_000;

/// In which way the choice is hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Percentages of different height, each on about half of the lines.
    Percents,
    /// Amounts, each on a few lines, so that they use up what is left.
    Amounts,
    /// Both in turn, so that it matters which one comes first.
    Mixed,
    /// The same percentage on nearly all lines: hardly any combination can be ruled out early.
    Alike,
}

impl Kind {
    /// All kinds with their names.
    pub const ALL: [(&str, Kind); 4] = [
        ("percents", Kind::Percents),
        ("amounts", Kind::Amounts),
        ("mixed", Kind::Mixed),
        ("alike", Kind::Alike),
    ];
}

/// One program with its basket.
#[derive(Debug)]
pub struct Case {
    /// Its name: kind and seed.
    pub name: String,
    program: Program,
    request: QuoteRequest,
}

impl Case {
    /// All cases, kind by kind.
    pub fn all() -> Outcome<Vec<Case>> {
        let seeds = |kind| (0..SEEDS).map(move |seed| (kind, seed));
        Kind::ALL.into_iter().flat_map(seeds).map(|(kind, seed)| Case::new(kind, seed)).collect()
    }

    fn new((name, kind): (&str, Kind), seed: u64) -> Outcome<Case> {
        let mut random = Random::seeded(seed);
        let program = Program::from_json(&program(kind, &mut random)?)?;
        let mut lines = Vec::new();
        for number in 0..LINES {
            let mut line = Line::new(sku(number).parse()?, random.between(500, 20_000).to_string().parse()?);
            line.quantity = random.between(1, 3).to_string().parse()?;
            lines.push(line);
        }
        let codes = (0..COUPONS).map(code).collect();
        let request = QuoteRequest {
            member: Member::new("m1".parse()?),
            basket: Basket { lines, codes, ..Basket::default() },
            now: convert::instant(1_772_000_000)?,
            pool: None,
        };
        Ok(Case { name: format!("worst {name} {seed}"), program, request })
    }

    /// Its quote as a task.
    #[must_use]
    pub fn task(self) -> Task {
        let Case { name, program, request } = self;
        Task::new(name, move || {
            let request = black_box(&request);
            let _ = black_box(program.quote(&request.member, &request.basket, request.now));
        })
    }

    /// Whether the best combination is proved.
    pub fn proved(&self) -> Outcome<bool> {
        let QuoteRequest { member, basket, now, .. } = &self.request;
        let quote = self.program.quote(member, basket, *now)?;
        if quote.applied.is_empty() {
            return Err(format!("no coupon applies in {}", self.name).into());
        }
        Ok(quote.optimal)
    }
}

fn sku(number: u64) -> String {
    format!("sku{number:02}")
}

fn code(number: u64) -> String {
    format!("CP{number:02}")
}

/// The program file.
fn program(kind: Kind, random: &mut Random) -> Outcome<String> {
    let mut offers = String::new();
    for number in 0..COUPONS {
        let percent = match kind {
            Kind::Percents => Some(random.between(3, 18)),
            Kind::Alike => Some(10),
            Kind::Mixed if number.is_multiple_of(2) => Some(random.between(3, 18)),
            Kind::Mixed | Kind::Amounts => None,
        };
        let benefit = match percent {
            Some(percent) => format!(r#"{{"percent_off": "{percent}"}}"#),
            None => format!(r#"{{"amount_off": "{}"}}"#, random.between(2_000, 40_000)),
        };
        let of_ten = match kind {
            Kind::Percents => 5,
            Kind::Amounts => 1,
            Kind::Mixed => 3,
            Kind::Alike => 9,
        };
        // The first line belongs to every coupon, so that none is without lines.
        let skus = (0..LINES).filter(|number| *number == 0 || random.below(10) < of_ten);
        let skus: Vec<String> = skus.map(|number| format!("{:?}", sku(number))).collect();
        let (separator, code, group) =
            (if number == 0 { "" } else { "," }, code(number), number.checked_rem(GROUPS).unwrap_or(0));
        write!(
            offers,
            "{separator}\n  {{\"id\": \"{code}\", \"code\": \"{code}\", \"group\": \"g{group}\", \
             \"lines\": {{\"skus\": [{}]}}, \"benefit\": {benefit}}}",
            skus.join(", "),
        )?;
    }
    Ok(format!(
        r#"{{"format": 1, "id": "worst", "version": "1", "currency": "KRW",
  "lanes": [{{"id": "coupons", "choose": "best", "at_most": {GROUPS}}}],
  "offers": [{offers}]}}"#
    ))
}

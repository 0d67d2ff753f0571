//! The workloads, ready to be measured, and the proof that engine and hand-written code agree on them.

use std::hint::black_box;

use dangol::wire::{self, QuoteRequest};
use dangol::{Program, Standing};

use crate::Outcome;
use crate::answer::Answer;
use crate::bound::{self, Bill, Cafe, Names, Supermarket, Visit};
use crate::fixture::{self, Article, Expected, Work};
use crate::measure::Task;
use crate::{convert, growth, ledgers, returns, reviews};

/// The program files.
pub const CAFE: &str = include_str!("../programs/w1.json");
/// The program files.
pub const SUPERMARKET: &str = include_str!("../programs/w2.json");

/// How many different baskets W2 has beside its own.
const BASKETS: usize = 256;

type ByHand = fn(&Visit, &[bound::Line], &mut Bill);

/// A shop: its program in both forms, and what is bought.
struct Shop {
    name: &'static str,
    work: Work,
    program: Program,
    request: QuoteRequest,
    names: Names,
    by_hand: ByHand,
    rules: &'static [&'static str],
    coupons: &'static [&'static str],
}

fn shops() -> Outcome<[(Shop, Expected); 2]> {
    let (work, expected) = fixture::cafe()?;
    let cafe = Shop {
        name: "W1",
        request: convert::request(&work)?,
        work,
        program: Program::from_json(CAFE)?,
        names: Cafe::names(),
        by_hand: Cafe::quote,
        rules: &Cafe::RULES,
        coupons: &Cafe::COUPONS,
    };
    let (work, answer) = fixture::supermarket()?;
    let supermarket = Shop {
        name: "W2",
        request: convert::request(&work)?,
        work,
        program: Program::from_json(SUPERMARKET)?,
        names: Supermarket::names(),
        by_hand: Supermarket::quote,
        rules: &Supermarket::RULES,
        coupons: &Supermarket::COUPONS,
    };
    Ok([(cafe, expected), (supermarket, answer)])
}

impl Shop {
    fn engine(&self, request: &QuoteRequest) -> Outcome<Answer> {
        Answer::of_engine(&self.program.quote(&request.member, &request.basket, request.now)?)
    }

    fn by_hand(&self, request: &QuoteRequest) -> Outcome<Answer> {
        let (mut lines, mut bill) = (Vec::new(), Bill::default());
        let visit = self.names.visit(&request.member, &request.basket, request.now);
        self.names.lines(&request.basket, &mut lines)?;
        (self.by_hand)(&visit, &lines, &mut bill);
        Ok(bill.answer(&self.work.program, self.rules, self.coupons))
    }

    /// The request with each of many different baskets, so that no branch predictor learns one by heart.
    fn different(&self) -> Outcome<Vec<QuoteRequest>> {
        let mut requests = Vec::with_capacity(BASKETS);
        for basket in growth::baskets(&self.work.program.catalog, BASKETS, 40) {
            let mut request = self.request.clone();
            request.basket.lines = convert::basket(&basket)?.lines;
            requests.push(request);
        }
        Ok(requests)
    }

    /// The engine, the hand-written code from the same values and from integers, and the wire.
    fn tasks(self, name: &str, requests: Vec<QuoteRequest>) -> Outcome<Vec<Task>> {
        let texts = requests.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let mut prepared = Vec::new();
        for request in &requests {
            let mut lines = Vec::new();
            self.names.lines(&request.basket, &mut lines)?;
            prepared.push((self.names.visit(&request.member, &request.basket, request.now), lines));
        }
        let (program, by_hand, names) = (self.program.clone(), self.by_hand, self.names);
        let mut each = Turns::new(requests.clone());
        let engine = Task::new(format!("{name} engine"), move || {
            let request = black_box(each.next());
            let quote = program.quote(&request.member, &request.basket, request.now);
            let _ = black_box(quote);
        });
        let (mut each, mut lines, mut bill) = (Turns::new(requests), Vec::new(), Bill::default());
        let from_values = Task::new(format!("{name} by hand, from values"), move || {
            let request = black_box(each.next());
            let visit = names.visit(&request.member, &request.basket, request.now);
            let _ = black_box(names.lines(&request.basket, &mut lines));
            by_hand(&visit, &lines, &mut bill);
            black_box(&bill);
        });
        let (mut each, mut bill) = (Turns::new(prepared), Bill::default());
        let from_integers = Task::new(format!("{name} by hand, from integers"), move || {
            let (visit, lines) = black_box(each.next());
            by_hand(visit, lines, &mut bill);
            black_box(&bill);
        });
        let (mut each, program) = (Turns::new(texts), self.program);
        let wire = Task::new(format!("{name} wire"), move || {
            let _ = black_box(wire::call(&program, "quote", black_box(each.next())));
        });
        Ok(vec![engine, from_values, from_integers, wire])
    }
}

/// One of several, in turn for ever.
struct Turns<T> {
    all: Vec<T>,
    next: usize,
}

impl<T> Turns<T> {
    fn new(all: Vec<T>) -> Turns<T> {
        Turns { all, next: 0 }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "made from at least one, and `next` starts again behind the last"
    )]
    fn next(&mut self) -> &T {
        let this = self.next;
        let next = this.saturating_add(1);
        self.next = if next == self.all.len() { 0 } else { next };
        &self.all[this]
    }
}

/// All tasks, workload by workload, each first the engine.
pub fn tasks() -> Outcome<Vec<(&'static str, Vec<Task>)>> {
    let [(cafe, _), (supermarket, _)] = shops()?;
    let (requests, different) = (vec![cafe.request.clone()], supermarket.different()?);
    let one = vec![supermarket.request.clone()];
    let [_, (other, _)] = shops()?;
    Ok(vec![
        ("W1 café: 3 lines, 5 rules, 2 coupons", cafe.tasks("W1", requests)?),
        ("W2 supermarket: 40 lines, 60 rules, 20 coupons", supermarket.tasks("W2", one)?),
        ("W2 with 256 different baskets", other.tasks("W2x256", different)?),
        ("W3 ledger: 12,000 points from 74 of 200 lots", ledgers::tasks()?),
        ("W3 with 10,000 lots: 12,000 points from 40 of them", ledgers::hoard()?),
        ("W4 review: a member of ten years with an order a day", reviews::tasks()?),
        ("Returns: an order of 1,000 lines", returns::tasks()?),
    ])
}

/// Whether engine, hand-written code and reference agree on every workload; a sentence about the first difference.
pub fn agree() -> Outcome<()> {
    for (shop, expected) in shops()? {
        let reference = Answer::of_reference(&expected, &shop.work.program)?;
        same(&format!("{}, engine", shop.name), &shop.engine(&shop.request)?, &reference)?;
        same(&format!("{}, by hand", shop.name), &shop.by_hand(&shop.request)?, &reference)?;
        let catalog: &[Article] = &shop.work.program.catalog;
        let different = if catalog.is_empty() { Vec::new() } else { shop.different()? };
        for (number, mut request) in different.into_iter().enumerate() {
            same(
                &format!("{}, basket {number}", shop.name),
                &shop.engine(&request)?,
                &shop.by_hand(&request)?,
            )?;
            vary(&mut request, number, shop.work.now)?;
            let name = format!("{}, basket {number} of another member", shop.name);
            same(&name, &shop.engine(&request)?, &shop.by_hand(&request)?)?;
        }
        let text = serde_json::to_string(&shop.request)?;
        let reply = wire::call(&shop.program, "quote", &text).map_err(|failure| failure.message)?;
        same(
            &format!("{}, wire", shop.name),
            &Answer::of_engine(&serde_json::from_str(&reply)?)?,
            &reference,
        )?;
    }
    ledgers::agree()?;
    reviews::agree()?;
    returns::agree()
}

/// Another tier, time, channel and choice of coupons for each number.
fn vary(request: &mut QuoteRequest, number: usize, now: i64) -> Outcome<()> {
    let tier = ["base", "silver", "gold", "platinum"].into_iter().cycle().nth(number % 4);
    let standing = Standing { tier: tier.map(str::parse).transpose()?, ..Standing::default() };
    request.member.tiers.insert("status".parse()?, standing);
    request.basket.channel = Some(if number.is_multiple_of(3) { "app" } else { "pos" }.parse()?);
    // Some six hours apart, so that all hours and weekdays occur, and coupons end.
    request.now = convert::instant(now.saturating_add(i64::try_from(number)?.saturating_mul(20_000)))?;
    let mut place = 0_usize;
    request.basket.codes.retain(|_| {
        place = place.saturating_add(number).saturating_add(1);
        !place.is_multiple_of(3)
    });
    Ok(())
}

pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Outcome<()> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: found {found:#?}, expected {expected:#?}").into())
}

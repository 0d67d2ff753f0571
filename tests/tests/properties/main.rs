//! Properties: sentences that hold for every program, member and basket that the generators can think of.
//!
//! A failing example is kept in `proptest-regressions`; the number of cases keeps the whole file under a minute.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed, which is its purpose"
)]

mod again;
mod alive;
mod arithmetic;
mod benefits;
mod best;
mod books;
mod columns;
mod coupons;
mod deed;
mod earn;
mod keeping;
mod ladder;
mod lanes;
mod ledger;
mod merge;
mod mutation;
mod never;
mod offers;
mod order;
mod parts;
mod returns;
mod returns_later;
mod segments;
mod selling;
mod shop;
mod stalls;
mod standings;
mod sums;
mod tax;
mod tender;
mod tiers;
mod time;
mod tries;
mod units;
mod verbs;
mod visit;
mod ways;
mod words;

use proptest::test_runner::{Config, FileFailurePersistence};

/// So many cases, or as many as `PROPTEST_CASES` asks for, and failures kept where the repository can hold them.
fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let kept = FileFailurePersistence::Direct("proptest-regressions/properties.txt");
    Config { cases: asked.unwrap_or(cases), failure_persistence: Some(Box::new(kept)), ..Config::default() }
}

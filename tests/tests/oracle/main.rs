//! The oracle: a second implementation of offers, of accrual, of returns, of the ledger and of tiers, slow and obvious, that shares no
//! code with the core. Both must give the same answers to generated cases.
//!
//! What it works out comes from the documentation of each word, not from the core. Lots are a plain list and time is
//! walked day by day; awards are fractions of whole numbers of any size that 128 bits hold.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

mod account;
mod accrual;
mod back;
mod calendar;
mod climbs;
mod compare;
mod cuts;
mod deeds;
mod goals;
mod ladders;
mod lives;
mod multiply;
mod number;
mod offers;
mod returns;
mod sales;
mod shelf;
mod spread;
mod steps;
mod terms;
mod walk;
mod words;

use proptest::test_runner::{Config, FileFailurePersistence};

/// So many cases, or as many as `PROPTEST_CASES` asks for, and failures kept where the repository can hold them.
fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let kept = FileFailurePersistence::Direct("proptest-regressions/oracle.txt");
    Config { cases: asked.unwrap_or(cases), failure_persistence: Some(Box::new(kept)), ..Config::default() }
}

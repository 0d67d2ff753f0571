//! How much slower the engine is than code written by hand for one program, and that both give the same answer.
//!
//! Three workloads: a café (W1), a supermarket (W2) and a ledger of many lots (W3). For each there is the engine with a
//! program file, the same program written by hand in Rust (`bound`), and the exact answer, which a Decimal reference
//! made. Nothing is timed before all three agree.
#![expect(
    clippy::missing_errors_doc,
    reason = "each error says that a file is wrong or that an answer differs"
)]

pub mod answer;
pub mod bound;
pub mod convert;
pub mod figures;
pub mod fixture;
pub mod growth;
pub mod ledger;
mod ledgers;
pub mod measure;
mod random;
pub mod readme;
pub mod record;
pub mod report;
mod returns;
mod reviews;
pub mod tables;
pub mod workloads;
pub mod worst;

/// What can go wrong here is a wrong file, or an answer that differs: a sentence is enough.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

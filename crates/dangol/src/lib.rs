#![forbid(unsafe_code)]
#![doc = "Loyalty rules that any program can embed."]

mod apply;
mod check;
mod decide;
mod document;
mod error;
mod explain;
mod ledger;
mod model;
mod program;
mod rule;
mod value;
pub mod wire;

pub use apply::Applied as AppliedEvent;
pub use explain::{Explanation, Sentence};
pub use error::{ApplyError, Code, InputError, Problem, ProgramError};
pub use ledger::{Account, BurnOrder, Draw, Lot};
pub use model::*;
pub use program::{CatalogFile, DiscountPolicy, Program, ProgramFile};
pub use rule::*;
pub use value::*;

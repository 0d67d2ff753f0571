//! The commands: each reads what it was given, asks the core, and writes what it said.

mod account;
mod check;
pub(crate) mod cutoff;
pub(crate) mod exchange;
mod explain;
pub(crate) mod merge;
mod quote;
pub(crate) mod refund;
pub(crate) mod returning;
pub(crate) mod review;
mod schema;
mod test;

use std::io::Write;

use dangol::Lang;

use crate::args::{Cli, Command};
use crate::sample;

/// Where a command writes: what was asked for, and what went wrong with it.
pub(crate) struct Console<'a> {
    pub(crate) out: &'a mut dyn Write,
    pub(crate) err: &'a mut dyn Write,
}

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is in order.
    Fine,
    /// There are problems, and they were printed.
    Problems,
}

/// Runs a command; an error means that the command line or a file is at fault.
pub(crate) fn run(cli: Cli, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let lang = cli.lang.unwrap_or_else(locale);
    match cli.command {
        None => {
            let outcome = quote::receipt(&sample::program(), &sample::request(), lang, console)?;
            write!(console.out, "{}", sample::hints(lang))?;
            Ok(outcome)
        }
        Some(Command::Quote(args)) => quote::run(&args, args.basket.lang.unwrap_or(lang), console),
        Some(Command::Explain(args)) => explain::run(&args, args.basket.lang.unwrap_or(lang), console),
        Some(Command::Advance(args)) => account::advance(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Balance(args)) => account::balance(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Statement(args)) => account::statement(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Cutoff(args)) => cutoff::run(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Refund(args)) => refund::run(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Exchange(args)) => exchange::run(&args, args.of.lang.unwrap_or(lang), console),
        Some(Command::Merge(args)) => merge::run(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Review(args)) => review::run(&args, args.lang.unwrap_or(lang), console),
        Some(Command::Check(args)) => check::run(&args, console),
        Some(Command::Test(args)) => test::run(&args, console),
        Some(Command::Schema(args)) => schema::run(&args, console),
    }
}

/// Korean where the locale is, else English.
fn locale() -> Lang {
    let korean = sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("ko"));
    if korean { Lang::Ko } else { Lang::En }
}

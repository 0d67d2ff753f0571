//! Dangol in a terminal: quotes baskets, tells what points come to, checks programs, runs vectors. Every rule is in the core.

mod account;
mod args;
mod command;
mod merged;
mod paper;
mod population;
mod reasons;
mod receipt;
mod returned;
mod sample;
mod source;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

use args::Cli;
use command::{Console, Outcome};

/// The command line is wrong, or a file cannot be read.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version end here too. Nobody is left to tell where even this cannot be printed.
            error.print().ok();
            return if error.use_stderr() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS };
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut err = io::stderr();
    let mut outcome = command::run(cli, &mut Console { out: &mut out, err: &mut err });
    if let Err(error) = out.flush() {
        outcome = outcome.and(Err(error.into()));
    }
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::FAILURE,
        Err(error) if nobody_reads(&error) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(err, "dangol: {error:#}").ok();
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Whether the reader of a pipe has gone, as `head` does.
fn nobody_reads(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

//! `dangol review`: what time changes for many members, to be stored, or as a preview for people.

use std::path::PathBuf;

use clap::Args;
use dangol::wire::Failure;
use dangol::{Instant, Lang, Member, Problem, Program};

use super::account::{Told, load, once, read};
use super::{Console, Outcome};
use crate::args::instant;
use crate::paper;
use crate::population::Population;
use crate::source::{Record, Records, Source};

pub(crate) const EXAMPLES: &str = "\
Examples:
  dangol review shop.toml members.jsonl --at 2026-06-01T00:00:00+09:00 > events.jsonl
  dangol review shop-edited.toml members.jsonl --at 2026-06-01T00:00:00+09:00 --dry
  zcat members.jsonl.gz | dangol review shop.toml - --at 2026-06-01T00:00:00+09:00";

/// What `review` takes.
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// The loyalty program, in JSON or TOML (.toml)
    program: PathBuf,
    /// The members in JSON: one on each line, a list, or one alone; `-` for standard input
    members: PathBuf,
    /// The instant until which time passes: not before a member's latest event
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    at: Instant,
    /// Print no events, but how many members each tier has before and after, and who rises and falls
    #[arg(long)]
    dry: bool,
    /// With --dry: name no more than so many changes
    #[arg(long, value_name = "COUNT", requires = "dry")]
    limit: Option<usize>,
    /// The language of --dry; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
}

pub(super) fn run(args: &ReviewArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    once(&[&args.program, &args.members])?;
    let program = match load(&args.program) {
        Ok(program) => program,
        Err(error) => return told(error, console),
    };
    let mut population = args.dry.then(|| Population::new(&program, lang, args.limit));
    let mut outcome = Outcome::Fine;
    for record in Records::open(&args.members)? {
        let worked = reviewed(&program, &record?, args.at, population.as_mut(), console);
        if let Err(error) = worked {
            outcome = told(error, console)?;
        }
    }
    if let Some(population) = population {
        write!(console.out, "{}", population.told(args.at, paper::width()))?;
    }
    Ok(outcome)
}

/// Prints the problems of what was given; any other error ends the command.
fn told(error: anyhow::Error, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let Told(problems) = error.downcast()?;
    write!(console.err, "{problems}")?;
    Ok(Outcome::Problems)
}

/// One member: counted for the preview, or what time changes for him, one event on each line.
fn reviewed(
    program: &Program,
    record: &Record,
    at: Instant,
    population: Option<&mut Population<'_>>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let Record { source, wrong } = record;
    if let Some(wrong) = wrong {
        return Err(Told(here(source, wrong)).into());
    }
    let member: Member = read(source)?;
    let unfit = |failure: Failure| unfit(source, &member, at, &failure);
    let events = program.advance(&member, at).map_err(|error| unfit(error.into()))?;
    let Some(population) = population else {
        for event in &events {
            serde_json::to_writer(&mut *console.out, event)?;
            writeln!(console.out)?;
        }
        return Ok(());
    };
    let mut after = member.clone();
    after.apply_all(&events).map_err(|error| unfit(error.into()))?;
    let after = program.tiers(&after, at).map_err(|error| unfit(error.into()))?;
    population.add(&member, &events, &after);
    Ok(())
}

/// What the core says of a member, where that is written.
fn unfit(source: &Source, member: &Member, at: Instant, failure: &Failure) -> Told {
    let told = |problem: &Problem| match problem.path.strip_prefix("member") {
        Some(rest) => {
            let path = rest.trim_start_matches('.').to_owned();
            source.report(&[Problem { path, ..problem.clone() }])
        }
        None => here(source, &format!("{}: --at {at}: {} [{}]", member.id, problem.message, problem.code)),
    };
    Told(failure.problems.iter().map(told).collect())
}

/// A message about the whole of a text.
fn here(source: &Source, message: &str) -> String {
    format!("{}\n", source.show(&source.spot(0..1), message))
}

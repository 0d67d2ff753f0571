//! `dangol balance`, `statement` and `advance`: what a member's points come to, for people or as JSON.

use std::fmt;
use std::path::Path;

use anyhow::Context;
use dangol::wire::{self, AdvanceRequest, BalanceRequest, Failure, Request, StatementRequest};
use dangol::{Balance, Event, Instant, Lang, Member, Program};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Console, Outcome};
use crate::account::Account;
use crate::args::{AdvanceArgs, BalanceArgs, StatementArgs};
use crate::paper;
use crate::source::{Format, Source};

pub(super) fn balance(args: &BalanceArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        let given = Given::open(&args.program, &args.member)?;
        let request = BalanceRequest { member: given.member.clone(), at: args.at, lang };
        let reply =
            request.run(&given.program).map_err(|failure| given.told(failure, "--at", Some(args.at)))?;
        if args.json {
            return pretty(&reply);
        }
        Ok(given.account(lang).balances(args.at, &reply, paper::width()))
    };
    print(text(), console)
}

pub(super) fn statement(
    args: &StatementArgs,
    lang: Lang,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let text = || {
        once(&[&args.program, &args.member, &args.events])?;
        let given = Given::open(&args.program, &args.member)?;
        let file = Source::read(&args.events, Some(Format::Json))?;
        let events = events(&file)?;
        if let Some(misfit) = misfit(&given.member, &events, &file) {
            return Err(misfit.into());
        }
        let request =
            StatementRequest { member: given.member.clone(), events: events.clone(), until: args.until };
        let reply =
            request.run(&given.program).map_err(|failure| given.told(failure, "--until", args.until))?;
        if args.json {
            return pretty(&reply);
        }
        let left = given.left(&events, args.until)?;
        Ok(given.account(lang).statements(args.until, &reply.statements, &left, paper::width()))
    };
    print(text(), console)
}

pub(super) fn advance(args: &AdvanceArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        let given = Given::open(&args.program, &args.member)?;
        let request = AdvanceRequest { member: given.member.clone(), until: args.until };
        let reply = request
            .run(&given.program)
            .map_err(|failure| given.told(failure, "--until", Some(args.until)))?;
        if !args.json {
            return Ok(given.account(lang).changes(args.until, &reply.events, paper::width()));
        }
        if !args.apply {
            return pretty(&reply);
        }
        let mut member = given.member;
        member.apply_all(&reply.events)?;
        pretty(&Advanced { events: reply.events, member })
    };
    print(text(), console)
}

/// What `advance --json --apply` prints.
#[derive(Serialize)]
struct Advanced {
    events: Vec<Event>,
    member: Member,
}

/// Problems of what was given, as they are told: they end a command without its answer.
#[derive(Debug)]
pub(super) struct Told(pub(super) String);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Told {}

/// Prints the answer, or the problems.
pub(super) fn print(text: anyhow::Result<String>, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let error = match text {
        Ok(text) => {
            write!(console.out, "{text}")?;
            return Ok(Outcome::Fine);
        }
        Err(error) => error,
    };
    let Told(problems) = error.downcast()?;
    write!(console.err, "{problems}")?;
    Ok(Outcome::Problems)
}

pub(super) fn pretty(reply: &impl Serialize) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(reply)?))
}

/// A program, and a member from a file.
struct Given {
    program: Program,
    file: Source,
    member: Member,
}

impl Given {
    fn open(program: &Path, member: &Path) -> anyhow::Result<Given> {
        once(&[program, member])?;
        let program = load(program)?;
        let file = Source::read(member, Some(Format::Json))?;
        let member = read(&file)?;
        Ok(Given { program, file, member })
    }

    fn account(&self, lang: Lang) -> Account<'_> {
        Account { program: &self.program, member: &self.member.id, lang }
    }

    /// What is left after the events, and after what time did until then.
    fn left(&self, events: &[Event], until: Option<Instant>) -> anyhow::Result<Vec<Balance>> {
        let mut member = self.member.clone();
        member.apply_all(events)?;
        // Without an event there is no day on which anything could be left.
        let Some(at) = until.or(member.at) else { return Ok(Vec::new()) };
        Ok(self.program.balance(&member, at)?)
    }

    /// Problems where they are written: in the member's file, or on the command line as that option.
    fn told(&self, failure: Failure, option: &str, value: Option<Instant>) -> Told {
        let value = value.map_or_else(String::new, |value| format!(" {value}"));
        let told = |mut problem: dangol::Problem| match problem.path.strip_prefix("member") {
            Some(rest) => {
                problem.path = rest.trim_start_matches('.').to_owned();
                self.file.report(&[problem])
            }
            None => format!("{option}{value}: {} [{}]\n", problem.message, problem.code),
        };
        Told(failure.problems.into_iter().map(told).collect())
    }
}

/// A program from its file.
pub(super) fn load(program: &Path) -> anyhow::Result<Program> {
    let source = Source::read(program, None)?;
    Ok(source.program().map_err(|error| Told(source.report(error.problems())))?)
}

/// Standard input can be read once.
pub(super) fn once(files: &[&Path]) -> anyhow::Result<()> {
    let piped = files.iter().filter(|file| **file == Path::new("-")).count();
    anyhow::ensure!(piped <= 1, "only one file can be `-`, standard input");
    Ok(())
}

/// What a file holds that is a part of a request.
#[derive(Deserialize)]
#[serde(transparent)]
struct Part<T>(T);

impl<T: DeserializeOwned + Serialize> Request for Part<T> {
    type Reply = T;
    fn run(self, _: &Program) -> Result<T, Failure> {
        Ok(self.0)
    }
}

pub(super) fn read<T: DeserializeOwned + Serialize>(file: &Source) -> anyhow::Result<T> {
    if let Some(failure) = wire::why_unreadable::<Part<T>>(&file.text) {
        return Err(Told(file.report(&failure.problems)).into());
    }
    serde_json::from_str(&file.text).with_context(|| format!("cannot read `{}`", file.name))
}

/// What `quote --json --place` and `advance --json` print holds events, beside other things.
#[derive(Serialize, Deserialize)]
struct Holding {
    events: Vec<Event>,
}

fn events(file: &Source) -> anyhow::Result<Vec<Event>> {
    if file.places().is_object() {
        return read(file).map(|Holding { events }| events);
    }
    read(file)
}

/// The first event that does not fit the member, where it is written.
pub(super) fn misfit(member: &Member, events: &[Event], file: &Source) -> Option<Told> {
    let mut member = member.clone();
    let (index, error) = events
        .iter()
        .enumerate()
        .find_map(|(index, event)| member.apply(event).err().map(|error| (index, error)))?;
    let mut failure = Failure::from(error);
    for problem in &mut failure.problems {
        let list = if file.places().is_object() { "events" } else { "" };
        problem.path = format!("{list}[{index}]");
    }
    Some(Told(file.report(&failure.problems)))
}

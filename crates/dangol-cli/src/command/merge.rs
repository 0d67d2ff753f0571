//! `dangol merge`: what tills did that could not ask anybody, put together, for people or as JSON.

use std::path::PathBuf;

use clap::Args;
use dangol::wire::{Failure, MergeRequest, Request};
use dangol::{Done, Lang, Problem};
use serde::{Deserialize, Serialize};

use super::account::{Told, load, once, pretty, print, read};
use super::returning::{holds, member, within};
use super::{Console, Outcome};
use crate::merged::MergeReport;
use crate::paper;
use crate::source::{Format, Source};

pub(crate) const EXAMPLES: &str = r#"Example:
  dangol quote first.json --program shop.toml --json --place a-1 > a-1.json
  dangol quote second.json --program shop.toml --json --place b-1 > b-1.json
  jq -s 'map({order})' a-1.json b-1.json | dangol merge shop.toml member.json -

What tills did is a list of
  {"order": …}                                                    an order as it was placed
  {"action": {"action": …, "now": …, "operation": …}}             points given or spent by hand
  {"refund": {"order": …, "returned": …, "now": …, "operation": …}}   goods that came back"#;

/// What `merge` takes.
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The loyalty program, in JSON or TOML (.toml)
    program: PathBuf,
    /// The member as all tills knew him, in JSON: {"id": …}, or {"member": …} as --json prints; `-` for standard input
    member: PathBuf,
    /// What they did since, in any order, in JSON: a list, or {"done": …}; `-` for standard input
    done: PathBuf,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"member", "events", "orders", "outcomes"} as JSON
    #[arg(long)]
    json: bool,
}

/// What was done beside other things.
#[derive(Serialize, Deserialize)]
struct WithDone {
    done: Vec<Done>,
}

pub(super) fn run(args: &MergeArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        once(&[&args.program, &args.member, &args.done])?;
        let program = load(&args.program)?;
        let (member, member_file) = member(&args.member)?;
        let done_file = Source::read(&args.done, Some(Format::Json))?;
        let WithDone { done } =
            if holds(&done_file, "done") { read(&done_file)? } else { WithDone { done: read(&done_file)? } };
        let told = |failure| told(failure, &member_file, &done_file);
        let reply = MergeRequest { member, done }.run(&program).map_err(told)?;
        if args.json {
            return pretty(&reply);
        }
        let balances = match reply.member.at {
            Some(at) => program.balance(&reply.member, at)?,
            None => Vec::new(),
        };
        let report = MergeReport { program: &program, merged: &reply, balances: &balances, lang };
        Ok(report.on_paper(paper::width()))
    };
    print(text(), console)
}

/// Problems in the file where they are written.
fn told(failure: Failure, member: &Source, done: &Source) -> Told {
    let told = |problem: Problem| match within(member, &problem.path, "member", "member") {
        Some(path) => member.report(&[Problem { path, ..problem }]),
        None => {
            let path = within(done, &problem.path, "done", "done").unwrap_or_default();
            done.report(&[Problem { path, ..problem }])
        }
    };
    Told(failure.problems.into_iter().map(told).collect())
}

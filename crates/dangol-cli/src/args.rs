//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dangol::{Id, Instant, Lang};

use crate::command::cutoff::{self, CutoffArgs};
use crate::command::exchange::{self, ExchangeArgs};
use crate::command::merge::{self, MergeArgs};
use crate::command::refund;
use crate::command::returning::ReturnArgs;
use crate::command::review::{self, ReviewArgs};
use crate::source::Format;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything is in order
  1  the program, or what was given with it, has problems, which were printed
  2  the command line is wrong, or a file cannot be read";

const EXAMPLES: &str = "\
Examples:
  dangol                          the receipt of a sample café
  dangol --lang ko                the same in Korean
  dangol quote request.json --program shop.toml
  dangol explain request.json --program shop.toml --offer welcome
  dangol statement shop.toml member.json events.json
  dangol refund shop.toml member.json order.json --lines 1=1 --now … --operation return-1
  dangol exchange shop.toml member.json order.json basket.json --lines 1=1 --now … --operation o2
  dangol review shop.toml members.jsonl --at 2026-06-01T00:00:00+09:00 --dry
  dangol check shop.toml cafe.json
  dangol test vectors/*.json";

/// Loyalty rules in a terminal: what a basket costs and earns, and why. Without a command: a sample café's receipt.
#[derive(Debug, Parser)]
#[command(name = "dangol", version, after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// The language of the receipt; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the receipt of a basket: {"member": …, "basket": …, "now": …}
    #[command(after_help = format!("{QUOTE_EXAMPLES}\n\n{EXIT_CODES}"))]
    Quote(QuoteArgs),
    /// Print what every offer and rule does to a basket, and why, or why not
    #[command(after_help = format!("{EXPLAIN_EXAMPLES}\n\n{EXIT_CODES}"))]
    Explain(ExplainArgs),
    /// Print the points and coupons of a member: what is there, what can be used, when it ends
    #[command(after_help = format!("{BALANCE_EXAMPLES}\n\n{EXIT_CODES}"))]
    Balance(BalanceArgs),
    /// Print the statement of a member's points: what moved, when and why
    #[command(after_help = format!("{STATEMENT_EXAMPLES}\n\n{EXIT_CODES}"))]
    Statement(StatementArgs),
    /// Print what time changes for a member: points that end, tiers that are reviewed
    #[command(after_help = format!("{ADVANCE_EXAMPLES}\n\n{EXIT_CODES}"))]
    Advance(AdvanceArgs),
    /// Print what is given back when goods of an order come back, and why
    #[command(after_help = format!("{}\n\n{EXIT_CODES}", refund::EXAMPLES))]
    Refund(ReturnArgs),
    /// Print what is to pay or to give back when goods of an order are exchanged for others
    #[command(after_help = format!("{}\n\n{EXIT_CODES}", exchange::EXAMPLES))]
    Exchange(ExchangeArgs),
    /// Put together what tills did with a member while they could not ask anybody
    #[command(after_help = format!("{}\n\n{EXIT_CODES}", merge::EXAMPLES))]
    Merge(MergeArgs),
    /// Print where a list of numbers is cut: its best tenth, what is above its average, groups of equal size
    #[command(after_help = format!("{}\n\n{EXIT_CODES}", cutoff::EXAMPLES))]
    Cutoff(CutoffArgs),
    /// Print what time changes for many members, to be stored; or preview what an edited ladder changes (--dry)
    #[command(after_help = format!("{}\n\n{EXIT_CODES}", review::EXAMPLES))]
    Review(ReviewArgs),
    /// Check program files and print every problem with its line
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(CheckArgs),
    /// Run vector files: what a program must answer, step by step
    #[command(after_help = format!("{TEST_EXAMPLES}\n\n{EXIT_CODES}"))]
    Test(TestArgs),
    /// Print the JSON Schema of program files, for editors
    #[command(after_help = "Example:\n  dangol schema > program.schema.json")]
    Schema(SchemaArgs),
}

const QUOTE_EXAMPLES: &str = "\
Examples:
  dangol quote request.json                     in the sample café
  dangol quote request.json --program shop.toml --now 2026-05-02T12:00:00+09:00
  dangol quote --json --place o1 < request.json";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  dangol explain request.json                   in the sample café
  dangol explain request.json --program shop.toml --offer welcome --lang ko";

const BALANCE_EXAMPLES: &str = "\
Examples:
  dangol balance shop.toml member.json --at 2026-05-02T12:00:00+09:00
  dangol balance shop.toml - --at 2026-05-02T12:00:00+09:00 --json < member.json";

const STATEMENT_EXAMPLES: &str = "\
Examples:
  dangol statement shop.toml member.json events.json
  dangol statement shop.toml member.json events.json --until 2027-01-01T00:00:00+09:00
  dangol quote --program shop.toml request.json --json --place o1 |
    dangol statement shop.toml member.json -";

const ADVANCE_EXAMPLES: &str = "\
Examples:
  dangol advance shop.toml member.json --until 2027-01-01T00:00:00+09:00
  dangol advance shop.toml member.json --until 2027-01-01T00:00:00+09:00 --json --apply";

const CHECK_EXAMPLES: &str = "\
Examples:
  dangol check shop.toml cafe.json
  dangol check --json shop.toml
  dangol check --format toml - < shop.toml";

const TEST_EXAMPLES: &str = r#"Example:
  dangol test shop.vectors.json

A vector file next to shop.toml:
  { "program": "shop.toml",
    "cases": [{ "name": "ten points for every 1,000 won",
      "given": { "member": { "id": "m1" } },
      "steps": [
        { "when": { "quote": { "basket": { "lines": [{ "sku": "rice", "price": "12900" }] } },
                    "now": "2026-03-02T10:00:00+09:00", "place": "o1" },
          "then": { "earned": { "points": "120" } } },
        { "when": { "advance": {}, "now": "2027-04-01T00:00:00+09:00" },
          "then": { "events": [{ "type": "points_expired", "points": "120" }] } }] }] }
A step's `when` has one of
  "quote": { "basket": … }, "now"               and "place": "o1", which books it
  "act": { "spend": { "points": "100" } }, "now", "operation": "a1"
  "refund": { "order": "o1", "returned": { "goods": { "lines": { "1": 1 } } } }, "now", "operation": "r1"
  "advance": {}, "now"                          time passes
  "balance": {}, "now"                          and nothing changes, as with
  "notices": { "from": "2026-03-01", "until": "2026-03-31" }
  "statement": {}                               of all steps so far; and "now"
  "segments": { "recency": … }, "now"           and
  "cutoff": { "values": …, "cut": … }           change nothing either
  "raw": { "verb": …, "text": … }               a request as text
`then` lists the keys that matter; {"error": {"code": …, "path": …}} expects a failure."#;

/// A basket, and the program that it is held against.
#[derive(Debug, Args)]
pub(crate) struct BasketArgs {
    /// The request in JSON; `-`, or nothing and a pipe, for standard input
    pub(crate) request: Option<PathBuf>,
    /// The loyalty program, in JSON or TOML (.toml); the sample café's where left out
    #[arg(long, short, value_name = "FILE")]
    pub(crate) program: Option<PathBuf>,
    /// The instant of the quote, in place of the request's
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) now: Option<Instant>,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) basket: BasketArgs,
    /// Only this offer or rule
    #[arg(long, value_name = "ID")]
    pub(crate) offer: Option<Id>,
}

/// What `quote` takes.
#[derive(Debug, Args)]
pub(crate) struct QuoteArgs {
    #[command(flatten)]
    pub(crate) basket: BasketArgs,
    /// Print the quote as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// With --json: place the quote under this id and print order and events
    #[arg(long, value_name = "ORDER", requires = "json")]
    pub(crate) place: Option<Id>,
}

/// What `balance` takes.
#[derive(Debug, Args)]
pub(crate) struct BalanceArgs {
    /// The loyalty program, in JSON or TOML (.toml)
    pub(crate) program: PathBuf,
    /// The member in JSON: {"id": …}; `-` for standard input
    pub(crate) member: PathBuf,
    /// The instant: not before the member's latest event
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) at: Instant,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"balances", "coupons"} as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `statement` takes.
#[derive(Debug, Args)]
pub(crate) struct StatementArgs {
    /// The loyalty program, in JSON or TOML (.toml)
    pub(crate) program: PathBuf,
    /// The member before the events, in JSON: {"id": …}; `-` for standard input
    pub(crate) member: PathBuf,
    /// The events in JSON: a list, or {"events": …} as --json prints; `-` for standard input
    pub(crate) events: PathBuf,
    /// Add what time does until then
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) until: Option<Instant>,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"statements"} as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `advance` takes.
#[derive(Debug, Args)]
pub(crate) struct AdvanceArgs {
    /// The loyalty program, in JSON or TOML (.toml)
    pub(crate) program: PathBuf,
    /// The member in JSON: {"id": …}; `-` for standard input
    pub(crate) member: PathBuf,
    /// The instant until which time passes: not before the member's latest event
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) until: Instant,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"events"} as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// With --json: apply the events and print the member after them too
    #[arg(long, requires = "json")]
    pub(crate) apply: bool,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Program files in JSON or TOML (.toml); `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format, whatever the file is called
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Print {"ok", "programs", "problems"} as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `test` takes.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Vector files in JSON
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value_t = Schema::Program)]
    pub(crate) of: Schema,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Schema {
    Program,
}

pub(crate) fn instant(text: &str) -> Result<Instant, &'static str> {
    text.parse().map_err(|_| "expected an instant with an offset such as 2026-01-31T23:30:00+09:00")
}

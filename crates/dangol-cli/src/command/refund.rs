//! `dangol refund`: goods of an order come back, as a receipt or as JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use dangol::wire::{Failure, RefundRequest, Refunded, Request};
use dangol::{Event, GoodsBack, Id, Instant, Lang, Member, Order, Problem, Program, Quantity, Returned};
use serde::{Deserialize, Serialize};

use super::account::{Told, load, misfit, once, pretty, print, read};
use super::{Console, Outcome};
use crate::args::instant;
use crate::paper;
use crate::returned::ReturnReceipt;
use crate::source::{Format, Source};

pub(crate) const EXAMPLES: &str = "\
Examples:
  dangol quote request.json --program shop.toml --json --place o1 > placed.json
  dangol refund shop.toml request.json placed.json --lines 1=1,2=0.5 --shipping \\
    --now 2026-05-04T12:00:00+09:00 --operation return-1
  dangol refund shop.toml member.json order.json --cancel \\
    --now 2026-05-04T12:00:00+09:00 --operation return-1 --json --apply";

/// What `refund` takes.
#[derive(Debug, Args)]
pub(crate) struct RefundArgs {
    /// The loyalty program, in JSON or TOML (.toml); it may be a later one than the order's
    program: PathBuf,
    /// The member in JSON: {"id": …}, or {"member": …} as the request of `quote` is and --json --apply prints; `-` for
    /// standard input
    member: PathBuf,
    /// The order in JSON, or {"order": …, "events": …} as --json prints: the member gets the events first, if they are news;
    /// `-` for standard input
    order: PathBuf,
    #[command(flatten)]
    what: What,
    /// The instant: not before the order, its latest return, or the member's latest event
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    now: Instant,
    /// The name of the return: the same name makes it happen once
    #[arg(long, value_name = "ID")]
    operation: Id,
    /// Another member who takes part, in JSON: the household whose points were used, one whose coupon was
    #[arg(long, value_name = "FILE")]
    other: Vec<PathBuf>,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"order", "events", "returned", …} as JSON
    #[arg(long)]
    json: bool,
    /// With --json: apply the events and print the member after them too
    #[arg(long, requires = "json")]
    apply: bool,
}

/// What comes back: some goods and charges, or one of the others.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct What {
    /// How much of which lines, by their ids: 1=1,2=0.5
    #[arg(long, value_name = "LINE=QUANTITY", value_delimiter = ',', value_parser = some_of_a_line)]
    lines: Vec<(Id, Quantity)>,
    /// What delivery costs is refunded
    #[arg(long)]
    shipping: bool,
    /// What else is charged is refunded
    #[arg(long)]
    fees: bool,
    /// Everything that is not back yet, with all charges
    #[arg(long, conflicts_with_all = ["lines", "shipping", "fees", "void", "reopen"])]
    cancel: bool,
    /// As if the order had never been placed, whatever the program keeps
    #[arg(long, conflicts_with_all = ["lines", "shipping", "fees", "reopen"])]
    void: bool,
    /// The latest return is taken back
    #[arg(long, conflicts_with_all = ["lines", "shipping", "fees"])]
    reopen: bool,
}

fn some_of_a_line(text: &str) -> Result<(Id, Quantity), String> {
    let (line, quantity) = text.rsplit_once('=').ok_or("expected a line and a quantity such as 1=2")?;
    let line = line.parse::<Id>().map_err(|error| error.to_string())?;
    Ok((line, quantity.parse::<Quantity>().map_err(|error| error.to_string())?))
}

impl What {
    fn returned(&self) -> anyhow::Result<Returned> {
        if self.cancel {
            return Ok(Returned::Cancel);
        }
        if self.void {
            return Ok(Returned::Void);
        }
        if self.reopen {
            return Ok(Returned::Reopen);
        }
        let mut lines = BTreeMap::new();
        for (line, quantity) in &self.lines {
            anyhow::ensure!(lines.insert(line.clone(), *quantity).is_none(), "--lines names `{line}` twice");
        }
        Ok(Returned::Goods(GoodsBack { lines, shipping: self.shipping, fees: self.fees }))
    }

    /// The option that a path of the request stands for.
    fn option(&self, path: &str) -> &'static str {
        match path {
            "returned.goods.shipping" => "--shipping",
            "returned.goods.fees" => "--fees",
            _ if self.cancel => "--cancel",
            _ if self.void => "--void",
            _ if self.reopen => "--reopen",
            _ => "--lines",
        }
    }
}

pub(super) fn run(args: &RefundArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        let given = Given::open(args)?;
        let request = RefundRequest {
            member: given.member.clone(),
            order: given.order.clone(),
            returned: args.what.returned()?,
            now: args.now,
            operation: args.operation.clone(),
            others: given.others.clone(),
            lang,
        };
        let reply = request.run(&given.program).map_err(|failure| given.told(failure, args))?;
        let mut member = given.member.clone();
        member.apply_all(&own(&reply.events, &member))?;
        if args.json && args.apply {
            return pretty(&Applied { reply, member });
        }
        if args.json {
            return pretty(&reply);
        }
        let balances = given.program.balance(&member, args.now)?;
        let receipt = ReturnReceipt {
            program: &given.program,
            reply: &reply,
            at: args.now,
            operation: &args.operation,
            balances: if given.order.quote.guest { &[] } else { &balances },
            lang,
        };
        Ok(receipt.on_paper(paper::width()))
    };
    print(text(), console)
}

/// What `refund --json --apply` prints.
#[derive(Serialize)]
struct Applied {
    #[serde(flatten)]
    reply: Refunded,
    member: Member,
}

/// Events may be of others, too.
fn own(events: &[Event], member: &Member) -> Vec<Event> {
    events.iter().filter(|event| event.member == member.id).cloned().collect()
}

/// A member beside other things.
#[derive(Serialize, Deserialize)]
struct WithMember {
    member: Member,
}

/// An order beside other things, such as the events that lead to it.
#[derive(Serialize, Deserialize)]
struct WithOrder {
    order: Order,
    #[serde(default)]
    events: Vec<Event>,
}

/// What the files hold.
struct Given {
    program: Program,
    /// The member after the events that stand beside the order.
    member: Member,
    order: Order,
    others: Vec<Member>,
    member_file: Source,
    order_file: Source,
    other_files: Vec<Source>,
}

impl Given {
    fn open(args: &RefundArgs) -> anyhow::Result<Given> {
        let files = [&args.program, &args.member, &args.order].into_iter().chain(&args.other);
        once(&files.map(PathBuf::as_path).collect::<Vec<&Path>>())?;
        let program = load(&args.program)?;
        let (member, member_file) = member(&args.member)?;
        let order_file = Source::read(&args.order, Some(Format::Json))?;
        let WithOrder { order, events } = if holds(&order_file, "order") {
            read(&order_file)?
        } else {
            WithOrder { order: read(&order_file)?, events: Vec::new() }
        };
        let events = own(&events, &member);
        if let Some(misfit) = misfit(&member, &events, &order_file) {
            return Err(misfit.into());
        }
        let mut after = member;
        after.apply_all(&events)?;
        let others: Vec<_> = args.other.iter().map(|path| self::member(path)).collect::<Result<_, _>>()?;
        let (others, other_files) = others.into_iter().unzip();
        Ok(Given { program, member: after, order, others, member_file, order_file, other_files })
    }

    /// Problems where they are written: in a file, or on the command line.
    fn told(&self, failure: Failure, args: &RefundArgs) -> Told {
        let told = |problem: Problem| {
            let others = self.other_files.iter().enumerate();
            let others = others.map(|(index, file)| (format!("others[{index}]"), "member", file));
            let files = [("member", &self.member_file), ("order", &self.order_file)];
            let files = files.into_iter().map(|(name, file)| (name.to_owned(), name, file));
            for (prefix, name, file) in files.chain(others) {
                let Some(rest) = problem.path.strip_prefix(&prefix) else { continue };
                let head = if holds(file, name) { name } else { "" };
                let path = format!("{head}{rest}");
                let path = path.trim_start_matches('.').to_owned();
                return file.report(&[Problem { path, ..problem }]);
            }
            let option = match problem.path.as_str() {
                "now" => format!("--now {}", args.now),
                "operation" => format!("--operation {}", args.operation),
                "others" => "--other".to_owned(),
                path => args.what.option(path).to_owned(),
            };
            format!("{option}: {} [{}]\n", problem.message, problem.code)
        };
        Told(failure.problems.into_iter().map(told).collect())
    }
}

fn member(path: &Path) -> anyhow::Result<(Member, Source)> {
    let file = Source::read(path, Some(Format::Json))?;
    let member =
        if holds(&file, "member") { read(&file).map(|WithMember { member }| member)? } else { read(&file)? };
    Ok((member, file))
}

/// Whether a file has that field at its top.
fn holds(file: &Source, name: &str) -> bool {
    file.places().field(name).is_some()
}

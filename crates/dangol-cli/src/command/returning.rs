//! What `dangol refund` and `dangol exchange` share: the order, what comes back of it, and where problems are written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use dangol::wire::Failure;
use dangol::{Event, GoodsBack, Id, Instant, Lang, Member, Order, Problem, Program, Quantity, Returned};
use serde::{Deserialize, Serialize};

use super::account::{Told, load, misfit, once, read};
use crate::args::instant;
use crate::source::{Format, Source};

/// What comes back of which order, and when.
#[derive(Debug, Args)]
pub(crate) struct ReturnArgs {
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
    pub(super) now: Instant,
    /// The name of the return: the same name makes it happen once
    #[arg(long, value_name = "ID")]
    pub(super) operation: Id,
    /// Another member who takes part, in JSON: the household whose points were used, one whose coupon was
    #[arg(long, value_name = "FILE")]
    other: Vec<PathBuf>,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"order", "events", "returned", …} as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// With --json: apply the events and print the member after them too
    #[arg(long, requires = "json")]
    pub(super) apply: bool,
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

/// Events may be of others, too.
pub(super) fn own(events: &[Event], member: &Member) -> Vec<Event> {
    events.iter().filter(|event| event.member == member.id).cloned().collect()
}

/// What `--json --apply` prints.
#[derive(Serialize)]
pub(super) struct Applied<Reply> {
    #[serde(flatten)]
    pub(super) reply: Reply,
    pub(super) member: Member,
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
pub(super) struct Given<'a> {
    args: &'a ReturnArgs,
    pub(super) program: Program,
    /// The member after the events that stand beside the order.
    pub(super) member: Member,
    pub(super) order: Order,
    pub(super) others: Vec<Member>,
    /// The files by what they are in the request, and by what that may be called at their top.
    files: Vec<(String, &'static str, Source)>,
}

impl<'a> Given<'a> {
    /// Reads the files that a return names; `beside` are those that are read besides.
    pub(super) fn open(args: &'a ReturnArgs, beside: &[&Path]) -> anyhow::Result<Given<'a>> {
        let files = [&args.program, &args.member, &args.order].into_iter().chain(&args.other);
        once(&files.map(PathBuf::as_path).chain(beside.iter().copied()).collect::<Vec<&Path>>())?;
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
        let mut files =
            vec![("member".to_owned(), "member", member_file), ("order".to_owned(), "order", order_file)];
        let mut others = Vec::new();
        for (index, path) in args.other.iter().enumerate() {
            let (other, file) = self::member(path)?;
            others.push(other);
            files.push((format!("others[{index}]"), "member", file));
        }
        Ok(Given { args, program, member: after, order, others, files })
    }

    /// What the options say that comes back.
    pub(super) fn returned(&self) -> anyhow::Result<Returned> {
        self.args.what.returned()
    }

    /// One more file of the request.
    pub(super) fn beside(&mut self, name: &'static str, file: Source) {
        self.files.push((name.to_owned(), name, file));
    }

    /// Problems where they are written: in a file, or on the command line.
    pub(super) fn told(&self, failure: Failure) -> Told {
        let told = |problem: Problem| {
            for (prefix, name, file) in &self.files {
                if let Some(path) = within(file, &problem.path, prefix, name) {
                    return file.report(&[Problem { path, ..problem }]);
                }
            }
            let option = match problem.path.as_str() {
                "now" => format!("--now {}", self.args.now),
                "operation" | "exchange" => format!("--operation {}", self.args.operation),
                "others" => "--other".to_owned(),
                path => self.args.what.option(path).to_owned(),
            };
            format!("{option}: {} [{}]\n", problem.message, problem.code)
        };
        Told(failure.problems.into_iter().map(told).collect())
    }
}

/// A member from a file, which may hold other things beside.
pub(super) fn member(path: &Path) -> anyhow::Result<(Member, Source)> {
    let file = Source::read(path, Some(Format::Json))?;
    let member =
        if holds(&file, "member") { read(&file).map(|WithMember { member }| member)? } else { read(&file)? };
    Ok((member, file))
}

/// Whether a file has that field at its top.
pub(super) fn holds(file: &Source, name: &str) -> bool {
    file.places().field(name).is_some()
}

/// A path of the request as it is in the file that holds this part of it, alone or under its name.
pub(super) fn within(file: &Source, path: &str, part: &str, name: &str) -> Option<String> {
    let rest = path.strip_prefix(part)?;
    let head = if holds(file, name) { name } else { "" };
    Some(format!("{head}{rest}").trim_start_matches('.').to_owned())
}

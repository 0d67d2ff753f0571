//! `dangol exchange`: goods of an order come back and others are bought, as two receipts and one amount, or as JSON.

use std::path::{Path, PathBuf};

use clap::Args;
use dangol::wire::{ExchangeRequest, Exchanged, Refunded, Request};
use dangol::{Basket, Lang, Money};
use serde::{Deserialize, Serialize};

use super::account::{pretty, print, read};
use super::returning::{Applied, Given, ReturnArgs, holds, own};
use super::{Console, Outcome};
use crate::paper::{self, Labels, Page};
use crate::receipt::Receipt;
use crate::returned::{Kind, ReturnReceipt};
use crate::source::{Format, Source};

pub(crate) const EXAMPLES: &str = "\
Examples:
  dangol quote request.json --program shop.toml --json --place o1 > placed.json
  dangol exchange shop.toml request.json placed.json basket.json --lines 1=1 \\
    --now 2026-05-04T12:00:00+09:00 --operation o2
  dangol exchange shop.toml member.json order.json basket.json --cancel \\
    --now 2026-05-04T12:00:00+09:00 --operation o2 --json --apply";

const USAGE: &str = "\
dangol exchange [OPTIONS] --now <RFC3339> --operation <ID> \
<--lines <LINE=QUANTITY>|--shipping|--fees|--cancel|--void> <PROGRAM> <MEMBER> <ORDER> <BASKET>";

/// What `exchange` takes.
#[derive(Debug, Args)]
#[command(override_usage = USAGE)]
#[command(mut_arg("operation", |operation| operation.help("The id of the new order, which names all of it: the same one makes it happen once")))]
#[command(mut_arg("json", |json| json.help("Print {\"order\", \"exchanged\", \"events\", \"due\", …} as JSON")))]
#[command(mut_arg("reopen", |reopen| reopen.hide(true)))]
pub(crate) struct ExchangeArgs {
    #[command(flatten)]
    pub(crate) of: ReturnArgs,
    /// What is bought, in JSON: {"lines": […]}, or {"basket": …} as the request of `quote` is; `-` for standard input
    basket: PathBuf,
}

pub(super) fn run(args: &ExchangeArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        let ExchangeArgs { of, basket } = args;
        let mut given = Given::open(of, &[basket])?;
        let (basket, file) = self::basket(basket)?;
        given.beside("basket", file);
        let request = ExchangeRequest {
            member: given.member.clone(),
            order: given.order.clone(),
            returned: given.returned()?,
            basket: basket.clone(),
            now: of.now,
            exchange: of.operation.clone(),
            others: given.others.clone(),
            lang,
        };
        let reply = request.run(&given.program).map_err(|failure| given.told(failure))?;
        if of.json && of.apply {
            let mut member = given.member;
            member.apply_all(&own(&reply.events, &member))?;
            return pretty(&Applied { reply, member });
        }
        if of.json {
            return pretty(&reply);
        }
        Ok(on_paper(&given, of, &basket, reply, lang))
    };
    print(text(), console)
}

/// A basket beside other things.
#[derive(Serialize, Deserialize)]
struct WithBasket {
    basket: Basket,
}

fn basket(path: &Path) -> anyhow::Result<(Basket, Source)> {
    let file = Source::read(path, Some(Format::Json))?;
    let basket =
        if holds(&file, "basket") { read(&file).map(|WithBasket { basket }| basket)? } else { read(&file)? };
    Ok((basket, file))
}

/// The receipt of the return, that of the new order, and what is left to pay or to give back.
fn on_paper(given: &Given<'_>, of: &ReturnArgs, basket: &Basket, reply: Exchanged, lang: Lang) -> String {
    let Exchanged { order, exchanged, events, due, returned, repeated, refused, sentences } = reply;
    let width = paper::width();
    let reply = Refunded { order, events, returned, repeated, refused, sentences };
    let returned = ReturnReceipt {
        program: &given.program,
        reply: &reply,
        kind: Kind::InExchange,
        at: of.now,
        operation: &of.operation,
        // Those of the new order are what is left.
        balances: &[],
        lang,
    };
    let returned = returned.on_paper(width);
    let (Some(new), Some(due)) = (exchanged, due) else { return returned };
    let bought = Receipt { program: &given.program, basket, quote: &new.quote, lang }.on_paper(width);
    let label = match due {
        due if due > Money::ZERO => "exchange.pay",
        due if due < Money::ZERO => "exchange.back",
        _ => "exchange.even",
    };
    let amount = if due < Money::ZERO { Money::ZERO.minus(due).unwrap_or(due) } else { due };
    let mut page = Page::new(width);
    page.rule();
    page.row(0, Labels::of(lang).get(label), &new.quote.currency.format(amount, lang));
    format!("{returned}\n{bought}\n{}", page.text())
}

//! `dangol refund`: goods of an order come back, as a receipt or as JSON.

use dangol::Lang;
use dangol::wire::{RefundRequest, Request};

use super::account::{pretty, print};
use super::returning::{Applied, Given, ReturnArgs, own};
use super::{Console, Outcome};
use crate::paper;
use crate::returned::{Kind, ReturnReceipt};

pub(crate) const EXAMPLES: &str = "\
Examples:
  dangol quote request.json --program shop.toml --json --place o1 > placed.json
  dangol refund shop.toml request.json placed.json --lines 1=1,2=0.5 --shipping \\
    --now 2026-05-04T12:00:00+09:00 --operation return-1
  dangol refund shop.toml member.json order.json --cancel \\
    --now 2026-05-04T12:00:00+09:00 --operation return-1 --json --apply";

pub(super) fn run(args: &ReturnArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let text = || {
        let given = Given::open(args, &[])?;
        let request = RefundRequest {
            member: given.member.clone(),
            order: given.order.clone(),
            returned: given.returned()?,
            now: args.now,
            operation: args.operation.clone(),
            others: given.others.clone(),
            lang,
        };
        let reply = request.run(&given.program).map_err(|failure| given.told(failure))?;
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
            kind: Kind::Alone,
            at: args.now,
            operation: &args.operation,
            balances: if given.order.quote.guest { &[] } else { &balances },
            lang,
        };
        Ok(receipt.on_paper(paper::width()))
    };
    print(text(), console)
}

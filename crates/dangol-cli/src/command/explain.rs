//! `dangol explain`: what every offer and rule does to a basket, and why, or why not.

use anyhow::Context;
use dangol::Lang;
use dangol::wire::QuoteRequest;

use super::quote::{asked, quoted};
use super::{Console, Outcome};
use crate::args::ExplainArgs;
use crate::paper;
use crate::reasons::Reasons;

pub(super) fn run(args: &ExplainArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (program, request) = asked(&args.basket)?;
    let Some((program, quote)) = quoted(&program, &request, console)? else { return Ok(Outcome::Problems) };
    let QuoteRequest { member, .. } =
        serde_json::from_str(&request.text).context("cannot read the request")?;
    let only = args.offer.as_ref();
    let reasons = Reasons { program: &program, member: &member, quote: &quote, lang, only };
    if let Some(id) = reasons.unknown() {
        anyhow::bail!("the program `{}` has no offer, rule or multiplier `{id}`", program.id());
    }
    write!(console.out, "{}", reasons.on_paper(paper::width()))?;
    Ok(Outcome::Fine)
}

//! `dangol quote`: what a basket costs and earns, as a receipt or as JSON.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use dangol::wire::{self, Failure, QuoteRequest};
use dangol::{Id, Instant, Lang, Program, Quote};

use super::{Console, Outcome};
use crate::args::{BasketArgs, QuoteArgs};
use crate::paper;
use crate::receipt::Receipt;
use crate::sample;
use crate::source::{Format, Source};

pub(super) fn run(args: &QuoteArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (program, request) = asked(&args.basket)?;
    if args.json {
        json(&program, &request, args.place.as_ref(), console)
    } else {
        receipt(&program, &request, lang, console)
    }
}

/// The program and the request that were named.
pub(super) fn asked(args: &BasketArgs) -> anyhow::Result<(Source, Source)> {
    let program = match &args.program {
        Some(path) => Source::read(path, None)?,
        None => sample::program(),
    };
    let mut request = request(args)?;
    if let Some(now) = args.now {
        request.text = at(&request, now);
    }
    Ok((program, request))
}

/// Prints the receipt of a request.
pub(super) fn receipt(
    program: &Source,
    request: &Source,
    lang: Lang,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let Some((program, quote)) = quoted(program, request, console)? else { return Ok(Outcome::Problems) };
    let QuoteRequest { basket, .. } =
        serde_json::from_str(&request.text).context("cannot read the request")?;
    let receipt = Receipt { program: &program, basket: &basket, quote: &quote, lang };
    write!(console.out, "{}", receipt.on_paper(paper::width()))?;
    Ok(Outcome::Fine)
}

/// Prints the quote, or its order and events, as JSON.
fn json(
    program: &Source,
    request: &Source,
    order: Option<&Id>,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let Some((_, quote)) = quoted(program, request, console)? else { return Ok(Outcome::Problems) };
    let text = match order {
        Some(order) => serde_json::to_string_pretty(&quote.place(order.clone()))?,
        None => serde_json::to_string_pretty(&quote)?,
    };
    writeln!(console.out, "{text}")?;
    Ok(Outcome::Fine)
}

/// The program and the quote, or nothing where there were problems, which are then printed.
pub(super) fn quoted(
    program: &Source,
    request: &Source,
    console: &mut Console<'_>,
) -> anyhow::Result<Option<(Program, Quote)>> {
    let problems = match program.program() {
        Err(error) => program.report(error.problems()),
        Ok(loaded) => match wire::call(&loaded, "quote", &request.text) {
            Ok(reply) => {
                let quote = serde_json::from_str(&reply).context("cannot read the quote")?;
                return Ok(Some((loaded, quote)));
            }
            Err(Failure { problems, .. }) => request.report(&problems),
        },
    };
    write!(console.err, "{problems}")?;
    Ok(None)
}

/// The request: a file, standard input, or the sample where nothing is said and nothing is piped.
fn request(args: &BasketArgs) -> anyhow::Result<Source> {
    let source = match &args.request {
        Some(path) => Source::read(path, Some(Format::Json))?,
        None if !std::io::stdin().is_terminal() => Source::read(Path::new("-"), Some(Format::Json))?,
        None if args.program.is_none() => sample::request(),
        None => anyhow::bail!("no request: name a file, or pipe one in; `dangol quote --help` shows how"),
    };
    anyhow::ensure!(
        !source.text.trim().is_empty(),
        "the request in `{}` is empty; `dangol quote --help` shows how to give one",
        source.name
    );
    Ok(source)
}

/// The text of a request with that instant in it; as it is where it is no object, which is then told.
fn at(request: &Source, now: Instant) -> String {
    let places = request.places();
    let text = format!("\"{now}\"");
    let (span, text) = match places.field("now") {
        Some(place) => (place.span.clone(), text),
        None if places.is_object() => {
            // Before the closing brace, so that nothing else moves.
            let end = places.span.end.saturating_sub(1);
            let comma = if places.fields().is_empty() { "" } else { "," };
            (end..end, format!("{comma}\"now\":{text}"))
        }
        None => (0..0, String::new()),
    };
    let (before, after) = (request.text.get(..span.start), request.text.get(span.end..));
    [before.unwrap_or_default(), &text, after.unwrap_or_default()].concat()
}

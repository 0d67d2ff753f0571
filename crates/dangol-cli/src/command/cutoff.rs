//! `dangol cutoff`: where the values of a file are cut, one value on each line.

use std::ops::Range;
use std::path::PathBuf;

use clap::Args;
use dangol::{Above, Amount, Cut, CutAt, Cutoff, Cutoffs, InputError, Lang, Nothing, Percent, Problem, Ties};

use super::{Console, Outcome};
use crate::paper::Labels;
use crate::source::{Format, Source};

pub(crate) const EXAMPLES: &str = "\
Examples:
  dangol cutoff spend.txt --top-percent 10
  dangol cutoff spend.txt --above-average=120 --exclude-ties --json
  dangol cutoff spend.txt --groups 5 | cut -d' ' -f1";

/// What `cutoff` takes.
#[derive(Debug, Args)]
pub(crate) struct CutoffArgs {
    /// The values, one on each line; `-`, or nothing, for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    #[command(flatten)]
    at: At,
    /// No more are in than was asked for, and nobody who is exactly average: those who are tied are out together
    #[arg(long)]
    exclude_ties: bool,
    /// Those who have 0 are counted too
    #[arg(long)]
    count_nothing: bool,
    /// How many digits the cutoffs have after the point; those of the values where left out
    #[arg(long, value_name = "DIGITS")]
    digits: Option<u8>,
    /// The language; that of the locale where left out
    #[arg(long, value_name = "ko|en")]
    pub(crate) lang: Option<Lang>,
    /// Print {"cutoffs", "values", "left_out"} as JSON
    #[arg(long)]
    json: bool,
}

/// Where it is cut: one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct At {
    /// The best so many percent
    #[arg(long, value_name = "PERCENT")]
    top_percent: Option<Percent>,
    /// The best so many
    #[arg(long, value_name = "COUNT")]
    top_count: Option<u64>,
    /// The average, or so many percent of it
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, require_equals = true, default_missing_value = "100")]
    above_average: Option<Percent>,
    /// The median, or so many percent of it
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, require_equals = true, default_missing_value = "100")]
    above_median: Option<Percent>,
    /// So many groups of equal size
    #[arg(long, value_name = "COUNT")]
    groups: Option<u32>,
}

pub(super) fn run(args: &CutoffArgs, lang: Lang, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let source = Source::read(&args.file, Some(Format::Json))?;
    let told = values(&source).and_then(|(values, spans)| {
        let Some(cut) = args.cut() else { return Ok(None) };
        cut.of(&values, &[]).map(Some).map_err(|error| wrong(&source, &spans, error))
    });
    match told {
        Ok(Some(cutoffs)) if args.json => {
            writeln!(console.out, "{}", serde_json::to_string_pretty(&cutoffs)?)?;
        }
        Ok(Some(cutoffs)) => write!(console.out, "{}", sentences(&cutoffs, Labels::of(lang)))?,
        Ok(None) => anyhow::bail!("nothing says where to cut"),
        Err(problem) => {
            writeln!(console.err, "{problem}")?;
            return Ok(Outcome::Problems);
        }
    }
    Ok(Outcome::Fine)
}

impl CutoffArgs {
    fn cut(&self) -> Option<Cut> {
        let At { top_percent, top_count, above_average, above_median, groups } = self.at;
        let above = |percent| Above { percent };
        let at = top_percent
            .map(CutAt::TopPercent)
            .or(top_count.map(CutAt::TopCount))
            .or(above_average.map(above).map(CutAt::AboveAverage))
            .or(above_median.map(above).map(CutAt::AboveMedian))
            .or(groups.map(CutAt::Groups))?;
        let ties = if self.exclude_ties { Ties::Exclude } else { Ties::Include };
        let nothing = if self.count_nothing { Nothing::Count } else { Nothing::LeaveOut };
        Some(Cut { at, ties, nothing, digits: self.digits })
    }
}

/// The values, and where each of them stands; empty lines say nothing.
fn values(source: &Source) -> Result<(Vec<Amount>, Vec<Range<usize>>), String> {
    let (mut values, mut spans) = (Vec::new(), Vec::new());
    let mut start = 0_usize;
    for line in source.text.split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len().saturating_sub(line.trim_start().len());
        let from = start.saturating_add(indent);
        let span = from..from.saturating_add(text.len());
        start = start.saturating_add(line.len());
        if text.is_empty() {
            continue;
        }
        match text.parse() {
            Ok(value) => values.push(value),
            Err(error) => {
                let message = format!("{error}, found `{text}` [{}]", dangol::Code::InvalidValue);
                return Err(source.show(&source.spot(span), &message));
            }
        }
        spans.push(span);
    }
    Ok((values, spans))
}

/// A problem where it stands: on a line of the file, or on the command line.
fn wrong(source: &Source, spans: &[Range<usize>], error: InputError) -> String {
    let Problem { code, path, message } = error.0;
    let message = format!("{message} [{code}]");
    if let Some(option) = path.strip_prefix("cut.") {
        let option = option.trim_start_matches("at.").trim_end_matches(".percent").replace('_', "-");
        return format!("--{option}: {message}");
    }
    let index = path.strip_prefix("values[").and_then(|rest| rest.strip_suffix(']')?.parse::<usize>().ok());
    match index.and_then(|index| spans.get(index)) {
        Some(span) => source.show(&source.spot(span.clone()), &message),
        None => format!("{}: {message}", source.name),
    }
}

/// A line for each cutoff, which begins with the number.
fn sentences(cutoffs: &Cutoffs, labels: Labels) -> String {
    let all = cutoffs.values.to_string();
    let line = |Cutoff { value, reached_by, tied }: &Cutoff| {
        let (value, reached_by, tied) = (value.to_string(), reached_by.to_string(), tied.to_string());
        let places = [("value", &*value), ("reached", &*reached_by), ("all", &*all), ("tied", &*tied)];
        let key = match (reached_by.as_str(), tied.as_str()) {
            ("0", _) => "cutoff.nobody",
            (_, "0") => "cutoff.above",
            _ => "cutoff.tied",
        };
        labels.fill(key, &places) + "\n"
    };
    let mut text: String = cutoffs.cutoffs.iter().map(line).collect();
    if cutoffs.left_out > 0 {
        text.push_str(&labels.fill("cutoff.left_out", &[("count", &cutoffs.left_out.to_string())]));
        text.push('\n');
    }
    text
}

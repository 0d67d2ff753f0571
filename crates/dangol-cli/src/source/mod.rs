//! A text that somebody wrote, and where in it a path of the core stands.

mod excerpt;
mod json;
mod place;
mod records;
mod toml;

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, anyhow};
use clap::ValueEnum;
use dangol::{Code, Problem, Program, ProgramError, wire};

pub(crate) use place::Place;
pub(crate) use records::{Record, Records};

/// The formats of a program file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Toml,
}

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) format: Format,
    /// The line and column of a larger text where it begins.
    start: (usize, usize),
}

/// The beginning of a text.
const BEGINNING: (usize, usize) = (1, 1);

/// A place in a text; lines and columns count from 1, in characters.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// The bytes that are meant.
    span: Range<usize>,
}

/// A problem and where it stands.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) problem: Problem,
    pub(crate) spot: Spot,
}

impl Source {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn read(path: &Path, format: Option<Format>) -> anyhow::Result<Source> {
        let (name, bytes) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
            ("<stdin>".to_owned(), bytes)
        } else {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
            (name, bytes)
        };
        let text = text(&name, &bytes)?.to_owned();
        let toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        let format = format.unwrap_or(if toml { Format::Toml } else { Format::Json });
        Ok(Source { name, text, format, start: BEGINNING })
    }

    /// A text that is part of this program.
    pub(crate) fn built_in(name: &str, text: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned(), format: Format::Json, start: BEGINNING }
    }

    /// Loads it as a program.
    pub(crate) fn program(&self) -> Result<Program, ProgramError> {
        match self.format {
            Format::Json => Program::from_json(&self.text),
            Format::Toml => Program::from_toml(&self.text),
        }
    }

    /// The tree of places of the text, as far as it can be read.
    pub(crate) fn places(&self) -> Place {
        let places = match self.format {
            Format::Json => json::places(&self.text),
            Format::Toml => toml::places(&self.text),
        };
        places.unwrap_or_default()
    }

    /// Where each problem stands, in the order of the text.
    pub(crate) fn locate(&self, problems: &[Problem]) -> Vec<Located> {
        let places = self.places();
        let mut located: Vec<Located> =
            problems.iter().map(|problem| self.located(problem.clone(), &places)).collect();
        located.sort_by_key(|located| located.spot.span.start);
        located
    }

    fn located(&self, mut problem: Problem, places: &Place) -> Located {
        if problem.path.is_empty()
            && let Some((spot, message)) = self.said(&problem.message)
        {
            problem.message = message.to_owned();
            return Located { problem, spot };
        }
        let span = match problem.code {
            Code::UnknownField | Code::DuplicateField | Code::UnknownWord => {
                places.word(&problem.path, first_quoted(&problem.message))
            }
            _ => places.at(&problem.path),
        };
        Located { problem, spot: self.spot(span) }
    }

    /// Where those bytes are.
    pub(crate) fn spot(&self, span: Range<usize>) -> Spot {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        let last = before.rsplit('\n').next().unwrap_or_default();
        Spot { line, column: last.chars().count().saturating_add(1), span }
    }

    /// The place that a message says in words, `line 3, column 14: …`, and the rest of the message.
    pub(crate) fn said<'m>(&self, message: &'m str) -> Option<(Spot, &'m str)> {
        let (line, rest) = message.strip_prefix("line ")?.split_once(", column ")?;
        let (column, rest) = rest.split_once(": ")?;
        let start = self.offset(line.parse().ok()?, column.parse().ok()?);
        Some((self.spot(start..start), rest))
    }

    /// The byte at a line and column as readers count them: bytes in JSON, characters in TOML.
    fn offset(&self, line: usize, column: usize) -> usize {
        let mut lines = self.text.split_inclusive('\n');
        let start: usize = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
        let current = lines.next().unwrap_or_default().trim_end_matches(['\n', '\r']);
        let before = column.saturating_sub(1);
        let within = match self.format {
            // JSON's column may point into a character.
            Format::Json => current.floor_char_boundary(before),
            Format::Toml => current.chars().take(before).map(char::len_utf8).sum(),
        };
        start.saturating_add(within)
    }

    /// `file:line:column: text`, and below it the line with a mark.
    pub(crate) fn show(&self, spot: &Spot, text: &str) -> String {
        let Spot { line, column, span } = spot;
        let (before, left) = (self.start.0.saturating_sub(1), self.start.1.saturating_sub(1));
        let shown = line.saturating_add(before);
        let excerpt = excerpt::excerpt(&self.text, *line, *column, span, shown);
        let column = if *line == 1 { column.saturating_add(left) } else { *column };
        let line = shown;
        // A message may quote what somebody sent: no letter of it may move the cursor.
        let text = excerpt::shown(text);
        format!("{}:{line}:{column}: {text}\n{excerpt}", self.name)
    }

    /// Every problem with its place, its code and its line.
    pub(crate) fn report(&self, problems: &[Problem]) -> String {
        let one = |Located { problem, spot }| {
            let text = format!("{problem} [{}]", problem.code);
            format!("{}\n", self.show(&spot, &text))
        };
        self.locate(problems).into_iter().map(one).collect()
    }
}

/// The text of a file.
pub(crate) fn text<'a>(name: &str, bytes: &'a [u8]) -> anyhow::Result<&'a str> {
    wire::text(bytes).map_err(|failure| anyhow!("`{name}`: {} [{}]", failure.message, failure.code))
}

/// The first word that a message quotes.
fn first_quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

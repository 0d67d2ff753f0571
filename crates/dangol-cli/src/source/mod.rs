//! A text that somebody wrote, and where in it a path of the core stands.

mod excerpt;
mod json;
mod place;
mod toml;

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use dangol::{Code, Problem, Program, ProgramError};

pub(crate) use place::Place;

/// The formats of a program file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON.
    Json,
    /// TOML.
    Toml,
}

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) format: Format,
}

/// A problem with the place where it stands in its source; lines and columns count from 1, in characters.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) problem: Problem,
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// The bytes that it is about.
    span: std::ops::Range<usize>,
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
        let text = String::from_utf8(bytes).with_context(|| format!("`{name}` is not UTF-8 text"))?;
        // Some editors begin a file with a byte order mark, which is no part of JSON or TOML.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        let format = format.unwrap_or(if toml { Format::Toml } else { Format::Json });
        Ok(Source { name, text, format })
    }

    /// A text that is part of this program.
    pub(crate) fn built_in(name: &str, text: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned(), format: Format::Json }
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
        located.sort_by_key(|located| located.span.start);
        located
    }

    fn located(&self, mut problem: Problem, places: &Place) -> Located {
        let said = problem.path.is_empty().then(|| place_in_words(&problem.message)).flatten();
        if let Some((line, column, message)) = said {
            problem.message = message;
            let start = self.offset(line, column);
            return Located { problem, line, column: self.column(start), span: start..start };
        }
        let span = match problem.code {
            Code::UnknownField | Code::DuplicateField | Code::UnknownWord => {
                places.word(&problem.path, first_quoted(&problem.message))
            }
            _ => places.at(&problem.path),
        };
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        Located { problem, line, column: self.column(span.start), span }
    }

    /// The byte at a line and column as the core gives them: bytes in JSON, characters in TOML.
    fn offset(&self, line: usize, column: usize) -> usize {
        let mut lines = self.text.split_inclusive('\n');
        let start: usize = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
        let current = lines.next().unwrap_or_default().trim_end_matches(['\n', '\r']);
        let within = match self.format {
            Format::Json => column.saturating_sub(1).min(current.len()),
            Format::Toml => current.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum(),
        };
        start.saturating_add(within)
    }

    fn column(&self, start: usize) -> usize {
        // Bytes of JSON text may point into a character.
        let start = (0..=start).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let before = self.text.get(..start).unwrap_or_default();
        before.rsplit('\n').next().map_or(0, |last| last.chars().count()).saturating_add(1)
    }

    /// The problem as `file:line:column: path: message [code]`, and below it the line with a mark.
    pub(crate) fn report(&self, located: &Located) -> String {
        let Located { problem, line, column, .. } = located;
        let head = format!("{}:{line}:{column}: {problem} [{}]", self.name, problem.code);
        format!("{head}\n{}", excerpt::excerpt(&self.text, *line, *column, &located.span))
    }
}

/// Line, column and the rest of a message that starts with them.
fn place_in_words(message: &str) -> Option<(usize, usize, String)> {
    let (line, rest) = message.strip_prefix("line ")?.split_once(", column ")?;
    let (column, rest) = rest.split_once(": ")?;
    Some((line.parse().ok()?, column.parse().ok()?, rest.to_owned()))
}

/// The first word that a message quotes.
fn first_quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

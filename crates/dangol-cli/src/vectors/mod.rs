//! Vectors: what a program must answer, written down in JSON and run through [`dangol::wire::call`] only.
//!
//! A file names a program and lists cases; a case is a member and steps; a step says `when` and `then`. Between the
//! steps the runner folds the events into the member. `then` lists only the keys that matter: objects are compared
//! by the listed keys, lists as a whole, everything else exactly.

mod compare;
mod file;
mod origin;
mod returns;
mod run;

use std::fmt;
use std::path::Path;

use anyhow::{Context, anyhow};

use file::{Case, VectorFile};
use origin::Folders;

/// What running one file found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many cases ran.
    pub cases: usize,
    /// Everything that was not as written; a file without a case is a failure of its own.
    pub failures: Vec<Failed>,
}

impl Report {
    /// Whether every case ran and was as written.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty() && self.cases > 0
    }
}

/// One thing that was not as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The name of the case; empty where the file itself is wrong.
    pub case: String,
    /// Where it is written in the file: `cases[0].steps[1].then.due`.
    pub path: String,
    /// One line for people.
    pub message: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in [&self.case, &self.path] {
            if !part.is_empty() {
                write!(f, "{part}: ")?;
            }
        }
        f.write_str(&self.message)
    }
}

/// Runs every case of a file.
///
/// Program files are looked for from the file's own folder, then from each folder above it, then from `roots`.
///
/// # Errors
/// Only where the file cannot be read; whatever is wrong in it is a failure of the report.
pub fn run_file(path: &Path, roots: &[&Path]) -> anyhow::Result<Report> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let text = dangol::wire::text(&bytes);
    let text = text.map_err(|failure| anyhow!("`{}`: {}", path.display(), failure.message))?;
    run_text(text, &Folders::of(path, roots))
}

fn run_text(text: &str, folders: &Folders) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let mut wrong = |message: String| {
        let (case, path) = (String::new(), String::new());
        report.failures.push(Failed { case, path, message });
    };
    match serde_json::from_str::<VectorFile>(text.trim_start_matches('\u{feff}')) {
        Err(error) => wrong(format!("line {}, column {}: {}", error.line(), error.column(), reason(&error))),
        Ok(file) if file.cases.is_empty() => wrong("the file has no case".into()),
        Ok(file) => {
            report.cases = file.cases.len();
            for (index, case) in file.cases.iter().enumerate() {
                report.failures.extend(repeated(&file.cases, index));
                report.failures.extend(run::case(case, index, file.program.as_deref(), folders));
            }
        }
    }
    Ok(report)
}

/// Names tell cases apart, so each is used once.
fn repeated(cases: &[Case], index: usize) -> Option<Failed> {
    let name = &cases.get(index)?.name;
    let before = cases.iter().take(index).any(|case| case.name == *name);
    let (path, message) = (format!("cases[{index}].name"), "another case has this name".to_owned());
    before.then(|| Failed { case: name.clone(), path, message })
}

/// What serde says, without the place that it appends.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

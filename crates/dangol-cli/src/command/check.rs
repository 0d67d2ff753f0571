//! `dangol check`: loads programs and tells every problem with its line.

use dangol::{Code, Program};
use serde::Serialize;

use super::{Console, Outcome};
use crate::args::CheckArgs;
use crate::source::{Located, Source};

pub(super) fn run(args: &CheckArgs, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let mut found = Found::default();
    for file in &args.files {
        let source = Source::read(file, args.format)?;
        match source.program() {
            Ok(program) => {
                if !args.json {
                    writeln!(console.out, "{}: OK: {}", source.name, summary(&program))?;
                }
                found.programs.push(Loaded::of(&source, &program));
            }
            Err(error) => {
                if !args.json {
                    write!(console.out, "{}", source.report(error.problems()))?;
                }
                let located = source.locate(error.problems());
                found.problems.extend(located.into_iter().map(|located| Wrong::of(&source, located)));
            }
        }
    }
    found.ok = found.problems.is_empty();
    if args.json {
        writeln!(console.out, "{}", serde_json::to_string_pretty(&found)?)?;
    } else if !found.ok {
        let bad = args.files.len().saturating_sub(found.programs.len());
        let problems = counted(found.problems.len(), "problem");
        writeln!(console.out, "{problems} in {}", counted(bad, "file"))?;
    }
    Ok(if found.ok { Outcome::Fine } else { Outcome::Problems })
}

/// What a program is and holds, in a line.
fn summary(program: &Program) -> String {
    let file = program.file();
    let tiers = file.tiers.0.iter().map(|ladder| ladder.tiers.len()).sum();
    let counts = [
        (file.wallets.len(), "wallet"),
        (tiers, "tier"),
        (file.accruals.len(), "accrual"),
        (file.lanes.len(), "lane"),
        (file.offers.len(), "offer"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
    let counts = counts.collect::<Vec<_>>().join(", ");
    format!("{} version {}, hash {}: {counts}", program.id(), program.version(), program.hash())
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What `--json` prints.
#[derive(Debug, Default, Serialize)]
struct Found {
    ok: bool,
    programs: Vec<Loaded>,
    problems: Vec<Wrong>,
}

/// A program without problems.
#[derive(Debug, Serialize)]
struct Loaded {
    file: String,
    id: String,
    version: String,
    hash: String,
}

/// A problem and its place.
#[derive(Debug, Serialize)]
struct Wrong {
    file: String,
    code: Code,
    path: String,
    message: String,
    line: usize,
    column: usize,
}

impl Loaded {
    fn of(source: &Source, program: &Program) -> Loaded {
        let (id, version, hash) = (program.id(), program.version(), program.hash());
        let file = source.name.clone();
        Loaded { file, id: id.to_string(), version: version.to_string(), hash: hash.to_string() }
    }
}

impl Wrong {
    fn of(source: &Source, located: Located) -> Wrong {
        let Located { problem, spot } = located;
        Wrong {
            file: source.name.clone(),
            code: problem.code,
            path: problem.path,
            message: problem.message,
            line: spot.line,
            column: spot.column,
        }
    }
}

//! `dangol test`: runs vector files and tells what is not as written, and where it is written.

use std::collections::BTreeSet;
use std::path::Path;

use dangol_cli::vectors::{self, Failed, Report};

use super::{Console, Outcome};
use crate::args::TestArgs;
use crate::source::{Format, Place, Source, Spot};

pub(super) fn run(args: &TestArgs, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (mut passed, mut failed): (usize, usize) = (0, 0);
    for file in &args.files {
        let report = vectors::run_file(file, &[])?;
        let wrong = wrong(&report);
        let right = report.cases.saturating_sub(wrong);
        if report.passed() {
            writeln!(console.out, "{}: {right} passed", file.display())?;
        } else {
            tell(file, &report.failures, console)?;
        }
        passed = passed.saturating_add(right);
        failed = failed.saturating_add(wrong);
    }
    writeln!(console.out, "{passed} passed, {failed} failed")?;
    Ok(if failed == 0 { Outcome::Fine } else { Outcome::Problems })
}

/// How many cases are not as written; a file that cannot be run counts as one.
fn wrong(report: &Report) -> usize {
    let case = |failed: &Failed| failed.path.split(']').next().unwrap_or_default().to_owned();
    report.failures.iter().map(case).collect::<BTreeSet<_>>().len()
}

fn tell(file: &Path, failures: &[Failed], console: &mut Console<'_>) -> anyhow::Result<()> {
    let source = Source::read(file, Some(Format::Json))?;
    let places = source.places();
    let mut shown: Vec<(Spot, String)> =
        failures.iter().map(|failed| placed(failed, &source, &places)).collect();
    shown.sort_by_key(|(spot, _)| (spot.line, spot.column));
    for (spot, text) in shown {
        writeln!(console.out, "{}", source.show(&spot, &text))?;
    }
    Ok(())
}

/// What failed and where that is written.
fn placed(failed: &Failed, source: &Source, places: &Place) -> (Spot, String) {
    let Failed { case, path, message } = failed;
    if path.is_empty()
        && let Some((spot, rest)) = source.said(message)
    {
        return (spot, rest.to_owned());
    }
    // The name of the case says more than its number in the file.
    let inner = path.split_once("].").map_or("", |(_, inner)| inner);
    let parts = [case.as_str(), inner, message].into_iter().filter(|part| !part.is_empty());
    (source.spot(places.at(path)), parts.collect::<Vec<_>>().join(": "))
}

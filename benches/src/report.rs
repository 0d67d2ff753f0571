//! What is printed while measuring, and written down for the tables of the README where that is wanted.
#![expect(clippy::print_stdout, reason = "tables are what these programs are for")]

use crate::growth::Size;
use crate::record::{self, Row};
use crate::worst::{self, Case};
use crate::{Outcome, figures, readme, workloads};

/// What a quote of W2 may take, in picoseconds.
const W2_LIMIT: u64 = 100_000_000;

/// How it is measured.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Whether instructions are counted.
    pub counts: bool,
    /// Whether what was measured is written to `measured/`.
    pub records: bool,
}

impl Run {
    /// Notes the rows of one table.
    pub fn note(self, file: &str, rows: &[Row]) -> Outcome<()> {
        if self.records { record::write(file, rows) } else { Ok(()) }
    }
}

/// Names, times and instructions of rows.
pub fn print(rows: &[Row]) {
    for row in rows {
        let (minimum, median) = (figures::time(row.times.minimum), figures::time(row.times.median));
        println!("  {:<44}{minimum:>12}{median:>12}{:>14}", row.what(), row.count());
    }
}

/// The heading of tables of [`print`].
pub fn heading() {
    println!("{:<46}{:>12}{:>12}{:>14}", "", "minimum", "median", "instructions");
}

/// The workloads, each beside the code written by hand.
pub fn workloads(run: Run) -> Outcome<()> {
    heading();
    let mut all = Vec::new();
    for (title, tasks) in workloads::tasks()? {
        println!("\n{title}");
        let rows = record::rows(tasks, run.counts)?;
        print(&rows);
        if let Some((engine, others)) = rows.split_first() {
            for other in others.iter().filter(|other| other.what().starts_with("by hand")) {
                let time = figures::ratio(engine.times.minimum, other.times.minimum);
                let median = figures::ratio(engine.times.median, other.times.median);
                let count = engine.times_of(other);
                println!("  {:<44}{time:>12}{median:>12}{count:>14}", format!("engine ÷ {}", other.what()));
            }
            if engine.name == "W2 engine" {
                let kept = if engine.times.minimum < W2_LIMIT { "kept" } else { "BROKEN" };
                println!("  limit of {}: {kept}", figures::time(W2_LIMIT));
            }
        }
        all.extend(rows);
    }
    run.note("workloads", &all)
}

/// W2 in other sizes.
pub fn growth(run: Run) -> Outcome<()> {
    let sizes = Size::all();
    let tasks = sizes.iter().map(|size| size.task()).collect::<Outcome<Vec<_>>>()?;
    println!("\nW2 in other sizes");
    let rows = record::rows(tasks, run.counts)?;
    print(&rows.iter().map(whole).collect::<Vec<_>>());
    let steepest = readme::steepest(&rows)?;
    // A clock is less exact than a counter.
    let linear = if run.counts { 105 } else { 130 };
    let verdict = if steepest <= linear { "no step is worse than linear" } else { "WORSE THAN LINEAR" };
    println!("cost grows {} times as fast as lines or rules: {verdict}", figures::fine_ratio(steepest, 100));
    for size in sizes.iter().filter(|size| size.coupons > 0) {
        if !size.proved()? {
            println!("  {}: the best combination is not proved", size.name());
        }
    }
    run.note("growth", &rows)
}

/// The worst documented size, with those cases whose answer is proved marked in their name.
pub fn worst(run: Run) -> Outcome<()> {
    let cases = Case::all()?;
    println!(
        "\n{} coupons in {} groups, any {} of them together, over {} lines",
        worst::COUPONS,
        worst::GROUPS,
        worst::GROUPS,
        worst::LINES
    );
    let proved = cases.iter().map(Case::proved).collect::<Outcome<Vec<_>>>()?;
    // What is promised is a time.
    let mut rows = record::rows(cases.into_iter().map(Case::task).collect(), false)?;
    for (row, proved) in rows.iter_mut().zip(&proved) {
        row.name.push_str(if *proved { ", optimal" } else { ", not proved" });
    }
    print(&rows);
    let slowest = rows.iter().map(|row| row.times.minimum).max().unwrap_or(0);
    let kept = if slowest < worst::LIMIT { "kept" } else { "BROKEN" };
    let of = proved.iter().filter(|proved| **proved).count();
    println!("  optimal: {of} of {}; limit of {}: {kept}", proved.len(), figures::time(worst::LIMIT));
    run.note("worst", &rows)
}

/// A row whose name has no workload before it.
fn whole(row: &Row) -> Row {
    Row { name: format!("W2 {}", row.name), ..row.clone() }
}

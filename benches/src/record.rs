//! Measured tasks as rows: printed, written to `measured/`, and read back for the tables of the README.

use std::fmt::Write as _;

use crate::measure::{self, Task, Times};
use crate::{Outcome, figures};

/// How often each task is timed.
const ROUNDS: usize = 101;

/// A measured task.
#[derive(Clone, Debug)]
pub struct Row {
    /// The name of the task, which starts with that of the workload.
    pub name: String,
    /// How long it takes.
    pub times: Times,
    /// How many instructions it takes, where they were counted.
    pub instructions: Option<u64>,
}

impl Row {
    /// Its name without that of the workload.
    #[must_use]
    pub fn what(&self) -> &str {
        self.name.split_once(' ').map_or(&self.name, |(_, what)| what)
    }

    /// Its instructions as people read them; nothing where none were counted.
    #[must_use]
    pub fn count(&self) -> String {
        self.instructions.map(figures::count).unwrap_or_default()
    }

    /// How many times the instructions of another row it has; nothing where none were counted.
    #[must_use]
    pub fn times_of(&self, other: &Row) -> String {
        let counts = self.instructions.zip(other.instructions);
        counts.map(|(own, other)| figures::ratio(own, other)).unwrap_or_default()
    }

    /// Instructions where they were counted, else picoseconds.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.instructions.unwrap_or(self.times.minimum)
    }
}

/// Measures the tasks, all in turn, and counts their instructions where that is wanted.
pub fn rows(mut tasks: Vec<Task>, counts: bool) -> Outcome<Vec<Row>> {
    let times = measure::times(&mut tasks, ROUNDS);
    let mut rows = Vec::with_capacity(tasks.len());
    for (task, times) in tasks.into_iter().zip(times) {
        let counted = counts.then(|| measure::instructions(&task.name, times.minimum)).transpose()?;
        rows.push(Row { name: task.name, times, instructions: counted });
    }
    Ok(rows)
}

/// The row of that name.
pub fn row<'a>(rows: &'a [Row], name: &str) -> Outcome<&'a Row> {
    let found = rows.iter().find(|row| row.name == name);
    found.ok_or_else(|| format!("`{name}` was not measured").into())
}

/// The folder of what was measured last.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measured");

/// Writes what was measured to a file of that name: name, minimum and median in picoseconds, instructions.
pub fn write(file: &str, rows: &[Row]) -> Outcome<()> {
    let mut text = String::new();
    for Row { name, times, instructions } in rows {
        let instructions = instructions.map(|count| count.to_string()).unwrap_or_default();
        writeln!(text, "{name}\t{}\t{}\t{instructions}", times.minimum, times.median)?;
    }
    Ok(std::fs::write(format!("{FOLDER}/{file}.tsv"), text)?)
}

/// Reads what was measured last.
pub fn read(file: &str) -> Outcome<Vec<Row>> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{file}.tsv"))?;
    text.lines().map(|line| parsed(line).ok_or_else(|| format!("not a row: `{line}`").into())).collect()
}

fn parsed(line: &str) -> Option<Row> {
    let mut cells = line.split('\t');
    let name = cells.next()?.to_owned();
    let times = Times { minimum: cells.next()?.parse().ok()?, median: cells.next()?.parse().ok()? };
    Some(Row { name, times, instructions: cells.next()?.parse().ok() })
}

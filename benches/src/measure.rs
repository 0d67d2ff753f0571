//! Clock and instruction counter.

use std::hint::black_box;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Outcome;

/// Something that can be repeated.
pub trait Operation {
    /// Prepares so many repetitions; not measured.
    fn ready(&mut self, _count: usize) {}

    /// Does it so many times.
    fn run(&mut self, count: usize);

    /// The most repetitions that can be prepared at once.
    fn most(&self) -> usize {
        usize::MAX
    }
}

/// An operation that needs no preparation: the repetition is inlined into the loop.
impl<F: FnMut()> Operation for F {
    fn run(&mut self, count: usize) {
        for _ in 0..count {
            self();
        }
    }
}

/// An operation with its name.
pub struct Task {
    /// Its name, by which the instruction counter finds it again.
    pub name: String,
    /// What is measured.
    pub operation: Box<dyn Operation>,
}

impl Task {
    /// A task that needs no preparation.
    pub fn new(name: impl Into<String>, operation: impl FnMut() + 'static) -> Task {
        Task { name: name.into(), operation: Box::new(operation) }
    }
}

/// Picoseconds of one repetition, over all rounds.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Of the fastest round: what the machine does undisturbed.
    pub minimum: u64,
    /// Of the round in the middle.
    pub median: u64,
}

/// How long a round of one task lasts: shorter than a time slice, so that some rounds are not interrupted.
const ROUND: Duration = Duration::from_millis(2);

/// Times all tasks in turn, round by round, so that a noisy neighbour disturbs them alike.
pub fn times(tasks: &mut [Task], rounds: usize) -> Vec<Times> {
    let counts: Vec<usize> = tasks.iter_mut().map(count_for_a_round).collect();
    let mut samples = vec![Vec::with_capacity(rounds); tasks.len()];
    for _ in 0..rounds {
        for ((task, count), samples) in tasks.iter_mut().zip(&counts).zip(&mut samples) {
            let nanoseconds = elapsed(task, *count).as_nanos();
            let each = nanoseconds.saturating_mul(1_000).checked_div((*count).try_into().unwrap_or(1));
            samples.push(each.and_then(|each| u64::try_from(each).ok()).unwrap_or(u64::MAX));
        }
    }
    samples.into_iter().map(|mut samples| summary(&mut samples)).collect()
}

fn summary(samples: &mut [u64]) -> Times {
    samples.sort_unstable();
    let at = |index: usize| samples.get(index).copied().unwrap_or(0);
    Times { minimum: at(0), median: at(samples.len() / 2) }
}

/// The time of so many repetitions, in batches that can be prepared.
fn elapsed(task: &mut Task, count: usize) -> Duration {
    let mut left = count;
    let mut sum = Duration::ZERO;
    while left > 0 {
        let batch = left.min(task.operation.most());
        task.operation.ready(batch);
        let start = Instant::now();
        counted_operations(&mut *task.operation, batch);
        sum = sum.saturating_add(start.elapsed());
        left = left.saturating_sub(batch);
    }
    sum
}

fn count_for_a_round(task: &mut Task) -> usize {
    let mut count = 1_usize;
    while count < 1 << 24 && elapsed(task, count) < ROUND {
        count = count.saturating_mul(2);
    }
    count
}

/// Between entering and leaving this function instructions are counted: callgrind is told its name.
#[inline(never)]
fn counted_operations(operation: &mut dyn Operation, count: usize) {
    black_box(operation).run(black_box(count));
}

/// How many repetitions warm up before some are counted: the first ones allocate what later ones reuse.
const WARM: usize = 16;

/// How many repetitions of something that takes so long are counted: callgrind is some fifty times slower.
fn counted(picoseconds: u64) -> usize {
    match picoseconds {
        0..200_000_000 => 256,
        200_000_000..2_000_000_000 => 32,
        _ => 4,
    }
}

/// What this program does inside callgrind: warms up, then counts so many repetitions.
pub fn repeat(task: &mut Task, count: usize) {
    task.operation.ready(WARM.min(count));
    task.operation.run(WARM.min(count));
    let batch = count.min(task.operation.most());
    for _ in 0..count.checked_div(batch).unwrap_or(0) {
        task.operation.ready(batch);
        counted_operations(&mut *task.operation, batch);
    }
}

/// Whether valgrind can be called.
#[must_use]
pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Instructions of one repetition, which takes so long: this very program is run once more, inside callgrind.
pub fn instructions(name: &str, picoseconds: u64) -> Outcome<u64> {
    let count = counted(picoseconds);
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*counted_operations*")
        .arg(std::env::current_exe()?)
        .args(["repeat", name, &count.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    let total: Option<u64> = collected.and_then(|(_, number)| number.trim().parse().ok());
    let counted = u64::try_from(count)?;
    let each = total.and_then(|total| total.checked_div(counted));
    each.ok_or_else(|| io::Error::other(format!("callgrind counted nothing for `{name}`: {said}")).into())
}

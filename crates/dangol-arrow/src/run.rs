//! The rows of a batch on several threads, with the same answer whatever their number.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::fault::Fault;
use crate::schema::field;
use crate::write;

/// A part of a batch that is worth a thread's while.
const LEAST: usize = 1_024;
/// The most rows of one part, so that memory is bounded by them.
const MOST: usize = 65_536;

/// What becomes of rows that cannot be read, and how the work is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// How many threads work; as many as the machine has where left out.
    pub threads: Option<NonZeroUsize>,
    /// Whether rows with mistakes are told of in a table, and not by the first error.
    pub keep_rejected: bool,
    /// Whether every member is read in full, also those for whom nothing is due.
    pub check_all: bool,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The member's id, where that can be read.
    pub id: Option<String>,
    /// Where and why.
    pub fault: Fault,
}

/// The columns of a table of rejected rows.
#[must_use]
pub fn rejected_schema() -> Schema {
    Schema::new(vec![
        field("row", DataType::Int64),
        field("id", DataType::Utf8),
        field("place", DataType::Utf8),
        field("code", DataType::Utf8),
        field("message", DataType::Utf8),
    ])
}

/// Rejected rows as a table.
pub(crate) fn rejected_table(rejected: &[Rejected]) -> Result<RecordBatch, Fault> {
    let row = |Rejected { id, fault }: &Rejected| -> Value {
        let Fault { code, row, message, .. } = fault;
        json!({ "row": row, "id": id, "place": fault.place(), "code": code, "message": message })
    };
    let rows: Vec<Value> = rejected.iter().map(row).collect();
    write::table(&Arc::new(rejected_schema()), &rows)
}

/// A row that went wrong: raised, or kept to be told of.
pub(crate) fn reject(
    options: &Options,
    rejected: &mut Vec<Rejected>,
    id: impl FnOnce() -> Option<String>,
    fault: Fault,
) -> Result<(), Fault> {
    if !options.keep_rejected {
        return Err(fault);
    }
    rejected.push(Rejected { id: id(), fault });
    Ok(())
}

/// Works on all rows, part by part; the answers stand in the order of the rows.
///
/// # Errors
/// The first row's that has one.
pub(crate) fn over<T: Send>(
    rows: usize,
    options: &Options,
    work: impl Fn(Range<usize>) -> Result<T, Fault> + Sync,
) -> Result<Vec<T>, Fault> {
    let threads = options.threads.or_else(|| std::thread::available_parallelism().ok());
    let threads = threads.map_or(1, NonZeroUsize::get);
    let share = rows.div_ceil(threads.saturating_mul(4).max(1));
    let size = share.clamp(LEAST, MOST);
    let parts = rows.div_ceil(size);
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let done = Mutex::new(Vec::new());
    let worker = || {
        while !stop.load(Ordering::Relaxed) {
            // Parts are taken in their order, so that the first mistake is the same for any number of threads.
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= parts {
                return;
            }
            let start = part.saturating_mul(size);
            let answer = work(start..start.saturating_add(size).min(rows));
            if answer.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((part, answer));
        }
    };
    if threads.min(parts) <= 1 {
        worker();
    } else {
        std::thread::scope(|scope| {
            for _ in 1..threads.min(parts) {
                scope.spawn(worker);
            }
            worker();
        });
    }
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(part, _)| *part);
    done.into_iter().map(|(_, answer)| answer).collect()
}

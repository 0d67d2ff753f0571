//! The loop over the batches of a table: the lock of Python is only taken between them, for progress and Ctrl-C.

use std::num::NonZeroUsize;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use dangol_arrow::{Fault, Options};
use pyo3::prelude::*;

use super::capsule::Lent;
use crate::fault;

/// So many rows are worked on before progress is told.
const ROUND: usize = 262_144;

/// What a call of a batch method asks beside its tables.
#[derive(Default)]
pub(crate) struct Asked<'py> {
    pub(crate) threads: Option<usize>,
    pub(crate) errors: Option<Bound<'py, PyAny>>,
    pub(crate) progress: Option<Bound<'py, PyAny>>,
    pub(crate) check_all: bool,
}

impl<'py> Asked<'py> {
    pub(super) fn options(&self, py: Python<'py>) -> PyResult<Options> {
        let threads = match self.threads {
            None => None,
            Some(threads) => Some(NonZeroUsize::new(threads).ok_or_else(|| {
                fault::error(py, "out_of_range", "threads", "one thread at least does the work")
            })?),
        };
        let keep_rejected = match &self.errors {
            None => false,
            Some(word) => match word.extract::<&str>().unwrap_or_default() {
                "raise" => false,
                "keep" => true,
                _ => {
                    let message = format!("expected \"raise\" or \"keep\", found {}", word.repr()?);
                    return Err(fault::error(py, "unknown_word", "errors", &message));
                }
            },
        };
        Ok(Options { threads, keep_rejected, check_all: self.check_all })
    }

    /// What is called with the number of rows that are done.
    fn progress(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match &self.progress {
            None => Ok(None),
            Some(told) if told.is_callable() => Ok(Some(told.clone())),
            Some(told) if told.is_truthy()? => py.import("dangol._progress")?.call_method0("bar").map(Some),
            Some(_) => Ok(None),
        }
    }
}

/// What a call answers: an error of the reader of a table, or of its rows.
enum Broken {
    Lent(ArrowError),
    Row(Fault),
}

/// Works on all batches of a table, each cut into rounds; `work` is given the number of the first row.
pub(super) fn each<'py, T: Send>(
    py: Python<'py>,
    argument: &str,
    mut table: Lent,
    asked: &Asked<'py>,
    mut work: impl FnMut(&RecordBatch, u64) -> Result<T, Fault> + Send,
) -> PyResult<Vec<T>> {
    let progress = asked.progress(py)?;
    let (mut done, mut first) = (Vec::new(), 0_u64);
    let mut open: Option<RecordBatch> = None;
    loop {
        let step = py.detach(|| -> Result<Option<(T, usize)>, Broken> {
            let batch = match open.take() {
                Some(batch) => batch,
                None => match table.next() {
                    Some(batch) => batch.map_err(Broken::Lent)?,
                    None => return Ok(None),
                },
            };
            let rows = batch.num_rows().min(ROUND);
            let left = batch.num_rows().saturating_sub(rows);
            open = (left > 0).then(|| batch.slice(rows, left));
            let answer = work(&batch.slice(0, rows), first).map_err(Broken::Row)?;
            Ok(Some((answer, rows)))
        });
        let (answer, rows) = match step {
            Ok(Some(step)) => step,
            Ok(None) => break,
            Err(Broken::Row(fault)) => return Err(faulty(py, argument, &fault)),
            Err(Broken::Lent(error)) => {
                return Err(fault::error(py, "wrong_type", argument, &error.to_string()));
            }
        };
        done.push(answer);
        first = first.saturating_add(u64::try_from(rows).unwrap_or(0));
        if let Some(progress) = &progress {
            progress.call1((first,))?;
        }
        py.check_signals()?;
    }
    if let Some(close) = progress.filter(|progress| progress.hasattr("close").unwrap_or(false)) {
        close.call_method0("close")?;
    }
    Ok(done)
}

/// The error that Python raises for a mistake in a table.
pub(crate) fn faulty(py: Python<'_>, argument: &str, found: &Fault) -> PyErr {
    let place = found.place();
    fault::error(py, &found.code, if place.is_empty() { argument } else { &place }, &found.message)
}

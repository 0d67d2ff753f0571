//! The loop over the batches of a table: the lock of Python is only taken between them, for progress and Ctrl-C.

use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use dangol::{Instant, Program};
use dangol_arrow::{Fault, Options, advanced_schema, event_schema, rejected_schema};
use pyo3::prelude::*;

use super::capsule::{Lent, lent};
use super::table::Columns;
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
    fn options(&self, py: Python<'py>) -> PyResult<Options> {
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
fn each<'py, T: Send>(
    py: Python<'py>,
    argument: &str,
    mut table: Lent,
    asked: &Asked<'py>,
    work: impl Fn(&RecordBatch, u64) -> Result<T, Fault> + Sync,
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
            Err(Broken::Lent(error)) => return Err(fault::error(py, "wrong_type", argument, &error.to_string())),
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

/// What changed in a table of members.
///
/// >>> members = program.member_columns([program.apply(member, placed.events)])
/// >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00")
/// <Advanced: 1 events of 1 members, 0 rejected>
#[pyclass(frozen, get_all, module = "dangol")]
pub(crate) struct Advanced {
    /// The events: ``member``, ``version``, ``at``, ``type``, and the whole ``event`` as JSON text.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").events
    /// <Columns 1 row: member, version, at, type, event>
    pub(crate) events: Py<Columns>,
    /// The members after them, those who changed alone, in the columns that were given and those that these lack.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").members
    /// <Columns 1 row: id, version, ...>
    pub(crate) members: Py<Columns>,
    /// The rows that could not be read, with place and reason; empty unless ``errors="keep"``.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00").rejected
    /// <Columns 0 rows: row, id, place, code, message>
    pub(crate) rejected: Py<Columns>,
}

#[pymethods]
impl Advanced {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let rows = |columns: &Py<Columns>| columns.bind(py).len();
        let (events, members, rejected) = (rows(&self.events)?, rows(&self.members)?, rows(&self.rejected)?);
        Ok(format!("<Advanced: {events} events of {members} members, {rejected} rejected>"))
    }
}

/// What the passing of time changes for a table of members.
pub(crate) fn advance<'py>(
    py: Python<'py>,
    program: &Program,
    members: &Bound<'py, PyAny>,
    until: Instant,
    asked: &Asked<'py>,
) -> PyResult<Advanced> {
    let options = asked.options(py)?;
    let table = lent("members", members)?;
    let schema = table.schema().unwrap_or_else(|| Arc::new(arrow_schema::Schema::empty()));
    let advanced = each(py, "members", table, asked, |batch, first| {
        dangol_arrow::advance(program, batch, first, until, &options)
    })?;
    let (mut events, mut changed, mut rejected) = (Vec::new(), Vec::new(), Vec::new());
    for part in advanced {
        events.extend(part.events);
        changed.extend(part.members);
        rejected.extend(part.rejected);
    }
    Ok(Advanced {
        events: Py::new(py, Columns::new(event_schema(), events))?,
        members: Py::new(py, Columns::new(advanced_schema(program, &schema), changed))?,
        rejected: Py::new(py, Columns::new(rejected_schema(), rejected))?,
    })
}

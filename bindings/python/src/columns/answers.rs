//! What the verbs on tables answer.

use arrow_array::RecordBatch;
use dangol::{Instant, Program};
use dangol_arrow::{
    Fault, advanced_schema, event_schema, joined, quote_schema, rejected_schema, standing_schema,
};
use pyo3::prelude::*;

use super::batches::{Asked, each, faulty};
use super::capsule::{Lent, lent};
use super::table::Columns;

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
    let schema = table.schema();
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

/// Where the members of a table stand.
///
/// >>> members = program.member_columns([program.apply(member, placed.events)])
/// >>> program.review_batch(members, now)
/// <Reviewed: 0 standings, 0 rejected>
#[pyclass(frozen, get_all, module = "dangol")]
pub(crate) struct Reviewed {
    /// A row for each member and ladder: where the member stands, what is missing to rise, what the next review finds, and
    /// the whole ``standing`` as JSON text.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.review_batch(members, now).standings
    /// <Columns 0 rows: member, ladder, ...>
    pub(crate) standings: Py<Columns>,
    /// The rows that could not be read, with place and reason; empty unless ``errors="keep"``.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.review_batch(members, now).rejected
    /// <Columns 0 rows: row, id, place, code, message>
    pub(crate) rejected: Py<Columns>,
}

#[pymethods]
impl Reviewed {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (standings, rejected) = (self.standings.bind(py).len()?, self.rejected.bind(py).len()?);
        Ok(format!("<Reviewed: {standings} standings, {rejected} rejected>"))
    }
}

/// Where the members of a table stand.
pub(crate) fn review<'py>(
    py: Python<'py>,
    program: &Program,
    members: &Bound<'py, PyAny>,
    at: Instant,
    asked: &Asked<'py>,
) -> PyResult<Reviewed> {
    let options = asked.options(py)?;
    let table = lent("members", members)?;
    let parts = each(py, "members", table, asked, |batch, first| {
        dangol_arrow::review(program, batch, first, at, &options)
    })?;
    let (mut standings, mut rejected) = (Vec::new(), Vec::new());
    for part in parts {
        standings.extend(part.standings);
        rejected.extend(part.rejected);
    }
    Ok(Reviewed {
        standings: Py::new(py, Columns::new(standing_schema(program), standings))?,
        rejected: Py::new(py, Columns::new(rejected_schema(), rejected))?,
    })
}

/// What the baskets of a table cost and earn.
///
/// >>> import pyarrow
/// >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
/// >>> program.quote_batch(program.member_columns([member]), baskets, now)
/// <Quoted: 1 quotes, 0 rejected>
#[pyclass(frozen, get_all, module = "dangol")]
pub(crate) struct Quoted {
    /// A row for each basket: ``due``, ``discount``, ``earned`` and the like, and the whole ``quote`` as JSON text where that
    /// was asked for.
    ///
    /// >>> import pyarrow
    /// >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
    /// >>> program.quote_batch(program.member_columns([member]), baskets, now).quotes
    /// <Columns 1 row: member, ...>
    pub(crate) quotes: Py<Columns>,
    /// The rows that could not be read, with place and reason; empty unless ``errors="keep"``.
    ///
    /// >>> import pyarrow
    /// >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
    /// >>> program.quote_batch(program.member_columns([member]), baskets, now).rejected
    /// <Columns 0 rows: row, id, place, code, message>
    pub(crate) rejected: Py<Columns>,
}

#[pymethods]
impl Quoted {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (quotes, rejected) = (self.quotes.bind(py).len()?, self.rejected.bind(py).len()?);
        Ok(format!("<Quoted: {quotes} quotes, {rejected} rejected>"))
    }
}

/// What baskets cost and earn, each with the member of the same row.
pub(crate) fn quote<'py>(
    py: Python<'py>,
    program: &Program,
    (members, baskets): (&Bound<'py, PyAny>, &Bound<'py, PyAny>),
    (now, whole): (Instant, bool),
    asked: &Asked<'py>,
) -> PyResult<Quoted> {
    let options = asked.options(py)?;
    let (members, mut baskets) = (lent("members", members)?, Pulled::new(lent("baskets", baskets)?));
    let parts = each(py, "members", members, asked, |batch, first| {
        let baskets = baskets.rows(batch.num_rows())?;
        dangol_arrow::quote(program, (batch, &baskets), first, now, whole, &options)
    })?;
    py.detach(|| baskets.end()).map_err(|fault| faulty(py, "baskets", &fault))?;
    let (mut quotes, mut rejected) = (Vec::new(), Vec::new());
    for part in parts {
        quotes.extend(part.quotes);
        rejected.extend(part.rejected);
    }
    Ok(Quoted {
        quotes: Py::new(py, Columns::new(quote_schema(program, whole), quotes))?,
        rejected: Py::new(py, Columns::new(rejected_schema(), rejected))?,
    })
}

/// A table of which as many rows are taken as another one has.
struct Pulled {
    table: Lent,
    left: Option<RecordBatch>,
}

impl Pulled {
    fn new(table: Lent) -> Pulled {
        Pulled { table, left: None }
    }

    /// The next rows, so many or all that there are.
    fn rows(&mut self, count: usize) -> Result<RecordBatch, Fault> {
        let schema = self.table.schema();
        let (mut taken, mut missing) = (Vec::new(), count);
        while missing > 0 {
            let next = self.left.take().map(Ok).or_else(|| self.table.next()).transpose();
            let next = next.map_err(|error| Fault::new("wrong_type", "baskets", error.to_string()))?;
            let Some(batch) = next else { break };
            let rows = batch.num_rows().min(missing);
            let rest = batch.num_rows().saturating_sub(rows);
            self.left = (rest > 0).then(|| batch.slice(rows, rest));
            taken.push(batch.slice(0, rows));
            missing = missing.saturating_sub(rows);
        }
        joined(&schema, &taken)
    }

    /// Whether all rows were taken.
    fn end(&mut self) -> Result<(), Fault> {
        if self.rows(1)?.num_rows() == 0 {
            return Ok(());
        }
        Err(Fault::new(
            "contradiction",
            "",
            "there are more baskets than members: each basket has its member",
        ))
    }
}

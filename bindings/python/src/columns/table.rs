//! `Columns`: a table for any library that reads Arrow, and members as one.

use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use dangol::Member;
use dangol_arrow::{columns_of, joined};
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde::{Deserialize, Serialize};

use super::batches::faulty;
use super::capsule;
use crate::door::{self, Alone};
use crate::fault;
use crate::shape::{self, Given, Made};
use crate::write::made;

/// A table, for any library that reads Arrow: ``pyarrow.table(columns)``, ``polars.DataFrame(columns)``,
/// ``duckdb.sql("from columns")``, ``pandas.DataFrame.from_arrow(columns)``.
///
/// >>> table = program.member_columns([{"id": "m1"}, {"id": "m2"}])
/// >>> len(table)
/// 2
#[pyclass(frozen, module = "dangol")]
pub(crate) struct Columns {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Columns {
    pub(crate) fn new(schema: impl Into<SchemaRef>, batches: Vec<RecordBatch>) -> Columns {
        Columns { schema: schema.into(), batches }
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).fold(0, usize::saturating_add)
    }
}

#[pymethods]
impl Columns {
    /// The names of the columns.
    ///
    /// >>> program.member_columns([]).column_names[:3]
    /// ['id', 'version', 'at']
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The table as a stream of batches, as Arrow's PyCapsule interface asks.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Given<'py, shape::Anything>>,
    ) -> PyResult<Made<'py, shape::Anything>> {
        // Whoever asks for another schema casts by himself: the interface leaves that to both.
        drop(requested_schema);
        Ok(capsule::stream(py, &self.schema, &self.batches)?.into_any().into())
    }

    /// The table as one batch, as Arrow's PyCapsule interface asks.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Given<'py, shape::Anything>>,
    ) -> PyResult<Made<'py, shape::Pair>> {
        drop(requested_schema);
        let whole = joined(&self.schema, &self.batches).map_err(|fault| faulty(py, "", &fault))?;
        Ok(capsule::array(py, whole)?.into_any().into())
    }

    /// The columns and their types, as Arrow's PyCapsule interface asks.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Anything>> {
        Ok(capsule::schema(py, &self.schema)?.into_any().into())
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        let rows = self.rows();
        format!(
            "<Columns {rows} row{}: {}>",
            if rows == 1 { "" } else { "s" },
            self.column_names().join(", ")
        )
    }
}

/// What `member_columns` reads.
#[derive(Serialize, Deserialize)]
pub(crate) struct MemberList {
    members: Vec<Member>,
}

/// Members as columns.
pub(crate) fn member_columns(
    py: Python<'_>,
    program: &dangol::Program,
    members: &Bound<'_, PyAny>,
) -> PyResult<Columns> {
    let list = PyList::empty(py);
    for member in members.try_iter()? {
        list.append(member?)?;
    }
    let members = door::named::<Alone<MemberList>>(py, &[("members", list.as_any())])?.0.members;
    let batch = py.detach(|| columns_of(program, &members)).map_err(|fault| faulty(py, "members", &fault))?;
    Ok(Columns::new(batch.schema(), vec![batch]))
}

/// A table without rows that has the columns of members.
pub(crate) fn members_of(schema: Schema) -> Columns {
    Columns::new(schema, Vec::new())
}

/// The members of a table, as dicts.
///
/// The table has the columns of ``Program.member_schema``, or some of them; each may be JSON text. Raises DangolError
/// where a row is no member, with the column and the row.
#[pyfunction]
pub(crate) fn member_rows<'py>(
    py: Python<'py>,
    members: Given<'py, shape::ColumnsIn>,
) -> PyResult<Made<'py, shape::MemberList>> {
    let mut lent = capsule::lent("members", &members.object)?;
    let list = PyList::empty(py);
    let mut first = 0_u64;
    while let Some(batch) = py.detach(|| lent.next()) {
        let batch = batch.map_err(|error| fault::error(py, "wrong_type", "members", &error.to_string()))?;
        let read = py.detach(|| dangol_arrow::members_of(&batch, first));
        for member in read.map_err(|fault| faulty(py, "members", &fault))? {
            let dict: Made<'py, shape::MemberList> = made(py, &member)?;
            list.append(dict)?;
        }
        first = first.saturating_add(u64::try_from(batch.num_rows()).unwrap_or(0));
    }
    Ok(list.into_any().into())
}

//! The verbs of `Program` that take and give tables.

use pyo3::prelude::*;

use super::batches::{self, Advanced, Asked};
use super::table::{self, Columns};
use crate::checked::Program;
use crate::door;
use crate::shape::{self, Given};

#[pymethods]
impl Program {
    /// What the passing of time does to a table of members until then: ``advance`` and ``apply`` for each row.
    ///
    /// ``members`` is any table that speaks Arrow's PyCapsule interface, with the columns of ``member_schema`` or some of
    /// them. ``threads`` are as many as the machine has where left out. With ``errors="keep"`` rows with mistakes are kept
    /// in ``rejected``, and the first one raises otherwise. ``progress`` is ``True``, or a function that is told how many
    /// rows are done. With ``check_all`` members are read in full even where nothing is due.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.advance_batch(members, "2027-02-01T00:00:00+09:00")
    /// <Advanced: 1 events of 1 members, 0 rejected>
    #[pyo3(signature = (members, until, *, threads = None, errors = None, progress = None, check_all = false))]
    #[expect(clippy::too_many_arguments, reason = "in Python they have names")]
    fn advance_batch<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::ColumnsIn>,
        until: Given<'py, shape::InstantIn>,
        threads: Option<usize>,
        errors: Option<Given<'py, shape::Errors>>,
        progress: Option<Given<'py, shape::Progress>>,
        check_all: bool,
    ) -> PyResult<Advanced> {
        let until = door::instant(py, "until", &until.object)?;
        let (errors, progress) = (errors.map(|word| word.object), progress.map(|told| told.object));
        let asked = Asked { threads, errors, progress, check_all };
        batches::advance(py, &self.core, &members.object, until, &asked)
    }

    /// Members as a table with the columns of ``member_schema``.
    ///
    /// >>> program.member_columns([{"id": "m1"}, {"id": "m2"}])
    /// <Columns 2 rows: id, version, ...>
    fn member_columns<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::MemberIter>,
    ) -> PyResult<Columns> {
        table::member_columns(py, &self.core, &members.object)
    }

    /// A table without rows that has the recommended columns of members, with the digits of this program.
    ///
    /// What rules look at every night are columns of their own; what is rare is JSON text.
    ///
    /// >>> program.member_schema().column_names[:3]
    /// ['id', 'version', 'at']
    fn member_schema(&self) -> Columns {
        table::members_of(dangol_arrow::member_schema(&self.core))
    }
}

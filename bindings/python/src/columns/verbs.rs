//! The verbs of `Program` that take and give tables.

use pyo3::prelude::*;

use super::answers::{self, Advanced, Quoted, Reviewed};
use super::batches::Asked;
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
        answers::advance(py, &self.core, &members.object, until, &asked)
    }

    /// Where the members of a table stand on each ladder as of an instant: ``tiers`` for each row, as columns.
    ///
    /// The table and the other arguments are as with ``advance_batch``.
    ///
    /// >>> members = program.member_columns([program.apply(member, placed.events)])
    /// >>> program.review_batch(members, now)
    /// <Reviewed: 0 standings, 0 rejected>
    #[pyo3(signature = (members, at, *, threads = None, errors = None, progress = None))]
    fn review_batch<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::ColumnsIn>,
        at: Given<'py, shape::InstantIn>,
        threads: Option<usize>,
        errors: Option<Given<'py, shape::Errors>>,
        progress: Option<Given<'py, shape::Progress>>,
    ) -> PyResult<Reviewed> {
        let at = door::instant(py, "at", &at.object)?;
        let (errors, progress) = (errors.map(|word| word.object), progress.map(|told| told.object));
        let asked = Asked { threads, errors, progress, check_all: true };
        answers::review(py, &self.core, &members.object, at, &asked)
    }

    /// What the baskets of a table cost and earn, each with the member of the same row: ``quote`` for each row.
    ///
    /// ``baskets`` has a column for each field of a basket, or one, ``basket``, with JSON text. With ``whole`` the whole quote
    /// is a column of JSON text, too. The other arguments are as with ``advance_batch``.
    ///
    /// >>> import pyarrow
    /// >>> baskets = pyarrow.table({"basket": ['{"lines": [{"sku": "latte", "price": 4800}]}']})
    /// >>> program.quote_batch(program.member_columns([member]), baskets, now)
    /// <Quoted: 1 quotes, 0 rejected>
    #[pyo3(signature = (members, baskets, now, *, whole = false, threads = None, errors = None, progress = None))]
    #[expect(clippy::too_many_arguments, reason = "in Python they have names")]
    fn quote_batch<'py>(
        &self,
        py: Python<'py>,
        members: Given<'py, shape::ColumnsIn>,
        baskets: Given<'py, shape::ColumnsIn>,
        now: Given<'py, shape::InstantIn>,
        whole: bool,
        threads: Option<usize>,
        errors: Option<Given<'py, shape::Errors>>,
        progress: Option<Given<'py, shape::Progress>>,
    ) -> PyResult<Quoted> {
        let now = door::instant(py, "now", &now.object)?;
        let (errors, progress) = (errors.map(|word| word.object), progress.map(|told| told.object));
        let asked = Asked { threads, errors, progress, check_all: true };
        answers::quote(py, &self.core, (&members.object, &baskets.object), (now, whole), &asked)
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

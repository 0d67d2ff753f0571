//! What the passing of time does to a table of members: the loop over its rows, and the tables of what changed.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema, SchemaRef};
use dangol::wire::Failure;
use dangol::{Event, Instant, Member, Program, Quiet};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::quiet::QuietColumns;
use crate::rows::Members;
use crate::run::{self, Options, Rejected, rejected_table};
use crate::schema::{complete, field, instant, member_schema};
use crate::write;

/// What changed in a batch of members.
#[derive(Clone, Debug)]
pub struct Advanced {
    /// The events, in the order of the members and of their versions: see [`event_schema`].
    pub events: Vec<RecordBatch>,
    /// The members after them, those who changed alone: see [`advanced_schema`].
    pub members: Vec<RecordBatch>,
    /// The rows that could not be read: see [`crate::rejected_schema`].
    pub rejected: Vec<RecordBatch>,
}

/// The columns of a table of events.
#[must_use]
pub fn event_schema() -> Schema {
    Schema::new(vec![
        field("member", DataType::Utf8),
        field("version", DataType::Int64),
        field("at", instant()),
        field("type", DataType::Utf8),
        field("event", DataType::Utf8),
    ])
}

/// The columns of the members that [`advance`] gives: those of the table that was given, and those it lacks to hold all of a
/// member.
#[must_use]
pub fn advanced_schema(program: &Program, given: &Schema) -> Schema {
    complete(given, program)
}

/// What the passing of time changes for the members of a batch until that instant; the same as [`Program::advance`] and
/// [`Member::apply_all`] row by row. `first` is the number of the batch's first row.
///
/// # Errors
/// A [`Fault`] where a column means nothing here, or a row has a mistake and those are not kept.
pub fn advance(
    program: &Program,
    batch: &RecordBatch,
    first: u64,
    until: Instant,
    options: &Options,
) -> Result<Advanced, Fault> {
    let members = Members::new(batch, first)?;
    let quiet = if options.check_all { None } else { program.quiet(until) };
    let job =
        Job { program, members, until, options, quiet, schema: complete(&batch.schema(), program).into() };
    let parts = run::over(job.members.len(), options, |rows| job.part(rows))?;
    let mut advanced = Advanced { events: Vec::new(), members: Vec::new(), rejected: Vec::new() };
    for (events, members, rejected) in parts {
        let full = |batch: &RecordBatch| batch.num_rows() > 0;
        advanced.events.extend(Some(events).filter(full));
        advanced.members.extend(Some(members).filter(full));
        advanced.rejected.extend(Some(rejected).filter(full));
    }
    Ok(advanced)
}

/// One call.
struct Job<'a> {
    program: &'a Program,
    members: Members,
    until: Instant,
    options: &'a Options,
    quiet: Option<Quiet>,
    schema: SchemaRef,
}

impl Job<'_> {
    /// What changed in some of the rows.
    fn part(&self, rows: Range<usize>) -> Result<(RecordBatch, RecordBatch, RecordBatch), Fault> {
        let (mut events, mut members, mut rejected): (Vec<Value>, Vec<Value>, Vec<Rejected>) =
            Default::default();
        let quiet = self.quiet.as_ref().zip(self.members.columns());
        let quiet =
            quiet.and_then(|(quiet, table)| QuietColumns::new(quiet, table, member_schema(self.program)));
        for row in rows {
            if quiet.as_ref().is_some_and(|quiet| quiet.is_quiet(row)) {
                continue;
            }
            match self.row(row) {
                Ok(None) => {}
                Ok(Some((happened, member))) => {
                    events.extend(happened);
                    members.push(member);
                }
                Err(fault) => run::reject(self.options, &mut rejected, || self.members.id(row), fault)?,
            }
        }
        let events = write::table(&Arc::new(event_schema()), &events)?;
        Ok((events, write::table(&self.schema, &members)?, rejected_table(&rejected)?))
    }

    /// The events of a row and the member after them; nothing where nothing is due.
    fn row(&self, row: usize) -> Result<Option<(Vec<Value>, Value)>, Fault> {
        let mut member = self.members.member(row)?;
        let failed = |failure: Failure| self.members.misfit(row, &failure);
        let events = self.program.advance(&member, self.until).map_err(|error| failed(error.into()))?;
        if events.is_empty() {
            return Ok(None);
        }
        member.apply_all(&events).map_err(|error| failed(error.into()))?;
        let broken = |error: serde_json::Error| {
            Fault::of_column("invalid_value", "", error.to_string()).at_row(self.members.number(row))
        };
        let events = events.iter().map(event).collect::<Result<_, _>>().map_err(broken)?;
        Ok(Some((events, self.member(&member).map_err(broken)?)))
    }

    fn member(&self, member: &Member) -> Result<Value, serde_json::Error> {
        let value = serde_json::to_value(member)?;
        Ok(if self.members.columns().is_some() { value } else { json!({ "member": value }) })
    }
}

/// An event as a row.
fn event(event: &Event) -> Result<Value, serde_json::Error> {
    let whole = serde_json::to_value(event)?;
    Ok(json!({
        "member": whole.get("member"),
        "version": whole.get("version"),
        "at": whole.get("at"),
        "type": whole.get("type"),
        "event": serde_json::to_string(event)?,
    }))
}

//! Members and columns, both ways.

use std::sync::Arc;

use arrow_array::{Array, RecordBatch, StructArray};
use arrow_data::transform::MutableArrayData;
use arrow_schema::SchemaRef;
use dangol::{Member, Program};

use crate::fault::Fault;
use crate::rows::Members;
use crate::schema::member_schema;
use crate::write;

/// Members as columns of [`member_schema`].
///
/// # Errors
/// A [`Fault`] where an amount has more digits than the program gives it.
pub fn columns_of(program: &Program, members: &[Member]) -> Result<RecordBatch, Fault> {
    let value = |member: &Member| {
        serde_json::to_value(member).map_err(|error| Fault::of_column("invalid_value", "", error.to_string()))
    };
    let rows = members.iter().map(value).collect::<Result<Vec<_>, _>>()?;
    write::table(&Arc::new(member_schema(program)), &rows)
}

/// The members of a batch whose first row has that number.
///
/// # Errors
/// The [`Fault`] of the first row that is no member.
pub fn members_of(batch: &RecordBatch, first: u64) -> Result<Vec<Member>, Fault> {
    let members = Members::new(batch, first)?;
    (0..members.len()).map(|row| members.member(row)).collect()
}

/// Several batches of one schema as one.
///
/// # Errors
/// A [`Fault`] where the whole is too large for the offsets of a column.
pub fn joined(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, Fault> {
    let several = match batches {
        [] => return Ok(RecordBatch::new_empty(SchemaRef::clone(schema))),
        [one] => return Ok(one.clone()),
        several => several,
    };
    let parts: Vec<_> = several.iter().map(|one| StructArray::from(one.clone()).into_data()).collect();
    let rows = several.iter().map(RecordBatch::num_rows).fold(0, usize::saturating_add);
    let mut all = MutableArrayData::new(parts.iter().collect(), false, rows);
    for (place, part) in parts.iter().enumerate() {
        let added = all.try_extend(place, 0, part.len());
        added.map_err(|error| Fault::of_column("too_large", "", error.to_string()))?;
    }
    Ok(StructArray::from(all.freeze()).into())
}

//! Arrow's PyCapsule interface: the one place where memory of other libraries is taken and lent.
#![expect(
    unsafe_code,
    reason = "other libraries lend their memory by pointer; what they promise about it is said at each"
)]

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3::{PyErr, intern};

use crate::fault;

/// The batches of a table that another library lends.
pub(crate) enum Lent {
    Batch(SchemaRef, Option<RecordBatch>),
    Stream(RecordBatchStreamReader),
}

impl Iterator for Lent {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Lent::Batch(_, batch) => batch.take().map(Ok),
            Lent::Stream(stream) => stream.next(),
        }
    }
}

impl Lent {
    /// The schema of the batches.
    pub(crate) fn schema(&self) -> SchemaRef {
        match self {
            Lent::Batch(schema, _) => SchemaRef::clone(schema),
            Lent::Stream(stream) => RecordBatchReader::schema(stream),
        }
    }
}

/// What an object lends by `__arrow_c_stream__` or `__arrow_c_array__`.
pub(crate) fn lent(argument: &str, object: &Bound<'_, PyAny>) -> PyResult<Lent> {
    let py = object.py();
    if object.hasattr(intern!(py, "__arrow_c_stream__"))? {
        let capsule = object.call_method0(intern!(py, "__arrow_c_stream__"))?.cast_into::<PyCapsule>()?;
        let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: the capsule's name says what it points to, and it lives during this call. from_raw moves the stream out
        // and leaves a released one behind, as the interface asks, so that the capsule's end releases nothing twice.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) };
        return reader.map(Lent::Stream).map_err(|error| unreadable(py, argument, &error));
    }
    if object.hasattr(intern!(py, "__arrow_c_array__"))? {
        let pair = object.call_method0(intern!(py, "__arrow_c_array__"))?;
        let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = pair.extract()?;
        let schema = schema.pointer_checked(Some(c"arrow_schema"))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(c"arrow_array"))?.cast::<FFI_ArrowArray>();
        // SAFETY: the capsules' names say what they point to, and both live during this call. from_raw moves the array out
        // and leaves a released one behind, as the interface asks; the schema is only looked at.
        let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
        let data = data.map_err(|error| unreadable(py, argument, &error))?;
        if !matches!(data.data_type(), DataType::Struct(_)) || data.null_count() > 0 {
            let message = "expected a table: a record batch, or an array of structs none of which is null";
            return Err(fault::error(py, "wrong_type", argument, message));
        }
        let batch = RecordBatch::from(StructArray::from(data));
        return Ok(Lent::Batch(batch.schema(), Some(batch)));
    }
    let found = object.get_type().fully_qualified_name()?;
    let message = format!(
        "expected a table that speaks Arrow's PyCapsule interface (pyarrow, polars, duckdb, pandas), found `{found}`; \
         dicts become one by `member_columns`"
    );
    Err(fault::error(py, "wrong_type", argument, &message))
}

fn unreadable(py: Python<'_>, argument: &str, error: &ArrowError) -> PyErr {
    fault::error(py, "wrong_type", argument, &error.to_string())
}

/// Batches for any reader of the stream interface.
pub(crate) fn stream<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    batches: &[RecordBatch],
) -> PyResult<Bound<'py, PyCapsule>> {
    // They are cheap to copy: what they hold is shared.
    let batches: Vec<_> = batches.iter().cloned().map(Ok).collect();
    let reader = RecordBatchIterator::new(batches.into_iter(), SchemaRef::clone(schema));
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
}

/// One batch for any reader of the array interface.
pub(crate) fn array<'py>(py: Python<'py>, batch: RecordBatch) -> PyResult<Bound<'py, PyTuple>> {
    let lent = to_ffi(&StructArray::from(batch).into_data());
    let (array, schema) = lent.map_err(|error| unreadable(py, "", &error))?;
    let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
    PyTuple::new(py, [schema, PyCapsule::new_with_value(py, array, c"arrow_array")?])
}

/// A schema for any reader of it.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let lent = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(|error| unreadable(py, "", &error))?;
    PyCapsule::new_with_value(py, lent, c"arrow_schema")
}

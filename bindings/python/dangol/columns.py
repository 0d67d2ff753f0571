"""Tables of members: what may be given, and members as rows again.

>>> import dangol
>>> from dangol import columns
>>> table = program.member_columns([{"id": "m1"}, {"id": "m2"}])
>>> table
<Columns 2 rows: id, version, ...>
>>> [member["id"] for member in columns.member_rows(table)]
['m1', 'm2']
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from dangol._dangol import Advanced, Columns, Quoted, Reviewed, member_rows

__all__ = [
    "Advanced",
    "ArrowArray",
    "ArrowStream",
    "Columns",
    "ColumnsIn",
    "Errors",
    "Progress",
    "Quoted",
    "Reviewed",
    "member_rows",
]


@runtime_checkable
class ArrowArray(Protocol):
    """A batch of rows: pyarrow's ``RecordBatch``, and whatever else has Arrow's PyCapsule interface."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


@runtime_checkable
class ArrowStream(Protocol):
    """A table, or a stream of batches: what pyarrow, polars, duckdb and pandas have."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


ColumnsIn: TypeAlias = ArrowArray | ArrowStream
"""A table that a batch method takes."""

Errors: TypeAlias = Literal["raise"] | Literal["keep"]
"""What becomes of rows with mistakes: the first one raises, or all are kept in the table ``rejected``."""

Progress: TypeAlias = bool | Callable[[int], object]
"""``True`` for a line on standard error, or a function that is told how many rows are done."""

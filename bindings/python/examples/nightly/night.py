"""What a worker does with a batch of members: time passes, and notices fall due. It knows pyarrow and Dangol, not Spark.

A mapInArrow function gives one table, and a night makes four: the members after it, their events, the notices and the rows
that could not be read. So a row of the answer has four columns, each a struct, of which one is filled.
"""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

import dangol
from dangol import columns

KINDS = ("member", "event", "notice", "rejected")


def member_schema(program: dangol.Program) -> pa.Schema:
    """The columns of the members of a program."""
    return pa.table(program.member_schema()).schema


def notice_schema(program: dangol.Program) -> pa.Schema:
    """The columns of what members are to be told."""
    points = member_schema(program).field("wallets").type.item_type.field("granted").type
    texts = [(name, pa.string()) for name in ("member", "wallet", "lead")]
    return pa.schema([*texts, ("due_on", pa.date32()), ("expires_on", pa.date32()), ("points", points)])


def answer_schema(program: dangol.Program) -> pa.Schema:
    """The columns of what `pass_time` gives."""
    nobody = program.advance_batch(program.member_schema(), "2000-01-01T00:00:00Z")
    tables = (member_schema(program), pa.table(nobody.events).schema, notice_schema(program), pa.table(nobody.rejected).schema)
    return pa.schema([pa.field(kind, pa.struct(list(table))) for kind, table in zip(KINDS, tables, strict=True)])


def pass_time(
    program: dangol.Program, batches: Iterator[pa.RecordBatch], until: str, today: date
) -> Iterator[pa.RecordBatch]:
    """Every member after this night, and what happened. The same batches give the same answer, however often."""
    schema = answer_schema(program)
    members = member_schema(program)
    for batch in batches:
        given = whole(batch, members)
        # All rows are read in full, since each that cannot be read is to be told of.
        advanced = program.advance_batch(given, until, threads=1, errors="keep", check_all=True)
        changed = pa.table(advanced.members).select(members.names).cast(members)
        rejected = pa.table(advanced.rejected)
        # Whoever did not change stands as before; a row that could not be read is told of, and stays as it was.
        same = given.filter(pc.invert(pc.is_in(given["id"], value_set=changed["id"].combine_chunks())))
        after = pa.concat_tables([same, changed])
        tables = (after, pa.table(advanced.events), notices(program, after, rejected, today), rejected)
        for kind, table in zip(KINDS, tables, strict=True):
            yield from filled(schema, kind, table)


def whole(batch: pa.RecordBatch, members: pa.Schema) -> pa.Table:
    """The members of a batch with all columns; those that the files lack are empty."""
    rows = batch.num_rows
    filled = [batch[each.name] if each.name in batch.schema.names else pa.nulls(rows, each.type) for each in members]
    return pa.table(filled, names=members.names).cast(members)


def notices(program: dangol.Program, members: pa.Table, rejected: pa.Table, today: date) -> pa.Table:
    """What members are to be told today: which points end, and when."""
    readable = members.filter(pc.invert(pc.is_in(members["id"], value_set=rejected["id"].combine_chunks())))
    rows = [
        {"member": member["id"], **notice}
        for member in columns.member_rows(readable)
        if member.get("wallets")
        for notice in program.notices(member, today, today)
    ]
    return pa.Table.from_pylist(rows, notice_schema(program))


def filled(schema: pa.Schema, kind: str, table: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows of one table as rows of the answer."""
    for batch in table.combine_chunks().to_batches():
        rows = pa.StructArray.from_arrays(batch.columns, fields=list(schema.field(kind).type))
        others = [rows if field.name == kind else pa.nulls(batch.num_rows, field.type) for field in schema]
        yield pa.record_batch(others, schema=schema)


def spends(program: dangol.Program, batches: Iterator[pa.RecordBatch], at: str, window: str) -> Iterator[pa.RecordBatch]:
    """What each member spent in a window that ends at an instant, as text: every digit and no more."""
    members = member_schema(program)
    for batch in batches:
        rows = columns.member_rows(whole(batch, members))
        spends = [program.segments(member, at=at, bands={"window": window})["spend"] for member in rows]
        yield pa.record_batch([pa.array([format(spend, "f") for spend in spends], pa.string())], names=["spend"])

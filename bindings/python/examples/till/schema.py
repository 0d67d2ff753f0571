"""The tables of the till, the same in SQLite and PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

schema = sa.MetaData()
# `opening` is the member before the first event that is stored here, `snapshot` the member after the last one.
members = sa.Table(
    "members",
    schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("history", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("phone", sa.Text, unique=True),
    sa.Column("opening", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False),
)
# A merge with an offline till begins a new history at `base`: earlier events after that version stay, but no longer count.
events = sa.Table(
    "events",
    schema,
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("history", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("operation", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
)
merges = sa.Table(
    "merges",
    schema,
    sa.Column("member", sa.Text, primary_key=True),
    sa.Column("history", sa.Integer, primary_key=True),
    sa.Column("base", sa.Integer, nullable=False),
)
orders = sa.Table(
    "orders",
    schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False, index=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("returns", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
# What was done under which name, and in which words it was asked: the same again changes nothing. Offline tills hand it in.
operations = sa.Table(
    "operations",
    schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("member", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("asked", sa.Text, nullable=False),
    sa.Column("done", sa.Text, nullable=False),
)
# The latest number that a till gave, and the basket that is open at it.
tills = sa.Table(
    "tills",
    schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("draft", sa.Text),
)


class TillError(Exception):
    """Something that the person at the till is told in a sentence."""


def connect(url: str) -> sa.Engine:
    try:
        target = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise TillError(f"{url!r} is no database; say sqlite:///shop.db or postgresql://user@host/shop") from error
    if target.drivername in ("postgresql", "postgres"):
        target = target.set(drivername="postgresql+psycopg")
    if target.get_backend_name() not in ("sqlite", "postgresql"):
        raise TillError(f"{url!r}: this till knows sqlite:/// and postgresql://")
    if target.get_backend_name() == "postgresql":
        try:
            return sa.create_engine(target, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise TillError(f"{error.name} is missing: pip install 'psycopg[binary]'") from error
    engine = sa.create_engine(target, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # so that SQLite's driver leaves transactions to us
        connection.execute("PRAGMA journal_mode = WAL")  # others can read while one writes

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine

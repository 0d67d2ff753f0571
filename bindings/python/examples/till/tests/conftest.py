"""Each test gets an empty store, of SQLite and of PostgreSQL where `DATABASE_URL` names one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from schema import schema
from shop import Clock, till_of
from selling import Till
from store import Store

POSTGRESQL = os.environ.get("DATABASE_URL")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRESQL, reason="no DATABASE_URL"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shop.db"
    assert POSTGRESQL is not None
    store = Store(POSTGRESQL)
    schema.drop_all(store.engine)
    store.close()
    return POSTGRESQL


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def till(store: Store, clock: Clock) -> Till:
    return till_of(store, clock=clock)

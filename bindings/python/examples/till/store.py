"""What the till keeps: members, their events, orders and what was done, in SQLite or PostgreSQL.

A booking is one transaction. It begins with a compare-and-set on the member's version, so that of two tills that looked at
the same member only one can book; the other looks again. Rows of `events`, `operations` and `merges` are only added.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from dangol.types import Event, Member, MemberOut, Order
from schema import TillError, connect, events, members, merges, operations, orders, schema, tills
from sqlalchemy.engine import Connection, RowMapping

from dangol import to_json


TRIES = 100
T = TypeVar("T")


class Stale(Exception):
    """Somebody else booked in between: look again, and decide again."""


def until_booked(attempt: Callable[[], T], busy: str) -> T:
    """Attempts again and again where somebody else books in between; who never gets through is told that it is busy."""
    for _ in range(TRIES):
        try:
            return attempt()
        except Stale:
            continue
    raise TillError(busy)


@dataclass(frozen=True)
class Known:
    """A member as the store has it."""

    id: str
    history: int
    version: int
    name: str
    phone: str | None
    opening: Member
    snapshot: Member


@dataclass(frozen=True)
class Operation:
    """What was done, under the name that nobody else gives."""

    id: str
    member: str
    at: str
    kind: str
    asked: str
    done: str


@dataclass(frozen=True)
class Contact:
    """What only the shop knows about a member, never the rules."""

    name: str = ""
    phone: str | None = None


@dataclass
class Booking:
    """Everything that one decision writes, all or nothing."""

    seen: Known | None = None
    member: MemberOut | None = None
    events: Sequence[Event] = ()
    operations: Sequence[Operation] = ()
    placed: Sequence[Order] = ()
    changed: Sequence[tuple[int, Order]] = ()  # orders with returns, and how many returns each had when it was looked at
    opening: Member | None = None  # of a member who is new
    contact: Contact = field(default_factory=Contact)
    base: int | None = None  # where a merge begins the member's new history
    till: str | None = None  # whose open basket this was


class Store:
    """The shop's database, whichever it is."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = connect(url)
        try:
            schema.create_all(self.engine)
        except sa.exc.DatabaseError:  # two tills begin at once, and the other one made a table in between
            schema.create_all(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def member(self, member: str) -> Known | None:
        with self.engine.connect() as db:
            row = db.execute(sa.select(members).where(members.c.id == member)).mappings().first()
        return None if row is None else _known(row)

    def find(self, text: str, most: int = 20) -> list[Known]:
        """Members by their id, their phone, or how their name begins."""
        digits = "".join(sign for sign in text if sign.isdigit())
        begins = members.c.name.istartswith(text, autoescape=True)
        found = sa.or_(members.c.id == text, members.c.phone == digits, begins)
        with self.engine.connect() as db:
            query = sa.select(members).where(found).order_by(members.c.name, members.c.id).limit(most)
            return [_known(row) for row in db.execute(query).mappings()]

    def by_phone(self, phone: str | None) -> Known | None:
        if phone is None:
            return None
        with self.engine.connect() as db:
            row = db.execute(sa.select(members).where(members.c.phone == phone)).mappings().first()
        return None if row is None else _known(row)

    def pages(self, size: int = 500) -> Iterator[list[Known]]:
        """All members in the order of their ids, so many at a time; each page is read when it is asked for."""
        after = ""
        while True:
            with self.engine.connect() as db:
                query = sa.select(members).where(members.c.id > after).order_by(members.c.id).limit(size)
                page = [_known(row) for row in db.execute(query).mappings()]
            if not page:
                return
            yield page
            after = page[-1].id

    def events(self, known: Known, until: int | None = None) -> list[Event]:
        """What happened to a member, as it counts now, up to a version."""
        later = merges.c.member == events.c.member, merges.c.history > events.c.history, merges.c.base < events.c.version
        query = (
            sa.select(events.c.body)
            .where(events.c.member == known.id, events.c.history <= known.history)
            .where(~sa.exists().where(*later, merges.c.history <= known.history))
            .where(events.c.version <= (known.version if until is None else until))
            .order_by(events.c.version)
        )
        with self.engine.connect() as db:
            return [json.loads(body) for body in db.execute(query).scalars()]

    def common(self, known: Known, history: int, version: int) -> int:
        """The latest version that a till which took the member at that history and version shares with us."""
        later = sa.select(sa.func.min(merges.c.base)).where(merges.c.member == known.id, merges.c.history > history)
        with self.engine.connect() as db:
            base = db.execute(later).scalar()
        return version if base is None else min(version, base)

    def order(self, order: str) -> Order | None:
        with self.engine.connect() as db:
            body = db.execute(sa.select(orders.c.body).where(orders.c.id == order)).scalar()
        return None if body is None else cast(Order, json.loads(body))

    def latest_orders(self, member: str | None = None, since: str = "", most: int | None = None) -> list[Order]:
        query = sa.select(orders.c.body).where(orders.c.at >= since).order_by(orders.c.at.desc(), orders.c.id.desc())
        if member is not None:
            query = query.where(orders.c.member == member)
        with self.engine.connect() as db:
            return [json.loads(body) for body in db.execute(query.limit(most)).scalars()]

    def operation(self, operation: str) -> Operation | None:
        return next(iter(self.operations([operation])), None)

    def operations(self, ids: Iterable[str] | None = None) -> list[Operation]:
        """What was done: all of it, or what is known of these names."""
        query = sa.select(operations).order_by(operations.c.at, operations.c.id)
        names = None if ids is None else sorted(ids)
        queries = [query] if names is None else [
            query.where(operations.c.id.in_(names[at : at + 500])) for at in range(0, len(names), 500)
        ]
        with self.engine.connect() as db:
            return [Operation(**row) for query in queries for row in db.execute(query).mappings()]

    def know_till(self, till: str) -> None:
        missing = sa.select(sa.literal(till), sa.literal(0)).where(~sa.exists().where(tills.c.id == till))
        try:
            with self.engine.begin() as db:
                db.execute(sa.insert(tills).from_select(["id", "number"], missing))
        except sa.exc.IntegrityError:  # somebody else did, at the same moment
            pass

    def number(self, till: str) -> int:
        """The next number of a till, which nobody else gets."""
        with self.engine.begin() as db:
            counted = sa.update(tills).where(tills.c.id == till).values(number=tills.c.number + 1)
            return int(db.execute(counted.returning(tills.c.number)).scalar_one())

    def number_at_least(self, till: str, number: int) -> None:
        with self.engine.begin() as db:
            db.execute(sa.update(tills).where(tills.c.id == till, tills.c.number < number).values(number=number))

    def last_numbers(self) -> dict[str, int]:
        """The latest number of every till."""
        with self.engine.connect() as db:
            return {till: number for till, number in db.execute(sa.select(tills.c.id, tills.c.number))}

    def draft(self, till: str) -> dict[str, Any] | None:
        """The basket that is open at a till."""
        with self.engine.connect() as db:
            draft = db.execute(sa.select(tills.c.draft).where(tills.c.id == till)).scalar()
        return None if draft is None else cast(dict[str, Any], json.loads(draft))

    def keep_draft(self, till: str, draft: dict[str, Any] | None) -> None:
        with self.engine.begin() as db:
            text = None if draft is None else to_json(draft)
            db.execute(sa.update(tills).where(tills.c.id == till).values(draft=text))

    def book(self, *bookings: Booking) -> None:
        """Writes all of it in one transaction, or raises `Stale` and writes nothing."""
        try:
            with self.engine.begin() as db:
                for booking in bookings:
                    _book(db, booking)
        except sa.exc.IntegrityError as error:  # a name that somebody else took in between
            raise Stale from error


def _book(db: Connection, booking: Booking) -> None:
    if booking.member is not None:
        _save_member(db, booking, booking.member)
    for known, order in booking.changed:
        seen = sa.and_(orders.c.id == order["id"], orders.c.returns == known)
        row = {"returns": len(order.get("returns", [])), "body": to_json(order)}
        if db.execute(sa.update(orders).where(seen).values(row)).rowcount != 1:
            raise Stale
    if booking.placed:
        db.execute(sa.insert(orders), [order_row(order) for order in booking.placed])
    if booking.operations:
        db.execute(sa.insert(operations), [vars(operation) for operation in booking.operations])
    if booking.till is not None:
        db.execute(sa.update(tills).where(tills.c.id == booking.till).values(draft=None))


def _save_member(db: Connection, booking: Booking, member: MemberOut) -> None:
    seen = booking.seen
    history = 0 if seen is None else seen.history + (booking.base is not None)
    row = {"history": history, "version": member["version"], "snapshot": to_json(member)}
    if seen is None:
        contact = {"name": booking.contact.name, "phone": booking.contact.phone}
        opening = booking.opening or {"id": member["id"]}
        db.execute(sa.insert(members).values(id=member["id"], opening=to_json(opening), **contact, **row))
    else:
        same = sa.and_(members.c.id == seen.id, members.c.version == seen.version, members.c.history == seen.history)
        if db.execute(sa.update(members).where(same).values(row)).rowcount != 1:
            raise Stale
        if booking.base is not None:
            db.execute(sa.insert(merges).values(member=seen.id, history=history, base=booking.base))
    if booking.events:
        db.execute(
            sa.insert(events),
            [
                {
                    "member": event["member"],
                    "history": history,
                    "version": event["version"],
                    "operation": event["operation"],
                    "body": to_json(event),
                }
                for event in booking.events
            ],
        )


def order_row(order: Order) -> dict[str, Any]:
    returns = len(order.get("returns", []))
    member, at = order["quote"]["member"], utc(order["quote"]["at"])
    return {"id": order["id"], "member": member, "at": at, "hash": order["hash"], "returns": returns, "body": to_json(order)}


def _known(row: RowMapping) -> Known:
    return Known(**{**row, "opening": json.loads(row["opening"]), "snapshot": json.loads(row["snapshot"])})


def instant(at: datetime | str) -> datetime:
    """An instant, also from RFC 3339 text."""
    moment = datetime.fromisoformat(at.replace("Z", "+00:00")) if isinstance(at, str) else at
    return moment.astimezone(timezone.utc)


def utc(at: datetime | str) -> str:
    """An instant as text that sorts by time."""
    return instant(at).isoformat(timespec="microseconds").replace("+00:00", "Z")

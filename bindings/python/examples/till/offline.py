"""Selling where the shop's store cannot be reached: take members along in a file, and merge later what was done there.

Both stores are the same kind. The program puts together what both did since the last version that they share, and the
main store keeps that as a new history of the member; what it had believed until then stays in it, but no longer counts.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from dangol.types import Done, DoneOrder, MergeOutcome, Order
from schema import TillError, members, orders, schema, tills
from selling import GUEST, Till
from store import Booking, Contact, Known, Operation, Store, order_row, until_booked, utc

from dangol import to_json


@dataclass
class Report:
    """What became of what an offline till did."""

    booked: int = 0
    repeated: int = 0
    notes: list[str] = field(default_factory=list)


def take(main: Store, local: Store, till: str, days: int, now: datetime) -> tuple[int, int]:
    """Copies all members and the latest orders into a store that is taken along, in place of what was merged from it."""
    files = [store.engine.url.database for store in (main, local) if store.engine.dialect.name == "sqlite"]
    if len(files) == 2 and all(files) and Path(str(files[0])).samefile(str(files[1])):
        raise TillError(f"{local.url} is the shop's own store; take it along in another file")
    waiting = {each.id for each in local.operations()}
    waiting -= {each.id for each in main.operations(waiting)}
    if waiting:
        raise TillError(f"{local.url} has {len(waiting)} operations that are not merged yet: merge it first")
    if strangers := [known.id for page in local.pages() for known in page if main.member(known.id) is None]:
        raise TillError(f"{local.url} has members that this store does not know, such as {strangers[0]}: it is another shop's")
    count = 0
    with local.engine.begin() as db:
        for table in schema.sorted_tables:
            db.execute(sa.delete(table))
        for page in main.pages():
            texts = [to_json(known.snapshot) for known in page]
            rows = [{**vars(known), "opening": text, "snapshot": text} for known, text in zip(page, texts, strict=True)]
            db.execute(sa.insert(members), rows)
            count += len(page)
        latest = main.latest_orders(since=utc(now - timedelta(days=days)))
        if latest:
            db.execute(sa.insert(orders), [order_row(order) for order in latest])
        db.execute(sa.insert(tills).values(id=till, number=main.last_numbers().get(till, 0)))
    return count, len(latest)


def merge(main: Till, local: Store) -> Report:
    """Books what an offline till did. The same file again changes nothing."""
    report = Report()
    by_member: dict[str, list[Operation]] = defaultdict(list)
    for each in local.operations():
        by_member[each.member].append(each)
    for member, done in by_member.items():
        one = partial(_merge_one, main, local, member, done, report)
        until_booked(one, f"{member}: too many others book at the same time; merge again")
    for till, number in local.last_numbers().items():
        main.store.know_till(till)
        main.store.number_at_least(till, number)
    return report


def _merge_one(main: Till, store: Store, member: str, done: list[Operation], report: Report) -> None:
    """Books what was done with one member, or with nobody who is known, and reports it."""
    local = store.member(member)
    asked = {known.id: known.asked for known in main.store.operations(each.id for each in done)}
    new = [each for each in done if each.id not in asked]
    same = [each.id for each in done if asked.get(each.id) == each.asked]
    other = [each.id for each in done if each.id in asked and each.id not in same]
    notes = [f"{operation}: the store has another operation of this name; not booked" for operation in other]
    outcomes: list[MergeOutcome] = []
    if new and local is None:
        outcomes = _merge_guest(main, new)
    elif new and local is not None:
        outcomes = _merge_member(main, local, new, notes)
    names = {each.id for each in new}
    report.booked += sum(each["operation"] in names and not {"refused", "error"} & each.keys() for each in outcomes)
    report.repeated += len(same)
    report.notes += notes + [note for outcome in outcomes for note in _notes(main, outcome)]


def _merge_guest(till: Till, new: list[Operation]) -> list[MergeOutcome]:
    """Orders of nobody who is known change no points; they and their returns only have to be there."""
    done = [_as_it_stands(till.store, each) for each in new]
    merged = till.program.merge(GUEST, done)
    till.store.book(_orders(Booking(operations=new), till.store, done, merged.get("orders", [])))
    return merged["outcomes"]


def _as_it_stands(main: Store, operation: Operation) -> Done:
    """Returns of a guest's order are put on the order as the store has it, since no member tells what came before."""
    done = json.loads(operation.done)
    if "refund" in done:
        done["refund"]["order"] = main.order(done["refund"]["order"]["id"]) or done["refund"]["order"]
    return cast(Done, done)


def _merge_member(till: Till, local: Known, new: list[Operation], notes: list[str]) -> list[MergeOutcome]:
    main, program = till.store, till.program
    known = main.member(local.id)
    if known is None:
        base, shared, ours = local.opening, 0, list[Operation]()
        contact = _contact(main, local, notes)
    else:
        shared = main.common(known, local.history, local.opening.get("version", 0))
        base = program.apply(known.opening, main.events(known, shared))
        later = {event["operation"] for event in main.events(known) if event["version"] > shared}
        ours, contact = main.operations(later), Contact()
    done: list[Done] = [json.loads(each.done) for each in (*ours, *new)]
    merged = program.merge(base, done)
    happened = [*merged["events"], *program.advance(merged["member"], till.now(merged["member"]))]
    booking = Booking(
        seen=known,
        member=program.apply(base, happened),
        events=happened,
        operations=new,
        opening=base,
        contact=contact,
        base=shared if known is not None and shared < known.version else None,
    )
    main.book(_orders(booking, main, done, merged.get("orders", [])))
    return merged["outcomes"]


def _orders(booking: Booking, main: Store, done: list[Done], returned: list[Order]) -> Booking:
    """Adds the orders that are new, and those that goods came back of."""
    latest: dict[str, Order] = {}
    for each in done:
        if "order" in each:
            order = cast(DoneOrder, each)["order"]
            latest[order["id"]] = order
    latest.update({order["id"]: order for order in returned})
    for order in latest.values():
        stored = main.order(order["id"])
        if stored is None:
            booking.placed = [*booking.placed, order]
        elif stored.get("returns", []) != order.get("returns", []) and order in returned:
            booking.changed = [*booking.changed, (len(stored.get("returns", [])), order)]
    return booking


def _contact(main: Store, local: Known, notes: list[str]) -> Contact:
    taken = main.by_phone(local.phone)
    if taken is None:
        return Contact(local.name, local.phone)
    notes.append(f"{local.id}: the phone {local.phone} belongs to {taken.id}; left out")
    return Contact(local.name)


def _notes(main: Till, outcome: MergeOutcome) -> list[str]:
    """What somebody should look at."""
    name = outcome["operation"]
    notes = [f"{name}: {spent['missing']} {spent['wallet']} were used at two tills" for spent in outcome.get("overdrawn", [])]
    notes += [f"{name}: coupon {coupon} was used at two tills" for coupon in outcome.get("coupons_used_twice", [])]
    if "refused" in outcome:
        notes.append(f"{name}: does not count, {main.why_not(outcome['refused'])}")
    if "error" in outcome:
        notes.append(f"{name}: does not count, {outcome['error']['message']}")
    return notes

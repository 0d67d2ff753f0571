"""What type checkers say to a shop's code: mypy and pyright. It is checked and not run; a mistake that goes unseen is an error."""

from datetime import date, datetime
from decimal import Decimal

import dangol
from dangol.types import Acted, Action, Basket, Code, Cut, Done, Event, Line, Member, MemberOut, Order, Placed, Quote
from dangol.types import Refunded, Returned, SegmentBands


def sell(program: dangol.Program, member: Member, now: datetime) -> MemberOut:
    lines: list[Line] = [{"sku": "latte", "price": Decimal("4.80"), "quantity": 2}, {"sku": "water", "price": 1}]
    basket: Basket = {"lines": lines, "codes": ["HELLO"], "points": {"points": "max"}}
    quote = program.quote(member, basket, now)
    due: Decimal = quote.due
    day: date = quote.on
    whole: Quote = quote.to_dict()
    for refused in whole["refused"]:
        if refused["reason"]["code"] == "spend_too_low":
            due += refused["reason"]["required"] - refused["reason"]["actual"]
    placed = quote.place(f"{day}-1")
    events: list[Event] = placed.events
    for event in events:
        if event["type"] == "points_earned":
            due += event["points"]
    again = program.apply(member, events)
    # What came out goes in again.
    program.quote(again, basket, "2026-01-31T23:30:00+09:00")
    return program.apply(again, program.advance(again, now))


def pay_outside(program: dangol.Program, member: Member, now: datetime) -> Decimal:
    hold: Action = {"hold": {"points": "1000", "until": now}}
    acted: Acted = program.act(member, hold, now=now, operation="pay-1")
    if "refused" in acted:
        path: str = acted["refused"]["path"]
        why: list[str] = program.describe(reasons=[acted["refused"]["reason"]])
        return Decimal(len(path) + len(why))
    after = program.apply(member, acted["events"])
    sentences: list[str] = program.describe(acted["events"], lang="ko")
    for wallet in program.statement(member, acted["events"]):
        sentences += program.describe(changes=[moved["change"] for moved in wallet["movements"]])
    usable = sum((balance["usable"] for balance in program.balance(after, at=now)), Decimal(len(sentences)))
    for statement in program.statement(member, acted["events"], until=now):
        for movement in statement["movements"]:
            if movement["change"]["type"] == "points_held":
                usable += movement["delta"] + movement["change"]["points"]
    for notice in program.notices(after, now.date(), until="2026-12-31"):
        day: date = notice["expires_on"]
        usable += day.day
    return usable + program.liability([after, member], at=now, rate=85)["totals"][0]["points"]


def take_back(program: dangol.Program, member: Member, order: Order, now: datetime) -> tuple[MemberOut, Order, Decimal]:
    one: Returned = {"goods": {"lines": {"1": 1, "beans": Decimal("0.100")}, "shipping": True}}
    refunded: Refunded = program.refund(member, order, one, now=now, operation="return-1", others=[{"id": "family"}])
    if "returned" not in refunded:
        raise ValueError(refunded["refused"]["reason"]["code"] if "refused" in refunded else "nothing came back")
    money: Decimal = refunded["returned"]["money"]
    for taken in refunded["returned"].get("taken", []):
        money -= taken["points"]
    after = program.apply(member, refunded["events"])
    # What came out goes in again.
    reopened = program.refund(after, refunded["order"], "reopen", now=now, operation="return-2", lang="ko")
    exchanged = program.exchange(after, reopened["order"], one, {"lines": []}, now=now, exchange="o2")
    done: list[Done] = [{"order": order}, {"refund": {"order": order, "returned": one, "now": now, "operation": "r"}}]
    merged = program.merge(member, done)
    assert "exchanged" in exchanged
    return merged["member"], exchanged["exchanged"], money


def across_processes(placed: dangol.Placed) -> tuple[Order, list[Event]]:
    whole: Placed = placed.to_dict()
    again: dangol.Placed = dangol.Placed.from_dict(whole)
    return again.order, dangol.Placed.from_json(again.to_json()).events


def told(error: dangol.DangolError) -> list[str]:
    code: Code = error.code
    return [error.path, code, *(problem["message"] for problem in error.problems)]


def among_members(program: dangol.Program, member: Member, now: datetime, spend: list[Decimal]) -> list[str]:
    cut: Cut = {"at": {"top_percent": "10"}, "ties": "exclude"}
    top: Decimal = program.cutoff(cut, values=spend)["cutoffs"][0]["value"]
    program.cutoff(cut, counted=[{"value": top, "count": 2}])
    bands: SegmentBands = {"window": "3 months", "monetary": [top], "segments": [{"id": "top", "monetary_at_least": 2}]}
    return program.segments(member, at=now, bands=bands)["segments"]


def mistakes(program: dangol.Program, now: datetime) -> None:
    quote = program.quote({"id": "m1"}, {"lines": []}, now)
    program.quote({"id": "m1"}, {"lines": [{"sku": "latte", "price": 4.8}]}, now)  # type: ignore[typeddict-item]
    program.quote({"id": "m1"}, {"lines": [{"skoo": "latte"}]}, now)  # type: ignore[typeddict-item, typeddict-unknown-key]
    program.quote({"name": "Kim"}, {"lines": []}, now)  # type: ignore[typeddict-item, typeddict-unknown-key]
    program.quote({"id": "m1"}, {"lines": []}, now.date())  # type: ignore[arg-type]
    program.explain(quote, "fr")  # type: ignore[arg-type]
    program.act({"id": "m1"}, {"hold": {"points": 1}}, now=now)  # type: ignore[call-arg]
    program.act({"id": "m1"}, {"hold": {"points": 0.5}}, now=now, operation="o")  # type: ignore[typeddict-item]
    order = quote.place("o1").order
    program.refund({"id": "m1"}, order, "cancel", now=now)  # type: ignore[call-arg]
    program.refund({"id": "m1"}, order, "cancle", now=now, operation="o")  # type: ignore[arg-type]
    program.refund({"id": "m1"}, order, {"goods": {"lines": {"1": 0.5}}}, now=now, operation="o")  # type: ignore[arg-type]
    program.balance({"id": "m1"}, now)  # type: ignore[call-arg]
    program.notices({"id": "m1"}, 1, "2026-12-31")  # type: ignore[arg-type]
    program.cutoff({"at": {"top_percent": 0.1}}, values=[1])  # type: ignore[typeddict-item]
    program.segments({"id": "m1"}, at=now, bands={"recencies": [7]})  # type: ignore[typeddict-unknown-key]
    dangol.Placed.from_dict({"order": order})  # type: ignore[typeddict-item]
    quote.due = Decimal(0)  # type: ignore[misc]
    print(quote.total)  # type: ignore[attr-defined]

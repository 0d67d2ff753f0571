"""Points outside of orders: granted, held, looked at."""

from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from cafe import MEMBER, NOW, program

import dangol
from dangol.types import Action, Member, MemberOut, SegmentBands

SORRY: Action = {"grant": {"points": Decimal(500), "reason": "a late delivery"}}
AUGUST = datetime(2026, 8, 1, tzinfo=timezone.utc)


def granted() -> MemberOut:
    return program().apply(MEMBER, program().act(MEMBER, SORRY, now=NOW, operation="sorry-1")["events"])


def test_points_are_granted_once() -> None:
    acted = program().act(MEMBER, SORRY, now=NOW, operation="sorry-1")
    [event] = acted["events"]
    assert event["type"] == "points_granted"
    assert (event["points"], event["expires_on"]) == (Decimal(500), date(2027, 1, 31))
    again = program().act(granted(), SORRY, now=NOW, operation="sorry-1")
    assert (again["events"], again["repeated"]) == ([], True)


def test_a_no_is_an_answer() -> None:
    revoke: Action = {"revoke": {"points": 900, "reason": "a mistake"}}
    acted = program().act(granted(), revoke, now=NOW, operation="back-1")
    assert acted["events"] == []
    assert acted["refused"]["path"] == "action.revoke.points"
    reason = acted["refused"]["reason"]
    assert reason["code"] == "balance_too_low"
    assert (reason["required"], reason["actual"]) == (Decimal(900), Decimal(500))


def test_a_hold_is_in_the_balance() -> None:
    held = program().act(granted(), {"hold": {"points": 200}}, now=NOW, operation="pay-1")
    member = program().apply(granted(), held["events"])
    [balance] = program().balance(member, at=AUGUST)
    assert (balance["balance"], balance["usable"], balance["held"]) == (Decimal(500), Decimal(300), Decimal(200))
    assert balance["expiring"] == [{"on": date(2027, 1, 31), "points": Decimal(500)}]
    captured = program().act(member, {"capture": {"hold": "pay-1"}}, now=AUGUST, operation="pay-1-done")
    [after] = program().balance(program().apply(member, captured["events"]), at=AUGUST)
    assert after["balance"] == Decimal(300)


def test_a_statement() -> None:
    events = program().act(MEMBER, SORRY, now=NOW, operation="sorry-1")["events"]
    [statement] = program().statement(MEMBER, events)
    assert (statement["opening"], statement["closing"]) == (Decimal(0), Decimal(500))
    [granted] = statement["movements"]
    assert (granted["at"], granted["operation"], granted["delta"]) == (NOW, "sorry-1", Decimal(500))
    [later] = program().statement(MEMBER, events, until="2027-02-01T00:00:00+09:00")
    assert [movement["balance"] for movement in later["movements"]] == [Decimal(500), Decimal(0)]


def test_notices() -> None:
    [notice] = program().notices(granted(), date(2026, 12, 1), "2026-12-31")
    assert (notice["expires_on"], notice["points"]) == (date(2027, 1, 31), Decimal(500))
    assert program().notices(granted(), from_=date(2027, 2, 1), until=date(2027, 2, 28)) == []


def test_liability() -> None:
    owed = program().liability([granted(), {"id": "m2"}], at=AUGUST, rate=Decimal("85.5"))
    assert owed["totals"] == [{"wallet": "points", "points": Decimal(500)}]
    assert owed["entries"][0]["month"] == "2027-01"
    assert program().liability((granted(),), at=AUGUST)["totals"] == owed["totals"]


def test_a_population_is_cut() -> None:
    [cutoff] = program().cutoff({"at": {"top_count": 2}}, values=[Decimal("9.5"), 7, "7", 0])["cutoffs"]
    assert cutoff == {"value": Decimal("7.0"), "reached_by": 3, "tied": 2}
    counted = program().cutoff({"at": {"groups": 2}, "nothing": "count"}, counted=[{"value": 3, "count": 4}])
    assert counted == {"cutoffs": [{"value": Decimal(3), "reached_by": 4, "tied": 4}], "values": 4, "left_out": 0}


def test_segments() -> None:
    bands: SegmentBands = {"recency": (30, 90), "dormant": "90 days", "segments": [{"id": "away", "dormant": True}]}
    member: Member = {"id": "m1", "orders": 1, "last_order_on": date(2026, 5, 3)}
    facts = program().segments(member, at=AUGUST, bands=bands)
    assert (facts["on"], facts["last_order_on"]) == (date(2026, 8, 1), date(2026, 5, 3))
    assert (facts["days"], facts["recency"], facts["dormant"], facts["segments"]) == (90, 1, True, ["away"])


def test_what_happened_in_sentences() -> None:
    events = program().act(MEMBER, SORRY, now=NOW, operation="sorry-1")["events"]
    assert program().describe(events) == ["500 points granted: a late delivery"]
    assert program().describe(events, lang="ko") != program().describe(events, lang="en")
    [statement] = program().statement(MEMBER, events, until="2027-02-01T00:00:00+09:00")
    assert program().describe(changes=[moved["change"] for moved in statement["movements"]], lang="ko") == [
        "points 500 지급: a late delivery",
        "points 500 소멸 (2027-01-31까지 사용 가능했음)",
    ]


def test_a_refusal_in_a_sentence() -> None:
    action: Action = {"revoke": {"points": 900, "reason": "a mistake"}}
    refused = program().act(granted(), action, now=AUGUST, operation="much-1")["refused"]
    assert program().describe(reasons=[refused["reason"]]) == ["needs a balance of 900, the member can use 500"]
    assert program().describe((), reasons=(refused["reason"],), lang="ko") == ["900 이상 있어야 합니다. 사용 가능 500"]


MISSPELT: Any = {"code": "gueset"}


def wrong(**change: Any) -> Any:
    request: dict[str, Any] = {"member": granted(), "action": SORRY, "now": NOW, "operation": "sorry-2"}
    return lambda: program().act(**(request | change))


@pytest.mark.parametrize(
    ("attempt", "code", "path"),
    [
        (wrong(action={"grnat": {"points": 1}}), "unknown_word", "action.grnat"),
        (wrong(action={"grant": {"points": 1.5, "reason": "x"}}), "floating_point", "action.grant.points"),
        (wrong(action={"grant": {"points": 1}}), "missing_field", "action.grant.reason"),
        (wrong(action={"grant": {"points": 1, "reason": "x", "wallet": "stars"}}), "unknown_name", "action.grant.wallet"),
        (wrong(operation=""), "invalid_value", "operation"),
        (wrong(operation="sorry-1", action={"spend": {"points": 1}}), "operation_reused", "operation"),
        (wrong(now="2026-01-01T00:00:00Z"), "time_runs_backwards", "now"),
        (lambda: program().balance(granted(), at=date(2026, 8, 1)), "invalid_value", "at"),  # type: ignore[arg-type]
        (lambda: program().notices(MEMBER, "soon", "2026-12-31"), "invalid_value", "from"),
        (lambda: program().notices(MEMBER, "2026-12-31", "2026-12-01"), "contradiction", "until"),
        (lambda: program().liability([], at=AUGUST), "empty", "members"),
        (lambda: program().liability([MEMBER], at=AUGUST, rate=101), "out_of_range", "rate"),
        (lambda: program().cutoff({"at": {"top_count": 1}}), "empty", "values"),
        (lambda: program().cutoff({"at": {"top_percent": 101}}, values=[1]), "out_of_range", "cut.at.top_percent"),
        (lambda: program().segments(MEMBER, at=AUGUST, bands={"frequency": [2, 1]}), "out_of_order", "bands.frequency[1]"),
        (lambda: program().statement(MEMBER, [{}], until=NOW), "missing_field", "events[0].member"),  # type: ignore[list-item]
        (lambda: program().describe(), "missing_field", "events"),
        (lambda: program().describe(reasons=[MISSPELT]), "unknown_word", "reasons[0].code"),
        (lambda: program().describe([], lang="fr"), "unknown_word", "lang"),  # type: ignore[arg-type]
    ],
)
def test_a_mistake_is_told_where_it_stands(attempt: Any, code: str, path: str) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        attempt()
    assert (raised.value.code, raised.value.path) == (code, path)

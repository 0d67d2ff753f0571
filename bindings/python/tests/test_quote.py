"""From a quote to an order and back into the member."""

import json
from decimal import Decimal
from typing import Any, get_type_hints

import pytest
from cafe import BASKET, DEFINITION, MEMBER, NOW, program

import dangol
from dangol import types


def test_every_field_can_be_read() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    answer: dict[str, Any] = {**quote.to_dict()}
    fields = [name for name in json.loads(quote.to_json()) if getattr(quote, name) == answer[name]]
    assert fields == list(json.loads(quote.to_json()))
    assert repr(quote) == "<Quote for 'm1': 9600 KRW due>"
    assert json.loads(dangol.to_json(answer)) == json.loads(quote.to_json())


def test_a_field_that_the_answer_leaves_out_is_none_or_empty() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    assert (quote.tiers, quote.pool, quote.guest) == ([], None, False)
    assert (quote.overdue, quote.extended, quote.carried, quote.absorbed) == ([], [], [], {})
    assert (quote.shipping, quote.fees) == (Decimal(0), Decimal(0))


def test_what_a_quote_may_hold_can_be_read() -> None:
    """Whatever the types say that a quote has, an attribute has, too."""
    assert [name for name in get_type_hints(types.Quote) if not hasattr(dangol.Quote, name)] == []


def test_a_household_shares_its_points() -> None:
    shop = dangol.Program.from_dict({**DEFINITION, "wallets": [{"id": "points", "shared": True}]})
    quote = shop.quote(MEMBER, BASKET, NOW, pool={"id": "family"})
    assert quote.pool is not None and quote.pool["member"] == "family"
    assert {event["member"] for event in quote.place("o1").events} == {"m1", "family"}
    with pytest.raises(dangol.DangolError) as raised:
        shop.quote(MEMBER, BASKET, NOW, pool=MEMBER)
    assert (raised.value.code, raised.value.path) == ("contradiction", "pool.id")


def test_an_order_changes_the_member_and_time_does_too() -> None:
    quote = program().quote(MEMBER, {**BASKET, "codes": ["hello"]}, NOW)
    placed = quote.place("o1")
    assert placed.order["quote"] == quote.to_dict()
    assert repr(placed).startswith("<Placed order 'o1': ")
    assert [event["type"] for event in placed.events] == ["order_placed", "points_earned"]
    member = program().apply(MEMBER, placed.events)
    assert "version" not in MEMBER
    assert member["wallets"]["points"]["granted"] == Decimal(430)
    assert program().apply(member, placed.events) == member
    [expired] = program().advance(member, "2027-02-01T00:00:00+09:00")
    assert expired["type"] == "points_expired"
    assert program().advance(member, "2027-01-31T23:59:59+09:00") == []


def test_an_order_and_its_events_travel_together() -> None:
    placed = program().quote(MEMBER, BASKET, NOW).place("o1")
    assert placed.to_dict() == {"order": placed.order, "events": placed.events}
    assert placed == dangol.Placed.from_json(placed.to_json()) == dangol.Placed.from_dict(placed.to_dict())
    assert placed != program().quote(MEMBER, BASKET, NOW).place("o2")
    less: Any = {"order": placed.order}
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Placed.from_dict(less)
    assert (raised.value.code, raised.value.path) == ("missing_field", "events")
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Placed.from_json(placed.to_json().replace('"480"', "480.5", 1))
    assert raised.value.code == "floating_point"


def test_explanations() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    assert program().explain(quote)["accruals"][0]["text"].startswith("5% of ₩9,600 = 480 points")
    assert program().explain(quote, lang="ko")["accruals"][0]["text"].startswith("9,600원의 5% = ")
    french: Any = "fr"
    with pytest.raises(dangol.DangolError) as raised:
        program().explain(quote, french)
    assert (raised.value.code, raised.value.path) == ("unknown_word", "lang")


@pytest.mark.parametrize("order", ["", "a\nb", "x" * 200])
def test_an_order_needs_an_id(order: str) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, BASKET, NOW).place(order)
    assert (raised.value.code, raised.value.path) == ("invalid_value", "order")


def test_a_quote_that_was_stored_badly_is_refused_where_it_is_wrong() -> None:
    text = program().quote(MEMBER, BASKET, NOW).to_json()
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Quote.from_json(text.replace('"9600"', "9600.0", 1))
    assert (raised.value.code, raised.value.path) == ("floating_point", "lines[0].gross")
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Quote.from_json(text[:-1])
    assert raised.value.code == "syntax"


def test_the_raw_door_says_what_the_other_says() -> None:
    request: dict[str, Any] = {"member": {"id": "m1"}, "basket": {"lines": [{"sku": "latte", "price": 1.5}]}}
    request["now"] = NOW.isoformat()
    with pytest.raises(dangol.DangolError) as raw:
        program().call("quote", json.dumps(request))
    with pytest.raises(dangol.DangolError) as objects:
        program().quote(**request)
    assert vars(raw.value) == vars(objects.value)
    with pytest.raises(dangol.DangolError, match="did you mean `quote`"):
        program().call("qoute", "{}")

"""Goods that come back: what is refunded for them, what that undoes, and what is wrong with a return."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from cafe import DEFINITION, MEMBER, NOW, program

import dangol
from dangol.types import Basket, Done, Event, MemberOut, Order, Returned

FEBRUARY = "2026-02-03T10:00:00+09:00"
# ₩14,400 less ₩1,000: three units that do not divide ₩13,400; and coffee by weight.
BASKET: Basket = {"lines": [{"sku": "latte", "price": 4800, "quantity": 3}], "codes": ["hello"]}
BEANS: Basket = {"lines": [{"sku": "beans", "price": 52000, "quantity": Decimal("0.250")}]}
ONE: Returned = {"goods": {"lines": {"1": 1}}}


def sold(basket: Basket = BASKET) -> tuple[MemberOut, Order]:
    placed = program().quote(MEMBER, basket, NOW).place("o1")
    return program().apply(MEMBER, placed.events), placed.order


def usable(member: MemberOut) -> Decimal:
    [balance] = program().balance(member, at=FEBRUARY)
    return balance["usable"]


def types(events: list[Event]) -> list[str]:
    return [event["type"] for event in events]


def test_one_unit_comes_back_and_then_the_others() -> None:
    member, order = sold()
    assert usable(member) == Decimal(670)
    refunded = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    assert (refunded["returned"]["money"], refunded["repeated"]) == (Decimal(4466), False)
    [line] = refunded["returned"]["lines"]
    assert (line["id"], line["quantity"], line["of"], line["value"]) == ("1", Decimal(1), Decimal(3), Decimal(4466))
    # 5 % of the ₩8,934 that are kept are 446 points.
    [taken] = refunded["returned"]["taken"]
    assert (taken["granted"], taken["kept"], taken["points"]) == (Decimal(670), Decimal(446), Decimal(224))
    assert set(types(refunded["events"])) == {"order_returned", "points_revoked", "activity_corrected"}
    member = program().apply(member, refunded["events"])
    assert usable(member) == Decimal(446)

    rest = program().refund(member, refunded["order"], "cancel", now=FEBRUARY, operation="return-2")
    assert (rest["returned"]["money"], rest["returned"]["whole"]) == (Decimal(8934), True)
    member = program().apply(member, rest["events"])
    assert (usable(member), member["orders"]) == (Decimal(0), 0)


def test_a_return_is_taken_back() -> None:
    member, order = sold()
    refunded = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    member = program().apply(member, refunded["events"])
    again = program().refund(member, refunded["order"], "reopen", now=FEBRUARY, operation="not-returned-1")
    assert again["returned"]["money"] == Decimal(-4466)
    assert usable(program().apply(member, again["events"])) == Decimal(670)
    assert [known.get("undone", False) for known in again["order"]["returns"]] == [True, False]


def test_the_same_return_happens_once() -> None:
    member, order = sold()
    refunded = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    member = program().apply(member, refunded["events"])
    again = program().refund(member, refunded["order"], ONE, now=FEBRUARY, operation="return-1")
    assert (again["repeated"], again["events"], again["returned"]) == (True, [], refunded["returned"])
    assert again["order"] == refunded["order"]


def test_a_no_is_an_answer() -> None:
    member, order = sold()
    whole = program().refund(member, order, "cancel", now=FEBRUARY, operation="return-1")
    member = program().apply(member, whole["events"])
    nothing = program().refund(member, whole["order"], "cancel", now=FEBRUARY, operation="return-2")
    assert (nothing["events"], "returned" in nothing) == ([], False)
    assert (nothing["refused"]["path"], nothing["refused"]["reason"]["code"]) == ("returned", "nothing_left")


@pytest.mark.parametrize("quantity", [Decimal("0.1"), "0.100", Decimal("1E-1")])
def test_part_of_what_is_weighed(quantity: Any) -> None:
    member, order = sold(BEANS)
    some: Returned = {"goods": {"lines": {"1": quantity}}}
    refunded = program().refund(member, order, some, now=FEBRUARY, operation="return-1")
    # 0.1 of 0.25 kg for ₩13,000.
    assert refunded["returned"]["money"] == Decimal(5200)


def test_the_order_is_stored_in_between() -> None:
    member, order = sold()
    stored, row = json.loads(dangol.to_json(order)), json.loads(dangol.to_json(member))
    refunded = program().refund(row, stored, ONE, now=FEBRUARY, operation="return-1")
    assert refunded == program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    again = json.loads(dangol.to_json(refunded["order"]))
    assert program().refund(row, again, ONE, now=FEBRUARY, operation="return-1")["repeated"]


def test_other_shapes_of_a_return() -> None:
    @dataclass
    class Goods:
        lines: dict[str, int]

    member, order = sold()
    asked: Any = {"goods": Goods({"1": 1})}
    refunded = program().refund(member, order, asked, now=NOW, operation="return-1")
    assert refunded["returned"]["money"] == Decimal(4466)


def test_a_household_gets_its_points_back() -> None:
    pooled: Any = {**DEFINITION, "wallets": [{"id": "points", "shared": True, "tender": {"value": "1"}}]}
    shop = dangol.Program.from_dict(pooled)
    grant: Any = {"grant": {"points": 1000, "reason": "hello"}}
    family = shop.apply({"id": "family"}, shop.act({"id": "family"}, grant, now=NOW, operation="g1")["events"])
    basket: Basket = {"lines": [{"sku": "latte", "price": 4800}], "points": {"points": 1000}}
    placed = shop.quote(MEMBER, basket, NOW, pool=family).place("o1")

    def folded(member: Any, events: list[Event]) -> MemberOut:
        return shop.apply(member, [event for event in events if event["member"] == member["id"]])

    mine, family = folded(MEMBER, placed.events), folded(family, placed.events)
    with pytest.raises(dangol.DangolError) as raised:
        shop.refund(mine, placed.order, "cancel", now=FEBRUARY, operation="return-1")
    assert (raised.value.code, raised.value.path) == ("missing_field", "others")
    refunded = shop.refund(mine, placed.order, "cancel", now=FEBRUARY, operation="return-1", others=(family,))
    [restored] = refunded["returned"]["points"]
    assert (refunded["returned"]["money"], restored["points"]) == (Decimal(3800), Decimal(1000))
    [balance] = shop.balance(folded(family, refunded["events"]), at=FEBRUARY)
    assert balance["usable"] == Decimal(1000)


def test_sentences() -> None:
    member, order = sold()
    english = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    assert "to be refunded in money: ₩4,466" in english["sentences"]
    korean = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1", lang="ko")
    assert "환불 금액: 4,466원" in korean["sentences"]
    assert korean["events"] == english["events"]


def test_a_quote_says_what_will_hold_when_goods_come_back() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    assert (quote.returns, quote.before, quote.paid_by, quote.rules) == ({}, {}, {}, None)
    definition: Any = {**DEFINITION, "returns": {"discounts": "requote", "restored": {"anew": "30 days"}}}
    paid: Basket = {**BASKET, "tenders": {"card": 13400}}
    quote = dangol.Program.from_dict(definition).quote(MEMBER, paid, NOW)
    assert quote.returns == {"discounts": "requote", "restored": {"anew": "30 days"}}
    assert quote.paid_by == {"card": Decimal(13400)}
    assert quote.rules is not None and quote.rules["member"]["id"] == "m1"


def test_goods_are_exchanged() -> None:
    member, order = sold()
    tea: Basket = {"lines": [{"sku": "tea", "price": 5000}]}
    exchanged = program().exchange(member, order, ONE, tea, now=FEBRUARY, exchange="o2")
    assert (exchanged["due"], exchanged["returned"]["money"]) == (Decimal(534), Decimal(4466))
    assert (exchanged["order"]["id"], exchanged["exchanged"]["id"]) == ("o1", "o2")
    # 446 points stay, and 5 % of ₩5,000 come.
    member = program().apply(member, exchanged["events"])
    assert (usable(member), member["orders"]) == (Decimal(696), 2)
    again = program().exchange(member, exchanged["order"], ONE, tea, now=FEBRUARY, exchange="o2")
    assert (again["repeated"], again["events"]) == (True, [])


def test_tills_that_do_not_know_of_each_other() -> None:
    till_a = program().quote(MEMBER, BASKET, NOW).place("a-1").order
    till_b = program().quote(MEMBER, BEANS, NOW).place("b-1").order
    done: list[Done] = [
        {"order": till_a},
        {"order": till_b},
        {"refund": {"order": till_a, "returned": ONE, "now": FEBRUARY, "operation": "a-2"}},
        {"action": {"action": {"grant": {"points": 100, "reason": "sorry"}}, "now": FEBRUARY, "operation": "b-2"}},
    ]
    merged = program().merge(MEMBER, done)
    assert [outcome["operation"] for outcome in merged["outcomes"]] == ["a-1", "b-1", "a-2", "b-2"]
    # 446 of the order that one comes back of, 650 of the other, and 100.
    assert usable(merged["member"]) == Decimal(1196)
    assert program().merge(MEMBER, (*reversed(done), *done))["member"] == merged["member"]
    assert program().apply(MEMBER, merged["events"]) == merged["member"]


def wrong(**change: Any) -> Any:
    member, order = sold()
    request: dict[str, Any] = {"member": member, "order": order, "returned": ONE, "now": FEBRUARY, "operation": "r1"}
    return lambda: program().refund(**(request | change))


def goods(**change: Any) -> Any:
    return {"goods": change}


@pytest.mark.parametrize(
    ("attempt", "code", "path"),
    [
        (wrong(returned=goods(lines={"1": 1.0})), "floating_point", "returned.goods.lines.1"),
        (wrong(returned=goods(lines={"1": 4})), "out_of_range", "returned.goods.lines.1"),
        (wrong(returned=goods(lines={"1": Decimal("0.5")})), "out_of_range", "returned.goods.lines.1"),
        (wrong(returned=goods(lines={"2": 1})), "unknown_name", "returned.goods.lines.2"),
        (wrong(returned=goods(shipping=True)), "out_of_range", "returned.goods.shipping"),
        (wrong(returned=goods()), "empty", "returned.goods"),
        (wrong(returned=goods(units=1)), "unknown_field", "returned.goods.units"),
        (wrong(returned="cancle"), "unknown_word", "returned"),
        (wrong(member={"id": "m2"}), "wrong_member", "order.quote.member"),
        (wrong(now="2026-01-31T23:00:00+09:00"), "time_runs_backwards", "now"),
        (wrong(operation=""), "invalid_value", "operation"),
        (wrong(order={**sold()[1], "hash": "0" * 32}), "wrong_hash", "order.hash"),
        (wrong(order={"id": "o1"}), "missing_field", "order.quote"),
        (wrong(others=[{"name": "x"}]), "unknown_field", "others[0].name"),
        (wrong(lang="fr"), "unknown_word", "lang"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(attempt: Any, code: str, path: str) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        attempt()
    assert (raised.value.code, raised.value.path) == (code, path)


def test_what_is_wrong_with_exchanges_and_merging() -> None:
    member, order = sold()
    with pytest.raises(dangol.DangolError) as raised:
        program().exchange(member, order, ONE, {"lines": [{"sku": "x"}]}, now=FEBRUARY, exchange="o2")
    assert (raised.value.code, raised.value.path) == ("missing_field", "basket.lines[0].price")
    done: Any = [{"order": {**order, "hash": "0" * 32}}]
    [outcome] = program().merge(MEMBER, done)["outcomes"]
    assert (outcome["error"]["code"], outcome["error"]["path"]) == ("wrong_hash", "order.hash")


def test_another_content_under_a_known_name() -> None:
    member, order = sold()
    refunded = program().refund(member, order, ONE, now=FEBRUARY, operation="return-1")
    member = program().apply(member, refunded["events"])
    with pytest.raises(dangol.DangolError) as raised:
        program().refund(member, refunded["order"], "cancel", now=FEBRUARY, operation="return-1")
    assert (raised.value.code, raised.value.path) == ("operation_reused", "operation")

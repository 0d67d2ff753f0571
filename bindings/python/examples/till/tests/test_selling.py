"""Selling, returns and the night, on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from schema import TillError
from selling import GUEST, Till
from shop import Clock, enrolled, goods, sale, sound, till_of, usable
from store import Booking, Contact, Store


def test_a_member_joins_and_buys(till: Till) -> None:
    known = enrolled(till)
    assert (known.name, known.phone, known.version) == ("Kim Dangol", "01012345678", 2)
    assert usable(till) == 1000
    order = till.sell(sale("1-1", "latte", "3*croissant"))
    # One of three croissants is free: 5 % of ₩4,800 + ₩7,600.
    assert Decimal(order["quote"]["due"]) == 12400
    assert usable(till) == 1620
    sound(till.store)


def test_points_and_a_code_pay(till: Till) -> None:
    enrolled(till)
    open_sale = sale("1-1", "2*cake", points=1000)
    open_sale.codes.append("rain")
    assert till.quote(open_sale).due == 11000
    till.sell(open_sale, due=Decimal(11000))
    assert usable(till) == 550
    sound(till.store)


def test_the_same_order_is_sold_once(till: Till) -> None:
    enrolled(till)
    assert till.sell(sale("1-1", "latte")) == till.sell(sale("1-1", "latte"))
    assert usable(till) == 1240
    with pytest.raises(TillError, match="1-1 was booked before with another content"):
        till.sell(sale("1-1", "cake"))
    with pytest.raises(TillError, match="1-1 was booked before with another content"):
        till.sell(sale("1-1", "latte", member=None))
    sound(till.store)


def test_the_store_knows_an_old_operation_when_the_member_has_forgotten_it(till: Till, clock: Clock) -> None:
    enrolled(till)
    for number in range(1, 71):  # a member remembers 64
        clock.later(minutes=1)
        till.sell(sale(f"1-{number}", "tea"))
    before = till.known("m1")
    assert till.sell(sale("1-1", "tea"))["id"] == "1-1"
    assert till.known("m1") == before
    sound(till.store)


def test_what_the_customer_was_told_is_what_is_booked(till: Till) -> None:
    enrolled(till)
    told = till.quote(sale("1-1", "cake", points=1000)).due
    till.sell(sale("2-1", "tea", points=1000))  # another till, in between
    with pytest.raises(TillError, match="the amount due is 6500 now, no longer 5500"):
        till.sell(sale("1-1", "cake", points=1000), told)
    assert till.store.order("1-1") is None
    sound(till.store)


def test_nobody_who_is_known(till: Till) -> None:
    order = till.sell(sale("1-1", "latte", member=None))
    assert (order["quote"]["member"], till.store.member("guest")) == (GUEST["id"], None)
    back = till.take_back("1-1", {"goods": {"lines": {"1": 1}}}, "1-2")
    assert back["returned"]["money"] == 4800
    with pytest.raises(TillError, match="nothing left"):
        till.take_back("1-1", "cancel", "1-3")


def test_goods_come_back(till: Till) -> None:
    enrolled(till)
    till.sell(sale("1-1", "2*cake", points=1000))
    back = till.take_back("1-1", {"goods": {"lines": {"1": "1"}}}, "1-2")
    assert (int(back["returned"]["money"]), usable(till)) == (6000, 800)
    again = till.take_back("1-1", {"goods": {"lines": {"1": "1"}}}, "1-2")
    assert (again["repeated"], int(again["returned"]["money"]), usable(till)) == (True, 6000, 800)
    with pytest.raises(TillError, match="1-2 was booked before"):
        till.take_back("1-1", "cancel", "1-2")
    till.take_back("1-1", "reopen", "1-3")
    till.take_back("1-1", "cancel", "1-4")
    assert usable(till) == 1000
    sound(till.store)


def test_a_number_is_given_once(store: Store) -> None:
    first, second = till_of(store), till_of(store)
    assert [first.next_id(), second.next_id(), till_of(store, "2").next_id()] == ["1-1", "1-2", "2-1"]


def test_a_clock_that_is_a_little_behind(till: Till, clock: Clock) -> None:
    enrolled(till)
    clock.later(seconds=-90)
    till.sell(sale("1-1", "tea"))
    clock.later(hours=-1)
    with pytest.raises(TillError, match="the clock is behind"):
        till.sell(sale("1-2", "tea"))
    sound(till.store)


def test_the_night(till: Till, clock: Clock) -> None:
    for number in range(7):
        enrolled(till, f"m{number}", None)
    assert list(till.advance(clock(), size=3)) == [(3, 0), (3, 0), (1, 0)]
    clock.later(days=400)
    assert sum(due for _, due in till.advance(clock(), size=3)) == 7
    assert usable(till, "m6") == 0
    assert sum(due for _, due in till.advance(clock(), size=3)) == 0
    sound(till.store)


def test_a_sale_in_the_midst_of_the_night(till: Till, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        enrolled(till, f"m{number}", None)
    clock.later(days=400)
    book, sold = till.store.book, list[bool]()

    def sells_first(*bookings: Booking) -> None:
        if not sold:
            sold.append(True)
            till.sell(sale("2-1", "cake", member="m1"))
        book(*bookings)

    monkeypatch.setattr(till.store, "book", sells_first)
    list(till.advance(clock() + timedelta(minutes=1), size=3))
    assert [usable(till, f"m{number}") for number in range(3)] == [0, 325, 0]
    sound(till.store)


def test_a_statement(till: Till) -> None:
    enrolled(till)
    till.sell(sale("1-1", "cake", points=1000))
    told = "\n".join(till.statement("m1"))
    for part in ("Kim Dangol, 01012345678", "Basic", "points: 275 usable of 275", "1,000 points earned by Welcome", "(1-1)"):
        assert part in told


def test_finding_members(till: Till) -> None:
    till.enrol("m1", Contact("Kim Dangol", "01012345678"))
    till.enrol("m2", Contact("kim Minji", None))
    assert [till.find(text).id for text in ("m2", "010-1234-5678", "KIM D")] == ["m2", "m1", "m1"]
    assert till.store.find("%") == []
    with pytest.raises(TillError, match="'kim' is more than one member: m1 Kim Dangol, m2 kim Minji"):
        till.find("kim")
    with pytest.raises(TillError, match="there is no member 'nobody'"):
        till.find("nobody")


def test_what_cannot_be_done(till: Till) -> None:
    enrolled(till)
    with pytest.raises(TillError, match="there is a member 'm1' already"):
        till.enrol("m1", Contact("Another"))
    with pytest.raises(TillError, match="the phone 01012345678 belongs to m1 Kim Dangol"):
        till.enrol("m2", Contact("Another", "01012345678"))
    with pytest.raises(TillError, match="there is no member 'm9'"):
        till.sell(sale("1-1", "latte", member="m9"))
    with pytest.raises(TillError, match="there is no order '1-9'"):
        till.take_back("1-9", "cancel", "1-2")
    with pytest.raises(TillError, match="the basket is empty"):
        till.sell(sale("1-1"))
    with pytest.raises(TillError, match="there is no article 'mocha'"):
        goods("2*mocha")
    assert (till.store.operation("1-1"), till.store.member("m2")) == (None, None)


def test_points_by_hand(till: Till) -> None:
    enrolled(till)
    till.grant("m1", "500", "a late delivery", "1-1")
    till.grant("m1", "500", "a late delivery", "1-1")
    assert usable(till) == 1500


def test_another_sale_leaves_the_open_basket_alone(till: Till) -> None:
    enrolled(till)
    till.store.keep_draft("1", vars(sale("1-1", "latte")))
    till.sell(sale("1-2", "tea"))
    assert till.store.draft("1") is not None
    till.sell(sale("1-1", "latte"))
    assert till.store.draft("1") is None

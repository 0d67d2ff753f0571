"""Tills that cannot reach the shop's store, and what becomes of it when they can."""

from pathlib import Path

import pytest
from bulk import load
from offline import merge, take
from schema import TillError
from selling import Till
from shop import Clock, enrolled, sale, sound, till_of, usable
from store import Booking, Contact, Store


def taken(till: Till, path: Path, name: str, clock: Clock) -> Till:
    """A till that took the shop along."""
    local = Store(f"sqlite:///{path}/{name}.db")
    take(till.store, local, name, 90, clock())
    return till_of(local, name, clock)


def test_what_was_sold_offline_comes_in_once(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    van = taken(till, tmp_path, "van", clock)
    clock.later(hours=1)
    van.sell(sale("van-1", "cake", "tea", points=1000))
    van.sell(sale("van-2", "latte", member=None))
    assert (usable(van), usable(till)) == (525, 1000)
    report = merge(till, van.store)
    assert (report.booked, report.repeated, report.notes) == (2, 0, [])
    assert usable(till) == 525
    before = till.known("m1")
    again = merge(till, van.store)
    assert (again.booked, again.repeated, till.known("m1")) == (0, 2, before)
    assert before.history == 0  # nothing had happened in between, so the life goes on as it was
    sound(till.store)
    van.store.close()


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_two_tills_and_the_shop_in_any_order(till: Till, clock: Clock, tmp_path: Path, order: str) -> None:
    enrolled(till)
    tills = {name: taken(till, tmp_path, name, clock) for name in "ab"}
    clock.later(hours=1)
    tills["a"].sell(sale("a-1", "cake", "tea", points=1000))
    clock.later(hours=1)
    tills["b"].sell(sale("b-1", "cake", "tea", points=1000))  # the same points
    clock.later(hours=1)
    till.sell(sale("1-1", "latte"))
    for name in order:
        report = merge(till, tills[name].store)
    assert report.notes == ["b-1: 475 points were used at two tills"]
    # 1,000 and 525 + 525 + 240 came, 2,000 went.
    assert usable(till) == 290
    known = till.known("m1")
    assert [event["operation"] for event in till.store.events(known) if event["type"] == "order_placed"] == ["a-1", "b-1", "1-1"]
    assert known.history == 2
    sound(till.store)
    for each in tills.values():
        each.store.close()


def test_points_used_in_time_did_not_expire(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    clock.later(days=395)  # their last day
    van = taken(till, tmp_path, "van", clock)
    van.sell(sale("van-1", "cake", points=1000))
    clock.later(days=1)
    assert sum(due for _, due in till.advance(clock())) == 1
    assert usable(till) == 0
    report = merge(till, van.store)
    assert (report.notes, usable(till)) == ([], 275)
    assert "deficit" not in till.known("m1").snapshot["wallets"]["points"]
    sound(till.store)
    van.store.close()


def test_a_member_who_joined_offline(till: Till, clock: Clock, tmp_path: Path) -> None:
    van = taken(till, tmp_path, "van", clock)
    van.enrol("m7", Contact("Lee Haneul", "01077777777"))
    van.sell(sale("van-1", "tea", member="m7"))
    till.enrol("m8", Contact("Another", "01077777777"))
    report = merge(till, van.store)
    assert report.notes == ["m7: the phone 01077777777 belongs to m8; left out"]
    assert (till.known("m7").name, till.known("m7").phone, usable(till, "m7")) == ("Lee Haneul", None, 1250)
    sound(till.store)
    van.store.close()


def test_returns_offline(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    till.sell(sale("1-1", "2*cake"))
    till.sell(sale("1-2", "latte", member=None))
    van = taken(till, tmp_path, "van", clock)
    clock.later(hours=1)
    van.take_back("1-1", {"goods": {"lines": {"1": "1"}}}, "van-1")
    van.take_back("1-2", "cancel", "van-2")
    van.sell(sale("van-3", "tea"))
    van.take_back("van-3", "cancel", "van-4")
    clock.later(hours=1)
    till.take_back("1-1", {"goods": {"lines": {"1": "1"}}}, "1-3")
    assert merge(till, van.store).notes == []
    assert [known["operation"] for known in till.order("1-1")["returns"]] == ["van-1", "1-3"]
    assert [len(till.order(order)["returns"]) for order in ("1-1", "1-2", "van-3")] == [2, 1, 1]
    assert usable(till) == 1000
    sound(till.store)
    van.store.close()


def test_goods_that_came_back_twice(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    till.sell(sale("1-1", "cake"))
    van = taken(till, tmp_path, "van", clock)
    clock.later(hours=1)
    van.take_back("1-1", "cancel", "van-1")
    clock.later(hours=1)
    till.take_back("1-1", "cancel", "1-2")
    report = merge(till, van.store)
    assert len(report.notes) == 1 and report.notes[0].startswith("1-2: does not count, there is nothing left")
    assert [known["operation"] for known in till.order("1-1")["returns"]] == ["van-1"]
    assert usable(till) == 1000
    sound(till.store)
    van.store.close()


def test_taking_along_again(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    van = taken(till, tmp_path, "van", clock)
    clock.later(hours=1)
    van.sell(sale(van.next_id(), "tea"))
    with pytest.raises(TillError, match="has 1 operations that are not merged yet: merge it first"):
        take(till.store, van.store, "van", 90, clock())
    merge(till, van.store)
    assert take(till.store, van.store, "van", 90, clock()) == (1, 1)
    assert (usable(van), van.next_id()) == (1250, "van-2")
    clock.later(hours=1)
    van.sell(sale("van-2", "tea"))
    merge(till, van.store)
    assert usable(till) == 1500
    sound(till.store)
    van.store.close()


def test_an_older_file_after_a_younger_one(till: Till, clock: Clock, tmp_path: Path) -> None:
    """The first till to leave comes back last: what both share is looked for, not assumed."""
    enrolled(till)
    early = taken(till, tmp_path, "early", clock)
    clock.later(hours=1)
    early.sell(sale("early-1", "cake", "tea", points=1000))  # three events, where the others have two
    clock.later(minutes=1)
    till.sell(sale("1-1", "tea"))
    late = taken(till, tmp_path, "late", clock)
    clock.later(hours=1)
    late.sell(sale("late-1", "tea"))
    till.sell(sale("1-2", "tea"))
    later = taken(till, tmp_path, "later", clock)
    for each in (early, late):
        assert merge(till, each.store).notes == []
    clock.later(hours=1)
    later.sell(sale("later-1", "tea"))
    assert merge(till, later.store).notes == []
    assert usable(till) == 525 + 4 * 250
    sound(till.store)
    for each in (early, late, later):
        each.store.close()


def test_two_tills_that_gave_one_name(till: Till, clock: Clock, tmp_path: Path) -> None:
    enrolled(till)
    van = taken(till, tmp_path, "van", clock)
    van.sell(sale("van-1", "tea"))
    till.sell(sale("van-1", "cake"))
    report = merge(till, van.store)
    assert report.notes == ["van-1: the store has another operation of this name; not booked"]
    assert usable(till) == 1325
    van.store.close()


def test_a_sale_in_the_midst_of_a_merge(till: Till, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolled(till)
    van = taken(till, tmp_path, "van", clock)
    van.sell(sale("van-1", "tea"))
    book, sold = till.store.book, list[bool]()

    def sells_first(*bookings: Booking) -> None:
        if not sold:
            sold.append(True)
            till.sell(sale("2-1", "cake"))
            merge(till, van.store)  # and somebody else merges the same file
        book(*bookings)

    monkeypatch.setattr(till.store, "book", sells_first)
    report = merge(till, van.store)
    assert (report.booked, report.repeated, report.notes) == (0, 1, [])
    assert usable(till) == 1575
    sound(till.store)
    van.store.close()


def test_what_must_not_be_overwritten(tmp_path: Path, clock: Clock) -> None:
    stores = [Store(f"sqlite:///{tmp_path}/{name}.db") for name in ("shop", "other")]
    till, other = (till_of(store, clock=clock) for store in stores)
    enrolled(till)
    with pytest.raises(TillError, match="is the shop's own store"):
        take(till.store, till.store, "van", 90, clock())
    (tmp_path / "in.csv").write_text("id\nm9\n")
    load(other, tmp_path / "in.csv")  # a member of whom no operation is known
    with pytest.raises(TillError, match="such as m9: it is another shop's"):
        take(till.store, other.store, "van", 90, clock())
    assert (till.store.member("m1") is None, other.store.member("m9") is None) == (False, False)
    for store in stores:
        store.close()

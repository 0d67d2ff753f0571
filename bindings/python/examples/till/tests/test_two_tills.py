"""Two tills at once, and a till whose power goes: real processes on a real store."""

import multiprocessing
import os
import signal
from typing import Any

import sqlalchemy as sa
from schema import schema
from selling import Till
from shop import enrolled, sale, sound, started, till_of, usable
from store import Store

SALES = 14


def test_two_tills_sell_to_one_member_at_once(till: Till, url: str) -> None:
    enrolled(till)
    till.grant("m1", "27000", "a start", "start")
    both = [started(url=url, till=name, sales=SALES, points=1000) for name in ("2", "3")]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    # Each sale: ₩11,500 less 1,000 points, 5 % of ₩10,500. All 28,000 are spent, none of them twice.
    assert usable(till) == 28 * 525
    account = till.known("m1").snapshot["wallets"]["points"]
    assert (account["spent"], account["granted"], account.get("deficit")) == ("28000", str(28000 + 28 * 525), None)
    assert len(till.store.latest_orders("m1")) == 2 * SALES
    sound(till.store)


def test_one_order_from_two_tills_is_one_order(till: Till, url: str) -> None:
    enrolled(till)
    both = [started(url=url, till="2", sales=5) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert usable(till) == 1000 + 5 * 575
    assert len(till.store.latest_orders("m1")) == 5
    sound(till.store)


def sells_and_dies(url: str, step: int) -> None:
    """Sells 2-1, and dies instead of sending the statement or commit with this number, as if the power went."""
    store, sent = Store(url), 0
    till = till_of(store, "2")

    def counted(*_: Any) -> None:
        nonlocal sent
        sent += 1
        if sent == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(store.engine, "before_cursor_execute", counted)
    sa.event.listen(store.engine, "commit", counted)
    till.sell(sale("2-1", "cake", "tea", points=1000))
    counted()  # booked, and nobody was told yet
    store.close()


def test_a_till_that_is_killed_at_every_step(url: str) -> None:
    seen_there: list[bool] = []
    step = 0
    exitcode: int | None = None
    while exitcode != 0:
        step += 1
        store = Store(url)
        schema.drop_all(store.engine)
        store.close()
        store = Store(url)
        till = till_of(store, "2")
        enrolled(till)
        store.keep_draft("2", vars(sale("2-1", "cake", "tea", points=1000)))
        store.close()

        process = multiprocessing.get_context("fork").Process(target=sells_and_dies, args=(url, step))
        process.start()
        process.join(60)
        exitcode = process.exitcode
        assert exitcode in (0, -signal.SIGKILL)

        # The sale is there wholly or not at all; the basket is still open, or not.
        there = store.order("2-1") is not None
        seen_there.append(there)
        assert (store.operation("2-1") is not None, store.draft("2") is None) == (there, there)
        assert usable(till) == (525 if there else 1000)
        sound(store)
        # Doing it again books it once.
        till_of(store, "2").sell(sale("2-1", "cake", "tea", points=1000))
        assert (usable(till), store.draft("2"), len(store.latest_orders("m1"))) == (525, None, 1)
        sound(store)
        store.close()
    # Looking at the operation and the member; member, events, order, operation, till; the commit; the order. Then the end.
    killed = seen_there[:-1]
    assert killed == sorted(killed) and killed.count(False) >= 8 and killed.count(True) >= 2

"""The till in a terminal, with keys pressed as a cashier does."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from screen import TillScreen
from selling import Till
from shop import ARTICLES, NAMES, enrolled, sale, sound, till_of, usable
from store import Store
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, OptionList, Static

KEYS = {"*": "asterisk", ".": "full_stop", " ": "space", "-": "minus"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """What the screen shows does not depend on the database."""
    return f"sqlite:///{tmp_path}/shop.db"


def with_screen(till: Till, path: Path, test: Callable[[TillScreen, Pilot[Any]], Awaitable[None]]) -> None:
    async def run() -> None:
        app = TillScreen(till, ARTICLES, NAMES, path / "receipts.txt")
        async with app.run_test(size=(110, 30)) as pilot:
            await test(app, pilot)

    asyncio.run(run())


async def typed(pilot: Pilot[Any], *words: str, keys: bool = False) -> None:
    """Each word with an Enter, or a key. With `keys` every letter is pressed, as a scanner does."""
    for word in words:
        if word in ("escape", "enter", "p") or word[0] == "f" and word[1:].isdigit():
            await pilot.press(word)
        elif keys:
            await pilot.press(*(KEYS.get(key, key) for key in word), "enter")
        else:
            field = pilot.app.screen.focused
            assert isinstance(field, Input)
            field.value = word
            await pilot.pause()
            await pilot.press("enter")
        await pilot.pause()


def text(app: TillScreen, name: str) -> str:
    return str(app.screen_stack[0].query_one(name, Static).render())


def test_a_sale(till: Till, tmp_path: Path) -> None:
    enrolled(till)

    async def test(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "8800000000017", "3*croissant", "f2", "kim", keys=True)
        assert "Kim Dangol" in text(app, "#member") and "1,000 points" in text(app, "#member")
        assert "₩12,400" in text(app, "#due")
        assert "Every third croissant free" in text(app, "#why")
        await typed(pilot, "f3", "rain", "f4", "enter")
        assert "₩10,400" in text(app, "#due") and "1,000 points pay ₩1,000" in text(app, "#why")
        await typed(pilot, "f9")
        assert "TO PAY" in str(app.screen.query_one("#receipt", Static).render())
        await typed(pilot, "p")
        assert text(app, "#status") == "Order 1-1 is paid"
        assert app.query_one(DataTable).row_count == 0

    with_screen(till, tmp_path, test)
    assert "order 1-1" in (tmp_path / "receipts.txt").read_text(encoding="utf-8")
    assert (usable(till), till.store.draft("1")) == (520, None)
    sound(till.store)


def test_what_is_wrong_is_said_and_changes_nothing(till: Till, tmp_path: Path) -> None:
    async def test(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "mo", "tea", keys=True)  # the second scan takes the place of the first
        assert [line["sku"] for line in app.sale.lines] == ["tea"]
        await typed(pilot, "f8")
        for words, said in [
            (["f9"], "The basket is empty"),
            (["mocha"], "there is no article 'mocha'"),
            (["f4"], "Points are a member's: F2 first"),
        ]:
            await typed(pilot, *words)
            assert text(app, "#status") == said
        await typed(pilot, "0*latte")
        assert "basket.lines[0].quantity" in text(app, "#status")
        assert (app.sale.lines, app.query_one(DataTable).row_count) == ([], 0)

    with_screen(till, tmp_path, test)


def test_changing_ones_mind(till: Till, tmp_path: Path) -> None:
    enrolled(till)

    async def test(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "latte", "cake", "f6")
        assert ("₩4,800" in text(app, "#due"), app.query_one(DataTable).row_count) == (True, 1)
        await typed(pilot, "f2", "escape")
        assert app.sale.member is None
        await pilot.press("f2", *"kim", "down", "enter")
        await pilot.pause()
        assert app.sale.member == "m1"
        await pilot.press("f2", *"zzz")
        await pilot.pause()
        assert app.screen.query_one(OptionList).option_count == 0
        await typed(pilot, "escape", "f8")
        assert (app.sale.lines, app.sale.member, text(app, "#member")) == ([], None, "No member (F2)")

    with_screen(till, tmp_path, test)


def test_the_basket_is_there_after_the_power_went(till: Till, store: Store, tmp_path: Path) -> None:
    async def before(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "latte", "cake")

    async def after(app: TillScreen, pilot: Pilot[Any]) -> None:
        assert text(app, "#status") == "The basket of order 1-1 was still open"
        assert "₩11,300" in text(app, "#due")
        await typed(pilot, "f9", "enter")

    with_screen(till, tmp_path, before)
    with_screen(till_of(store), tmp_path, after)
    assert [order["id"] for order in store.latest_orders()] == ["1-1"]


def test_another_till_was_faster(till: Till, tmp_path: Path) -> None:
    enrolled(till)

    async def test(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "cake", "f2", "m1", "f4", "1000")
        till.sell(sale("2-1", "tea", points=1000))
        await typed(pilot, "f9")
        assert "the amount due is 6500 now, no longer 5500" in text(app, "#status")
        assert "₩6,500" in text(app, "#due")
        await typed(pilot, "f9", "enter")

    with_screen(till, tmp_path, test)
    assert len(till.store.latest_orders("m1")) == 2
    sound(till.store)


def test_a_store_that_is_gone(till: Till, tmp_path: Path) -> None:
    enrolled(till)

    async def test(app: TillScreen, pilot: Pilot[Any]) -> None:
        await typed(pilot, "cake", "f2", "m1")
        with till.store.engine.begin() as db:
            db.execute(sa.text("ALTER TABLE members RENAME TO gone"))
        for words in (["f9"], ["f4"], ["tea"], ["f2", "m1"]):
            app.say("")
            await typed(pilot, *words)
            assert text(app, "#status") == "The store cannot be used, try again: no such table: members"
            await pilot.press("escape")
        assert till.store.order("1-1") is None
        with till.store.engine.begin() as db:
            db.execute(sa.text("ALTER TABLE gone RENAME TO members"))
        await typed(pilot, "f9", "enter")

    with_screen(till, tmp_path, test)
    assert till.store.order("1-1") is not None

"""The books of a made-up household over a few weeks."""

from datetime import date, timedelta
from decimal import Decimal

import dangol
import pytest
from books import Books
from journey import FIRST_DAY, STORE_TIME, Visit

PROGRAM = dangol.Program.from_dict(
    {
        "format": 1, "id": "shop", "version": "1", "currency": "USD", "zone": "America/New_York",
        "wallets": [{"id": "points", "expiry": {"after": "20 days"}, "tender": {"value": "0.01"}}],
        "tiers": {"window": "3 months", "tiers": [{"id": "basic"}, {"id": "silver", "enter": {"spend_at_least": "100"}}]},
        "accruals": [{"id": "base", "award": {"per_amount": {"points": "1", "amount": "1"}}}],
        "lanes": [{"id": "coupons"}],
        "offers": [{"id": "5-1", "lane": "coupons", "code": "FIVE", "benefit": {"amount_off": "5"}}],
    }
)  # fmt: skip


def visit(order: str, day: int, price: int, code: str | None = None) -> Visit:
    """A basket at noon of that day of the year."""
    now = FIRST_DAY - STORE_TIME + timedelta(days=day, hours=12)
    return Visit(order, "h1", now, {"lines": [{"sku": "tea", "price": price}], "codes": [code] if code else []}, Decimal(price))


@pytest.fixture
def books() -> Books:
    books = Books(PROGRAM)
    for each in [visit("1", 1, 120), visit("2", 8, 50, "FIVE"), visit("3", 30, 10)]:
        books.sell(each)
    books.end()
    return books


def test_weeks_hold_what_happened_in_them(books: Books) -> None:
    assert [week.start for week in books.weeks[:2]] == [date(2017, 1, 1), date(2017, 1, 8)]
    assert [week.points["granted"] for week in books.weeks] == [120, 45, 0, 0, 10]
    assert [week.points["expired"] for week in books.weeks] == [0, 0, 0, 120, 45]
    assert [week.outstanding for week in books.weeks] == [120, 165, 165, 45, 10]
    assert [week.offers["coupons"] for week in books.weeks] == [0, 5, 0, 0, 0]
    assert [dict(week.tiers) for week in books.weeks] == [{"silver": 1}] * 5
    assert [books.money(name) for name in ("due", "till")] == [175, 180]


def test_books_that_add_up_say_so(books: Books, capsys: pytest.CaptureFixture[str]) -> None:
    books.check()
    assert capsys.readouterr().out.endswith("week by week\n")


@pytest.mark.parametrize(("what", "said"), [("points", "points of the week of 2017-01-08"), ("money", "goods")])
def test_a_point_or_a_cent_that_is_lost_is_told(books: Books, what: str, said: str) -> None:
    getattr(books.weeks[1], what)["granted" if what == "points" else "gross"] -= 1
    with pytest.raises(SystemExit, match=f"{said} do not add up"):
        books.check()

"""Numbers go in exactly or not at all, and come out exactly."""

from decimal import Decimal
from typing import Any

import pytest
from cafe import BASKET, MEMBER, NOW, basket_with, program

import dangol


@pytest.mark.parametrize("price", ["4800", 4800, Decimal(4800), Decimal("4.8E+3"), Decimal("4800.0")])
def test_the_same_price_however_it_is_written(price: Any) -> None:
    assert program().quote(MEMBER, basket_with(price=price), NOW).gross == 4800


def test_amounts_come_out_as_decimals() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    assert (quote.due, type(quote.due)) == (Decimal(9600), Decimal)
    assert quote.earned == {"points": Decimal(480)}
    assert quote.lines[0]["quantity"] == Decimal(2)


@pytest.mark.parametrize("price", [48.5, 4800.0, float("nan"), float("inf")])
def test_a_float_is_refused_where_it_stands(price: float) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, basket_with(price=price), NOW)
    assert (raised.value.code, raised.value.path) == ("floating_point", "basket.lines[0].price")


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (Decimal("NaN"), "invalid_value"),
        (Decimal("-Infinity"), "invalid_value"),
        (Decimal("1E+999999999"), "invalid_value"),
        (Decimal("0.0000000001"), "invalid_value"),
        (10**40, "invalid_value"),
        (2**63, "invalid_value"),
        (True, "wrong_type"),
        ("4,800", "invalid_value"),
        (bytearray(b"4800"), "wrong_type"),
        (4800 + 0j, "wrong_type"),
    ],
)
def test_what_is_no_exact_number_is_refused(price: Any, code: str) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, basket_with(price=price), NOW)
    assert (raised.value.code, raised.value.path) == (code, "basket.lines[0].price")


class Index:
    """A whole number of numpy or pandas: no int, but it knows which one it is."""

    def __index__(self) -> int:
        return 4800


def test_whole_numbers_of_other_libraries() -> None:
    assert program().quote(MEMBER, basket_with(price=Index()), NOW).gross == 4800

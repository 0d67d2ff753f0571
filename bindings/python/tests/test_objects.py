"""What may be handed over: dicts and lists, and what is like them."""

import json
from collections import ChainMap, OrderedDict, UserDict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from cafe import BASKET, DEFINITION, MEMBER, NOW, basket_with, program

import dangol


@dataclass
class Line:
    sku: str
    price: Decimal
    quantity: int = 1
    gross: Decimal | None = None
    categories: tuple[str, ...] = ()


@dataclass
class Basket:
    lines: list[Line] = field(default_factory=list)
    channel: str | None = None


def test_dataclasses() -> None:
    basket: Any = Basket([Line("latte", Decimal(4800), 2, categories=("coffee", "milk"))])
    assert program().quote(MEMBER, basket, NOW) == program().quote(
        MEMBER, {"lines": [{"sku": "latte", "price": 4800, "quantity": 2, "categories": ["coffee", "milk"]}]}, NOW
    )


@pytest.mark.parametrize("kind", [OrderedDict, ChainMap, UserDict, MappingProxyType])
def test_mappings(kind: Any) -> None:
    assert program().quote(kind({"id": "m1"}), kind(BASKET), NOW).due == 9600


@pytest.mark.parametrize("kind", [list, tuple, deque])
def test_sequences(kind: Any) -> None:
    basket: Any = {"lines": kind(BASKET["lines"]), "codes": kind(["hello"])}
    assert program().quote(MEMBER, basket, NOW).due == 8600


def test_what_comes_out_goes_in_again_as_objects_and_as_text() -> None:
    placed = program().quote(MEMBER, BASKET, NOW).place("o1")
    member = program().apply(MEMBER, placed.events)
    stored = json.loads(dangol.to_json([member, placed.events, placed.order]))
    assert program().apply(MEMBER, stored[1]) == member
    assert program().quote(stored[0], BASKET, NOW) == program().quote(member, BASKET, NOW)
    assert dangol.Quote.from_dict(stored[2]["quote"]) == dangol.Quote.from_dict(placed.order["quote"])


@pytest.mark.parametrize(
    ("basket", "code", "path"),
    [
        ({"lines": [{"sku": "latte", "prise": 1}]}, "unknown_field", "basket.lines[0].prise"),
        ({"lines": [{"price": 1}]}, "missing_field", "basket.lines[0].sku"),
        ({"lines": None}, "wrong_type", "basket.lines"),
        ({"lines": "latte"}, "wrong_type", "basket.lines"),
        ({"lines": [["latte", 4800]]}, "wrong_type", "basket.lines[0]"),
        ({"lines": {"latte"}}, "wrong_type", "basket.lines"),
        ({"lines": [{"sku": "\ud800", "price": 1}]}, "invalid_value", "basket.lines[0].sku"),
        ({1: []}, "wrong_type", "basket"),
        (None, "wrong_type", "basket"),
        (object(), "wrong_type", "basket"),
        (Basket, "wrong_type", "basket"),
    ],
)
def test_what_means_nothing_is_refused_where_it_stands(basket: Any, code: str, path: str) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, basket, NOW)
    assert (raised.value.code, raised.value.path) == (code, path)


def test_an_object_that_holds_itself_is_too_deep() -> None:
    lines: list[Any] = []
    lines.append(lines)
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, {"lines": lines}, NOW)
    assert raised.value.code == "too_deep"


def test_nested_conditions_are_read_up_to_the_limit() -> None:
    when: Any = {"weekdays": ["sat"]}
    for _ in range(500):
        when = {"not": when}
    offer: Any = {"id": "x", "benefit": {"percent_off": "5"}, "when": when}
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Program.from_dict({**DEFINITION, "offers": [offer]})
    assert raised.value.code == "too_deep"


class Broken(Mapping[str, Any]):
    """A mapping whose content is out of reach."""

    def __getitem__(self, key: str) -> Any:
        raise ConnectionError("the database is gone")

    def __iter__(self) -> Iterator[str]:
        return iter(["lines"])

    def __len__(self) -> int:
        return 1


def test_an_error_of_the_caller_s_own_passes_through() -> None:
    basket: Any = Broken()
    with pytest.raises(ConnectionError):
        program().quote(MEMBER, basket, NOW)


class Growing(Mapping[str, Any]):
    """A price that changes the basket while it is read."""

    def __init__(self, basket: dict[str, Any]) -> None:
        self.basket = basket

    def __getitem__(self, key: str) -> Any:
        self.basket[f"more{len(self.basket)}"] = 1
        return "latte"

    def __iter__(self) -> Iterator[str]:
        return iter(["sku"])

    def __len__(self) -> int:
        return 1


def test_an_object_that_changes_while_it_is_read_breaks_nothing() -> None:
    basket = basket_with(price=1)
    basket["lines"].append(Growing(basket))
    with pytest.raises(dangol.DangolError):
        program().quote(MEMBER, basket, NOW)

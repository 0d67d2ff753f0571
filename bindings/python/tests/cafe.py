"""A café's program and basket, for the tests beside."""

from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

import dangol
from dangol.types import Basket, Member, ProgramFile

DEFINITION: ProgramFile = {
    "format": 1,
    "id": "cafe",
    "version": "1",
    "currency": "KRW",
    "zone": "Asia/Seoul",
    "wallets": [{"id": "points", "expiry": {"end_of": {"unit": "month", "after": "12 months"}}}],
    "accruals": [{"id": "base", "award": {"percent": "5"}}],
    "offers": [{"id": "welcome", "code": "HELLO", "benefit": {"amount_off": "1000"}, "until": "2026-12-31"}],
}
MEMBER: Member = {"id": "m1"}
BASKET: Basket = {"lines": [{"sku": "latte", "price": "4800", "quantity": 2}]}
NOW = datetime(2026, 1, 31, 23, 30, tzinfo=timezone(timedelta(hours=9)))


@cache
def program() -> dangol.Program:
    return dangol.Program.from_dict(DEFINITION)


def basket_with(**fields: Any) -> Any:
    return {"lines": [{"sku": "latte", **fields}]}


def due(shared: dangol.Program) -> str:
    return str(shared.quote(MEMBER, BASKET, NOW).due)

"""Coupons that a member holds, what an offer lost to, what is missing, and codes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import dangol
from dangol.types import ActionIssueCoupon, Basket, Member

NOON = "2026-05-15T12:00:00+09:00"
ANNA: Member = {"id": "anna"}
CART: Basket = {"lines": [{"sku": "cheesecake", "price": 21600}], "shipping": 3000, "codes": ["ＣＡＫＥＳ"]}


def bakery() -> dangol.Program:
    return dangol.Program.from_dict(
        {
            "format": 1,
            "id": "bakery",
            "version": "1",
            "currency": "KRW",
            "zone": "Asia/Seoul",
            "codes": {"length": 12},
            "lanes": [{"id": "coupons"}, {"id": "delivery"}],
            "offers": [
                {"id": "sorry", "lane": "coupons", "coupon": {"usable_after": "1 day"}, "benefit": {"amount_off": "2000"}},
                {"id": "cakes", "lane": "coupons", "code": "CAKES", "benefit": {"percent_off": "5"}},
                {
                    "id": "free",
                    "lane": "delivery",
                    "on": "shipping",
                    "when": {"spend": {"at_least": "30000"}},
                    "benefit": {"percent_off": "100"},
                },
            ],
        }
    )


def test_a_coupon_is_issued_held_by_the_member_and_used() -> None:
    issue: ActionIssueCoupon = {"issue_coupon": {"offer": "sorry"}}
    acted = bakery().act(ANNA, issue, now="2026-05-14T12:00:00+09:00", operation="i1")
    anna = bakery().apply(ANNA, acted["events"])
    [waiting] = bakery().coupons(anna, at="2026-05-14T12:00:00+09:00")
    assert (waiting["usable"], "until" in waiting) == (False, False)
    assert waiting["refused"] == {"code": "not_yet", "from": date(2026, 5, 15)}
    [coupon] = bakery().coupons(anna, at=NOON)
    assert (coupon["coupon"]["id"], coupon["usable"], "refused" in coupon) == ("i1/sorry", True, False)

    quote = bakery().quote(anna, CART, NOON)
    assert quote.optimal and quote.discount_bound is None
    assert quote.discount == 2000 and quote.due == 22600
    assert quote.applied[0]["coupon"]["offer"] == "sorry"
    assert quote.refused[0]["reason"] == {"code": "better_choice", "chosen": ["sorry"], "by": Decimal(920)}
    [near] = quote.near
    assert near["offer"] == "free" and near["worth"] == 3000
    assert near["missing"] == {"of": "spend", "required": Decimal(30000), "missing": Decimal(8400)}
    anna = bakery().apply(anna, quote.place("o1").events)
    assert bakery().coupons(anna, at=NOON) == []


def test_codes_are_made_of_randomness_in_hexadecimal_digits() -> None:
    codes = bakery().codes(2, randomness="00112233445566778899aabbccddeeff", taken=["hur2-sb2b-gnjy"])
    assert codes == ["AKPG-E5MQ-H8NG", "2FUY-Y6AN-3VEJ"]
    given: Any = b"0123456789abcdef"
    with pytest.raises(dangol.DangolError, match=r"^randomness: a Python `bytes` .* with `\.hex\(\)`"):
        bakery().codes(1, randomness=given)

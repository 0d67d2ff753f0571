"""Times need a zone, and come out in UTC."""

import json
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from cafe import BASKET, MEMBER, NOW, program

import dangol

INSTANT = datetime(2026, 1, 31, 14, 30, tzinfo=timezone.utc)


class Seoul(tzinfo):
    """A zone that knows its offset only for a given time, as those of zoneinfo do."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        if at is None:
            return None
        return timedelta(hours=9) if at.year >= 1908 else timedelta(hours=8, minutes=27, seconds=52)

    def dst(self, at: datetime | None) -> timedelta | None:
        return timedelta(0)

    def tzname(self, at: datetime | None) -> str:
        return "Asia/Seoul"


@pytest.mark.parametrize(
    "now",
    [
        "2026-01-31T23:30:00+09:00",
        "2026-01-31T14:30:00Z",
        datetime(2026, 1, 31, 23, 30, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 1, 31, 23, 30, tzinfo=Seoul()),
        INSTANT,
    ],
)
def test_the_same_instant_however_it_is_written(now: Any) -> None:
    quote = program().quote(MEMBER, BASKET, now)
    assert quote.at == INSTANT
    assert quote.at.tzinfo is timezone.utc
    assert quote.on == date(2026, 1, 31)


def test_days_go_in_and_come_out() -> None:
    member: Any = {"id": "m1", "joined_on": date(2026, 1, 1), "birthday": date(1990, 5, 17)}
    quote = program().quote(member, BASKET, NOW)
    after = program().apply(member, quote.place("o1").events)
    assert (after["joined_on"], after["birthday"]) == (date(2026, 1, 1), "1990-05-17")
    assert quote.accruals[0]["expires_on"] == date(2027, 1, 31)


@pytest.mark.parametrize(
    "now", [datetime(2026, 1, 31, 23, 30), "2026-01-31T23:30:00", date(2026, 1, 31), "noon", 0, None]
)
def test_a_time_without_a_zone_is_refused(now: Any) -> None:
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, BASKET, now)
    assert raised.value.path == "now"
    if isinstance(now, datetime):
        assert "has no time zone" in raised.value.message


def test_an_offset_with_seconds() -> None:
    now = datetime(1900, 1, 1, 12, tzinfo=Seoul())
    assert program().quote(MEMBER, BASKET, now).at == datetime(1900, 1, 1, 3, 32, 8, tzinfo=timezone.utc)


class Nanosecond(datetime):
    """A finer time, such as pandas' Timestamp is."""

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return "2026-01-31T14:30:00.000000001+00:00"


def test_finer_times_are_cut_to_the_microsecond_as_everywhere() -> None:
    now = Nanosecond(2026, 1, 31, 14, 30, tzinfo=timezone.utc)
    assert json.loads(program().quote(MEMBER, BASKET, now).to_json())["at"] == "2026-01-31T14:30:00Z"


def test_microseconds_are_kept() -> None:
    now = INSTANT.replace(microsecond=120)
    assert program().quote(MEMBER, BASKET, now).at == now
    assert dangol.to_json([now, INSTANT.replace(microsecond=5000), INSTANT]) == (
        '["2026-01-31T14:30:00.000120Z","2026-01-31T14:30:00.005Z","2026-01-31T14:30:00Z"]'
    )


def test_time_ends_where_python_s_calendar_does() -> None:
    last = datetime(9998, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    assert program().quote(MEMBER, BASKET, last).at == last
    with pytest.raises(dangol.DangolError) as raised:
        program().quote(MEMBER, BASKET, datetime.max.replace(tzinfo=timezone.utc))
    assert raised.value.path == "now"

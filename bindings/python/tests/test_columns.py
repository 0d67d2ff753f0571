"""Tables of members: what a batch answers is what the engine answers row by row, and mistakes have a place."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import pytest

import dangol
from dangol import columns
from dangol.types import Member, ProgramFile

pa: Any = pytest.importorskip("pyarrow")

CLUB: ProgramFile = {
    "format": 1,
    "id": "club",
    "version": "1",
    "currency": "KRW",
    "zone": "Asia/Seoul",
    "wallets": [{"id": "points", "expiry": {"after": "365 days"}}],
    "accruals": [{"id": "base", "award": {"percent": "5"}}],
    "tiers": {
        "window": "365 days",
        "validity": {"after": "365 days"},
        "downgrade": "one_step",
        "tiers": [
            {"id": "member"},
            {"id": "silver", "enter": {"points_at_least": {"points": 1000}}},
            {"id": "gold", "enter": {"points_at_least": {"points": 2500}}},
        ],
    },
}
PROGRAM = dangol.Program.from_dict(CLUB)
UNTIL = datetime(2026, 2, 10, tzinfo=timezone.utc)


def bought(number: int) -> Member:
    member: Any = {"id": f"m{number}"}
    for order in range(1 + number % 3):
        now = datetime(2025, 1, 1 + number % 20, 12, tzinfo=timezone.utc) + timedelta(days=40 * order)
        quote = PROGRAM.quote(member, {"lines": [{"sku": "x", "price": 10000 + number, "quantity": 2}]}, now)
        member = PROGRAM.apply(member, quote.place(f"o{order}").events)
    return cast(Member, member)


MEMBERS = [bought(number) for number in range(40)]
TABLE = pa.table(PROGRAM.member_columns(MEMBERS))
EVENTS = {str(member["id"]): PROGRAM.advance(member, UNTIL) for member in MEMBERS}


def holds(made: dangol.Advanced, members: list[Member] = MEMBERS) -> None:
    """What was made is what the engine answers to these members one by one."""
    changed = [member for member in members if EVENTS[member["id"]]]
    events = [event for member in changed for event in EVENTS[member["id"]]]
    assert changed
    told = pa.table(made.events)
    assert [json.loads(event) for event in told["event"].to_pylist()] == [json.loads(dangol.to_json(e)) for e in events]
    assert told.select(["member", "version", "at", "type"]).to_pylist() == [
        {name: event[name] for name in ("member", "version", "at", "type")} for event in cast(list[Any], events)
    ]
    assert columns.member_rows(made.members) == [PROGRAM.apply(member, EVENTS[member["id"]]) for member in changed]


def test_columns_and_members_are_the_same() -> None:
    assert columns.member_rows(TABLE) == MEMBERS
    assert TABLE.schema == pa.schema(PROGRAM.member_schema())


@pytest.mark.parametrize("threads", [None, 1, 3])
@pytest.mark.parametrize("check_all", [False, True])
def test_a_batch_is_its_rows(threads: int | None, check_all: bool) -> None:
    holds(PROGRAM.advance_batch(TABLE, UNTIL, threads=threads, check_all=check_all))


def test_layouts() -> None:
    coded = TABLE.set_column(0, "id", TABLE["id"].dictionary_encode())
    for kind in (pa.large_string(), pa.string_view()):
        holds(PROGRAM.advance_batch(TABLE.set_column(0, "id", TABLE["id"].cast(kind)), UNTIL))
    holds(PROGRAM.advance_batch(coded, UNTIL))
    chunked = pa.concat_tables([TABLE.slice(0, 7), TABLE.slice(7, 0), TABLE.slice(7)])
    holds(PROGRAM.advance_batch(chunked, UNTIL))
    [batch] = TABLE.combine_chunks().to_batches()
    holds(PROGRAM.advance_batch(batch.slice(11, 20), UNTIL), MEMBERS[11:31])
    reader = pa.RecordBatchReader.from_batches(TABLE.schema, iter([batch.slice(0, 3), batch.slice(3)]))
    holds(PROGRAM.advance_batch(reader, UNTIL))


def test_json_text() -> None:
    whole = pa.table({"member": [dangol.to_json(member) for member in MEMBERS]})
    made = PROGRAM.advance_batch(whole, UNTIL)
    holds(made)
    assert made.members.column_names == ["member"]
    texts = [json.dumps(json.loads(dangol.to_json(member)).get("wallets")) for member in MEMBERS]
    at = TABLE.column_names.index("wallets")
    holds(PROGRAM.advance_batch(TABLE.set_column(at, "wallets", [texts]), UNTIL))


def test_columns_that_are_left_out_come_back_where_they_are_needed() -> None:
    few = TABLE.drop_columns(["operations", "coupons", "guest"])
    made = PROGRAM.advance_batch(few, UNTIL)
    assert set(made.members.column_names) == set(TABLE.column_names)
    assert made.members.column_names[: few.num_columns] == few.column_names


def test_nothing_at_all() -> None:
    made = PROGRAM.advance_batch(TABLE.slice(0, 0), UNTIL)
    assert (len(made.events), len(made.members), len(made.rejected)) == (0, 0, 0)
    assert pa.table(made.members).schema == TABLE.schema


def test_other_engines() -> None:
    pl: Any = pytest.importorskip("polars")
    duckdb: Any = pytest.importorskip("duckdb")
    pd: Any = pytest.importorskip("pandas")
    made = PROGRAM.advance_batch(pl.DataFrame(PROGRAM.member_columns(MEMBERS)), UNTIL)
    holds(made)
    assert pl.DataFrame(made.events).height == len(made.events)
    relation = duckdb.from_arrow(TABLE)
    holds(PROGRAM.advance_batch(relation, UNTIL))
    counted = duckdb.from_arrow(pa.table(made.events)).aggregate("type, count(*) AS times", "type")
    assert sum(times for _, times in counted.fetchall()) == len(made.events)
    holds(PROGRAM.advance_batch(TABLE.to_pandas(types_mapper=pd.ArrowDtype), UNTIL))
    assert list(pd.DataFrame.from_arrow(made.events)["member"]) == pa.table(made.events)["member"].to_pylist()


def raised(table: Any) -> tuple[str, str, str]:
    with pytest.raises(dangol.DangolError) as error:
        PROGRAM.advance_batch(table, UNTIL, check_all=True)
    return error.value.code, error.value.path, error.value.message


def lots(kind: Any, values: list[Any]) -> Any:
    """The table with lots of which each has that value for `points`."""
    lot = pa.struct([("id", pa.string()), ("earned_at", pa.timestamp("us", "UTC")), ("points", kind)])
    wallet = pa.map_(pa.string(), pa.struct([("lots", pa.list_(lot))]))
    rows = [[("points", {"lots": [{"id": "l1", "earned_at": UNTIL, "points": value}]})] for value in values]
    ids = pa.array([f"m{number}" for number in range(len(values))])
    return pa.table({"id": ids, "wallets": pa.array(rows, wallet)})


def test_mistakes_have_a_place() -> None:
    assert raised(lots(pa.float64(), [1.5]))[:2] == ("floating_point", "column wallets.lots.points")
    code, path, message = raised(lots(pa.string(), ["1", "2", "three"]))
    assert (code, path) == ("invalid_value", "column wallets.lots.points, row 2")
    assert "`wallets.points.lots[0].points`" in message
    assert raised(lots(pa.int64(), [1, None]))[:2] == ("missing_field", "column wallets.lots.points, row 1")
    assert raised(lots(pa.bool_(), [True]))[:2] == ("wrong_type", "column wallets.lots.points, row 0")
    naive = pa.table({"id": ["m1"], "at": pa.array([0], pa.timestamp("us"))})
    code, path, message = raised(naive)
    assert (code, path) == ("invalid_value", "column at")
    assert "timestamp('us', tz='UTC')" in message
    code, path, message = raised(pa.table({"id": ["m1"], "tier": ["gold"]}))
    assert (code, path) == ("unknown_field", "column tier")
    assert "`tiers`" in message
    assert raised(pa.table({"id": pa.array([None], pa.string())}))[:2] == ("missing_field", "column id, row 0")
    assert raised(pa.table({"member": ["{"]}))[:2] == ("syntax", "column member, row 0")
    assert raised(pa.table({"member": ['{"id": "m", "orders": 0.5}']}))[:2] == ("floating_point", "column member, row 0")
    assert raised(pa.table({"id": ["m"], "segments": pa.array([b"x"])}))[:2] == ("wrong_type", "column segments")
    with pytest.raises(dangol.DangolError, match="PyCapsule"):
        PROGRAM.advance_batch([{"id": "m1"}], UNTIL)  # type: ignore[arg-type]


def test_rows_with_mistakes_are_kept_where_that_is_asked() -> None:
    rows = [dangol.to_json(member) for member in MEMBERS]
    rows[3] = '{"id": "bad", "orders": "many"}'
    made = PROGRAM.advance_batch(pa.table({"member": rows}), UNTIL, errors="keep")
    holds(made, [member for number, member in enumerate(MEMBERS) if number != 3])
    [rejected] = pa.table(made.rejected).to_pylist()
    assert (rejected["row"], rejected["id"], rejected["place"]) == (3, "bad", "column member, row 3")
    with pytest.raises(dangol.DangolError, match="row 3"):
        PROGRAM.advance_batch(pa.table({"member": rows}), UNTIL)
    with pytest.raises(dangol.DangolError, match='"raise" or "keep"'):
        PROGRAM.advance_batch(TABLE, UNTIL, errors="ignore")  # type: ignore[arg-type]


def test_progress(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[int] = []
    chunked = pa.concat_tables([TABLE.slice(0, 7), TABLE.slice(7)])
    PROGRAM.advance_batch(chunked, UNTIL, progress=told.append)
    assert told == [7, 40]
    PROGRAM.advance_batch(chunked, UNTIL, progress=True)
    assert "40 rows" in capsys.readouterr().err


def baskets(prices: list[int]) -> Any:
    line = pa.struct([("sku", pa.string()), ("price", pa.decimal128(12, 2)), ("quantity", pa.int64())])
    rows = [[{"sku": "x", "price": price, "quantity": 2}] for price in prices]
    return pa.table({"lines": pa.array(rows, pa.list_(line))})


def test_a_review_is_that_of_its_rows() -> None:
    made = PROGRAM.review_batch(TABLE, UNTIL, threads=3)
    told = pa.table(made.standings).to_pylist()
    for row, member in zip(told, MEMBERS, strict=True):
        [standing] = PROGRAM.tiers(member, at=UNTIL)["tiers"]
        assert json.loads(row["standing"]) == json.loads(dangol.to_json(standing))
        assert (row["member"], row["ladder"], row["tier"]) == (member["id"], "status", standing.get("tier"))
        assert row["until"] == standing["standing"].get("until")
        missing: Any = standing.get("next", {}).get("missing", [])
        assert row["missing_points"] == (missing[0]["missing"] if missing else None)
        assert row["review_on"] == standing.get("review", {}).get("on")
    assert {row["tier"] for row in told} >= {"silver", "gold"}


def test_quotes_are_those_of_their_rows() -> None:
    prices = [1000 + 10 * number for number in range(len(MEMBERS))]
    chunked = baskets(prices)
    chunked = pa.concat_tables([chunked.slice(0, 9), chunked.slice(9)])
    for given in (chunked, pa.table({"basket": [f'{{"lines":[{{"sku":"x","price":{p},"quantity":2}}]}}' for p in prices]})):
        made = PROGRAM.quote_batch(TABLE, given, UNTIL, whole=True)
        told = pa.table(made.quotes).to_pylist()
        for row, member, price in zip(told, MEMBERS, prices, strict=True):
            quote = PROGRAM.quote(member, {"lines": [{"sku": "x", "price": price, "quantity": 2}]}, UNTIL)
            assert json.loads(row["quote"]) == json.loads(quote.to_json())
            assert (row["member"], row["due"], dict(row["earned"])) == (member["id"], quote.due, quote.earned)


def test_a_basket_has_its_member() -> None:
    with pytest.raises(dangol.DangolError, match="each basket has its member"):
        PROGRAM.quote_batch(TABLE, baskets([1000] * 41), UNTIL)
    with pytest.raises(dangol.DangolError, match="each basket has its member"):
        PROGRAM.quote_batch(TABLE, baskets([1000] * 39), UNTIL)
    with pytest.raises(dangol.DangolError) as error:
        PROGRAM.quote_batch(TABLE, pa.table({"basket": ['{"lines":[{"sku":"x","price":0.5}]}'] * 40}), UNTIL)
    assert (error.value.code, error.value.path) == ("floating_point", "column basket, row 0")
    made = PROGRAM.quote_batch(TABLE, baskets([-1] + [1000] * 39), UNTIL, errors="keep")
    [rejected] = pa.table(made.rejected).to_pylist()
    assert (rejected["id"], rejected["place"], len(made.quotes)) == ("m0", "column lines.price, row 0", 39)

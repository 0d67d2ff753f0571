"""A program: where it comes from, what is wrong with it, and that it can be shared."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from cafe import BASKET, DEFINITION, MEMBER, NOW, due, program

import dangol

TOML = 'format = 1\nid = "cafe"\nversion = "1"\ncurrency = "KRW"\n'


def test_every_way_in_gives_the_same_program(tmp_path: Path) -> None:
    text = json.dumps(DEFINITION)
    (tmp_path / "cafe.json").write_text(text, "utf-8")
    ways = [
        dangol.Program.from_json(text),
        dangol.Program.from_file(tmp_path / "cafe.json"),
        dangol.Program.from_file(str(tmp_path / "cafe.json")),
    ]
    assert ways == [program()] * 3
    assert len({*ways, program()}) == 1
    assert (program().id, program().version, len(program().hash)) == ("cafe", "1", 32)
    assert repr(program()) == "<Program 'cafe' version '1'>"
    assert version("dangol") == dangol.__version__


def test_toml(tmp_path: Path) -> None:
    (tmp_path / "cafe.toml").write_text(TOML, "utf-8")
    assert dangol.Program.from_file(tmp_path / "cafe.toml") == dangol.Program.from_toml(TOML)
    assert dangol.Program.from_toml(TOML) != program()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="cafe.json"):
        dangol.Program.from_file(tmp_path / "cafe.json")
    with pytest.raises(dangol.DangolError, match="ends in `.json` or `.toml`"):
        dangol.Program.from_file(tmp_path / "cafe.yaml")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("cp949", "line 2, column 8: byte 0xc6 is not UTF-8, perhaps CP949 (EUC-KR): save the file as UTF-8"),
        ("utf-16", "line 1, column 1: this is UTF-16: save the file as UTF-8"),
        ("utf-16-le", "line 1, column 1: this is UTF-16: save the file as UTF-8"),
    ],
)
@pytest.mark.parametrize("name", ["카페.toml", "카페.json"])
def test_a_file_in_another_encoding(tmp_path: Path, name: str, encoding: str, told: str) -> None:
    file = tmp_path / name
    file.write_bytes('name\nid = "카페"'.encode(encoding))
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Program.from_file(file)
    error = raised.value
    assert (error.code, error.path, error.message) == ("not_utf8", "", f"`{file}`: {told}")


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "cafe.toml").write_text(TOML, "utf-8-sig")
    (tmp_path / "cafe.json").write_text(json.dumps(DEFINITION), "utf-8-sig")
    assert dangol.Program.from_file(tmp_path / "cafe.toml") == dangol.Program.from_toml(TOML)
    assert dangol.Program.from_file(tmp_path / "cafe.json") == program()
    assert dangol.Program.from_toml(f"\ufeff{TOML}") == dangol.Program.from_toml(TOML)


def test_all_problems_are_told_at_once() -> None:
    definition: Any = {**DEFINITION, "currency": "WON", "accruals": [{"id": "base", "awrd": {"percent": "5"}}]}
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Program.from_dict(definition)
    error = raised.value
    assert [problem["path"] for problem in error.problems][:2] == ["currency", "accruals[0].awrd"]
    assert {"code": error.code, "path": error.path, "message": error.message} == error.problems[0]
    assert "currency: " in str(error)
    assert "accruals[0].awrd: " in str(error)
    assert isinstance(error, ValueError)


def test_an_error_survives_a_process_boundary() -> None:
    with pytest.raises(dangol.DangolError) as raised:
        dangol.Program.from_json("{}")
    for twin in (pickle.loads(pickle.dumps(raised.value)), copy.copy(raised.value)):
        assert vars(twin) == vars(raised.value)
        assert (twin, str(twin), repr(twin)) == (raised.value, str(raised.value), repr(raised.value))
        assert len({twin, raised.value}) == 1
    with pytest.raises(dangol.DangolError) as other:
        dangol.Program.from_json("[]")
    assert other.value != raised.value
    assert raised.value != ValueError(*raised.value.args)


def test_nothing_can_be_changed() -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    for thing in (program(), quote, quote.place("o1")):
        with pytest.raises(AttributeError):
            setattr(thing, "due", 0)  # noqa: B010
    quote.lines.clear()
    assert len(quote.lines) == 1


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickling(protocol: int) -> None:
    quote = program().quote(MEMBER, BASKET, NOW)
    for thing in (program(), dangol.Program.from_toml(TOML), quote, quote.place("o1")):
        twin = pickle.loads(pickle.dumps(thing, protocol))
        assert (type(twin), twin, repr(twin)) == (type(thing), thing, repr(thing))
        assert copy.deepcopy(thing) == thing


def test_another_process_gives_the_same_answer() -> None:
    with get_context("spawn").Pool(1) as pool:
        assert pool.map(due, [program()]) == ["9600"]


def test_many_threads_share_one_program() -> None:
    def spend(prices: range) -> list[str]:
        baskets: list[Any] = [{"lines": [{"sku": "latte", "price": price}]} for price in prices]
        return [str(program().quote(MEMBER, basket, NOW).due) for basket in baskets]

    prices = [range(start, start + 300) for start in range(1, 3000, 300)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(spend, prices)) == [[str(price) for price in part] for part in prices]

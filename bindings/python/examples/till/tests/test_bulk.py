"""Members and balances from files and into them: every kind of row that is wrong, and the same file twice."""

from datetime import date
from pathlib import Path

import pytest
from bulk import load, read, save
from openpyxl import Workbook, load_workbook
from schema import TillError
from selling import Till
from shop import enrolled, sale, sound, till_of, usable
from store import Store

HEAD = "id,name,phone,birthday,joined_on,points,expires_on\n"


def csv_file(path: Path, text: str, head: str = HEAD) -> Path:
    file = path / "members.csv"
    file.write_text(head + text, encoding="utf-8")
    return file


def test_members_and_balances(till: Till, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "m1,김단골,010-1234-5678,1990-05-17,2020-03-01,1500,2026-12-31\n"
        "m1,,,,,200,2027-06-30\n"
        "\n"
        "m2,Lee,,--02-29,,,\n",
    )
    result = load(till, file)
    assert (result.booked, int(result.points), result.unchanged, result.rejected) == (3, 1700, 0, [])
    known = till.known("m1")
    assert (known.name, known.phone, known.snapshot["joined_on"]) == ("김단골", "01012345678", "2020-03-01")
    assert (usable(till), usable(till, "m2")) == (1700, 0)
    till.sell(sale("1-1", "tea"))
    again = load(till, file)
    assert (again.booked, int(again.points), again.unchanged, again.rejected) == (0, 0, 3, [])
    sound(till.store)


WRONG = [
    (",no id,,,,,", "id", "is missing"),
    ("x" * 129 + ",,,,,,", "id", "expected an id of 1 to 128 characters"),
    ("m2,,12,,,,", "phone", "a phone has 7 to 15 digits"),
    ("m2,,010-1111-1111,,,,", "phone", "belongs to m1 Kim Dangol"),
    ("m2,,,17.5.1990,,,", "birthday", "expected a birthday"),
    ("m2,,,1990-02-30,,,", "birthday", "expected a birthday"),
    ("m2,,,,yesterday,,", "joined_on", "expected a day"),
    ("m2,,,,,many,", "points", "expected an exact decimal"),
    ("m2,,,,,-5,", "points", "must be more than nothing"),
    ("m2,,,,,0,", "points", "must be more than nothing"),
    ("m2,,,,,1.5,", "points", "the wallet has 0 digits after the point"),
    ("m2,,,,,NaN,", "points", "expected an exact decimal"),
    ("m2,,,,,1e3,", "points", "expected an exact decimal"),
    ('m2,,,,,"1,000",', "points", "expected an exact decimal"),
    ("m2,,,,,12345678901234567890,", "points", "expected an exact decimal"),
    ("m2,,,,,100,soon", "expires_on", "expected a day"),
    ("m2,,,,,100,2020-01-01", "expires_on", "lies before today"),
    ("m2,,,,,,2027-01-01", "points", "is missing, and expires_on is there"),
    ("m2,,,,,,,more", "", "there are more cells than columns"),
    ("m0,,,,,5,", "id", "stands in row 2 already"),
    ("m2,,010-0000-0000,,,5,", "phone", "belongs to m0 in this file"),
]


@pytest.mark.parametrize(("row", "column", "reason"), WRONG)
def test_a_row_that_is_wrong(tmp_path: Path, row: str, column: str, reason: str) -> None:
    till = till_of(Store(f"sqlite:///{tmp_path}/shop.db"))
    enrolled(till, phone="01011111111")
    result = load(till, csv_file(tmp_path, f"m0,First,010-0000-0000,,,5,\n{row}\nm3,Last,,,,7,\n"))
    assert [(wrong.row, wrong.column) for wrong in result.rejected] == [(3, column)]
    assert reason in result.rejected[0].reason
    # The rows around it are booked, and nothing of it.
    assert (result.booked, usable(till, "m0"), usable(till, "m3")) == (2, 5, 7)
    assert till.store.member("m2") is None
    sound(till.store)
    till.store.close()


def test_a_row_tells_everything_that_is_wrong(till: Till, tmp_path: Path) -> None:
    result = load(till, csv_file(tmp_path, "m2,,1,x,y,z,w\n"))
    assert [wrong.column for wrong in result.rejected] == ["phone", "birthday", "joined_on", "points", "expires_on"]
    assert result.rows_rejected == 1


def test_other_points_under_the_same_import(till: Till, tmp_path: Path) -> None:
    load(till, csv_file(tmp_path, "m1,,,,,100,\n"))
    result = load(till, csv_file(tmp_path, "m1,,,,,900,\n"))
    assert [wrong.reason for wrong in result.rejected] == ["import-m1 was booked before with other points"]
    assert usable(till) == 100
    assert load(till, csv_file(tmp_path, "m1,,,,,900,\n"), name="correction").booked == 1
    assert usable(till) == 1000


def test_only_looking(till: Till, tmp_path: Path) -> None:
    result = load(till, csv_file(tmp_path, "m1,,0101111111,,,100,\nm2,,,,,x,\nm3,,010-111-1111,,,5,\n"), dry=True)
    reasons = [wrong.reason for wrong in result.rejected]
    assert (result.booked, len(reasons), reasons[1], list(till.store.pages())) == (1, 2, "belongs to m1 in this file", [])


def test_excel(till: Till, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Name", "Points", "Expires on"])
    sheet.append([1001, "김단골", 1500.0, date(2026, 12, 31)])
    sheet.append([1002, "Lee", 12.5, None])
    sheet.append([1003, "Park", "=1/0", None])
    sheet.append([None, None, None, None])
    sheet.append([1004, "Choi", True, None])
    book.save(tmp_path / "members.xlsx")
    result = load(till, tmp_path / "members.xlsx")
    assert [(wrong.row, wrong.column, wrong.value) for wrong in result.rejected] == [(3, "points", "12.5"), (6, "points", "True")]
    assert (usable(till, "1001"), result.booked) == (1500, 2)  # a formula that nobody worked out is an empty cell


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"id\n", "expected a file that ends in .csv or .xlsx"),
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"id,telephone\n", "unknown column 'telephone'"),
        ("a.csv", b"id,id\n", "column 'id' twice"),
        ("a.csv", b"name\n", "no column 'id'"),
        ("a.csv", "id,name\nm1,김단골\n".encode("cp949"), "no csv file in UTF-8"),
        ("a.csv", b'id,name\nm1,"open\n', "no csv file in UTF-8"),
        ("a.xlsx", b"id\n", "no xlsx file"),
    ],
)
def test_a_file_that_is_wrong(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TillError, match=reason):
        list(read(tmp_path / name))


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_out_and_in_again(till: Till, tmp_path: Path, name: str) -> None:
    load(till, csv_file(tmp_path, "m1,=김,010-1234-5678,--05-17,2020-03-01,1500,2026-12-31\nm1,,,,,200,2027-06-30\nm2,,,,,,\n"))
    assert save(till, tmp_path / name) == 3
    other = till_of(Store(f"sqlite:///{tmp_path}/other.db"))
    assert load(other, tmp_path / name).rejected == []
    assert (usable(other), other.known("m1").name, other.known("m1").phone) == (1700, "=김", "01012345678")
    assert save(other, tmp_path / f"again-{name}") == 3
    if name.endswith(".csv"):
        assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()
    else:
        cells = [list(load_workbook(tmp_path / file).worksheets[0].values) for file in (name, f"again-{name}")]
        assert cells[0] == cells[1]
    other.store.close()

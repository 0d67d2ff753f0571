"""The till as a command, as a shop owner types it."""

from pathlib import Path

import pytest
from shop import run
from till import main

DAY = ["--now", "2026-05-01T12:00:00+09:00"]


@pytest.fixture
def shop(url: str) -> list[str]:
    return ["--db", url, *DAY]


def test_a_day(shop: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: object) -> str:
        assert main(list(map(str, arguments))) == 0
        return capsys.readouterr().out

    assert "Kim is member m1" in run(*shop, "enrol", "Kim", "--phone", "010-1234-5678", "--card", "m1", "--birthday=--05-17")
    shop[-1] = "2026-05-11T12:00:00+09:00"
    basket = "2*latte", "8800000000048", "--code", "rain", "--member"
    told = run(*shop, "sell", *basket, "01012345678", "--points", "1000", "--quote")
    # A birthday coupon is there: 20 % of ₩13,400 are more than the code.
    assert "Birthday: 20% of ₩13,400" in told and "1,000 points pay ₩1,000" in told and "Rainy day: Birthday is worth" in told
    sold = run(*shop, "--lang", "ko", "sell", *basket, "m1", "--order", "1-7")
    assert "order 1-7" in sold and "생일 축하" in sold
    assert "order 1-7 was sold before" in run(*shop, "sell", *basket, "Kim", "--order", "1-7")
    assert "1 of 2 latte comes back" in run(*shop, "return", "1-7", "1=1")
    assert "points earned by Welcome" in run(*shop, "statement", "Kim")
    assert "1 members looked at, 0 changed" in run(*shop, "advance")
    assert run(*shop, "take", tmp_path / "van.db").startswith(str(tmp_path / "van.db"))
    van = ["--db", f"sqlite:///{tmp_path}/van.db", "--till", "van", *shop[2:]]
    run(*van, "sell", "tea", "--member", "m1")
    assert "1 operations booked, 0 were there already" in run(*shop, "merge", tmp_path / "van.db")
    assert "1 rows written" in run(*shop, "export", tmp_path / "all.csv")


def test_an_import_with_rejected_rows(shop: list[str], tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,points\nm1,5\nm2,x\n,3\n", encoding="utf-8")
    told = run(*shop, "import", tmp_path / "in.csv", "--rejected", tmp_path / "out.csv", code=1)
    assert "row 3, points: expected an exact decimal" in told
    assert "1 rows booked with 5 points, 0 were there already, 2 rejected" in told
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[2] == "4,id,,is missing"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sell", "mocha"], "there is no article 'mocha'"),
        (["sell", "0*latte"], "basket.lines[0].quantity"),
        (["sell", "x*latte"], "basket.lines[0].quantity"),
        (["sell", "latte", "--member", "nobody"], "there is no member 'nobody'"),
        (["sell", "latte", "--points", "many"], "'many' is no number of points"),
        (["sell", "latte", "--points", "gold=5"], "basket.points.gold"),
        (["return", "1-99", "--all"], "there is no order '1-99'"),
        (["statement", "nobody"], "there is no member 'nobody'"),
        (["enrol", "Kim", "--phone", "12"], "a phone has 7 to 15 digits"),
        (["enrol", "Kim", "--birthday", "5.17."], "action.enrol.birthday"),
        (["import", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["export", "all.pdf"], "ends in .csv or .xlsx"),
        (["merge", "nowhere.db"], "there is no file nowhere.db"),
        (["--till", "a b", "statement", "m1"], "a till's name has letters and digits only"),
        (["--program", "nowhere.toml", "advance"], "nowhere.toml"),
        (["--articles", "nowhere.csv", "sell", "latte"], "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    tmp_path: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", f"sqlite:///{tmp_path}/shop.db", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.startswith("till: ") and told in said and said.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////nowhere/shop.db", "cannot be used: unable to open database file"),
        ("postgresql://app:secret@127.0.0.1:1/none", "cannot be used: connection failed"),
        ("mysql://localhost/shop", "knows sqlite:/// and postgresql://"),
        ("shop.db", "'shop.db' is no database"),
    ],
)
def test_a_store_that_is_wrong(url: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", url, "advance"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("till: ") and told in said and "secret" not in said


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no database at all, but long enough to look at" * 50)
    assert "file is not a database" in run("--db", f"sqlite:///{tmp_path}/a.db", "advance", code=1)
    assert "file is not a database" in run("--db", f"sqlite:///{tmp_path}/b.db", "merge", tmp_path / "a.db", code=1)

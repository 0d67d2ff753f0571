"""The examples of the docstrings, of the README and of the guides run."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cafe import BASKET, MEMBER, NOW, program

import dangol

HERE = Path(__file__).resolve().parents[1]
README = (HERE / "README.md").read_text("utf-8")
PROGRAM = README.split("```toml\n")[1].split("```")[0]
GUIDES = [pytest.param((HERE / "docs" / name).read_text("utf-8"), id=name) for name in ("guide.md", "guide.ko.md")]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def texts() -> Iterator[Any]:
    yield pytest.param(README, id="README.md")
    yield pytest.param(dangol.__doc__, id="dangol")
    for name in dangol.__all__:
        thing = getattr(dangol, name)
        for label, part in parts(name, thing):
            if ">>>" in (part.__doc__ or ""):
                yield pytest.param(part.__doc__, id=label)


def parts(name: str, thing: Any) -> list[tuple[str, Any]]:
    """A public name and what it has: the methods and fields that a class of Dangol's own declares."""
    names = [part for part in vars(thing) if part[0] != "_"] if isinstance(thing, type) else []
    return [(name, thing), *((f"{name}.{part}", getattr(thing, part)) for part in names)]


@pytest.mark.parametrize("text", list(texts()))
def test_examples(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cafe.toml").write_text(PROGRAM, "utf-8")
    # What examples may take for granted.
    quote = program().quote(MEMBER, BASKET, NOW)
    known = {"dangol": dangol, "program": program(), "member": MEMBER, "basket": BASKET, "now": NOW}
    run(text, {**vars(dangol), **known, "quote": quote, "placed": quote.place("order-1")})


def test_every_public_name_has_an_example() -> None:
    public = [part for name in set(dangol.__all__) - {"__version__"} for part in parts(name, getattr(dangol, name))]
    missing = [label for label, part in public if ">>>" not in (part.__doc__ or "")]
    assert sorted(missing) == []


def run(text: str, names: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(text, names, "example", None, None)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append)
    assert not said, "".join(said)


def save_files(guide: str, folder: Path) -> None:
    """Saves the files that the guide tells to save: the paragraph before the text has the name."""
    files = dict(re.findall(r"`([a-z]+\.(?:toml|py))`[^\n]*:\n\n```(?:toml|python)\n(.*?)```", guide, re.DOTALL))
    assert list(files) == ["cafe.toml", "store.py", "till.py"]
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def python(folder: Path, *words: str) -> str:
    """What Python prints in a folder that has the files of a guide and nothing else."""
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": ""}
    done = subprocess.run(
        [sys.executable, "-B", *words], cwd=folder, env=env, timeout=60, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    return done.stdout


def test_examples_of_columns() -> None:
    pytest.importorskip("pyarrow")
    run((HERE / "docs" / "columns.md").read_text("utf-8"), {})


@pytest.mark.parametrize("guide", GUIDES)
def test_examples_of_guides(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_files(guide, tmp_path)
    run(guide, {})  # a reader begins with nothing


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_of_guides(guide: str, tmp_path: Path) -> None:
    save_files(guide, tmp_path)
    shown = "".join(re.findall(r"```console\n(.*?)```", guide, re.DOTALL))
    commands = re.findall(r"^\$ python (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE)
    assert len(commands) == 11
    for command, expected in commands:
        said = python(tmp_path, *shlex.split(command))
        assert doctest.OutputChecker().check_output(expected, said, FLAGS), f"{command}\n{said}"


# Two tills read the member. One sells; the other finds that its member is no longer the one that it read.
LATE = """
import till
from store import PROGRAM, Stale, body, db, save
seen = body("members", "m1")
till.sell("o1", "m1", next(iter(till.PRICES)))
placed = PROGRAM.quote(seen, {"lines": [{"sku": "tea", "price": 1000}]}, till.now()).place("o2")
try:
    save(seen, placed.events, new_order=placed.order)
except Stale:
    print("late")
seen = body("members", "m1")
[events] = db.execute("SELECT count(*) FROM events").fetchone()
print(seen["orders"], seen["version"] == events, body("orders", "o2"))
"""


@pytest.mark.parametrize("guide", GUIDES)
def test_tills_of_guides_lose_no_sale(guide: str, tmp_path: Path) -> None:
    save_files(guide, tmp_path)
    python(tmp_path, "till.py", "enrol", "m1")
    assert python(tmp_path, "-c", LATE).splitlines()[-2:] == ["late", "1 True None"]


# A year and a day later the points of a latte, 5 % of 4,800, are gone; the second night has nothing left to do.
NIGHT = """
import datetime, till
till.sell("o1", "m1", next(iter(till.PRICES)))
today = till.now()
till.now = lambda: today + datetime.timedelta(days=367)
print("night")
till.night()
till.night()
"""


@pytest.mark.parametrize("guide", GUIDES)
def test_nights_of_guides(guide: str, tmp_path: Path) -> None:
    save_files(guide, tmp_path)
    python(tmp_path, "till.py", "enrol", "m1")
    told = python(tmp_path, "-c", NIGHT).partition("night\n")[2].splitlines()
    assert [("240" in line, line.startswith("m1: ")) for line in told].count((True, True)) == 1, told
    assert len(told) == 2, told  # and the coupon, which nobody used

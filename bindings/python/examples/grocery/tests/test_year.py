"""The first week of the real data, from the command line to the charts."""

import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import image

YEAR = Path(__file__).parents[1] / "year.py"
NAMES = ["points", "tiers", "coupons", "giveback"]


def year(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-B", str(YEAR), *words], capture_output=True, encoding="utf-8")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year") / "made" / "charts"
    done = year(str(folder), "--weeks", "1")
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stdout, "utf-8")
    return folder


def test_the_week_adds_up(week: Path) -> None:
    said = (week / "said").read_text("utf-8").splitlines()
    assert "every cent and every point is accounted for, week by week" in said
    assert said[-8:] == [str(week / f"{name}.{kind}") for name in NAMES for kind in ("png", "svg")]


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_drawn(week: Path, name: str) -> None:
    picture = image.imread(week / f"{name}.png")
    height, width, _ = picture.shape
    assert width == 1500 and height > 700
    ink = (picture[:, :, :3].min(axis=2) < 0.9).mean()
    assert 0.02 < ink < 0.8
    # Nothing is cut off at the edges.
    assert all(edge.min() > 0.99 for edge in (picture[:4], picture[-4:], picture[:, :4], picture[:, -4:]))


@pytest.mark.parametrize(
    ("name", "words"),
    [("points", "granted"), ("tiers", "households are silver or gold"), ("coupons", "% of sales"), ("giveback", "of sales back")],
)
def test_charts_say_what_they_show(week: Path, name: str, words: str) -> None:
    drawn = (week / f"{name}.svg").read_text("utf-8")
    assert words in drawn
    assert "84.51°" in drawn and "1 Jan to 7 Jan" in drawn


@pytest.mark.parametrize("words", [[], ["charts", "--weeks", "0"], ["charts", "--weeks", "many"]])
def test_what_cannot_be_asked(words: list[str]) -> None:
    done = year(*words)
    assert (done.returncode, "usage: year.py" in done.stderr) == (2, True)

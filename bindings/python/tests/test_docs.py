"""The examples of the docstrings and of the README run."""

import doctest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cafe import BASKET, MEMBER, NOW, program

import dangol

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
PROGRAM = README.split("```toml\n")[1].split("```")[0]


def texts() -> Iterator[Any]:
    yield pytest.param(README, id="README.md")
    yield pytest.param(dangol.__doc__, id="dangol")
    for name in dangol.__all__:
        thing = getattr(dangol, name)
        for part, member in [("", thing), *vars(thing).items()] if isinstance(thing, type) else [("", thing)]:
            text = getattr(member, "__doc__", None) or ""
            if ">>>" in text:
                yield pytest.param(text, id=f"{name}.{part}".rstrip("."))


@pytest.mark.parametrize("text", list(texts()))
def test_examples(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cafe.toml").write_text(PROGRAM, "utf-8")
    # What examples may take for granted.
    known = {"dangol": dangol, "program": program(), "member": MEMBER, "basket": BASKET, "now": NOW}
    test = doctest.DocTestParser().get_doctest(text, {**vars(dangol), **known}, "example", None, None)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert not said, "".join(said)


def test_everything_public_is_documented() -> None:
    for name in dangol.__all__:
        thing = getattr(dangol, name)
        assert thing.__doc__, name
        for part, member in vars(thing).items() if isinstance(thing, type) else []:
            assert part.startswith("_") or member.__doc__, f"{name}.{part}"

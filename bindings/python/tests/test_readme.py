"""The Python block of the project's READMEs runs as it stands."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_python_block(name: str) -> None:
    blocks = (PROJECT / name).read_text("utf-8").split("```python\n")[1:]
    assert blocks
    for block in blocks:
        known: dict[str, object] = {}
        exec(compile(block.split("```")[0], name, "exec"), known)
        member = known["member"]
        assert isinstance(member, dict) and member["orders"] == 0

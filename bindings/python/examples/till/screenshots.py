"""Takes the pictures of the README from the running till: `python screenshots.py`."""

import asyncio
import os
import re
import tempfile
import time
from datetime import datetime
from pathlib import Path

from receipt import articles
from screen import TillScreen
from selling import Till
from store import Contact, Store
from textual.pilot import Pilot

import dangol

HERE = Path(__file__).parent
KEYS = {"*": "asterisk", ".": "full_stop", "-": "minus"}
JOINED, NOON = (datetime.fromisoformat(f"2026-05-{day}T12:00:00+09:00") for day in ("01", "11"))


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(KEYS.get(sign, sign) for sign in text))
    await pilot.pause()


def keep(app: TillScreen, name: str) -> None:
    """Saves what the screen shows, without the fonts that it would load and what nobody sees."""
    svg = app.export_screenshot(title="till.py screen", simplify=True)
    svg = re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.S)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    svg = re.sub(r'"(\d+\.\d)\d+"', r'"\1"', svg)
    svg = re.sub(r' clip-path="url\(#[^"]*-line-\d+\)"|<clipPath id="[^"]*-line-.*?</clipPath>', "", svg, flags=re.S)
    svg = re.sub(r"terminal-\d+", "t", svg)
    svg = "\n".join(line.strip() for line in svg.splitlines() if line.strip())
    (HERE / "screenshots").mkdir(exist_ok=True)
    (HERE / "screenshots" / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")


async def main(folder: Path) -> None:
    program = dangol.Program.from_file(HERE / "program.toml")
    till = Till(Store(f"sqlite:///{folder}/shop.db"), program, "1", lambda: JOINED)
    till.enrol("m1", Contact("Kim Dangol", "01012345678"), "1990-05-17")
    till.enrol("m2", Contact("Kim Minji", "01087654321"))
    till.clock = lambda: NOON
    app = TillScreen(till, *articles(HERE / "articles.csv"), folder / "receipts.txt")
    async with app.run_test(size=(108, 28)) as pilot:
        for goods in ("2*latte", "3*croissant", "0.25*beans"):
            await typed(pilot, goods)
            await pilot.press("enter")
        await pilot.press("f2")
        await typed(pilot, "kim")
        keep(app, "member")
        await pilot.press("enter")
        await pilot.press("f3")
        await typed(pilot, "rain")
        await pilot.press("enter", "f4")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        keep(app, "sale")
        await pilot.press("f9")
        await pilot.pause()
        keep(app, "receipt")
    till.store.close()


if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Seoul"
    time.tzset()
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(main(Path(made)))

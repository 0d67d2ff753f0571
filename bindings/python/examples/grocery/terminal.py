"""What year.py asks of a command line, and the bar that it shows while it works."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from journey import Visit


def arguments(about: str | None) -> tuple[Path, int]:
    """Where the charts go, and how many weeks of the year are wanted."""
    options = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    options.add_argument("folder", type=Path, help="where the charts go; it is made where it is missing")
    options.add_argument("--weeks", type=int, choices=range(1, 54), default=53, metavar="N", help="only the first N weeks")
    chosen = options.parse_args()
    return chosen.folder, chosen.weeks


def progress(visits: Iterator[Visit], baskets: int) -> Iterator[Visit]:
    """The visits, with a bar on a terminal."""
    for count, visit in enumerate(visits, 1):
        yield visit
        if sys.stderr.isatty() and (count % 500 == 0 or count == baskets):
            bar = "█" * (40 * count // baskets)
            end = "\n" if count == baskets else ""
            print(f"\r{bar:░<40} {visit.now:%d %b}  {count:,}", end=end, file=sys.stderr, flush=True)

"""A line on standard error that tells how far long work has come."""

from __future__ import annotations

import sys
import time


class Bar:
    """Tells the rows that are done and how many come in a second, at most ten times a second."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._told = 0.0
        self._rows = 0

    def __call__(self, rows: int) -> None:
        self._rows = rows
        if time.monotonic() - self._told >= 0.1:
            self._tell("\r")

    def _tell(self, end: str) -> None:
        self._told = time.monotonic()
        seconds = max(self._told - self._began, 1e-9)
        print(f"dangol: {self._rows:,} rows, {self._rows / seconds:,.0f} a second", end=end, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leaves the last line standing."""
        self._tell("\n")


def bar() -> Bar:
    return Bar()

"""What the scripts have in common: the time of a call, the options of the command line, and rows with their limits."""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

__all__ = ["Row", "parser_of", "seconds", "show", "write"]


class Row(NamedTuple):
    """One line of the table that other programs read."""

    name: str
    ratio: float
    at_most: float

    @property
    def verdict(self) -> str:
        """Whether the limit is met."""
        return "met" if self.ratio <= self.at_most else "MISSED"


def seconds(act: Callable[[], object]) -> float:
    """Return the processor time of one call: neighbours on the machine do not count."""
    gc.collect()
    started = time.process_time()
    result = act()
    taken = time.process_time() - started
    del result
    return taken


def parser_of(description: str | None, *, quick: str) -> argparse.ArgumentParser:
    """Return a parser with the options of every script; *quick* says what `--quick` does."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write rows of name, ratio, at_most")
    return parser


def show(rows: Iterable[Row]) -> None:
    """Print rows, with their limits."""
    for row in rows:
        print(f"{row.name:56} {row.ratio:6.2f}   at most {row.at_most:4.2f}   {row.verdict}")


def write(rows: Iterable[Row], path: Path | None) -> None:
    """Write rows for other programs, if they are asked for."""
    if path is not None:
        path.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n", encoding="utf-8")

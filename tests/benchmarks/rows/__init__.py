"""What the scripts have in common: the times of calls, their environment and options, and rows with their limits."""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

__all__ = ["Row", "environment", "medians", "parser_of", "seconds", "show", "write"]


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


def medians(acts: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median time of each act, all of them taking turns in every round."""
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            times[name].append(seconds(act))
    return {name: median(found) for name, found in times.items()}


def environment(cache: str) -> dict[str, str]:
    """Return this process's environment, with byte code cached in *cache* and nothing measured on the side."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("COVERAGE_")
    }
    return {**kept, "PYTHONPYCACHEPREFIX": cache}


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
